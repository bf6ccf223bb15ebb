// Exception groups: their rows of the table of exception classes, and splitting, which `except*` uses as
// well.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Registers: class, args, keywords, two of state.
Result group_new(Runtime& rt, Frame& f);
Result group_str(Runtime& rt, Frame& f);
Result group_derive(Runtime& rt, Frame& f);
Result group_split(Runtime& rt, Frame& f);
Result group_subgroup(Runtime& rt, Frame& f);
Result group_message(Runtime& rt, Frame& f);
Result group_exceptions(Runtime& rt, Frame& f);
Result group_class_getitem(Runtime& rt, Frame& f);

// Splits `exception` (a group or not) by `condition`, a class, a tuple of classes or a callable: a tuple of
// the matching part and the rest, None where there is nothing.
Result split_exception(Runtime& rt, Frame& f, Value exception, Value condition);

inline constexpr NativeSpec kGroupMethods[] = {
    {"__new__", group_new, "(cls, /, *args, **kwargs)", nullptr, 5, kStatic},
    {"__str__", group_str, "(self, /)"},
    {"derive", group_derive, "(self, excs, /)"},
    {"split", group_split, "(self, condition, /)"},
    {"subgroup", group_subgroup, "(self, condition, /)", nullptr, 2},
    {"__class_getitem__", group_class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod},
};
inline constexpr GetsetSpec kGroupAttributes[] = {
    {"message", group_message, nullptr, "exception message"},
    {"exceptions", group_exceptions, nullptr, "nested exceptions"},
};

}  // namespace lisle::rt
