// The module _sre_core: matching of regular expressions. stdlib/_sre.py makes patterns and matches of it; the
// compiler is the library's own.
//
// The machine backtracks with a stack of its own: choices to go back to, and old values of marks and counters
// to be put back on the way. Neither the text nor the nesting of repeats can exhaust the C++ stack; only
// assertions and atomic groups, whose number the pattern fixes, recurse.
#include <cstring>
#include <new>

#include "runtime/host.h"
#include "runtime/modules/regex_program.h"
#include "runtime/protocols/call.h"
#include "runtime/runtime.h"
#include "runtime/support/unicode.h"
#include "runtime/tasks/pause.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

enum class Mode : u8 { kMatch, kFullMatch, kSearch };

enum class EntryKind : u32 { kChoice, kMark, kCount, kLast, kLastGroup, kGreedyOne, kLazyOne, kLazyLoop };

struct Entry {
  EntryKind kind;
  u32 pc;     // or the number of what is to be restored
  i64 value;  // position, or the old value
  i64 other;  // kGreedyOne: the least position; kLazyOne: how many were taken
};

constexpr size_t kMaxEntries = size_t{1} << 26;

// What a match has to go back to or put back. The first entries need no memory of their own. Where there is
// no room for more, entries are lost and it is exhausted: the match is worth nothing then.
class EntryStack {
 public:
  EntryStack() = default;
  EntryStack(const EntryStack&) = delete;
  EntryStack& operator=(const EntryStack&) = delete;
  ~EntryStack() {
    if (items_ != first_) delete[] items_;
  }
  void push(const Entry& e) {
    if (LISLE_UNLIKELY(size_ == capacity_) && !grow()) return;
    items_[size_++] = e;
  }
  bool is_exhausted() const { return exhausted_; }
  Entry pop() { return items_[--size_]; }
  size_t size() const { return size_; }
  void resize(size_t size) { size_ = size; }  // to fewer
  Entry& operator[](size_t i) { return items_[i]; }

 private:
  __attribute__((noinline)) bool grow() {
    Entry* larger = capacity_ < kMaxEntries ? new (std::nothrow) Entry[capacity_ * 2] : nullptr;
    exhausted_ = larger == nullptr;
    if (exhausted_) return false;
    std::memcpy(larger, items_, size_ * sizeof(Entry));
    if (items_ != first_) delete[] items_;
    items_ = larger;
    capacity_ *= 2;
    return true;
  }

  static constexpr size_t kFirst = 64;
  Entry first_[kFirst];
  Entry* items_ = first_;
  size_t size_ = 0, capacity_ = kFirst;
  bool exhausted_ = false;
};

// Nested assertions and atomic groups: as many as the translator lets pass.
constexpr u32 kMaxNested = 1000;
constexpr u32 kStepsBetweenChecks = 1u << 20;
// How many of them, and how many characters passed over, a search may take before others have their turn.
constexpr u32 kStepsOfSearch = 1u << 14;
constexpr i64 kReachOfSearch = 1 << 18;
constexpr i64 kTicksOfSearch = 50'000;

template <class Unit>
class Matcher {
 public:
  Matcher(Runtime& rt, const RegexProgram& program, const Unit* text, i64 end, bool must_advance)
      : rt_(rt), p_(program), text_(text), end_(end), must_advance_(must_advance) {
    marks_.assign(program.header->groups * 2, -1);
    counts_.assign(program.header->loops, 0);
    lasts_.assign(program.header->loops, -1);
  }

  // True when it matches from `start` on; `aborted()` tells of exhaustion, `unfinished()` of a search that
  // has taken long and is to go on from start().
  bool match(i64 start, Mode mode, i64& stop) {
    if (mode != Mode::kSearch) return attempt(start, mode, stop);
    const RegexHeader& header = *p_.header;
    for (const i64 first = start; start <= end_; ++start) {
      if (LISLE_UNLIKELY(steps_ > kStepsOfSearch || start - first > kReachOfSearch)) {
        start_ = start;
        unfinished_ = true;
        return false;
      }
      if (header.first_known) {
        const i64 reach = std::min(end_, start + kReachOfSearch);
        while (start < reach && !in_table(header.first, text_[start])) ++start;
        if (start == end_) return false;
      }
      if (attempt(start, mode, stop)) return true;
      if (aborted_) return false;
      must_advance_ = false;
    }
    return false;
  }

