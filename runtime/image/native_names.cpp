// See native_names.h.
#include "runtime/image/native_names.h"

#include <algorithm>
#include <functional>

#include "runtime/image/image_sink.h"
#include "runtime/modules/boot.h"
#include "runtime/protocols/internals.h"
#include "runtime/types/descriptors.h"

namespace lisle::rt {

#define NATIVE_TABLE(name) std::span<const NativeSpec> name();
#include "runtime/object/native_tables.def"
#undef NATIVE_TABLE

namespace {

// The enumerators: unlike the names that programs see, no two are alike.
constexpr const char* kTypeNames[] = {
#define TYPE(Name) #Name,
#include "runtime/object/builtin_types.def"
#undef TYPE
#define EXCEPTION(Name, Base) #Name,
#include "runtime/builtins/exceptions.def"
#undef EXCEPTION
};

}  // namespace

NativeNames::NativeNames() {
  for (size_t i = 0; i < kTypeCount; ++i) {
    const TypeSpec& type = type_spec(static_cast<TypeId>(i));
    add_table("type ", kTypeNames[i], type.methods, &type);
    add_accessors(kTypeNames[i], type.getsets);
  }
  add_accessors("instances", kInstanceAttributes);
  for (const ModuleSpec* module : native_modules())
    add_table("module ", module->name, module->functions, nullptr);
  add_table("", "internal", internal_functions(), nullptr);
#define NATIVE_TABLE(name) add_table("", #name, rt::name(), nullptr);
#include "runtime/object/native_tables.def"
#undef NATIVE_TABLE
}

void NativeNames::add_table(const char* table, const char* whose, std::span<const NativeSpec> rows,
                            const TypeSpec* owner) {
  for (const NativeSpec& row : rows) rows_.push_back({table, whose, row.name, {&row, owner, nullptr}, &row});
}

// Accessors of several attributes may be one function; any of their names leads back to it.
void NativeNames::add_accessors(const char* whose, std::span<const GetsetSpec> rows) {
  for (const GetsetSpec& row : rows) {
    for (bool set : {false, true}) {
      NativeFn code = set ? row.set : row.get;
      if (!code) continue;
      rows_.push_back({set ? "set attribute of " : "get attribute of ",
                       whose,
                       row.name,
                       {&accessor_spec(set), nullptr, code},
                       reinterpret_cast<const void*>(code)});
    }
  }
}

std::string NativeNames::text_of(const Row& row) {
  return std::string(row.table) + row.whose + " " + row.name;
}

u64 NativeNames::number_of(const NativeEntry& entry) const {
  if (by_place_.empty()) {
    for (u32 i = 0; i < rows_.size(); ++i) by_place_.push_back(i);
    std::sort(by_place_.begin(), by_place_.end(), [&](u32 a, u32 b) {
      return rows_[a].place == rows_[b].place ? a < b : std::less<>()(rows_[a].place, rows_[b].place);
    });
  }
  const bool accessor = entry.spec->fn == nullptr;
  const void* place = accessor ? reinterpret_cast<const void*>(entry.fn) : entry.spec;
  auto at = std::lower_bound(by_place_.begin(), by_place_.end(), place, [&](u32 row, const void* wanted) {
    return std::less<>()(rows_[row].place, wanted);
  });
  // Several types may share a table.
  for (; at != by_place_.end() && rows_[*at].place == place; ++at)
    if (accessor || rows_[*at].found.owner == entry.owner) return *at;
  return kNone;
}

std::string NativeNames::name_of(const NativeEntry& entry) const {
  const u64 number = number_of(entry);
  return number == kNone ? std::string() : text_of(rows_[number]);
}

NativeNames::Found NativeNames::at(u64 number, std::string_view name) const {
  if (number >= rows_.size()) return {};
  const Row& row = rows_[number];
  for (const std::string_view part : {row.table, row.whose, " ", row.name}) {
    if (!name.starts_with(part)) return {};
    name.remove_prefix(part.size());
  }
  return name.empty() ? row.found : Found{};
}

NativeNames::Found NativeNames::find(std::string_view name) const {
  for (const Row& row : rows_)
    if (name.ends_with(row.name) && text_of(row) == name) return row.found;
  return {};
}

u64 NativeNames::fingerprint() const {
  std::string all;
  for (const Row& row : rows_)
    for (const char* part : {row.table, row.whose, " ", row.name, "\n"}) all += part;
  return image_hash(all.data(), all.size());
}

}  // namespace lisle::rt
