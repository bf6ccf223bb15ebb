// What the machine offers to compiled code and to its compiler, which is a plugin and sees the machine
// through this table alone.
//
// Compiled code runs on the same frames, with the same prototype and the same continuations as handlers do.
// It keeps registers of the frame in machine registers between two points at which anybody may look at the
// frame; at these points everything is back in its place. So it can be left for the interpreter before any
// instruction, and nothing else in the machine knows which of the two executes a frame.
#pragma once
#include "runtime/hooks.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

// An opcode's operation as a plain function (see SLOW_PATH), and what its Result is for. `ask` is null where
// an opcode has no such function: compiled code leaves for the interpreter there.
struct Asked {
  Ask ask;
  const Finish* finish;
};

// What call_leaf answers when the callable is none that can be called in place.
inline constexpr u64 kNotLeaf = 0x3f;

// Tells a plugin of another build, which would look for fields where they are not.
struct MachineTable;
constexpr u64 layout_stamp();

// Rows of helpers.def as function pointers.
struct MachineTable {
  u64 stamp;                               // layout_stamp()
  const Entry* handlers;                   // by opcode
  const Asked* asked;                      // by opcode
  const Entry* finishers;                  // continuation by Finish
  const Entry* intrinsics;                 // by rt::Intrinsic, see intrinsics.h
  const ContinuationInfo* compiled_infos;  // by Finish
#define HELPER(name, result, parameters) result(*name) parameters;
#define HELPER_CODE(name) Entry name;
#include "vm/interp/helpers.def"
#undef HELPER
#undef HELPER_CODE
};
extern const MachineTable kMachineTable;

constexpr u64 layout_stamp() {
  u64 stamp = 0;
  for (u64 size : {sizeof(MachineTable), sizeof(Runtime), sizeof(Thread), sizeof(Frame), sizeof(rt::Code),
                   sizeof(rt::Function), sizeof(rt::Type), sizeof(rt::Hooks), u64{kFinishCount},
                   static_cast<u64>(rt::kTypeCount), static_cast<u64>(Op::Traced)})
    stamp = stamp * 1000003 + size;
  return stamp;
}

struct CompilerSettings {
  bool eager = false;  // the program waits while it is compiled; otherwise a thread of its own compiles
  u32 patience = 0;    // what was found running so often is compiled; 0: as often as is worth the time
  bool hasty = false;  // code is made quickly rather than well
  bool stats = false, dump_ir = false, dump_asm = false;
  bool symbols = false;        // perf and gdb are told of the code
  bool verify = false;         // the IR, before it is used
  bool leave_at_will = false;  // code leaves for the interpreter now and then without a reason: for tests
};
// The plugin's one symbol, "lisle_jit_open": null, or why there is no compiler.
using OpenCompiler = const char* (*)(Runtime& rt, const MachineTable& machine,
                                     const CompilerSettings& settings);

// For helpers.def; see there.
u32 store_pair(Frame* f, Thread* t, u64 iterator, u64 pc);
u64 operator_method(Thread* t, u64 op, u64 shape);
u32 renew_global(Thread* t, Frame* f);
u64 equality_seen(Thread* t, u64 a, u64 b);
u64 attribute_seen(Thread* t, u64 object, rt::Str* name);
u64 is_instance_seen(Thread* t, u64 object, rt::Type* type);
u64 method_seen(Thread* t, u64 object, rt::Str* name);
u64 leaf_result(Frame* f, Thread* t, u64 window, u64 nargs, u64 pc);
LISLE_CODE void compiled_call(Frame* f, Thread* t, u64 pc, u64 ret, u64);
LISLE_CODE void call_operator(Frame* f, Thread* t, u64 pc, u64 ret, u64);
LISLE_CODE void call_get_item(Frame* f, Thread* t, u64 pc, u64 ret, u64);
LISLE_CODE void call_set_item(Frame* f, Thread* t, u64 pc, u64 ret, u64);
LISLE_CODE void call_generator(Frame* f, Thread* t, u64 pc, u64 ret, u64);
LISLE_CODE void yield_item(Frame* f, Thread* t, u64 pc, u64 resumption, u64);
LISLE_CODE void yield_delegated(Frame* f, Thread* t, u64 pc, u64 resumption, u64);

// The interpreter's continuation that does what `ret` does, which may be one of compiled code.
Entry interpreted(Entry ret);
// See Hooks::leave_compiled.
void leave_compiled(Frame& f, Frame& callee);

// Goes on at `pc` with compiled code if there is some for that place.
LISLE_CODE void go_on(HANDLER_ARGS);

}  // namespace lisle::interp
