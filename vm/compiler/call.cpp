// Calls, attributes and subscripts: the chains a(b).c[d]... of primary expressions, walked from their base
// with a loop, and the call windows of opcodes.def. A chain that starts with `base` free temporaries keeps
// each intermediate value in register `base`, or, when a call comes next, in the callee register of the
// window that lies at base + 2.
#include <algorithm>

#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

constexpr u32 kPad = rt::kWindowPad;
constexpr u32 kCallee = 2;                    // of a window: its header's third word
constexpr u32 kArguments = rt::kHeaderWords;  // of a window
constexpr u32 kMostArguments = 200;           // beyond that they travel in a tuple

}  // namespace

Reg Generator::open_window() {
  Reg base = alloc(kPad + kArguments);
  return base + kPad;
}

void Generator::call_window(Reg destination, Reg window, u32 count) {
  emit(Op::Call, destination, window, count | u_->count_flag);
}

bool Generator::plain_arguments(Seq<Expr*> args, Seq<Keyword*> keywords) {
  if (args.size + keywords.size > kMostArguments) return false;
  auto starred = [](Expr* a) { return a->kind == ast::Kind::Starred; };
  auto doubly = [](Keyword* k) { return !k->arg.data(); };
  return std::none_of(args.begin(), args.end(), starred) &&
         std::none_of(keywords.begin(), keywords.end(), doubly);
}

void Generator::check_keywords(Seq<Keyword*> keywords, const ast::Position& at) {
  for (u32 i = 0; i < keywords.size; ++i) {
    if (!keywords[i]->arg.data()) continue;
    NameId name = names_.id(keywords[i]->arg);
    forbid_debug(name, at);
    for (u32 j = 0; j < i; ++j) {
      if (keywords[j]->arg.data() && names_.id(keywords[j]->arg) == name) {
        fail(*keywords[i], "keyword argument repeated: " + names_.copy(name));
      }
    }
  }
}

Reg Generator::primary(const Expr* e, Reg hint) {
  size_t chain_base = chain_.size();
  const Expr* first = e;
  for (;;) {
    const Expr* inner = nullptr;
    if (auto* a = ast::as<Attribute>(first))
      inner = a->value;
    else if (auto* s = ast::as<Subscript>(first))
      inner = s->value;
    else if (auto* c = ast::as<Call>(first))
      inner = c->func;
    if (!inner) break;
    chain_.push_back(first);
    first = inner;
  }
  Reg base = u_->top;
  if (auto folded = fold(e)) {
    chain_.resize(chain_base);
    return load_constant(*folded, hint);
  }
  Link at{kNoReg, false, false};
  if (chain_.back()->kind == ast::Kind::Call) {
    Reg window = open_window();
    expr_to(first, window + kCallee);
    at = {window + kCallee, true, false};
  } else {
    at.value = expr(first);
  }
  while (chain_.size() > chain_base) {
    const Expr* part = chain_.back();
    chain_.pop_back();
    const Expr* next = chain_.size() > chain_base ? chain_.back() : nullptr;
    link(part, next, at, base, hint);
  }
  return at.value;
}

// One step along the chain: `at` is where the value so far lies and becomes where the next one does.
void Generator::link(const Expr* e, const Expr* next, Link& at, Reg base, Reg hint) {
  auto* next_call = ast::as<Call>(next);
  if (auto* attribute = ast::as<Attribute>(e);
      attribute && next_call && plain_arguments(next_call->args, next_call->keywords)) {
    u_->top = base;
    Reg window = open_window();
    alloc();  // the receiver's place
    position(*e);
    emit(Op::GetMethod, window, at.value, name_index(mangled(attribute->attr)));
    at = {window, true, true};
    return;
  }
  auto destination = [&] {
    u_->top = base;
    if (!next) return result(hint);
    return next_call ? open_window() + kCallee : alloc();
  };
  if (auto* call = ast::as<Call>(e)) {
    Reg d = next ? (next_call ? base + kPad + kCallee : base) : (hint == kNoReg ? base : hint);
    call_link(call, at, base, d);
    Reg placed = destination();
    at = {next || hint == kNoReg ? placed : hint, next_call != nullptr, false};
    return;
  }
  if (auto* subscript = ast::as<Subscript>(e)) {
    look_at_subscript(subscript);
    Reg container = protect(at.value, subscript->slice);
    Reg index = expr(subscript->slice);
    Reg d = destination();
    position(*e);
    emit(Op::GetItem, d, container, index);
    at = {d, next_call != nullptr, false};
    return;
  }
  auto* attribute = static_cast<const Attribute*>(e);
  Reg d = destination();
  position(*e);
  emit(Op::GetAttr, d, at.value, name_index(mangled(attribute->attr)));
  at = {d, next_call != nullptr, false};
}

