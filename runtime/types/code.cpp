// Code objects as the program sees them.
#include <algorithm>
#include <cstdio>
#include <string>

#include "runtime/hooks.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/pure.h"
#include "runtime/runtime.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"

namespace lisle::rt {

Tuple* code_variables(Runtime& rt, const Code& code) {
  std::vector<Value> names;
  u64 parameters = code.arg_count + code.kwonly_count + ((code.flags & kCodeVarArgs) != 0) +
                   ((code.flags & kCodeVarKeywords) != 0);
  for (u64 i = 0; i < code.locals->size; ++i) {
    Value name = code.locals->items[i];
    bool is_cell = false;
    for (u64 j = 0; j < code.cell_names->size; ++j) is_cell = is_cell || code.cell_names->items[j] == name;
    if (is_str(name) && (i < parameters || !is_cell)) names.push_back(name);
  }
  return new_tuple_from(rt, names.data(), names.size());
}

Tuple* code_consts(Runtime& rt, const Code& code) {
  std::vector<Value> consts;
  if (code.flags & kCodeOptimized) consts.push_back(code.doc);
  consts.insert(consts.end(), code.consts->items, code.consts->items + code.consts->size);
  std::vector<Value> inside;
  if (rt.hooks && rt.hooks->inline_constants) rt.hooks->inline_constants(code, inside);
  if (!(code.flags & kCodeOptimized)) inside.push_back(Value::none());
  for (Value v : inside)
    if (std::ranges::find(consts, v) == consts.end()) consts.push_back(v);
  return new_tuple_from(rt, consts.data(), consts.size());
}

i64 code_flags(const Code& code) {
  struct Pair {
    u32 ours;
    i64 theirs;
  };
  constexpr Pair kPairs[] = {{kCodeOptimized, 0x1 | 0x2},
                             {kCodeVarArgs, 0x4},
                             {kCodeVarKeywords, 0x8},
                             {kCodeNested, 0x10},
                             {kCodeGenerator, 0x20},
                             {kCodeCoroutine, 0x80},
                             {kCodeIterableCoroutine, 0x100},
                             {kCodeAsyncGenerator, 0x200},
                             {kCodeFutureAnnotations, 0x1000000}};
  i64 flags = 0;
  for (const Pair& p : kPairs)
    if (code.flags & p.ours) flags |= p.theirs;
  return flags;
}

namespace {

Code& self_of(Frame& f) {
  return *to<Code>(f[0]);
}

Result get_argcount(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).arg_count);
}
Result get_posonly(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).posonly_count);
}
Result get_kwonly(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).kwonly_count);
}
Result get_name(Runtime&, Frame& f) {
  return Value::from(self_of(f).name);
}
Result get_qualname(Runtime&, Frame& f) {
  return Value::from(self_of(f).qualname);
}
Result get_filename(Runtime&, Frame& f) {
  return Value::from(self_of(f).filename);
}
Result get_first_line(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).first_line);
}
Result get_consts(Runtime& rt, Frame& f) {
  return Value::from(code_consts(rt, self_of(f)));
}
Result get_names(Runtime&, Frame& f) {
  return Value::from(self_of(f).names);
}
Result get_cell_names(Runtime&, Frame& f) {
  return Value::from(self_of(f).cell_names);
}
Result get_free_names(Runtime&, Frame& f) {
  return Value::from(self_of(f).free_names);
}
Result get_stack_size(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).register_count);
}

Result get_varnames(Runtime& rt, Frame& f) {
  return Value::from(code_variables(rt, self_of(f)));
}

Result get_nlocals(Runtime& rt, Frame& f) {
  return Value::from_int(static_cast<i64>(code_variables(rt, self_of(f))->size));
}

Result get_flags(Runtime&, Frame& f) {
  return Value::from_int(code_flags(self_of(f)));
}

