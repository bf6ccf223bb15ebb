// The module sys: what the program can ask of the machine it runs on.
#include "runtime/modules/sys.h"

#include <cfloat>

#include "runtime/builtins/print_exception.h"
#include "runtime/builtins/tables.h"
#include "runtime/heap/kind_table.h"
#include "runtime/host.h"
#include "runtime/modules/boot.h"
#include "runtime/modules/import.h"
#include "runtime/modules/record.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/support/text.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/tracing.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/float.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/namespace.h"
#include "runtime/types/set.h"

namespace lisle::rt {
namespace {

// Whatever limit is set, ints with fewer digits are converted.
constexpr int kLeastDigitLimit = 640;

Value text(Runtime& rt, std::string_view s) {
  return Value::from(new_str(rt, s));
}

Result sys_exit(Runtime& rt, Frame& f) {
  // A tuple is taken as the exception's arguments, None as none.
  if (auto* args = as<Tuple>(f[0])) {
    Exception* e = new_exception_of(rt, rt.type(TypeId::SystemExit), args);
    TRY(init_exception(rt, *e));
    return raise_value(rt, Value::from(e));
  }
  return raise_with(rt, TypeId::SystemExit, f[0].is_none() ? Value::unbound() : f[0]);
}

Value handled_exception(Runtime& rt) {
  Value handled = rt.thread.current ? rt.thread.current->handled : Value::none();
  return is_kind(handled, Kind::Exception) ? handled : Value::none();
}

Result sys_exception(Runtime& rt, Frame&) {
  return handled_exception(rt);
}

// What sys.exc_info() says of an exception that is being handled, or None.
Value exception_triple(Runtime& rt, Value handled) {
  Value items[3] = {Value::none(), handled, Value::none()};
  if (!handled.is_none()) {
    items[0] = Value::from(type_of(rt, handled));
    items[2] = to<Exception>(handled)->traceback;
  }
  return Value::from(new_tuple_from(rt, items, 3));
}

Result sys_exc_info(Runtime& rt, Frame&) {
  return exception_triple(rt, handled_exception(rt));
}

Result sys_getrecursionlimit(Runtime& rt, Frame&) {
  return Value::from_int(rt.recursion_limit);
}

Result sys_setrecursionlimit(Runtime& rt, Frame& f) {
  i64 limit;
  if (!is_int_like(f[0])) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, f[0]));
  }
  if (!int_to_i64(f[0], limit) || limit > 0x7fffffff) {
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C int");
  }
  if (limit < 1) return raise(rt, TypeId::ValueError, "recursion limit must be greater or equal than 1");
  rt.recursion_limit = static_cast<u32>(limit);
  if (!rt.tracers) rt.thread.depth_limit = rt.recursion_limit;
  return Result::none();
}

Result sys_getframe(Runtime& rt, Frame& f) {
  i64 depth = 0;
  if (!f[0].is_unbound() && (!is_int_like(f[0]) || !int_to_i64(f[0], depth))) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, f[0]));
  }
  Frame* frame = language_frame(f.prev);
  for (; frame && depth > 0; --depth) frame = language_frame(frame->prev);
  if (!frame) return raise(rt, TypeId::ValueError, "call stack is not deep enough");
  FrameObject* o = frame_object(rt, *frame, *rt.thread.current);
  o->is_asked = 1;
  return Value::from(o);
}

// The innermost frame of each thread, by its identifier.
Result sys_current_frames(Runtime& rt, Frame& f) {
  Dict* out = new_dict(rt);
  for (auto& ring : rt.scheduler->rings) {
    if (!ring || ring->ended) continue;
    bool running = ring.get() == rt.scheduler->ring;
    Frame* top = language_frame(running ? f.prev : current_of(rt, *ring)->top);
    if (!top) continue;
    FrameObject* frame = frame_object(rt, *top, running ? *rt.thread.current : *current_of(rt, *ring));
    frame->is_asked = 1;
    TRY(dict_set(rt, f, *out, Value::from_int(ring->ident()), Value::from(frame)));
  }
  return Value::from(out);
}

