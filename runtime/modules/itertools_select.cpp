// The itertools module: iterators that leave items out.
//
//   Compress     source: iterator of items; a: iterator of selectors
//   DropWhile    source: iterator; a: predicate; b: True once an item was let through
//   TakeWhile    source: iterator, None after the first refusal; a: predicate
//   FilterFalse  source: iterator; a: predicate or None
//   Islice       source: iterator, None at the end; a: items read so far; b: Tuple (next wanted index, stop
//   or -1, step)
#include "runtime/modules/itertools_common.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"

namespace lisle::rt {

namespace {
Iterator& iterator_in(Frame& f) {
  return *to<Iterator>(f[0]);
}
}  // namespace

// --- compress
// ------------------------------------------------------------------------------------------------------------

Result compress_next(Runtime& rt, Frame& f, Iterator& it) {
  return enter_step(rt, f, Internal::CompressStep, it);
}

// iterator → item or exhausted. f[1] item.
Result compress_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (;;) {
        AWAIT(1, next(rt, f, iterator_in(f).source));
        if (r.value().is_exhausted()) return r;
        f[1] = r.value();
        AWAIT(2, next(rt, f, iterator_in(f).a));
        if (r.value().is_exhausted()) return r;
        AWAIT(3, truth(rt, f, r.value()));
        if (r.value().is_true()) return f[1];
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

// type, data, selectors. f[3] iterator of items.
Result compress_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      f[3] = r.value();
      AWAIT(2, iter(rt, f, f[2]));
      return Value::from(new_iterator_of(rt, f[0], TypeId::Compress, f[3], r.value()));
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- dropwhile
// -----------------------------------------------------------------------------------------------------------

Result drop_while_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.b.is_true()) return next(rt, f, it.source);
  return enter_step(rt, f, Internal::DropWhileStep, it);
}

// iterator → item or exhausted. f[1] item.
Result drop_while_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (;;) {
        AWAIT(1, next(rt, f, iterator_in(f).source));
        if (r.value().is_exhausted()) return r;
        f[1] = r.value();
        AWAIT(2, call(rt, f, iterator_in(f).a, {f[1]}));
        AWAIT(3, truth(rt, f, r.value()));
        if (r.value().is_true()) continue;
        iterator_in(f).b = Value::true_();
        return f[1];
      }
  }
  LISLE_UNREACHABLE();
}

// --- takewhile
// -----------------------------------------------------------------------------------------------------------

Result take_while_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  return enter_step(rt, f, Internal::TakeWhileStep, it);
}

// iterator → item or exhausted. f[1] item.
Result take_while_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, next(rt, f, iterator_in(f).source));
      if (r.value().is_exhausted()) return r;
      f[1] = r.value();
      AWAIT(2, call(rt, f, iterator_in(f).a, {f[1]}));
      AWAIT(3, truth(rt, f, r.value()));
      return r.value().is_true() ? f[1] : end_iterator(iterator_in(f));
  }
  LISLE_UNREACHABLE();
}

// --- filterfalse
// ---------------------------------------------------------------------------------------------------------

Result filter_false_next(Runtime& rt, Frame& f, Iterator& it) {
  return enter_step(rt, f, Internal::FilterFalseStep, it);
}

// iterator → item or exhausted. f[1] item.
Result filter_false_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (;;) {
        AWAIT(1, next(rt, f, iterator_in(f).source));
        if (r.value().is_exhausted()) return r;
        f[1] = r.value();
        if (!iterator_in(f).a.is_none()) {
          AWAIT(2, call(rt, f, iterator_in(f).a, {f[1]}));
        }
        AWAIT(3, truth(rt, f, r.value()));
        if (r.value().is_false()) return f[1];
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

// type, predicate, iterable: the constructor of all three.
Result new_with_predicate(Runtime& rt, Frame& f, TypeId id) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[2]));
      return Value::from(new_iterator_of(rt, f[0], id, r.value(), f[1]));
  }
  LISLE_UNREACHABLE();
}
Result drop_while_new(Runtime& rt, Frame& f) {
  return new_with_predicate(rt, f, TypeId::DropWhile);
}
Result take_while_new(Runtime& rt, Frame& f) {
  return new_with_predicate(rt, f, TypeId::TakeWhile);
}
Result filter_false_new(Runtime& rt, Frame& f) {
  if (f[1] == Value::from(rt.type(TypeId::Bool))) f[1] = Value::none();
  return new_with_predicate(rt, f, TypeId::FilterFalse);
}

}  // namespace

// --- islice
// --------------------------------------------------------------------------------------------------------------

namespace {

enum Bound : u8 { kNext, kStop, kStep };
i64 bound(Value islice, Bound which) {
  return to<Tuple>(to<Iterator>(islice)->b)->items[which].as_int();
}
void set_wanted(Value islice, i64 index) {
  to<Tuple>(to<Iterator>(islice)->b)->items[kNext] = Value::from_int(index);
}

constexpr i64 kFar = i64{1} << 60;

}  // namespace

Result islice_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  return enter_step(rt, f, Internal::IsliceStep, it);
}

