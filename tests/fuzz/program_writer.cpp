// The grammar of the programs, one member function a construct. Each choice
// takes one byte; when the bytes are used up every choice is the first one, and
// the first one is always the smallest, so that the writing ends.
#include "program_writer.h"

#include <array>
#include <string_view>

namespace lisle::fuzz {
namespace {

constexpr int kMostDepth = 6;
constexpr size_t kMostText = 6000;

constexpr std::array<std::string_view, 30> kAtoms = {"0",
                                                     "1",
                                                     "None",
                                                     "a",
                                                     "b",
                                                     "c",
                                                     "d",
                                                     "-1",
                                                     "2.5",
                                                     "''",
                                                     "'xyz'",
                                                     "b'ab'",
                                                     "True",
                                                     "()",
                                                     "[]",
                                                     "{}",
                                                     "set()",
                                                     "1j",
                                                     "...",
                                                     "2**70",
                                                     "'\\u20ac\\U0001f600'",
                                                     "float('nan')",
                                                     "float('inf')",
                                                     "bytearray(b'q')",
                                                     "range(5)",
                                                     "slice(1, None, 2)",
                                                     "[1, 2, 3]",
                                                     "{'k': 1, 2: 'v'}",
                                                     "object()",
                                                     "NotImplemented"};

constexpr std::array<std::string_view, 31> kBinary = {
    "+",   "-",  "*",         "/", "//", "%", "@",  "&",  "|",      "^",  "<<",
    ">>",  "==", "!=",        "<", "<=", ">", ">=", "is", "is not", "in", "not in",
    "and", "or", "if a else", "+", "-",  "%", "==", "<",  "in"};

constexpr std::array<std::string_view, 12> kAugmented = {
    "+=", "-=", "*=", "/=", "//=", "%=", "&=", "|=", "^=", "<<=", ">>=", "@="};

constexpr std::array<std::string_view, 58> kSpecial = {"__init__",
                                                       "__eq__",
                                                       "__hash__",
                                                       "__lt__",
                                                       "__gt__",
                                                       "__le__",
                                                       "__ge__",
                                                       "__ne__",
                                                       "__add__",
                                                       "__radd__",
                                                       "__iadd__",
                                                       "__mul__",
                                                       "__rmul__",
                                                       "__sub__",
                                                       "__rsub__",
                                                       "__truediv__",
                                                       "__mod__",
                                                       "__pow__",
                                                       "__len__",
                                                       "__bool__",
                                                       "__iter__",
                                                       "__next__",
                                                       "__contains__",
                                                       "__getitem__",
                                                       "__setitem__",
                                                       "__delitem__",
                                                       "__getattr__",
                                                       "__getattribute__",
                                                       "__setattr__",
                                                       "__delattr__",
                                                       "__call__",
                                                       "__repr__",
                                                       "__str__",
                                                       "__format__",
                                                       "__index__",
                                                       "__int__",
                                                       "__float__",
                                                       "__enter__",
                                                       "__exit__",
                                                       "__get__",
                                                       "__set__",
                                                       "__del__",
                                                       "__new__",
                                                       "__init_subclass__",
                                                       "__set_name__",
                                                       "__class_getitem__",
                                                       "__missing__",
                                                       "__reversed__",
                                                       "__length_hint__",
                                                       "__instancecheck__",
                                                       "__subclasscheck__",
                                                       "__prepare__",
                                                       "__mro_entries__",
                                                       "__dir__",
                                                       "__bytes__",
                                                       "__await__",
                                                       "__aiter__",
                                                       "__anext__"};

constexpr std::array<std::string_view, 14> kModules = {
    "itertools", "collections", "functools", "stackless", "weakref", "gc",    "operator",
    "copy",      "re",          "struct",    "math",      "array",   "types", "contextlib"};

constexpr std::array<std::string_view, 10> kBases = {"object", "int",  "str",       "list", "dict",
                                                     "tuple",  "type", "Exception", "set",  "float"};

class Writer {
 public:
  Writer(std::span<const uint8_t> decisions, const Vocabulary& vocabulary)
      : decisions_(decisions), vocabulary_(vocabulary) {}

  std::string write() {
    text_ = "a = 1; b = 'two'; c = [3, 4]; d = {'e': 5}\n";
    do statement(0);
    while (at_ < decisions_.size() && text_.size() < kMostText);
    return std::move(text_);
  }

