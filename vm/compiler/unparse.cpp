// Source text of expressions, with no more parentheses than needed: the form that annotations take when they
// are not evaluated.
#include "grammar/ast.h"
#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "vm/bytecode/constants.h"
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

enum Level {
  kTuple,
  kTest,
  kOr,
  kAnd,
  kNot,
  kCompare,
  kExpr,
  kBitXor,
  kBitAnd,
  kShift,
  kArith,
  kTerm,
  kFactor,
  kPower,
  kAwait,
  kAtom
};

Level level_of(Operator op) {
  switch (op) {
    case Operator::Add:
    case Operator::Sub:
      return kArith;
    case Operator::LShift:
    case Operator::RShift:
      return kShift;
    case Operator::BitOr:
      return kExpr;
    case Operator::BitXor:
      return kBitXor;
    case Operator::BitAnd:
      return kBitAnd;
    case Operator::Pow:
      return kPower;
    default:
      return kTerm;
  }
}

class Unparser {
 public:
  explicit Unparser(rt::Runtime& rt) : rt_(rt) {}

  std::string out;

  void expr(const Expr* e, int level) {
    constexpr u32 kMostDepth = 3000;
    if (++depth_ > kMostDepth) throw CompileError{"annotation is nested too deeply", *e, true};
    write(e, level);
    --depth_;
  }

 private:
  void open(bool parenthesised) { out += parenthesised ? "(" : ""; }
  void close(bool parenthesised) { out += parenthesised ? ")" : ""; }

  template <class List>
  void separated(const List& list, int level) {
    bool first = true;
    for (Expr* e : list) {
      if (!first) out += ", ";
      first = false;
      expr(e, level);
    }
  }

  void constant(const ConstantValue& c) {
    switch (c.kind) {
      case ConstantValue::Kind::None:
        out += "None";
        return;
      case ConstantValue::Kind::True:
        out += "True";
        return;
      case ConstantValue::Kind::False:
        out += "False";
        return;
      case ConstantValue::Kind::Ellipsis:
        out += "...";
        return;
      case ConstantValue::Kind::Int:
        out += c.is_small ? std::to_string(c.small) : digits(c);
        return;
      case ConstantValue::Kind::Float:
        out += number(c.number);
        return;
      case ConstantValue::Kind::Complex:
        out += imaginary(c.number);
        return;
      case ConstantValue::Kind::Str: {
        rt::TextBuffer text;
        rt::append_repr(text, rt::new_str(rt_, c.text));
        out += bc::text_of(rt::new_str_from(rt_, text));
        return;
      }
      case ConstantValue::Kind::Bytes: {
        rt::TextBuffer text;
        rt::append_bytes_repr(text, c.text);
        out += bc::text_of(rt::new_str_from(rt_, text));
        return;
      }
    }
  }

  static std::string digits(const ConstantValue& c) {
    static constexpr const char* kPrefixes[] = {"0b", "0o", "0x"};
    std::string prefix = c.base == 10 ? "" : kPrefixes[c.base == 2 ? 0 : c.base == 8 ? 1 : 2];
    return prefix + std::string(c.text);
  }
  // A literal too large for a float reads as infinity again.
  static std::string number(double d) { return d - d != 0 ? "1e309" : double_repr(d); }
  static std::string imaginary(double d) { return (d - d != 0 ? "1e309" : double_repr_bare(d)) + "j"; }

  void comprehension(Sequence<Comprehension*> generators) {
    for (Comprehension* g : generators) {
      out += g->is_async ? " async for " : " for ";
      expr(g->target, kTuple);
      out += " in ";
      expr(g->iter, kTest + 1);
      for (Expr* test : g->ifs) {
        out += " if ";
        expr(test, kTest + 1);
      }
    }
  }

  void parameters(const Arguments* a) {
    bool first = true;
    auto comma = [&] {
      if (!first) out += ", ";
      first = false;
    };
    u32 positional = a->posonlyargs.size + a->args.size, required = positional - a->defaults.size;
    for (u32 i = 0; i < positional; ++i) {
      bool only = i < a->posonlyargs.size;
      comma();
      out += only ? a->posonlyargs[i]->arg : a->args[i - a->posonlyargs.size]->arg;
      if (i >= required) {
        out += "=";
        expr(a->defaults[i - required], kTest);
      }
      if (only && i + 1 == a->posonlyargs.size) out += ", /";
    }
    if (a->vararg || !a->kwonlyargs.empty()) {
      comma();
      out += "*";
      if (a->vararg) out += a->vararg->arg;
    }
    for (u32 i = 0; i < a->kwonlyargs.size; ++i) {
      comma();
      out += a->kwonlyargs[i]->arg;
      if (!a->kw_defaults[i]) continue;
      out += "=";
      expr(a->kw_defaults[i], kTest);
    }
    if (a->kwarg) {
      comma();
      out += "**" + std::string(a->kwarg->arg);
    }
  }

