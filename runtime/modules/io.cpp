// The module _io_core: open() and the stream classes. The abstract classes of io are CPython's own, above
// this one.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "runtime/builtins/tables.h"
#include "runtime/host.h"
#include "runtime/modules/path.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/file_foreign.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

enum OpenRegister {
  kFile,
  kMode,
  kBuffering,
  kEncoding,
  kErrors,
  kNewline,
  kCloseFd,
  kOpener,
  kOpenRegisters
};

struct OpenMode {
  bool reading = false, writing = false, creating = false, appending = false, updating = false;
  bool text = false, binary = false;

  int flags() const {
    int access = updating ? O_RDWR : reading ? O_RDONLY : O_WRONLY;
    if (creating) return access | O_CREAT | O_EXCL;
    if (writing) return access | O_CREAT | O_TRUNC;
    if (appending) return access | O_CREAT | O_APPEND;
    return access;
  }
};

Result parse_mode(Runtime& rt, Value mode, OpenMode& out) {
  out = {};
  TextBuffer scratch;
  std::string text = mode.is_unbound() ? "r" : std::string(str_utf8(to<Str>(mode), scratch));
  for (size_t i = 0; i < text.size(); ++i) {
    bool* seen = nullptr;
    switch (text[i]) {
      case 'r':
        seen = &out.reading;
        break;
      case 'w':
        seen = &out.writing;
        break;
      case 'x':
        seen = &out.creating;
        break;
      case 'a':
        seen = &out.appending;
        break;
      case '+':
        seen = &out.updating;
        break;
      case 't':
        seen = &out.text;
        break;
      case 'b':
        seen = &out.binary;
        break;
      default:
        break;
    }
    if (!seen || *seen) return raise(rt, TypeId::ValueError, "invalid mode: '%s'", text.c_str());
    *seen = true;
  }
  if (out.text && out.binary) return raise(rt, TypeId::ValueError, "can't have text and binary mode at once");
  int count = out.reading + out.writing + out.creating + out.appending;
  if (count > 1)
    return raise(rt, TypeId::ValueError, "must have exactly one of create/read/write/append mode");
  if (count == 0) {
    return raise(rt, TypeId::ValueError,
                 "Must have exactly one of create/read/write/append mode and at most one plus");
  }
  return Result::none();
}

Result check_text_argument(Runtime& rt, Value v, const char* name, bool binary) {
  if (v.is_unbound() || v.is_none()) return Result::none();
  if (!is_str(v)) {
    return raise(rt, TypeId::TypeError, "open() argument '%s' must be str or None, not %s", name,
                 type_name(rt, v));
  }
  if (!binary) return Result::none();
  return raise(rt, TypeId::ValueError, "binary mode doesn't take an %s argument", name);
}

Result check_arguments(Runtime& rt, Frame& f, OpenMode& mode) {
  if (!f[kMode].is_unbound() && !is_str(f[kMode])) {
    return raise(rt, TypeId::TypeError, "open() argument 'mode' must be str, not %s",
                 argument_type(rt, f[kMode]));
  }
  TRY(parse_mode(rt, f[kMode], mode));
  TRY(check_text_argument(rt, f[kEncoding], "encoding", mode.binary));
  TRY(check_text_argument(rt, f[kErrors], "errors", mode.binary));
  if (mode.binary && is_str(f[kNewline])) {
    return raise(rt, TypeId::ValueError, "binary mode doesn't take a newline argument");
  }
  if (is_str(f[kNewline])) {
    Str* mark = to<Str>(f[kNewline]);
    bool known =
        mark->length == 0 || str_equals(mark, "\n") || str_equals(mark, "\r") || str_equals(mark, "\r\n");
    TextBuffer scratch;
    if (!known) {
      std::string shown(str_utf8(mark, scratch));
      return raise(rt, TypeId::ValueError, "illegal newline value: %s", shown.c_str());
    }
  }
  return Result::none();
}

TypeId stream_type(const OpenMode& mode, i64 buffering) {
  if (!mode.binary) return TypeId::TextIOWrapper;
  if (buffering == 0) return TypeId::FileIO;
  if (mode.updating) return TypeId::BufferedRandom;
  return mode.reading ? TypeId::BufferedReader : TypeId::BufferedWriter;
}

Result refuse_folder(Runtime& rt, int fd, Value name) {
  struct ::stat info;
  if (rt.host->stat_descriptor(fd, info) == 0 && S_ISDIR(info.st_mode)) {
    rt.host->close(fd);
    return raise_os_error(rt, EISDIR, name);
  }
  return Result::none();
}

