// Writes the text form of code objects.
#include "vm/bytecode/disasm.h"

#include <algorithm>
#include <cstring>

#include "runtime/support/number_text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/set.h"
#include "vm/bytecode/constants.h"
#include "vm/bytecode/op_info.h"

namespace lisle::bc {

namespace {

using rt::Kind;
using rt::Value;

class Writer {
 public:
  std::string out;

  void code(const rt::Code& c, int depth) {
    std::string indent(static_cast<size_t>(depth) * 2, ' ');
    out += "code ";
    write_quoted(out, c.name);
    out += " ";
    write_quoted(out, c.qualname);
    out += " ";
    write_quoted(out, c.filename);
    out += " {\n" + indent + "  line " + std::to_string(c.first_line) + " flags " + std::to_string(c.flags) +
           " args " + std::to_string(c.arg_count) + " " + std::to_string(c.posonly_count) + " " +
           std::to_string(c.kwonly_count) + " registers " + std::to_string(c.register_count) + "  ;" +
           flag_names(c) + "\n";
    out += indent + "  doc ";
    constant(c.doc, depth + 1);
    names(indent, "names", c.names);
    names(indent, "locals", c.locals);
    names(indent, "cells", c.cell_names);
    names(indent, "frees", c.free_names);
    out += "\n" + indent + "  consts {\n";
    for (u64 k = 0; k < c.consts->size; ++k) {
      out += indent + "    " + std::to_string(k) + " ";
      constant(c.consts->items[k], depth + 2);
      out += "\n";
    }
    out += indent + "  }\n" + indent + "  body {\n";
    body(c, indent + "    ");
    out += indent + "  }\n" + indent + "  exceptions {\n";
    exceptions(c, indent + "    ");
    out += indent + "  }\n" + indent + "}";
  }

  std::vector<rt::InstructionText> instructions(const rt::Code& c) {
    std::vector<rt::InstructionText> rows;
    for (size_t at = 0; at < c.instruction_count;) {
      Instruction i = std::bit_cast<Instruction>(c.word(at));
      const OpInfo& op = info(i.op);
      operands(c, at, i, op);
      std::string text = out.empty() ? "" : out.substr(1);
      out.clear();
      comment(c, op, i);
      std::string meaning = out.size() > 4 ? out.substr(4) : "";
      out.clear();
      rows.push_back({at, static_cast<u8>(i.op), op.name, text, meaning, target(c, at, i, op)});
      at += 1 + op.words;
    }
    return rows;
  }

 private:
  static std::string flag_names(const rt::Code& c) {
    static constexpr std::pair<u32, const char*> kNames[] = {
        {rt::kCodeVarArgs, "varargs"},
        {rt::kCodeVarKeywords, "varkeywords"},
        {rt::kCodeGenerator, "generator"},
        {rt::kCodeCoroutine, "coroutine"},
        {rt::kCodeAsyncGenerator, "asyncgenerator"},
        {rt::kCodeIterableCoroutine, "iterablecoroutine"},
        {rt::kCodeNested, "nested"},
        {rt::kCodeOptimized, "optimized"}};
    std::string text;
    for (auto [flag, name] : kNames) {
      if (c.flags & flag) text += std::string(" ") + name;
    }
    return text;
  }

  void names(const std::string& indent, const char* label, const rt::Tuple* tuple) {
    out += "\n" + indent + "  " + label + " (";
    for (u64 k = 0; k < tuple->size; ++k) {
      if (k) out += ", ";
      write_quoted(out, rt::to<rt::Str>(tuple->items[k]));
    }
    out += ")";
  }

  void items(const Value* values, u64 count, int depth) {
    for (u64 k = 0; k < count; ++k) {
      if (k) out += ", ";
      constant(values[k], depth);
    }
  }

  void integer(Value v) {
    if (v.is_int()) {
      out += std::to_string(v.as_int());
      return;
    }
    static constexpr char kHex[] = "0123456789abcdef";
    auto* n = rt::to<rt::Int>(v);
    out += n->size < 0 ? "-0x" : "0x";
    for (u64 limb = n->limb_count(); limb-- > 0;) {
      for (int shift = 60; shift >= 0; shift -= 4) out += kHex[n->limbs[limb] >> shift & 15];
    }
  }

  void bytes(const rt::Bytes* b) {
    static constexpr char kHex[] = "0123456789abcdef";
    out += "b\"";
    for (char c : b->view()) {
      u8 byte = static_cast<u8>(c);
      if (byte >= 32 && byte < 127 && c != '"' && c != '\\')
        out += c;
      else
        ((out += "\\x") += kHex[byte >> 4]) += kHex[byte & 15];
    }
    out += '"';
  }

  void constant(Value v, int depth) {
    if (v.is_none())
      out += "None";
    else if (v.is_true())
      out += "True";
    else if (v.is_false())
      out += "False";
    else if (v.is_ellipsis())
      out += "Ellipsis";
    else if (v.is_int() || rt::is_kind(v, Kind::Int))
      integer(v);
    else if (rt::is_float(v))
      out += "float " + double_repr(rt::float_value(v));
    else if (auto* c = rt::as<rt::Complex>(v))
      out += "complex " + double_repr(c->real) + " " + double_repr(c->imag);
    else if (auto* s = rt::as<rt::Str>(v))
      write_quoted(out, s);
    else if (auto* b = rt::as<rt::Bytes>(v))
      bytes(b);
    else if (auto* t = rt::as<rt::Tuple>(v)) {
      out += "(";
      items(t->items, t->size, depth);
      out += ")";
    } else if (auto* set = rt::as<rt::Set>(v)) {
      write_set(*set, depth);
    } else if (auto* inner = rt::as<rt::Code>(v)) {
      code(*inner, depth);
    } else {
      out += "?";
    }
  }

