// The declarations of every kind in kinds.def.
#pragma once
#include "runtime/image/pickler.h"
#include "runtime/image/unpickler.h"
#include "runtime/tasks/bomb.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/readiness.h"
#include "runtime/tasks/select.h"
#include "runtime/types/bytes.h"
#include "runtime/types/capsule.h"
#include "runtime/types/datetime.h"
#include "runtime/types/deque.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_view.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/float.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/range.h"
#include "runtime/types/set.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/super.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

// The end of a hole, where a header would be.
struct Free : Object {
  static constexpr Kind kKind = Kind::Free;
  size_t byte_size() const { return 16; }
  template <class V>
  void visit(V&&) {}
};

}  // namespace lisle::rt
