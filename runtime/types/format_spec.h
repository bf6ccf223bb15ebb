// The format specification mini-language: what stands behind the colon in f"{x:>10.2f}" for str, int, float
// and complex.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

struct FormatSpec {
  u32 fill = ' ';
  char align;     // '<', '>', '^' or '='
  char sign = 0;  // '+', '-', ' ' or 0
  bool no_negative_zero = false;
  bool alternate = false;
  char grouping = 0;  // ',' or '_'
  u32 type;           // a code point; 0 when not given
  i64 width = -1;
  i64 precision = -1;
};

// Reads the text of a specification; ValueError with the name of the class of `v` when it is malformed.
Result parse_format_spec(Runtime& rt, const Str& text, Value v, u32 default_type, char default_align,
                         FormatSpec& out);

// __format__ of the builtin scalars (and of subclasses that did not override it). `spec` is not empty.
Result format_str(Runtime& rt, Value v, const Str& spec);
Result format_int(Runtime& rt, Value v, const Str& spec);  // bool too
Result format_float(Runtime& rt, Value v, const Str& spec);
Result format_complex(Runtime& rt, Value v, const Str& spec);

}  // namespace lisle::rt