  i64 start() const { return start_; }
  i64 mark(size_t i) const { return marks_[i]; }
  i64 last_group() const { return last_group_; }
  bool aborted() const { return aborted_; }
  bool unfinished() const { return unfinished_; }
  bool interrupted() const { return interrupted_; }

 private:
  bool attempt(i64 start, Mode mode, i64& stop) {
    start_ = start;
    mode_ = mode;
    if (run(0, start, true, stop)) return true;
    stack_.resize(0);
    return false;
  }

  // Characters beyond a table are left to others.
  static bool in_table(const u32* table, u32 c) {
    return c >= kRegexTableCharacters || regex_table_has(table, c);
  }

  void push(EntryKind kind, u32 pc, i64 value, i64 other = 0) { stack_.push({kind, pc, value, other}); }
  void set_mark(u32 i, i64 value) {
    push(EntryKind::kMark, i, marks_[i]);
    marks_[i] = value;
  }
  void set_count(u32 loop, i64 value) {
    push(EntryKind::kCount, loop, counts_[loop]);
    counts_[loop] = value;
  }
  void set_last(u32 loop, i64 value) {
    push(EntryKind::kLast, loop, lasts_[loop]);
    lasts_[loop] = value;
  }

  bool matches_one(const RegexInstruction& in, u32 c) const {
    if (in.op == RegexOp::kChar && in.b == 0) return c == in.a;
    bool has_table = in.op == RegexOp::kSet || in.op == RegexOp::kCategory;
    if (has_table && c < kRegexTableCharacters) return regex_table_has(p_.sets + in.c, c);
    return regex_matches_one(p_, in, c);
  }

  // Can what begins at `pc` match at `at`, as far as the first character tells?
  bool may_begin(u32 pc, i64 at) const {
    constexpr int kBranches = 16;
    for (int n = 0; n < kBranches; ++n) {
      const RegexInstruction& in = p_.code[pc];
      switch (in.op) {
        case RegexOp::kFail:
          return false;
        case RegexOp::kChar:
        case RegexOp::kSet:
        case RegexOp::kCategory:
          return at < end_ && matches_one(in, text_[at]);
        case RegexOp::kMark:
          ++pc;
          break;
        case RegexOp::kSplit: {
          const RegexInstruction& one = p_.code[pc + 1];
          if (one.op != RegexOp::kChar || (at < end_ && matches_one(one, text_[at]))) return true;
          pc = in.a;
          break;
        }
        default:
          return true;
      }
    }
    return true;
  }

  // How many characters from `at` on match, up to `most`.
  i64 run_length(const RegexInstruction& in, i64 at, i64 most) const {
    i64 limit = most < end_ - at ? at + most : end_;
    i64 i = at;
    if (in.op == RegexOp::kAnyAll) return limit - at;
    if (in.op == RegexOp::kAny) {
      while (i < limit && text_[i] != '\n') ++i;
    } else if (in.op == RegexOp::kChar && in.b == 0) {
      while (i < limit && text_[i] == in.a) ++i;
    } else if (in.op == RegexOp::kSet || in.op == RegexOp::kCategory) {
      const u32* table = p_.sets + in.c;
      while (i < limit && in_table(table, text_[i])) {
        if (text_[i] >= kRegexTableCharacters && !regex_matches_one(p_, in, text_[i])) break;
        ++i;
      }
    } else {
      while (i < limit && matches_one(in, text_[i])) ++i;
    }
    return i - at;
  }

  bool is_word(i64 at, u32 category) const {
    return at >= 0 && at < end_ && regex_category(category, text_[at]);
  }

  bool is_at(u32 code, i64 at) const {
    switch (code) {
      case 0:
      case 2:
        return at == 0;
      case 1:
        return at == 0 || text_[at - 1] == '\n';
      case 5:
        return at == end_ || (at + 1 == end_ && text_[at] == '\n');
      case 6:
        return at == end_ || text_[at] == '\n';
      case 7:
        return at == end_;
      default:
        break;
    }
    if (end_ == 0) return false;
    u32 category = code == 10 || code == 11 ? 14 : 4;
    bool boundary = is_word(at - 1, category) != is_word(at, category);
    return code == 3 || code == 8 || code == 10 ? boundary : !boundary;
  }

  bool group_matches(const RegexInstruction& in, i64& at) const {
    if (in.a * 2 + 1 >= marks_.size()) return false;
    i64 from = marks_[in.a * 2], to = marks_[in.a * 2 + 1];
    if (from < 0 || to < from || to - from > end_ - at) return false;
    for (i64 i = from; i < to; ++i) {
      if (regex_folded(text_[i], in.b) != regex_folded(text_[at + i - from], in.b)) return false;
    }
    at += to - from;
    return true;
  }

