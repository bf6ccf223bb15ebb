// What a program can ask of files and streams: the classes of the module _io. Buffering and text are in
// file_buffer.cpp and file_text.cpp, opening in modules/io.cpp.
//
// Instances of classes of the program that derive from the abstract bases are Files that were never set up
// (no kOpen): they get the generic methods, which ask the object's own read(), readinto() and close().
#include "runtime/types/file.h"
#include "runtime/types/file_foreign.h"

#include <unistd.h>

#include <cstring>

#include "runtime/host.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

File& self(Frame& f) {
  return *to<File>(f[0]);
}

Str* name_of(Runtime& rt, const char* text) {
  return intern(rt, text);
}

// Optional size argument: absent and None mean "everything", -1.
Result size_argument(Runtime& rt, Frame& f, Value v, i64& size) {
  size = -1;
  if (v.is_unbound() || v.is_none()) return Result::none();
  if (!is_int_like(v)) {
    return raise(rt, TypeId::TypeError, "argument should be integer or None, not '%s'", type_name(rt, v));
  }
  if (!int_to_i64(v, size))
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
  if (size < 0) size = -1;
  return Result::none();
}

Result check_readable(Runtime& rt, File& file, const char* binary_text) {
  TRY(file_check_open(rt, file));
  if (file.has(File::kReadable)) return Result::none();
  return raise_unsupported(rt, file.is_text() ? "not readable" : binary_text);
}

Result check_writable(Runtime& rt, File& file) {
  TRY(file_check_open(rt, file));
  if (file.has(File::kWritable)) return Result::none();
  if (file.is_text()) return raise_unsupported(rt, "not writable");
  return raise_unsupported(
      rt, type_of(rt, Value::from(&file)) == rt.type(TypeId::FileIO) ? "File not open for writing" : "write");
}

// The bytes of a bytes-like argument.
Result bytes_argument(Runtime& rt, Value v, std::string_view& out) {
  if (bytes_like(v, out)) return Result::none();
  return raise(rt, TypeId::TypeError, "a bytes-like object is required, not '%s'", type_name(rt, v));
}

// --- making
// -----------------------------------------------------------------------------------------------------------

File* prepare(File* file) {
  file->fd = -1;
  file->name = file->mode = Value::unbound();
  file->inner = file->companion = file->encoding = file->errors = Value::none();
  return file;
}

// Puts back a file whose __init__ runs again.
void reset(File& file, u32 flags) {
  file.flags = flags | File::kOpen;
  file.in_begin = file.in_end = file.out_size = 0;
  file.in = file.out = nullptr;
  file.utf8_signature = false;
}

Result string_io_init(Runtime& rt, Frame& f) {
  File& file = self(f);
  Value initial = f[1], newline = f[2];
  if (!initial.is_unbound() && !initial.is_none() && !is_str(initial)) {
    return raise(rt, TypeId::TypeError, "initial_value must be str or None, not %s", type_name(rt, initial));
  }
  if (!newline.is_unbound() && !newline.is_none() && !is_str(newline)) {
    return raise(rt, TypeId::TypeError, "newline must be str or None, not %s", type_name(rt, newline));
  }
  reset(file, File::kReadable | File::kWritable | File::kText | File::kMemory);
  TRY(file_set_text(rt, file, Value::none(), Value::none(), newline));
  if (newline.is_unbound()) file.newline = Newline::kLf;
  if (is_str(initial)) {
    TRY(file_write_str(rt, file, to<Str>(initial)));
    file.in_begin = 0;
  }
  return Result::none();
}

Result bytes_io_init(Runtime& rt, Frame& f) {
  File& file = self(f);
  std::string_view initial;
  if (!f[1].is_unbound() && !f[1].is_none()) TRY(bytes_argument(rt, f[1], initial));
  reset(file, File::kReadable | File::kWritable | File::kMemory);
  if (!initial.empty()) {
    TRY(file_write_bytes(rt, file, initial));
    file.in_begin = 0;
  }
  return Result::none();
}

// BufferedReader(raw), BufferedWriter(raw), BufferedRandom(raw): reads from and writes to another native
// stream, or lets _pyio do it.
Result buffered_init(Runtime& rt, Frame& f, u32 flags) {
  if (f.step() != 0 || !is_native_binary(f[1])) return adopt_foreign(rt, f, 3);
  reset(self(f), flags);
  self(f).inner = f[1];
  rt.heap.wrote(&self(f));
  return Result::none();
}
Result buffered_reader_init(Runtime& rt, Frame& f) {
  return buffered_init(rt, f, File::kReadable);
}
Result buffered_writer_init(Runtime& rt, Frame& f) {
  return buffered_init(rt, f, File::kWritable);
}
Result buffered_random_init(Runtime& rt, Frame& f) {
  return buffered_init(rt, f, File::kReadable | File::kWritable);
}

