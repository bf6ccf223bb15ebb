// Arguments of calls to functions of the language, with the texts of the errors when they do not fit.
#include <algorithm>
#include <string>

#include "runtime/protocols/bind.h"
#include "runtime/support/text.h"

namespace lisle::rt {

namespace {

std::string text_of(const Str* s) {
  TextBuffer scratch;
  return std::string(str_utf8(s, scratch));
}

// "a", "'a' and 'b'", "'a', 'b', and 'c'"
std::string listing(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
    out += "'" + names[i] + "'";
  }
  return out;
}

Result too_many(Runtime& rt, Frame& w, Function& function, u32 given) {
  Code& code = *function.code;
  u32 defaults = function.defaults ? static_cast<u32>(function.defaults->size) : 0;
  u32 kwonly_given = 0;
  for (u32 i = code.arg_count; i < code.arg_count + code.kwonly_count; ++i)
    kwonly_given += !w.r[i].is_unbound();
  bool plural = defaults > 0 || code.arg_count != 1;
  std::string takes = defaults > 0 ? "from " + std::to_string(code.arg_count - defaults) + " to " +
                                         std::to_string(code.arg_count)
                                   : std::to_string(code.arg_count);
  std::string were = kwonly_given == 0
                         ? std::string(given == 1 ? " was" : " were")
                         : " positional argument" + std::string(given == 1 ? "" : "s") + " (and " +
                               std::to_string(kwonly_given) + " keyword-only argument" +
                               (kwonly_given == 1 ? "" : "s") + ") were";
  return raise(rt, TypeId::TypeError, "%s() takes %s positional argument%s but %u%s given",
               text_of(function.qualname).c_str(), takes.c_str(), plural ? "s" : "", given, were.c_str());
}

Result missing(Runtime& rt, Function& function, const std::vector<std::string>& names, const char* kind) {
  return raise(rt, TypeId::TypeError, "%s() missing %zu required %s argument%s: %s",
               text_of(function.qualname).c_str(), names.size(), kind, names.size() == 1 ? "" : "s",
               listing(names).c_str());
}

// Gives a keyword value its place; raises for unknown, duplicate and positional-only names.
Result place_keyword(Runtime& rt, Frame& w, Function& function, Tuple* names, Str* name, Value v,
                     Dict* rest) {
  Code& code = *function.code;
  u32 named = code.arg_count + code.kwonly_count;
  // Names of parameters and of keywords are interned, as a rule: texts are compared only when no name is the
  // very same.
  u32 same = code.posonly_count;
  while (same < named && code.locals->items[same] != Value::from(name)) ++same;
  for (u32 i = same < named ? same : code.posonly_count; i < named; ++i) {
    Str* parameter = to<Str>(code.locals->items[i]);
    if (parameter != name && !str_equal(parameter, name)) continue;
    if (!w.r[i].is_unbound()) {
      return raise(rt, TypeId::TypeError, "%s() got multiple values for argument '%s'",
                   text_of(function.qualname).c_str(), text_of(name).c_str());
    }
    w.r[i] = v;
    return Result::none();
  }
  if (rest) {
    dict_set_str(rt, *rest, name, v);
    return Result::none();
  }
  std::string misplaced;
  for (u32 i = 0; i < code.posonly_count; ++i) {
    for (u64 k = 0; k < names->size; ++k) {
      if (!str_equal(to<Str>(code.locals->items[i]), to<Str>(names->items[k]))) continue;
      misplaced += (misplaced.empty() ? "" : ", ") + text_of(to<Str>(names->items[k]));
    }
  }
  if (!misplaced.empty())
    return raise(rt, TypeId::TypeError,
                 "%s() got some positional-only arguments passed as keyword arguments: '%s'",
                 text_of(function.qualname).c_str(), misplaced.c_str());
  return raise(rt, TypeId::TypeError, "%s() got an unexpected keyword argument '%s'",
               text_of(function.qualname).c_str(), text_of(name).c_str());
}

// The default of keyword-only parameter `i`, unbound when it has none. As a rule the dict lists the defaults
// in the order of the parameters.
Value keyword_default(Runtime& rt, const Function& function, u32 i) {
  Dict* defaults = function.kwdefaults;
  if (!defaults) return Value::unbound();
  Value name = function.code->locals->items[i];
  u64 entry = i - function.code->arg_count;
  if (entry < defaults->filled && defaults->key_at(entry) == name) return defaults->value_at(entry);
  return dict_get_str(rt, *defaults, to<Str>(name));
}

// Parameters below `first` were given.
Result fill_defaults(Runtime& rt, Frame& w, Function& function, u32 first) {
  Code& code = *function.code;
  u32 defaults = function.defaults ? static_cast<u32>(function.defaults->size) : 0;
  std::vector<std::string> absent;
  for (u32 i = first; i < code.arg_count; ++i) {
    if (!w.r[i].is_unbound()) continue;
    if (i + defaults >= code.arg_count)
      w.r[i] = function.defaults->items[i + defaults - code.arg_count];
    else
      absent.push_back(text_of(to<Str>(code.locals->items[i])));
  }
  if (!absent.empty()) return missing(rt, function, absent, "positional");
  for (u32 i = code.arg_count; i < code.arg_count + code.kwonly_count; ++i) {
    if (!w.r[i].is_unbound()) continue;
    w.r[i] = keyword_default(rt, function, i);
    if (w.r[i].is_unbound()) absent.push_back(text_of(to<Str>(code.locals->items[i])));
  }
  if (!absent.empty()) return missing(rt, function, absent, "keyword-only");
  return Result::none();
}

// The body of a module or class: the machine gives it its namespace. A function that the program made of such
// code is called without arguments and works on its globals.
Result bind_namespace(Runtime& rt, Frame& w, Function& function, u32 nargs, Tuple* names) {
  if (names && names->size > 0) {
    return raise(rt, TypeId::TypeError, "%s() got an unexpected keyword argument '%s'",
                 text_of(function.qualname).c_str(), text_of(to<Str>(names->items[0])).c_str());
  }
  if (nargs > 1) return too_many(rt, w, function, nargs);
  if (nargs == 0) w.r[0] = Value::from(function.globals);
  return Result::none();
}

}  // namespace