  // Undoes everything down to `base`.
  void unwind(size_t base) {
    while (stack_.size() > base) undo();
  }
  // Keeps what was marked since `base`, but gives up the choices.
  void commit(size_t base) {
    size_t to = base;
    for (size_t i = base; i < stack_.size(); ++i) {
      EntryKind kind = stack_[i].kind;
      bool restores = kind == EntryKind::kMark || kind == EntryKind::kCount || kind == EntryKind::kLast ||
                      kind == EntryKind::kLastGroup;
      if (restores) stack_[to++] = stack_[i];
    }
    stack_.resize(to);
  }
  // Pops one entry and puts back what it remembers.
  Entry undo() {
    Entry e = stack_.pop();
    switch (e.kind) {
      case EntryKind::kMark:
        marks_[e.pc] = e.value;
        break;
      case EntryKind::kCount:
        counts_[e.pc] = e.value;
        break;
      case EntryKind::kLast:
        lasts_[e.pc] = e.value;
        break;
      case EntryKind::kLastGroup:
        last_group_ = e.value;
        break;
      default:
        break;
    }
    return e;
  }

  // Goes back to the newest choice above `base`; false when there is none.
  bool backtrack(size_t base, u32& pc, i64& at) {
    while (stack_.size() > base) {
      Entry e = undo();
      switch (e.kind) {
        case EntryKind::kChoice:
          pc = e.pc;
          at = e.value;
          return true;
        case EntryKind::kGreedyOne:
          if (give_back(e, pc, at)) return true;
          break;
        case EntryKind::kLazyOne:
          if (take_more(e, pc, at)) return true;
          break;
        case EntryKind::kLazyLoop:
          if (loop_again(e, pc, at)) return true;
          break;
        default:
          break;
      }
    }
    return false;
  }

  bool give_back(Entry e, u32& pc, i64& at) {
    // When a plain character has to follow, only places in front of it are worth a try.
    const RegexInstruction& next = p_.code[e.pc];
    bool literal = next.op == RegexOp::kChar && next.b == 0;
    while (e.value > e.other) {
      --e.value;
      if (literal && (e.value >= end_ || text_[e.value] != next.a)) continue;
      if (e.value > e.other) stack_.push(e);
      pc = e.pc;
      at = e.value;
      return true;
    }
    return false;
  }

  bool take_more(Entry e, u32& pc, i64& at) {
    const RegexInstruction& in = p_.code[e.pc];
    if (in.b != kNoMaximum && e.other >= in.b) return false;
    if (e.value >= end_ || !matches_one(p_.code[e.pc + 1], text_[e.value])) return false;
    ++e.value;
    ++e.other;
    stack_.push(e);
    pc = e.pc + 2;
    at = e.value;
    return true;
  }

  bool loop_again(const Entry& e, u32& pc, i64& at) {
    const RegexInstruction& in = p_.code[e.pc];
    u32 most = p_.code[e.pc + 1].b;
    if ((most != kNoMaximum && counts_[in.a] >= most) || lasts_[in.a] == e.value) return false;
    set_last(in.a, e.value);
    pc = in.b;
    at = e.value;
    return true;
  }

  bool exhausted() {
    if (++steps_ % kStepsBetweenChecks) return false;
    interrupted_ = rt_.host->interrupt_requested.exchange(false);
    return interrupted_ && (aborted_ = true);
  }

  // The end of a loop's body, or its very beginning.
  bool loop_next(const RegexInstruction& in, u32& pc, i64 at) {
    const RegexInstruction& bounds = p_.code[pc + 1];
    i64 count = counts_[in.a] + 1;
    set_count(in.a, count);
    if (count < bounds.a) {
      pc = in.b;
      return true;
    }
    bool more = (bounds.b == kNoMaximum || count < bounds.b) && lasts_[in.a] != at;
    if (in.c == static_cast<u32>(RepeatKind::kLazy)) {
      push(EntryKind::kLazyLoop, pc, at);
      pc += 2;
    } else if (more) {
      push(EntryKind::kChoice, pc + 2, at);
      set_last(in.a, at);
      pc = in.b;
    } else {
      pc += 2;
    }
    return true;
  }