  // Sorted by text: the order in the table depends on the hash key of the process.
  void write_set(const rt::Set& set, int depth) {
    std::vector<std::string> texts;
    u64 at = 0;
    Value key;
    i64 hash;
    while (rt::set_next(set, at, key, hash)) {
      std::string saved = std::move(out);
      out.clear();
      constant(key, depth);
      texts.push_back(out);
      out = std::move(saved);
    }
    std::sort(texts.begin(), texts.end());
    out += "{";
    for (size_t k = 0; k < texts.size(); ++k) out += (k ? ", " : "") + texts[k];
    out += "}";
  }

  void body(const rt::Code& c, const std::string& indent) {
    const auto* rows = reinterpret_cast<const PositionRow*>(c.line_table->bytes);
    size_t row = 0, row_count = c.line_table->capacity / sizeof(PositionRow);
    for (size_t at = 0; at < c.instruction_count;) {
      Instruction i = std::bit_cast<Instruction>(c.word(at));
      const OpInfo& op = info(i.op);
      out += indent + std::to_string(at) + " ";
      while (row < row_count && rows[row].start == at) {
        const PositionRow& p = rows[row++];
        out += "@" + std::to_string(p.line) + ":" + std::to_string(p.column) + "-" +
               std::to_string(p.end_line) + ":" + std::to_string(p.end_column) + " ";
      }
      instruction(c, at, i, op);
      out += "\n";
      at += 1 + op.words;
    }
  }

  void operand(Operand kind, u32 value) {
    switch (kind) {
      case Operand::none:
      case Operand::wide:
        return;
      case Operand::opt:
        if (value == kNoRegister) {
          out += " -";
          return;
        }
        [[fallthrough]];
      case Operand::dst:
      case Operand::reg:
      case Operand::both:
      case Operand::base:
      case Operand::window:
        out += " r" + std::to_string(value);
        return;
      default:
        out += " " + std::to_string(value);
    }
  }

  void comment(const rt::Code& c, const OpInfo& op, const Instruction& i) {
    const Operand kinds[] = {op.a, op.b, op.c};
    const u32 values[] = {i.a, i.b, i.c};
    for (int k = 0; k < 3; ++k) {
      if (kinds[k] == Operand::name) (out += "  ; ") += text_of(rt::to<rt::Str>(c.names->items[values[k]]));
      if (kinds[k] == Operand::free)
        (out += "  ; ") += text_of(rt::to<rt::Str>(c.free_names->items[values[k]]));
    }
    if (i.op == Op::LoadConst) {
      Value v = c.consts->items[i.wide()];
      out += "  ; ";
      if (rt::is_kind(v, Kind::Code))
        out += "code";
      else
        constant(v, 0);
    }
    if (i.op == Op::LoadImmediate) {
      out += "  ; ";
      if (Value::from_bits(i.b).is_unbound())
        out += "unbound";
      else
        constant(Value::from_bits(i.b), 0);
    }
    if (i.op == Op::CheckLocal || i.op == Op::DeleteLocal) {
      (out += "  ; ") += text_of(rt::to<rt::Str>(c.locals->items[i.a]));
    }
  }

  void instruction(const rt::Code& c, size_t at, const Instruction& i, const OpInfo& op) {
    out += op.name;
    operands(c, at, i, op);
    comment(c, op, i);
  }

  static i64 target(const rt::Code& c, size_t at, const Instruction& i, const OpInfo& op) {
    if (!op.has('J')) return -1;
    i32 distance = op.extra == Extra::target ? static_cast<i32>(c.instructions[at + 1]) : i.wide();
    return static_cast<i64>(at) + 1 + op.words + distance;
  }

  void operands(const rt::Code& c, size_t at, const Instruction& i, const OpInfo& op) {
    operand(op.a, i.a);
    operand(op.b, i.b);
    if (op.b != Operand::wide) operand(op.c, i.c);
    if (op.has('J')) {
      out += " -> " + std::to_string(target(c, at, i, op));
    } else if (op.b == Operand::wide) {
      out += " " + std::to_string(i.wide());
    }
    if (has_constant_word(i.op)) out += " k" + std::to_string(c.instructions[at + 1]);
  }

  static bool has_constant_word(Op op) {
    return op == Op::CallKw || op == Op::CallMethodKw || op == Op::MakeFunction;
  }

  void exceptions(const rt::Code& c, const std::string& indent) {
    const auto* rows = reinterpret_cast<const ExceptionRange*>(c.exception_table->bytes);
    for (size_t k = 0; k < c.exception_table->capacity / sizeof(ExceptionRange); ++k) {
      const ExceptionRange& r = rows[k];
      out += indent + std::to_string(r.start) + " " + std::to_string(r.end) + " -> " +
             std::to_string(r.handler) + " r" + std::to_string(r.exception) + "\n";
    }
  }
};

}  // namespace

std::string disassemble(const rt::Code& code) {
  Writer writer;
  writer.code(code, 0);
  return writer.out + "\n";
}

std::vector<rt::InstructionText> instruction_texts(const rt::Code& code) {
  return Writer().instructions(code);
}

}  // namespace lisle::bc
