// The native methods of str by topic; str_type.cpp lists them in the method table.
#pragma once
#include "runtime/object/native.h"

namespace lisle::rt {

// str_find.cpp: find and its relatives, startswith, partition, in
Result str_find_method(Runtime& rt, Frame& f);
Result str_rfind_method(Runtime& rt, Frame& f);
Result str_index_method(Runtime& rt, Frame& f);
Result str_rindex_method(Runtime& rt, Frame& f);
Result str_count_method(Runtime& rt, Frame& f);
Result str_startswith(Runtime& rt, Frame& f);
Result str_endswith(Runtime& rt, Frame& f);
Result str_partition(Runtime& rt, Frame& f);
Result str_rpartition(Runtime& rt, Frame& f);
Result str_contains_method(Runtime& rt, Frame& f);
Result str_removeprefix(Runtime& rt, Frame& f);
Result str_removesuffix(Runtime& rt, Frame& f);

// str_case.cpp: letter case and the is... questions
Result str_lower(Runtime& rt, Frame& f);
Result str_upper(Runtime& rt, Frame& f);
Result str_title(Runtime& rt, Frame& f);
Result str_capitalize(Runtime& rt, Frame& f);
Result str_swapcase(Runtime& rt, Frame& f);
Result str_casefold(Runtime& rt, Frame& f);
Result str_isalpha(Runtime& rt, Frame& f);
Result str_isalnum(Runtime& rt, Frame& f);
Result str_isdecimal(Runtime& rt, Frame& f);
Result str_isdigit(Runtime& rt, Frame& f);
Result str_isnumeric(Runtime& rt, Frame& f);
Result str_isspace(Runtime& rt, Frame& f);
Result str_isprintable(Runtime& rt, Frame& f);
Result str_isidentifier(Runtime& rt, Frame& f);
Result str_isascii(Runtime& rt, Frame& f);
Result str_islower(Runtime& rt, Frame& f);
Result str_isupper(Runtime& rt, Frame& f);
Result str_istitle(Runtime& rt, Frame& f);

// str_split.cpp: split, join, strip
Result str_split(Runtime& rt, Frame& f);
Result str_rsplit(Runtime& rt, Frame& f);
Result str_splitlines(Runtime& rt, Frame& f);
Result str_join(Runtime& rt, Frame& f);
Result str_strip(Runtime& rt, Frame& f);
Result str_lstrip(Runtime& rt, Frame& f);
Result str_rstrip(Runtime& rt, Frame& f);

// str_change.cpp: padding, replacing, translating
Result str_center(Runtime& rt, Frame& f);
Result str_ljust(Runtime& rt, Frame& f);
Result str_rjust(Runtime& rt, Frame& f);
Result str_zfill(Runtime& rt, Frame& f);
Result str_expandtabs(Runtime& rt, Frame& f);
Result str_replace(Runtime& rt, Frame& f);
Result str_translate(Runtime& rt, Frame& f);
Result str_maketrans(Runtime& rt, Frame& f);

// str_format.cpp and str_percent.cpp
Result str_format(Runtime& rt, Frame& f);
// The quick forms (NativeSpec::quick) of methods of the same name.
Result str_find_quickly(Runtime& rt, Frame& f);
Result str_startswith_quickly(Runtime& rt, Frame& f);
Result str_endswith_quickly(Runtime& rt, Frame& f);
Result str_split_quickly(Runtime& rt, Frame& f);
Result str_join_quickly(Runtime& rt, Frame& f);
Result str_replace_quickly(Runtime& rt, Frame& f);
Result str_format_map(Runtime& rt, Frame& f);
Result str_percent(Runtime& rt, Frame& f);
Result str_percent_reflected(Runtime& rt, Frame& f);

}  // namespace lisle::rt
