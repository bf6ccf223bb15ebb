// str(), repr(), ascii() and format() of any value. Exact builtin scalars are answered at once; everything
// else is asked through its class's special method, and the answer is checked to be text.
#include <string>

#include "runtime/protocols/convert.h"
#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

bool has_shape(const Runtime& rt, Value v, TypeId type) {
  return v.is_object() && v.object()->shape == rt.shape_of(type);
}

// The text of a scalar of exact builtin class, the same for str() and repr(); unbound for other values.
Result scalar_text(Runtime& rt, Value v) {
  if (v.is_int() || has_shape(rt, v, TypeId::Int)) {
    Str* digits = nullptr;
    TRY(int_to_text(rt, v, 10, digits));
    return Value::from(digits);
  }
  if (v.is_double() || has_shape(rt, v, TypeId::Float)) {
    std::string digits = double_repr(float_value(v));
    return Value::from(new_str_latin1(rt, digits));
  }
  if (v.is_bool()) return Value::from(new_str_latin1(rt, v.is_true() ? "True" : "False"));
  if (v.is_none()) return Value::from(new_str_latin1(rt, "None"));
  return Value::unbound();
}

Result raise_not_text(Runtime& rt, const char* special, Value v) {
  return raise(rt, TypeId::TypeError, "%s returned non-string (type %.200s)", special, type_name(rt, v));
}

// Escapes what is beyond ASCII in a text that is a repr already.
Result escape_beyond_ascii(Runtime& rt, Str* s) {
  if (s->is_ascii()) return Value::from(s);
  TextBuffer text;
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    if (c < 0x80) {
      text.append(c);
      continue;
    }
    char escape[12];
    const char* form = c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x";
    int size = std::snprintf(escape, sizeof escape, form, c);
    text.append_ascii({escape, static_cast<size_t>(size)});
  }
  return finish_text(rt, text);
}

}  // namespace

Result to_str(Runtime& rt, Frame& f, Value v) {
  if (is_exact_str(rt, v)) return v;
  Value text = TRY(scalar_text(rt, v));
  if (!text.is_unbound()) return text;
  return call_internal(rt, f, Internal::ToStr, {v});
}

// Registers: the value.
Result to_str_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!has_special(rt, f[0], Special::Str)) return to_repr(rt, f, f[0]);
      AWAIT(1, call_special(rt, f, f[0], Special::Str, {}));
      if (!is_str(r.value())) return raise_not_text(rt, "__str__", r.value());
      return r;
  }
  LISLE_UNREACHABLE();
}

Result to_repr(Runtime& rt, Frame& f, Value v) {
  Value text = TRY(scalar_text(rt, v));
  if (!text.is_unbound()) return text;
  if (is_exact_str(rt, v)) {
    TextBuffer quoted;
    append_repr(quoted, to<Str>(v));
    return finish_text(rt, quoted);
  }
  return call_internal(rt, f, Internal::ToRepr, {v});
}

Result to_repr_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_special(rt, f, f[0], Special::Repr, {}));
      if (!is_str(r.value())) return raise_not_text(rt, "__repr__", r.value());
      return r;
  }
  LISLE_UNREACHABLE();
}

Result to_ascii(Runtime& rt, Frame& f, Value v) {
  if (is_exact_str(rt, v)) {
    TextBuffer quoted;
    append_ascii_repr(quoted, to<Str>(v));
    return finish_text(rt, quoted);
  }
  Value text = TRY(scalar_text(rt, v));
  if (!text.is_unbound()) return text;
  return call_internal(rt, f, Internal::ToAscii, {v});
}

Result to_ascii_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_repr(rt, f, f[0]));
      return escape_beyond_ascii(rt, to<Str>(r.value()));
  }
  LISLE_UNREACHABLE();
}

Result format_value(Runtime& rt, Frame& f, Value v, Value spec) {
  const Str& text = *to<Str>(spec);
  if (is_exact_str(rt, v)) return text.length == 0 ? Result(v) : format_str(rt, v, text);
  if (v.is_int() || has_shape(rt, v, TypeId::Int)) {
    return text.length == 0 ? scalar_text(rt, v) : format_int(rt, v, text);
  }
  if (v.is_double() || has_shape(rt, v, TypeId::Float)) {
    return text.length == 0 ? scalar_text(rt, v) : format_float(rt, v, text);
  }
  return call_internal(rt, f, Internal::FormatValue, {v, spec});
}

// Registers: the value, the specification.
Result format_value_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_special(rt, f, f[0], Special::Format, {f[1]}));
      if (!is_str(r.value())) {
        return raise(rt, TypeId::TypeError, "__format__ must return a str, not %.200s",
                     type_name(rt, r.value()));
      }
      return r;
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
