// How handlers are written. A handler executes one opcode:
//
//   f     the running frame          pc    address of the instruction
//   t     the thread                 k     address of the constants
//   word  the instruction
//
// All live in registers; every path leaves by a tail call. Handlers do the common cases and hand the rest to
// C++ functions that return a Result; `finish_*` then stores the value, unwinds, or starts what is pending.
#pragma once
#include <span>

#include "runtime/hooks.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/stack.h"
#include "runtime/runtime.h"
#include "vm/bytecode/instruction.h"

namespace lisle::interp {

using bc::Op;
using rt::Entry;
using rt::Frame;
using rt::Result;
using rt::Runtime;
using rt::Thread;
using rt::TypeId;
using rt::Value;

#define LISLE_TAIL [[clang::musttail]] return
#define HANDLER_ARGS Frame *f, Thread *t, u64 pc, u64 k, u64 word
#define HANDLER(Name) LISLE_CODE void op_##Name(HANDLER_ARGS)

#define OP(Name, A, B, C, words, extra, effects, meaning) HANDLER(Name);
#include "vm/bytecode/opcodes.def"
#undef OP

// Trailing words of each opcode, kWordsOfAdd...
#define OP(Name, A, B, C, words, extra, effects, meaning) inline constexpr u32 kWordsOf##Name = words;
#include "vm/bytecode/opcodes.def"
#undef OP

// Handlers by opcode, 256 entries.
extern const Entry kDispatch[256];
// Trailing words by opcode.
extern const u8 kTrailingWords[256];

inline u32 op_of(u64 word) {
  return word & 0xff;
}
inline u32 a_of(u64 word) {
  return word >> 16 & 0xffff;
}
inline u32 b_of(u64 word) {
  return word >> 32 & 0xffff;
}
inline u32 c_of(u64 word) {
  return static_cast<u32>(word >> 48);
}
inline i32 wide_of(u64 word) {
  return static_cast<i32>(word >> 32);
}
inline u64* at(u64 pc) {
  return reinterpret_cast<u64*>(pc);
}
inline i32 target_of(u64 pc) {
  return static_cast<i32>(at(pc)[1]);
}

inline Value& reg(Frame* f, u32 i) {
  return f->r[i];
}
inline Runtime& world(Thread* t) {
  return rt::runtime_of(*t);
}
inline rt::Function* function_of(Frame* f) {
  return static_cast<rt::Function*>(f->fn.object());
}
inline u64 constants_of(Frame* f) {
  return reinterpret_cast<u64>(function_of(f)->code->constants);
}

// The instruction at `pc` with its true opcode, whether it is traced or not.
inline u64 true_word(Frame* f, u64 pc) {
  u64 word = *at(pc);
  if (LISLE_LIKELY(op_of(word) < static_cast<u32>(Op::Traced))) return word;
  const rt::Code& code = *function_of(f)->code;
  return code.word((pc - reinterpret_cast<u64>(code.instructions)) / 8);
}

// Goes on with the instruction at `address`.
#define GO(address)                                                    \
  do {                                                                 \
    u64 go_to = (address);                                             \
    u64 next_word = *at(go_to);                                        \
    LISLE_TAIL kDispatch[next_word & 0xff](f, t, go_to, k, next_word); \
  } while (0)
// Goes on behind this instruction and its trailing words.
#define NEXT(words) GO(pc + 8 + 8 * (words))
// Goes on `distance` words behind that.
#define JUMP(words, distance) GO(pc + 8 + 8 * (words) + 8 * static_cast<i64>(distance))

// C++ code may look at the frame from now on: it allocates, raises or asks.
#define ENTER_CPP() \
  do {              \
    f->pc = pc;     \
    t->frame = f;   \
  } while (0)

// Ends a handler with the Result of a slow path: FINISH(store, binary(...)).
#define FINISH(how, result) LISLE_TAIL finish_##how(f, t, pc, k, (result).value().bits())
// The same where the operation has to be done in C++ with the frame in view.
#define SLOW(how, expression)          \
  do {                                 \
    ENTER_CPP();                       \
    Result slow_result = (expression); \
    FINISH(how, slow_result);          \
  } while (0)

// What becomes of the Result of an operation: one row for each finisher below, and operators, whose method
// may answer NotImplemented.
enum class Finish : u8 {
  as_store,
  as_store_not,
  as_discard,
  as_branch,
  as_truth_branch,
  as_not,
  as_method,
  as_unpack,
  as_group_match,
  as_for_iter,
  as_send,
  as_binary,
};
inline constexpr u32 kFinishCount = static_cast<u32>(Finish::as_binary) + 1;
// An opcode's operation in C++: the bits of its Result.
using Ask = u64 (*)(HANDLER_ARGS);

// Defines ask_<Name>, the operation of opcode <Name> in C++, which compiled code calls.
#define ASK(Name, how, expression)                            \
  extern const Finish finish_of_##Name;                       \
  constinit const Finish finish_of_##Name = Finish::as_##how; \
  u64 ask_##Name(HANDLER_ARGS) {                              \
    (void)k, (void)word;                                      \
    ENTER_CPP();                                              \
    return Result(expression).value().bits();                 \
  }
