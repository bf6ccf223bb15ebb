// See compiled.h: the table, and where interpreted and compiled code pass into each other.
#include "vm/interp/compiled.h"

#include "runtime/host.h"
#include "runtime/protocols/compare.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/signals.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/float.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator.h"
#include "vm/interp/intrinsics.h"

namespace lisle::interp {

// In the order of Finish.
extern constinit const ContinuationInfo kCompiledContinuations[kFinishCount] = {
    {"compiled store", Ended::Raise},        {"compiled store_not", Ended::Raise},
    {"compiled discard", Ended::Raise},      {"compiled branch", Ended::Raise},
    {"compiled truth_branch", Ended::Raise}, {"compiled not", Ended::Raise},
    {"compiled method", Ended::Raise},       {"compiled unpack", Ended::Raise},
    {"compiled group_match", Ended::Raise},  {"compiled for_iter", Ended::Exit},
    {"compiled send", Ended::Exit},          {"compiled binary", Ended::Raise}};

namespace {

// In the order of Finish.
const Entry kFinishers[kFinishCount] = {cont_store,        cont_store_not, cont_discard, cont_branch,
                                        cont_truth_branch, cont_not,       cont_method,  cont_unpack,
                                        cont_group_match,  cont_for_iter,  cont_send,    cont_binary};

// Allocates while the count of ticks is in a register of the caller: a safepoint that is asked for has to
// wait for the next one that is due.
u64 allocate(Frame* f, Thread* t, u64 pc, auto&& make) {
  ENTER_CPP();
  i64 kept = t->ticks_kept, ticks = t->ticks;
  u64 bits = make().bits();
  t->ticks_kept = kept;
  t->ticks = ticks;
  return bits;
}

u64 box_double(Frame* f, Thread* t, f64 d, u64 pc) {
  return allocate(f, t, pc, [&] { return rt::new_float(world(t), d); });
}

u64 make_instance(Frame* f, Thread* t, rt::Type* type, u64 pc) {
  return allocate(f, t, pc, [&] { return Value::from(rt::new_instance(world(t), type)); });
}

u64 make_range_iterator(Frame* f, Thread* t, u64 start, u64 step, u64 count, u64 pc) {
  return allocate(f, t, pc, [&] {
    return Value::from(rt::new_iterator(world(t), TypeId::RangeIterator, Value::from_bits(step),
                                        Value::from_bits(start), Value::from_bits(count)));
  });
}

u32 is_made_in_place(Thread* t, rt::Type* type) {
  const rt::TypeSpec* spec = rt::builtin_spec(*type);
  return spec && spec->construct;
}

u64 initialiser_of(Thread* t, rt::Type* type) {
  Runtime& rt = world(t);
  Value init = type->special(rt::Special::Init);
  bool plain = type->shape == rt.shape_of(TypeId::Type) && rt::how_made(rt, *type) & rt::kTypeMakesInstance;
  if (!plain) return Value::unbound().bits();
  (void)rt::type_version(rt, *type);
  return (rt::is_kind(init, rt::Kind::Function) ? init : Value::none()).bits();
}

u32 is_number(u64 bits) {
  Value v = Value::from_bits(bits);
  return v.is_double() || v.is_int() || rt::is_kind(v, rt::Kind::Float);
}

f64 as_double(u64 bits) {
  Value v = Value::from_bits(bits);
  return v.is_int() ? static_cast<f64>(v.as_int()) : rt::float_value(v);
}

u64 truth_now(Frame* f, Thread* t, u64 bits, u64 pc) {
  ENTER_CPP();
  return rt::truth(world(t), *f, Value::from_bits(bits)).value().bits();
}

void remember(Thread* t, rt::Object* o) {
  world(t).heap.wrote(o);
}

// What safepoint() does when it finds nothing to do. Under stress each one has.
i64 more_ticks(Thread* t, i64 ticks) {
  Runtime& rt = world(t);
  t->ticks = ticks;
  if (rt.scheduler->stress_switch || rt.heap.exhausted || !rt.heap.due.empty()) return -1;
  if (rt.host && (rt.host->interrupt_requested || rt::signals_arrived(rt))) return -1;
  bool sampled = !t->ticks_kept && t->ticks_later > 0;
  return sampled && !rt::tick_budget_used_up(rt) ? t->ticks : -1;
}

}  // namespace

// Where code waits for a callee its frame is exact.
Entry interpreted(Entry ret) {
  if (ret == cont_construct_compiled) return cont_construct;
  return is_compiled(ret) ? kFinishers[&continuation_info(ret) - kCompiledContinuations] : ret;
}

void leave_compiled(Frame& f, Frame& callee) {
  if (f.ret == cont_construct_compiled) reinterpret_cast<Value*>(&callee)[-2] = Value();
  f.ret = interpreted(f.ret);
}

LISLE_CODE static void interpret(Frame* f, Thread* t, u64 pc, u64, u64) {
  u64 k = constants_of(f);
  GO(pc);
}

LISLE_CODE static void assumption_failed(Frame* f, Thread* t, u64 pc, u64 k, u64 unit) {
  ENTER_CPP();
  Runtime& rt = world(t);
  rt.hooks->assumption_failed(rt, *f, unit);
  GO(pc);
}

LISLE_CODE void go_on(HANDLER_ARGS) {
  (void)word;
  const rt::Hooks* hooks = world(t).hooks.get();
  if (hooks && hooks->compiled_at && !function_of(f)->code->opcodes) {
    ENTER_CPP();
    if (Entry compiled = hooks->compiled_at(world(t), *f, pc)) LISLE_TAIL compiled(f, t, pc, k, *at(pc));
  }
  GO(pc);
}

LISLE_CODE void begin_code(HANDLER_ARGS) {
  function_of(f)->code->entry = kDispatch[op_of(word)];
  const rt::Hooks* hooks = world(t).hooks.get();
  if (hooks && hooks->compile_at_first_call) LISLE_TAIL go_on(f, t, pc, k, word);
  GO(pc);
}

namespace {

// Opcodes without a plain function have none of these symbols.
#define OP(Name, A, B, C, words, extra, effects, meaning) \
  }                                                       \
  [[gnu::weak]] u64 ask_##Name(HANDLER_ARGS);             \
  extern const Finish finish_of_##Name [[gnu::weak]];     \
  namespace {
#include "vm/bytecode/opcodes.def"
#undef OP

#define OP(Name, A, B, C, words, extra, effects, meaning) {ask_##Name, &finish_of_##Name},
const Asked kAsked[] = {
#include "vm/bytecode/opcodes.def"
};
#undef OP

}  // namespace

const MachineTable kMachineTable = {
    layout_stamp(), kDispatch, kAsked, kFinishers, kIntrinsics, kCompiledContinuations,
#define HELPER(name, result, parameters) name,
#define HELPER_CODE(name) name,
#include "vm/interp/helpers.def"
#undef HELPER
#undef HELPER_CODE
};

}  // namespace lisle::interp
