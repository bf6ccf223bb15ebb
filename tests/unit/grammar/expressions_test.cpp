// Expressions: precedence, chains, targets, positions.
#include <doctest/doctest.h>

#include "tests/unit/grammar/support.h"

using namespace lisle;
using grammar::expression;
using grammar::shown;

TEST_CASE("operators bind as strongly as the language says") {
  CHECK(expression("a+b*c") ==
        "BinOp(left=Name(id='a',ctx=Load()),op=Add(),right=BinOp(left=Name(id='b',ctx=Load()),op=Mult(),"
        "right=Name(id='c',ctx=Load())))");
  CHECK(expression("-a**-b") ==
        "UnaryOp(op=USub(),operand=BinOp(left=Name(id='a',ctx=Load()),op=Pow(),right=UnaryOp(op=USub(),"
        "operand=Name(id='b',ctx=Load()))))");
  CHECK(expression("1-2-3") ==
        "BinOp(left=BinOp(left=Constant(value=1),op=Sub(),right=Constant(value=2)),op=Sub(),right=Constant("
        "value=3))");
  CHECK(expression("not 1 is not 2") ==
        "UnaryOp(op=Not(),operand=Compare(left=Constant(value=1),ops=[IsNot()],comparators=[Constant(value=2)"
        "]))");
  CHECK(
      expression("1 or 2 or 3 and 4") ==
      "BoolOp(op=Or(),values=[Constant(value=1),Constant(value=2),BoolOp(op=And(),values=[Constant(value=3),"
      "Constant(value=4)])])");
  CHECK(
      expression("1 < 2 not in 3") ==
      "Compare(left=Constant(value=1),ops=[Lt(),NotIn()],comparators=[Constant(value=2),Constant(value=3)])");
  CHECK(expression("await a ** 2") ==
        "BinOp(left=Await(value=Name(id='a',ctx=Load())),op=Pow(),right=Constant(value=2))");
}

TEST_CASE("a prefix operator is refused where it binds too weakly") {
  CHECK(grammar::message("1 + not 2") == "invalid syntax");
  CHECK(grammar::message("await -x") == "invalid syntax");
  CHECK(grammar::message("1 ** -2") == "ok");
}

TEST_CASE("numbers keep their digits") {
  CHECK(expression("1_000") == "Constant(value=1000)");
  CHECK(expression("0xFFFF_FFFF_FFFF_FFFF") == "Constant(value=0xFFFFFFFFFFFFFFFF)");
  CHECK(expression("1e3") == "Constant(value=1000.0)");
  CHECK(expression("1e-7") == "Constant(value=1e-07)");
  CHECK(expression("1e999") == "Constant(value=inf)");
  CHECK(expression("0j") == "Constant(value=0j)");
  CHECK(expression("00") == "Constant(value=0)");
}

TEST_CASE("operations span the parentheses of their operands") {
  CHECK(shown("(a) + (b)", grammar::Mode::Eval, true)
            .ends_with("lineno=1,col_offset=0,end_lineno=1,end_col_offset=9))"));
  CHECK(shown("(a).b", grammar::Mode::Eval, true)
            .ends_with("lineno=1,col_offset=0,end_lineno=1,end_col_offset=5))"));
}

TEST_CASE("columns of nodes count bytes") {
  CHECK(shown("'\xC3\xA9', b", grammar::Mode::Eval, true).find("id='b',ctx=Load(),lineno=1,col_offset=6") !=
        std::string::npos);
}

TEST_CASE("a star takes part in rows, not alone in parentheses") {
  CHECK(expression("[*a, 1]") ==
        "List(elts=[Starred(value=Name(id='a',ctx=Load()),ctx=Load()),Constant(value=1)],ctx=Load())");
  CHECK(grammar::message("(*a)") == "cannot use starred expression here");
  CHECK(expression("a[*b]") ==
        "Subscript(value=Name(id='a',ctx=Load()),slice=Tuple(elts=[Starred(value=Name(id='b',ctx=Load()),ctx="
        "Load())],"
        "ctx=Load()),ctx=Load())");
}

TEST_CASE("a slice may follow a comma, a lambda's colon may, too") {
  CHECK(grammar::message("a[1, :, ::2]") == "ok");
  CHECK(grammar::message("a[lambda x,: x]") == "ok");
}

TEST_CASE("names are normalised") {
  // LATIN SMALL LIGATURE FI is "fi" in NFKC.
  CHECK(expression("\xEF\xAC\x81") == "Name(id='fi',ctx=Load())");
  CHECK(grammar::message("\xE2\x82\xAC = 1") == "invalid character '\xE2\x82\xAC' (U+20AC)");
}

TEST_CASE("chains may be long, nesting may not") {
  std::string chain = "1";
  for (int i = 0; i < 20000; ++i) chain += "+1";
  CHECK(grammar::message(chain) == "ok");
  CHECK(grammar::message(std::string(200, '(') + "1" + std::string(200, ')')) == "ok");
  CHECK(grammar::message(std::string(201, '(') + "1" + std::string(201, ')')) ==
        "too many nested parentheses");
  std::string lambdas;
  for (int i = 0; i < 50000; ++i) lambdas += "lambda:";
  CHECK(grammar::message(lambdas + "1") == "too many nested expressions");
  CHECK(grammar::message(std::string(50000, '-') + "1") == "too many nested expressions");
}
