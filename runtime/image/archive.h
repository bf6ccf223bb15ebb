// Writing down and taking up again what is not an object of the heap. A description of a structure is one
// function template that shows each field to an archive in order; with ImageOut it writes, with ImageIn it
// reads, so the two cannot disagree.
#pragma once
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/heap/heap_image.h"

namespace lisle::rt {

class ImageOut {
 public:
  static constexpr bool kReads = false;
  std::string bytes;

  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) void operator()(T& number) {
    u64 word = static_cast<u64>(number);
    bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
  }
  void operator()(Value& v) {
    u64 word = v.bits();
    (*this)(word);
  }
  template <class T>
  requires std::is_base_of_v<Object, T>
  void operator()(T*& object) {
    u64 word = reinterpret_cast<u64>(object);
    (*this)(word);
  }
  void operator()(std::string& text) {
    u64 count = text.size();
    (*this)(count);
    bytes += text;
  }
  template <class T>
  void list(std::vector<T>& items) {
    u64 count = items.size();
    (*this)(count);
    for (T& item : items) (*this)(item);
  }
};

// Reads what ImageOut wrote. What is wrong makes good() false and yields zeros; a pointer that is not the
// start of an object of its type is wrong. Until check_pointers() was called pointers are not looked at,
// because the heap is not there yet.
class ImageIn {
 public:
  static constexpr bool kReads = true;

  explicit ImageIn(std::string_view bytes) : rest_(bytes) {}
  void check_pointers(HeapImage& heap) { heap_ = &heap; }
  // Lists of objects are taken as they are: looking at a million of them would cost a page fault each.
  void trust_lists() { trusts_lists_ = true; }
  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }
  size_t left() const { return rest_.size(); }
  void fail() { good_ = false; }

  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) void operator()(T& number) {
    number = static_cast<T>(word());
  }
  void operator()(Value& v) {
    v = Value::from_bits(word());
    if (heap_ ? !heap_->holds(v) : v.is_object()) {
      fail();
      v = Value::none();
    }
  }
  template <class T>
  requires std::is_base_of_v<Object, T>
  void operator()(T*& object) {
    u64 address = word();
    object = nullptr;
    if (address == 0) return;
    if (!is_object(address)) return fail();
    auto* found = reinterpret_cast<Object*>(address);
    if constexpr (!std::is_same_v<T, Object>) {
      if (found->kind != T::kKind) return fail();
    }
    object = static_cast<T*>(found);
  }
  void operator()(std::string& text) {
    u64 count = word();
    if (count > rest_.size()) return fail();
    text.assign(rest_.substr(0, count));
    rest_.remove_prefix(count);
  }
  template <class T>
  void list(std::vector<T>& items) {
    u64 count = word();
    items.clear();
    // Nothing takes less than a word, so a larger count is a lie.
    if (count > rest_.size() / sizeof(u64)) return fail();
    items.resize(count);
    if constexpr (std::is_pointer_v<T>) {
      if (trusts_lists_) {
        if (count == 0) return;  // An empty vector has no storage to copy to.
        std::memcpy(static_cast<void*>(items.data()), rest_.data(), count * sizeof(u64));
        return rest_.remove_prefix(count * sizeof(u64));
      }
    }
    for (T& item : items) (*this)(item);
  }

 private:
  u64 word() {
    u64 result = 0;
    if (rest_.size() < sizeof result) {
      fail();
      return 0;
    }
    std::memcpy(&result, rest_.data(), sizeof result);
    rest_.remove_prefix(sizeof result);
    return result;
  }
  bool is_object(u64 address) { return heap_ && heap_->is_object(address); }

  std::string_view rest_;
  HeapImage* heap_ = nullptr;
  bool good_ = true;
  bool trusts_lists_ = false;
};

}  // namespace lisle::rt
