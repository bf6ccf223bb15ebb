// One Runtime is one world: heap, classes, modules, scheduler. There is no other mutable state; many Runtimes
// live in one process.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/object/lookup_cache.h"
#include "runtime/object/native.h"
#include "runtime/support/siphash.h"
#include "runtime/types/function.h"
#include "runtime/types/type.h"

namespace lisle::rt {

struct Tasklet;
struct Scheduler;
struct Exception;
struct Module;
struct Host;
struct Hooks;

// Identifies builtin types and exception classes in tables of C++.
enum class TypeId : u16 {
#define TYPE(Name) Name,
#include "runtime/object/builtin_types.def"
#undef TYPE
#define EXCEPTION(Name, Base) Name,
#include "runtime/builtins/exceptions.def"
#undef EXCEPTION
  kCount
};
inline constexpr size_t kTypeCount = static_cast<size_t>(TypeId::kCount);
// Shape 0 and those of the plain instances of builtin types come before it.
inline constexpr ShapeId kFirstProgramShape = kTypeCount + 1;

// Where compiled code goes on with a generator that it has suspended at `pc`.
struct Resumption {
  u64 pc;
  Entry entry;
};

// What the instruction at `pc`, which has no cache of its own, found as its receiver last; for the compiler.
struct Receiver {
  u64 pc;
  ShapeId shape;
  u32 code;  // of an array.array: its type code
};
// A table of them by place: later ones replace those that share theirs.
struct Receivers {
  static constexpr size_t kCount = 1024;
  Receiver rows[kCount];
  Receiver& at(u64 pc) { return rows[pc / sizeof(u64) % kCount]; }
};

// What the cache of an access held for other objects than those of the last shape, for who compiles it. A
// table by place: later ones replace those that share theirs.
struct ReplacedCaches {
  static constexpr size_t kCount = 256, kShapes = 6;
  struct Row {
    u64 pc;
    u32 count;
    u8 kinds[kShapes];
    u64 guards[kShapes], seconds[kShapes];
  };
  Row rows[kCount];
  Row& at(u64 pc) { return rows[pc / sizeof(u64) % kCount]; }
};

// Programs of regular expressions that were found to be sound since the last collection: until the next one
// no other object can be where they are.
struct SoundRegexes {
  size_t collections;
  const void* programs[64];
};

// What the running code shares with its surroundings; in a register all the time.
struct Thread {
  char* limit;  // frames must end below this address of the current segment
  i64 ticks;    // safepoints left before the slow path looks why; see interp/safepoint
  Tasklet* current;
  const NativeEntry* natives;
  Frame* frame;       // the frame in charge while C++ code runs that may allocate, raise or ask
  char* window_end;   // how far the window reaches that was prepared last
  Frame* enter;       // with a pending Result: the window to start, null when another tasklet takes over
  Value raised;       // with a raised Result: the exception
  Value resumed;      // what the resumed native step gets
  Value stop_value;   // with an exhausted generator: what it returned
  u32 depth_limit;    // recursion limit; 0 while anybody traces, so that calls take the way that looks
  Entry segment_pop;  // the machine's continuations that the runtime itself links: leaving a segment,
  Entry tasklet_end;  // and the end of a tasklet,
  Entry watched;      // and the end of a frame that the program knows
  Entry first_entry;  // where code that was never executed begins
  Frame* stepping;    // the frame of the native step machine that was entered or resumed last
  bool distrusts;   // frames came out of an image or a pickle: what is wrong with them is no broken invariant
  i64 ticks_kept;   // one more than `ticks` was when a safepoint was asked for ahead of time; 0: none was
  i64 ticks_later;  // more of the budget, behind `ticks`: what is sampled is handed out in pieces
  u64 class_epoch;  // in the upper half: changes when what a cached attribute access found on a class may no
                    // longer hold
  const Resumption*
      resumptions;  // a suspended generator has the number of its own in `ret`, see generators.cpp
  u64 resumption_count;
};

// Lets the next safepoint look, for reasons of the machine that no tick budget may notice.
inline void request_safepoint(Thread& t) {
  if (t.ticks_kept) return;
  t.ticks_kept = (t.ticks < 0 ? 0 : t.ticks) + 1;
  t.ticks = -1;
}

// What cached attribute accesses found on classes may no longer hold.
inline void classes_changed(Thread& t) {
  t.class_epoch += u64{1} << 32;
}

struct Names {
#define NAME(field, text) Str* field;
#include "runtime/object/names.def"
#undef NAME
};

struct Runtime {
  Thread thread{};  // first: compiled code and handlers reach it with small offsets
  Heap heap;
  std::vector<Shape*> shapes;
  std::vector<NativeEntry> natives;
  Type* types[kTypeCount]{};
  Str* special_names[kSpecialCount]{};
  Names names{};
  Type* immediate_types[16]{};  // indexed by Value bits >> 2 of an immediate
  Dict* interned{};             // text → itself
  Str* latin1_chars[256]{};
  Tuple* empty_tuple{};
  Module* builtins{};
  Module* sys{};
  Dict* modules{};       // sys.modules
  List* open_writers{};  // Files with output that nobody closed yet, see types/file.h
  HashKey hash_key;      // under which str and bytes are hashed
  u32 next_dict_version = 1;
  u32 next_type_version = 1;
  u32 max_str_digits = 4300;
  u32 recursion_limit = 1000;
  u32 origin_depth = 0;  // how many callers a coroutine remembers of where it was made
  u32 tracers = 0;       // tasklets that have a trace or profile function
  std::unique_ptr<Hooks> hooks;
  std::unique_ptr<Host> host;

