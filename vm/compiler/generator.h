// The code generator: a Unit is one code object being made, the Generator walks the tree and fills units in.
// Its member functions are spread over one file a topic.
//
// Registers. A unit's first registers belong to its named locals (in code that is not optimised, register 0
// holds the namespace); above them temporaries come and go like a stack: whoever allocates restores `top`
// itself.
//
// Destinations. An expression is evaluated with an optional destination register. It may answer with another
// register (a local in place); a destination that is a named local is written only when the whole expression
// is complete, since an exception in between must leave the variable alone.
//
// Bound locals. `bound` says which locals surely hold a value at this point; it flows along jumps with the
// Target they go to. Reads of others are preceded by CheckLocal.
#pragma once
#include <optional>

#include "grammar/ast.h"
#include "vm/bytecode/emit.h"
#include "vm/compiler/compile.h"
#include "vm/compiler/scopes.h"

namespace lisle::compiler {

using bc::Op;
using Reg = u32;
inline constexpr Reg kNoReg = ~0u;

// A set of the first 256 locals. Later ones are in no set but the full one: they are always checked.
class BoundSet {
 public:
  static constexpr u32 kCapacity = 256;
  static BoundSet full() {
    BoundSet set;
    for (u64& word : set.words_) word = ~u64{0};
    return set;
  }
  bool test(Reg r) const { return r < kCapacity && (words_[r / 64] >> (r % 64) & 1); }
  void set(Reg r) {
    if (r < kCapacity) words_[r / 64] |= u64{1} << (r % 64);
  }
  void reset(Reg r) {
    if (r < kCapacity) words_[r / 64] &= ~(u64{1} << (r % 64));
  }
  void meet(const BoundSet& other) {
    for (u32 i = 0; i < 4; ++i) words_[i] &= other.words_[i];
  }
  BoundSet without(const BoundSet& other) const {
    BoundSet result;
    for (u32 i = 0; i < 4; ++i) result.words_[i] = words_[i] & ~other.words_[i];
    return result;
  }

 private:
  u64 words_[4] = {};
};

// A label and what is bound wherever something jumps to it.
struct Target {
  bc::Label label;
  BoundSet bound = BoundSet::full();
};

// Where a name lives.
struct Place {
  enum Kind : u8 { Local, Cell, Free, ClassFree, Global, Name };
  Kind kind = Name;
  u32 index = 0;       // register, or number in the closure
  u32 cell_index = 0;  // Cell: number in cell_names
  bool grows = false;  // Local: a text that += builds in place; to be settled before it is read
};

// An int literal that fits a 16-bit operand.
std::optional<i16> small_literal(const ast::Expr* e);
// The literal of `x + 3` or `x - 3` in AddImm's form, where a negative operand means subtraction of its
// absolute.
std::optional<u16> addend(ast::Operator op, const ast::Expr* right);

// What a break, continue or return has to leave.
struct Block {
  enum Kind : u8 { Loop, Region, Finally, Handled, StarHandled, With, AsyncWith };
  Kind kind;
  // Loops.
  Target* on_break = nullptr;
  Target* on_continue = nullptr;
  bool continues_ahead = false;  // the loop's test is at its end
  // Blocks that catch exceptions: the range since `start` is still open.
  bool catches = false;
  bc::Label handler;
  Reg exception = 0;
  u32 start = 0;
  // Finally: its statements. Handled: the register with the exception handled before, and the name of
  // except-as.
  ast::Sequence<ast::Stmt*> body;
  Reg saved = 0;
  NameId name = kNoName;
  // With: the register with the bound exit method.
  Reg exit = 0;
  ast::Position at;
};

struct Unit {
  Unit(rt::Runtime& rt, bc::Anchor& anchor, Unit* outer, Scope* scope)
      : outer(outer), scope(scope), emit(rt, anchor) {}
  Unit* outer;
  Scope* scope;
  bc::Emitter emit;
  std::string qualname;
  FlatMap place_of;  // NameId → index in places
  std::vector<Place> places;
  std::vector<NameId> locals, cells, frees;
  bool optimized = false;
  Reg top = 0, max = 0;
  Reg class_cell = kNoReg;
  BoundSet bound, deleted, initialised;
  std::vector<Block> blocks;
  u16 count_flag = 0;  // kOwnsFrameCount in generators and coroutines
  u32 flags = 0;
  u32 first_line = 1;
  rt::Value doc = rt::Value::none();

