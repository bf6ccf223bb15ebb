// How plain data is pickled: numbers, text, bytes, and the builtin containers. The order of opcodes is
// CPython's, byte for byte.
#include <cstring>
#include <string>

#include "runtime/image/pickler.h"
#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"

namespace lisle::rt {

static Step save_unknown(Runtime& rt, Pickler& p, Value v);

namespace {

template <size_t N>
void put_text(Runtime& rt, Pickler& p, const char (&text)[N]) {
  put_bytes(rt, p, text, N - 1);
}

void put_bool(Runtime& rt, Pickler& p, bool b) {
  if (p.protocol >= 2) return put_op(rt, p, b ? kNewTrue : kNewFalse);
  if (b)
    put_text(rt, p, "I01\n");
  else
    put_text(rt, p, "I00\n");
}

void put_small(Runtime& rt, Pickler& p, i64 n) {
  u8 code[5];
  std::memcpy(code + 1, &n, 4);
  if (n >= 0 && n < 0x100) {
    code[0] = kBinInt1;
    return put_bytes(rt, p, code, 2);
  }
  if (n >= 0 && n < 0x10000) {
    code[0] = kBinInt2;
    return put_bytes(rt, p, code, 3);
  }
  code[0] = kBinInt;
  put_bytes(rt, p, code, 5);
}

// The fewest bytes of the two's complement of `v`, least significant first.
std::string signed_bytes(Value v) {
  u64 single;
  const u64* limbs = &single;
  u64 count = 1;
  bool negative = int_is_negative(v);
  if (v.is_int()) {
    single = static_cast<u64>(negative ? -v.as_int() : v.as_int());
  } else {
    limbs = to<Int>(v)->limbs;
    count = to<Int>(v)->limb_count();
  }
  std::string out;
  u64 borrow = negative ? 1 : 0;
  for (u64 i = 0; i < count; ++i) {
    u64 word = negative ? ~limbs[i] + borrow : limbs[i];
    if (negative) borrow = borrow && word == 0;
    out.append(reinterpret_cast<const char*>(&word), 8);
  }
  char sign = negative ? '\xff' : '\0';
  out += sign;
  while (out.size() > 1 && out.back() == sign && ((out[out.size() - 2] & 0x80) != 0) == negative)
    out.pop_back();
  return out;
}

Step put_int(Runtime& rt, Pickler& p, Value v) {
  i64 n;
  if (int_to_i64(v, n) && n == static_cast<i32>(n)) {
    if (p.binary) {
      put_small(rt, p, n);
    } else {
      std::string text = "I" + std::to_string(n) + "\n";
      put_bytes(rt, p, text.data(), text.size());
    }
    return Step::kGoOn;
  }
  if (p.protocol < 2) {
    std::string digits;
    if (int_to_digits(rt, v, 10, digits).is_raised()) return Step::kRaised;
    digits = "L" + digits + "L\n";
    put_bytes(rt, p, digits.data(), digits.size());
    return Step::kGoOn;
  }
  std::string bytes = signed_bytes(v);
  u8 header[5] = {bytes.size() < 256 ? kLong1 : kLong4};
  u32 size = static_cast<u32>(bytes.size());
  std::memcpy(header + 1, &size, 4);
  put_payload(rt, p, header, bytes.size() < 256 ? 2 : 5, bytes);
  return Step::kGoOn;
}

void put_float(Runtime& rt, Pickler& p, f64 d) {
  if (!p.binary) {
    std::string text = "F" + double_repr(d) + "\n";
    return put_bytes(rt, p, text.data(), text.size());
  }
  u8 code[9] = {kBinFloat};
  u64 bits = __builtin_bswap64(std::bit_cast<u64>(d));
  std::memcpy(code + 1, &bits, 8);
  put_bytes(rt, p, code, 9);
}

// Header and bytes of a str or bytes, whose opcodes for sizes of 1, 4 and 8 bytes are given; 0: none.
void put_sized(Runtime& rt, Pickler& p, u8 op1, u8 op4, u8 op8, std::string_view bytes) {
  u8 header[9];
  u64 size = bytes.size(), header_size = 5;
  header[0] = op4;
  if (op1 && size < 256) {
    header[0] = op1;
    header_size = 2;
  } else if (size > 0xffffffff || !op4) {
    header[0] = op8;
    header_size = 9;
  }
  std::memcpy(header + 1, &size, header_size - 1);
  put_payload(rt, p, header, header_size, bytes);
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
    put_sized(rt, p, kShortBinBytes, kBinBytes, kBinBytes8, bytes);
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
    put_sized(rt, p, 0, 0, kByteArray8, bytes);
    put_memo(rt, p, v);
    return Step::kGoOn;
  }
  Value copy = bytes.empty() ? Value::unbound() : Value::from(new_bytes(rt, bytes));
  return save_reduction(rt, p, class_call(rt, TypeId::ByteArray, copy), v);
}

Step save_list(Runtime& rt, Pickler& p, Value v) {
  if (p.binary)
    put_op(rt, p, kEmptyList);
  else
    put_text(rt, p, "(l");
  put_memo(rt, p, v);
  List& list = *to<List>(v);
  if (list.size == 0) return Step::kGoOn;
  if (p.binary && list.size == 1) {
    push_job(rt, p, JobKind::kOpcode, Value(), Value::from_int(kAppend));
    push_job(rt, p, JobKind::kSave, list.items->items[0]);
    return Step::kGoOn;
  }
  if (p.binary) put_mark(rt, p);
  push_job(rt, p, JobKind::kListItems, v);
  return Step::kGoOn;
}

Step save_dict(Runtime& rt, Pickler& p, Value v) {
  if (p.binary)
    put_op(rt, p, kEmptyDict);
  else
    put_text(rt, p, "(d");
  put_memo(rt, p, v);
  Dict& dict = *to<Dict>(v);
  if (dict.used == 0) return Step::kGoOn;
  if (p.binary && dict.used > 1) put_mark(rt, p);
  push_job(rt, p, JobKind::kDictItems, v, Value(), Value::from_int(p.binary && dict.used == 1 ? -1 : 0));
  return Step::kGoOn;
}

Step save_set(Runtime& rt, Pickler& p, Value v) {
  Set& set = *to<Set>(v);
  bool frozen = is_frozenset(rt, set);
  if (p.protocol < 4) {
    List* items = new_list(rt, set.used);
    u64 at = 0;
    Value key;
    i64 hash;
    while (set_next(set, at, key, hash)) list_append(rt, *items, key);
    return save_reduction(rt, p, class_call(rt, frozen ? TypeId::FrozenSet : TypeId::Set, Value::from(items)),
                          v);
  }
  if (frozen) {
    put_mark(rt, p);
    push_job(rt, p, JobKind::kFrozenEnd, v);
  } else {
    put_op(rt, p, kEmptySet);
    put_memo(rt, p, v);
    if (set.used == 0) return Step::kGoOn;
    put_mark(rt, p);
  }
  push_job(rt, p, JobKind::kSetItems, v, Value(), Value::from_int(frozen ? -1 : 0));
  return Step::kGoOn;
}

Step save_tuple(Runtime& rt, Pickler& p, Value v) {
  u64 size = to<Tuple>(v)->size;
  if (size == 0) {
    if (p.binary)
      put_op(rt, p, kEmptyTuple);
    else
      put_text(rt, p, "(t");
    return Step::kGoOn;
  }
  if (size > 3 || p.protocol < 2) put_mark(rt, p);
  push_job(rt, p, JobKind::kTupleItems, v);
  return Step::kGoOn;
}

// All items of a tuple are written. One that contains itself was remembered meanwhile: what was written is
// dropped again.
void finish_tuple(Runtime& rt, Pickler& p, Value v, bool quiet) {
  u64 size = to<Tuple>(v)->size;
  bool counted = size <= 3 && p.protocol >= 2;
  i64 number = quiet || p.fast ? -1 : memo_find(p, v);
  if (number >= 0) {
    if (!counted && p.binary)
      put_op(rt, p, kPopMark);
    else
      for (u64 i = 0; i < size + !counted; ++i) put_op(rt, p, kPop);
    return put_get(rt, p, number);
  }
  put_op(rt, p, counted ? static_cast<PickleOp>(kTuple1 + size - 1) : kTupleOp);
  if (!quiet) put_memo(rt, p, v);
}

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

constexpr u64 kFastNesting = 50;

Step save_container(Runtime& rt, Pickler& p, Value v) {
  if (p.fast && p.job_count > kFastNesting && refuse_cycle(rt, p, v) == Step::kRaised) return Step::kRaised;
  switch (v.object()->kind) {
    case Kind::List:
      return save_list(rt, p, v);
    case Kind::Dict:
      return save_dict(rt, p, v);
    case Kind::Tuple:
      return save_tuple(rt, p, v);
    case Kind::Set:
      return save_set(rt, p, v);
    default:
      return save_bytearray(rt, p, v);
  }
}

// A value that save_simple() has not written. Where it has looked into the memo already, that is not done
// again.
Step save_new(Runtime& rt, Pickler& p, Value v) {
  if (!p.persistent_id.is_unbound() || p.flush_due) return save(rt, p, v, true);
  return save_unknown(rt, p, v);
}

// --- items of containers: each function goes on until an item needs a job of its own

Step list_items(Runtime& rt, Pickler& p) {
  Value v = top_job(p).a;
  List& list = *to<List>(v);
  u64 at = static_cast<u64>(top_job(p).b.as_int()), count = static_cast<u64>(top_job(p).c.as_int());
  for (;;) {
    bool ends = at >= list.size;
    if (!p.binary) {
      if (count) put_op(rt, p, kAppend);
      count = 0;
    } else if (ends || count == kBatchSize) {
      put_op(rt, p, kAppends);
      if (!ends) put_mark(rt, p);
      count = 0;
    }
    if (ends) {
      pop_job(p);
      return Step::kGoOn;
    }
    Value item = list.items->items[at++];
    ++count;
    if (save_simple(rt, p, item)) continue;
    top_job(p).b = Value::from_int(static_cast<i64>(at));
    top_job(p).c = Value::from_int(static_cast<i64>(count));
    return save_new(rt, p, item);
  }
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

// A count of -1 marks the only pair of a dict, which is set without a mark.
Step dict_items(Runtime& rt, Pickler& p) {
  Value v = top_job(p).a;
  Dict& dict = *to<Dict>(v);
  u64 at = static_cast<u64>(top_job(p).b.as_int());
  i64 count = top_job(p).c.as_int();
  bool one_by_one = !p.binary || count < 0;
  for (;;) {
    Value key, value;
    if (one_by_one && at > 0) put_op(rt, p, kSetItem);
    bool more = dict_next(dict, at, key, value);
    if (!one_by_one) count = end_batch(rt, p, count, more, kSetItems);
    if (!more) {
      pop_job(p);
      return Step::kGoOn;
    }
    if (!one_by_one) ++count;
    bool key_done = save_simple(rt, p, key);
    if (key_done && save_simple(rt, p, value)) continue;
    top_job(p).b = Value::from_int(static_cast<i64>(at));
    top_job(p).c = Value::from_int(count);
    if (key_done) return save_new(rt, p, value);
    push_job(rt, p, JobKind::kSave, value);
    return save_new(rt, p, key);
  }
}

// A count of -1 marks a frozenset, which has no batches.
Step set_items(Runtime& rt, Pickler& p) {
  Value v = top_job(p).a;
  Set& set = *to<Set>(v);
  u64 at = static_cast<u64>(top_job(p).b.as_int());
  i64 count = top_job(p).c.as_int();
  for (;;) {
    Value key;
    i64 hash;
    bool more = set_next(set, at, key, hash);
    if (count >= 0) count = end_batch(rt, p, count, more, kAddItems);
    if (!more) {
      pop_job(p);
      return Step::kGoOn;
    }
    if (count >= 0) ++count;
    if (save_simple(rt, p, key)) continue;
    top_job(p).b = Value::from_int(static_cast<i64>(at));
    top_job(p).c = Value::from_int(count);
    return save_new(rt, p, key);
  }
}

Step frozen_end(Runtime& rt, Pickler& p) {
  Value v = top_job(p).a;
  pop_job(p);
  i64 number = p.fast ? -1 : memo_find(p, v);
  if (number >= 0) {
    put_op(rt, p, kPopMark);
    put_get(rt, p, number);
    return Step::kGoOn;
  }
  put_op(rt, p, kFrozenSet);
  put_memo(rt, p, v);
  return Step::kGoOn;
}

Step tuple_items(Runtime& rt, Pickler& p) {
  Job& job = top_job(p);
  Value v = job.a;
  bool quiet = job.kind.as_int() == static_cast<i64>(JobKind::kQuietItems);
  Tuple& tuple = *to<Tuple>(v);
  if (quiet && job.b.as_int() == 0) {
    if (tuple.size == 0) return pop_job(p), put_op(rt, p, kEmptyTuple), Step::kGoOn;
    if (tuple.size > 3) put_mark(rt, p);
  }
  for (u64 at = static_cast<u64>(job.b.as_int()); at < tuple.size;) {
    Value item = tuple.items[at++];
    if (save_simple(rt, p, item)) continue;
    top_job(p).b = Value::from_int(static_cast<i64>(at));
    return save_new(rt, p, item);
  }
  pop_job(p);
  finish_tuple(rt, p, v, quiet);
  return Step::kGoOn;
}

}  // namespace

void put_str(Runtime& rt, Pickler& p, Value v) {
  Str* s = to<Str>(v);
  if (!p.binary) {
    put_escaped(rt, p, s);
  } else {
    TextBuffer scratch;
    std::string_view utf8 = s->is_ascii() ? s->latin1() : str_utf8(s, scratch);
    put_sized(rt, p, p.protocol >= 4 ? kShortBinUnicode : 0, kBinUnicode, kBinUnicode8, utf8);
  }
  put_memo(rt, p, v);
}

// What is written in place, most values by far. False when it takes more than that.
bool save_simple(Runtime& rt, Pickler& p, Value v) {
  if (LISLE_UNLIKELY(!p.persistent_id.is_unbound())) return false;
  opcode_boundary(p);
  if (LISLE_UNLIKELY(p.flush_due)) return false;
  if (v.is_int()) {
    if (!p.binary || v.as_int() != static_cast<i32>(v.as_int())) return put_int(rt, p, v) == Step::kGoOn;
    put_small(rt, p, v.as_int());
    return true;
  }
  if (v.is_none()) {
    put_op(rt, p, kNone);
    return true;
  }
  if (v.is_bool()) {
    put_bool(rt, p, v.is_true());
    return true;
  }
  if (v.is_double()) {
    put_float(rt, p, v.as_double());
    return true;
  }
  if (!v.is_object()) return false;
  i64 number = memo_find(p, v);
  if (number >= 0) {
    put_get(rt, p, number);
    return true;
  }
  if (v.object()->kind == Kind::Str && v.object()->shape == rt.shape_of(TypeId::Str)) {
    put_str(rt, p, v);
    return true;
  }
  return false;
}

// NotImplemented and Ellipsis are written as globals, and remembered like objects.
static Step save_single(Runtime& rt, Pickler& p, Value v) {
  i64 number = memo_find(p, v);
  if (number >= 0) return put_get(rt, p, number), Step::kGoOn;
  return save_other(rt, p, v);
}

// A value that is no object of the memo.
static Step save_unknown(Runtime& rt, Pickler& p, Value v) {
  if (v.is_int()) return put_int(rt, p, v);
  if (v.is_none()) return put_op(rt, p, kNone), Step::kGoOn;
  if (v.is_bool()) return put_bool(rt, p, v.is_true()), Step::kGoOn;
  if (v.is_double()) return put_float(rt, p, v.as_double()), Step::kGoOn;
  if (!v.is_object()) return save_single(rt, p, v);
  ShapeId shape = v.object()->shape;
  if (shape == rt.shape_of(TypeId::Int)) return put_int(rt, p, v);
  if (shape == rt.shape_of(TypeId::Float)) return put_float(rt, p, to<Float>(v)->number), Step::kGoOn;
  if (shape == rt.shape_of(TypeId::Str)) return put_str(rt, p, v), Step::kGoOn;
  if (shape == rt.shape_of(TypeId::Bytes)) return save_bytes(rt, p, v);
  for (TypeId id :
       {TypeId::Dict, TypeId::List, TypeId::Tuple, TypeId::Set, TypeId::FrozenSet, TypeId::ByteArray})
    if (shape == rt.shape_of(id)) return save_container(rt, p, v);
  return save_other(rt, p, v);
}

Step save(Runtime& rt, Pickler& p, Value v, bool ask_persistent_id) {
  opcode_boundary(p);
  if (p.flush_due) {
    push_job(rt, p, ask_persistent_id ? JobKind::kSave : JobKind::kSavePlain, v);
    return Step::kGoOn;
  }
  if (ask_persistent_id && LISLE_UNLIKELY(!p.persistent_id.is_unbound())) {
    push_job(rt, p, JobKind::kPersistentId, v);
    return ask_call(p, rt, p.persistent_id, {v});
  }
  if (v.is_object()) {
    i64 number = memo_find(p, v);
    if (number >= 0) return put_get(rt, p, number), Step::kGoOn;
  }
  return save_unknown(rt, p, v);
}

Step advance_items(Runtime& rt, Pickler& p) {
  switch (static_cast<JobKind>(top_job(p).kind.as_int())) {
    case JobKind::kListItems:
      return list_items(rt, p);
    case JobKind::kDictItems:
      return dict_items(rt, p);
    case JobKind::kSetItems:
      return set_items(rt, p);
    case JobKind::kFrozenEnd:
      return frozen_end(rt, p);
    default:
      return tuple_items(rt, p);
  }
}

}  // namespace lisle::rt
