// The module zlib, over the system's library. What a compressor object allocates lies in its own capsule: an
// arena behind the stream's state, so that a dropped object needs no finalizer.
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

#include "runtime/modules/arguments.h"
#include "runtime/protocols/attribute.h"
#include "runtime/types/bytes.h"
#include "runtime/types/capsule.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr size_t kOutputStep = 16 * 1024;
constexpr u64 kArenaSlack = 24 * 1024;  // the fixed part of the library's states, with room to spare
constexpr u64 kMaxRun = u64{1} << 30;   // zlib counts in 32 bits

// What a capsule of this module holds. The arena follows.
struct StreamState {
  z_stream stream;
  u64 used, capacity;
  bool finished;
  u8 arena[];
};

voidpf take_from_arena(voidpf opaque, uInt items, uInt size) {
  auto* state = static_cast<StreamState*>(opaque);
  u64 bytes = (u64{items} * size + 15) & ~u64{15};
  if (bytes > state->capacity - state->used) return Z_NULL;
  u8* p = state->arena + state->used;
  state->used += bytes;
  return p;
}
void keep_in_arena(voidpf, voidpf) {}

StreamState& state_of(Value v) {
  return to<Capsule>(v)->state<StreamState>();
}

Capsule* new_stream(Runtime& rt, const char* class_name, u64 arena) {
  Capsule* capsule = new_capsule(rt, module_class(rt, "zlib", class_name), sizeof(StreamState) + arena);
  StreamState& state = capsule->state<StreamState>();
  state.capacity = arena;
  state.stream.opaque = &state;
  state.stream.zalloc = take_from_arena;
  state.stream.zfree = keep_in_arena;
  capsule->aux = Capsule::kForeign;
  return capsule;
}

Result zlib_error(Runtime& rt, const z_stream& stream, int code, const char* doing) {
  const char* reason = code == Z_VERSION_ERROR ? "library version mismatch" : stream.msg;
  if (reason == nullptr && code == Z_BUF_ERROR) reason = "incomplete or truncated stream";
  if (reason == nullptr && code == Z_STREAM_ERROR) reason = "inconsistent stream state";
  if (reason == nullptr && code == Z_DATA_ERROR) reason = "invalid input data";
  std::string text = "Error " + std::to_string(code) + " " + doing;
  if (reason != nullptr) text += std::string(": ") + reason;
  return raise_module_error(rt, "zlib", "error", text);
}

using StepFn = int (*)(z_streamp, int);

// Feeds `input` to the stream until it is used up, no more than `limit` bytes came out, or the end was
// reached. `flush` is what deflate() or inflate() get with the last input.
int run_stream(z_stream& stream, StepFn step, std::string_view& input, int flush, u64 limit,
               std::string& out) {
  int code = Z_OK;
  for (;;) {
    size_t part = std::min<size_t>(input.size(), kMaxRun);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream.avail_in = static_cast<uInt>(part);
    size_t room = std::min<u64>(std::max(kOutputStep, out.size()), limit - out.size());
    size_t before = out.size();
    out.resize(before + room);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(room);
    code = step(&stream, part == input.size() ? flush : Z_NO_FLUSH);
    out.resize(before + room - stream.avail_out);
    input.remove_prefix(part - stream.avail_in);
    if (code != Z_OK && code != Z_BUF_ERROR) return code;
    if (out.size() >= limit) return code;
    if (stream.avail_out != 0 && (input.empty() || code == Z_BUF_ERROR)) return code;
  }
}

// --- checksums

// Both take an optional start value and work on the unsigned 32-bit number.
template <uLong (*sum)(uLong, const Bytef*, z_size_t)>
Result checksum(Runtime& rt, Frame& f, uLong start) {
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[0], bytes));
  if (!f[1].is_unbound()) {
    if (!is_int_like(f[1])) {
      return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
                   type_name(rt, f[1]));
    }
    Value low = TRY(int_and(rt, f[1], Value::from_int(0xFFFFFFFF)));
    start = static_cast<uLong>(low.as_int());
  }
  uLong result = sum(start, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  return Value::from_int(static_cast<i64>(result & 0xFFFFFFFF));
}
Result zlib_crc32(Runtime& rt, Frame& f) {
  return checksum<crc32_z>(rt, f, 0);
}
Result zlib_adler32(Runtime& rt, Frame& f) {
  return checksum<adler32_z>(rt, f, 1);
}

