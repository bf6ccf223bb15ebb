// Native functions as values: their registration, and the types builtin_function_or_method, method_descriptor
// and slot wrapper.
#include <algorithm>
#include <cstdio>
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/bind.h"
#include "runtime/protocols/compare.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/module.h"
#include "runtime/types/require_place.h"

namespace lisle::rt {

namespace {

// Counts that no call has: it is always bound in full.
constexpr u16 kAlwaysBind = 0xffff;

// What an entry says of a signature, read in one pass: start-up does this for every native there is. Commas
// and equals signs inside brackets and quotes belong to defaults.
struct Arity {
  u16 positional = 0, required = 0, named = 0;
  bool varargs = false, varkw = false;
  bool keyword_required = false;  // a keyword-only parameter without default
};

Arity arity_of(const char* text) {
  Arity arity;
  bool keyword_only = false;
  const char* at = text + (*text == '(');
  while (*at && *at != ')') {
    while (*at == ' ') ++at;
    const char* start = at;
    bool has_default = false;
    char quote = 0;
    for (int depth = 0; *at && (quote || depth > 0 || (*at != ',' && *at != ')')); ++at) {
      if (quote) {
        if (*at == quote) quote = 0;
      } else if (*at == '\'' || *at == '"') {
        quote = *at;
      } else if (*at == '(' || *at == '[' || *at == '{') {
        ++depth;
      } else if (*at == ')' || *at == ']' || *at == '}') {
        --depth;
      } else if (*at == '=' && depth == 0) {
        has_default = true;
      }
    }
    if (*start == '*') {
      bool twice = start[1] == '*';
      if (twice)
        arity.varkw = true;
      else
        arity.varargs |= at - start > 1;
      keyword_only = true;
    } else if (*start != '/' && at > start) {
      ++arity.named;
      if (keyword_only) {
        arity.keyword_required |= !has_default;
      } else {
        arity.positional = arity.named;
        if (!has_default) arity.required = arity.named;
      }
    }
    if (*at == ',') ++at;
  }
  return arity;
}

NativeEntry entry_for(const NativeSpec& spec) {
  NativeEntry entry{};
  entry.fn = spec.fn;
  entry.registers = spec.registers;
  entry.flags = spec.flags;
  entry.intrinsic = spec.intrinsic;
  entry.spec = &spec;
  Arity arity = arity_of(spec.signature);
  bool simple = !arity.varargs && !arity.varkw && !arity.keyword_required && !(spec.flags & kRawArgs);
  entry.param_count = static_cast<u16>(arity.named + arity.varargs + arity.varkw);
  entry.min_args = simple ? arity.required : kAlwaysBind;
  entry.max_args = simple ? arity.positional : kAlwaysBind;
  entry.quick = spec.quick;
  entry.in_place = simple && !spec.quick && spec.registers == 0 && !(spec.flags & kSwitches) &&
                   spec.intrinsic == Intrinsic::kNone;
  return entry;
}

bool is_dunder(std::string_view name) {
  return name.size() > 4 && name.starts_with("__") && name.ends_with("__");
}

TypeId class_of(const NativeSpec& spec, const Type* owner) {
  if (!owner || spec.flags & kStatic) return TypeId::BuiltinFunction;
  return is_dunder(spec.name) && !(spec.flags & kClassMethod) ? TypeId::WrapperDescriptor
                                                              : TypeId::MethodDescriptor;
}

}  // namespace

u32 register_native(Runtime& rt, const NativeSpec& spec, const TypeSpec* owner) {
  u32 id = static_cast<u32>(rt.natives.size());
  rt.natives.push_back(entry_for(spec));
  rt.natives.back().owner = owner;
  rt.thread.natives = rt.natives.data();
  return id;
}

Native* new_native(Runtime& rt, const NativeSpec& spec, Type* owner, Value module) {
  Str* name = intern(rt, spec.name);
  Native* native = rt.make<Native>(class_of(spec, owner));
  native->native_id = register_native(rt, spec, owner ? builtin_spec(*owner) : nullptr);
  native->aux = std::max(rt.natives.back().registers, rt.natives.back().param_count);
  native->owner = owner;
  native->self = Value::unbound();
  native->name = name;
  native->module = module;
  return native;
}

Native* bind_native(Runtime& rt, const Native& method, Value self) {
  Native* bound = rt.make<Native>(TypeId::BuiltinFunction);
  bound->native_id = method.native_id;
  bound->aux = method.aux;
  bound->owner = method.owner;
  bound->self = self;
  bound->name = method.name;
  bound->module = method.module;
  return bound;
}

namespace {

Native& self_of(Frame& f) {
  return *to<Native>(f[0]);
}
const NativeSpec& spec_of(Runtime& rt, const Native& n) {
  return *rt.natives[n.native_id].spec;
}

Result text(Runtime& rt, const std::string& s) {
  return Value::from(new_str(rt, s));
}

std::string address(Value v) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "0x%llx", static_cast<unsigned long long>(v.bits() - 1));
  return buffer;
}

