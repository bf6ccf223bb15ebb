// Arguments of calls to native functions. The texts of the errors follow the families that CPython's own
// argument parsers make: no arguments, exactly one, positional only, and named.
#include <algorithm>
#include <cctype>
#include <cstring>
#include <string>

#include "runtime/protocols/bind.h"
#include "runtime/support/text.h"

namespace lisle::rt {

namespace {

std::string text_of(const Str* s) {
  TextBuffer scratch;
  return std::string(str_utf8(s, scratch));
}

std::string_view trim(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

// Where the next parameter ends: a comma outside brackets and quotes.
size_t parameter_end(std::string_view s) {
  int depth = 0;
  char quote = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    char c = s[i];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (depth-- == 0) return i;
    } else if (c == ',' && depth == 0) {
      return i;
    }
  }
  return s.size();
}

// __new__ and __init__ are known to the program by the name of the class.
bool constructs(const Native& native) {
  return native.owner && (str_equals(native.name, "__new__") || str_equals(native.name, "__init__"));
}

// "list.append" for methods, "len" for functions, "math.sqrt" for those of modules, "list" for its
// constructor.
std::string function_name(const Native& native, bool qualified) {
  if (constructs(native)) return text_of(native.owner->name);
  std::string name = text_of(native.name);
  if (!qualified) return name;
  if (native.owner) return text_of(native.owner->name) + "." + name;
  const Str* module = as<Str>(native.module);
  return module && !str_equals(module, "builtins") ? text_of(module) + "." + name : name;
}

// Special methods that operators stand for. CPython makes one function out of each of them, whose errors do
// not name it; those below are plain methods there.
bool stands_for_operator(const Native& native) {
  if (!native.owner || constructs(native)) return false;
  std::string name = text_of(native.name);
  if (!name.starts_with("__") || !name.ends_with("__")) return false;
  constexpr std::string_view kPlain[] = {
      "__format__",        "__round__",         "__trunc__",         "__ceil__",         "__floor__",
      "__sizeof__",        "__reduce__",        "__reduce_ex__",     "__getstate__",     "__setstate__",
      "__dir__",           "__copy__",          "__deepcopy__",      "__enter__",        "__exit__",
      "__reversed__",      "__length_hint__",   "__getnewargs__",    "__complex__",      "__bytes__",
      "__missing__",       "__class_getitem__", "__init_subclass__", "__subclasshook__", "__instancecheck__",
      "__subclasscheck__", "__subclasses__",    "__prepare__",       "__new__",          "__getformat__",
      "__alloc__",         "__mro_entries__",   "__getnewargs_ex__", "__sizeof__",       "__fspath__"};
  if (std::ranges::find(kPlain, name) != std::end(kPlain)) return false;
  // list and dict look items up by methods of their own.
  bool is_mapping = str_equals(native.owner->name, "dict") || str_equals(native.owner->name, "list");
  return !(name == "__getitem__" && is_mapping) &&
         !(name == "__contains__" &&
           (str_equals(native.owner->name, "dict") || native.owner->instance_kind == Kind::Set));
}

// The three that take two arguments, and those with an optional one, are unpacked under no name.
Result wrong_operand_count(Runtime& rt, u32 least, u32 most, u32 given) {
  if (least != most || most > 1) {
    const char* bound = least == most ? "" : given < least ? "at least " : "at most ";
    u32 limit = given < least ? least : most;
    return raise(rt, TypeId::TypeError, " expected %s%u argument%s, got %u", bound, limit,
                 limit == 1 ? "" : "s", given);
  }
  return raise(rt, TypeId::TypeError, "expected %u argument%s, got %u", most, most == 1 ? "" : "s", given);
}

Result no_keywords(Runtime& rt, const Native& native) {
  if (stands_for_operator(native))
    return raise(rt, TypeId::TypeError, "wrapper %s() takes no keyword arguments",
                 text_of(native.name).c_str());
  return raise(rt, TypeId::TypeError, "%s() takes no keyword arguments", function_name(native, true).c_str());
}

// Counts exclude the receiver, as CPython's messages do.
Result wrong_count(Runtime& rt, const Native& native, const NativeSignature& s, u32 nargs, u32 skipped) {
  u32 given = nargs - std::min(skipped, nargs);
  u32 most = s.positional - skipped;
  u32 least = s.required - std::min(skipped, s.required);
  if (stands_for_operator(native)) return wrong_operand_count(rt, least, most, given);
  if (most == 0 && s.count == s.positional)
    return raise(rt, TypeId::TypeError, "%s() takes no arguments (%u given)",
                 function_name(native, true).c_str(), given);
  if (most == 1 && least == 1 && !constructs(native) && s.posonly == s.positional && s.count == s.positional)
    return raise(rt, TypeId::TypeError, "%s() takes exactly one argument (%u given)",
                 function_name(native, true).c_str(), given);
  if (rt.natives[native.native_id].flags & kSearches) {
    u32 limit = given < least ? least : most;
    return raise(rt, TypeId::TypeError, "%s() takes at %s %u argument%s (%u given)",
                 function_name(native, false).c_str(), given < least ? "least" : "most", limit,
                 limit == 1 ? "" : "s", given);
  }
  if (s.posonly == s.positional && (s.count == s.positional || most > 0)) {
    const char* bound = least == most ? "" : given < least ? "at least " : "at most ";
    u32 limit = given < least ? least : most;
    return raise(rt, TypeId::TypeError, "%s expected %s%u argument%s, got %u",
                 function_name(native, false).c_str(), bound, limit, limit == 1 ? "" : "s", given);
  }
  if (given > most) {
    const char* bound = least == most ? "exactly" : "at most";
    if (most == 0)
      return raise(rt, TypeId::TypeError, "%s() takes no positional arguments",
                   function_name(native, false).c_str());
    return raise(rt, TypeId::TypeError, "%s() takes %s %u %sargument%s (%u given)",
                 function_name(native, false).c_str(), bound, most,
                 s.count > s.positional ? "positional " : "", most == 1 ? "" : "s", given);
  }
  u32 first_missing = nargs;
  return raise(rt, TypeId::TypeError, "%s() missing required argument '%s' (pos %u)",
               function_name(native, false).c_str(), std::string(s.parameters[first_missing].name).c_str(),
               first_missing + 1 - skipped);
}

bool is_new(const Native& native) {
  return str_equals(native.name, "__new__");
}

// The class of the machine whose instances those of `type` extend; object when there is no other.
const Type* machine_class(const Runtime& rt, const Type* type) {
  for (u64 i = 0; i < type->mro->size; ++i) {
    const Type* at = to<Type>(type->mro->items[i]);
    if (!at->is_heap && at != rt.type(TypeId::Object)) return at;
  }
  return rt.type(TypeId::Object);
}

// May the __new__ `native` make instances of `receiver`? Only when it knows their layout.
bool makes_instances_of(const Runtime& rt, const Native& native, Value receiver) {
  if (receiver == Value::from(native.owner)) return true;
  const Type* type = as<Type>(receiver);
  if (!type || !is_subtype(type, native.owner)) return false;
  const Native* own = as<Native>(machine_class(rt, type)->special(Special::New));
  return own && own->native_id == native.native_id;
}

Result raise_wrong_class(Runtime& rt, const Native& native, Value receiver) {
  std::string owner = text_of(native.owner->name);
  if (receiver.is_unbound())
    return raise(rt, TypeId::TypeError, "%s.__new__(): not enough arguments", owner.c_str());
  const Type* type = as<Type>(receiver);
  if (!type)
    return raise(rt, TypeId::TypeError, "%s.__new__(X): X is not a type object (%s)", owner.c_str(),
                 type_name(rt, receiver));
  std::string name = text_of(type->name);
  if (!is_subtype(type, native.owner))
    return raise(rt, TypeId::TypeError, "%s.__new__(%s): %s is not a subtype of %s", owner.c_str(),
                 name.c_str(), name.c_str(), owner.c_str());
  // The first class whose __new__ is not written in the language.
  u64 safe = 0;
  while (!is_kind(to<Type>(type->mro->items[safe])->special(Special::New), Kind::Native)) ++safe;
  return raise(rt, TypeId::TypeError, "%s.__new__(%s) is not safe, use %s.__new__()", owner.c_str(),
               name.c_str(), text_of(to<Type>(type->mro->items[safe])->name).c_str());
}

}  // namespace

