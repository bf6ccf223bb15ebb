#include "runtime/modules/arguments.h"

#include "runtime/protocols/call.h"
#include "runtime/support/text.h"
#include "runtime/types/int.h"

namespace lisle::rt {

Result integer_argument(Runtime& rt, Value v, i64 fallback, i64 low, i64 high, const char* type, i64& out) {
  out = fallback;
  if (v.is_unbound()) return Result::none();
  if (!is_int_like(v)) {
    return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
                 type_name(rt, v));
  }
  if (int_to_i64(v, out) && out >= low && out <= high) return Result::none();
  return raise(rt, TypeId::OverflowError, "Python int too large to convert to C %s", type);
}

Result descriptor_argument(Runtime& rt, Value v, int& out) {
  TRY(int_argument(rt, v, -1, out));
  if (out >= 0) return Result::none();
  return raise(rt, TypeId::ValueError, "file descriptor cannot be a negative integer (%d)", out);
}

Result descriptor_of(Runtime& rt, Frame& f, Value v) {
  if (is_int_like(v)) return v;
  Str* name = intern(rt, "fileno");
  if (type_lookup(rt, type_of(rt, v), name).is_unbound() && !is_kind(v, Kind::Instance)) {
    return raise(rt, TypeId::TypeError, "argument must be an int, or have a fileno() method.");
  }
  return call_method(rt, f, v, name, {});
}

Result text_argument(Runtime& rt, Value v, const char* function, const char* parameter, std::string& out) {
  if (!is_str(v)) {
    return raise(rt, TypeId::TypeError, "%s() argument %s must be str, not %.50s", function, parameter,
                 type_name(rt, v));
  }
  TextBuffer scratch;
  out = str_utf8(to<Str>(v), scratch);
  return Result::none();
}

}  // namespace lisle::rt
