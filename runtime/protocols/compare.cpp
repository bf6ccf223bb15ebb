// Comparison, equality, truth, hashing and membership.
//
// Each question is answered at once for values that no program code can influence; otherwise the class's
// special methods are asked, and where more than one may have to be asked a step machine does it.
#include "runtime/protocols/compare.h"

#include <cmath>

#include "runtime/builtins/warn.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/pure.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/number_compare.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

constexpr Special kSpecialOf[] = {Special::Lt, Special::Le, Special::Eq,
                                  Special::Ne, Special::Gt, Special::Ge};
constexpr CompareOp kReflected[] = {CompareOp::Gt, CompareOp::Ge, CompareOp::Eq,
                                    CompareOp::Ne, CompareOp::Lt, CompareOp::Le};
constexpr const char* kSigns[] = {"<", "<=", "==", "!=", ">", ">="};

Special special_of(CompareOp op) {
  return kSpecialOf[static_cast<int>(op)];
}

bool is_exact_number(const Runtime& rt, Value v) {
  if (!v.is_object()) return v.is_int() || v.is_double() || v.is_bool();
  ShapeId shape = v.object()->shape;
  return shape == rt.shape_of(TypeId::Int) || shape == rt.shape_of(TypeId::Float);
}

bool has_str_shape(const Runtime& rt, Value v) {
  return v.is_object() && v.object()->shape == rt.shape_of(TypeId::Str);
}

// Bits 0, 1 and 2: does the comparison hold for less, equal, greater? In the order of CompareOp.
constexpr u8 kHolds[] = {1, 3, 2, 5, 4, 6};

bool order_holds(CompareOp op, int order) {
  return kHolds[static_cast<int>(op)] >> ((order > 0) - (order < 0) + 1) & 1;
}

// What is left when nobody knows: identity for == and !=, an error for the rest.
Result default_comparison(Runtime& rt, CompareOp op, Value a, Value b) {
  if (op == CompareOp::Eq) return Result::boolean(a == b);
  if (op == CompareOp::Ne) return Result::boolean(!(a == b));
  return raise(rt, TypeId::TypeError, "'%s' not supported between instances of '%s' and '%s'",
               kSigns[static_cast<int>(op)], type_name(rt, a), type_name(rt, b));
}

// Does `v` compare as object does, by identity and nothing else?
bool compares_by_identity(const Runtime& rt, Value v) {
  return type_of(rt, v)->type_flags & kTypeIdentity;
}

// Asks b's reflected method first when its class is a subclass that may override it.
bool reflected_goes_first(const Runtime& rt, CompareOp op, Value a, Value b) {
  const Type *left = type_of(rt, a), *right = type_of(rt, b);
  if (left == right || !is_subtype(right, left)) return false;
  Value method = right->special(special_of(kReflected[static_cast<int>(op)]));
  return !method.is_unbound();
}

// The left operand's method where it is native, runs at once and comes first; what it says, or unbound. Where
// it has to wait it has recognised its operand, and what arrives later is the result.
Result compare_natively(Runtime& rt, Frame& f, CompareOp op, Value a, Value b) {
  const auto* native = as<Native>(type_of(rt, a)->special(special_of(op)));
  if (!native || native->owner == nullptr || reflected_goes_first(rt, op, a, b)) return Value::unbound();
  const NativeEntry& entry = rt.natives[native->native_id];
  if (!runs_at_once(entry) || entry.flags & kCatches) return Value::unbound();
  const Result r = call_special(rt, f, a, special_of(op), {b});
  return r.is_value() && r.value().is_not_implemented() ? Result(Value::unbound()) : r;
}

// A method that is None counts, and calling it raises: so a class blocks a comparison.
bool answers(const Runtime& rt, Value v, CompareOp op) {
  return !type_of(rt, v)->special(special_of(op)).is_unbound();
}

}  // namespace

Result ask(Runtime& rt, Frame& f, CompareOp op, Value v, Value other) {
  const Value method = type_of(rt, v)->special(special_of(op));
  if (is_kind(method, Kind::Function) || is_kind(method, Kind::Native) || method.is_none())
    return call_special(rt, f, v, special_of(op), {other});
  return call_internal(rt, f, Internal::AskDescriptor, {v, method, other});
}

// f: object, what its class has as method of a comparison, argument. Where the method cannot be had the
// object has no answer, as in CPython.
Result ask_descriptor(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, bind_descriptor(rt, f, f[1], f[0], type_of(rt, f[0])));
      if (r.is_raised()) {
        if (!raised_is(rt, TypeId::Exception)) return r;
        (void)take_raised(rt);
        return Value::not_implemented();
      }
      AWAIT(2, call(rt, f, r.value(), {f[2]}));
      return r;
  }
  LISLE_UNREACHABLE();
}

