// Making functions, importing, exception tests and what is left over.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/type.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

enum MakeFlags : u32 { kDefaults = 1, kKwDefaults = 2, kAnnotations = 4, kClosure = 8 };

namespace {

Value make_function(Runtime& rt, Frame* f, rt::Code* code, u32 next, u32 flags) {
  rt::Function* maker = function_of(f);
  rt::Function* function = rt::new_function(rt, code, maker->globals);
  function->builtins = maker->builtins;
  if (flags & kDefaults) function->defaults = rt::to<rt::Tuple>(reg(f, next++));
  if (flags & kKwDefaults) function->kwdefaults = rt::to<rt::Dict>(reg(f, next++));
  if (flags & kAnnotations) function->annotations = reg(f, next++);
  if (flags & kClosure) function->closure = rt::to<rt::Tuple>(reg(f, next++));
  return Value::from(function);
}

}  // namespace

ASKING_HANDLER(MakeFunction, store,
               make_function(world(t), f, rt::to<rt::Code>(reinterpret_cast<Value*>(k)[at(pc)[1]]),
                             b_of(word), c_of(word)))

HANDLER(LoadBuildClass) {
  ENTER_CPP();
  Runtime& rt = world(t);
  Value v = rt::dict_get_str(rt, *function_of(f)->builtins, rt.names.build_class);
  if (v.is_unbound()) FINISH(store, rt::raise(rt, TypeId::NameError, "__build_class__ not found"));
  reg(f, a_of(word)) = v;
  NEXT(0);
}

HANDLER(LoadAssertionError) {
  reg(f, a_of(word)) = Value::from(world(t).type(TypeId::AssertionError));
  NEXT(0);
}

namespace {

bool is_exception_class(Runtime& rt, Value v) {
  return rt::is_type(v) && rt::is_subtype(rt::to<rt::Type>(v), rt.type(TypeId::BaseException));
}

// except clauses compare by MRO, without __subclasscheck__.
Result exception_matches(Runtime& rt, Value exception, Value wanted) {
  constexpr const char* kBad = "catching classes that do not inherit from BaseException is not allowed";
  rt::Type* type = rt::type_of(rt, exception);
  if (auto* tuple = rt::as<rt::Tuple>(wanted)) {
    for (u64 i = 0; i < tuple->size; ++i)
      if (!is_exception_class(rt, tuple->items[i])) return rt::raise(rt, TypeId::TypeError, "%s", kBad);
    for (u64 i = 0; i < tuple->size; ++i)
      if (rt::is_subtype(type, rt::to<rt::Type>(tuple->items[i]))) return Value::true_();
    return Value::false_();
  }
  if (!is_exception_class(rt, wanted)) return rt::raise(rt, TypeId::TypeError, "%s", kBad);
  return Value::from_bool(rt::is_subtype(type, rt::to<rt::Type>(wanted)));
}

}  // namespace

ASKING_HANDLER(ExceptionMatch, store, exception_matches(world(t), reg(f, b_of(word)), reg(f, c_of(word))))

HANDLER(ExceptionTriple) {
  Value e = reg(f, b_of(word));
  u32 base = a_of(word);
  reg(f, base) = Value::from(rt::type_of(world(t), e));
  reg(f, base + 1) = e;
  reg(f, base + 2) = rt::to<rt::Exception>(e)->traceback;
  NEXT(0);
}

ASKING_HANDLER(ExceptionGroupMatch, group_match,
               rt::call_internal(world(t), *f, rt::Internal::ExceptionGroupMatch,
                                 {reg(f, b_of(word)), reg(f, c_of(word))}))

ASKING_HANDLER(ReraiseStar, store,
               rt::call_internal(world(t), *f, rt::Internal::ReraiseStar,
                                 {reg(f, b_of(word)), reg(f, c_of(word))}))