 private:
  unsigned choose(unsigned count) {
    if (at_ >= decisions_.size() || text_.size() > kMostText) return 0;
    return decisions_[at_++] % count;
  }
  template <class Table>
  void one_of(const Table& table) {
    text_ += table[choose(static_cast<unsigned>(table.size()))];
  }
  // Long tables are chosen from by two bytes.
  void word(const std::vector<std::string>& words) {
    const unsigned high = choose(256), low = choose(256);
    text_ += words[(high * 256 + low) % words.size()];
  }
  void name() { text_ += static_cast<char>('a' + choose(6)); }
  void line(int indent) { text_.append(static_cast<size_t>(indent) * 1, ' '); }

  void many(unsigned most, std::string_view separator, void (Writer::*item)(int), int depth) {
    const unsigned count = choose(most + 1);
    for (unsigned i = 0; i < count; ++i) {
      if (i > 0) text_ += separator;
      (this->*item)(depth);
    }
  }

  void attribute_name() {
    if (choose(4) == 0) {
      one_of(kSpecial);
    } else {
      word(vocabulary_.attributes);
    }
  }

  void argument(int depth) { expression(depth + 1); }

  void arguments(int depth) {
    text_ += '(';
    many(3, ", ", &Writer::argument, depth);
    switch (choose(8)) {
      case 6:
        text_ += text_.back() == '(' ? "*c" : ", *c";
        break;
      case 7:
        text_ += text_.back() == '(' ? "**d" : ", **d";
        break;
      default:
        break;
    }
    text_ += ')';
  }

  void parenthesised(int depth) {
    text_ += '(';
    expression(depth + 1);
    text_ += ')';
  }

  void comprehension(int depth) {
    constexpr std::array<std::string_view, 3> open = {"[", "{", "("}, close = {"]", "}", ")"};
    const unsigned kind = choose(3);
    text_ += open[kind];
    expression(depth + 1);
    text_ += " for ";
    name();
    text_ += " in ";
    parenthesised(depth);
    if (choose(3) == 1) {
      text_ += " if ";
      parenthesised(depth);
    }
    text_ += close[kind];
  }

  void fstring(int depth) {
    constexpr std::array<std::string_view, 8> tails = {"}",   "!r}",   "!s}", ":>5}",
                                                       ":x}", ":{a}}", "=}",  ":.3f}"};
    text_ += "f'";
    // A quote inside would end the string, so only names are shown.
    const unsigned count = 1 + choose(2);
    for (unsigned i = 0; i < count; ++i) {
      text_ += '{';
      name();
      one_of(tails);
    }
    text_ += '\'';
    (void)depth;
  }

  void expression(int depth) {
    if (depth >= kMostDepth) {
      one_of(kAtoms);
      return;
    }
    switch (choose(20)) {
      default:
        one_of(kAtoms);
        break;
      case 4:
      case 5:
        name();
        break;
      case 6:
        parenthesised(depth);
        text_ += ' ';
        one_of(kBinary);
        text_ += ' ';
        parenthesised(depth);
        break;
      case 7:
      case 8:
        word(vocabulary_.callables);
        arguments(depth);
        break;
      case 9:
      case 10:
        parenthesised(depth);
        text_ += '.';
        attribute_name();
        if (choose(4) != 3) arguments(depth);
        break;
      case 11:
        parenthesised(depth);
        text_ += '[';
        expression(depth + 1);
        if (choose(2) == 1) {
          text_ += ':';
          expression(depth + 1);
        }
        text_ += ']';
        break;
      case 12:
        text_ += "(lambda a=1, *b, **d: ";
        expression(depth + 1);
        text_ += ')';
        break;
      case 13:
        comprehension(depth);
        break;
      case 14:
        fstring(depth);
        break;
      case 15:
        one_of(std::array<std::string_view, 4>{"-", "~", "not ", "+"});
        parenthesised(depth);
        break;
      case 16:
        text_ += '[';
        many(3, ", ", &Writer::argument, depth);
        text_ += ']';
        break;
      case 17:
        name();
        arguments(depth);
        break;
      case 18:
        text_ += in_function_ ? "(yield " : "(a := ";
        expression(depth + 1);
        text_ += ')';
        break;
      case 19:
        text_ += "__import__('";
        one_of(kModules);
        text_ += "').";
        attribute_name();
        break;
    }
  }

  void target(int depth) {
    switch (choose(6)) {
      default:
        name();
        break;
      case 3:
        text_ += "a, *b";
        break;
      case 4:
        name();
        text_ += '[';
        expression(depth + 2);
        text_ += ']';
        break;
      case 5:
        name();
        text_ += '.';
        attribute_name();
        break;
    }
  }