Result text_wrapper_init(Runtime& rt, Frame& f) {
  if (f.step() != 0 || !is_native_binary(f[1]) || is_foreign_text(rt, f[2], f[3]))
    return adopt_foreign(rt, f, 7);
  File* inner = to<File>(f[1]);
  File& file = self(f);
  u32 flags = File::kText | (inner->flags & (File::kReadable | File::kWritable));
  if (f[5].is_true()) flags |= File::kLineBuffered;
  if (f[6].is_true()) flags |= File::kUnbuffered;
  reset(file, flags);
  TRY(file_set_text(rt, file, f[2], f[3], f[4].is_unbound() ? Value::none() : f[4]));
  file.inner = file.companion = f[1];
  file.name = inner->name;
  rt.heap.wrote(&file);
  return Result::none();
}

// --- every stream
// -----------------------------------------------------------------------------------------------------

Result stream_flush(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (file.is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
  return file.has(File::kOpen) ? file_flush(rt, file) : Result::none();
}

Result stream_close(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self(f).has(File::kOpen)) return file_close(rt, self(f));
      if (self(f).is_closed()) return Result::none();
      AWAIT(1, call_method(rt, f, f[0], rt.names.flush, {}));
      self(f).flags |= File::kClosed;
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result stream_del(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (!file.has(File::kOpen) || file.has(File::kStandard)) return Result::none();
  if (file_close(rt, file).is_raised()) take_raised(rt);
  return Result::none();
}

Result stream_enter(Runtime& rt, Frame& f) {
  if (self(f).is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
  return f[0];
}

Result stream_exit(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!type_of(rt, f[0])->is_heap) return file_close(rt, self(f));
      AWAIT(1, call_method(rt, f, f[0], rt.names.close, {}));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result stream_fileno(Runtime& rt, Frame& f) {
  File& file = self(f);
  TRY(file_check_open(rt, file));
  if (file.fd >= 0) return new_int(rt, file.fd);
  if (File* inner = as<File>(file.inner); inner && inner->fd >= 0) return new_int(rt, inner->fd);
  return raise_unsupported(rt, "fileno");
}

Result stream_isatty(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (file.is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
  return Result::boolean(file.fd >= 0 && rt.host->is_terminal(static_cast<int>(file.fd)));
}

Result stream_readable(Runtime& rt, Frame& f) {
  if (self(f).is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
  return Result::boolean(self(f).has(File::kReadable));
}
Result stream_writable(Runtime& rt, Frame& f) {
  if (self(f).is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
  return Result::boolean(self(f).has(File::kWritable));
}
Result stream_seekable(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (file.is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
  File* lowest = as<File>(file.inner) ? as<File>(file.inner) : &file;
  if (lowest->has(File::kMemory)) return Result::boolean(true);
  return Result::boolean(lowest->fd >= 0 && rt.host->seek(static_cast<int>(lowest->fd), 0, SEEK_CUR) >= 0);
}

Result stream_seek(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (!file.has(File::kOpen) && !file.is_closed()) return raise_unsupported(rt, "seek");
  TRY(file_check_open(rt, file));
  i64 offset, whence = SEEK_SET;
  if (!is_int_like(f[1])) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, f[1]));
  }
  if (!int_to_i64(f[1], offset))
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C long");
  if (!f[2].is_unbound() && (!is_int_like(f[2]) || !int_to_i64(f[2], whence) || whence < 0 || whence > 2)) {
    return raise(rt, TypeId::ValueError, "invalid whence (%lld, should be 0, 1 or 2)",
                 static_cast<long long>(whence));
  }
  if (file.is_text() && !file.has(File::kMemory)) {
    if (whence == SEEK_CUR && offset != 0)
      return raise_unsupported(rt, "can't do nonzero cur-relative seeks");
    if (whence == SEEK_END && offset != 0)
      return raise_unsupported(rt, "can't do nonzero end-relative seeks");
    if (whence == SEEK_SET && offset < 0) {
      return raise(rt, TypeId::ValueError, "negative seek position %lld", static_cast<long long>(offset));
    }
  }
  return file_seek(rt, file, offset, static_cast<int>(whence));
}

Result stream_tell(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (!file.has(File::kOpen) && !file.is_closed()) {
    return call_method(rt, f, f[0], name_of(rt, "seek"), {Value::from_int(0), Value::from_int(1)});
  }
  TRY(file_check_open(rt, file));
  return file_tell(rt, file);
}

Result stream_truncate(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (!file.has(File::kOpen) && !file.is_closed()) return raise_unsupported(rt, "truncate");
  TRY(check_writable(rt, file));
  Value size = f[1].is_unbound() || f[1].is_none() ? TRY(file_tell(rt, file)) : f[1];
  i64 bytes;
  if (!is_int_like(size) || !int_to_i64(size, bytes)) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, size));
  }
  if (bytes < 0)
    return raise(rt, TypeId::ValueError, "negative size value %lld", static_cast<long long>(bytes));
  return file_truncate(rt, file, bytes);
}

