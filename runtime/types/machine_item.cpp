#include "runtime/types/machine_item.h"

#include <cstring>

#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

template <class T>
T load(const u8* p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

}  // namespace

u64 machine_item_size(u32 code) {
  switch (code) {
    case 'b':
    case 'B':
    case 'c':
    case '?':
      return 1;
    case 'h':
    case 'H':
      return 2;
    case 'i':
    case 'I':
    case 'f':
    case 'u':
      return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'P':
    case 'd':
      return 8;
    default:
      return 0;
  }
}

Value load_machine_item(Runtime& rt, u32 code, const u8* p) {
  switch (code) {
    case 'b':
      return Value::from_int(load<i8>(p));
    case 'c':
      return Value::from(new_bytes(rt, {reinterpret_cast<const char*>(p), 1}));
    case '?':
      return Value::from_bool(*p != 0);
    case 'h':
      return Value::from_int(load<i16>(p));
    case 'H':
      return Value::from_int(load<u16>(p));
    case 'i':
      return Value::from_int(load<i32>(p));
    case 'I':
      return Value::from_int(load<u32>(p));
    case 'l':
    case 'q':
    case 'n':
      return new_int(rt, load<i64>(p));
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return new_int_unsigned(rt, load<u64>(p));
    case 'f':
      return new_float(rt, static_cast<f64>(load<float>(p)));
    case 'd':
      return new_float(rt, load<f64>(p));
    case 'u':
      return Value::from(str_from_char(rt, load<u32>(p)));
    default:
      return Value::from_int(*p);
  }
}

int store_machine_int(u32 code, u8* p, Value v) {
  u64 size = machine_item_size(code), bits;
  if (is_signed_item(code)) {
    i64 n;
    if (!int_to_i64(v, n)) return int_is_negative(v) ? -1 : 1;
    i64 limit = size == 8 ? INT64_MAX : (i64{1} << (8 * size - 1)) - 1;
    if (n > limit || n < -limit - 1) return n < 0 ? -1 : 1;
    bits = static_cast<u64>(n);
  } else {
    if (int_is_negative(v)) return -1;
    if (!int_to_u64(v, bits) || (size < 8 && bits >> (8 * size) != 0)) return 1;
  }
  std::memcpy(p, &bits, size);  // little-endian hosts only, as everywhere
  return 0;
}

void store_machine_float(u32 code, u8* p, f64 d) {
  auto narrow = static_cast<float>(d);
  if (code == 'f') {
    std::memcpy(p, &narrow, sizeof narrow);
  } else {
    std::memcpy(p, &d, sizeof d);
  }
}

}  // namespace lisle::rt
