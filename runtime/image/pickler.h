// pickle.Pickler: writes objects in Python's pickle format.
//
// Nothing recurses: what is still to be written stands in a stack of jobs on the heap, so any nesting depth
// is fine and the program may suspend the pickler in each of its callbacks. One native step machine drives
// it: advance() writes until the program has to be asked something (a __reduce_ex__, persistent_id(), a
// write() to the file), leaves the question in `ask_*` with a job on top that wants the answer, and goes on
// when it is there.
//
// Dumps nest (a callback may use the same pickler) like calls: each works above the jobs it found.
#pragma once
#include <cstring>
#include <string_view>

#include "runtime/image/pickle_ops.h"
#include "runtime/runtime.h"
#include "runtime/types/bytes.h"

namespace lisle::rt {

// How a step of the pickler or unpickler ended. kPause: others get a turn.
enum class Step : u8 { kGoOn, kAsk, kRaised, kPause };

// What a job does when it is on top of the stack. `a`, `b`, `c` are its operands.
enum class JobKind : u8 {
  kSave,        // writes value a
  kSavePlain,   // the same without asking persistent_id() about it
  kOpcode,      // writes opcode b
  kPut,         // remembers object a in the memo
  kPutReduced,  // the same for what REDUCE has just made: if a was remembered meanwhile, takes that one
  kListItems,   // list a from index b on; c items since the last mark, -1: a single one without mark
  kDictItems,   // dict a from entry b on; c pairs since the last mark, -1: a single one without mark
  kSetItems,    // set or frozenset a from slot b on; c keys since the last mark, -1: of a frozenset
  kTupleItems,  // tuple a from index b on
  kQuietItems,  // the same for a tuple nobody else refers to, which is not remembered; c: whose state it is
  kIterate,     // items of iterator a, as reductions give them; b: an item to be written, c: see IterateState
  kPersistentId,   // wants the answer of persistent_id(a)
  kOverride,       // wants the answer of reducer_override(a)
  kDispatch,       // wants what the dispatch table has for the class of a, as a tuple, or None
  kReduceMethod,   // wants the attribute __reduce_ex__ of a
  kReduceAnswer,   // wants the reduction of a
  kGlobalAnswer,   // wants to hear how a, a global named b (None: as it says itself), is found
  kCallableName,   // wants the __name__ of the callable of reduction b, which is for object a
  kClassAnswer,    // wants the __class__ of a, for its reduction b by __newobj__
  kPartialAnswer,  // wants a callable that makes a, for its reduction b by __newobj_ex__ in old protocols
  kBuffer,         // wants the answer of buffer_callback for PickleBuffer a
  kIgnore,         // drops the answer
};

// Objects with numbers, found by identity.
struct NumberTable {
  Array* objects;  // in the order in which they came, with room for more
  Array* numbers;  // theirs; null: they count up from zero
  Raw* slots;      // an open table of places in `objects` plus one, u32
  u64 count;

  template <class V>
  void visit(V&& v) {
    v(objects);
    v(numbers);
    v(slots);
  }
};

struct Pickler : Object {
  static constexpr Kind kKind = Kind::Pickler;
  Value write;            // of the file; unbound for dumps(), null before __init__
  Value buffer_callback;  // None or a callable
  Value persistent_id, reducer_override, dispatch_table;  // unbound where there is none
  Value ask_callable;  // the question: a callable, or the object whose attribute or item is wanted
  Value ask_args[3];
  Value answer;
  Value plain_class;  // the last class whose instances were found to be reduced as object does it
  Bytes* output;      // what is not yet given to the file, with room for more
  Array* jobs;        // four words each
  Array* late;        // pairs: a large payload of dumps(), and its place in the output, see put_payload()
  List* plain_slots;  // the slot_members() of plain_class
  NumberTable memo;
  NumberTable checked;  // code bodies whose fingerprints are written already
  u64 output_size;
  u64 frame_start;  // of the open frame in the output, kNoFrame
  u64 easy_until;  // as long as the output is smaller, nothing has to be asked before a small item, see below
  u64 pause_at;    // size of the output at which others get a turn
  u64 job_count;
  u64 split;                   // where a large payload begins, which is given to the file alone; 0: none
  u64 payload_end;             // where it ends; 0: none
  u64 late_count, late_bytes;  // pairs, and the size of their payloads
  u32 plain_version;           // of plain_class
  u32 ask_kind, ask_count;
  u32 protocol;
  Step ended;  // how advance() ended
  bool binary, fast, fix_imports, framing, flush_due, pause_due, initialised;
  bool holds_frames;  // what runs is in it: exceptions keep their contexts, and instances are not made by
                      // calls

  static constexpr u64 kNoFrame = ~u64{0};

