// Instantiates size and visitor of every kind. A row of kinds.def whose struct lacks either does not compile.
#include "runtime/heap/kind_table.h"

#include "runtime/heap/collector.h"
#include "runtime/heap/kinds.h"

namespace lisle::rt {

namespace {

template <class T>
size_t size_of(const Object* o) {
  return static_cast<const T*>(o)->byte_size();
}

template <class T>
void scan_of(Object* o, Collector& collector) {
  auto* object = static_cast<T*>(o);
  collector.keep(o, object->byte_size());
  object->visit(collector);
}

constexpr KindInfo kKindInfos[] = {
#define KIND(Name) {#Name, size_of<Name>, scan_of<Name>},
#include "runtime/object/kinds.def"
#undef KIND
};

}  // namespace

const KindInfo& kind_info(Kind kind) {
  return kKindInfos[static_cast<size_t>(kind)];
}

size_t object_bytes(const Object* o) {
  size_t bytes = kind_info(o->kind).byte_size(o);
  return o->gc & kGcTrailing ? ((bytes + 7) & ~size_t{7}) + sizeof(Value) : bytes;
}

}  // namespace lisle::rt
