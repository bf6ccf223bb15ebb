// The opcodes of plain data in one loop, with the state of the machine in registers: numbers, text, bytes,
// tuples, and the exact builtin list and dict. What is rarer, and whatever is wrong, is left to load_some(),
// which does the opcode again in full and raises what has to be raised.
//
// Invariant: a handler that gives up has changed nothing, or what doing it again changes again. The collector
// finds everything all the while, because it looks at the whole arrays of stack and memo, in use or not.
#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/image/unpickler.h"
#include "runtime/support/utf8.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

template <class T>
T number(const u8* at) {
  T n;
  std::memcpy(&n, at, sizeof n);
  return n;
}

// A str of these bytes if all of them are ASCII; else null.
Str* new_str_if_ascii(Runtime& rt, std::string_view bytes) {
  // A large text is looked at and copied by pieces, which are fetched from memory once.
  constexpr u64 kPieceBytes = 16 * 1024;
  if (bytes.size() <= kPieceBytes)
    return ascii_prefix(bytes) == bytes.size() ? new_str_ascii(rt, bytes) : nullptr;
  // Text that is not ASCII shows that soon, as a rule.
  if (ascii_prefix(bytes.substr(0, kPieceBytes)) != kPieceBytes) return nullptr;
  Str* s = new_str_blank(rt, bytes.size(), 0);
  for (u64 at = 0; at < bytes.size(); at += kPieceBytes) {
    const std::string_view piece = bytes.substr(at, kPieceBytes);
    if (ascii_prefix(piece) != piece.size()) return nullptr;
    std::memcpy(s->data + at, piece.data(), piece.size());
  }
  s->aux |= Str::kAscii;
  return s;
}

class PlainLoader {
 public:
  PlainLoader(Runtime& rt, Unpickler& u, u64 stop)
      : rt_(rt),
        u_(u),
        base_(to<Bytes>(u.input)->data),
        at_(base_ + u.position),
        end_(base_ + to<Bytes>(u.input)->length),
        stop_(base_ + stop) {
    read_state();
  }

  void run() {
    while (at_ < stop_ && step()) {
    }
    write_state();
    u_.position = static_cast<u64>(at_ - base_);
  }

 private:
  void read_state() {
    stack_ = u_.stack->items;
    top_ = stack_ + u_.stack_size;
    limit_ = stack_ + u_.stack->capacity;
    fence_ = stack_ + (u_.mark_count ? u_.marks->items[u_.mark_count - 1].as_int() : 0);
  }
  void write_state() { u_.stack_size = static_cast<u64>(top_ - stack_); }

  bool has(u64 count) const { return static_cast<u64>(end_ - at_) > count; }  // behind the opcode
  bool holds(i64 count) const { return top_ - fence_ >= count; }

  // After an allocation the stack may be old.
  bool push_object(Object* o, u64 bytes) {
    *top_++ = Value::from(o);
    rt_.heap.wrote(u_.stack);
    return took(bytes);
  }
  bool push_immediate(Value v, u64 bytes) {
    *top_++ = v;
    return took(bytes);
  }
  bool took(u64 bytes) {
    at_ += bytes;
    return true;
  }

  // One opcode. False: it is somebody else's.
  bool step() {
    if (LISLE_UNLIKELY(top_ == limit_)) return false;
    switch (*at_) {
      case kBinInt1:
        return has(1) && push_immediate(Value::from_int(at_[1]), 2);
      case kBinInt2:
        return has(2) && push_immediate(Value::from_int(number<u16>(at_ + 1)), 3);
      case kBinInt:
        return has(4) && push_immediate(Value::from_int(number<i32>(at_ + 1)), 5);
      case kLong1:
        return load_long();
      case kBinFloat:
        return load_float();
      case kNone:
        return push_immediate(Value::none(), 1);
      case kNewTrue:
        return push_immediate(Value::from_bool(true), 1);
      case kNewFalse:
        return push_immediate(Value::from_bool(false), 1);
      case kShortBinUnicode:
        return has(1) && load_text(2, at_[1]);
      case kBinUnicode:
        return has(4) && load_text(5, number<u32>(at_ + 1));
      case kShortBinBytes:
        return has(1) && load_bytes(2, at_[1]);
      case kBinBytes:
        return has(4) && load_bytes(5, number<u32>(at_ + 1));
      case kMemoize:
        return memoize();
      case kBinGet:
        return has(1) && get(at_[1], 2);
      case kLongBinGet:
        return has(4) && get(number<u32>(at_ + 1), 5);
      case kMark:
        return mark();
      case kEmptyTuple:
        return push_object(rt_.empty_tuple, 1);
      case kEmptyList:
        return push_object(new_list(rt_), 1);
      case kEmptyDict:
        return push_object(new_dict(rt_), 1);
      case kTuple1:
      case kTuple2:
      case kTuple3:
        return make_tuple(*at_ - kTuple1 + 1);
      case kTupleOp:
        return u_.mark_count > 0 && make_tuple(top_ - fence_) && drop_mark();
      case kAppend:
        return holds(2) && append(top_ - 1);
      case kAppends:
        return u_.mark_count > 0 && append(fence_) && drop_mark();
      case kSetItem:
        return holds(3) && set_items(top_ - 2);
      case kSetItems:
        return u_.mark_count > 0 && set_items(fence_) && drop_mark();
      default:
        return false;
    }
  }

