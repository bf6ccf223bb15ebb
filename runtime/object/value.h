// A Value is one 64-bit word that holds any value of the language. This is the only file that knows the bit
// layout.
//
//   ...00  int: a 62-bit signed integer, stored as value << 2, so addition and subtraction work on the word
//   itself
//   ...01  pointer to a heap object, plus one
//   ...10  self-tagged double: 0x100 is added to the exponent field and the word rotated left by three;
//   covers
//          |x| in [2^-255, 2^257)
//   ...11  immediates: None, False, True, the two zeros of float, and sentinels that no program ever sees
//
// A machine word whose two low bits are zero therefore looks like an int, which is why raw frame headers
// (aligned addresses) may lie between Values without confusing the collector.
#pragma once
#include <bit>

#include "runtime/support/base.h"

namespace lisle::rt {

struct Object;

inline constexpr i64 kSmallIntMax = (i64{1} << 61) - 1;
inline constexpr i64 kSmallIntMin = -(i64{1} << 61);

class Value {
 public:
  constexpr Value() : bits_(0) {}
  static constexpr Value from_bits(u64 bits) { return Value(bits); }
  constexpr u64 bits() const { return bits_; }

  // --- ints
  // -------------------------------------------------------------------------------------------------------
  static constexpr bool fits_int(i64 n) { return n >= kSmallIntMin && n <= kSmallIntMax; }
  static constexpr Value from_int(i64 n) { return Value(static_cast<u64>(n) << 2); }  // n must fit
  constexpr bool is_int() const { return (bits_ & 3) == 0; }
  constexpr i64 as_int() const { return static_cast<i64>(bits_) >> 2; }
  static constexpr bool both_int(Value a, Value b) { return ((a.bits_ | b.bits_) & 3) == 0; }

  // --- heap pointers
  // ----------------------------------------------------------------------------------------------
  static Value from(const Object* o) { return Value(reinterpret_cast<u64>(o) + 1); }
  // Said so that the subtraction gives the address as well.
  constexpr bool is_object() const { return ((bits_ - 1) & 3) == 0; }
  Object* object() const { return reinterpret_cast<Object*>(bits_ - 1); }

  // --- doubles that fit the word
  // ------------------------------------------------------------------------------------ True when `d` has a
  // self-tagged or immediate form; other doubles live in heap Float objects.
  static bool fits_double(f64 d) {
    u64 word = std::rotl(std::bit_cast<u64>(d) + kDoubleBias, 3);
    return (word & 3) == 2 || (std::bit_cast<u64>(d) << 1) == 0;
  }
  static Value from_double(f64 d) {  // d must fit
    u64 raw = std::bit_cast<u64>(d);
    if ((raw << 1) == 0) return Value(raw ? kNegativeZero : kPositiveZero);
    return Value(std::rotl(raw + kDoubleBias, 3));
  }
  // The self-tagged form of `d`, meaningful only when is_tagged_double() holds for it: what quick paths try
  // first, because zeros and extremes cost more to tell than everything else.
  static Value tag_double(f64 d) { return Value(std::rotl(std::bit_cast<u64>(d) + kDoubleBias, 3)); }
  static constexpr bool both_tagged_double(Value a, Value b) {
    return (((a.bits_ ^ 2) | (b.bits_ ^ 2)) & 3) == 0;
  }
  constexpr bool is_tagged_double() const { return (bits_ & 3) == 2; }
  constexpr bool is_double_zero() const { return (bits_ | 4) == kNegativeZero; }
  // True for every float that is not a heap Float.
  constexpr bool is_double() const { return is_tagged_double() || is_double_zero(); }
  f64 as_double() const {
    if (is_double_zero()) return bits_ == kNegativeZero ? -0.0 : 0.0;
    return tagged_double();
  }
  f64 tagged_double() const { return std::bit_cast<f64>(std::rotr(bits_, 3) - kDoubleBias); }

  // --- immediates
  // -------------------------------------------------------------------------------------------------
  static constexpr Value none() { return Value(3); }
  static constexpr Value from_bool(bool b) { return Value(b ? 11 : 7); }
  static constexpr Value false_() { return Value(7); }
  static constexpr Value true_() { return Value(11); }
  static constexpr Value not_implemented() { return Value(0x23); }
  static constexpr Value ellipsis() { return Value(0x27); }
  // Sentinels. `unbound`: a variable without a value, an argument that was not given, a deleted dict entry.
  // `exhausted`: what rt::next yields when an iterator has ended. `raised` and `pending` belong to Result.
  static constexpr Value unbound() { return Value(15); }
  static constexpr Value exhausted() { return Value(0x1B); }
  static constexpr Value raised() { return Value(0x1F); }
  static constexpr Value pending() { return Value(0x2B); }

  constexpr bool is_immediate() const { return (bits_ & 3) == 3; }
  constexpr bool is_none() const { return bits_ == 3; }
  constexpr bool is_bool() const { return (bits_ | 12) == 15 && bits_ != 3 && bits_ != 15; }
  constexpr bool is_true() const { return bits_ == 11; }
  constexpr bool is_false() const { return bits_ == 7; }
  constexpr bool is_unbound() const { return bits_ == 15; }
  constexpr bool is_exhausted() const { return bits_ == 0x1B; }
  constexpr bool is_not_implemented() const { return bits_ == 0x23; }
  constexpr bool is_ellipsis() const { return bits_ == 0x27; }

  // Identity, the `is` of the language.
  friend constexpr bool operator==(Value a, Value b) { return a.bits_ == b.bits_; }

 private:
  explicit constexpr Value(u64 bits) : bits_(bits) {}
  static constexpr u64 kDoubleBias = u64{0x100} << 52;
  static constexpr u64 kPositiveZero = 0x13;
  static constexpr u64 kNegativeZero = 0x17;
  u64 bits_;
};
static_assert(sizeof(Value) == 8);

}  // namespace lisle::rt
