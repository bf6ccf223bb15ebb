// Bytecode as text, and back. The text is stable: no addresses, nothing that differs between runs.
#pragma once
#include <string>
#include <string_view>

#include "runtime/hooks.h"
#include "runtime/runtime.h"

namespace lisle::bc {

// A code object with its tables and everything nested in it. assemble() reads the same text.
std::string disassemble(const rt::Code& code);

// Its instructions one by one, with operands as in that text, for the program's own listings.
std::vector<rt::InstructionText> instruction_texts(const rt::Code& code);

// Null and a reason in `error` when the text is not what disassemble() writes. The result is not verified.
rt::Code* assemble(rt::Runtime& rt, std::string_view text, std::string& error);

}  // namespace lisle::bc
