// Making, converting, comparing and hashing ints. Arithmetic is in int_arith.cpp and int_power.cpp, text in
// int_text.cpp, the type with its methods in int_methods.cpp.
#include "runtime/types/int.h"

#include <cmath>
#include <cstring>

#include "runtime/types/int_limbs.h"

namespace lisle::rt {

namespace {

// Takes limbs away from the end of a fresh object. The collector walks fresh memory from object to object, so
// a granule that is no longer covered becomes an empty block of bytes.
void shrink(Int* o, size_t from, size_t to) {
  auto end = [](size_t limbs) {
    return (sizeof(Int) + limbs * sizeof(u64) + kGranuleBytes - 1) & ~(kGranuleBytes - 1);
  };
  if (end(from) == end(to)) return;
  Raw* filler = reinterpret_cast<Raw*>(reinterpret_cast<char*>(o) + end(to));
  *static_cast<Object*>(filler) = Object{0, 0, Kind::Raw, 0};
  filler->capacity = end(from) - end(to) - sizeof(Raw);
}

// The object is not used after all, but a word of a stack may still hold it, and an image with it: it remains
// an int, as long as it was, with a highest limb that is not zero.
void discard(Int* o) {
  if (o->size > 0) o->limbs[o->size - 1] = 1;
}

}  // namespace

Value finish_int(Runtime& rt, Int* o, bool negative) {
  size_t allocated = static_cast<size_t>(o->size), count = allocated;
  while (count > 0 && o->limbs[count - 1] == 0) --count;
  const u64 magnitude = count > 0 ? o->limbs[0] : 0;
  // The magnitude of the smallest int has no positive counterpart.
  if (count <= 1 && magnitude <= static_cast<u64>(kSmallIntMax) + negative) {
    discard(o);
    return Value::from_int(negative ? -static_cast<i64>(magnitude) : static_cast<i64>(magnitude));
  }
  // Much cancellation: a right-sized copy gives the memory back.
  if (count + 2 < allocated) {
    const Value copy = new_int_limbs(rt, o->limbs, count, negative);
    discard(o);
    return copy;
  }
  shrink(o, allocated, count);
  o->size = negative ? -static_cast<i64>(count) : static_cast<i64>(count);
  return Value::from(o);
}

Value new_int_limbs(Runtime& rt, const u64* limbs, size_t count, bool negative) {
  while (count > 0 && limbs[count - 1] == 0) --count;
  if (count == 0) return Value::from_int(0);
  Int* o = new_int_object(rt, count);
  std::memcpy(o->limbs, limbs, count * sizeof(u64));
  return finish_int(rt, o, negative);
}

Value new_int(Runtime& rt, i64 n) {
  if (LISLE_LIKELY(Value::fits_int(n))) return Value::from_int(n);
  u64 magnitude = n < 0 ? u64{0} - static_cast<u64>(n) : static_cast<u64>(n);
  Int* o = new_int_object(rt, 1);
  o->limbs[0] = magnitude;
  if (n < 0) o->size = -1;
  return Value::from(o);
}

Value new_int_unsigned(Runtime& rt, u64 n) {
  if (n <= static_cast<u64>(kSmallIntMax)) return Value::from_int(static_cast<i64>(n));
  Int* o = new_int_object(rt, 1);
  o->limbs[0] = n;
  return Value::from(o);
}

Value exact_int(Runtime& rt, Value v) {
  if (is_exact_int(rt, v)) return v;
  IntView view(v);
  return new_int_limbs(rt, view.limbs(), view.count(), view.negative());
}

// --- asking ----------------------------------------------------------------------------------------------

bool int_to_i64(Value v, i64& out) {
  if (LISLE_LIKELY(v.is_int())) {
    out = v.as_int();
    return true;
  }
  IntView view(v);
  if (view.count() > 1) return false;
  u64 magnitude = view.is_zero() ? 0 : view.limbs()[0];
  u64 bound = u64{1} << 63;
  if (view.negative() ? magnitude > bound : magnitude >= bound) return false;
  out = static_cast<i64>(view.negative() ? u64{0} - magnitude : magnitude);
  return true;
}

bool int_to_u64(Value v, u64& out) {
  IntView view(v);
  if (view.negative() || view.count() > 1) return false;
  out = view.is_zero() ? 0 : view.limbs()[0];
  return true;
}

bool int_is_negative(Value v) {
  if (v.is_int()) return v.as_int() < 0;
  return IntView(v).negative();
}

bool int_is_zero(Value v) {
  if (v.is_int()) return v.as_int() == 0;
  return IntView(v).is_zero();
}

u64 int_bit_length(Value v) {
  return IntView(v).bit_length();
}

// --- doubles ---------------------------------------------------------------------------------------------

f64 round_scaled(unsigned __int128 bits, bool sticky, i64 exponent) {
  if (bits == 0) return 0;
  u64 high = static_cast<u64>(bits >> 64);
  i64 length = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll(static_cast<u64>(bits));
  i64 top = exponent + length;  // the value is below 2^top
  if (top > 1024) return HUGE_VAL;
  if (top < -1074) return 0;
  i64 drop = length - (top < -1021 ? top + 1074 : 53);  // subnormal results have fewer bits
  if (drop > 0) {
    // Below the kept bits: half a unit, and whether there is more than that.
    unsigned __int128 half = static_cast<unsigned __int128>(1) << (drop - 1);
    unsigned __int128 rest = bits & ((half << 1) - 1);
    bits = drop >= 128 ? 0 : bits >> drop;
    if (rest > half || (rest == half && (sticky || (bits & 1)))) ++bits;
    exponent += drop;
  }
  return std::ldexp(static_cast<f64>(bits), static_cast<int>(exponent));
}

f64 int_to_double(Value v) {
  if (LISLE_LIKELY(v.is_int())) return static_cast<f64>(v.as_int());
  IntView view(v);
  if (view.is_zero()) return 0;
  size_t n = view.count();
  f64 sign = view.negative() ? -1.0 : 1.0;
  if (n == 1) return sign * static_cast<f64>(view.limbs()[0]);
  if (n > 17) return sign * HUGE_VAL;
  auto bits = static_cast<unsigned __int128>(view.limbs()[n - 1]) << 64 | view.limbs()[n - 2];
  bool sticky = n > 2 && !mpn_zero_p(view.limbs(), static_cast<mp_size_t>(n - 2));
  return sign * round_scaled(bits, sticky, static_cast<i64>(n - 2) * 64);
}

Value int_from_double(Runtime& rt, f64 d) {
  LISLE_ASSERT(std::isfinite(d));
  if (std::fabs(d) < 9007199254740992.0) return new_int(rt, static_cast<i64>(d));
  int exponent = 0;
  f64 fraction = std::frexp(std::fabs(d), &exponent);
  u64 mantissa = static_cast<u64>(std::ldexp(fraction, 53));
  u64 limbs[18]{};
  u64 shift = static_cast<u64>(exponent - 53);
  limbs[shift / 64] = mantissa << shift % 64;
  if (shift % 64) limbs[shift / 64 + 1] = mantissa >> (64 - shift % 64);
  return new_int_limbs(rt, limbs, 18, d < 0);
}

// --- comparing -------------------------------------------------------------------------------------------

namespace {

int compare_magnitude(const IntView& a, const u64* b, size_t b_count) {
  if (a.count() != b_count) return a.count() < b_count ? -1 : 1;
  return b_count == 0 ? 0 : mpn_cmp(a.limbs(), b, static_cast<mp_size_t>(b_count));
}

}  // namespace

int int_compare(Value a, Value b) {
  if (LISLE_LIKELY(Value::both_int(a, b))) return (a.as_int() > b.as_int()) - (a.as_int() < b.as_int());
  IntView x(a), y(b);
  if (x.negative() != y.negative()) return x.negative() ? -1 : 1;
  int order = compare_magnitude(x, y.limbs(), y.count());
  return x.negative() ? -order : order;
}

int int_compare_double(Value a, f64 b) {
  if (std::isinf(b)) return b > 0 ? -1 : 1;
  f64 whole = std::trunc(b);
  int order = 0;
  i64 small = 0;
  if (std::fabs(b) < 9223372036854775808.0 && int_to_i64(a, small)) {
    i64 other = static_cast<i64>(whole);
    order = (small > other) - (small < other);
  } else {
    IntView x(a);
    bool b_negative = std::signbit(b) && whole != 0;
    if (x.negative() != b_negative) return x.negative() ? -1 : 1;
    int exponent = 0;
    std::frexp(whole, &exponent);
    u64 b_bits = whole == 0 ? 0 : static_cast<u64>(exponent);
    if (x.bit_length() != b_bits) {
      order = x.bit_length() < b_bits ? -1 : 1;
    } else if (b_bits <= 64) {
      u64 limb = static_cast<u64>(std::fabs(whole));
      order = compare_magnitude(x, &limb, limb != 0);
    } else {
      u64 limbs[18]{};
      u64 mantissa = static_cast<u64>(std::ldexp(std::fabs(whole), 53 - exponent));
      u64 shift = b_bits - 53;
      limbs[shift / 64] = mantissa << shift % 64;
      if (shift % 64) limbs[shift / 64 + 1] = mantissa >> (64 - shift % 64);
      order = compare_magnitude(x, limbs, (b_bits + 63) / 64);
    }
    if (x.negative()) order = -order;
  }
  // Equal integral parts: the fraction of b decides.
  if (order == 0) order = b > whole ? -1 : b < whole ? 1 : 0;
  return order;
}

// --- hashing ---------------------------------------------------------------------------------------------

namespace {

constexpr u64 kHashModulus = (u64{1} << 61) - 1;

}  // namespace

i64 int_hash(Value v) {
  u64 h = 0;
  bool negative = false;
  if (LISLE_LIKELY(v.is_int())) {
    i64 n = v.as_int();
    negative = n < 0;
    h = (negative ? u64{0} - static_cast<u64>(n) : static_cast<u64>(n)) % kHashModulus;
  } else {
    IntView view(v);
    negative = view.negative();
    if (!view.is_zero()) h = mpn_mod_1(view.limbs(), static_cast<mp_size_t>(view.count()), kHashModulus);
  }
  i64 result = negative ? -static_cast<i64>(h) : static_cast<i64>(h);
  return result == -1 ? -2 : result;
}

i64 double_hash(f64 d) {
  if (std::isnan(d)) return 0;
  if (std::isinf(d)) return d > 0 ? 314159 : -314159;
  int exponent = 0;
  f64 fraction = std::frexp(std::fabs(d), &exponent);
  // The value is m * 2^e with integral m; powers of two are rotations of 61 bits in the field of the hash.
  u64 h = static_cast<u64>(std::ldexp(fraction, 53));
  exponent -= 53;
  u32 turn = static_cast<u32>(exponent >= 0 ? exponent % 61 : 60 - (-1 - exponent) % 61);
  h %= kHashModulus;
  h = ((h << turn) & kHashModulus) | h >> (61 - turn);
  if (h == kHashModulus) h = 0;
  i64 result = std::signbit(d) ? -static_cast<i64>(h) : static_cast<i64>(h);
  return result == -1 ? -2 : result;
}

}  // namespace lisle::rt
