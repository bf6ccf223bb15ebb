// Dispatch of operators. Exact ints, floats, complex numbers and strings are computed here at once.
// Everything else asks the classes: the candidates are laid out in the order of the data model and tried one
// after the other. Native leaves are called directly; as soon as a method of the program is among them, a
// step machine takes over, so that operators of the program never nest on the C++ stack.
#include "runtime/protocols/arith.h"

#include <string>

#include "runtime/types/float.h"
#include "runtime/types/format_quickly.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list_items.h"
#include "runtime/types/set_table.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

constexpr u32 kRowCount = static_cast<u32>(BinaryOp::Xor) + 1;

// __add__ ... __xor__ stand in specials.def with __divmod__ between __mod__ and __pow__, and so do the
// reflected ones.
Special row(Special first, BinaryOp op) {
  if (op == BinaryOp::DivMod) {
    u32 distance = static_cast<u32>(Special::DivMod) - static_cast<u32>(Special::Add);
    return static_cast<Special>(static_cast<u32>(first) + distance);
  }
  u32 index = static_cast<u32>(op);
  return static_cast<Special>(static_cast<u32>(first) + index + (op >= BinaryOp::Pow));
}
Special forward_special(BinaryOp op) {
  return row(Special::Add, op);
}
Special reflected_special(BinaryOp op) {
  return row(Special::RAdd, op);
}
// There is no in-place divmod.
Special inplace_special(BinaryOp op) {
  return static_cast<Special>(static_cast<u32>(Special::IAdd) + static_cast<u32>(op));
}
static_assert(static_cast<u32>(Special::IXor) - static_cast<u32>(Special::IAdd) + 1 == kRowCount);
static_assert(static_cast<u32>(Special::RXor) - static_cast<u32>(Special::RAdd) == kRowCount);

const char* symbol(BinaryOp op) {
  static constexpr const char* kSymbols[] = {"+",           "-",  "*",  "@", "/", "//", "%",
                                             "** or pow()", "<<", ">>", "&", "|", "^",  "divmod()"};
  return kSymbols[static_cast<size_t>(op)];
}

Result raise_unsupported(Runtime& rt, BinaryOp op, bool in_place, Value a, Value b) {
  std::string name = in_place ? (op == BinaryOp::Pow ? "**" : symbol(op)) + std::string("=") : symbol(op);
  const char* hint = "";
  // The statement of the language's second version.
  if (op == BinaryOp::RShift && !in_place && is_kind(a, Kind::Native) &&
      str_equals(to<Native>(a)->name, "print")) {
    hint = ". Did you mean \"print(<message>, file=<output_stream>)\"?";
  }
  std::string left = type_name(rt, a);
  return raise(rt, TypeId::TypeError, "unsupported operand type(s) for %s: '%s' and '%s'%s", name.c_str(),
               left.c_str(), type_name(rt, b), hint);
}

// --- exact builtin numbers -------------------------------------------------------------------------------

Result int_operation(Runtime& rt, BinaryOp op, Value a, Value b) {
  switch (op) {
    case BinaryOp::Add:
      return int_add(rt, a, b);
    case BinaryOp::Sub:
      return int_sub(rt, a, b);
    case BinaryOp::Mul:
      return int_mul(rt, a, b);
    case BinaryOp::TrueDiv:
      return int_truediv(rt, a, b);
    case BinaryOp::FloorDiv:
      return int_floordiv(rt, a, b);
    case BinaryOp::Mod:
      return int_mod(rt, a, b);
    case BinaryOp::Pow:
      return int_pow(rt, a, b);
    case BinaryOp::LShift:
      return int_lshift(rt, a, b);
    case BinaryOp::RShift:
      return int_rshift(rt, a, b);
    case BinaryOp::And:
      return int_and(rt, a, b);
    case BinaryOp::Or:
      return int_or(rt, a, b);
    case BinaryOp::Xor:
      return int_xor(rt, a, b);
    case BinaryOp::DivMod:
      return int_divmod(rt, a, b);
    case BinaryOp::MatMul:
      return Value::not_implemented();
  }
  LISLE_UNREACHABLE();
}