// What each thread is handling, by its identifier.
Result sys_current_exceptions(Runtime& rt, Frame& f) {
  Dict* out = new_dict(rt);
  for (auto& ring : rt.scheduler->rings) {
    if (!ring || ring->ended) continue;
    bool running = ring.get() == rt.scheduler->ring;
    Value handled = running ? handled_exception(rt) : current_of(rt, *ring)->handled;
    if (!is_kind(handled, Kind::Exception)) handled = Value::none();
    TRY(dict_set(rt, f, *out, Value::from_int(ring->ident()), exception_triple(rt, handled)));
  }
  return Value::from(out);
}

// object, what to answer when it cannot say.
Result sys_getsizeof(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Type* type = type_of(rt, f[0]);
      Value own = type->is_heap ? type_lookup(rt, type, intern(rt, "__sizeof__")) : Value::unbound();
      if (own.is_unbound() || is_kind(own, Kind::Native))
        return Value::from_int(f[0].is_object() ? static_cast<i64>(object_bytes(f[0].object())) : 8);
      f[2] = own;
    }
      AWAIT_CATCH(1, bind_descriptor(rt, f, f[2], f[0], type_of(rt, f[0])));
      if (r.is_value()) {
        AWAIT_CATCH(2, call(rt, f, r.value(), {}));
      }
      if (r.is_value() && !is_int_like(r.value())) r = raise(rt, TypeId::TypeError, "an integer is required");
      if (r.is_raised()) {
        if (f[1].is_unbound() || !raised_is(rt, TypeId::TypeError)) return r;
        static_cast<void>(take_raised(rt));
        return f[1];
      }
      if (int_is_negative(r.value())) return raise(rt, TypeId::ValueError, "__sizeof__() should return >= 0");
      return r;
  }
  LISLE_UNREACHABLE();
}

Result sys_intern(Runtime& rt, Frame& f) {
  if (!is_str(f[0])) {
    return raise(rt, TypeId::TypeError, "intern() argument must be str, not %s", argument_type(rt, f[0]));
  }
  if (!is_exact_str(rt, f[0])) return raise(rt, TypeId::TypeError, "can't intern %s", type_name(rt, f[0]));
  return Value::from(intern(rt, to<Str>(f[0])));
}

// There are no reference counts; programs that ask get the smallest one CPython would give.
Result sys_getrefcount(Runtime&, Frame&) {
  return Value::from_int(2);
}

Result sys_getdefaultencoding(Runtime& rt, Frame&) {
  return text(rt, "utf-8");
}
Result sys_getfilesystemencodeerrors(Runtime& rt, Frame&) {
  return text(rt, "surrogateescape");
}

Result sys_get_int_max_str_digits(Runtime& rt, Frame&) {
  return Value::from_int(rt.max_str_digits);
}
Result sys_set_int_max_str_digits(Runtime& rt, Frame& f) {
  i64 digits;
  if (!is_int_like(f[0]) || !int_to_i64(f[0], digits)) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, f[0]));
  }
  if (digits != 0 && digits < kLeastDigitLimit)
    return raise(rt, TypeId::ValueError, "maxdigits must be 0 or larger than %d", kLeastDigitLimit);
  rt.max_str_digits = static_cast<u32>(digits);
  return Result::none();
}

constexpr const char* kSwitchInterval = "_switch_interval";

Result sys_getswitchinterval(Runtime& rt, Frame&) {
  Value set = module_get(rt, *rt.sys, kSwitchInterval);
  return set.is_unbound() ? new_float(rt, 0.005) : Result(set);
}
// What counted bytecodes between looks at other threads, long ago; Stackless programs still set it.
Result sys_getcheckinterval(Runtime&, Frame&) {
  return Value::from_int(100);
}
Result sys_setcheckinterval(Runtime&, Frame&) {
  return Result::none();
}
Result sys_setswitchinterval(Runtime& rt, Frame& f) {
  bool positive = is_float(f[0]) ? float_value(f[0]) > 0
                                 : !is_int_like(f[0]) || !(int_is_negative(f[0]) || int_is_zero(f[0]));
  if (!positive) return raise(rt, TypeId::ValueError, "switch interval must be strictly positive");
  if (is_float(f[0]) || is_int_like(f[0])) {
    module_set(rt, *rt.sys, kSwitchInterval, f[0]);
    return Result::none();
  }
  return raise(rt, TypeId::TypeError, "must be real number, not %s", type_name(rt, f[0]));
}

