// The match statement. Names that a pattern captures are stored only when the whole pattern has matched;
// until then the values stay in temporaries, none of which is given up before the case is decided.
#include <algorithm>

#include "runtime/protocols/pure.h"
#include "runtime/types/number_compare.h"
#include "vm/bytecode/constants.h"
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

bool is_wildcard(const Pattern* p) {
  auto* as_ = ast::as<MatchAs>(p);
  return as_ && !as_->pattern && !as_->name.data();
}
bool is_star_wildcard(const Pattern* p) {
  auto* star = ast::as<MatchStar>(p);
  return star && !star->name.data();
}

}  // namespace

void Generator::match(const Match* s) {
  Target end = target();
  Reg mark = u_->top;
  Reg subject = alloc();
  expr_to(s->subject, subject);
  Reg inner = u_->top;
  for (u32 i = 0; i < s->cases.size; ++i) {
    MatchCase* c = s->cases[i];
    Target next = target();
    Captures captures;
    captures.fail = &next;
    pattern(c->pattern, subject, captures, c->guard || i + 1 == s->cases.size);
    position(*c->pattern);
    for (auto [name, value] : captures.names) store_name(name, value);
    u_->top = inner;
    if (c->guard) jump_if(c->guard, false, next);
    body(c->body);
    jump(end);
    bind(next);
  }
  u_->top = mark;
  bind(end);
}

void Generator::capture(NameId name, Reg value, Captures& captures) {
  forbid_debug(name, pattern_at_);
  for (auto [known, reg] : captures.names) {
    if (known == name)
      fail(pattern_at_, "multiple assignments to name '" + names_.copy(name) + "' in pattern");
  }
  captures.names.push_back({name, value});
}

void Generator::pattern(const Pattern* p, Reg subject, Captures& captures, bool irrefutable_allowed) {
  pattern_at_ = *p;
  position(*p);
  switch (p->kind) {
    case ast::Kind::MatchValue:
      return match_value(static_cast<const MatchValue*>(p)->value, subject, captures);
    case ast::Kind::MatchSingleton: {
      Reg r = load_constant(constant_value(static_cast<const MatchSingleton*>(p)->value), kNoReg);
      return branch(Op::BranchIs, subject, r, 0, *captures.fail);
    }
    case ast::Kind::MatchSequence:
      return match_sequence(static_cast<const MatchSequence*>(p), subject, captures);
    case ast::Kind::MatchMapping:
      return match_mapping(static_cast<const MatchMapping*>(p), subject, captures);
    case ast::Kind::MatchClass:
      return match_class(static_cast<const MatchClass*>(p), subject, captures);
    case ast::Kind::MatchStar: {
      auto* star = static_cast<const MatchStar*>(p);
      if (star->name.data()) capture(mangled(star->name), subject, captures);
      return;
    }
    case ast::Kind::MatchAs: {
      auto* as_ = static_cast<const MatchAs*>(p);
      if (!as_->pattern && !irrefutable_allowed) {
        if (!as_->name.data()) fail(*p, "wildcard makes remaining patterns unreachable");
        fail(*p, "name capture '" + std::string(as_->name) + "' makes remaining patterns unreachable");
      }
      if (as_->pattern) pattern(as_->pattern, subject, captures, irrefutable_allowed);
      if (as_->name.data()) capture(mangled(as_->name), subject, captures);
      return;
    }
    case ast::Kind::MatchOr:
      return match_or(static_cast<const MatchOr*>(p), subject, captures, irrefutable_allowed);
    default:
      fail(*p, "unexpected pattern");
  }
}

void Generator::match_value(const Expr* e, Reg subject, Captures& captures) {
  if (e->kind != ast::Kind::Attribute && !fold(e)) {
    fail(pattern_at_, "patterns may only match literals and attribute lookups");
  }
  Reg value = expr(e);
  position(pattern_at_);
  branch(Op::BranchEq, subject, value, 0, *captures.fail);
}

void Generator::require_length(Reg subject, u32 count, Op op, Captures& captures) {
  Reg length = alloc();
  emit(Op::GetLen, length, subject);
  Reg wanted = load_constant(rt::Value::from_int(count), kNoReg);
  branch(op, length, wanted, 0, *captures.fail);
}

void Generator::match_sequence(const MatchSequence* p, Reg subject, Captures& captures) {
  Seq<Pattern*> parts = p->patterns;
  u32 star = parts.size;
  bool only_wildcards = true;
  for (u32 i = 0; i < parts.size; ++i) {
    if (parts[i]->kind == ast::Kind::MatchStar) {
      if (star != parts.size) fail(*p, "multiple starred names in sequence pattern");
      star = i;
    }
    only_wildcards &= is_wildcard(parts[i]) || is_star_wildcard(parts[i]);
  }
  Reg is_sequence = alloc();
  emit(Op::MatchSequence, is_sequence, subject);
  jump_if_false(is_sequence, *captures.fail);
  bool has_star = star != parts.size;
  if (!has_star)
    require_length(subject, parts.size, Op::BranchEq, captures);
  else if (parts.size > 1)
    require_length(subject, parts.size - 1, Op::BranchGe, captures);
  if (only_wildcards) return;
  if (has_star && is_star_wildcard(parts[star])) return match_items(parts, star, subject, captures);
  Reg base = alloc(parts.size);
  if (has_star) {
    u32 after = parts.size - star - 1;
    if (star > 0xff || after > 0xff) fail(*p, "too many expressions in star-unpacking sequence pattern");
    emit(Op::UnpackEx, base, subject, star | after << 8);
  } else {
    emit(Op::UnpackSequence, base, subject, parts.size);
  }
  for (u32 i = 0; i < parts.size; ++i) pattern(parts[i], base + i, captures, true);
}

