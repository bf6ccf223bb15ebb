// Iteration: iter(), next(), and draining an iterable into a list.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

Result iter(Runtime& rt, Frame& f, Value iterable);
// The iterator of a builtin container, or an iterator of the machine itself; unbound for everything that may
// have to be asked.
Value builtin_iterator(Runtime& rt, Value iterable);
// The next item, or Value::exhausted(); StopIteration of the program's iterators is turned into it.
Result next(Runtime& rt, Frame& f, Value iterator);
// Appends all items of an iterable to a list; None.
Result list_extend(Runtime& rt, Frame& f, struct List& list, Value iterable);
// A new List with all items of an iterable.
Result list_of(Runtime& rt, Frame& f, Value iterable);
Result tuple_of(Runtime& rt, Frame& f, Value iterable);
Result length_hint(Runtime& rt, Frame& f, Value iterable);  // int, 0 when unknown

// Generators (interp resumes them); value sent in, unbound-free. Defined by vm/interp.
Result generator_send(Runtime& rt, Frame& f, Value generator, Value v);
Result generator_throw(Runtime& rt, Frame& f, Value generator, Value exception);

// What `await` asks, and the next step of `async for`, where nobody has to be asked for them; unbound
// otherwise.
Value awaitable_at_once(Runtime& rt, Value v);
Value async_next_at_once(Runtime& rt, Value generator);
// What awaiting comes to: a StopIteration in flight is the end, and its value the thread's `stop_value`.
Result finish_awaited(Runtime& rt, Result r);

// Takes a StopIteration in flight as the end; any other exception stays in flight.
Result end_or_raised(Runtime& rt);

}  // namespace lisle::rt