Result float_operation(Runtime& rt, BinaryOp op, f64 a, f64 b) {
  switch (op) {
    case BinaryOp::Add:
      return new_float(rt, a + b);
    case BinaryOp::Sub:
      return new_float(rt, a - b);
    case BinaryOp::Mul:
      return new_float(rt, a * b);
    case BinaryOp::TrueDiv:
      return float_truediv(rt, a, b);
    case BinaryOp::FloorDiv:
      return float_floordiv(rt, a, b);
    case BinaryOp::Mod:
      return float_mod(rt, a, b);
    case BinaryOp::Pow:
      return float_power(rt, a, b);
    case BinaryOp::DivMod:
      return float_divmod(rt, a, b);
    default:
      return Value::not_implemented();
  }
}

bool is_exact_float(const Runtime& rt, Value v) {
  return v.is_double() || (is_kind(v, Kind::Float) && v.object()->shape == rt.shape_of(TypeId::Float));
}
bool is_exact_integral(const Runtime& rt, Value v) {
  return v.is_bool() || is_exact_int(rt, v);
}

// The result for operands that are exact builtin numbers; not_implemented for all others.
Result exact_numbers(Runtime& rt, BinaryOp op, Value a, Value b) {
  bool a_int = is_exact_integral(rt, a), b_int = is_exact_integral(rt, b);
  if (a_int && b_int) {
    bool logical = op == BinaryOp::And || op == BinaryOp::Or || op == BinaryOp::Xor;
    if (!(logical && a.is_bool() && b.is_bool())) return int_operation(rt, op, a, b);
    Value bits = TRY(int_operation(rt, op, a, b));
    return Result::boolean(bits.as_int() != 0);
  }
  if ((a_int || is_exact_float(rt, a)) && (b_int || is_exact_float(rt, b))) {
    if (op >= BinaryOp::LShift && op <= BinaryOp::Xor) return Value::not_implemented();
    f64 x = 0, y = 0;
    TRY(double_of(rt, a, x));
    TRY(double_of(rt, b, y));
    return float_operation(rt, op, x, y);
  }
  return Value::not_implemented();
}

// --- candidates ------------------------------------------------------------------------------------------

// Methods to try, in order, packed for the register of a step machine: a byte each for the special and a bit
// whether the receiver is the right operand.
class Candidates {
 public:
  Candidates() = default;
  explicit Candidates(u64 packed) : packed_(packed) {}
  void add(Special s, bool reflected) {
    packed_ |= (static_cast<u64>(s) + 1) << (kBits * count_) | static_cast<u64>(reflected)
                                                                   << (kBits * count_ + 8);
    ++count_;
  }
  bool empty() const { return packed_ == 0; }
  Special special() const { return static_cast<Special>((packed_ & 0xff) - 1); }
  bool reflected() const { return packed_ >> 8 & 1; }
  void drop() { packed_ >>= kBits; }
  u64 packed() const { return packed_; }

 private:
  static constexpr u32 kBits = 9;
  u64 packed_ = 0;
  u32 count_ = 0;
};
static_assert(kSpecialCount < 255);

// A method that is None blocks: it is a candidate like any other, and calling it raises.
bool defines(const Type& type, Special s) {
  return !type.special(s).is_unbound();
}

// Concatenation and repetition of builtin sequences come after everything that works like a number: `[1] + x`
// asks x.__radd__ before the list refuses.
bool is_sequence_method(const Type& type, Special s) {
  const Native* native = as<Native>(type.special(s));
  if (!native || !native->owner || s == Special::Mod || s == Special::RMod) return false;
  switch (native->owner->instance_kind) {
    case Kind::Str:
    case Kind::Bytes:
    case Kind::ByteArray:
    case Kind::List:
    case Kind::Tuple:
      return true;
    default:
      return false;
  }
}

