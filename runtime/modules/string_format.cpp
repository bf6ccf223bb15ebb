// The module _string: how str.format reads its format strings, for string.Formatter.
#include "runtime/types/format_fields.h"
#include "runtime/types/iterator.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

Result require_text(Runtime& rt, Value v) {
  if (is_str(v)) return Result::none();
  return raise(rt, TypeId::TypeError, "expected str, got %s", type_name(rt, v));
}

Value list_iterator(Runtime& rt, List* list) {
  return Value::from(new_iterator(rt, TypeId::ListIterator, Value::from(list), Value::from_int(0)));
}

Value text_or_none(Runtime& rt, Str* s, bool present, u64 start, u64 end) {
  return present ? Value::from(str_slice(rt, s, start, end)) : Value::none();
}

// The pieces (literal, field name, specification, conversion) of a format string.
Result formatter_parser(Runtime& rt, Frame& f) {
  TRY(require_text(rt, f[0]));
  Str* format = to<Str>(f[0]);
  List* pieces = new_list(rt);
  u64 at = 0;
  for (;;) {
    FormatMarkup markup;
    Value more = TRY(next_markup(rt, *format, at, markup));
    if (more.is_false()) return list_iterator(rt, pieces);
    Tuple* piece = new_tuple(rt, 4);
    list_append(rt, *pieces, Value::from(piece));
    bool field = markup.has_field;
    piece->items[0] = text_or_none(rt, format, true, markup.literal_start, markup.literal_end);
    piece->items[1] = text_or_none(rt, format, field, markup.name_start, markup.name_end);
    piece->items[2] = text_or_none(rt, format, field, markup.spec_start, markup.spec_end);
    piece->items[3] =
        field && markup.conversion != 0 ? Value::from(str_from_char(rt, markup.conversion)) : Value::none();
    rt.heap.wrote(piece);
  }
}

// "0.name[key]" as (0, iterator of (is attribute, key)).
Result formatter_field_name_split(Runtime& rt, Frame& f) {
  TRY(require_text(rt, f[0]));
  Str* name = to<Str>(f[0]);
  u64 at = field_first_end(*name, 0, name->length);
  i64 number;
  TRY(field_number(rt, *name, 0, at, number));
  Value first = number >= 0 ? Value::from_int(number) : Value::from(str_slice(rt, name, 0, at));
  List* rest = new_list(rt);
  while (at < name->length) {
    bool is_attribute;
    Value items[2];
    TRY(next_accessor(rt, name, at, name->length, is_attribute, items[1]));
    items[0] = Value::from_bool(is_attribute);
    list_append(rt, *rest, Value::from(new_tuple_from(rt, items, 2)));
  }
  Value result[2] = {first, list_iterator(rt, rest)};
  return Value::from(new_tuple_from(rt, result, 2));
}

constexpr NativeSpec kFunctions[] = {
    {"formatter_parser", formatter_parser, "(format_string, /)"},
    {"formatter_field_name_split", formatter_field_name_split, "(field_name, /)"},
};

}  // namespace

extern const ModuleSpec kStringModule;
const ModuleSpec kStringModule = {"_string", "String helper module.", kFunctions, nullptr};

}  // namespace lisle::rt
