// The builtin functions that ask one question of one object: repr, abs, chr, getattr and their relatives.
#include "runtime/builtins/tables.h"
#include "runtime/protocols/arith.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace lisle::rt {
namespace {

Result builtin_repr(Runtime& rt, Frame& f) {
  return to_repr(rt, f, f[0]);
}
Result builtin_ascii(Runtime& rt, Frame& f) {
  return to_ascii(rt, f, f[0]);
}
Result builtin_hash(Runtime& rt, Frame& f) {
  return hash(rt, f, f[0]);
}
Result builtin_divmod(Runtime& rt, Frame& f) {
  return binary(rt, f, BinaryOp::DivMod, f[0], f[1]);
}

Result builtin_abs(Runtime& rt, Frame& f) {
  Value v = f[0];
  if (v.is_int()) return v.as_int() < 0 ? int_neg(rt, v) : v;
  if (has_special(rt, v, Special::Abs)) return call_special(rt, f, v, Special::Abs, {});
  return raise(rt, TypeId::TypeError, "bad operand type for abs(): '%s'", type_name(rt, v));
}

Result builtin_pow(Runtime& rt, Frame& f) {
  if (f[2].is_unbound() || f[2].is_none()) return binary(rt, f, BinaryOp::Pow, f[0], f[1]);
  return power(rt, f, f[0], f[1], f[2]);
}

Result builtin_round(Runtime& rt, Frame& f) {
  if (!has_special(rt, f[0], Special::Round)) {
    return raise(rt, TypeId::TypeError, "type %s doesn't define __round__ method", type_name(rt, f[0]));
  }
  if (f[1].is_unbound() || f[1].is_none()) return call_special(rt, f, f[0], Special::Round, {});
  return call_special(rt, f, f[0], Special::Round, {f[1]});
}

// Text of an int in a base, with its prefix behind the sign. registers: number
Result in_base(Runtime& rt, Frame& f, int base, const char* prefix) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      AWAIT(1, to_index(rt, f, f[0]));
      Str* digits;
      TRY(int_to_text(rt, r.value(), base, digits));
      std::string_view text = digits->latin1();
      TextBuffer out;
      if (text.starts_with('-')) {
        out.append('-');
        text.remove_prefix(1);
      }
      out.append_ascii(prefix);
      out.append_ascii(text);
      return Value::from(new_str_from(rt, out));
    }
  }
  LISLE_UNREACHABLE();
}
Result builtin_bin(Runtime& rt, Frame& f) {
  return in_base(rt, f, 2, "0b");
}
Result builtin_oct(Runtime& rt, Frame& f) {
  return in_base(rt, f, 8, "0o");
}
Result builtin_hex(Runtime& rt, Frame& f) {
  return in_base(rt, f, 16, "0x");
}

Result builtin_chr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      AWAIT(1, to_index(rt, f, f[0]));
      i64 point;
      if (!int_to_i64(r.value(), point)) {
        return raise(rt, TypeId::OverflowError, "Python int too large to convert to C int");
      }
      if (point < 0 || point > 0x10FFFF)
        return raise(rt, TypeId::ValueError, "chr() arg not in range(0x110000)");
      return Value::from(str_from_char(rt, static_cast<u32>(point)));
    }
  }
  LISLE_UNREACHABLE();
}

Result chr_quickly(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 1 || !f[0].is_int() || static_cast<u64>(f[0].as_int()) > 0x10FFFF)
    return Value::unbound();
  return Value::from(str_from_char(rt, static_cast<u32>(f[0].as_int())));
}

Result builtin_ord(Runtime& rt, Frame& f) {
  u64 length;
  std::string_view bytes;
  if (Str* text = as<Str>(f[0])) {
    if (text->length == 1) return Value::from_int(text->at(0));
    length = text->length;
  } else if (!is_kind(f[0], Kind::MemoryView) && bytes_like(f[0], bytes)) {
    if (bytes.size() == 1) return Value::from_int(static_cast<u8>(bytes[0]));
    length = bytes.size();
  } else {
    return raise(rt, TypeId::TypeError, "ord() expected string of length 1, but %s found",
                 type_name(rt, f[0]));
  }
  return raise(rt, TypeId::TypeError, "ord() expected a character, but string of length %llu found",
               static_cast<unsigned long long>(length));
}

Result builtin_callable(Runtime& rt, Frame& f) {
  Value v = f[0];
  bool callable =
      is_type(v) || is_kind(v, Kind::Function) || is_kind(v, Kind::Native) || is_kind(v, Kind::BoundMethod);
  return Result::boolean(callable || has_special(rt, v, Special::Call));
}

// Values without an object of their own are told apart by their bits; equal ones are one object.
Result builtin_id(Runtime& rt, Frame& f) {
  Value v = f[0];
  return new_int_unsigned(rt, v.is_object() ? reinterpret_cast<u64>(v.object()) : v.bits() * 2 + 1);
}

