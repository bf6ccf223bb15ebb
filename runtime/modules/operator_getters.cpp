// itemgetter, attrgetter and methodcaller: callables that ask their argument for something.
//
// Each is a capsule. values[0] is what it was made with, as a tuple (a methodcaller's name and positional
// arguments); values[1] what it looks for: the keys, for each attribute a tuple of the names on the way, or
// the name and keywords of a call.
#include "runtime/modules/operator_getters.h"

#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/pure.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/capsule.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

Capsule& self_of(Frame& f) {
  return *to<Capsule>(f[0]);
}
Tuple& made_with(Frame& f) {
  return *to<Tuple>(self_of(f).values[0]);
}
Tuple& wanted(Frame& f) {
  return *to<Tuple>(self_of(f).values[1]);
}

Value new_getter(Runtime& rt, Value cls, Tuple* given, Value wanted) {
  Capsule* made = new_capsule(rt, to<Type>(cls), 0);
  made->values[0] = Value::from(given);
  made->values[1] = wanted;
  return Value::from(made);
}

// What is called without a name for it: f[1] the arguments, f[2] the keywords.
Result require_no_keywords(Runtime& rt, Frame& f, const char* name) {
  if (!f[2].is_unbound() && to<Dict>(f[2])->used > 0)
    return raise(rt, TypeId::TypeError, "%s() takes no keyword arguments", name);
  return Result::none();
}
Result require_arguments(Runtime& rt, Frame& f, const char* name, bool exactly_one) {
  const u64 count = to<Tuple>(f[1])->size;
  if (count == 0 || (exactly_one && count != 1))
    return raise(rt, TypeId::TypeError, "%s expected 1 argument, got %llu", name,
                 static_cast<unsigned long long>(count));
  return Result::none();
}
Result check_call(Runtime& rt, Frame& f) {
  const std::string name(to<Str>(Value::from(type_of(rt, f[0])->name))->latin1());
  TRY(require_no_keywords(rt, f, name.c_str()));
  return require_arguments(rt, f, name.c_str(), true);
}

// --- itemgetter

Result itemgetter_new(Runtime& rt, Frame& f) {
  TRY(require_no_keywords(rt, f, "itemgetter"));
  TRY(require_arguments(rt, f, "itemgetter", false));
  return new_getter(rt, f[0], to<Tuple>(f[1]), f[1]);
}

// Unbound where the program may have to be asked, or something is wrong.
Value item_quickly(Runtime& rt, Value from, Value key) {
  if (!from.is_object()) return Value::unbound();
  const ShapeId shape = from.object()->shape;
  if (shape == rt.shape_of(TypeId::Dict)) {
    Value found = Value::unbound();
    return dict_get_pure(rt, *to<Dict>(from), key, found) ? found : Value::unbound();
  }
  const bool is_list = shape == rt.shape_of(TypeId::List);
  if (!key.is_int() || (!is_list && shape != rt.shape_of(TypeId::Tuple))) return Value::unbound();
  const i64 size = static_cast<i64>(is_list ? to<List>(from)->size : to<Tuple>(from)->size);
  const i64 at = key.as_int() < 0 ? key.as_int() + size : key.as_int();
  if (at < 0 || at >= size) return Value::unbound();
  return is_list ? to<List>(from)->items->items[at] : to<Tuple>(from)->items[at];
}

Result itemgetter_call_quickly(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 2) return Value::unbound();
  const Tuple& keys = wanted(f);
  if (keys.size == 1) return item_quickly(rt, f[1], keys.items[0]);
  Tuple* out = new_tuple(rt, keys.size);
  for (u64 i = 0; i < keys.size; ++i) {
    const Value item = item_quickly(rt, f[1], keys.items[i]);
    if (item.is_unbound()) return item;
    out->items[i] = item;
  }
  return Value::from(out);
}

// self, args, keywords; the object, items so far.
Result itemgetter_call(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_call(rt, f));
      f[3] = to<Tuple>(f[1])->items[0];
      f[4] = Value::from(new_list(rt, wanted(f).size));
      while (to<List>(f[4])->size < wanted(f).size) {
        AWAIT(1, get_item(rt, f, f[3], wanted(f).items[to<List>(f[4])->size]));
        list_append(rt, *to<List>(f[4]), r.value());
      }
      if (wanted(f).size == 1) return to<List>(f[4])->items->items[0];
      return Value::from(new_tuple_from(rt, to<List>(f[4])->items->items, wanted(f).size));
  }
  LISLE_UNREACHABLE();
}

// --- attrgetter