  void block(int depth) {
    const unsigned count = 1 + choose(3);
    for (unsigned i = 0; i < count; ++i) statement(depth + 1);
  }

  void function(int depth, std::string_view called) {
    const bool async = choose(8) == 7;
    text_ += async ? "async def " : "def ";
    text_ += called;
    constexpr std::array<std::string_view, 6> signatures = {
        "(*a)", "(self)", "(self, b)", "(self, b, c=None)", "(*a, **d)", "(self, *, b=2)"};
    one_of(signatures);
    text_ += ":\n";
    const bool outer = in_function_;
    in_function_ = choose(4) == 3;
    block(depth);
    line(depth + 1);
    // An asynchronous generator may not return a value.
    text_ += "return ";
    if (!async) expression(2);
    text_ += '\n';
    in_function_ = outer;
  }

  void class_definition(int depth) {
    text_ += "class ";
    name();
    text_ += '(';
    one_of(kBases);
    if (choose(8) == 7) text_ += ", metaclass=a";
    text_ += "):\n";
    if (choose(6) == 5) {
      line(depth + 1);
      text_ += "__slots__ = ('x', 'y')\n";
    }
    const unsigned count = 1 + choose(4);
    for (unsigned i = 0; i < count; ++i) {
      line(depth + 1);
      constexpr std::array<std::string_view, 6> decorators = {
          "", "", "", "@property\n", "@classmethod\n", "@staticmethod\n"};
      const std::string_view decorator = decorators[choose(6)];
      text_ += decorator;
      if (!decorator.empty()) line(depth + 1);
      const std::string_view method =
          choose(4) == 3 ? std::string_view("x") : kSpecial[choose(kSpecial.size())];
      function(depth + 1, method);
    }
  }

  void try_statement(int depth) {
    text_ += "try:\n";
    block(depth);
    line(depth);
    constexpr std::array<std::string_view, 5> handlers = {
        "except Exception as e:\n", "except (TypeError, KeyError):\n", "except* ValueError as e:\n",
        "finally:\n", "except BaseException:\n"};
    one_of(handlers);
    block(depth);
  }

  void compound(int depth, unsigned kind) {
    switch (kind) {
      case 0:
        text_ += "if ";
        expression(2);
        text_ += ":\n";
        block(depth);
        break;
      case 1:
        text_ += "for ";
        target(depth);
        text_ += " in __import__('itertools').islice(";
        expression(2);
        text_ += ", 9):\n";
        block(depth);
        break;
      case 2:
        try_statement(depth);
        break;
      case 3:
        text_ += "with ";
        expression(2);
        text_ += " as a:\n";
        block(depth);
        break;
      case 4:
        function(depth, std::string_view(&"abcdef"[choose(6)], 1));
        break;
      case 5:
        class_definition(depth);
        break;
      default:
        text_ += "match ";
        expression(2);
        text_ += ":\n";
        line(depth + 1);
        constexpr std::array<std::string_view, 6> patterns = {
            "case int(a) | str(a):\n",     "case [a, *b]:\n", "case {'k': a, **b}:\n",
            "case (1 | 'x') as a if b:\n", "case None:\n",    "case object(x=a):\n"};
        one_of(patterns);
        block(depth + 1);
        break;
    }
  }

  void statement(int depth) {
    line(depth);
    const unsigned kind = choose(16);
    if (kind >= 9 && depth < kMostDepth) return compound(depth, kind - 9);
    switch (kind) {
      default:
        expression(0);
        break;
      case 3:
      case 4:
        target(depth);
        text_ += " = ";
        expression(0);
        break;
      case 5:
        name();
        text_ += ' ';
        one_of(kAugmented);
        text_ += ' ';
        expression(0);
        break;
      case 6:
        text_ += "del ";
        name();
        break;
      case 7:
        text_ += "raise ";
        expression(2);
        break;
      case 8:
        text_ += "assert ";
        expression(1);
        break;
    }
    text_ += '\n';
  }

  std::span<const uint8_t> decisions_;
  const Vocabulary& vocabulary_;
  std::string text_;
  size_t at_ = 0;
  bool in_function_ = false;
};

}  // namespace

std::string write_program(std::span<const uint8_t> decisions, const Vocabulary& vocabulary) {
  return Writer(decisions, vocabulary).write();
}

}  // namespace lisle::fuzz
