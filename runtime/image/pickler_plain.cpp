// How plain data is pickled: numbers, text, bytes, and the builtin containers. The order of opcodes is
// CPython's, byte for byte.
#include <bit>
#include <cstring>
#include <string>

#include "runtime/image/pickler.h"
#include "runtime/support/number_text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"

namespace lisle::rt {

static bool save_simple(Runtime& rt, Pickler& p, Value v);
static Step save_unknown(Runtime& rt, Pickler& p, Value v);

namespace {

template <size_t N>
void put_text(Runtime& rt, Pickler& p, const char (&text)[N]) {
  put_bytes(rt, p, text, N - 1);
}

// Where a small item is written, after item_is_easy().
u8* room(Pickler& p) {
  return p.output->data + p.output_size;
}

void put_easy_get(Pickler& p, i64 number) {
  u8* at = room(p);
  at[0] = number < 256 ? kBinGet : kLongBinGet;
  std::memcpy(at + 1, &number, 4);
  p.output_size += number < 256 ? 2 : 5;
}

// An opcode of a small item.
void put_easy(Pickler& p, PickleOp op) {
  *room(p) = op;
  ++p.output_size;
}

void put_bool(Runtime& rt, Pickler& p, bool b) {
  if (LISLE_LIKELY(p.protocol >= 2)) return put_easy(p, b ? kNewTrue : kNewFalse);
  if (b)
    put_text(rt, p, "I01\n");
  else
    put_text(rt, p, "I00\n");
}

// An int of 32 bits.
void put_small(Pickler& p, i64 n) {
  u8* at = room(p);
  std::memcpy(at + 1, &n, 4);
  const u64 wide = static_cast<u64>(n);
  at[0] = wide < 0x100 ? kBinInt1 : wide < 0x10000 ? kBinInt2 : kBinInt;
  p.output_size += wide < 0x100 ? 2 : wide < 0x10000 ? 3 : 5;
}

// An int of 64 bits that has more than 32.
void put_long(Pickler& p, i64 n) {
  u8* at = room(p);
  const int unsigned_bits = 64 - std::countl_zero(static_cast<u64>(n < 0 ? ~n : n));
  const u8 bytes = static_cast<u8>(unsigned_bits / 8 + 1);  // with a bit for the sign
  at[0] = kLong1;
  at[1] = bytes;
  std::memcpy(at + 2, &n, 8);
  p.output_size += 2u + bytes;
}

// The fewest bytes of the two's complement of `v`, least significant first.
std::string signed_bytes(const Int& v, bool negative) {
  std::string out(v.limb_count() * 8 + 1, negative ? '\xff' : '\0');
  bool borrow = negative;
  for (u64 i = 0; i < v.limb_count(); ++i) {
    const u64 word = negative ? ~v.limbs[i] + borrow : v.limbs[i];
    borrow = borrow && word == 0;
    std::memcpy(out.data() + i * 8, &word, 8);
  }
  const char sign = out.back();
  u64 size = out.size();
  while (size > 1 && out[size - 1] == sign && ((out[size - 2] & 0x80) != 0) == negative) --size;
  out.resize(size);
  return out;
}

void put_int_text(Runtime& rt, Pickler& p, i64 n) {
  std::string text = "I" + std::to_string(n) + "\n";
  put_bytes(rt, p, text.data(), text.size());
}

Step put_int(Runtime& rt, Pickler& p, Value v) {
  i64 n;
  const bool fits = int_to_i64(v, n), small = fits && n == static_cast<i32>(n);
  if (small && !p.binary) return put_int_text(rt, p, n), Step::kGoOn;
  if (small) return put_small(p, n), Step::kGoOn;
  if (p.protocol < 2) {
    std::string digits;
    if (int_to_digits(rt, v, 10, digits).is_raised()) return Step::kRaised;
    digits = "L" + digits + "L\n";
    put_bytes(rt, p, digits.data(), digits.size());
    return Step::kGoOn;
  }
  if (fits) return put_long(p, n), Step::kGoOn;
  const std::string bytes = signed_bytes(*to<Int>(v), int_is_negative(v));
  u8 header[5] = {bytes.size() < 256 ? kLong1 : kLong4};
  const u32 size = static_cast<u32>(bytes.size());
  std::memcpy(header + 1, &size, 4);
  put_payload(rt, p, header, bytes.size() < 256 ? 2 : 5, bytes);
  return Step::kGoOn;
}

void put_float(Runtime& rt, Pickler& p, f64 d) {
  if (!p.binary) {
    std::string text = "F" + double_repr(d) + "\n";
    return put_bytes(rt, p, text.data(), text.size());
  }
  u8* at = room(p);
  const u64 bits = __builtin_bswap64(std::bit_cast<u64>(d));
  at[0] = kBinFloat;
  std::memcpy(at + 1, &bits, 8);
  p.output_size += 9;
}

// The opcodes for sizes of 1, 4 and 8 bytes; 0: none.
struct SizedOps {
  u8 one, four, eight;
};

// Opcode and size of what follows; returns how many bytes that takes.
u64 sized_header(u8 (&header)[9], SizedOps ops, u64 size) {
  u64 header_size = 5;
  header[0] = ops.four;
  if (ops.one && size < 256) {
    header[0] = ops.one;
    header_size = 2;
  } else if (size > 0xffffffff || !ops.four) {
    header[0] = ops.eight;
    header_size = 9;
  }
  std::memcpy(header + 1, &size, header_size - 1);
  return header_size;
}

void put_sized(Runtime& rt, Pickler& p, SizedOps ops, std::string_view bytes,
               Value owner = Value::unbound()) {
  u8 header[9];
  const u64 header_size = sized_header(header, ops, bytes.size());
  put_payload(rt, p, header, header_size, bytes, owner);
}

// A str of any length; what is not ASCII is encoded where it has to be.
void put_sized_text(Runtime& rt, Pickler& p, Value v) {
  const SizedOps ops{static_cast<u8>(p.protocol >= 4 ? kShortBinUnicode : 0), kBinUnicode, kBinUnicode8};
  const Str* s = to<Str>(v);
  if (s->is_ascii()) return put_sized(rt, p, ops, s->latin1(), v);
  u8 header[9];
  const u64 size = str_utf8_size(s), header_size = sized_header(header, ops, size);
  str_write_utf8(s, payload_room(rt, p, header, header_size, size));
}

// The same in protocols that have the short form, for few bytes.
constexpr u64 kFewBytes = kItemRoom - 8;
void put_few(Pickler& p, u8 op, const u8* bytes, u64 size) {
  u8* at = room(p);
  at[0] = op;
  at[1] = static_cast<u8>(size);
  at += 2;
  // Two moves that overlap copy any size up to twice theirs.
  if (size >= 16) {
    std::memcpy(at, bytes, size);
  } else if (size >= 8) {
    std::memcpy(at, bytes, 8);
    std::memcpy(at + size - 8, bytes + size - 8, 8);
  } else {
    for (u64 i = 0; i < size; ++i) at[i] = bytes[i];
  }
  p.output_size += 2 + size;
}

// Text for protocol 0: one line, everything that could end it escaped.
void put_escaped(Runtime& rt, Pickler& p, const Str* s) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "V";
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    bool escaped = c >= 256 || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1a;
    if (!escaped) {
      out += static_cast<char>(c);
      continue;
    }
    out += c >= 0x10000 ? "\\U" : "\\u";
    for (int shift = c >= 0x10000 ? 28 : 12; shift >= 0; shift -= 4) out += kHex[c >> shift & 15];
  }
  out += '\n';
  put_bytes(rt, p, out.data(), out.size());
}

