// The encoding of instructions and of the tables that go with them. See opcodes.def.
#pragma once
#include "runtime/support/base.h"

namespace lisle::bc {

enum class Op : u8 {
#define OP(Name, A, B, C, words, extra, effects, meaning) Name,
#include "vm/bytecode/opcodes.def"
#undef OP
  kCount
};
inline constexpr size_t kOpCount = static_cast<size_t>(Op::kCount);

inline constexpr u16 kNoRegister = 0xffff;
inline constexpr u16 kOwnsFrameCount = 0x8000;  // bit in the count operand of calls, see "Windows"

struct Instruction {
  Op op;
  u8 feedback;  // what the interpreter saw here; zero in code that never ran
  u16 a, b, c;

  i32 wide() const { return static_cast<i32>(static_cast<u32>(b) | static_cast<u32>(c) << 16); }
};
static_assert(sizeof(Instruction) == 8);

// Zero-cost exception handling: while an instruction in [start, end) runs and an exception arises, execution
// goes on at `handler` with the exception in register `exception`. Inner ranges come before outer ones.
struct ExceptionRange {
  u32 start, end, handler;  // word indices
  u32 exception;            // register
};

// Source positions: rows sorted by `start`; a row covers the words up to the next row. Lines from 1, columns
// in bytes from 0; line 0: no position. Rows that start where the next one does are marks: lines without an
// instruction.
struct PositionRow {
  u32 start, line, end_line;
  u16 column, end_column;  // 0xffff: unknown or too far right
};

}  // namespace lisle::bc
