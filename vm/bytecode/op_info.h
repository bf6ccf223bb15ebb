// What opcodes.def says of each opcode, as tables: operand kinds, trailing words, effects; and the hash of
// the whole table, which tells whether stored bytecode was made for this instruction set.
#pragma once
#include <string_view>

#include "vm/bytecode/instruction.h"

namespace lisle::bc {

enum class Operand : u8 { none, dst, reg, both, opt, base, imm, constant, name, free, wide, window };
enum class Extra : u8 { none, target };

struct OpInfo {
  std::string_view name;
  Operand a, b, c;
  u8 words;  // trailing words
  Extra extra;
  std::string_view effects;

  constexpr bool has(char effect) const { return effects.find(effect) != std::string_view::npos; }
};

inline constexpr OpInfo kOps[] = {
#define OP(Name, A, B, C, words, extra, effects, meaning) \
  {#Name, Operand::A, Operand::B, Operand::C, words, Extra::extra, effects},
#include "vm/bytecode/opcodes.def"
#undef OP
};

inline constexpr const OpInfo& info(Op op) {
  return kOps[static_cast<size_t>(op)];
}

namespace detail {
constexpr u64 mix_text(u64 hash, std::string_view text) {
  for (char c : text) hash = (hash ^ static_cast<u8>(c)) * 0x100000001b3;
  return (hash ^ 0xff) * 0x100000001b3;
}
constexpr u64 hash_table() {
  u64 hash = 0xcbf29ce484222325;
#define OP(Name, A, B, C, words, extra, effects, meaning)                                              \
  hash = mix_text(mix_text(mix_text(hash, #Name "|" #A "|" #B "|" #C "|" #words "|" #extra), effects), \
                  meaning);
#include "vm/bytecode/opcodes.def"
#undef OP
  return hash;
}
}  // namespace detail

// Changes whenever a row of opcodes.def does.
inline constexpr u64 kOpcodeTableHash = detail::hash_table();

}  // namespace lisle::bc
