// _thread.lock and _thread.RLock. See lock.h.
#include "runtime/tasks/lock.h"

#include <cmath>

#include "runtime/protocols/attribute.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/float.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace lisle::rt {

void lock_forget(Runtime& rt, Lock& lock, Tasklet& t) {
  (t.prev ? t.prev->next : lock.first) = t.next;
  (t.next ? t.next->prev : lock.last) = t.prev;
  if (t.prev) rt.heap.wrote(t.prev);
  if (t.next) rt.heap.wrote(t.next);
  t.next = t.prev = nullptr;
  t.waits_on = nullptr;
  rt.heap.wrote(&lock);
  rt.heap.wrote(&t);
}

void lock_append(Runtime& rt, Lock& lock, Tasklet& t) {
  t.prev = lock.last;
  t.next = nullptr;
  (lock.last ? lock.last->next : lock.first) = &t;
  if (lock.last) rt.heap.wrote(lock.last);
  lock.last = &t;
  rt.heap.wrote(&lock);
  rt.heap.wrote(&t);
}

void lock_free(Runtime& rt, Lock& lock) {
  lock.owner = nullptr;
  lock.count = 0;
  // Tasklets of threads that have ended do not wait any more.
  while (lock.first && !ring_of(rt, *lock.first)) lock_forget(rt, lock, *lock.first);
  Tasklet* next = lock.first;
  if (!next) return;
  Ring& ring = *ring_of(rt, *next);
  bool rested = rests(ring) && next == ring.main;
  stop_waiting(rt, *next);
  lock.owner = next;
  lock.count = 1;
  rt.heap.wrote(&lock);
  deliver(rt, *next, Value::true_());
  ring_insert_last(rt, *next);
  // The whole thread waited with it; it goes on where it was.
  if (rested && !ring.current && &ring != rt.scheduler->ring) ring.head = next;
}

namespace {

constexpr f64 kMaxTimeout = 9223372036.0;  // seconds, threading.TIMEOUT_MAX
constexpr f64 kMaxClock = 9223372036854775808.0;

Lock& self_of(Frame& f) {
  return *to<Lock>(f[0]);
}

void take(Runtime& rt, Lock& lock) {
  lock.owner = rt.thread.current;
  lock.count = 1;
  rt.heap.wrote(&lock);
}

// Waits for the lock, until `deadline` at most; true when it was taken.
Result wait_for(Runtime& rt, Frame& f, Lock& lock, i64 deadline) {
  Tasklet& current = *rt.thread.current;
  TRY(block_current(rt, lock, deadline));
  if (&current == rt.scheduler->ring->main) rt.scheduler->ring->times_passed_over = 0;
  lock_append(rt, lock, current);
  limit_wait(rt, current, deadline, Expiry::kWake, Value::false_());
  deliver(rt, current, Value::true_());
  return switch_to(rt, f, *leave_ring(rt));
}

}  // namespace

Result lock_wait(Runtime& rt, Frame& f, Lock& lock) {
  return wait_for(rt, f, lock, kNoDeadline);
}

namespace {

// The time limit of acquire(blocking, timeout): kNoDeadline for none, zero for not waiting at all.
Result acquire_deadline(Runtime& rt, Frame& f, i64& deadline) {
  bool blocking = f[1].is_unbound() || f[1].is_true() || (f[1].is_int() && f[1].as_int() != 0);
  f64 timeout = -1;
  if (is_float(f[2]))
    timeout = float_value(f[2]);
  else if (is_int_like(f[2])) {
    i64 whole = 0;
    timeout = int_to_i64(f[2], whole) ? static_cast<f64>(whole) : kMaxTimeout * 2;
  } else if (!f[2].is_unbound()) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, f[2]));
  }
  if (!blocking && timeout != -1)
    return raise(rt, TypeId::ValueError, "can't specify a timeout for a non-blocking call");
  if (std::isnan(timeout)) return raise(rt, TypeId::ValueError, "Invalid value NaN (not a number)");
  if (timeout < 0 && timeout != -1) return raise(rt, TypeId::ValueError, "timeout value must be positive");
  if (timeout > kMaxClock)
    return raise(rt, TypeId::OverflowError, "timestamp too large to convert to C _PyTime_t");
  if (timeout > kMaxTimeout) return raise(rt, TypeId::OverflowError, "timeout value is too large");
  deadline = !blocking || timeout == 0 ? 0 : kNoDeadline;
  if (timeout > 0) deadline = deadline_after(rt, static_cast<i64>(timeout * 1e9));
  return Result::none();
}

Result lock_acquire(Runtime& rt, Frame& f) {
  i64 deadline;
  TRY(acquire_deadline(rt, f, deadline));
  Lock& lock = self_of(f);
  if (!lock.owner) {
    take(rt, lock);
    return Value::true_();
  }
  if (lock.recursive && lock.owner == rt.thread.current) {
    ++lock.count;
    return Value::true_();
  }
  return deadline ? wait_for(rt, f, lock, deadline) : Value::false_();
}

Result lock_enter(Runtime& rt, Frame& f) {
  Lock& lock = self_of(f);
  if (!lock.owner) {
    take(rt, lock);
    return Value::true_();
  }
  if (lock.recursive && lock.owner == rt.thread.current) {
    ++lock.count;
    return Value::true_();
  }
  return wait_for(rt, f, lock, kNoDeadline);
}