void Generator::call_link(const Call* e, Link& at, Reg base, Reg destination) {
  check_keywords(e->keywords, *e);
  look_at_call(e);
  Reg window = base + kPad;
  ast::Position where = *e;
  if (at.as_method) {
    // The call stands where its method's name does, when it goes over several lines.
    auto* method = static_cast<const Attribute*>(e->func);
    if (where.line != method->end_line) {
      where.line = method->end_line;
      int length = static_cast<int>(method->attr.size());
      where.col = std::max(0, method->end_col - length);
    }
  }
  if (plain_arguments(e->args, e->keywords)) {
    call_arguments(window, 0, e->args, e->keywords, at.as_method, destination, where);
  } else {
    spread_call(window, e->args, 0, e->keywords, destination, where);
  }
}

// Evaluates the arguments into the window, behind `first` that are there already, and calls.
void Generator::call_arguments(Reg window, u32 first, Seq<Expr*> args, Seq<Keyword*> keywords, bool method,
                               Reg destination, const ast::Position& at) {
  u_->top = window + kArguments + method + first;
  u_->max = std::max(u_->max, u_->top);
  for (Expr* a : args) expr_to(a, alloc());
  for (Keyword* k : keywords) expr_to(k->value, alloc());
  position(at);
  u32 count = (first + args.size) | u_->count_flag;
  if (keywords.empty()) {
    emit(method ? Op::CallMethod : Op::Call, destination, window, count);
    return;
  }
  if (!live()) return;
  std::vector<rt::Value> names;
  for (Keyword* k : keywords) names.push_back(rt::Value::from(names_.str(names_.id(k->arg))));
  u32 index = constant(rt::Value::from(rt::new_tuple_from(rt_, names.data(), names.size())));
  emit(method ? Op::CallMethodKw : Op::CallKw, destination, window, count);
  u_->emit.set_trailing(index);
}

// A call whose arguments are gathered in a list and a dict first. The first `extra` arguments stand in the
// window already (class bodies); they go into the list as well.
void Generator::spread_call(Reg window, Seq<Expr*> args, u32 extra, Seq<Keyword*> keywords, Reg destination,
                            const ast::Position& at) {
  Reg first = window + kArguments;
  Reg positional = first, named = first + 1;
  u_->top = std::max(first + std::max(extra, 2u), first + 2);
  u_->max = std::max(u_->max, u_->top);
  if (extra) {
    emit(Op::BuildList, positional, first, extra);
    extend_list(positional, args, at);
  } else if (args.size) {
    emit(Op::BuildList, positional, positional, 0);
    // A star that stands alone is an error of the call, others are one of the list.
    extend_list(positional, args, at, args.size == 1 ? window + kCallee : bc::kNoRegister);
  }
  if (args.size || extra) {
    position(at);
    emit(Op::ListToTuple, positional, positional);
  } else {
    load_constant(rt::Value::from(rt_.empty_tuple), positional);
  }
  Reg mark = u_->top = named + 1;
  if (keywords.empty()) {
    load_constant(rt::Value::none(), named);
  } else {
    emit(Op::BuildDict, named, named, 0);
    for (u32 i = 0; i < keywords.size; ++i) {
      Reg part = u_->top;
      if (!keywords[i]->arg.data()) {
        Reg other = expr(keywords[i]->value);
        position(at);
        emit(Op::DictMerge, named, other, window + kCallee);
        u_->top = mark;
        continue;
      }
      // Names given after ** must be checked against what came before: they are merged as well.
      bool first_group = std::all_of(keywords.begin(), keywords.begin() + i,
                                     [](Keyword* k) { return k->arg.data() != nullptr; });
      Reg into = first_group ? named : alloc();
      if (!first_group) emit(Op::BuildDict, into, into, 0);
      Reg key = load_constant(rt::Value::from(names_.str(names_.id(keywords[i]->arg))), kNoReg);
      Reg value = expr(keywords[i]->value);
      emit(Op::DictPut, into, key, value);
      position(at);
      if (!first_group) emit(Op::DictMerge, named, part, window + kCallee);
      u_->top = mark;
    }
  }
  position(at);
  emit(Op::CallSpread, destination, window, u_->count_flag);
}

}  // namespace lisle::compiler
