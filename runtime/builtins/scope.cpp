// Builtins that look at the caller's variables or run source text: globals, locals, vars, dir, compile, eval,
// exec.
//
// These declare registers so that they always have a frame of their own, whose `prev` leads to the caller.
#include "runtime/builtins/tables.h"
#include "runtime/builtins/warn.h"
#include "runtime/hooks.h"
#include "runtime/modules/path.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

Result caller(Runtime& rt, Frame& f, Frame*& out) {
  out = language_frame(f.prev);
  if (out) return Result::none();
  return raise(rt, TypeId::SystemError, "frame does not exist");
}

Dict* globals_of(Frame& frame) {
  return to<Function>(frame.fn)->globals;
}

Result builtin_globals(Runtime& rt, Frame& f) {
  Frame* frame;
  TRY(caller(rt, f, frame));
  return Value::from(globals_of(*frame));
}

Result builtin_locals(Runtime& rt, Frame& f) {
  Frame* frame;
  TRY(caller(rt, f, frame));
  return frame_locals(rt, *frame);
}

// registers: object, result
Result builtin_vars(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[0].is_unbound()) return builtin_locals(rt, f);
      AWAIT(1, get_attr_or_unbound(rt, f, f[0], rt.names.dict));
      if (!r.value().is_unbound()) return r.value();
      return raise(rt, TypeId::TypeError, "vars() argument must have __dict__ attribute");
  }
  LISLE_UNREACHABLE();
}

// registers: object, names
Result builtin_dir(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[0].is_unbound()) {
        f[0] = TRY(builtin_locals(rt, f));
        AWAIT(1, call_method(rt, f, f[0], rt.names.keys, {}));
      } else {
        if (!has_special(rt, f[0], Special::Dir)) {
          return raise(rt, TypeId::TypeError, "object does not provide __dir__");
        }
        AWAIT(2, call_special(rt, f, f[0], Special::Dir, {}));
      }
      AWAIT(3, list_of(rt, f, r.value()));
      f[1] = r.value();
      AWAIT(4, call_method(rt, f, f[1], rt.names.sort, {}));
      return f[1];
  }
  LISLE_UNREACHABLE();
}

// --- running source text
// ----------------------------------------------------------------------------------------------

// The bytes of a source argument; `what` names the function and what it takes, for the message.
Result source_argument(Runtime& rt, Value v, const char* what, TextBuffer& scratch, std::string_view& out) {
  if (Str* text = as<Str>(v)) {
    out = str_utf8(text, scratch);
  } else if (!bytes_like(v, out)) {
    return raise(rt, TypeId::TypeError, "%s", what);
  }
  if (out.find('\0') == std::string_view::npos) return Result::none();
  return raise(rt, TypeId::SyntaxError, "source code string cannot contain null bytes");
}

Result compile_source(Runtime& rt, std::string_view source, Str* filename, CompileMode mode, int optimize,
                      u32 flags) {
  if (!rt.hooks || !rt.hooks->compile) return raise(rt, TypeId::RuntimeError, "no compiler in this machine");
  return rt.hooks->compile(rt, source, filename, mode, optimize, flags);
}

// What the code that calls a builtin was compiled under, and hands on to what it compiles.
u32 inherited_flags(Frame& f) {
  Frame* frame = language_frame(f.prev);
  return frame ? to<Function>(frame->fn)->code->flags & kCompileAnnotations : 0;
}

// Characters may say of an encoding what they like. They are told from bytes where they do, so that others
// share the cache on disk.
u32 text_flag(Value source) {
  TextBuffer scratch;
  if (!is_str(source)) return 0;
  return str_utf8(to<Str>(source), scratch).substr(0, 400).find("coding") != std::string_view::npos
             ? kCompileText
             : 0;
}

// Whole modules go through the cache on disk, whoever compiles them.
Result compile_module(Runtime& rt, std::string_view source, Str* filename, i64 optimize, u32 flags) {
  constexpr size_t kWorthCaching = 8192;
  if (optimize < 0 && flags == 0 && source.size() >= kWorthCaching && rt.hooks && rt.hooks->compile_cached) {
    return rt.hooks->compile_cached(rt, source, filename);
  }
  return compile_source(rt, source, filename, CompileMode::kExec,
                        optimize < 0 ? 0 : static_cast<int>(optimize), flags);
}

// What compile() is asked for, read from its arguments.
struct CompileRequest {
  Str* filename;
  CompileMode mode;
  i64 optimize;  // -1: as the machine does
  bool only_tree;
  u32 flags;

  int level() const { return optimize < 0 ? 0 : static_cast<int>(optimize); }
};

constexpr u32 kAstModule = 7;  // the register of builtin_compile that holds the module _ast

