// Reductions: how the tuple that __reduce__ and its relatives give becomes opcodes.
#include "runtime/image/pickler.h"
#include "runtime/protocols/call.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

struct Parts {
  Value callable, args, state, list_items, dict_items, setter;
};

Parts parts_of(const Tuple& t) {
  auto item = [&t](u64 i) { return i < t.size ? t.items[i] : Value::none(); };
  return {item(0), item(1), item(2), item(3), item(4), item(5)};
}

Step refuse(Runtime& rt, const char* text) {
  (void)raise_pickle_error(rt, "PicklingError", "%s", text);
  return Step::kRaised;
}

bool is_callable(Runtime& rt, Value v) {
  return is_kind(v, Kind::Function) || is_type(v) || has_special(rt, v, Special::Call);
}

bool check_parts(Runtime& rt, const Tuple& t, const Parts& parts) {
  constexpr const char* kTuple = "tuple returned by __reduce__";
  if (t.size < 2 || t.size > 6)
    return refuse(rt, "tuple returned by __reduce__ must contain 2 through 6 elements"), false;
  if (!is_callable(rt, parts.callable))
    return refuse(rt, "first item of the tuple returned by __reduce__ must be callable"), false;
  if (!is_kind(parts.args, Kind::Tuple))
    return refuse(rt, "second item of the tuple returned by __reduce__ must be a tuple"), false;
  const char* ordinal = "fourth";
  for (Value iterator : {parts.list_items, parts.dict_items}) {
    if (!iterator.is_none() && !has_special(rt, iterator, Special::Next)) {
      (void)raise_pickle_error(rt, "PicklingError", "%s element of the %s must be an iterator, not %s",
                               ordinal, kTuple, type_name(rt, iterator));
      return false;
    }
    ordinal = "fifth";
  }
  if (!parts.setter.is_none() && !is_callable(rt, parts.setter)) {
    (void)raise_pickle_error(rt, "PicklingError", "sixth element of the %s must be a function, not %s",
                             kTuple, type_name(rt, parts.setter));
    return false;
  }
  return true;
}

void push_opcode(Runtime& rt, Pickler& p, PickleOp op) {
  push_job(rt, p, JobKind::kOpcode, Value(), Value::from_int(op));
}

constexpr i64 kOfPairs = 1;  // lowest bit of IterateState

// What follows the making of `v`, last first: its state, its items, and remembering it.
void push_rest(Runtime& rt, Pickler& p, const Parts& parts, Value v) {
  u64 jobs = p.job_count;
  if (!parts.state.is_none()) {
    if (parts.setter.is_none()) {
      push_opcode(rt, p, kBuild);
      push_job(rt, p, JobKind::kSave, parts.state);
    } else {
      push_opcode(rt, p, kPop);
      push_opcode(rt, p, kReduce);
      push_opcode(rt, p, kTuple2);
      push_job(rt, p, JobKind::kSave, parts.state);
      push_job(rt, p, JobKind::kSave, v);
      push_job(rt, p, JobKind::kSave, parts.setter);
    }
  }
  if (!parts.dict_items.is_none())
    push_job(rt, p, JobKind::kIterate, parts.dict_items, Value(), Value::from_int(kOfPairs));
  if (!parts.list_items.is_none()) push_job(rt, p, JobKind::kIterate, parts.list_items);
  if (!v.is_unbound())
    push_job(rt, p, JobKind::kPutReduced, v, Value::from_int(static_cast<i64>(p.job_count - jobs)));
}

Step reduce_plainly(Runtime& rt, Pickler& p, const Parts& parts, Value v) {
  push_rest(rt, p, parts, v);
  push_opcode(rt, p, kReduce);
  push_job(rt, p, JobKind::kSave, parts.args);
  push_job(rt, p, JobKind::kSave, parts.callable);
  return Step::kGoOn;
}

Tuple* tuple_tail(Runtime& rt, const Tuple& t) {
  return new_tuple_from(rt, t.items + 1, t.size - 1);
}

Step newobj(Runtime& rt, Pickler& p, const Parts& parts, Value v) {
  push_rest(rt, p, parts, v);
  push_opcode(rt, p, kNewObj);
  push_job(rt, p, JobKind::kSave, Value::from(tuple_tail(rt, *to<Tuple>(parts.args))));
  push_job(rt, p, JobKind::kSave, to<Tuple>(parts.args)->items[0]);
  return Step::kGoOn;
}

Step by_newobj(Runtime& rt, Pickler& p, const Parts& parts, Value reduction, Value v) {
  const Tuple& args = *to<Tuple>(parts.args);
  if (args.size < 1) return refuse(rt, "__newobj__ arglist is empty");
  Value cls = args.items[0];
  // Anything that has a __new__ would do, but what is saved has to be a class.
  if (!is_type(cls)) return refuse(rt, "args[0] from __newobj__ args is not a type");
  if (v.is_unbound() || Value::from(type_of(rt, v)) == cls) return newobj(rt, p, parts, v);
  push_job(rt, p, JobKind::kClassAnswer, v, reduction);
  return ask_attribute(p, rt, v, rt.names.class_);
}

