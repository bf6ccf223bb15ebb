// bytes and bytearray: making, hashing, and the question whether something is bytes-like.
#include "runtime/types/bytes.h"

#include <cstring>

#include "runtime/runtime.h"
#include "runtime/support/siphash.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

constexpr u64 kUncheckedBytes = u64{1} << 20;
constexpr u64 kMaxBytes = u64{1} << 46;

}  // namespace

Result require_byte_room(Runtime& rt, u64 bytes) {
  if (bytes < kUncheckedBytes) return Result::none();
  if (bytes > kMaxBytes || !rt.heap.has_room(bytes + sizeof(Bytes) + 16)) return raise_no_memory(rt);
  return Result::none();
}

Bytes* new_bytes_blank(Runtime& rt, u64 length) {
  Bytes* b = rt.make<Bytes>(TypeId::Bytes, length + 1);
  b->length = length;
  return b;
}

Bytes* new_bytes_uncleared(Runtime& rt, u64 length) {
  Bytes* b = rt.make_uncleared<Bytes>(TypeId::Bytes, length + 1);
  b->length = length;
  b->data[length] = 0;
  return b;
}

Bytes* new_bytes(Runtime& rt, std::string_view bytes) {
  Bytes* b = new_bytes_uncleared(rt, bytes.size());
  if (!bytes.empty()) std::memcpy(b->data, bytes.data(), bytes.size());
  return b;
}

ByteArray* new_bytearray(Runtime& rt, std::string_view bytes) {
  Raw* storage = bytes.empty() ? nullptr : rt.heap.allocate_uncleared<Raw>(0, bytes.size());
  if (storage != nullptr) {
    storage->capacity = bytes.size();
    std::memcpy(storage->bytes, bytes.data(), bytes.size());
  }
  ByteArray* array = rt.make<ByteArray>(TypeId::ByteArray);
  array->storage = storage;
  array->size = bytes.size();
  return array;
}

i64 bytes_hash(Runtime& rt, Bytes* b) {
  if (b->hash == 0) {
    b->hash = static_cast<u64>(text_hash(rt.hash_key, b->data, b->length));
  }
  return static_cast<i64>(b->hash);
}

u64 view_outer_count(const MemoryView& view) {
  const Tuple* shape = as<Tuple>(view.shape);
  if (shape == nullptr) return view.length;
  return shape->size == 0 ? 1 : static_cast<u64>(shape->items[0].as_int());
}

bool bytes_like(Value v, std::string_view& out) {
  if (!v.is_object()) return false;
  switch (v.object()->kind) {
    case Kind::Bytes:
      out = to<Bytes>(v)->view();
      return true;
    case Kind::ByteArray:
    case Kind::TypedArray:
      out = as_byte_store(v)->view();
      return true;
    case Kind::MemoryView:
      break;
    default:
      return false;
  }
  MemoryView* view = to<MemoryView>(v);
  if (view->is_released() || view->has_gaps(view_outer_count(*view))) return false;
  if (!bytes_like(view->source, out)) return false;
  if (static_cast<u64>(view->offset) + view->length * view->item_size > out.size()) return false;
  out = out.substr(static_cast<u64>(view->offset), view->length * view->item_size);
  return true;
}

bool writable_bytes(Value v, u8*& data, u64& size) {
  if (ByteStore* store = as_byte_store(v)) {
    data = store->data();
    size = store->size;
    return true;
  }
  MemoryView* view = as<MemoryView>(v);
  std::string_view bytes;
  if (view == nullptr || view->readonly || !bytes_like(v, bytes)) return false;
  data = reinterpret_cast<u8*>(const_cast<char*>(bytes.data()));
  size = bytes.size();
  return true;
}

Result require_bytes_like(Runtime& rt, Value v, std::string_view& out) {
  if (bytes_like(v, out)) return Result::none();
  MemoryView* view = as<MemoryView>(v);
  if (view != nullptr && view->is_released()) {
    return raise(rt, TypeId::ValueError, "operation forbidden on released memoryview object");
  }
  if (view != nullptr)
    return raise(rt, TypeId::BufferError, "memoryview: underlying buffer is not C-contiguous");
  return raise(rt, TypeId::TypeError, "a bytes-like object is required, not '%.100s'", type_name(rt, v));
}

}  // namespace lisle::rt
