// What a pickler writes into: the output buffer with its frames, the memo, and the stack of jobs.
//
// The output is a Bytes that doubles, so that dumps() need not copy what it gives. The memo is an open table
// keyed by identity; it holds its objects, so a number never means an object that has died meanwhile.
#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "runtime/image/pickler.h"
#include "runtime/types/exception.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr u64 kFirstOutputBytes = 192;
constexpr u64 kFirstMemoSlots = 16;
constexpr u64 kFirstJobs = 8;

void reserve_output(Runtime& rt, Pickler& p, u64 more) {
  u64 wanted = p.output_size + more;
  u64 capacity = p.output ? p.output->length : 0;
  if (wanted <= capacity) return;
  u64 length = std::max({kFirstOutputBytes, capacity * 2, wanted});
  if (p.output && rt.heap.grow_in_place(p.output, sizeof(Bytes) + length + 1, false)) {
    p.output->length = length;
    p.output->data[length] = 0;
    return;
  }
  Bytes* larger = new_bytes_uncleared(rt, length);
  if (p.output_size) std::memcpy(larger->data, p.output->data, p.output_size);
  p.output = larger;
  rt.heap.wrote(&p);
}

// --- tables of numbers

u32* slots_of(const NumberTable& table) {
  return reinterpret_cast<u32*>(table.slots->bytes);
}

// Objects that were made one after the other are pickled so, and find their slots side by side. Where two
// want the same one, the second goes far away and on in strides of its own, because the table is full where
// neighbours lie.
u32* slot_of(const NumberTable& table, Value v) {
  constexpr u32 kLeastBytesLog2 = 5;  // few objects are smaller
  const u64 mask = table.slots->capacity / sizeof(u32) - 1;
  u32* slots = slots_of(table);
  const Value* objects = table.objects->items;
  u32* slot = slots + (v.bits() >> kLeastBytesLog2 & mask);
  if (LISLE_LIKELY(*slot == 0 || objects[*slot - 1] == v)) return slot;
  const u64 hash = (v.bits() >> 4) * 0x9E3779B97F4A7C15u;
  const u64 stride = hash >> 40 | 1;
  for (u64 at = hash >> 32 & mask;; at = (at + stride) & mask) {
    slot = slots + at;
    if (*slot == 0 || objects[*slot - 1] == v) return slot;
  }
}

Array* grown_array(Runtime& rt, Array* old, u64 capacity) {
  Array* larger = new_array(rt, capacity);
  if (old) std::memcpy(larger->items, old->items, old->capacity * sizeof(Value));
  return larger;
}

// Room for one more object; between a quarter and two thirds of the slots are in use.
void grow_table(Runtime& rt, Pickler& p, NumberTable& table) {
  constexpr u64 kFewSlots = 1 << 16;
  const u64 had = table.slots ? table.slots->capacity / sizeof(u32) : kFirstMemoSlots / 4;
  const u64 slots = had * (had < kFewSlots ? 4 : 2), capacity = slots * 2 / 3;
  Array* numbers = table.numbers ? grown_array(rt, table.numbers, capacity) : nullptr;
  Array* objects = grown_array(rt, table.objects, capacity);
  table.slots = new_raw(rt, slots * sizeof(u32));
  table.objects = objects;
  table.numbers = numbers;
  rt.heap.wrote(&p);
  rt.heap.wrote(table.objects);
  for (u64 i = 0; i < table.count; ++i) *slot_of(table, table.objects->items[i]) = static_cast<u32>(i + 1);
}

bool is_full(const NumberTable& table) {
  return !table.objects || table.count == table.objects->capacity;
}

i64 number_at(const NumberTable& table, u64 place) {
  return table.numbers ? table.numbers->items[place].as_int() : static_cast<i64>(place);
}

i64 find(const NumberTable& table, Value v) {
  if (!table.slots) return -1;
  const u32 place = *slot_of(table, v);
  return place ? number_at(table, place - 1) : -1;
}

// The place of v; `added` tells whether it is new there.
u64 enter(Runtime& rt, Pickler& p, NumberTable& table, Value v, bool& added) {
  if (LISLE_UNLIKELY(is_full(table))) grow_table(rt, p, table);
  u32* slot = slot_of(table, v);
  added = *slot == 0;
  if (!added) return *slot - 1;
  const u64 place = table.count++;
  *slot = static_cast<u32>(place + 1);
  table.objects->items[place] = v;
  rt.heap.wrote(table.objects);
  if (LISLE_UNLIKELY(table.numbers != nullptr))
    table.numbers->items[place] = Value::from_int(static_cast<i64>(place));
  return place;
}

// Numbers that do not count up: the memo was given by the program.
void set_number(Runtime& rt, Pickler& p, NumberTable& table, u64 place, u64 number) {
  if (!table.numbers) {
    table.numbers = new_array(rt, table.objects->capacity);
    rt.heap.wrote(&p);
    for (u64 i = 0; i < table.count; ++i) table.numbers->items[i] = Value::from_int(static_cast<i64>(i));
  }
  table.numbers->items[place] = Value::from_int(static_cast<i64>(number));
}

}  // namespace

