// Arguments of module functions as machine words.
#pragma once
#include <string>

#include "runtime/runtime.h"

namespace lisle::rt {

// An int argument; `fallback` when it was not given. TypeError for what is no int, OverflowError for an int
// that the C type `type_name` could not hold between `low` and `high`.
Result integer_argument(Runtime& rt, Value v, i64 fallback, i64 low, i64 high, const char* type_name,
                        i64& out);
inline Result int_argument(Runtime& rt, Value v, int fallback, int& out) {
  i64 wide;
  TRY(integer_argument(rt, v, fallback, INT32_MIN, INT32_MAX, "int", wide));
  out = static_cast<int>(wide);
  return Result::none();
}
inline Result size_argument(Runtime& rt, Value v, i64 fallback, i64& out) {
  return integer_argument(rt, v, fallback, INT64_MIN, INT64_MAX, "ssize_t", out);
}
// A file descriptor: an int that is not negative, or an object with fileno() whose answer was asked for
// already (see with_descriptor).
Result descriptor_argument(Runtime& rt, Value v, int& out);
// The descriptor behind `v`: an int, or what v.fileno() says. An int.
Result descriptor_of(Runtime& rt, struct Frame& f, Value v);

// A native whose parameter `index` is a descriptor: `finish` runs with an int there.
template <u32 index, NativeFn finish>
Result with_descriptor(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, descriptor_of(rt, f, f[index]));
      f[index] = r.value();
      return finish(rt, f);
  }
  LISLE_UNREACHABLE();
}

// The text of a str argument in UTF-8.
Result text_argument(Runtime& rt, Value v, const char* function, const char* parameter, std::string& out);

}  // namespace lisle::rt