// The names on the way to an attribute: 'a.b.c' has three.
Value path_of(Runtime& rt, const Str* name) {
  List* names = new_list(rt);
  Str* whole = const_cast<Str*>(name);
  for (u64 start = 0;;) {
    u64 end = start;
    while (end < name->length && name->at(end) != '.') ++end;
    list_append(rt, *names, Value::from(intern(rt, str_slice(rt, whole, start, end))));
    if (end == name->length) break;
    start = end + 1;
  }
  return Value::from(new_tuple_from(rt, names->items->items, names->size));
}

Result attrgetter_new(Runtime& rt, Frame& f) {
  TRY(require_no_keywords(rt, f, "attrgetter"));
  TRY(require_arguments(rt, f, "attrgetter", false));
  Tuple* given = to<Tuple>(f[1]);
  Tuple* paths = new_tuple(rt, given->size);
  for (u64 i = 0; i < given->size; ++i) {
    if (!is_str(given->items[i])) return raise(rt, TypeId::TypeError, "attribute name must be a string");
    paths->items[i] = path_of(rt, to<Str>(given->items[i]));
    rt.heap.wrote(paths);
  }
  return new_getter(rt, f[0], given, Value::from(paths));
}

// An attribute that is read without asking the program; unbound where it is not.
Value attribute_quickly(Runtime& rt, Value from, Str* name) {
  const AttributeLookup found = classify_get(rt, from, name);
  switch (found.kind) {
    case AttributeLookup::kOwnSlot:
    case AttributeLookup::kOwnOverflow:
      return own_attribute(rt, from.object(), name);
    case AttributeLookup::kClassValue:
      return found.value;
    default:
      return Value::unbound();
  }
}

Result attrgetter_call_quickly(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 2 || wanted(f).size != 1) return Value::unbound();
  const Tuple& path = *to<Tuple>(wanted(f).items[0]);
  Value at = f[1];
  for (u64 i = 0; i < path.size && !at.is_unbound(); ++i)
    at = attribute_quickly(rt, at, to<Str>(path.items[i]));
  return at;
}

// self, args, keywords; where the path has led, values so far, place in the path.
Result attrgetter_call(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_call(rt, f));
      f[4] = Value::from(new_list(rt, wanted(f).size));
      while (to<List>(f[4])->size < wanted(f).size) {
        f[3] = to<Tuple>(f[1])->items[0];
        f[5] = Value::from_int(0);
        while (f[5].as_int() < static_cast<i64>(to<Tuple>(wanted(f).items[to<List>(f[4])->size])->size)) {
          AWAIT(1, get_attr(rt, f, f[3],
                            to<Str>(to<Tuple>(wanted(f).items[to<List>(f[4])->size])->items[f[5].as_int()])));
          f[3] = r.value();
          f[5] = Value::from_int(f[5].as_int() + 1);
        }
        list_append(rt, *to<List>(f[4]), f[3]);
      }
      if (wanted(f).size == 1) return to<List>(f[4])->items->items[0];
      return Value::from(new_tuple_from(rt, to<List>(f[4])->items->items, wanted(f).size));
  }
  LISLE_UNREACHABLE();
}

// --- methodcaller

Result methodcaller_new(Runtime& rt, Frame& f) {
  Tuple* given = to<Tuple>(f[1]);
  if (given->size == 0)
    return raise(rt, TypeId::TypeError, "methodcaller needs at least one argument, the method name");
  if (!is_str(given->items[0])) return raise(rt, TypeId::TypeError, "method name must be a string");
  const bool has_keywords = !f[2].is_unbound() && to<Dict>(f[2])->used > 0;
  Value call[3] = {Value::from(intern(rt, to<Str>(given->items[0]))),
                   Value::from(new_tuple_from(rt, given->items + 1, given->size - 1)),
                   has_keywords ? f[2] : Value::none()};
  return new_getter(rt, f[0], given, Value::from(new_tuple_from(rt, call, 3)));
}

// self, args, keywords.
Result methodcaller_call(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_call(rt, f));
      AWAIT(1, get_attr(rt, f, to<Tuple>(f[1])->items[0], to<Str>(wanted(f).items[0])));
      return call_spread(rt, f, r.value(), to<Tuple>(wanted(f).items[1]), as<Dict>(wanted(f).items[2]));
  }
  LISLE_UNREACHABLE();
}

// --- of all three

Dict* keywords_of(Frame& f) {
  return made_with(f).size > 0 && wanted(f).size == 3 ? as<Dict>(wanted(f).items[2]) : nullptr;
}
bool is_caller(Runtime& rt, Frame& f) {
  return str_equals(type_of(rt, f[0])->name, "methodcaller");
}