  bool load_long() {
    if (!has(1)) return false;
    const u8 bytes = at_[1];
    if (bytes == 0 || bytes > 7 || !has(1u + bytes)) return false;
    u64 n = 0;
    std::memcpy(&n, at_ + 2, bytes);
    const int unused = 64 - 8 * bytes;
    return push_immediate(Value::from_int(static_cast<i64>(n << unused) >> unused), 2u + bytes);
  }

  bool load_float() {
    if (!has(8)) return false;
    *top_++ = new_float(rt_, std::bit_cast<f64>(__builtin_bswap64(number<u64>(at_ + 1))));
    rt_.heap.wrote(u_.stack);
    return took(9);
  }

  bool load_text(u64 header, u64 size) {
    if (!has(header - 1 + size)) return false;
    const std::string_view utf8{reinterpret_cast<const char*>(at_ + header), size};
    Str* text = new_str_if_ascii(rt_, utf8);
    return text && push_object(text, header + size);
  }

  bool load_bytes(u64 header, u64 size) {
    if (!has(header - 1 + size)) return false;
    return push_object(new_bytes(rt_, {reinterpret_cast<const char*>(at_ + header), size}), header + size);
  }

  bool memoize() {
    if (!holds(1) || !u_.memo || u_.memo_size == u_.memo->capacity) return false;
    Value& slot = u_.memo->items[u_.memo_size];
    if (!slot.is_unbound()) return false;
    ++u_.memo_size;
    slot = top_[-1];
    rt_.heap.wrote(u_.memo);
    return took(1);
  }

  bool get(u64 place, u64 bytes) {
    const Value v = memo_get(u_, place);
    if (v.is_unbound()) return false;
    *top_++ = v;
    rt_.heap.wrote(u_.stack);
    return took(bytes);
  }

  bool mark() {
    if (!u_.marks || u_.mark_count == u_.marks->capacity) return false;
    u_.marks->items[u_.mark_count++] = Value::from_int(top_ - stack_);
    fence_ = top_;
    return took(1);
  }

  bool drop_mark() {
    --u_.mark_count;
    fence_ = stack_ + (u_.mark_count ? u_.marks->items[u_.mark_count - 1].as_int() : 0);
    return true;
  }

  bool make_tuple(i64 count) {
    if (!holds(count)) return false;
    Tuple* tuple = new_tuple_from(rt_, top_ - count, static_cast<u64>(count));
    top_ -= count;
    return push_object(tuple, 1);
  }

  // The container below `first`, if it is one of that exact class.
  template <class T>
  T* container(const Value* first, TypeId type) const {
    if (first == stack_) return nullptr;
    const Value v = first[-1];
    return v.is_object() && v.object()->shape == rt_.shape_of(type) ? to<T>(v) : nullptr;
  }
  // The mark before the last one bounds what the items of the last one are for.
  bool is_reachable(const Value* first) const {
    const u64 below = first == fence_ ? 2 : 1;
    return u_.mark_count < below || u_.marks->items[u_.mark_count - below].as_int() < first - stack_;
  }

  bool append(Value* first) {
    List* list = container<List>(first, TypeId::List);
    if (!list || !is_reachable(first)) return false;
    const u64 count = static_cast<u64>(top_ - first), size = list->size + count;
    const u64 capacity = list->items ? list->items->capacity : 0;
    if (size > capacity)
      list_resize_storage(rt_, *list, list->size ? std::max(size, capacity * 3 / 2) : size);
    if (count > 0) {
      std::memcpy(list->items->items + list->size, first, count * sizeof(Value));
      rt_.heap.wrote(list->items);
    }
    list->size = size;
    top_ = first;
    return took(1);
  }

  bool set_items(Value* first) {
    Dict* dict = container<Dict>(first, TypeId::Dict);
    const i64 count = top_ - first;
    if (!dict || count % 2 || !is_reachable(first)) return false;
    if (count > 2) dict_reserve(rt_, *dict, dict->used + static_cast<u64>(count) / 2);
    for (const Value* item = first; item != top_; item += 2)
      if (!dict_set_pure(rt_, *dict, item[0], item[1])) return false;
    top_ = first;
    return took(1);
  }

  Runtime& rt_;
  Unpickler& u_;
  const u8* const base_;
  const u8* at_;
  const u8* const end_;
  const u8* const stop_;
  Value *stack_, *top_, *limit_, *fence_;
};

}  // namespace

void load_plain(Runtime& rt, Unpickler& u, u64 stop) {
  PlainLoader(rt, u, stop).run();
}

}  // namespace lisle::rt
