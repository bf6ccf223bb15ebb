// The itertools module: count, cycle, repeat, chain, accumulate, starmap, zip_longest, pairwise; and the
// module itself.
//
//   Count       a: next value; b: step
//   Cycle       source: iterator, None once exhausted; a: List of saved items; b: place in it
//   Repeat      source: the object; a: how often it is still to come, -1 for ever
//   Chain       source: iterator of iterables; a: current iterator or None
//   Accumulate  source: iterator; a: total so far, unbound before the first; b: function or None; Object::aux
//   is 1 while
//               the initial value has not been given out
//   Starmap     source: iterator of argument sequences; a: function
//   ZipLongest  source: List of iterators, None where one has ended; a: how many have not; b: fill value
//   Pairwise    source: iterator; a: the item before, unbound at the start
#include "runtime/modules/itertools_common.h"
#include "runtime/protocols/arith.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/types/class_getitem.h"
#include "runtime/types/float.h"
#include "runtime/types/item_at.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

Iterator& iterator_in(Frame& f) {
  return *to<Iterator>(f[0]);
}

bool is_number(const Runtime& rt, Value v) {
  return is_int_like(v) || is_float(v) || is_kind(v, Kind::Complex) || has_special(rt, v, Special::Index) ||
         has_special(rt, v, Special::Float) || has_special(rt, v, Special::Int);
}

}  // namespace

// --- count
// ---------------------------------------------------------------------------------------------------------------

Result count_next(Runtime& rt, Frame& f, Iterator& it) {
  if (Value::both_int(it.a, it.b)) {
    Value current = it.a;
    it.a = new_int(rt, current.as_int() + it.b.as_int());
    rt.heap.wrote(&it);
    return current;
  }
  return enter_step(rt, f, Internal::CountStep, it);
}

// iterator → item.
Result count_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, binary(rt, f, BinaryOp::Add, iterator_in(f).a, iterator_in(f).b));
      Value current = iterator_in(f).a;
      iterator_in(f).a = r.value();
      rt.heap.wrote(f[0].object());
      return current;
  }
  LISLE_UNREACHABLE();
}

namespace {

Result count_new(Runtime& rt, Frame& f) {
  Value start = f[1].is_unbound() ? Value::from_int(0) : f[1];
  Value step = f[2].is_unbound() ? Value::from_int(1) : f[2];
  if (!is_number(rt, start) || !is_number(rt, step))
    return raise(rt, TypeId::TypeError, "a number is required");
  return Value::from(new_iterator_of(rt, f[0], TypeId::Count, Value(), start, step));
}

// self → text. f[1] text of the next value.
Result count_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_repr(rt, f, iterator_in(f).a));
      f[1] = r.value();
      AWAIT(2, to_repr(rt, f, iterator_in(f).b));
      TextBuffer text;
      append_str(text, type_of(rt, f[0])->name);
      text.append('(');
      append_str(text, to<Str>(f[1]));
      if (iterator_in(f).b != Value::from_int(1)) {
        text.append_ascii(", ");
        append_str(text, to<Str>(r.value()));
      }
      text.append(')');
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- cycle
// ---------------------------------------------------------------------------------------------------------------

Result cycle_next(Runtime& rt, Frame& f, Iterator& it) {
  if (!it.source.is_none()) return enter_step(rt, f, Internal::CycleStep, it);
  const List& saved = *to<List>(it.a);
  if (saved.size == 0) return Value::exhausted();
  i64 place = it.b.as_int();
  it.b = Value::from_int(place + 1 == static_cast<i64>(saved.size) ? 0 : place + 1);
  return saved.items->items[place];
}

// iterator → item or exhausted, as long as items still come from the source.
Result cycle_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, next(rt, f, iterator_in(f).source));
      if (!r.value().is_exhausted()) {
        list_append(rt, *to<List>(iterator_in(f).a), r.value());
        return r;
      }
      iterator_in(f).source = Value::none();
      return cycle_next(rt, f, iterator_in(f));
  }
  LISLE_UNREACHABLE();
}

namespace {

Result cycle_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      Value saved = Value::from(new_list(rt));
      return Value::from(new_iterator_of(rt, f[0], TypeId::Cycle, r.value(), saved, Value::from_int(0)));
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- repeat
// --------------------------------------------------------------------------------------------------------------

Result repeat_next(Runtime&, Frame&, Iterator& it) {
  i64 left = it.a.as_int();
  if (left == 0) return Value::exhausted();
  if (left > 0) it.a = Value::from_int(left - 1);
  return it.source;
}

namespace {

// type, object, times
Result repeat_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[2].is_unbound()) {
        return Value::from(new_iterator_of(rt, f[0], TypeId::Repeat, f[1], Value::from_int(-1)));
      }
      AWAIT(1, to_index(rt, f, f[2]));
      i64 times;
      if (!int_to_i64(r.value(), times) || !Value::fits_int(times)) {
        return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
      }
      return Value::from(
          new_iterator_of(rt, f[0], TypeId::Repeat, f[1], Value::from_int(times < 0 ? 0 : times)));
  }
  LISLE_UNREACHABLE();
}

