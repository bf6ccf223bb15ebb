// Owns: the names of nodes and operators, and the tree as text. The dump is written from the field table, so
// that no field can be forgotten in it; it keeps a list of what is still to be written instead of recursing,
// because chains in the tree are as long as the source has them.
#include "grammar/ast.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace lisle::ast {
namespace {

struct Name {
  std::string_view kind;
  std::string_view symbol;
};

// Deeper levels are not indented further: a chain of 100,000 operators would be dumped as gigabytes of
// blanks.
constexpr int kMaxIndent = 200;

constexpr std::string_view kKindNames[] = {
#define AST_NODE(Struct, Base, PythonName) #PythonName,
#include "grammar/ast.def"
};
constexpr Name kOperators[] = {
#define AST_OPERATOR(Enumerator, Symbol) {#Enumerator, Symbol},
#include "grammar/ast.def"
};
constexpr Name kUnaryOperators[] = {
#define AST_UNARY(Enumerator, Symbol) {#Enumerator, Symbol},
#include "grammar/ast.def"
};
constexpr Name kBoolOperators[] = {
#define AST_BOOL(Enumerator, Symbol) {#Enumerator, Symbol},
#include "grammar/ast.def"
};
constexpr Name kCmpOperators[] = {
#define AST_COMPARE(Enumerator, Symbol) {#Enumerator, Symbol},
#include "grammar/ast.def"
};
constexpr Name kContexts[] = {
#define AST_CONTEXT(Enumerator, Symbol) {#Enumerator, Symbol},
#include "grammar/ast.def"
};

void append_hex(std::string& out, const char* prefix, unsigned code, int digits) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += prefix;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kDigits[code >> shift & 15];
}

// A literal in ASCII, quoted like ascii() of Python: what is not ASCII is escaped, so that the dump is plain
// text.
std::string quoted(std::string_view text, bool bytes) {
  bool double_quotes = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
  char quote = double_quotes ? '"' : '\'';
  std::string out(bytes ? "b" : "");
  out += quote;
  for (std::size_t i = 0; i < text.size();) {
    unsigned char c = static_cast<unsigned char>(text[i++]);
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c >= 0x20 && c < 0x7F) {
      out += static_cast<char>(c);
    } else if (c < 0x80 || bytes) {
      append_hex(out, "\\x", c, 2);
    } else {
      int more = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
      unsigned code = c & (0x3F >> more);
      for (; more > 0 && i < text.size(); --more)
        code = code << 6 | (static_cast<unsigned char>(text[i++]) & 0x3F);
      if (code < 0x100) {
        append_hex(out, "\\x", code, 2);
      } else {
        append_hex(out, code < 0x10000 ? "\\u" : "\\U", code, code < 0x10000 ? 4 : 8);
      }
    }
  }
  return out + quote;
}

// The shortest text that reads back as the same double, in Python's form.
std::string float_text(double number) {
  if (std::isinf(number)) return "inf";
  char buffer[40];
  auto scientific = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  std::string_view digits(buffer, scientific.ptr - buffer);
  std::size_t mark = digits.find('e');
  int exponent = 0;
  std::from_chars(digits.data() + mark + (digits[mark + 1] == '+' ? 2 : 1), digits.data() + digits.size(),
                  exponent);
  if (exponent < -4 || exponent >= 16) return std::string(digits);
  auto fixed = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed);
  std::string text(buffer, fixed.ptr);
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string constant_text(const ConstantValue& value) {
  switch (value.kind) {
    case ConstantValue::Kind::None:
      return "None";
    case ConstantValue::Kind::True:
      return "True";
    case ConstantValue::Kind::False:
      return "False";
    case ConstantValue::Kind::Ellipsis:
      return "Ellipsis";
    case ConstantValue::Kind::Int: {
      if (value.is_small) return std::to_string(value.small);
      std::string_view prefix = value.base == 16  ? "0x"
                                : value.base == 8 ? "0o"
                                : value.base == 2 ? "0b"
                                                  : "";
      return std::string(prefix) + std::string(value.text);
    }
    case ConstantValue::Kind::Float:
      return float_text(value.number);
    case ConstantValue::Kind::Complex: {
      std::string text = float_text(value.number);
      if (text.ends_with(".0")) text.resize(text.size() - 2);
      return text + "j";
    }
    case ConstantValue::Kind::Str:
      return quoted(value.text, false);
    case ConstantValue::Kind::Bytes:
      return quoted(value.text, true);
  }
  __builtin_unreachable();
}

class Dumper {
 public:
  explicit Dumper(bool with_positions) : with_positions_(with_positions) {}

  std::string run(const Node* root) {
    pending_.push_back({root, {}, 0});
    while (!pending_.empty()) {
      Item item = pending_.back();
      pending_.pop_back();
      out_ += item.text;
      if (item.node) write(item.node, item.level);
    }
    return std::move(out_);
  }

