// How the files that implement int see its limbs. Private to runtime/types/int_*.cpp and the modules that
// compute on large ints; everybody else uses int.h.
#pragma once
#include <gmp.h>

#include "runtime/runtime.h"
#include "runtime/types/int.h"

namespace lisle::rt {

static_assert(sizeof(mp_limb_t) == sizeof(u64));

// No int has more limbs: 1 GiB. Operations whose result would be larger raise MemoryError before they begin.
inline constexpr size_t kMaxIntLimbs = size_t{1} << 27;

// Sign and magnitude of an int-like Value in either form. Keeps the heap object alive while it is in scope,
// because the collector may not recognise a pointer into the middle of an object.
class IntView {
 public:
  explicit IntView(Value v) : owner_(v) {
    if (const Int* big = as<Int>(v)) {
      limbs_ = big->limbs;
      count_ = big->limb_count();
      negative_ = big->size < 0;
      return;
    }
    i64 n = v.is_int() ? v.as_int() : v.is_true();
    negative_ = n < 0;
    small_ = negative_ ? u64{0} - static_cast<u64>(n) : static_cast<u64>(n);
    count_ = small_ != 0;
    limbs_ = &small_;
  }
  ~IntView() { asm volatile("" : : "r"(owner_.bits()) : "memory"); }
  IntView(const IntView&) = delete;
  IntView& operator=(const IntView&) = delete;

  const u64* limbs() const { return limbs_; }
  size_t count() const { return count_; }
  bool negative() const { return negative_; }
  bool is_zero() const { return count_ == 0; }
  u64 bit_length() const {
    return count_ == 0 ? 0 : count_ * 64 - static_cast<u64>(__builtin_clzll(limbs_[count_ - 1]));
  }
  u64 trailing_zeros() const { return count_ == 0 ? 0 : mpn_scan1(limbs_, 0); }

 private:
  Value owner_;
  const u64* limbs_;
  size_t count_;
  u64 small_ = 0;
  bool negative_;
};

// An int as GMP's mpz functions read it; never written to.
class MpzView {
 public:
  explicit MpzView(Value v) : view_(v) {
    mp_size_t count = static_cast<mp_size_t>(view_.count());
    mpz_roinit_n(z_, view_.limbs(), view_.negative() ? -count : count);
  }
  operator mpz_srcptr() const { return z_; }
  int sign() const { return mpz_sgn(z_); }

 private:
  IntView view_;
  mpz_t z_;
};

// A temporary of GMP's own, freed at the end of its scope.
class Mpz {
 public:
  Mpz() { mpz_init(z_); }
  ~Mpz() { mpz_clear(z_); }
  Mpz(const Mpz&) = delete;
  Mpz& operator=(const Mpz&) = delete;
  operator mpz_ptr() { return z_; }
  int sign() const { return mpz_sgn(z_); }
  size_t limb_count() const { return mpz_size(z_); }
  u64 limb(size_t i) const { return mpz_getlimbn(z_, static_cast<mp_size_t>(i)); }
  Value value(Runtime& rt) const {
    return new_int_limbs(rt, mpz_limbs_read(z_), mpz_size(z_), mpz_sgn(z_) < 0);
  }

 private:
  mpz_t z_;
};

// May a result of `count` limbs be allocated?
inline bool int_has_room(Runtime& rt, size_t count) {
  if (count < 1024) return true;
  return count <= kMaxIntLimbs && rt.heap.has_room(count * sizeof(u64));
}

// An exact int under construction: `count` zero limbs to be filled in and handed to finish_int at once.
inline Int* new_int_object(Runtime& rt, size_t count) {
  Int* o = rt.make<Int>(TypeId::Int, count * sizeof(u64));
  o->size = static_cast<i64>(count);
  return o;
}
// The Value of a finished magnitude, in its one form.
Value finish_int(Runtime& rt, Int* o, bool negative);

// bits * 2^exponent rounded half to even to a double; `sticky` stands for nonzero bits below. Infinite out of
// range.
f64 round_scaled(unsigned __int128 bits, bool sticky, i64 exponent);

// bool and instances of subclasses as an exact int; an exact int itself.
Value exact_int(Runtime& rt, Value v);
inline bool is_exact_int(const Runtime& rt, Value v) {
  return v.is_int() || (is_kind(v, Kind::Int) && v.object()->shape == rt.shape_of(TypeId::Int));
}

}  // namespace lisle::rt
