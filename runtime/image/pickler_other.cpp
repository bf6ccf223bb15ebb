// Objects that are no plain data: in CPython's order, reducer_override(), classes and functions by name, the
// dispatch table, and __reduce_ex__. Instances that are reduced as object does it are written without asking.
#include "runtime/image/by_value.h"
#include "runtime/image/pickler.h"
#include "runtime/protocols/attribute.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/object.h"

namespace lisle::rt {

namespace {

Step by_reduce_method(Runtime& rt, Pickler& p, Value v);

// --- plain instances

// Do instances of `type` reduce as object says, with their attributes and __slots__ members as state?
bool reduces_plainly(Runtime& rt, Type* type) {
  Type* object = rt.type(TypeId::Object);
  if (type->instance_kind != Kind::Instance || !type->special(Special::GetAttr).is_unbound() ||
      !(type->special(Special::GetAttribute) == object->special(Special::GetAttribute)))
    return false;
  for (Str* name : {rt.names.reduce_ex, rt.names.reduce, intern(rt, "__getstate__")})
    if (!(type_lookup(rt, type, name) == dict_get_str(rt, *object->dict, name))) return false;
  return type_lookup(rt, type, intern(rt, "__getnewargs_ex__")).is_unbound() &&
         type_lookup(rt, type, intern(rt, "__getnewargs__")).is_unbound() &&
         type_lookup(rt, type, rt.names.class_) == dict_get_str(rt, *object->dict, rt.names.class_);
}

bool is_plain_instance(Runtime& rt, Pickler& p, Value v) {
  if (v.object()->kind != Kind::Instance || p.protocol < 2) return false;
  Type* type = type_of(rt, v);
  u32 version = type_version(rt, *type);
  if (!(p.plain_class == Value::from(type) && p.plain_version == version)) {
    if (!reduces_plainly(rt, type)) return false;
    p.plain_class = Value::from(type);
    p.plain_version = version;
    p.plain_slots = slot_members(rt, type);
    rt.heap.wrote(&p);
  }
  return own_attribute(rt, v.object(), rt.names.reduce_ex).is_unbound();
}

// The attributes as a dict, None when there are none. An object without a __dict__ of its own keeps its
// slots: nobody else can know the dict that is made here.
Value attributes_of(Runtime& rt, Object* o) {
  Shape* shape = rt.shapes[o->shape];
  if (shape->is_dict_mode()) {
    Dict* dict = attribute_dict(rt, o);
    return dict->used ? Value::from(dict) : Value::none();
  }
  const u32 members = shape->type->slot_total;
  if (shape->slot_count == members) return Value::none();
  Dict* dict = new_dict(rt, shape->slot_count - members);
  Shape* chain[256];
  u32 count = 0;
  for (Shape* s = shape; s->last_name; s = s->parent) {
    if (count == std::size(chain)) return Value::from(attribute_dict(rt, o));
    chain[count++] = s;
  }
  while (count-- > 0) {
    Value v = member_slot(rt, o, chain[count]->slot_count - 1);
    if (!v.is_unbound()) dict_set_str(rt, *dict, chain[count]->last_name, v);
  }
  return dict->used ? Value::from(dict) : Value::none();
}

// The same with the values of __slots__ members, if there are any that are set.
Value state_of(Runtime& rt, const Pickler& p, Object* o) {
  const Value attributes = attributes_of(rt, o);
  const Dict* slots = p.plain_slots ? slot_state(rt, o, *p.plain_slots) : nullptr;
  if (!slots) return attributes;
  const Value pair[2] = {attributes, Value::from(slots)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

Step save_instance(Runtime& rt, Pickler& p, Value v) {
  Value cls = Value::from(type_of(rt, v)), state = state_of(rt, p, v.object());
  if (!state.is_none()) {
    push_job(rt, p, JobKind::kOpcode, Value(), Value::from_int(kBuild));
    push_job(rt, p, JobKind::kSave, state);
  }
  push_job(rt, p, JobKind::kPutReduced, v, Value::from_int(state.is_none() ? 0 : 2));
  if (save_made_instance(rt, p, v)) return Step::kGoOn;
  push_job(rt, p, JobKind::kOpcode, Value(), Value::from_int(kNewObj));
  push_job(rt, p, JobKind::kSave, Value::from(rt.empty_tuple));
  push_job(rt, p, JobKind::kSave, cls);
  return Step::kGoOn;
}

// --- the general way, in its order

Step save_class(Runtime& rt, Pickler& p, Value v) {
  for (Value single : {Value::none(), Value::not_implemented(), Value::ellipsis()}) {
    if (!(Value::from(type_of(rt, single)) == v)) continue;
    Value pair[2] = {Value::from(rt.type(TypeId::Type)), Value::from(new_tuple_from(rt, &single, 1))};
    return save_reduction(rt, p, Value::from(new_tuple_from(rt, pair, 2)), v);
  }
  return save_global(rt, p, v, Value::none());
}

Step with_reducer(Runtime& rt, Pickler& p, Value v, Value reducer) {
  push_job(rt, p, JobKind::kReduceAnswer, v);
  return ask_call(p, rt, reducer, {v});
}

Step by_dispatch(Runtime& rt, Pickler& p, Value v) {
  Value table = p.dispatch_table, cls = Value::from(type_of(rt, v)), reducer;
  if (table.is_unbound()) table = pickle_helper(rt, "_dispatch_table");
  if (table.is_unbound()) return Step::kRaised;
  bool exact = table.is_object() && table.object()->shape == rt.shape_of(TypeId::Dict);
  if (!exact || !dict_get_pure(rt, *to<Dict>(table), cls, reducer)) {
    push_job(rt, p, JobKind::kDispatch, v);
    return ask_call(p, rt, pickle_helper(rt, "_lookup"), {table, cls});
  }
  if (!reducer.is_unbound()) return with_reducer(rt, p, v, reducer);
  return by_reduce_method(rt, p, v);
}

Step by_reduce_method(Runtime& rt, Pickler& p, Value v) {
  if (is_type(v)) return save_global(rt, p, v, Value::none());
  if (v.is_object() && is_plain_instance(rt, p, v)) return save_instance(rt, p, v);
  // In old protocols iterators of tables are written as what is left of them.
  if (goes_by_value(rt, v) && (p.protocol >= 4 || !is_kind(v, Kind::Iterator)))
    return save_by_value(rt, p, v);
  if (auto* exception = as<Exception>(v)) push_exception_links(rt, p, *exception);
  if (auto* native = as<Native>(v); native && !native->owner && native->self.is_unbound())
    return save_global(rt, p, v, Value::from(native->name));
  if (auto* it = as<Iterator>(v); it && it->shape == rt.shape_of(static_cast<TypeId>(it->type_id))) {
    Result reduction = iterator_reduction(rt, *it);
    if (reduction.is_raised()) return Step::kRaised;
    if (!reduction.value().is_unbound()) return save_reduction(rt, p, reduction.value(), v);
  }
  push_job(rt, p, JobKind::kReduceMethod, v);
  return ask_attribute(p, rt, v, rt.names.reduce_ex);
}

Step by_type(Runtime& rt, Pickler& p, Value v) {
  if (is_type(v) && type_of(rt, v) == rt.type(TypeId::Type)) return save_class(rt, p, v);
  if (is_kind(v, Kind::Function)) return save_global(rt, p, v, Value::none());
  return by_dispatch(rt, p, v);
}

bool is_pickle_buffer(Runtime& rt, Value v) {
  return type_of(rt, v) == rt.type(TypeId::PickleBuffer);
}

Step put_buffer(Runtime& rt, Pickler& p, Value v, bool in_band) {
  const MemoryView& view = *to<MemoryView>(v);
  std::string_view bytes;
  if (!bytes_like(v, bytes)) {
    (void)raise_pickle_error(rt, "PicklingError",
                             "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
    return Step::kRaised;
  }
  if (!in_band) {
    put_op(rt, p, kNextBuffer);
    if (view.readonly) put_op(rt, p, kReadOnlyBuffer);
    return Step::kGoOn;
  }
  u8 header[9];
  u64 size = bytes.size(), header_size = 9;
  header[0] = view.readonly ? kBinBytes8 : kByteArray8;
  if (view.readonly && size < (u64{1} << 32)) {
    header[0] = size < 256 ? kShortBinBytes : kBinBytes;
    header_size = size < 256 ? 2 : 5;
  }
  __builtin_memcpy(header + 1, &size, header_size - 1);
  put_payload(rt, p, header, header_size, bytes);
  put_memo(rt, p, v);
  return Step::kGoOn;
}

Step save_buffer(Runtime& rt, Pickler& p, Value v) {
  if (p.protocol < 5) {
    (void)raise_pickle_error(rt, "PicklingError", "PickleBuffer can only be pickled with protocol >= 5");
    return Step::kRaised;
  }
  std::string_view bytes;
  if (p.buffer_callback.is_none() || !bytes_like(v, bytes)) return put_buffer(rt, p, v, true);
  push_job(rt, p, JobKind::kBuffer, v);
  return ask_call(p, rt, pickle_helper(rt, "_truth_of"), {p.buffer_callback, v});
}

Step persistent_answer(Runtime& rt, Pickler& p, Value v) {
  Value id = p.answer;
  if (id.is_none()) return save(rt, p, v, false);
  if (p.binary) {
    push_job(rt, p, JobKind::kOpcode, Value(), Value::from_int(kBinPersId));
    return save(rt, p, id, false);
  }
  auto* text = as<Str>(id);
  if (text && !text->is_ascii()) {
    (void)raise_pickle_error(rt, "PicklingError", "persistent IDs in protocol 0 must be ASCII strings");
    return Step::kRaised;
  }
  if (!text) {
    push_job(rt, p, JobKind::kPersistentId, v);
    return ask_call(p, rt, Value::from(rt.type(TypeId::Str)), {id});
  }
  put_op(rt, p, kPersId);
  put_bytes(rt, p, text->data, text->length);
  put_bytes(rt, p, "\n", 1);
  return Step::kGoOn;
}

}  // namespace

Step save_other(Runtime& rt, Pickler& p, Value v) {
  if (v.is_unbound() || v.is_exhausted()) return save_by_value(rt, p, v);
  if (is_pickle_buffer(rt, v)) return save_buffer(rt, p, v);
  if (p.reducer_override.is_unbound()) return by_type(rt, p, v);
  push_job(rt, p, JobKind::kOverride, v);
  return ask_call(p, rt, p.reducer_override, {v});
}

Step advance_other(Runtime& rt, Pickler& p) {
  Job job = top_job(p);
  Value answer = p.answer, v = job.a;
  pop_job(p);
  switch (static_cast<JobKind>(job.kind.as_int())) {
    case JobKind::kPersistentId:
      return persistent_answer(rt, p, v);
    case JobKind::kOverride:
      if (answer.is_not_implemented()) return by_type(rt, p, v);
      break;
    case JobKind::kDispatch:
      if (auto* found = as<Tuple>(answer)) return with_reducer(rt, p, v, found->items[0]);
      return by_reduce_method(rt, p, v);
    case JobKind::kReduceMethod:
      push_job(rt, p, JobKind::kReduceAnswer, v);
      if (!answer.is_unbound()) return ask_call(p, rt, answer, {Value::from_int(p.protocol)});
      return ask_call(p, rt, pickle_helper(rt, "_reduce"), {v});
    case JobKind::kReduceAnswer:
      break;
    case JobKind::kGlobalAnswer:
      return global_answer(rt, p, v, job.b);
    case JobKind::kBuffer:
      return put_buffer(rt, p, v, answer.is_true());
    default:
      LISLE_UNREACHABLE();
  }
  if (is_str(answer)) return save_global(rt, p, v, answer);
  return save_reduction(rt, p, answer, v);
}

}  // namespace lisle::rt