void put_mark(Runtime& rt, Pickler& p) {
  put_op(rt, p, kMark);
}

Value class_call(Runtime& rt, TypeId type, Value argument) {
  Value pair[2] = {Value::from(rt.type(type)), Value()};
  pair[1] =
      argument.is_unbound() ? Value::from(rt.empty_tuple) : Value::from(new_tuple_from(rt, &argument, 1));
  return Value::from(new_tuple_from(rt, pair, 2));
}

Step save_bytes(Runtime& rt, Pickler& p, Value v) {
  std::string_view bytes = to<Bytes>(v)->view();
  if (p.protocol >= 3) {
    if (LISLE_LIKELY(bytes.size() <= kFewBytes))
      put_few(p, kShortBinBytes, to<Bytes>(v)->data, bytes.size());
    else
      put_sized(rt, p, {kShortBinBytes, kBinBytes, kBinBytes8}, bytes, v);
    put_memo(rt, p, v);
    return Step::kGoOn;
  }
  if (bytes.empty()) return save_reduction(rt, p, class_call(rt, TypeId::Bytes, Value::unbound()), v);
  Value encode = pickle_helper(rt, "_encode");
  if (encode.is_unbound()) return Step::kRaised;
  Value args[2] = {Value::from(new_str_latin1(rt, bytes)), Value::from(intern(rt, "latin1"))};
  Value pair[2] = {encode, Value::from(new_tuple_from(rt, args, 2))};
  return save_reduction(rt, p, Value::from(new_tuple_from(rt, pair, 2)), v);
}

