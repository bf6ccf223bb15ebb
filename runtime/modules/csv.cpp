// The module _csv_core: lines of CSV text to fields and back, one capsule for each reader or writer.
// stdlib/_csv.py has the classes of the program above it.
//
// values[0]: the fields of the record being read, a list; values[1]: the characters of an unfinished field
// that began on an earlier line, a str; values[2]: the line terminator of writers.
#include <string>

#include "runtime/modules/arguments.h"
#include "runtime/support/text.h"
#include "runtime/types/capsule.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

enum Quoting : i64 { kQuoteMinimal, kQuoteAll, kQuoteNonNumeric, kQuoteNone };
enum class At : u8 {
  kStartRecord,
  kStartField,
  kEscaped,
  kInField,
  kInQuoted,
  kEscapedInQuoted,
  kQuoteInQuoted,
  kEatNewline,
  kAfterEscapedNewline,
};

constexpr u32 kNoChar = 0xFFFFFFFF;
constexpr u32 kEndOfLine = 0xFFFFFFFE;

struct Engine {
  u32 delimiter, quote, escape;  // kNoChar: none
  bool double_quote, skip_space, strict, numeric;
  At at;
  i64 quoting, limit;
};

Engine& engine_of(Frame& f) {
  return to<Capsule>(f[0])->state<Engine>();
}

Result csv_error(Runtime& rt, std::string_view text) {
  return raise_module_error(rt, "_csv_core", "Error", text);
}

u32 char_argument(Value v) {
  return is_str(v) && to<Str>(v)->length == 1 ? to<Str>(v)->at(0) : kNoChar;
}

// delimiter, quotechar, escapechar, doublequote, skipinitialspace, strict, quoting, lineterminator.
Result new_engine(Runtime& rt, Frame& f) {
  Capsule* capsule = new_capsule(rt, module_class(rt, "_csv_core", "_Engine"), sizeof(Engine));
  Engine& e = capsule->state<Engine>();
  e.delimiter = char_argument(f[0]);
  e.quote = char_argument(f[1]);
  e.escape = char_argument(f[2]);
  e.double_quote = f[3].is_true();
  e.skip_space = f[4].is_true();
  e.strict = f[5].is_true();
  TRY(size_argument(rt, f[6], 0, e.quoting));
  capsule->values[0] = Value::from(new_list(rt));
  capsule->values[2] = is_str(f[7]) ? f[7] : Value::from(rt.names.empty);
  rt.heap.wrote(capsule);
  return Value::from(capsule);
}

// --- reading

struct Reading {
  Runtime& rt;
  Capsule& capsule;
  Engine& engine;
  TextBuffer& field;
};

Result save_field(Reading& r) {
  Value value;
  if (r.engine.numeric) {
    r.engine.numeric = false;
    f64 number;
    TextBuffer utf8;
    r.field.encode_utf8(utf8);
    if (!float_from_text(utf8.latin1(), number)) {
      return raise(r.rt, TypeId::ValueError, "could not convert string to float: '%s'",
                   std::string(utf8.latin1()).c_str());
    }
    value = new_float(r.rt, number);
  } else {
    value = Value::from(new_str_from(r.rt, r.field));
  }
  list_append(r.rt, *to<List>(r.capsule.values[0]), value);
  r.field.clear();
  return Result::none();
}

Result add_char(Reading& r, u32 c) {
  if (static_cast<i64>(r.field.length()) >= r.engine.limit) {
    return csv_error(r.rt, "field larger than field limit (" + std::to_string(r.engine.limit) + ")");
  }
  r.field.append(c);
  return Result::none();
}

bool is_newline(u32 c) {
  return c == '\n' || c == '\r';
}

Result end_field(Reading& r, u32 c, At after_delimiter) {
  TRY(save_field(r));
  r.engine.at = c == kEndOfLine ? At::kStartRecord : is_newline(c) ? At::kEatNewline : after_delimiter;
  return Result::none();
}

Result start_field(Reading& r, u32 c) {
  Engine& e = r.engine;
  if (is_newline(c) || c == kEndOfLine || c == e.delimiter) return end_field(r, c, At::kStartField);
  if (c == e.quote && e.quoting != kQuoteNone) {
    e.at = At::kInQuoted;
  } else if (c == e.escape) {
    e.at = At::kEscaped;
  } else if (c == ' ' && e.skip_space) {
    e.at = At::kStartField;
  } else {
    if (e.quoting == kQuoteNonNumeric) e.numeric = true;
    e.at = At::kInField;
    return add_char(r, c);
  }
  return Result::none();
}