  bool repeat_one(const RegexInstruction& in, u32& pc, i64& at) {
    const RegexInstruction& body = p_.code[pc + 1];
    i64 least = in.a, most = in.b == kNoMaximum ? end_ - at : in.b;
    bool lazy = in.c == static_cast<u32>(RepeatKind::kLazy);
    i64 taken = run_length(body, at, lazy ? least : most);
    if (taken < least) return false;
    if (lazy) {
      push(EntryKind::kLazyOne, pc, at + taken, taken);
    } else if (taken > least && in.c == static_cast<u32>(RepeatKind::kGreedy)) {
      push(EntryKind::kGreedyOne, pc + 2, at + taken, at + least);
    }
    at += taken;
    pc += 2;
    return true;
  }

  bool assertion(const RegexInstruction& in, u32& pc, i64 at) {
    bool negative = in.c, held = false;
    if (at >= in.b) {
      size_t base = stack_.size();
      i64 ignored;
      held = run(pc + 1, at - in.b, false, ignored);
      if (negative || !held) {
        unwind(base);
      } else {
        commit(base);
      }
    }
    pc = in.a;
    return held != negative;
  }

  bool possessive(const RegexInstruction& in, u32& pc, i64& at) {
    for (u32 count = 0; in.c == kNoMaximum || count < in.c; ++count) {
      size_t base = stack_.size();
      i64 after;
      if (!run(pc + 1, at, false, after)) {
        unwind(base);
        if (count < in.b) return false;
        break;
      }
      commit(base);
      bool stuck = after == at && count >= in.b;
      at = after;
      if (stuck) break;
    }
    pc = in.a;
    return true;
  }

  // Executes one instruction; false: what was tried fails.
  bool step(u32& pc, i64& at) {
    const RegexInstruction& in = p_.code[pc];
    switch (in.op) {
      case RegexOp::kChar:
      case RegexOp::kNotChar:
      case RegexOp::kAny:
      case RegexOp::kAnyAll:
      case RegexOp::kSet:
      case RegexOp::kCategory:
        if (at >= end_ || !matches_one(in, text_[at])) return false;
        ++at;
        break;
      case RegexOp::kAt:
        if (!is_at(in.a, at)) return false;
        break;
      case RegexOp::kMark:
        if (in.a >= marks_.size()) return false;
        set_mark(in.a, at);
        if (in.a & 1) {
          push(EntryKind::kLastGroup, 0, last_group_);
          last_group_ = in.a / 2 + 1;
        }
        break;
      case RegexOp::kSplit:
        if (!may_begin(pc + 1, at)) {
          pc = in.a;
          return true;
        }
        if (may_begin(in.a, at)) push(EntryKind::kChoice, in.a, at);
        break;
      case RegexOp::kJump:
        pc = in.a;
        return true;
      case RegexOp::kRepeatOne:
        return repeat_one(in, pc, at);
      case RegexOp::kLoopInit:
        set_count(in.a, -1);
        set_last(in.a, -1);
        pc = in.b;
        return true;
      case RegexOp::kLoopNext:
        return loop_next(in, pc, at);
      case RegexOp::kAssert:
        return assertion(in, pc, at);
      case RegexOp::kAtomic: {
        size_t base = stack_.size();
        i64 after;
        if (!run(pc + 1, at, false, after)) return false;
        commit(base);
        at = after;
        pc = in.a;
        return true;
      }
      case RegexOp::kPossessive:
        return possessive(in, pc, at);
      case RegexOp::kGroupRef:
        if (!group_matches(in, at)) return false;
        break;
      case RegexOp::kGroupExists:
        if (in.a * 2 + 1 >= marks_.size() || marks_[in.a * 2 + 1] < 0) {
          pc = in.b;
          return true;
        }
        break;
      default:
        return false;
    }
    ++pc;
    return true;
  }

  bool accepted(bool top, i64 at) const {
    if (!top) return true;
    return !(mode_ == Mode::kFullMatch && at != end_) && !(must_advance_ && at == start_);
  }

  bool run(u32 pc, i64 at, bool top, i64& stop) {
    if (++nested_ > kMaxNested) aborted_ = true;
    bool found = !aborted_ && run_from(pc, at, top, stop);
    --nested_;
    return found;
  }