// --- in one go

// data, level, wbits.
Result zlib_compress(Runtime& rt, Frame& f) {
  std::string_view input;
  TRY(require_bytes_like(rt, f[0], input));
  int level, wbits;
  TRY(int_argument(rt, f[1], Z_DEFAULT_COMPRESSION, level));
  TRY(int_argument(rt, f[2], MAX_WBITS, wbits));
  z_stream stream{};
  int code = deflateInit2(&stream, level, Z_DEFLATED, wbits, 8, Z_DEFAULT_STRATEGY);
  if (code == Z_MEM_ERROR) return raise(rt, TypeId::MemoryError, "Out of memory while compressing data");
  if (code == Z_STREAM_ERROR) return raise_module_error(rt, "zlib", "error", "Bad compression level");
  if (code != Z_OK) return zlib_error(rt, stream, code, "while compressing data");
  std::string out;
  code = run_stream(stream, deflate, input, Z_FINISH, UINT64_MAX, out);
  deflateEnd(&stream);
  if (code != Z_STREAM_END) return zlib_error(rt, stream, code, "while compressing data");
  TRY(require_byte_room(rt, out.size()));
  return Value::from(new_bytes(rt, out));
}

// data, wbits, bufsize (a hint that nobody needs here).
Result zlib_decompress(Runtime& rt, Frame& f) {
  std::string_view input;
  TRY(require_bytes_like(rt, f[0], input));
  int wbits;
  i64 hint;
  TRY(int_argument(rt, f[1], MAX_WBITS, wbits));
  TRY(size_argument(rt, f[2], 1, hint));
  if (hint < 0) return raise(rt, TypeId::ValueError, "bufsize must be non-negative");
  z_stream stream{};
  int code = inflateInit2(&stream, wbits);
  if (code != Z_OK) return zlib_error(rt, stream, code, "while preparing to decompress data");
  std::string out;
  code = run_stream(stream, inflate, input, Z_SYNC_FLUSH, UINT64_MAX, out);
  inflateEnd(&stream);
  if (code != Z_STREAM_END) {
    if (code == Z_OK) code = Z_BUF_ERROR;
    return zlib_error(rt, stream, code, "while decompressing data");
  }
  TRY(require_byte_room(rt, out.size()));
  return Value::from(new_bytes(rt, out));
}

// --- compressor objects

// level, method, wbits, memLevel, strategy, zdict.
Result zlib_compressobj(Runtime& rt, Frame& f) {
  int level, method, wbits, memory, strategy;
  TRY(int_argument(rt, f[0], Z_DEFAULT_COMPRESSION, level));
  TRY(int_argument(rt, f[1], Z_DEFLATED, method));
  TRY(int_argument(rt, f[2], MAX_WBITS, wbits));
  TRY(int_argument(rt, f[3], 8, memory));
  TRY(int_argument(rt, f[4], Z_DEFAULT_STRATEGY, strategy));
  std::string_view dictionary;
  bool primed = !f[5].is_unbound() && !f[5].is_none();
  if (primed) TRY(require_bytes_like(rt, f[5], dictionary));
  if (memory < 1 || memory > 9) return raise(rt, TypeId::ValueError, "Invalid initialization option");
  u64 arena = (u64{1} << (MAX_WBITS + 2)) + (u64{1} << (memory + 9)) + kArenaSlack;
  Capsule* capsule = new_stream(rt, "_Compress", arena);
  z_stream& stream = capsule->state<StreamState>().stream;
  int code = deflateInit2(&stream, level, method, wbits, memory, strategy);
  if (code == Z_STREAM_ERROR) return raise(rt, TypeId::ValueError, "Invalid initialization option");
  if (code != Z_OK) return zlib_error(rt, stream, code, "while creating compression object");
  if (primed) {
    code = deflateSetDictionary(&stream, reinterpret_cast<const Bytef*>(dictionary.data()),
                                static_cast<uInt>(dictionary.size()));
    if (code != Z_OK) return raise(rt, TypeId::ValueError, "Invalid dictionary");
  }
  return Value::from(capsule);
}

