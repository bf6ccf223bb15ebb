// frame objects: what sys._getframe() and tracebacks show of an activation, while it lasts and afterwards.
//
// An activation has one object at most, so that programs can compare them. While it lasts, the object is
// *watched*: it stands in a list of its tasklet, innermost first, and the activation returns through a
// continuation of the machine that takes down the variables and then goes where the frame would have
// returned. Frames that nobody asked for pay nothing. Generators own their frame: they know its object, and
// it is not watched.
#pragma once
#include <vector>

#include "runtime/types/function.h"

namespace lisle::rt {

struct Generator;
struct Tasklet;

struct FrameObject : Object {
  static constexpr Kind kKind = Kind::FrameObject;
  Value function;  // whose code runs
  Value back;      // the caller's frame object, None; unbound: not known
  Value locals;    // f_locals: the namespace of a module or class body; a dict once asked for, or unbound
  Value trace;     // f_trace: what is told of lines, or None
  Generator* generator;  // whose frame it is, or null
  Tasklet* tasklet;      // while it is watched: on whose stack the activation lies
  FrameObject* below;    // while it is watched: the next of that tasklet
  Frame* frame;          // the activation, null when it is over. In a generator's case see activation()
  Entry ret;             // while it is watched: the true continuation
  u64 instruction;       // index in the code's instructions, when it was over
  u64 last;              // the instruction that was traced last, or kNone
  u32 last_line;         // and the line that was; 0: none
  u32 marks;             // of the instruction being traced: how many of its marks have been told of
  u32 line;              // what f_lineno says while a call is told of, or kNoLine
  u32 count;             // of `values`
  u8 traces_lines;       // f_trace_lines, f_trace_opcodes
  u8 traces_opcodes;
  u8 is_asked;       // by the program, which will want to know the caller later on
  u8 in_line_event;  // f_lineno may be set
  Value values[];    // the variables when it was over

  static constexpr u64 kNone = ~u64{0};
  static constexpr u32 kNoLine = ~u32{0};

  size_t byte_size() const { return sizeof(FrameObject) + count * sizeof(Value); }
  template <class V>
  void visit(V&& v) {
    v(function);
    v(back);
    v(locals);
    v(trace);
    v(generator);
    v(tasklet);
    v(below);
    for (u32 i = 0; i < count; ++i) v(values[i]);
  }
};

// The object of a live frame of the language on the stack of `owner`, made when there is none yet.
FrameObject* frame_object(Runtime& rt, Frame& frame, Tasklet& owner);
// The same when there is one; else null.
FrameObject* known_frame_object(Runtime& rt, Frame& frame, Tasklet& owner);
// The object of the frame of a generator that has not ended.
FrameObject* generator_frame_object(Runtime& rt, Generator& g);
// The frame object of an activation that is known by a traceback only.
FrameObject* new_frame_object(Runtime& rt, Value function, u64 instruction);
// The activation, or null when it is over.
Frame* activation(const FrameObject& o);
u64 instruction_of(const FrameObject& o);
// The line it is at; 0: unknown.
u32 line_of(const FrameObject& o);

// The running tasklet's frame `f`, which may be watched, ends; its pc stands where it does. Its true
// continuation is in place again.
void frame_ends(Runtime& rt, Frame& f);
// The same for a generator's frame, before its registers are forgotten.
void generator_frame_ends(Generator& g);

// Where the frames from `at` on are, the innermost first and `most` of them: tuples of file, line and name.
Tuple* places_of_callers(Runtime& rt, Frame* at, u64 most);

// The variables of the activation as f_locals shows them, up to date; and back, where the program has changed
// them there.
Dict* refresh_locals(Runtime& rt, FrameObject& o);
void store_locals(Runtime& rt, FrameObject& o);

// Has the frames of a tasklet return where they would if none was watched, and back.
void unwatch_frames(Tasklet& t);
void watch_frames(Tasklet& t, Entry watched);
// Does both, for one scope.
class TrueContinuations {
 public:
  TrueContinuations(Runtime& rt, Tasklet& t);
  ~TrueContinuations();
  TrueContinuations(const TrueContinuations&) = delete;
  TrueContinuations& operator=(const TrueContinuations&) = delete;

 private:
  Runtime& rt_;
  Tasklet& tasklet_;
};

// While it lives, the frames of a suspended tasklet may move: objects and marks find their frame again by its
// order.
class FramesMove {
 public:
  FramesMove(Runtime& rt, Tasklet& t);
  ~FramesMove();
  FramesMove(const FramesMove&) = delete;
  FramesMove& operator=(const FramesMove&) = delete;

 private:
  struct Mark {
    FrameObject* object;  // null: none
    bool is_seen;
  };
  Runtime& rt_;
  Tasklet& tasklet_;
  std::vector<Mark> marks_;  // of the frames of the language, from the top
};

}  // namespace lisle::rt
