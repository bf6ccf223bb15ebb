// Loops: ranges, lists and generators are driven here, every other iterator by rt::next.
#include "runtime/protocols/iterate.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"
#include "vm/interp/compiled.h"
#include "vm/interp/generators.h"
#include "vm/interp/numbers.h"
#include "vm/interp/step.h"
#include "vm/interp/window.h"

namespace lisle::interp {

namespace {

// What the instruction `word`, a ForIter or a Send, sends into its generator.
inline Value sent_by(Frame* f, u64 word) {
  return op_of(word) == static_cast<u32>(Op::Send) ? reg(f, c_of(word)) : Value::none();
}

// A generator, or with a Send a coroutine, that can simply be resumed.
inline bool resumes_plainly(Thread* t, Frame* f, rt::Generator* g, u64 word) {
  u32 kinds = rt::kCodeGenerator | (op_of(word) == static_cast<u32>(Op::Send) ? rt::kCodeCoroutine : 0);
  bool ready = g->state == rt::GeneratorState::kSuspended ||
               (g->state == rt::GeneratorState::kCreated && sent_by(f, word).is_none());
  return ready && f->depth() < t->depth_limit && function_of(g->frame())->code->flags & kinds;
}

}  // namespace

ASK(GetIter, store, rt::iter(world(t), *f, reg(f, b_of(word))))
HANDLER(GetIter) {
  Value v = reg(f, b_of(word));
  // A generator is its own iterator.
  if (rt::is_kind(v, rt::Kind::Generator) &&
      function_of(static_cast<rt::Generator*>(v.object())->frame())->code->flags & rt::kCodeGenerator) {
    reg(f, a_of(word)) = v;
    NEXT(0);
  }
  SLOW(store, rt::iter(world(t), *f, v));
}

// The generator of the instruction at `pc` runs until it yields or ends.
__attribute__((noinline)) static LISLE_CODE void resume_in_place(Frame* f, Thread* t, u64 pc, u64 ret, u64) {
  u64 word = *at(pc);
  auto* g = static_cast<rt::Generator*>(reg(f, b_of(word)).object());
  Value sent = sent_by(f, word);
  f->pc = pc;
  bool fresh = g->state == rt::GeneratorState::kCreated;
  Entry compiled = resumption_of(t, g->frame());
  link_generator(t, g, f, reinterpret_cast<Entry>(ret), callees_of(f));
  g->yielded_from = Value::none();
  f = g->frame();
  u64 resume = f->pc;
  u64 k = constants_of(f);
  if (fresh) LISLE_TAIL function_of(f)->code->entry(f, t, resume, k, *at(resume));
  reg(f, a_of(*at(resume))) = sent;
  if (compiled) LISLE_TAIL compiled(f, t, resume + 8, k, 0);
  GO(resume + 8);
}

LISLE_CODE void call_generator(Frame* f, Thread* t, u64 pc, u64 ret, u64) {
  auto* g = rt::as<rt::Generator>(reg(f, b_of(true_word(f, pc))));
  if (LISLE_LIKELY(g && resumes_plainly(t, f, g, true_word(f, pc))))
    LISLE_TAIL resume_in_place(f, t, pc, ret, 0);
  u64 k = constants_of(f);
  GO(pc);
}

namespace {

// The entry at the place of a dict's iterator, which goes on; null when there is more to say.
const Value* stored_entry(rt::Iterator& it) {
  auto* dict = rt::as<rt::Dict>(it.source);
  u64 at = static_cast<u64>(it.a.as_int());
  if (!dict || at >= dict->filled || rt::packed_left(it.b) == 0) return nullptr;
  if ((dict->used & rt::kPackedMask) != rt::packed_size(it.b)) return nullptr;
  const Value* entry = &dict->entries->items[at * rt::Dict::kEntryWords];
  if (entry[1].is_unbound()) return nullptr;
  it.a = Value::from_bits(it.a.bits() + 4);
  it.b = Value::from_bits(it.b.bits() - 4);
  return entry;
}

Value stored_key(rt::Iterator& it) {
  auto* set = rt::as<rt::Set>(it.source);
  if (!set || !set->keys || rt::packed_left(it.b) == 0) return Value::unbound();
  if ((set->used & rt::kPackedMask) != rt::packed_size(it.b)) return Value::unbound();
  const Value* keys = set->keys->items;
  for (u64 at = static_cast<u64>(it.a.as_int()); at <= set->mask; ++at) {
    if (!rt::Set::is_key(keys[at])) continue;
    it.a = Value::from_int(static_cast<i64>(at) + 1);
    it.b = Value::from_bits(it.b.bits() - 4);
    return keys[at];
  }
  return Value::unbound();
}

// The next number of a range, which is not at its end.
inline Value range_item(rt::Iterator& it) {
  Value current = it.a;
  // Words with a zero tag add and subtract as they are.
  it.b = Value::from_bits(it.b.bits() - 4);
  it.a = Value::from_bits(current.bits() + it.source.bits());
  return current;
}

// The next item where it simply lies there; unbound in every other case, the end included, which the
// iterator's step function knows.
inline Value stored_item(Runtime& rt, rt::Iterator& it) {
  u64 at = static_cast<u64>(it.a.as_int());
  Value item = Value::unbound();
  switch (static_cast<TypeId>(it.type_id)) {
    case TypeId::RangeIterator:
      return it.b.as_int() > 0 ? range_item(it) : item;
    case TypeId::ListIterator:
      if (auto* list = rt::as<rt::List>(it.source); list && at < list->size) item = list->items->items[at];
      break;
    case TypeId::TupleIterator:
      if (auto* tuple = rt::as<rt::Tuple>(it.source); tuple && at < tuple->size) item = tuple->items[at];
      break;
    case TypeId::StrIterator:
      if (auto* s = rt::as<rt::Str>(it.source); s && at < s->length && s->width_log2() == 0) {
        if (rt::Str* one = rt.latin1_chars[s->data[at]]) item = Value::from(one);
      }
      break;
    case TypeId::BytesIterator:
      if (auto* bytes = rt::as<rt::Bytes>(it.source); bytes && at < bytes->length)
        item = Value::from_int(bytes->data[at]);
      break;
    case TypeId::ByteArrayIterator:
      if (auto* bytes = rt::as<rt::ByteArray>(it.source); bytes && at < bytes->size)
        item = Value::from_int(bytes->storage->bytes[at]);
      break;
    case TypeId::ListReverseIterator:
      if (auto* list = rt::as<rt::List>(it.source); list && at < list->size) {
        it.a = Value::from_bits(it.a.bits() - 4);
        return list->items->items[at];
      }
      return item;
    case TypeId::DictKeyIterator: {
      const Value* entry = stored_entry(it);
      return entry ? entry[1] : item;
    }
    case TypeId::DictValueIterator: {
      const Value* entry = stored_entry(it);
      return entry ? entry[2] : item;
    }
    case TypeId::SetIterator:
      return stored_key(it);
    default:
      return item;
  }
  if (!item.is_unbound()) it.a = Value::from_bits(it.a.bits() + 4);
  return item;
}

// The next pair of dict.items(), enumerate or zip where both parts simply lie there.
struct Pair {
  Value first = Value::unbound(), second;
};

Pair zipped_pair(Runtime& rt, rt::Iterator& it) {
  auto* parts = rt::as<rt::Tuple>(it.source);
  if (!parts || parts->size != 2 || it.a.is_true()) return {};
  auto *left = rt::as<rt::Iterator>(parts->items[0]), *right = rt::as<rt::Iterator>(parts->items[1]);
  if (!left || !right) return {};
  Value place = left->a, rest = left->b;
  Value first = stored_item(rt, *left);
  if (first.is_unbound()) return {};
  Value second = stored_item(rt, *right);
  if (!second.is_unbound()) return {first, second};
  // The first iterator goes back: its item is for the step function.
  left->a = place;
  left->b = rest;
  return {};
}

Pair stored_pair(Runtime& rt, rt::Iterator& it) {
  switch (static_cast<TypeId>(it.type_id)) {
    case TypeId::DictItemIterator: {
      const Value* entry = stored_entry(it);
      return entry ? Pair{entry[1], entry[2]} : Pair{};
    }
    case TypeId::Enumerate: {
      auto* inner = rt::as<rt::Iterator>(it.source);
      if (!inner || !it.a.is_int() || it.a.as_int() == rt::kSmallIntMax) return {};
      Value item = stored_item(rt, *inner);
      if (item.is_unbound()) return {};
      Value number = it.a;
      it.a = Value::from_bits(number.bits() + 4);
      return {number, item};
    }
    case TypeId::Zip:
      return zipped_pair(rt, it);
    default:
      return {};
  }
}

// The next item of any iterator, or `exhausted`.
Result next_item(Thread* t, Frame* f, Value v) {
  auto* it = rt::as<rt::Iterator>(v);
  if (!it || it->shape != Runtime::shape_of(static_cast<TypeId>(it->type_id)))
    return rt::next(world(t), *f, v);
  Value item = stored_item(world(t), *it);
  if (!item.is_unbound()) return item;
  return rt::next_function(static_cast<TypeId>(it->type_id))(world(t), *f, *it);
}

}  // namespace

ASK(ForIter, for_iter, next_item(t, f, reg(f, b_of(word))))

// Other iterators, and those at their end. Native ones that yield at once do not pass the finisher.
__attribute__((noinline)) static LISLE_CODE void other_ForIter(HANDLER_ARGS) {
  Value v = reg(f, b_of(word));
  auto* it = rt::as<rt::Iterator>(v);
  if (!it) {
    if (auto* function = special_function(t, v, rt::Special::Next, 1)) {
      RECORD(kSawProgram);
      CALL_ABOVE(function, cont_for_iter, Frame::kMakesItem, v);
    }
  }
  ENTER_CPP();
  if (LISLE_UNLIKELY(!it || it->shape != Runtime::shape_of(static_cast<TypeId>(it->type_id))))
    FINISH(for_iter, rt::next(world(t), *f, v));
  Result r = rt::next_function(static_cast<TypeId>(it->type_id))(world(t), *f, *it);
  if (LISLE_UNLIKELY(!r.is_value() || r.value().is_exhausted())) FINISH(for_iter, r);
  reg(f, a_of(word)) = r.value();
  NEXT(1);
}

u32 store_pair(Frame* f, Thread* t, u64 iterator, u64 pc) {
  auto* it = rt::as<rt::Iterator>(Value::from_bits(iterator));
  if (!it || it->shape != Runtime::shape_of(static_cast<TypeId>(it->type_id))) return false;
  Pair pair = stored_pair(world(t), *it);
  if (pair.first.is_unbound()) return false;
  u32 base = a_of(at(pc)[2]);
  reg(f, base) = pair.first;
  reg(f, base + 1) = pair.second;
  return true;
}

// Iterators of pairs. Where the pair is unpacked by the next instruction and has no other use, none is made.
__attribute__((noinline)) static LISLE_CODE void pair_ForIter(HANDLER_ARGS) {
  auto* it = static_cast<rt::Iterator*>(reg(f, b_of(word)).object());
  Pair pair = stored_pair(world(t), *it);
  if (LISLE_UNLIKELY(pair.first.is_unbound())) LISLE_TAIL other_ForIter(f, t, pc, k, word);
  if (LISLE_LIKELY(c_of(word) == kUnpacksPair)) {
    u32 base = a_of(at(pc)[2]);
    reg(f, base) = pair.first;
    reg(f, base + 1) = pair.second;
    NEXT(2);
  }
  ENTER_CPP();
  const Value items[] = {pair.first, pair.second};
  reg(f, a_of(word)) = Value::from(rt::new_tuple_from(world(t), items, 2));
  NEXT(1);
}

__attribute__((noinline)) static LISLE_CODE void slow_ForIter(HANDLER_ARGS) {
  Value v = reg(f, b_of(word));
  // Frames that an image brought may hold anything.
  if (LISLE_LIKELY(rt::is_kind(v, rt::Kind::Iterator))) {
    auto* it = static_cast<rt::Iterator*>(v.object());
    Value item = stored_item(world(t), *it);
    if (LISLE_LIKELY(!item.is_unbound())) {
      reg(f, a_of(word)) = item;
      NEXT(1);
    }
    if (it->shape == Runtime::shape_of(TypeId::DictItemIterator) ||
        it->shape == Runtime::shape_of(TypeId::Enumerate) || it->shape == Runtime::shape_of(TypeId::Zip))
      LISLE_TAIL pair_ForIter(f, t, pc, k, word);
  }
  LISLE_TAIL other_ForIter(f, t, pc, k, word);
}

HANDLER(ForIter) {
  Value v = reg(f, b_of(word));
  if (LISLE_LIKELY(v.is_object())) {
    rt::Object* o = v.object();
    // Nothing is a subclass of the iterator of a range: its shape says all.
    if (LISLE_LIKELY(o->shape == Runtime::shape_of(TypeId::RangeIterator))) {
      auto* it = static_cast<rt::Iterator*>(o);
      RECORD(kSawRange);
      if (LISLE_UNLIKELY(it->b.as_int() <= 0)) JUMP(1, target_of(pc));
      reg(f, a_of(word)) = range_item(*it);
      NEXT(1);
    }
    if (LISLE_LIKELY(o->kind == rt::Kind::Iterator)) {
      auto* it = static_cast<rt::Iterator*>(o);
      if (it->type_id == static_cast<u64>(TypeId::ListIterator)) {
        RECORD(kSawList);
        if (LISLE_UNLIKELY(!it->source.is_object())) GO_SLOW(ForIter);
        auto* list = static_cast<rt::List*>(it->source.object());
        u64 index = static_cast<u64>(it->a.as_int());
        if (LISLE_LIKELY(index < list->size)) {
          it->a = Value::from_bits(it->a.bits() + 4);
          reg(f, a_of(word)) = list->items->items[index];
          NEXT(1);
        }
        GO_SLOW(ForIter);
      }
      RECORD(kSawOtherIterator);
      GO_SLOW(ForIter);
    }
    RECORD(kSawOtherIterator);
    if (o->kind == rt::Kind::Generator) {
      auto* g = static_cast<rt::Generator*>(o);
      RECORD(kSawProgram);
      if (LISLE_LIKELY(resumes_plainly(t, f, g, word)))
        LISLE_TAIL resume_in_place(f, t, pc, reinterpret_cast<u64>(cont_for_iter), 0);
    }
  }
  GO_SLOW(ForIter);
}

namespace {

// The items of an exact tuple or list of `count`; null for everything else.
const Value* items_of(Runtime& rt, Value v, u32 count) {
  if (auto* tuple = rt::as<rt::Tuple>(v); tuple && tuple->shape == rt.shape_of(TypeId::Tuple)) {
    if (tuple->size == count) return tuple->items;
  } else if (auto* list = rt::as<rt::List>(v); list && list->shape == rt.shape_of(TypeId::List)) {
    if (list->size == count && count > 0) return list->items->items;
  }
  return nullptr;
}

// Fills the registers at once (unbound), or asks for the tuple that they are filled from.
Result unpack(Thread* t, Frame* f, u32 base, Value v, u32 count) {
  const Value* items = items_of(world(t), v, count);
  if (!items)
    return rt::call_internal(world(t), *f, rt::Internal::UnpackSequence, {v, Value::from_int(count)});
  for (u32 i = 0; i < count; ++i) reg(f, base + i) = items[i];
  return Value::unbound();
}

}  // namespace

ASK(UnpackSequence, unpack, unpack(t, f, a_of(word), reg(f, b_of(word)), c_of(word)))
HANDLER(UnpackSequence) {
  Value v = reg(f, b_of(word));
  u32 count = c_of(word);
  u32 base = a_of(word);
  if (const Value* items = items_of(world(t), v, count); LISLE_LIKELY(items != nullptr)) {
    for (u32 i = 0; i < count; ++i) reg(f, base + i) = items[i];
    NEXT(0);
  }
  SLOW(unpack, rt::call_internal(world(t), *f, rt::Internal::UnpackSequence, {v, Value::from_int(count)}));
}

SLOW_PATH(UnpackEx, unpack,
          rt::call_internal(world(t), *f, rt::Internal::UnpackEx,
                            {reg(f, b_of(word)), Value::from_int(c_of(word) & 0xff),
                             Value::from_int(c_of(word) >> 8)}))
HANDLER(UnpackEx) {
  GO_SLOW(UnpackEx);
}

HANDLER(GetYieldFromIter) {
  Value v = reg(f, b_of(word));
  if (rt::is_kind(v, rt::Kind::Generator)) {
    u32 flags = function_of(static_cast<rt::Generator*>(v.object())->frame())->code->flags;
    bool inside_coroutine = function_of(f)->code->flags & (rt::kCodeCoroutine | rt::kCodeIterableCoroutine);
    if (flags & rt::kCodeCoroutine && !inside_coroutine) {
      SLOW(store, rt::raise(world(t), TypeId::TypeError,
                            "cannot 'yield from' a coroutine object in a non-coroutine generator"));
    }
    reg(f, a_of(word)) = v;
    NEXT(0);
  }
  SLOW(store, rt::iter(world(t), *f, v));
}

namespace {

Result send(Runtime& rt, Frame* f, Value to, Value v) {
  if (rt::is_kind(to, rt::Kind::Generator)) return rt::generator_send(rt, *f, to, v);
  bool step = to.is_object() && to.object()->shape == rt.shape_of(rt::TypeId::AsyncStep);
  return rt::call_internal(rt, *f, step ? rt::Internal::SendToStep : rt::Internal::SendStep, {to, v});
}

}  // namespace

ASK(Send, send, send(world(t), f, reg(f, b_of(word)), reg(f, c_of(word))))
HANDLER(Send) {
  if (auto* g = rt::as<rt::Generator>(reg(f, b_of(word)));
      LISLE_LIKELY(g && resumes_plainly(t, f, g, word))) {
    RECORD(kSawProgram);
    LISLE_TAIL resume_in_place(f, t, pc, reinterpret_cast<u64>(cont_send), 0);
  }
  SLOW(send, send(world(t), f, reg(f, b_of(word)), reg(f, c_of(word))));
}

}  // namespace lisle::interp
