// The rest of object_check.h: kinds that serve others, that few programs hold on to, or that stand for
// something that goes on.
#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/image/iterator_state.h"
#include "runtime/image/object_check.h"
#include "runtime/image/pickler.h"
#include "runtime/image/unpickler.h"
#include "runtime/runtime.h"
#include "runtime/types/descriptors.h"

namespace lisle::rt {

namespace {

bool is_exception_or_none(Value v) {
  return v.is_none() || is_kind(v, Kind::Exception);
}

// Is `index` that of an instruction of the function's code?
bool is_place(Value function, u64 index) {
  auto* known = as<Function>(function);
  return known && known->code && index < known->code->instruction_count;
}

// Places of an open table lead to objects, and some are free, so that a search ends.
bool is_whole_table(const NumberTable& table) {
  if (!table.objects || !table.slots) return !table.objects && !table.slots && table.count == 0;
  const u64 slots = table.slots->capacity / sizeof(u32), room = table.objects->capacity;
  if (!std::has_single_bit(slots) || table.count > room || room >= slots) return false;
  u64 taken = 0;
  for (const u8* at = table.slots->bytes; at < table.slots->bytes + slots * sizeof(u32); at += sizeof(u32)) {
    u32 place;
    std::memcpy(&place, at, sizeof place);
    if (place > table.count) return false;
    taken += place != 0;
  }
  if (taken > table.count || !table.numbers) return taken <= table.count;
  const Value* numbers = table.numbers->items;
  return room <= table.numbers->capacity &&
         std::all_of(numbers, numbers + table.count, [](Value v) { return v.is_int(); });
}

bool has_room(const Array* array, u64 count) {
  return count == 0 || (array && count <= array->capacity);
}

}  // namespace

bool ObjectCheck::sound(Int& number) {
  return number.limb_count() == 0 || number.limbs[number.limb_count() - 1] != 0;
}

bool ObjectCheck::sound(Getset& getset) {
  if (!getset.owner || !getset.name) return false;
  if (getset.is_member()) return getset.row < getset.owner->slot_total;
  if (getset.type_id == Getset::kInstance) return getset.row < std::size(kInstanceAttributes);
  return getset.type_id < kTypeCount &&
         getset.row < type_spec(static_cast<TypeId>(getset.type_id)).getsets.size();
}

bool ObjectCheck::sound(Super& super) {
  return super.type && (super.obj_type || super.obj.is_none());
}
bool ObjectCheck::sound(GenericAlias& alias) {
  return alias.args && (alias.parameters.is_unbound() || is_kind(alias.parameters, Kind::Tuple));
}
bool ObjectCheck::sound(DictView& view) {
  return view.dict;
}

bool ObjectCheck::sound(Exception& e) {
  return e.args && (e.traceback.is_none() || is_kind(e.traceback, Kind::Traceback)) &&
         is_exception_or_none(e.context) && is_exception_or_none(e.cause);
}

bool ObjectCheck::sound(Traceback& t) {
  return (t.next.is_none() || is_kind(t.next, Kind::Traceback)) && is_place(t.function, t.instruction) &&
         (t.frame.is_unbound() || is_kind(t.frame, Kind::FrameObject));
}

// Whether it is where it says is for stack_check.h to see.
bool ObjectCheck::sound(FrameObject& o) {
  auto* function = as<Function>(o.function);
  const bool back = o.back.is_none() || o.back.is_unbound() || is_kind(o.back, Kind::FrameObject);
  return function && back && (o.frame || o.generator || is_place(o.function, o.instruction)) &&
         o.count <= function->code->local_count;
}

bool ObjectCheck::sound(Generator& g) {
  return g.name && g.qualname;
}
bool ObjectCheck::sound(AsyncStep& step) {
  constexpr u64 kFinished = 2;
  return step.generator && step.mode <= AsyncStep::kClose && step.state <= kFinished;
}

bool ObjectCheck::sound(Pickler& p) {
  const u64 output = p.output ? p.output->length : 0;
  const bool frame = p.frame_start == Pickler::kNoFrame || p.frame_start <= p.output_size;
  const bool easy = p.easy_until == 0 || (p.easy_until <= output && output - p.easy_until >= kItemRoom);
  return p.output_size <= output && frame && easy && p.split <= p.output_size &&
         p.payload_end <= p.output_size && p.job_count <= kMaxObjectBytes &&
         has_room(p.jobs, p.job_count * kJobWords) && p.ask_count <= std::size(p.ask_args) &&
         p.ended <= Step::kPause && is_whole_table(p.memo) && is_whole_table(p.checked);
}

bool ObjectCheck::sound(Unpickler& u) {
  const u64 input = is_kind(u.input, Kind::Bytes) ? to<Bytes>(u.input)->length : 0;
  if (!has_room(u.stack, u.stack_size) || !has_room(u.marks, u.mark_count)) return false;
  i64 last = 0;
  for (u64 i = 0; i < u.mark_count; last = u.marks->items[i++].as_int())
    if (!u.marks->items[i].is_int() || u.marks->items[i].as_int() < last) return false;
  return static_cast<u64>(last) <= u.stack_size && u.position <= input &&
         u.ask_count <= std::size(u.ask_args) && u.then <= Then::kFinished && u.ended <= Step::kPause;
}

}  // namespace lisle::rt