  bool run_from(u32 pc, i64 at, bool top, i64& stop) {
    size_t base = stack_.size();
    for (;;) {
      bool good;
      if (p_.code[pc].op == RegexOp::kSuccess) {
        if (accepted(top, at)) {
          stop = at;
          return true;
        }
        good = false;
      } else {
        good = step(pc, at);
      }
      if (LISLE_UNLIKELY(stack_.is_exhausted())) {
        aborted_ = true;
        return false;
      }
      if (good) continue;
      if (aborted_ || exhausted()) return false;
      if (!backtrack(base, pc, at)) return false;
    }
  }

  Runtime& rt_;
  const RegexProgram& p_;
  const Unit* text_;
  i64 end_;
  bool must_advance_;
  bool aborted_ = false, interrupted_ = false, unfinished_ = false;
  Mode mode_ = Mode::kMatch;
  i64 start_ = 0, last_group_ = 0;
  u32 steps_ = 0, nested_ = 0;
  std::vector<i64> marks_, counts_, lasts_;
  EntryStack stack_;
};

// --- the module
// -------------------------------------------------------------------------------------------------------

Result sre_compile(Runtime& rt, Frame& f) {
  List* words = as<List>(f[0]);
  i64 groups;
  if (!words || !is_int_like(f[1]) || !int_to_i64(f[1], groups) || groups < 0) {
    return raise(rt, TypeId::TypeError, "a list of code words and a count of groups are required");
  }
  std::vector<u32> code;
  for (u64 i = 0; i < words->size; ++i) {
    i64 word;
    if (!is_int_like(words->items->items[i]) || !int_to_i64(words->items->items[i], word) || word < 0 ||
        word > 0xffffffff) {
      return raise(rt, TypeId::OverflowError, "regular expression code size limit exceeded");
    }
    code.push_back(static_cast<u32>(word));
  }
  std::string program;
  if (!translate_regex(code, static_cast<u32>(groups), program)) {
    return raise(rt, TypeId::RuntimeError, "invalid SRE code");
  }
  return Value::from(new_bytes(rt, program));
}

// The program in a bytes object that sre_compile made. What is sound stays so until the object is no more.
bool open_program(Runtime& rt, Value v, RegexProgram& out) {
  Bytes* bytes = as<Bytes>(v);
  if (!bytes || bytes->length < sizeof(RegexHeader)) return false;
  out.header = reinterpret_cast<const RegexHeader*>(bytes->data);
  u64 size = sizeof(RegexHeader) + u64{out.header->instructions} * sizeof(RegexInstruction) +
             u64{out.header->set_words} * sizeof(u32);
  if (out.header->magic != kRegexMagic || size != bytes->length) return false;
  out.code = reinterpret_cast<const RegexInstruction*>(bytes->data + sizeof(RegexHeader));
  out.sets = reinterpret_cast<const u32*>(out.code + out.header->instructions);
  SoundRegexes& known = rt.sound_regexes;
  if (known.collections != rt.heap.collections()) known = {rt.heap.collections(), {}};
  const void*& place = known.programs[reinterpret_cast<u64>(bytes) / 64 % std::size(known.programs)];
  if (place == bytes) return true;
  if (!is_sound_regex(out)) return false;
  place = bytes;
  return true;
}

template <class Unit>
Result match_units(Runtime& rt, const RegexProgram& program, const void* text, i64 start, i64 end, Mode mode,
                   bool must_advance) {
  Matcher<Unit> matcher(rt, program, static_cast<const Unit*>(text), end, must_advance);
  i64 stop = 0;
  bool found = matcher.match(start, mode, stop);
  if (matcher.interrupted()) {
    return raise_value(rt, Value::from(new_exception(rt, TypeId::KeyboardInterrupt, Value::unbound())));
  }
  if (matcher.aborted()) return raise(rt, TypeId::MemoryError, "%s", "");
  if (matcher.unfinished()) return Value::from_int(matcher.start());
  if (!found) return Result::none();
  u32 groups = program.header->groups;
  Tuple* spans = new_tuple(rt, 3 + groups * 2);
  spans->items[0] = matcher.last_group() ? Value::from_int(matcher.last_group()) : Value::none();
  spans->items[1] = Value::from_int(matcher.start());
  spans->items[2] = Value::from_int(stop);
  for (u32 i = 0; i < groups; ++i) {
    i64 from = matcher.mark(i * 2), to = matcher.mark(i * 2 + 1);
    bool set = from >= 0 && to >= 0;
    spans->items[3 + i * 2] = Value::from_int(set ? from : -1);
    spans->items[4 + i * 2] = Value::from_int(set ? to : -1);
  }
  return Value::from(spans);
}

