// Syntax trees as objects of the program (the classes of the module _ast) and back. `classes` is the
// namespace of that module. Neither direction asks the program: what a tree holds is read from where it is
// stored.
#pragma once
#include "grammar/ast.h"
#include "runtime/runtime.h"

namespace lisle::vm {

// The tree of `root` as an object; fields and positions are those of CPython's ast module.
rt::Value tree_object(rt::Runtime& rt, rt::Dict& classes, ast::Node* root);

// The tree that `object` describes, in `arena`, checked for everything that the compiler relies on: raises
// TypeError or ValueError for what is no well-formed tree. None when `root` was set.
rt::Result read_tree(rt::Runtime& rt, rt::Dict& classes, rt::Value object, ast::Arena& arena,
                     ast::Node*& root);

}  // namespace lisle::vm