Result compare(Runtime& rt, Frame& f, CompareOp op, Value a, Value b) {
  if (has_str_shape(rt, a) && has_str_shape(rt, b)) {
    const Str *x = to<Str>(a), *y = to<Str>(b);
    bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
    return Result::boolean(equality ? str_equal(x, y) == (op == CompareOp::Eq)
                                    : order_holds(op, str_compare(x, y)));
  }
  if (Value::both_int(a, b)) {
    i64 x = a.as_int(), y = b.as_int();
    return Result::boolean(order_holds(op, x < y ? -1 : x > y ? 1 : 0));
  }
  if (is_exact_number(rt, a) && is_exact_number(rt, b)) return number_compare(rt, op, a, b);
  if (compares_by_identity(rt, a) && compares_by_identity(rt, b) &&
      (op == CompareOp::Eq || op == CompareOp::Ne))
    return Result::boolean((a == b) == (op == CompareOp::Eq));
  const Result said = compare_natively(rt, f, op, a, b);
  if (!said.is_value() || !said.value().is_unbound()) return said;
  return call_internal(rt, f, Internal::Compare, {Value::from_int(static_cast<int>(op)), a, b});
}

// f: operation, left, right, whether the reflected method was asked first.
Result compare_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  const CompareOp op = one_of(f[0], CompareOp::Ge);
  CompareOp reflected = kReflected[static_cast<int>(op)];
  switch (f.step()) {
    case 0:
      f[3] = Value::from_bool(reflected_goes_first(rt, op, f[1], f[2]));
      if (f[3].is_true()) {
        AWAIT(1, ask(rt, f, reflected, f[2], f[1]));
        if (!r.value().is_not_implemented()) return r;
      }
      if (answers(rt, f[1], op)) {
        AWAIT(2, ask(rt, f, op, f[1], f[2]));
        if (!r.value().is_not_implemented()) return r;
      }
      if (!f[3].is_true() && answers(rt, f[2], reflected)) {
        AWAIT(3, ask(rt, f, reflected, f[2], f[1]));
        if (!r.value().is_not_implemented()) return r;
      }
      return default_comparison(rt, op, f[1], f[2]);
  }
  LISLE_UNREACHABLE();
}

Result equal(Runtime& rt, Frame& f, Value a, Value b) {
  if (a == b) return Result::boolean(true);
  bool known;
  if (quick_equal(rt, a, b, known) || pure_equal(rt, a, b, known)) return Result::boolean(known);
  return call_internal(rt, f, Internal::Equal, {a, b});
}

// f: left, right.
Result equal_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, compare(rt, f, CompareOp::Eq, f[0], f[1]));
      f.set_step(2);
      return truth(rt, f, r.value());
    case 2:
      return r;
  }
  LISLE_UNREACHABLE();
}

bool quick_equal(Runtime& rt, Value a, Value b, bool& result) {
  if (is_exact_number(rt, a) && is_exact_number(rt, b)) {
    result = Value::both_int(a, b) ? a == b : number_compare(rt, CompareOp::Eq, a, b).value().is_true();
    return true;
  }
  bool left = has_str_shape(rt, a), right = has_str_shape(rt, b);
  if (left && right) {
    result = str_equal(to<Str>(a), to<Str>(b));
    return true;
  }
  if ((left && is_exact_number(rt, b)) || (right && is_exact_number(rt, a)) ||
      (a.is_none() && (left || right)) || (b.is_none() && (left || right))) {
    result = false;
    return true;
  }
  if (a.is_none() && b.is_none()) return result = true;
  return false;
}

// --- truth
// ---------------------------------------------------------------------------------------------------------------

bool quick_truth(Runtime& rt, Value v, bool& known) {
  known = true;
  if (v.is_int()) return v.as_int() != 0;
  if (v.is_double()) return v.as_double() != 0;
  if (v.is_not_implemented()) return known = false;  // asking it is deprecated, and warned of
  if (v.is_immediate()) return !v.is_none() && !v.is_false();
  ShapeId shape = v.object()->shape;
  if (shape == rt.shape_of(TypeId::Str)) return to<Str>(v)->length != 0;
  if (shape == rt.shape_of(TypeId::List)) return to<List>(v)->size != 0;
  if (shape == rt.shape_of(TypeId::Tuple)) return to<Tuple>(v)->size != 0;
  if (shape == rt.shape_of(TypeId::Dict)) return to<Dict>(v)->used != 0;
  if (shape == rt.shape_of(TypeId::Float)) return float_value(v) != 0;
  const Type* type = type_of(rt, v);
  if (type->special(Special::Bool).is_unbound() && type->special(Special::Len).is_unbound()) return true;
  known = false;
  return false;
}

Result truth(Runtime& rt, Frame& f, Value v) {
  bool known;
  bool answer = quick_truth(rt, v, known);
  if (known) return Result::boolean(answer);
  return call_internal(rt, f, Internal::Truth, {v});
}

namespace {

Result truth_of_length(Runtime& rt, Value length) {
  if (!is_int_like(length))
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, length));
  if (int_is_negative(length)) return raise(rt, TypeId::ValueError, "__len__() should return >= 0");
  return Result::boolean(!int_is_zero(length));
}

}  // namespace

