// What is compiled as one: the code of a function and of the functions that are inlined into it. Each is a
// piece; a callee's frame is its call's window, so that the registers of all pieces are registers of the
// outermost frame, and only those behind the window of the call belong to the inlined piece. Knows nothing of
// LLVM.
//
// A position names a piece and a word of its code. Decoded instructions of a piece have the positions and
// registers of the whole.
#pragma once
#include <map>
#include <memory>
#include <set>

#include "jit/unit.h"
#include "runtime/runtime.h"
#include "vm/interp/caches.h"
#include "vm/interp/compiled.h"

namespace lisle::jit {

// Instructions where compiled code was wrong before, see plugin.cpp. Nothing is taken for granted there:
// neither that operands are what they were, nor, at the header of a loop, that it is entered with values of
// the kinds it goes round with.
using Distrust = std::set<u32>;

// What the cache of an access held for one of the shapes that came by.
struct SeenShape {
  u64 key;     // shape and epoch
  u64 second;  // by kind: an offset or a method
  u8 kind;
  u32 shape() const { return static_cast<u32>(key); }
};

// What calls are expected to call.
struct Callee {
  rt::Value value = rt::Value::unbound();
  rt::Function* function = nullptr;  // when it is known here how it is bound, see `places`
  bool leaf = false;                 // a native that is called in place
  rt::Intrinsic intrinsic = rt::Intrinsic::kNone;
  rt::Type* type = nullptr;  // a class whose instances `function` initialises; null: nothing does
  u32 type_version = 0;
  rt::Value second = rt::Value::unbound();  // the second argument, where that is a global
  bool never = false;                       // the call was not reached so far
  bool special = false;  // `function` is the method that does an operation with operands of shape `key`
  u64 key = 0;           // as in the caches: shape and epoch
  u32 window = 0;
  u32 nargs = 0;  // parameters of `function`; given to others
  // Where each parameter comes from: the number of an argument in the window, the instance that is being
  // made, or its default. Empty: they are in their places.
  std::vector<int> places;
  static constexpr int kDefault = -1, kInstance = -2;
  int piece = -1;              // when it is inlined
  std::vector<Callee> others;  // instead of `function`: methods that receivers of several shapes have
};

// Where a global name lies while the dicts have these versions. Compiled code reads it each time, so that the
// compiler can correct it when the dict has got other names meanwhile.
struct NamePlace {
  u32 globals_version = 0, builtins_version = 0;
  rt::Value* value = nullptr;
};

// What was learnt of a code object; empty for one that was never compiled.
class Experience {
 public:
  virtual ~Experience() = default;
  virtual const Distrust& distrust(rt::Code& code) const = 0;
  // What accesses at word `at` went to; keys of former epochs may be among them.
  virtual std::vector<SeenShape> seen(rt::Code& code, u32 at) const = 0;
  // Of the LoadGlobal at address `pc` in a function with these globals; made when it is asked for first.
  virtual NamePlace& name_place(u64 pc, const rt::Function& function) const = 0;
  // Has code that is compiled run for long enough that what left no trace in it is a way that is hardly
  // taken?
  virtual bool knows_ways() const = 0;
  // The receiver that was seen last at word `at`; shape 0: nobody noted any.
  virtual rt::Receiver receiver(rt::Code& code, u32 at) const = 0;
};

struct Region {
  u32 at;
  bool returning;  // begins with the value of the call at `at`
  auto operator<=>(const Region&) const = default;
};

// Where generators go on that the code has suspended: rt::Resumption number `number`.
struct ResumedRegion {
  u32 number;
  u64 pc;  // of the instruction that suspends
  Region region;
};

class Program {
 public:
  struct Piece {
    std::unique_ptr<Unit> unit;
    rt::Function* function;
    const Distrust* distrust;
    u32 base = 0;             // its register 0
    int caller = -1;          // piece
    u32 call = 0;             // position of the call
    bool constructs = false;  // it is the __init__ of a class that was called
    // Where the instance is until __init__ has returned: the word before the frame.
    u32 instance() const { return base - rt::kHeaderWords - 1; }
    const rt::Code& code() const { return unit->code(); }
  };

