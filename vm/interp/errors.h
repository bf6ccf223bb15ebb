// The errors that instructions themselves raise.
#pragma once
#include "vm/interp/handler.h"

namespace lisle::interp {

Result unbound_local(Runtime& rt, Frame* f, u32 local);
Result unbound_cell(Runtime& rt, Frame* f, u32 cell);  // index into Code::cell_names
Result unbound_free(Runtime& rt, Frame* f, u32 free);  // index into Code::free_names
Result undefined_name(Runtime& rt, rt::Str* name);

}  // namespace lisle::interp
