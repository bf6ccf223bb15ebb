// See frames.h.
#include "runtime/image/frames.h"

#include <string_view>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/types/capsule.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/generator.h"

namespace lisle::rt {

namespace {

// Numbers are shifted so that they look like ints, as all words of a frame must.
Entry as_number(u64 index) {
  return reinterpret_cast<Entry>((index + 1) << 2);
}

// Looking at every object of a large heap takes about as long as reading it: who saves does it once.
void each_running(HeapImage& heap, auto&& visit_tasklet, auto&& visit_generator, auto&& visit_other) {
  heap.each_object([&](Object& o) {
    if (o.kind == Kind::Tasklet) {
      auto& t = static_cast<Tasklet&>(o);
      if (t.top) visit_tasklet(t);
    } else if (o.kind == Kind::Generator) {
      auto& g = static_cast<Generator&>(o);
      if (g.state != GeneratorState::kRunning && g.words >= kHeaderWords) visit_generator(g);
    } else if (o.kind == Kind::Code || o.kind == Kind::Capsule) {
      visit_other(o);
    }
  });
}

}  // namespace

std::vector<std::string> continuation_names(const Runtime& rt) {
  std::vector<std::string> names;
  for (const ContinuationRow& row : rt.hooks->continuations) names.emplace_back(row.name);
  return names;
}

FramesWithoutAddresses::FramesWithoutAddresses(Runtime& rt, HeapImage& heap) : rt_(rt) {
  const std::span<const ContinuationRow> table = rt.hooks->continuations;
  Frame* opens_segment = nullptr;
  auto number = [&](Frame& f) {
    if (!f.ret) return;
    rt.hooks->leave_compiled(f, opens_segment ? *opens_segment : f);
    opens_segment = f.ret == rt.thread.segment_pop ? &f : nullptr;
    for (size_t i = 0; i < table.size(); ++i) {
      if (table[i].entry != f.ret) continue;
      f.ret = as_number(i);
      return;
    }
    refusal_ = "a frame of an unknown kind";
  };
  each_running(
      heap,
      [&](Tasklet& t) {
        if (t.task_flags & kTaskletStored) return;
        unwatch_frames(t);
        each_frame(t, number);
        t.task_flags |= kTaskletStored;
      },
      // What a suspended generator was called from last is of no meaning, and no frame of it is below any
      // other.
      [](Generator& g) {
        g.frame()->ret = nullptr;
        g.frame()->prev = nullptr;
      },
      [&](Object& o) {
        if (o.kind == Kind::Code) {
          codes_.push_back(static_cast<Code*>(&o));
          entries_.push_back(codes_.back()->entry);
          codes_.back()->entry = nullptr;
        } else if (o.aux & Capsule::kForeign) {
          refusal_ =
              std::string("a '") + type_name(rt, Value::from(&o)) + "' object cannot leave the process";
        }
      });
}

FramesWithoutAddresses::~FramesWithoutAddresses() {
  for (size_t i = 0; i < codes_.size(); ++i) codes_[i]->entry = entries_[i];
  settle_frames(rt_, *rt_.thread.current);
}

namespace {

// False when some `ret` is no number of the table.
bool number_to_address(Runtime& rt, Tasklet& t, std::span<const Entry> entries) {
  bool good = true;
  each_frame(t, [&](Frame& f) {
    const u64 word = reinterpret_cast<u64>(f.ret);
    if (word == 0) return;
    const u64 index = (word >> 2) - 1;
    const bool known = word % 4 == 0 && index < entries.size() && entries[index];
    if (known) f.ret = entries[index];
    good = good && known;
  });
  t.task_flags &= ~kTaskletStored;
  if (good) watch_frames(t, rt.thread.watched);
  return good;
}

std::vector<Entry> entries_named(Runtime& rt, const std::vector<std::string>& names) {
  std::vector<Entry> entries;
  for (const std::string& name : names) {
    Entry found = nullptr;
    for (const ContinuationRow& row : rt.hooks->continuations)
      if (name == row.name) found = row.entry;
    entries.push_back(found);
  }
  return entries;
}

}  // namespace

void settle_frames(Runtime& rt, Tasklet& t) {
  if (!(t.task_flags & kTaskletStored)) return;
  constexpr size_t kMost = 64;
  Entry entries[kMost];
  size_t count = 0;
  for (const ContinuationRow& row : rt.hooks->continuations)
    if (count < kMost) entries[count++] = row.entry;
  if (number_to_address(rt, t, {entries, count})) return;
  // The sums of the image were right, so it was made wrong. Nothing can go on from here.
  constexpr std::string_view kText = "lisle: the image is damaged: a frame of a tasklet\n";
  rt.host->write(2, kText.data(), kText.size());
  constexpr int kNotResumed = 3;
  rt.host->exit_now(kNotResumed);
}

bool restore_frames(Runtime& rt, HeapImage& heap, const std::vector<std::string>& names,
                    const std::vector<Code*>& codes) {
  for (Code* code : codes) {
    code->entry = rt.thread.first_entry;
    code->heat = code->native_id = 0;
  }
  const std::vector<Entry> entries = entries_named(rt, names);
  if (names == continuation_names(rt)) return number_to_address(rt, *rt.thread.current, entries);
  bool good = true;
  each_running(
      heap, [&](Tasklet& t) { good = number_to_address(rt, t, entries) && good; }, [](Generator&) {},
      [](Object&) {});
  return good;
}

}  // namespace lisle::rt
