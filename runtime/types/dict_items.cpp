// d[key]: KeyError and __missing__.
#include "runtime/types/dict_items.h"

#include "runtime/protocols/call.h"
#include "runtime/types/dict_table.h"

namespace lisle::rt {

namespace {

// What d[key] means when the key is absent.
Result missing(Runtime& rt, Frame& f, Value d, Value key) {
  if (d.object()->shape != rt.shape_of(TypeId::Dict) && has_special(rt, d, Special::Missing)) {
    return call_special(rt, f, d, Special::Missing, {key});
  }
  return raise_with(rt, TypeId::KeyError, key);
}

}  // namespace

Result dict_get_item(Runtime& rt, Frame& f, Dict& d, Value key) {
  Value found;
  if (!dict_get_pure(rt, d, key, found)) {
    return call_internal(rt, f, Internal::DictGetItem, {Value::from(&d), key});
  }
  return found.is_unbound() ? missing(rt, f, Value::from(&d), key) : found;
}

Result dict_delete_item(Runtime& rt, Frame& f, Dict& d, Value key) {
  i64 hash, entry = -1;
  if (!pure_hash(rt, key, hash))
    return call_internal(rt, f, Internal::DictDeleteItem, {Value::from(&d), key});
  switch (dict_probe(rt, d, key, hash, entry)) {
    case Probe::kFound:
      dict_remove_entry(d, static_cast<u64>(entry));
      return Result::none();
    case Probe::kAbsent:
      return raise_with(rt, TypeId::KeyError, key);
    case Probe::kAsk:
      break;
  }
  return call_internal(rt, f, Internal::DictDeleteItem, {Value::from(&d), key});
}

// dict, key → value.
Result dict_get_item_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, dict_get(rt, f, *to<Dict>(f[0]), f[1]));
      if (!r.value().is_unbound()) return r;
      AWAIT(2, missing(rt, f, f[0], f[1]));
      return r;
  }
  LISLE_UNREACHABLE();
}

// dict, key → None.
Result dict_delete_item_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, dict_delete(rt, f, *to<Dict>(f[0]), f[1]));
      return r.value().is_true() ? Result::none() : raise_with(rt, TypeId::KeyError, f[1]);
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