Result sys_gettrace(Runtime& rt, Frame&) {
  return trace_function(*rt.thread.current, TraceKind::kTrace);
}
Result sys_settrace(Runtime& rt, Frame& f) {
  set_trace_function(rt, *rt.thread.current, TraceKind::kTrace, f[0]);
  return Result::none();
}
Result sys_getprofile(Runtime& rt, Frame&) {
  return trace_function(*rt.thread.current, TraceKind::kProfile);
}
Result sys_setprofile(Runtime& rt, Frame& f) {
  set_trace_function(rt, *rt.thread.current, TraceKind::kProfile, f[0]);
  return Result::none();
}

Result sys_is_finalizing(Runtime&, Frame&) {
  return Result::boolean(false);
}
Result sys_audit(Runtime&, Frame&) {
  return Result::none();
}

Result write_line(Runtime& rt, Frame& f, Str* shown) {
  TextBuffer line;
  append_str(line, shown);
  line.append('\n');
  Value stream = dict_get_str(rt, *rt.sys->dict, rt.names.stdout);
  if (stream.is_unbound()) return raise(rt, TypeId::RuntimeError, "lost sys.stdout");
  return call_method(rt, f, stream, rt.names.write, {Value::from(new_str_from(rt, line))});
}

// registers: value
Result sys_displayhook(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[0].is_none()) return Result::none();
      module_set(rt, *rt.builtins, "_", Value::none());
      AWAIT(1, to_repr(rt, f, f[0]));
      AWAIT(2, write_line(rt, f, to<Str>(r.value())));
      module_set(rt, *rt.builtins, "_", f[0]);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// f: arguments and keywords.
Result sys_breakpointhook(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_interactive"))}));
      return call_spread(rt, f, module_get(rt, *to<Module>(r.value()), "breakpointhook"), to<Tuple>(f[0]),
                         to<Dict>(f[1]));
  }
  LISLE_UNREACHABLE();
}

Result sys_excepthook(Runtime& rt, Frame& f) {
  if (auto* e = as<Exception>(f[1]); e && is_kind(f[2], Kind::Traceback)) {
    e->traceback = f[2];
    rt.heap.wrote(e);
  }
  return print_exception(rt, f, f[1]);
}