Result repeat_length_hint(Runtime& rt, Frame& f) {
  if (iterator_in(f).a.as_int() < 0) return raise(rt, TypeId::TypeError, "len() of unsized object");
  return iterator_in(f).a;
}

Result repeat_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_repr(rt, f, iterator_in(f).source));
      TextBuffer text;
      append_str(text, type_of(rt, f[0])->name);
      text.append('(');
      append_str(text, to<Str>(r.value()));
      if (iterator_in(f).a.as_int() >= 0) {
        text.append_ascii(", ");
        text.append_int(iterator_in(f).a.as_int());
      }
      text.append(')');
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- chain
// ---------------------------------------------------------------------------------------------------------------

Result chain_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  if (never_waits(rt, it.a)) {
    Value item = TRY(advance(rt, f, *to<Iterator>(it.a)));
    if (!item.is_exhausted()) return item;
    it.a = Value::none();
  }
  return enter_step(rt, f, Internal::ChainStep, it);
}

// The iterables could not be had: the chain is over.
static Result abandon(Runtime& rt, Frame& f) {
  end_iterator(iterator_in(f));
  return end_or_raised(rt);
}

// iterator → item or exhausted.
Result chain_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (;;) {
        if (iterator_in(f).a.is_none()) {
          if (iterator_in(f).source.is_none()) return Value::exhausted();
          AWAIT_CATCH(1, next(rt, f, iterator_in(f).source));
          if (r.is_raised()) return abandon(rt, f);
          if (r.value().is_exhausted()) return end_iterator(iterator_in(f));
          AWAIT_CATCH(2, iter(rt, f, r.value()));
          if (r.is_raised()) return abandon(rt, f);
          iterator_in(f).a = r.value();
          rt.heap.wrote(f[0].object());
        }
        AWAIT_CATCH(3, next(rt, f, iterator_in(f).a));
        if (r.is_raised()) return end_or_raised(rt);
        if (!r.value().is_exhausted()) return r;
        iterator_in(f).a = Value::none();
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

Result chain_new(Runtime& rt, Frame& f) {
  Value iterables = Value::from(new_iterator(rt, TypeId::TupleIterator, f[1], Value::from_int(0)));
  return Value::from(new_iterator_of(rt, f[0], TypeId::Chain, iterables, Value::none()));
}

Result chain_from_iterable(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      return Value::from(new_iterator_of(rt, f[0], TypeId::Chain, r.value(), Value::none()));
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- accumulate
// ----------------------------------------------------------------------------------------------------------

Result accumulate_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.aux) {
    it.aux = 0;
    return it.a;
  }
  return enter_step(rt, f, Internal::AccumulateStep, it);
}

// iterator → item or exhausted. f[1] the new item.
Result accumulate_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, next(rt, f, iterator_in(f).source));
      if (r.value().is_exhausted()) return r;
      f[1] = r.value();
      if (!iterator_in(f).a.is_unbound()) {
        AWAIT(2, iterator_in(f).b.is_none() ? binary(rt, f, BinaryOp::Add, iterator_in(f).a, f[1])
                                            : call(rt, f, iterator_in(f).b, {iterator_in(f).a, f[1]}));
        f[1] = r.value();
      }
      iterator_in(f).a = f[1];
      rt.heap.wrote(f[0].object());
      return f[1];
  }
  LISLE_UNREACHABLE();
}

namespace {

// type, iterable, function, initial
Result accumulate_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      bool has_initial = !f[3].is_unbound() && !f[3].is_none();
      Value function = f[2].is_unbound() ? Value::none() : f[2];
      Iterator* it = new_iterator_of(rt, f[0], TypeId::Accumulate, r.value(),
                                     has_initial ? f[3] : Value::unbound(), function);
      it->aux = has_initial;
      return Value::from(it);
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- starmap
// -------------------------------------------------------------------------------------------------------------

Result starmap_next(Runtime& rt, Frame& f, Iterator& it) {
  return enter_step(rt, f, Internal::StarmapStep, it);
}

// iterator → item or exhausted.
Result starmap_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, next(rt, f, iterator_in(f).source));
      if (r.value().is_exhausted()) return r;
      AWAIT(2, tuple_of(rt, f, r.value()));
      AWAIT(3, call_spread(rt, f, iterator_in(f).a, to<Tuple>(r.value()), nullptr));
      return r;
  }
  LISLE_UNREACHABLE();
}

