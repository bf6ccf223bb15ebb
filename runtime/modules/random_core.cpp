// The module _random: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998) that the library's
// random.py runs on. An instance is a Raw of fixed size: the state vector and the place in it. Sequences are
// those of every other implementation for the same seed.
#include <algorithm>
#include <vector>

#include "runtime/host.h"
#include "runtime/modules/math_common.h"
#include "runtime/protocols/compare.h"
#include "runtime/types/instance.h"
#include "runtime/types/module.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr u32 kWords = 624;
constexpr u32 kMiddle = 397;

// What the bytes of an instance hold.
struct Twister {
  u32 state[kWords];
  u32 index;  // of the next word to give out; kWords when all are used up

  void seed_word(u32 seed);
  void seed_words(const u32* key, u32 count);
  u32 next();

 private:
  void refill();
};

void Twister::seed_word(u32 seed) {
  state[0] = seed;
  for (u32 i = 1; i < kWords; ++i) state[i] = 1812433253U * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
  index = kWords;
}

void Twister::seed_words(const u32* key, u32 count) {
  seed_word(19650218U);
  u32 i = 1, j = 0;
  auto advance = [&] {
    if (++i >= kWords) {
      state[0] = state[kWords - 1];
      i = 1;
    }
  };
  for (u32 k = std::max(kWords, count); k > 0; --k) {
    state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525U)) + key[j] + j;
    advance();
    if (++j >= count) j = 0;
  }
  for (u32 k = kWords - 1; k > 0; --k) {
    state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941U)) - i;
    advance();
  }
  state[0] = 0x80000000U;
}

void Twister::refill() {
  for (u32 i = 0; i < kWords; ++i) {
    u32 y = (state[i] & 0x80000000U) | (state[(i + 1) % kWords] & 0x7fffffffU);
    state[i] = state[(i + kMiddle) % kWords] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfU : 0);
  }
  index = 0;
}

u32 Twister::next() {
  if (index >= kWords) refill();
  u32 y = state[index++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680U;
  y ^= (y << 15) & 0xefc60000U;
  return y ^ (y >> 18);
}

Twister& twister_of(Value self) {
  return *reinterpret_cast<Twister*>(to<Raw>(self)->bytes);
}

Result require_self(Runtime& rt, Value self) {
  if (is_instance(rt, self, rt.type(TypeId::RandomCore))) return Result::none();
  return raise(rt, TypeId::TypeError, "descriptor requires a '_random.Random' object but received a '%s'",
               type_name(rt, self));
}

// --- seeding ---------------------------------------------------------------------------------------------

void seed_from_entropy(Runtime& rt, Twister& twister) {
  u32 key[kWords];
  rt.host->entropy(key, sizeof key);
  twister.seed_words(key, kWords);
}

// By the magnitude of an int, cut into words of 32 bits.
void seed_from_int(Twister& twister, Value number) {
  IntView view(number);
  std::vector<u32> key;
  for (u64 i = 0; i < view.count(); ++i) {
    key.push_back(static_cast<u32>(view.limbs()[i]));
    key.push_back(static_cast<u32>(view.limbs()[i] >> 32));
  }
  while (key.size() > 1 && key.back() == 0) key.pop_back();
  if (key.empty()) key.push_back(0);
  twister.seed_words(key.data(), static_cast<u32>(key.size()));
}

Result random_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::RandomCore));
  Raw* o = new_instance_of<Raw>(rt, to<Type>(f[0]), sizeof(Twister));
  o->capacity = sizeof(Twister);
  seed_from_entropy(rt, twister_of(Value::from(o)));
  return Value::from(o);
}

// f: self, seed.
Result random_seed(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_self(rt, f[0]));
      if (f[1].is_unbound() || f[1].is_none()) {
        seed_from_entropy(rt, twister_of(f[0]));
        return Result::none();
      }
      if (!is_int_like(f[1])) {
        AWAIT(1, hash(rt, f, f[1]));
        i64 word = 0;
        int_to_i64(r.value(), word);
        f[1] = new_int_unsigned(rt, static_cast<u64>(word));
      }
      seed_from_int(twister_of(f[0]), f[1]);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// f: self, tuple of arguments: the first one seeds.
Result random_init(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_self(rt, f[0]));
      if (to<Tuple>(f[1])->size > 1) {
        return raise(rt, TypeId::TypeError, "Random() requires 0 or 1 argument");
      }
      if (to<Tuple>(f[1])->size == 0) return Result::none();
      f[1] = to<Tuple>(f[1])->items[0];
      AWAIT(1, call(rt, f, type_lookup(rt, rt.type(TypeId::RandomCore), intern(rt, "seed")), {f[0], f[1]}));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// --- drawing ---------------------------------------------------------------------------------------------

