// Asking the program to do something. Each function here either finishes with a value, raises, or prepares
// the window of a callee above `f` and returns pending. `f` is always the frame that asks and that will be
// resumed: inside a NativeFn its own frame.
#pragma once
#include <initializer_list>

#include "runtime/runtime.h"

namespace lisle::rt {

// The first address above the live registers of `f`, where a callee's frame may lie.
char* frame_end(const Frame& f);

// A zeroed header with room for `count` words of arguments above `f`; opens a new segment when the current
// one is full. Fill in fn and r[], call set_window, set thread.enter, return pending. Must not be followed by
// an allocation before the window is complete.
Frame* prepare_window(Runtime& rt, Frame& f, u32 count);

// Is a native called in place, in a window without a continuation? It cannot wait there.
bool runs_at_once(const NativeEntry& entry);

Result call(Runtime& rt, Frame& f, Value callable, std::initializer_list<Value> args);
Result call_span(Runtime& rt, Frame& f, Value callable, const Value* args, u32 count);
// Keyword values follow the `positional` arguments in `args`; `names` is the tuple of their names.
Result call_keywords(Runtime& rt, Frame& f, Value callable, const Value* args, u32 positional, Tuple* names);
// callable(*args, **kwargs); `kwargs` may be null.
Result call_spread(Runtime& rt, Frame& f, Value callable, Tuple* args, Dict* kwargs);
// obj.name(*args), with the usual attribute rules.
Result call_method(Runtime& rt, Frame& f, Value obj, Str* name, std::initializer_list<Value> args);
// type(obj).<special>(obj, *args): looked up on the class, bound as descriptors demand. The caller has made
// sure that the class has it (has_special).
Result call_special(Runtime& rt, Frame& f, Value obj, Special s, std::initializer_list<Value> args);
inline bool has_special(const Runtime& rt, Value obj, Special s) {
  Value v = type_of(rt, obj)->special(s);
  return !v.is_unbound() && !v.is_none();
}
// The special of the class of `obj` when it is the native function `fn` itself, not overridden.
bool special_is_native(const Runtime& rt, Value obj, Special s, NativeFn fn);

// Enters a native step machine of protocols/internals.def: an operation that needs several steps of its own.
// Always pending (or raised when the stack is exhausted).
enum class Internal : u16 {
#define INTERNAL(Name, function, registers, flags) Name,
#include "runtime/protocols/internals.def"
#undef INTERNAL
  kCount
};
Result call_internal(Runtime& rt, Frame& f, Internal which, std::initializer_list<Value> args);

}  // namespace lisle::rt
