// Every name of one compilation as a small number, so that scopes and code generation compare and index
// numbers.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/types/str.h"
#include "vm/bytecode/emit.h"
#include "vm/compiler/flat_map.h"

namespace lisle::compiler {

using NameId = u32;
inline constexpr NameId kNoName = ~0u;

class NameTable {
 public:
  NameTable(rt::Runtime& rt, bc::Anchor& anchor) : rt_(rt), anchor_(anchor) {}

  // The number of a name. Identifiers of one syntax tree are found by their address.
  NameId id(std::string_view text) {
    u64 address = reinterpret_cast<u64>(text.data());
    u32 known = by_address_.find(address);
    if (known != FlatMap::kAbsent && entries_[known].text == text) return known;
    NameId found = by_content(text);
    by_address_.insert(address, found);
    return found;
  }

  std::string_view text(NameId id) const { return entries_[id].text; }
  std::string copy(NameId id) const { return std::string(entries_[id].text); }

  // The interned string object.
  rt::Str* str(NameId id) {
    Entry& entry = entries_[id];
    if (!entry.str) entry.str = anchor_.keep(rt::intern(rt_, entry.text));
    return entry.str;
  }

  // The name that `id` means inside class `owner` (kNoName outside of classes): __x becomes _owner__x.
  NameId mangle(NameId owner, NameId id) {
    std::string_view name = entries_[id].text;
    if (owner == kNoName || !name.starts_with("__")) return id;
    if (name.ends_with("__") || name.find('.') != std::string_view::npos) return id;
    std::string_view class_name = entries_[owner].text;
    size_t first = class_name.find_first_not_of('_');
    if (first == std::string_view::npos) return id;
    return by_content("_" + std::string(class_name.substr(first)) + std::string(name));
  }

 private:
  struct Entry {
    std::string_view text;
    rt::Str* str;
  };

  NameId by_content(std::string_view text) {
    auto known = by_text_.find(text);
    if (known != by_text_.end()) return known->second;
    std::string_view stored = storage_.emplace_back(text);
    entries_.push_back({stored, nullptr});
    NameId id = static_cast<NameId>(entries_.size() - 1);
    by_text_.emplace(stored, id);
    return id;
  }

  rt::Runtime& rt_;
  bc::Anchor& anchor_;
  FlatMap by_address_;
  std::unordered_map<std::string_view, NameId> by_text_;
  std::deque<std::string> storage_;
  std::vector<Entry> entries_;
};

}  // namespace lisle::compiler
