// Messages and places of syntax errors, as CPython 3.11 gives them.
#include <doctest/doctest.h>

#include "tests/unit/grammar/support.h"

using lisle::grammar::message;
using lisle::grammar::shown;

TEST_CASE("what cannot be assigned to is named") {
  CHECK(shown("f() = 1") == "cannot assign to function call here. Maybe you meant '==' instead of '='? @1:1");
  CHECK(shown("(a, 1) = 2") == "cannot assign to literal @1:5");
  CHECK(message("None = 1") == "cannot assign to None");
  CHECK(message("del f()") == "cannot delete function call");
  CHECK(message("a, b += 1") == "'tuple' is an illegal expression for augmented assignment");
  CHECK(message("[a]: int") == "only single target (not list) can be annotated");
  CHECK(message("(a.b := 1)") == "cannot use assignment expressions with attribute");
  CHECK(message("for f() in x: pass") == "cannot assign to function call");
}

TEST_CASE("likely mistakes are guessed") {
  CHECK(shown("foo(a b)") == "invalid syntax. Perhaps you forgot a comma? @1:5");
  CHECK(shown("print 'a'") == "Missing parentheses in call to 'print'. Did you mean print(...)? @1:1");
  CHECK(shown("if x = 3: pass") == "invalid syntax. Maybe you meant '==' or ':=' instead of '='? @1:4");
  CHECK(message("x = 1 if 2") == "expected 'else' after 'if' expression");
  CHECK(message("[x, y for x, y in z]") == "did you forget parentheses around the comprehension target?");
  CHECK(message("try:\n  a\nexcept A, B:\n  b") == "multiple exception types must be parenthesized");
  CHECK(message("from a import b,\n") == "trailing comma not allowed without surrounding parentheses");
  CHECK(message("{1: }") == "expression expected after dictionary key and ':'");
}

TEST_CASE("headers need their colon and their block") {
  CHECK(shown("if x\n    pass") == "expected ':' @1:5");
  CHECK(shown("class A:\nx") == "expected an indented block after class definition on line 1 @2:1");
  CHECK(message("try:\n  a\nfinally:\nb") ==
        "expected an indented block after 'finally' statement on line 3");
  CHECK(message("try:\n  a\nb") == "expected 'except' or 'finally' block");
  CHECK(message("def f: pass") == "expected '('");
}

TEST_CASE("brackets are followed across lines") {
  CHECK(shown("x = (1,\ny = 2") == "'(' was never closed @1:5");
  CHECK(shown("a)") == "unmatched ')' @1:2");
  CHECK(message("(a]") == "closing parenthesis ']' does not match opening parenthesis '('");
  CHECK(message("(\n]") == "closing parenthesis ']' does not match opening parenthesis '(' on line 1");
}

TEST_CASE("arguments and parameters have an order") {
  CHECK(message("f(a=1, b)") == "positional argument follows keyword argument");
  CHECK(message("f(**a, *b)") == "iterable argument unpacking follows keyword argument unpacking");
  CHECK(message("f(x for x in y, 1)") == "Generator expression must be parenthesized");
  CHECK(message("f(a.b=1)") == "expression cannot contain assignment, perhaps you meant \"==\"?");
  CHECK(message("def f(a=1, b): pass") == "non-default argument follows default argument");
  CHECK(message("def f(*): pass") == "named arguments must follow bare *");
  CHECK(message("def f(*a=1): pass") == "var-positional argument cannot have default value");
  CHECK(message("lambda (a): 1") == "Lambda expression parameters cannot be parenthesized");
}

TEST_CASE("numbers are whole words") {
  CHECK(message("1a") == "invalid decimal literal");
  CHECK(message("0xg") == "invalid hexadecimal literal");
  CHECK(message("0o8") == "invalid digit '8' in octal literal");
  CHECK(message("012") ==
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
  CHECK(message("1if 2else 3") == "ok");
}