  bool is_local(Reg r) const { return r < locals.size(); }
};

// While it lives, instructions belong to no line.
class NoLine {
 public:
  explicit NoLine(bc::Emitter& emit) : emit_(emit), before_(emit.current_position()) { emit.no_position(); }
  ~NoLine() { emit_.set_position(before_); }
  NoLine(const NoLine&) = delete;
  NoLine& operator=(const NoLine&) = delete;

 private:
  bc::Emitter& emit_;
  bc::PositionRow before_;
};

class Generator {
 public:
  Generator(rt::Runtime& rt, bc::Anchor& anchor, NameTable& names, Scopes& scopes, const Options& options,
            bool future_annotations, int last_future_line)
      : rt_(rt),
        anchor_(anchor),
        names_(names),
        scopes_(scopes),
        options_(options),
        future_annotations_(future_annotations),
        last_future_line_(last_future_line) {
    debug_ = names.id("__debug__");
    class_name_ = names.id("__class__");
  }

  const std::vector<Warning>& warnings() const { return warnings_; }
  rt::Code* module(const ast::Node* root);

 private:
  using Expr = ast::Expr;
  using Stmt = ast::Stmt;
  template <class T>
  using Seq = ast::Sequence<T>;

  // --- unit.cpp: units, registers, labels
  void begin_unit(Unit& unit, u32 first_line);
  rt::Code* end_unit(std::string_view name, const ast::Arguments* args);
  void lay_out_optimized(Unit& unit);
  void lay_out_namespace(Unit& unit);
  Reg alloc(u32 count = 1);
  Reg result(Reg hint) { return hint == kNoReg ? alloc() : hint; }
  // A register that may be written before the expression is complete.
  Reg work(Reg hint) { return hint == kNoReg || u_->is_local(hint) ? alloc() : hint; }
  void position(const ast::Position& at);
  // Statement `s` shall be seen by who traces though it does nothing itself.
  void mark_line(const ast::Position& at);
  u32 emit(Op op, u32 a = 0, u32 b = 0, u32 c = 0) { return u_->emit.emit(op, a, b, c); }
  bool live() const { return u_->emit.live(); }
  Target target() { return {u_->emit.label()}; }
  void jump(Target& to);
  void jump_back(Target& to);
  void jump_if_true(Reg r, Target& to) { conditional(Op::JumpIfTrue, r, to); }
  void jump_if_false(Reg r, Target& to) { conditional(Op::JumpIfFalse, r, to); }
  void conditional(Op op, Reg r, Target& to);
  void branch(Op op, u32 a, u32 b, u32 c, Target& to);
  void bind(Target& here);
  void bind_loop(Target& here);
  void bind_handler(bc::Label label, const BoundSet& bound);
  u32 constant(rt::Value v) { return u_->emit.constant(v); }
  u32 name_index(NameId name);
  rt::Value string(std::string_view utf8);
  std::vector<NameId> free_names_of(Scope& scope);

  // --- names.cpp
  NameId mangled(ast::Identifier text) { return names_.mangle(u_->scope->owner, names_.id(text)); }
  Place place(NameId name);
  Reg load_name(NameId name, Reg hint);
  // The register of a plain local, or kNoReg.
  Reg local_register(NameId name);
  // The register of a local after the check that it is bound, where that is not known.
  Reg bound_local(Reg local);
  void store_name(NameId name, Reg value);
  void delete_name(NameId name);
  void forbid_debug(NameId name, const ast::Position& at, const char* what = "assign to");

  // --- expr.cpp
  Reg expr(const Expr* e, Reg hint = kNoReg);
  void expr_to(const Expr* e, Reg destination);
  void move(Reg destination, Reg source);
  // Saves a local read in place from a walrus in `next`, which is evaluated before the value is used.
  Reg protect(Reg r, const Expr* next);
  Reg load_constant(rt::Value v, Reg hint);

  // suspicious.cpp
  void warn(const ast::Position& at, std::string message);
  void look_at_compare(const ast::Compare* e);
  void look_at_call(const ast::Call* e);
  void look_at_subscript(const ast::Subscript* e);
  void discard(const Expr* e);
  Reg named_expr(const ast::NamedExpr* e, Reg hint);
  Reg if_expr(const ast::IfExp* e, Reg hint);
  Reg bool_op(const ast::BoolOp* e, Reg hint);
  Reg unary(const ast::UnaryOp* e, Reg hint);
  Reg binary(const ast::BinOp* e, Reg hint);
  Reg compare(const ast::Compare* e, Reg hint);
  Reg joined_string(const ast::JoinedStr* e, Reg hint);
  Reg formatted_value(const ast::FormattedValue* e, Reg hint);
  Reg slice(const ast::Slice* e, Reg hint);
  Reg yield_(const ast::Yield* e, Reg hint);
  Reg yield_from(const ast::YieldFrom* e, Reg hint);
  Reg await(const ast::Await* e, Reg hint);
  // Drives iterator `iterator` to its end; the result is its return value.
  Reg delegate(Reg iterator, Reg hint);
  // Awaits r; `what` as in GetAwaitable.
  Reg await_value(Reg r, u32 what, Reg hint);

