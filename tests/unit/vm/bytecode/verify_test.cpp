// The verifier refuses what would lead the interpreter astray.
#include "vm/bytecode/verify.h"

#include <doctest/doctest.h>

#include "vm/bytecode/disasm.h"

using namespace lisle;

namespace {

// What the verifier says of a code object with this body; "" when it accepts it.
std::string verdict(const std::string& body, const std::string& exceptions = "") {
  rt::Runtime rt;
  std::string error, why;
  std::string text =
      "code \"f\" \"f\" \"test\" { line 1 flags 128 args 1 0 0 registers 8 doc None names (\"x\") locals "
      "(\"a\") "
      "cells () frees () consts { 0 \"text\" } body {" +
      body + "} exceptions {" + exceptions + "} }";
  rt::Code* code = bc::assemble(rt, text, error);
  CHECK(error == "");
  if (!code) return error;
  bc::verify(*code, why);
  return why;
}

}  // namespace

TEST_CASE("good code is accepted") {
  CHECK(verdict("0 Return r0") == "");
  CHECK(verdict("0 LoadConst r1 0 \n 1 JumpIfTrue r1 -> 3 \n 2 Move r1 r0 \n 3 Return r1") == "");
  CHECK(verdict("0 Move r1 r0 \n 1 Return r1 \n 2 Return r0", "0 1 -> 2 r3") == "");
}

TEST_CASE("operands are in range") {
  CHECK(verdict("0 Return r8") == "word 0: no such register");
  CHECK(verdict("0 LoadConst r1 1 \n 1 Return r1") == "word 0: no such constant");
  CHECK(verdict("0 LoadGlobal r1 1 \n 3 Return r1") == "word 0: no such name");
  CHECK(verdict("0 LoadFree r1 0 \n 1 Return r1") == "word 0: no such closure cell");
  CHECK(verdict("0 CheckLocal r1 \n 1 Return r1") == "word 0: not a named local");
  CHECK(verdict("0 LoadName r1 0 \n 3 Return r1") == "word 0: there is no namespace here");
}

TEST_CASE("windows and runs fit") {
  CHECK(verdict("0 Call r1 r2 1 \n 1 Return r1") == "");
  CHECK(verdict("0 Call r1 r2 2 \n 1 Return r1") == "word 0: a window is too large");
  CHECK(verdict("0 Call r1 r1 1 \n 1 Return r1") == "word 0: a window lies too low");
  CHECK(verdict("0 BuildTuple r1 r6 3 \n 1 Return r1") == "word 0: registers out of range");
}

TEST_CASE("control stays inside") {
  CHECK(verdict("0 Move r1 r0") == "control runs off the end");
  CHECK(verdict("0 Jump -> 7 \n 1 Return r0") == "word 0: a jump leads nowhere");
  CHECK(verdict("0 Nop \n 1 Jump -> 0 \n 2 Return r0") == "word 1: a jump goes the wrong way");
  CHECK(verdict("0 JumpBack -> 1 \n 1 Return r0") == "word 0: a jump goes the wrong way");
  CHECK(verdict("0 BranchLt r0 r0 1 -> 1 \n 2 Return r0") == "word 0: a jump leads nowhere");
  CHECK(verdict("0 Return r0", "0 1 -> 4 r0") == "row 0 of the exception table is bad");
  CHECK(verdict("0 Return r0", "1 1 -> 0 r0") == "row 0 of the exception table is bad");
  CHECK(verdict("0 Return r0", "0 1 -> 0 r9") == "row 0 of the exception table is bad");
}

TEST_CASE("the kind of code and its instructions fit") {
  CHECK(verdict("0 ReturnGenerator r0") == "word 0: only for generators");
  CHECK(verdict("0 Call r1 r2 32769 \n 1 Return r1") ==
        "word 0: the count's bit 15 does not fit the kind of code");
  CHECK(verdict("0 LoadImmediate r1 27 \n 1 Return r1") == "word 0: no immediate value");
}