// The whole code object in our own form, from which replace() and the constructor make instructions again.
Result get_code(Runtime& rt, Frame& f) {
  if (!rt.hooks || !rt.hooks->write_code) return raise(rt, TypeId::NotImplementedError, "no compiler");
  return Value::from(new_bytes(rt, rt.hooks->write_code(self_of(f))));
}

Result code_repr(Runtime& rt, Frame& f) {
  const Code& code = self_of(f);
  char address[32];
  std::snprintf(address, sizeof address, " at 0x%llx, file \"",
                static_cast<unsigned long long>(f[0].bits() - 1));
  return Value::from(new_str(rt, "<code object " + utf8_of(code.name) + address + utf8_of(code.filename) +
                                     "\", line " + std::to_string(code.first_line) + ">"));
}

Value position_tuple(Runtime& rt, const SourcePosition& p) {
  auto number = [](u32 n, u32 unknown) { return n == unknown ? Value::none() : Value::from_int(n); };
  Value items[4] = {number(p.line, 0), number(p.end_line, 0), number(p.column, 0xffff),
                    number(p.end_column, 0xffff)};
  return Value::from(new_tuple_from(rt, items, 4));
}

// One entry for each instruction word.
Result code_positions(Runtime& rt, Frame& f) {
  Code& code = self_of(f);
  List* out = new_list(rt, code.instruction_count);
  for (u64 i = 0; i < code.instruction_count; ++i)
    list_append(rt, *out, position_tuple(rt, code_position(code, i)));
  return call_special(rt, f, Value::from(out), Special::Iter, {});
}

// --- tables in CPython's formats, whose units are two bytes: one stands for one of our words

// Six bits a byte, low ones first.
void put_varint(std::string& out, u64 n) {
  for (; n >= 64; n >>= 6) out += static_cast<char>(0x40 | (n & 63));
  out += static_cast<char>(n);
}

void put_signed(std::string& out, i64 n) {
  put_varint(out, n < 0 ? (static_cast<u64>(-n) << 1) | 1 : static_cast<u64>(n) << 1);
}

// One entry of co_linetable for up to eight units at one position.
void put_location(std::string& out, const SourcePosition& p, u64 units, i64& line) {
  enum Form : u32 { kNoColumns = 13, kLong = 14, kNone = 15 };
  bool has_columns = p.column != 0xffff && p.end_column != 0xffff;
  Form form = p.line == 0 ? kNone : has_columns ? kLong : kNoColumns;
  out += static_cast<char>(0x80 | form << 3 | static_cast<u32>(units - 1));
  if (form == kNone) return;
  put_signed(out, static_cast<i64>(p.line) - line);
  line = p.line;
  if (form == kNoColumns) return;
  put_varint(out, p.end_line - p.line);
  put_varint(out, p.column + 1);
  put_varint(out, p.end_column + 1);
}

bool same_place(const SourcePosition& a, const SourcePosition& b) {
  return a.line == b.line && a.column == b.column && a.end_line == b.end_line && a.end_column == b.end_column;
}

}  // namespace

std::string code_line_table(const Code& code) {
  if (code.line_table->capacity == 0) return "";
  std::string out;
  i64 line = code.first_line;
  for (u64 at = 0; at < code.instruction_count;) {
    SourcePosition here = code_position(code, at);
    u64 units = 1;
    while (units < 8 && at + units < code.instruction_count &&
           same_place(code_position(code, at + units), here))
      ++units;
    put_location(out, here, units, line);
    at += units;
  }
  return out;
}

