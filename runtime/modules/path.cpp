#include "runtime/modules/path.h"

#include "runtime/protocols/attribute.h"
#include "runtime/support/text.h"
#include "runtime/support/utf8.h"
#include "runtime/types/bytes.h"

namespace lisle::rt {

// Asks path_of's question of an object of the program. registers: path
Result path_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (type_lookup(rt, type_of(rt, f[0]), intern(rt, "__fspath__")).is_unbound()) {
        return raise(rt, TypeId::TypeError, "expected str, bytes or os.PathLike object, not %s",
                     type_name(rt, f[0]));
      }
      AWAIT(1, call(rt, f, type_lookup(rt, type_of(rt, f[0]), intern(rt, "__fspath__")), {f[0]}));
      if (is_str(r.value()) || is_kind(r.value(), Kind::Bytes)) return r;
      return raise(rt, TypeId::TypeError, "expected %s.__fspath__() to return str or bytes, not %s",
                   type_name(rt, f[0]), type_name(rt, r.value()));
  }
  LISLE_UNREACHABLE();
}

Result path_of(Runtime& rt, Frame& f, Value v) {
  if (is_str(v) || is_kind(v, Kind::Bytes)) return v;
  return call_internal(rt, f, Internal::PathOf, {v});
}

Result os_path_bytes(Runtime& rt, Value path, std::string& out) {
  if (Bytes* bytes = as<Bytes>(path)) {
    out = std::string(bytes->view());
  } else if (Str* text = as<Str>(path)) {
    char unit[4];
    for (u64 i = 0; i < text->length; ++i) {
      u32 c = text->at(i);
      if (c >= 0xDC80 && c <= 0xDCFF) {
        out += static_cast<char>(c - 0xDC00);
      } else {
        out.append(unit, encode_utf8_char(c, unit));
      }
    }
  } else {
    return raise(rt, TypeId::TypeError, "expected str, bytes or os.PathLike object, not %s",
                 type_name(rt, path));
  }
  if (out.find('\0') != std::string::npos) return raise(rt, TypeId::ValueError, "embedded null byte");
  return Result::none();
}

Str* os_path_text(Runtime& rt, std::string_view bytes) {
  TextBuffer text;
  for (size_t at = 0; at < bytes.size();) text.append(decode_lenient(bytes, at));
  return new_str_from(rt, text);
}

}  // namespace lisle::rt