void put_first_bytes(Runtime& rt, Pickler& p, const void* bytes, u64 count) {
  bool opens_frame = p.framing && p.frame_start == Pickler::kNoFrame;
  reserve_output(rt, p, count + kFrameHeaderBytes);
  if (opens_frame) {
    p.frame_start = p.output_size;
    p.output_size += kFrameHeaderBytes;
  }
  if (count) std::memcpy(p.output->data + p.output_size, bytes, count);
  p.output_size += count;
}

void close_frame(Pickler& p) {
  if (!p.framing || p.frame_start == Pickler::kNoFrame) return;
  u8* header = p.output->data + p.frame_start;
  u64 length = p.output_size - p.frame_start - kFrameHeaderBytes;
  if (length >= kFrameMinimum) {
    header[0] = kFrameOp;
    std::memcpy(header + 1, &length, sizeof length);
  } else {
    std::memmove(header, header + kFrameHeaderBytes, length);
    p.output_size -= kFrameHeaderBytes;
  }
  p.frame_start = Pickler::kNoFrame;
  p.easy_until = 0;
}

bool prepare_item(Runtime& rt, Pickler& p) {
  constexpr u64 kFullFrame = kFrameTarget + kFrameHeaderBytes;
  const bool in_frame = p.framing && p.frame_start != Pickler::kNoFrame;
  if (in_frame && p.output_size - p.frame_start >= kFullFrame) {
    close_frame(p);
    p.flush_due = !p.write.is_unbound();
  }
  p.easy_until = 0;
  p.pause_due |= p.output_size >= p.pause_at;
  if (must_stop(p)) return false;
  reserve_output(rt, p, kItemRoom + kFrameHeaderBytes);
  put_first_bytes(rt, p, nullptr, 0);
  if (!p.persistent_id.is_unbound()) return false;
  p.easy_until = std::min(p.output->length - kItemRoom, p.pause_at);
  if (p.framing) p.easy_until = std::min(p.easy_until, p.frame_start + kFullFrame);
  return true;
}

namespace {

// What a payload in `late` holds.
std::string_view payload_of(Value owner) {
  return is_str(owner) ? to<Str>(owner)->latin1() : to<Bytes>(owner)->view();
}

void put_late(Runtime& rt, Pickler& p, Value owner) {
  const u64 at = p.late_count * 2, capacity = p.late ? p.late->capacity : 0;
  if (at == capacity) {
    p.late = grown_array(rt, p.late, capacity ? capacity * 2 : 8);
    rt.heap.wrote(&p);
  }
  p.late->items[at] = owner;
  p.late->items[at + 1] = Value::from_int(static_cast<i64>(p.output_size));
  rt.heap.wrote(p.late);
  ++p.late_count;
  p.late_bytes += payload_of(owner).size();
}

}  // namespace

Bytes* output_with_late(Runtime& rt, const Pickler& p) {
  Bytes* whole = new_bytes_uncleared(rt, p.output_size + p.late_bytes);
  u8* to = whole->data;
  u64 from = 0;
  auto copy_until = [&](u64 end) {
    std::memcpy(to, p.output->data + from, end - from);
    to += end - from;
    from = end;
  };
  for (u64 i = 0; i < p.late_count; ++i) {
    copy_until(static_cast<u64>(p.late->items[i * 2 + 1].as_int()));
    const std::string_view payload = payload_of(p.late->items[i * 2]);
    std::memcpy(to, payload.data(), payload.size());
    to += payload.size();
  }
  copy_until(p.output_size);
  return whole;
}

namespace {

// A header, and then what put(whether it is large) writes: large payloads stand outside of frames, and are
// given to the file alone.
template <class Put>
void put_behind(Runtime& rt, Pickler& p, const void* header, u64 header_size, u64 size, Put&& put) {
  const bool framing = p.framing, large = size >= kFrameTarget;
  if (large) {
    close_frame(p);
    p.framing = false;
  }
  put_bytes(rt, p, header, header_size);
  if (large && !p.write.is_unbound()) {
    p.flush_due = true;
    p.split = p.output_size;
  }
  put(large);
  if (p.split) p.payload_end = p.output_size;
  p.framing = framing;
}

}  // namespace

void put_payload(Runtime& rt, Pickler& p, const void* header, u64 header_size, std::string_view payload,
                 Value owner) {
  put_behind(rt, p, header, header_size, payload.size(), [&](bool large) {
    if (large && p.write.is_unbound() && !owner.is_unbound())
      put_late(rt, p, owner);
    else
      put_bytes(rt, p, payload.data(), payload.size());
  });
}

u8* payload_room(Runtime& rt, Pickler& p, const void* header, u64 header_size, u64 size) {
  put_behind(rt, p, header, header_size, size, [&](bool) {
    reserve_output(rt, p, size);
    p.output_size += size;
  });
  return p.output->data + p.output_size - size;
}