Result bind_function(Runtime& rt, Frame& w, Function& function, u32 nargs, Tuple* names) {
  Code& code = *function.code;
  if (!(code.flags & kCodeOptimized)) return bind_namespace(rt, w, function, nargs, names);
  u32 named = code.arg_count + code.kwonly_count;
  u32 keyword_count = names ? static_cast<u32>(names->size) : 0;
  u32 defaults = function.defaults ? static_cast<u32>(function.defaults->size) : 0;
  bool plain = !(code.flags & (kCodeVarArgs | kCodeVarKeywords)) && code.kwonly_count == 0;
  if (plain && keyword_count == 0 && nargs <= code.arg_count && nargs + defaults >= code.arg_count) {
    for (u32 i = nargs; i < code.arg_count; ++i)
      w.r[i] = function.defaults->items[i + defaults - code.arg_count];
    return Result::none();
  }
  u32 direct = std::min(nargs, code.arg_count);
  Tuple* extra = nullptr;
  Dict* rest = nullptr;
  if (code.flags & kCodeVarArgs) extra = new_tuple_from(rt, w.r + direct, nargs - direct);
  if (code.flags & kCodeVarKeywords) rest = new_dict(rt);
  // The values of keywords move aside: parameters of any number may take their places.
  Value few[16];
  std::vector<Value> many;
  Value* given = few;
  if (keyword_count > 16) {
    many.resize(keyword_count);
    given = many.data();
  }
  for (u32 i = 0; i < keyword_count; ++i) given[i] = w.r[nargs + i];
  for (u32 i = direct; i < named; ++i) w.r[i] = Value::unbound();
  u32 next = named;
  if (extra) w.r[next++] = Value::from(extra);
  if (rest) w.r[next++] = Value::from(rest);
  for (u32 i = 0; i < keyword_count; ++i) {
    TRY(place_keyword(rt, w, function, names, to<Str>(names->items[i]), given[i], rest));
  }
  if (nargs > code.arg_count && !extra) return too_many(rt, w, function, nargs);
  return fill_defaults(rt, w, function, direct);
}

}  // namespace lisle::rt