// registers: self, size, collected, read
Result stream_readline(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  i64 size;
  switch (f.step()) {
    case 0:
      TRY(size_argument(rt, f, f[1], size));
      if (self(f).has(File::kOpen) || self(f).is_closed()) {
        TRY(check_readable(rt, self(f), "readline"));
        return file_read_line(rt, self(f), size);
      }
      f[1] = Value::from_int(size);
      f[2] = Value::from(new_bytes(rt, ""));
      for (;;) {
        if (f[1].as_int() >= 0 && to<Bytes>(f[2])->view().size() >= static_cast<u64>(f[1].as_int()))
          return f[2];
        AWAIT(1, call_method(rt, f, f[0], name_of(rt, "read"), {Value::from_int(1)}));
        Bytes* piece = as<Bytes>(r.value());
        if (!piece) {
          return raise(rt, TypeId::OSError, "read() should have returned a bytes object, not '%s'",
                       type_name(rt, r.value()));
        }
        if (piece->view().empty()) return f[2];
        std::string joined(to<Bytes>(f[2])->view());
        joined += piece->view();
        f[2] = Value::from(new_bytes(rt, joined));
        if (joined.back() == '\n') return f[2];
      }
  }
  LISLE_UNREACHABLE();
}

bool is_empty_line(Value line) {
  if (Str* text = as<Str>(line)) return text->length == 0;
  std::string_view bytes;
  return bytes_like(line, bytes) && bytes.empty();
}

Result stream_next(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self(f).is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
      if (!type_of(rt, f[0])->is_heap) {
        TRY(check_readable(rt, self(f), "readline"));
        r = file_read_line(rt, self(f), -1);
        if (!r.is_value()) return r;
      } else {
        AWAIT(1, call_method(rt, f, f[0], name_of(rt, "readline"), {}));
      }
      if (is_empty_line(r.value()))
        return raise_value(rt, Value::from(new_exception(rt, TypeId::StopIteration, Value::unbound())));
      return r.value();
  }
  LISLE_UNREACHABLE();
}

Result stream_iter(Runtime& rt, Frame& f) {
  if (self(f).is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
  return f[0];
}

u64 line_size(Value line) {
  if (Str* text = as<Str>(line)) return text->length;
  std::string_view bytes;
  return bytes_like(line, bytes) ? bytes.size() : 0;
}

// registers: self, hint, list, characters so far
Result stream_readlines(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  i64 hint;
  switch (f.step()) {
    case 0:
      TRY(size_argument(rt, f, f[1], hint));
      f[1] = Value::from_int(hint <= 0 ? -1 : hint);
      f[2] = Value::from(new_list(rt));
      f[3] = Value::from_int(0);
      for (;;) {
        AWAIT(1, next(rt, f, f[0]));
        if (r.value().is_exhausted()) return f[2];
        list_append(rt, *to<List>(f[2]), r.value());
        f[3] = Value::from_int(f[3].as_int() + static_cast<i64>(line_size(r.value())));
        if (f[1].as_int() >= 0 && f[3].as_int() > f[1].as_int()) return f[2];
      }
  }
  LISLE_UNREACHABLE();
}

// registers: self, lines, iterator
Result stream_writelines(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self(f).is_closed()) return raise(rt, TypeId::ValueError, "I/O operation on closed file.");
      AWAIT(1, iter(rt, f, f[1]));
      f[2] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::none();
        AWAIT(3, call_method(rt, f, f[0], rt.names.write, {r.value()}));
      }
  }
  LISLE_UNREACHABLE();
}