HANDLER(ImportName) {
  ENTER_CPP();
  Runtime& rt = world(t);
  rt::Function* function = function_of(f);
  Value import = rt::dict_get_str(rt, *function->builtins, rt.names.import_);
  if (import.is_unbound()) FINISH(store, rt::raise(rt, TypeId::ImportError, "__import__ not found"));
  u32 base = b_of(word);
  Value name = function->code->names->items[c_of(word)];
  Value globals = Value::from(function->globals);
  FINISH(store, rt::call(rt, *f, import, {name, globals, globals, reg(f, base + 1), reg(f, base)}));
}

ASKING_HANDLER(ImportFrom, store,
               rt::call_internal(world(t), *f, rt::Internal::ImportFrom,
                                 {reg(f, b_of(word)), function_of(f)->code->names->items[c_of(word)]}))

ASKING_HANDLER(ImportStar, discard,
               rt::call_internal(world(t), *f, rt::Internal::ImportStar, {reg(f, a_of(word)), reg(f, 0)}))

HANDLER(PrintExpr) {
  ENTER_CPP();
  Runtime& rt = world(t);
  Value hook = rt::dict_get_str(rt, *rt.sys->dict, rt::intern(rt, "displayhook"));
  if (hook.is_unbound()) FINISH(discard, rt::raise(rt, TypeId::RuntimeError, "lost sys.displayhook"));
  FINISH(discard, rt::call(rt, *f, hook, {reg(f, a_of(word))}));
}

// --- match
// ----------------------------------------------------------------------------------------------------------------

namespace {

// Builtin containers, and classes that say so with collections.abc (by registration or inheritance). Nothing
// is both: the first class that says one of the two decides.
bool matches_kind(Runtime& rt, Value v, bool sequence) {
  return rt::pattern_flags(*rt::type_of(rt, v)) & (sequence ? rt::kTypeSequence : rt::kTypeMapping);
}

}  // namespace

HANDLER(MatchSequence) {
  reg(f, a_of(word)) = Value::from_bool(matches_kind(world(t), reg(f, b_of(word)), true));
  NEXT(0);
}

HANDLER(MatchMapping) {
  reg(f, a_of(word)) = Value::from_bool(matches_kind(world(t), reg(f, b_of(word)), false));
  NEXT(0);
}

ASKING_HANDLER(MatchKeys, store,
               rt::call_internal(world(t), *f, rt::Internal::MatchKeys,
                                 {reg(f, b_of(word)), reg(f, c_of(word))}))

HANDLER(MatchClass) {
  u32 base = b_of(word);
  SLOW(store,
       rt::call_internal(world(t), *f, rt::Internal::MatchClass,
                         {reg(f, base), reg(f, base + 1), reg(f, base + 2), Value::from_int(c_of(word))}));
}

// --- asynchronous iteration
// -------------------------------------------------------------------------------------------------

namespace {

Result get_awaitable(Runtime& rt, Frame* f, Value v, u32 where) {
  const Value known = rt::awaitable_at_once(rt, v);
  if (LISLE_LIKELY(!known.is_unbound())) return known;
  return rt::call_internal(rt, *f, rt::Internal::GetAwaitable, {v, Value::from_int(where)});
}

Result get_anext(Runtime& rt, Frame* f, Value v) {
  const Value known = rt::async_next_at_once(rt, v);
  if (LISLE_LIKELY(!known.is_unbound())) return known;
  return rt::call_internal(rt, *f, rt::Internal::GetANext, {v});
}

}  // namespace

ASKING_HANDLER(GetAwaitable, store, get_awaitable(world(t), f, reg(f, b_of(word)), c_of(word)))

ASKING_HANDLER(GetAIter, store, rt::call_internal(world(t), *f, rt::Internal::GetAIter, {reg(f, b_of(word))}))

ASKING_HANDLER(GetANext, store, get_anext(world(t), f, reg(f, b_of(word))))

HANDLER(EndAsyncFor) {
  Value e = reg(f, a_of(word));
  if (rt::is_instance(world(t), e, world(t).type(TypeId::StopAsyncIteration))) NEXT(0);
  LISLE_TAIL op_Reraise(f, t, pc, k, word);
}

}  // namespace lisle::interp
