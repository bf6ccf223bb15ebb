// Errors of scopes and code generation: CPython's texts and places (line from 1, column in bytes from 0).
#include "tests/unit/vm/support.h"

using lisle::problem;

TEST_CASE("declarations of names") {
  CHECK(problem("def f():\n x=1\n global x") == "name 'x' is assigned to before global declaration @3:1");
  CHECK(problem("def f():\n print(x)\n global x") == "name 'x' is used prior to global declaration @3:1");
  CHECK(problem("def f(a):\n global a") == "name 'a' is parameter and global @2:1");
  CHECK(problem("def f():\n nonlocal y") == "no binding for nonlocal 'y' found @2:1");
  CHECK(problem("nonlocal x") == "nonlocal declaration not allowed at module level @1:0");
  CHECK(problem("def f(x, x): pass") == "duplicate argument 'x' in function definition @1:9");
  CHECK(problem("def f():\n from a import *") == "import * only allowed at module level @2:15");
  CHECK(problem("class A:\n global x\n x: int = 1") == "annotated name 'x' can't be global @3:1");
  CHECK(problem("__debug__ = 1") == "cannot assign to __debug__ @1:0");
}

TEST_CASE("comprehensions and assignment expressions") {
  CHECK(problem("[(x:=1) for x in y]") ==
        "assignment expression cannot rebind comprehension iteration variable 'x' @1:2");
  CHECK(problem("class A:\n [(x:=1) for z in y]") ==
        "assignment expression within a comprehension cannot be used in a class body @2:3");
  CHECK(problem("[z for z in (x:=y)]") ==
        "assignment expression cannot be used in a comprehension iterable expression @1:13");
  CHECK(problem("def f():\n [(yield) for x in y]") == "'yield' inside list comprehension @2:3");
}

TEST_CASE("statements in the wrong place") {
  CHECK(problem("return 1") == "'return' outside function @1:0");
  CHECK(problem("yield") == "'yield' outside function @1:0");
  CHECK(problem("break") == "'break' outside loop @1:0");
  CHECK(problem("continue") == "'continue' not properly in loop @1:0");
  CHECK(problem("await x") == "'await' outside function @1:0");
  CHECK(problem("def f():\n await x") == "'await' outside async function @2:1");
  CHECK(problem("async def f():\n yield\n return 1") == "'return' with value in async generator @3:1");
  CHECK(problem("try: pass\nexcept: pass\nexcept A: pass") == "default 'except:' must be last @2:0");
  CHECK(problem("def f():\n try: pass\n except* A: return") ==
        "'break', 'continue' and 'return' cannot appear in an except* block @3:12");
  CHECK(problem("x = 1\nfrom __future__ import annotations") ==
        "from __future__ imports must occur at the beginning of the file @2:0");
}

TEST_CASE("targets, calls and patterns") {
  CHECK(problem("a, *b, *c = d") == "multiple starred expressions in assignment @1:0");
  CHECK(problem("f(a=1, a=2)") == "keyword argument repeated: a @1:7");
  CHECK(problem("match x:\n case y: pass\n case z: pass") ==
        "name capture 'y' makes remaining patterns unreachable @2:6");
  CHECK(problem("match x:\n case a|1: pass") == "name capture 'a' makes remaining patterns unreachable @2:6");
  CHECK(problem("match x:\n case (a,1)|(b,1): pass") == "alternative patterns bind different names @2:15");
  CHECK(problem("match x:\n case [a,a]: pass") == "multiple assignments to name 'a' in pattern @2:9");
}

TEST_CASE("long chains need no stack") {
  std::string sum = "x = a", calls = "x = a", branches = "if a: pass\n";
  for (int i = 0; i < 20000; ++i) {
    sum += " + a";
    calls += ".b(1)[2]";
    branches += "elif a: pass\n";
  }
  CHECK(problem(sum) == "");
  CHECK(problem(calls) == "");
  CHECK(problem(branches) == "");
}