void add_binary_candidates(const Runtime& rt, BinaryOp op, Value a, Value b, Candidates& out) {
  Special forward = forward_special(op), reflected = reflected_special(op);
  const Type &left = *type_of(rt, a), &right = *type_of(rt, b);
  bool has_forward = defines(left, forward);
  bool has_reflected = &left != &right && defines(right, reflected);
  bool reflected_first = false;
  if (has_forward && has_reflected) {
    // The right operand goes first when its class specialises the left one's and overrides the method.
    reflected_first = is_subtype(&right, &left) && right.special(reflected) != left.special(reflected);
    if (is_sequence_method(left, forward) && !is_sequence_method(right, reflected)) reflected_first = true;
  }
  if (has_reflected && reflected_first) out.add(reflected, true);
  if (has_forward) out.add(forward, false);
  if (has_reflected && !reflected_first) out.add(reflected, true);
}

// In-place forms ask the left operand first, with the same exception for sequences.
void add_inplace_candidates(const Runtime& rt, BinaryOp op, Value a, Value b, Candidates& out) {
  Special in_place = inplace_special(op);
  const Type &left = *type_of(rt, a), &right = *type_of(rt, b);
  if (!defines(left, in_place)) {
    add_binary_candidates(rt, op, a, b, out);
    return;
  }
  if (!is_sequence_method(left, in_place)) {
    out.add(in_place, false);
    add_binary_candidates(rt, op, a, b, out);
    return;
  }
  Special reflected = reflected_special(op);
  if (defines(right, reflected) && !is_sequence_method(right, reflected)) out.add(reflected, true);
  out.add(in_place, false);
}

// Can the method be called here and now? Its frame lies above `f` and is gone when it returns.
bool is_native_leaf(const Runtime& rt, const Type& type, Special s) {
  const Native* native = as<Native>(type.special(s));
  if (!native) return false;
  const NativeEntry& entry = rt.natives[native->native_id];
  return entry.registers == 0 && !(entry.flags & (kSwitches | kCatches));
}

Result call_candidate(Runtime& rt, Frame& f, const Candidates& c, Value a, Value b) {
  return c.reflected() ? call_special(rt, f, b, c.special(), {a}) : call_special(rt, f, a, c.special(), {b});
}

Result try_candidates(Runtime& rt, Frame& f, BinaryOp op, bool in_place, Candidates candidates, Value a,
                      Value b) {
  while (!candidates.empty()) {
    const Type& receiver = *type_of(rt, candidates.reflected() ? b : a);
    if (!is_native_leaf(rt, receiver, candidates.special())) {
      i64 code = static_cast<i64>(op) << 1 | in_place;
      return call_internal(
          rt, f, Internal::BinaryOperator,
          {a, b, Value::from_int(static_cast<i64>(candidates.packed())), Value::from_int(code)});
    }
    // A leaf that has to wait has recognised its operand: what arrives later is the result.
    Result r = call_candidate(rt, f, candidates, a, b);
    if (!r.is_value() || !r.value().is_not_implemented()) return r;
    candidates.drop();
  }
  return raise_unsupported(rt, op, in_place, a, b);
}

}  // namespace

// f: left, right, candidates, operator and whether it is in place.
Result binary_operator_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      while (f[2].as_int() != 0) {
        AWAIT(1, call_candidate(rt, f, Candidates(static_cast<u64>(f[2].as_int())), f[0], f[1]));
        if (!r.value().is_not_implemented()) return r;
        Candidates rest(static_cast<u64>(f[2].as_int()));
        rest.drop();
        f[2] = Value::from_int(static_cast<i64>(rest.packed()));
      }
      return raise_unsupported(rt, one_of(Value::from_int(f[3].as_int() >> 1), BinaryOp::DivMod),
                               f[3].as_int() & 1, f[0], f[1]);
  }
  LISLE_UNREACHABLE();
}