  void call(const Call* e) {
    expr(e->func, kAtom);
    if (e->args.size == 1 && e->keywords.empty() && e->args[0]->kind == ast::Kind::GeneratorExp) {
      return expr(e->args[0], kAtom);
    }
    out += "(";
    separated(e->args, kTest);
    bool first = e->args.empty();
    for (Keyword* k : e->keywords) {
      if (!first) out += ", ";
      first = false;
      out += k->arg.data() ? std::string(k->arg) + "=" : "**";
      expr(k->value, kTest);
    }
    out += ")";
  }

  // The parts of an f-string; literal braces are doubled.
  void fstring_part(const Expr* e, std::string& text) {
    if (auto* c = ast::as<Constant>(e)) {
      for (char ch : c->value.text) {
        text += ch;
        if (ch == '{' || ch == '}') text += ch;
      }
    } else if (auto* j = ast::as<JoinedStr>(e)) {
      for (Expr* part : j->values) fstring_part(part, text);
    } else if (auto* f = ast::as<FormattedValue>(e)) {
      std::string saved;
      saved.swap(out);
      expr(f->value, kTest + 1);
      text += out.starts_with('{') ? "{ " : "{";
      text += out;
      out.swap(saved);
      if (f->conversion > 0) (text += '!') += static_cast<char>(f->conversion);
      if (f->format_spec) {
        text += ':';
        fstring_part(f->format_spec, text);
      }
      text += '}';
    }
  }

  void fstring(const Expr* e) {
    std::string text;
    fstring_part(e, text);
    rt::TextBuffer quoted;
    rt::append_repr(quoted, rt::new_str(rt_, text));
    out += "f" + bc::text_of(rt::new_str_from(rt_, quoted));
  }

  void binary(const BinOp* e, int level) {
    int own = level_of(e->op);
    bool right_first = e->op == Operator::Pow;
    open(level > own);
    expr(e->left, own + right_first);
    (out += " ") += symbol(e->op);
    out += " ";
    expr(e->right, own + !right_first);
    close(level > own);
  }

  void slice(const Slice* e) {
    if (e->lower) expr(e->lower, kTest);
    out += ":";
    if (e->upper) expr(e->upper, kTest);
    if (!e->step) return;
    out += ":";
    expr(e->step, kTest);
  }

  void dict(const Dict* e) {
    out += "{";
    for (u32 i = 0; i < e->values.size; ++i) {
      if (i) out += ", ";
      if (e->keys[i]) {
        expr(e->keys[i], kTest);
        out += ": ";
        expr(e->values[i], kTest);
      } else {
        out += "**";
        expr(e->values[i], kExpr);
      }
    }
    out += "}";
  }