Step by_newobj_ex(Runtime& rt, Pickler& p, const Parts& parts, Value reduction, Value v) {
  const Tuple& args = *to<Tuple>(parts.args);
  if (args.size != 3) {
    (void)raise_pickle_error(rt, "PicklingError",
                             "length of the NEWOBJ_EX argument tuple must be exactly 3, not %llu",
                             static_cast<unsigned long long>(args.size));
    return Step::kRaised;
  }
  const char* wrong =
      !is_type(args.items[0])                ? "first item from NEWOBJ_EX argument tuple must be a class"
      : !is_kind(args.items[1], Kind::Tuple) ? "second item from NEWOBJ_EX argument tuple must be a tuple"
      : !is_kind(args.items[2], Kind::Dict)  ? "third item from NEWOBJ_EX argument tuple must be a dict"
                                             : nullptr;
  if (wrong) {
    Value item = args.items[!is_type(args.items[0]) ? 0 : !is_kind(args.items[1], Kind::Tuple) ? 1 : 2];
    (void)raise_pickle_error(rt, "PicklingError", "%s, not %s", wrong, type_name(rt, item));
    return Step::kRaised;
  }
  if (p.protocol < 4) {
    push_job(rt, p, JobKind::kPartialAnswer, v, reduction);
    return ask_call(p, rt, pickle_helper(rt, "_partial_new"), {args.items[0], args.items[1], args.items[2]});
  }
  push_rest(rt, p, parts, v);
  push_opcode(rt, p, kNewObjEx);
  for (u64 i = 3; i-- > 0;) push_job(rt, p, JobKind::kSave, args.items[i]);
  return Step::kGoOn;
}

Step reduce_by_name(Runtime& rt, Pickler& p, Value reduction, Value v, Value name) {
  Parts parts = parts_of(*to<Tuple>(reduction));
  if (is_str(name)) {
    if (str_equals(to<Str>(name), "__newobj_ex__")) return by_newobj_ex(rt, p, parts, reduction, v);
    if (str_equals(to<Str>(name), "__newobj__")) return by_newobj(rt, p, parts, reduction, v);
  }
  return reduce_plainly(rt, p, parts, v);
}

// Does the reduction of `v` lead to `v` again and again? Depth alone says nothing, for structures may be
// deep; it says when to look, which is seldom enough to cost nothing.
bool never_ends(const Pickler& p, Value v) {
  constexpr u64 kDeep = 1 << 14, kEach = 1 << 10, kOften = 1000;
  if (v.is_unbound() || p.job_count < kDeep || p.job_count % kEach >= 64) return false;
  const Job* top = reinterpret_cast<const Job*>(p.jobs->items) + p.job_count;
  u64 seen = 0;
  for (const Job* job = top - kDeep; job < top; ++job)
    seen += job->kind.as_int() == static_cast<i64>(JobKind::kPutReduced) && job->a == v;
  return seen > kOften;
}

// --- items that an iterator gives
// The state word of a kIterate job: bit 0 says that the items are pairs, three bits say what comes next, the
// rest counts items since the mark.
enum IteratePhase : i64 {
  kAskFirst,
  kGotFirst,
  kGotSecond,
  kWritePending,
  kAskNextItem,
  kGotItem,
  kBatchFull,
  kOneByOne,
};

struct IterateState {
  bool pairs;
  IteratePhase phase;
  u64 count;
  explicit IterateState(Value v)
      : pairs(v.as_int() & kOfPairs),
        phase(static_cast<IteratePhase>(v.as_int() >> 1 & 7)),
        count(static_cast<u64>(v.as_int() >> 4)) {}
  Value packed() const {
    return Value::from_int(static_cast<i64>(count << 4) | phase << 1 | (pairs ? kOfPairs : 0));
  }
};

bool push_item(Runtime& rt, Pickler& p, Value item, bool pair) {
  if (!pair) return push_job(rt, p, JobKind::kSave, item), true;
  auto* tuple = as<Tuple>(item);
  if (!tuple || tuple->size != 2) {
    (void)raise(rt, TypeId::TypeError, "dict items iterator must return 2-tuples");
    return false;
  }
  push_job(rt, p, JobKind::kSave, tuple->items[1]);
  push_job(rt, p, JobKind::kSave, tuple->items[0]);
  return true;
}