// --- the operators ---------------------------------------------------------------------------------------

namespace {

bool has_shape(Value v, TypeId id) {
  return v.is_object() && v.object()->shape == Runtime::shape_of(id);
}

bool has_set_shape(Value v) {
  return has_shape(v, TypeId::Set) || has_shape(v, TypeId::FrozenSet);
}

// Two sets whose keys the program does not compare; not_implemented otherwise.
Result set_operation(Runtime& rt, BinaryOp op, Set& a, Set& b) {
  Set* result = nullptr;
  switch (op) {
    case BinaryOp::Or:
      result = set_union_pure(rt, a, b);
      break;
    case BinaryOp::And:
      result = &a == &b ? set_copy(rt, a) : set_intersection_pure(rt, a, b);
      break;
    case BinaryOp::Sub:
      result = set_difference_pure(rt, a, b);
      break;
    case BinaryOp::Xor:
      result = set_symmetric_difference_pure(rt, a, b);
      break;
    default:
      break;
  }
  return result ? Value::from(result) : Value::not_implemented();
}

// Has an argument of `format % b` no say in what the operator means?
bool is_plain_argument(Value b) {
  return !b.is_object() || has_shape(b, TypeId::Tuple) || has_shape(b, TypeId::Str) ||
         has_shape(b, TypeId::Int) || has_shape(b, TypeId::Float);
}

// What exact builtin operands give without anybody being asked; not_implemented for all others.
Result exact_operation(Runtime& rt, BinaryOp op, Value a, Value b) {
  if (!a.is_object()) return exact_numbers(rt, op, a, b);
  switch (a.object()->shape) {
    case Runtime::shape_of(TypeId::Str):
      if (op == BinaryOp::Add && has_shape(b, TypeId::Str)) return str_concat(rt, to<Str>(a), to<Str>(b));
      if (op == BinaryOp::Mul && b.is_int()) return str_repeat(rt, to<Str>(a), b.as_int());
      if (op == BinaryOp::Mod && is_plain_argument(b)) {
        Value text = percent_quickly(rt, *to<Str>(a), b);
        if (!text.is_unbound()) return text;
      }
      return Value::not_implemented();
    case Runtime::shape_of(TypeId::List):
      if (op == BinaryOp::Add && has_shape(b, TypeId::List))
        return list_concat(rt, *to<List>(a), *to<List>(b));
      if (op == BinaryOp::Mul && b.is_int()) return list_repeat(rt, *to<List>(a), b);
      return Value::not_implemented();
    case Runtime::shape_of(TypeId::Set):
    case Runtime::shape_of(TypeId::FrozenSet):
      if (has_set_shape(b)) return set_operation(rt, op, *to<Set>(a), *to<Set>(b));
      return Value::not_implemented();
    case Runtime::shape_of(TypeId::Int):
    case Runtime::shape_of(TypeId::Float):
      return exact_numbers(rt, op, a, b);
    default:
      return Value::not_implemented();
  }
}

}  // namespace

Result binary(Runtime& rt, Frame& f, BinaryOp op, Value a, Value b) {
  Result r = exact_operation(rt, op, a, b);
  if (!r.is_value() || !r.value().is_not_implemented()) return r;
  Candidates candidates;
  add_binary_candidates(rt, op, a, b, candidates);
  return try_candidates(rt, f, op, false, candidates, a, b);
}

Result inplace(Runtime& rt, Frame& f, BinaryOp op, Value a, Value b) {
  Result r = exact_numbers(rt, op, a, b);
  if (!r.is_value() || !r.value().is_not_implemented()) return r;
  if (op == BinaryOp::Add && is_exact_str(rt, a) && is_exact_str(rt, b)) {
    return str_concat(rt, to<Str>(a), to<Str>(b));
  }
  Candidates candidates;
  add_inplace_candidates(rt, op, a, b, candidates);
  return try_candidates(rt, f, op, true, candidates, a, b);
}

