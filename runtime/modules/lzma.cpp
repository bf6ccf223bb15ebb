// The module _lzma_core: the system's xz library under the classes of stdlib/_lzma.py, which checks what
// programs pass. A filter is a tuple of ints here: its number, then its options in the library's order, -1
// for those that were not given.
#include <lzma.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "runtime/modules/arguments.h"
#include "runtime/modules/library_memory.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr const char* kModule = "_lzma_core";
constexpr size_t kOutputStep = 16 * 1024;
constexpr u32 kFilterWords = 10;
enum Format : int { kAuto, kXz, kAlone, kRaw };

struct StreamState {
  lzma_stream stream;
  lzma_allocator allocator;
  LibraryMemory memory;
  lzma_check check;  // what the decoder has found; LZMA_CHECK_ID_MAX + 1 before
};

void* take(void* opaque, size_t items, size_t size) {
  return static_cast<LibraryMemory*>(opaque)->take(u64{items} * size);
}
void give_back(void* opaque, void* p) {
  if (p) static_cast<LibraryMemory*>(opaque)->give_back(p);
}

StreamState& state_of(Value v) {
  return to<Capsule>(v)->state<StreamState>();
}

Capsule* new_stream(Runtime& rt) {
  Capsule* capsule = new_capsule(rt, module_class(rt, kModule, "_Stream"), sizeof(StreamState));
  StreamState& state = capsule->state<StreamState>();
  state.memory.bind(rt, capsule);
  state.allocator = {take, give_back, &state.memory};
  state.stream.allocator = &state.allocator;
  state.check = static_cast<lzma_check>(LZMA_CHECK_ID_MAX + 1);
  return capsule;
}

Result lzma_error(Runtime& rt, const char* text) {
  return raise_module_error(rt, kModule, "LZMAError", text);
}

Result check_code(Runtime& rt, lzma_ret code) {
  switch (code) {
    case LZMA_OK:
    case LZMA_GET_CHECK:
    case LZMA_NO_CHECK:
    case LZMA_STREAM_END:
      return Result::none();
    case LZMA_UNSUPPORTED_CHECK:
      return lzma_error(rt, "Unsupported integrity check");
    case LZMA_MEM_ERROR:
      return raise(rt, TypeId::MemoryError, "");
    case LZMA_MEMLIMIT_ERROR:
      return lzma_error(rt, "Memory usage limit exceeded");
    case LZMA_FORMAT_ERROR:
      return lzma_error(rt, "Input format not supported by decoder");
    case LZMA_OPTIONS_ERROR:
      return lzma_error(rt, "Invalid or unsupported options");
    case LZMA_DATA_ERROR:
      return lzma_error(rt, "Corrupt input data");
    case LZMA_BUF_ERROR:
      return lzma_error(rt, "Insufficient buffer space");
    case LZMA_PROG_ERROR:
      return lzma_error(rt, "Internal error");
    default:
      return lzma_error(rt, "Unrecognized error from liblzma");
  }
}

// A chain of filters with its options, as the library wants it.
struct Chain {
  lzma_filter filters[LZMA_FILTERS_MAX + 1];
  union Options {
    lzma_options_lzma lzma;
    lzma_options_delta delta;
    lzma_options_bcj bcj;
  } options[LZMA_FILTERS_MAX];
};

bool is_lzma(u64 id) {
  return id == LZMA_FILTER_LZMA1 || id == LZMA_FILTER_LZMA2;
}

Result read_lzma_options(Runtime& rt, const i64* words, lzma_options_lzma& out) {
  u32 preset = words[1] < 0 ? LZMA_PRESET_DEFAULT : static_cast<u32>(words[1]);
  if (lzma_lzma_preset(&out, preset))
    return lzma_error(rt, ("Invalid compression preset: " + std::to_string(preset)).c_str());
  u32* fields[] = {&out.dict_size, &out.lc, &out.lp, &out.pb, nullptr, &out.nice_len, nullptr, &out.depth};
  for (u32 i = 0; i < std::size(fields); ++i)
    if (fields[i] && words[2 + i] >= 0) *fields[i] = static_cast<u32>(words[2 + i]);
  if (words[6] >= 0) out.mode = static_cast<lzma_mode>(words[6]);
  if (words[8] >= 0) out.mf = static_cast<lzma_match_finder>(words[8]);
  return Result::none();
}