Result random_random(Runtime& rt, Frame& f) {
  TRY(require_self(rt, f[0]));
  Twister& twister = twister_of(f[0]);
  // 53 bits: 27 of one word and 26 of the next.
  u32 high = twister.next() >> 5, low = twister.next() >> 6;
  return new_float(rt, (high * 67108864.0 + low) * (1.0 / 9007199254740992.0));
}

Result random_getrandbits(Runtime& rt, Frame& f) {
  TRY(require_self(rt, f[0]));
  if (!is_exact_int(rt, f[1])) return retry_converted(rt, f, {Want::kAsIs, Want::kIndex});
  i64 bits = 0;
  if (!int_to_i64(f[1], bits) || bits > INT32_MAX) {
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C int");
  }
  if (bits < 0) return raise(rt, TypeId::ValueError, "number of bits must be non-negative");
  if (bits == 0) return Value::from_int(0);
  Twister& twister = twister_of(f[0]);
  if (bits <= 32) return Value::from_int(twister.next() >> (32 - bits));
  std::vector<u64> limbs(static_cast<size_t>((bits + 63) / 64));
  for (i64 word = 0; word * 32 < bits; ++word) {
    i64 left = bits - word * 32;
    u64 drawn = left < 32 ? twister.next() >> (32 - left) : twister.next();
    limbs[static_cast<size_t>(word / 2)] |= drawn << (word % 2 * 32);
  }
  return new_int_limbs(rt, limbs.data(), limbs.size(), false);
}

// --- the state -------------------------------------------------------------------------------------------

Result random_getstate(Runtime& rt, Frame& f) {
  TRY(require_self(rt, f[0]));
  Tuple* words = new_tuple(rt, kWords + 1);
  const Twister& twister = twister_of(f[0]);
  for (u32 i = 0; i < kWords; ++i) words->items[i] = Value::from_int(twister.state[i]);
  words->items[kWords] = Value::from_int(twister.index);
  return Value::from(words);
}

Result random_setstate(Runtime& rt, Frame& f) {
  TRY(require_self(rt, f[0]));
  const Tuple* words = as<Tuple>(f[1]);
  if (!words) return raise(rt, TypeId::TypeError, "state vector must be a tuple");
  if (words->size != kWords + 1) return raise(rt, TypeId::ValueError, "state vector is the wrong size");
  u32 values[kWords + 1];
  for (u32 i = 0; i <= kWords; ++i) {
    u64 word = 0;
    if (!is_int_like(words->items[i])) return raise(rt, TypeId::TypeError, "an integer is required");
    if (!int_to_u64(words->items[i], word)) {
      return raise(rt, TypeId::OverflowError, "Python int too large to convert to C unsigned long");
    }
    values[i] = static_cast<u32>(word);
  }
  if (values[kWords] > kWords) return raise(rt, TypeId::ValueError, "invalid state");
  Twister& twister = twister_of(f[0]);
  std::copy(values, values + kWords, twister.state);
  twister.index = values[kWords];
  return Result::none();
}

void set_up(Runtime& rt, Module& module) {
  module_set(rt, module, "Random", Value::from(rt.type(TypeId::RandomCore)));
}

const NativeSpec kMethods[] = {
    {"__new__", random_new, "(cls, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", random_init, "(self, *args)", nullptr, 2},
    {"seed", random_seed, "(self, n=None, /)",
     "seed([n]) -> None. Seeds by an int, or by the hash of another object.", 2},
    {"random", random_random, "(self, /)", "random() -> x in the interval [0, 1)."},
    {"getrandbits", random_getrandbits, "(self, k, /)",
     "getrandbits(k) -> x. Generates an int with k random bits."},
    {"getstate", random_getstate, "(self, /)", "getstate() -> tuple containing the current state."},
    {"setstate", random_setstate, "(self, state, /)", "setstate(state) -> None. Restores generator state."},
};

}  // namespace

extern const TypeSpec kRandomCoreType;
const TypeSpec kRandomCoreType = {
    "Random",       "_random", "Random() -> create a random number generator with its own internal state.",
    TypeId::Object, Kind::Raw, kTypeHidden,
    kMethods,       {},
};

extern const ModuleSpec kRandomModule;
const ModuleSpec kRandomModule = {
    "_random",
    "Module implements the Mersenne Twister random number generator.",
    {},
    set_up,
};

}  // namespace lisle::rt
