// Conversion of the arguments that text methods share.
#include "runtime/types/text_arguments.h"

#include "runtime/support/text.h"
#include "runtime/types/int.h"

namespace lisle::rt {

Result slice_bound(Runtime& rt, Frame& f, Value v) {
  if (v.is_int() || v.is_none() || v.is_unbound() || is_int_like(v)) return v;
  if (has_special(rt, v, Special::Index)) return to_index(rt, f, v);
  return raise(rt, TypeId::TypeError, "slice indices must be integers or None or have an __index__ method");
}

i64 bound_value(Value v, i64 missing) {
  if (v.is_int()) return v.as_int();
  if (v.is_none() || v.is_unbound()) return missing;
  i64 n;
  if (int_to_i64(v, n)) return n;
  return int_is_negative(v) ? INT64_MIN / 2 : INT64_MAX / 2;
}

bool resolve_bounds(u64 length, Value start, Value end, u64& from, u64& to) {
  i64 size = static_cast<i64>(length);
  i64 a = bound_value(start, 0), b = bound_value(end, size);
  if (b > size) b = size;
  if (b < 0) b = b + size < 0 ? 0 : b + size;
  if (a < 0) a = a + size < 0 ? 0 : a + size;
  if (a > b) return false;
  from = static_cast<u64>(a);
  to = static_cast<u64>(b);
  return true;
}

Result int_to_size(Runtime& rt, Value v, i64& out) {
  if (int_to_i64(v, out)) return Result::none();
  return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
}

Result index_to_size(Runtime& rt, Value v, i64& out) {
  if (int_to_i64(v, out)) return Result::none();
  return raise(rt, TypeId::IndexError, "cannot fit '%.200s' into an index-sized integer", type_name(rt, v));
}

Result repeat_count(Runtime& rt, Value v, i64& out) {
  if (int_to_i64(v, out)) return Result::none();
  return raise(rt, TypeId::OverflowError, "cannot fit '%.200s' into an index-sized integer",
               type_name(rt, v));
}

}  // namespace lisle::rt