// program, text, start, end, mode, must_advance: None or (last group, start, end, start of group 1, ...), or
// where a search that has taken long is to go on.
Result match_some(Runtime& rt, const Frame& w) {
  const Value* f = w.r;
  RegexProgram program;
  i64 start, end, mode;
  if (!open_program(rt, f[0], program) || !int_to_i64(f[2], start) || !int_to_i64(f[3], end) ||
      !int_to_i64(f[4], mode)) {
    return raise(rt, TypeId::TypeError, "not a compiled pattern");
  }
  bool must_advance = f[5].is_true();
  const void* text;
  u32 width = 0;
  i64 length;
  std::string_view bytes;
  if (Str* str = as<Str>(f[1])) {
    text = str->data;
    width = str->width_log2();
    length = static_cast<i64>(str->length);
  } else if (bytes_like(f[1], bytes)) {
    text = bytes.data();
    length = static_cast<i64>(bytes.size());
  } else {
    return raise(rt, TypeId::TypeError, "expected string or bytes-like object, got '%s'",
                 type_name(rt, f[1]));
  }
  end = end < 0 ? 0 : end > length ? length : end;
  if (start > end) return Result::none();
  if (start < 0) start = 0;
  Mode how = mode == 0 ? Mode::kMatch : mode == 1 ? Mode::kFullMatch : Mode::kSearch;
  if (width == 0) return match_units<u8>(rt, program, text, start, end, how, must_advance);
  if (width == 1) return match_units<u16>(rt, program, text, start, end, how, must_advance);
  return match_units<u32>(rt, program, text, start, end, how, must_advance);
}

// match(program, text, start, end, mode, must_advance): None or (last group, start, end, start of group 1,
// ...).
Result sre_match(Runtime& rt, Frame& f) {
  Result found = match_some(rt, f);
  if (LISLE_LIKELY(!found.is_value() || !found.value().is_int())) return found;
  return call_internal(rt, f, Internal::SearchOn, {f[0], f[1], found.value(), f[3], f[4], Value::false_()});
}

Result character(Runtime& rt, Value v, u32& c) {
  i64 n;
  if (!is_int_like(v) || !int_to_i64(v, n)) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer", type_name(rt, v));
  }
  c = static_cast<u32>(n);
  return Result::none();
}
Result sre_ascii_iscased(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character(rt, f[0], c));
  return Result::boolean(c < 128 && ((c | 32) >= 'a' && (c | 32) <= 'z'));
}
Result sre_unicode_iscased(Runtime& rt, Frame& f) {
  u32 c, upper[3];
  TRY(character(rt, f[0], c));
  u32 lower = regex_lower_unicode(c);
  if (lower != c) return Result::boolean(true);
  char_to_upper(c, upper);
  return Result::boolean(upper[0] != c);
}
Result sre_ascii_tolower(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character(rt, f[0], c));
  return Value::from_int(regex_lower_ascii(c));
}
Result sre_unicode_tolower(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character(rt, f[0], c));
  return Value::from_int(regex_lower_unicode(c));
}

constexpr NativeSpec kFunctions[] = {
    {"compile", sre_compile, "(code, groups, /)", "Make a program of code words."},
    {"match", sre_match, "(program, string, pos, endpos, mode, must_advance, /)", "Run a program."},
    {"ascii_iscased", sre_ascii_iscased, "(character, /)"},
    {"unicode_iscased", sre_unicode_iscased, "(character, /)"},
    {"ascii_tolower", sre_ascii_tolower, "(character, /)"},
    {"unicode_tolower", sre_unicode_tolower, "(character, /)"},
};

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "MAGIC", Value::from_int(20220615));
  module_set(rt, module, "CODESIZE", Value::from_int(4));
  module_set(rt, module, "MAXREPEAT", Value::from_int(kNoMaximum));
  module_set(rt, module, "MAXGROUPS", Value::from_int(1073741823));
}

}  // namespace

// program, text, start, end, mode, must_advance: what match() says, after letting others run.
Result search_on(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (;;) {
        AWAIT(1, pause(rt, f, kTicksOfSearch));
        r = match_some(rt, f);
        if (!r.is_value() || !r.value().is_int()) return r;
        f[2] = r.value();
      }
  }
  LISLE_UNREACHABLE();
}

extern const ModuleSpec kSreModule = {"_sre_core", "Matching of regular expressions.", kFunctions, setup};

}  // namespace lisle::rt
