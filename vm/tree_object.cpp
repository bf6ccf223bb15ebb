// From syntax trees to objects. Made from the table of nodes, so that no field can be forgotten; keeps a list
// of what is still to be made instead of recursing, because chains in a tree are as long as the source has
// them.
#include <vector>

#include "runtime/protocols/attribute.h"
#include "runtime/types/dict.h"
#include "runtime/types/instance.h"
#include "runtime/types/list.h"
#include "vm/compiler/literal.h"
#include "vm/trees.h"

namespace lisle::vm {
namespace {

using rt::Value;

class Maker {
 public:
  Maker(rt::Runtime& rt, rt::Dict& classes) : rt_(rt), classes_(classes), singletons_(rt::new_dict(rt)) {}

  Value make(ast::Node* root) {
    Value whole = start(root);
    while (!pending_.empty()) {
      Pending next = pending_.back();
      pending_.pop_back();
      Value child = start(next.node);
      if (next.list) {
        next.list->items->items[next.index] = child;
        rt_.heap.wrote(next.list->items);
      } else {
        rt::set_own_attribute(rt_, next.parent, next.field, child);
      }
    }
    return whole;
  }

 private:
  // A child that is to be put into a field of `parent`, or into `list`, which is in one.
  struct Pending {
    ast::Node* node;
    rt::Object* parent;
    rt::Str* field;
    rt::List* list;
    u64 index;
  };

  Value text(std::string_view s) { return Value::from(rt::new_str(rt_, s)); }

  rt::Object* instance(std::string_view name) {
    Value cls = rt::dict_get_str(rt_, classes_, rt::intern(rt_, name));
    return rt::new_instance(rt_, rt::to<rt::Type>(cls));
  }

  // Operators and contexts are the same object wherever they stand.
  Value singleton(std::string_view name) {
    rt::Str* key = rt::intern(rt_, name);
    Value known = rt::dict_get_str(rt_, *singletons_, key);
    if (!known.is_unbound()) return known;
    Value made = Value::from(instance(name));
    rt::dict_set_str(rt_, *singletons_, key, made);
    return made;
  }

  Value value_of(ast::Identifier name) {
    return name.data() ? Value::from(rt::intern(rt_, name)) : Value::none();
  }
  Value value_of(std::int32_t number) { return Value::from_int(number); }
  Value value_of(const ast::ConstantValue& c) { return compiler::literal_value(rt_, c); }
  template <class Enumeration>
  requires std::is_enum_v<Enumeration> Value value_of(Enumeration e) {
    return singleton(ast::enumerator_name(e));
  }

  template <class Field>
  void set(rt::Object* o, rt::Str* name, const Field& field) {
    if constexpr (std::is_pointer_v<Field>) {
      rt::set_own_attribute(rt_, o, name, Value::none());
      if (field) pending_.push_back({field, o, name, nullptr, 0});
    } else {
      rt::set_own_attribute(rt_, o, name, value_of(field));
    }
  }
  template <class Element>
  void set(rt::Object* o, rt::Str* name, const ast::Sequence<Element>& field) {
    rt::List* list = rt::new_list(rt_, field.size);
    rt::set_own_attribute(rt_, o, name, Value::from(list));
    for (u32 i = 0; i < field.size; ++i) {
      if constexpr (std::is_pointer_v<Element>) {
        rt::list_append(rt_, *list, Value::none());
        if (field[i]) pending_.push_back({field[i], o, name, list, i});
      } else {
        rt::list_append(rt_, *list, value_of(field[i]));
      }
    }
  }

  // The object of `node` with its fields; children are made later.
  Value start(ast::Node* node) {
    rt::Object* o = instance(ast::kind_name(node->kind));
    ast::visit(node, [&](auto* concrete) {
      ast::for_each_field(*concrete, [&](std::string_view name, const auto& field) {
        set(o, rt::intern(rt_, ast::python_field(name)), field);
      });
    });
    if (node->kind == ast::Kind::Module)
      rt::set_own_attribute(rt_, o, rt::intern(rt_, "type_ignores"), Value::from(rt::new_list(rt_)));
    if (ast::has_position(node->kind)) {
      rt::set_own_attribute(rt_, o, rt::intern(rt_, "lineno"), Value::from_int(node->line));
      rt::set_own_attribute(rt_, o, rt::intern(rt_, "col_offset"), Value::from_int(node->col));
      rt::set_own_attribute(rt_, o, rt::intern(rt_, "end_lineno"), Value::from_int(node->end_line));
      rt::set_own_attribute(rt_, o, rt::intern(rt_, "end_col_offset"), Value::from_int(node->end_col));
    }
    return Value::from(o);
  }

  rt::Runtime& rt_;
  rt::Dict& classes_;
  rt::Dict* singletons_;
  std::vector<Pending> pending_;  // their parents are all reachable from the root
};

}  // namespace

rt::Value tree_object(rt::Runtime& rt, rt::Dict& classes, ast::Node* root) {
  return Maker(rt, classes).make(root);
}

}  // namespace lisle::vm
