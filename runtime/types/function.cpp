// Functions of the language, bound methods and cells as objects.
#include "runtime/types/function.h"

#include <cstdio>
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/pure.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/module.h"
#include "runtime/types/require_place.h"

namespace lisle::rt {

Function* new_function(Runtime& rt, Code* code, Dict* globals) {
  Function* f = rt.make<Function>(TypeId::Function);
  f->code = code;
  f->globals = globals;
  f->name = code->name;
  f->qualname = code->qualname;
  f->doc = code->doc.is_unbound() ? Value::none() : code->doc;
  f->annotations = Value::unbound();
  f->module = dict_get_str(rt, *globals, rt.names.name);
  if (f->module.is_unbound()) f->module = Value::none();
  Value builtins = dict_get_str(rt, *globals, rt.names.builtins);
  if (auto* module = as<Module>(builtins))
    f->builtins = module->dict;
  else
    f->builtins = is_kind(builtins, Kind::Dict) ? to<Dict>(builtins) : rt.builtins->dict;
  return f;
}

BoundMethod* new_bound_method(Runtime& rt, Value function, Value self) {
  BoundMethod* m = rt.make<BoundMethod>(TypeId::BoundMethod);
  m->function = function;
  m->self = self;
  return m;
}

Cell* new_cell(Runtime& rt, Value content) {
  Cell* c = rt.make<Cell>(TypeId::Cell);
  c->content = content;
  return c;
}

namespace {

Result text(Runtime& rt, const std::string& s) {
  return Value::from(new_str(rt, s));
}

std::string address(Value v) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "0x%llx", static_cast<unsigned long long>(v.bits() & ~u64{3}));
  return buffer;
}

// --- function
// -----------------------------------------------------------------------------------------------------------

Function& function_of(Frame& f) {
  return *to<Function>(f[0]);
}

Result check_closure(Runtime& rt, const Code& code, Value closure) {
  u64 wanted = code.free_names->size;
  auto* cells = as<Tuple>(closure);
  if (!cells && !closure.is_none() && !closure.is_unbound())
    return raise(rt, TypeId::TypeError, "arg 5 (closure) must be None or tuple");
  if (wanted && !cells) return raise(rt, TypeId::TypeError, "arg 5 (closure) must be tuple");
  u64 given = cells ? cells->size : 0;
  if (given != wanted)
    return raise(rt, TypeId::ValueError, "%s requires closure of length %llu, not %llu",
                 str_chars(rt, code.name), static_cast<unsigned long long>(wanted),
                 static_cast<unsigned long long>(given));
  for (u64 i = 0; i < given; ++i)
    if (!is_kind(cells->items[i], Kind::Cell))
      return raise(rt, TypeId::TypeError, "arg 5 (closure) expected cell, found %s",
                   type_name(rt, cells->items[i]));
  return Result::none();
}

// FunctionType(code, globals, name=None, argdefs=None, closure=None). f[0] is the class.
Result function_new(Runtime& rt, Frame& f) {
  if (!is_kind(f[1], Kind::Code))
    return raise(rt, TypeId::TypeError, "function() argument 'code' must be code, not %s",
                 type_name(rt, f[1]));
  if (!is_kind(f[2], Kind::Dict))
    return raise(rt, TypeId::TypeError, "function() argument 'globals' must be dict, not %s",
                 type_name(rt, f[2]));
  bool named = !f[3].is_unbound() && !f[3].is_none();
  if (named && !is_str(f[3])) return raise(rt, TypeId::TypeError, "arg 3 (name) must be None or string");
  bool defaults = !f[4].is_unbound() && !f[4].is_none();
  if (defaults && !is_kind(f[4], Kind::Tuple))
    return raise(rt, TypeId::TypeError, "arg 4 (defaults) must be None or tuple");
  TRY(check_closure(rt, *to<Code>(f[1]), f[5]));
  Function* function = new_function(rt, to<Code>(f[1]), to<Dict>(f[2]));
  if (named) function->name = to<Str>(f[3]);
  if (defaults) function->defaults = to<Tuple>(f[4]);
  if (auto* cells = as<Tuple>(f[5]); cells && cells->size) function->closure = cells;
  return Value::from(function);
}

Result function_repr(Runtime& rt, Frame& f) {
  return text(rt, "<function " + utf8_of(function_of(f).qualname) + " at " + address(f[0]) + ">");
}

