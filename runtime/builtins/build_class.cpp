// __build_class__: what a class statement calls. Bases are resolved, the metaclass is found, the body runs in
// the namespace that the metaclass prepared, and the metaclass makes the class.
#include <string>

#include "runtime/builtins/tables.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/function.h"
#include "runtime/types/item_at.h"
#include "runtime/types/type.h"
#include "runtime/types/type_steps.h"

namespace lisle::rt {

namespace {

// The metaclass that all bases agree to; objects that are no classes take part by their class.
Result choose_metaclass(Runtime& rt, Value wanted, Tuple* bases) {
  if (wanted.is_unbound())
    wanted = Value::from(bases->size ? type_of(rt, bases->items[0]) : rt.type(TypeId::Type));
  return is_type(wanted) ? winning_metatype(rt, to<Type>(wanted), bases) : Result(wanted);
}

Result check_cell(Runtime& rt, Value cell, Value cls, Value name) {
  Value content = to<Cell>(cell)->content;
  if (!is_type(cls)) return Result::none();
  std::string text = utf8_of(to<Str>(name));
  if (content.is_unbound())
    return raise(
        rt, TypeId::RuntimeError,
        "__class__ not set defining '%s' as <class '%s'>. Was __classcell__ propagated to type.__new__?",
        text.c_str(), str_chars(rt, to<Type>(cls)->qualname));
  if (content == cls) return Result::none();
  return raise(rt, TypeId::TypeError, "__class__ set to %s defining '%s' as %s", type_name(rt, content),
               text.c_str(), type_name(rt, cls));
}

}  // namespace

// f: body, name, bases as written, keywords, bases, position or cell, metaclass, namespace.
Result build_class_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      if (!is_kind(f[0], Kind::Function))
        return raise(rt, TypeId::TypeError, "__build_class__: func must be a function");
      if (!is_str(f[1])) return raise(rt, TypeId::TypeError, "__build_class__: name is not a string");
      bool all_classes = true;
      Tuple* written = to<Tuple>(f[2]);
      for (u64 i = 0; i < written->size; ++i) all_classes = all_classes && is_type(written->items[i]);
      f[4] = all_classes ? f[2] : Value::from(new_list(rt));
    }
      if (is_kind(f[4], Kind::List)) {
        for (f[5] = Value::from_int(0); f[5].as_int() < static_cast<i64>(to<Tuple>(f[2])->size);
             f[5] = Value::from_int(f[5].as_int() + 1)) {
          f[6] = item_at(to<Tuple>(f[2]), f[5]);
          if (is_type(f[6])) {
            list_append(rt, *to<List>(f[4]), f[6]);
            continue;
          }
          AWAIT(1, get_attr_or_unbound(rt, f, f[6], rt.names.mro_entries));
          if (r.value().is_unbound()) {
            list_append(rt, *to<List>(f[4]), f[6]);
            continue;
          }
          AWAIT(2, call(rt, f, r.value(), {f[2]}));
          if (!is_kind(r.value(), Kind::Tuple))
            return raise(rt, TypeId::TypeError, "__mro_entries__ must return a tuple");
          for (u64 i = 0; i < to<Tuple>(r.value())->size; ++i)
            list_append(rt, *to<List>(f[4]), to<Tuple>(r.value())->items[i]);
        }
        {
          List& list = *to<List>(f[4]);
          f[4] = Value::from(new_tuple_from(rt, list.size ? list.items->items : nullptr, list.size));
        }
      }
      {
        Dict* keywords = to<Dict>(f[3]);
        Value wanted = dict_get_str(rt, *keywords, rt.names.metaclass);
        if (!wanted.is_unbound()) dict_delete_str(rt, *keywords, rt.names.metaclass);
        f[6] = TRY(choose_metaclass(rt, wanted, to<Tuple>(f[4])));
      }
      if (f[6] == Value::from(rt.type(TypeId::Type))) {
        f[7] = Value::from(new_dict(rt));
      } else {
        AWAIT(3, get_attr_or_unbound(rt, f, f[6], rt.names.prepare));
        if (r.value().is_unbound()) {
          f[7] = Value::from(new_dict(rt));
        } else {
          f[5] = r.value();
          {
            Value pair[2] = {f[1], f[4]};
            f[7] = Value::from(new_tuple_from(rt, pair, 2));
          }
          AWAIT(4, call_spread(rt, f, f[5], to<Tuple>(f[7]), to<Dict>(f[3])));
          f[7] = r.value();
          if (!is_kind(f[7], Kind::Dict) && !has_special(rt, f[7], Special::GetItem))
            return raise(rt, TypeId::TypeError, "%s.__prepare__() must return a mapping, not %s",
                         is_type(f[6]) ? str_chars(rt, to<Type>(f[6])->name) : "<metaclass>",
                         type_name(rt, f[7]));
        }
      }
      AWAIT(5, call(rt, f, f[0], {f[7]}));
      f[5] = r.value();
      if (!(f[4] == f[2])) {
        AWAIT(6, call_special(rt, f, f[7], Special::SetItem, {Value::from(rt.names.orig_bases), f[2]}));
      }
      {
        Value three[3] = {f[1], f[4], f[7]};
        f[7] = Value::from(new_tuple_from(rt, three, 3));
      }
      AWAIT(7, call_spread(rt, f, f[6], to<Tuple>(f[7]), to<Dict>(f[3])));
      if (is_kind(f[5], Kind::Cell)) TRY(check_cell(rt, f[5], r.value(), f[1]));
      return r;
  }
  LISLE_UNREACHABLE();
}

namespace {

// f: body, name, *bases, **keywords.
Result build_class(Runtime& rt, Frame& f) {
  return call_internal(rt, f, Internal::BuildClass, {f[0], f[1], f[2], f[3]});
}

constexpr NativeSpec kFunctions[] = {
    {"__build_class__", build_class, "(func, name, /, *bases, **kwds)",
     "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\n"
     "Internal helper function used by the class statement."},
};

}  // namespace

std::span<const NativeSpec> class_builtins() {
  return kFunctions;
}

}  // namespace lisle::rt
