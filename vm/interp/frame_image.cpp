// See frame_image.h.
#include "vm/interp/frame_image.h"

#include <algorithm>
#include <bit>

#include "runtime/image/frames.h"
#include "runtime/protocols/stack.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/frame_object.h"
#include "vm/bytecode/liveness.h"
#include "vm/bytecode/op_info.h"
#include "vm/bytecode/register_kinds.h"
#include "vm/interp/compiled.h"
#include "vm/interp/step.h"

namespace lisle::interp {

using rt::Generator;
using rt::List;
using rt::Native;
using rt::Tasklet;

namespace {

enum class How : u8 {
#define CONTINUATION(name, ended) name##_,
#include "vm/interp/continuations.def"
#undef CONTINUATION
  kCount
};

constexpr u32 kHowBits = 6;
static_assert(static_cast<u32>(How::kCount) <= 1u << kHowBits);

Entry entry_of(How how) {
  constexpr Entry kEntries[] = {
#define CONTINUATION(name, ended) cont_##name,
#include "vm/interp/continuations.def"
#undef CONTINUATION
  };
  return kEntries[static_cast<size_t>(how)];
}

How how_of(Entry ret) {
  const Entry entry = interpreted(ret);
  for (u32 i = 0; i < static_cast<u32>(How::kCount); ++i)
    if (entry_of(static_cast<How>(i)) == entry) return static_cast<How>(i);
  LISLE_UNREACHABLE();
}

// Does the instruction that waits so begin once more, or not at all yet?
bool repeats(How how) {
  switch (how) {
    case How::again_:
    case How::traced_:
    case How::traced_end_:
    case How::traced_raise_:
    case How::traced_leave_:
      return true;
    default:
      return false;
  }
}

// In the number of a frame's place: it has the mark Frame::kMakesItem.
constexpr u64 kMakesItemPlace = u64{1} << 40;

u64 mark_of(const Frame& f) {
  return f.info & Frame::kMakesItem ? kMakesItemPlace : 0;
}

Value packed(u64 place, How how) {
  return Value::from_int(static_cast<i64>(place << kHowBits | static_cast<u64>(how)));
}

// --- which registers are kept: worked out once for each place, because many frames wait at one

struct Place {
  Value code, key, live;
};
constexpr u64 kPlaceWords = sizeof(Place) / sizeof(Value);
constexpr u64 kFirstPlaces = 64;

// Where the place stands in the table, or would.
Place& slot_of(rt::Array& table, Value code, Value key) {
  u64 count = table.capacity / kPlaceWords;
  u64 hash = ((code.bits() >> 4) + key.bits()) * 0x9E3779B97F4A7C15u;
  auto* places = reinterpret_cast<Place*>(table.items);
  for (u64 slot = (hash >> 32) % count;; slot = (slot + 1) % count) {
    Place& place = places[slot];
    if (place.code == Value() || (place.code == code && place.key == key)) return place;
  }
}

void remember_place(Runtime& rt, const Place& place) {
  rt::Scheduler& s = *rt.scheduler;
  u64 count = s.places ? s.places->capacity / kPlaceWords : 0;
  if (s.places_used * 2 >= count) {
    rt::Array* larger = rt::new_array(rt, (count ? count * 2 : kFirstPlaces) * kPlaceWords);
    for (u64 i = 0; i < count; ++i) {
      Place& old = reinterpret_cast<Place*>(s.places->items)[i];
      if (!(old.code == Value())) slot_of(*larger, old.code, old.key) = old;
    }
    s.places = larger;
  }
  slot_of(*s.places, place.code, place.key) = place;
  ++s.places_used;
  rt.heap.wrote(s.places);
}

// Does what waits read the operands of its instruction once more?
bool reads_again(How how) {
  return repeats(how) || how == How::binary_;
}

// Does an instruction begin at word `at`?
bool begins_at(const rt::Code& code, u64 at) {
  u64 start = 0;
  while (start < at && start < code.instruction_count)
    start += 1 + bc::info(std::bit_cast<bc::Instruction>(code.word(start)).op).words;
  return start == at && at < code.instruction_count;
}

// A register that matters, and what it may hold.
struct LiveRegister {
  u16 number;
  u16 kinds;  // bc::RegisterKindSet
};

// Registers that matter at word `at` of `code`: before its instruction when it is executed again, else after.
// Null when no instruction begins there.
const rt::Raw* live_registers(Runtime& rt, rt::Code& code, u64 at, bool again) {
  Value key = Value::from_int(static_cast<i64>(at << 1 | again));
  if (rt.scheduler->places) {
    Place& known = slot_of(*rt.scheduler->places, Value::from(&code), key);
    if (!(known.code == Value())) return rt::to<rt::Raw>(known.live);
  }
  if (!begins_at(code, at)) return nullptr;
  bc::Liveness liveness(code);
  std::vector<u32> live =
      again ? liveness.before(static_cast<u32>(at)) : liveness.after(static_cast<u32>(at));
  const std::vector<bc::RegisterKindSet> kinds = bc::RegisterKinds(code).before(static_cast<u32>(at));
  rt::Raw* raw = rt::new_raw(rt, live.size() * sizeof(LiveRegister));
  auto* out = reinterpret_cast<LiveRegister*>(raw->bytes);
  for (u32 r : live) *out++ = {static_cast<u16>(r), kinds[r]};
  remember_place(rt, {Value::from(&code), key, Value::from(raw)});
  return raw;
}

u64 live_count(const rt::Raw& live) {
  return live.capacity / sizeof(LiveRegister);
}
const LiveRegister& live_at(const rt::Raw& live, u64 i) {
  return reinterpret_cast<const LiveRegister*>(live.bytes)[i];
}

bool fit(const rt::Code& code, const rt::Raw& live, const Value* values) {
  for (u64 i = 0; i < live_count(live); ++i)
    if (!bc::fits_kinds(code, values[i], static_cast<bc::RegisterKindSet>(live_at(live, i).kinds)))
      return false;
  return true;
}

// --- capturing

Result refuse(Runtime& rt, const char* why) {
  return rt::raise(rt, TypeId::TypeError, "cannot pickle frames: %s", why);
}

u64 index_of(const Frame& f) {
  const rt::Code& code = *static_cast<rt::Function*>(f.fn.object())->code;
  return (f.pc - reinterpret_cast<u64>(code.instructions)) / sizeof(u64);
}

Result append_registers(Runtime& rt, Frame& f, How how, List& out) {
  rt::Code& code = *function_of(&f)->code;
  const rt::Raw* live = live_registers(rt, code, index_of(f), reads_again(how));
  if (!live) return refuse(rt, "the code of a running function was replaced");
  rt::list_append(rt, out, packed(index_of(f) | mark_of(f), how));
  for (u64 i = 0; i < live_count(*live); ++i) rt::list_append(rt, out, f[live_at(*live, i).number]);
  return Result::none();
}

u32 native_registers(const Frame& f) {
  return std::max<u32>(f.window_nargs(), static_cast<const Native*>(f.fn.object())->aux);
}

// The frame that waits below `f`, and how it gets the value of `f`.
struct Below {
  Frame* frame;
  How how;
};
Below below(const Frame& f) {
  Entry ret = f.ret;
  Frame* frame = f.prev;
  while (ret == cont_segment_pop) {
    ret = frame->ret;
    frame = frame->prev;
  }
  return {frame, how_of(ret)};
}

bool is_bottom(How how) {
  return how == How::tasklet_end_ || how == How::host_exit_;
}

// Has the native in `f` nothing more to do than to pass a value on? `top` frames of leaves have not either.
bool only_passes(const Frame& f, bool top) {
  return f.step() == kTailStep || (top && f.step() == 0);
}

Result append_frame(Runtime& rt, Frame& f, How how, Value instance, List& out) {
  if (rt::is_kind(f.fn, rt::Kind::Function)) {
    bool owns = function_of(&f)->code->flags & rt::kCodeOwnsFrame;
    rt::list_append(rt, out, owns ? Value::from(rt::generator_of(f)) : f.fn);
    if (owns)
      rt::list_append(rt, out, packed(0, how));
    else
      TRY(append_registers(rt, f, how, out));
    if (how == How::construct_) rt::list_append(rt, out, instance);
    return Result::none();
  }
  if (!rt::is_kind(f.fn, rt::Kind::Native)) return refuse(rt, "a frame is not begun");
  rt::list_append(rt, out, f.fn);
  rt::list_append(rt, out, packed(f.step() | mark_of(f), how));
  rt::list_append(rt, out, Value::from_int(f.window_nargs()));
  for (u32 i = 0; i < native_registers(f); ++i) rt::list_append(rt, out, f[i]);
  return Result::none();
}

// What was called and not started yet: callable, count of arguments, names of keywords, arguments.
Result append_window(Runtime& rt, Frame& w, List& out) {
  auto* names = rt::as<rt::Tuple>(Value::from_bits(w.pc));
  u64 count = w.window_nargs() + (names ? names->size : 0);
  rt::list_append(rt, out, w.fn);
  rt::list_append(rt, out, Value::from_int(w.window_nargs()));
  rt::list_append(rt, out, names ? Value::from(names) : Value::none());
  for (u64 i = 0; i < count; ++i) rt::list_append(rt, out, w[i]);
  return Result::none();
}

// Appends frames down to the bottom; `bottom` is set to the last frame's continuation.
Result append_frames(Runtime& rt, Tasklet& t, List& out, Below& bottom) {
  Frame* callee = t.top;
  // A step machine that waits in the middle gets its value as from a callee.
  Below at{t.top, How::native_resume_};
  if (!rt::is_kind(t.top->fn, rt::Kind::Native) || only_passes(*t.top, true)) at = below(*t.top);
  while (!is_bottom(at.how)) {
    Frame& f = *at.frame;
    Below next = below(f);
    if (rt::is_kind(f.fn, rt::Kind::Native) && only_passes(f, false)) {
      // The value goes straight to whom it would be passed on to.
      at = next;
      callee = &f;
      continue;
    }
    TRY(append_frame(rt, f, at.how, reinterpret_cast<Value*>(callee)[-1], out));
    callee = &f;
    at = next;
  }
  bottom = at;
  return Result::none();
}

// --- restoring

Result damaged(Runtime& rt, const char* why) {
  return rt::raise(rt, TypeId::ValueError, "bad frames: %s", why);
}

struct Item {
  Value what;
  u64 place;
  How how;
  Value instance;
  bool makes_item = false;
  u32 arguments = 0;
  const Value* registers = nullptr;
  u64 register_count = 0;
  const rt::Raw* live = nullptr;
};

// May the instruction at `at` wait for its value in the way `how`?
bool fits(const rt::Code& code, u64 at, How how) {
  bc::Instruction i = std::bit_cast<bc::Instruction>(code.word(at));
  const bc::OpInfo& op = bc::info(i.op);
  if (repeats(how)) return true;
  if (at + 1 + op.words >= code.instruction_count) return false;
  // Nobody waits for what is made on the spot, and can be relied on.
  bool stores = op.a == bc::Operand::dst && op.has('C');
  switch (how) {
    case How::store_:
    case How::store_not_:
    case How::not_:
    case How::construct_:
      return stores;
    case How::binary_:
      return is_operator(i.op);
    case How::discard_:
      return op.has('C') && !stores;
    case How::branch_:
    case How::truth_branch_:
      return op.has('J') && i.op != Op::ForIter && i.op != Op::Send;
    case How::method_:
      return i.op == Op::GetMethod;
    case How::unpack_:
      return i.op == Op::UnpackSequence || i.op == Op::UnpackEx;
    case How::group_match_:
      return i.op == Op::ExceptionGroupMatch;
    case How::for_iter_:
      return i.op == Op::ForIter;
    case How::send_:
      return i.op == Op::Send;
    default:
      return false;
  }
}

class Reader {
 public:
  Reader(Runtime& rt, const Value* items, u64 count) : rt_(rt), at_(items), end_(items + count) {}