Step iterate(Runtime& rt, Pickler& p) {
  IterateState state(top_job(p).c);
  PickleOp one = state.pairs ? kSetItem : kAppend, many = state.pairs ? kSetItems : kAppends;
  Value iterator = top_job(p).a, answer = p.answer;
  auto go_to = [&](IteratePhase phase) {
    state.phase = phase;
    top_job(p).c = state.packed();
  };
  auto hold = [&](Value item) {
    top_job(p).b = item;
    rt.heap.wrote(p.jobs);
  };
  switch (state.phase) {
    case kAskFirst:
      go_to(p.binary ? kGotFirst : kOneByOne);
      return ask_next(p, rt, iterator);
    case kOneByOne:
      if (answer.is_exhausted()) return pop_job(p), Step::kGoOn;
      go_to(kAskFirst);
      push_opcode(rt, p, one);
      return push_item(rt, p, answer, state.pairs) ? Step::kGoOn : Step::kRaised;
    case kGotFirst:
      if (answer.is_exhausted()) return pop_job(p), Step::kGoOn;
      hold(answer);
      go_to(kGotSecond);
      return ask_next(p, rt, iterator);
    case kGotSecond: {
      Value first = top_job(p).b;
      if (answer.is_exhausted()) {
        pop_job(p);
        push_opcode(rt, p, one);
        return push_item(rt, p, first, state.pairs) ? Step::kGoOn : Step::kRaised;
      }
      put_op(rt, p, kMark);
      hold(answer);
      state.count = 1;
      go_to(kWritePending);
      return push_item(rt, p, first, state.pairs) ? Step::kGoOn : Step::kRaised;
    }
    case kGotItem:
      if (answer.is_exhausted()) {
        put_op(rt, p, many);
        return pop_job(p), Step::kGoOn;
      }
      hold(answer);
      [[fallthrough]];
    case kWritePending: {
      Value item = top_job(p).b;
      ++state.count;
      go_to(state.count == kBatchSize ? kBatchFull : kAskNextItem);
      return push_item(rt, p, item, state.pairs) ? Step::kGoOn : Step::kRaised;
    }
    case kAskNextItem:
      go_to(kGotItem);
      return ask_next(p, rt, iterator);
    case kBatchFull:
      put_op(rt, p, many);
      go_to(kAskFirst);
      return Step::kGoOn;
  }
  LISLE_UNREACHABLE();
}

}  // namespace

Step save_reduction(Runtime& rt, Pickler& p, Value reduction, Value v) {
  auto* t = as<Tuple>(reduction);
  if (!t) return refuse(rt, "__reduce__ must return a string or tuple");
  Parts parts = parts_of(*t);
  if (!check_parts(rt, *t, parts)) return Step::kRaised;
  if (never_ends(p, v)) {
    (void)raise(rt, TypeId::RecursionError, "maximum recursion depth exceeded while pickling an object");
    return Step::kRaised;
  }
  if (p.protocol < 2 || is_type(parts.callable)) return reduce_plainly(rt, p, parts, v);
  if (auto* function = as<Function>(parts.callable))
    return reduce_by_name(rt, p, reduction, v, Value::from(function->name));
  if (auto* native = as<Native>(parts.callable))
    return reduce_by_name(rt, p, reduction, v, Value::from(native->name));
  push_job(rt, p, JobKind::kCallableName, v, reduction);
  return ask_attribute(p, rt, parts.callable, rt.names.name);
}

Step advance_reduction(Runtime& rt, Pickler& p) {
  Job job = top_job(p);
  if (job.kind.as_int() == static_cast<i64>(JobKind::kIterate)) return iterate(rt, p);
  Value answer = p.answer;
  pop_job(p);
  switch (static_cast<JobKind>(job.kind.as_int())) {
    case JobKind::kCallableName:
      return reduce_by_name(rt, p, job.b, job.a, answer);
    case JobKind::kClassAnswer: {
      Parts parts = parts_of(*to<Tuple>(job.b));
      if (answer == to<Tuple>(parts.args)->items[0]) return newobj(rt, p, parts, job.a);
      return refuse(rt, "args[0] from __newobj__ args has the wrong class");
    }
    case JobKind::kPartialAnswer: {
      Parts parts = parts_of(*to<Tuple>(job.b));
      parts.callable = answer;
      parts.args = Value::from(rt.empty_tuple);
      return reduce_plainly(rt, p, parts, job.a);
    }
    case JobKind::kPutReduced: {
      i64 number = p.fast ? -1 : memo_find(p, job.a);
      if (number < 0) return put_memo(rt, p, job.a), Step::kGoOn;
      // Its own arguments contained it: that one is it, and has everything already.
      put_op(rt, p, kPop);
      put_get(rt, p, number);
      for (i64 i = job.b.as_int(); i > 0; --i) pop_job(p);
      return Step::kGoOn;
    }
    default:
      LISLE_UNREACHABLE();
  }
}

}  // namespace lisle::rt