  Program(rt::Runtime& rt, const interp::MachineTable& machine, rt::Function& root,
          const Experience& experience, bool inlines);

  const Piece& root() const { return pieces_[0]; }
  const Piece& piece(u32 at) const { return pieces_[at >> kPlaceBits]; }
  const Piece& piece_by_number(int number) const { return pieces_[static_cast<size_t>(number)]; }
  u32 start_of(int number) const { return static_cast<u32>(number) << kPlaceBits; }
  int piece_count() const { return static_cast<int>(pieces_.size()); }
  // Registers of all pieces.
  u32 registers() const { return registers_; }

  Decoded decode(u32 at) const;
  const u64* cache(u32 at) const { return piece(at).unit->cache(at & kPlaceMask); }
  u64 address(u32 at) const { return piece(at).unit->address(at & kPlaceMask); }
  u64 constants(u32 at) const { return reinterpret_cast<u64>(piece(at).code().constants); }
  bool trusted(u32 at) const { return !piece(at).distrust->count(at & kPlaceMask); }
  bool starts_block(u32 at) const {
    return piece(at).unit->starts_block(at & kPlaceMask) || landings_.count(at);
  }
  // May register `r` be asked for at `at`, or by a caller while the instruction there runs?
  bool is_live(u32 at, u32 r) const;
  const Callee* callee(u32 at) const;
  // Where the value of a return goes: the call that inlined its piece; null in the outermost.
  const Decoded* return_goes_to(u32 at) const;
  // The registers that are read before they are written on paths from `header` that stay among the
  // instructions of `body` (starts of blocks).
  RegisterSet exposed_in(u32 header, const std::set<u32>& body,
                         const std::map<u32, std::vector<u32>>& next) const;
  void each_write(const Decoded& i, const std::function<void(u32)>& write) const;
  // What the subscript at `at` was seen to go into.
  rt::Receiver receiver(u32 at) const {
    return experience_.receiver(*piece(at).function->code, at & kPlaceMask);
  }
  // Does what caches say of objects with this key, shape and epoch, still hold? Otherwise what they name may
  // be gone.
  bool holds(u64 key) const;
  // The shapes that the access at `at` finds in one way, if there are several and not too many.
  std::vector<SeenShape> seen(u32 at, interp::CacheKind kind) const;
  const NamePlace& name_place(u32 at) const {
    return experience_.name_place(address(at), *piece(at).function);
  }
  // Has the instruction run code of the program, as far as the interpreter noted that?
  bool runs_program(const Decoded& i) const;
  // Is the instruction one that would have left a trace, had it been reached? The ways that lead through it
  // are left to the interpreter until they are taken.
  bool unreached(const Decoded& i) const;
  // What the global name at `at` holds now, if the interpreter's cache knows; else unbound.
  rt::Value expected_global(u32 at) const;

 private:
  void add_piece(rt::Function& function, int caller, const Decoded* call);
  void find_callees(int piece);
  Callee expected_callee(const Decoded& call) const;
  Callee expected_special(const Decoded& i) const;
  rt::Value expected_method(const Decoded& i, rt::Value receiver, bool& plain) const;
  std::vector<Callee> expected_methods(u32 at, const Callee& call) const;
  static rt::Value expected_of_module(rt::Value module, u64 key);
  void expect_class(Callee& callee, rt::Type& type, const rt::Tuple* names) const;
  static bool bind(Callee& callee, rt::Function& function, const rt::Tuple* names, bool instance);
  bool is_worth_inlining(int into, const Decoded& call, const Callee& callee) const;
  bool calls_are_known(rt::Function& function, int depth) const;
  void step_back(const Decoded& i, RegisterSet& live) const;

  rt::Runtime& rt_;
  const interp::MachineTable& machine_;
  const Experience& experience_;
  bool inlines_;
  std::vector<Piece> pieces_;
  std::vector<std::unique_ptr<Decoded>> calls_;  // of the pieces but the first
  std::map<u32, Callee> callees_;
  std::set<u32> landings_;  // behind calls that are inlined, and where loops over pairs go on
  u32 registers_ = 0;
  u64 inlined_ = 0;  // instructions
};

}  // namespace lisle::jit
