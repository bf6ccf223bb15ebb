// What the grammar guarantees of its trees, checked for those that come from the program.
#pragma once
#include "grammar/ast.h"
#include "runtime/runtime.h"

namespace lisle::vm {

// None, or ValueError (TypeError) raised for what the compiler would not survive. Depth is bounded already.
rt::Result check_tree(rt::Runtime& rt, ast::Node* root);

}  // namespace lisle::vm