Result stream_unsupported_read(Runtime& rt, Frame&) {
  return raise_unsupported(rt, "read");
}
Result stream_unsupported_write(Runtime& rt, Frame&) {
  return raise_unsupported(rt, "write");
}
Result stream_unsupported_detach(Runtime& rt, Frame&) {
  return raise_unsupported(rt, "detach");
}

Result stream_get_closed(Runtime&, Frame& f) {
  return Result::boolean(self(f).is_closed());
}
Result stream_get_name(Runtime& rt, Frame& f) {
  if (!self(f).name.is_unbound()) return self(f).name;
  return raise(rt, TypeId::AttributeError, "'%s' object has no attribute 'name'", type_name(rt, f[0]));
}
Result stream_set_name(Runtime& rt, Frame& f) {
  self(f).name = f[1];
  rt.heap.wrote(&self(f));
  return Result::none();
}
Result stream_get_mode(Runtime& rt, Frame& f) {
  if (!self(f).mode.is_unbound()) return self(f).mode;
  return raise(rt, TypeId::AttributeError, "'%s' object has no attribute 'mode'", type_name(rt, f[0]));
}
Result stream_set_mode(Runtime& rt, Frame& f) {
  self(f).mode = f[1];
  rt.heap.wrote(&self(f));
  return Result::none();
}

std::string shown(Runtime& rt, Value str) {
  TextBuffer scratch;
  return std::string(str_utf8(to<Str>(str), scratch));
}

Result stream_repr(Runtime& rt, Frame& f) {
  File& file = self(f);
  std::string out = "<_io." + shown(rt, Value::from(type_of(rt, f[0])->name));
  if (file.has(File::kMemory) || !file.has(File::kOpen)) {
    char address[32];
    snprintf(address, sizeof address, " object at %p", static_cast<void*>(&file));
    return Value::from(new_str(rt, out + address + ">"));
  }
  if (!file.name.is_unbound()) out += " name=" + shown(rt, TRY(to_repr(rt, f, file.name)));
  bool raw = type_of(rt, f[0]) == rt.type(TypeId::FileIO);
  if ((file.is_text() || raw) && is_str(file.mode))
    out += " mode=" + shown(rt, TRY(to_repr(rt, f, file.mode)));
  if (raw) out += file.has(File::kKeepDescriptor) ? " closefd=False" : " closefd=True";
  if (file.is_text()) out += " encoding=" + shown(rt, TRY(to_repr(rt, f, file.encoding)));
  return Value::from(new_str(rt, out + ">"));
}

// --- binary streams
// ---------------------------------------------------------------------------------------------------

Result binary_read_sized(Runtime& rt, Frame& f, bool once) {
  i64 size;
  TRY(size_argument(rt, f, f[1], size));
  TRY(check_readable(rt, self(f), "read"));
  if (once && size < 0) size = kFileBufferBytes;
  std::string out;
  TRY(file_read_bytes(rt, self(f), size, once, out));
  return Value::from(new_bytes(rt, out));
}
Result binary_read(Runtime& rt, Frame& f) {
  return binary_read_sized(rt, f, false);
}
Result binary_read1(Runtime& rt, Frame& f) {
  return binary_read_sized(rt, f, true);
}
Result raw_readall(Runtime& rt, Frame& f) {
  TRY(check_readable(rt, self(f), "read"));
  std::string out;
  TRY(file_read_bytes(rt, self(f), -1, false, out));
  return Value::from(new_bytes(rt, out));
}

Result file_io_get_closefd(Runtime&, Frame& f) {
  return Result::boolean(!self(f).has(File::kKeepDescriptor));
}

Result binary_readinto(Runtime& rt, Frame& f) {
  TRY(check_readable(rt, self(f), "read"));
  u8* target;
  u64 room;
  if (!writable_bytes(f[1], target, room)) {
    return raise(rt, TypeId::TypeError, "readinto() argument must be read-write bytes-like object, not %s",
                 type_name(rt, f[1]));
  }
  std::string out;
  TRY(file_read_bytes(rt, self(f), static_cast<i64>(room), false, out));
  memcpy(target, out.data(), out.size());
  return Value::from_int(static_cast<i64>(out.size()));
}