Result builtin_format(Runtime& rt, Frame& f) {
  Value spec = f[1].is_unbound() ? Value::from(rt.names.empty) : f[1];
  if (!is_str(spec)) {
    return raise(rt, TypeId::TypeError, "format() argument 2 must be str, not %s", argument_type(rt, spec));
  }
  return format_value(rt, f, f[0], spec);
}

// --- attributes
// -------------------------------------------------------------------------------------------------------

Result attribute_name(Runtime& rt, Value v, Str*& name) {
  if (!is_str(v)) {
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, v));
  }
  name = intern(rt, exact_str(rt, to<Str>(v)));
  return Result::none();
}

// registers: object, name, default
Result builtin_getattr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Str* name;
  switch (f.step()) {
    case 0:
      TRY(attribute_name(rt, f[1], name));
      if (f[2].is_unbound()) return get_attr(rt, f, f[0], name);
      AWAIT(1, get_attr_or_unbound(rt, f, f[0], name));
      return r.value().is_unbound() ? f[2] : r.value();
  }
  LISLE_UNREACHABLE();
}

Result builtin_hasattr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Str* name;
  switch (f.step()) {
    case 0:
      TRY(attribute_name(rt, f[1], name));
      AWAIT(1, get_attr_or_unbound(rt, f, f[0], name));
      return Result::boolean(!r.value().is_unbound());
  }
  LISLE_UNREACHABLE();
}

Result builtin_setattr(Runtime& rt, Frame& f) {
  Str* name;
  TRY(attribute_name(rt, f[1], name));
  return set_attr(rt, f, f[0], name, f[2]);
}

Result builtin_delattr(Runtime& rt, Frame& f) {
  Str* name;
  TRY(attribute_name(rt, f[1], name));
  return set_attr(rt, f, f[0], name, Value::unbound());
}

Result builtin_isinstance(Runtime& rt, Frame& f) {
  return check_instance(rt, f, f[0], f[1]);
}
Result builtin_issubclass(Runtime& rt, Frame& f) {
  return check_subclass(rt, f, f[0], f[1]);
}

constexpr NativeSpec kFunctions[] = {
    {"repr", builtin_repr, "(obj, /)", "Return the canonical string representation of the object."},
    {"ascii", builtin_ascii, "(obj, /)", "Return an ASCII-only representation of an object."},
    {"abs", builtin_abs, "(x, /)", "Return the absolute value of the argument."},
    {"hash", builtin_hash, "(obj, /)", "Return the hash value for the given object."},
    {"id", builtin_id, "(obj, /)", "Return the identity of an object."},
    {"divmod", builtin_divmod, "(x, y, /)", "Return the tuple (x//y, x%y)."},
    {"pow", builtin_pow, "(base, exp, mod=None)", "Equivalent to base**exp or base**exp % mod."},
    {"round", builtin_round, "(number, ndigits=None)",
     "Round a number to a given precision in decimal digits."},
    {"bin", builtin_bin, "(number, /)",
     "Return the binary representation of an integer.\n\n   >>> bin(10)\n   '0b1010'\n", 1},
    {"oct", builtin_oct, "(number, /)",
     "Return the octal representation of an integer.\n\n   >>> oct(64)\n   '0o100'\n", 1},
    {"hex", builtin_hex, "(number, /)",
     "Return the hexadecimal representation of an integer.\n\n   >>> hex(255)\n   '0xff'\n", 1},
    {"chr", builtin_chr, "(i, /)", "Return a Unicode string of one character with ordinal i.", 1, kLeaf,
     chr_quickly},
    {"ord", builtin_ord, "(c, /)", "Return the Unicode code point for a one-character string."},
    {"callable", builtin_callable, "(obj, /)", "Return whether the object is callable."},
    {"format", builtin_format, "(value, format_spec='', /)",
     "Return type(value).__format__(value, format_spec)."},
    {"getattr", builtin_getattr, "(object, name, default=None, /)", "Get a named attribute from an object.",
     3},
    {"hasattr", builtin_hasattr, "(obj, name, /)", "Return whether the object has an attribute of that name.",
     2},
    {"setattr", builtin_setattr, "(obj, name, value, /)", "Set the named attribute on the given object."},
    {"delattr", builtin_delattr, "(obj, name, /)", "Delete the named attribute from the given object."},
    {"isinstance", builtin_isinstance, "(obj, class_or_tuple, /)",
     "Return whether an object is an instance of a class."},
    {"issubclass", builtin_issubclass, "(cls, class_or_tuple, /)",
     "Return whether 'cls' is derived from another class."},
};

}  // namespace

std::span<const NativeSpec> function_builtins() {
  return kFunctions;
}

}  // namespace lisle::rt
