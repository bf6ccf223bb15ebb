// Suspended frames as values, and back: what pickles and images keep of a tasklet or generator.
//
// A tasklet is written from its top frame down, each frame as the values
//   Function   number           live registers...   a frame of the language; the number holds its resume
//   point Native     number   count   registers...        a step machine; the number holds its step, the
//   count its
//                                                   arguments
//   Generator  number                               a generator that runs on this stack; its registers are
//   its own
// where the low bits of each number name the continuation by which the frame above delivers its value. After
// `construct` stands the instance that is being initialised. The continuation of the bottom frame comes last.
// Natives that only pass their callee's value on are left out: they have nothing left to do.
//
// Addresses of code never leave this file: a resume point is a word index in the code object, a continuation
// the number of its row in continuations.def.
#pragma once
#include "runtime/tasks/tasklet.h"
#include "runtime/types/list.h"

namespace lisle::interp {

// Appends the frames of a tasklet that is not running. Raises TypeError with the reason when one of them
// cannot be saved.
rt::Result capture_frames(rt::Runtime& rt, rt::Tasklet& t, rt::List& out);
// Gives a tasklet without frames those that capture_frames() wrote. Everything is checked before the tasklet
// changes; raises ValueError.
rt::Result restore_frames(rt::Runtime& rt, rt::Tasklet& t, const rt::Value* items, u64 count);

// May a frame of `code` wait at word `at` for a value delivered by the continuation of that row?
bool may_wait(const rt::Code& code, u64 at, size_t continuation);
// Do the registers of that frame hold what instructions to come rely on?
bool registers_fit(const rt::Code& code, u64 at, size_t continuation, const rt::Value* registers);
// Does a suspended generator go on behind the instruction there?
bool may_yield(const rt::Code& code, u64 at);

// The same for the registers of a generator that has not ended: number and live registers.
rt::Result capture_generator(rt::Runtime& rt, rt::Generator& g, rt::List& out);
rt::Result restore_generator(rt::Runtime& rt, rt::Generator& g, const rt::Value* items, u64 count);

// Moves the frames of a suspended tasklet to fresh memory by way of both, as LISLE_STRESS=pickle demands at
// each switch. Frames below a call from the embedding host stay.
void renew_frames(rt::Runtime& rt, rt::Tasklet& t);

}  // namespace lisle::interp