// f: what the machine, or the program, made of sys.UnraisableHookArgs.
Result sys_unraisablehook(Runtime& rt, Frame& f) {
  auto* arguments = as<Tuple>(f[0]);
  if (!arguments || arguments->size != 5)
    return raise(rt, TypeId::TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs");
  return call_internal(rt, f, Internal::PrintUnraisable, {arguments->items[1], arguments->items[4]});
}

// f: function, its arguments, whether tracing was held back. Traces what a trace function calls.
Result sys_call_tracing(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Details* d = rt.thread.current->details;
  auto* args = as<Tuple>(f[1]);
  switch (f.step()) {
    case 0:
      if (!args)
        return raise(rt, TypeId::TypeError, "call_tracing() argument 2 must be tuple, not %s",
                     type_name(rt, f[1]));
      f[2] = Value::from_bool(d && d->tracing);
      if (d) d->tracing = 0;
      AWAIT_CATCH(1, call_span(rt, f, f[0], args->items, static_cast<u32>(args->size)));
      if (d) d->tracing = f[2].is_true();
      return r;
  }
  LISLE_UNREACHABLE();
}

// What asyncio sets to be told of asynchronous generators, which look here (async_generator.cpp).
constexpr const char* kGeneratorHooks = "_asyncgen_hooks";

Result sys_get_asyncgen_hooks(Runtime& rt, Frame&) {
  Value known = module_get(rt, *rt.sys, kGeneratorHooks);
  if (!known.is_unbound()) return known;
  return make_record(rt, "sys.asyncgen_hooks", {{"firstiter", Value::none()}, {"finalizer", Value::none()}});
}

// firstiter, finalizer.
Result sys_set_asyncgen_hooks(Runtime& rt, Frame& f) {
  Value before = TRY(sys_get_asyncgen_hooks(rt, f));
  Value hooks[2] = {to<Tuple>(before)->items[0], to<Tuple>(before)->items[1]};
  const char* names[2] = {"firstiter", "finalizer"};
  for (u32 i = 0; i < 2; ++i) {
    if (f[i].is_unbound()) continue;
    if (!f[i].is_none() && !has_special(rt, f[i], Special::Call) && !is_kind(f[i], Kind::Function) &&
        !is_kind(f[i], Kind::BoundMethod)) {
      return raise(rt, TypeId::TypeError, "callable %s expected, got %.50s", names[i], type_name(rt, f[i]));
    }
    hooks[i] = f[i];
  }
  module_set(rt, *rt.sys, kGeneratorHooks,
             make_record(rt, "sys.asyncgen_hooks", {{"firstiter", hooks[0]}, {"finalizer", hooks[1]}}));
  return Result::none();
}

// Where images find it.
constexpr const char* kOriginDepth = "_coroutine_origin_depth";

Result sys_get_origin_depth(Runtime& rt, Frame&) {
  return Value::from_int(rt.origin_depth);
}

Result sys_set_origin_depth(Runtime& rt, Frame& f) {
  i64 depth;
  if (!is_int_like(f[0]) || !int_to_i64(f[0], depth))
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, f[0]));
  if (depth < 0) return raise(rt, TypeId::ValueError, "depth must be >= 0");
  rt.origin_depth = static_cast<u32>(std::min<i64>(depth, INT32_MAX));
  module_set(rt, *rt.sys, kOriginDepth, Value::from_int(rt.origin_depth));
  return Result::none();
}

