// str methods that look for text in text.
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

Units units_of(const Str* s) {
  return {s->data, s->width_log2(), s->length};
}

Result must_be_str(Runtime& rt, Value v) {
  if (is_str(v)) return Result::none();
  return raise(rt, TypeId::TypeError, "must be str, not %.100s", type_name(rt, v));
}

// Where f[1] is in f[0] between the bounds f[2] and f[3]; -1 when nowhere.
Result find_between(Runtime& rt, Frame& f, i64 (*search)(const Units&, const Units&), i64& found) {
  TRY(must_be_str(rt, f[1]));
  Str* s = to<Str>(f[0]);
  u64 from, to_;
  found = -1;
  if (!resolve_bounds(s->length, f[2], f[3], from, to_)) return Result::none();
  found = search(units_of(s).slice(from, to_), units_of(to<Str>(f[1])));
  if (found >= 0) found += static_cast<i64>(from);
  return Result::none();
}

template <i64 (*search)(const Units&, const Units&)>
Result find_finish(Runtime& rt, Frame& f) {
  i64 found;
  TRY(find_between(rt, f, search, found));
  return Value::from_int(found);
}

template <i64 (*search)(const Units&, const Units&)>
Result index_finish(Runtime& rt, Frame& f) {
  i64 found;
  TRY(find_between(rt, f, search, found));
  if (found < 0) return raise(rt, TypeId::ValueError, "substring not found");
  return Value::from_int(found);
}

Result count_finish(Runtime& rt, Frame& f) {
  TRY(must_be_str(rt, f[1]));
  Str* s = to<Str>(f[0]);
  u64 from, to_;
  if (!resolve_bounds(s->length, f[2], f[3], from, to_)) return Value::from_int(0);
  Units needle = units_of(to<Str>(f[1]));
  if (needle.length == 0) return Value::from_int(static_cast<i64>(to_ - from + 1));
  return Value::from_int(static_cast<i64>(count_units(units_of(s).slice(from, to_), needle, UINT64_MAX)));
}

bool matches_at_end(Units text, const Str* affix, bool at_end) {
  if (affix->length > text.length) return false;
  u64 start = at_end ? text.length - affix->length : 0;
  return equal_units(text.slice(start, start + affix->length), units_of(affix));
}

Result affix_finish(Runtime& rt, Frame& f, bool at_end) {
  const char* name = at_end ? "endswith" : "startswith";
  Str* s = to<Str>(f[0]);
  Tuple* choices = as<Tuple>(f[1]);
  if (choices == nullptr && !is_str(f[1])) {
    return raise(rt, TypeId::TypeError, "%s first arg must be str or a tuple of str, not %.100s", name,
                 type_name(rt, f[1]));
  }
  u64 from = 0, to_ = 0;
  bool possible = resolve_bounds(s->length, f[2], f[3], from, to_);
  Units text = units_of(s).slice(from, to_);
  if (choices == nullptr) return Result::boolean(possible && matches_at_end(text, to<Str>(f[1]), at_end));
  for (u64 i = 0; i < choices->size; ++i) {
    if (!is_str(choices->items[i])) {
      return raise(rt, TypeId::TypeError, "tuple for %s must only contain str, not %.100s", name,
                   type_name(rt, choices->items[i]));
    }
    if (possible && matches_at_end(text, to<Str>(choices->items[i]), at_end)) return Result::boolean(true);
  }
  return Result::boolean(false);
}

Result startswith_finish(Runtime& rt, Frame& f) {
  return affix_finish(rt, f, false);
}
Result endswith_finish(Runtime& rt, Frame& f) {
  return affix_finish(rt, f, true);
}

