// `format % arguments`. One step machine serves str and bytes; bytes travel through it as Latin-1 text.
//
// Its registers hold the whole state, because every %s may run a __str__ of the program:
//   the format, the arguments (replaced by a mapping's value after %(key)), whether it formats bytes, the
//   finished pieces, the position behind the last directive, the number of the next argument, the mapping or
//   None, and the parsed parts of the current directive.
#include "runtime/types/percent.h"

#include <string>

#include "runtime/protocols/convert.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"

namespace lisle::rt {

namespace {

enum Register : u32 {
  kFormat,
  kArguments,
  kForBytes,
  kPieces,
  kPosition,
  kNextArgument,
  kArgumentCount,  // -1: the arguments are one single value
  kMapping,
  kFlags,
  kWidth,
  kPrecision,  // -1: none
  kType,
  kValue,  // argument, then its text
};

enum Flag : i64 { kMinus = 1, kPlus = 2, kSpace = 4, kAlternate = 8, kZero = 16 };

bool for_bytes(Frame& f) {
  return f[kForBytes].is_true();
}
bool has_flag(Frame& f, Flag flag) {
  return f[kFlags].as_int() & flag;
}

void add_piece(Runtime& rt, Frame& f, Str* s) {
  if (s->length > 0) list_append(rt, *to<List>(f[kPieces]), Value::from(s));
}

void start(Runtime& rt, Frame& f) {
  f[kPieces] = Value::from(new_list(rt));
  f[kPosition] = Value::from_int(0);
  f[kMapping] = Value::none();
  Tuple* tuple = as<Tuple>(f[kArguments]);
  f[kNextArgument] = Value::from_int(tuple != nullptr ? 0 : -2);
  f[kArgumentCount] = Value::from_int(tuple != nullptr ? static_cast<i64>(tuple->size) : -1);
  bool is_text = is_str(f[kArguments]);
  bool is_byte_text = for_bytes(f) && (is_bytes(f[kArguments]) || is_kind(f[kArguments], Kind::ByteArray));
  if (tuple == nullptr && !is_text && !is_byte_text && has_special(rt, f[kArguments], Special::GetItem)) {
    f[kMapping] = f[kArguments];
  }
}

// Copies text up to the next directive; false at the end of the format.
bool scan_literal(Runtime& rt, Frame& f) {
  Str* format = to<Str>(f[kFormat]);
  u64 at = static_cast<u64>(f[kPosition].as_int()), from = at;
  while (at < format->length && format->at(at) != '%') ++at;
  add_piece(rt, f, str_slice(rt, format, from, at));
  if (at == format->length) return false;
  f[kPosition] = Value::from_int(static_cast<i64>(at + 1));
  return true;
}

Result next_argument(Runtime& rt, Frame& f, Value& out) {
  i64 index = f[kNextArgument].as_int(), count = f[kArgumentCount].as_int();
  if (index >= count) return raise(rt, TypeId::TypeError, "not enough arguments for format string");
  f[kNextArgument] = Value::from_int(index + 1);
  out = count < 0 ? f[kArguments] : to<Tuple>(f[kArguments])->items[index];
  return Result::none();
}

// Reads "(key)" into kValue; unbound there when the directive has none.
Result parse_key(Runtime& rt, Frame& f) {
  Str* format = to<Str>(f[kFormat]);
  u64 at = static_cast<u64>(f[kPosition].as_int());
  f[kValue] = Value::unbound();
  if (at >= format->length || format->at(at) != '(') return Result::none();
  if (f[kMapping].is_none()) return raise(rt, TypeId::TypeError, "format requires a mapping");
  u64 from = ++at;
  for (u32 depth = 1; at < format->length; ++at) {
    u32 c = format->at(at);
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) break;
  }
  if (at == format->length) return raise(rt, TypeId::ValueError, "incomplete format key");
  Str* key = str_slice(rt, format, from, at);
  f[kValue] = for_bytes(f) ? Value::from(new_bytes(rt, key->latin1())) : Value::from(key);
  f[kPosition] = Value::from_int(static_cast<i64>(at + 1));
  return Result::none();
}

// A width or precision: digits, or '*' for an argument. -1 when absent.
Result parse_number(Runtime& rt, Frame& f, u64& at, const char* too_big, i64& out) {
  Str* format = to<Str>(f[kFormat]);
  out = -1;
  if (at < format->length && format->at(at) == '*') {
    ++at;
    Value v;
    TRY(next_argument(rt, f, v));
    if (!is_int_like(v)) return raise(rt, TypeId::TypeError, "* wants int");
    if (!int_to_i64(v, out) || out > INT64_MAX / 4 || out < -INT64_MAX / 4) {
      return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
    }
    return Value::true_();
  }
  for (; at < format->length && format->at(at) - '0' < 10; ++at) {
    if (out < 0) out = 0;
    if (out > (INT64_MAX / 4) / 10) return raise(rt, TypeId::ValueError, "%s too big", too_big);
    out = out * 10 + (format->at(at) - '0');
  }
  return Value::false_();
}

Result parse_flags_and_width(Runtime& rt, Frame& f, u64& at) {
  Str* format = to<Str>(f[kFormat]);
  i64 flags = 0;
  for (; at < format->length; ++at) {
    u32 c = format->at(at);
    i64 flag = c == '-'   ? kMinus
               : c == '+' ? kPlus
               : c == ' ' ? kSpace
               : c == '#' ? kAlternate
               : c == '0' ? kZero
                          : 0;
    if (flag == 0) break;
    flags |= flag;
  }
  i64 width;
  Value starred = TRY(parse_number(rt, f, at, "width", width));
  if (starred.is_true() && width < 0) {
    flags |= kMinus;
    width = -width;
  }
  f[kFlags] = Value::from_int(flags);
  f[kWidth] = Value::from_int(width);
  return Result::none();
}

// Flags, width, precision and type; the position moves behind them and kValue becomes the argument.
Result parse_directive(Runtime& rt, Frame& f) {
  Str* format = to<Str>(f[kFormat]);
  u64 at = static_cast<u64>(f[kPosition].as_int());
  TRY(parse_flags_and_width(rt, f, at));
  i64 precision = -1;
  if (at < format->length && format->at(at) == '.') {
    ++at;
    TRY(parse_number(rt, f, at, "precision", precision));
    if (precision < 0) precision = 0;
  }
  if (at < format->length && (format->at(at) == 'h' || format->at(at) == 'l' || format->at(at) == 'L')) ++at;
  if (at == format->length) return raise(rt, TypeId::ValueError, "incomplete format");
  f[kPrecision] = Value::from_int(precision);
  f[kType] = Value::from_int(format->at(at));
  f[kPosition] = Value::from_int(static_cast<i64>(at + 1));
  return next_argument(rt, f, f[kValue]);
}

Result room_for_directive(Runtime& rt, Frame& f) {
  i64 width = f[kWidth].as_int(), precision = f[kPrecision].as_int();
  TRY(require_text_room(rt, width < 0 ? 0 : static_cast<u64>(width), 2));
  return require_text_room(rt, precision < 0 ? 0 : static_cast<u64>(precision), 2);
}

// The text of %s, %r, %a or %c: cut by the precision (not for %c) and padded with spaces.
Result add_text(Runtime& rt, Frame& f, Str* s, bool cut) {
  TRY(room_for_directive(rt, f));
  i64 precision = f[kPrecision].as_int(), width = f[kWidth].as_int();
  u64 length = s->length;
  if (cut && precision >= 0 && static_cast<u64>(precision) < length) length = static_cast<u64>(precision);
  if (width <= static_cast<i64>(length)) {
    add_piece(rt, f, str_slice(rt, s, 0, length));
    return Result::none();
  }
  u64 padding = static_cast<u64>(width) - length;
  TextBuffer text;
  if (!has_flag(f, kMinus)) text.append_repeated(' ', padding);
  append_str_slice(text, s, 0, length);
  if (has_flag(f, kMinus)) text.append_repeated(' ', padding);
  add_piece(rt, f, new_str_from(rt, text));
  return Result::none();
}

// A number: `digits` without sign, `prefix` as 0x.
void add_number(Runtime& rt, Frame& f, bool negative, std::string_view prefix, std::string_view digits) {
  char sign = negative ? '-' : has_flag(f, kPlus) ? '+' : has_flag(f, kSpace) ? ' ' : 0;
  i64 size = (sign != 0) + static_cast<i64>(prefix.size() + digits.size());
  i64 missing = f[kWidth].as_int() - size;
  u64 padding = missing > 0 ? static_cast<u64>(missing) : 0;
  bool left = has_flag(f, kMinus), zeros = has_flag(f, kZero) && !left;
  TextBuffer text;
  if (!left && !zeros) text.append_repeated(' ', padding);
  if (sign != 0) text.append(static_cast<u32>(sign));
  text.append_ascii(prefix);
  if (zeros) text.append_repeated('0', padding);
  text.append_ascii(digits);
  if (left) text.append_repeated(' ', padding);
  add_piece(rt, f, new_str_from(rt, text));
}

// Is `v` a number that %d or (`index_only`) %x takes after conversion?
Result check_integer_argument(Runtime& rt, Frame& f) {
  u32 type = static_cast<u32>(f[kType].as_int());
  bool index_only = type == 'o' || type == 'x' || type == 'X';
  Value v = f[kValue];
  if (is_int_like(v) || has_special(rt, v, Special::Index)) return Result::none();
  bool text = is_str(v) || is_bytes(v) || is_kind(v, Kind::ByteArray);
  if (!index_only && !text && (is_float(v) || has_special(rt, v, Special::Int))) return Result::none();
  if (type == 'i' && for_bytes(f)) type = 'd';  // bytes know it as that
  return raise(rt, TypeId::TypeError, "%%%c format: %s is required, not %.200s", static_cast<int>(type),
               index_only ? "an integer" : "a real number", type_name(rt, v));
}

Result add_integer(Runtime& rt, Frame& f) {
  TRY(room_for_directive(rt, f));
  u32 type = static_cast<u32>(f[kType].as_int());
  int base = type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
  std::string digits;
  TRY(int_to_digits(rt, f[kValue], base, digits));
  bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  i64 precision = f[kPrecision].as_int();
  if (precision > static_cast<i64>(digits.size()))
    digits.insert(0, static_cast<u64>(precision) - digits.size(), '0');
  std::string_view prefix;
  if (has_flag(f, kAlternate) && base != 10) prefix = type == 'o' ? "0o" : type == 'x' ? "0x" : "0X";
  if (type == 'X') {
    for (char& c : digits) c = c >= 'a' ? static_cast<char>(c - 32) : c;
  }
  add_number(rt, f, negative, prefix, digits);
  return Result::none();
}

Result check_float_argument(Runtime& rt, Frame& f) {
  Value v = f[kValue];
  if (is_float(v) || is_int_like(v) || has_special(rt, v, Special::Float) ||
      has_special(rt, v, Special::Index)) {
    return Result::none();
  }
  return raise(rt, TypeId::TypeError,
               for_bytes(f) ? "float argument required, not %.200s" : "must be real number, not %.50s",
               type_name(rt, v));
}

Result add_float(Runtime& rt, Frame& f) {
  i64 precision = f[kPrecision].as_int();
  if (precision > INT32_MAX) return raise(rt, TypeId::ValueError, "precision too big");
  TRY(room_for_directive(rt, f));
  if (precision < 0) precision = 6;
  std::string text = double_format(float_value(f[kValue]), static_cast<char>(f[kType].as_int()),
                                   static_cast<int>(precision), has_flag(f, kAlternate));
  bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  add_number(rt, f, negative, {}, text);
  return Result::none();
}

Result add_character(Runtime& rt, Frame& f) {
  Value v = f[kValue];
  u32 limit = for_bytes(f) ? 0xFF : 0x10FFFF;
  std::string_view bytes;
  if (is_int_like(v)) {
    i64 code;
    if (!int_to_i64(v, code) || code < 0 || code > limit) {
      return raise(rt, TypeId::OverflowError, "%%c arg not in range(%s)", for_bytes(f) ? "256" : "0x110000");
    }
    return add_text(rt, f, str_from_char(rt, static_cast<u32>(code)), false);
  }
  if (for_bytes(f)) {
    if ((!is_bytes(v) && !is_kind(v, Kind::ByteArray)) || !bytes_like(v, bytes) || bytes.size() != 1) {
      return raise(rt, TypeId::TypeError, "%%c requires an integer in range(256) or a single byte");
    }
    return add_text(rt, f, str_from_char(rt, static_cast<u8>(bytes[0])), false);
  }
  if (!is_str(v) || to<Str>(v)->length != 1) return raise(rt, TypeId::TypeError, "%%c requires int or char");
  return add_text(rt, f, to<Str>(v), false);
}

Result unsupported_character(Runtime& rt, Frame& f) {
  u32 type = static_cast<u32>(f[kType].as_int());
  return raise(rt, TypeId::ValueError, "unsupported format character '%c' (0x%x) at index %lld",
               type > 31 && type < 127 ? static_cast<int>(type) : '?', type,
               static_cast<long long>(f[kPosition].as_int() - 1));
}

enum class Family : u8 { kText, kInteger, kFloat, kCharacter, kUnknown };

Family family_of(u32 type) {
  switch (type) {
    case 's':
    case 'r':
    case 'a':
    case 'b':
      return Family::kText;
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return Family::kInteger;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return Family::kFloat;
    case 'c':
      return Family::kCharacter;
    default:
      return Family::kUnknown;
  }
}

Family family(Frame& f) {
  u32 type = static_cast<u32>(f[kType].as_int());
  return type == 'b' && !for_bytes(f) ? Family::kUnknown : family_of(type);
}

// The text of a %s, %r, %a of str, or %r, %a, %s, %b of bytes. For bytes the first two are ASCII, the last
// two need bytes.
Result argument_text(Runtime& rt, Frame& f) {
  u32 type = static_cast<u32>(f[kType].as_int());
  if (!for_bytes(f)) {
    return type == 's'   ? to_str(rt, f, f[kValue])
           : type == 'r' ? to_repr(rt, f, f[kValue])
                         : to_ascii(rt, f, f[kValue]);
  }
  if (type == 'r' || type == 'a') return to_ascii(rt, f, f[kValue]);
  std::string_view bytes;
  if (bytes_like(f[kValue], bytes)) return Value::from(new_str_latin1(rt, bytes));
  if (has_special(rt, f[kValue], Special::Bytes)) return call_special(rt, f, f[kValue], Special::Bytes, {});
  return raise(rt, TypeId::TypeError,
               "%%b requires a bytes-like object, or an object that implements __bytes__, not '%.100s'",
               type_name(rt, f[kValue]));
}

Result add_argument_text(Runtime& rt, Frame& f, Value text) {
  if (is_str(text)) return add_text(rt, f, to<Str>(text), true);
  if (is_bytes(text)) return add_text(rt, f, new_str_latin1(rt, to<Bytes>(text)->view()), true);
  return raise(rt, TypeId::TypeError, "__bytes__ returned non-bytes (type %.200s)", type_name(rt, text));
}

Result finish(Runtime& rt, Frame& f) {
  if (f[kMapping].is_none() && f[kNextArgument].as_int() < f[kArgumentCount].as_int()) {
    return raise(rt, TypeId::TypeError, "not all arguments converted during %s formatting",
                 for_bytes(f) ? "bytes" : "string");
  }
  List& pieces = *to<List>(f[kPieces]);
  if (pieces.size == 1) return pieces.items->items[0];
  TextBuffer text;
  for (u64 i = 0; i < pieces.size; ++i) append_str(text, to<Str>(pieces.items->items[i]));
  return finish_text(rt, text);
}

// Digits of another base are made of exact ints only.
bool takes_index(Frame& f) {
  i64 type = f[kType].as_int();
  return type == 'x' || type == 'X' || type == 'o';
}

// "%%" directly: no argument is taken.
bool skip_double_percent(Runtime& rt, Frame& f) {
  Str* format = to<Str>(f[kFormat]);
  u64 at = static_cast<u64>(f[kPosition].as_int());
  if (at >= format->length || format->at(at) != '%') return false;
  add_piece(rt, f, str_from_char(rt, '%'));
  f[kPosition] = Value::from_int(static_cast<i64>(at + 1));
  return true;
}

}  // namespace