Result binary_peek(Runtime& rt, Frame& f) {
  File& file = self(f);
  TRY(check_readable(rt, file, "peek"));
  if (file.in_begin >= file.in_end) TRY(file_fill(rt, file));
  if (file.in_begin >= file.in_end) return Value::from(new_bytes(rt, ""));
  return Value::from(new_bytes(
      rt, {reinterpret_cast<const char*>(file.in->bytes) + file.in_begin, file.in_end - file.in_begin}));
}

Result binary_write(Runtime& rt, Frame& f) {
  TRY(check_writable(rt, self(f)));
  std::string_view bytes;
  if (is_str(f[1])) return raise(rt, TypeId::TypeError, "a bytes-like object is required, not 'str'");
  TRY(bytes_argument(rt, f[1], bytes));
  TRY(file_write_bytes(rt, self(f), bytes));
  return Value::from_int(static_cast<i64>(bytes.size()));
}

Result binary_get_raw(Runtime&, Frame& f) {
  return self(f).inner.is_none() ? f[0] : self(f).inner;
}

Result stream_detach(Runtime& rt, Frame& f) {
  File& file = self(f);
  TRY(file_check_open(rt, file));
  TRY(file_flush(rt, file));
  Value below = file.inner;
  if (below.is_none()) return raise_unsupported(rt, "detach");
  file.flags &= ~File::kOpen;
  file.inner = Value::none();
  return below;
}

Result bytes_io_getvalue(Runtime& rt, Frame& f) {
  File& file = self(f);
  TRY(file_check_open(rt, file));
  if (!file.in_end) return Value::from(new_bytes(rt, ""));
  return Value::from(new_bytes(rt, {reinterpret_cast<const char*>(file.in->bytes), file.in_end}));
}

// The view shares the stream's memory until the stream needs more of it.
Result bytes_io_getbuffer(Runtime& rt, Frame& f) {
  File& file = self(f);
  TRY(file_check_open(rt, file));
  ByteArray* shown = new_bytearray(rt, "");
  shown->storage = file.in;
  shown->size = file.in_end;
  rt.heap.wrote(shown);
  return new_memoryview(rt, Value::from(shown));
}

// --- text streams
// -----------------------------------------------------------------------------------------------------

Result text_read(Runtime& rt, Frame& f) {
  i64 size;
  TRY(size_argument(rt, f, f[1], size));
  TRY(check_readable(rt, self(f), "read"));
  return file_read_text(rt, self(f), size);
}

Result text_write(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (!is_str(f[1])) {
    return file.has(File::kMemory)
               ? raise(rt, TypeId::TypeError, "string argument expected, got '%s'", type_name(rt, f[1]))
               : raise(rt, TypeId::TypeError, "write() argument must be str, not %s",
                       argument_type(rt, f[1]));
  }
  TRY(check_writable(rt, file));
  TRY(file_write_str(rt, file, to<Str>(f[1])));
  return Value::from_int(static_cast<i64>(to<Str>(f[1])->length));
}

Result string_io_getvalue(Runtime& rt, Frame& f) {
  File& file = self(f);
  TRY(file_check_open(rt, file));
  if (!file.in_end) return Value::from(rt.names.empty);
  return Value::from(new_str_utf32(rt, reinterpret_cast<const u32*>(file.in->bytes), file.in_end));
}

Result text_reconfigure(Runtime& rt, Frame& f) {
  File& file = self(f);
  TRY(file_flush(rt, file));
  Value encoding = f[1].is_unbound() || f[1].is_none() ? file.encoding : f[1];
  Value errors = f[2].is_unbound() || f[2].is_none() ? file.errors : f[2];
  Newline kept = file.newline;
  TRY(file_set_text(rt, file, encoding, errors, f[3]));
  if (f[3].is_unbound()) file.newline = kept;
  if (f[4].is_true()) file.flags |= File::kLineBuffered;
  if (f[4].is_false()) file.flags &= ~File::kLineBuffered;
  if (f[5].is_true()) file.flags |= File::kUnbuffered;
  if (f[5].is_false()) file.flags &= ~File::kUnbuffered;
  return Result::none();
}

Result text_get_encoding(Runtime&, Frame& f) {
  return self(f).encoding;
}
Result text_get_errors(Runtime&, Frame& f) {
  return self(f).errors;
}
Result string_io_get_none(Runtime&, Frame&) {
  return Result::none();
}
Result text_get_line_buffering(Runtime&, Frame& f) {
  return Result::boolean(self(f).has(File::kLineBuffered));
}
Result text_get_write_through(Runtime&, Frame& f) {
  return Result::boolean(self(f).has(File::kUnbuffered));
}