  ClassLookupCache class_lookups{};
  AccessCache attribute_reads{};  // of GetAttr and GetMethod
  AccessCache attribute_writes{};
  Receivers receivers{};
  ReplacedCaches replaced_caches{};
  SoundRegexes sound_regexes{};

  Native* internals[256]{};  // function objects of protocols/internals.def
  std::unique_ptr<Scheduler> scheduler;
  std::vector<Value> handles;             // what the embedding host holds on to
  std::vector<Value> compiled_constants;  // objects whose addresses stand in compiled code

  // Shows every root but the running thread and the shapes to the collector.
  template <class V>
  void visit_roots(V&& v) {
    for (Type*& type : types) v(type);
    for (Str*& s : special_names) v(s);
    for (Str** s = reinterpret_cast<Str**>(&names); s != reinterpret_cast<Str**>(&names + 1); ++s) v(*s);
    for (Str*& s : latin1_chars) v(s);
    for (Native*& n : internals) v(n);
    for (Value& h : handles) v(h);
    for (Value& c : compiled_constants) v(c);
    v(interned);
    v(empty_tuple);
    v(builtins);
    v(sys);
    v(modules);
    v(open_writers);
  }

  // On the real host, or a given one. The environment can settle the key of hashes (PYTHONHASHSEED); who
  // ignores it gets one from the host's entropy.
  explicit Runtime(bool ignore_environment = false);
  Runtime(bool ignore_environment, std::unique_ptr<Host> host);
  // Without anything in it: what is needed to take up an image, whose heap lay at these places. `host`
  // becomes its own.
  Runtime(std::unique_ptr<Host> host, Space* space, LargeSpace* large);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  Type* type(TypeId id) const { return types[static_cast<size_t>(id)]; }
  Str* special_name(Special s) const { return special_names[static_cast<size_t>(s)]; }
  // The shape of plain instances of a builtin type. Builtin types take the first shapes in the order of
  // TypeId (shape 0 is the internal one), so that comparing a shape with it needs no load.
  static constexpr ShapeId shape_of(TypeId id) { return static_cast<ShapeId>(id) + 1; }

  // What the native step machine was resumed with: a value, or raised for functions marked kCatches.
  Result resumed() const { return Result(thread.resumed); }

  // Creates `T` as a plain instance of builtin type `id`.
  template <class T>
  T* make(TypeId id, size_t extra = 0) {
    return heap.allocate<T>(shape_of(id), extra);
  }
  // The same, but the `extra` bytes behind the T may hold anything until they are filled, at once.
  template <class T>
  T* make_uncleared(TypeId id, size_t extra) {
    return heap.allocate_uncleared<T>(shape_of(id), extra);
  }
};

inline Type* type_of(const Runtime& rt, Value v) {
  if (LISLE_LIKELY(v.is_object())) return rt.shapes[v.object()->shape]->type;
  if (v.is_int()) return rt.type(TypeId::Int);
  if (v.is_tagged_double()) return rt.type(TypeId::Float);
  return rt.immediate_types[v.bits() >> 2];
}

// The number that PYTHONHASHSEED states; false for "random" and for what is no number of 32 bits.
bool read_hash_seed(const char* text, u32& seed);

// --- raising
// ---------------------------------------------------------------------------------------------------------
// All return Result::raised() for `return raise(...)`. The format is printf's with additions made by the
// caller's own strings; use %s with str_utf8() text. Texts are CPython's.
Result raise(Runtime& rt, TypeId exception, const char* format, ...) __attribute__((format(printf, 3, 4)));
Result raise_value(Runtime& rt, Value exception_instance);
// An exception of class `exception` whose args are (argument,): KeyError, StopIteration, SystemExit...
Result raise_with(Runtime& rt, TypeId exception, Value argument);
Result raise_os_error(Runtime& rt, int error_number, Value filename);
// Type name of a value for messages: "int", "MyClass".
const char* type_name(Runtime& rt, Value v);
// Its class for a message of what an argument has to be; None is called by its name.
inline const char* argument_type(Runtime& rt, Value v) {
  return v.is_none() ? "None" : type_name(rt, v);
}
// UTF-8 text of `s` for the format of raise(), terminated by a zero; to be used at once.
const char* str_chars(Runtime& rt, const Str* s);
std::string utf8_of(const Str* s);
// The class that OSError(error_number, ...) makes an instance of.
TypeId os_error_class(int error_number);
// Is the exception in flight an instance of `exception`?
bool raised_is(Runtime& rt, TypeId exception);
// Takes the exception in flight: it is handled.
Value take_raised(Runtime& rt);

}  // namespace lisle::rt
