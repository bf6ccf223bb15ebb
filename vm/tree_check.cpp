// One function for each kind of node that has rules beyond those of its fields. The texts are CPython's.
#include "vm/tree_check.h"

#include <string>
#include <vector>

namespace lisle::vm {
namespace {

using namespace ast;
using rt::Result;

class Checker {
 public:
  explicit Checker(rt::Runtime& rt) : rt_(rt) {}

  Result check(Node* root) {
    std::vector<Node*> left{root};
    while (!left.empty() && problem_.empty()) {
      Node* node = left.back();
      left.pop_back();
      visit(node, [&](auto* concrete) { rules(*concrete); });
      for_each_child(node, [&](Node* child) { left.push_back(child); });
    }
    if (problem_.empty()) return Result::none();
    return rt::raise(rt_, is_wrong_type_ ? rt::TypeId::TypeError : rt::TypeId::ValueError, "%s",
                     problem_.c_str());
  }

 private:
  void refuse(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
  }
  void refuse_type(std::string why) {
    is_wrong_type_ = is_wrong_type_ || problem_.empty();
    refuse(std::move(why));
  }
  void not_empty(bool empty, const char* what, Kind owner) {
    if (empty) refuse(std::string("empty ") + what + " on " + std::string(kind_name(owner)));
  }

  // Can `e` be stored to or deleted? Starred targets stand inside of lists and tuples, or alone in a row.
  void target(const Expr* e, const char* context, bool star = false) {
    switch (e->kind) {
      case Kind::Name:
      case Kind::Attribute:
      case Kind::Subscript:
        return;
      case Kind::Starred:
        if (star) return target(static_cast<const Starred*>(e)->value, context);
        break;
      case Kind::Tuple:
        for (Expr* item : static_cast<const Tuple*>(e)->elts) target(item, context, true);
        return;
      case Kind::List:
        for (Expr* item : static_cast<const List*>(e)->elts) target(item, context, true);
        return;
      default:
        break;
    }
    refuse(std::string("expression must have ") + context + " context but has Load instead");
  }
  void stores(const Expr* e) { target(e, "Store"); }
  void single(const Expr* e, const char* where) {
    if (e->kind != Kind::Name && e->kind != Kind::Attribute && e->kind != Kind::Subscript)
      refuse(std::string("invalid target of ") + where);
  }
  void generators(Sequence<Comprehension*> list) {
    if (list.empty()) refuse("comprehension with no generators");
  }
  // Where stars and slices make no sense the grammar does not produce them.
  void plain(const Expr* e) {
    if (e && e->kind == Kind::Starred) refuse("can't use starred expression here");
    if (e && e->kind == Kind::Slice) refuse("a slice outside of a subscript");
  }