constexpr NativeSpec kFunctions[] = {
    {"get_coroutine_origin_tracking_depth", sys_get_origin_depth, "()",
     "What set_coroutine_origin_tracking_depth() said last."},
    {"set_coroutine_origin_tracking_depth", sys_set_origin_depth, "(depth)",
     "Remembered only: coroutines do not know where they were made."},
    {"call_tracing", sys_call_tracing, "(func, args, /)", "Call func(*args) with tracing enabled.", 3,
     kCatches},
    {"unraisablehook", sys_unraisablehook, "(unraisable, /)", "Handle an unraisable exception."},
    {"__unraisablehook__", sys_unraisablehook, "(unraisable, /)", "Handle an unraisable exception."},
    {"get_asyncgen_hooks", sys_get_asyncgen_hooks, "()", "The installed hooks of asynchronous generators."},
    {"set_asyncgen_hooks", sys_set_asyncgen_hooks, "(firstiter=None, finalizer=None)",
     "Set the hooks of asynchronous generators."},
    {"excepthook", sys_excepthook, "(exctype, value, traceback, /)",
     "Handle an exception by displaying it with a traceback on sys.stderr."},
    {"__excepthook__", sys_excepthook, "(exctype, value, traceback, /)",
     "Handle an exception by displaying it with a traceback on sys.stderr."},
    {"exit", sys_exit, "(status=None, /)", "Exit the interpreter by raising SystemExit(status)."},
    {"exception", sys_exception, "()", "Return the exception being handled."},
    {"exc_info", sys_exc_info, "()", "Return (type, value, traceback) of the exception being handled."},
    {"getrecursionlimit", sys_getrecursionlimit, "()", "Return the recursion limit."},
    {"setrecursionlimit", sys_setrecursionlimit, "(limit, /)", "Set the recursion limit."},
    {"_current_frames", sys_current_frames, "()", "The innermost frame of each thread."},
    {"_current_exceptions", sys_current_exceptions, "()", "What each thread is handling."},
    {"_getframe", sys_getframe, "(depth=0, /)", "Return a frame object from the call stack.", 1},
    {"getsizeof", sys_getsizeof, "(object, default=None)", "Return the size of object in bytes.", 3,
     kCatches},
    {"intern", sys_intern, "(string, /)", "Intern the given string."},
    {"getrefcount", sys_getrefcount, "(object, /)", "Return a constant: there are no reference counts."},
    {"getdefaultencoding", sys_getdefaultencoding, "()", "Return the default encoding."},
    {"getfilesystemencoding", sys_getdefaultencoding, "()", "Return the encoding of file names."},
    {"getfilesystemencodeerrors", sys_getfilesystemencodeerrors, "()",
     "Return the error mode of file names."},
    {"get_int_max_str_digits", sys_get_int_max_str_digits, "()", "Return the limit of int-str conversion."},
    {"set_int_max_str_digits", sys_set_int_max_str_digits, "(maxdigits)",
     "Set the limit of int-str conversion."},
    {"getswitchinterval", sys_getswitchinterval, "()", "Return the thread switch interval."},
    {"getcheckinterval", sys_getcheckinterval, "()", "Always 100."},
    {"setcheckinterval", sys_setcheckinterval, "(interval, /)", "Accepted and ignored."},
    {"setswitchinterval", sys_setswitchinterval, "(interval, /)", "Remembered only."},
    {"gettrace", sys_gettrace, "()", "Return the trace function of this tasklet."},
    {"settrace", sys_settrace, "(function, /)",
     "Have a function called for each call, line, return and exception.", 1},
    {"getprofile", sys_getprofile, "()", "Return the profile function of this tasklet."},
    {"setprofile", sys_setprofile, "(function, /)", "Have a function called for each call and return.", 1},
    {"is_finalizing", sys_is_finalizing, "()", "Return whether the interpreter is exiting."},
    {"audit", sys_audit, "(event, *args)", "Events are not recorded."},
    {"addaudithook", sys_audit, "(hook)", "Events are not recorded."},
    {"displayhook", sys_displayhook, "(value, /)", "Print a value to sys.stdout and save it in builtins._",
     1},
    {"breakpointhook", sys_breakpointhook, "(*args, **kws)", "Enter the debugger.", 3},
};

// --- constants
// --------------------------------------------------------------------------------------------------------

Value integer(i64 n) {
  return Value::from_int(n);
}

void set_numbers(Runtime& rt, Module& sys) {
  module_set(rt, sys, "float_info",
             make_record(rt, "sys.float_info",
                         {{"max", new_float(rt, DBL_MAX)},
                          {"max_exp", integer(DBL_MAX_EXP)},
                          {"max_10_exp", integer(DBL_MAX_10_EXP)},
                          {"min", new_float(rt, DBL_MIN)},
                          {"min_exp", integer(DBL_MIN_EXP)},
                          {"min_10_exp", integer(DBL_MIN_10_EXP)},
                          {"dig", integer(DBL_DIG)},
                          {"mant_dig", integer(DBL_MANT_DIG)},
                          {"epsilon", new_float(rt, DBL_EPSILON)},
                          {"radix", integer(2)},
                          {"rounds", integer(1)}}));
  module_set(rt, sys, "int_info",
             make_record(rt, "sys.int_info",
                         {{"bits_per_digit", integer(30)},
                          {"sizeof_digit", integer(4)},
                          {"default_max_str_digits", integer(4300)},
                          {"str_digits_check_threshold", integer(kLeastDigitLimit)}}));
  module_set(rt, sys, "hash_info",
             make_record(rt, "sys.hash_info",
                         {{"width", integer(64)},
                          {"modulus", new_int(rt, (i64{1} << 61) - 1)},
                          {"inf", integer(314159)},
                          {"nan", integer(0)},
                          {"imag", integer(1000003)},
                          {"algorithm", text(rt, "siphash13")},
                          {"hash_bits", integer(64)},
                          {"seed_bits", integer(128)},
                          {"cutoff", integer(0)}}));
  module_set(
      rt, sys, "thread_info",
      make_record(rt, "sys.thread_info",
                  {{"name", text(rt, "pthread")}, {"lock", Value::none()}, {"version", Value::none()}}));
  module_set(rt, sys, "maxsize", new_int(rt, INT64_MAX));
  module_set(rt, sys, "maxunicode", integer(0x10FFFF));
}