// The kinds of line ends seen so far, as newline=None reports them.
Result text_get_newlines(Runtime& rt, Frame& f) {
  File& file = self(f);
  Value seen[3];
  u64 count = 0;
  if (file.has(File::kSeenCr)) seen[count++] = Value::from(name_of(rt, "\r"));
  if (file.has(File::kSeenLf)) seen[count++] = Value::from(name_of(rt, "\n"));
  if (file.has(File::kSeenCrLf)) seen[count++] = Value::from(name_of(rt, "\r\n"));
  if (count == 0) return Result::none();
  return count == 1 ? seen[0] : Value::from(new_tuple_from(rt, seen, count));
}

// The binary stream on the same descriptor: it writes through, after what the text layer holds.
Result text_get_buffer(Runtime& rt, Frame& f) {
  File& file = self(f);
  if (!file.companion.is_none()) return file.companion;
  TypeId type = !file.has(File::kWritable)  ? TypeId::BufferedReader
                : file.has(File::kReadable) ? TypeId::BufferedRandom
                                            : TypeId::BufferedWriter;
  u32 flags = file.flags & (File::kReadable | File::kWritable | File::kStandard);
  File* below = new_file(rt, type, file.fd, flags | File::kKeepDescriptor, file.name, file.mode);
  file.companion = Value::from(below);
  rt.heap.wrote(&file);
  return file.companion;
}

}  // namespace

File* new_file(Runtime& rt, TypeId type, i64 fd, u32 flags, Value name, Value mode) {
  File* file = prepare(new_instance_of<File>(rt, rt.type(type)));
  file->fd = fd;
  file->flags = flags | File::kOpen;
  file->name = name;
  file->mode = mode;
  return file;
}

File* new_standard_stream(Runtime& rt, int fd) {
  const char* names[] = {"<stdin>", "<stdout>", "<stderr>"};
  u32 flags =
      File::kText | File::kKeepDescriptor | File::kStandard | (fd == 0 ? File::kReadable : File::kWritable);
  if (fd == 2 || rt.host->is_terminal(fd)) flags |= File::kLineBuffered;
  File* file = new_file(rt, TypeId::TextIOWrapper, fd, flags, Value::from(name_of(rt, names[fd])),
                        Value::from(name_of(rt, fd == 0 ? "r" : "w")));
  file->encoding = Value::from(name_of(rt, "utf-8"));
  file->errors = Value::from(name_of(rt, fd == 2 ? "backslashreplace" : "strict"));
  file->newline = Newline::kUniversal;
  return file;
}

Result file_take_over(Runtime& rt, File& file, File& from) {
  if (file.has(File::kOpen)) TRY(file_close(rt, file));
  reset(file, from.flags);
  file.fd = from.fd;
  file.name = from.name;
  file.mode = from.mode;
  rt.heap.wrote(&file);
  from.fd = -1;
  return file_close(rt, from);
}

Result file_new(Runtime& rt, Frame& f) {
  return Value::from(prepare(new_instance_of<File>(rt, to<Type>(f[0]))));
}

// --- tables
// -----------------------------------------------------------------------------------------------------------

