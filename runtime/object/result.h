// Result is what every operation returns that may not simply produce a value.
//
//   value    the operation is finished
//   raised   an exception is on its way; it is in Runtime::thread.raised
//   pending  the operation has to wait for the program: Runtime::thread.enter names the frame to start (or is
//   null
//            when another tasklet takes over). The caller must save its own state in its frame and return
//            pending itself; the value arrives when its frame is resumed. Nothing ever waits on the C++
//            stack.
#pragma once
#include "runtime/object/value.h"

namespace lisle::rt {

class [[nodiscard]] Result {
 public:
  constexpr Result(Value v) : value_(v) {}
  static constexpr Result raised() { return Result(Value::raised()); }
  static constexpr Result pending() { return Result(Value::pending()); }
  static constexpr Result none() { return Result(Value::none()); }
  static constexpr Result boolean(bool b) { return Result(Value::from_bool(b)); }

  constexpr bool is_raised() const { return value_ == Value::raised(); }
  constexpr bool is_pending() const { return value_ == Value::pending(); }
  constexpr bool is_value() const { return !is_raised() && !is_pending(); }
  constexpr Value value() const { return value_; }

 private:
  Value value_;
};

// Leaves the function with `raised` or `pending`; otherwise yields the value. Only for expressions that
// cannot be pending, or where a pending result is wanted as a tail call (see frame.h).
#define TRY(expression)                              \
  ({                                                 \
    ::lisle::rt::Result try_result_ = (expression);  \
    if (!try_result_.is_value()) return try_result_; \
    try_result_.value();                             \
  })

}  // namespace lisle::rt