Value version_record(Runtime& rt) {
  return make_record(rt, "sys.version_info",
                     {{"major", integer(3)},
                      {"minor", integer(11)},
                      {"micro", integer(7)},
                      {"releaselevel", text(rt, "final")},
                      {"serial", integer(0)}});
}

void set_identity(Runtime& rt, Module& sys) {
  module_set(rt, sys, "version", text(rt, "3.11.7 (main) [Lisle 0.1.0]"));
  Value version = version_record(rt);
  module_set(rt, sys, "version_info", version);
  module_set(rt, sys, "hexversion", integer(0x030B07F0));
  module_set(rt, sys, "api_version", integer(1013));
  module_set(rt, sys, "copyright", text(rt, "See LICENSE."));
  module_set(rt, sys, "byteorder", text(rt, "little"));
  module_set(rt, sys, "platform", text(rt, "linux"));
  module_set(rt, sys, "platlibdir", text(rt, "lib"));
  module_set(rt, sys, "float_repr_style", text(rt, "short"));
  module_set(rt, sys, "abiflags", text(rt, ""));
  module_set(rt, sys, "dont_write_bytecode", Value::false_());
  module_set(rt, sys, "pycache_prefix", Value::none());
  for (const char* name : {"prefix", "exec_prefix", "base_prefix", "base_exec_prefix"}) {
    module_set(rt, sys, name, text(rt, "/usr"));
  }
  Type* namespace_type = new_namespace_class(rt);
  Instance* implementation = new_instance(rt, namespace_type);
  auto set = [&](const char* name, Value v) { set_own_attribute(rt, implementation, intern(rt, name), v); };
  set("name", text(rt, "lisle"));
  set("cache_tag", Value::from(new_str(rt, kCacheTag)));
  set("version", version);
  set("hexversion", integer(0x030B07F0));
  set("_multiarch", text(rt, "x86_64-linux-gnu"));
  module_set(rt, sys, "implementation", Value::from(implementation));
}

void set_hook_arguments(Runtime& rt, Module& sys) {
  constexpr const char* kFields[] = {"exc_type", "exc_value", "exc_traceback", "err_msg", "object"};
  module_set(rt, sys, "UnraisableHookArgs",
             Value::from(new_record_class(rt, "sys.UnraisableHookArgs", kFields, std::size(kFields))));
}

// What stdin and stdout do with bytes that are no text: in the locales that say nothing of an encoding they
// let them pass, so that names of files come out as they came in. PYTHONIOENCODING decides otherwise.
std::string stream_errors(Runtime& rt) {
  auto variable = [&](const char* name) {
    const char* value = rt.host->variable(name);
    return std::string_view(value ? value : "");
  };
  if (const std::string_view chosen = variable("PYTHONIOENCODING"); !chosen.empty()) {
    const size_t colon = chosen.find(':');
    const std::string_view errors = colon == chosen.npos ? std::string_view() : chosen.substr(colon + 1);
    return std::string(errors.empty() ? "strict" : errors);
  }
  std::string_view locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (locale.empty()) locale = variable(name);
  }
  for (std::string_view plain : {"", "C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"}) {
    if (locale == plain) return "surrogateescape";
  }
  return "strict";
}

