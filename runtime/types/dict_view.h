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

MappingProxy* new_mapping_proxy(Runtime& rt, Value mapping);

}  // namespace lisle::rt
