// The tables that the run loop consists of, made from the opcode rows.
#include "vm/interp/handler.h"

namespace lisle::interp {

namespace {

// Verified code has no such opcode; memory that is no code at all ends here.
LISLE_CODE void op_invalid(Frame*, Thread*, u64, u64, u64) {
  LISLE_UNREACHABLE();
}

#define OP(Name, A, B, C, words, extra, effects, meaning) 1 +
constexpr size_t kDefined =
#include "vm/bytecode/opcodes.def"
    0;
#undef OP
static_assert(kDefined == bc::kOpCount && kDefined <= 256);

}  // namespace

#define OP(Name, A, B, C, words, extra, effects, meaning) [static_cast<size_t>(Op::Name)] = op_##Name,
const Entry kDispatch[256] = {
#pragma clang diagnostic ignored "-Wc99-designator"
#pragma clang diagnostic ignored "-Winitializer-overrides"
    [0 ... 255] = op_invalid,
#include "vm/bytecode/opcodes.def"
};
#undef OP

#define OP(Name, A, B, C, words, extra, effects, meaning) words,
const u8 kTrailingWords[256] = {
#include "vm/bytecode/opcodes.def"
};
#undef OP

}  // namespace lisle::interp