Step save_bytearray(Runtime& rt, Pickler& p, Value v) {
  std::string_view bytes = to<ByteArray>(v)->view();
  if (p.protocol >= 5) {
    put_sized(rt, p, {0, 0, kByteArray8}, bytes);
    put_memo(rt, p, v);
    return Step::kGoOn;
  }
  Value copy = bytes.empty() ? Value::unbound() : Value::from(new_bytes(rt, bytes));
  return save_reduction(rt, p, class_call(rt, TypeId::ByteArray, copy), v);
}

// In protocols that have no opcodes for sets.
Step save_set_by_list(Runtime& rt, Pickler& p, Value v) {
  Set& set = *to<Set>(v);
  List* items = new_list(rt, set.used);
  u64 at = 0;
  Value key;
  i64 hash;
  while (set_next(set, at, key, hash)) list_append(rt, *items, key);
  const TypeId type = is_frozenset(rt, set) ? TypeId::FrozenSet : TypeId::Set;
  return save_reduction(rt, p, class_call(rt, type, Value::from(items)), v);
}

// --- containers
//
// What is in a container is written in place as far as it is simple. Where an item needs more, the container
// becomes a job that goes on behind it, and the item is written next: it may be a container as well.

// How far a container is written, as its job says it.
struct Place {
  u64 at;
  i64 count;
};
constexpr i64 kSingle = -1;  // for Place::count: no batches

// In fast mode nothing is remembered; a container inside itself would be written for ever.
Step refuse_cycle(Runtime& rt, Pickler& p, Value v) {
  const Job* jobs = reinterpret_cast<const Job*>(p.jobs->items);
  for (u64 i = 0; i < p.job_count; ++i) {
    auto kind = static_cast<JobKind>(jobs[i].kind.as_int());
    bool container = kind == JobKind::kListItems || kind == JobKind::kDictItems || kind == JobKind::kIterate;
    if (!container || !(jobs[i].a == v)) continue;
    (void)raise(rt, TypeId::ValueError,
                "fast mode: can't pickle cyclic objects including object type %s at %p", type_name(rt, v),
                static_cast<void*>(v.object()));
    return Step::kRaised;
  }
  return Step::kGoOn;
}

// Ends a batch that is full or the last one. A batch that is just full is followed by another, if only an
// empty one. Returns the count of the batch that goes on.
i64 end_batch(Runtime& rt, Pickler& p, i64 count, bool more, PickleOp op) {
  bool full = count == static_cast<i64>(kBatchSize);
  if (!full && more) return count;
  put_op(rt, p, op);
  if (full) put_mark(rt, p);
  if (full && !more) put_op(rt, p, op);
  return 0;
}

// Why save_simple() did not write an item that may be simple.
bool is_asked_about(const Pickler& p) {
  return must_stop(p) || !p.persistent_id.is_unbound();
}

// The functions that go on with a container from `place` write its end, too, and say true. False: `item`
// comes next, and then what stands at `place`.

bool write_list(Runtime& rt, Pickler& p, Value v, Place& place, Value& item) {
  List& list = *to<List>(v);
  const bool one_by_one = !p.binary || place.count == kSingle;
  for (;;) {
    bool ends = place.at >= list.size || (place.count == kSingle && place.at > 0);
    if (one_by_one) {
      if (place.at > 0) put_op(rt, p, kAppend);
    } else if (ends || place.count == static_cast<i64>(kBatchSize)) {
      put_op(rt, p, kAppends);
      if (!ends) put_mark(rt, p);
      place.count = 0;
    }
    if (ends) return true;
    item = list.items->items[place.at++];
    if (!one_by_one) ++place.count;
    if (!save_simple(rt, p, item)) return false;
  }
}