// self; text so far, place, the keywords as a list.
Result getter_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = Value::from(rt.names.empty);
      f[3] = Value::from(new_list(rt));
      if (Dict* keywords = is_caller(rt, f) ? keywords_of(f) : nullptr) {
        u64 at = 0;
        Value key, value;
        while (dict_next(*keywords, at, key, value)) {
          list_append(rt, *to<List>(f[3]), key);
          list_append(rt, *to<List>(f[3]), value);
        }
      }
      for (f[2] = Value::from_int(0);
           f[2].as_int() < static_cast<i64>(made_with(f).size + to<List>(f[3])->size / 2);
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        AWAIT(
            1,
            to_repr(rt, f,
                    f[2].as_int() < static_cast<i64>(made_with(f).size)
                        ? made_with(f).items[f[2].as_int()]
                        : to<List>(f[3])
                              ->items->items[(static_cast<u64>(f[2].as_int()) - made_with(f).size) * 2 + 1]));
        {
          const u64 place = static_cast<u64>(f[2].as_int()), positional = made_with(f).size;
          TextBuffer out;
          append_str(out, to<Str>(f[1]));
          if (place > 0) out.append_ascii(", ");
          if (place >= positional) {
            append_str(out, to<Str>(to<List>(f[3])->items->items[(place - positional) * 2]));
            out.append('=');
          }
          append_str(out, to<Str>(r.value()));
          f[1] = Value::from(new_str_from(rt, out));
        }
      }
      {
        TextBuffer out;
        out.append_ascii("operator.");
        append_str(out, type_of(rt, f[0])->name);
        out.append('(');
        append_str(out, to<Str>(f[1]));
        out.append(')');
        return Value::from(new_str_from(rt, out));
      }
  }
  LISLE_UNREACHABLE();
}

Value pair_of(Runtime& rt, Value a, Value b) {
  const Value pair[2] = {a, b};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// (class, arguments); keywords need functools.partial(class, name, **keywords).
Result getter_reduce(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      const Value cls = Value::from(type_of(rt, f[0]));
      if (!is_caller(rt, f) || !keywords_of(f)) return pair_of(rt, cls, self_of(f).values[0]);
    }
      AWAIT(1,
            call(rt, f, module_get(rt, *rt.builtins, "__import__"), {Value::from(intern(rt, "functools"))}));
      AWAIT(2, get_attr(rt, f, r.value(), intern(rt, "partial")));
      AWAIT(3, call_spread(rt, f, r.value(),
                           to<Tuple>(pair_of(rt, Value::from(type_of(rt, f[0])), wanted(f).items[0])),
                           keywords_of(f)));
      return pair_of(rt, r.value(), wanted(f).items[1]);
  }
  LISLE_UNREACHABLE();
}

constexpr const char* kNewSignature = "(cls, /, *args, **kwargs)";
constexpr const char* kCallSignature = "(self, /, *args, **kwargs)";

constexpr NativeSpec kItemMethods[] = {
    {"__new__", itemgetter_new, kNewSignature, nullptr, 0, kStatic},
    {"__call__", itemgetter_call, kCallSignature, nullptr, 5, kLeaf, itemgetter_call_quickly},
    {"__repr__", getter_repr, "(self, /)", nullptr, 4},
    {"__reduce__", getter_reduce, "(self, /)", "Return state information for pickling", 1},
};
constexpr NativeSpec kAttributeMethods[] = {
    {"__new__", attrgetter_new, kNewSignature, nullptr, 0, kStatic},
    {"__call__", attrgetter_call, kCallSignature, nullptr, 6, kLeaf, attrgetter_call_quickly},
    {"__repr__", getter_repr, "(self, /)", nullptr, 4},
    {"__reduce__", getter_reduce, "(self, /)", "Return state information for pickling", 1},
};
constexpr NativeSpec kCallerMethods[] = {
    {"__new__", methodcaller_new, kNewSignature, nullptr, 0, kStatic},
    {"__call__", methodcaller_call, kCallSignature, nullptr, 3},
    {"__repr__", getter_repr, "(self, /)", nullptr, 4},
    {"__reduce__", getter_reduce, "(self, /)", "Return state information for pickling", 1},
};

void add_class(Runtime& rt, Module& module, const char* name, std::span<const NativeSpec> methods) {
  Type* type = new_capsule_class(rt, module, "operator", name, methods);
  module_set(rt, module, name, Value::from(type));
}

}  // namespace

std::span<const NativeSpec> itemgetter_methods() {
  return kItemMethods;
}
std::span<const NativeSpec> attrgetter_methods() {
  return kAttributeMethods;
}
std::span<const NativeSpec> methodcaller_methods() {
  return kCallerMethods;
}

void add_getters(Runtime& rt, Module& module) {
  add_class(rt, module, "itemgetter", kItemMethods);
  add_class(rt, module, "attrgetter", kAttributeMethods);
  add_class(rt, module, "methodcaller", kCallerMethods);
}

}  // namespace lisle::rt
