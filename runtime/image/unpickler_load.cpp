// The loop over opcodes: numbers, text, bytes and containers are made here; what makes or fills objects of
// classes is in unpickler_objects.cpp.
#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/image/unpickler.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str_utf8.h"

namespace lisle::rt {

namespace {

// The operand bytes of the opcode in hand. An opcode that finds too few of them asks for more and is begun
// again.
struct Reader {
  const u8* data;
  u64 start, at, end;

  bool has(u64 count) const { return end - at >= count; }
  u64 number(u64 bytes) {
    u64 n = 0;
    std::memcpy(&n, data + at, bytes);
    at += bytes;
    return n;
  }
  std::string_view take(u64 count) {
    std::string_view part{reinterpret_cast<const char*>(data + at), count};
    at += count;
    return part;
  }
};

Value signed_number(Runtime& rt, std::string_view bytes) {
  if (bytes.empty()) return Value::from_int(0);
  bool negative = bytes.back() & 0x80;
  std::vector<u64> limbs((bytes.size() + 7) / 8, negative ? ~u64{0} : 0);
  std::memcpy(limbs.data(), bytes.data(), bytes.size());
  u64 carry = negative ? 1 : 0;
  for (u64& limb : limbs) {
    if (!negative) break;
    limb = ~limb + carry;
    carry = carry && limb == 0;
  }
  return new_int_limbs(rt, limbs.data(), limbs.size(), negative);
}

Step load_text(Runtime& rt, Unpickler& u, std::string_view utf8) {
  if (Str* text = new_str_well_formed(rt, utf8)) {
    push(rt, u, Value::from(text));
    return Step::kGoOn;
  }
  return ask_helper(u, rt, Then::kPush, "_decode",
                    {Value::from(new_bytes(rt, utf8)), Value::from(intern(rt, "utf-8")),
                     Value::from(intern(rt, "surrogatepass"))});
}

// A str of Python 2.
Step load_old_text(Runtime& rt, Unpickler& u, std::string_view bytes) {
  if (!u.encoding.is_unbound() && str_equals(to<Str>(u.encoding), "bytes")) {
    push(rt, u, Value::from(new_bytes(rt, bytes)));
    return Step::kGoOn;
  }
  return ask_helper(u, rt, Then::kPush, "_decode",
                    {Value::from(new_bytes(rt, bytes)), encoding_of(rt, u), errors_of(rt, u)});
}

Step load_tuple(Runtime& rt, Unpickler& u, u64 at) {
  Value tuple = Value::from(new_tuple_from(rt, u.stack ? u.stack->items + at : nullptr, u.stack_size - at));
  if (u.stack) cut_stack(u, at);
  push(rt, u, tuple);
  return Step::kGoOn;
}

Step load_list(Runtime& rt, Unpickler& u) {
  u64 at;
  if (!pop_mark(rt, u, at)) return Step::kRaised;
  Value list = Value::from(new_list_from(rt, u.stack ? u.stack->items + at : nullptr, u.stack_size - at));
  if (u.stack) cut_stack(u, at);
  push(rt, u, list);
  return Step::kGoOn;
}

Step get(Runtime& rt, Unpickler& u, u64 number) {
  Value v = memo_get(u, number);
  if (v.is_unbound()) {
    (void)raise_pickle_error(rt, "UnpicklingError", "Memo value not found at index %llu",
                             static_cast<unsigned long long>(number));
    return Step::kRaised;
  }
  push(rt, u, v);
  return Step::kGoOn;
}

Step put(Runtime& rt, Unpickler& u, u64 number) {
  if (!has_items(rt, u, 1)) return Step::kRaised;
  // Numbers are given out one by one; a far higher one comes from no pickler.
  if (number > u.memo_size + (1 << 20) && number > 2 * u.memo_size) {
    (void)raise_with(rt, TypeId::MemoryError, Value::unbound());
    return Step::kRaised;
  }
  memo_put(rt, u, number, top_item(u));
  return Step::kGoOn;
}

Step bad_key(Runtime& rt, u8 op) {
  if (op >= 0x20 && op < 0x7f && op != '\'' && op != '\\')
    (void)raise_pickle_error(rt, "UnpicklingError", "invalid load key, '%c'.", op);
  else
    (void)raise_pickle_error(rt, "UnpicklingError", "invalid load key, '\\x%02x'.", op);
  return Step::kRaised;
}

Step load_protocol(Runtime& rt, Unpickler& u, u64 protocol) {
  if (protocol > kHighestProtocol) {
    (void)raise(rt, TypeId::ValueError, "unsupported pickle protocol: %d", static_cast<int>(protocol));
    return Step::kRaised;
  }
  u.protocol = static_cast<u32>(protocol);
  return Step::kGoOn;
}

// How many bytes hold the size of the payload; 0: the opcode has none.
u64 size_bytes(u8 op) {
  switch (op) {
    case kShortBinBytes:
    case kShortBinUnicode:
    case kShortBinString:
    case kLong1:
      return 1;
    case kBinBytes:
    case kBinUnicode:
    case kBinString:
    case kLong4:
      return 4;
    case kBinBytes8:
    case kBinUnicode8:
    case kByteArray8:
    case kFrameOp:
      return 8;
    default:
      return 0;
  }
}

// Bytes of operands of fixed size.
u64 operand_bytes(u8 op) {
  switch (op) {
    case kBinInt1:
    case kBinGet:
    case kBinPut:
    case kProto:
    case kExt1:
      return 1;
    case kBinInt2:
    case kExt2:
      return 2;
    case kBinInt:
    case kLongBinGet:
    case kLongBinPut:
    case kExt4:
      return 4;
    case kBinFloat:
      return 8;
    default:
      return 0;
  }
}

bool takes_line(u8 op) {
  return op && std::strchr("FILSVPgpci", op) != nullptr;
}

Step load_payload(Runtime& rt, Unpickler& u, u8 op, std::string_view bytes) {
  switch (op) {
    case kShortBinUnicode:
    case kBinUnicode:
    case kBinUnicode8:
      return load_text(rt, u, bytes);
    case kShortBinBytes:
    case kBinBytes:
    case kBinBytes8:
      push(rt, u, Value::from(new_bytes(rt, bytes)));
      return Step::kGoOn;
    case kByteArray8:
      push(rt, u, Value::from(new_bytearray(rt, bytes)));
      return Step::kGoOn;
    case kShortBinString:
    case kBinString:
      return load_old_text(rt, u, bytes);
    default:
      push(rt, u, signed_number(rt, bytes));
      return Step::kGoOn;
  }
}

Step negative_size(Runtime& rt, u8 op) {
  return refuse(
      rt, op == kLong4 ? "LONG pickle has negative byte count" : "BINSTRING pickle has negative byte count");
}

// Opcodes with a size and a payload. A frame is only made sure to be there.
Step load_sized(Runtime& rt, Unpickler& u, Reader& in, u8 op) {
  u64 header = size_bytes(op);
  if (!in.has(header)) return want_bytes(rt, u, 1 + header);
  u64 size = in.number(header);
  bool is_signed = op == kLong4 || op == kBinString;
  if (is_signed && size > INT32_MAX) return negative_size(rt, op);
  if (size > INT64_MAX) {
    (void)raise(rt, TypeId::OverflowError,
                op == kFrameOp      ? "FRAME length exceeds system's maximum of %zu bytes"
                : op == kByteArray8 ? "BYTEARRAY8 exceeds system's maximum size of %zu bytes"
                : op == kBinBytes8  ? "BINBYTES exceeds system's maximum size of %zu bytes"
                                    : "BINUNICODE exceeds system's maximum size of %zu bytes",
                static_cast<size_t>(INT64_MAX));
    return Step::kRaised;
  }
  if (!in.has(size)) return want_bytes(rt, u, 1 + header + size);
  if (op == kFrameOp) {
    u.position = in.at;
    return Step::kGoOn;
  }
  std::string_view payload = in.take(size);
  u.position = in.at;
  return load_payload(rt, u, op, payload);
}

Step load_operand(Runtime& rt, Unpickler& u, u8 op, u64 n) {
  switch (op) {
    case kBinInt1:
    case kBinInt2:
      push(rt, u, Value::from_int(static_cast<i64>(n)));
      return Step::kGoOn;
    case kBinInt:
      push(rt, u, Value::from_int(static_cast<i32>(n)));
      return Step::kGoOn;
    case kBinFloat:
      push(rt, u, new_float(rt, std::bit_cast<f64>(__builtin_bswap64(n))));
      return Step::kGoOn;
    case kBinGet:
    case kLongBinGet:
      return get(rt, u, n);
    case kBinPut:
    case kLongBinPut:
      return put(rt, u, n);
    case kProto:
      return load_protocol(rt, u, n);
    default:
      return ask_helper(
          u, rt, Then::kPush, "_load_extension",
          {Value::from(&u), Value::from_int(op == kExt4 ? static_cast<i32>(n) : static_cast<i64>(n))});
  }
}

Step load_with_line(Runtime& rt, Unpickler& u, Reader& in, u8 op) {
  const void* end = std::memchr(in.data + in.at, '\n', in.end - in.at);
  u64 lines = op == kGlobal || op == kInst ? 2 : 1;
  if (end && lines == 2) {
    u64 second = static_cast<u64>(static_cast<const u8*>(end) - in.data) + 1;
    end = std::memchr(in.data + second, '\n', in.end - second);
  }
  if (!end) return want_line(rt, u);
  std::string_view text = in.take(static_cast<u64>(static_cast<const u8*>(end) - in.data) - in.at);
  u.position = in.at + 1;
  if (op == kGetText || op == kPutText) {
    u64 number = 0;
    bool digits = !text.empty();
    for (char c : text) {
      digits = digits && c >= '0' && c <= '9' && number < (u64{1} << 58);
      number = number * 10 + static_cast<u64>(c - '0');
    }
    if (op == kPutText && !has_items(rt, u, 1)) return Step::kRaised;
    if (digits) return op == kGetText ? get(rt, u, number) : put(rt, u, number);
    if (text.starts_with("-") && op == kPutText)
      (void)raise(rt, TypeId::ValueError, "negative PUT argument");
    else
      (void)raise(rt, TypeId::ValueError, "invalid literal for int() with base 10: '%.200s\\n'",
                  std::string(text).c_str());
    return Step::kRaised;
  }
  return load_line(rt, u, static_cast<PickleOp>(op), text);
}

Step load_simple(Runtime& rt, Unpickler& u, u8 op) {
  switch (op) {
    case kMark:
      push_mark(rt, u);
      return Step::kGoOn;
    case kNone:
      push(rt, u, Value::none());
      return Step::kGoOn;
    case kNewTrue:
    case kNewFalse:
      push(rt, u, Value::from_bool(op == kNewTrue));
      return Step::kGoOn;
    case kMemoize:
      if (!has_items(rt, u, 1)) return Step::kRaised;
      memo_put(rt, u, u.memo_size, top_item(u));
      return Step::kGoOn;
    case kEmptyList:
      push(rt, u, Value::from(new_list(rt)));
      return Step::kGoOn;
    case kEmptyDict:
      push(rt, u, Value::from(new_dict(rt)));
      return Step::kGoOn;
    case kEmptyTuple:
      push(rt, u, Value::from(rt.empty_tuple));
      return Step::kGoOn;
    case kTuple1:
    case kTuple2:
    case kTuple3: {
      u64 count = op - kTuple1 + 1u;
      return has_items(rt, u, count) ? load_tuple(rt, u, u.stack_size - count) : Step::kRaised;
    }
    case kTupleOp: {
      u64 at;
      return pop_mark(rt, u, at) ? load_tuple(rt, u, at) : Step::kRaised;
    }
    case kListOp:
      return load_list(rt, u);
    case kPop: {
      bool on_mark =
          u.mark_count && static_cast<u64>(u.marks->items[u.mark_count - 1].as_int()) == u.stack_size;
      if (!on_mark && !has_items(rt, u, 1)) return Step::kRaised;
      pop_one(rt, u);
      return Step::kGoOn;
    }
    case kPopMark: {
      u64 at;
      if (!pop_mark(rt, u, at)) return Step::kRaised;
      if (u.stack) cut_stack(u, at);
      return Step::kGoOn;
    }
    case kDup:
      if (!has_items(rt, u, 1)) return Step::kRaised;
      push(rt, u, top_item(u));
      return Step::kGoOn;
    case kStop:
      if (!has_items(rt, u, 1)) return Step::kRaised;
      u.result = top_item(u);
      cut_stack(u, u.stack_size - 1);
      u.finished = true;
      rt.heap.wrote(&u);
      return settle_input(rt, u, Then::kFinished);
    default:
      return load_object(rt, u, static_cast<PickleOp>(op));
  }
}

bool is_known(u8 op) {
  return op != 0 && std::strchr("(.012FIJKLMNPQRSTUVXabcdeghijlopqrstuBCG)]}", op) != nullptr;
}

}  // namespace

Step load_some(Runtime& rt, Unpickler& u) {
  constexpr u64 kPieceBytes = 64 * 1024;  // others get a turn after so many
  const u64 stop = u.position + kPieceBytes;
  while (!u.finished) {
    const Bytes& bytes = *to<Bytes>(u.input);
    if (u.stack) load_plain(rt, u, std::min(stop, bytes.length));
    if (u.position >= stop) return Step::kPause;
    Reader in{bytes.data, u.position, u.position, bytes.length};
    if (!in.has(1)) return want_bytes(rt, u, 1);
    u8 op = in.data[in.at++];
    Step step;
    if (u64 operand = operand_bytes(op)) {
      if (!in.has(operand)) return want_bytes(rt, u, 1 + operand);
      u64 n = in.number(operand);
      u.position = in.at;
      step = load_operand(rt, u, op, n);
    } else if (size_bytes(op)) {
      step = load_sized(rt, u, in, op);
    } else if (takes_line(op)) {
      step = load_with_line(rt, u, in, op);
    } else {
      if (op < 0x80 ? !is_known(op) : op > kReadOnlyBuffer) return bad_key(rt, op);
      u.position = in.at;
      step = load_simple(rt, u, op);
    }
    if (step != Step::kGoOn) return step;
  }
  return Step::kGoOn;
}

}  // namespace lisle::rt
