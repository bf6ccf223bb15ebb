// Classes as data: lookup along the MRO, subtype tests, and keeping the table of special methods and the
// version of a class true when an attribute of it or of a base changes.
//
// A version of zero means that nobody relies on the class since it last changed. A class that has a version
// has bases that have one too, so invalidation may stop where it meets zero.
#include "runtime/types/type.h"

#include "runtime/runtime.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

bool derives_from(const Type* type, const Type* base) {
  const Tuple* mro = type->mro;
  for (u64 i = 1; i < mro->size; ++i)
    if (mro->items[i].object() == base) return true;
  return false;
}

bool is_instance(const Runtime& rt, Value v, const Type* base) {
  return is_subtype(type_of(rt, v), base);
}

namespace {

Value search_mro(Runtime& rt, const Type& type, Str* name) {
  const Tuple* mro = type.mro;
  for (u64 i = 0; i < mro->size; ++i) {
    Value v = dict_get_str(rt, *to<Type>(mro->items[i])->dict, name);
    if (!v.is_unbound()) return v;
  }
  return Value::unbound();
}

}  // namespace

Value type_lookup(Runtime& rt, Type* type, Str* name) {
  u32 version = LISLE_LIKELY(type->version != 0) ? type->version : type_version(rt, *type);
  ClassLookupCache::Entry& entry = rt.class_lookups.at(version, name);
  if (LISLE_LIKELY(entry.version == version && entry.name == name)) return entry.value;
  Value v = search_mro(rt, *type, name);
  entry = {version, name, v};
  return v;
}

u32 type_version(Runtime& rt, Type& type) {
  if (type.version) return type.version;
  for (u64 i = 1; i < type.mro->size; ++i) {
    Type* base = to<Type>(type.mro->items[i]);
    if (!base->version) base->version = rt.next_type_version++;
  }
  return type.version = rt.next_type_version++;
}

namespace {

template <class Visit>
void for_each_subclass(Type& type, Visit&& visit) {
  if (!type.subclasses) return;
  for (u64 i = 0; i < type.subclasses->size; ++i) {
    Value target = to<WeakRef>(type.subclasses->items->items[i])->target;
    if (Type* sub = as<Type>(target)) visit(*sub);
  }
}

void invalidate(Type& type) {
  if (!type.version) return;
  type.version = 0;
  for_each_subclass(type, [](Type& sub) { invalidate(sub); });
}

bool is_dunder(const Str* name) {
  return name->width_log2() == 0 && name->length > 4 && name->data[0] == '_' && name->data[1] == '_';
}

// Special methods by their interned names: an open table, made for one walk through the classes.
class SpecialsByName {
 public:
  explicit SpecialsByName(const Runtime& rt) : names_(rt.special_names) {
    for (u32 s = 0; s < kSpecialCount; ++s) {
      u32 place = place_of(names_[s]);
      while (table_[place]) place = (place + 1) % kSize;
      table_[place] = static_cast<u8>(s + 1);
    }
  }
  // kSpecialCount for other names.
  u32 find(const Str* name) const {
    for (u32 place = place_of(name); table_[place]; place = (place + 1) % kSize)
      if (names_[table_[place] - 1] == name) return table_[place] - 1u;
    return kSpecialCount;
  }

 private:
  static constexpr u32 kSize = 512;
  static_assert(kSpecialCount < 255);
  static u32 place_of(const Str* name) { return static_cast<u32>(reinterpret_cast<u64>(name) / 16 % kSize); }
  Str* const* names_;
  u8 table_[kSize] = {};
};

// Overlays the class's own special methods on those it inherits.
void apply_own_specials(const SpecialsByName& specials, Type& type) {
  u64 position = 0;
  Value key, value;
  while (dict_next(*type.dict, position, key, value)) {
    if (!is_str(key)) continue;
    if (u32 s = specials.find(to<Str>(key)); s < kSpecialCount) type.specials[s] = value;
  }
}

bool is_native_special(const Type& type, Special s) {
  Value v = type.special(s);
  return is_kind(v, Kind::Native);
}

u32 how_specials_make(const Runtime& rt, const Type& type) {
  const Type* object = rt.type(TypeId::Object);
  Value make = type.special(Special::New), init = type.special(Special::Init);
  bool plain_init = init == object->special(Special::Init);
  if (make == object->special(Special::New)) {
    bool fits = type.instance_kind == Kind::Instance && (plain_init || is_kind(init, Kind::Function));
    return fits ? kTypeMakesInstance : 0;
  }
  const Native* native = as<Native>(make);
  if (!native) return 0;
  if (plain_init) return kTypeMakesNatively;
  bool known_init = is_kind(init, Kind::Function) || is_kind(init, Kind::Native);
  return known_init && rt.natives[native->native_id].flags & kAllocates ? kTypeAllocates : 0;
}

// Does no class but object say what __class__ is?
bool tells_itself(Runtime& rt, const Type& type) {
  const Type* object = rt.type(TypeId::Object);
  if (!rt.names.class_ || type.special(Special::GetAttribute) != object->special(Special::GetAttribute))
    return false;
  if (&type == object) return true;
  if (dict_find_str(rt, *type.dict, rt.names.class_) >= 0) return false;
  // Its bases have been asked before.
  for (u64 i = 0; i < type.bases->size; ++i)
    if (!(to<Type>(type.bases->items[i])->type_flags & kTypeTellsItself)) return false;
  return true;
}

void refresh_flags(Runtime& rt, Type& type) {
  constexpr u32 kDerived = kTypePlainGet | kTypePlainSet | kTypeIdentity | kTypeTellsItself | kTypeHowMade;
  type.type_flags &= ~kDerived;
  type.type_flags |= how_specials_make(rt, type);
  const Type* object = rt.type(TypeId::Object);
  if (type.special(Special::Eq) == object->special(Special::Eq) &&
      type.special(Special::Ne) == object->special(Special::Ne))
    type.type_flags |= kTypeIdentity;
  if (tells_itself(rt, type)) type.type_flags |= kTypeTellsItself;
  if (is_native_special(type, Special::GetAttribute)) type.type_flags |= kTypePlainGet;
  if (is_native_special(type, Special::SetAttr) && is_native_special(type, Special::DelAttr))
    type.type_flags |= kTypePlainSet;
}

bool has_single_line(const Type& type) {
  if (type.mro->items[0] != Value::from(&type)) return false;
  if (type.mro->size < 2) return true;
  return to<Type>(type.mro->items[1])->mro->size + 1 == type.mro->size;
}

void refresh_specials(Runtime& rt, const SpecialsByName& specials, Type& type) {
  if (type.mro->size < 2 && has_single_line(type)) {
    for (Value& s : type.specials) s = Value::unbound();
    apply_own_specials(specials, type);
  } else if (has_single_line(type)) {
    const Type* base = to<Type>(type.mro->items[1]);
    for (size_t s = 0; s < kSpecialCount; ++s) type.specials[s] = base->specials[s];
    apply_own_specials(specials, type);
  } else {
    for (size_t s = 0; s < kSpecialCount; ++s) type.specials[s] = type_lookup(rt, &type, rt.special_names[s]);
  }
  refresh_flags(rt, type);
  rt.heap.wrote(&type);
}

void refresh_below(Runtime& rt, const SpecialsByName& specials, Type& type) {
  refresh_specials(rt, specials, type);
  for_each_subclass(type, [&](Type& sub) { refresh_below(rt, specials, sub); });
}

// A class attribute that reading through an instance yields as it is.
bool is_plain_data(const Runtime& rt, Value v) {
  return !v.is_unbound() && type_of(rt, v)->special(Special::Get).is_unbound() && !is_kind(v, Kind::Native);
}

}  // namespace

