// The other side of by_value.h: objects are made empty by functions of the module _revive, and filled from
// the state that BUILD gives them. Nothing of it is trusted: whatever a pickle says, what comes out is whole,
// or an exception.
#pragma once
#include <vector>

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

// The attributes of sys that streams of the process are known by.
inline constexpr const char* kStandardStreams[] = {"stdin",     "stdout",     "stderr",
                                                   "__stdin__", "__stdout__", "__stderr__"};

// The flags of a tasklet that travel with it.
inline constexpr u32 kTaskletSaved = kTaskletBlockTrap | kTaskletAtomic | kTaskletIgnoreNesting |
                                     kTaskletRaise | kTaskletStarted | kTaskletFinalizes |
                                     kTaskletSendsException | kTaskletWatched;

// The function of _revive of that name.
Value revive_maker(Runtime& rt, const char* name);
// What __reduce__ of a tasklet shows of its frames: a capsule that keeps a tuple. The tuple of `v`, null when
// it is something else.
Value* as_frames_of_tasklet(Runtime& rt, Value v);

// Raises UnpicklingError: "bad state of 'X' object in pickle".
Result damaged_state(Runtime& rt, Value v);
// May `v` be the handled exception of a generator or tasklet?
bool is_handled_exception(Value v);
// The items of a state, the marks for no value being what they stand for.
std::vector<Value> without_marks(Runtime& rt, const Tuple& state);

// Is `v` of a kind that fill_revived() fills from states like `state`?
bool is_revived(Runtime& rt, Value v, Value state);
// None, or raised.
Result fill_revived(Runtime& rt, Value v, Tuple& state);

// keys(), values() or items() iterators of a dict that do not run backwards.
bool is_forward_dict_iterator(const Iterator& it);

}  // namespace lisle::rt