// The stream on the open descriptor.
Result make_stream(Runtime& rt, Frame& f, const OpenMode& mode, int fd, bool keep) {
  i64 buffering = -1;
  if (is_int_like(f[kBuffering])) int_to_i64(f[kBuffering], buffering);
  if (!mode.binary && buffering == 0) return raise(rt, TypeId::ValueError, "can't have unbuffered text I/O");
  u32 flags = mode.binary ? 0 : File::kText;
  if (mode.reading || mode.updating) flags |= File::kReadable;
  if (!mode.reading || mode.updating) flags |= File::kWritable;
  if (mode.appending) flags |= File::kAppend;
  if (keep) flags |= File::kKeepDescriptor;
  if (buffering == 0) flags |= File::kUnbuffered;
  if (!mode.binary && (buffering == 1 || (buffering < 0 && rt.host->is_terminal(fd))))
    flags |= File::kLineBuffered;
  Value shown = f[kMode].is_unbound() ? Value::from(intern(rt, "r")) : f[kMode];
  if (mode.binary) {
    const char* text = mode.creating    ? (mode.updating ? "xb+" : "xb")
                       : mode.appending ? (mode.updating ? "ab+" : "ab")
                       : mode.updating  ? "rb+"
                       : mode.reading   ? "rb"
                                        : "wb";
    shown = Value::from(intern(rt, text));
  }
  File* file = new_file(rt, stream_type(mode, buffering), fd, flags, f[kFile], shown);
  if (!mode.binary) TRY(file_set_text(rt, *file, f[kEncoding], f[kErrors], f[kNewline]));
  if (mode.appending) {
    rt.host->seek(fd, 0, SEEK_END);
    struct ::stat info;
    // Only the first writer of a file puts a signature in front.
    if (rt.host->stat_descriptor(fd, info) == 0 && info.st_size > 0 && !mode.updating) {
      file->utf8_signature = false;
      file->flags |= File::kMarkWritten;
    }
  }
  if (file->has(File::kWritable)) remember_writer(rt, *file);
  return Value::from(file);
}

Result open_descriptor(Runtime& rt, Frame& f, const OpenMode& mode) {
  i64 fd;
  if (!int_to_i64(f[kFile], fd) || fd > 0x7fffffff) {
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C int");
  }
  if (fd < 0) return raise(rt, TypeId::ValueError, "negative file descriptor");
  struct ::stat info;
  int failed = rt.host->stat_descriptor(static_cast<int>(fd), info);
  if (failed) return raise_os_error(rt, -failed, f[kFile]);
  return make_stream(rt, f, mode, static_cast<int>(fd), f[kCloseFd].is_false());
}

Result open_path(Runtime& rt, Frame& f, const OpenMode& mode) {
  std::string path;
  TRY(os_path_bytes(rt, f[kFile], path));
  if (f[kCloseFd].is_false()) return raise(rt, TypeId::ValueError, "Cannot use closefd=False with file name");
  if (mode.reading) flush_writers(rt);
  int fd = rt.host->open(path.c_str(), mode.flags(), 0666);
  if (fd < 0) return raise_os_error(rt, -fd, f[kFile]);
  TRY(refuse_folder(rt, fd, f[kFile]));
  return make_stream(rt, f, mode, fd, false);
}

// A stream that _pyio makes: `open` is its function.
Result open_foreign(Runtime& rt, Frame& f, Value open) {
  const Value defaults[kOpenRegisters] = {Value::none(),       Value::from(intern(rt, "r")),
                                          Value::from_int(-1), Value::none(),
                                          Value::none(),       Value::none(),
                                          Value::true_(),      Value::none()};
  Value args[kOpenRegisters];
  for (int i = 0; i < kOpenRegisters; ++i) args[i] = f[i].is_unbound() ? defaults[i] : f[i];
  return call_span(rt, f, open, args, kOpenRegisters);
}

}  // namespace

Result open_stream_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  OpenMode mode;
  switch (f.step()) {
    case 0:
      TRY(check_arguments(rt, f, mode));
      if (!mode.binary && is_foreign_text(rt, f[kEncoding], f[kErrors])) {
        AWAIT(3, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_pyio"))}));
        AWAIT(4, get_attr(rt, f, r.value(), intern(rt, "open")));
        return open_foreign(rt, f, r.value());
      }
      if (is_int_like(f[kFile])) return open_descriptor(rt, f, mode);
      if (!is_str(f[kFile]) && !is_kind(f[kFile], Kind::Bytes)) {
        AWAIT(1, path_of(rt, f, f[kFile]));
        f[kFile] = r.value();
      }
      // Asking for the path may have suspended the call: locals are made anew.
      TRY(parse_mode(rt, f[kMode], mode));
      if (f[kOpener].is_unbound() || f[kOpener].is_none()) return open_path(rt, f, mode);
      AWAIT(2, call(rt, f, f[kOpener], {f[kFile], Value::from_int(mode.flags() | O_CLOEXEC)}));
      i64 fd;
      if (!is_int_like(r.value()) || !int_to_i64(r.value(), fd)) {
        return raise(rt, TypeId::TypeError, "expected integer from opener");
      }
      if (fd < 0) return raise(rt, TypeId::ValueError, "opener returned %lld", static_cast<long long>(fd));
      TRY(parse_mode(rt, f[kMode], mode));
      return make_stream(rt, f, mode, static_cast<int>(fd), false);
  }
  LISLE_UNREACHABLE();
}

