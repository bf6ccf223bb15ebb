// Code objects that the program makes: replace() and the constructor. Instructions come from co_code, which
// holds a whole code object in our own form; all else is a change of that one. What the instructions rely on
// (counts of registers, how the frame is owned) stays as it was compiled, and what is made is verified.
#include <algorithm>
#include <cstring>
#include <string>

#include "runtime/hooks.h"
#include "runtime/runtime.h"
#include "runtime/types/array.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code.h"
#include "runtime/types/exception.h"

namespace lisle::rt {

namespace {

// --- tables in CPython's formats, read

class TableReader {
 public:
  explicit TableReader(std::string_view bytes) : bytes_(bytes) {}
  bool at_end() const { return at_ >= bytes_.size(); }
  u32 byte() { return at_end() ? (cut_off_ = true, 0) : static_cast<u8>(bytes_[at_++]); }
  // Six bits a byte, low ones first.
  u64 number() {
    u64 n = 0;
    for (u32 shift = 0; shift < 36; shift += 6) {
      u32 b = byte();
      n |= static_cast<u64>(b & 63) << shift;
      if (!(b & 64)) break;
    }
    return n;
  }
  i64 signed_number() {
    u64 n = number();
    return n & 1 ? -static_cast<i64>(n >> 1) : static_cast<i64>(n >> 1);
  }
  // Six bits a byte, high ones first.
  u64 exception_number() {
    u64 n = 0;
    for (int i = 0; i < 6; ++i) {
      u32 b = byte();
      n = n << 6 | (b & 63);
      if (!(b & 64)) break;
    }
    return n;
  }
  bool cut_off() const { return cut_off_; }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  bool cut_off_ = false;
};

// Rows as bc::PositionRow and bc::ExceptionRange have them.
struct PositionRow {
  u32 start, line, end_line;
  u16 column, end_column;
};
struct ExceptionRow {
  u32 start, end, handler, exception;
};

u16 column_of(u64 n) {
  return n > 0xffff ? 0xffff : static_cast<u16>(n);
}

// The place of one entry whose form is `form`; `line` is that of the entry before.
PositionRow read_place(TableReader& in, u32 form, i64& line) {
  PositionRow row{0, 0, 0, 0xffff, 0xffff};
  if (form == 15) return row;
  i64 more = 0;
  if (form <= 9) {
    u32 b = in.byte();
    row.column = static_cast<u16>(form << 3 | (b >> 4 & 7));
    row.end_column = static_cast<u16>(row.column + (b & 15));
  } else if (form <= 12) {
    line += form - 10;
    row.column = static_cast<u16>(in.byte());
    row.end_column = static_cast<u16>(in.byte());
  } else {
    line += in.signed_number();
    if (form == 14) {
      more = static_cast<i64>(in.number());
      row.column = column_of(in.number() - 1);
      row.end_column = column_of(in.number() - 1);
    }
  }
  row.line = static_cast<u32>(std::clamp<i64>(line, 0, INT32_MAX));
  row.end_line = static_cast<u32>(std::clamp<i64>(line + more, 0, INT32_MAX));
  return row;
}

template <class Row>
Raw* table_of(Runtime& rt, const std::vector<Row>& rows) {
  Raw* raw = new_raw(rt, rows.size() * sizeof(Row));
  if (!rows.empty()) std::memcpy(raw->bytes, rows.data(), rows.size() * sizeof(Row));
  return raw;
}

Result read_lines(Runtime& rt, Code& code, std::string_view bytes) {
  TableReader in(bytes);
  std::vector<PositionRow> rows;
  i64 line = code.first_line;
  u64 at = 0;
  while (!in.at_end() && at < code.instruction_count) {
    u32 head = in.byte();
    PositionRow row = read_place(in, head >> 3 & 15, line);
    row.start = static_cast<u32>(at);
    if (in.cut_off()) return raise(rt, TypeId::ValueError, "code: co_linetable is cut off");
    rows.push_back(row);
    at += (head & 7) + 1;
  }
  code.line_table = table_of(rt, rows);
  return Result::none();
}

Result read_exceptions(Runtime& rt, Code& code, std::string_view bytes) {
  TableReader in(bytes);
  std::vector<ExceptionRow> rows;
  while (!in.at_end()) {
    u64 start = in.exception_number(), length = in.exception_number(), handler = in.exception_number();
    u64 exception = in.exception_number() >> 1;
    if (in.cut_off()) return raise(rt, TypeId::ValueError, "code: co_exceptiontable is cut off");
    rows.push_back({static_cast<u32>(start), static_cast<u32>(start + length), static_cast<u32>(handler),
                    static_cast<u32>(exception)});
  }
  code.exception_table = table_of(rt, rows);
  return Result::none();
}

// --- fields

Result refuse(Runtime& rt, const char* field, const char* why) {
  return raise(rt, TypeId::ValueError, "code: %s %s", field, why);
}

Result count_field(Runtime& rt, const char* field, Value v, u32& out) {
  if (!v.is_int()) return raise(rt, TypeId::TypeError, "%s must be an int", field);
  if (v.as_int() < 0 || v.as_int() > INT32_MAX) return refuse(rt, field, "is out of range");
  out = static_cast<u32>(v.as_int());
  return Result::none();
}

Result text_field(Runtime& rt, const char* field, Value v, Str*& out) {
  if (!is_str(v)) return raise(rt, TypeId::TypeError, "%s must be str, not %s", field, argument_type(rt, v));
  out = to<Str>(v);
  return Result::none();
}

Result bytes_field(Runtime& rt, const char* field, Value v, std::string_view& out) {
  const Bytes* bytes = as<Bytes>(v);
  if (!bytes) return raise(rt, TypeId::TypeError, "%s must be bytes, not %s", field, argument_type(rt, v));
  out = bytes->view();
  return Result::none();
}

// Names by number: there may be more of them than instructions know, not fewer.
Result names_field(Runtime& rt, const char* field, Value v, Tuple*& names) {
  const Tuple* given = as<Tuple>(v);
  if (!given) return raise(rt, TypeId::TypeError, "%s must be tuple, not %s", field, argument_type(rt, v));
  if (given->size < names->size) return refuse(rt, field, "has too few names");
  std::vector<Value> all(given->items, given->items + given->size);
  for (Value& name : all) {
    if (!is_str(name))
      return raise(rt, TypeId::TypeError, "name tuples must contain only strings, not '%s'",
                   type_name(rt, name));
    name = Value::from(intern(rt, to<Str>(name)));
  }
  names = new_tuple_from(rt, all.data(), all.size());
  return Result::none();
}

// Variables keep their registers and get other names.
Result rename_variables(Runtime& rt, Code& code, Value v) {
  Tuple* shown = code_variables(rt, code);
  Tuple* renamed = shown;
  TRY(names_field(rt, "co_varnames", v, renamed));
  if (renamed->size != shown->size) return refuse(rt, "co_nlocals", "!= len(co_varnames)");
  std::vector<Value> locals(code.locals->items, code.locals->items + code.locals->size);
  u64 next = 0;
  for (Value& name : locals) {
    if (next < shown->size && name == shown->items[next]) name = renamed->items[next++];
  }
  code.locals = new_tuple_from(rt, locals.data(), locals.size());
  return Result::none();
}

// The constants that have a number; those that lie in instructions are as they are.
Result replace_consts(Runtime& rt, Code& code, Value v) {
  const Tuple* given = as<Tuple>(v);
  if (!given) return raise(rt, TypeId::TypeError, "co_consts must be tuple, not %s", argument_type(rt, v));
  u64 first = code.flags & kCodeOptimized ? 1 : 0;
  if (given->size < first + code.consts->size) return refuse(rt, "co_consts", "has too few constants");
  if (first) code.doc = is_str(given->items[0]) ? given->items[0] : Value::none();
  Tuple* consts = new_tuple_from(rt, given->items + first, code.consts->size);
  code.consts = consts;
  code.constants = consts->items;
  return Result::none();
}

// Flags that say how instructions were made cannot be changed.
Result replace_flags(Runtime& rt, Code& code, Value v) {
  constexpr i64 kFree = 0x10 | 0x40 | 0x100 | ~i64{0xffff};
  if (!v.is_int()) return raise(rt, TypeId::TypeError, "co_flags must be an int");
  if ((v.as_int() ^ code_flags(code)) & ~kFree) return refuse(rt, "co_flags", "says how it was compiled");
  if (v.as_int() & 0x100) code.flags |= kCodeIterableCoroutine;
  return Result::none();
}

struct Field {
  const char* name;
  Result (*set)(Runtime& rt, Code& code, Value v);
};

// In the order in which they are replaced: names of variables follow the counts of parameters.
constexpr Field kFields[] = {
    {"co_argcount",
     [](Runtime& rt, Code& c, Value v) { return count_field(rt, "co_argcount", v, c.arg_count); }},
    {"co_posonlyargcount",
     [](Runtime& rt, Code& c, Value v) { return count_field(rt, "co_posonlyargcount", v, c.posonly_count); }},
    {"co_kwonlyargcount",
     [](Runtime& rt, Code& c, Value v) { return count_field(rt, "co_kwonlyargcount", v, c.kwonly_count); }},
    {"co_flags", replace_flags},
    {"co_varnames", rename_variables},
    {"co_nlocals",
     [](Runtime& rt, Code& c, Value v) -> Result {
       u32 count = 0;
       TRY(count_field(rt, "co_nlocals", v, count));
       if (count != code_variables(rt, c)->size) return refuse(rt, "co_nlocals", "!= len(co_varnames)");
       return Result::none();
     }},
    {"co_stacksize",
     [](Runtime& rt, Code& c, Value v) -> Result {
       u32 count = 0;
       TRY(count_field(rt, "co_stacksize", v, count));
       if (count != c.register_count) return refuse(rt, "co_stacksize", "is the number of its registers");
       return Result::none();
     }},
    {"co_consts", replace_consts},
    {"co_names", [](Runtime& rt, Code& c, Value v) { return names_field(rt, "co_names", v, c.names); }},
    {"co_cellvars",
     [](Runtime& rt, Code& c, Value v) { return names_field(rt, "co_cellvars", v, c.cell_names); }},
    {"co_freevars",
     [](Runtime& rt, Code& c, Value v) { return names_field(rt, "co_freevars", v, c.free_names); }},
    {"co_filename",
     [](Runtime& rt, Code& c, Value v) { return text_field(rt, "co_filename", v, c.filename); }},
    {"co_name", [](Runtime& rt, Code& c, Value v) { return text_field(rt, "co_name", v, c.name); }},
    {"co_qualname",
     [](Runtime& rt, Code& c, Value v) { return text_field(rt, "co_qualname", v, c.qualname); }},
    {"co_linetable",
     [](Runtime& rt, Code& c, Value v) -> Result {
       std::string_view bytes;
       TRY(bytes_field(rt, "co_linetable", v, bytes));
       // Ours says more than the text does.
       if (bytes == code_line_table(c)) return Result::none();
       return read_lines(rt, c, bytes);
     }},
    {"co_exceptiontable",
     [](Runtime& rt, Code& c, Value v) -> Result {
       std::string_view bytes;
       TRY(bytes_field(rt, "co_exceptiontable", v, bytes));
       if (bytes == code_exception_table(c)) return Result::none();
       return read_exceptions(rt, c, bytes);
     }},
    {"co_firstlineno",
     [](Runtime& rt, Code& c, Value v) { return count_field(rt, "co_firstlineno", v, c.first_line); }},
};

// A copy through the form that reaches every table: instructions belong to one code object, since they learn
// what they meet.
Result copy_of(Runtime& rt, std::string_view bytes, Code*& out) {
  std::string why;
  out = rt.hooks->read_code(rt, bytes, why);
  if (!out) return raise(rt, TypeId::ValueError, "code: co_code: %s", why.c_str());
  return Result::none();
}

// Parameters may have become fewer or more.
void count_parameters(Code& code) {
  constexpr u32 kBound = kCodeVarArgs | kCodeVarKeywords | kCodeOwnsFrame;
  bool plain = !(code.flags & kBound) && code.kwonly_count == 0 && code.flags & kCodeOptimized;
  code.simple_args = plain ? code.arg_count : ~0u;
}

Result set_fields(Runtime& rt, Code& code, Dict& changes) {
  for (const Field& field : kFields) {
    Value v = dict_get_str(rt, changes, intern(rt, field.name));
    if (!v.is_unbound()) TRY(field.set(rt, code, v));
  }
  count_parameters(code);
  rt.heap.wrote(&code);
  std::string why;
  if (!rt.hooks->verify_code(code, why) || !rt.hooks->distrust_code(code, why))
    return raise(rt, TypeId::ValueError, "code: %s", why.c_str());
  return Value::from(&code);
}

bool is_field(const Str* name) {
  return str_equals(name, "co_code") ||
         std::ranges::any_of(kFields, [&](const Field& f) { return str_equals(name, f.name); });
}

Result need_compiler(Runtime& rt) {
  if (rt.hooks && rt.hooks->read_code && rt.hooks->write_code) return Result::none();
  return raise(rt, TypeId::NotImplementedError, "no compiler");
}

}  // namespace

Result code_replace(Runtime& rt, Frame& f) {
  TRY(need_compiler(rt));
  const Code& self = *to<Code>(f[0]);
  Dict& changes = *to<Dict>(f[1]);
  u64 position = 0;
  Value key, value;
  while (dict_next(changes, position, key, value)) {
    if (!is_field(to<Str>(key)))
      return raise(rt, TypeId::TypeError, "'%s' is an invalid keyword argument for replace()",
                   str_chars(rt, to<Str>(key)));
  }
  std::string bytes = rt.hooks->write_code(self);
  Value code_given = dict_get_str(rt, changes, intern(rt, "co_code"));
  if (!code_given.is_unbound()) {
    std::string_view given;
    TRY(bytes_field(rt, "co_code", code_given, given));
    bytes = given;
  }
  Code* copy;
  TRY(copy_of(rt, bytes, copy));
  if (code_given.is_unbound()) {
    // Constants keep their identity.
    copy->consts = self.consts;
    copy->constants = self.constants;
    copy->doc = self.doc;
  } else {
    copy->name = self.name;
    copy->qualname = self.qualname;
    copy->filename = self.filename;
    copy->first_line = self.first_line;
  }
  return set_fields(rt, *copy, changes);
}

// f: the class and the fields in CPython's order.
Result code_construct(Runtime& rt, Frame& f) {
  constexpr const char* kOrder[] = {"co_argcount",       "co_posonlyargcount", "co_kwonlyargcount",
                                    "co_nlocals",        "co_stacksize",       "co_flags",
                                    "co_code",           "co_consts",          "co_names",
                                    "co_varnames",       "co_filename",        "co_name",
                                    "co_qualname",       "co_firstlineno",     "co_linetable",
                                    "co_exceptiontable", "co_freevars",        "co_cellvars"};
  TRY(need_compiler(rt));
  std::string_view bytes;
  TRY(bytes_field(rt, "co_code", f[7], bytes));
  Code* code;
  TRY(copy_of(rt, bytes, code));
  Dict* fields = new_dict(rt);
  for (u32 i = 0; i < std::size(kOrder); ++i)
    if (i != 6 && !f[i + 1].is_unbound()) dict_set_str(rt, *fields, intern(rt, kOrder[i]), f[i + 1]);
  return set_fields(rt, *code, *fields);
}

}  // namespace lisle::rt