namespace {

Result get_line_table(Runtime& rt, Frame& f) {
  return Value::from(new_bytes(rt, code_line_table(self_of(f))));
}

// Pairs of bytes: how far to go in the code, how far in the lines.
Result get_line_deltas(Runtime& rt, Frame& f) {
  const Code& code = self_of(f);
  std::string out;
  i64 line = code.first_line;
  u64 start = 0;
  for (u64 at = 0; at < code.instruction_count; ++at) {
    i64 now = code_position(code, at).line;
    if (now == 0 || now == line) continue;
    u64 distance = 2 * (at - start);
    for (; distance > 254; distance -= 254) out += {static_cast<char>(254), 0};
    i64 delta = now - line;
    for (; delta > 127; delta -= 127, distance = 0) out += {static_cast<char>(distance), 127};
    for (; delta < -128; delta += 128, distance = 0)
      out += {static_cast<char>(distance), static_cast<char>(-128)};
    out += {static_cast<char>(distance), static_cast<char>(delta)};
    line = now;
    start = at;
  }
  return Value::from(new_bytes(rt, out));
}

// Six bits a byte, high ones first; the first byte of an entry is marked.
void put_exception_number(std::string& out, u64 n, bool first) {
  char mark = first ? static_cast<char>(0x80) : 0;
  for (int shift = 30; shift > 0; shift -= 6) {
    if (!(n >> shift)) continue;
    out += static_cast<char>(mark | 0x40 | (n >> shift & 63));
    mark = 0;
  }
  out += static_cast<char>(mark | static_cast<char>(n & 63));
}

}  // namespace

std::string code_exception_table(const Code& code) {
  struct Row {  // bc::ExceptionRange
    u32 start, end, handler, exception;
  };
  auto* rows = reinterpret_cast<const Row*>(code.exception_table->bytes);
  std::string out;
  for (u64 i = 0; i < code.exception_table->capacity / sizeof(Row); ++i) {
    put_exception_number(out, rows[i].start, true);
    put_exception_number(out, rows[i].end - rows[i].start, false);
    put_exception_number(out, rows[i].handler, false);
    put_exception_number(out, rows[i].exception << 1, false);
  }
  return out;
}

namespace {

Result get_exception_table(Runtime& rt, Frame& f) {
  return Value::from(new_bytes(rt, code_exception_table(self_of(f))));
}

// The name of a variable by its number among locals, cells and free variables.
Result code_variable_name(Runtime& rt, Frame& f) {
  const Code& code = self_of(f);
  i64 index = f[1].is_int() ? f[1].as_int() : -1;
  if (index < 0) return raise(rt, TypeId::IndexError, "tuple index out of range");
  for (Tuple* names : {code_variables(rt, code), code.cell_names, code.free_names}) {
    if (index < static_cast<i64>(names->size)) return names->items[index];
    index -= static_cast<i64>(names->size);
  }
  return raise(rt, TypeId::IndexError, "tuple index out of range");
}

// Triples (start, end, line) of offsets in bytes of two a word, one for each run of one line.
Result code_lines(Runtime& rt, Frame& f) {
  Code& code = self_of(f);
  List* out = new_list(rt);
  u64 start = code.line_table->capacity == 0 ? code.instruction_count : 0;
  for (u64 i = start + 1; i <= code.instruction_count; ++i) {
    u32 line = code_position(code, start).line;
    if (i < code.instruction_count && code_position(code, i).line == line) continue;
    Value items[3] = {Value::from_int(static_cast<i64>(start * 2)), Value::from_int(static_cast<i64>(i * 2)),
                      line ? Value::from_int(line) : Value::none()};
    list_append(rt, *out, Value::from(new_tuple_from(rt, items, 3)));
    start = i;
  }
  return call_special(rt, f, Value::from(out), Special::Iter, {});
}

// What the module dis makes its listings of: (word, opcode, name, operands, meaning, target in words or
// None).
Result code_instructions(Runtime& rt, Frame& f) {
  if (!rt.hooks || !rt.hooks->instructions) return raise(rt, TypeId::NotImplementedError, "no compiler");
  List* out = new_list(rt);
  for (const InstructionText& i : rt.hooks->instructions(self_of(f))) {
    List* row = new_list(rt);
    list_append(rt, *out, Value::from(row));
    list_append(rt, *row, Value::from_int(static_cast<i64>(i.at)));
    list_append(rt, *row, Value::from_int(i.opcode));
    for (const std::string& text : {std::string(i.name), i.operands, i.meaning})
      list_append(rt, *row, Value::from(new_str(rt, text)));
    list_append(rt, *row, i.target < 0 ? Value::none() : Value::from_int(i.target));
  }
  return Value::from(out);
}

}  // namespace

