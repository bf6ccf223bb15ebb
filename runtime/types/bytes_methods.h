// The native methods that bytes and bytearray share. Results are of the class of `self`: bytes or bytearray.
#pragma once
#include <string_view>

#include "runtime/object/native.h"

namespace lisle::rt {

// The bytes of a bytes or bytearray.
std::string_view own_bytes(Value self);
// `bytes` as a new object of the builtin class of `self`; a bytes object stands for itself where nothing
// changed.
Result like_self(Runtime& rt, Value self, std::string_view bytes);
// A byte from an int; ValueError outside 0..255.
Result byte_value(Runtime& rt, Value v, u8& out);

// bytes_search.cpp
Result bytes_find_method(Runtime& rt, Frame& f);
Result bytes_rfind_method(Runtime& rt, Frame& f);
Result bytes_index_method(Runtime& rt, Frame& f);
Result bytes_rindex_method(Runtime& rt, Frame& f);
Result bytes_count_method(Runtime& rt, Frame& f);
Result bytes_startswith(Runtime& rt, Frame& f);
Result bytes_endswith(Runtime& rt, Frame& f);
Result bytes_contains(Runtime& rt, Frame& f);
Result bytes_partition(Runtime& rt, Frame& f);
Result bytes_rpartition(Runtime& rt, Frame& f);
Result bytes_split(Runtime& rt, Frame& f);
Result bytes_rsplit(Runtime& rt, Frame& f);
Result bytes_splitlines(Runtime& rt, Frame& f);
Result bytes_removeprefix(Runtime& rt, Frame& f);
Result bytes_removesuffix(Runtime& rt, Frame& f);
Result bytes_strip(Runtime& rt, Frame& f);
Result bytes_lstrip(Runtime& rt, Frame& f);
Result bytes_rstrip(Runtime& rt, Frame& f);

// bytes_change.cpp
Result bytes_lower(Runtime& rt, Frame& f);
Result bytes_upper(Runtime& rt, Frame& f);
Result bytes_title(Runtime& rt, Frame& f);
Result bytes_capitalize(Runtime& rt, Frame& f);
Result bytes_swapcase(Runtime& rt, Frame& f);
Result bytes_isalpha(Runtime& rt, Frame& f);
Result bytes_isalnum(Runtime& rt, Frame& f);
Result bytes_isdigit(Runtime& rt, Frame& f);
Result bytes_isspace(Runtime& rt, Frame& f);
Result bytes_isascii(Runtime& rt, Frame& f);
Result bytes_islower(Runtime& rt, Frame& f);
Result bytes_isupper(Runtime& rt, Frame& f);
Result bytes_istitle(Runtime& rt, Frame& f);
Result bytes_center(Runtime& rt, Frame& f);
Result bytes_ljust(Runtime& rt, Frame& f);
Result bytes_rjust(Runtime& rt, Frame& f);
Result bytes_zfill(Runtime& rt, Frame& f);
Result bytes_expandtabs(Runtime& rt, Frame& f);
Result bytes_replace(Runtime& rt, Frame& f);
Result bytes_translate(Runtime& rt, Frame& f);
Result bytes_maketrans(Runtime& rt, Frame& f);
Result bytes_join(Runtime& rt, Frame& f);

// bytes_convert.cpp: constructors, text, comparison, hexadecimal
Result bytes_new(Runtime& rt, Frame& f);
Result bytearray_new(Runtime& rt, Frame& f);
Result bytearray_init(Runtime& rt, Frame& f);
Result bytes_fromhex(Runtime& rt, Frame& f);
Result bytearray_fromhex(Runtime& rt, Frame& f);
Result bytes_hex(Runtime& rt, Frame& f);  // memoryview too
Result bytes_decode(Runtime& rt, Frame& f);
Result bytes_percent(Runtime& rt, Frame& f);
Result bytes_percent_reflected(Runtime& rt, Frame& f);
Result bytes_add(Runtime& rt, Frame& f);
Result bytes_multiply(Runtime& rt, Frame& f);
Result bytes_getitem(Runtime& rt, Frame& f);
Result bytes_len(Runtime& rt, Frame& f);
Result bytes_eq(Runtime& rt, Frame& f);  // memoryview too
Result bytes_ne(Runtime& rt, Frame& f);
Result bytes_lt(Runtime& rt, Frame& f);
Result bytes_le(Runtime& rt, Frame& f);
Result bytes_gt(Runtime& rt, Frame& f);
Result bytes_ge(Runtime& rt, Frame& f);

}  // namespace lisle::rt