// `value` is set where it comes after `item`, and else unbound.
bool write_dict(Runtime& rt, Pickler& p, Value v, Place& place, Value& item, Value& value) {
  Dict& dict = *to<Dict>(v);
  const bool one_by_one = !p.binary || place.count == kSingle;
  for (;;) {
    if (one_by_one && place.at > 0) put_op(rt, p, kSetItem);
    bool more = dict_next(dict, place.at, item, value);
    if (!one_by_one) place.count = end_batch(rt, p, place.count, more, kSetItems);
    if (!more) return true;
    if (!one_by_one) ++place.count;
    if (!save_simple(rt, p, item)) return false;
    if (save_simple(rt, p, value)) continue;
    item = value;
    value = Value::unbound();
    return false;
  }
}

// All keys of a frozenset, or items of a tuple, are written between a mark (if `marked`, of `count` of them)
// and here. One that contains itself was remembered meanwhile: what was written is dropped again.
void finish_immutable(Runtime& rt, Pickler& p, Value v, bool marked, u64 count, u8 op) {
  const i64 number = p.fast ? -1 : memo_enter(rt, p, v);
  if (number < 0) {
    put_op(rt, p, static_cast<PickleOp>(op));
    if (!p.fast) put_put(rt, p, p.memo.count - 1);
    return;
  }
  if (marked && p.binary)
    put_op(rt, p, kPopMark);
  else
    for (u64 i = 0; i < count + marked; ++i) put_op(rt, p, kPop);
  put_get(rt, p, number);
}

// A count of kSingle marks a frozenset.
bool write_set(Runtime& rt, Pickler& p, Value v, Place& place, Value& item) {
  Set& set = *to<Set>(v);
  for (;;) {
    i64 hash;
    bool more = set_next(set, place.at, item, hash);
    if (place.count != kSingle) place.count = end_batch(rt, p, place.count, more, kAddItems);
    if (!more) {
      if (place.count == kSingle) finish_immutable(rt, p, v, true, 0, kFrozenSet);
      return true;
    }
    if (place.count != kSingle) ++place.count;
    if (!save_simple(rt, p, item)) return false;
  }
}

// A tuple that nobody else refers to (`quiet`) is not remembered.
bool write_tuple(Runtime& rt, Pickler& p, Value v, bool quiet, Place& place, Value& item) {
  const Tuple& tuple = *to<Tuple>(v);
  while (place.at < tuple.size) {
    item = tuple.items[place.at++];
    if (!save_simple(rt, p, item)) return false;
  }
  const bool counted = tuple.size <= 3 && p.protocol >= 2;
  const u8 op = counted ? static_cast<u8>(kTuple1 + tuple.size - 1) : static_cast<u8>(kTupleOp);
  if (quiet)
    put_op(rt, p, static_cast<PickleOp>(op));
  else
    finish_immutable(rt, p, v, !counted, tuple.size, op);
  return true;
}

// --- how containers begin; false: that was all of it

bool open_list(Runtime& rt, Pickler& p, Value v, Place& place) {
  if (p.binary)
    put_op(rt, p, kEmptyList);
  else
    put_text(rt, p, "(l");
  put_memo(rt, p, v);
  const u64 size = to<List>(v)->size;
  if (p.binary && size == 1) place.count = kSingle;
  if (p.binary && size > 1) put_mark(rt, p);
  return size > 0;
}

bool open_dict(Runtime& rt, Pickler& p, Value v, Place& place) {
  if (p.binary)
    put_op(rt, p, kEmptyDict);
  else
    put_text(rt, p, "(d");
  put_memo(rt, p, v);
  const u64 used = to<Dict>(v)->used;
  if (p.binary && used == 1) place.count = kSingle;
  if (p.binary && used > 1) put_mark(rt, p);
  return used > 0;
}

bool open_set(Runtime& rt, Pickler& p, Value v, Place& place) {
  if (v.object()->shape == Runtime::shape_of(TypeId::FrozenSet)) {
    put_mark(rt, p);
    place.count = kSingle;
    return true;
  }
  put_op(rt, p, kEmptySet);
  put_memo(rt, p, v);
  if (to<Set>(v)->used == 0) return false;
  put_mark(rt, p);
  return true;
}

