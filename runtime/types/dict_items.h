// d[key] as the subscript protocol sees it: KeyError and __missing__.
#pragma once
#include "runtime/types/dict.h"

namespace lisle::rt {

// For exact dicts and for dict.__getitem__ of subclasses, which have their __missing__ asked.
Result dict_get_item(Runtime& rt, Frame& f, Dict& d, Value key);
Result dict_delete_item(Runtime& rt, Frame& f, Dict& d, Value key);  // None

}  // namespace lisle::rt
