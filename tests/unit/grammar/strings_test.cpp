// String literals: escapes, prefixes, concatenation, f-strings.
#include <doctest/doctest.h>

#include "tests/unit/grammar/support.h"

using namespace lisle;
using grammar::expression;
using grammar::message;

TEST_CASE("escapes stand for their characters") {
  CHECK(expression(R"('\x41\u00e9\U0001F600\101\n')") == R"(Constant(value='A\xe9\U0001f600A\n'))");
  CHECK(expression(R"(r'\n')") == R"(Constant(value='\\n'))");
  CHECK(expression(R"(b'\xff\0')") == R"(Constant(value=b'\xff\x00'))");
  CHECK(expression(R"('\q')") == R"(Constant(value='\\q'))");
  CHECK(expression(R"('\ud800')") == R"(Constant(value='\ud800'))");
}

TEST_CASE("characters have names") {
  CHECK(expression(R"('\N{BULLET}\N{greek small letter alpha}')") == R"(Constant(value='\u2022\u03b1'))");
  CHECK(expression(R"('\N{HANGUL SYLLABLE HAN}\N{CJK UNIFIED IDEOGRAPH-4E00}')") ==
        R"(Constant(value='\ud55c\u4e00'))");
  CHECK(message(R"('\N{NO SUCH THING}')") ==
        "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-16: unknown Unicode "
        "character name");
}

TEST_CASE("neighbours are one string") {
  CHECK(expression("'a' \"b\" '''c'''") == "Constant(value='abc')");
  CHECK(expression("u'a'") == "Constant(value='a',kind='u')");
  CHECK(message("'a' b'b'") == "cannot mix bytes and nonbytes literals");
}

TEST_CASE("an f-string is text and fields") {
  CHECK(expression("f'a{b!r:>{c}}{{d'") ==
        "JoinedStr(values=[Constant(value='a'),FormattedValue(value=Name(id='b',ctx=Load()),conversion=114,"
        "format_spec=JoinedStr(values=[Constant(value='>'),FormattedValue(value=Name(id='c',ctx=Load()),"
        "conversion=-1)])),"
        "Constant(value='{d')])");
  CHECK(expression("f'{a = }'") ==
        "JoinedStr(values=[Constant(value='a = "
        "'),FormattedValue(value=Name(id='a',ctx=Load()),conversion=114)])");
  CHECK(expression("'a' f''") == "JoinedStr(values=[Constant(value='a')])");
  CHECK(message("f'{a != b:{c}}' f'{ {1: 2}[1] }' f'{(lambda x: x)}'") == "ok");
}

TEST_CASE("an f-string's mistakes are named") {
  CHECK(message("f'{}'") == "f-string: empty expression not allowed");
  CHECK(message("f'{a'") == "f-string: expecting '}'");
  CHECK(message("f'}'") == "f-string: single '}' is not allowed");
  CHECK(message("f'{a:{b:{c}}}'") == "f-string: expressions nested too deeply");
  CHECK(message("f'{a!x}'") == "f-string: invalid conversion character: expected 's', 'r', or 'a'");
  CHECK(message("f'{a b}'") == "f-string: invalid syntax. Perhaps you forgot a comma?");
}

TEST_CASE("a string without end is found where it begins") {
  CHECK(grammar::shown("x = 'a\ny") == "unterminated string literal (detected at line 1) @1:5");
  CHECK(grammar::shown("x = '''a\ny") ==
        "unterminated triple-quoted string literal (detected at line 2) @1:5");
}
