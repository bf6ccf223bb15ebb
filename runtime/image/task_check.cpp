// See task_check.h. First the lists are walked, each to its end, and what is met in them noted; then every
// tasklet is asked whether that is where it believes to be.
#include "runtime/image/task_check.h"

#include <algorithm>
#include <unordered_set>

#include "runtime/image/frames.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/readiness.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/select.h"
#include "runtime/tasks/timers.h"

namespace lisle::rt {

namespace {

bool is_whole(const Tasklet* t) {
  return t && t->kind == Kind::Tasklet;
}

bool is_whole_or_null(const Tasklet* t) {
  return !t || is_whole(t);
}

bool is_exception(Value v) {
  return is_kind(v, Kind::Exception);
}

// What few tasklets have must be there where a flag says so.
bool details_fit(const Scheduler& scheduler, const Tasklet& t) {
  const bool needed = scheduler.measures || t.task_flags & (kTaskletPrioritized | kTaskletInterrupted);
  if (!t.details) return !needed;
  const Details& details = *t.details;
  if (t.task_flags & kTaskletInterrupted && !is_exception(details.pending)) return false;
  return details.context.is_none() || details.context.is_object();
}

}  // namespace

TaskCheck::TaskCheck(Runtime& rt, HeapImage& heap) : rt_(rt), heap_(heap), scheduler_(*rt.scheduler) {}

std::string TaskCheck::found() {
  if (!listed()) return "its list of tasklets";
  if (!threads()) return "its threads";
  if (!timers()) return "its timers";
  bool good = true;
  heap_.each_object([&](Object& o) {
    if (good && o.kind == Kind::Channel) good = channel(static_cast<Channel&>(o));
    if (good && o.kind == Kind::Lock) good = lock(static_cast<Lock&>(o));
  });
  if (!good) return "a queue of tasklets";
  heap_.each_object([&](Object& o) {
    if (good && (o.kind == Kind::Tasklet || o.kind == Kind::SelectCase))
      good = tasklet(static_cast<Tasklet&>(o));
  });
  return good ? "" : "a tasklet";
}

// The list is mapped as it is, and believed by whoever counts tasklets or forgets those that were collected.
bool TaskCheck::listed() {
  const std::vector<Tasklet*> all = scheduler_.tasklets.all();
  return std::all_of(all.begin(), all.end(), [this](const Tasklet* t) {
    return heap_.is_object(reinterpret_cast<u64>(t)) && t->kind == Kind::Tasklet;
  });
}

bool TaskCheck::threads() {
  Scheduler& s = scheduler_;
  for (size_t i = 0; i < s.rings.size(); ++i)
    if (s.rings[i] && (s.rings[i]->index != i || !ring(*s.rings[i]))) return false;
  const bool running = is_whole(rt_.thread.current) && rt_.thread.current->ring == s.ring->index;
  return running && (!s.urgent || goes_on(s.urgent));
}

// Is there something to go on with when it is its turn?
bool TaskCheck::goes_on(const Tasklet* t) const {
  return is_whole(t) && (t->top || t == rt_.thread.current);
}

bool TaskCheck::ring(Ring& ring) {
  if (!(ring.ended ? is_whole(ring.main) : goes_on(ring.main))) return false;
  if (ring.current && !goes_on(ring.current)) return false;
  for (const Watchdog& w : ring.watchdogs)
    if (!goes_on(w.tasklet)) return false;
  const bool has_timer = std::any_of(ring.watchdogs.begin(), ring.watchdogs.end(),
                                     [](const Watchdog& w) { return w.timeout > 0; });
  if ((ring.soft_due || ring.interrupt_pending) && !has_timer) return false;
  u64 count = 0;
  for (Tasklet* t = ring.head; t && count <= ring.run_count; t = t->next) {
    if (count && t == ring.head) break;
    const bool belongs = goes_on(t) && t->ring == ring.index && !t->waits_on && t->next && t->next->prev == t;
    if (!belongs || !places_.emplace(t, &ring).second) return false;
    ++count;
  }
  return count == ring.run_count;
}

bool TaskCheck::timers() {
  // Those that are set lie in the heap, each once, and nobody else does.
  std::unordered_set<const Timer*> set;
  bool good = true;
  scheduler_.timers.visit([&](Timer* timer) {
    good = good && timer && timer->kind == Kind::Timer && timer->set && set.insert(timer).second;
  });
  for (const Readiness* waiting : scheduler_.awaited)
    if (!waiting || !goes_on(waiting->tasklet)) return false;
  heap_.each_object([&](Object& o) {
    if (!good || o.kind != Kind::Timer) return;
    const auto& timer = static_cast<Timer&>(o);
    good = is_whole(timer.tasklet) && timer.expiry <= Expiry::kStop &&
           (!timer.set || (set.count(&timer) && goes_on(timer.tasklet)));
  });
  return good;
}

bool TaskCheck::queue(Object& owner, Tasklet* first, Tasklet* last, i64& count) {
  const Tasklet* before = nullptr;
  count = 0;
  for (Tasklet* t = first; t; before = t, t = t->next) {
    if (t->prev != before || !places_.emplace(t, &owner).second) return false;
    ++count;
  }
  return last == before;
}

bool TaskCheck::channel(Channel& channel) {
  i64 count;
  if (!queue(channel, channel.first, channel.last, count)) return false;
  const u32 direction = channel.balance > 0 ? kTaskletSending : kTaskletReceiving;
  for (const Tasklet* t = channel.first; t; t = t->next)
    if ((t->task_flags & (kTaskletSending | kTaskletReceiving)) != direction) return false;
  return count == std::abs(i64{channel.balance});
}

bool TaskCheck::lock(Lock& lock) {
  i64 count;
  if (!queue(lock, lock.first, lock.last, count)) return false;
  for (const Tasklet* t = lock.first; t; t = t->next)
    if (!is_whole(t)) return false;
  return is_whole_or_null(lock.owner);
}

bool TaskCheck::is_queued(Tasklet& t, const Object* where) const {
  const auto place = places_.find(&t);
  return place != places_.end() && place->second == where;
}

bool TaskCheck::tasklet(Tasklet& t) {
  const bool selects = t.kind == Kind::SelectCase;
  if (selects != ((t.task_flags & kTaskletSelects) != 0) || t.ring >= scheduler_.rings.size()) return false;
  const u32 raises = kTaskletRaise | kTaskletSendsException;
  if (t.task_flags & raises && !is_exception(t.tempval)) return false;
  if (!t.handled.is_none() && !is_exception(t.handled)) return false;
  if (selects) {
    const auto& one = static_cast<SelectCase&>(t);
    if (!one.select || t.top || t.segment || t.details) return false;
    if (!t.waits_on) return !t.next && !t.prev && !places_.count(&t);
    return t.waits_on->kind == Kind::Channel && is_queued(t, t.waits_on) && stands_for_one(one);
  }
  // Numbers stand in its frames for addresses, which it gets back when it goes on.
  if (t.top && !(t.task_flags & kTaskletStored)) return false;
  return details_fit(scheduler_, t) && waits(t);
}

// Whoever meets a case in a queue wakes its tasklet, which has to sleep in that select, and takes all cases
// that the select knows out of their queues.
bool TaskCheck::stands_for_one(const SelectCase& one) const {
  const Select& select = *one.select;
  return goes_on(select.tasklet) && awaited_by(*select.tasklet) == &select && one.number < select.count &&
         select.cases[one.number] == &one;
}

bool TaskCheck::waits(Tasklet& t) {
  const auto place = places_.find(&t);
  if (t.waits_on && !goes_on(&t)) return false;
  if (!t.waits_on) {
    // Who waits for nothing stands in the ring of its thread or nowhere: whoever takes it out of a ring would
    // miss its neighbours in a queue.
    if (place == places_.end()) return !t.next && !t.prev;
    return t.next && t.prev && place->second == scheduler_.rings[t.ring].get();
  }
  Object* what = t.waits_on;
  if (what->kind == Kind::Timer) {
    const auto& timer = static_cast<Timer&>(*what);
    if (timer.tasklet != &t) return false;
    what = timer.inner;
  }
  if (what && (what->kind == Kind::Channel || what->kind == Kind::Lock)) return is_queued(t, what);
  if (t.next || t.prev || place != places_.end()) return false;
  if (!what) return true;
  if (what->kind == Kind::Readiness) return static_cast<Readiness&>(*what).tasklet == &t;
  return what->kind == Kind::Select && select(*what, t);
}

bool TaskCheck::select(Object& what, Tasklet& t) {
  auto& select = static_cast<Select&>(what);
  if (select.tasklet != &t) return false;
  for (u32 i = 0; i < select.count; ++i) {
    const SelectCase* one = select.cases[i];
    if (one && (one->kind != Kind::SelectCase || one->select != &select)) return false;
  }
  return true;
}

}  // namespace lisle::rt