// iterator → item or exhausted.
Result islice_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (;;) {
        {
          i64 stop = bound(f[0], kStop), wanted = bound(f[0], kNext);
          i64 up_to = stop >= 0 && stop < wanted ? stop : wanted;  // items before this one are skipped
          bool at_end = stop >= 0 && iterator_in(f).a.as_int() >= stop;
          if (at_end && iterator_in(f).a.as_int() >= up_to) return end_iterator(iterator_in(f));
        }
        AWAIT(1, next(rt, f, iterator_in(f).source));
        if (r.value().is_exhausted()) return end_iterator(iterator_in(f));
        i64 index = iterator_in(f).a.as_int();
        iterator_in(f).a = Value::from_int(index + 1);
        if (index < bound(f[0], kNext)) continue;
        i64 wanted = index + bound(f[0], kStep), stop = bound(f[0], kStop);
        set_wanted(f[0], stop >= 0 && wanted > stop ? stop : wanted);
        return r;
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

// An optional bound of islice() as a number; -1 for None, -2 when it is unusable.
i64 slice_number(Value v, i64 absent) {
  i64 n;
  if (v.is_none() || v.is_unbound()) return absent;
  if (!is_int_like(v) || !int_to_i64(v, n) || n < 0 || n > kFar) return -2;
  return n;
}

// type, iterable, and one to three bounds: stop, or start, stop and step. f[6] the bounds as a tuple.
Result islice_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (f[6] = Value::from_int(2); f[6].as_int() < 5; f[6] = step_up(f[6])) {
        if (f[f[6].as_int()].is_unbound() || f[f[6].as_int()].is_none() ||
            !has_special(rt, f[f[6].as_int()], Special::Index)) {
          continue;
        }
        AWAIT(1, to_index(rt, f, f[f[6].as_int()]));
        f[f[6].as_int()] = r.value();
      }
      {
        bool only_stop = f[3].is_unbound();
        i64 start = only_stop ? 0 : slice_number(f[2], 0);
        i64 stop = slice_number(only_stop ? f[2] : f[3], -1);
        i64 step = slice_number(f[4], 1);
        if (stop == -2) {
          return raise(rt, TypeId::ValueError,
                       only_stop
                           ? "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
                           : "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        }
        if (start == -2) {
          return raise(rt, TypeId::ValueError,
                       "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        }
        if (step < 1) {
          return raise(rt, TypeId::ValueError, "Step for islice() must be a positive integer or None.");
        }
        Value bounds[] = {Value::from_int(start), Value::from_int(stop), Value::from_int(step)};
        f[6] = Value::from(new_tuple_from(rt, bounds, 3));
      }
      AWAIT(2, iter(rt, f, f[1]));
      return Value::from(new_iterator_of(rt, f[0], TypeId::Islice, r.value(), Value::from_int(0), f[6]));
  }
  LISLE_UNREACHABLE();
}

// --- tables
// --------------------------------------------------------------------------------------------------------------

#define ITERATES                                             \
  {"__iter__", iterator_self, "(self, /)"}, {                \
    "__next__", iterator_next_steps, "(self, /)", nullptr, 2 \
  }

constexpr NativeSpec kCompressMethods[] = {
    {"__new__", compress_new, "(cls, data, selectors)", nullptr, 4, kStatic}, ITERATES};
constexpr NativeSpec kDropWhileMethods[] = {
    {"__new__", drop_while_new, "(cls, predicate, iterable, /)", nullptr, 3, kStatic}, ITERATES};
constexpr NativeSpec kTakeWhileMethods[] = {
    {"__new__", take_while_new, "(cls, predicate, iterable, /)", nullptr, 3, kStatic}, ITERATES};
constexpr NativeSpec kFilterFalseMethods[] = {
    {"__new__", filter_false_new, "(cls, function, iterable, /)", nullptr, 3, kStatic}, ITERATES};
constexpr NativeSpec kIsliceMethods[] = {
    {"__new__", islice_new, "(cls, iterable, start, stop=None, step=None, /)", nullptr, 7, kStatic},
    ITERATES};
#undef ITERATES

}  // namespace

extern const TypeSpec kCompressType{"compress",
                                    "itertools",
                                    "The items whose selectors are true.",
                                    TypeId::Object,
                                    Kind::Iterator,
                                    kTypeHidden,
                                    kCompressMethods,
                                    {}};
extern const TypeSpec kDropWhileType{"dropwhile",
                                     "itertools",
                                     "The items from the first one the predicate refuses.",
                                     TypeId::Object,
                                     Kind::Iterator,
                                     kTypeHidden,
                                     kDropWhileMethods,
                                     {}};
extern const TypeSpec kTakeWhileType{"takewhile",
                                     "itertools",
                                     "The items before the first one the predicate refuses.",
                                     TypeId::Object,
                                     Kind::Iterator,
                                     kTypeHidden,
                                     kTakeWhileMethods,
                                     {}};
extern const TypeSpec kFilterFalseType{"filterfalse",
                                       "itertools",
                                       "The items that the predicate refuses.",
                                       TypeId::Object,
                                       Kind::Iterator,
                                       kTypeHidden,
                                       kFilterFalseMethods,
                                       {}};
extern const TypeSpec kIsliceType{"islice",
                                  "itertools",
                                  "The items at the places a slice names.",
                                  TypeId::Object,
                                  Kind::Iterator,
                                  kTypeHidden,
                                  kIsliceMethods,
                                  {}};

}  // namespace lisle::rt
