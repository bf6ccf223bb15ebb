// Binding: arranging the arguments of a call as the parameters of its callee, in the callee's window.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

// A native signature, parsed from its text "(self, key, /, *, reverse=False, **options)".
struct NativeSignature {
  struct Parameter {
    std::string_view name;
    std::string_view default_text;  // empty: required
  };
  static constexpr u32 kMaxParameters = 24;
  Parameter parameters[kMaxParameters];
  u32 count = 0;       // named parameters, *args and **kwargs not included
  u32 positional = 0;  // the first of them that can be given by position
  u32 posonly = 0;     // the first of them that can be given by position only
  u32 required = 0;    // the first of them that must be given (positional ones)
  i32 varargs = -1;    // index of the frame register that gets them
  i32 varkw = -1;
};
NativeSignature parse_signature(const char* text);

// True when `nargs` positional arguments need nothing but unbound in the missing places.
inline bool binds_quickly(const NativeEntry& entry, u32 nargs) {
  return nargs - entry.min_args <= static_cast<u32>(entry.max_args - entry.min_args) &&
         entry.max_args != 0xffff;
}
inline void fill_missing(const NativeEntry& entry, Frame& w, u32 nargs) {
  for (u32 i = nargs; i < entry.param_count; ++i) w.r[i] = Value::unbound();
}

// Is `receiver` an instance of the class whose method `native` is? Natives read the layout of their receiver
// unchecked, so nobody may enter a method whose receiver came from an argument, str.upper(5), without asking.
bool receiver_fits_by_class(const Runtime& rt, const NativeEntry& entry, const Native& native,
                            Value receiver);
inline bool receiver_fits(const Runtime& rt, const NativeEntry& entry, const Native& native, Value receiver) {
  if (native.owner == nullptr) return true;
  // Plain instances of a builtin type have the shape with the type's own number.
  if (LISLE_LIKELY(!(entry.flags & (kStatic | kClassMethod)) && receiver.is_object() &&
                   receiver.object()->shape == native.owner->builtin_id))
    return true;
  return receiver_fits_by_class(rt, entry, native, receiver);
}
// TypeError of a receiver that does not fit.
Result raise_wrong_receiver(Runtime& rt, const Native& native, Value receiver);

// Full binding of window `w` (positional arguments, then keyword values named by `names`, which may be null)
// to a native function. None, or raised with CPython's text.
Result bind_native(Runtime& rt, Frame& w, const Native& native, u32 nargs, Tuple* names);

// The same for a function of the language: defaults, keyword-only, *args and **kwargs.
Result bind_function(Runtime& rt, Frame& w, Function& function, u32 nargs, Tuple* names);

}  // namespace lisle::rt