// self, data.
Result compress_data(Runtime& rt, Frame& f) {
  std::string_view input;
  TRY(require_bytes_like(rt, f[1], input));
  std::string out;
  z_stream& stream = state_of(f[0]).stream;
  if (state_of(f[0]).finished) return zlib_error(rt, stream, Z_STREAM_ERROR, "while compressing data");
  int code = run_stream(stream, deflate, input, Z_NO_FLUSH, UINT64_MAX, out);
  if (code == Z_STREAM_ERROR) return zlib_error(rt, stream, code, "while compressing data");
  return Value::from(new_bytes(rt, out));
}

// self, mode.
Result compress_flush(Runtime& rt, Frame& f) {
  int mode;
  TRY(int_argument(rt, f[1], Z_FINISH, mode));
  std::string out;
  if (mode == Z_NO_FLUSH) return Value::from(new_bytes(rt, out));
  StreamState& state = state_of(f[0]);
  std::string_view nothing;
  if (state.finished) return zlib_error(rt, state.stream, Z_STREAM_ERROR, "while flushing");
  int code = run_stream(state.stream, deflate, nothing, mode, UINT64_MAX, out);
  bool good = mode == Z_FINISH ? code == Z_STREAM_END : code == Z_OK || code == Z_BUF_ERROR;
  if (!good) return zlib_error(rt, state.stream, code, "while flushing");
  state.finished = mode == Z_FINISH;
  return Value::from(new_bytes(rt, out));
}

using CopyFn = int (*)(z_streamp, z_streamp);

Result copy_stream(Runtime& rt, Frame& f, const char* class_name, CopyFn copy, Capsule*& out) {
  StreamState& state = state_of(f[0]);
  if (state.finished) return raise(rt, TypeId::ValueError, "Inconsistent stream state");
  out = new_stream(rt, class_name, state.capacity);
  StreamState& fresh = out->state<StreamState>();
  int code = copy(&fresh.stream, &state.stream);
  // The library copied the whole stream record: the copy's arena is its own.
  if (code == Z_STREAM_ERROR) return raise(rt, TypeId::ValueError, "Inconsistent stream state");
  if (code != Z_OK) return zlib_error(rt, state.stream, code, "while copying compression object");
  return Result::none();
}

int copy_deflate(z_streamp to, z_streamp from) {
  void* own = to->opaque;
  void* given = from->opaque;
  from->opaque = own;  // deflateCopy() allocates by what it finds in the source
  int code = deflateCopy(to, from);
  from->opaque = given;
  return code;
}
int copy_inflate(z_streamp to, z_streamp from) {
  void* own = to->opaque;
  void* given = from->opaque;
  from->opaque = own;
  int code = inflateCopy(to, from);
  from->opaque = given;
  return code;
}

Result compress_copy(Runtime& rt, Frame& f) {
  Capsule* copy;
  TRY(copy_stream(rt, f, "_Compress", copy_deflate, copy));
  return Value::from(copy);
}

// --- decompressor objects: values[0] is the dictionary

void show(Runtime& rt, Capsule* self, const char* name, Value v) {
  set_own_attribute(rt, self, intern(rt, name), v);
}

Result use_dictionary(Runtime& rt, Capsule* self) {
  std::string_view dictionary;
  TRY(require_bytes_like(rt, self->values[0], dictionary));
  z_stream& stream = self->state<StreamState>().stream;
  int code = inflateSetDictionary(&stream, reinterpret_cast<const Bytef*>(dictionary.data()),
                                  static_cast<uInt>(dictionary.size()));
  return code == Z_OK ? Result::none() : zlib_error(rt, stream, code, "while setting zdict");
}

