// From objects to syntax trees. The compiler trusts its trees, so that everything the grammar guarantees is
// checked here: kinds, required fields, equal lengths, targets that can be assigned to, a bounded depth.
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/protocols/attribute.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "vm/tree_check.h"
#include "vm/trees.h"

namespace lisle::vm {
namespace {

using rt::Result;
using rt::TypeId;
using rt::Value;

enum class Family : u8 { Root, Stmt, Expr, Pattern, Node };
constexpr Family kFamilies[] = {
#define AST_NODE(Struct, Parent, PythonName) Family::Parent,
#include "grammar/ast.def"
};
constexpr std::string_view kFamilyNames[] = {"mod", "stmt", "expr", "pattern", "node"};

// What a field of type T* may point to.
template <class T>
bool fits(ast::Kind kind) {
  Family family = kFamilies[static_cast<size_t>(kind)];
  if constexpr (std::is_same_v<T, ast::Root>)
    return family == Family::Root;
  else if constexpr (std::is_same_v<T, ast::Stmt>)
    return family == Family::Stmt;
  else if constexpr (std::is_same_v<T, ast::Expr>)
    return family == Family::Expr;
  else if constexpr (std::is_same_v<T, ast::Pattern>)
    return family == Family::Pattern;
  else
    return kind == T::kKind;
}
template <class T>
std::string_view wanted() {
  if constexpr (std::is_same_v<T, ast::Root>)
    return kFamilyNames[0];
  else if constexpr (std::is_same_v<T, ast::Stmt>)
    return kFamilyNames[1];
  else if constexpr (std::is_same_v<T, ast::Expr>)
    return kFamilyNames[2];
  else if constexpr (std::is_same_v<T, ast::Pattern>)
    return kFamilyNames[3];
  else
    return ast::kind_name(T::kKind);
}

constexpr size_t kKindCount = std::size(kFamilies);

ast::Node* new_node(ast::Arena& arena, ast::Kind kind) {
  switch (kind) {
#define AST_NODE(Struct, Base, PythonName) \
  case ast::Kind::Struct:                  \
    return arena.make<ast::Struct>();
#include "grammar/ast.def"
  }
  __builtin_unreachable();
}

class Reader {
 public:
  Reader(rt::Runtime& rt, rt::Dict& classes, ast::Arena& arena) : rt_(rt), classes_(classes), arena_(arena) {}

  Result read(Value object, ast::Node*& root) {
    root = start<ast::Root>(object, 0);
    while (!failed_ && !pending_.empty()) {
      Pending next = pending_.back();
      pending_.pop_back();
      fill(next);
    }
    if (failed_) return Result::raised();
    return check_tree(rt_, root);
  }

 private:
  struct Pending {
    ast::Node* node;
    rt::Object* object;
    u32 depth;
  };

  template <class... Args>
  void fail(TypeId type, const char* format, Args... args) {
    if (!failed_) (void)rt::raise(rt_, type, format, args...);
    failed_ = true;
  }

  Value class_named(std::string_view name) { return rt::dict_get_str(rt_, classes_, rt::intern(rt_, name)); }

  // The kind of which `object` is an instance, perhaps of a subclass; false when it is no node.
  bool kind_of(Value object, ast::Kind& kind) {
    const rt::Tuple* mro = rt::type_of(rt_, object)->mro;
    for (u64 i = 0; i < mro->size; ++i) {
      std::string name = rt::utf8_of(rt::to<rt::Type>(mro->items[i])->name);
      if (class_named(name) != mro->items[i]) continue;
      for (size_t k = 0; k < kKindCount; ++k) {
        kind = static_cast<ast::Kind>(k);
        if (ast::kind_name(kind) == name) return true;
      }
    }
    return false;
  }

  // A node for `object`, whose fields are filled in later; null after a failure.
  template <class T>
  T* start(Value object, u32 depth) {
    ast::Kind kind;
    if (!kind_of(object, kind) || !fits<T>(kind)) {
      fail(TypeId::TypeError, "expected some sort of %s, but got %s", std::string(wanted<T>()).c_str(),
           rt::type_name(rt_, object));
      return nullptr;
    }
    if (depth > ast::kMaxDepth) {
      fail(TypeId::RecursionError, "maximum recursion depth exceeded during compilation");
      return nullptr;
    }
    ast::Node* node = new_node(arena_, kind);
    pending_.push_back({node, object.object(), depth});
    return static_cast<T*>(node);
  }

