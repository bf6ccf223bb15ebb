// Reads the text form of code objects back; see disasm.cpp for the form. Everything from a semicolon to the
// end of the line is a comment.
#include <cstdlib>
#include <cstring>

#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "vm/bytecode/constants.h"
#include "vm/bytecode/disasm.h"
#include "vm/bytecode/emit.h"
#include "vm/bytecode/op_info.h"

namespace lisle::bc {

namespace {

using rt::Value;

class Assembler {
 public:
  Assembler(rt::Runtime& rt, Anchor& anchor, std::string_view text, std::string& error)
      : rt_(rt), anchor_(anchor), text_(text), error_(error) {}

  rt::Code* whole() {
    rt::Code* code = read_code();
    if (good() && peek() != 0) wrong("text behind the end");
    return good() ? code : nullptr;
  }

 private:
  bool good() const { return error_.empty(); }
  void wrong(const std::string& what) {
    if (!good()) return;
    size_t line = 1;
    for (size_t i = 0; i < at_ && i < text_.size(); ++i) line += text_[i] == '\n';
    error_ = "line " + std::to_string(line) + ": " + what;
  }

  // --- tokens
  // ------------------------------------------------------------------------------------------------
  char peek() {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == ';') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (c == ' ' || c == '\n' || c == ',') {
        ++at_;
      } else {
        return c;
      }
    }
    return 0;
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (good() && !take(c)) wrong(std::string("expected ") + c);
  }
  // Words may hold signs, which belong to numbers.
  static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '+' || c == '-' || c == '.';
  }
  std::string_view word() {
    peek();
    size_t start = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    if (start == at_) wrong("expected a word");
    return text_.substr(start, at_ - start);
  }
  void keyword(std::string_view expected) {
    if (good() && word() != expected) wrong("expected " + std::string(expected));
  }
  i64 number() {
    std::string text(word());
    char* end = nullptr;
    i64 n = std::strtoll(text.c_str(), &end, 10);
    if (end == text.c_str() || *end != 0) wrong("expected a number");
    return n;
  }
  u32 small() {
    i64 n = number();
    if (n < 0 || n > 0xffffffff) wrong("number out of range");
    return static_cast<u32>(n);
  }
  u32 prefixed(char letter) {
    if (!take(letter)) wrong(std::string("expected ") + letter);
    return good() ? small() : 0;
  }

  u32 hex(int digits) {
    u32 n = 0;
    for (int k = 0; k < digits; ++k) {
      char c = at_ < text_.size() ? text_[at_++] : 0;
      u32 digit = c >= '0' && c <= '9' ? static_cast<u32>(c - '0') : static_cast<u32>(c - 'a') + 10;
      if (digit > 15) wrong("bad escape");
      n = n << 4 | (digit & 15);
    }
    return n;
  }

  // The characters between double quotes.
  std::vector<u32> quoted() {
    std::vector<u32> points;
    expect('"');
    while (good()) {
      if (at_ >= text_.size()) {
        wrong("a string does not end");
        break;
      }
      char c = text_[at_++];
      if (c == '"') break;
      if (c != '\\') {
        points.push_back(static_cast<u8>(c));
        continue;
      }
      char kind = at_ < text_.size() ? text_[at_++] : 0;
      if (kind == 'U')
        points.push_back(hex(8));
      else if (kind == 'x')
        points.push_back(hex(2));
      else
        points.push_back(static_cast<u8>(kind));
    }
    return points;
  }
  rt::Str* string() {
    std::vector<u32> points = quoted();
    for (u32& p : points) {
      if (p > 0x10ffff) wrong("no such character");
    }
    if (!good()) points.clear();
    return anchor_.keep(rt::intern(rt_, rt::new_str_utf32(rt_, points.data(), points.size())));
  }
  Value bytes() {
    std::string content;
    for (u32 p : quoted()) content += static_cast<char>(p);
    return Value::from(rt::new_bytes(rt_, content));
  }

  // --- constants
  // ---------------------------------------------------------------------------------------------
  f64 real() {
    std::string text(word());
    char* end = nullptr;
    f64 d = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || *end != 0) wrong("expected a floating-point number");
    return d;
  }

  Value integer(std::string_view text) {
    bool negative = text.starts_with('-');
    std::string_view digits = text.substr(negative);
    if (digits.starts_with("0x")) {
      Value n = rt::int_from_digits(rt_, digits.data() + 2, digits.size() - 2, 16);
      return negative ? rt::int_neg(rt_, n) : n;
    }
    std::string copy(text);
    char* end = nullptr;
    i64 n = std::strtoll(copy.c_str(), &end, 10);
    if (copy.empty() || *end != 0) wrong("unknown constant " + copy);
    return rt::new_int(rt_, n);
  }

  std::vector<Value> values(char close) {
    std::vector<Value> items;
    while (good() && !take(close)) {
      if (peek() == 0)
        wrong("a list does not end");
      else
        items.push_back(constant());
    }
    return items;
  }

  Value constant() {
    constexpr u32 kMostDepth = 500;
    struct Depth {
      u32& depth;
      ~Depth() { --depth; }
    } guard{depth_};
    if (++depth_ > kMostDepth) wrong("nested too deeply");
    if (!good()) return Value::none();
    return anchor_.keep(constant_unkept());
  }

  Value constant_unkept() {
    char c = peek();
    if (c == '"') return Value::from(string());
    if (c == 'b' && text_.substr(at_).starts_with("b\"")) {
      ++at_;
      return bytes();
    }
    if (take('(')) {
      std::vector<Value> items = values(')');
      return Value::from(rt::new_tuple_from(rt_, items.data(), items.size()));
    }
    if (take('{')) return new_frozenset(rt_, values('}'));
    if (text_.substr(at_).starts_with("code ")) {
      rt::Code* code = read_code();
      return code ? Value::from(code) : Value::none();
    }
    std::string_view w = word();
    if (w == "None") return Value::none();
    if (w == "True") return Value::true_();
    if (w == "False") return Value::false_();
    if (w == "Ellipsis") return Value::ellipsis();
    if (w == "float") return rt::new_float(rt_, real());
    if (w == "complex") {
      f64 first = real();
      return rt::new_complex(rt_, first, real());
    }
    return good() ? integer(w) : Value::none();
  }

  // --- code
  // --------------------------------------------------------------------------------------------------
  rt::Tuple* strings(std::string_view label) {
    keyword(label);
    expect('(');
    std::vector<Value> items;
    while (good() && !take(')')) items.push_back(Value::from(string()));
    return anchor_.keep(rt::new_tuple_from(rt_, items.data(), items.size()));
  }

  u32 operand(Operand kind) {
    switch (kind) {
      case Operand::none:
      case Operand::wide:
        return 0;
      case Operand::opt:
        if (take('-')) return kNoRegister;
        [[fallthrough]];
      case Operand::dst:
      case Operand::reg:
      case Operand::both:
      case Operand::base:
      case Operand::window:
        return prefixed('r');
      default:
        return small();
    }
  }

  static Op op_named(std::string_view name) {
    for (size_t k = 0; k < kOpCount; ++k) {
      if (kOps[k].name == name) return static_cast<Op>(k);
    }
    return Op::kCount;
  }

  i32 jump_distance(u64 next) {
    expect('-');
    expect('>');
    return static_cast<i32>(number() - static_cast<i64>(next));
  }

  void instruction(std::vector<u64>& words, std::vector<PositionRow>& rows) {
    if (small() != words.size()) return wrong("an instruction is out of place");
    while (take('@')) {
      PositionRow row{static_cast<u32>(words.size()), small(), 0, 0, 0};
      expect(':');
      row.column = static_cast<u16>(column());
      row.end_line = small();
      expect(':');
      row.end_column = static_cast<u16>(small());
      rows.push_back(row);
    }
    std::string_view name = word();
    Op op = op_named(name);
    if (op == Op::kCount) return wrong("unknown opcode " + std::string(name));
    const OpInfo& row = info(op);
    Instruction i{op, 0, static_cast<u16>(operand(row.a)), static_cast<u16>(operand(row.b)), 0};
    if (row.b != Operand::wide) i.c = static_cast<u16>(operand(row.c));
    u64 next = words.size() + 1 + row.words;
    u64 trailing = 0;
    if (row.extra == Extra::target) {
      trailing = static_cast<u32>(jump_distance(next));
    } else if (row.b == Operand::wide) {
      u32 wide = static_cast<u32>(row.has('J') ? jump_distance(next) : number());
      i.b = static_cast<u16>(wide);
      i.c = static_cast<u16>(wide >> 16);
    }
    if (op == Op::CallKw || op == Op::CallMethodKw || op == Op::MakeFunction) trailing = prefixed('k');
    words.push_back(std::bit_cast<u64>(i));
    for (u8 k = 0; k < row.words; ++k) words.push_back(k == 0 ? trailing : 0);
  }

  // The number before the dash of a position.
  u32 column() {
    size_t dash = text_.find('-', at_);
    std::string digits(text_.substr(at_, dash == std::string_view::npos ? 0 : dash - at_));
    at_ = dash == std::string_view::npos ? text_.size() : dash + 1;
    return static_cast<u32>(std::strtoul(digits.c_str(), nullptr, 10));
  }

  template <class Row>
  rt::Raw* raw(const std::vector<Row>& rows) {
    rt::Raw* raw = anchor_.keep(rt::new_raw(rt_, rows.size() * sizeof(Row)));
    if (!rows.empty()) std::memcpy(raw->bytes, rows.data(), rows.size() * sizeof(Row));
    return raw;
  }

  void block(std::string_view label) {
    keyword(label);
    expect('{');
  }
  bool inside() {
    if (!good() || take('}')) return false;
    if (peek() == 0) wrong("a block does not end");
    return good();
  }

  rt::Code* read_code() {
    keyword("code");
    rt::Str *name = string(), *qualname = string(), *filename = string();
    expect('{');
    u32 head[6];
    static constexpr const char* kLabels[] = {"line", "flags", "args", nullptr, nullptr, "registers"};
    for (int k = 0; k < 6; ++k) {
      if (kLabels[k]) keyword(kLabels[k]);
      head[k] = good() ? small() : 0;
    }
    keyword("doc");
    Value doc = constant();
    rt::Tuple *names = strings("names"), *locals = strings("locals"), *cells = strings("cells"),
              *frees = strings("frees");
    std::vector<Value> consts;
    for (block("consts"); inside();) {
      if (small() != consts.size()) wrong("a constant is out of place");
      consts.push_back(constant());
    }
    std::vector<u64> words;
    std::vector<PositionRow> rows;
    for (block("body"); inside();) instruction(words, rows);
    std::vector<ExceptionRange> ranges;
    for (block("exceptions"); inside();) {
      ExceptionRange r{small(), small(), 0, 0};
      r.handler = static_cast<u32>(jump_distance(0));
      r.exception = prefixed('r');
      ranges.push_back(r);
    }
    expect('}');
    if (!good()) return nullptr;
    rt::Tuple* constants = anchor_.keep(rt::new_tuple_from(rt_, consts.data(), consts.size()));
    rt::Raw *body = raw(words), *exceptions = raw(ranges), *lines = raw(rows);
    rt::Code* code = rt::new_code(rt_);
    code->first_line = head[0];
    code->flags = head[1];
    code->arg_count = head[2];
    code->posonly_count = head[3];
    code->kwonly_count = head[4];
    code->register_count = head[5];
    code->local_count = static_cast<u32>(locals->size);
    code->instruction_count = words.size();
    code->body = body;
    code->consts = constants;
    code->names = names;
    code->locals = locals;
    code->cell_names = cells;
    code->free_names = frees;
    code->exception_table = exceptions;
    code->line_table = lines;
    code->name = name;
    code->qualname = qualname;
    code->filename = filename;
    code->doc = doc;
    complete(*code);
    return anchor_.keep(code);
  }

  rt::Runtime& rt_;
  Anchor& anchor_;
  std::string_view text_;
  std::string& error_;
  size_t at_ = 0;
  u32 depth_ = 0;
};

}  // namespace

rt::Code* assemble(rt::Runtime& rt, std::string_view text, std::string& error) {
  Anchor anchor(rt);
  error.clear();
  return Assembler(rt, anchor, text, error).whole();
}

}  // namespace lisle::bc