Result read_filter(Runtime& rt, const Tuple& spec, lzma_filter& filter, Chain::Options& options) {
  i64 words[kFilterWords];
  for (u32 i = 0; i < kFilterWords; ++i) {
    words[i] = -1;
    if (i < spec.size && !int_to_i64(spec.items[i], words[i]))
      return raise(rt, TypeId::OverflowError, "Python int too large to convert to C unsigned int");
  }
  filter.id = static_cast<lzma_vli>(words[0]);
  options = {};
  filter.options = &options;
  if (is_lzma(filter.id)) return read_lzma_options(rt, words, options.lzma);
  if (filter.id == LZMA_FILTER_DELTA) {
    options.delta.type = LZMA_DELTA_TYPE_BYTE;
    options.delta.dist = words[1] < 0 ? 1 : static_cast<u32>(words[1]);
  } else {
    options.bcj.start_offset = words[1] < 0 ? 0 : static_cast<u32>(words[1]);
  }
  return Result::none();
}

Result read_chain(Runtime& rt, Value v, Chain& out) {
  const Tuple& specs = *to<Tuple>(v);
  for (u64 i = 0; i < specs.size; ++i)
    TRY(read_filter(rt, *to<Tuple>(specs.items[i]), out.filters[i], out.options[i]));
  out.filters[specs.size] = {LZMA_VLI_UNKNOWN, nullptr};
  return Result::none();
}

// format, check, preset, filters or None.
Result encoder(Runtime& rt, Frame& f) {
  i64 format, check, preset;
  TRY(size_argument(rt, f[0], kXz, format));
  TRY(size_argument(rt, f[1], LZMA_CHECK_CRC64, check));
  TRY(size_argument(rt, f[2], LZMA_PRESET_DEFAULT, preset));
  Chain chain;
  bool given = is_kind(f[3], Kind::Tuple);
  if (given) TRY(read_chain(rt, f[3], chain));
  Capsule* capsule = new_stream(rt);
  lzma_stream* stream = &capsule->state<StreamState>().stream;
  lzma_options_lzma options;
  bool bad_preset = !given && format == kAlone && lzma_lzma_preset(&options, static_cast<u32>(preset));
  if (bad_preset) return lzma_error(rt, ("Invalid compression preset: " + std::to_string(preset)).c_str());
  lzma_ret code;
  if (format == kRaw) {
    code = lzma_raw_encoder(stream, chain.filters);
  } else if (format == kAlone) {
    code = lzma_alone_encoder(stream, given ? &chain.options[0].lzma : &options);
  } else if (given) {
    code = lzma_stream_encoder(stream, chain.filters, static_cast<lzma_check>(check));
  } else {
    code = lzma_easy_encoder(stream, static_cast<u32>(preset), static_cast<lzma_check>(check));
  }
  TRY(check_code(rt, code));
  return Value::from(capsule);
}

// format, limit of memory (negative: none), filters or None.
Result decoder(Runtime& rt, Frame& f) {
  i64 format, limit;
  TRY(size_argument(rt, f[0], kAuto, format));
  TRY(size_argument(rt, f[1], -1, limit));
  u64 most = limit < 0 ? UINT64_MAX : static_cast<u64>(limit);
  Chain chain;
  if (is_kind(f[2], Kind::Tuple)) TRY(read_chain(rt, f[2], chain));
  Capsule* capsule = new_stream(rt);
  lzma_stream* stream = &capsule->state<StreamState>().stream;
  constexpr u32 kTell = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
  lzma_ret code = format == kRaw     ? lzma_raw_decoder(stream, chain.filters)
                  : format == kAlone ? lzma_alone_decoder(stream, most)
                  : format == kXz    ? lzma_stream_decoder(stream, most, kTell)
                                     : lzma_auto_decoder(stream, most, kTell);
  if (format == kAlone || format == kRaw) state_of(Value::from(capsule)).check = LZMA_CHECK_NONE;
  TRY(check_code(rt, code));
  return Value::from(capsule);
}

