// The values of literals in syntax trees.
#pragma once
#include "grammar/ast.h"
#include "runtime/runtime.h"

namespace lisle::compiler {

rt::Value literal_value(rt::Runtime& rt, const ast::ConstantValue& c);

}  // namespace lisle::compiler
