// The slow sides of name instructions: namespaces that are not plain dicts, and special methods of with
// statements.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/exception.h"
#include "runtime/types/item_at.h"

namespace lisle::rt {

namespace {

Result undefined(Runtime& rt, Str* name) {
  return raise(rt, TypeId::NameError, "name '%s' is not defined", str_chars(rt, name));
}

// The error when a namespace lookup raised something else than KeyError is that; a KeyError means absence.
bool absent(Runtime& rt, Result r) {
  if (!r.is_raised() || !raised_is(rt, TypeId::KeyError)) return false;
  (void)take_raised(rt);
  return true;
}

const char* protocol_text(Special s) {
  switch (s) {
    case Special::Enter:
      return "'%s' object does not support the context manager protocol";
    case Special::Exit:
      return "'%s' object does not support the context manager protocol (missed __exit__ method)";
    case Special::AEnter:
      return "'%s' object does not support the asynchronous context manager protocol";
    default:
      return "'%s' object does not support the asynchronous context manager protocol (missed __aexit__ "
             "method)";
  }
}

Result bind_found_special(Runtime& rt, Frame& f, Value obj, Special s) {
  Type* type = type_of(rt, obj);
  if (!type->special(s).is_unbound()) return bind_descriptor(rt, f, type->special(s), obj, type);
  char text[512];
  std::snprintf(text, sizeof text, protocol_text(s), type_name(rt, obj));
  return raise(rt, TypeId::TypeError, "%s", text);
}

}  // namespace

// f: object, number of the special method.
Result bind_special(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, bind_found_special(rt, f, f[0], one_of(f[1], static_cast<Special>(kSpecialCount - 1))));
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: namespace, name, function whose globals and builtins are asked next.
Result load_name_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, get_item(rt, f, f[0], f[1]));
      if (!absent(rt, r)) return r;
      auto* function = to<Function>(f[2]);
      auto* name = to<Str>(f[1]);
      Value v = dict_get_str(rt, *function->globals, name);
      if (v.is_unbound()) v = dict_get_str(rt, *function->builtins, name);
      return v.is_unbound() ? undefined(rt, name) : Result(v);
  }
  LISLE_UNREACHABLE();
}

// f: namespace, name.
Result delete_name_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, delete_item(rt, f, f[0], f[1]));
      return absent(rt, r) ? undefined(rt, to<Str>(f[1])) : r;
  }
  LISLE_UNREACHABLE();
}

// f: namespace, name, cell.
Result load_class_free_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, get_item(rt, f, f[0], f[1]));
      if (!absent(rt, r)) return r;
      Value v = to<Cell>(f[2])->content;
      if (!v.is_unbound()) return v;
      return raise(
          rt, TypeId::NameError,
          "cannot access free variable '%s' where it is not associated with a value in enclosing scope",
          str_chars(rt, to<Str>(f[1])));
  }
  LISLE_UNREACHABLE();
}

// f: namespace.
Result setup_annotations_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, get_item(rt, f, f[0], Value::from(rt.names.annotations)));
      if (!absent(rt, r)) return r;
      return set_item(rt, f, f[0], Value::from(rt.names.annotations), Value::from(new_dict(rt)));
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