  size_t byte_size() const { return sizeof(Pickler); }
  template <class V>
  void visit(V&& v) {
    for (Value* field = &write; field <= &plain_class; ++field) v(*field);
    v(output);
    v(jobs);
    v(late);
    v(plain_slots);
    memo.visit(v);
    checked.visit(v);
  }
};

struct Job {
  Value kind, a, b, c;
};
inline constexpr u64 kJobWords = sizeof(Job) / sizeof(Value);

enum AskKind : u32 { kAskCall, kAskAttribute, kAskNext };

// --- output, memo, jobs: runtime/image/pickler_output.cpp
void put_first_bytes(Runtime& rt, Pickler& p, const void* bytes, u64 count);  // of a frame or buffer, or any
inline void put_bytes(Runtime& rt, Pickler& p, const void* bytes, u64 count) {
  const bool opens_frame = p.framing && p.frame_start == Pickler::kNoFrame;
  if (LISLE_UNLIKELY(opens_frame || !p.output || count > p.output->length - p.output_size))
    return put_first_bytes(rt, p, bytes, count);
  if (count) std::memcpy(p.output->data + p.output_size, bytes, count);
  p.output_size += count;
}
inline void put_op(Runtime& rt, Pickler& p, PickleOp op) {
  put_bytes(rt, p, &op, 1);
}
// Header and payload; large payloads stand outside of frames. `owner` is the immutable object whose bytes the
// payload is, or unbound. Where there is no file, a large payload with an owner is not copied before the size
// of everything is known.
void put_payload(Runtime& rt, Pickler& p, const void* header, u64 header_size, std::string_view payload,
                 Value owner = Value::unbound());
// The same for a payload that is made in its place: `size` bytes, to be written before anything else happens.
u8* payload_room(Runtime& rt, Pickler& p, const void* header, u64 header_size, u64 size);
// The payloads that were left out are put in their places: the whole of a dumps().
Bytes* output_with_late(Runtime& rt, const Pickler& p);
void close_frame(Pickler& p);
// Between two opcodes, before an item: ends a frame that has grown enough, opens one, makes room for
// kItemRoom bytes. False when the item cannot be written now, because the file or another tasklet comes
// first, or not in place, because persistent_id() is asked about it.
constexpr u64 kItemRoom = 64;
bool prepare_item(Runtime& rt, Pickler& p);
inline bool item_is_easy(Runtime& rt, Pickler& p) {
  return LISLE_LIKELY(p.output_size < p.easy_until) || prepare_item(rt, p);
}
// Something comes before the next item.
inline bool must_stop(const Pickler& p) {
  return p.flush_due || p.pause_due;
}
i64 memo_find(const Pickler& p, Value v);  // number, -1 when absent
void memo_insert(Runtime& rt, Pickler& p, Value v, u64 number);
// The number of v, -1 when it was absent; then it has the next one now.
i64 memo_enter(Runtime& rt, Pickler& p, Value v);
void put_put(Runtime& rt, Pickler& p, u64 number);
void memo_clear(Pickler& p);
bool mark_checked(Runtime& rt, Pickler& p, Raw* body);  // false when it was marked already
void put_memo(Runtime& rt, Pickler& p, Value v);        // remembers v and writes that
void put_get(Runtime& rt, Pickler& p, i64 number);
Job& push_job(Runtime& rt, Pickler& p, JobKind kind, Value a = Value(), Value b = Value(), Value c = Value());
inline Job& top_job(Pickler& p) {
  return reinterpret_cast<Job*>(p.jobs->items)[p.job_count - 1];
}
void pop_job(Pickler& p);
Step ask_attribute(Pickler& p, Runtime& rt, Value v, Str* name);
Step ask_next(Pickler& p, Runtime& rt, Value iterator);
Step ask_call(Pickler& p, Runtime& rt, Value callable, std::initializer_list<Value> args);

// --- values: pickler_plain.cpp
// Writes v at once, or pushes the jobs that do.
Step save(Runtime& rt, Pickler& p, Value v, bool ask_persistent_id);
Step advance_items(Runtime& rt, Pickler& p);  // the top job is one of the kinds for items of containers
void put_str(Runtime& rt, Pickler& p, Value v);

// --- everything else: pickler_other.cpp, pickler_reduce.cpp, pickler_global.cpp
Step save_other(Runtime& rt, Pickler& p, Value v);
Step advance_other(Runtime& rt, Pickler& p);  // the top job wants an answer, which is there
// A reduction as __reduce__ gives it; `v` is what it makes, unbound when that is not to be remembered.
Step save_reduction(Runtime& rt, Pickler& p, Value reduction, Value v);
Step advance_reduction(Runtime& rt, Pickler& p);
// A class or function by its name; `name` is None where it says its name itself.
Step save_global(Runtime& rt, Pickler& p, Value v, Value name);
Step global_answer(Runtime& rt, Pickler& p, Value v, Value name);

// --- the whole: pickler.cpp
// Goes on until only `base` jobs are left or the program has to be asked.
Step advance(Runtime& rt, Pickler& p, u64 base);

// An exception leaves the dump whose first job is `base`: where nothing can be done about an object, the
// exception gets a note that says how it was reached.
void tell_path(Runtime& rt, Pickler& p, u64 base);

// A function of the module _pickle; null with an exception raised when that was not imported.
Value pickle_helper(Runtime& rt, std::string_view name);
// Raises `_pickle.<error>`.
Result raise_pickle_error(Runtime& rt, const char* error, const char* format, ...)
    __attribute__((format(printf, 3, 4)));

}  // namespace lisle::rt
