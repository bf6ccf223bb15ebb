// Classes and functions by name. The common case, a module that is imported and holds the object under its
// name, is decided here; imports, old protocols and everything unusual are said by _pickle._locate.
#include <cstring>
#include <string_view>

#include "runtime/image/by_value.h"
#include "runtime/image/pickler.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// How the object calls itself: unbound where that takes asking.
Value own_module(Runtime& rt, Value v) {
  if (auto* function = as<Function>(v)) return function->module;
  if (auto* native = as<Native>(v)) return native->owner ? Value::unbound() : native->module;
  if (!is_type(v)) return Value::unbound();
  auto* type = to<Type>(v);
  Value module = dict_get_str(rt, *type->dict, rt.names.module);
  if (!module.is_unbound()) return module;
  return type->is_heap ? module : Value::from(intern(rt, "builtins"));
}

Value own_name(Value v) {
  if (auto* function = as<Function>(v)) return Value::from(function->qualname);
  if (auto* native = as<Native>(v)) return Value::from(native->name);
  return is_type(v) ? Value::from(to<Type>(v)->qualname) : Value::unbound();
}

// module.a.b as far as modules and classes keep it in their dicts; unbound otherwise.
Value plain_lookup(Runtime& rt, Str* module, Str* path) {
  Value at = dict_get_str(rt, *rt.modules, module);
  std::string_view rest = path->is_ascii() ? path->latin1() : std::string_view();
  while (!rest.empty()) {
    size_t dot = rest.find('.');
    Str* part =
        dot == std::string_view::npos && rest.size() == path->length ? path : intern(rt, rest.substr(0, dot));
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
    if (auto* m = as<Module>(at)) {
      at = m->dict ? dict_get_str(rt, *m->dict, part) : Value::unbound();
    } else if (is_type(at)) {
      at = dict_get_str(rt, *to<Type>(at)->dict, part);
    } else {
      return Value::unbound();
    }
  }
  return at;
}

// The number copyreg.add_extension() gave the global, 0 for none.
i64 extension_code(Runtime& rt, Value module, Value name) {
  Value registry = pickle_helper(rt, "_extension_registry");
  auto* dict = as<Dict>(registry);
  if (!dict || dict->used == 0) return 0;
  Value pair[2] = {module, name};
  Value code;
  bool known = dict_get_pure(rt, *dict, Value::from(new_tuple_from(rt, pair, 2)), code);
  return known && code.is_int() ? code.as_int() : 0;
}

void put_extension(Runtime& rt, Pickler& p, i64 code) {
  u8 bytes[5] = {code <= 0xff ? kExt1 : code <= 0xffff ? kExt2 : kExt4};
  std::memcpy(bytes + 1, &code, 4);
  put_bytes(rt, p, bytes, code <= 0xff ? 2 : code <= 0xffff ? 3 : 5);
}

Step put_global(Runtime& rt, Pickler& p, Value v, Value module, Value name) {
  if (i64 code = extension_code(rt, module, name)) return put_extension(rt, p, code), Step::kGoOn;
  // The name of a builtin class is a text of its own wherever it is asked for, even where an equal one (that
  // of the module datetime, say) has been written.
  if (is_type(v) && !to<Type>(v)->is_heap && to<Str>(name)->is_ascii())
    name = Value::from(new_str_ascii(rt, to<Str>(name)->latin1()));
  push_job(rt, p, JobKind::kPut, v);
  push_job(rt, p, JobKind::kOpcode, Value(), Value::from_int(kStackGlobal));
  push_job(rt, p, JobKind::kSave, name);
  push_job(rt, p, JobKind::kSave, module);
  return Step::kGoOn;
}

}  // namespace

bool is_plain_global(Runtime& rt, Value v) {
  Value module = own_module(rt, v), name = own_name(v);
  return is_str(module) && is_str(name) && plain_lookup(rt, to<Str>(module), to<Str>(name)) == v;
}

Step save_global(Runtime& rt, Pickler& p, Value v, Value name) {
  Value module = own_module(rt, v), path = name.is_none() ? own_name(v) : name;
  if (p.protocol >= 4 && is_str(module) && is_str(path) &&
      plain_lookup(rt, to<Str>(module), to<Str>(path)) == v)
    return put_global(rt, p, v, module, path);
  push_job(rt, p, JobKind::kGlobalAnswer, v, name);
  Value locate = pickle_helper(rt, "_locate");
  return ask_call(p, rt, locate,
                  {v, name, Value::from_int(static_cast<i64>(p.protocol) | (p.fix_imports ? 8 : 0))});
}

// The answer of _locate: (module, name); the text of a GLOBAL opcode as bytes, with a number where an
// extension code does it; (parent, last name, None) where getattr() has to be called; None: it cannot be
// found by name.
Step global_answer(Runtime& rt, Pickler& p, Value v, Value name) {
  Value answer = p.answer;
  if (answer.is_none()) return save_by_value(rt, p, v);
  (void)name;
  if (answer.is_int()) return put_extension(rt, p, answer.as_int()), Step::kGoOn;
  if (auto* text = as<Bytes>(answer)) {
    put_op(rt, p, kGlobal);
    put_bytes(rt, p, text->data, text->length);
    put_memo(rt, p, v);
    return Step::kGoOn;
  }
  Tuple& found = *to<Tuple>(answer);
  if (found.size == 2) return put_global(rt, p, v, found.items[0], found.items[1]);
  push_job(rt, p, JobKind::kPut, v);
  Value pair[2] = {module_get(rt, *rt.builtins, "getattr"), Value::from(new_tuple_from(rt, found.items, 2))};
  return save_reduction(rt, p, Value::from(new_tuple_from(rt, pair, 2)), Value::unbound());
}

}  // namespace lisle::rt
