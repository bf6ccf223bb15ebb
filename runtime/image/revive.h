// The other side of by_value.h: objects are made empty by functions of the module _revive, and filled from
// the state that BUILD gives them. Nothing of it is trusted: whatever a pickle says, what comes out is whole,
// or an exception.
#pragma once
#include "runtime/object/native.h"
#include "runtime/protocols/call.h"
#include "runtime/runtime.h"
#include "runtime/tasks/tasklet.h"
#include "runtime/types/iterator.h"

namespace lisle::rt {

extern const ModuleSpec kReviveModule;

// Tasklet flag: made by a pickle that has not filled it yet.
inline constexpr u32 kTaskletUnfilled = 1 << 20;
// What pickles write for registers without a value and for the end of an iterator: step machines that no
// register ever holds.
inline constexpr Internal kUnboundMark = Internal::HostBase;
inline constexpr Internal kExhaustedMark = Internal::ExhaustedMark;

// The flags of a tasklet that travel with it.
inline constexpr u32 kTaskletSaved = kTaskletBlockTrap | kTaskletAtomic | kTaskletIgnoreNesting |
                                     kTaskletRaise | kTaskletStarted | kTaskletFinalizes |
                                     kTaskletSendsException;

// Is `v` of a kind that fill_revived() fills from states like `state`?
bool is_revived(Runtime& rt, Value v, Value state);
// None, or raised.
Result fill_revived(Runtime& rt, Value v, Tuple& state);

// keys(), values() or items() iterators of a dict that do not run backwards.
bool is_forward_dict_iterator(const Iterator& it);

}  // namespace lisle::rt