Special left_special(const Type& left, BinaryOp op, bool in_place) {
  return in_place && defines(left, inplace_special(op)) ? inplace_special(op) : forward_special(op);
}

Result binary_refused(Runtime& rt, Frame& f, BinaryOp op, bool in_place, Value a, Value b) {
  Candidates candidates;
  if (in_place)
    add_inplace_candidates(rt, op, a, b, candidates);
  else
    add_binary_candidates(rt, op, a, b, candidates);
  candidates.drop();
  return try_candidates(rt, f, op, in_place, candidates, a, b);
}

Result unary(Runtime& rt, Frame& f, UnaryOp op, Value a) {
  if (is_exact_integral(rt, a)) {
    if (op == UnaryOp::Neg) return int_neg(rt, a);
    return op == UnaryOp::Pos ? exact_int(rt, a) : int_invert(rt, a);
  }
  if (is_exact_float(rt, a) && op != UnaryOp::Invert) {
    return op == UnaryOp::Neg ? new_float(rt, -float_value(a)) : a;
  }
  static constexpr Special kSpecials[] = {Special::Neg, Special::Pos, Special::Invert};
  static constexpr const char* kSymbols[] = {"-", "+", "~"};
  Special s = kSpecials[static_cast<size_t>(op)];
  if (has_special(rt, a, s)) return call_special(rt, f, a, s, {});
  return raise(rt, TypeId::TypeError, "bad operand type for unary %s: '%s'",
               kSymbols[static_cast<size_t>(op)], type_name(rt, a));
}

// --- pow() with a modulus --------------------------------------------------------------------------------

namespace {

Result raise_unsupported_power(Runtime& rt, Value a, Value b, Value m) {
  std::string left = type_name(rt, a), right = type_name(rt, b);
  return raise(rt, TypeId::TypeError, "unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'",
               left.c_str(), right.c_str(), type_name(rt, m));
}

// Is __pow__ of `v` that of a builtin number?
bool has_builtin_power(const Runtime& rt, Value v) {
  Value method = type_of(rt, v)->special(Special::Pow);
  for (TypeId id : {TypeId::Int, TypeId::Float, TypeId::Complex}) {
    if (method == rt.type(id)->special(Special::Pow)) return true;
  }
  return false;
}

// The builtin rules among numbers: a float or complex operand refuses the modulus.
Result number_power(Runtime& rt, Value a, Value b, Value m) {
  auto is_number = [](Value v) { return is_int_like(v) || is_float(v) || is_complex(v); };
  if (!is_number(a) || !is_number(b) || !is_number(m)) return Value::not_implemented();
  if (is_int_like(a) && is_int_like(b) && is_int_like(m)) return int_pow_mod(rt, a, b, m);
  if (is_complex(a) || is_complex(b) || is_complex(m)) return raise(rt, TypeId::ValueError, "complex modulo");
  return raise(rt, TypeId::TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
}

}  // namespace

Result power(Runtime& rt, Frame& f, Value base, Value exponent, Value modulus) {
  if (modulus.is_none() || modulus.is_unbound()) return binary(rt, f, BinaryOp::Pow, base, exponent);
  if (has_builtin_power(rt, base)) {
    Result r = number_power(rt, base, exponent, modulus);
    if (!r.is_value() || !r.value().is_not_implemented()) return r;
    return raise_unsupported_power(rt, base, exponent, modulus);
  }
  if (!has_special(rt, base, Special::Pow)) return raise_unsupported_power(rt, base, exponent, modulus);
  return call_internal(rt, f, Internal::TernaryPower, {base, exponent, modulus});
}

// f: base, exponent, modulus.
Result ternary_power_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_special(rt, f, f[0], Special::Pow, {f[1], f[2]}));
      if (!r.value().is_not_implemented()) return r;
      return raise_unsupported_power(rt, f[0], f[1], f[2]);
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
