// str.format and str.format_map: a step machine, because attributes, items, conversions and __format__ may
// all run the program. A specification that contains fields is expanded by the same machine, one level
// deeper; both share the list that counts automatic field numbers.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/dict.h"
#include "runtime/types/format_fields.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"

namespace lisle::rt {

namespace {

enum Register : u32 {
  kFormat,
  kArguments,  // Tuple, or None for format_map
  kKeywords,   // Dict, or the mapping of format_map
  kNumbering,  // List: how fields are numbered (see Numbering), the next automatic number
  kDepth,      // levels of nesting still allowed
  kPieces,
  kPosition,  // behind the current field
  kNameAt,    // what is not yet read of the field's name
  kNameEnd,
  kObject,
  kConversion,
  kSpec,
  kKey,
  kIsAttribute,
};

enum Numbering : i64 { kUndecided, kAutomatic, kManual };

Str* format_of(Frame& f) {
  return to<Str>(f[kFormat]);
}

void add_piece(Runtime& rt, Frame& f, Value text) {
  if (to<Str>(text)->length > 0) list_append(rt, *to<List>(f[kPieces]), text);
}

// Moves to the next field, collecting the literal text before it. False at the end of the format.
Result next_field(Runtime& rt, Frame& f) {
  for (;;) {
    u64 at = static_cast<u64>(f[kPosition].as_int());
    FormatMarkup markup;
    Value more = TRY(next_markup(rt, *format_of(f), at, markup));
    if (more.is_false()) return more;
    add_piece(rt, f, Value::from(str_slice(rt, format_of(f), markup.literal_start, markup.literal_end)));
    f[kPosition] = Value::from_int(static_cast<i64>(at));
    if (!markup.has_field) continue;
    f[kNameAt] = Value::from_int(static_cast<i64>(markup.name_start));
    f[kNameEnd] = Value::from_int(static_cast<i64>(markup.name_end));
    f[kConversion] = Value::from_int(markup.conversion);
    f[kSpec] = Value::from(str_slice(rt, format_of(f), markup.spec_start, markup.spec_end));
    return Result::boolean(true);
  }
}

// Decides between automatic and manual numbering, or insists on the decision.
Result number_field(Runtime& rt, Frame& f, bool automatic, i64& index) {
  Value* state = to<List>(f[kNumbering])->items->items;
  if (state[0].as_int() == kUndecided) state[0] = Value::from_int(automatic ? kAutomatic : kManual);
  if (state[0].as_int() == kManual && automatic) {
    return raise(rt, TypeId::ValueError,
                 "cannot switch from manual field specification to automatic field numbering");
  }
  if (state[0].as_int() == kAutomatic && !automatic) {
    return raise(rt, TypeId::ValueError,
                 "cannot switch from automatic field numbering to manual field specification");
  }
  if (automatic) {
    index = state[1].as_int();
    state[1] = Value::from_int(index + 1);
  }
  return Result::none();
}

// The object that the first part of the field's name says, in kObject; unbound when kKey has to be looked up
// in the mapping of format_map.
Result first_object(Runtime& rt, Frame& f) {
  u64 start = static_cast<u64>(f[kNameAt].as_int()), end = static_cast<u64>(f[kNameEnd].as_int());
  u64 stop = field_first_end(*format_of(f), start, end);
  f[kNameAt] = Value::from_int(static_cast<i64>(stop));
  i64 index;
  TRY(field_number(rt, *format_of(f), start, stop, index));
  if (start == stop || index >= 0) {
    TRY(number_field(rt, f, start == stop, index));
    if (f[kArguments].is_none()) {
      return raise(rt, TypeId::ValueError, "Format string contains positional fields");
    }
    Tuple* arguments = to<Tuple>(f[kArguments]);
    if (static_cast<u64>(index) >= arguments->size) {
      return raise(rt, TypeId::IndexError, "Replacement index %lld out of range for positional args tuple",
                   static_cast<long long>(index));
    }
    f[kObject] = arguments->items[index];
    return Result::none();
  }
  Str* key = str_slice(rt, format_of(f), start, stop);
  f[kKey] = Value::from(key);
  f[kObject] = Value::unbound();
  if (f[kArguments].is_none()) return Result::none();
  f[kObject] = dict_get_str(rt, *to<Dict>(f[kKeywords]), key);
  if (f[kObject].is_unbound()) return raise_with(rt, TypeId::KeyError, f[kKey]);
  return Result::none();
}

bool has_accessor(Frame& f) {
  return f[kNameAt].as_int() < f[kNameEnd].as_int();
}

Result read_accessor(Runtime& rt, Frame& f) {
  u64 at = static_cast<u64>(f[kNameAt].as_int());
  bool is_attribute;
  Value key;
  TRY(next_accessor(rt, format_of(f), at, static_cast<u64>(f[kNameEnd].as_int()), is_attribute, key));
  f[kNameAt] = Value::from_int(static_cast<i64>(at));
  f[kKey] = is_attribute ? Value::from(intern(rt, to<Str>(key))) : key;
  f[kIsAttribute] = Value::from_bool(is_attribute);
  return Result::none();
}

Result follow_accessor(Runtime& rt, Frame& f) {
  if (f[kIsAttribute].is_true()) return get_attr(rt, f, f[kObject], to<Str>(f[kKey]));
  return get_item(rt, f, f[kObject], f[kKey]);
}

Result convert_object(Runtime& rt, Frame& f) {
  u32 conversion = static_cast<u32>(f[kConversion].as_int());
  switch (conversion) {
    case 0:
      return f[kObject];
    case 's':
      return to_str(rt, f, f[kObject]);
    case 'r':
      return to_repr(rt, f, f[kObject]);
    case 'a':
      return to_ascii(rt, f, f[kObject]);
    default:
      break;
  }
  if (conversion > 32 && conversion < 127) {
    return raise(rt, TypeId::ValueError, "Unknown conversion specifier %c", static_cast<int>(conversion));
  }
  return raise(rt, TypeId::ValueError, "Unknown conversion specifier \\x%x", conversion);
}

Result expand_spec(Runtime& rt, Frame& f) {
  Str* spec = to<Str>(f[kSpec]);
  if (!str_contains(spec, str_from_char(rt, '{'))) return f[kSpec];
  return call_internal(
      rt, f, Internal::FormatFields,
      {f[kSpec], f[kArguments], f[kKeywords], f[kNumbering], Value::from_int(f[kDepth].as_int() - 1)});
}

Result concatenate(Runtime& rt, List& pieces) {
  if (pieces.size == 1) return Value::from(exact_str(rt, to<Str>(pieces.items->items[0])));
  TextBuffer text;
  for (u64 i = 0; i < pieces.size; ++i) append_str(text, to<Str>(pieces.items->items[i]));
  return finish_text(rt, text);
}

Result start_fields(Runtime& rt, Frame& f, Value arguments, Value keywords) {
  List* numbering = new_list(rt, 2);
  list_append(rt, *numbering, Value::from_int(kUndecided));
  list_append(rt, *numbering, Value::from_int(0));
  return call_internal(rt, f, Internal::FormatFields,
                       {f[0], arguments, keywords, Value::from(numbering), Value::from_int(2)});
}

}  // namespace

Result format_fields_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[kDepth].as_int() <= 0) return raise(rt, TypeId::ValueError, "Max string recursion exceeded");
      f[kPieces] = Value::from(new_list(rt));
      f[kPosition] = Value::from_int(0);
      for (;;) {
        r = next_field(rt, f);
        if (r.is_raised()) return r;
        if (r.value().is_false()) return concatenate(rt, *to<List>(f[kPieces]));
        TRY(first_object(rt, f));
        if (f[kObject].is_unbound()) {
          AWAIT(1, get_item(rt, f, f[kKeywords], f[kKey]));
          f[kObject] = r.value();
        }
        while (has_accessor(f)) {
          TRY(read_accessor(rt, f));
          AWAIT(2, follow_accessor(rt, f));
          f[kObject] = r.value();
        }
        AWAIT(3, convert_object(rt, f));
        f[kObject] = r.value();
        AWAIT(4, expand_spec(rt, f));
        f[kSpec] = r.value();
        AWAIT(5, format_value(rt, f, f[kObject], f[kSpec]));
        add_piece(rt, f, r.value());
      }
  }
  LISLE_UNREACHABLE();
}

// Registers: self, args, kwargs.
Result str_format(Runtime& rt, Frame& f) {
  return start_fields(rt, f, f[1], f[2]);
}

Result str_format_map(Runtime& rt, Frame& f) {
  return start_fields(rt, f, Value::none(), f[1]);
}

}  // namespace lisle::rt
