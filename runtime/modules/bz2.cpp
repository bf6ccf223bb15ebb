// The module _bz2_core: the system's bzip2 library under the classes of stdlib/_bz2.py. A stream is a capsule
// that holds the library's state.
#include <bzlib.h>

#include <algorithm>
#include <string>

#include "runtime/modules/arguments.h"
#include "runtime/modules/library_memory.h"
#include "runtime/types/bytes.h"
#include "runtime/types/module.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr size_t kOutputStep = 16 * 1024;
constexpr size_t kMaxRun = size_t{1} << 30;  // the library counts in 32 bits

struct StreamState {
  bz_stream stream;
  LibraryMemory memory;
};

void* take(void* opaque, int items, int size) {
  return static_cast<LibraryMemory*>(opaque)->take(static_cast<u64>(items) * static_cast<u64>(size));
}
void give_back(void* opaque, void* p) {
  static_cast<LibraryMemory*>(opaque)->give_back(p);
}

Capsule* new_stream(Runtime& rt, const char* class_name) {
  Capsule* capsule = new_capsule(rt, module_class(rt, "_bz2_core", class_name), sizeof(StreamState));
  StreamState& state = capsule->state<StreamState>();
  state.memory.bind(rt, capsule);
  state.stream.opaque = &state.memory;
  state.stream.bzalloc = take;
  state.stream.bzfree = give_back;
  return capsule;
}

Result check_code(Runtime& rt, int code) {
  switch (code) {
    case BZ_OK:
    case BZ_RUN_OK:
    case BZ_FLUSH_OK:
    case BZ_FINISH_OK:
    case BZ_STREAM_END:
      return Result::none();
    case BZ_PARAM_ERROR:
      return raise(rt, TypeId::ValueError, "Internal error - invalid parameters passed to libbzip2");
    case BZ_MEM_ERROR:
      return raise(rt, TypeId::MemoryError, "");
    case BZ_DATA_ERROR:
    case BZ_DATA_ERROR_MAGIC:
      return raise(rt, TypeId::OSError, "Invalid data stream");
    case BZ_SEQUENCE_ERROR:
      return raise(rt, TypeId::RuntimeError,
                   "Internal error - Invalid sequence of commands sent to libbzip2");
    default:
      return raise(rt, TypeId::OSError, "Unrecognized error from libbzip2: %d", code);
  }
}

// level.
Result compressor(Runtime& rt, Frame& f) {
  int level;
  TRY(int_argument(rt, f[0], 9, level));
  Capsule* capsule = new_stream(rt, "_Compressor");
  TRY(check_code(rt, BZ2_bzCompressInit(&capsule->state<StreamState>().stream, level, 0, 0)));
  return Value::from(capsule);
}

Result decompressor(Runtime& rt, Frame&) {
  Capsule* capsule = new_stream(rt, "_Decompressor");
  TRY(check_code(rt, BZ2_bzDecompressInit(&capsule->state<StreamState>().stream, 0, 0)));
  return Value::from(capsule);
}

// One call of the library: takes from `input`, appends to `out`, which may grow by `room`.
template <class Step>
int step_once(bz_stream& stream, std::string_view& input, size_t room, std::string& out, Step step) {
  size_t part = std::min(input.size(), kMaxRun), before = out.size();
  out.resize(before + room);
  stream.next_in = const_cast<char*>(input.data());
  stream.avail_in = static_cast<unsigned>(part);
  stream.next_out = out.data() + before;
  stream.avail_out = static_cast<unsigned>(room);
  int code = step(part);
  out.resize(before + room - stream.avail_out);
  input.remove_prefix(part - stream.avail_in);
  return code;
}

// self, data, whether it is the end.
Result compress(Runtime& rt, Frame& f) {
  std::string_view input;
  TRY(require_bytes_like(rt, f[1], input));
  bool finish = f[2].is_true();
  bz_stream& stream = to<Capsule>(f[0])->state<StreamState>().stream;
  std::string out;
  while (finish || !input.empty()) {
    size_t room = std::clamp(out.size(), kOutputStep, kMaxRun);
    int code = step_once(stream, input, room, out, [&](size_t part) {
      return BZ2_bzCompress(&stream, finish && part == input.size() ? BZ_FINISH : BZ_RUN);
    });
    TRY(check_code(rt, code));
    if (code == BZ_STREAM_END) break;
  }
  TRY(require_byte_room(rt, out.size()));
  return Value::from(new_bytes(rt, out));
}

// self, data, at most so many bytes (negative: any number): bytes, how much was used up, whether the stream
// ended.
Result decompress(Runtime& rt, Frame& f) {
  std::string_view input;
  TRY(require_bytes_like(rt, f[1], input));
  i64 limit;
  TRY(size_argument(rt, f[2], -1, limit));
  size_t most = limit < 0 ? SIZE_MAX : static_cast<size_t>(limit), given = input.size();
  bz_stream& stream = to<Capsule>(f[0])->state<StreamState>().stream;
  std::string out;
  bool ended = false;
  while (!ended && out.size() < most) {
    size_t room = std::min(std::clamp(out.size(), kOutputStep, kMaxRun), most - out.size());
    size_t before = out.size();
    int code = step_once(stream, input, room, out, [&](size_t) { return BZ2_bzDecompress(&stream); });
    TRY(check_code(rt, code));
    ended = code == BZ_STREAM_END;
    if (input.empty() && out.size() - before < room) break;
  }
  TRY(require_byte_room(rt, out.size()));
  Value three[3] = {Value::from(new_bytes(rt, out)), Value::from_int(static_cast<i64>(given - input.size())),
                    Value::from_bool(ended)};
  return Value::from(new_tuple_from(rt, three, 3));
}

constexpr NativeSpec kCompressorMethods[] = {
    {"compress", compress, "(self, data, finish, /)", "Compressed data, as far as there is any."},
};
constexpr NativeSpec kDecompressorMethods[] = {
    {"decompress", decompress, "(self, data, max_length, /)",
     "Returns (bytes, number of bytes used up, whether the stream ended)."},
};
constexpr NativeSpec kFunctions[] = {
    {"compressor", compressor, "(compresslevel, /)", "A stream that compresses."},
    {"decompressor", decompressor, "()", "A stream that decompresses."},
};

void set_up(Runtime& rt, Module& module) {
  new_capsule_class(rt, module, "_bz2_core", "Compressor", kCompressorMethods);
  new_capsule_class(rt, module, "_bz2_core", "Decompressor", kDecompressorMethods);
}

}  // namespace

std::span<const NativeSpec> bz2_compressor_methods() {
  return kCompressorMethods;
}
std::span<const NativeSpec> bz2_decompressor_methods() {
  return kDecompressorMethods;
}

extern const ModuleSpec kBz2Module;
const ModuleSpec kBz2Module = {"_bz2_core", "The bzip2 library.", kFunctions, set_up};

}  // namespace lisle::rt