  void write(const Expr* e, int level) {
    switch (e->kind) {
      case ast::Kind::BoolOp: {
        auto* b = static_cast<const BoolOp*>(e);
        int own = b->op == BoolOperator::And ? kAnd : kOr;
        open(level > own);
        for (u32 i = 0; i < b->values.size; ++i) {
          if (i) out += b->op == BoolOperator::And ? " and " : " or ";
          expr(b->values[i], own + 1);
        }
        return close(level > own);
      }
      case ast::Kind::BinOp:
        return binary(static_cast<const BinOp*>(e), level);
      case ast::Kind::UnaryOp: {
        auto* u = static_cast<const UnaryOp*>(e);
        int own = u->op == UnaryOperator::Not ? kNot : kFactor;
        open(level > own);
        out += symbol(u->op);
        if (u->op == UnaryOperator::Not) out += " ";
        expr(u->operand, own);
        return close(level > own);
      }
      case ast::Kind::Lambda: {
        auto* l = static_cast<const Lambda*>(e);
        open(level > kTest);
        out += "lambda";
        size_t before = out.size();
        parameters(l->args);
        if (out.size() > before) out.insert(before, " ");
        out += ": ";
        expr(l->body, kTest);
        return close(level > kTest);
      }
      case ast::Kind::IfExp: {
        auto* i = static_cast<const IfExp*>(e);
        open(level > kTest);
        expr(i->body, kTest + 1);
        out += " if ";
        expr(i->test, kTest + 1);
        out += " else ";
        expr(i->orelse, kTest);
        return close(level > kTest);
      }
      case ast::Kind::Dict:
        return dict(static_cast<const Dict*>(e));
      case ast::Kind::Set:
        out += "{";
        separated(static_cast<const Set*>(e)->elts, kTest);
        out += "}";
        return;
      case ast::Kind::ListComp: {
        auto* c = static_cast<const ListComp*>(e);
        out += "[";
        expr(c->elt, kTest);
        comprehension(c->generators);
        out += "]";
        return;
      }
      case ast::Kind::SetComp: {
        auto* c = static_cast<const SetComp*>(e);
        out += "{";
        expr(c->elt, kTest);
        comprehension(c->generators);
        out += "}";
        return;
      }
      case ast::Kind::GeneratorExp: {
        auto* c = static_cast<const GeneratorExp*>(e);
        out += "(";
        expr(c->elt, kTest);
        comprehension(c->generators);
        out += ")";
        return;
      }
      case ast::Kind::DictComp: {
        auto* c = static_cast<const DictComp*>(e);
        out += "{";
        expr(c->key, kTest);
        out += ": ";
        expr(c->value, kTest);
        comprehension(c->generators);
        out += "}";
        return;
      }
      case ast::Kind::Compare: {
        auto* c = static_cast<const Compare*>(e);
        open(level > kCompare);
        expr(c->left, kCompare + 1);
        for (u32 i = 0; i < c->ops.size; ++i) {
          (out += " ") += symbol(c->ops[i]);
          out += " ";
          expr(c->comparators[i], kCompare + 1);
        }
        return close(level > kCompare);
      }
      case ast::Kind::Call:
        return call(static_cast<const Call*>(e));
      case ast::Kind::JoinedStr:
      case ast::Kind::FormattedValue:
        return fstring(e);
      case ast::Kind::Constant:
        out += static_cast<const Constant*>(e)->prefix;
        return constant(static_cast<const Constant*>(e)->value);
      case ast::Kind::Attribute: {
        auto* a = static_cast<const Attribute*>(e);
        expr(a->value, kAtom);
        auto* c = ast::as<Constant>(a->value);
        out += c && c->value.kind == ConstantValue::Kind::Int ? " ." : ".";
        out += a->attr;
        return;
      }
      case ast::Kind::Subscript: {
        auto* s = static_cast<const Subscript*>(e);
        expr(s->value, kAtom);
        out += "[";
        expr(s->slice, kTuple);
        out += "]";
        return;
      }
      case ast::Kind::Starred:
        out += "*";
        return expr(static_cast<const Starred*>(e)->value, kExpr);
      case ast::Kind::Name:
        out += static_cast<const Name*>(e)->id;
        return;
      case ast::Kind::List:
        out += "[";
        separated(static_cast<const List*>(e)->elts, kTest);
        out += "]";
        return;
      case ast::Kind::Tuple: {
        auto* t = static_cast<const Tuple*>(e);
        bool parenthesised = t->elts.empty() || level > kTuple;
        open(parenthesised);
        separated(t->elts, kTest);
        if (t->elts.size == 1) out += ",";
        return close(parenthesised);
      }
      case ast::Kind::Slice:
        return slice(static_cast<const Slice*>(e));
      case ast::Kind::NamedExpr: {
        auto* n = static_cast<const NamedExpr*>(e);
        open(level > kTuple);
        expr(n->target, kAtom);
        out += " := ";
        expr(n->value, kAtom);
        return close(level > kTuple);
      }
      case ast::Kind::Await: {
        open(level > kAwait);
        out += "await ";
        expr(static_cast<const Await*>(e)->value, kAtom);
        return close(level > kAwait);
      }
      case ast::Kind::Yield: {
        auto* y = static_cast<const Yield*>(e);
        out += y->value ? "(yield " : "(yield";
        if (y->value) expr(y->value, kTuple);
        out += ")";
        return;
      }
      case ast::Kind::YieldFrom:
        out += "(yield from ";
        expr(static_cast<const YieldFrom*>(e)->value, kTest);
        out += ")";
        return;
      default:
        return;
    }
  }

  rt::Runtime& rt_;
  u32 depth_ = 0;
};

}  // namespace

std::string unparse(rt::Runtime& rt, const Expr* e) {
  Unparser unparser(rt);
  unparser.expr(e, kTest);
  return std::move(unparser.out);
}

}  // namespace lisle::compiler
