// The views of a dict: keys(), values(), items(); and the read-only proxy of a mapping.
#pragma once
#include "runtime/types/dict.h"

namespace lisle::rt {

struct DictView : Object {
  static constexpr Kind kKind = Kind::DictView;
  Dict* dict;

  size_t byte_size() const { return sizeof(DictView); }
  template <class V>
  void visit(V&& v) {
    v(dict);
  }
};

struct MappingProxy : Object {
  static constexpr Kind kKind = Kind::MappingProxy;
  Value mapping;

  size_t byte_size() const { return sizeof(MappingProxy); }
  template <class V>
  void visit(V&& v) {
    v(mapping);
  }
};

DictView* new_dict_view(Runtime& rt, TypeId type, Dict* d);  // DictKeys, DictValues or DictItems
// A dict's iterators: a forward type and its backward one.
Value dict_iterator(Runtime& rt, TypeId type, Dict& d);
Value dict_reverse_iterator(Runtime& rt, TypeId type, Dict& d);
MappingProxy* new_mapping_proxy(Runtime& rt, Value mapping);

}  // namespace lisle::rt