Result function_get(Runtime& rt, Frame& f) {
  TRY(require_place(rt, f));
  if (f[1].is_none()) return f[0];
  return Value::from(new_bound_method(rt, f[0], f[1]));
}

Result function_call(Runtime& rt, Frame& f) {
  return call_spread(rt, f, f[0], to<Tuple>(f[1]), to<Dict>(f[2]));
}

Result get_code(Runtime&, Frame& f) {
  return Value::from(function_of(f).code);
}

Result set_code(Runtime& rt, Frame& f) {
  auto* code = as<Code>(f[1]);
  if (!code) return raise(rt, TypeId::TypeError, "__code__ must be set to a code object");
  Function& self = function_of(f);
  u64 has = self.closure ? self.closure->size : 0;
  if (has != code->free_names->size)
    return raise(rt, TypeId::ValueError, "%s() requires a code object with %llu free vars, not %llu",
                 str_chars(rt, self.name), static_cast<unsigned long long>(has),
                 static_cast<unsigned long long>(code->free_names->size));
  self.code = code;
  classes_changed(rt.thread);
  rt.heap.wrote(&self);
  return Result::none();
}

Result get_defaults(Runtime&, Frame& f) {
  return function_of(f).defaults ? Value::from(function_of(f).defaults) : Value::none();
}