i64 memo_find(const Pickler& p, Value v) {
  return find(p.memo, v);
}

i64 memo_enter(Runtime& rt, Pickler& p, Value v) {
  bool added;
  const u64 place = enter(rt, p, p.memo, v, added);
  return added ? -1 : number_at(p.memo, place);
}

void memo_insert(Runtime& rt, Pickler& p, Value v, u64 number) {
  bool added;
  const u64 place = enter(rt, p, p.memo, v, added);
  if (place != number || p.memo.numbers) set_number(rt, p, p.memo, place, number);
}

bool mark_checked(Runtime& rt, Pickler& p, Raw* body) {
  bool added;
  enter(rt, p, p.checked, Value::from(body), added);
  return added;
}

void memo_clear(Pickler& p) {
  p.memo = p.checked = NumberTable{};
  p.holds_frames = false;
}

void put_memo(Runtime& rt, Pickler& p, Value v) {
  if (p.fast) return;
  const u64 number = p.memo.count;
  memo_insert(rt, p, v, number);
  put_put(rt, p, number);
}

void put_put(Runtime& rt, Pickler& p, u64 number) {
  if (p.protocol >= 4) return put_op(rt, p, kMemoize);
  if (!p.binary) {
    char text[24];
    return put_bytes(rt, p, text,
                     static_cast<u64>(std::snprintf(text, sizeof text, "p%llu\n",
                                                    static_cast<unsigned long long>(number))));
  }
  u8 code[5] = {number < 256 ? kBinPut : kLongBinPut};
  std::memcpy(code + 1, &number, 4);
  put_bytes(rt, p, code, number < 256 ? 2 : 5);
}

void put_get(Runtime& rt, Pickler& p, i64 number) {
  if (!p.binary) {
    char text[24];
    return put_bytes(
        rt, p, text,
        static_cast<u64>(std::snprintf(text, sizeof text, "g%lld\n", static_cast<long long>(number))));
  }
  u8 code[5] = {number < 256 ? kBinGet : kLongBinGet};
  std::memcpy(code + 1, &number, 4);
  put_bytes(rt, p, code, number < 256 ? 2 : 5);
}

Job& push_job(Runtime& rt, Pickler& p, JobKind kind, Value a, Value b, Value c) {
  u64 capacity = p.jobs ? p.jobs->capacity : 0;
  if ((p.job_count + 1) * kJobWords > capacity) {
    Array* larger = new_array(rt, std::max(kFirstJobs * kJobWords, capacity * 2));
    if (capacity) std::memcpy(larger->items, p.jobs->items, capacity * sizeof(Value));
    p.jobs = larger;
    rt.heap.wrote(&p);
  }
  Job& job = reinterpret_cast<Job*>(p.jobs->items)[p.job_count++];
  job = {Value::from_int(static_cast<i64>(kind)), a, b, c};
  rt.heap.wrote(p.jobs);
  return job;
}

void pop_job(Pickler& p) {
  top_job(p) = Job{};
  --p.job_count;
}

Step ask_call(Pickler& p, Runtime& rt, Value callable, std::initializer_list<Value> args) {
  if (callable.is_unbound()) return Step::kRaised;
  p.ask_kind = kAskCall;
  p.ask_callable = callable;
  p.ask_count = static_cast<u32>(args.size());
  std::copy(args.begin(), args.end(), p.ask_args);
  rt.heap.wrote(&p);
  return Step::kAsk;
}

Step ask_attribute(Pickler& p, Runtime& rt, Value v, Str* name) {
  p.ask_kind = kAskAttribute;
  p.ask_callable = v;
  p.ask_args[0] = Value::from(name);
  rt.heap.wrote(&p);
  return Step::kAsk;
}

Step ask_next(Pickler& p, Runtime& rt, Value iterator) {
  p.ask_kind = kAskNext;
  p.ask_callable = iterator;
  rt.heap.wrote(&p);
  return Step::kAsk;
}

Value pickle_helper(Runtime& rt, std::string_view name) {
  Value found = Value::unbound();
  Value module = dict_get_str(rt, *rt.modules, intern(rt, "_pickle"));
  if (is_kind(module, Kind::Module)) found = module_get(rt, *to<Module>(module), name);
  if (found.is_unbound()) (void)raise(rt, TypeId::ImportError, "the module _pickle is not there any more");
  return found;
}

Result raise_pickle_error(Runtime& rt, const char* error, const char* format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  int length = std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  Value cls = pickle_helper(rt, error);
  if (!is_type(cls)) return Result::raised();
  Value message = Value::from(
      new_str(rt, {text, std::min(sizeof text - 1, static_cast<size_t>(length < 0 ? 0 : length))}));
  return raise_value(rt, Value::from(new_exception_of(rt, to<Type>(cls), new_tuple_from(rt, &message, 1))));
}

}  // namespace lisle::rt