bool open_tuple(Runtime& rt, Pickler& p, Value v) {
  const u64 size = to<Tuple>(v)->size;
  if (size > 3 || (size > 0 && p.protocol < 2)) put_mark(rt, p);
  if (size > 0) return true;
  if (p.binary)
    put_op(rt, p, kEmptyTuple);
  else
    put_text(rt, p, "(t");
  return false;
}

// The jobs of containers that save_nested() writes; kSave: it does not.
JobKind items_job(const Pickler& p, Value v) {
  if (!v.is_object()) return JobKind::kSave;
  switch (v.object()->shape) {
    case Runtime::shape_of(TypeId::List):
      return JobKind::kListItems;
    case Runtime::shape_of(TypeId::Dict):
      return JobKind::kDictItems;
    case Runtime::shape_of(TypeId::Tuple):
      return JobKind::kTupleItems;
    case Runtime::shape_of(TypeId::Set):
    case Runtime::shape_of(TypeId::FrozenSet):
      return p.protocol >= 4 ? JobKind::kSetItems : JobKind::kSave;
    default:
      return JobKind::kSave;
  }
}

bool open_container(Runtime& rt, Pickler& p, JobKind kind, Value v, Place& place) {
  switch (kind) {
    case JobKind::kListItems:
      return open_list(rt, p, v, place);
    case JobKind::kDictItems:
      return open_dict(rt, p, v, place);
    case JobKind::kSetItems:
      return open_set(rt, p, v, place);
    default:
      return open_tuple(rt, p, v);
  }
}

bool write_items(Runtime& rt, Pickler& p, JobKind kind, Value v, Place& place, Value& item, Value& after) {
  switch (kind) {
    case JobKind::kListItems:
      return write_list(rt, p, v, place, item);
    case JobKind::kDictItems:
      return write_dict(rt, p, v, place, item, after);
    case JobKind::kSetItems:
      return write_set(rt, p, v, place, item);
    default:
      return write_tuple(rt, p, v, kind == JobKind::kQuietItems, place, item);
  }
}

// Writes a value for which there is room and that is not simple. Containers become jobs where something
// inside them needs more than save_simple().
Step save_nested(Runtime& rt, Pickler& p, Value v) {
  for (;;) {
    const JobKind kind = items_job(p, v);
    if (kind == JobKind::kSave) return save_unknown(rt, p, v);
    constexpr u64 kFastNesting = 50;
    if (p.fast && p.job_count > kFastNesting && refuse_cycle(rt, p, v) == Step::kRaised) return Step::kRaised;
    Place place{};
    Value item, after = Value::unbound();
    if (!open_container(rt, p, kind, v, place) || write_items(rt, p, kind, v, place, item, after))
      return Step::kGoOn;
    push_job(rt, p, kind, v, Value::from_int(static_cast<i64>(place.at)), Value::from_int(place.count));
    if (!after.is_unbound()) push_job(rt, p, JobKind::kSave, after);
    if (is_asked_about(p)) return save(rt, p, item, true);
    v = item;
  }
}

}  // namespace

void put_str(Runtime& rt, Pickler& p, Value v) {
  Str* s = to<Str>(v);
  if (p.binary)
    put_sized_text(rt, p, v);
  else
    put_escaped(rt, p, s);
  put_memo(rt, p, v);
}

// A str that is not in the memo, which it enters.
static void put_new_str(Runtime& rt, Pickler& p, Value v, u64 number) {
  const Str* s = to<Str>(v);
  if (LISLE_LIKELY(s->is_ascii() && s->length <= kFewBytes)) {
    put_few(p, kShortBinUnicode, s->data, s->length);
    return put_easy(p, kMemoize);
  }
  const u64 most_bytes = s->length * (s->width_log2() + 2);
  if (most_bytes <= kFewBytes) {
    u8* at = room(p);
    const u64 size = static_cast<u64>(str_write_utf8(s, at + 2) - (at + 2));
    at[0] = kShortBinUnicode;
    at[1] = static_cast<u8>(size);
    p.output_size += 2 + size;
    return put_easy(p, kMemoize);
  }
  put_sized_text(rt, p, v);
  put_put(rt, p, number);
}