Result set_defaults(Runtime& rt, Frame& f) {
  bool none = f[1].is_unbound() || f[1].is_none();
  if (!none && !is_kind(f[1], Kind::Tuple))
    return raise(rt, TypeId::TypeError, "__defaults__ must be set to a tuple object");
  function_of(f).defaults = none ? nullptr : to<Tuple>(f[1]);
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_kwdefaults(Runtime&, Frame& f) {
  return function_of(f).kwdefaults ? Value::from(function_of(f).kwdefaults) : Value::none();
}

Result set_kwdefaults(Runtime& rt, Frame& f) {
  bool none = f[1].is_unbound() || f[1].is_none();
  if (!none && !is_kind(f[1], Kind::Dict))
    return raise(rt, TypeId::TypeError, "__kwdefaults__ must be set to a dict object");
  function_of(f).kwdefaults = none ? nullptr : to<Dict>(f[1]);
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_closure(Runtime&, Frame& f) {
  return function_of(f).closure ? Value::from(function_of(f).closure) : Value::none();
}
Result get_globals(Runtime&, Frame& f) {
  return Value::from(function_of(f).globals);
}
Result get_builtins(Runtime&, Frame& f) {
  return Value::from(function_of(f).builtins);
}
Result get_name(Runtime&, Frame& f) {
  return Value::from(function_of(f).name);
}

Result set_name(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) return raise(rt, TypeId::TypeError, "__name__ must be set to a string object");
  function_of(f).name = to<Str>(f[1]);
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_qualname(Runtime&, Frame& f) {
  return Value::from(function_of(f).qualname);
}

Result set_qualname(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) return raise(rt, TypeId::TypeError, "__qualname__ must be set to a string object");
  function_of(f).qualname = to<Str>(f[1]);
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_doc(Runtime&, Frame& f) {
  return function_of(f).doc;
}

Result set_doc(Runtime& rt, Frame& f) {
  function_of(f).doc = f[1].is_unbound() ? Value::none() : f[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_module(Runtime&, Frame& f) {
  return function_of(f).module;
}

Result set_module(Runtime& rt, Frame& f) {
  function_of(f).module = f[1].is_unbound() ? Value::none() : f[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

// The compiler leaves annotations as a tuple of names and values; most functions are never asked.
Result get_annotations(Runtime& rt, Frame& f) {
  Function& self = function_of(f);
  if (is_kind(self.annotations, Kind::Dict)) return self.annotations;
  Dict* d = new_dict(rt);
  if (auto* pairs = as<Tuple>(self.annotations))
    for (u64 i = 0; i + 1 < pairs->size; i += 2)
      dict_set_str(rt, *d, to<Str>(pairs->items[i]), pairs->items[i + 1]);
  self.annotations = Value::from(d);
  rt.heap.wrote(&self);
  return self.annotations;
}

Result set_annotations(Runtime& rt, Frame& f) {
  bool none = f[1].is_unbound() || f[1].is_none();
  if (!none && !is_kind(f[1], Kind::Dict))
    return raise(rt, TypeId::TypeError, "__annotations__ must be set to a dict object");
  function_of(f).annotations = none ? Value::unbound() : f[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_dict(Runtime& rt, Frame& f) {
  return Value::from(attribute_dict(rt, f[0].object()));
}

Result set_dict(Runtime& rt, Frame& f) {
  auto* d = as<Dict>(f[1]);
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "cannot delete __dict__");
  if (!d)
    return raise(rt, TypeId::TypeError, "__dict__ must be set to a dictionary, not a '%s'",
                 type_name(rt, f[1]));
  set_attribute_dict(rt, f[0].object(), d);
  return Result::none();
}

constexpr NativeSpec kFunctionMethods[] = {
    {"__new__", function_new, "(cls, code, globals, name=None, argdefs=None, closure=None)", nullptr, 0,
     kStatic},
    {"__repr__", function_repr, "(self, /)"},
    {"__get__", function_get, "(self, instance, owner=None, /)"},
    {"__call__", function_call, "(self, /, *args, **kwargs)"},
};

constexpr GetsetSpec kFunctionAttributes[] = {
    {"__code__", get_code, set_code},
    {"__defaults__", get_defaults, set_defaults},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults},
    {"__closure__", get_closure, readonly_member},
    {"__globals__", get_globals, readonly_member},
    {"__builtins__", get_builtins, readonly_member},
    {"__name__", get_name, set_name},
    {"__qualname__", get_qualname, set_qualname},
    {"__doc__", get_doc, set_doc},
    {"__module__", get_module, set_module},
    {"__annotations__", get_annotations, set_annotations},
    {"__dict__", get_dict, set_dict},
};

// --- bound method
// -------------------------------------------------------------------------------------------------------

BoundMethod& method_of(Frame& f) {
  return *to<BoundMethod>(f[0]);
}

Result method_new(Runtime& rt, Frame& f) {
  if (!has_special(rt, f[1], Special::Call))
    return raise(rt, TypeId::TypeError, "first argument must be callable");
  if (f[2].is_none()) return raise(rt, TypeId::TypeError, "self must not be None");
  return Value::from(new_bound_method(rt, f[1], f[2]));
}

// f: self, name of the function.
Result method_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, get_attr_or_unbound(rt, f, method_of(f).function, rt.names.qualname));
      f[1] = is_str(r.value()) ? r.value() : Value::from(intern(rt, "?"));
      AWAIT(2, to_repr(rt, f, method_of(f).self));
      return text(rt, "<bound method " + utf8_of(to<Str>(f[1])) + " of " + utf8_of(to<Str>(r.value())) + ">");
  }
  LISLE_UNREACHABLE();
}

Result method_eq(Runtime& rt, Frame& f) {
  auto* other = as<BoundMethod>(f[1]);
  if (!other) return Value::not_implemented();
  if (!(method_of(f).self == other->self)) return Result::boolean(false);
  return equal(rt, f, method_of(f).function, other->function);
}

Result method_hash(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, method_of(f).function));
      return Value::from_int(
          (identity_hash(method_of(f).self) ^ (r.value().is_int() ? r.value().as_int() : 0)) >> 2);
  }
  LISLE_UNREACHABLE();
}

Result method_call(Runtime& rt, Frame& f) {
  return call_spread(rt, f, f[0], to<Tuple>(f[1]), to<Dict>(f[2]));
}
Result method_get(Runtime&, Frame& f) {
  return f[0];
}
Result get_function(Runtime&, Frame& f) {
  return method_of(f).function;
}
Result get_self(Runtime&, Frame& f) {
  return method_of(f).self;
}
Result get_method_doc(Runtime& rt, Frame& f) {
  return get_attr(rt, f, method_of(f).function, rt.names.doc);
}

// Attributes that a bound method has not are those of its function.
Result method_getattribute(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_get_attr(rt, f, f[0], intern(rt, to<Str>(f[1])));
}

