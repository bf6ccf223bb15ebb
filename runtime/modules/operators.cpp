// The module _operator: the operators as functions. Each is one operation of protocols/, whose answer it
// passes on, so that a tasklet may block in whatever the operation asks of the program. The classes
// itemgetter, attrgetter and methodcaller are in operator_getters.cpp.
#include "runtime/modules/operator_getters.h"
#include "runtime/protocols/arith.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

template <BinaryOp op>
Result operate(Runtime& rt, Frame& f) {
  return binary(rt, f, op, f[0], f[1]);
}
template <BinaryOp op>
Result operate_in_place(Runtime& rt, Frame& f) {
  return inplace(rt, f, op, f[0], f[1]);
}
template <UnaryOp op>
Result operate_on(Runtime& rt, Frame& f) {
  return unary(rt, f, op, f[0]);
}
template <CompareOp op>
Result compare_as(Runtime& rt, Frame& f) {
  return compare(rt, f, op, f[0], f[1]);
}

Result operator_truth(Runtime& rt, Frame& f) {
  return truth(rt, f, f[0]);
}
Result operator_not(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, truth(rt, f, f[0]));
      return Value::from_bool(!r.value().is_true());
  }
  LISLE_UNREACHABLE();
}
Result not_quickly(Runtime& rt, Frame& f) {
  bool known = true;
  const bool answer = f.window_nargs() == 1 && quick_truth(rt, f[0], known);
  return known && f.window_nargs() == 1 ? Value::from_bool(!answer) : Value::unbound();
}
Result operator_is(Runtime&, Frame& f) {
  return Value::from_bool(f[0] == f[1]);
}
Result operator_is_not(Runtime&, Frame& f) {
  return Value::from_bool(!(f[0] == f[1]));
}
Result operator_contains(Runtime& rt, Frame& f) {
  return contains(rt, f, f[0], f[1]);
}
Result operator_get_item(Runtime& rt, Frame& f) {
  return get_item(rt, f, f[0], f[1]);
}
Result operator_set_item(Runtime& rt, Frame& f) {
  return set_item(rt, f, f[0], f[1], f[2]);
}
Result operator_delete_item(Runtime& rt, Frame& f) {
  return delete_item(rt, f, f[0], f[1]);
}
Result operator_index(Runtime& rt, Frame& f) {
  return to_index(rt, f, f[0]);
}

// Equal without telling by the time taken where the difference is.
bool equals_steadily(std::string_view a, std::string_view b) {
  const std::string_view other = a.size() == b.size() ? a : b;  // as much work for another length
  volatile u8 different = a.size() != b.size();
  for (size_t i = 0; i < b.size(); ++i) different = different | static_cast<u8>(other[i] ^ b[i]);
  return different == 0;
}

Result compare_digest(Runtime& rt, Frame& f) {
  if (is_str(f[0]) && is_str(f[1])) {
    if (!to<Str>(f[0])->is_ascii() || !to<Str>(f[1])->is_ascii())
      return raise(rt, TypeId::TypeError, "comparing strings with non-ASCII characters is not supported");
    return Value::from_bool(equals_steadily(to<Str>(f[0])->latin1(), to<Str>(f[1])->latin1()));
  }
  std::string_view a, b;
  if (!bytes_like(f[0], a) || !bytes_like(f[1], b))
    return raise(rt, TypeId::TypeError,
                 "unsupported operand types(s) or combination of types: '%.100s' and '%.100s'",
                 type_name(rt, f[0]), type_name(rt, f[1]));
  return Value::from_bool(equals_steadily(a, b));
}

