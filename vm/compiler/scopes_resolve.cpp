// Gives every symbol its meaning, scope by scope from the outside in, by looking outward for who binds it;
// class scopes are transparent to that look, except that they bind __class__ for the functions inside them.
#include "vm/compiler/scopes.h"

namespace lisle::compiler {

namespace {

class Resolver {
 public:
  explicit Resolver(NameTable& names) : names_(names), class_(names.id("__class__")) {}

  void resolve(Scope& scope) {
    // Looking outward adds symbols to scopes in between, which have been resolved before; never to this one.
    for (size_t i = 0; i < scope.symbols.size(); ++i) {
      NameId name = scope.symbols[i].name;
      Meaning meaning = meaning_of(scope, scope.symbols[i]);
      Symbol* symbol = scope.find(name);
      if (symbol->meaning == Meaning::Unknown) symbol->meaning = meaning;
    }
    for (Scope* child : scope.children) resolve(*child);
  }

 private:
  Meaning meaning_of(Scope& scope, const Symbol symbol) {
    if (symbol.flags & kGlobalDecl) {
      if (symbol.flags & kNonlocalDecl) {
        fail(declared_at(scope, symbol.name),
             "name '" + names_.copy(symbol.name) + "' is nonlocal and global");
      }
      return Meaning::GlobalExplicit;
    }
    if (symbol.flags & kNonlocalDecl) {
      Meaning found = look_outward(scope, symbol.name);
      if (found == Meaning::Free) return found;
      fail(declared_at(scope, symbol.name),
           "no binding for nonlocal '" + names_.copy(symbol.name) + "' found");
    }
    if (symbol.flags & kAnyBinding) return Meaning::Local;
    if (symbol.flags & kUsed) return look_outward(scope, symbol.name);
    return Meaning::Unknown;
  }

  static ast::Position declared_at(const Scope& scope, NameId name) {
    for (const Declaration& d : scope.declarations) {
      if (d.name == name) return d.at;
    }
    return *scope.node;
  }

  Meaning look_outward(Scope& scope, NameId name) {
    for (Scope* outer = scope.parent; outer; outer = outer->parent) {
      if (outer->kind == ScopeKind::Module) break;
      if (outer->kind == ScopeKind::Class) {
        if (name != class_) continue;
        outer->has_class_cell = true;
        hand_down(scope, *outer, name);
        return Meaning::Free;
      }
      Symbol* symbol = outer->find(name);
      if (!symbol || symbol->meaning == Meaning::Unknown) continue;
      switch (symbol->meaning) {
        case Meaning::GlobalExplicit:
          return Meaning::GlobalImplicit;
        case Meaning::GlobalImplicit:
          return Meaning::GlobalImplicit;
        case Meaning::Local:
          symbol->meaning = Meaning::Cell;
          [[fallthrough]];
        case Meaning::Cell:
        case Meaning::Free:
          hand_down(scope, *outer, name);
          return Meaning::Free;
        case Meaning::Unknown:
          break;
      }
    }
    return Meaning::GlobalImplicit;
  }

  // Every scope between the one that binds a name and the one that uses it carries the cell in its closure.
  void hand_down(Scope& scope, Scope& binder, NameId name) {
    for (Scope* between = scope.parent; between != &binder; between = between->parent) {
      Symbol& symbol = between->at(name);
      if (between->kind == ScopeKind::Class && (symbol.flags & (kBoundHere | kGlobalDecl))) {
        symbol.flags |= kFreeInClass;
      } else {
        symbol.meaning = Meaning::Free;
      }
    }
  }

  NameTable& names_;
  NameId class_;
};

void describe(const Scope& scope, const NameTable& names, int depth, std::string& out) {
  static constexpr const char* kKinds[] = {"module", "class", "function", "lambda", "comprehension"};
  static constexpr const char* kMeanings[] = {"unused", "local",  "cell",
                                              "free",   "global", "global (implicit)"};
  static constexpr std::pair<u16, const char*> kFlagNames[] = {{kParameter, "parameter"},
                                                               {kBoundHere, "bound"},
                                                               {kUsed, "used"},
                                                               {kImported, "imported"},
                                                               {kAnnotated, "annotated"},
                                                               {kGlobalDecl, "declared global"},
                                                               {kDeleted, "deleted"},
                                                               {kNonlocalDecl, "declared nonlocal"},
                                                               {kFreeInClass, "passed on"},
                                                               {kIterationVariable, "iteration variable"}};
  std::string indent(static_cast<size_t>(depth) * 2, ' ');
  out += indent + kKinds[static_cast<size_t>(scope.kind)] + " " + names.copy(scope.name);
  if (scope.node->line) out += " line " + std::to_string(scope.node->line);
  if (scope.is_generator) out += " generator";
  if (scope.is_coroutine) out += " coroutine";
  if (scope.has_class_cell) out += " has __class__";
  out += "\n";
  for (const Symbol& symbol : scope.symbols) {
    out += indent + "  " + names.copy(symbol.name) + ": " + kMeanings[static_cast<size_t>(symbol.meaning)];
    for (auto [flag, text] : kFlagNames) {
      if (symbol.flags & flag) out += std::string(", ") + text;
    }
    out += "\n";
  }
  for (const Scope* child : scope.children) describe(*child, names, depth + 1, out);
}

}  // namespace

void resolve_scopes(Scopes& scopes, NameTable& names) {
  Resolver(names).resolve(*scopes.top());
}

std::string scopes_text(const Scopes& scopes, const NameTable& names) {
  std::string out;
  describe(*scopes.top(), names, 0, out);
  return out;
}

}  // namespace lisle::compiler