  // --- display.cpp
  // `whole` is where the display stands: stars are unpacked there.
  Reg list(Seq<Expr*> elements, const ast::Position& whole, Reg hint);
  Reg tuple(Seq<Expr*> elements, const ast::Position& whole, Reg hint);
  Reg set(const ast::Set* e, Reg hint);
  Reg dict(const ast::Dict* e, Reg hint);
  // Evaluates `elements` (which may be starred) into the new list in `list`.
  // `callee`: of a call whose only positional argument is starred, for the error's text.
  void extend_list(Reg list, Seq<Expr*> elements, const ast::Position& whole, Reg callee = bc::kNoRegister);

  // --- condition.cpp
  void jump_if(const Expr* e, bool sense, Target& to);
  void jump_if_compare(const ast::Compare* e, bool sense, Target& to);
  void branch_compare(ast::CmpOperator op, Reg left, Reg right, bool sense, Target& to);
  const Expr* operand_of_in(ast::CmpOperator op, const Expr* e, rt::Value& folded);
  Reg comparator(ast::CmpOperator op, const Expr* e, Reg hint);

  // --- call.cpp
  Reg primary(const Expr* e, Reg hint);
  struct Link {
    Reg value;       // where the part so far is
    bool in_window;  // it lies in the callee register of a window at base + 2
    bool as_method;  // GetMethod prepared the window at base + 2
  };
  void link(const Expr* e, const Expr* next, Link& link, Reg base, Reg hint);
  // Neither stars nor too many of them: they can be laid out in a window.
  static bool plain_arguments(Seq<Expr*> args, Seq<ast::Keyword*> keywords);
  void call_link(const ast::Call* e, Link& link, Reg base, Reg destination);
  void call_arguments(Reg window, u32 first, Seq<Expr*> args, Seq<ast::Keyword*> keywords, bool method,
                      Reg destination, const ast::Position& at);
  void spread_call(Reg window, Seq<Expr*> args, u32 extra, Seq<ast::Keyword*> keywords, Reg destination,
                   const ast::Position& at);
  void check_keywords(Seq<ast::Keyword*> keywords, const ast::Position& at);
  // Opens a window above the temporaries: its callee belongs into window + 2, arguments from window + 5 on.
  Reg open_window();
  void call_window(Reg destination, Reg window, u32 count);

  // --- fold.cpp
  std::optional<rt::Value> fold(const Expr* e);
  std::optional<rt::Value> fold_binary(ast::Operator op, rt::Value left, rt::Value right);
  std::optional<rt::Value> fold_unary(ast::UnaryOperator op, rt::Value operand);
  std::optional<rt::Value> fold_tuple(Seq<Expr*> elements);
  std::optional<rt::Value> fold_subscript(const ast::Subscript* e);
  rt::Value constant_value(const ast::ConstantValue& c);
  std::optional<bool> truth(const Expr* e);
  std::optional<rt::Value> frozenset(Seq<Expr*> elements);

  // --- assign.cpp
  void assign(const ast::Assign* s);
  void assign_to(const Expr* target, Reg value);
  bool assign_elementwise(const Expr* target, const Expr* value);
  void unpack(const Expr* target, Seq<Expr*> elements, Reg value);
  u32 pair_hint(
      const Expr* target);  // operand c of the ForIter whose item goes to `target` through a temporary
  void augmented(const ast::AugAssign* s);
  void annotated(const ast::AnnAssign* s);
  void delete_(const Expr* target);

  // --- stmt.cpp
  void body(Seq<Stmt*> statements);
  void stmt(const Stmt* s);
  void if_(const ast::If* s);
  void assert_(const ast::Assert* s);
  void raise(const ast::Raise* s);
  void return_(const ast::Return* s);
  void emit_return(Reg value);
  void implicit_return();
  void return_expression(const ast::Expr* e, const ast::Position& at);
  void import(const ast::Import* s);
  void import_from(const ast::ImportFrom* s);
  void expression_statement(const ast::ExprStmt* s);

