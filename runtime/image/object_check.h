// What the fields of one object may say; see heap_check.h. The objects it meets have sizes that were looked
// at.
#pragma once
#include "runtime/heap/heap_image.h"
#include "runtime/heap/kinds.h"

namespace lisle::rt {

class ObjectCheck {
 public:
  ObjectCheck(Runtime& rt, HeapImage& heap) : rt_(rt), heap_(heap) {}

  // Is it of the class that its shape says?
  bool header(const Object& o) const;

  // Do its fields refer to objects of their kinds?
  template <class T>
  bool references(T& o) {
    good_ = true;
    o.visit(*this);
    if (o.gc & kGcTrailing) (*this)(*trailing_word(&o, o.byte_size()));
    return good_;
  }

  // Can the operations of its kind work on it? To be asked when all references were looked at.
  bool sound(Object&) { return true; }
  bool sound(List& list);
  bool sound(Dict& dict);
  bool sound(Set& set);
  bool sound(Deque& deque);
  bool sound(Str& str);
  bool sound(Bytes& bytes);
  bool sound(ByteArray& bytes);
  bool sound(TypedArray& array);
  bool sound(MemoryView& view);
  bool sound(Instance& instance);
  bool sound(Iterator& iterator);
  bool sound(Type& type);
  bool sound(Shape& shape);
  bool sound(Native& native);
  bool sound(Function& function);
  bool sound(Code& code);
  bool sound(Module& module);
  bool sound(Range& range);
  bool sound(ChannelBuffer& buffer);
  bool sound(Readiness& readiness);
  bool sound(File& file);
  bool sound(Date& date);
  bool sound(DateTime& moment);
  bool sound(TimeZone& zone);
  bool sound(Int& number);
  bool sound(Getset& getset);
  bool sound(Super& super);
  bool sound(GenericAlias& alias);
  bool sound(DictView& view);
  bool sound(Exception& e);
  bool sound(Traceback& t);
  bool sound(FrameObject& o);
  bool sound(Generator& g);
  bool sound(AsyncStep& step);
  bool sound(Pickler& p);
  bool sound(Unpickler& u);

  // --- as visitor of the kinds
  void operator()(Value& v) { good_ = good_ && heap_.holds(v); }
  template <class T>
  void operator()(T*& field) {
    if (!field) return;
    const u64 address = reinterpret_cast<u64>(field);
    good_ = good_ && heap_.is_object(address);
    if constexpr (!std::is_same_v<T, Object>)
      good_ = good_ && is_of(reinterpret_cast<Object*>(address)->kind, T::kKind);
  }
  void words(Value* first, Value* end) {
    for (Value* v = first; v < end; ++v) (*this)(*v);
  }
  // The frames are looked at when all objects are known to be sound, see stack_check.h.
  void frames_later(Tasklet* t) { (*this)(t->segment); }

 private:
  // The cases of a select() stand in queues for tasklets.
  static bool is_of(Kind kind, Kind wanted) {
    return kind == wanted || (wanted == Kind::Tasklet && kind == Kind::SelectCase);
  }

  bool holds(const ByteStore& store) const;

  Runtime& rt_;
  HeapImage& heap_;
  bool good_ = true;
};

}  // namespace lisle::rt
