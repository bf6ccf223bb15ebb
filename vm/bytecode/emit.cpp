// Implements emit.h. Jumps are patched once at the end, when every label has its address.
#include "vm/bytecode/emit.h"

#include <algorithm>
#include <cstring>

#include "runtime/types/list.h"
#include "vm/bytecode/constants.h"

namespace lisle::bc {

namespace {

u64 encode(Instruction instruction) {
  return std::bit_cast<u64>(instruction);
}

Instruction& decode(u64& word) {
  return reinterpret_cast<Instruction&>(word);
}

// Doubles the open-addressing table `slots` when it gets two thirds full; `hash_of(i)` is the hash of entry
// i.
template <class HashOf>
void grow_slots(std::vector<u32>& slots, size_t count, HashOf hash_of) {
  if (!slots.empty() && count * 3 < slots.size() * 2) return;
  slots.assign(slots.empty() ? 16 : slots.size() * 2, 0);
  size_t mask = slots.size() - 1;
  for (size_t i = 0; i < count; ++i) {
    size_t at = hash_of(i) & mask;
    while (slots[at]) at = (at + 1) & mask;
    slots[at] = static_cast<u32>(i + 1);
  }
}

u64 pointer_hash(const void* p) {
  return (reinterpret_cast<u64>(p) >> 4) * 0x9e3779b97f4a7c15 >> 20;
}

u16 column16(u32 column) {
  return column >= 0xffff ? 0xffff : static_cast<u16>(column);
}

rt::Tuple* string_tuple(rt::Runtime& rt, std::span<rt::Str* const> strings) {
  std::vector<rt::Value> values;
  values.reserve(strings.size());
  for (rt::Str* s : strings) values.push_back(rt::Value::from(s));
  return rt::new_tuple_from(rt, values.data(), values.size());
}

template <class Row>
rt::Raw* raw_of(rt::Runtime& rt, const std::vector<Row>& rows) {
  rt::Raw* raw = rt::new_raw(rt, rows.size() * sizeof(Row));
  if (!rows.empty()) std::memcpy(raw->bytes, rows.data(), rows.size() * sizeof(Row));
  return raw;
}

}  // namespace

void Emitter::position(u32 line, u32 end_line, u32 column, u32 end_column) {
  position_.line = line;
  position_.end_line = end_line;
  position_.column = column16(column);
  position_.end_column = column16(end_column);
}

void Emitter::mark_line() {
  if (!live_) return;
  position_.start = here();
  if (!positions_.empty() && positions_.back().start == here() && positions_.back().line == position_.line)
    return;
  positions_.push_back(position_);
}

// Who jumps here comes past no mark, so marks of this place become instructions before it.
void Emitter::separate_marks() {
  if (!live_ || positions_.empty() || positions_.back().start != here()) return;
  PositionRow after = position_;
  std::vector<PositionRow> marks;
  for (; !positions_.empty() && positions_.back().start == here(); positions_.pop_back())
    marks.insert(marks.begin(), positions_.back());
  for (const PositionRow& mark : marks) {
    position_ = mark;
    append({Op::Nop, 0, 0, 0, 0});
  }
  position_ = after;
}

void Emitter::append(Instruction instruction) {
  if (!live_) return;
  last_ = here();
  if (positions_.empty() || positions_.back().line != position_.line ||
      positions_.back().column != position_.column || positions_.back().end_line != position_.end_line ||
      positions_.back().end_column != position_.end_column) {
    position_.start = last_;
    positions_.push_back(position_);
  }
  words_.push_back(encode(instruction));
  const OpInfo& op = info(instruction.op);
  words_.resize(words_.size() + op.words);
  if (op.has('X')) live_ = false;
}

u32 Emitter::emit(Op op, u32 a, u32 b, u32 c) {
  append({op, 0, static_cast<u16>(a), static_cast<u16>(b), static_cast<u16>(c)});
  return last_;
}

u32 Emitter::emit_wide(Op op, u32 a, i32 wide) {
  u32 bits = static_cast<u32>(wide);
  return emit(op, a, bits & 0xffff, bits >> 16);
}

void Emitter::set_trailing(u64 word) {
  if (live_) words_[last_ + 1] = word;
}

Label Emitter::label() {
  labels_.push_back({});
  return {static_cast<u32>(labels_.size() - 1)};
}

void Emitter::jump(Op op, u32 a, Label target) {
  if (!live_) return;
  labels_[target.id].used = true;
  append({op, 0, static_cast<u16>(a), 0, 0});
  patches_.push_back({last_, target.id, false});
}

void Emitter::branch(Op op, u32 a, u32 b, u32 c, Label target) {
  if (!live_) return;
  labels_[target.id].used = true;
  append({op, 0, static_cast<u16>(a), static_cast<u16>(b), static_cast<u16>(c)});
  patches_.push_back({last_, target.id, true});
}

void Emitter::bind(Label label) {
  separate_marks();
  LabelState& state = labels_[label.id];
  state.address = here();
  if (state.used) live_ = true;
}

void Emitter::bind_handler(Label label) {
  separate_marks();
  labels_[label.id].address = here();
  live_ = labels_[label.id].used;
}

u32 Emitter::constant(rt::Value v) {
  grow_slots(constant_slots_, constants_.size() + 1,
             [&](size_t i) { return i < constants_.size() ? constant_hash(constants_[i]) : 0; });
  size_t mask = constant_slots_.size() - 1;
  size_t at = constant_hash(v) & mask;
  for (; constant_slots_[at]; at = (at + 1) & mask) {
    u32 index = constant_slots_[at] - 1;
    if (index < constants_.size() && same_constant(constants_[index], v)) return index;
  }
  anchor_.keep(v);
  constants_.push_back(v);
  constant_slots_[at] = static_cast<u32>(constants_.size());
  return static_cast<u32>(constants_.size() - 1);
}

u32 Emitter::name(rt::Str* interned) {
  grow_slots(name_slots_, names_.size(), [&](size_t i) { return pointer_hash(names_[i]); });
  size_t mask = name_slots_.size() - 1;
  size_t at = pointer_hash(interned) & mask;
  for (; name_slots_[at]; at = (at + 1) & mask) {
    if (names_[name_slots_[at] - 1] == interned) return name_slots_[at] - 1;
  }
  anchor_.keep(interned);
  names_.push_back(interned);
  name_slots_[at] = static_cast<u32>(names_.size());
  return static_cast<u32>(names_.size() - 1);
}

void Emitter::range(u32 start, u32 end, Label handler, u32 exception, u32 depth) {
  if (start == end) return;
  labels_[handler.id].used = true;
  ranges_.push_back({start, end, handler.id, exception, depth});
}

void Emitter::prologue(Op op, u32 a, u32 b, u32 c) {
  prologue_.push_back(encode({op, 0, static_cast<u16>(a), static_cast<u16>(b), static_cast<u16>(c)}));
}

void Emitter::patch_jumps() {
  for (const Patch& patch : patches_) {
    Instruction& instruction = decode(words_[patch.at]);
    i64 next = patch.at + 1 + info(instruction.op).words;
    u32 distance = static_cast<u32>(static_cast<i32>(static_cast<i64>(labels_[patch.label].address) - next));
    if (patch.trailing) {
      words_[patch.at + 1] = distance;
    } else {
      instruction.b = static_cast<u16>(distance);
      instruction.c = static_cast<u16>(distance >> 16);
    }
  }
}

void Emitter::insert_prologue() {
  u32 shift = static_cast<u32>(prologue_.size());
  if (shift == 0) return;
  // Jumps are relative, so only the tables know absolute places.
  words_.insert(words_.begin(), prologue_.begin(), prologue_.end());
  for (PositionRow& row : positions_) {
    if (row.start != 0) row.start += shift;
  }
  for (LabelState& label : labels_) label.address += shift;
  for (PendingRange& range : ranges_) {
    range.start += shift;
    range.end += shift;
  }
}

rt::Code* Emitter::finish(const CodeFacts& facts) {
  patch_jumps();
  insert_prologue();
  std::sort(ranges_.begin(), ranges_.end(), [](const PendingRange& x, const PendingRange& y) {
    return x.depth != y.depth ? x.depth > y.depth : x.start < y.start;
  });
  std::vector<ExceptionRange> table;
  for (const PendingRange& r : ranges_)
    table.push_back({r.start, r.end, labels_[r.label].address, r.exception});

  rt::Raw* body = raw_of(rt_, words_);
  rt::Tuple* consts = rt::new_tuple_from(rt_, constants_.data(), constants_.size());
  rt::Tuple* names = string_tuple(rt_, names_);
  rt::Tuple* locals = string_tuple(rt_, facts.locals);
  rt::Tuple* cell_names = string_tuple(rt_, facts.cell_names);
  rt::Tuple* free_names = string_tuple(rt_, facts.free_names);
  rt::Raw* exception_table = raw_of(rt_, table);
  rt::Raw* line_table = raw_of(rt_, positions_);

  // Nothing is allocated behind this line, so the new object needs no write barrier.
  rt::Code* code = rt::new_code(rt_);
  code->flags = facts.flags;
  code->arg_count = facts.arg_count;
  code->posonly_count = facts.posonly_count;
  code->kwonly_count = facts.kwonly_count;
  code->register_count = facts.register_count;
  code->local_count = facts.local_count;
  code->first_line = facts.first_line;
  code->instruction_count = words_.size();
  code->body = body;
  code->consts = consts;
  code->names = names;
  code->locals = locals;
  code->cell_names = cell_names;
  code->free_names = free_names;
  code->exception_table = exception_table;
  code->line_table = line_table;
  code->name = facts.name;
  code->qualname = facts.qualname;
  code->filename = facts.filename;
  code->doc = facts.doc;
  complete(*code);
  return code;
}

void complete(rt::Code& code) {
  // Native callees may use this many words above a frame without a check.
  code.instructions = reinterpret_cast<u64*>(code.body->bytes);
  code.constants = code.consts->items;
  code.frame_bytes = (rt::kHeaderWords + code.register_count + rt::kWindowSlack) * sizeof(rt::Value);
  bool plain = (code.flags & (rt::kCodeVarArgs | rt::kCodeVarKeywords | rt::kCodeOwnsFrame)) == 0 &&
               code.kwonly_count == 0 && (code.flags & rt::kCodeOptimized) != 0;
  code.simple_args = plain ? code.arg_count : ~0u;
}

}  // namespace lisle::bc