void set_streams(Runtime& rt, Module& sys) {
  const char* names[] = {"stdin", "stdout", "stderr"};
  for (int fd = 0; fd < 3; ++fd) {
    // A stream that the process was started without is None.
    if (!rt.host->is_open(fd)) {
      for (const char* form : {"", "__"})
        module_set(rt, sys, (std::string(form) + names[fd] + form).c_str(), Value::none());
      continue;
    }
    File* file = new_standard_stream(rt, fd);
    if (fd < 2) file->errors = Value::from(new_str(rt, stream_errors(rt)));
    rt.heap.wrote(file);
    Value stream = Value::from(file);
    module_set(rt, sys, names[fd], stream);
    module_set(rt, sys, (std::string("__") + names[fd] + "__").c_str(), stream);
  }
}

// Names that CPython's library has; warnings and import tools look here.
constexpr const char* kLibraryNames[] = {
    "abc",        "argparse",  "array",   "ast",         "asyncio",    "base64",   "bisect",    "builtins",
    "calendar",   "cmath",     "codecs",  "collections", "contextlib", "copy",     "csv",       "dataclasses",
    "datetime",   "decimal",   "difflib", "dis",         "enum",       "errno",    "fractions", "functools",
    "gc",         "glob",      "hashlib", "heapq",       "html",       "http",     "importlib", "inspect",
    "io",         "itertools", "json",    "keyword",     "linecache",  "logging",  "math",      "numbers",
    "operator",   "os",        "pathlib", "pickle",      "platform",   "pprint",   "queue",     "random",
    "re",         "reprlib",   "select",  "shutil",      "signal",     "socket",   "sqlite3",   "stat",
    "statistics", "string",    "struct",  "subprocess",  "sys",        "tempfile", "textwrap",  "threading",
    "time",       "timeit",    "token",   "tokenize",    "traceback",  "types",    "typing",    "unicodedata",
    "unittest",   "urllib",    "uuid",    "warnings",    "weakref",    "xml",      "zipfile",   "zlib"};

Value names_set(Runtime& rt) {
  Set* set = new_set(rt, TypeId::FrozenSet);
  for (const char* name : kLibraryNames) {
    Str* text = intern(rt, name);
    set_insert_new(rt, *set, Value::from(text), str_hash(rt, text));
  }
  return Value::from(set);
}

// The list `name` of sys with what stands for the native import system until importlib is imported; the tuple
// `own` tells whether the program has changed it.
void set_finders(Runtime& rt, Module& sys, const char* name, const char* own,
                 std::initializer_list<const char*> classes) {
  List* list = new_list(rt);
  for (const char* finder : classes) {
    list_append(rt, *list,
                Value::from(new_native_class(rt, "_frozen_importlib", finder, rt.type(TypeId::Object))));
  }
  module_set(rt, sys, name, Value::from(list));
  module_set(rt, sys, own, Value::from(new_tuple_from(rt, list->items->items, list->size)));
}

void setup(Runtime& rt, Module& sys) {
  set_numbers(rt, sys);
  set_identity(rt, sys);
  set_streams(rt, sys);
  set_hook_arguments(rt, sys);
  module_set(rt, sys, "stdlib_module_names", names_set(rt));
  module_set(rt, sys, "builtin_module_names", native_module_names(rt));
  module_set(rt, sys, "modules", Value::from(rt.modules));
  for (const char* name : {"warnoptions", "argv", "orig_argv", "path"}) {
    module_set(rt, sys, name, Value::from(new_list(rt)));
  }
  set_finders(rt, sys, "meta_path", "_native_finders", {"BuiltinImporter", "FrozenImporter", "PathFinder"});
  set_finders(rt, sys, "path_hooks", "_native_hooks", {"zipimporter", "path_hook_for_FileFinder"});
  module_set(rt, sys, "path_importer_cache", Value::from(new_dict(rt)));
  module_set(rt, sys, "_xoptions", Value::from(new_dict(rt)));
  for (const char* name : {"displayhook", "breakpointhook"}) {
    module_set(rt, sys, (std::string("__") + name + "__").c_str(), module_get(rt, sys, name));
  }
}

Value strings(Runtime& rt, const std::vector<std::string>& items) {
  List* list = new_list(rt);
  for (const std::string& item : items) list_append(rt, *list, text(rt, item));
  return Value::from(list);
}