Result percent_format(Runtime& rt, Frame& f, Str* format, Value arguments, bool for_bytes) {
  return call_internal(rt, f, Internal::PercentFormat,
                       {Value::from(format), arguments, Value::from_bool(for_bytes)});
}

Result percent_format_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      start(rt, f);
      // A single value that is not a tuple counts as unconverted until a directive takes it: index -2 of
      // count -1.
      while (scan_literal(rt, f)) {
        if (skip_double_percent(rt, f)) continue;
        TRY(parse_key(rt, f));
        if (!f[kValue].is_unbound()) {
          AWAIT(1, get_item(rt, f, f[kMapping], f[kValue]));
          f[kArguments] = r.value();
          f[kArgumentCount] = Value::from_int(-1);
          f[kNextArgument] = Value::from_int(-2);
        }
        TRY(parse_directive(rt, f));
        if (family(f) == Family::kUnknown) return unsupported_character(rt, f);
        if (family(f) == Family::kCharacter) {
          if (!is_int_like(f[kValue]) && has_special(rt, f[kValue], Special::Index)) {
            AWAIT(5, to_index(rt, f, f[kValue]));
            f[kValue] = r.value();
          }
          TRY(add_character(rt, f));
          continue;
        }
        if (family(f) == Family::kText) {
          AWAIT(2, argument_text(rt, f));
          TRY(add_argument_text(rt, f, r.value()));
          continue;
        }
        if (family(f) == Family::kInteger) {
          TRY(check_integer_argument(rt, f));
          if (!is_int_like(f[kValue])) {
            AWAIT(3, takes_index(f) ? to_index(rt, f, f[kValue]) : to_int(rt, f, f[kValue]));
            f[kValue] = r.value();
          }
          TRY(add_integer(rt, f));
          continue;
        }
        TRY(check_float_argument(rt, f));
        if (!is_float(f[kValue])) {
          AWAIT(4, to_float(rt, f, f[kValue]));
          f[kValue] = r.value();
        }
        TRY(add_float(rt, f));
      }
      return finish(rt, f);
  }
  LISLE_UNREACHABLE();
}

Result str_percent(Runtime& rt, Frame& f) {
  return percent_format(rt, f, to<Str>(f[0]), f[1], false);
}

Result str_percent_reflected(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) return Value::not_implemented();
  return percent_format(rt, f, to<Str>(f[1]), f[0], false);
}

}  // namespace lisle::rt
