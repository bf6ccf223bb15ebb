// mappingproxy: a read-only face of a mapping. Every operation is that of the mapping itself.
#include "runtime/protocols/arith.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/class_getitem.h"
#include "runtime/types/dict_view.h"
#include "runtime/types/list.h"

namespace lisle::rt {

MappingProxy* new_mapping_proxy(Runtime& rt, Value mapping) {
  MappingProxy* proxy = rt.make<MappingProxy>(TypeId::MappingProxy);
  proxy->mapping = mapping;
  return proxy;
}

namespace {

Value mapping_of(Value v) {
  MappingProxy* proxy = as<MappingProxy>(v);
  return proxy ? proxy->mapping : v;
}
Value self(Frame& f) {
  return to<MappingProxy>(f[0])->mapping;
}

Result proxy_new(Runtime& rt, Frame& f) {
  bool is_mapping =
      has_special(rt, f[1], Special::GetItem) && !is_kind(f[1], Kind::List) && !is_kind(f[1], Kind::Tuple);
  if (!is_mapping) {
    return raise(rt, TypeId::TypeError, "mappingproxy() argument must be a mapping, not %s",
                 type_name(rt, f[1]));
  }
  return Value::from(new_mapping_proxy(rt, f[1]));
}

Result len(Runtime& rt, Frame& f) {
  return length(rt, f, self(f));
}
Result getitem(Runtime& rt, Frame& f) {
  return get_item(rt, f, self(f), f[1]);
}
Result contains_key(Runtime& rt, Frame& f) {
  return contains(rt, f, self(f), f[1]);
}
Result iter_of(Runtime& rt, Frame& f) {
  return iter(rt, f, self(f));
}
Result str_of(Runtime& rt, Frame& f) {
  return to_str(rt, f, self(f));
}

Result repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_repr(rt, f, self(f)));
      TextBuffer text;
      text.append_ascii("mappingproxy(");
      append_str(text, to<Str>(r.value()));
      text.append(')');
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

Result reversed_of(Runtime& rt, Frame& f) {
  return call_method(rt, f, self(f), rt.special_name(Special::Reversed), {});
}

Result get(Runtime& rt, Frame& f) {
  return call_method(rt, f, self(f), rt.names.get, {f[1], f[2].is_unbound() ? Value::none() : f[2]});
}
Result keys(Runtime& rt, Frame& f) {
  return call_method(rt, f, self(f), rt.names.keys, {});
}
Result values(Runtime& rt, Frame& f) {
  return call_method(rt, f, self(f), rt.names.values, {});
}
Result items(Runtime& rt, Frame& f) {
  return call_method(rt, f, self(f), rt.names.items, {});
}
Result copy(Runtime& rt, Frame& f) {
  return call_method(rt, f, self(f), intern(rt, "copy"), {});
}

Result or_(Runtime& rt, Frame& f) {
  return binary(rt, f, BinaryOp::Or, self(f), mapping_of(f[1]));
}
Result ror_(Runtime& rt, Frame& f) {
  return binary(rt, f, BinaryOp::Or, mapping_of(f[1]), self(f));
}
Result ior_(Runtime& rt, Frame&) {
  return raise(rt, TypeId::TypeError, "'|=' is not supported by mappingproxy; use '|' instead");
}

Result eq(Runtime& rt, Frame& f) {
  return compare(rt, f, CompareOp::Eq, self(f), mapping_of(f[1]));
}
Result ne(Runtime& rt, Frame& f) {
  return compare(rt, f, CompareOp::Ne, self(f), mapping_of(f[1]));
}

constexpr NativeSpec kMethods[] = {
    {"__new__", proxy_new, "(cls, mapping)", nullptr, 0, kStatic},
    {"__len__", len, "(self, /)"},
    {"__getitem__", getitem, "(self, key, /)"},
    {"__contains__", contains_key, "(self, key, /)"},
    {"__iter__", iter_of, "(self, /)"},
    {"__reversed__", reversed_of, "(self, /)"},
    {"__repr__", repr, "(self, /)", nullptr, 2},
    {"__str__", str_of, "(self, /)"},
    {"__hash__", nullptr, nullptr},
    {"__eq__", eq, "(self, value, /)"},
    {"__ne__", ne, "(self, value, /)"},
    {"__or__", or_, "(self, value, /)"},
    {"__ror__", ror_, "(self, value, /)"},
    {"__ior__", ior_, "(self, value, /)"},
    {"get", get, "(self, key, default=None, /)", "Return the value of the key, or the default."},
    {"keys", keys, "(self, /)", "Return the mapping's keys."},
    {"values", values, "(self, /)", "Return the mapping's values."},
    {"items", items, "(self, /)", "Return the mapping's pairs."},
    {"copy", copy, "(self, /)", "Return a shallow copy of the mapping."},
    {"__class_getitem__", class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod},
};

}  // namespace

extern const TypeSpec kMappingProxyType{"mappingproxy",
                                        "builtins",
                                        "A read-only view of a mapping.",
                                        TypeId::Object,
                                        Kind::MappingProxy,
                                        kTypeFinal | kTypeHidden | kTypeMapping,
                                        kMethods,
                                        {}};

}  // namespace lisle::rt
