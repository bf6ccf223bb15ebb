// The other side of by_value.h: objects are made empty by functions of the module _revive, and filled from
// the state that BUILD gives them. Nothing of it is trusted.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Is `v` of a kind whose state fill_revived() understands?
bool is_revived(Runtime& rt, Value v);
// None, or raised.
Result fill_revived(Runtime& rt, Value v, Value state);

}  // namespace lisle::rt
