// print and input.
#include "runtime/builtins/tables.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/item_at.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

// Can text be put into `v` without asking the program? True for text files of the native classes themselves.
File* plain_text_file(Runtime& rt, Value v) {
  File* file = as<File>(v);
  if (!file || !file->is_text() || type_of(rt, v)->is_heap) return nullptr;
  return file->has(File::kOpen) && !file->is_closed() && file->has(File::kWritable) ? file : nullptr;
}

Result put(Runtime& rt, Frame& f, Value file, Value text) {
  if (File* plain = plain_text_file(rt, file)) return file_write_str(rt, *plain, to<Str>(text));
  return call_method(rt, f, file, rt.names.write, {text});
}

Result flush(Runtime& rt, Frame& f, Value file) {
  if (File* plain = plain_text_file(rt, file)) return file_flush(rt, *plain);
  return call_method(rt, f, file, rt.names.flush, {});
}

Result separator(Runtime& rt, Value& v, const char* name, const char* fallback) {
  if (v.is_unbound() || v.is_none()) {
    v = Value::from(intern(rt, fallback));
  } else if (!is_str(v)) {
    return raise(rt, TypeId::TypeError, "%s must be None or a string, not %s", name, type_name(rt, v));
  }
  return Result::none();
}

enum PrintRegister { kArgs, kSep, kEnd, kFile, kFlush, kIndex, kPrintRegisters };

Result builtin_print(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[kFile].is_unbound() || f[kFile].is_none()) {
        f[kFile] = dict_get_str(rt, *rt.sys->dict, rt.names.stdout);
        if (f[kFile].is_unbound()) return raise(rt, TypeId::RuntimeError, "lost sys.stdout");
        if (f[kFile].is_none()) return Result::none();
      }
      TRY(separator(rt, f[kSep], "sep", " "));
      TRY(separator(rt, f[kEnd], "end", "\n"));
      for (f[kIndex] = Value::from_int(0); f[kIndex].as_int() < static_cast<i64>(to<Tuple>(f[kArgs])->size);
           f[kIndex] = Value::from_int(f[kIndex].as_int() + 1)) {
        if (f[kIndex].as_int() > 0) {
          AWAIT(1, put(rt, f, f[kFile], f[kSep]));
        }
        AWAIT(2, to_str(rt, f, item_at(to<Tuple>(f[kArgs]), f[kIndex])));
        AWAIT(3, put(rt, f, f[kFile], r.value()));
      }
      AWAIT(4, put(rt, f, f[kFile], f[kEnd]));
      if (f[kFlush].is_unbound()) return Result::none();
      AWAIT(5, truth(rt, f, f[kFlush]));
      if (r.value().is_false()) return Result::none();
      AWAIT(6, flush(rt, f, f[kFile]));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// A stream of sys, or raises RuntimeError when the program removed it.
Result stream_of(Runtime& rt, Str* name) {
  Value stream = dict_get_str(rt, *rt.sys->dict, name);
  if (stream.is_unbound() || stream.is_none()) {
    return raise(rt, TypeId::RuntimeError, "input(): lost sys.%s", name->latin1().data());
  }
  return stream;
}

// registers: prompt, stream
Result builtin_input(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(stream_of(rt, rt.names.stdin));
      if (!f[0].is_unbound()) {
        AWAIT_CATCH(1, to_str(rt, f, f[0]));
        if (r.is_raised()) return r;
        f[0] = r.value();
        f[1] = TRY(stream_of(rt, rt.names.stdout));
        AWAIT_CATCH(2, put(rt, f, f[1], f[0]));
        if (r.is_raised()) return r;
      }
      f[1] = TRY(stream_of(rt, rt.names.stdout));
      AWAIT_CATCH(3, flush(rt, f, f[1]));
      if (r.is_raised()) static_cast<void>(take_raised(rt));
      f[1] = TRY(stream_of(rt, rt.names.stdin));
      AWAIT_CATCH(4, call_method(rt, f, f[1], intern(rt, "readline"), {}));
      if (r.is_raised()) return r;
      {
        Str* line = as<Str>(r.value());
        if (!line) return raise(rt, TypeId::TypeError, "object.readline() returned non-string");
        if (line->length == 0) return raise(rt, TypeId::EOFError, "EOF when reading a line");
        bool complete = line->at(line->length - 1) == '\n';
        return Value::from(complete ? str_slice(rt, line, 0, line->length - 1) : line);
      }
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kFunctions[] = {
    {"print", builtin_print, "(*args, sep=' ', end='\\n', file=None, flush=False)",
     "Prints the values to a stream, or to sys.stdout by default.", kPrintRegisters},
    {"input", builtin_input, "(prompt='', /)", "Read a string from standard input.", 2, kCatches},
};

}  // namespace

std::span<const NativeSpec> print_builtins() {
  return kFunctions;
}

}  // namespace lisle::rt
