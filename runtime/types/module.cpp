// The type `module`.
#include "runtime/types/module.h"

#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/support/text.h"
#include "runtime/types/instance.h"

namespace lisle::rt {

namespace {

Module& self_of(Frame& f) {
  return *to<Module>(f[0]);
}

Dict& dict_of(Runtime& rt, Module& m) {
  if (!m.dict) {
    m.dict = new_dict(rt);
    rt.heap.wrote(&m);
  }
  return *m.dict;
}

void set_defaults(Runtime& rt, Module& m, Value name, Value doc) {
  Dict& d = dict_of(rt, m);
  dict_set_str(rt, d, rt.names.name, name);
  dict_set_str(rt, d, rt.names.doc, doc);
  dict_set_str(rt, d, rt.names.package, Value::none());
  dict_set_str(rt, d, rt.names.loader, Value::none());
  dict_set_str(rt, d, rt.names.spec, Value::none());
}

Result module_new(Runtime& rt, Frame& f) {
  Module* m = new_instance_of<Module>(rt, to<Type>(f[0]));
  m->dict = new_dict(rt);
  rt.heap.wrote(m);
  return Value::from(m);
}

Result module_init(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "module() argument 1 must be str, not %s", argument_type(rt, f[1]));
  Module& m = self_of(f);
  m.name = to<Str>(f[1]);
  rt.heap.wrote(&m);
  set_defaults(rt, m, f[1], f[2].is_unbound() ? Value::none() : f[2]);
  return Result::none();
}

std::string quoted(Runtime& rt, Module& m, Str* key) {
  Value v = dict_get_str(rt, dict_of(rt, m), key);
  return is_str(v) ? "'" + utf8_of(to<Str>(v)) + "'" : "";
}

// <module 'name' from 'file'>.
Result plain_repr(Runtime& rt, Frame& f) {
  Module& m = self_of(f);
  std::string name = quoted(rt, m, rt.names.name), file = quoted(rt, m, rt.names.file);
  if (name.empty()) name = "'?'";
  if (!file.empty()) return Value::from(new_str(rt, "<module " + name + " from " + file + ">"));
  bool plain =
      dict_get_str(rt, dict_of(rt, m), rt.names.spec).is_none() && name != "'builtins'" && name != "'sys'";
  return Value::from(new_str(rt, "<module " + name + (plain ? ">" : " (built-in)>")));
}

// The loader of a module whose spec knows no origin; unbound otherwise.
Value loader_without_origin(Runtime& rt, Module& m) {
  Value spec = dict_get_str(rt, dict_of(rt, m), rt.names.spec);
  if (!is_kind(spec, Kind::Instance)) return Value::unbound();
  if (!own_attribute(rt, spec.object(), intern(rt, "origin")).is_none()) return Value::unbound();
  Value loader = own_attribute(rt, spec.object(), intern(rt, "loader"));
  return loader.is_none() ? Value::unbound() : loader;
}

// The loader of a module that has no spec; unbound otherwise.
Value bare_loader(Runtime& rt, Module& m) {
  Value spec = dict_get_str(rt, dict_of(rt, m), rt.names.spec);
  Value loader = dict_get_str(rt, dict_of(rt, m), rt.names.loader);
  bool bare = (spec.is_none() || spec.is_unbound()) && !loader.is_none();
  return bare ? loader : Value::unbound();
}

// Registers: self, the loader.
Result module_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = bare_loader(rt, self_of(f));
      if (!f[1].is_unbound()) {
        // An old loader may have a text of its own.
        AWAIT_CATCH(2, get_attr_or_unbound(rt, f, f[1], intern(rt, "module_repr")));
        if (r.is_value() && !r.value().is_unbound()) {
          AWAIT_CATCH(3, call(rt, f, r.value(), {f[0]}));
        }
        if (r.is_value() && !r.value().is_unbound()) return r;
        if (r.is_raised()) static_cast<void>(take_raised(rt));
        if (!quoted(rt, self_of(f), rt.names.file).empty()) return plain_repr(rt, f);
      } else {
        f[1] = loader_without_origin(rt, self_of(f));
        if (f[1].is_unbound()) return plain_repr(rt, f);
      }
      AWAIT_CATCH(1, to_repr(rt, f, f[1]));
      if (r.is_raised()) return r;
      TextBuffer text;
      std::string name = quoted(rt, self_of(f), rt.names.name);
      text.append_utf8("<module " + (name.empty() ? "'?'" : name) + " (");
      append_str(text, to<Str>(r.value()));
      text.append_ascii(")>");
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

// A subclass may say in __dict__ what there is.
Result module_dir(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, get_attr(rt, f, f[0], rt.names.dict));
      Dict* d = as<Dict>(r.value());
      if (!d) return raise(rt, TypeId::TypeError, "<module>.__dict__ is not a dictionary");
      Value hook = dict_get_str(rt, *d, rt.special_name(Special::Dir));
      if (!hook.is_unbound()) return call(rt, f, hook, {});
      List* out = new_list(rt, d->used);
      u64 position = 0;
      Value key, value;
      while (dict_next(*d, position, key, value)) list_append(rt, *out, key);
      return Value::from(out);
  }
  LISLE_UNREACHABLE();
}