namespace {

// type, function, iterable
Result starmap_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[2]));
      return Value::from(new_iterator_of(rt, f[0], TypeId::Starmap, r.value(), f[1]));
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- zip_longest
// ---------------------------------------------------------------------------------------------------------

Result zip_longest_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.a.as_int() == 0) return Value::exhausted();
  return enter_step(rt, f, Internal::ZipLongestStep, it);
}

// iterator → tuple or exhausted. f[1] the row, f[2] index.
Result zip_longest_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = Value::from(new_tuple(rt, to<List>(iterator_in(f).source)->size));
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(to<Tuple>(f[1])->size);
           f[2] = step_up(f[2])) {
        r = Value::exhausted();
        if (!item_at(to<List>(iterator_in(f).source), f[2]).is_none()) {
          AWAIT(1, next(rt, f, item_at(to<List>(iterator_in(f).source), f[2])));
          if (r.value().is_exhausted()) {
            item_at(to<List>(iterator_in(f).source), f[2]) = Value::none();
            iterator_in(f).a = Value::from_int(iterator_in(f).a.as_int() - 1);
            if (iterator_in(f).a.as_int() == 0) return r;
          }
        }
        item_at(to<Tuple>(f[1]), f[2]) = r.value().is_exhausted() ? iterator_in(f).b : r.value();
        rt.heap.wrote(f[1].object());
      }
      return f[1];
  }
  LISLE_UNREACHABLE();
}

namespace {

// type, *iterables, fillvalue. f[3] list of iterators.
Result zip_longest_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[3] = Value::from(new_list(rt, to<Tuple>(f[1])->size));
      while (to<List>(f[3])->size < to<Tuple>(f[1])->size) {
        AWAIT(1, iter(rt, f, item_at(to<Tuple>(f[1]), static_cast<i64>(to<List>(f[3])->size))));
        list_append(rt, *to<List>(f[3]), r.value());
      }
      Value count = Value::from_int(static_cast<i64>(to<List>(f[3])->size));
      Value fill = f[2].is_unbound() ? Value::none() : f[2];
      return Value::from(new_iterator_of(rt, f[0], TypeId::ZipLongest, f[3], count, fill));
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- pairwise
// ------------------------------------------------------------------------------------------------------------

Result pairwise_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  return enter_step(rt, f, Internal::PairwiseStep, it);
}

// iterator → pair or exhausted.
Result pairwise_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (iterator_in(f).a.is_unbound()) {
        AWAIT(1, next(rt, f, iterator_in(f).source));
        if (r.value().is_exhausted()) return end_iterator(iterator_in(f));
        iterator_in(f).a = r.value();
        rt.heap.wrote(f[0].object());
      }
      f[1] = iterator_in(f).a;
      AWAIT(2, next(rt, f, iterator_in(f).source));
      if (r.value().is_exhausted()) return end_iterator(iterator_in(f));
      iterator_in(f).a = r.value();
      rt.heap.wrote(f[0].object());
      Value pair[] = {f[1], r.value()};
      return Value::from(new_tuple_from(rt, pair, 2));
  }
  LISLE_UNREACHABLE();
}

namespace {

Result pairwise_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      return Value::from(new_iterator_of(rt, f[0], TypeId::Pairwise, r.value(), Value::unbound()));
  }
  LISLE_UNREACHABLE();
}

// --- tables
// --------------------------------------------------------------------------------------------------------------

#define ITERATES                                             \
  {"__iter__", iterator_self, "(self, /)"}, {                \
    "__next__", iterator_next_steps, "(self, /)", nullptr, 2 \
  }

constexpr NativeSpec kCountMethods[] = {
    {"__new__", count_new, "(cls, start=0, step=1)", nullptr, 0, kStatic},
    {"__repr__", count_repr, "(self, /)", nullptr, 2},
    ITERATES,
};
constexpr NativeSpec kCycleMethods[] = {{"__new__", cycle_new, "(cls, iterable, /)", nullptr, 2, kStatic},
                                        ITERATES};