Result native_repr(Runtime& rt, Frame& f) {
  const Native& n = self_of(f);
  std::string name = utf8_of(n.name);
  std::string owner = n.owner ? utf8_of(n.owner->name) : "";
  if (type_of(rt, f[0]) == rt.type(TypeId::WrapperDescriptor))
    return text(rt, "<slot wrapper '" + name + "' of '" + owner + "' objects>");
  if (type_of(rt, f[0]) == rt.type(TypeId::MethodDescriptor))
    return text(rt, "<method '" + name + "' of '" + owner + "' objects>");
  if (n.self.is_unbound() || is_kind(n.self, Kind::Module)) {
    if (n.owner)
      return text(rt,
                  "<built-in method " + name + " of type object at " + address(Value::from(n.owner)) + ">");
    return text(rt, "<built-in function " + name + ">");
  }
  std::string of = type_name(rt, n.self);
  std::string kind = n.owner && is_dunder(name) && !(rt.natives[n.native_id].flags & kClassMethod)
                         ? "<method-wrapper '" + name + "' of "
                         : "<built-in method " + name + " of ";
  return text(rt, kind + of + " object at " + address(n.self) + ">");
}

Result native_name(Runtime&, Frame& f) {
  return Value::from(self_of(f).name);
}

Result native_qualname(Runtime& rt, Frame& f) {
  const Native& n = self_of(f);
  Type* owner = n.owner;
  if (!owner || is_kind(n.self, Kind::Module)) return Value::from(n.name);
  // A bound method is named after the class of its receiver, or the receiver itself if that is a class.
  if (!n.self.is_unbound()) owner = is_type(n.self) ? to<Type>(n.self) : type_of(rt, n.self);
  return text(rt, utf8_of(owner->qualname) + "." + utf8_of(n.name));
}

// What every class's method of that name is for; null for names that are not special.
const char* usual_doc(std::string_view name) {
  struct Row {
    std::string_view name;
    const char* text;
  };
  constexpr Row kRows[] = {
#define DOC(name, text) {name, text},
#include "runtime/object/special_docs.def"
#undef DOC
  };
  auto row = std::ranges::find(kRows, name, &Row::name);
  return row == std::end(kRows) ? nullptr : row->text;
}

Result native_doc(Runtime& rt, Frame& f) {
  const NativeSpec& spec = spec_of(rt, self_of(f));
  const char* doc = spec.doc ? spec.doc : usual_doc(spec.name);
  return doc ? Value::from(new_str(rt, doc)) : Value::none();
}

Result native_module(Runtime&, Frame& f) {
  return self_of(f).owner ? Value::none() : self_of(f).module;
}

Result native_self(Runtime& rt, Frame& f) {
  const Native& n = self_of(f);
  if (!n.self.is_unbound()) return n.self;
  if (n.owner) return Value::from(n.owner);
  if (is_str(n.module)) {
    Value module = dict_get_str(rt, *rt.modules, to<Str>(n.module));
    if (!module.is_unbound()) return module;
  }
  return Result::none();
}

Result native_objclass(Runtime&, Frame& f) {
  return Value::from(self_of(f).owner);
}

// Special methods that are bound know where they come from; other functions do not.
Result bound_objclass(Runtime& rt, Frame& f) {
  const Native& n = self_of(f);
  if (n.owner && !n.self.is_unbound() && is_dunder(utf8_of(n.name))) return Value::from(n.owner);
  return raise_attribute_error(rt, f[0], intern(rt, "__objclass__"));
}

Result native_text_signature(Runtime& rt, Frame& f) {
  std::string s = spec_of(rt, self_of(f)).signature;
  // inspect takes a leading dollar as the mark of a bound first parameter.
  if (self_of(f).owner && s.size() > 1 && s[1] != ')' && s[1] != '*') s.insert(1, "$");
  return text(rt, s);
}