  // A field as it is stored; None stands in for what the class does not require.
  Value stored(rt::Object* o, std::string_view name) {
    rt::Str* key = rt::intern(rt_, name);
    Value v = rt::has_attribute_storage(rt_, o) ? rt::own_attribute(rt_, o, key) : Value::unbound();
    return v.is_unbound() ? rt::type_lookup(rt_, rt::type_of(rt_, Value::from(o)), key) : v;
  }
  bool is_optional(rt::Object* o, std::string_view name) {
    return rt::type_lookup(rt_, rt::type_of(rt_, Value::from(o)), rt::intern(rt_, name)).is_none();
  }

  void fill(const Pending& at) {
    depth_ = at.depth + 1;
    ast::visit(at.node, [&](auto* concrete) {
      ast::for_each_field(*concrete, [&](std::string_view name, const auto& field) {
        if (failed_) return;
        std::string_view python = ast::python_field(name);
        Value v = stored(at.object, python);
        if (v.is_unbound()) {
          fail(TypeId::TypeError, "required field \"%s\" missing from %s", std::string(python).c_str(),
               std::string(ast::kind_name(at.node->kind)).c_str());
          return;
        }
        optional_ = is_optional(at.object, python);
        field_ = python;
        node_ = at.node;
        // The visitor shows fields to readers; this node is ours and not yet known to anybody.
        set(const_cast<std::remove_cvref_t<decltype(field)>&>(field), v);
      });
    });
    if (failed_) return;
    at.node->line = number(at.object, "lineno");
    at.node->col = number(at.object, "col_offset");
    at.node->end_line = number(at.object, "end_lineno");
    at.node->end_col = number(at.object, "end_col_offset");
    if (at.node->end_line <= 0) at.node->end_line = at.node->line, at.node->end_col = at.node->col;
    bool placed = kFamilies[static_cast<size_t>(at.node->kind)] == Family::Stmt ||
                  kFamilies[static_cast<size_t>(at.node->kind)] == Family::Expr;
    if (placed && stored(at.object, "lineno").is_unbound())
      fail(TypeId::TypeError, "required field \"lineno\" missing from %s",
           std::string(kFamilyNames[static_cast<size_t>(kFamilies[static_cast<size_t>(at.node->kind)])])
               .c_str());
  }

  std::int32_t number(rt::Object* o, std::string_view name) {
    i64 n = 0;
    Value v = stored(o, name);
    if (rt::is_int_like(v)) rt::int_to_i64(v, n);
    return n > 0 && n < INT32_MAX ? static_cast<std::int32_t>(n) : 0;
  }

  void missing() {
    fail(TypeId::ValueError, "field '%s' is required for %s", std::string(field_).c_str(),
         std::string(ast::kind_name(node_->kind)).c_str());
  }

  template <class T>
  void set(T*& field, Value v) {
    if (!v.is_none())
      field = start<T>(v, depth_);
    else if (!optional_)
      missing();
  }

  void set(ast::Identifier& field, Value v) {
    if (v.is_none() && (optional_ || ast::python_field("prefix") == field_)) return;
    if (!rt::is_str(v)) return fail(TypeId::TypeError, "AST identifier must be of type str");
    field = arena_.intern(rt::utf8_of(rt::to<rt::Str>(v)));
  }

  void set(std::int32_t& field, Value v) {
    i64 n = 0;
    if (v.is_none() && optional_) return;
    if (!rt::is_int_like(v) || !rt::int_to_i64(v, n) || n < INT32_MIN || n > INT32_MAX)
      return fail(TypeId::ValueError, "invalid integer value: %s", rt::type_name(rt_, v));
    field = static_cast<std::int32_t>(n);
  }