  // --- loops.cpp
  void while_(const ast::While* s);
  void for_(const ast::For* s);
  void async_for(const ast::AsyncFor* s);
  void break_(const Stmt* s);
  void continue_(const Stmt* s);
  // `x = next(iterator)` of an asynchronous iterator; at its end goes to `end`.
  Reg async_next(Reg iterator, Target& end, const ast::Position& at);

  // --- unwind.cpp, with.cpp
  Block& push_region(Block::Kind kind, bc::Label handler, Reg exception);
  void pop_block();
  std::vector<Block> leave_blocks(size_t keep);
  void leave_early(const Block& block);
  void reenter_blocks(std::vector<Block>& left);
  void try_(const ast::Try* s);
  void try_except(const ast::Try* s);
  template <class S>
  void try_finally(const S* s, void (Generator::*inner)(const S*));
  void handlers(const ast::Try* s, Reg exception, Reg saved, Target& end);
  void handler_body(const ast::ExceptHandler* h, Reg exception, Reg saved, Target& end);
  void cleanup(bc::Label label, Reg saved, NameId name, const BoundSet& bound);
  void forget_name(NameId name);
  void try_star(const ast::TryStar* s);
  void try_star_except(const ast::TryStar* s);
  void star_handler(const ast::ExceptHandler* h, Reg rest, Reg raised_list);
  void with(Seq<ast::WithItem*> items, u32 index, Seq<Stmt*> statements, bool is_async, const Stmt* s);
  Reg call_exit(const Block& block, Reg exception);

  // --- function.cpp, class.cpp, comprehension.cpp
  template <class Def>
  void function_def(const Def* def);
  Reg lambda(const ast::Lambda* e, Reg hint);
  // Evaluates what MakeFunction wants from `base` on and returns its flags.
  u32 function_parts(const ast::Arguments* args, const Expr* returns, bool annotates, Scope& scope);
  u32 default_parts(const ast::Arguments* args);
  bool annotation_parts(const ast::Arguments* args, const Expr* returns);
  bool closure_part(Scope& scope);
  void make_function(Reg destination, Reg base, u32 flags, rt::Code* code);
  std::string qualified_name(NameId name);
  void class_def(const ast::ClassDef* def);
  rt::Code* class_body(const ast::ClassDef* def);
  void decorators(Seq<Expr*> list, std::vector<Reg>& windows);
  void apply_decorators(Seq<Expr*> list, const std::vector<Reg>& windows);
  void setup_annotations();
  rt::Value docstring(Seq<Stmt*> statements);
  void annotation(const Expr* e, Reg destination);
  Reg comprehension(const Expr* e, Reg hint);
  rt::Code* comprehension_code(const Expr* e, Seq<ast::Comprehension*> generators);
  void comprehension_loop(const Expr* e, Seq<ast::Comprehension*> generators, u32 index, Reg collection);
  void comprehension_element(const Expr* e, Reg collection);
  bool may_await() const;
  bool in_async_function() const;

  // --- match.cpp
  struct Captures {
    std::vector<std::pair<NameId, Reg>> names;
    Target* fail = nullptr;
  };
  void match(const ast::Match* s);
  void pattern(const ast::Pattern* p, Reg subject, Captures& captures, bool irrefutable_allowed);
  void capture(NameId name, Reg value, Captures& captures);
  void match_value(const Expr* e, Reg subject, Captures& captures);
  void match_sequence(const ast::MatchSequence* p, Reg subject, Captures& captures);
  void match_mapping(const ast::MatchMapping* p, Reg subject, Captures& captures);
  void match_class(const ast::MatchClass* p, Reg subject, Captures& captures);
  void match_or(const ast::MatchOr* p, Reg subject, Captures& captures, bool irrefutable_allowed);
  void match_items(Seq<ast::Pattern*> parts, u32 star, Reg subject, Captures& captures);
  void require_length(Reg subject, u32 count, Op op, Captures& captures);

  rt::Runtime& rt_;
  bc::Anchor& anchor_;
  NameTable& names_;
  Scopes& scopes_;
  std::vector<Warning> warnings_;
  const Options& options_;
  bool future_annotations_;
  int last_future_line_;  // `from __future__` may stand up to here
  NameId debug_, class_name_;
  Unit* u_ = nullptr;
  u32 depth_ = 0;
  ast::Position pattern_at_;  // the pattern visited last: where errors of patterns are reported
  std::vector<const Expr*> chain_;
};

// Source text of an expression, as ast.unparse writes it: for annotations that stay text.
std::string unparse(rt::Runtime& rt, const ast::Expr* e);

}  // namespace lisle::compiler