Result native_get(Runtime& rt, Frame& f) {
  TRY(require_place(rt, f));
  Type* type = is_type(f[2]) ? to<Type>(f[2]) : nullptr;
  if (f[1].is_none() && !(rt.natives[self_of(f).native_id].flags & kClassMethod)) return f[0];
  if (!type) type = type_of(rt, f[1]);
  // Bound methods are called without another look at their receiver.
  const Native& self = self_of(f);
  if (self.owner && !receiver_fits_by_class(rt, rt.natives[self.native_id], self, f[1]))
    return raise_wrong_receiver(rt, self, f[1]);
  return bind_descriptor(rt, f, f[0], f[1], type);
}

Result native_call(Runtime& rt, Frame& f) {
  return call_spread(rt, f, f[0], to<Tuple>(f[1]), to<Dict>(f[2]));
}

bool same_native(const Native& a, const Native& b) {
  return a.native_id == b.native_id && a.self == b.self;
}

Result native_eq(Runtime&, Frame& f) {
  if (!is_kind(f[1], Kind::Native)) return Value::not_implemented();
  return Result::boolean(f[0] == f[1] || same_native(self_of(f), *to<Native>(f[1])));
}

Result native_ne(Runtime&, Frame& f) {
  if (!is_kind(f[1], Kind::Native)) return Value::not_implemented();
  return Result::boolean(!(f[0] == f[1] || same_native(self_of(f), *to<Native>(f[1]))));
}

Result native_hash(Runtime&, Frame& f) {
  const Native& n = self_of(f);
  u64 h = (u64{n.native_id} * 0x9E3779B97F4A7C15u) ^ (n.self.bits() >> 4);
  return Value::from_int(static_cast<i64>(h >> 4));
}

Result native_reduce(Runtime& rt, Frame& f) {
  const Native& n = self_of(f);
  if (n.self.is_unbound() && !n.owner) return Value::from(n.name);
  Value getattr = module_get(rt, *rt.builtins, "getattr");
  Value items[2] = {n.self.is_unbound() ? Value::from(n.owner) : n.self, Value::from(n.name)};
  Value pair[2] = {getattr, Value::from(new_tuple_from(rt, items, 2))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

constexpr NativeSpec kFunctionMethods[] = {
    {"__repr__", native_repr, "(self, /)"},    {"__call__", native_call, "(self, /, *args, **kwargs)"},
    {"__eq__", native_eq, "(self, value, /)"}, {"__ne__", native_ne, "(self, value, /)"},
    {"__hash__", native_hash, "(self, /)"},    {"__reduce__", native_reduce, "(self, /)"},
};

constexpr NativeSpec kDescriptorMethods[] = {
    {"__repr__", native_repr, "(self, /)"},
    {"__call__", native_call, "(self, /, *args, **kwargs)"},
    {"__get__", native_get, "(self, instance, owner=None, /)"},
    {"__reduce__", native_reduce, "(self, /)"},
};

constexpr GetsetSpec kFunctionAttributes[] = {
    {"__name__", native_name},        {"__qualname__", native_qualname},
    {"__doc__", native_doc},          {"__module__", native_module},
    {"__self__", native_self},        {"__text_signature__", native_text_signature},
    {"__objclass__", bound_objclass},
};

constexpr GetsetSpec kDescriptorAttributes[] = {
    {"__name__", native_name},
    {"__qualname__", native_qualname},
    {"__doc__", native_doc},
    {"__objclass__", native_objclass},
    {"__text_signature__", native_text_signature},
};

}  // namespace

constexpr u32 kInternalType = kTypeFinal | kTypeNoNew | kTypeHidden;

extern const TypeSpec kBuiltinFunctionType, kMethodDescriptorType, kWrapperDescriptorType;
const TypeSpec kBuiltinFunctionType{"builtin_function_or_method",
                                    "builtins",
                                    nullptr,
                                    TypeId::Object,
                                    Kind::Native,
                                    kInternalType,
                                    kFunctionMethods,
                                    kFunctionAttributes};
const TypeSpec kMethodDescriptorType{"method_descriptor", "builtins",           nullptr,
                                     TypeId::Object,      Kind::Native,         kInternalType,
                                     kDescriptorMethods,  kDescriptorAttributes};
const TypeSpec kWrapperDescriptorType{"wrapper_descriptor", "builtins",           nullptr,
                                      TypeId::Object,       Kind::Native,         kInternalType,
                                      kDescriptorMethods,   kDescriptorAttributes};

}  // namespace lisle::rt
