// Units: laying out registers, labels with what is bound there, and finishing a code object.
#include <algorithm>

#include "vm/compiler/generator.h"

namespace lisle::compiler {

namespace {
constexpr Reg kMaxRegisters = 60000;
}

Reg Generator::alloc(u32 count) {
  Reg r = u_->top;
  u_->top += count;
  u_->max = std::max(u_->max, u_->top);
  if (u_->top > kMaxRegisters)
    throw CompileError{"code is too complex: it needs too many registers", {}, true};
  return r;
}

void Generator::position(const ast::Position& at) {
  u_->emit.position(static_cast<u32>(at.line), static_cast<u32>(at.end_line), static_cast<u32>(at.col),
                    static_cast<u32>(at.end_col));
}

void Generator::mark_line(const ast::Position& at) {
  position(at);
  u_->emit.mark_line();
}

// Jumps that no statement asks for belong to no line.
void Generator::jump(Target& to) {
  NoLine no_line(u_->emit);
  conditional(Op::Jump, 0, to);
}

void Generator::jump_back(Target& to) {
  NoLine no_line(u_->emit);
  u_->emit.jump(Op::JumpBack, 0, to.label);
}

void Generator::conditional(Op op, Reg r, Target& to) {
  if (live()) to.bound.meet(u_->bound);
  u_->emit.jump(op, r, to.label);
}

void Generator::branch(Op op, u32 a, u32 b, u32 c, Target& to) {
  if (live()) to.bound.meet(u_->bound);
  u_->emit.branch(op, a, b, c, to.label);
}

void Generator::bind(Target& here) {
  if (live()) here.bound.meet(u_->bound);
  u_->emit.bind(here.label);
  u_->bound = here.bound;
}

void Generator::bind_loop(Target& here) {
  // What the loop's body may delete is unsure from the second round on.
  u_->bound = u_->bound.without(u_->deleted);
  u_->emit.bind(here.label);
}

void Generator::bind_handler(bc::Label label, const BoundSet& bound) {
  u_->emit.bind_handler(label);
  u_->bound = bound.without(u_->deleted);
}

u32 Generator::name_index(NameId name) {
  u32 index = u_->emit.name(names_.str(name));
  if (index >= 0xffff) throw CompileError{"code is too complex: it uses too many names", {}, true};
  return index;
}

rt::Value Generator::string(std::string_view utf8) {
  return anchor_.keep(rt::Value::from(rt::new_str(rt_, utf8)));
}

std::vector<NameId> Generator::free_names_of(Scope& scope) {
  std::vector<NameId> result;
  for (const Symbol& symbol : scope.symbols) {
    if (symbol.meaning == Meaning::Free || (symbol.flags & kFreeInClass)) result.push_back(symbol.name);
  }
  std::sort(result.begin(), result.end(),
            [&](NameId x, NameId y) { return names_.text(x) < names_.text(y); });
  return result;
}

// Parameters, then the other locals. A variable that inner functions share has a register as well: it holds
// the cell.
void Generator::lay_out_optimized(Unit& unit) {
  Scope& scope = *unit.scope;
  unit.locals = scope.parameters;
  for (const Symbol& symbol : scope.symbols) {
    bool own = symbol.meaning == Meaning::Local || symbol.meaning == Meaning::Cell;
    if (own && !(symbol.flags & kParameter)) unit.locals.push_back(symbol.name);
  }
  for (Reg r = 0; r < unit.locals.size(); ++r) {
    const Symbol& symbol = *scope.find(unit.locals[r]);
    Place place{Place::Local, r, 0};
    constexpr u16 kBuilt = kStartsAsText | kAppendedTo;
    place.grows = (symbol.flags & kBuilt) == kBuilt && !scope.has_walrus;
    if (symbol.meaning == Meaning::Cell) {
      place = {Place::Cell, r, static_cast<u32>(unit.cells.size())};
      unit.cells.push_back(symbol.name);
      if (r >= scope.parameters.size()) emit(Op::LoadImmediate, r, rt::Value::unbound().bits());
      emit(Op::MakeCell, r);
    }
    if (symbol.flags & kDeleted) unit.deleted.set(r);
    if (r < scope.parameters.size()) unit.bound.set(r);
    unit.place_of.insert(symbol.name, static_cast<u32>(unit.places.size()));
    unit.places.push_back(place);
  }
  unit.top = unit.max = static_cast<Reg>(unit.locals.size());
}

void Generator::lay_out_namespace(Unit& unit) {
  unit.top = unit.max = 1;
  if (unit.scope->has_class_cell) {
    unit.class_cell = alloc();
    unit.cells.push_back(class_name_);
    emit(Op::LoadImmediate, unit.class_cell, rt::Value::unbound().bits());
    emit(Op::MakeCell, unit.class_cell);
  }
}

void Generator::begin_unit(Unit& unit, u32 first_line) {
  u_ = &unit;
  Scope& scope = *unit.scope;
  unit.first_line = first_line;
  unit.optimized = scope.is_function_like();
  unit.emit.no_position();
  if (unit.optimized) {
    unit.flags |= rt::kCodeOptimized;
    if (scope.is_coroutine && scope.is_generator)
      unit.flags |= rt::kCodeAsyncGenerator;
    else if (scope.is_generator)
      unit.flags |= rt::kCodeGenerator;
    else if (scope.is_coroutine)
      unit.flags |= rt::kCodeCoroutine;
  } else if (options_.top_level_await && scope.is_coroutine && scope.kind == ScopeKind::Module) {
    unit.flags |= rt::kCodeCoroutine;
  }
  if (scope.nested) unit.flags |= rt::kCodeNested;
  if (future_annotations_) unit.flags |= rt::kCodeFutureAnnotations;
  if (unit.flags & rt::kCodeOwnsFrame) unit.count_flag = bc::kOwnsFrameCount;
  if (unit.optimized)
    lay_out_optimized(unit);
  else
    lay_out_namespace(unit);
  unit.frees = free_names_of(scope);
  for (u32 i = 0; i < unit.frees.size(); ++i) {
    const Symbol& symbol = *scope.find(unit.frees[i]);
    if (symbol.meaning != Meaning::Free) continue;
    unit.place_of.insert(symbol.name, static_cast<u32>(unit.places.size()));
    unit.places.push_back({scope.kind == ScopeKind::Class ? Place::ClassFree : Place::Free, i, 0});
  }
  for (const Symbol& symbol : scope.symbols) {
    bool global = symbol.meaning == Meaning::GlobalExplicit ||
                  (symbol.meaning == Meaning::GlobalImplicit && unit.optimized);
    if (!global) continue;
    unit.place_of.insert(symbol.name, static_cast<u32>(unit.places.size()));
    unit.places.push_back({Place::Global, 0, 0});
  }
}

rt::Code* Generator::end_unit(std::string_view name, const ast::Arguments* args) {
  Unit& unit = *u_;
  auto strings = [&](const std::vector<NameId>& names) {
    std::vector<rt::Str*> result;
    for (NameId id : names) result.push_back(names_.str(id));
    return result;
  };
  // Whoever lists the locals must find every one of them bound or unbound, never a leftover.
  for (Reg r = static_cast<Reg>(unit.scope->parameters.size()); r < unit.locals.size(); ++r) {
    bool is_cell = unit.scope->find(unit.locals[r])->meaning == Meaning::Cell;
    bool must = unit.initialised.test(r) || r >= BoundSet::kCapacity || unit.scope->shows_locals;
    if (unit.optimized && must && !is_cell) {
      unit.emit.prologue(Op::LoadImmediate, r, static_cast<u32>(rt::Value::unbound().bits()));
    }
  }
  std::vector<rt::Str*> locals = strings(unit.locals), cells = strings(unit.cells),
                        frees = strings(unit.frees);
  bc::CodeFacts facts;
  facts.flags = unit.flags;
  if (args) {
    facts.arg_count = args->posonlyargs.size + args->args.size;
    facts.posonly_count = args->posonlyargs.size;
    facts.kwonly_count = args->kwonlyargs.size;
    if (args->vararg) facts.flags |= rt::kCodeVarArgs;
    if (args->kwarg) facts.flags |= rt::kCodeVarKeywords;
  } else if (unit.scope->kind == ScopeKind::Comprehension) {
    facts.arg_count = 1;
  }
  facts.register_count = unit.max;
  facts.local_count = static_cast<u32>(unit.locals.size());
  facts.first_line = unit.first_line;
  facts.locals = locals;
  facts.cell_names = cells;
  facts.free_names = frees;
  facts.name = names_.str(names_.id(std::string(name)));
  facts.qualname = names_.str(names_.id(std::string(unit.qualname)));
  facts.filename = names_.str(names_.id(std::string(options_.filename)));
  facts.doc = unit.doc;
  rt::Code* code = anchor_.keep(unit.emit.finish(facts));
  u_ = unit.outer;
  return code;
}

}  // namespace lisle::compiler