  bool more() const { return end_ - at_ > 1; }

  Result read(Item& item) {
    item.what = *at_++;
    u64 number;
    if (!read_number(number)) return damaged(rt_, "a number is missing");
    item.place = number >> kHowBits & ~kMakesItemPlace;
    item.makes_item = number >> kHowBits & kMakesItemPlace;
    item.how = static_cast<How>(number & ((1 << kHowBits) - 1));
    if (item.how >= How::kCount) return damaged(rt_, "an unknown continuation");
    if (rt::is_kind(item.what, rt::Kind::Native)) return read_native(item);
    if (auto* g = rt::as<Generator>(item.what)) return read_code(item, *function_of(g->frame()), true);
    if (auto* function = rt::as<rt::Function>(item.what)) return read_code(item, *function, false);
    return damaged(rt_, "neither code nor native");
  }

  // The registers of a generator, which stand alone.
  Result read_registers(Item& item, rt::Code& code) {
    item.live = live_registers(rt_, code, item.place, reads_again(item.how));
    if (!item.live) return damaged(rt_, "no instruction begins at the resume point");
    if (static_cast<u64>(end_ - at_) < live_count(*item.live)) return damaged(rt_, "registers are missing");
    item.registers = at_;
    item.register_count = live_count(*item.live);
    at_ += item.register_count;
    if (!fit(code, *item.live, item.registers)) return damaged(rt_, "a register holds something else");
    return Result::none();
  }

