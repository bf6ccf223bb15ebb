// Displays, comprehension steps and text.
#include <cstring>

#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"
#include "runtime/types/set_table.h"
#include "runtime/types/str.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

ASKING_HANDLER(BuildTuple, store, Value::from(rt::new_tuple_from(world(t), &reg(f, b_of(word)), c_of(word))))

ASKING_HANDLER(BuildList, store, Value::from(rt::new_list_from(world(t), &reg(f, b_of(word)), c_of(word))))

namespace {

// Elements whose hash and equality need no program code; the rest is left to a step machine.
Result build_set(Runtime& rt, Frame* f, u32 base, u32 count) {
  rt::Tuple* items = rt::new_tuple_from(rt, &reg(f, base), count);
  return rt::set_of(rt, *f, TypeId::Set, Value::from(items));
}

Result build_dict(Runtime& rt, Frame* f, u32 base, u32 pairs) {
  rt::Dict* dict = rt::new_dict(rt, pairs);
  for (u32 i = 0; i < pairs; ++i) {
    Value key = reg(f, base + 2 * i);
    if (!key.is_object() || key.object()->shape != rt.shape_of(TypeId::Str)) {
      rt::Tuple* rest = rt::new_tuple_from(rt, &reg(f, base + 2 * i), 2 * (pairs - i));
      return rt::call_internal(rt, *f, rt::Internal::BuildDictRest, {Value::from(dict), Value::from(rest)});
    }
    rt::dict_set_str(rt, *dict, rt::to<rt::Str>(key), reg(f, base + 2 * i + 1));
  }
  return Value::from(dict);
}

// Copies the units of `part` into `whole`, which is at least as wide, from code point `at` on.
void copy_units(rt::Str& whole, u64 at, const rt::Str& part) {
  u32 width = whole.width_log2();
  if (width == part.width_log2()) {
    std::memcpy(whole.data + (at << width), part.data, part.length << width);
    return;
  }
  for (u64 i = 0; i < part.length; ++i) {
    if (width == 1)
      whole.data16()[at + i] = static_cast<u16>(part.at(i));
    else
      whole.data32()[at + i] = part.at(i);
  }
}

Result build_string(Runtime& rt, Frame* f, u32 base, u32 count) {
  u64 length = 0;
  u32 width = 0;
  bool ascii = true;
  for (u32 i = 0; i < count; ++i) {
    auto* part = rt::to<rt::Str>(reg(f, base + i));
    length += part->length;
    if (part->width_log2() > width) width = part->width_log2();
    ascii = ascii && part->is_ascii();
  }
  if (!rt.heap.has_room(length << width)) return rt::raise(rt, TypeId::MemoryError, "%s", "");
  rt::Str* whole = rt::new_str_blank(rt, length, width);
  if (ascii) whole->aux |= rt::Str::kAscii;
  u64 at = 0;
  for (u32 i = 0; i < count; ++i) {
    auto* part = rt::to<rt::Str>(reg(f, base + i));
    copy_units(*whole, at, *part);
    at += part->length;
  }
  return Value::from(whole);
}

}  // namespace

ASKING_HANDLER(BuildSet, store, build_set(world(t), f, b_of(word), c_of(word)))

ASKING_HANDLER(BuildDict, store, build_dict(world(t), f, b_of(word), c_of(word)))

ASKING_HANDLER(BuildString, store, build_string(world(t), f, b_of(word), c_of(word)))

namespace {

Result convert(Runtime& rt, Frame* f, Value v, u32 how) {
  switch (how) {
    case 's':
      return rt::to_str(rt, *f, v);
    case 'r':
      return rt::to_repr(rt, *f, v);
    default:
      return rt::to_ascii(rt, *f, v);
  }
}

Result format(Runtime& rt, Frame* f, Value v, u32 spec) {
  Value text = spec == bc::kNoRegister ? Value::from(rt.names.empty) : reg(f, spec);
  return rt::format_value(rt, *f, v, text);
}

Result append(Runtime& rt, Value list, Value v) {
  rt::list_append(rt, *rt::to<rt::List>(list), v);
  return Result::none();
}

Value tuple_of(Runtime& rt, Value list) {
  auto* from = rt::to<rt::List>(list);
  return Value::from(rt::new_tuple_from(rt, from->items ? from->items->items : nullptr, from->size));
}

}  // namespace

ASKING_HANDLER(Convert, store, convert(world(t), f, reg(f, b_of(word)), c_of(word)))

ASKING_HANDLER(Format, store, format(world(t), f, reg(f, b_of(word)), c_of(word)))

SLOW_PATH(ListAppend, discard, append(world(t), reg(f, a_of(word)), reg(f, b_of(word))))
HANDLER(ListAppend) {
  auto* list = static_cast<rt::List*>(reg(f, a_of(word)).object());
  Value v = reg(f, b_of(word));
  if (LISLE_LIKELY(list->items && list->size < list->items->capacity)) {
    list->items->items[list->size++] = v;
    world(t).heap.wrote(list->items);
    NEXT(0);
  }
  GO_SLOW(ListAppend);
}

