// Native functions of numbers are leaves for the numbers they know. When an argument only becomes a number by
// asking the program (__index__, __float__), they hand themselves over to a step machine that converts the
// arguments and calls them again. That keeps the common case free of frames.
#pragma once
#include "runtime/protocols/convert.h"

namespace lisle::rt {

// What a parameter has to become; unbound arguments stay unbound.
enum class Want : u8 { kAsIs, kFloat, kIndex, kTruth, kComplex };

inline constexpr size_t kMaxRetryArgs = 5;

// Converts the parameters f[0], f[1], ... of the running native and calls it again with them. A tail call.
Result retry_converted(Runtime& rt, Frame& f, std::initializer_list<Want> wants);
// The same for a function of one *args parameter, all of whose items are wanted alike.
Result retry_converted_items(Runtime& rt, Frame& f, Want want);

// Has `v` a __float__ or an __index__, so that to_float has a chance?
bool converts_to_float(const Runtime& rt, Value v);
// int(v) of a finite number of another kind was refused: the text of the constructor.
Result raise_not_an_int(Runtime& rt, Value v);

}  // namespace lisle::rt
