// See heap_check.h. Each pass relies on the one before: headers and sizes, after which every object may be
// read from its start to its end; references, after which they may be followed; what the fields of each kind
// say; frames.
#include "runtime/image/heap_check.h"

#include <concepts>
#include <cstdio>

#include "runtime/heap/kinds.h"
#include "runtime/image/object_check.h"
#include "runtime/image/stack_check.h"
#include "runtime/image/task_check.h"
#include "runtime/runtime.h"

namespace lisle::rt {

namespace {

// Counts from which byte_size() computes: beyond these it could overflow.
template <class T>
bool counts_fit(const T& o) {
  bool fit = true;
  if constexpr (requires { o.capacity; }) fit = fit && static_cast<u64>(o.capacity) <= kMaxObjectBytes;
  if constexpr (requires {
                  { o.length + 0 } -> std::integral;
                })
    fit = fit && static_cast<u64>(o.length) <= kMaxObjectBytes;
  if constexpr (requires { o.limb_count(); })
    fit = fit && o.limb_count() <= kMaxObjectBytes;
  else if constexpr (requires {
                       { o.size + 0 } -> std::integral;
                     })
    fit = fit && static_cast<u64>(o.size) <= kMaxObjectBytes;
  if constexpr (std::is_same_v<T, Str>)
    fit = fit && o.width_log2() < 3 && (o.aux >> Str::kCapacityShift) < 37;
  return fit;
}

template <class T>
bool counts_of(const Object& o) {
  return counts_fit(static_cast<const T&>(o));
}

template <class T>
bool references_of(Object& o, ObjectCheck& check) {
  return check.references(static_cast<T&>(o));
}

template <class T>
bool fields_of(Object& o, ObjectCheck& check) {
  return check.sound(static_cast<T&>(o));
}

struct KindCheck {
  bool (*counts)(const Object&);
  bool (*references)(Object&, ObjectCheck&);
  bool (*fields)(Object&, ObjectCheck&);
};
constexpr KindCheck kChecks[] = {
#define KIND(Name) {counts_of<Name>, references_of<Name>, fields_of<Name>},
#include "runtime/object/kinds.def"
#undef KIND
};

bool header_fits(Runtime& rt, const Object& o) {
  if (o.kind >= Kind::kCount || o.kind == Kind::Free) return false;
  if (o.shape == 0) return true;
  return o.shape < rt.shapes.size() && rt.shapes[o.shape] && rt.shapes[o.shape] != rt.shapes[0];
}

std::string place_of(const Object& o) {
  char text[64];
  snprintf(text, sizeof text, "the object at 0x%llx",
           static_cast<unsigned long long>(reinterpret_cast<u64>(&o)));
  std::string place = text;
  return o.kind < Kind::kCount ? place + " (" + kind_info(o.kind).name + ")" : place;
}

}  // namespace

std::string check_heap(Runtime& rt, HeapImage& heap, const std::vector<std::string>& continuations) {
  const Object* wrong = nullptr;
  heap.each_object([&](Object& o) {
    if (wrong) return;
    const bool fits = header_fits(rt, o) && kChecks[static_cast<size_t>(o.kind)].counts(o) &&
                      heap.owns(o, object_bytes(&o));
    if (!fits) wrong = &o;
  });
  if (wrong) return place_of(*wrong) + " has no size that fits";
  // The numbers of shapes that were collected lead to the first one.
  if (rt.shapes.empty() || !rt.shapes[0]) return "its shapes";
  for (const Shape* shape : rt.shapes) {
    const bool numbered = shape && shape->id < rt.shapes.size() && rt.shapes[shape->id] == shape;
    if (!numbered || !heap.is_object(reinterpret_cast<u64>(shape->type)) || shape->type->kind != Kind::Type)
      return "a shape";
  }
  ObjectCheck check(rt, heap);
  heap.each_object([&](Object& o) {
    if (!wrong && !(check.header(o) && kChecks[static_cast<size_t>(o.kind)].references(o, check))) wrong = &o;
  });
  if (wrong) return place_of(*wrong) + " refers to what it cannot";
  heap.each_object([&](Object& o) {
    if (!wrong && !kChecks[static_cast<size_t>(o.kind)].fields(o, check)) wrong = &o;
  });
  if (wrong) return place_of(*wrong) + " contradicts itself";
  if (const std::string found = TaskCheck(rt, heap).found(); !found.empty()) return found;
  StackCheck stacks(rt, heap, continuations);
  heap.each_object([&](Object& o) {
    if (!wrong && !stacks.sound(o)) wrong = &o;
  });
  if (wrong) return place_of(*wrong) + " has frames that cannot go on";
  heap.each_object([&](Object& o) {
    if (!wrong && o.kind == Kind::FrameObject && !stacks.shows(static_cast<FrameObject&>(o))) wrong = &o;
  });
  if (wrong) return place_of(*wrong) + " shows a frame that is not there";
  return "";
}

}  // namespace lisle::rt
