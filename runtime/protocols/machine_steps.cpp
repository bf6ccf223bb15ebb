// Steps that the machine itself starts: raise statements and finalizers.
#include "runtime/builtins/print_exception.h"
#include "runtime/protocols/call.h"
#include "runtime/tasks/tasklet.h"
#include "runtime/types/exception.h"
#include "runtime/types/type.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

namespace {

// Does calling the class, without arguments, do no more than the builtin classes do?
bool is_made_plainly(const Runtime& rt, const Type* type) {
  const Type* base = rt.type(TypeId::BaseException);
  return type->special(Special::New) == base->special(Special::New) &&
         type->special(Special::Init) == base->special(Special::Init) &&
         type_of(rt, Value::from(type)) == rt.type(TypeId::Type);
}

// Instances pass, classes are called; anything else is refused.
Result check_raisable(Runtime& rt, Frame& f, Value v, const char* text) {
  if (is_kind(v, Kind::Exception)) return v;
  if (is_type(v) && is_made_plainly(rt, to<Type>(v))) {
    Exception* e = new_exception_of(rt, to<Type>(v), rt.empty_tuple);
    TRY(init_exception(rt, *e));
    return Value::from(e);
  }
  if (is_type(v) && is_subtype(to<Type>(v), rt.type(TypeId::BaseException))) return call(rt, f, v, {});
  return raise(rt, TypeId::TypeError, "%s", text);
}

}  // namespace

Result raise_not_exception(Runtime& rt, Value type, const std::string& found) {
  std::string called = class_text(rt, *to<Type>(type));
  return raise(rt, TypeId::TypeError, "calling %s should have returned an instance of BaseException, not %s",
               called.c_str(), found.c_str());
}

// raise X, raise X from Y. f: what to raise, its cause or unbound.
Result raise_statement(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  constexpr const char* kBad = "exceptions must derive from BaseException";
  switch (f.step()) {
    case 0:
      AWAIT(1, check_raisable(rt, f, f[0], kBad));
      if (!is_kind(r.value(), Kind::Exception)) {
        return raise_not_exception(rt, f[0], class_text(rt, *type_of(rt, r.value())));
      }
      f[0] = r.value();
      if (f[1].is_unbound()) break;
      if (f[1].is_none()) {
        to<Exception>(f[0])->cause = Value::none();
        to<Exception>(f[0])->aux |= Exception::kContextSuppressed;
        break;
      }
      AWAIT(2, check_raisable(rt, f, f[1], "exception causes must derive from BaseException"));
      if (!is_kind(r.value(), Kind::Exception))
        return raise_not_exception(rt, f[1], class_text(rt, *type_of(rt, r.value())));
      to<Exception>(f[0])->cause = r.value();
      to<Exception>(f[0])->aux |= Exception::kContextSuppressed;
      rt.heap.wrote(f[0].object());
      break;
    default:
      LISLE_UNREACHABLE();
  }
  // A raise statement in a handler sets the context anew.
  Value handled = rt.thread.current->handled;
  if (is_kind(handled, Kind::Exception) && handled != f[0]) {
    to<Exception>(f[0])->context = Value::none();
    to<Exception>(f[0])->aux &= static_cast<u16>(~Exception::kContextSettled);
  }
  return raise_value(rt, f[0]);
}

// Its frame marks where a preempted tasklet stands. f: what its tempval was.
Result preempted_step(Runtime& rt, Frame& f) {
  switch (f.step()) {
    case 1:
      f.set_step(0);
      rt.thread.current->tempval = f[0];
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// Calls __del__ and the callbacks of weak references that the collector found due. f: what is being told; its
// method.
Result run_finalizers(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      while (!rt.heap.due.empty()) {
        f[0] = Value::from(rt.heap.due.back());
        rt.heap.due.pop_back();
        if (is_kind(f[0], Kind::WeakRef)) {
          f[1] = to<WeakRef>(f[0])->callback;
          to<WeakRef>(f[0])->callback = Value::none();
          AWAIT_CATCH(1, call(rt, f, f[1], {f[0]}));
        } else {
          f[1] = type_of(rt, f[0])->special(Special::Del);
          f[0].object()->gc &= static_cast<u8>(~kGcFinalizer);
          if (!has_special(rt, f[0], Special::Del)) continue;
          AWAIT_CATCH(2, call_special(rt, f, f[0], Special::Del, {}));
        }
        if (r.is_raised()) {
          f[0] = take_raised(rt);
          AWAIT_CATCH(3, print_unraisable(rt, f, f[0], f[1]));
          if (r.is_raised()) (void)take_raised(rt);
        }
      }
      rt.thread.current->task_flags &= ~static_cast<u32>(kTaskletFinalizes);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
