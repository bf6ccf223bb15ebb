// Constants: the values of literals, and expressions that can be computed at compile time. What would raise,
// or grow beyond the limits below, is left to the running program.
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"

#include <cmath>

#include "vm/bytecode/constants.h"
#include "vm/compiler/generator.h"
#include "vm/compiler/literal.h"

namespace lisle::compiler {

using namespace ast;
using rt::Value;
using Folded = std::optional<Value>;

namespace {

constexpr u64 kMostBits = 128;      // of a product, power or shift
constexpr u64 kLongestText = 4096;  // of a repeated or joined string
constexpr u64 kLongestTuple = 256;

bool is_number(Value v) {
  return rt::is_int_like(v) || v.is_double() || rt::is_kind(v, rt::Kind::Float);
}

u64 small_or_huge(Value v) {
  i64 n;
  return rt::int_to_i64(v, n) && n >= 0 ? static_cast<u64>(n) : ~u64{0};
}

}  // namespace

Value Generator::constant_value(const ConstantValue& c) {
  if (c.kind != ConstantValue::Kind::Str) return anchor_.keep(literal_value(rt_, c));
  // Text that looks like a name will be compared with names: those are interned.
  for (char ch : c.text) {
    bool word = ch == '_' || (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
    if (!word) return string(c.text);
  }
  return Value::from(names_.str(names_.id(c.text)));
}

Folded Generator::fold(const Expr* e) {
  switch (e->kind) {
    case ast::Kind::Constant:
      return constant_value(static_cast<const Constant*>(e)->value);
    case ast::Kind::UnaryOp: {
      auto* u = static_cast<const UnaryOp*>(e);
      Folded operand = fold(u->operand);
      return operand ? fold_unary(u->op, *operand) : Folded{};
    }
    case ast::Kind::BinOp: {
      // Only short chains; binary() folds along long ones without recursion.
      auto* b = static_cast<const BinOp*>(e);
      if (b->left->kind == ast::Kind::BinOp &&
          static_cast<const BinOp*>(b->left)->left->kind == ast::Kind::BinOp) {
        return {};
      }
      Folded left = fold(b->left);
      if (!left) return {};
      Folded right = fold(b->right);
      return right ? fold_binary(b->op, *left, *right) : Folded{};
    }
    case ast::Kind::Tuple:
      return fold_tuple(static_cast<const Tuple*>(e)->elts);
    case ast::Kind::Subscript:
      return fold_subscript(static_cast<const Subscript*>(e));
    case ast::Kind::Name:
      if (names_.id(static_cast<const Name*>(e)->id) == debug_)
        return Value::from_bool(options_.optimize == 0);
      return {};
    default:
      return {};
  }
}

Folded Generator::fold_tuple(Seq<Expr*> elements) {
  std::vector<Value> values;
  for (Expr* e : elements) {
    Folded value = fold(e);
    if (!value) return {};
    values.push_back(*value);
  }
  return anchor_.keep(Value::from(rt::new_tuple_from(rt_, values.data(), values.size())));
}

Folded Generator::fold_subscript(const Subscript* e) {
  if (e->value->kind != ast::Kind::Constant && e->value->kind != ast::Kind::Tuple) return {};
  Folded container = fold(e->value), index = container ? fold(e->slice) : Folded{};
  i64 at;
  if (!index || !index->is_int() || !rt::int_to_i64(*index, at)) return {};
  if (auto* tuple = rt::as<rt::Tuple>(*container)) {
    i64 size = static_cast<i64>(tuple->size);
    if (at < 0) at += size;
    return at >= 0 && at < size ? Folded{tuple->items[at]} : Folded{};
  }
  if (auto* text = rt::as<rt::Str>(*container)) {
    i64 size = static_cast<i64>(text->length);
    if (at < 0) at += size;
    if (at < 0 || at >= size) return {};
    return anchor_.keep(Value::from(rt::str_from_char(rt_, text->at(static_cast<u64>(at)))));
  }
  return {};
}

Folded Generator::fold_unary(UnaryOperator op, Value v) {
  if (op == UnaryOperator::Not) {
    if (v.is_none() || v.is_false()) return Value::true_();
    if (v.is_true() || v.is_ellipsis()) return Value::false_();
    if (rt::is_int_like(v)) return Value::from_bool(rt::int_is_zero(v));
    if (auto* s = rt::as<rt::Str>(v)) return Value::from_bool(s->length == 0);
    return {};
  }
  if (rt::is_int_like(v)) {
    switch (op) {
      case UnaryOperator::USub:
        return anchor_.keep(rt::int_neg(rt_, v));
      case UnaryOperator::Invert:
        return anchor_.keep(rt::int_invert(rt_, v));
      default:
        return v.is_bool() ? Value::from_int(v.is_true()) : v;
    }
  }
  if (rt::is_float(v)) {
    if (op == UnaryOperator::USub) return anchor_.keep(rt::new_float(rt_, -rt::float_value(v)));
    if (op == UnaryOperator::UAdd) return v;
  }
  if (auto* c = rt::as<rt::Complex>(v); c && op == UnaryOperator::USub) {
    return anchor_.keep(rt::new_complex(rt_, -c->real, -c->imag));
  }
  return {};
}

namespace {

// Results that raise are left to the program; nothing that is asked for here can.
Folded kept(bc::Anchor& anchor, rt::Result r) {
  return r.is_value() ? Folded{anchor.keep(r.value())} : Folded{};
}

// Of two bools & | ^ make a bool.
Folded bits_of(bc::Anchor& anchor, Value x, Value y, rt::Result r) {
  if (x.is_bool() && y.is_bool()) return Folded{Value::from_bool(!rt::int_is_zero(r.value()))};
  return kept(anchor, r);
}

Folded fold_ints(rt::Runtime& rt, bc::Anchor& anchor, Operator op, Value x, Value y) {
  u64 bits = rt::int_bit_length(x), other = rt::int_bit_length(y), count = small_or_huge(y);
  bool divides = !rt::int_is_zero(y);
  switch (op) {
    case Operator::Add:
      return kept(anchor, rt::int_add(rt, x, y));
    case Operator::Sub:
      return kept(anchor, rt::int_sub(rt, x, y));
    case Operator::Mult:
      return bits + other <= kMostBits ? kept(anchor, rt::int_mul(rt, x, y)) : Folded{};
    case Operator::FloorDiv:
      return divides ? kept(anchor, rt::int_floordiv(rt, x, y)) : Folded{};
    case Operator::Mod:
      return divides ? kept(anchor, rt::int_mod(rt, x, y)) : Folded{};
    case Operator::Div:
      return divides && bits < 900 && other < 900 ? kept(anchor, rt::int_truediv(rt, x, y)) : Folded{};
    case Operator::Pow:
      if (count > kMostBits || bits * count > kMostBits) return {};
      return kept(anchor, rt::int_pow(rt, x, y));
    case Operator::LShift:
      if (count > kMostBits || bits + count > kMostBits) return {};
      return kept(anchor, rt::int_lshift(rt, x, y));
    case Operator::RShift:
      return count > 1u << 20 ? Folded{} : kept(anchor, rt::int_rshift(rt, x, y));
    case Operator::BitOr:
      return bits_of(anchor, x, y, rt::int_or(rt, x, y));
    case Operator::BitXor:
      return bits_of(anchor, x, y, rt::int_xor(rt, x, y));
    case Operator::BitAnd:
      return bits_of(anchor, x, y, rt::int_and(rt, x, y));
    case Operator::MatMult:
      return {};
  }
  __builtin_unreachable();
}

Folded fold_floats(rt::Runtime& rt, bc::Anchor& anchor, Operator op, f64 x, f64 y) {
  auto made = [&](f64 d) { return Folded{anchor.keep(rt::new_float(rt, d))}; };
  switch (op) {
    case Operator::Add:
      return made(x + y);
    case Operator::Sub:
      return made(x - y);
    case Operator::Mult:
      return made(x * y);
    case Operator::Div:
      return y != 0 ? made(x / y) : Folded{};
    case Operator::Pow: {
      if (x <= 0) return {};
      f64 power = std::pow(x, y);
      return std::isfinite(power) ? made(power) : Folded{};
    }
    default:
      return {};
  }
}

// `real + imaginary j`: how complex numbers are written.
Folded fold_complex(rt::Runtime& rt, bc::Anchor& anchor, Operator op, Value x, rt::Complex* y) {
  f64 real = rt::is_float(x) ? rt::float_value(x) : rt::int_to_double(x);
  if (op == Operator::Add) return anchor.keep(rt::new_complex(rt, real + y->real, y->imag));
  if (op == Operator::Sub) return anchor.keep(rt::new_complex(rt, real - y->real, 0.0 - y->imag));
  return {};
}

Folded repeat_text(rt::Runtime& rt, bc::Anchor& anchor, rt::Str* s, u64 count) {
  if (s->length == 0 || count == 0 || count > kLongestText || s->length * count > kLongestText) return {};
  std::vector<u32> points;
  for (u64 i = 0; i < count; ++i) {
    for (u64 k = 0; k < s->length; ++k) points.push_back(s->at(k));
  }
  return anchor.keep(Value::from(rt::new_str_utf32(rt, points.data(), points.size())));
}

Folded fold_bytes(rt::Runtime& rt, bc::Anchor& anchor, Operator op, rt::Bytes* x, Value y) {
  std::string text(x->view());
  if (auto* other = rt::as<rt::Bytes>(y); other && op == Operator::Add) {
    text.append(other->view());
  } else if (op == Operator::Mult && rt::is_int_like(y)) {
    u64 count = small_or_huge(y);
    if (count > kLongestText || x->length * count > kLongestText) return {};
    std::string once = text;
    text.clear();
    for (u64 i = 0; i < count; ++i) text += once;
  } else {
    return {};
  }
  if (text.size() > kLongestText) return {};
  return anchor.keep(Value::from(rt::new_bytes(rt, text)));
}

Folded fold_tuples(rt::Runtime& rt, bc::Anchor& anchor, Operator op, rt::Tuple* x, Value y) {
  std::vector<Value> items(x->items, x->items + x->size);
  if (auto* other = rt::as<rt::Tuple>(y); other && op == Operator::Add) {
    items.insert(items.end(), other->items, other->items + other->size);
  } else if (op == Operator::Mult && rt::is_int_like(y)) {
    u64 count = small_or_huge(y);
    if (count > kLongestTuple || x->size * count > kLongestTuple) return {};
    items.clear();
    for (u64 i = 0; i < count; ++i) items.insert(items.end(), x->items, x->items + x->size);
  } else {
    return {};
  }
  return anchor.keep(Value::from(rt::new_tuple_from(rt, items.data(), items.size())));
}

}  // namespace

Folded Generator::fold_binary(Operator op, Value x, Value y) {
  if (rt::is_int_like(x) && rt::is_int_like(y)) return fold_ints(rt_, anchor_, op, x, y);
  if (is_number(x) && is_number(y)) {
    auto number = [](Value v) { return rt::is_float(v) ? rt::float_value(v) : rt::int_to_double(v); };
    if (!std::isfinite(number(x)) || !std::isfinite(number(y))) return {};
    return fold_floats(rt_, anchor_, op, number(x), number(y));
  }
  if (auto* c = rt::as<rt::Complex>(y); c && is_number(x)) return fold_complex(rt_, anchor_, op, x, c);
  if (auto* s = rt::as<rt::Str>(x)) {
    auto* other = rt::as<rt::Str>(y);
    if (other && op == Operator::Add && s->length + other->length <= kLongestText) {
      return kept(anchor_, rt::str_concat(rt_, s, other));
    }
    if (op == Operator::Mult && rt::is_int_like(y)) return repeat_text(rt_, anchor_, s, small_or_huge(y));
    return {};
  }
  if (auto* s = rt::as<rt::Str>(y); s && op == Operator::Mult && rt::is_int_like(x)) {
    return repeat_text(rt_, anchor_, s, small_or_huge(x));
  }
  if (auto* b = rt::as<rt::Bytes>(x)) return fold_bytes(rt_, anchor_, op, b, y);
  if (auto* t = rt::as<rt::Tuple>(x)) return fold_tuples(rt_, anchor_, op, t, y);
  return {};
}

std::optional<bool> Generator::truth(const Expr* e) {
  if (e->kind != ast::Kind::Constant && e->kind != ast::Kind::UnaryOp && e->kind != ast::Kind::Name)
    return {};
  Folded v = fold(e);
  if (!v) return {};
  Folded negated = fold_unary(UnaryOperator::Not, *v);
  if (!negated) return {};
  return negated->is_false();
}

// Only of texts and ints, whose hashes are known without the program.
Folded Generator::frozenset(Seq<Expr*> elements) {
  std::vector<Value> keys;
  for (Expr* e : elements) {
    Folded key = fold(e);
    if (!key || !(key->is_int() || rt::is_str(*key))) return {};
    keys.push_back(*key);
  }
  return anchor_.keep(bc::new_frozenset(rt_, keys));
}

}  // namespace lisle::compiler
