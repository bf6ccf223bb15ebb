// Which name means what: one Scope for each module, class, function, lambda and comprehension, made in one
// walk over the tree (ScopeBuilder) and then resolved from the outside in (resolve_scopes).
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "grammar/ast.h"
#include "vm/compiler/flat_map.h"
#include "vm/compiler/name_table.h"

namespace lisle::compiler {

// What the only try block of the compiler's entry catches.
struct CompileError {
  std::string message;
  ast::Position position;
  bool out_of_bounds = false;
};
[[noreturn]] void fail(const ast::Position& at, std::string message);

enum class ScopeKind : u8 { Module, Class, Function, Lambda, Comprehension };

enum class Meaning : u8 { Unknown, Local, Cell, Free, GlobalExplicit, GlobalImplicit };

// How a name occurs in a scope.
enum SymbolFlags : u16 {
  kBoundHere = 1,  // assigned, imported, def, class, for target ...
  kParameter = 2,
  kUsed = 4,
  kGlobalDecl = 8,
  kNonlocalDecl = 16,
  kAnnotated = 32,
  kImported = 64,
  kIterationVariable = 128,
  kFreeInClass = 256,  // a name of the class body that inner functions take from further out
  kDeleted = 512,      // target of del or of except-as: may become unbound again
  kWalrusTarget = 1024,
  kStartsAsText = 2048,  // assigned a string literal somewhere
  kAppendedTo = 4096,    // target of +=
  kAnyBinding = kBoundHere | kParameter,
};

struct Symbol {
  NameId name;
  u16 flags = 0;
  Meaning meaning = Meaning::Unknown;
};

struct Declaration {
  NameId name;
  ast::Position at;
};

struct Scope {
  ScopeKind kind;
  const ast::Node* node;
  Scope* parent;
  NameId name;
  NameId owner;  // the class whose private names are mangled here, or kNoName
  std::vector<Symbol> symbols;
  std::vector<NameId> parameters;  // in register order
  std::vector<Scope*> children;
  std::vector<Declaration> declarations;
  bool nested = false;        // inside a function
  bool is_generator = false;  // has a yield of its own
  bool is_coroutine = false;  // async def, or asynchronous comprehension
  bool is_async_def = false;
  bool has_class_cell = false;  // class: a method wants __class__
  bool has_walrus = false;
  bool shows_locals = false;                      // mentions locals, vars, eval, ...
  bool annotates = false;                         // class or module with annotated names
  ast::Kind comprehension = ast::Kind::ListComp;  // which of the four
  bool in_iterable = false;                       // while building: inside an iterable of a comprehension
  bool in_target = false;                         // while building: inside a comprehension's target
  ast::Position return_value_at{};                // first `return value`; line 0 if none

  bool is_function_like() const { return kind != ScopeKind::Module && kind != ScopeKind::Class; }
  Symbol* find(NameId name);
  Symbol& at(NameId name);  // made when missing

 private:
  static constexpr size_t kLinear = 8;
  FlatMap index_;  // used from kLinear symbols on
};

class Scopes {
 public:
  Scope* top() const { return all_.front().get(); }
  // The scope that a Module, FunctionDef, ClassDef, Lambda, comprehension ... opens.
  Scope* of(const ast::Node* node) const { return all_[by_node_.find(reinterpret_cast<u64>(node))].get(); }
  Scope* add(ScopeKind kind, const ast::Node* node, Scope* parent, NameId name);

 private:
  std::vector<std::unique_ptr<Scope>> all_;
  FlatMap by_node_;
};

// The walk: throws CompileError.
void build_scopes(Scopes& scopes, NameTable& names, const ast::Node* root, bool future_annotations);
// Gives every symbol its meaning: throws CompileError.
void resolve_scopes(Scopes& scopes, NameTable& names);
std::string scopes_text(const Scopes& scopes, const NameTable& names);

}  // namespace lisle::compiler