  bool read_number(u64& out) {
    if (at_ == end_ || !at_->is_int() || at_->as_int() < 0) return false;
    out = static_cast<u64>(at_++->as_int());
    return true;
  }
  bool at_end() const { return at_ == end_; }

 private:
  Result read_code(Item& item, rt::Function& function, bool running) {
    rt::Code& code = *function.code;
    if (running != ((code.flags & rt::kCodeOwnsFrame) != 0)) return damaged(rt_, "a frame of the wrong kind");
    if (running) {
      auto* g = rt::to<Generator>(item.what);
      if (g->state != rt::GeneratorState::kRunning) return damaged(rt_, "a generator that does not run");
      item.place = index_of(*g->frame());
    } else {
      TRY(read_registers(item, code));
    }
    if (!fits(code, item.place, item.how)) return damaged(rt_, "instruction and continuation do not fit");
    if (item.how != How::construct_) return Result::none();
    if (at_ == end_) return damaged(rt_, "the new instance is missing");
    item.instance = *at_++;
    return Result::none();
  }

  Result read_native(Item& item) {
    auto* native = rt::to<Native>(item.what);
    u64 arguments;
    if (item.how != How::native_resume_ || item.place == 0 || item.place >= kTailStep)
      return damaged(rt_, "a native that does not wait");
    if (!read_number(arguments) || arguments > 0xffff) return damaged(rt_, "a number is missing");
    u64 count = std::max<u64>(arguments, native->aux);
    if (rt_.natives[native->native_id].registers == 0) return damaged(rt_, "a native that never waits");
    if (static_cast<u64>(end_ - at_) < count) return damaged(rt_, "registers are missing");
    item.arguments = static_cast<u32>(arguments);
    item.registers = at_;
    item.register_count = count;
    at_ += count;
    return Result::none();
  }