bool receiver_fits_by_class(const Runtime& rt, const NativeEntry& entry, const Native& native,
                            Value receiver) {
  const Type* owner = native.owner;
  if (entry.flags & kClassMethod) return true;
  if (entry.flags & kStatic)
    return receiver == Value::from(owner) || !is_new(native) || makes_instances_of(rt, native, receiver);
  const Type* type = type_of(rt, receiver);
  return LISLE_LIKELY(type == owner) || is_subtype(type, owner);
}

Result raise_wrong_receiver(Runtime& rt, const Native& native, Value receiver) {
  if (is_new(native)) return raise_wrong_class(rt, native, receiver);
  std::string name = text_of(native.name), owner = text_of(native.owner->name);
  if (name.starts_with("__")) {
    return raise(rt, TypeId::TypeError, "descriptor '%s' requires a '%s' object but received a '%s'",
                 name.c_str(), owner.c_str(), type_name(rt, receiver));
  }
  return raise(rt, TypeId::TypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
               name.c_str(), owner.c_str(), type_name(rt, receiver));
}

NativeSignature parse_signature(const char* text) {
  NativeSignature s;
  std::string_view rest(text);
  if (!rest.empty() && rest.front() == '(') rest.remove_prefix(1);
  bool keyword_only = false;
  u32 register_index = 0;
  while (true) {
    size_t end = parameter_end(rest);
    std::string_view one = trim(rest.substr(0, end));
    if (one == "/") {
      s.posonly = s.count;
    } else if (one == "*") {
      keyword_only = true;
    } else if (one.starts_with("**")) {
      s.varkw = static_cast<i32>(register_index++);
    } else if (one.starts_with("*")) {
      s.varargs = static_cast<i32>(register_index++);
      keyword_only = true;
    } else if (!one.empty()) {
      size_t equals = one.find('=');
      NativeSignature::Parameter& p = s.parameters[s.count++];
      ++register_index;
      p.name = trim(one.substr(0, equals));
      if (equals != std::string_view::npos) p.default_text = trim(one.substr(equals + 1));
      if (!keyword_only) {
        s.positional = s.count;
        if (p.default_text.empty()) s.required = s.count;
      }
    }
    if (end >= rest.size() || rest[end] == ')') break;
    rest.remove_prefix(end + 1);
  }
  return s;
}