// f: value.
Result truth_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[0].is_not_implemented()) {
        AWAIT(3, warn(rt, f, TypeId::DeprecationWarning,
                      "NotImplemented should not be used in a boolean context"));
        return Result::boolean(true);
      }
      if (!type_of(rt, f[0])->special(Special::Bool).is_unbound()) {
        AWAIT(1, call_special(rt, f, f[0], Special::Bool, {}));
        if (r.value().is_bool()) return r;
        return raise(rt, TypeId::TypeError, "__bool__ should return bool, returned %s",
                     type_name(rt, r.value()));
      }
      if (!has_special(rt, f[0], Special::Len)) return Result::boolean(true);
      AWAIT(2, call_special(rt, f, f[0], Special::Len, {}));
      return truth_of_length(rt, r.value());
  }
  LISLE_UNREACHABLE();
}

// --- hash
// ----------------------------------------------------------------------------------------------------------------

bool quick_hash(Runtime& rt, Value v, i64& result) {
  if (v.is_int() || v.is_bool()) {
    result = int_hash(v);
  } else if (v.is_double()) {
    result = std::isnan(v.as_double()) ? identity_hash(v) : double_hash(v.as_double());
  } else if (!v.is_object()) {
    result = identity_hash(v);
  } else if (v.object()->shape == rt.shape_of(TypeId::Str)) {
    result = str_hash(rt, to<Str>(v));
  } else if (v.object()->shape == rt.shape_of(TypeId::Bytes)) {
    result = bytes_hash(rt, to<Bytes>(v));
  } else if (v.object()->shape == rt.shape_of(TypeId::Int)) {
    result = int_hash(v);
  } else if (v.object()->shape == rt.shape_of(TypeId::Float)) {
    // Every NaN differs from all others, and hashes so.
    result = std::isnan(float_value(v)) ? identity_hash(v) : double_hash(float_value(v));
  } else if (type_of(rt, v)->special(Special::Hash) == rt.type(TypeId::Object)->special(Special::Hash)) {
    result = identity_hash(v);
  } else {
    return false;
  }
  return true;
}

Result hash(Runtime& rt, Frame& f, Value v) {
  i64 known;
  if (quick_hash(rt, v, known) || pure_hash(rt, v, known)) return new_int(rt, known);
  if (!has_special(rt, v, Special::Hash))
    return raise(rt, TypeId::TypeError, "unhashable type: '%s'", type_name(rt, v));
  return call_internal(rt, f, Internal::Hash, {v});
}

// f: value.
Result hash_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      AWAIT(1, call_special(rt, f, f[0], Special::Hash, {}));
      if (!is_int_like(r.value()))
        return raise(rt, TypeId::TypeError, "__hash__ method should return an integer");
      i64 n;
      // A hash is what fits the machine's integers; larger ones are hashed again, and -1 is never a hash.
      if (!int_to_i64(r.value(), n)) n = int_hash(r.value());
      return new_int(rt, n == -1 ? -2 : n);
    }
  }
  LISLE_UNREACHABLE();
}

// --- membership
// ----------------------------------------------------------------------------------------------------------

namespace {

// Classes that leave the question to their builtin layout, whose answer is a bool.
bool contains_natively(const Runtime& rt, const Type& type) {
  auto* native = as<Native>(type.special(Special::Contains));
  if (!native || !native->owner || native->owner->special(Special::Contains) != Value::from(native))
    return false;
  return rt.natives[native->native_id].registers == 0;
}

}  // namespace

Result contains(Runtime& rt, Frame& f, Value container, Value item) {
  if (container.is_object()) {
    Object* o = container.object();
    if (o->shape == rt.shape_of(TypeId::Dict)) return dict_contains(rt, f, *to<Dict>(container), item);
    if (has_str_shape(rt, container) && has_str_shape(rt, item))
      return Result::boolean(str_contains(to<Str>(container), to<Str>(item)));
    // A set as an item means the frozenset of its keys.
    if (is_exact_set(rt, container) && !is_kind(item, Kind::Set))
      return set_contains(rt, f, *to<Set>(container), item);
    if (contains_natively(rt, *type_of(rt, container)))
      return call_special(rt, f, container, Special::Contains, {item});
  }
  return call_internal(rt, f, Internal::Contains, {container, item});
}

// f: container, item, iterator.
Result contains_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!type_of(rt, f[0])->special(Special::Contains).is_unbound()) {
        if (!has_special(rt, f[0], Special::Contains))
          return raise(rt, TypeId::TypeError, "'%s' object is not a container", type_name(rt, f[0]));
        AWAIT(1, call_special(rt, f, f[0], Special::Contains, {f[1]}));
        AWAIT(2, truth(rt, f, r.value()));
        return r;
      }
      if (!has_special(rt, f[0], Special::Iter) && !has_special(rt, f[0], Special::GetItem))
        return raise(rt, TypeId::TypeError, "argument of type '%s' is not iterable", type_name(rt, f[0]));
      AWAIT(3, iter(rt, f, f[0]));
      f[2] = r.value();
      for (;;) {
        AWAIT(4, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::boolean(false);
        AWAIT(5, equal(rt, f, r.value(), f[1]));
        if (r.value().is_true()) return r;
      }
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