namespace {

constexpr NativeSpec kStreamMethods[] = {
    {"__new__", file_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"close", stream_close, "(self)", "Flush and close the IO object.", 1},
    {"flush", stream_flush, "(self)", "Flush write buffers, if applicable."},
    {"fileno", stream_fileno, "(self)", "Returns underlying file descriptor if one exists."},
    {"isatty", stream_isatty, "(self)", "Return whether this is an 'interactive' stream."},
    {"readable", stream_readable, "(self)", "Return whether object was opened for reading."},
    {"writable", stream_writable, "(self)", "Return whether object was opened for writing."},
    {"seekable", stream_seekable, "(self)", "Return whether object supports random access."},
    {"seek", stream_seek, "(self, offset, whence=0, /)", "Change stream position."},
    {"tell", stream_tell, "(self)", "Return current stream position."},
    {"truncate", stream_truncate, "(self, size=None, /)", "Truncate file to size bytes."},
    {"readline", stream_readline, "(self, size=-1, /)", "Read and return a line from the stream.", 4},
    {"readlines", stream_readlines, "(self, hint=-1, /)", "Return a list of lines from the stream.", 4},
    {"writelines", stream_writelines, "(self, lines, /)", "Write a list of lines to stream.", 3},
    {"__enter__", stream_enter, "(self)"},
    {"__exit__", stream_exit, "(self, *args)", nullptr, 2},
    {"__iter__", stream_iter, "(self)"},
    {"__next__", stream_next, "(self)", nullptr, 1},
    {"__del__", stream_del, "(self)"},
};
constexpr GetsetSpec kStreamGetsets[] = {
    {"closed", stream_get_closed, nullptr, "True if the file is closed"}};

constexpr NativeSpec kRawMethods[] = {{"readall", raw_readall, "(self)", "Read until EOF."},
                                      {"write", stream_unsupported_write, "(self, b, /)"}};
constexpr NativeSpec kBufferedMethods[] = {{"read", stream_unsupported_read, "(self, size=-1, /)"},
                                           {"read1", stream_unsupported_read, "(self, size=-1, /)"},
                                           {"write", stream_unsupported_write, "(self, b, /)"},
                                           {"detach", stream_unsupported_detach, "(self)"}};
constexpr NativeSpec kTextMethods[] = {{"read", stream_unsupported_read, "(self, size=-1, /)"},
                                       {"write", stream_unsupported_write, "(self, s, /)"},
                                       {"detach", stream_unsupported_detach, "(self)"}};
constexpr GetsetSpec kTextBaseGetsets[] = {
    {"encoding", string_io_get_none}, {"errors", string_io_get_none}, {"newlines", string_io_get_none}};

#define LISLE_BINARY_READING                                                                           \
  {"read", binary_read, "(self, size=-1, /)"}, {"read1", binary_read1, "(self, size=-1, /)"},          \
      {"readinto", binary_readinto, "(self, buffer, /)"},                                              \
      {"readinto1", binary_readinto, "(self, buffer, /)"}, {"peek", binary_peek, "(self, size=0, /)"}, \
      {"write", binary_write, "(self, buffer, /)"}, {                                                  \
    "__repr__", stream_repr, "(self)"                                                                  \
  }

constexpr NativeSpec kFileIOMethods[] = {
    LISLE_BINARY_READING,
    {"__init__", file_io_init, "(self, file, mode='r', closefd=True, opener=None)", nullptr,
     kFileIORegisters},
    {"readall", raw_readall, "(self)"}};
constexpr NativeSpec kBufferedReaderMethods[] = {
    LISLE_BINARY_READING,
    {"__new__", stream_new_over, "(cls, /, *args, **kwargs)", nullptr, 3, kStatic},
    {"__init__", buffered_reader_init, "(self, raw, buffer_size=8192)", nullptr, 3},
    {"detach", stream_detach, "(self)"}};
constexpr NativeSpec kBufferedWriterMethods[] = {
    LISLE_BINARY_READING,
    {"__new__", stream_new_over, "(cls, /, *args, **kwargs)", nullptr, 3, kStatic},
    {"__init__", buffered_writer_init, "(self, raw, buffer_size=8192)", nullptr, 3},
    {"detach", stream_detach, "(self)"}};
constexpr NativeSpec kBufferedRandomMethods[] = {
    LISLE_BINARY_READING,
    {"__new__", stream_new_over, "(cls, /, *args, **kwargs)", nullptr, 3, kStatic},
    {"__init__", buffered_random_init, "(self, raw, buffer_size=8192)", nullptr, 3},
    {"detach", stream_detach, "(self)"}};
constexpr NativeSpec kBytesIOMethods[] = {
    LISLE_BINARY_READING,
    {"__init__", bytes_io_init, "(self, initial_bytes=b'')"},
    {"getvalue", bytes_io_getvalue, "(self)", "Retrieve the entire contents of the BytesIO object."},
    {"__getstate__", memory_stream_get_state, "(self, /)"},
    {"__setstate__", memory_stream_set_state, "(self, state, /)"},
    {"getbuffer", bytes_io_getbuffer, "(self)", "A readable and writable view of the contents."}};
#undef LISLE_BINARY_READING

constexpr GetsetSpec kBinaryGetsets[] = {{"name", stream_get_name, stream_set_name},
                                         {"mode", stream_get_mode, stream_set_mode},
                                         {"raw", binary_get_raw}};
constexpr GetsetSpec kFileIOGetsets[] = {{"name", stream_get_name, stream_set_name},
                                         {"mode", stream_get_mode, stream_set_mode},
                                         {"closefd", file_io_get_closefd}};

constexpr NativeSpec kTextIOWrapperMethods[] = {
    {"__new__", stream_new_over, "(cls, /, *args, **kwargs)", nullptr, 3, kStatic},
    {"__init__", text_wrapper_init,
     "(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
     nullptr, 7},
    {"read", text_read, "(self, size=-1, /)"},
    {"write", text_write, "(self, text, /)"},
    {"detach", stream_detach, "(self)"},
    {"reconfigure", text_reconfigure,
     "(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)"},
    {"__repr__", stream_repr, "(self)"},
};
constexpr GetsetSpec kTextIOWrapperGetsets[] = {
    {"name", stream_get_name, stream_set_name},
    {"mode", stream_get_mode, stream_set_mode},
    {"encoding", text_get_encoding},
    {"errors", text_get_errors},
    {"newlines", text_get_newlines},
    {"line_buffering", text_get_line_buffering},
    {"write_through", text_get_write_through},
    {"buffer", text_get_buffer},
};

constexpr NativeSpec kStringIOMethods[] = {
    {"__init__", string_io_init, "(self, initial_value='', newline='\\n')"},
    {"read", text_read, "(self, size=-1, /)"},
    {"write", text_write, "(self, s, /)"},
    {"__getstate__", memory_stream_get_state, "(self, /)"},
    {"__setstate__", memory_stream_set_state, "(self, state, /)"},
    {"getvalue", string_io_getvalue, "(self)", "Retrieve the entire contents of the object."},
    {"__repr__", stream_repr, "(self)"},
};
constexpr GetsetSpec kStringIOGetsets[] = {{"line_buffering", text_get_line_buffering},
                                           {"newlines", text_get_newlines}};

}  // namespace