constexpr NativeSpec kRepeatMethods[] = {
    {"__new__", repeat_new, "(cls, object, times=-1)", nullptr, 3, kStatic},
    {"__repr__", repeat_repr, "(self, /)", nullptr, 1},
    {"__length_hint__", repeat_length_hint, "(self, /)"},
    ITERATES,
};
constexpr NativeSpec kChainMethods[] = {
    {"__new__", chain_new, "(cls, /, *iterables)", nullptr, 0, kStatic},
    {"from_iterable", chain_from_iterable, "(cls, iterable, /)",
     "Return a chain of the iterables that an iterable yields.", 2, kClassMethod},
    {"__class_getitem__", class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod},
    ITERATES,
};
constexpr NativeSpec kAccumulateMethods[] = {
    {"__new__", accumulate_new, "(cls, iterable, func=None, *, initial=None)", nullptr, 4, kStatic},
    ITERATES};
constexpr NativeSpec kStarmapMethods[] = {
    {"__new__", starmap_new, "(cls, function, iterable, /)", nullptr, 3, kStatic}, ITERATES};
constexpr NativeSpec kZipLongestMethods[] = {
    {"__new__", zip_longest_new, "(cls, /, *iterables, fillvalue=None)", nullptr, 4, kStatic}, ITERATES};
constexpr NativeSpec kPairwiseMethods[] = {
    {"__new__", pairwise_new, "(cls, iterable, /)", nullptr, 2, kStatic}, ITERATES};
#undef ITERATES

void set_up(Runtime& rt, Module& module) {
  constexpr TypeId kPublic[] = {
      TypeId::Count,        TypeId::Cycle,        TypeId::Repeat,
      TypeId::Chain,        TypeId::Accumulate,   TypeId::Starmap,
      TypeId::ZipLongest,   TypeId::Pairwise,     TypeId::GroupBy,
      TypeId::Compress,     TypeId::DropWhile,    TypeId::TakeWhile,
      TypeId::FilterFalse,  TypeId::Islice,       TypeId::Product,
      TypeId::Permutations, TypeId::Combinations, TypeId::CombinationsWithReplacement};
  for (TypeId id : kPublic) {
    TextBuffer buffer;
    module_set(rt, module, str_utf8(rt.type(id)->name, buffer), Value::from(rt.type(id)));
  }
  module_set(rt, module, "_grouper", Value::from(rt.type(TypeId::Grouper)));
  module_set(rt, module, "_tee", Value::from(rt.type(TypeId::Tee)));
}

}  // namespace

extern const TypeSpec kCountType{"count",
                                 "itertools",
                                 "count(start=0, step=1): start, start + step, ...",
                                 TypeId::Object,
                                 Kind::Iterator,
                                 kTypeHidden,
                                 kCountMethods,
                                 {}};
extern const TypeSpec kCycleType{"cycle",
                                 "itertools",
                                 "cycle(iterable): its items over and over again.",
                                 TypeId::Object,
                                 Kind::Iterator,
                                 kTypeHidden,
                                 kCycleMethods,
                                 {}};
extern const TypeSpec kRepeatType{"repeat",
                                  "itertools",
                                  "repeat(object[, times]): the object, times times or for ever.",
                                  TypeId::Object,
                                  Kind::Iterator,
                                  kTypeHidden,
                                  kRepeatMethods,
                                  {}};
extern const TypeSpec kChainType{"chain",
                                 "itertools",
                                 "chain(*iterables): the items of one after the other.",
                                 TypeId::Object,
                                 Kind::Iterator,
                                 kTypeHidden,
                                 kChainMethods,
                                 {}};
extern const TypeSpec kAccumulateType{"accumulate",
                                      "itertools",
                                      "The running totals of an iterable.",
                                      TypeId::Object,
                                      Kind::Iterator,
                                      kTypeHidden,
                                      kAccumulateMethods,
                                      {}};
extern const TypeSpec kStarmapType{"starmap",
                                   "itertools",
                                   "The function's values for sequences of arguments.",
                                   TypeId::Object,
                                   Kind::Iterator,
                                   kTypeHidden,
                                   kStarmapMethods,
                                   {}};
extern const TypeSpec kZipLongestType{"zip_longest",
                                      "itertools",
                                      "As zip, but filled up to the longest iterable.",
                                      TypeId::Object,
                                      Kind::Iterator,
                                      kTypeHidden,
                                      kZipLongestMethods,
                                      {}};
extern const TypeSpec kPairwiseType{"pairwise",
                                    "itertools",
                                    "The overlapping pairs of an iterable's items.",
                                    TypeId::Object,
                                    Kind::Iterator,
                                    kTypeHidden,
                                    kPairwiseMethods,
                                    {}};

extern const ModuleSpec kItertoolsModule;
const ModuleSpec kItertoolsModule = {"itertools", "Functions that make iterators for efficient loops.",
                                     itertools_group_functions(), set_up};

}  // namespace lisle::rt