Result read_request(Runtime& rt, Frame& f, CompileRequest& out) {
  if (Str* text = as<Str>(f[1])) {
    out.filename = text;
  } else {
    out.filename = new_str(rt, to<Bytes>(f[1])->view());
  }
  if (!is_str(f[2])) {
    return raise(rt, TypeId::TypeError, "compile() argument 'mode' must be str, not %s",
                 argument_type(rt, f[2]));
  }
  i64 flags = 0, optimize = -1;
  if (is_int_like(f[3])) int_to_i64(f[3], flags);
  if (is_int_like(f[5])) int_to_i64(f[5], optimize);
  constexpr i64 kKnownFlags = 0x1fffff00 | 0x10;
  if (flags & ~kKnownFlags) return raise(rt, TypeId::ValueError, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2)
    return raise(rt, TypeId::ValueError, "compile(): invalid optimize value");
  constexpr i64 kOnlyAst = 0x400;
  out.only_tree = flags & kOnlyAst;
  out.flags = static_cast<u32>(flags) &
              (kCompileBarry | kCompileAnnotations | kCompileAwait | kCompileNoDedent | kCompileIncomplete);
  out.flags |= text_flag(f[0]);
  bool inherits = f[4].is_unbound() || f[4] == Value::false_() || f[4] == Value::from_int(0);
  if (inherits) out.flags |= inherited_flags(f);
  out.optimize = optimize;
  const Str* mode = to<Str>(f[2]);
  if (str_equals(mode, "exec")) {
    out.mode = CompileMode::kExec;
  } else if (str_equals(mode, "eval")) {
    out.mode = CompileMode::kEval;
  } else if (str_equals(mode, "single")) {
    out.mode = CompileMode::kSingle;
  } else {
    return raise(rt, TypeId::ValueError, "compile() mode must be 'exec', 'eval' or 'single'");
  }
  return Result::none();
}

// source, filename, mode, flags, dont_inherit, optimize, _feature_version; the module _ast where a tree is
// given or asked for.
Result builtin_compile(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  CompileRequest request;
  TextBuffer scratch;
  std::string_view source;
  switch (f.step()) {
    case 0:
      if (bytes_like(f[1], source) && !is_kind(f[1], Kind::Bytes)) {
        AWAIT(3,
              warn(rt, f, TypeId::DeprecationWarning,
                   std::string("path should be string, bytes, or os.PathLike, not ") + type_name(rt, f[1])));
        if (bytes_like(f[1], source)) f[1] = Value::from(new_bytes(rt, source));
      }
      AWAIT(2, path_of(rt, f, f[1]));
      f[1] = r.value();
      TRY(read_request(rt, f, request));
      if (!request.only_tree && (is_str(f[0]) || bytes_like(f[0], source))) {
        TRY(source_argument(rt, f[0], "", scratch, source));
        bool is_module = request.mode == CompileMode::kExec;
        Value code = is_module
                         ? TRY(compile_module(rt, source, request.filename, request.optimize, request.flags))
                         : TRY(compile_source(rt, source, request.filename, request.mode, request.level(),
                                              request.flags));
        return warn_of_source(rt, f, code, request.filename);
      }
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_ast"))}));
      f[kAstModule] = r.value();
      Dict& classes = *to<Module>(f[kAstModule])->dict;
      TRY(read_request(rt, f, request));
      if (!rt.hooks->parse_tree) return raise(rt, TypeId::RuntimeError, "no compiler in this machine");
      Value base = dict_get_str(rt, classes, intern(rt, "AST"));
      if (is_instance(rt, f[0], to<Type>(base))) {
        if (request.only_tree) return f[0];
        return rt.hooks->compile_tree(rt, f[0], request.filename, request.mode, request.level(),
                                      request.flags, classes);
      }
      TRY(source_argument(rt, f[0], "compile() arg 1 must be a string, bytes or AST object", scratch,
                          source));
      return rt.hooks->parse_tree(rt, source, request.filename, request.mode, request.flags, classes);
  }
  LISLE_UNREACHABLE();
}

// The namespaces of eval and exec: the given ones, else the caller's. f[1] and f[2] are filled in.
Result choose_namespaces(Runtime& rt, Frame& f, bool exec) {
  Value globals = f[1].is_unbound() ? Value::none() : f[1];
  Value locals = f[2].is_unbound() ? Value::none() : f[2];
  if (!locals.is_none() && !has_special(rt, locals, Special::GetItem)) {
    return exec ? raise(rt, TypeId::TypeError, "locals must be a mapping or None, not %s",
                        type_name(rt, locals))
                : raise(rt, TypeId::TypeError, "locals must be a mapping");
  }
  if (globals.is_none()) {
    Frame* frame;
    TRY(caller(rt, f, frame));
    globals = Value::from(globals_of(*frame));
    if (locals.is_none()) locals = TRY(frame_locals(rt, *frame));
  } else if (!is_kind(globals, Kind::Dict)) {
    return exec
               ? raise(rt, TypeId::TypeError, "exec() globals must be a dict, not %s", type_name(rt, globals))
               : raise(rt, TypeId::TypeError, "globals must be a dict");
  }
  if (locals.is_none()) locals = globals;
  Dict& space = *to<Dict>(globals);
  Value builtins = dict_get_str(rt, space, rt.names.builtins);
  if (builtins.is_unbound()) {
    dict_set_str(rt, space, rt.names.builtins, Value::from(rt.builtins));
  } else if (!is_kind(builtins, Kind::Module) && !has_special(rt, builtins, Special::GetItem)) {
    return raise(rt, TypeId::TypeError, "'%s' object is not subscriptable", type_name(rt, builtins));
  }
  f[1] = globals;
  f[2] = locals;
  return Result::none();
}

