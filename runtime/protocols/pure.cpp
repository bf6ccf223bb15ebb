// Pure hashing and comparing: see pure.h.
//
// "Native" below means that the class takes the answer from the builtin type unchanged, so a subclass that
// does not override __eq__ (named tuples, string enumerations) is as fast as its base.
#include "runtime/protocols/pure.h"

#include <cmath>

#include <bit>

#include "runtime/types/bytes.h"
#include "runtime/types/datetime.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/set.h"

namespace lisle::rt {

namespace {

constexpr int kMaxDepth = 32;

bool inherits(const Runtime& rt, Value v, Special s, TypeId base) {
  return type_of(rt, v)->special(s) == rt.type(base)->special(s);
}

TypeId builtin_of(Kind kind) {
  switch (kind) {
    case Kind::Int:
      return TypeId::Int;
    case Kind::Float:
      return TypeId::Float;
    case Kind::Complex:
      return TypeId::Complex;
    case Kind::Str:
      return TypeId::Str;
    case Kind::Bytes:
      return TypeId::Bytes;
    case Kind::Tuple:
      return TypeId::Tuple;
    case Kind::List:
      return TypeId::List;
    case Kind::Dict:
      return TypeId::Dict;
    case Kind::Set:
      return TypeId::Set;
    case Kind::TimeDelta:
      return TypeId::TimeDelta;
    case Kind::Date:
      return TypeId::Date;
    case Kind::Time:
      return TypeId::Time;
    case Kind::DateTime:
      return TypeId::DateTime;
    default:
      return TypeId::Object;
  }
}

// Does == on `v` mean what its layout's builtin type says?
bool has_native_equality(const Runtime& rt, Value v) {
  if (!v.is_object()) return true;
  if (v.object()->kind == Kind::Set) {
    return inherits(rt, v, Special::Eq, TypeId::Set) || inherits(rt, v, Special::Eq, TypeId::FrozenSet);
  }
  return inherits(rt, v, Special::Eq, builtin_of(v.object()->kind));
}

// Ints below the modulus of hashes, 2^61 - 1, are their own hash; -1 is nobody's.
inline bool small_int_hash(Value v, i64& hash) {
  if (!v.is_int() || v.as_int() >= kSmallIntMax || v.as_int() <= -kSmallIntMax) return false;
  hash = v.as_int() == -1 ? -2 : v.as_int();
  return true;
}

bool hash_at(Runtime& rt, Value v, i64& hash, int depth);
bool equal_at(Runtime& rt, Value a, Value b, bool& equal, int depth);

bool hash_tuple(Runtime& rt, const Tuple& tuple, i64& hash, int depth) {
  TupleHash state;
  for (u64 i = 0; i < tuple.size; ++i) {
    i64 item;
    if (small_int_hash(tuple.items[i], item)) {
      state.add(item);
      continue;
    }
    if (!hash_at(rt, tuple.items[i], item, depth)) return false;
    state.add(item);
  }
  hash = state.finish(tuple.size);
  return true;
}

bool hash_at(Runtime& rt, Value v, i64& hash, int depth) {
  if (quick_hash(rt, v, hash)) return true;
  if (!v.is_object() || depth == 0) return false;
  Value method = type_of(rt, v)->special(Special::Hash);
  if (method.is_none() || method.is_unbound()) return false;
  if (method == rt.type(TypeId::Object)->special(Special::Hash)) {
    hash = identity_hash(v);
    return true;
  }
  Kind kind = v.object()->kind;
  if (kind == Kind::Set && method == rt.type(TypeId::FrozenSet)->special(Special::Hash)) {
    hash = frozenset_hash(*to<Set>(v));
    return true;
  }
  if (method != rt.type(builtin_of(kind))->special(Special::Hash)) return false;
  switch (kind) {
    case Kind::Tuple:
      return hash_tuple(rt, *to<Tuple>(v), hash, depth - 1);
    case Kind::Str:
      hash = str_hash(rt, to<Str>(v));
      return true;
    case Kind::Bytes:
      hash = bytes_hash(rt, to<Bytes>(v));
      return true;
    case Kind::Int:
      hash = int_hash(v);
      return true;
    case Kind::Float:
      hash = std::isnan(to<Float>(v)->number) ? identity_hash(v) : double_hash(to<Float>(v)->number);
      return true;
    default:
      return moment_hash_at_once(rt, v, hash);
  }
}

bool equal_runs(Runtime& rt, const Value* a, const Value* b, u64 count, bool& equal, int depth) {
  for (u64 i = 0; i < count; ++i) {
    if (a[i] == b[i]) continue;
    equal = false;
    if (Value::both_int(a[i], b[i])) return true;
    if (!equal_at(rt, a[i], b[i], equal, depth)) return false;
    if (!equal) return true;
  }
  equal = true;
  return true;
}

bool equal_dicts(Runtime& rt, Dict& a, Dict& b, bool& equal, int depth) {
  u64 position = 0;
  Value key, value;
  while (dict_next(a, position, key, value)) {
    i64 hash = static_cast<i64>(a.entries->items[(position - 1) * Dict::kEntryWords].bits() >> 2);
    i64 entry;
    Probe probe = dict_probe(rt, b, key, hash, entry);
    if (probe == Probe::kAsk) return false;
    equal = false;
    if (probe == Probe::kAbsent) return true;
    if (!equal_at(rt, value, b.value_at(static_cast<u64>(entry)), equal, depth)) return false;
    if (!equal) return true;
  }
  equal = true;
  return true;
}

bool equal_sets(Runtime& rt, Set& a, Set& b, bool& equal) {
  u64 position = 0, slot;
  Value key;
  i64 hash;
  while (set_next(a, position, key, hash)) {
    SetProbe probe = set_probe(rt, b, key, hash, slot);
    if (probe == SetProbe::kAsk) return false;
    equal = false;
    if (probe == SetProbe::kAbsent) return true;
  }
  equal = true;
  return true;
}

// Two objects of the same layout, both with the builtin type's equality.
bool equal_same_kind(Runtime& rt, Value a, Value b, bool& equal, int depth) {
  equal = false;
  switch (a.object()->kind) {
    case Kind::Str:
      equal = str_equal(to<Str>(a), to<Str>(b));
      return true;
    case Kind::Bytes:
      equal = to<Bytes>(a)->view() == to<Bytes>(b)->view();
      return true;
    case Kind::Tuple: {
      Tuple &x = *to<Tuple>(a), &y = *to<Tuple>(b);
      return x.size != y.size || equal_runs(rt, x.items, y.items, x.size, equal, depth);
    }
    case Kind::List: {
      List &x = *to<List>(a), &y = *to<List>(b);
      if (x.size != y.size) return true;
      if (x.size == 0) return (equal = true);
      return equal_runs(rt, x.items->items, y.items->items, x.size, equal, depth);
    }
    case Kind::Dict: {
      Dict &x = *to<Dict>(a), &y = *to<Dict>(b);
      return x.used != y.used || equal_dicts(rt, x, y, equal, depth);
    }
    case Kind::Set: {
      Set &x = *to<Set>(a), &y = *to<Set>(b);
      return x.used != y.used || equal_sets(rt, x, y, equal);
    }
    case Kind::TimeDelta:
    case Kind::Date:
    case Kind::Time:
    case Kind::DateTime: {
      int order;
      if (!moment_order_at_once(rt, a, b, order)) return false;
      equal = order == 0;
      return true;
    }
    default:
      return inherits(rt, a, Special::Eq, TypeId::Object) && inherits(rt, b, Special::Eq, TypeId::Object);
  }
}

bool equal_at(Runtime& rt, Value a, Value b, bool& equal, int depth) {
  if (a == b) return (equal = true);
  constexpr ShapeId kTuple = Runtime::shape_of(TypeId::Tuple);
  if (depth > 0 && a.is_object() && b.is_object() && a.object()->shape == kTuple &&
      b.object()->shape == kTuple)
    return equal_same_kind(rt, a, b, equal, depth - 1);
  if (quick_equal(rt, a, b, equal)) return true;
  if (depth == 0 || !has_native_equality(rt, a) || !has_native_equality(rt, b)) return false;
  if (is_int_like(a) && is_int_like(b)) {
    equal = int_compare(a, b) == 0;
    return true;
  }
  if (is_float(a) && is_float(b)) {
    equal = float_value(a) == float_value(b);
    return true;
  }
  if (a.is_object() && b.is_object() && a.object()->kind == b.object()->kind) {
    return equal_same_kind(rt, a, b, equal, depth - 1);
  }
  // Different layouts: numbers with numbers may still be equal; containers and identity-compared objects are
  // not.
  bool a_number = !a.is_object() || a.object()->kind <= Kind::Complex;
  bool b_number = !b.is_object() || b.object()->kind <= Kind::Complex;
  if (a_number && b_number) return false;
  auto foreign_to_all = [&](Value v) {
    if (!v.is_object()) return true;
    switch (v.object()->kind) {
      case Kind::Float:
      case Kind::Int:
      case Kind::Complex:
      case Kind::Str:
      case Kind::Bytes:
      case Kind::Tuple:
      case Kind::List:
      case Kind::Dict:
        return true;
      default:
        return inherits(rt, v, Special::Eq, TypeId::Object);
    }
  };
  equal = false;
  return foreign_to_all(a) && foreign_to_all(b);
}

bool less_runs(Runtime& rt, const Value* a, u64 a_size, const Value* b, u64 b_size, bool& less, int depth);

bool less_at(Runtime& rt, Value a, Value b, bool& less, int depth) {
  if (Value::both_int(a, b)) {
    less = a.as_int() < b.as_int();
    return true;
  }
  if (a.is_double() && b.is_double()) {
    less = a.as_double() < b.as_double();
    return true;
  }
  if (a.is_int() && b.is_double()) {
    f64 d = b.as_double();
    less = d == d && int_compare_double(a, d) < 0;
    return true;
  }
  if (a.is_double() && b.is_int()) {
    f64 d = a.as_double();
    less = d == d && int_compare_double(b, d) > 0;
    return true;
  }
  if (!a.is_object() || !b.is_object() || depth == 0) return false;
  Object *x = a.object(), *y = b.object();
  if (x->shape != y->shape) return false;
  if (x->shape == rt.shape_of(TypeId::Str)) {
    less = str_compare(to<Str>(a), to<Str>(b)) < 0;
    return true;
  }
  if (x->shape == rt.shape_of(TypeId::Tuple)) {
    Tuple &s = *to<Tuple>(a), &t = *to<Tuple>(b);
    return less_runs(rt, s.items, s.size, t.items, t.size, less, depth - 1);
  }
  if (x->shape == rt.shape_of(TypeId::Int)) {
    less = int_compare(a, b) < 0;
    return true;
  }
  if (x->shape == rt.shape_of(TypeId::Bytes)) {
    less = to<Bytes>(a)->view() < to<Bytes>(b)->view();
    return true;
  }
  int order;
  if (type_of(rt, a)->is_heap || !moment_order_at_once(rt, a, b, order)) return false;
  less = order < 0;
  return true;
}

bool less_runs(Runtime& rt, const Value* a, u64 a_size, const Value* b, u64 b_size, bool& less, int depth) {
  u64 common = a_size < b_size ? a_size : b_size;
  for (u64 i = 0; i < common; ++i) {
    bool equal;
    if (!equal_at(rt, a[i], b[i], equal, depth)) return false;
    if (!equal) return less_at(rt, a[i], b[i], less, depth);
  }
  less = a_size < b_size;
  return true;
}

}  // namespace

bool pure_hash(Runtime& rt, Value v, i64& hash) {
  if (small_int_hash(v, hash)) return true;
  if (v.is_object() && v.object()->shape == rt.shape_of(TypeId::Tuple))
    return hash_tuple(rt, *to<Tuple>(v), hash, kMaxDepth);
  return hash_at(rt, v, hash, kMaxDepth);
}

bool pure_equal(Runtime& rt, Value a, Value b, bool& equal) {
  return equal_at(rt, a, b, equal, kMaxDepth);
}

bool pure_less(Runtime& rt, Value a, Value b, bool& less) {
  return less_at(rt, a, b, less, kMaxDepth);
}

i64 identity_hash(Value v) {
  i64 hash = static_cast<i64>(std::rotr(v.bits() & ~u64{3}, 4));
  return hash == -1 ? -2 : hash;
}

}  // namespace lisle::rt
