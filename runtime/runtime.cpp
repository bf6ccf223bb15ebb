// A new Runtime: shapes and classes first (everything else is an instance of one), then names, then what the
// classes contain, then modules. Until classes exist nothing can be collected, so the heap is paused while we
// boot.
#include "runtime/runtime.h"

#include <charconv>
#include <cstring>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/modules/boot.h"
#include "runtime/protocols/internals.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/descriptors.h"

namespace lisle::rt {

#define TYPE(Name) extern const TypeSpec k##Name##Type;
#include "runtime/object/builtin_types.def"
#undef TYPE
#define EXCEPTION(Name, Base) extern const TypeSpec k##Name##Type;
#include "runtime/builtins/exceptions.def"
#undef EXCEPTION

namespace {

constexpr const TypeSpec* kSpecs[] = {
#define TYPE(Name) &k##Name##Type,
#include "runtime/object/builtin_types.def"
#undef TYPE
#define EXCEPTION(Name, Base) &k##Name##Type,
#include "runtime/builtins/exceptions.def"
#undef EXCEPTION
};
static_assert(sizeof(kSpecs) / sizeof(*kSpecs) == kTypeCount);

constexpr const char* kSpecialTexts[] = {
#define SPECIAL(Name, text) text,
#include "runtime/object/specials.def"
#undef SPECIAL
};

// Shape 0 belongs to objects that the program never sees: storage blocks and shapes.
void make_internal_shape(Runtime& rt) {
  Shape* shape = rt.heap.allocate<Shape>(0);
  rt.shapes.push_back(shape);
}

// Layouts that have a place for __dict__ of their own.
bool kind_has_dict(Kind kind) {
  return kind == Kind::Exception || kind == Kind::Function || kind == Kind::Module || kind == Kind::Type ||
         kind == Kind::Wrapper;
}

void make_type_shells(Runtime& rt) {
  for (size_t i = 0; i < kTypeCount; ++i) {
    Type* type = rt.heap.allocate<Type>(0);
    type->instance_kind = kSpecs[i]->kind;
    type->has_dict = kind_has_dict(kSpecs[i]->kind);
    type->type_flags = kSpecs[i]->flags;
    for (Value& s : type->specials) s = Value::unbound();
    type->builtin_id = static_cast<u32>(i) + 1;
    rt.types[i] = type;
    type->instance_shape = new_root_shape(rt, *type, 0);
    LISLE_ASSERT(type->instance_shape->id == Runtime::shape_of(static_cast<TypeId>(i)));
  }
  ShapeId shape = rt.type(TypeId::Type)->instance_shape->id;
  for (Type* type : rt.types) type->shape = shape;
  rt.shapes[0]->type = rt.type(TypeId::Object);
}

void map_immediates(Runtime& rt) {
  for (Type*& type : rt.immediate_types) type = rt.type(TypeId::Object);
  auto set = [&rt](Value v, TypeId id) { rt.immediate_types[v.bits() >> 2] = rt.type(id); };
  set(Value::none(), TypeId::NoneType);
  set(Value::false_(), TypeId::Bool);
  set(Value::true_(), TypeId::Bool);
  set(Value::from_double(0.0), TypeId::Float);
  set(Value::from_double(-0.0), TypeId::Float);
  set(Value::not_implemented(), TypeId::NotImplementedType);
  set(Value::ellipsis(), TypeId::EllipsisType);
}

void intern_names(Runtime& rt) {
  rt.empty_tuple = rt.make<Tuple>(TypeId::Tuple);
  rt.interned = new_dict(rt, 4096);
#define NAME(field, text) rt.names.field = intern(rt, text);
#include "runtime/object/names.def"
#undef NAME
  for (size_t s = 0; s < kSpecialCount; ++s) rt.special_names[s] = intern(rt, kSpecialTexts[s]);
}

Tuple* bases_of(Runtime& rt, TypeId id) {
  if (id == TypeId::Object) return rt.empty_tuple;
  Value items[2] = {Value::from(rt.type(kSpecs[static_cast<size_t>(id)]->base)), Value()};
  if (id != TypeId::ExceptionGroup) return new_tuple_from(rt, items, 1);
  items[1] = Value::from(rt.type(TypeId::Exception));
  return new_tuple_from(rt, items, 2);
}

void link_type(Runtime& rt, TypeId id) {
  const TypeSpec& spec = type_spec(id);
  Type* type = rt.type(id);
  type->name = type->qualname = intern(rt, spec.name);
  type->bases = bases_of(rt, id);
  const size_t attributes = spec.methods.size() + spec.getsets.size() + 1;
  type->dict = new_dict(rt, attributes);
  if (id == TypeId::Object) {
    Value self = Value::from(type);
    type->mro = new_tuple_from(rt, &self, 1);
    type->layout_base = type;
    return;
  }
  type->mro = to<Tuple>(compute_mro(rt, type, type->bases).value());
  Type* base = to<Type>(type->bases->items[0]);
  // Members of exception classes share one layout, but classes that give them different meanings must not be
  // mixed.
  bool own_layout =
      base->instance_kind != spec.kind || (spec.kind == Kind::Exception && !spec.getsets.empty());
  type->layout_base = own_layout ? type : base->layout_base;
  for (u64 i = 0; i < type->bases->size; ++i) add_subclass(rt, *to<Type>(type->bases->items[i]), *type);
}

void fill_type(Runtime& rt, TypeId id) {
  const TypeSpec& spec = type_spec(id);
  Type* type = rt.type(id);
  for (const NativeSpec& method : spec.methods) {
    // A row without a function states that the method does not exist: __hash__ of mutable containers.
    Value v = method.fn ? Value::from(new_native(rt, method, type, Value::none())) : Value::none();
    dict_set_str(rt, *type->dict, intern(rt, method.name), v);
  }
  for (u32 row = 0; row < spec.getsets.size(); ++row) {
    Getset* getset = new_getset(rt, id, row, type);
    dict_set_str(rt, *type->dict, getset->name, Value::from(getset));
  }
  // Who says what equality means and nothing about hashing cannot be hashed.
  Str* hash = rt.special_name(Special::Hash);
  if (!dict_get_str(rt, *type->dict, rt.special_name(Special::Eq)).is_unbound() &&
      dict_get_str(rt, *type->dict, hash).is_unbound())
    dict_set_str(rt, *type->dict, hash, Value::none());
  if (std::string_view(spec.module) != "builtins")
    dict_set_str(rt, *type->dict, rt.names.module, Value::from(intern(rt, spec.module)));
  if (dict_get_str(rt, *type->dict, rt.names.doc).is_unbound())
    dict_set_str(rt, *type->dict, rt.names.doc,
                 spec.doc ? Value::from(new_str(rt, spec.doc)) : Value::none());
}

// PYTHONHASHSEED=N makes the order of sets repeatable; without it nobody can foresee which texts collide.
HashKey choose_hash_key(Host& host, bool ignore_environment) {
  HashKey key;
  u32 seed;
  const char* text = ignore_environment ? nullptr : host.variable("PYTHONHASHSEED");
  if (text && read_hash_seed(text, seed)) return key_of_seed(seed);
  host.entropy(&key, sizeof key);
  return key;
}

}  // namespace

bool read_hash_seed(const char* text, u32& seed) {
  const char* end = text + std::strlen(text);
  auto [stopped, error] = std::from_chars(text, end, seed);
  return error == std::errc() && stopped == end;
}

const TypeSpec& type_spec(TypeId id) {
  return *kSpecs[static_cast<size_t>(id)];
}

Runtime::Runtime(bool ignore_environment) : Runtime(ignore_environment, new_real_host()) {}

Runtime::Runtime(bool ignore_environment, std::unique_ptr<Host> given_host)
    : heap(*this), host(std::move(given_host)) {
  heap.paused = true;
  hooks = std::make_unique<Hooks>();
  natives.reserve(4096);
  shapes.reserve(1024);
  thread.ticks = INT64_MAX;
  thread.depth_limit = recursion_limit;
  hash_key = choose_hash_key(*host, ignore_environment);
  make_internal_shape(*this);
  make_type_shells(*this);
  map_immediates(*this);
  intern_names(*this);
  boot_internals(*this);
  for (size_t i = 0; i < kTypeCount; ++i) link_type(*this, static_cast<TypeId>(i));
  for (size_t i = 0; i < kTypeCount; ++i) fill_type(*this, static_cast<TypeId>(i));
  // Once, from the root: every class has its attributes now.
  type_refresh(*this, type(TypeId::Object));
  boot_modules(*this);
  heap.paused = false;
}

Runtime::Runtime(std::unique_ptr<Host> host_of_image, Space* space, LargeSpace* large)
    : heap(*this, space, large), host(std::move(host_of_image)) {
  heap.paused = true;
  hooks = std::make_unique<Hooks>();
  scheduler = std::make_unique<Scheduler>();
  thread.ticks = INT64_MAX;
}

Runtime::~Runtime() = default;

}  // namespace lisle::rt
