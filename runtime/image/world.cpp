// See world.h.
#include "runtime/image/world.h"

#include "runtime/heap/kinds.h"
#include "runtime/hooks.h"
#include "runtime/image/image_sink.h"
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

namespace {

// A count that precedes its items. A program has fewer of anything than bytes were written for it.
template <class A>
bool describe_count(A& a, u64& count) {
  a(count);
  if constexpr (A::kReads) {
    if (count > a.left()) a.fail();
    return a.good();
  }
  return true;
}

template <class A>
void describe_ring(A& a, Ring& ring) {
  a(ring.index);
  a(ring.main);
  a(ring.head);
  a(ring.current);
  a(ring.run_count);
  a(ring.expected);
  a(ring.times_passed_over);
  u64 watching = ring.watchdogs.size();
  if (!describe_count(a, watching)) return;
  ring.watchdogs.resize(watching);
  for (Watchdog& w : ring.watchdogs) {
    a(w.tasklet);
    a(w.timeout);
    a(w.run_flags);
    a(w.waiting);
  }
  a(ring.switch_trap);
  a(ring.budget);
  a(ring.pickle_flags);
  a(ring.soft_due);
  a(ring.timed);
  a(ring.interrupt_pending);
  a(ring.queued);
  a(ring.ended);
  a(ring.sentinel);
  a(ring.space);
  a(ring.context);
}

// Rings refer to each other by index: the running one, and those that are ready.
template <class A>
void describe_rings(A& a, Scheduler& s) {
  u64 count = s.rings.size();
  if (!describe_count(a, count)) return;
  s.rings.resize(count);
  for (std::unique_ptr<Ring>& ring : s.rings) {
    bool alive = ring != nullptr;
    a(alive);
    if (!alive) continue;
    if (!ring) ring = std::make_unique<Ring>();
    describe_ring(a, *ring);
  }
  auto reference = [&](Ring*& ring) {
    u64 index = ring ? ring->index : 0;
    a(index);
    if constexpr (A::kReads) {
      ring = index < s.rings.size() ? s.rings[index].get() : nullptr;
      if (!ring) a.fail();
    }
  };
  reference(s.ring);
  u64 ready = s.ready.size();
  if (!describe_count(a, ready)) return;
  s.ready.resize(ready);
  for (Ring*& ring : s.ready) reference(ring);
}

template <class A>
void describe_scheduler(A& a, Scheduler& s) {
  describe_rings(a, s);
  a(s.ring_count);
  s.timers.describe(a);
  a.list(s.awaited);
  a(s.timer_count);
  a(s.pickle_flags);
  a(s.schedule_callback);
  a(s.channel_callback);
  a(s.error_handler);
  a(s.in_schedule_callback);
  a(s.in_channel_callback);
  a(s.slice);
  a(s.end_hook);
  a.list(s.lost);
  a(s.report_lost);
  a(s.turn);
  a(s.preempt_ticks);
  a(s.random);
  a(s.select_turn);
  a(s.handled_signals);
  a(s.ignored_signals);
  a(s.urgent);
  a(s.soft_switch);
  a(s.measures);
  a(s.turn_began);
}

template <class A>
void describe_runtime(A& a, Runtime& rt) {
  a.list(rt.shapes);
  for (Type*& type : rt.types) a(type);
  for (Type*& type : rt.immediate_types) a(type);
  for (Str*& name : rt.special_names) a(name);
  for (Str** name = reinterpret_cast<Str**>(&rt.names); name != reinterpret_cast<Str**>(&rt.names + 1);
       ++name)
    a(*name);
  for (Str*& text : rt.latin1_chars) a(text);
  for (Native*& native : rt.internals) a(native);
  a(rt.interned);
  a(rt.empty_tuple);
  a(rt.builtins);
  a(rt.sys);
  a(rt.modules);
  a(rt.open_writers);
  a(rt.hash_key.k0);
  a(rt.hash_key.k1);
  a(rt.next_dict_version);
  a(rt.next_type_version);
  a(rt.max_str_digits);
  a(rt.thread.current);
  a(rt.thread.depth_limit);
  a(rt.recursion_limit);
  a(rt.tracers);
  auto epoch = static_cast<u32>(rt.thread.class_epoch >> 32);
  a(epoch);
  rt.thread.class_epoch = static_cast<u64>(epoch) << 32;
}

template <class A>
void describe_world(A& a, Runtime& rt, std::vector<Code*>& codes) {
  a.list(codes);
  describe_runtime(a, rt);
  describe_scheduler(a, *rt.scheduler);
  HeapImage heap(rt.heap);
  a.list(heap.finalizable());
  a.list(heap.weak_references());
  a.list(rt.heap.due);
}

// Learns where the visitor of a kind finds its fields, from an object of zeros.
class FieldProbe {
 public:
  FieldProbe(std::string& out, const void* object, size_t bytes)
      : out_(out), base_(static_cast<const char*>(object)), bytes_(bytes) {}
  void operator()(Value& v) { note(&v, "Value"); }
  template <class T>
  void operator()(T*& field) {
    if constexpr (std::is_same_v<T, Object>) {
      note(&field, "Object");
    } else {
      note(&field, kind_info(T::kKind).name);
    }
  }
  void words(Value*, Value*) {}
  void frames_later(Tasklet* t) { (*this)(t->segment); }

 private:
  void note(const void* field, const char* type) {
    const size_t offset = static_cast<size_t>(static_cast<const char*>(field) - base_);
    if (offset < bytes_) out_ += " " + std::to_string(offset) + ":" + type;
  }
  std::string& out_;
  const char* base_;
  size_t bytes_;
};

template <class T>
void describe_kind(std::string& out, const char* name) {
  alignas(16) char zeros[sizeof(T) + kGranuleBytes] = {};
  out += std::string(name) + " " + std::to_string(sizeof(T));
  FieldProbe probe(out, zeros, sizeof(T));
  reinterpret_cast<T*>(zeros)->visit(probe);
  out += '\n';
}

}  // namespace

void write_world(ImageOut& out, Runtime& rt, std::vector<Code*>& codes) {
  describe_world(out, rt, codes);
}

void read_world(ImageIn& in, Runtime& rt, std::vector<Code*>& codes) {
  describe_world(in, rt, codes);
  if (!in.at_end()) in.fail();
}

std::string schema_text() {
  std::string text;
#define KIND(Name) describe_kind<Name>(text, #Name);
#include "runtime/object/kinds.def"
#undef KIND
#define TYPE(Name) text += #Name "\n";
#include "runtime/object/builtin_types.def"
#undef TYPE
#define EXCEPTION(Name, Base) text += #Name "\n";
#include "runtime/builtins/exceptions.def"
#undef EXCEPTION
#define SPECIAL(Name, spelling) text += #Name "\n";
#include "runtime/object/specials.def"
#undef SPECIAL
#define NAME(field, spelling) text += #field "\n";
#include "runtime/object/names.def"
#undef NAME
#define INTERNAL(Name, function, registers, flags) text += #Name " " #registers "\n";
#include "runtime/protocols/internals.def"
#undef INTERNAL
  return text;
}

u64 image_schema(const Runtime& rt) {
  const std::string text = schema_text();
  return image_hash(text.data(), text.size()) ^ rt.hooks->opcode_hash;
}

}  // namespace lisle::rt
