// The locks under which the bodies of modules run, one for each module, so that no thread gets a module that
// another has not finished. The tasklets of one thread see it unfinished, as in Stackless: the one that
// imports may be waiting for them.
#pragma once
#include "runtime/tasks/lock.h"

namespace lisle::rt {

// The current tasklet begins and ends to run the body of module `name`.
void hold_import(Runtime& rt, Str* name);
void release_import(Runtime& rt, Str* name);

// The lock of module `name` where another thread runs its body; null otherwise, and where that thread waits
// for a module of this one: then waiting would never end, and the module is taken as it is, as CPython does.
Lock* foreign_import(Runtime& rt, Str* name);

}  // namespace lisle::rt