extern const TypeSpec kIOBaseType = {
    "_IOBase",      "_io",         "The abstract base class for all I/O classes.",
    TypeId::Object, Kind::File,    kTypeHidden,
    kStreamMethods, kStreamGetsets};
extern const TypeSpec kRawIOBaseType = {"_RawIOBase",   "_io",      "Base class for raw binary I/O.",
                                        TypeId::IOBase, Kind::File, kTypeHidden,
                                        kRawMethods,    {}};
extern const TypeSpec kBufferedIOBaseType = {
    "_BufferedIOBase", "_io", "Base class for buffered IO objects.", TypeId::IOBase, Kind::File, kTypeHidden,
    kBufferedMethods,  {}};
extern const TypeSpec kTextIOBaseType = {"_TextIOBase",  "_io",           "Base class for text I/O.",
                                         TypeId::IOBase, Kind::File,      kTypeHidden,
                                         kTextMethods,   kTextBaseGetsets};
extern const TypeSpec kFileIOType = {"FileIO",   "_io",       "A raw file.",  TypeId::RawIOBase,
                                     Kind::File, kTypeHidden, kFileIOMethods, kFileIOGetsets};
extern const TypeSpec kBufferedReaderType = {
    "BufferedReader",       "_io",         "A buffered binary file for reading.",
    TypeId::BufferedIOBase, Kind::File,    kTypeHidden,
    kBufferedReaderMethods, kBinaryGetsets};
extern const TypeSpec kBufferedWriterType = {
    "BufferedWriter",       "_io",         "A buffered binary file for writing.",
    TypeId::BufferedIOBase, Kind::File,    kTypeHidden,
    kBufferedWriterMethods, kBinaryGetsets};
extern const TypeSpec kBufferedRandomType = {
    "BufferedRandom",       "_io",         "A buffered binary file for reading and writing.",
    TypeId::BufferedIOBase, Kind::File,    kTypeHidden,
    kBufferedRandomMethods, kBinaryGetsets};
extern const TypeSpec kBytesIOType = {"BytesIO",
                                      "_io",
                                      "Buffered I/O implementation using an in-memory bytes buffer.",
                                      TypeId::BufferedIOBase,
                                      Kind::File,
                                      kTypeHidden,
                                      kBytesIOMethods,
                                      {}};
extern const TypeSpec kTextIOWrapperType = {"TextIOWrapper",
                                            "_io",
                                            "Character and line based layer over a byte stream.",
                                            TypeId::TextIOBase,
                                            Kind::File,
                                            kTypeHidden,
                                            kTextIOWrapperMethods,
                                            kTextIOWrapperGetsets};
extern const TypeSpec kStringIOType = {
    "StringIO",         "_io",           "Text I/O implementation using an in-memory buffer.",
    TypeId::TextIOBase, Kind::File,      kTypeHidden,
    kStringIOMethods,   kStringIOGetsets};

}  // namespace lisle::rt
