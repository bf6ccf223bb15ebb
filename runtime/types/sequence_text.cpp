// repr() of lists and tuples. The texts of the items are collected in a list; a list that changes meanwhile
// is shown as it is when each item's turn comes.
#include "runtime/types/sequence_text.h"

#include "runtime/protocols/convert.h"
#include "runtime/protocols/repr_guard.h"
#include "runtime/support/text.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

Result join(Runtime& rt, const List& texts, const char* open, const char* close) {
  TextBuffer text;
  text.append_ascii(open);
  for (u64 i = 0; i < texts.size; ++i) {
    if (i) text.append_ascii(", ");
    append_str(text, to<Str>(texts.items->items[i]));
  }
  text.append_ascii(close);
  return finish_text(rt, text);
}

}  // namespace

// f[1] texts, f[2] index.
Result list_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<List>(f[0])->size == 0) return Value::from(new_str(rt, "[]"));
      if (!repr_enter(rt, f[0].object())) return Value::from(new_str(rt, "[...]"));
      f[1] = Value::from(new_list(rt, to<List>(f[0])->size));
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(to<List>(f[0])->size);
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        AWAIT(1, to_repr(rt, f, item_at(to<List>(f[0]), f[2])));
        list_append(rt, *to<List>(f[1]), r.value());
      }
      repr_leave(rt, f[0].object());
      return join(rt, *to<List>(f[1]), "[", "]");
  }
  LISLE_UNREACHABLE();
}

// f[1] texts, f[2] index.
Result tuple_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<Tuple>(f[0])->size == 0) return Value::from(new_str(rt, "()"));
      if (!repr_enter(rt, f[0].object())) return Value::from(new_str(rt, "(...)"));
      f[1] = Value::from(new_list(rt, to<Tuple>(f[0])->size));
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(to<Tuple>(f[0])->size);
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        AWAIT(1, to_repr(rt, f, item_at(to<Tuple>(f[0]), f[2])));
        list_append(rt, *to<List>(f[1]), r.value());
      }
      repr_leave(rt, f[0].object());
      return join(rt, *to<List>(f[1]), "(", to<Tuple>(f[0])->size == 1 ? ",)" : ")");
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