  Runtime& rt_;
  const Value* at_;
  const Value* end_;
};

// Where the bottom frame returns to.
struct Base {
  Entry ret;
  Frame* frame = nullptr;          // null at the bottom of a tasklet
  rt::Segment* segment = nullptr;  // where `frame` lies
};

u64 words_of(const Item& item) {
  if (auto* function = rt::as<rt::Function>(item.what))
    return function->code->frame_bytes / sizeof(Value) + rt::kWindowPad;
  if (rt::is_kind(item.what, rt::Kind::Generator)) return rt::kWindowPad;
  return rt::kHeaderWords + item.register_count + rt::kWindowPad;
}

// Lays frames out from the bottom up.
class Layout {
 public:
  Layout(Runtime& rt, Tasklet& t, const Base& base, u64 words) : rt_(rt), tasklet_(t) {
    constexpr u64 kTop = rt::kHeaderWords + 1 + 2 * rt::kWindowPad + rt::kWindowSlack;
    words += kTop + (base.frame ? 2 * rt::kWindowPad + rt::kHeaderWords : 0);
    segment_ = rt::new_segment(rt, words);
    std::fill(segment_->memory, reinterpret_cast<Value*>(segment_->end), Value());
    next_ = segment_->memory;
    ret_ = base.ret;
    below_ = base.frame;
    if (base.frame) open_above(base);
  }

