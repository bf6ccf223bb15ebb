#include "runtime/modules/record.h"

#include <cstring>
#include <string>
#include <vector>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"

namespace lisle::rt {
namespace {

// The names of all fields, None for those that are items without a name.
Tuple& fields_of(Runtime& rt, Type* type) {
  return *to<Tuple>(type_lookup(rt, type, intern(rt, "__record_fields__")));
}

i64 class_number(Runtime& rt, Type* type, const char* name) {
  Value v = type_lookup(rt, type, intern(rt, name));
  return v.is_int() ? v.as_int() : 0;
}

Value build(Runtime& rt, Type* type, std::span<const Value> values) {
  u64 visible = static_cast<u64>(class_number(rt, type, "n_sequence_fields"));
  Tuple* record = new_instance_of<Tuple>(rt, type, visible * sizeof(Value));
  record->size = visible;
  for (u64 i = 0; i < visible; ++i) record->items[i] = values[i];
  Tuple& fields = fields_of(rt, type);
  for (u64 i = 0; i < fields.size; ++i) {
    if (fields.items[i].is_none()) continue;
    Value v = i < values.size() ? values[i] : Value::none();
    set_own_attribute(rt, record, to<Str>(fields.items[i]), v);
  }
  return Value::from(record);
}

// Fields behind the first `given` ones may come by name.
void set_by_name(Runtime& rt, Type* type, Value record, Dict& names, u64 given) {
  Tuple& fields = fields_of(rt, type);
  for (u64 i = given; i < fields.size; ++i) {
    Value v =
        fields.items[i].is_none() ? Value::unbound() : dict_get_str(rt, names, to<Str>(fields.items[i]));
    if (!v.is_unbound()) set_own_attribute(rt, record.object(), to<Str>(fields.items[i]), v);
  }
}

// Items without names are shown by those of the named fields in their order.
Str* shown_name(Runtime& rt, Type* type, i64 index) {
  Tuple& fields = fields_of(rt, type);
  for (u64 i = 0; i < fields.size; ++i)
    if (!fields.items[i].is_none() && index-- == 0) return to<Str>(fields.items[i]);
  return rt.names.empty;
}

// registers: class, sequence, names
Result record_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, list_of(rt, f, f[1]));
      {
        List* items = to<List>(r.value());
        Type* type = to<Type>(f[0]);
        i64 visible = class_number(rt, type, "n_sequence_fields");
        i64 all = static_cast<i64>(fields_of(rt, type).size);
        i64 given = static_cast<i64>(items->size);
        TextBuffer scratch;
        std::string name(str_utf8(type->name, scratch));
        const char* bound = all == visible ? "a" : given < visible ? "an at least" : "an at most";
        if (given < visible || given > all) {
          return raise(rt, TypeId::TypeError, "%s() takes %s %lld-sequence (%lld-sequence given)",
                       name.c_str(), bound, static_cast<long long>(given < visible ? visible : all),
                       static_cast<long long>(given));
        }
        Value record = build(rt, type, {items->items->items, items->size});
        if (auto* rest = as<Dict>(f[2])) set_by_name(rt, type, record, *rest, items->size);
        return record;
      }
  }
  LISLE_UNREACHABLE();
}

// registers: self, index, text so far
Result record_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from(rt.names.empty);
      for (f[1] = Value::from_int(0); f[1].as_int() < static_cast<i64>(to<Tuple>(f[0])->size);
           f[1] = Value::from_int(f[1].as_int() + 1)) {
        AWAIT(1, to_repr(rt, f, item_at(to<Tuple>(f[0]), f[1])));
        {
          TextBuffer out;
          append_str(out, to<Str>(f[2]));
          if (out.length()) out.append_ascii(", ");
          append_str(out, shown_name(rt, type_of(rt, f[0]), f[1].as_int()));
          out.append('=');
          append_str(out, to<Str>(r.value()));
          f[2] = Value::from(new_str_from(rt, out));
        }
      }
      {
        Type* type = type_of(rt, f[0]);
        TextBuffer out;
        Value module = type_lookup(rt, type, rt.names.module);
        if (is_str(module)) {
          append_str(out, to<Str>(module));
          out.append('.');
        }
        append_str(out, type->name);
        out.append('(');
        append_str(out, to<Str>(f[2]));
        out.append(')');
        return Value::from(new_str_from(rt, out));
      }
  }
  LISLE_UNREACHABLE();
}

// (class, (items, {name: value of the fields that are no items})).
Result record_reduce(Runtime& rt, Frame& f) {
  Tuple* record = to<Tuple>(f[0]);
  Dict* rest = new_dict(rt);
  Tuple& fields = fields_of(rt, type_of(rt, f[0]));
  for (u64 i = record->size; i < fields.size; ++i) {
    Value v = own_attribute(rt, record, to<Str>(fields.items[i]));
    dict_set_str(rt, *rest, to<Str>(fields.items[i]), v.is_unbound() ? Value::none() : v);
  }
  Value parts[2] = {Value::from(new_tuple_from(rt, record->items, record->size)), Value::from(rest)};
  Value pair[2] = {Value::from(type_of(rt, f[0])), Value::from(new_tuple_from(rt, parts, 2))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

constexpr NativeSpec kMethods[] = {
    {"__new__", record_new, "(cls, sequence, dict=None, /)", nullptr, 3, kStatic},
    {"__repr__", record_repr, "(self)", nullptr, 3},
    {"__reduce__", record_reduce, "(self)"},
};

}  // namespace

std::span<const NativeSpec> record_methods() {
  return kMethods;
}

Type* new_record_class(Runtime& rt, const char* full_name, std::span<const char* const> fields,
                       size_t visible) {
  const char* dot = strrchr(full_name, '.');
  std::string module(full_name, static_cast<size_t>(dot - full_name));
  Type* type = new_native_class(rt, module.c_str(), dot + 1, rt.type(TypeId::Tuple));
  auto set = [&](const char* name, Value v) { type_set_attribute(rt, type, intern(rt, name), v); };
  Tuple* names = new_tuple(rt, fields.size());
  i64 unnamed = 0;
  for (size_t i = 0; i < fields.size(); ++i) {
    names->items[i] = fields[i] ? Value::from(intern(rt, fields[i])) : Value::none();
    unnamed += !fields[i];
    rt.heap.wrote(names);
  }
  set("__record_fields__", Value::from(names));
  set("__match_args__", Value::from(new_tuple_from(rt, names->items, visible - static_cast<u64>(unnamed))));
  set("n_fields", Value::from_int(static_cast<i64>(fields.size())));
  set("n_sequence_fields", Value::from_int(static_cast<i64>(visible)));
  set("n_unnamed_fields", Value::from_int(unnamed));
  for (const NativeSpec& method : kMethods)
    set(method.name, Value::from(new_native(rt, method, type, Value::none())));
  return type;
}

Value new_record(Runtime& rt, Type* type, std::span<const Value> values) {
  return build(rt, type, values);
}

Value make_record(Runtime& rt, const char* full_name, std::initializer_list<Field> fields) {
  std::vector<const char*> names;
  Tuple* values = new_tuple(rt, fields.size());
  for (const Field& field : fields) {
    values->items[names.size()] = field.value;
    names.push_back(field.name);
  }
  rt.heap.wrote(values);
  Type* type = new_record_class(rt, full_name, names, names.size());
  type->type_flags |= kTypeNoNew;
  return build(rt, type, {values->items, values->size});
}

}  // namespace lisle::rt
