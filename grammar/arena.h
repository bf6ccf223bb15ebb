// Owns: the bump allocator in which one syntax tree lives, and the two shapes of data that tree is made of
// besides nodes: lists and interned text. Invariant: nothing in an arena is ever destroyed one by one.
// Everything put there is trivially destructible and dies with the arena.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

namespace lisle::ast {

// A fixed run of elements in the arena. A default-made one is empty.
template <class T>
struct Sequence {
  T* data = nullptr;
  std::uint32_t size = 0;

  T* begin() const { return data; }
  T* end() const { return data + size; }
  T& operator[](std::uint32_t index) const { return data[index]; }
  T& front() const { return data[0]; }
  T& back() const { return data[size - 1]; }
  bool empty() const { return size == 0; }
};

// Bump allocation in blocks that double in size. Movable, so that a parse result can carry its tree away; the
// addresses stay.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;

  // Raw room for `size` bytes, aligned for any node.
  void* allocate(std::size_t size) {
    size = (size + kAlign - 1) & ~(kAlign - 1);
    if (size > static_cast<std::size_t>(limit_ - next_)) grow(size);
    char* at = next_;
    next_ += size;
    return at;
  }

  // A new node or other trivially destructible thing.
  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= kAlign);
    return new (allocate(sizeof(T))) T{std::forward<Args>(args)...};
  }

  // A list that holds a copy of the elements [first, first + count).
  template <class T>
  Sequence<T> copy(const T* first, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= kAlign);
    if (count == 0) return {};
    T* data = static_cast<T*>(allocate(count * sizeof(T)));
    std::memcpy(static_cast<void*>(data), first, count * sizeof(T));
    return {data, static_cast<std::uint32_t>(count)};
  }

  template <class T>
  Sequence<T> copy(const std::vector<T>& elements) {
    return copy(elements.data(), elements.size());
  }

  // A copy of the text; never a null pointer, so that an empty text differs from an absent one.
  std::string_view copy(std::string_view text) {
    char* data = static_cast<char*>(allocate(text.size() + 1));
    std::memcpy(data, text.data(), text.size());
    data[text.size()] = 0;
    return {data, text.size()};
  }

  // The one copy of this text in the arena: equal identifiers have equal addresses.
  std::string_view intern(std::string_view text) {
    auto found = interned_.find(text);
    if (found != interned_.end()) return *found;
    return *interned_.insert(copy(text)).first;
  }

 private:
  static constexpr std::size_t kAlign = 8;
  static constexpr std::size_t kFirstBlock = 16 * 1024;
  static constexpr std::size_t kLargestBlock = 1024 * 1024;

  void grow(std::size_t size) {
    std::size_t room = block_size_ > size ? block_size_ : size;
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(room));
    next_ = blocks_.back().get();
    limit_ = next_ + room;
    if (block_size_ < kLargestBlock) block_size_ *= 2;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::unordered_set<std::string_view> interned_;
  std::size_t block_size_ = kFirstBlock;
  char* next_ = nullptr;
  char* limit_ = nullptr;
};

}  // namespace lisle::ast