  template <class T>
  void rules(const T& node) {
    for_each_field(node, [&](std::string_view name, const auto& field) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Expr*>) {
        if (!allows_star(node.kind, name)) plain(field);
      } else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Sequence<Expr*>>) {
        for (const Expr* e : field)
          if (e && e->kind == Kind::Slice && node.kind != Kind::Tuple)
            refuse("a slice outside of a subscript");
        if (!allows_star(node.kind, name))
          for (const Expr* e : field) plain(e);
      } else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Sequence<Stmt*>>) {
        if (name == "body" && node.kind != Kind::Module && node.kind != Kind::Interactive)
          not_empty(field.empty(), "body", node.kind);
      }
    });
    own_rules(node);
  }
  static bool allows_star(Kind kind, std::string_view name) {
    switch (kind) {
      case Kind::Tuple:
      case Kind::List:
      case Kind::Set:
      case Kind::Subscript:
        return name != "value";
      case Kind::Call:
        return name == "args";
      case Kind::ClassDef:
        return name == "bases";
      default:
        return false;
    }
  }

  void own_rules(const Node&) {}
  void own_rules(const Delete& n) {
    not_empty(n.targets.empty(), "targets", n.kind);
    for (Expr* e : n.targets) target(e, "Del");
  }
  void own_rules(const Assign& n) {
    not_empty(n.targets.empty(), "targets", n.kind);
    for (Expr* e : n.targets) stores(e);
  }
  void own_rules(const AugAssign& n) { single(n.target, "an augmented assignment"); }
  void own_rules(const AnnAssign& n) {
    single(n.target, "an annotation");
    if (n.simple && n.target->kind != Kind::Name) refuse("AnnAssign with simple non-Name target");
  }
  void own_rules(const For& n) { stores(n.target); }
  void own_rules(const AsyncFor& n) { stores(n.target); }
  void own_rules(const With& n) { not_empty(n.items.empty(), "items", n.kind); }
  void own_rules(const AsyncWith& n) { not_empty(n.items.empty(), "items", n.kind); }
  void own_rules(const WithItem& n) {
    if (n.optional_vars) stores(n.optional_vars);
  }
  void own_rules(const Comprehension& n) { stores(n.target); }
  void own_rules(const NamedExpr& n) {
    if (n.target->kind != Kind::Name) refuse_type("NamedExpr target must be a Name");
  }
  void own_rules(const Raise& n) {
    if (n.cause && !n.exc) refuse("Raise with cause but no exception");
  }
  void own_rules(const Try& n) {
    if (n.handlers.empty() && n.finalbody.empty()) refuse("Try has neither except handlers nor finalbody");
    if (n.handlers.empty() && !n.orelse.empty()) refuse("Try has orelse but no except handlers");
  }
  void own_rules(const TryStar& n) {
    if (n.handlers.empty() && n.finalbody.empty())
      refuse("TryStar has neither except handlers nor finalbody");
    if (n.handlers.empty() && !n.orelse.empty()) refuse("TryStar has orelse but no except handlers");
    for (ExceptHandler* handler : n.handlers)
      if (!handler->type) refuse("TryStar handler needs a type");
  }
  void own_rules(const Import& n) { not_empty(n.names.empty(), "names", n.kind); }
  void own_rules(const ImportFrom& n) {
    not_empty(n.names.empty(), "names", n.kind);
    if (n.level < 0) refuse("Negative ImportFrom level");
  }
  void own_rules(const Global& n) { not_empty(n.names.empty(), "names", n.kind); }
  void own_rules(const Nonlocal& n) { not_empty(n.names.empty(), "names", n.kind); }
  void own_rules(const Match& n) { not_empty(n.cases.empty(), "cases", n.kind); }
  void own_rules(const BoolOp& n) {
    if (n.values.size < 2) refuse("BoolOp with less than 2 values");
  }
  void own_rules(const Compare& n) {
    if (n.comparators.empty()) refuse("Compare with no comparators");
    if (n.ops.size != n.comparators.size)
      refuse("Compare has a different number of comparators and operands");
  }
  void own_rules(const Dict& n) {
    if (n.keys.size != n.values.size) refuse("Dict doesn't have the same number of keys as values");
  }
  void own_rules(const ListComp& n) { generators(n.generators); }
  void own_rules(const SetComp& n) { generators(n.generators); }
  void own_rules(const DictComp& n) { generators(n.generators); }
  void own_rules(const GeneratorExp& n) { generators(n.generators); }
  void own_rules(const FormattedValue& n) {
    if (n.conversion != -1 && n.conversion != 's' && n.conversion != 'r' && n.conversion != 'a')
      refuse("FormattedValue with an unknown conversion");
  }
  void own_rules(const JoinedStr& n) {
    for (Expr* e : n.values)
      if (e->kind != Kind::Constant && e->kind != Kind::FormattedValue && e->kind != Kind::JoinedStr)
        refuse("JoinedStr of something else than texts and values");
  }
  void own_rules(const Arguments& n) {
    if (n.defaults.size > n.posonlyargs.size + n.args.size)
      refuse("more positional defaults than args on arguments");
    if (n.kw_defaults.size != n.kwonlyargs.size)
      refuse("length of kwonlyargs is not the same as kw_defaults on arguments");
  }
  void own_rules(const MatchMapping& n) {
    if (n.keys.size != n.patterns.size)
      refuse("MatchMapping doesn't have the same number of keys as patterns");
    for (Expr* key : n.keys) pattern_value(key);
  }
  void own_rules(const MatchClass& n) {
    if (n.kwd_attrs.size != n.kwd_patterns.size)
      refuse("MatchClass doesn't have the same number of keyword attributes as patterns");
    for (const Expr* e = n.cls; e->kind != Kind::Name; e = static_cast<const Attribute*>(e)->value) {
      if (e->kind == Kind::Attribute) continue;
      refuse("MatchClass cls field can only contain Name or Attribute nodes.");
      return;
    }
  }
  void own_rules(const MatchOr& n) {
    if (n.patterns.size < 2) refuse("MatchOr requires at least 2 patterns");
  }
  void own_rules(const MatchValue& n) { pattern_value(n.value); }
  void own_rules(const MatchSingleton& n) {
    using Value = ConstantValue::Kind;
    if (n.value.kind != Value::None && n.value.kind != Value::True && n.value.kind != Value::False)
      refuse("MatchSingleton can only contain True, False and None");
  }
  void own_rules(const MatchAs& n) {
    if (n.pattern && !n.name.data()) refuse("MatchAs must specify a target name if a pattern is given");
  }

  // Values of patterns are literals, with a sign or an imaginary part, or dotted names.
  void pattern_value(const Expr* e) {
    switch (e->kind) {
      case Kind::Constant:
      case Kind::Attribute:
      case Kind::UnaryOp:
      case Kind::BinOp:
      case Kind::JoinedStr:
        return;
      default:
        refuse("patterns may only match literals and attribute lookups");
    }
  }

  rt::Runtime& rt_;
  std::string problem_;
  bool is_wrong_type_ = false;
};

}  // namespace

Result check_tree(rt::Runtime& rt, Node* root) {
  return Checker(rt).check(root);
}

}  // namespace lisle::vm