// self, data, whether it is the end, at most so many bytes (negative: any number): bytes, how much was used
// up, whether the stream ended.
Result run(Runtime& rt, Frame& f) {
  std::string_view input;
  TRY(require_bytes_like(rt, f[1], input));
  i64 limit;
  TRY(size_argument(rt, f[3], -1, limit));
  size_t most = limit < 0 ? SIZE_MAX : static_cast<size_t>(limit);
  StreamState& state = state_of(f[0]);
  lzma_stream& stream = state.stream;
  stream.next_in = reinterpret_cast<const u8*>(input.data());
  stream.avail_in = input.size();
  std::string out;
  bool ended = false;
  while (!ended && out.size() < most) {
    size_t before = out.size(), room = std::min(std::max(before, kOutputStep), most - before);
    out.resize(before + room);
    stream.next_out = reinterpret_cast<u8*>(out.data() + before);
    stream.avail_out = room;
    lzma_ret code = lzma_code(&stream, f[2].is_true() ? LZMA_FINISH : LZMA_RUN);
    out.resize(before + room - stream.avail_out);
    if (code == LZMA_BUF_ERROR && stream.avail_in == 0 && stream.avail_out > 0) code = LZMA_OK;
    TRY(check_code(rt, code));
    if (code == LZMA_GET_CHECK || code == LZMA_NO_CHECK) {
      state.check = lzma_get_check(&stream);
      continue;
    }
    ended = code == LZMA_STREAM_END;
    if (stream.avail_in == 0 && stream.avail_out > 0 && !f[2].is_true()) break;
  }
  TRY(require_byte_room(rt, out.size()));
  Value three[3] = {Value::from(new_bytes(rt, out)),
                    Value::from_int(static_cast<i64>(input.size() - stream.avail_in)),
                    Value::from_bool(ended)};
  return Value::from(new_tuple_from(rt, three, 3));
}

Result check_found(Runtime&, Frame& f) {
  return Value::from_int(state_of(f[0]).check);
}

Result is_check_supported(Runtime& rt, Frame& f) {
  int check;
  TRY(int_argument(rt, f[0], 0, check));
  return Result::boolean(lzma_check_is_supported(static_cast<lzma_check>(check)));
}

// filter: its properties as they stand in a file.
Result encode_properties(Runtime& rt, Frame& f) {
  lzma_filter filter;
  Chain::Options options;
  TRY(read_filter(rt, *to<Tuple>(f[0]), filter, options));
  u32 size;
  TRY(check_code(rt, lzma_properties_size(&size, &filter)));
  std::string out(size, '\0');
  TRY(check_code(rt, lzma_properties_encode(&filter, reinterpret_cast<u8*>(out.data()))));
  return Value::from(new_bytes(rt, out));
}

// number, properties: the options, for LZMA1 (dict_size, lc, lp, pb), else one number.
Result decode_properties(Runtime& rt, Frame& f) {
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[1], bytes));
  lzma_filter filter{};
  i64 id;
  TRY(size_argument(rt, f[0], 0, id));
  filter.id = static_cast<lzma_vli>(id);
  TRY(check_code(
      rt, lzma_properties_decode(&filter, nullptr, reinterpret_cast<const u8*>(bytes.data()), bytes.size())));
  Value words[4];
  u64 count = 1;
  if (filter.options == nullptr) {
    count = 0;
  } else if (is_lzma(filter.id)) {
    auto& lzma = *static_cast<lzma_options_lzma*>(filter.options);
    const u32 fields[] = {lzma.dict_size, lzma.lc, lzma.lp, lzma.pb};
    count = filter.id == LZMA_FILTER_LZMA1 ? 4 : 1;
    for (u64 i = 0; i < count; ++i) words[i] = Value::from_int(fields[i]);
  } else if (filter.id == LZMA_FILTER_DELTA) {
    words[0] = Value::from_int(static_cast<lzma_options_delta*>(filter.options)->dist);
  } else {
    words[0] = Value::from_int(static_cast<lzma_options_bcj*>(filter.options)->start_offset);
  }
  std::free(filter.options);
  return Value::from(new_tuple_from(rt, words, count));
}