// The same, and slow_<Name>, the part of the handler that does it. That is a function of its own so that the
// handler proper needs no stack frame: handlers end with GO_SLOW(Name) where the quick cases do not apply.
#define SLOW_PATH(Name, how, expression)                                       \
  ASK(Name, how, expression)                                                   \
  __attribute__((noinline)) static LISLE_CODE void slow_##Name(HANDLER_ARGS) { \
    ASK_AND_FINISH(Name, how, expression)                                      \
  }
// A handler without quick cases.
#define ASKING_HANDLER(Name, how, expression) \
  ASK(Name, how, expression)                  \
  HANDLER(Name) {                             \
    ASK_AND_FINISH(Name, how, expression)     \
  }
// As SLOW, with the commonest ends at once.
#define ASK_AND_FINISH(Name, how, expression) \
  ENTER_CPP();                                \
  Result r = (expression);                    \
  AT_ONCE_##how(kWordsOf##Name, r);           \
  FINISH(how, r);
#define AT_ONCE_store(words, r)       \
  if (LISLE_LIKELY((r).is_value())) { \
    reg(f, a_of(word)) = (r).value(); \
    NEXT(words);                      \
  }
#define AT_ONCE_discard(words, r) \
  if (LISLE_LIKELY((r).is_value())) NEXT(words)
#define AT_ONCE_store_not(words, r)
#define AT_ONCE_branch(words, r)
#define AT_ONCE_truth_branch(words, r)
#define AT_ONCE_not(words, r)
#define AT_ONCE_method(words, r)
#define AT_ONCE_unpack(words, r)
#define AT_ONCE_group_match(words, r)
#define GO_SLOW(Name) LISLE_TAIL slow_##Name(f, t, pc, k, word)

// Each finisher gets the Result's bits as its last argument.
LISLE_CODE void finish_store(HANDLER_ARGS);
LISLE_CODE void finish_store_not(HANDLER_ARGS);
LISLE_CODE void finish_discard(HANDLER_ARGS);
LISLE_CODE void finish_branch(HANDLER_ARGS);
LISLE_CODE void finish_truth_branch(HANDLER_ARGS);
LISLE_CODE void finish_not(HANDLER_ARGS);
LISLE_CODE void finish_method(HANDLER_ARGS);
LISLE_CODE void finish_unpack(HANDLER_ARGS);
LISLE_CODE void finish_group_match(HANDLER_ARGS);
LISLE_CODE void finish_for_iter(HANDLER_ARGS);
LISLE_CODE void finish_send(HANDLER_ARGS);

// Unwinds from frame `f` with the exception in t->raised.
LISLE_CODE void unwind(Frame* f, Thread* t, u64, u64, u64);
// Links and starts what a pending Result announced; `ret` is the continuation of `f`.
LISLE_CODE void start_pending(Frame* f, Thread* t, u64 ret, u64, u64);
// Starts the linked window `w`.
LISLE_CODE void enter(Frame* w, Thread* t, u64, u64, u64);
// Goes on with the tasklet that is current now.
LISLE_CODE void resume_current(Frame* f, Thread* t, u64, u64, u64);
// Executes the first instruction of code that was never executed.
LISLE_CODE void begin_code(HANDLER_ARGS);
// Is `op` a binary operator?
inline bool is_operator(Op op) {
  return (op >= Op::Add && op <= Op::IAdd) || (op >= Op::ISub && op <= Op::IAddImm);
}
// The left operand of the operator at `pc` has answered NotImplemented.
LISLE_CODE void ask_other_operand(HANDLER_ARGS);
// Looks why the tick counter ran out and goes on at `pc`.
LISLE_CODE void safepoint(HANDLER_ARGS);
// The generator whose frame is `f` ends with value a0.
LISLE_CODE void generator_ends(Frame* f, Thread* t, u64 value, u64, u64);

}  // namespace lisle::interp

// At file scope: their entries are assembler stubs.
#define CONTINUATION(name, ended)                                                                     \
  extern "C" LISLE_CODE void cont_##name(lisle::rt::Frame* f, lisle::rt::Thread* t, lisle::u64 value, \
                                         lisle::u64, lisle::u64);
#include "vm/interp/continuations.def"
#undef CONTINUATION

namespace lisle::interp {

enum class Ended : u8 { Raise, Exit, Sentinel };

// What stands in the 64 bytes before the entry of a continuation.
struct ContinuationInfo {
  const char* name;
  Ended ended;
};
// All of them.
extern const std::span<const rt::ContinuationRow> kContinuations;

inline const ContinuationInfo& continuation_info(Entry ret) {
  return *reinterpret_cast<const ContinuationInfo* const*>(ret)[-1];
}
// What every continuation of compiled code carries, by what it does with the value.
extern const ContinuationInfo kCompiledContinuations[kFinishCount];
inline bool is_compiled(Entry ret) {
  const ContinuationInfo* info = &continuation_info(ret);
  return info >= kCompiledContinuations && info < kCompiledContinuations + kFinishCount;
}

}  // namespace lisle::interp