Result lock_release(Runtime& rt, Frame& f) {
  Lock& lock = self_of(f);
  if (lock.recursive) {
    if (lock.owner != rt.thread.current)
      return raise(rt, TypeId::RuntimeError, "cannot release un-acquired lock");
    if (--lock.count) return Result::none();
  } else if (!lock.owner) {
    return raise(rt, TypeId::RuntimeError, "release unlocked lock");
  }
  lock_free(rt, lock);
  return Result::none();
}

Result lock_locked(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).owner != nullptr);
}

Result lock_reinit(Runtime& rt, Frame& f) {
  Lock& lock = self_of(f);
  lock.owner = lock.first = lock.last = nullptr;
  lock.count = 0;
  (void)rt;
  return Result::none();
}

Result lock_repr(Runtime& rt, Frame& f) {
  Lock& lock = self_of(f);
  char text[160];
  const char* state = lock.owner ? "locked" : "unlocked";
  if (lock.recursive)
    snprintf(text, sizeof text, "<%s _thread.RLock object owner=%ld count=%lu at 0x%lx>", state,
             lock.owner ? i64{lock.owner->ring} + 1 : 0, lock.count, reinterpret_cast<u64>(&lock));
  else
    snprintf(text, sizeof text, "<%s _thread.lock object at 0x%lx>", state, reinterpret_cast<u64>(&lock));
  return Value::from(new_str(rt, text));
}

Result rlock_new(Runtime& rt, Frame& f) {
  auto* lock = new_instance_of<Lock>(rt, to<Type>(f[0]));
  lock->recursive = true;
  return Value::from(lock);
}

Result rlock_init(Runtime&, Frame&) {
  return Result::none();
}

Result rlock_is_owned(Runtime& rt, Frame& f) {
  return Result::boolean(self_of(f).owner == rt.thread.current);
}

// What _acquire_restore() takes: (count, owner).
Result rlock_release_save(Runtime& rt, Frame& f) {
  Lock& lock = self_of(f);
  if (!lock.owner) return raise(rt, TypeId::RuntimeError, "cannot release un-acquired lock");
  Value state[] = {Value::from_int(static_cast<i64>(lock.count)), Value::from(lock.owner)};
  Tuple* saved = new_tuple_from(rt, state, 2);
  lock_free(rt, lock);
  return Value::from(saved);
}

bool is_saved_state(Value v) {
  auto* state = as<Tuple>(v);
  return state && state->size == 2 && state->items[0].is_int();
}

// f: lock, (count, owner).
Result rlock_acquire_restore(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_saved_state(f[1]))
        return raise(rt, TypeId::TypeError, "the state must be what _release_save() returned");
      AWAIT(1, lock_enter(rt, f));
      self_of(f).count = static_cast<u64>(to<Tuple>(f[1])->items[0].as_int());
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

constexpr const char* kAcquireText =
    "Take the lock, waiting for it if it is taken; whether that succeeded within the time.";

constexpr NativeSpec kLockMethods[] = {
    {"acquire", lock_acquire, "(self, blocking=True, timeout=-1)", kAcquireText, 0, kSwitches},
    {"acquire_lock", lock_acquire, "(self, blocking=True, timeout=-1)", kAcquireText, 0, kSwitches},
    {"__enter__", lock_enter, "(self, /)", nullptr, 0, kSwitches},
    {"release", lock_release, "(self, /)", "Free the lock, or hand it to who waits for it."},
    {"release_lock", lock_release, "(self, /)", "Free the lock, or hand it to who waits for it."},
    {"__exit__", lock_release, "(self, /, *details)"},
    {"locked", lock_locked, "(self, /)", "Whether somebody has it."},
    {"locked_lock", lock_locked, "(self, /)", "Whether somebody has it."},
    {"_at_fork_reinit", lock_reinit, "(self, /)"},
    {"__repr__", lock_repr, "(self, /)"},
};

constexpr NativeSpec kRLockMethods[] = {
    {"__new__", rlock_new, "(cls, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", rlock_init, "(self, *args, **kwargs)"},
    {"acquire", lock_acquire, "(self, blocking=True, timeout=-1)", kAcquireText, 0, kSwitches},
    {"__enter__", lock_enter, "(self, /)", nullptr, 0, kSwitches},
    {"release", lock_release, "(self, /)", "Free the lock once, or hand it to who waits for it."},
    {"__exit__", lock_release, "(self, /, *details)"},
    {"_is_owned", rlock_is_owned, "(self, /)"},
    {"_release_save", rlock_release_save, "(self, /)"},
    {"_acquire_restore", rlock_acquire_restore, "(self, state, /)", nullptr, 2, kSwitches},
    {"_at_fork_reinit", lock_reinit, "(self, /)"},
    {"__repr__", lock_repr, "(self, /)"},
};

}  // namespace

extern const TypeSpec kLockType{
    "lock",         "_thread",  "A lock that tasklets wait for; made by allocate_lock().",
    TypeId::Object, Kind::Lock, kTypeHidden | kTypeNoNew | kTypeFinal,
    kLockMethods,   {}};
extern const TypeSpec kRLockType{"RLock",        "_thread",  "A lock that its owner may take again.",
                                 TypeId::Object, Kind::Lock, kTypeHidden,
                                 kRLockMethods,  {}};

}  // namespace lisle::rt