// What is written in place, most values by far. False when it takes more than that. There is room for it.
static bool put_simple(Runtime& rt, Pickler& p, Value v) {
  if (v.is_int()) {
    const i64 n = v.as_int();
    if (LISLE_LIKELY(p.binary && n == static_cast<i32>(n)))
      put_small(p, n);
    else
      (void)put_int(rt, p, v);
    return true;
  }
  if (!v.is_object()) {
    if (v.is_none())
      put_easy(p, kNone);
    else if (v.is_bool())
      put_bool(rt, p, v.is_true());
    else if (v.is_double())
      put_float(rt, p, v.as_double());
    else
      return false;
    return true;
  }
  if (v.object()->shape == Runtime::shape_of(TypeId::Str) && p.protocol >= 4 && !p.fast) {
    const i64 number = memo_enter(rt, p, v);
    if (number >= 0)
      put_easy_get(p, number);
    else
      put_new_str(rt, p, v, p.memo.count - 1);
    return true;
  }
  const i64 number = memo_find(p, v);
  if (number < 0) return false;
  put_get(rt, p, number);
  return true;
}

static bool save_simple(Runtime& rt, Pickler& p, Value v) {
  return item_is_easy(rt, p) && put_simple(rt, p, v);
}

// NotImplemented and Ellipsis are written as globals, and remembered like objects.
static Step save_single(Runtime& rt, Pickler& p, Value v) {
  i64 number = memo_find(p, v);
  if (number >= 0) return put_get(rt, p, number), Step::kGoOn;
  return save_other(rt, p, v);
}

// An object that is in no memo and no container that save_nested() writes, or no object.
static Step save_unknown(Runtime& rt, Pickler& p, Value v) {
  if (!v.is_object()) return save_single(rt, p, v);
  switch (v.object()->shape) {
    case Runtime::shape_of(TypeId::Int):
      return put_int(rt, p, v);
    case Runtime::shape_of(TypeId::Float):
      return put_float(rt, p, to<Float>(v)->number), Step::kGoOn;
    case Runtime::shape_of(TypeId::Str):
      return put_str(rt, p, v), Step::kGoOn;
    case Runtime::shape_of(TypeId::Bytes):
      return save_bytes(rt, p, v);
    case Runtime::shape_of(TypeId::ByteArray):
      return save_bytearray(rt, p, v);
    case Runtime::shape_of(TypeId::Set):
    case Runtime::shape_of(TypeId::FrozenSet):
      return save_set_by_list(rt, p, v);
    default:
      return save_other(rt, p, v);
  }
}

Step save(Runtime& rt, Pickler& p, Value v, bool ask_persistent_id) {
  (void)item_is_easy(rt, p);
  if (must_stop(p)) {
    push_job(rt, p, ask_persistent_id ? JobKind::kSave : JobKind::kSavePlain, v);
    return Step::kGoOn;
  }
  if (ask_persistent_id && LISLE_UNLIKELY(!p.persistent_id.is_unbound())) {
    push_job(rt, p, JobKind::kPersistentId, v);
    return ask_call(p, rt, p.persistent_id, {v});
  }
  return put_simple(rt, p, v) ? Step::kGoOn : save_nested(rt, p, v);
}

Step advance_items(Runtime& rt, Pickler& p) {
  const u64 depth = p.job_count;
  const JobKind kind = static_cast<JobKind>(top_job(p).kind.as_int());
  const Value v = top_job(p).a;
  Place place{static_cast<u64>(top_job(p).b.as_int()),
              kind == JobKind::kQuietItems ? 0 : top_job(p).c.as_int()};
  if (kind == JobKind::kQuietItems && place.at == 0 && !open_tuple(rt, p, v)) return pop_job(p), Step::kGoOn;
  for (;;) {
    Value item, after = Value::unbound();
    if (write_items(rt, p, kind, v, place, item, after)) return pop_job(p), Step::kGoOn;
    Job& job = top_job(p);
    job.b = Value::from_int(static_cast<i64>(place.at));
    if (kind != JobKind::kQuietItems) job.c = Value::from_int(place.count);
    if (!after.is_unbound()) push_job(rt, p, JobKind::kSave, after);
    const Step step = is_asked_about(p) ? save(rt, p, item, true) : save_nested(rt, p, item);
    if (step != Step::kGoOn || p.job_count != depth) return step;
  }
}

}  // namespace lisle::rt
