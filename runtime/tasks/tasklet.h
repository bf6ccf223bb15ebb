// Tasklets and the memory their frames lie in. No bytecode in here: a suspended tasklet is its top frame,
// whose `ret` knows how to go on.
#pragma once
#include "runtime/object/frame.h"
#include "runtime/runtime.h"
#include "runtime/types/generator.h"

namespace lisle::rt {

struct Channel;
struct Timer;
struct Details;
struct Code;
struct ChannelBuffer;

// One piece of a tasklet's stack of frames. A new piece is opened when a frame does not fit, twice as large.
struct Segment : Object {
  static constexpr Kind kKind = Kind::Segment;
  Segment* older;  // the piece below, null for the first
  char* end;       // of memory. The word before a first frame: like every header word it looks like an int
  Value memory[];

  u64 words() const { return static_cast<u64>(reinterpret_cast<const Value*>(end) - memory); }
  size_t byte_size() const { return static_cast<size_t>(end - reinterpret_cast<const char*>(this)); }
  // The frames are visited by the tasklet, which knows how far they reach.
  template <class V>
  void visit(V&& v) {
    v(older);
  }
};

enum TaskletFlags : u32 {
  kTaskletMain = 1,
  kTaskletBlockTrap = 2,
  kTaskletAtomic = 4,
  kTaskletIgnoreNesting = 8,
  kTaskletReceiving = 16,  // blocked: waits for a value
  kTaskletSending = 32,    // blocked: waits for a receiver
  kTaskletRaise = 64,      // `tempval` is an exception to raise on resumption
  kTaskletStarted = 128,
  kTaskletFinalizes = 512,       // it is calling __del__ methods and callbacks, which may suspend it
  kTaskletWatches = 1024,        // it waits in run(): see Watchdog
  kTaskletInterrupted = 2048,    // Details::pending is raised where it blocks next
  kTaskletWatched = 4096,        // its end is told to Scheduler::end_hook
  kTaskletIterates = 8192,       // blocked receiver: it is in a loop over the channel
  kTaskletPrioritized = 32768,   // Details::priority is not zero
  kTaskletSelects = 16384,       // no tasklet, but one case of a select(): see select.h
  kTaskletSendsException = 256,  // blocked sender: `tempval` is for the receiver to raise
};

struct Tasklet : Object {
  static constexpr Kind kKind = Kind::Tasklet;
  Frame* top;        // where it goes on; null when it never started or has ended (the current one's is stale)
  Segment* segment;  // top segment; null without frames
  Tasklet* next;     // ring of runnable tasklets, or the queue of a channel; null when in neither
  Tasklet* prev;
  Value tempval;          // what the suspended call will yield; the callable before the start
  Object* waits_on;       // what it is blocked on: a Channel, Lock, Readiness or Timer; null: nothing
  Value handled;          // the exception being handled (sys.exc_info), None
  Details* details;       // what few tasklets have; null for most
  Generator* generators;  // innermost generator whose frame is linked into this tasklet's frames
  u32 task_flags;
  u32 ring;  // index of the thread it belongs to, in Scheduler::rings

  bool in_ring() const { return next && !waits_on; }

  size_t byte_size() const { return sizeof(Tasklet); }
  template <class V>
  void visit(V&& v) {
    // The neighbours first: the marker takes up last what it saw first, and so walks a queue of a million
    // without piling up what each of them holds.
    v(next);
    v(prev);
    v(tempval);
    v(waits_on);
    v(handled);
    v(details);
    v(generators);
    v.frames_later(this);
  }
  // Shows what the frames hold.
  template <class V>
  void visit_frames(V&& v) {
    // Generators linked into these frames are written without barriers while they run.
    for (Generator* g = generators; g; g = g->outer) g->visit(v);
    if (!segment) return;
    for (Segment* s = segment; s; s = s->older) v.owned(s);
    Value* live_end = frames_end(v.runtime().thread);
    v.words(segment->memory, live_end);
    // Stale words above would dangle after this collection.
    for (Value* w = live_end; w < segment->memory + segment->words(); ++w) *w = Value();
    for (Segment* s = segment->older; s; s = s->older) v.words(s->memory, s->memory + s->words());
  }

  // The end of the part of the top segment that frames and the window of a call that begins occupy. May be
  // too high: words that were written since the last collection never dangle.
  Value* frames_end(const Thread& t);
};

// What only some tasklets have: those with a name, a scope, statistics, a trace function, frames that the
// program knows.
struct Details : Object {
  static constexpr Kind kKind = Kind::Details;
  Value space;    // the library's own: a dict, or None
  Value pending;  // with kTaskletInterrupted: the exception
  Value context;  // of context variables; None: its thread's, see Ring
  Code* made_in;  // with Scheduler::measures: where it was made, null when nobody looked
  u32 made_at;    // line
  i32 priority;
  // With Scheduler::measures:
  i64 run_time;  // nanoseconds
  u64 turns;     // how often it was switched to
  i64 since;     // when it was left last, on the monotonic clock; 0: never
  Value trace;   // the functions of sys.settrace() and sys.setprofile(), or None
  Value profile;
  FrameObject* watched;  // frames that have an object, innermost first: see types/frame_object.h
  u64 tracing;           // one of the functions is running: nothing is traced

  size_t byte_size() const { return sizeof(Details); }
  template <class V>
  void visit(V&& v) {
    v(space);
    v(pending);
    v(context);
    v(made_in);
    v(trace);
    v(profile);
    v(watched);
  }
};

// The values that were sent to a buffered channel and not received yet: a ring.
struct ChannelBuffer : Object {
  static constexpr Kind kKind = Kind::ChannelBuffer;
  u32 capacity;
  u32 start;
  u32 count;
  Value items[];

  size_t byte_size() const { return sizeof(ChannelBuffer) + capacity * sizeof(Value); }
  template <class V>
  void visit(V&& v) {
    for (u32 i = 0; i < count; ++i) v(items[(start + i) % capacity]);
  }
};

struct Channel : Object {
  static constexpr Kind kKind = Kind::Channel;
  Tasklet* first;  // queue of blocked tasklets, doubly linked through next/prev, ends are null
  Tasklet* last;
  i32 balance;    // > 0: senders wait, < 0: receivers wait
  i8 preference;  // -1 receiver, 0 none, 1 sender
  bool schedule_all;
  bool closing;
  ChannelBuffer* buffer;  // null: whoever sends waits for a receiver

  size_t byte_size() const { return sizeof(Channel); }
  template <class V>
  void visit(V&& v) {
    v(first);
    v(last);
    v(buffer);
  }
};

}  // namespace lisle::rt
