// Files and streams: one layout for text files, binary files and the in-memory streams, chosen by flags.
//
// A file reads from a descriptor, from another File (`inner`) or from memory. Unread bytes lie in
// in[in_begin, in_end); bytes not yet written lie in out[0, out_size). Never are both non-empty: switching
// direction flushes or seeks back. A memory stream keeps its content in in[0, in_end) and its position in
// in_begin, in bytes (BytesIO) or in UTF-32 units (StringIO). Text is decoded when it is taken out of the
// byte buffer, which works because every encoding that is decoded in place is a superset of ASCII; others are
// turned into UTF-8 when they are first read.
#pragma once
#include <string>
#include <string_view>

#include "runtime/runtime.h"
#include "runtime/types/array.h"
#include "runtime/types/str.h"

namespace lisle::rt {

enum class Codec : u8 { kUtf8, kAscii, kLatin1, kOther };
enum class Newline : u8 { kUniversal, kKeep, kLf, kCr, kCrLf };  // newline=None, '', '\n', '\r', '\r\n'

struct File : Object {
  static constexpr Kind kKind = Kind::File;
  static constexpr u32 kReadable = 1, kWritable = 2, kText = 4, kMemory = 8, kAppend = 16, kClosed = 32;
  static constexpr u32 kLineBuffered = 64, kUnbuffered = 128, kKeepDescriptor = 256, kStandard = 512;
  static constexpr u32 kOpen =
      1024;  // was set up; an instance of a subclass that never called __init__ was not
  static constexpr u32 kTransformed = 2048;   // a foreign encoding was read and now stands in `in` as UTF-8
  static constexpr u32 kMarkWritten = 32768;  // the byte order mark of a utf-16 or utf-32 file
  static constexpr u32 kSeenCr = 4096, kSeenLf = 8192, kSeenCrLf = 16384;  // for the attribute newlines

  Value attributes;
  Value name;
  Value mode;
  Value encoding;   // Str
  Value errors;     // Str
  Value inner;      // the File below, or None
  Value companion;  // text files: the binary File that .buffer shows, made when asked for
  Raw* in;
  Raw* out;
  u64 in_begin, in_end, out_size;
  i64 fd;
  u32 flags;
  Newline newline;
  Codec codec;
  bool utf8_signature;  // encoding utf-8-sig: skip the mark when reading, write one first

  bool has(u32 flag) const { return flags & flag; }
  bool is_text() const { return flags & kText; }
  bool is_closed() const { return flags & kClosed; }

  size_t byte_size() const { return sizeof(File); }
  template <class V>
  void visit(V&& v) {
    v(attributes);
    v(name);
    v(mode);
    v(encoding);
    v(errors);
    v(inner);
    v(companion);
    v(in);
    v(out);
  }
};

inline constexpr size_t kFileBufferBytes = 8192;

// A file on a descriptor. `flags` says readable, writable, text and the like.
File* new_file(Runtime& rt, TypeId type, i64 fd, u32 flags, Value name, Value mode);
// sys.stdin, stdout, stderr, encoded in UTF-8.
File* new_standard_stream(Runtime& rt, int fd);
// Sets encoding, errors and newline handling of a text file. `newline` is unbound, None or a Str.
Result file_set_text(Runtime& rt, File& file, Value encoding, Value errors, Value newline);
// The File behind a value, when it is one that was set up and not a subclass's.
inline File* as_file(Value v) {
  return as<File>(v);
}

// --- bytes (file_buffer.cpp); errors of the system come back as raised OSError
Result file_fill(Runtime& rt, File& file);  // reads once more: True if bytes came
Result file_write_bytes(Runtime& rt, File& file, std::string_view bytes);
Result file_flush(Runtime& rt, File& file);
Result file_read_bytes(Runtime& rt, File& file, i64 count, bool once,
                       std::string& out);                           // negative count: all
Result file_seek(Runtime& rt, File& file, i64 offset, int whence);  // an int: the new place
Result file_tell(Runtime& rt, File& file);
Result file_truncate(Runtime& rt, File& file, i64 size);
Result file_close(Runtime& rt, File& file);
// Raises ValueError for closed files and files that were never set up.
Result file_check_open(Runtime& rt, File& file);
Result raise_unsupported(Runtime& rt, const char* text);  // io.UnsupportedOperation

// --- text (file_text.cpp)
Result file_write_str(Runtime& rt, File& file, Str* text);               // None
Result file_write_utf8(Runtime& rt, File& file, std::string_view text);  // None; for messages of the VM
Result file_read_text(Runtime& rt, File& file, i64 count);               // a Str; negative: all
Result file_read_line(Runtime& rt, File& file, i64 limit);               // a Str or Bytes, empty at the end

// Files with buffered output are remembered until they are closed, so that what an abandoned file holds still
// reaches the disk: when another file is opened for reading, and at exit.
void remember_writer(Runtime& rt, File& file);
void flush_writers(Runtime& rt);

// Flushes sys.stdout and sys.stderr if they are native files; errors are dropped, the process is about to
// end. Returns false when stdout could not be written.
bool flush_standard_streams(Runtime& rt);

// __new__ of streams: an empty one, which __init__ sets up.
Result file_new(Runtime& rt, Frame& f);
// `file` becomes what `from` is, which is closed from then on.
Result file_take_over(Runtime& rt, File& file, File& from);
// FileIO.__init__ (modules/io.cpp): its registers are self, file, mode, closefd, opener.
inline constexpr u16 kFileIORegisters = 5;
Result file_io_init(Runtime& rt, Frame& f);
// __getstate__ and __setstate__ of BytesIO and StringIO (file_state.cpp).
Result memory_stream_get_state(Runtime& rt, Frame& f);
Result memory_stream_set_state(Runtime& rt, Frame& f);
// The same for streams over other streams: see file_foreign.cpp.
Result stream_new_over(Runtime& rt, Frame& f);

}  // namespace lisle::rt
