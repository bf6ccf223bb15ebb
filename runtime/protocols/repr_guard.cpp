// The guard looks at the frames below: whoever shows a container runs a native __repr__ with the container as
// its first register. So there is no set to keep, to unwind or to save, and each tasklet sees its own frames
// only.
#include "runtime/protocols/repr_guard.h"

namespace lisle::rt {

bool repr_enter(Runtime& rt, Object* container) {
  Value sought = Value::from(container);
  Str* repr = rt.special_name(Special::Repr);
  Frame* own = rt.thread.frame;
  for (Frame* frame = own->prev; frame != nullptr; frame = frame->prev) {
    Native* native = as<Native>(frame->fn);
    if (native != nullptr && frame->r[0] == sought && str_equal(native->name, repr)) return false;
  }
  return true;
}

}  // namespace lisle::rt
