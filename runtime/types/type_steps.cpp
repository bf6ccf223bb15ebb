// type.__new__, type.__call__ and the other operations on classes that ask the program, as step machines.
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/codecs.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/module.h"
#include "runtime/types/type_steps.h"

namespace lisle::rt {

namespace {

// What __new__ in a class means when called through the class: natives and functions as they are.
Value unwrap_static(Value v) {
  auto* wrapper = as<Wrapper>(v);
  return wrapper && !wrapper->is_class_method() ? wrapper->callable : v;
}

bool is_native_fn(Runtime& rt, Value v, NativeFn fn) {
  auto* native = as<Native>(v);
  return native && rt.natives[native->native_id].fn == fn;
}

Tuple* prepend(Runtime& rt, Value first, const Tuple* rest) {
  Tuple* all = new_tuple(rt, rest->size + 1);
  all->items[0] = first;
  for (u64 i = 0; i < rest->size; ++i) all->items[i + 1] = rest->items[i];
  return all;
}

Dict* keywords_of(Value v) {
  return as<Dict>(v);
}

// The globals of the code that is running: those of the nearest frame of the language.
Dict* calling_globals(Frame& f) {
  for (Frame* frame = f.prev; frame; frame = frame->prev)
    if (auto* function = as<Function>(frame->fn)) return function->globals;
  return nullptr;
}

void default_module(Runtime& rt, Frame& f, Dict* ns) {
  if (!dict_get_str(rt, *ns, rt.names.module).is_unbound()) return;
  Dict* globals = calling_globals(f);
  if (!globals) return;
  Value module = dict_get_str(rt, *globals, rt.names.name);
  if (!module.is_unbound()) dict_set_str(rt, *ns, rt.names.module, module);
}

// __init_subclass__ as super(type, type) finds it: behind the class itself, which a metaclass may have put
// anywhere, but not leave out.
Result init_subclass_of(Runtime& rt, Type* type) {
  Str* name = rt.special_name(Special::InitSubclass);
  bool behind = false;
  for (u64 i = 0; i < type->mro->size; ++i) {
    Value v = behind ? dict_get_str(rt, *to<Type>(type->mro->items[i])->dict, name) : Value::unbound();
    if (!v.is_unbound()) return v;
    behind = behind || type->mro->items[i] == Value::from(type);
  }
  if (!behind)
    return raise(rt, TypeId::TypeError, "super(type, obj): obj must be an instance or subtype of type");
  return dict_get_str(rt, *rt.type(TypeId::Object)->dict, name);
}

// The failed __set_name__ becomes the cause of a RuntimeError that names the class and the attribute.
Result wrap_set_name_error(Runtime& rt, Type* type, Value name, Value attribute) {
  Value cause = take_raised(rt);
  std::string text = std::string("Error calling __set_name__ on '") + type_name(rt, attribute) +
                     "' instance '" + (is_str(name) ? utf8_of(to<Str>(name)) : "?") + "' in '" +
                     utf8_of(type->name) + "'";
  Exception* e = new_exception(rt, TypeId::RuntimeError, Value::from(new_str(rt, text)));
  e->cause = cause;
  e->context = cause;
  e->aux |= 1;
  return raise_value(rt, Value::from(e));
}

}  // namespace

namespace {

// Checks of the arguments of type.__new__ that need no program.
Result check_new_arguments(Runtime& rt, const Type* metatype, const Tuple* args) {
  if (args->size != 3) {
    if (metatype == rt.type(TypeId::Type))
      return raise(rt, TypeId::TypeError, "type() takes 1 or 3 arguments");
    return raise(rt, TypeId::TypeError, "type.__new__() takes exactly 3 arguments (%llu given)",
                 static_cast<unsigned long long>(args->size));
  }
  constexpr Kind kWanted[] = {Kind::Str, Kind::Tuple, Kind::Dict};
  constexpr const char* kNames[] = {"str", "tuple", "dict"};
  for (int i = 0; i < 3; ++i)
    if (!is_kind(args->items[i], kWanted[i]))
      return raise(rt, TypeId::TypeError, "type.__new__() argument %d must be %s, not %s", i + 1, kNames[i],
                   argument_type(rt, args->items[i]));
  Tuple* bases = to<Tuple>(args->items[1]);
  for (u64 i = 0; i < bases->size; ++i) {
    if (is_type(bases->items[i])) continue;
    if (type_lookup(rt, type_of(rt, bases->items[i]), rt.names.mro_entries).is_unbound()) continue;
    return raise(rt, TypeId::TypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
  }
  return Result::none();
}

// The next attribute of the namespace that wants to know its name; false at the end.
bool next_to_name(Runtime& rt, Dict* ns, Value& place, Value& key, Value& value) {
  u64 position = static_cast<u64>(place.as_int());
  while (dict_next(*ns, position, key, value)) {
    place = Value::from_int(static_cast<i64>(position));
    if (has_special(rt, value, Special::SetName)) return true;
  }
  return false;
}

}  // namespace

// f: attribute, class, name.
Result call_set_name_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, call_special(rt, f, f[0], Special::SetName, {f[1], f[2]}));
      return r.is_raised() ? wrap_set_name_error(rt, to<Type>(f[1]), f[2], f[0]) : Result::none();
  }
  LISLE_UNREACHABLE();
}