// With `*_` only the items that somebody asks for are read, by index.
void Generator::match_items(Seq<Pattern*> parts, u32 star, Reg subject, Captures& captures) {
  for (u32 i = 0; i < parts.size; ++i) {
    if (i == star || is_wildcard(parts[i])) continue;
    Reg index = alloc();
    if (i < star) {
      load_constant(rt::Value::from_int(i), index);
    } else {
      emit(Op::GetLen, index, subject);
      Reg back = load_constant(rt::Value::from_int(parts.size - i), kNoReg);
      emit(Op::Sub, index, index, back);
    }
    emit(Op::GetItem, index, subject, index);
    pattern(parts[i], index, captures, true);
  }
}

void Generator::match_mapping(const MatchMapping* p, Reg subject, Captures& captures) {
  u32 count = p->keys.size;
  Reg answer = alloc();
  emit(Op::MatchMapping, answer, subject);
  jump_if_false(answer, *captures.fail);
  if (count == 0 && !p->rest.data()) return;
  if (count) require_length(subject, count, Op::BranchGe, captures);
  std::vector<rt::Value> seen;
  for (Expr* key : p->keys) {
    auto folded = fold(key);
    if (!folded && key->kind != ast::Kind::Attribute) {
      fail(pattern_at_, "mapping pattern keys may only match literals and attribute lookups");
    }
    if (!folded) continue;
    for (rt::Value other : seen) {
      bool equal = rt::number_compare(rt_, rt::CompareOp::Eq, other, *folded).value().is_true();
      if (equal || (rt::pure_equal(rt_, other, *folded, equal) && equal) ||
          bc::same_constant(other, *folded)) {
        fail(pattern_at_, "mapping pattern checks duplicate key (" + unparse(rt_, key) + ")");
      }
    }
    seen.push_back(*folded);
  }
  Reg keys = alloc();
  move(keys, tuple(p->keys, *p, keys));
  u_->top = keys + 1;
  Reg values = alloc();
  position(*p);
  emit(Op::MatchKeys, values, subject, keys);
  conditional(Op::JumpIfNone, values, *captures.fail);
  if (count) {
    Reg base = alloc(count);
    emit(Op::UnpackSequence, base, values, count);
    for (u32 i = 0; i < count; ++i) pattern(p->patterns[i], base + i, captures, true);
  }
  if (!p->rest.data()) return;
  Reg rest = alloc();
  emit(Op::BuildDict, rest, rest, 0);
  emit(Op::DictUpdate, rest, subject);
  if (count) {
    Reg mark = u_->top;
    Reg base = alloc(count);
    emit(Op::UnpackSequence, base, keys, count);
    for (u32 i = 0; i < count; ++i) emit(Op::DelItem, rest, base + i);
    u_->top = mark;
  }
  capture(mangled(p->rest), rest, captures);
}

void Generator::match_class(const MatchClass* p, Reg subject, Captures& captures) {
  u32 positional = p->patterns.size, named = p->kwd_attrs.size;
  std::vector<rt::Value> names;
  for (u32 i = 0; i < named; ++i) {
    NameId name = names_.id(p->kwd_attrs[i]);
    forbid_debug(name, *p->kwd_patterns[i]);
    for (u32 j = i + 1; j < named; ++j) {
      if (names_.id(p->kwd_attrs[j]) == name) {
        fail(*p->kwd_patterns[j], "attribute name repeated in class pattern: " + names_.copy(name));
      }
    }
    names.push_back(rt::Value::from(names_.str(name)));
  }
  Reg base = alloc(3);
  move(base, subject);
  expr_to(p->cls, base + 1);
  position(*p);
  load_constant(anchor_.keep(rt::Value::from(rt::new_tuple_from(rt_, names.data(), names.size()))), base + 2);
  Reg values = alloc();
  emit(Op::MatchClass, values, base, positional);
  conditional(Op::JumpIfNone, values, *captures.fail);
  u32 count = positional + named;
  if (count == 0) return;
  Reg parts = alloc(count);
  emit(Op::UnpackSequence, parts, values, count);
  for (u32 i = 0; i < count; ++i) {
    Pattern* part = i < positional ? p->patterns[i] : p->kwd_patterns[i - positional];
    if (!is_wildcard(part)) pattern(part, parts + i, captures, true);
  }
}

// Every alternative leaves its captures in the registers that the first one chose.
void Generator::match_or(const MatchOr* p, Reg subject, Captures& captures, bool irrefutable_allowed) {
  Target matched = target();
  std::vector<std::pair<NameId, Reg>> common;
  for (u32 i = 0; i < p->patterns.size; ++i) {
    bool last = i + 1 == p->patterns.size;
    Target next = target();
    Captures own;
    own.fail = last ? captures.fail : &next;
    pattern(p->patterns[i], subject, own, last && irrefutable_allowed);
    if (i == 0) {
      for (auto [name, value] : own.names) common.push_back({name, alloc()});
    }
    bool same = own.names.size() == common.size();
    for (auto [name, value] : own.names) {
      auto shared = std::find_if(common.begin(), common.end(), [&](auto& c) { return c.first == name; });
      if (shared == common.end())
        same = false;
      else
        move(shared->second, value);
    }
    if (!same) fail(pattern_at_, "alternative patterns bind different names");
    if (!last) jump(matched);
    bind(next);
  }
  bind(matched);
  for (auto [name, value] : common) capture(name, value, captures);
}

}  // namespace lisle::compiler
