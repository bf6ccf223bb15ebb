// See program.h.
#include "jit/program.h"

#include <algorithm>

#include "runtime/protocols/bind.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/module.h"
#include "vm/interp/caches.h"
#include "vm/interp/numbers.h"

namespace lisle::jit {

namespace {

// Larger callees gain little from being inlined; and what is compiled as one must not grow without end.
constexpr u64 kMostInlined = 60, kMostInlinedTogether = 160;
// What is called again and again is worth more.
constexpr u64 kMostInlinedInLoops = 130, kMostTogetherInLoops = 260, kMoreInInnerLoops = 130;
// Functions that call others, and those that are inlined into themselves twice.
constexpr u64 kMostCalling = 24, kMostUnrolled = 16;
constexpr int kDeepest = 6;
// Shapes and callees that are told apart in one place.
constexpr size_t kMostShapes = 6, kMostCallees = 4;

// The cache words of LoadGlobal, see ops_name.cpp: [globals version | entry << 32] [builtins version |
// entry].
constexpr u32 kInBuiltins = 0xffffffff;

bool has_names(Op op) {
  return op == Op::CallKw || op == Op::CallMethodKw;
}

// Calls whose arguments lie in the window one by one.
bool is_plain_call(Op op) {
  return op == Op::Call || op == Op::CallMethod || has_names(op);
}

bool is_any_call(Op op) {
  return bc::info(op).b == bc::Operand::window;
}

}  // namespace

Program::Program(rt::Runtime& rt, const interp::MachineTable& machine, rt::Function& root,
                 const Experience& experience, bool inlines)
    : rt_(rt), machine_(machine), experience_(experience), inlines_(inlines) {
  add_piece(root, -1, nullptr);
}

void Program::add_piece(rt::Function& function, int caller, const Decoded* call) {
  int number = static_cast<int>(pieces_.size());
  rt::Code& code = *function.code;
  Piece piece{std::make_unique<Unit>(code), &function, &experience_.distrust(code)};
  piece.caller = caller;
  if (call) {
    piece.base = callees_[call->at].window + rt::kHeaderWords;
    piece.call = call->at;
    piece.constructs = callees_[call->at].type;
    landings_.insert(call->next);
  }
  calls_.push_back(call ? std::make_unique<Decoded>(*call) : nullptr);
  registers_ = std::max(registers_, piece.base + code.register_count);
  pieces_.push_back(std::move(piece));
  find_callees(number);
}

void Program::find_callees(int number) {
  u32 count = static_cast<u32>(pieces_[static_cast<size_t>(number)].code().instruction_count);
  for (u32 at = 0; at < count;) {
    Decoded i = decode(start_of(number) + at);
    at = i.next & kPlaceMask;
    if (i.op == Op::ForIter && i.c == interp::kUnpacksPair) landings_.insert(decode(i.next).next);
    if (!is_plain_call(i.op) && !runs_program(i)) continue;
    Callee callee = is_plain_call(i.op) ? expected_callee(i) : expected_special(i);
    if (!is_plain_call(i.op) && !callee.function) continue;
    bool inlined = inlines_ && is_worth_inlining(number, i, callee);
    if (inlined) callee.piece = static_cast<int>(pieces_.size());
    callees_[i.at] = callee;
    if (!inlined) continue;
    inlined_ += callee.function->code->instruction_count;
    add_piece(*callee.function, number, &i);
  }
}

bool Program::is_worth_inlining(int into, const Decoded& call, const Callee& callee) const {
  if (!callee.function || callee.leaf || !trusted(call.at)) return false;
  const rt::Code& code = *callee.function->code;
  if (code.flags & rt::kCodeOwnsFrame || !(code.flags & rt::kCodeOptimized) || code.opcodes) return false;
  u32 loops = 0;
  for (u32 at = call.at;; at = piece(at).call) {
    loops += piece(at).unit->loop_depth(at & kPlaceMask);
    if (piece(at).caller < 0) break;
  }
  u64 most = loops ? kMostInlinedInLoops : kMostInlined;
  u64 most_together =
      loops ? kMostTogetherInLoops + (std::min(loops, 3u) - 1) * kMoreInInnerLoops : kMostInlinedTogether;
  if (code.instruction_count > most || inlined_ + code.instruction_count > most_together) return false;
  int depth = 0, times = 0;
  for (int p = into; p >= 0; p = pieces_[static_cast<size_t>(p)].caller, ++depth)
    times += &pieces_[static_cast<size_t>(p)].code() == &code;
  // What calls others goes on in a region of its own behind each call, so that it has to be small.
  int most_times = code.instruction_count <= kMostUnrolled ? 2 : code.instruction_count <= kMostCalling;
  if (times <= most_times && depth < kDeepest && code.instruction_count <= kMostCalling) return true;
  return times == 0 && depth < kDeepest && calls_are_known(*callee.function, depth);
}

// Does the function call nothing but what is inlined or a leaf of the machine, as far as it is known? What it
// would call otherwise would return to the interpreter.
bool Program::calls_are_known(rt::Function& function, int depth) const {
  Program alone(rt_, machine_, function, experience_, false);
  u32 count = static_cast<u32>(function.code->instruction_count);
  for (u32 at = 0; at < count;) {
    Decoded i = alone.decode(at);
    at = i.next;
    bool special = alone.runs_program(i) && !is_any_call(i.op);
    if (!special && !is_any_call(i.op)) continue;
    const Callee* expected = alone.callee(i.at);
    if (!expected) return false;
    const Callee& callee = *expected;
    if (callee.leaf || callee.never || (callee.type && !callee.function)) continue;
    if (!callee.function || depth + 1 >= kDeepest) return false;
    const rt::Code& code = *callee.function->code;
    if (&code == function.code || code.instruction_count > kMostInlined || !alone.trusted(i.at)) return false;
    if (!calls_are_known(*callee.function, depth + 1)) return false;
  }
  return true;
}

bool Program::runs_program(const Decoded& i) const {
  if (i.op == Op::GetAttr) return i.feedback == interp::kProperty;
  return !i.info().has('K') && i.feedback & interp::kSawProgram;
}

bool Program::unreached(const Decoded& i) const {
  if (!experience_.knows_ways() || !trusted(i.at)) return false;
  switch (i.op) {
    case Op::LoadGlobal:
      return cache(i.at)[0] == 0;
    case Op::GetAttr:
    case Op::SetAttr:
    case Op::GetMethod:
    case Op::ForIter:
      return i.feedback == 0;
    default:
      return interp::is_operator(i.op) && i.op != Op::AddImm && i.op != Op::IAddImm && i.feedback == 0;
  }
}

// Goes by the last instruction before the call that wrote its callable, and what the caches saw there.
Callee Program::expected_callee(const Decoded& call) const {
  Callee callee;
  // The machine copies the windows of code that owns its frame.
  if (piece(call.at).code().flags & rt::kCodeOwnsFrame) return callee;
  callee.window = call.b;
  callee.nargs = call.c + (call.op == Op::CallMethod || call.op == Op::CallMethodKw);
  const rt::Code& code = piece(call.at).code();
  auto* names = has_names(call.op) ? rt::to<rt::Tuple>(code.constants[cache(call.at)[0]]) : nullptr;
  u32 wanted = call.b + 2u;
  std::map<u32, rt::Value> globals;  // what registers hold that were last written by LoadGlobal
  bool plain = false;
  for (u32 at = call.at & ~kPlaceMask; at < call.at;) {
    Decoded i = decode(at);
    bool method = i.op == Op::GetMethod && i.a == call.b;
    rt::Value receiver = method && globals.count(i.b) ? globals[i.b] : rt::Value::unbound();
    each_write(i, [&](u32 r) {
      globals.erase(r);
      if (r != wanted) return;
      callee.value = rt::Value::unbound();
      callee.leaf = callee.never = plain = false;
      callee.others.clear();
    });
    if (i.op == Op::LoadGlobal) globals[i.a] = expected_global(at);
    if (i.op == Op::LoadGlobal && i.a == wanted) {
      callee.value = expected_global(at);
      callee.never = cache(at)[0] == 0;
    } else if (method) {
      callee.value = expected_method(i, receiver, plain);
      callee.never = i.feedback == interp::kEmpty;
      // What a module holds is likely to be a leaf of the machine.
      callee.leaf = i.feedback == interp::kModule && trusted(at);
      if (i.feedback == interp::kMethod && !trusted(at) && !names)
        callee.others = expected_methods(at, callee);
    }
    at = i.next;
  }
  if (callee.others.size() > 1) {
    callee.value = rt::Value::unbound();
    return callee;
  }
  callee.others.clear();
  if (auto second = globals.find(call.b + rt::kHeaderWords + 1); second != globals.end() && callee.nargs > 1)
    callee.second = second->second;
  if (!trusted(call.at)) return callee.leaf = callee.never = false, callee;
  // The window of what binds nothing lies one register higher.
  if (plain) ++callee.window, --callee.nargs;
  if (names) callee.leaf = false;
  if (callee.value.is_unbound()) return callee;
  callee.leaf = false;
  if (auto* function = rt::as<rt::Function>(callee.value)) {
    if (bind(callee, *function, names, false)) callee.function = function;
  } else if (auto* type = rt::as<rt::Type>(callee.value)) {
    if (plain || call.op == Op::Call || call.op == Op::CallKw) expect_class(callee, *type, names);
  } else if (auto* native = rt::as<rt::Native>(callee.value); native && !names && native->self.is_unbound()) {
    const rt::NativeEntry& entry = rt_.natives[native->native_id];
    callee.intrinsic = entry.intrinsic;
    callee.leaf =
        entry.registers == 0 && !(entry.flags & rt::kSwitches) && rt::binds_quickly(entry, callee.nargs);
  }
  return callee;
}

bool Program::holds(u64 key) const {
  u32 shape = static_cast<u32>(key);
  return (key ^ rt_.thread.class_epoch) >> 32 == 0 && shape < rt_.shapes.size() &&
         rt_.shapes[shape] != rt_.shapes[0];
}

// What a GetMethod leads to whose receiver is expected to be `receiver`, a global; unbound where that is not
// told by the cache. `plain`: it binds nothing.
rt::Value Program::expected_method(const Decoded& i, rt::Value receiver, bool& plain) const {
  u64 first = cache(i.at)[0];
  rt::Value second = rt::Value::from_bits(cache(i.at)[1]);
  plain =
      i.feedback == interp::kModule || i.feedback == interp::kTypeValue || i.feedback == interp::kClassValue;
  switch (i.feedback) {
    case interp::kMethod:
    case interp::kClassMethod:
      return holds(first) ? second : rt::Value::unbound();
    case interp::kModule:
      return expected_of_module(receiver, first);
    case interp::kTypeValue:
    case interp::kTypeMethod: {
      auto* type = rt::as<rt::Type>(receiver);
      u64 key = rt_.thread.class_epoch >> 32 | (type ? u64{type->version} << 32 : 0);
      return type && first == key ? second : rt::Value::unbound();
    }
    case interp::kClassValue: {
      bool known = static_cast<u32>(first) < rt_.shapes.size() && rt_.shapes[static_cast<u32>(first)]->type &&
                   rt_.shapes[static_cast<u32>(first)]->type->version == first >> 32;
      return known ? second : rt::Value::unbound();
    }
    default:
      return rt::Value::unbound();
  }
}

std::vector<SeenShape> Program::seen(u32 at, interp::CacheKind kind) const {
  std::vector<SeenShape> all = experience_.seen(*piece(at).function->code, at & kPlaceMask);
  std::erase_if(all, [&](const SeenShape& s) { return s.kind != kind || !holds(s.key); });
  if (all.size() > kMostShapes) all.clear();
  return all;
}

// The methods of the program that the GetMethod at `at` has found for the call.
std::vector<Callee> Program::expected_methods(u32 at, const Callee& call) const {
  std::vector<Callee> out;
  for (const SeenShape& s : seen(at, interp::kMethod)) {
    rt::Value method = rt::Value::from_bits(s.second);
    bool known = std::any_of(out.begin(), out.end(), [&](const Callee& c) { return c.value == method; });
    auto* function = rt::as<rt::Function>(method);
    if (known || !function || out.size() == kMostCallees) continue;
    Callee one;
    one.value = method;
    one.window = call.window;
    one.nargs = call.nargs;
    if (!bind(one, *function, nullptr, false)) continue;
    one.function = function;
    out.push_back(std::move(one));
  }
  return out;
}

// The method of the program that the instruction is known to run: a property's, an operator's or a
// subscript's.
Callee Program::expected_special(const Decoded& i) const {
  Callee callee;
  rt::Value method = rt::Value::unbound();
  u64 epoch = rt_.thread.class_epoch;
  if (i.op == Op::GetAttr) {
    callee.key = cache(i.at)[0];
    if ((callee.key ^ epoch) >> 32) return callee;  // the property may be gone
    method = rt::to<rt::Property>(rt::Value::from_bits(cache(i.at)[1]))->getter;
    callee.nargs = 1;
  } else {
    u32 shape = receiver(i.at).shape;
    if (shape == 0 || shape >= rt_.shapes.size() || !rt_.shapes[shape]) return callee;
    callee.key = shape | epoch;
    const rt::Type& type = *rt_.shapes[shape]->type;
    if (type.instance_kind != rt::Kind::Instance) return callee;
    callee.nargs = i.op == Op::SetItem ? 3 : 2;
    bool operates = interp::is_operator(i.op) && i.op != Op::AddImm && i.op != Op::IAddImm;
    if (operates)
      method = rt::Value::from_bits(machine_.operator_method(&rt_.thread, static_cast<u64>(i.op), shape));
    else if (i.op == Op::GetItem || i.op == Op::SetItem)
      method = type.special(i.op == Op::GetItem ? rt::Special::GetItem : rt::Special::SetItem);
  }
  auto* function = rt::as<rt::Function>(method);
  if (!function || function->code->simple_args != callee.nargs) return callee;
  callee.function = function;
  callee.value = method;
  callee.special = true;
  const Piece& p = piece(i.at);
  callee.window = p.base + p.code().register_count + rt::kWindowPad;
  return callee;
}

// What the name of a GetMethod with cache key `key` leads to when `module` is its receiver.
rt::Value Program::expected_of_module(rt::Value module, u64 key) {
  auto* in = rt::as<rt::Module>(module);
  if (!in || in->dict->version != static_cast<u32>(key)) return rt::Value::unbound();
  return in->dict->value_at(key >> 32);
}

// A class that makes its instances as object does, and whose __init__ is a function that takes what is given,
// or that has none.
void Program::expect_class(Callee& callee, rt::Type& type, const rt::Tuple* names) const {
  if (machine_.is_made_in_place(&rt_.thread, &type)) {
    callee.leaf = !names;
    return;
  }
  rt::Value init = rt::Value::from_bits(machine_.initialiser_of(&rt_.thread, &type));
  auto* function = rt::as<rt::Function>(init);
  if (init.is_none() && callee.nargs == 0 && !names) {
    callee.type = &type;
  } else if (function && bind(callee, *function, names, true)) {
    callee.type = &type;
    callee.function = function;
  }
  callee.type_version = type.version;
}

// How the arguments of a call find their parameters, as far as that is told by their number and names; with
// `instance` the first parameter is not among them. False where the machine has to bind them.
bool Program::bind(Callee& callee, rt::Function& function, const rt::Tuple* names, bool instance) {
  const rt::Code& code = *function.code;
  u32 first = instance, given = callee.nargs, count = code.simple_args;
  if (count != code.arg_count || first + given > count) return false;
  std::vector<int> places(count, Callee::kDefault);
  if (instance) places[0] = Callee::kInstance;
  for (u32 k = 0; k < given; ++k) places[first + k] = static_cast<int>(k);
  for (u64 n = 0; names && n < names->size; ++n) {
    u32 p = code.posonly_count;
    while (p < count && code.locals->items[p] != names->items[n]) ++p;
    if (p >= count || places[p] != Callee::kDefault) return false;
    places[p] = static_cast<int>(given + n);
  }
  u64 defaults = function.defaults ? function.defaults->size : 0;
  bool moves = names;
  for (u32 p = 0; p < count; ++p) {
    if (places[p] != Callee::kDefault) continue;
    if (p + defaults < count) return false;
    moves = true;
  }
  callee.nargs = count;
  if (moves || instance) callee.places = std::move(places);
  return true;
}

// What the global name at `at` holds now, if the interpreter's cache knows; else unbound.
rt::Value Program::expected_global(u32 at) const {
  u64 first = cache(at)[0], second = cache(at)[1];
  rt::Dict &globals = *piece(at).function->globals, &builtins = *piece(at).function->builtins;
  if (first == 0 || globals.version != static_cast<u32>(first)) return rt::Value::unbound();
  u32 entry = static_cast<u32>(first >> 32);
  if (entry != kInBuiltins) return globals.value_at(entry);
  if (builtins.version != static_cast<u32>(second)) return rt::Value::unbound();
  return builtins.value_at(second >> 32);
}

Decoded Program::decode(u32 at) const {
  const Piece& p = piece(at);
  Decoded i = p.unit->decode(at & kPlaceMask);
  u32 start = at & ~kPlaceMask;
  i.at += start;
  i.next += start;
  i.target += start;
  const bc::OpInfo& op = i.info();
  auto place = [&](bc::Operand kind, u16& operand) {
    switch (kind) {
      case bc::Operand::dst:
      case bc::Operand::reg:
      case bc::Operand::both:
      case bc::Operand::base:
      case bc::Operand::window:
        operand = static_cast<u16>(operand + p.base);
        break;
      case bc::Operand::opt:
        if (operand != bc::kNoRegister) operand = static_cast<u16>(operand + p.base);
        break;
      default:
        break;
    }
  };
  place(op.a, i.a);
  place(op.b, i.b);
  if (op.b != bc::Operand::wide) place(op.c, i.c);
  return i;
}

bool Program::is_live(u32 at, u32 r) const {
  for (;;) {
    const Piece& p = piece(at);
    if (r >= p.base)
      return r < p.base + p.code().register_count && p.unit->is_live(at & kPlaceMask, r - p.base);
    if (p.constructs && r == p.instance()) return true;
    // The header of its frame is no matter of registers, see Translator::finish_frames.
    if (r + rt::kWindowPad + rt::kHeaderWords >= p.base) return false;
    at = p.call;
  }
}

const Callee* Program::callee(u32 at) const {
  auto found = callees_.find(at);
  return found == callees_.end() ? nullptr : &found->second;
}

const Decoded* Program::return_goes_to(u32 at) const {
  return calls_[at >> kPlaceBits].get();
}

void Program::each_write(const Decoded& i, const std::function<void(u32)>& write) const {
  jit::each_write(piece(i.at).code(), i, write);
  if (!is_any_call(i.op)) return;
  for (u32 r = i.b - rt::kWindowPad; r < registers_; ++r) write(r);
}

void Program::step_back(const Decoded& i, RegisterSet& live) const {
  const Callee* called = callee(i.at);
  if (called && called->piece >= 0 && called->special) {
    for (u32 r = called->window; r < registers_; ++r) live[r] = false;
    return each_read(piece(i.at).code(), i, [&](u32 r) { live[r] = true; });
  }
  if (called && called->piece >= 0) {
    // The callee's own instructions say what becomes of the arguments.
    if (!called->places.empty()) {
      std::vector<u32> wanted;
      for (u32 p = 0; p < called->nargs; ++p) {
        u32 from = i.b + rt::kHeaderWords;
        if (called->places[p] >= 0 && live[from + p])
          wanted.push_back(from + static_cast<u32>(called->places[p]));
      }
      for (u32 r = i.b - rt::kWindowPad; r < registers_; ++r) live[r] = false;
      for (u32 r : wanted) live[r] = true;
    }
    live[i.b + 2u] = true;
    return;
  }
  each_write(i, [&](u32 r) { live[r] = false; });
  if (i.op == Op::Return) {
    if (const Decoded* call = return_goes_to(i.at)) {
      each_write(*call, [&](u32 r) { live[r] = false; });
      live[call->a] = false;
      if (piece(i.at).constructs) live[piece(i.at).instance()] = true;
    }
  }
  each_read(piece(i.at).code(), i, [&](u32 r) { live[r] = true; });
}

RegisterSet Program::exposed_in(u32 header, const std::set<u32>& body,
                                const std::map<u32, std::vector<u32>>& next) const {
  std::map<u32, RegisterSet> live;
  for (u32 block : body) live[block].resize(registers_);
  for (bool changed = true; changed;) {
    changed = false;
    for (auto block = body.rbegin(); block != body.rend(); ++block) {
      RegisterSet now(registers_);
      for (u32 to : next.at(*block)) {
        if (to == header || !body.count(to)) continue;
        for (u32 r = 0; r < registers_; ++r)
          if (live[to][r]) now[r] = true;
      }
      std::vector<Decoded> instructions;
      for (u32 at = *block;;) {
        instructions.push_back(decode(at));
        const Decoded& i = instructions.back();
        const Callee* called = callee(at);
        if (i.jumps() || i.ends() || (called && called->piece >= 0) || starts_block(i.next)) break;
        at = i.next;
      }
      for (size_t k = instructions.size(); k-- > 0;) step_back(instructions[k], now);
      if (now != live[*block]) {
        live[*block] = now;
        changed = true;
      }
    }
  }
  return live[header];
}

}  // namespace lisle::jit