Result partition_at(Runtime& rt, Frame& f, bool from_end) {
  TRY(must_be_str(rt, f[1]));
  Str* s = to<Str>(f[0]);
  Str* separator = to<Str>(f[1]);
  if (separator->length == 0) return raise(rt, TypeId::ValueError, "empty separator");
  i64 found = from_end ? str_rfind(s, separator, 0, s->length) : str_find(s, separator, 0, s->length);
  Value parts[3];
  if (found < 0) {
    Value whole = Value::from(str_slice(rt, s, 0, s->length)), empty = Value::from(empty_str(rt));
    parts[0] = from_end ? empty : whole;
    parts[1] = empty;
    parts[2] = from_end ? whole : empty;
  } else {
    u64 at = static_cast<u64>(found);
    parts[0] = Value::from(str_slice(rt, s, 0, at));
    parts[1] = Value::from(separator);
    parts[2] = Value::from(str_slice(rt, s, at + separator->length, s->length));
  }
  return Value::from(new_tuple_from(rt, parts, 3));
}

Result require_affix(Runtime& rt, Value v, const char* name) {
  if (is_str(v)) return Result::none();
  return raise(rt, TypeId::TypeError, "%s() argument must be str, not %.100s", name, argument_type(rt, v));
}

}  // namespace

Result str_find_method(Runtime& rt, Frame& f) {
  return with_bounds<find_finish<find_units>>(rt, f);
}
Result str_rfind_method(Runtime& rt, Frame& f) {
  return with_bounds<find_finish<rfind_units>>(rt, f);
}
Result str_index_method(Runtime& rt, Frame& f) {
  return with_bounds<index_finish<find_units>>(rt, f);
}
Result str_rindex_method(Runtime& rt, Frame& f) {
  return with_bounds<index_finish<rfind_units>>(rt, f);
}
Result str_count_method(Runtime& rt, Frame& f) {
  return with_bounds<count_finish>(rt, f);
}
Result str_startswith(Runtime& rt, Frame& f) {
  return with_bounds<startswith_finish>(rt, f);
}
Result str_endswith(Runtime& rt, Frame& f) {
  return with_bounds<endswith_finish>(rt, f);
}
// Their quick forms: a text is looked for in the whole.
static bool looks_for_text(Frame& f) {
  return f.window_nargs() == 2 && is_str(f[1]);
}
Result str_find_quickly(Runtime&, Frame& f) {
  if (!looks_for_text(f)) return Value::unbound();
  const Str* s = to<Str>(f[0]);
  return Value::from_int(str_find(s, to<Str>(f[1]), 0, s->length));
}
Result str_startswith_quickly(Runtime&, Frame& f) {
  if (!looks_for_text(f)) return Value::unbound();
  return Result::boolean(matches_at_end(units_of(to<Str>(f[0])), to<Str>(f[1]), false));
}
Result str_endswith_quickly(Runtime&, Frame& f) {
  if (!looks_for_text(f)) return Value::unbound();
  return Result::boolean(matches_at_end(units_of(to<Str>(f[0])), to<Str>(f[1]), true));
}

Result str_partition(Runtime& rt, Frame& f) {
  return partition_at(rt, f, false);
}
Result str_rpartition(Runtime& rt, Frame& f) {
  return partition_at(rt, f, true);
}

Result str_contains_method(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) {
    return raise(rt, TypeId::TypeError, "'in <string>' requires string as left operand, not %.100s",
                 type_name(rt, f[1]));
  }
  return Result::boolean(str_contains(to<Str>(f[0]), to<Str>(f[1])));
}

Result str_removeprefix(Runtime& rt, Frame& f) {
  TRY(require_affix(rt, f[1], "removeprefix"));
  Str* s = to<Str>(f[0]);
  Str* prefix = to<Str>(f[1]);
  u64 start = matches_at_end(units_of(s), prefix, false) ? prefix->length : 0;
  return Value::from(str_slice(rt, s, start, s->length));
}

Result str_removesuffix(Runtime& rt, Frame& f) {
  TRY(require_affix(rt, f[1], "removesuffix"));
  Str* s = to<Str>(f[0]);
  Str* suffix = to<Str>(f[1]);
  u64 end = matches_at_end(units_of(s), suffix, true) ? s->length - suffix->length : s->length;
  return Value::from(str_slice(rt, s, 0, end));
}

}  // namespace lisle::rt