// type(x), type(name, bases, dict, **keywords).
// f: metatype, args, keywords, slots or descriptor, type, items of the namespace, position.
Result type_new_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Tuple* args = to<Tuple>(f[1]);
      Type* metatype = to<Type>(f[0]);
      if (args->size == 1 && metatype == rt.type(TypeId::Type) && keywords_of(f[2])->used == 0)
        return Value::from(type_of(rt, args->items[0]));
      TRY(check_new_arguments(rt, metatype, args));
      Type* winner = to<Type>(TRY(winning_metatype(rt, metatype, to<Tuple>(args->items[1]))));
      Value make = unwrap_static(winner->special(Special::New));
      f.set_step(6);
      if (winner != metatype && !is_native_fn(rt, make, type_new_steps))
        return call_spread(rt, f, make, prepend(rt, Value::from(winner), args), keywords_of(f[2]));
      f[0] = Value::from(winner);
      f[3] = dict_get_str(rt, *to<Dict>(args->items[2]), rt.names.slots);
    }
      if (is_str(f[3])) {
        Value only = f[3];
        f[3] = Value::from(new_tuple_from(rt, &only, 1));
      } else if (!f[3].is_unbound()) {
        AWAIT(1, tuple_of(rt, f, f[3]));
        f[3] = r.value();
      }
      {
        Tuple* args = to<Tuple>(f[1]);
        TRY(check_class_name(rt, to<Str>(args->items[0])));
        Dict* ns = dict_copy(rt, *to<Dict>(args->items[2]));
        Value doc = dict_get_str(rt, *ns, rt.names.doc);
        if (is_str(doc)) TRY(encode_text(rt, to<Str>(doc), "utf-8", "strict"));
        default_module(rt, f, ns);
        f[4] = TRY(new_class(rt, to<Type>(f[0]), to<Str>(args->items[0]), to<Tuple>(args->items[1]), ns,
                             as<Tuple>(f[3])));
      }
      if (!is_kind(type_lookup(rt, to<Type>(f[0]), rt.names.mro), Kind::Native)) {
        AWAIT(2, call_internal(rt, f, Internal::ClassOrder, {f[4]}));
        to<Type>(f[4])->mro = to<Tuple>(r.value());
        rt.heap.wrote(f[4].object());
        type_refresh(rt, to<Type>(f[4]));
      }
      f[5] = Value::from(dict_copy(rt, *to<Type>(f[4])->dict));
      f[6] = Value::from_int(0);
      for (;;) {
        {
          Value key, value;
          if (!next_to_name(rt, to<Dict>(f[5]), f[6], key, value)) break;
          f[3] = key;
          f[1] = value;
        }
        AWAIT(3, call_internal(rt, f, Internal::CallSetName, {f[1], f[4], f[3]}));
      }
      r = init_subclass_of(rt, to<Type>(f[4]));
      if (r.is_raised()) return r;
      AWAIT(4, bind_descriptor(rt, f, r.value(), f[4], to<Type>(f[4])));
      f[3] = r.value();
      AWAIT(5, call_spread(rt, f, f[3], rt.empty_tuple, keywords_of(f[2])));
      return f[4];
    case 6:
      return r;
  }
  LISLE_UNREACHABLE();
}

// Records of modules are known by their full names.
static Result raise_no_instances(Runtime& rt, Type& type) {
  Value module = type.is_heap ? type_lookup(rt, &type, rt.names.module) : Value::unbound();
  std::string prefix = is_str(module) ? str_chars(rt, to<Str>(module)) + std::string(".") : "";
  return raise(rt, TypeId::TypeError, "cannot create '%s%s' instances", prefix.c_str(),
               str_chars(rt, type.name));
}

// cls(*args, **keywords). f: cls, args tuple, keywords dict or None, instance.
Result type_call_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Type* type = to<Type>(f[0]);
      Value make = unwrap_static(type->special(Special::New));
      if (type->type_flags & kTypeNoNew || make.is_unbound() || make.is_none())
        return raise_no_instances(rt, *type);
      f[3] = make;
    }
      if (!is_kind(f[3], Kind::Function) && !is_kind(f[3], Kind::Native)) {
        // __new__ made a class method or another descriptor by hand.
        AWAIT(1, bind_descriptor(rt, f, f[3], f[0], to<Type>(f[0])));
        f[3] = r.value();
      }
      AWAIT(2, call_spread(rt, f, f[3], prepend(rt, f[0], to<Tuple>(f[1])), keywords_of(f[2])));
      f[3] = r.value();
      if (!is_instance(rt, f[3], to<Type>(f[0]))) return f[3];
      // type(x) is a question, not a construction.
      if (f[0] == Value::from(rt.type(TypeId::Type)) && to<Tuple>(f[1])->size == 1) return f[3];
      AWAIT(3, bind_descriptor(rt, f, type_of(rt, f[3])->special(Special::Init), f[3], type_of(rt, f[3])));
      AWAIT(4, call_spread(rt, f, r.value(), to<Tuple>(f[1]), keywords_of(f[2])));
      if (!r.value().is_none())
        return raise(rt, TypeId::TypeError, "__init__() should return None, not '%s'",
                     type_name(rt, r.value()));
      return f[3];
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