// wbits, zdict.
Result zlib_decompressobj(Runtime& rt, Frame& f) {
  int wbits;
  TRY(int_argument(rt, f[0], MAX_WBITS, wbits));
  std::string_view dictionary;
  if (!f[1].is_unbound() && !bytes_like(f[1], dictionary)) {
    return raise(rt, TypeId::TypeError, "zdict argument must support the buffer protocol");
  }
  Capsule* capsule = new_stream(rt, "_Decompress", (u64{1} << MAX_WBITS) + kArenaSlack);
  z_stream& stream = capsule->state<StreamState>().stream;
  int code = inflateInit2(&stream, wbits);
  if (code == Z_STREAM_ERROR) return raise(rt, TypeId::ValueError, "Invalid initialization option");
  if (code != Z_OK) return zlib_error(rt, stream, code, "while creating decompression object");
  Value empty = Value::from(new_bytes(rt, {}));
  show(rt, capsule, "unused_data", empty);
  show(rt, capsule, "unconsumed_tail", empty);
  show(rt, capsule, "eof", Value::false_());
  if (f[1].is_unbound()) return Value::from(capsule);
  capsule->values[0] = f[1];
  rt.heap.wrote(capsule);
  if (wbits < 0) TRY(use_dictionary(rt, capsule));
  return Value::from(capsule);
}

// What is left of the input belongs to whoever reads on.
void keep_rest(Runtime& rt, Capsule* self, int code, std::string_view rest) {
  if (code == Z_STREAM_END) {
    Value before = own_attribute(rt, self, intern(rt, "unused_data"));
    std::string all(is_bytes(before) ? to<Bytes>(before)->view() : std::string_view());
    all += rest;
    show(rt, self, "unused_data", Value::from(new_bytes(rt, all)));
    show(rt, self, "unconsumed_tail", Value::from(new_bytes(rt, {})));
    show(rt, self, "eof", Value::true_());
    self->state<StreamState>().finished = true;
    return;
  }
  show(rt, self, "unconsumed_tail", Value::from(new_bytes(rt, rest)));
}

// Runs the stream over `input`, giving the dictionary when it is asked for.
Result inflate_input(Runtime& rt, Capsule* self, std::string_view input, int flush, u64 limit,
                     const char* doing) {
  z_stream& stream = self->state<StreamState>().stream;
  std::string out, copy(input);
  std::string_view rest = copy;
  if (self->state<StreamState>().finished) {
    keep_rest(rt, self, Z_STREAM_END, rest);
    return Value::from(new_bytes(rt, {}));
  }
  int code = run_stream(stream, inflate, rest, flush, limit, out);
  if (code == Z_NEED_DICT && !self->values[0].is_none()) {
    TRY(use_dictionary(rt, self));
    code = run_stream(stream, inflate, rest, flush, limit, out);
  }
  if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return zlib_error(rt, stream, code, doing);
  TRY(require_byte_room(rt, out.size()));
  keep_rest(rt, self, code, rest);
  return Value::from(new_bytes(rt, out));
}

// self, data, max_length.
Result decompress_data(Runtime& rt, Frame& f) {
  std::string_view input;
  TRY(require_bytes_like(rt, f[1], input));
  i64 limit;
  TRY(size_argument(rt, f[2], 0, limit));
  if (limit < 0) return raise(rt, TypeId::ValueError, "max_length must be non-negative");
  return inflate_input(rt, to<Capsule>(f[0]), input, Z_SYNC_FLUSH,
                       limit == 0 ? UINT64_MAX : static_cast<u64>(limit), "while decompressing data");
}

// self, length.
Result decompress_flush(Runtime& rt, Frame& f) {
  i64 length;
  TRY(size_argument(rt, f[1], kOutputStep, length));
  if (length <= 0) return raise(rt, TypeId::ValueError, "length must be greater than zero");
  Capsule* self = to<Capsule>(f[0]);
  Value tail = own_attribute(rt, self, intern(rt, "unconsumed_tail"));
  std::string_view input = is_bytes(tail) ? to<Bytes>(tail)->view() : std::string_view();
  return inflate_input(rt, self, input, Z_FINISH, UINT64_MAX, "while flushing");
}

Result decompress_copy(Runtime& rt, Frame& f) {
  Capsule* copy;
  TRY(copy_stream(rt, f, "_Decompress", copy_inflate, copy));
  Capsule* self = to<Capsule>(f[0]);
  copy->values[0] = self->values[0];
  rt.heap.wrote(copy);
  for (const char* name : {"unused_data", "unconsumed_tail", "eof"}) {
    show(rt, copy, name, own_attribute(rt, self, intern(rt, name)));
  }
  return Value::from(copy);
}