Result module_getattribute(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_get_attr(rt, f, f[0], intern(rt, to<Str>(f[1])));
}

Result get_dict(Runtime& rt, Frame& f) {
  return Value::from(&dict_of(rt, self_of(f)));
}

Result get_annotations(Runtime& rt, Frame& f) {
  Dict& d = dict_of(rt, self_of(f));
  Value v = dict_get_str(rt, d, rt.names.annotations);
  if (!v.is_unbound()) return v;
  v = Value::from(new_dict(rt));
  dict_set_str(rt, d, rt.names.annotations, v);
  return v;
}

Result set_annotations(Runtime& rt, Frame& f) {
  Dict& d = dict_of(rt, self_of(f));
  if (!f[1].is_unbound()) {
    dict_set_str(rt, d, rt.names.annotations, f[1]);
  } else if (!dict_delete_str(rt, d, rt.names.annotations)) {
    return raise_with(rt, TypeId::AttributeError, Value::from(rt.names.annotations));
  }
  return Result::none();
}

constexpr NativeSpec kMethods[] = {
    {"__new__", module_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", module_init, "(self, name, doc=None)"},
    {"__repr__", module_repr, "(self, /)", nullptr, 2, kCatches},
    {"__dir__", module_dir, "(self, /)", nullptr, 1},
    {"__getattribute__", module_getattribute, "(self, name, /)"},
};

constexpr GetsetSpec kAttributes[] = {
    {"__dict__", get_dict},
    {"__annotations__", get_annotations, set_annotations},
};

}  // namespace

Module* new_module(Runtime& rt, Str* name) {
  Module* m = rt.make<Module>(TypeId::Module);
  m->name = name;
  m->dict = new_dict(rt);
  rt.heap.wrote(m);
  set_defaults(rt, *m, Value::from(name), Value::none());
  return m;
}

Module* new_native_module(Runtime& rt, const ModuleSpec& spec) {
  Str* name = intern(rt, spec.name);
  Module* m = new_module(rt, name);
  if (spec.doc) dict_set_str(rt, *m->dict, rt.names.doc, Value::from(new_str(rt, spec.doc)));
  for (const NativeSpec& function : spec.functions) {
    Native* native = new_native(rt, function, nullptr, Value::from(name));
    dict_set_str(rt, *m->dict, native->name, Value::from(native));
  }
  if (spec.setup) spec.setup(rt, *m);
  return m;
}

Value module_get(Runtime& rt, Module& module, std::string_view name) {
  return dict_get_str(rt, dict_of(rt, module), intern(rt, name));
}

void module_set(Runtime& rt, Module& module, std::string_view name, Value v) {
  dict_set_str(rt, dict_of(rt, module), intern(rt, name), v);
}

extern const TypeSpec kModuleType;
const TypeSpec kModuleType{"module",       "builtins",   "Create a module object.",
                           TypeId::Object, Kind::Module, kTypeHidden,
                           kMethods,       kAttributes};

}  // namespace lisle::rt