namespace {

enum FileIORegister : u32 { kSelf, kTarget, kRawMode, kRawCloseFd, kRawOpener };

// The mode for open(): that of a FileIO, which is binary always.
Result binary_mode(Runtime& rt, Value given, Value& out) {
  if (!given.is_unbound() && !is_str(given)) {
    return raise(rt, TypeId::TypeError, "FileIO() argument 'mode' must be str, not %s",
                 argument_type(rt, given));
  }
  TextBuffer scratch;
  std::string text = given.is_unbound() ? "r" : std::string(str_utf8(to<Str>(given), scratch));
  if (text.find_first_not_of("rwxab+") != std::string::npos)
    return raise(rt, TypeId::ValueError, "invalid mode: %s", text.c_str());
  if (std::ranges::count_if(text, [](char c) { return std::strchr("rwxa", c); }) != 1)
    return raise(rt, TypeId::ValueError,
                 "Must have exactly one of create/read/write/append mode and at most one plus");
  if (text.find('b') == std::string::npos) text += 'b';
  out = Value::from(new_str(rt, text));
  return Result::none();
}

}  // namespace

// Becomes what open() would make.
Result file_io_init(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Value mode;
  switch (f.step()) {
    case 0:
      TRY(binary_mode(rt, f[kRawMode], mode));
      f[kRawMode] = mode;
      if (!f[kRawCloseFd].is_unbound()) {
        AWAIT(1, truth(rt, f, f[kRawCloseFd]));
        f[kRawCloseFd] = r.value();
      }
      AWAIT(2, call_internal(rt, f, Internal::OpenStream,
                             {f[kTarget], f[kRawMode], Value::from_int(0), Value::none(), Value::none(),
                              Value::none(), f[kRawCloseFd], f[kRawOpener]}));
      return file_take_over(rt, *to<File>(f[kSelf]), *to<File>(r.value()));
  }
  LISLE_UNREACHABLE();
}

namespace {

Result io_open_code(Runtime& rt, Frame& f) {
  f[kMode] = Value::from(intern(rt, "rb"));
  for (int i = kBuffering; i < kOpenRegisters; ++i) f[i] = Value::unbound();
  return open_stream_steps(rt, f);
}

Result io_text_encoding(Runtime& rt, Frame& f) {
  if (f[0].is_none()) return Value::from(intern(rt, "utf-8"));
  return f[0];
}

constexpr NativeSpec kOpen[] = {
    {"open", open_stream_steps,
     "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
     "Open file and return a stream.", kOpenRegisters},
};
constexpr NativeSpec kFunctions[] = {
    kOpen[0],
    {"open_code", io_open_code, "(path)", "Opens the provided file with the intent to import the contents.",
     kOpenRegisters},
    {"text_encoding", io_text_encoding, "(encoding, stacklevel=2, /)",
     "A helper function to choose the text encoding."},
};

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "DEFAULT_BUFFER_SIZE", Value::from_int(kFileBufferBytes));
  module_set(rt, module, "BlockingIOError", Value::from(rt.type(TypeId::BlockingIOError)));
  constexpr TypeId kClasses[] = {TypeId::IOBase,         TypeId::RawIOBase,      TypeId::BufferedIOBase,
                                 TypeId::TextIOBase,     TypeId::FileIO,         TypeId::BufferedReader,
                                 TypeId::BufferedWriter, TypeId::BufferedRandom, TypeId::BytesIO,
                                 TypeId::TextIOWrapper,  TypeId::StringIO};
  for (TypeId id : kClasses) dict_set_str(rt, *module.dict, rt.type(id)->name, Value::from(rt.type(id)));
  Value bases[2] = {Value::from(rt.type(TypeId::OSError)), Value::from(rt.type(TypeId::ValueError))};
  Dict* space = new_dict(rt);
  dict_set_str(rt, *space, rt.names.module, Value::from(intern(rt, "io")));
  Result made = new_class(rt, rt.type(TypeId::Type), intern(rt, "UnsupportedOperation"),
                          new_tuple_from(rt, bases, 2), space, nullptr);
  LISLE_ASSERT(made.is_value());
  module_set(rt, module, "UnsupportedOperation", made.value());
}

}  // namespace

std::span<const NativeSpec> open_builtins() {
  return kOpen;
}

extern const ModuleSpec kIoModule = {"_io_core", "The streams of the module _io.", kFunctions, setup};

}  // namespace lisle::rt