Result in_field(Reading& r, u32 c) {
  Engine& e = r.engine;
  if (is_newline(c) || c == kEndOfLine || c == e.delimiter) return end_field(r, c, At::kStartField);
  if (c != e.escape) return add_char(r, c);
  e.at = At::kEscaped;
  return Result::none();
}

Result in_quoted(Reading& r, u32 c) {
  Engine& e = r.engine;
  if (c == kEndOfLine) return Result::none();
  if (c == e.escape) {
    e.at = At::kEscapedInQuoted;
  } else if (c == e.quote && e.quoting != kQuoteNone) {
    e.at = e.double_quote ? At::kQuoteInQuoted : At::kInField;
  } else {
    return add_char(r, c);
  }
  return Result::none();
}

Result quote_in_quoted(Reading& r, u32 c) {
  Engine& e = r.engine;
  if (e.quoting != kQuoteNone && c == e.quote) {
    e.at = At::kInQuoted;
    return add_char(r, c);
  }
  if (c == e.delimiter || is_newline(c) || c == kEndOfLine) return end_field(r, c, At::kStartField);
  if (e.strict) {
    TextBuffer text, utf8;
    text.append('\'');
    text.append(e.delimiter);
    text.append_ascii("' expected after '");
    text.append(e.quote);
    text.append('\'');
    text.encode_utf8(utf8);
    return csv_error(r.rt, utf8.latin1());
  }
  e.at = At::kInField;
  return add_char(r, c);
}

Result escaped(Reading& r, u32 c) {
  r.engine.at = is_newline(c) ? At::kAfterEscapedNewline : At::kInField;
  return add_char(r, c == kEndOfLine ? '\n' : c);
}

Result process(Reading& r, u32 c) {
  Engine& e = r.engine;
  switch (e.at) {
    case At::kStartRecord:
      if (c == kEndOfLine) return Result::none();
      if (!is_newline(c)) return start_field(r, c);
      e.at = At::kEatNewline;
      return Result::none();
    case At::kStartField:
      return start_field(r, c);
    case At::kEscaped:
      return escaped(r, c);
    case At::kAfterEscapedNewline:
      return c == kEndOfLine ? Result::none() : in_field(r, c);
    case At::kInField:
      return in_field(r, c);
    case At::kInQuoted:
      return in_quoted(r, c);
    case At::kEscapedInQuoted:
      e.at = At::kInQuoted;
      return add_char(r, c == kEndOfLine ? '\n' : c);
    case At::kQuoteInQuoted:
      return quote_in_quoted(r, c);
    case At::kEatNewline:
      if (c == kEndOfLine) e.at = At::kStartRecord;
      if (c == kEndOfLine || is_newline(c)) return Result::none();
      return csv_error(r.rt,
                       "new-line character seen in unquoted field - do you need to open the file in "
                       "universal-newline mode?");
  }
  LISLE_UNREACHABLE();
}

void begin_record(Runtime& rt, Capsule& capsule) {
  Engine& e = capsule.state<Engine>();
  e.at = At::kStartRecord;
  e.numeric = false;
  capsule.values[0] = Value::from(new_list(rt));
  capsule.values[1] = Value::none();
  rt.heap.wrote(&capsule);
}

// The record is complete: its fields; the next one begins.
Value take_record(Runtime& rt, Capsule& capsule) {
  Value fields = capsule.values[0];
  begin_record(rt, capsule);
  return fields;
}

Result read_line(Reading& r, const Str* line) {
  for (u64 i = 0; i < line->length; ++i) TRY(process(r, line->at(i)));
  return process(r, kEndOfLine);
}

// self, line, field limit → the record's fields when the line ended one, else None.
Result engine_feed(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) {
    return csv_error(rt, std::string("iterator should return strings, not ") + type_name(rt, f[1]) +
                             " (the file should be opened in text mode)");
  }
  Capsule& capsule = *to<Capsule>(f[0]);
  TRY(size_argument(rt, f[2], 0, engine_of(f).limit));
  TextBuffer field;
  if (is_str(capsule.values[1])) append_str(field, to<Str>(capsule.values[1]));
  Reading reading{rt, capsule, engine_of(f), field};
  Result r = read_line(reading, to<Str>(f[1]));
  if (!r.is_value()) {
    begin_record(rt, capsule);
    return r;
  }
  if (engine_of(f).at == At::kStartRecord) return take_record(rt, capsule);
  capsule.values[1] = Value::from(new_str_from(rt, field));
  rt.heap.wrote(&capsule);
  return Result::none();
}

