// What the methods of generators, coroutines and asynchronous generators share.
#pragma once
#include "runtime/types/generator.h"

namespace lisle::rt {

// Stands where the names of keyword arguments stand in a window that resumes a generator; programs cannot
// call one.
inline constexpr Value kGeneratorWindow = Value::exhausted();

Code& generator_code(Generator& g);
// A finished generator leaves its caller with StopIteration, carrying what it returned.
Result raise_generator_stop(Runtime& rt);
// What `next` and `send` of a generator were answered with.
Result item_or_stop(Runtime& rt, Result r);
// Was one of the exceptions raised that end a generator which is being closed?
bool ends_generator(Runtime& rt);
// The exception that throw(type, value, traceback) means. Pending where the class has to be called.
Result normalise_thrown(Runtime& rt, Frame& f, Value type, Value value);

// Methods and attributes that all three have.
Result generator_self(Runtime& rt, Frame& f);
Result generator_repr(Runtime& rt, Frame& f);
Result generator_close(Runtime& rt, Frame& f);  // registers: 2, kCatches
Result generator_get_name(Runtime& rt, Frame& f);
Result generator_set_name(Runtime& rt, Frame& f);
Result generator_get_qualname(Runtime& rt, Frame& f);
Result generator_set_qualname(Runtime& rt, Frame& f);
Result generator_get_code(Runtime& rt, Frame& f);
Result generator_get_suspended(Runtime& rt, Frame& f);
Result generator_get_yielded_from(Runtime& rt, Frame& f);
Result generator_get_frame(Runtime& rt, Frame& f);

}  // namespace lisle::rt
