// Native functions: how C++ is called from the language.
//
// A NativeFn gets its frame; its arguments, bound to the parameters of its signature, are f[0], f[1], ...
// Parameters that were not given are Value::unbound(); `*args` arrives as a Tuple, `**kwargs` as a Dict.
//
//  * A leaf function finishes at once, or returns the pending Result of its last operation as a tail call.
//  * A function that has more to do after a pending operation declares `registers` (its parameters plus the
//  state it
//    keeps, all in f[i]) and is written as a step machine:
//
//      Result list_extend_from(Runtime& rt, Frame& f) {       // registers = 3: self, iterable, iterator
//        Result r = rt.resumed();
//        switch (f.step()) {
//          case 0:
//            AWAIT(1, iter(rt, f, f[1]));
//            f[2] = r.value();
//            for (;;) {
//              AWAIT(2, next(rt, f, f[2]));
//              if (r.value().is_exhausted()) return Result::none();
//              list_append(rt, *to<List>(f[0]), r.value());
//            }
//        }
//        LISLE_UNREACHABLE();
//      }
//
//    C++ locals do not survive an AWAIT; state registers do. Step numbers go into pickles: never renumber
//    them. State registers may hold only Values.
//  * kCatches: the function is resumed with a raised Result (the exception in thread.raised) instead of being
//  unwound.
#pragma once
#include <span>

#include "runtime/object/frame.h"
#include "runtime/object/object.h"

namespace lisle::rt {

using NativeFn = Result (*)(Runtime& rt, Frame& f);

enum NativeFlags : u16 {
  kLeaf = 0,
  kCatches = 1,      // resumed with `raised`
  kStatic = 2,       // in a type's table: a static method (no self)
  kClassMethod = 4,  // in a type's table: gets the class as first argument
  kSwitches = 8,     // may switch tasklets: always entered through its own frame
  kRawArgs = 16,     // not bound: positional arguments as given in f[0..n), see Frame::window_nargs
  kNoBind = 32,      // a function that does not become a method when read through an instance
  kEndsOnStop = 64,  // the step of an iterator: StopIteration that the program raises in it ends the iterator
  kAllocates = 128,  // a __new__ that reads its class alone; without arguments, __init__ has nothing to do
  kSearches = 256,   // str.find and its like: errors about the number of arguments have a form of their own
};

// Natives whose calls the machine executes itself where it can, see vm/interp/intrinsics.cpp.
enum class Intrinsic : u8 { kNone, kSchedule, kSend, kReceive };

// One row of a method or function table. `signature` is written as in Python, "(self, key, default=None, /)";
// defaults are for documentation, an absent argument arrives unbound. Leaf functions leave `registers` at
// zero.
struct NativeSpec {
  const char* name;
  NativeFn fn;
  const char* signature;
  const char* doc = nullptr;
  u16 registers = 0;
  u16 flags = kLeaf;
  // The common case of a step machine, or of a function whose arguments have to be bound in full: called in
  // place with the positional arguments as given (kRawArgs) where there are no keywords. Yields unbound, and
  // has done nothing, when the function itself must be entered after all. Null: it always is.
  NativeFn quick = nullptr;
  Intrinsic intrinsic = Intrinsic::kNone;
};

// A computed attribute: `get` is a leaf with self in f[0]; `set` has self and the new value (unbound:
// delete). A null `set` makes it read-only.
struct GetsetSpec {
  const char* name;
  NativeFn get;
  NativeFn set = nullptr;
  const char* doc = nullptr;
};

enum class TypeId : u16;

// A builtin type, stated at the end of the file that implements it and listed in builtin_types.def.
enum TypeFlags : u32 {
  kTypeFinal = 1,      // cannot be subclassed
  kTypeNoNew = 2,      // "cannot create 'x' instances"
  kTypeHidden = 4,     // not in builtins
  kTypeSequence = 16,  // matches sequence patterns, with its subclasses
  kTypeMapping = 32,   // matches mapping patterns
  kTypeNoDict = 8,     // (only object) instances of the plain type have no __dict__
};
struct TypeSpec {
  const char* name;
  const char* module;  // "builtins" for most
  const char* doc;
  TypeId base;
  Kind kind;  // the layout of its instances; subclasses keep it
  u32 flags;
  std::span<const NativeSpec> methods;
  std::span<const GetsetSpec> getsets;
  // __new__ and __init__ in one, where neither asks the program: called in place with the positional
  // arguments of a call of this very class (kRawArgs). Yields unbound, and has done nothing, when the call
  // must go the general way after all. Null: calls always do.
  NativeFn construct = nullptr;
};

// A native module: functions and a hook that adds constants and types.
struct ModuleSpec {
  const char* name;
  const char* doc;
  std::span<const NativeSpec> functions;
  void (*setup)(Runtime& rt, struct Module& module);  // may be null
};

}  // namespace lisle::rt