constexpr NativeSpec kFunctions[] = {
    {"lt", compare_as<CompareOp::Lt>, "(a, b, /)", "Same as a < b."},
    {"le", compare_as<CompareOp::Le>, "(a, b, /)", "Same as a <= b."},
    {"eq", compare_as<CompareOp::Eq>, "(a, b, /)", "Same as a == b."},
    {"ne", compare_as<CompareOp::Ne>, "(a, b, /)", "Same as a != b."},
    {"gt", compare_as<CompareOp::Gt>, "(a, b, /)", "Same as a > b."},
    {"ge", compare_as<CompareOp::Ge>, "(a, b, /)", "Same as a >= b."},
    {"truth", operator_truth, "(a, /)", "Return True if a is true, False otherwise."},
    {"not_", operator_not, "(a, /)", "Same as not a.", 1, kLeaf, not_quickly},
    {"is_", operator_is, "(a, b, /)", "Same as a is b."},
    {"is_not", operator_is_not, "(a, b, /)", "Same as a is not b."},
    {"add", operate<BinaryOp::Add>, "(a, b, /)", "Same as a + b."},
    {"sub", operate<BinaryOp::Sub>, "(a, b, /)", "Same as a - b."},
    {"mul", operate<BinaryOp::Mul>, "(a, b, /)", "Same as a * b."},
    {"matmul", operate<BinaryOp::MatMul>, "(a, b, /)", "Same as a @ b."},
    {"truediv", operate<BinaryOp::TrueDiv>, "(a, b, /)", "Same as a / b."},
    {"floordiv", operate<BinaryOp::FloorDiv>, "(a, b, /)", "Same as a // b."},
    {"mod", operate<BinaryOp::Mod>, "(a, b, /)", "Same as a % b."},
    {"pow", operate<BinaryOp::Pow>, "(a, b, /)", "Same as a ** b."},
    {"lshift", operate<BinaryOp::LShift>, "(a, b, /)", "Same as a << b."},
    {"rshift", operate<BinaryOp::RShift>, "(a, b, /)", "Same as a >> b."},
    {"and_", operate<BinaryOp::And>, "(a, b, /)", "Same as a & b."},
    {"or_", operate<BinaryOp::Or>, "(a, b, /)", "Same as a | b."},
    {"xor", operate<BinaryOp::Xor>, "(a, b, /)", "Same as a ^ b."},
    {"iadd", operate_in_place<BinaryOp::Add>, "(a, b, /)", "Same as a += b."},
    {"isub", operate_in_place<BinaryOp::Sub>, "(a, b, /)", "Same as a -= b."},
    {"imul", operate_in_place<BinaryOp::Mul>, "(a, b, /)", "Same as a *= b."},
    {"imatmul", operate_in_place<BinaryOp::MatMul>, "(a, b, /)", "Same as a @= b."},
    {"itruediv", operate_in_place<BinaryOp::TrueDiv>, "(a, b, /)", "Same as a /= b."},
    {"ifloordiv", operate_in_place<BinaryOp::FloorDiv>, "(a, b, /)", "Same as a //= b."},
    {"imod", operate_in_place<BinaryOp::Mod>, "(a, b, /)", "Same as a %= b."},
    {"ipow", operate_in_place<BinaryOp::Pow>, "(a, b, /)", "Same as a **= b."},
    {"ilshift", operate_in_place<BinaryOp::LShift>, "(a, b, /)", "Same as a <<= b."},
    {"irshift", operate_in_place<BinaryOp::RShift>, "(a, b, /)", "Same as a >>= b."},
    {"iand", operate_in_place<BinaryOp::And>, "(a, b, /)", "Same as a &= b."},
    {"ior", operate_in_place<BinaryOp::Or>, "(a, b, /)", "Same as a |= b."},
    {"ixor", operate_in_place<BinaryOp::Xor>, "(a, b, /)", "Same as a ^= b."},
    {"neg", operate_on<UnaryOp::Neg>, "(a, /)", "Same as -a."},
    {"pos", operate_on<UnaryOp::Pos>, "(a, /)", "Same as +a."},
    {"inv", operate_on<UnaryOp::Invert>, "(a, /)", "Same as ~a."},
    {"invert", operate_on<UnaryOp::Invert>, "(a, /)", "Same as ~a."},
    {"contains", operator_contains, "(a, b, /)", "Same as b in a (note reversed operands)."},
    {"getitem", operator_get_item, "(a, b, /)", "Same as a[b]."},
    {"setitem", operator_set_item, "(a, b, c, /)", "Same as a[b] = c."},
    {"delitem", operator_delete_item, "(a, b, /)", "Same as del a[b]."},
    {"index", operator_index, "(a, /)", "Same as a.__index__()"},
    {"_compare_digest", compare_digest, "(a, b, /)", "Return 'a == b'."},
};

}  // namespace

extern const ModuleSpec kOperatorModule;
const ModuleSpec kOperatorModule = {"_operator",
                                    "Operator interface.\n\nThis module exports a set of functions "
                                    "implemented in C corresponding\nto the intrinsic operators of Python.  "
                                    "For example, operator.add(x, y)\nis equivalent to the expression x+y.",
                                    kFunctions, add_getters};

}  // namespace lisle::rt