// Runs a code object with the chosen namespaces; the code's value is the result.
Result run_code(Runtime& rt, Frame& f, Code& code, Tuple* closure = nullptr) {
  Function* function = new_function(rt, &code, to<Dict>(f[1]));
  function->closure = closure;
  rt.heap.wrote(function);
  if (code.flags & kCodeOptimized) return call(rt, f, Value::from(function), {});
  return call(rt, f, Value::from(function), {f[2]});
}

// The cells that exec(closure=) brings must be those that the code object wants: true when there are any.
Result check_closure(Runtime& rt, const Code& code, Value closure) {
  u64 wanted = code.free_names ? code.free_names->size : 0;
  if (wanted == 0) {
    if (closure.is_none()) return Value::false_();
    return raise(rt, TypeId::TypeError, "cannot use a closure with this code object");
  }
  Tuple* cells = as<Tuple>(closure);
  bool fits = cells && cells->size == wanted;
  for (u64 i = 0; fits && i < wanted; ++i) fits = is_kind(cells->items[i], Kind::Cell);
  if (fits) return Value::true_();
  return raise(rt, TypeId::TypeError, "code object requires a closure of exactly length %llu",
               static_cast<unsigned long long>(wanted));
}

Result run_source(Runtime& rt, Frame& f, CompileMode mode, const char* complaint, const char* name) {
  TRY(choose_namespaces(rt, f, mode == CompileMode::kExec));
  Value closure = mode == CompileMode::kExec && !f[3].is_unbound() ? f[3] : Value::none();
  if (Code* code = as<Code>(f[0])) {
    if (mode == CompileMode::kExec) {
      bool closed = TRY(check_closure(rt, *code, closure)).is_true();
      return run_code(rt, f, *code, closed ? to<Tuple>(closure) : nullptr);
    }
    if (code->free_names && code->free_names->size) {
      return raise(rt, TypeId::TypeError, "code object passed to %s() may not contain free variables", name);
    }
    return run_code(rt, f, *code);
  }
  if (!closure.is_none())
    return raise(rt, TypeId::TypeError, "closure can only be used when source is a code object");
  TextBuffer scratch;
  std::string_view source;
  TRY(source_argument(rt, f[0], complaint, scratch, source));
  if (mode == CompileMode::kEval) {
    size_t start = source.find_first_not_of(" \t");
    source.remove_prefix(start == std::string_view::npos ? source.size() : start);
  }
  Str* filename = intern(rt, "<string>");
  Value code = TRY(compile_source(rt, source, filename, mode, 0, inherited_flags(f) | text_flag(f[0])));
  if (rt.hooks->warnings.empty()) return run_code(rt, f, *to<Code>(code));
  return call_internal(rt, f, Internal::RunWarned, {code, f[1], f[2], Value::from(filename)});
}

// registers: source, globals, locals
Result builtin_eval(Runtime& rt, Frame& f) {
  return run_source(rt, f, CompileMode::kEval, "eval() arg 1 must be a string, bytes or code object", "eval");
}

// registers: source, globals, locals, closure
Result builtin_exec(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, run_source(rt, f, CompileMode::kExec, "exec() arg 1 must be a string, bytes or code object",
                          "exec"));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kFunctions[] = {
    {"globals", builtin_globals, "()", "Return the dictionary of the current global variables.", 1},
    {"locals", builtin_locals, "()", "Return a dictionary of the current local variables.", 1},
    {"vars", builtin_vars, "(object=None, /)", "Without arguments, locals(); else object.__dict__.", 2},
    {"dir", builtin_dir, "(object=None, /)", "A sorted list of names of an object or of the current scope.",
     2},
    {"compile", builtin_compile,
     "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
     "Compile source into a code object.", 8},
    {"eval", builtin_eval, "(source, globals=None, locals=None, /)", "Evaluate an expression.", 3},
    {"exec", builtin_exec, "(source, globals=None, locals=None, /, *, closure=None)", "Execute statements.",
     4},
};

}  // namespace

// f: code, globals, locals, filename. Warns of the source before it runs the code.
Result run_warned_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, warn_of_source(rt, f, f[0], to<Str>(f[3])));
      return run_code(rt, f, *to<Code>(f[0]));
  }
  LISLE_UNREACHABLE();
}

Frame* language_frame(Frame* f) {
  while (f && !is_kind(f->fn, Kind::Function)) f = f->prev;
  return f;
}

Result frame_locals(Runtime& rt, Frame& frame) {
  if (!(to<Function>(frame.fn)->code->flags & kCodeOptimized)) return frame[0];
  return Value::from(refresh_locals(rt, *frame_object(rt, frame, *rt.thread.current)));
}

std::span<const NativeSpec> scope_builtins() {
  return kFunctions;
}

}  // namespace lisle::rt