Code* new_code(Runtime& rt) {
  Code* code = rt.make<Code>(TypeId::Code);
  code->entry = rt.thread.first_entry;
  return code;
}

namespace {

bool same_bytes(const Raw& a, const Raw& b) {
  return a.capacity == b.capacity && std::equal(a.bytes, a.bytes + a.capacity, b.bytes);
}

// Of the same name and lines, doing the same. The file does not count.
bool same_code(Runtime& rt, const Code& a, const Code& b) {
  return a.first_line == b.first_line && a.flags == b.flags && a.instruction_count == b.instruction_count &&
         str_equal(a.name, b.name) && same_bytes(*a.line_table, *b.line_table) &&
         same_bytes(*a.exception_table, *b.exception_table) &&
         rt.hooks->fingerprint(a) == rt.hooks->fingerprint(b);
}

Result code_eq(Runtime& rt, Frame& f) {
  const Code* other = as<Code>(f[1]);
  if (!other) return Value::not_implemented();
  return Result::boolean(f[0] == f[1] || same_code(rt, self_of(f), *other));
}

Result code_ne(Runtime& rt, Frame& f) {
  const Code* other = as<Code>(f[1]);
  if (!other) return Value::not_implemented();
  return Result::boolean(!(f[0] == f[1] || same_code(rt, self_of(f), *other)));
}

Result code_hash(Runtime& rt, Frame& f) {
  const Code& code = self_of(f);
  u64 hash = static_cast<u64>(str_hash(rt, code.name));
  hash = (hash ^ code.first_line) * 0x9E3779B97F4A7C15u ^ code.instruction_count;
  return Value::from_int(static_cast<i64>(hash >> 4));
}

constexpr NativeSpec kMethods[] = {
    {"__repr__", code_repr, "(self, /)"},
    {"co_positions", code_positions, "(self, /)"},
    {"co_lines", code_lines, "(self, /)"},
    {"_instructions", code_instructions, "(self, /)"},
    {"_varname_from_oparg", code_variable_name, "(self, oparg, /)"},
    {"__eq__", code_eq, "(self, value, /)"},
    {"__ne__", code_ne, "(self, value, /)"},
    {"__hash__", code_hash, "(self, /)"},
    {"__new__", code_construct,
     "(cls, argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, "
     "names, varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), "
     "cellvars=(), /)",
     nullptr, 0, kStatic},
    {"replace", code_replace, "(self, /, **kwargs)",
     "Return a copy of the code object with new values for the "
     "specified fields."},
};

constexpr GetsetSpec kAttributes[] = {
    {"co_argcount", get_argcount, readonly_member},
    {"co_posonlyargcount", get_posonly, readonly_member},
    {"co_kwonlyargcount", get_kwonly, readonly_member},
    {"co_nlocals", get_nlocals},
    {"co_stacksize", get_stack_size, readonly_member},
    {"co_flags", get_flags, readonly_member},
    {"co_code", get_code},
    {"co_consts", get_consts, readonly_member},
    {"co_names", get_names, readonly_member},
    {"co_varnames", get_varnames},
    {"co_cellvars", get_cell_names},
    {"co_freevars", get_free_names},
    {"co_filename", get_filename, readonly_member},
    {"co_name", get_name, readonly_member},
    {"co_qualname", get_qualname, readonly_member},
    {"co_firstlineno", get_first_line, readonly_member},
    {"co_linetable", get_line_table},
    {"co_lnotab", get_line_deltas},
    {"co_exceptiontable", get_exception_table},
};

}  // namespace

extern const TypeSpec kCodeType;
const TypeSpec kCodeType{"code",         "builtins", "Create a code object.  Not for mere mortals.",
                         TypeId::Object, Kind::Code, kTypeFinal | kTypeHidden,
                         kMethods,       kAttributes};

}  // namespace lisle::rt