  template <class Enumeration>
  requires std::is_enum_v<Enumeration>
  void set(Enumeration& field, Value v) {
    for (int i = 0; i < kEnumerators<Enumeration>; ++i) {
      auto candidate = static_cast<Enumeration>(i);
      Value cls = class_named(ast::enumerator_name(candidate));
      if (rt::is_kind(cls, rt::Kind::Type) && rt::is_instance(rt_, v, rt::to<rt::Type>(cls))) {
        field = candidate;
        return;
      }
    }
    fail(TypeId::TypeError, "expected some sort of operator or context, but got %s", rt::type_name(rt_, v));
  }
  template <class Enumeration>
  static constexpr int kEnumerators = std::is_same_v<Enumeration, ast::Operator>        ? 13
                                      : std::is_same_v<Enumeration, ast::UnaryOperator> ? 4
                                      : std::is_same_v<Enumeration, ast::BoolOperator>  ? 2
                                      : std::is_same_v<Enumeration, ast::CmpOperator>   ? 10
                                                                                        : 3;

  void set(ast::ConstantValue& c, Value v) {
    using Kind = ast::ConstantValue::Kind;
    if (v.is_none()) {
      c.kind = Kind::None;
    } else if (v.is_true() || v.is_false()) {
      c.kind = v.is_true() ? Kind::True : Kind::False;
    } else if (v == Value::ellipsis()) {
      c.kind = Kind::Ellipsis;
    } else if (rt::is_str(v)) {
      c.kind = Kind::Str;
      c.text = arena_.copy(rt::utf8_of(rt::to<rt::Str>(v)));
    } else if (auto* bytes = rt::as<rt::Bytes>(v)) {
      c.kind = Kind::Bytes;
      c.text = arena_.copy(bytes->view());
    } else if (rt::is_float(v)) {
      c.kind = Kind::Float;
      c.number = rt::float_value(v);
    } else if (auto* complex = rt::as<rt::Complex>(v); complex && complex->real == 0) {
      c.kind = Kind::Complex;
      c.number = complex->imag;
    } else if (rt::is_int_like(v)) {
      set_int(c, v);
    } else {
      fail(TypeId::TypeError, "got an invalid type in Constant: %s", rt::type_name(rt_, v));
    }
  }

  void set_int(ast::ConstantValue& c, Value v) {
    c.kind = ast::ConstantValue::Kind::Int;
    i64 small;
    if (rt::int_to_i64(v, small)) {
      c.is_small = true;
      c.small = small;
      return;
    }
    rt::Str* digits;
    if (rt::int_to_text(rt_, v, 16, digits).is_raised()) {
      failed_ = true;
      return;
    }
    c.base = 16;
    c.text = arena_.copy(rt::utf8_of(digits));
  }

  template <class Element>
  void set(ast::Sequence<Element>& field, Value v) {
    const rt::List* list = rt::as<rt::List>(v);
    if (!list)
      return fail(TypeId::TypeError, "%s field \"%s\" must be a list, not a %s",
                  std::string(ast::kind_name(node_->kind)).c_str(), std::string(field_).c_str(),
                  rt::type_name(rt_, v));
    std::vector<Element> elements(list->size);
    // Where the grammar knows of elements that are absent.
    optional_ = (node_->kind == ast::Kind::Dict && field_ == "keys") ||
                (node_->kind == ast::Kind::Arguments && field_ == "kw_defaults");
    for (u64 i = 0; i < elements.size() && !failed_; ++i) set(elements[i], list->items->items[i]);
    field = arena_.copy(elements);
  }

  rt::Runtime& rt_;
  rt::Dict& classes_;
  ast::Arena& arena_;
  std::vector<Pending> pending_;  // the objects are all reachable from the root
  bool failed_ = false;
  // The field that is being set.
  u32 depth_ = 0;
  bool optional_ = false;
  std::string_view field_;
  const ast::Node* node_ = nullptr;
};

}  // namespace

Result read_tree(rt::Runtime& rt, rt::Dict& classes, Value object, ast::Arena& arena, ast::Node*& root) {
  return Reader(rt, classes, arena).read(object, root);
}

}  // namespace lisle::vm