void type_refresh(Runtime& rt, Type* type) {
  if (type->version) classes_changed(rt.thread);
  invalidate(*type);
  refresh_below(rt, SpecialsByName(rt), *type);
}

void type_set_attribute(Runtime& rt, Type* type, Str* name, Value v) {
  name = intern(rt, name);
  // Replacing plain data by plain data leaves the meaning of cached accesses alone; anything else may not.
  Value old = dict_get_str(rt, *type->dict, name);
  if (!is_plain_data(rt, old) || !is_plain_data(rt, v)) classes_changed(rt.thread);
  if (v.is_unbound()) {
    dict_delete_str(rt, *type->dict, name);
  } else {
    dict_set_str(rt, *type->dict, name, v);
  }
  invalidate(*type);
  if (is_dunder(name)) refresh_below(rt, SpecialsByName(rt), *type);
}

void add_subclass(Runtime& rt, Type& base, Type& sub) {
  if (!base.subclasses) {
    base.subclasses = new_list(rt);
    rt.heap.wrote(&base);
  }
  List& list = *base.subclasses;
  Value entry = Value::from(new_weakref(rt, Value::from(&sub)));
  for (u64 i = 0; i < list.size; ++i) {
    if (to<WeakRef>(list.items->items[i])->target.is_object()) continue;
    list.items->items[i] = entry;  // the place of a class that is gone
    rt.heap.wrote(list.items);
    return;
  }
  list_append(rt, list, entry);
}

void remove_subclass(Runtime& rt, Type& base, Type& sub) {
  if (!base.subclasses) return;
  List& list = *base.subclasses;
  for (u64 i = 0; i < list.size; ++i) {
    if (!(to<WeakRef>(list.items->items[i])->target == Value::from(&sub))) continue;
    for (u64 j = i + 1; j < list.size; ++j) list.items->items[j - 1] = list.items->items[j];
    --list.size;
    rt.heap.wrote(list.items);
    return;
  }
}

List* live_subclasses(Runtime& rt, Type& type) {
  List* out = new_list(rt);
  for_each_subclass(type, [&](Type& sub) { list_append(rt, *out, Value::from(&sub)); });
  return out;
}

namespace {

// The base that `type`, which adds members, adds them to.
const Type* extended_base(const Type* type) {
  const Type* best = to<Type>(type->bases->items[0]);
  for (u64 i = 1; i < type->bases->size; ++i)
    if (to<Type>(type->bases->items[i])->slot_total > best->slot_total)
      best = to<Type>(type->bases->items[i]);
  return best->layout_base;
}

// The name of the member that `type` keeps in slot `slot`; null when it does not add that slot.
const Str* member_name(const Type* type, u32 slot) {
  u64 position = 0;
  Value key, value;
  while (dict_next(*type->dict, position, key, value)) {
    auto* member = as<Getset>(value);
    if (member && member->is_member() && member->owner == type && member->row == slot) return member->name;
  }
  return nullptr;
}

// Do both add members of the same names to the same base? Members are sorted by name.
bool same_members(const Type* a, const Type* b) {
  if (a == b) return true;
  if (!a->is_heap || !b->is_heap || extended_base(a) != extended_base(b)) return false;
  for (u32 slot = extended_base(a)->slot_total; slot < a->slot_total; ++slot) {
    const Str* name = member_name(a, slot);
    if (!name || name != member_name(b, slot)) return false;
  }
  return true;
}

}  // namespace

bool same_layout(const Type* a, const Type* b) {
  return a->instance_kind == b->instance_kind && a->has_dict == b->has_dict &&
         a->slot_total == b->slot_total && a->is_heap == b->is_heap &&
         same_members(a->layout_base, b->layout_base);
}

}  // namespace lisle::rt