// --- tables

constexpr NativeSpec kCompressMethods[] = {
    {"compress", compress_data, "(self, data, /)", "Returns a bytes object containing compressed data."},
    {"flush", compress_flush, "(self, mode=4, /)", "Return a bytes object containing any remaining data."},
    {"copy", compress_copy, "(self, /)", "Return a copy of the compression object."},
    {"__copy__", compress_copy, "(self, /)"},
    {"__deepcopy__", compress_copy, "(self, memo, /)"},
};
constexpr NativeSpec kDecompressMethods[] = {
    {"decompress", with_count<2, decompress_data>, "(self, data, /, max_length=0)",
     "Return a bytes object containing the decompressed version of the data.", 3},
    {"flush", with_count<1, decompress_flush>, "(self, length=16384, /)",
     "Return a bytes object containing any remaining decompressed data.", 2},
    {"copy", decompress_copy, "(self, /)", "Return a copy of the decompression object."},
    {"__copy__", decompress_copy, "(self, /)"},
    {"__deepcopy__", decompress_copy, "(self, memo, /)"},
};
constexpr NativeSpec kFunctions[] = {
    {"adler32", zlib_adler32, "(data, value=1, /)", "Compute an Adler-32 checksum of data."},
    {"crc32", zlib_crc32, "(data, value=0, /)", "Compute a CRC-32 checksum of data."},
    {"compress", zlib_compress, "(data, /, level=-1, wbits=15)",
     "Returns a bytes object containing compressed data."},
    {"decompress", with_count<2, zlib_decompress>, "(data, /, wbits=15, bufsize=16384)",
     "Returns a bytes object containing the uncompressed data.", 3},
    {"compressobj", zlib_compressobj, "(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None)",
     "Return a compressor object."},
    {"decompressobj", zlib_decompressobj, "(wbits=15, zdict=b'')", "Return a decompressor object."},
};

struct Constant {
  const char* name;
  i64 value;
};
constexpr Constant kConstants[] = {
    {"MAX_WBITS", MAX_WBITS},
    {"DEFLATED", Z_DEFLATED},
    {"DEF_MEM_LEVEL", 8},
    {"DEF_BUF_SIZE", 16 * 1024},
    {"Z_BEST_SPEED", Z_BEST_SPEED},
    {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
    {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION},
    {"Z_NO_COMPRESSION", Z_NO_COMPRESSION},
    {"Z_FILTERED", Z_FILTERED},
    {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
    {"Z_RLE", Z_RLE},
    {"Z_FIXED", Z_FIXED},
    {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY},
    {"Z_NO_FLUSH", Z_NO_FLUSH},
    {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
    {"Z_SYNC_FLUSH", Z_SYNC_FLUSH},
    {"Z_FULL_FLUSH", Z_FULL_FLUSH},
    {"Z_FINISH", Z_FINISH},
    {"Z_BLOCK", Z_BLOCK},
    {"Z_TREES", Z_TREES},
};

void set_up(Runtime& rt, Module& module) {
  module_set(rt, module, "error",
             Value::from(new_native_class(rt, "zlib", "error", rt.type(TypeId::Exception))));
  new_capsule_class(rt, module, "zlib", "Compress", kCompressMethods);
  new_capsule_class(rt, module, "zlib", "Decompress", kDecompressMethods);
  for (const Constant& c : kConstants) module_set(rt, module, c.name, Value::from_int(c.value));
  module_set(rt, module, "ZLIB_VERSION", Value::from(new_str(rt, ZLIB_VERSION)));
  module_set(rt, module, "ZLIB_RUNTIME_VERSION", Value::from(new_str(rt, zlibVersion())));
  module_set(rt, module, "__version__", Value::from(new_str(rt, "1.0")));
}

}  // namespace

std::span<const NativeSpec> compress_methods() {
  return kCompressMethods;
}
std::span<const NativeSpec> decompress_methods() {
  return kDecompressMethods;
}

extern const ModuleSpec kZlibModule;
const ModuleSpec kZlibModule = {"zlib", "Compression and decompression in the formats of gzip and zlib.",
                                kFunctions, set_up};

}  // namespace lisle::rt