Result method_reduce(Runtime& rt, Frame& f) {
  Value name = Value::none();
  if (auto* function = as<Function>(method_of(f).function)) name = Value::from(function->name);
  if (auto* native = as<Native>(method_of(f).function)) name = Value::from(native->name);
  Value arguments[2] = {method_of(f).self, name};
  Value pair[2] = {module_get(rt, *rt.builtins, "getattr"), Value::from(new_tuple_from(rt, arguments, 2))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

constexpr NativeSpec kMethodMethods[] = {
    {"__new__", method_new, "(cls, function, instance, /)", nullptr, 0, kStatic},
    {"__repr__", method_repr, "(self, /)", nullptr, 2},
    {"__eq__", method_eq, "(self, value, /)"},
    {"__hash__", method_hash, "(self, /)", nullptr, 1},
    {"__call__", method_call, "(self, /, *args, **kwargs)"},
    {"__get__", method_get, "(self, instance, owner=None, /)"},
    {"__getattribute__", method_getattribute, "(self, name, /)"},
    {"__reduce__", method_reduce, "(self, /)"},
};

constexpr GetsetSpec kMethodAttributes[] = {
    {"__func__", get_function, readonly_member},
    {"__self__", get_self, readonly_member},
    {"__doc__", get_method_doc},
};

// --- cell
// ---------------------------------------------------------------------------------------------------------------

Result cell_new(Runtime& rt, Frame& f) {
  return Value::from(new_cell(rt, f[1]));
}

Result cell_repr(Runtime& rt, Frame& f) {
  Value content = to<Cell>(f[0])->content;
  std::string head = "<cell at " + address(f[0]) + ": ";
  if (content.is_unbound()) return text(rt, head + "empty>");
  return text(rt, head + type_name(rt, content) + " object at " + address(content) + ">");
}

Result get_contents(Runtime& rt, Frame& f) {
  Value v = to<Cell>(f[0])->content;
  return v.is_unbound() ? raise(rt, TypeId::ValueError, "Cell is empty") : v;
}

Result set_contents(Runtime& rt, Frame& f) {
  to<Cell>(f[0])->content = f[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

bool order_satisfies(CompareOp op, int order) {
  switch (op) {
    case CompareOp::Lt:
      return order < 0;
    case CompareOp::Le:
      return order <= 0;
    case CompareOp::Eq:
      return order == 0;
    case CompareOp::Ne:
      return order != 0;
    case CompareOp::Gt:
      return order > 0;
    default:
      return order >= 0;
  }
}

// Contents compare like themselves; an empty cell is less than a full one.
template <CompareOp op>
Result cell_compare(Runtime& rt, Frame& f) {
  Cell* other = as<Cell>(f[1]);
  if (!other) return Value::not_implemented();
  Value a = to<Cell>(f[0])->content, b = other->content;
  if (!a.is_unbound() && !b.is_unbound()) return compare(rt, f, op, a, b);
  int order = static_cast<int>(!a.is_unbound()) - static_cast<int>(!b.is_unbound());
  return Result::boolean(order_satisfies(op, order));
}

constexpr NativeSpec kCellMethods[] = {
    {"__new__", cell_new, "(cls, contents=None, /)", nullptr, 0, kStatic},
    {"__repr__", cell_repr, "(self, /)"},
    {"__lt__", cell_compare<CompareOp::Lt>, "(self, value, /)"},
    {"__le__", cell_compare<CompareOp::Le>, "(self, value, /)"},
    {"__eq__", cell_compare<CompareOp::Eq>, "(self, value, /)"},
    {"__ne__", cell_compare<CompareOp::Ne>, "(self, value, /)"},
    {"__gt__", cell_compare<CompareOp::Gt>, "(self, value, /)"},
    {"__ge__", cell_compare<CompareOp::Ge>, "(self, value, /)"},
    {"__hash__", nullptr, "(self, /)"},
};

constexpr GetsetSpec kCellAttributes[] = {{"cell_contents", get_contents, set_contents}};

constexpr u32 kInternalType = kTypeFinal | kTypeHidden;

}  // namespace

extern const TypeSpec kFunctionType, kBoundMethodType, kCellType;
const TypeSpec kFunctionType{"function",       "builtins",         "Create a function object.",
                             TypeId::Object,   Kind::Function,     kInternalType,
                             kFunctionMethods, kFunctionAttributes};
const TypeSpec kBoundMethodType{"method",       "builtins",        "Create a bound instance method object.",
                                TypeId::Object, Kind::BoundMethod, kInternalType,
                                kMethodMethods, kMethodAttributes};
const TypeSpec kCellType{"cell",         "builtins",     "Create a new cell object.",
                         TypeId::Object, Kind::Cell,     kInternalType,
                         kCellMethods,   kCellAttributes};

}  // namespace lisle::rt
