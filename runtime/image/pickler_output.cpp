// What a pickler writes into: the output buffer with its frames, the memo, and the stack of jobs.
//
// The output is a Raw that doubles. The memo is an open table keyed by identity; it holds its objects, so a
// number never means an object that has died meanwhile.
#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "runtime/image/pickler.h"
#include "runtime/types/exception.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr u64 kFirstOutputBytes = 512;
constexpr u64 kFirstMemoSlots = 64;
constexpr u64 kFirstJobs = 32;

void reserve_output(Runtime& rt, Pickler& p, u64 more) {
  u64 wanted = p.output_size + more;
  u64 capacity = p.output ? p.output->capacity : 0;
  if (wanted <= capacity) return;
  Raw* larger = new_raw(rt, std::max({kFirstOutputBytes, capacity * 2, wanted}));
  if (p.output_size) std::memcpy(larger->bytes, p.output->bytes, p.output_size);
  p.output = larger;
  rt.heap.wrote(&p);
}

// Objects that were made one after the other are pickled so, and find their slots side by side. Where two
// want the same one, the second goes far away and on in strides of its own, because the table is full where
// neighbours lie.
u64 memo_slot(const Array& table, Value v) {
  constexpr u32 kLeastBytesLog2 = 5;  // few objects are smaller
  u64 mask = table.capacity / 2 - 1, at = v.bits() >> kLeastBytesLog2;
  Value key = table.items[(at & mask) * 2];
  if (LISLE_LIKELY(key == v || key == Value())) return at & mask;
  u64 hash = (v.bits() >> 4) * 0x9E3779B97F4A7C15u;
  const u64 stride = hash >> 40 | 1;
  for (u64 slot = hash >> 32 & mask;; slot = (slot + stride) & mask) {
    key = table.items[slot * 2];
    if (key == v || key == Value()) return slot;
  }
}

Array* grown_table(Runtime& rt, const Array* table) {
  u64 slots = table ? table->capacity : kFirstMemoSlots;
  Array* larger = new_array(rt, slots * 2);
  for (u64 i = 0; table && i < table->capacity; i += 2) {
    Value key = table->items[i];
    if (key == Value()) continue;
    u64 slot = memo_slot(*larger, key);
    larger->items[slot * 2] = key;
    larger->items[slot * 2 + 1] = table->items[i + 1];
  }
  return larger;
}

// Enters `v`; false when it was there and has only got another number.
bool table_insert(Runtime& rt, Pickler& p, Array*& table, u64 used, Value v, u64 number) {
  if (!table || used * 3 >= table->capacity) {
    table = grown_table(rt, table);
    rt.heap.wrote(&p);
  }
  u64 slot = memo_slot(*table, v);
  bool added = !(table->items[slot * 2] == v);
  table->items[slot * 2] = v;
  table->items[slot * 2 + 1] = Value::from_int(static_cast<i64>(number));
  rt.heap.wrote(table);
  return added;
}

}  // namespace

void put_first_bytes(Runtime& rt, Pickler& p, const void* bytes, u64 count) {
  bool opens_frame = p.framing && p.frame_start == Pickler::kNoFrame;
  reserve_output(rt, p, count + kFrameHeaderBytes);
  if (opens_frame) {
    p.frame_start = p.output_size;
    p.output_size += kFrameHeaderBytes;
  }
  if (count) std::memcpy(p.output->bytes + p.output_size, bytes, count);
  p.output_size += count;
}

void close_frame(Pickler& p) {
  if (!p.framing || p.frame_start == Pickler::kNoFrame) return;
  u8* header = p.output->bytes + p.frame_start;
  u64 length = p.output_size - p.frame_start - kFrameHeaderBytes;
  if (length >= kFrameMinimum) {
    header[0] = kFrameOp;
    std::memcpy(header + 1, &length, sizeof length);
  } else {
    std::memmove(header, header + kFrameHeaderBytes, length);
    p.output_size -= kFrameHeaderBytes;
  }
  p.frame_start = Pickler::kNoFrame;
}

void end_grown_frame(Pickler& p) {
  close_frame(p);
  p.flush_due = !p.write.is_unbound();
}

void put_payload(Runtime& rt, Pickler& p, const void* header, u64 header_size, std::string_view payload) {
  bool framing = p.framing, large = payload.size() >= kFrameTarget;
  if (large) {
    close_frame(p);
    p.framing = false;
  }
  put_bytes(rt, p, header, header_size);
  if (large && !p.write.is_unbound()) {
    p.flush_due = true;
    p.split = p.output_size;
  }
  put_bytes(rt, p, payload.data(), payload.size());
  p.framing = framing;
}

i64 memo_find(const Pickler& p, Value v) {
  if (!p.memo) return -1;
  u64 slot = memo_slot(*p.memo, v);
  return p.memo->items[slot * 2] == v ? p.memo->items[slot * 2 + 1].as_int() : -1;
}

void memo_insert(Runtime& rt, Pickler& p, Value v, u64 number) {
  if (table_insert(rt, p, p.memo, p.memo_used, v, number)) ++p.memo_used;
}

bool mark_checked(Runtime& rt, Pickler& p, Raw* body) {
  Value key = Value::from(body);
  if (p.checked && p.checked->items[memo_slot(*p.checked, key) * 2] == key) return false;
  bool added = table_insert(rt, p, p.checked, p.checked_used, Value::from(body), 0);
  p.checked_used += added;
  return added;
}

void memo_clear(Pickler& p) {
  p.memo = p.checked = nullptr;
  p.memo_used = p.checked_used = 0;
  p.holds_frames = false;
}

void put_memo(Runtime& rt, Pickler& p, Value v) {
  if (p.fast) return;
  u64 number = p.memo_used;
  memo_insert(rt, p, v, number);
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