namespace {

bool has_shape(Value v, TypeId id) {
  return v.is_object() && v.object()->shape == Runtime::shape_of(id);
}

// The items of tuples (constants in displays, most arguments of *) and lists are taken at once.
Result extend_display(Runtime& rt, Frame* f, Value list, Value from, Value callee) {
  if (has_shape(from, TypeId::Tuple) || has_shape(from, TypeId::List))
    return rt::list_extend(rt, *f, *rt::to<rt::List>(list), from);
  return rt::call_internal(rt, *f, rt::Internal::ListExtendDisplay, {list, from, callee});
}

// Puts the entries of a dict whose keys are strings, none of which `target` has yet, into it; false when the
// step machine has to do it.
bool merge_at_once(Runtime& rt, rt::Dict& target, Value from) {
  if (!has_shape(from, TypeId::Dict)) return false;
  auto& source = *rt::to<rt::Dict>(from);
  u64 position = 0;
  Value key, value;
  while (rt::dict_next(source, position, key, value)) {
    if (!has_shape(key, TypeId::Str) || rt::dict_find_str(rt, target, rt::to<rt::Str>(key)) >= 0)
      return false;
  }
  for (position = 0; rt::dict_next(source, position, key, value);)
    rt::dict_set_str(rt, target, rt::to<rt::Str>(key), value);
  return true;
}

Result merge(Runtime& rt, Frame* f, Value target, Value from, Value callable) {
  if (merge_at_once(rt, *rt::to<rt::Dict>(target), from)) return Result::none();
  return rt::call_internal(rt, *f, rt::Internal::DictMergeCall, {target, from, callable});
}

}  // namespace

ASK(ListExtend, discard,
    extend_display(world(t), f, reg(f, a_of(word)), reg(f, b_of(word)),
                   c_of(word) == bc::kNoRegister ? Value::unbound() : reg(f, c_of(word))))

// A tuple that stands alone behind the star of a call is the tuple of its arguments.
HANDLER(ListExtend) {
  const u64 next = *at(pc + 8);
  if (c_of(word) != bc::kNoRegister && op_of(next) == static_cast<u32>(bc::Op::ListToTuple) &&
      b_of(next) == a_of(word) && has_shape(reg(f, b_of(word)), TypeId::Tuple) &&
      static_cast<rt::List*>(reg(f, a_of(word)).object())->size == 0) {
    reg(f, a_of(next)) = reg(f, b_of(word));
    NEXT(1);
  }
  ASK_AND_FINISH(ListExtend, discard,
                 extend_display(world(t), f, reg(f, a_of(word)), reg(f, b_of(word)),
                                c_of(word) == bc::kNoRegister ? Value::unbound() : reg(f, c_of(word))))
}

ASKING_HANDLER(ListToTuple, store, tuple_of(world(t), reg(f, b_of(word))))

ASKING_HANDLER(SetAdd, discard,
               rt::set_add(world(t), *f, *rt::to<rt::Set>(reg(f, a_of(word))), reg(f, b_of(word))))

ASKING_HANDLER(SetUpdate, discard,
               rt::set_update(world(t), *f, *rt::to<rt::Set>(reg(f, a_of(word))), reg(f, b_of(word))))

ASKING_HANDLER(DictPut, discard,
               rt::dict_set(world(t), *f, *rt::to<rt::Dict>(reg(f, a_of(word))), reg(f, b_of(word)),
                            reg(f, c_of(word))))

ASKING_HANDLER(DictUpdate, discard,
               rt::call_internal(world(t), *f, rt::Internal::DictUpdateDisplay,
                                 {reg(f, a_of(word)), reg(f, b_of(word))}))

ASK(DictMerge, discard, merge(world(t), f, reg(f, a_of(word)), reg(f, b_of(word)), reg(f, c_of(word))))

namespace {

bool has_names_alone(const rt::Dict& dict) {
  u64 position = 0;
  Value key, value;
  while (rt::dict_next(dict, position, key, value))
    if (!has_shape(key, TypeId::Str)) return false;
  return true;
}

}  // namespace

// A dict that stands alone behind the two stars is looked at by the call, which comes next, and by nobody
// else.
HANDLER(DictMerge) {
  const u64 next = *at(pc + 8);
  const Value from = reg(f, b_of(word));
  if (op_of(next) == static_cast<u32>(bc::Op::CallSpread) &&
      a_of(word) == b_of(next) + rt::kHeaderWords + 1 && has_shape(from, TypeId::Dict) &&
      static_cast<rt::Dict*>(reg(f, a_of(word)).object())->used == 0 &&
      has_names_alone(*static_cast<rt::Dict*>(from.object()))) {
    reg(f, a_of(word)) = from;
    NEXT(0);
  }
  ASK_AND_FINISH(DictMerge, discard, merge(world(t), f, reg(f, a_of(word)), from, reg(f, c_of(word))))
}

}  // namespace lisle::interp
