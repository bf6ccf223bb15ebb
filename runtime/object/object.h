// The 8-byte header that every heap object starts with, and the questions that can be asked of any object.
//
// `shape` indexes Runtime::shapes and leads to the class; one 32-bit compare guards both class and slot
// layout. `gc` belongs to the heap. `aux` is free for the kind to use (small flags and counts).
#pragma once
#include <type_traits>

#include "runtime/object/value.h"

namespace lisle::rt {

enum class Kind : u8 {
#define KIND(Name) Name,
#include "runtime/object/kinds.def"
#undef KIND
  kCount
};

using ShapeId = u32;

struct Object {
  ShapeId shape;
  u8 gc;
  Kind kind;
  u16 aux;
};
static_assert(sizeof(Object) == 8);

// Bits of Object::gc.
inline constexpr u8 kGcOldUnlogged =
    1;  // survived a collection and is not in the remembered set: writes must log it
inline constexpr u8 kGcLarge = 2;      // lives in a run of pages of its own
inline constexpr u8 kGcFinalizer = 4;  // its class defines __del__ and it was not called yet
inline constexpr u8 kGcWeakly = 8;     // somebody holds a weak reference to it
inline constexpr u8 kGcTrailing = 16;  // a Value for attributes lies behind it, see trailing_word()

// The word behind an object of `byte_size` bytes whose class needs room for attributes that its layout has
// not. It is not part of byte_size(): who walks the heap adds it.
inline Value* trailing_word(Object* o, size_t byte_size) {
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(o) + ((byte_size + 7) & ~size_t{7}));
}

inline bool is_kind(Value v, Kind k) {
  return v.is_object() && v.object()->kind == k;
}

// The object behind a Value of known kind; null when it is of another kind.
template <class T>
inline T* as(Value v) {
  return is_kind(v, T::kKind) ? static_cast<T*>(v.object()) : nullptr;
}
// The object behind a Value whose kind was tested before. It is looked at all the same: what suspended
// functions keep in their registers may come from a file that somebody has made wrong.
template <class T>
inline T* to(Value v) {
  if (LISLE_UNLIKELY(!is_kind(v, T::kKind))) wrong_kind();
  return static_cast<T*>(v.object());
}

}  // namespace lisle::rt