// self → the fields of a record that the input's end cut off, None when none had begun.
Result engine_finish(Runtime& rt, Frame& f) {
  Capsule& capsule = *to<Capsule>(f[0]);
  TextBuffer field;
  if (is_str(capsule.values[1])) append_str(field, to<Str>(capsule.values[1]));
  if (field.length() == 0 && engine_of(f).at != At::kInQuoted) {
    begin_record(rt, capsule);
    return Result::none();
  }
  if (engine_of(f).strict) return csv_error(rt, "unexpected end of data");
  Reading reading{rt, capsule, engine_of(f), field};
  TRY(save_field(reading));
  return take_record(rt, capsule);
}

// --- writing

bool is_special(const Engine& e, const Str* terminator, u32 c) {
  if (c == e.delimiter || c == e.escape || c == e.quote) return true;
  for (u64 i = 0; i < terminator->length; ++i) {
    if (terminator->at(i) == c) return true;
  }
  return false;
}

// Appends a field; `quoted` says whether it must be in quotes, and is set when its characters ask for them.
Result write_field(Runtime& rt, const Engine& e, const Str* terminator, const Str* field, bool quoted,
                   TextBuffer& out) {
  TextBuffer body;
  for (u64 i = 0; i < field->length; ++i) {
    u32 c = field->at(i);
    if (is_special(e, terminator, c)) {
      bool escapes = e.quoting == kQuoteNone || c == e.escape || (c == e.quote && !e.double_quote);
      if (!escapes && c == e.quote) body.append(e.quote);
      if (!escapes) quoted = true;
      if (escapes && e.escape == kNoChar) return csv_error(rt, "need to escape, but no escapechar set");
      if (escapes) body.append(e.escape);
    }
    body.append(c);
  }
  if (quoted) out.append(e.quote);
  out.append_units(body.units(), body.width_log2(), body.length(), body.is_ascii());
  if (quoted) out.append(e.quote);
  return Result::none();
}

// self, texts (a list of str), forced (a list of bools: which fields must be quoted, or None) → the line.
Result engine_row(Runtime& rt, Frame& f) {
  const Engine& e = engine_of(f);
  const Str* terminator = to<Str>(to<Capsule>(f[0])->values[2]);
  const List* texts = as<List>(f[1]);
  const List* forced = as<List>(f[2]);
  if (texts == nullptr) return raise(rt, TypeId::TypeError, "a list of fields is required");
  TextBuffer line;
  for (u64 i = 0; i < texts->size; ++i) {
    if (i > 0) line.append(e.delimiter);
    if (!is_str(texts->items->items[i])) return raise(rt, TypeId::TypeError, "fields must be strings");
    bool quoted = forced != nullptr && i < forced->size && forced->items->items[i].is_true();
    TRY(write_field(rt, e, terminator, to<Str>(texts->items->items[i]), quoted, line));
  }
  if (texts->size == 1 && line.length() == 0) {
    if (e.quoting == kQuoteNone) return csv_error(rt, "single empty field record must be quoted");
    line.append(e.quote);
    line.append(e.quote);
  }
  append_str(line, terminator);
  return finish_text(rt, line);
}

constexpr NativeSpec kMethods[] = {
    {"feed", engine_feed, "(self, line, limit, /)"},
    {"finish", engine_finish, "(self, /)"},
    {"row", engine_row, "(self, texts, forced, /)"},
};
constexpr NativeSpec kFunctions[] = {
    {"engine", new_engine,
     "(delimiter, quotechar, escapechar, doublequote, skipinitialspace, strict, quoting, terminator, /)"},
};

void set_up(Runtime& rt, Module& module) {
  module_set(rt, module, "Error",
             Value::from(new_native_class(rt, "_csv", "Error", rt.type(TypeId::Exception))));
  new_capsule_class(rt, module, "_csv_core", "Engine", kMethods);
}

}  // namespace

std::span<const NativeSpec> csv_engine_methods() {
  return kMethods;
}

extern const ModuleSpec kCsvModule;
const ModuleSpec kCsvModule = {"_csv_core", "The inner loops of the csv module.", kFunctions, set_up};

}  // namespace lisle::rt