  // Links `item` on top of what lies there; `how` is how its value is delivered.
  void add(const Item& item) {
    if (auto* g = rt::as<Generator>(item.what)) return add_generator(*g);
    Frame* f = reinterpret_cast<Frame*>(next_);
    f->fn = item.what;
    if (auto* function = rt::as<rt::Function>(item.what)) {
      f->pc = reinterpret_cast<u64>(function->code->instructions + item.place);
      for (u64 i = 0; i < item.register_count; ++i) f->r[live_at(*item.live, i).number] = item.registers[i];
    } else {
      f->set_window(item.arguments, Value());
      f->set_step(static_cast<u32>(item.place));
      std::copy(item.registers, item.registers + item.register_count, f->r);
    }
    if (item.makes_item) f->info |= Frame::kMakesItem;
    link(*f);
    next_ = reinterpret_cast<Value*>(rt::frame_end(*f)) + rt::kWindowPad;
  }

  // The frame above delivers its value by `how`; `instance` lies before it where that is `construct`.
  void wait(How how, Value instance) {
    ret_ = entry_of(how);
    if (how == How::construct_) next_[-1] = instance;
  }

  // A native frame on top that returns what the tasklet is resumed with.
  void finish() {
    Frame* f = reinterpret_cast<Frame*>(next_);
    f->fn = Value::from(rt_.internals[static_cast<size_t>(rt::Internal::Preempted)]);
    f->set_window(0, Value());
    f->set_step(kTailStep);
    link(*f);
    tasklet_.segment = segment_;
    tasklet_.top = f;
    tasklet_.task_flags |= rt::kTaskletStarted;
    rt_.heap.wrote(&tasklet_);
    rt_.heap.wrote(segment_);
  }

 private:
  void link(Frame& f) {
    f.ret = ret_;
    f.prev = below_;
    f.set_depth((below_ ? below_->depth() : 0) + 1);
    below_ = &f;
  }

  void add_generator(Generator& g) {
    Frame& f = *g.frame();
    f.info = 0;
    link(f);
    g.callee_base = reinterpret_cast<char*>(next_);
    g.outer = tasklet_.generators;
    tasklet_.generators = &g;
    next_ += rt::kWindowPad;
    rt_.heap.wrote(&g);
  }

  void open_above(const Base& base) {
    Frame* bottom = rt::segment_bottom(*segment_);
    bottom->ret = base.ret;
    bottom->prev = base.frame;
    bottom->set_depth(base.frame->depth());
    segment_->older = base.segment;
    ret_ = cont_segment_pop;
    below_ = bottom;
    next_ = reinterpret_cast<Value*>(rt::segment_first_window(*segment_));
  }