constexpr NativeSpec kStreamMethods[] = {
    {"run", run, "(self, data, finish, max_length, /)",
     "Returns (bytes, number of bytes used up, whether the stream ended)."},
    {"check", check_found, "(self, /)", "The integrity check that a decoder has found."},
};
constexpr NativeSpec kFunctions[] = {
    {"encoder", encoder, "(format, check, preset, filters, /)", "A stream that compresses."},
    {"decoder", decoder, "(format, memlimit, filters, /)", "A stream that decompresses."},
    {"is_check_supported", is_check_supported, "(check_id, /)",
     "Test whether the given integrity check is supported."},
    {"encode_properties", encode_properties, "(filter, /)", "The properties of a filter as bytes."},
    {"decode_properties", decode_properties, "(id, properties, /)", "The options of a filter."},
};

struct Constant {
  const char* name;
  i64 value;
};
constexpr Constant kConstants[] = {
    {"FORMAT_AUTO", kAuto},
    {"FORMAT_XZ", kXz},
    {"FORMAT_ALONE", kAlone},
    {"FORMAT_RAW", kRaw},
    {"CHECK_NONE", LZMA_CHECK_NONE},
    {"CHECK_CRC32", LZMA_CHECK_CRC32},
    {"CHECK_CRC64", LZMA_CHECK_CRC64},
    {"CHECK_SHA256", LZMA_CHECK_SHA256},
    {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX},
    {"CHECK_UNKNOWN", LZMA_CHECK_ID_MAX + 1},
    {"FILTER_LZMA1", static_cast<i64>(LZMA_FILTER_LZMA1)},
    {"FILTER_LZMA2", LZMA_FILTER_LZMA2},
    {"FILTER_DELTA", LZMA_FILTER_DELTA},
    {"FILTER_X86", LZMA_FILTER_X86},
    {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
    {"FILTER_IA64", LZMA_FILTER_IA64},
    {"FILTER_ARM", LZMA_FILTER_ARM},
    {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB},
    {"FILTER_SPARC", LZMA_FILTER_SPARC},
    {"MF_HC3", LZMA_MF_HC3},
    {"MF_HC4", LZMA_MF_HC4},
    {"MF_BT2", LZMA_MF_BT2},
    {"MF_BT3", LZMA_MF_BT3},
    {"MF_BT4", LZMA_MF_BT4},
    {"MODE_FAST", LZMA_MODE_FAST},
    {"MODE_NORMAL", LZMA_MODE_NORMAL},
    {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT},
    {"PRESET_EXTREME", LZMA_PRESET_EXTREME},
};

void set_up(Runtime& rt, Module& module) {
  module_set(rt, module, "LZMAError",
             Value::from(new_native_class(rt, "_lzma", "LZMAError", rt.type(TypeId::Exception))));
  new_capsule_class(rt, module, kModule, "Stream", kStreamMethods);
  for (const Constant& c : kConstants) module_set(rt, module, c.name, new_int(rt, c.value));
}

}  // namespace

std::span<const NativeSpec> lzma_stream_methods() {
  return kStreamMethods;
}

extern const ModuleSpec kLzmaModule;
const ModuleSpec kLzmaModule = {kModule, "The xz library.", kFunctions, set_up};

}  // namespace lisle::rt
