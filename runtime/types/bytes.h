// bytes, bytearray and memoryview: layouts and what other files ask of them.
#pragma once
#include <string_view>

#include "runtime/object/result.h"
#include "runtime/types/array.h"

namespace lisle::rt {

struct Frame;

struct Bytes : Object {
  static constexpr Kind kKind = Kind::Bytes;
  u64 hash;    // 0: not computed yet
  u64 length;  // bytes
  u8 data[];   // followed by one zero byte

  std::string_view view() const { return {reinterpret_cast<const char*>(data), length}; }
  size_t byte_size() const { return sizeof(Bytes) + length + 1; }
  template <class V>
  void visit(V&&) {}
};

// Bytes that change in place, and their number with them: bytearray and array.array.
// Object::aux: how many views were made of it and not released; it stays at its maximum once there.
struct ByteStore : Object {
  u64 size;      // bytes in use, at most storage->capacity
  Raw* storage;  // null while nothing was ever stored

  u8* data() { return storage == nullptr ? nullptr : storage->bytes; }
  std::string_view view() const {
    return storage == nullptr ? std::string_view()
                              : std::string_view{reinterpret_cast<const char*>(storage->bytes), size};
  }
  template <class V>
  void visit(V&& v) {
    v(storage);
  }
};

struct ByteArray : ByteStore {
  static constexpr Kind kKind = Kind::ByteArray;
  size_t byte_size() const { return sizeof(ByteArray); }
};

// array.array: items of one machine type, one after the other.
struct TypedArray : ByteStore {
  static constexpr Kind kKind = Kind::TypedArray;
  u64 code;       // the type code, a character
  u64 item_size;  // bytes

  u64 length() const { return size / item_size; }
  size_t byte_size() const { return sizeof(TypedArray); }
};

// A view of the bytes of a bytes, bytearray or array.array as items of one format. More than one dimension
// (or none) comes from cast() alone, so such views have no gaps.
struct MemoryView : Object {
  static constexpr Kind kKind = Kind::MemoryView;
  Value source;   // None once released
  Value shape;    // a Tuple of ints, when there is not exactly one dimension; else int 0
  i64 offset;     // bytes from the start of the source to item 0
  u64 length;     // items of all dimensions
  i64 stride;     // bytes between items of the first dimension
  u64 item_size;  // bytes
  u64 format;     // a character of the struct module's: 'B', 'i', ...
  u64 prefixed;   // the format was given as '@i'
  u64 readonly;
  u64 hash;  // 0: not computed yet

  bool is_released() const { return source.is_none(); }
  // No bytes lie between its items. `count` is that of the first dimension, one when there is none.
  bool has_gaps(u64 count) const {
    return count > 1 && stride != static_cast<i64>(length / count * item_size);
  }
  size_t byte_size() const { return sizeof(MemoryView); }
  template <class V>
  void visit(V&& v) {
    v(source);
    v(shape);
  }
};

// A bytearray or an array.array, or null.
inline ByteStore* as_byte_store(Value v) {
  bool is_store = is_kind(v, Kind::ByteArray) || is_kind(v, Kind::TypedArray);
  return is_store ? static_cast<ByteStore*>(v.object()) : nullptr;
}

// Items of the first dimension of a view; one when it has no dimension.
u64 view_outer_count(const MemoryView& view);

inline bool is_bytes(Value v) {
  return is_kind(v, Kind::Bytes);
}

Bytes* new_bytes(Runtime& rt, std::string_view bytes);
Bytes* new_bytes_blank(Runtime& rt, u64 length);      // zeroed; the caller has asked for room
Bytes* new_bytes_uncleared(Runtime& rt, u64 length);  // holds anything: to be filled at once
ByteArray* new_bytearray(Runtime& rt, std::string_view bytes);
// Raises MemoryError unless `bytes` can be allocated; None otherwise.
Result require_byte_room(Runtime& rt, u64 bytes);
i64 bytes_hash(Runtime& rt,
               Bytes* b);  // SipHash-1-3 with the Runtime's key; equals str_hash of the same ASCII text

// self[key] of a bytes or bytearray for an int or a slice of ints and Nones; TypeError for other keys.
Result bytes_subscript(Runtime& rt, Value self, Value key);

// A bytes-like object's bytes where they lie: bytes, bytearray, array, or a contiguous memoryview. False for
// anything else. The view is good until the program runs again.
bool bytes_like(Value v, std::string_view& out);
// The same for objects whose bytes may be changed in place.
bool writable_bytes(Value v, u8*& data, u64& size);
// "a bytes-like object is required, not 'int'".
Result require_bytes_like(Runtime& rt, Value v, std::string_view& out);
// repr(): b'...' with escapes.
void append_bytes_repr(struct TextBuffer& text, std::string_view bytes);

}  // namespace lisle::rt
