// Code objects as the program sees them.
#include <algorithm>
#include <cstdio>
#include <string>

#include "runtime/hooks.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/pure.h"
#include "runtime/runtime.h"
#include "runtime/types/bytes.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"

namespace lisle::rt {

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
// A function's first constant is its docstring, or None. Numbers that stand in instructions are none of them.
Result get_consts(Runtime& rt, Frame& f) {
  const Code& code = self_of(f);
  std::vector<Value> consts;
  if (code.flags & kCodeOptimized) consts.push_back(code.doc);
  for (u64 i = 0; i < code.consts->size; ++i)
    if (!(code.consts->items[i] == code.doc)) consts.push_back(code.consts->items[i]);
  if (!(code.flags & kCodeOptimized)) consts.push_back(Value::none());
  return Value::from(new_tuple_from(rt, consts.data(), consts.size()));
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

// Parameters and locals; cells that are not parameters are listed apart, as CPython does.
Tuple* variable_names(Runtime& rt, const Code& code) {
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

Result get_varnames(Runtime& rt, Frame& f) {
  return Value::from(variable_names(rt, self_of(f)));
}

Result get_nlocals(Runtime& rt, Frame& f) {
  return Value::from_int(static_cast<i64>(variable_names(rt, self_of(f))->size));
}

// CPython's numbers for what inspect looks at.
Result get_flags(Runtime&, Frame& f) {
  const Code& code = self_of(f);
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
  return Value::from_int(flags);
}

// While it lives, the instructions are those that were compiled, whoever traces.
class TrueInstructions {
 public:
  TrueInstructions(Runtime& rt, Code& code) : rt_(rt), code_(code), traced_(code.opcodes != nullptr) {
    if (traced_) rt.hooks->untrace_code(rt, code);
  }
  ~TrueInstructions() {
    if (traced_) rt_.hooks->trace_code(rt_, code_);
  }
  TrueInstructions(const TrueInstructions&) = delete;
  TrueInstructions& operator=(const TrueInstructions&) = delete;

 private:
  Runtime& rt_;
  Code& code_;
  bool traced_;
};

// Two bytes for each word, as the offsets in the tables count them: the opcode and the low byte of the first
// operand.
Result get_code(Runtime& rt, Frame& f) {
  Code& code = self_of(f);
  TrueInstructions is_true(rt, code);
  std::string out;
  for (u64 at = 0; at < code.instruction_count; ++at) {
    out += static_cast<char>(code.instructions[at]);
    out += static_cast<char>(code.instructions[at] >> 16);
  }
  return Value::from(new_bytes(rt, out));
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

Result get_line_table(Runtime& rt, Frame& f) {
  const Code& code = self_of(f);
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
  return Value::from(new_bytes(rt, out));
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

Result get_exception_table(Runtime& rt, Frame& f) {
  struct Row {  // bc::ExceptionRange
    u32 start, end, handler, exception;
  };
  const Code& code = self_of(f);
  auto* rows = reinterpret_cast<const Row*>(code.exception_table->bytes);
  std::string out;
  for (u64 i = 0; i < code.exception_table->capacity / sizeof(Row); ++i) {
    put_exception_number(out, rows[i].start, true);
    put_exception_number(out, rows[i].end - rows[i].start, false);
    put_exception_number(out, rows[i].handler, false);
    put_exception_number(out, rows[i].exception << 1, false);
  }
  return Value::from(new_bytes(rt, out));
}

// The name of a variable by its number among locals, cells and free variables.
Result code_variable_name(Runtime& rt, Frame& f) {
  const Code& code = self_of(f);
  i64 index = f[1].is_int() ? f[1].as_int() : -1;
  if (index < 0) return raise(rt, TypeId::IndexError, "tuple index out of range");
  for (Tuple* names : {variable_names(rt, code), code.cell_names, code.free_names}) {
    if (index < static_cast<i64>(names->size)) return names->items[index];
    index -= static_cast<i64>(names->size);
  }
  return raise(rt, TypeId::IndexError, "tuple index out of range");
}

// Triples (start, end, line) of offsets in bytes of two a word, one for each run of one line.
Result code_lines(Runtime& rt, Frame& f) {
  Code& code = self_of(f);
  List* out = new_list(rt);
  u64 start = 0;
  for (u64 i = 1; i <= code.instruction_count; ++i) {
    u32 line = code_position(code, start).line;
    if (i < code.instruction_count && code_position(code, i).line == line) continue;
    Value items[3] = {Value::from_int(static_cast<i64>(start * 2)), Value::from_int(static_cast<i64>(i * 2)),
                      line ? Value::from_int(line) : Value::none()};
    list_append(rt, *out, Value::from(new_tuple_from(rt, items, 3)));
    start = i;
  }
  return call_special(rt, f, Value::from(out), Special::Iter, {});
}

}  // namespace

Code* new_code(Runtime& rt) {
  Code* code = rt.make<Code>(TypeId::Code);
  code->entry = rt.thread.first_entry;
  return code;
}

namespace {

// A copy with some fields replaced: those that do not belong to the instructions.
Result code_replace(Runtime& rt, Frame& f) {
  Code* copy = new_code(rt);
  // Instructions belong to one code object: they learn what they meet.
  Raw* body = new_raw(rt, self_of(f).body->capacity);
  TrueInstructions is_true(rt, self_of(f));
  Object header = *copy;
  Entry entry = copy->entry;
  *copy = self_of(f);
  static_cast<Object&>(*copy) = header;
  std::copy_n(copy->body->bytes, body->capacity, body->bytes);
  copy->instructions = reinterpret_cast<u64*>(body->bytes);
  copy->body = body;
  copy->entry = entry;
  copy->heat = copy->native_id = 0;
  u64 position = 0;
  Value key, value;
  while (dict_next(*to<Dict>(f[1]), position, key, value)) {
    const Str* name = to<Str>(key);
    if (str_equals(name, "co_name") && is_str(value)) {
      copy->name = to<Str>(value);
    } else if (str_equals(name, "co_qualname") && is_str(value)) {
      copy->qualname = to<Str>(value);
    } else if (str_equals(name, "co_filename") && is_str(value)) {
      copy->filename = to<Str>(value);
    } else if (str_equals(name, "co_firstlineno") && value.is_int()) {
      copy->first_line = static_cast<u32>(value.as_int());
    } else if (str_equals(name, "co_flags") && value.is_int()) {
      // The only flag that programs set is the one of types.coroutine().
      if (value.as_int() & 0x100) copy->flags |= kCodeIterableCoroutine;
    } else {
      return raise(rt, TypeId::TypeError, "replace() cannot change '%s'", str_chars(rt, name));
    }
  }
  rt.heap.wrote(copy);
  return Value::from(copy);
}

constexpr NativeSpec kMethods[] = {
    {"__repr__", code_repr, "(self, /)"},
    {"co_positions", code_positions, "(self, /)"},
    {"co_lines", code_lines, "(self, /)"},
    {"_varname_from_oparg", code_variable_name, "(self, oparg, /)"},
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
                         TypeId::Object, Kind::Code, kTypeFinal | kTypeNoNew | kTypeHidden,
                         kMethods,       kAttributes};

}  // namespace lisle::rt