 private:
  // Text to be written and then, if there is one, a node.
  struct Item {
    const Node* node;
    std::string text;
    int level;
  };

  void write(const Node* node, int level) {
    items_.clear();
    std::string head(kind_name(node->kind));
    head += '(';
    text_ = std::move(head);
    level_ = level + 1;
    first_ = true;
    visit(const_cast<Node*>(node), [&](auto* concrete) {
      for_each_field(*concrete, [&](std::string_view name, const auto& value) { field(name, value); });
    });
    if (with_positions_ && has_position(node->kind)) {
      begin_field("lineno");
      text_ += std::to_string(node->line);
      begin_field("col_offset");
      text_ += std::to_string(node->col);
      begin_field("end_lineno");
      text_ += std::to_string(node->end_line);
      begin_field("end_col_offset");
      text_ += std::to_string(node->end_col);
    }
    text_ += ')';
    items_.push_back({nullptr, std::move(text_), 0});
    for (std::size_t i = items_.size(); i-- > 0;) pending_.push_back(std::move(items_[i]));
  }

  void new_line(int level) {
    text_ += '\n';
    text_.append(std::min(level, kMaxIndent), ' ');
  }

  void begin_field(std::string_view name) {
    if (!first_) text_ += ',';
    first_ = false;
    new_line(level_);
    text_ += python_field(name);
    text_ += '=';
  }

  void node(const Node* child, int level) {
    if (!child) {
      text_ += "None";
      return;
    }
    items_.push_back({child, std::move(text_), level});
    text_.clear();
  }

  template <class T>
  requires std::is_base_of_v<Node, T>
  void field(std::string_view name, T* const& value) {
    if (!value) return;
    begin_field(name);
    node(value, level_);
  }
  template <class T>
  void field(std::string_view name, const Sequence<T>& values) {
    begin_field(name);
    text_ += '[';
    for (std::uint32_t i = 0; i < values.size; ++i) {
      if (i > 0) text_ += ',';
      new_line(level_ + 1);
      element(values[i]);
    }
    text_ += ']';
  }
  void field(std::string_view name, const Identifier& value) {
    if (!value.data()) return;
    begin_field(name);
    text_ += quoted(value, false);
  }
  void field(std::string_view name, const ConstantValue& value) {
    begin_field(name);
    text_ += constant_text(value);
  }
  void field(std::string_view name, std::int32_t value) {
    begin_field(name);
    text_ += std::to_string(value);
  }
  template <class T>
  requires std::is_enum_v<T>
  void field(std::string_view name, T value) {
    begin_field(name);
    element(value);
  }

  template <class T>
  requires std::is_base_of_v<Node, T>
  void element(T* const& value) { node(value, level_ + 1); }
  void element(const Identifier& value) { text_ += quoted(value, false); }
  template <class T>
  requires std::is_enum_v<T>
  void element(T value) {
    text_ += enumerator_name(value);
    text_ += "()";
  }

  bool with_positions_;
  bool first_ = true;
  int level_ = 0;
  std::string text_;
  std::string out_;
  std::vector<Item> items_;
  std::vector<Item> pending_;
};

}  // namespace

std::string_view kind_name(Kind kind) {
  return kKindNames[static_cast<int>(kind)];
}
std::string_view python_field(std::string_view name) {
  return name == "prefix" ? "kind" : name;
}

bool has_position(Kind kind) {
  switch (kind) {
    case Kind::Module:
    case Kind::Interactive:
    case Kind::Expression:
    case Kind::Arguments:
    case Kind::Comprehension:
    case Kind::WithItem:
    case Kind::MatchCase:
      return false;
    default:
      return true;
  }
}

std::string_view enumerator_name(Operator op) {
  return kOperators[static_cast<int>(op)].kind;
}
std::string_view enumerator_name(UnaryOperator op) {
  return kUnaryOperators[static_cast<int>(op)].kind;
}
std::string_view enumerator_name(BoolOperator op) {
  return kBoolOperators[static_cast<int>(op)].kind;
}
std::string_view enumerator_name(CmpOperator op) {
  return kCmpOperators[static_cast<int>(op)].kind;
}
std::string_view enumerator_name(ExprContext context) {
  return kContexts[static_cast<int>(context)].kind;
}

std::string_view symbol(Operator op) {
  return kOperators[static_cast<int>(op)].symbol;
}
std::string_view symbol(UnaryOperator op) {
  return kUnaryOperators[static_cast<int>(op)].symbol;
}
std::string_view symbol(BoolOperator op) {
  return kBoolOperators[static_cast<int>(op)].symbol;
}
std::string_view symbol(CmpOperator op) {
  return kCmpOperators[static_cast<int>(op)].symbol;
}

std::string dump(const Node* node, bool with_positions) {
  return Dumper(with_positions).run(node);
}

}  // namespace lisle::ast
