// The method resolution order: C3, as CPython computes it, down to the error texts.
#include <algorithm>
#include <string>

#include "runtime/runtime.h"

namespace lisle::rt {

namespace {

Result check_duplicates(Runtime& rt, Tuple* bases) {
  for (u64 i = 0; i < bases->size; ++i)
    for (u64 j = i + 1; j < bases->size; ++j)
      if (bases->items[i] == bases->items[j])
        return raise(rt, TypeId::TypeError, "duplicate base class %s",
                     str_chars(rt, to<Type>(bases->items[i])->name));
  return Result::none();
}

struct Sequence {
  const Tuple* items;
  u64 position;
  bool is_done() const { return position >= items->size; }
  Value head() const { return items->items[position]; }
};

bool in_some_tail(const std::vector<Sequence>& sequences, Value candidate) {
  for (const Sequence& s : sequences)
    for (u64 i = s.position + 1; i < s.items->size; ++i)
      if (s.items->items[i] == candidate) return true;
  return false;
}

// The first head that stands in no tail; unbound when there is none.
Value pick(const std::vector<Sequence>& sequences) {
  for (const Sequence& s : sequences)
    if (!s.is_done() && !in_some_tail(sequences, s.head())) return s.head();
  return Value::unbound();
}

Result raise_inconsistent(Runtime& rt, const std::vector<Sequence>& sequences) {
  std::string names;
  std::vector<Value> seen;
  for (const Sequence& s : sequences) {
    if (s.is_done() || std::find(seen.begin(), seen.end(), s.head()) != seen.end()) continue;
    seen.push_back(s.head());
    if (!names.empty()) names += ", ";
    names += utf8_of(to<Type>(s.head())->name);
  }
  return raise(rt, TypeId::TypeError,
               "Cannot create a consistent method resolution\norder (MRO) for bases %s", names.c_str());
}

}  // namespace

Result compute_mro(Runtime& rt, Type* type, Tuple* bases) {
  if (bases->size == 1) {
    const Tuple* inherited = to<Type>(bases->items[0])->mro;
    Tuple* mro = new_tuple(rt, inherited->size + 1);
    mro->items[0] = Value::from(type);
    for (u64 i = 0; i < inherited->size; ++i) mro->items[i + 1] = inherited->items[i];
    return Value::from(mro);
  }
  TRY(check_duplicates(rt, bases));
  std::vector<Sequence> sequences;
  for (u64 i = 0; i < bases->size; ++i) sequences.push_back({to<Type>(bases->items[i])->mro, 0});
  sequences.push_back({bases, 0});
  std::vector<Value> order{Value::from(type)};
  for (;;) {
    bool done = true;
    for (const Sequence& s : sequences) done = done && s.is_done();
    if (done) return Value::from(new_tuple_from(rt, order.data(), order.size()));
    Value next = pick(sequences);
    if (next.is_unbound()) return raise_inconsistent(rt, sequences);
    order.push_back(next);
    for (Sequence& s : sequences)
      if (!s.is_done() && s.head() == next) ++s.position;
  }
}

}  // namespace lisle::rt