// "NAME" means True, "NAME=VALUE" a text.
Value extensions(Runtime& rt, const std::vector<std::string>& options) {
  Dict* dict = new_dict(rt);
  for (const std::string& option : options) {
    const size_t cut = option.find('=');
    Value value = cut == std::string::npos ? Value::true_() : text(rt, option.substr(cut + 1));
    dict_set_pure(rt, *dict, text(rt, option.substr(0, cut)), value);
  }
  return Value::from(dict);
}

// Standard streams write at once where the command line or the environment says so.
void write_through(Runtime& rt, Module& sys) {
  for (const char* name : {"stdout", "stderr"}) {
    if (File* file = as<File>(module_get(rt, sys, name))) file->flags |= File::kUnbuffered;
  }
}

// The limit that the command line or the environment sets; what is no limit is left out.
void limit_digits(Runtime& rt, const SysConfig& config) {
  constexpr std::string_view kOption = "int_max_str_digits=";
  const char* chosen = config.ignore_environment ? nullptr : rt.host->variable("PYTHONINTMAXSTRDIGITS");
  for (const std::string& option : config.xoptions)
    if (option.starts_with(kOption)) chosen = option.c_str() + kOption.size();
  if (!chosen || !*chosen) return;
  char* end;
  unsigned long limit = strtoul(chosen, &end, 10);
  if (*end == 0 && (limit == 0 || limit >= kLeastDigitLimit) && limit <= INT32_MAX)
    rt.max_str_digits = static_cast<u32>(limit);
}

}  // namespace

void restore_sys(Runtime& rt) {
  Value depth = module_get(rt, *rt.sys, kOriginDepth);
  if (depth.is_int()) rt.origin_depth = static_cast<u32>(std::clamp<i64>(depth.as_int(), 0, INT32_MAX));
}

void configure_sys(Runtime& rt, const SysConfig& config) {
  Module& sys = *rt.sys;
  limit_digits(rt, config);
  if (config.unbuffered) write_through(rt, sys);
  module_set(rt, sys, "builtin_module_names", native_module_names(rt));
  module_set(rt, sys, "argv", strings(rt, config.argv));
  module_set(rt, sys, "orig_argv", strings(rt, config.orig_argv));
  module_set(rt, sys, "_xoptions", extensions(rt, config.xoptions));
  module_set(rt, sys, "path", strings(rt, config.path));
  module_set(rt, sys, "warnoptions", strings(rt, config.warnoptions));
  module_set(rt, sys, "executable", text(rt, config.executable));
  module_set(rt, sys, "dont_write_bytecode", Value::from_bool(config.dont_write_bytecode));
  module_set(rt, sys, "flags",
             make_record(rt, "sys.flags",
                         {{"debug", integer(config.debug)},
                          {"inspect", integer(config.inspect)},
                          {"interactive", integer(config.interactive)},
                          {"optimize", integer(config.optimize)},
                          {"dont_write_bytecode", integer(config.dont_write_bytecode)},
                          {"no_user_site", integer(config.no_user_site)},
                          {"no_site", integer(config.no_site)},
                          {"ignore_environment", integer(config.ignore_environment)},
                          {"verbose", integer(config.verbose)},
                          {"bytes_warning", integer(config.bytes_warning)},
                          {"quiet", integer(config.quiet)},
                          {"hash_randomization", integer(rt.hash_key.k0 || rt.hash_key.k1)},
                          {"isolated", integer(config.isolated)},
                          {"dev_mode", Value::from_bool(config.dev_mode)},
                          {"utf8_mode", integer(1)},
                          {"warn_default_encoding", integer(0)},
                          {"safe_path", Value::from_bool(config.safe_path)},
                          {"int_max_str_digits", integer(rt.max_str_digits)}}));
}

extern const ModuleSpec kSysModule = {"sys", "Access to objects used or maintained by the machine.",
                                      kFunctions, setup};

}  // namespace lisle::rt
