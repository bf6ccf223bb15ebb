// Where the carets under a source line stand out: the operator of a binary operation, the brackets of a
// subscript.
#pragma once
#include <string_view>

#include "runtime/support/base.h"

namespace lisle::rt {

struct CaretAnchors {
  i64 left = -1, right = -1;  // the span of carets between tildes; -1: carets all along
};
// `segment` is the text of one expression, the offsets count from its start.
CaretAnchors find_anchors(std::u32string_view segment);

}  // namespace lisle::rt