  Runtime& rt_;
  Tasklet& tasklet_;
  rt::Segment* segment_;
  Value* next_;
  Entry ret_;
  Frame* below_;
};

Result lay_out(Runtime& rt, Tasklet& t, const Value* items, u64 count, const Base& base) {
  Reader reader(rt, items, count);
  std::vector<Item> frames;
  u64 words = 0;
  while (reader.more()) {
    frames.emplace_back();
    TRY(reader.read(frames.back()));
    words += words_of(frames.back());
    if (words > rt::kMaxStackWords) return damaged(rt, "they are too large");
  }
  u64 last;
  if (!reader.read_number(last) || last >= static_cast<u64>(How::kCount) ||
      entry_of(static_cast<How>(last)) != base.ret)
    return damaged(rt, "the bottom is missing");
  for (size_t i = 0; i < frames.size(); ++i) {
    for (size_t k = 0; rt::is_kind(frames[i].what, rt::Kind::Generator) && k < i; ++k)
      if (frames[k].what == frames[i].what) return damaged(rt, "a generator runs twice");
  }
  t.generators = nullptr;
  Layout layout(rt, t, base, words);
  for (size_t i = frames.size(); i-- > 0;) {
    layout.add(frames[i]);
    layout.wait(frames[i].how, frames[i].instance);
  }
  layout.finish();
  return Result::none();
}

Result restore_window(Runtime& rt, Tasklet& t, const Value* items, u64 count) {
  auto* names = count > 2 ? rt::as<rt::Tuple>(items[2]) : nullptr;
  bool good = count >= 3 && items[1].is_int() && (names || items[2].is_none()) && items[1].as_int() >= 0 &&
              static_cast<u64>(items[1].as_int()) + (names ? names->size : 0) == count - 3;
  for (u64 i = 0; good && names && i < names->size; ++i) good = rt::is_str(names->items[i]);
  if (!good) return damaged(rt, "a call is not complete");
  u64 positional = static_cast<u64>(items[1].as_int());
  rt::Dict* keywords = names ? rt::new_dict(rt) : nullptr;
  for (u64 i = 0; names && i < names->size; ++i)
    rt::dict_set_str(rt, *keywords, rt::to<rt::Str>(names->items[i]), items[3 + positional + i]);
  rt::tasklet_bind(rt, t, items[0], {items + 3, positional}, keywords);
  return Result::none();
}

}  // namespace

bool may_wait(const rt::Code& code, u64 at, size_t continuation) {
  return continuation < static_cast<size_t>(How::kCount) && begins_at(code, at) &&
         fits(code, at, static_cast<How>(continuation));
}

bool registers_fit(const rt::Code& code, u64 at, size_t continuation, const Value* registers) {
  const bool again = reads_again(static_cast<How>(continuation));
  const std::vector<bc::RegisterKindSet> kinds = bc::RegisterKinds(code).before(static_cast<u32>(at));
  if (kinds.size() != code.register_count) return false;
  auto needs_no_look = [](bc::RegisterKindSet set) { return set & bc::kAnything; };
  if (std::all_of(kinds.begin(), kinds.end(), needs_no_look)) return true;
  bc::Liveness liveness(code);
  for (u32 r : again ? liveness.before(static_cast<u32>(at)) : liveness.after(static_cast<u32>(at)))
    if (!bc::fits_kinds(code, registers[r], kinds[r])) return false;
  return true;
}

bool may_yield(const rt::Code& code, u64 at) {
  if (!begins_at(code, at)) return false;
  Op op = std::bit_cast<bc::Instruction>(code.word(at)).op;
  return op == Op::Yield || op == Op::YieldDelegate;
}

Result capture_frames(Runtime& rt, Tasklet& t, List& out) {
  if (!t.top) return Result::none();
  rt::settle_frames(rt, t);
  if (!(t.task_flags & rt::kTaskletStarted)) return append_window(rt, *t.top, out);
  rt::TrueContinuations unwatched(rt, t);
  Below bottom{};
  TRY(append_frames(rt, t, out, bottom));
  if (bottom.how == How::host_exit_) return refuse(rt, "the embedding host has called them");
  rt::list_append(rt, out, packed(0, bottom.how));
  return Result::none();
}

Result restore_frames(Runtime& rt, Tasklet& t, const Value* items, u64 count) {
  if (t.top) return damaged(rt, "the tasklet has some already");
  rt.thread.distrusts = true;
  Value end = packed(0, How::tasklet_end_);
  if (count == 0) return lay_out(rt, t, &end, 1, {cont_tasklet_end});
  if (!(t.task_flags & rt::kTaskletStarted)) return restore_window(rt, t, items, count);
  return lay_out(rt, t, items, count, {cont_tasklet_end});
}

Result capture_generator(Runtime& rt, Generator& g, List& out) {
  // A suspended one goes on behind its yield. What a running one waits for is said where its frame stands, so
  // everything is kept that its instruction might need.
  bool suspended = g.state == rt::GeneratorState::kSuspended;
  return append_registers(rt, *g.frame(), suspended ? How::store_ : How::again_, out);
}

Result restore_generator(Runtime& rt, Generator& g, const Value* items, u64 count) {
  Reader reader(rt, items, count);
  Item item;
  u64 number;
  if (!reader.read_number(number)) return damaged(rt, "a number is missing");
  rt::Code& code = *function_of(g.frame())->code;
  item.place = number >> kHowBits;
  item.how = static_cast<How>(number & ((1 << kHowBits) - 1));
  TRY(reader.read_registers(item, code));
  if (!reader.at_end()) return damaged(rt, "too many registers");
  bool yields = may_yield(code, item.place);
  if (g.state == rt::GeneratorState::kCreated ? item.place != 0 || item.how != How::again_
                                              : g.state == rt::GeneratorState::kSuspended && !yields)
    return damaged(rt, "a generator that waits where none can");
  Frame* f = g.frame();
  f->pc = reinterpret_cast<u64>(code.instructions + item.place);
  for (u64 i = 0; i < item.register_count; ++i) f->r[live_at(*item.live, i).number] = item.registers[i];
  rt.heap.wrote(&g);
  return Result::none();
}

void renew_frames(Runtime& rt, Tasklet& t) {
  if (!t.top || !(t.task_flags & rt::kTaskletStarted) || rt.scheduler->nesting) return;
  // Deep stacks are renewed less often: the work shall not grow with the square of the depth.
  constexpr u32 kEasyDepth = 16;
  if (rt.scheduler->renewals++ % (1 + t.top->depth() / kEasyDepth)) return;
  // A collection takes the frame in charge for the top of the current tasklet.
  const bool current = &t == rt.thread.current;
  if (current) rt.thread.frame = t.top;
  List* items = rt::new_list(rt);
  rt::FramesMove keeps_objects(rt, t);
  Below bottom{};
  Base base{cont_tasklet_end};
  if (append_frames(rt, t, *items, bottom).is_raised()) {
    (void)rt::take_raised(rt);
    return;
  }
  rt::list_append(rt, *items, packed(0, bottom.how));
  if (bottom.how == How::host_exit_) {
    base = {cont_host_exit, bottom.frame, t.segment};
    while (base.segment->older) base.segment = base.segment->older;
  }
  t.top = nullptr;
  rt::Segment* left = t.segment;
  if (lay_out(rt, t, items->items ? items->items->items : nullptr, items->size, base).is_raised())
    LISLE_UNREACHABLE();
  if (current) rt.thread.frame = t.top;
  // Whoever still looks at the old frames would see them change no more.
  for (; left && left != base.segment; left = left->older)
    std::fill(left->memory, reinterpret_cast<Value*>(left->end), Value());
}

}  // namespace lisle::interp
