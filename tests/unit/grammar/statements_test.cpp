// Statements: what only layout can tell, soft keywords, parenthesised with, patterns.
#include <doctest/doctest.h>

#include "tests/unit/grammar/support.h"

using namespace lisle;
using grammar::message;
using grammar::shown;

TEST_CASE("match and case are names wherever they can be") {
  CHECK(message("match = case = type = _ = 1\nmatch(case)\nmatch[1]: int\nprint(match.case)\n") == "ok");
  CHECK(message("match x, *y:\n  case [a, *_] | {'k': v, **rest} if a: pass\n  case A.b(c, d=-1+2j) as e: "
                "pass\n  case _: pass\n") == "ok");
  CHECK(shown("match x:\n case 1: pass\n") ==
        "Module(body=[Match(subject=Name(id='x',ctx=Load()),cases=[match_case(pattern=MatchValue(value="
        "Constant(value=1)),"
        "body=[Pass()])])])");
}

TEST_CASE("parentheses of with belong to the statement when they can") {
  CHECK(shown("with (a, b): pass").find("withitem(context_expr=Name(id='a',ctx=Load())),withitem") !=
        std::string::npos);
  CHECK(shown("with (a, b) as c: pass").find("withitem(context_expr=Tuple(") != std::string::npos);
  CHECK(message("with (a as b, c as d,): pass") == "ok");
  CHECK(message("with (yield): pass") == "ok");
  CHECK(message("x = (a as b)") == "invalid syntax");
}

TEST_CASE("a chain of elif is long without being deep") {
  std::string source = "if a: pass\n";
  for (int i = 0; i < 5000; ++i) source += "elif b: pass\n";
  CHECK(message(source) == "ok");
}

TEST_CASE("lines may be joined, blank, commented, indented by tabs and form feeds") {
  CHECK(message("if a:\n\tb\n\n  # comment\n\tc = 1 + \\\n 2\n\x0C\nd = (1,\n# inside\n 2)") == "ok");
  CHECK(message("if a:\n\tb\n        c") == "inconsistent use of tabs and spaces in indentation");
  CHECK(message("if a:\n    b\n  c") == "unindent does not match any outer indentation level");
  CHECK(message("  a") == "unexpected indent");
  CHECK(message("a\r\nb\rc\n") == "ok");
}

TEST_CASE("a prompt reads one statement") {
  CHECK(shown("a; b", grammar::Mode::Single).starts_with("Interactive(body=[Expr(value=Name(id='a'"));
  CHECK(shown("a\nb", grammar::Mode::Single) ==
        "multiple statements found while compiling a single statement @1:2");
}

TEST_CASE("what more input could complete says so") {
  for (const char* source : {"if a:", "(1,", "'''abc", "def f():\n", "x = \\", "@a\n", "try:\n  a\n"}) {
    auto result = grammar::parse(source, grammar::Mode::Single, "stdin");
    REQUIRE(result.error);
    CHECK_MESSAGE(result.error->incomplete, source);
  }
  for (const char* source : {"a b", "1 +* 2", ")", "x = 'a\n"}) {
    auto result = grammar::parse(source, grammar::Mode::Single, "stdin");
    REQUIRE(result.error);
    CHECK_MESSAGE(!result.error->incomplete, source);
  }
}

TEST_CASE("sources say their encoding") {
  CHECK(message("# -*- coding: latin-1 -*-\nx = '\xE9'") == "ok");
  CHECK(message("# coding: koi8-r\nx = '\xE9'") == "ok");
  CHECK(message("\xEF\xBB\xBFx = 1") == "ok");
  CHECK(message("# coding: no-such-thing\n") == "unknown encoding: no-such-thing");
  CHECK(message("x = '\xE9'").starts_with("Non-UTF-8 code starting with '\\xe9' on line 1"));
  CHECK(message(std::string_view("a\0b", 3)) == "source code string cannot contain null bytes");
}
