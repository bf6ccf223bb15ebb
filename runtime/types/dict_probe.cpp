// Dict operations whose keys are hashed and compared by the program. Every step machine here finds its place
// again after the program ran: the probe starts over when the table was rebuilt or the key under comparison
// was replaced.
#include "runtime/protocols/compare.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/int.h"

namespace lisle::rt {

namespace {

// What hash() delivered, as a machine word.
i64 hash_word(Value v) {
  i64 hash = 0;
  int_to_i64(v, hash);
  return hash;
}

}  // namespace

// dict, key, hash (an int) → entry number or -1.
// f[3] slot and f[4] perturbation of the walk, f[5] the entry array, f[6] the key and f[7] the entry being
// compared.
Result dict_probe_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Dict& d = *to<Dict>(f[0]);
  u64 stored = stored_hash(hash_word(f[2]));
  switch (f.step()) {
    case 0:
      for (;;) {
        {
          if (d.used == 0) return Value::from_int(-1);
          if (f[5] != Value::from(d.entries)) {  // first time, or the table was rebuilt
            f[5] = Value::from(d.entries);
            f[4] = Value::from_bits(stored);
            f[3] = Value::from_int(static_cast<i64>((stored >> 2) & ((u64{1} << d.index_log2) - 1)));
          }
          i64 entry = with_walk(d, stored, [&](auto& walk) {
            walk.slot = static_cast<u64>(f[3].as_int());
            walk.perturb = f[4].bits() >> 2;
            i64 number = walk.next_entry();
            f[3] = Value::from_int(static_cast<i64>(walk.slot));
            f[4] = Value::from_bits(walk.perturb << 2);
            return number;
          });
          if (entry < 0) return Value::from_int(-1);
          f[6] = d.key_at(static_cast<u64>(entry));
          f[7] = Value::from_int(entry);
          if (f[6].is_unbound()) continue;
          if (f[6] == f[1]) return f[7];
        }
        AWAIT(1, equal(rt, f, f[6], f[1]));
        u64 entry = static_cast<u64>(f[7].as_int());
        bool same_place = f[5] == Value::from(d.entries) && entry < d.filled && d.key_at(entry) == f[6];
        if (!same_place) {
          f[5] = Value();
          continue;
        }
        if (r.value().is_true()) return f[7];
      }
  }
  LISLE_UNREACHABLE();
}

// dict, key → the value, or unbound. f[2] hash.
Result dict_get_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, f[1]));
      f[2] = r.value();
      AWAIT(2, call_internal(rt, f, Internal::DictProbe, {f[0], f[1], f[2]}));
      i64 entry = r.value().as_int();
      return entry < 0 ? Value::unbound() : to<Dict>(f[0])->value_at(static_cast<u64>(entry));
  }
  LISLE_UNREACHABLE();
}

// dict, key, value → None. f[3] hash.
Result dict_set_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, f[1]));
      f[3] = r.value();
      AWAIT(2, call_internal(rt, f, Internal::DictProbe, {f[0], f[1], f[3]}));
      i64 entry = r.value().as_int();
      Dict& d = *to<Dict>(f[0]);
      if (entry >= 0) {
        dict_replace(rt, d, static_cast<u64>(entry), f[2]);
      } else {
        dict_insert_new(rt, d, f[1], hash_word(f[3]), f[2]);
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// dict, key → whether it was there. f[2] hash.
Result dict_delete_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, f[1]));
      f[2] = r.value();
      AWAIT(2, call_internal(rt, f, Internal::DictProbe, {f[0], f[1], f[2]}));
      i64 entry = r.value().as_int();
      if (entry >= 0) dict_remove_entry(*to<Dict>(f[0]), static_cast<u64>(entry));
      return Result::boolean(entry >= 0);
  }
  LISLE_UNREACHABLE();
}

// dict, key → a bool. f[2] hash.
Result dict_contains_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, f[1]));
      f[2] = r.value();
      AWAIT(2, call_internal(rt, f, Internal::DictProbe, {f[0], f[1], f[2]}));
      return Result::boolean(r.value().as_int() >= 0);
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