// A subclass that has a __new__ of its own may hand keywords to the inherited __init__, and the other way
// round: they are meant for the one that it defines. (Sets do not allow the latter.)
static bool leaves_keywords(const Runtime& rt, const Native& native, Value receiver) {
  if (!native.owner || native.owner->is_heap) return false;
  if (str_equals(native.name, "__new__"))
    return is_type(receiver) &&
           to<Type>(receiver)->special(Special::Init) != native.owner->special(Special::Init);
  return str_equals(native.name, "__init__") && native.owner->instance_kind != Kind::Set &&
         type_of(rt, receiver)->special(Special::New) != native.owner->special(Special::New);
}

// Registers follow the order of the text: named positional ones, *args, keyword-only ones, **kwargs.
Result bind_native(Runtime& rt, Frame& w, const Native& native, u32 nargs, Tuple* names) {
  u32 keyword_count = names ? static_cast<u32>(names->size) : 0;
  NativeEntry& entry = rt.natives[native.native_id];
  if (entry.flags & kRawArgs) {
    if (keyword_count == 0) return Result::none();
    return no_keywords(rt, native);
  }
  // Parsing costs more than many a native does: once is enough.
  if (!entry.signature)
    entry.signature = std::make_shared<const NativeSignature>(parse_signature(entry.spec->signature));
  const NativeSignature& s = *entry.signature;
  if (nargs == 0 && native.owner && is_new(native)) return raise_wrong_class(rt, native, Value::unbound());
  // The receiver does not count in messages.
  bool is_method = entry.owner && !(entry.flags & kStatic);
  u32 skipped = (is_method || constructs(native)) && s.positional > 0 ? 1 : 0;
  if (is_method && s.positional > 0 && nargs == 0) {
    return raise(rt, TypeId::TypeError, "unbound method %s() needs an argument",
                 function_name(native, true).c_str());
  }
  if (native.owner && is_new(native) && nargs == 0) return raise_wrong_class(rt, native, Value::unbound());
  if (keyword_count > 0 && s.varkw < 0 && s.posonly == s.count && leaves_keywords(rt, native, w.r[0]))
    keyword_count = 0;
  if (keyword_count > 0 && s.varkw < 0 && s.posonly == s.count) {
    return no_keywords(rt, native);
  }
  // The values move aside first: parameters of any number may take their places.
  Value few[16];
  std::vector<Value> many;
  Value* given = few;
  if (nargs + keyword_count > 16) {
    many.resize(nargs + keyword_count);
    given = many.data();
  }
  std::copy_n(w.r, nargs + keyword_count, given);
  if (s.posonly < s.count && s.varargs < 0 && s.varkw < 0 && nargs + keyword_count > s.count) {
    u32 most = s.count - skipped;
    return raise(rt, TypeId::TypeError, "%s() takes at most %u %sargument%s (%u given)",
                 function_name(native, false).c_str(), most, nargs == skipped ? "keyword " : "",
                 most == 1 ? "" : "s", nargs + keyword_count - skipped);
  }
  if (nargs > s.positional && s.varargs < 0) return wrong_count(rt, native, s, nargs, skipped);
  u32 direct = std::min(nargs, s.positional);
  Tuple* extra = s.varargs >= 0 ? new_tuple_from(rt, given + direct, nargs - direct) : nullptr;
  Dict* rest = s.varkw >= 0 ? new_dict(rt) : nullptr;
  auto place = [&](u32 parameter) {
    return parameter < s.positional || s.varargs < 0 ? parameter : parameter + 1;
  };
  for (u32 i = 0; i < entry.param_count; ++i) w.r[i] = Value::unbound();
  for (u32 i = 0; i < direct; ++i) w.r[i] = given[i];
  if (extra) w.r[s.varargs] = Value::from(extra);
  if (rest) w.r[s.varkw] = Value::from(rest);
  // What is missing is told before what is too much.
  u32 unknown = keyword_count, twice = s.count;
  for (u32 k = 0; k < keyword_count; ++k) {
    Str* name = to<Str>(names->items[k]);
    u32 i = s.posonly;
    while (i < s.count && !str_equals(name, s.parameters[i].name)) ++i;
    if (i == s.count) {
      if (rest) {
        dict_set_str(rt, *rest, name, given[nargs + k]);
        continue;
      }
      unknown = std::min(unknown, k);
      continue;
    }
    if (!w.r[place(i)].is_unbound()) {
      twice = std::min(twice, i);
      continue;
    }
    w.r[place(i)] = given[nargs + k];
  }
  for (u32 i = 0; i < s.count; ++i) {
    if (!w.r[place(i)].is_unbound() || !s.parameters[i].default_text.empty()) continue;
    if (i >= s.positional)
      return raise(rt, TypeId::TypeError, "%s() missing required keyword-only argument: '%s'",
                   function_name(native, false).c_str(), std::string(s.parameters[i].name).c_str());
    if (keyword_count == 0) return wrong_count(rt, native, s, nargs, skipped);
    return raise(rt, TypeId::TypeError, "%s() missing required argument '%s' (pos %u)",
                 function_name(native, false).c_str(), std::string(s.parameters[i].name).c_str(),
                 i + 1 - skipped);
  }
  if (twice < s.count)
    return raise(rt, TypeId::TypeError, "argument for %s() given by name ('%s') and position (%u)",
                 function_name(native, false).c_str(), std::string(s.parameters[twice].name).c_str(),
                 twice + 1 - skipped);
  if (unknown < keyword_count)
    return raise(rt, TypeId::TypeError, "'%s' is an invalid keyword argument for %s()",
                 text_of(to<Str>(names->items[unknown])).c_str(), function_name(native, false).c_str());
  return Result::none();
}

}  // namespace lisle::rt
