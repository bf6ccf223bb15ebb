// See native_names.h.
#include "runtime/image/native_names.h"

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
    add_table(std::string("type ") + kTypeNames[i], type.methods, &type);
    add_accessors(std::string("attribute of ") + kTypeNames[i], type.getsets);
  }
  add_accessors("attribute of instances", kInstanceAttributes);
  for (const ModuleSpec* module : native_modules())
    add_table(std::string("module ") + module->name, module->functions, nullptr);
  add_table("internal", internal_functions(), nullptr);
#define NATIVE_TABLE(name) add_table(#name, rt::name(), nullptr);
#include "runtime/object/native_tables.def"
#undef NATIVE_TABLE
}

void NativeNames::add_table(const std::string& table, std::span<const NativeSpec> rows,
                            const TypeSpec* owner) {
  for (const NativeSpec& row : rows) {
    std::string name = table + " " + row.name;
    by_place_.emplace(Place{&row, owner}, name);
    by_name_.emplace(std::move(name), Found{&row, owner, nullptr});
  }
}

// Accessors of several attributes may be one function; any of their names leads back to it.
void NativeNames::add_accessors(const std::string& table, std::span<const GetsetSpec> rows) {
  for (const GetsetSpec& row : rows) {
    for (bool set : {false, true}) {
      NativeFn code = set ? row.set : row.get;
      if (!code) continue;
      std::string name = (set ? "set " : "get ") + table + " " + row.name;
      by_place_.emplace(Place{reinterpret_cast<const void*>(code), nullptr}, name);
      by_name_.emplace(std::move(name), Found{&accessor_spec(set), nullptr, code});
    }
  }
}

std::string NativeNames::name_of(const NativeEntry& entry) const {
  const bool accessor = entry.spec->fn == nullptr;
  const void* row = accessor ? reinterpret_cast<const void*>(entry.fn) : entry.spec;
  auto known = by_place_.find({row, entry.owner});
  return known == by_place_.end() ? std::string() : known->second;
}

NativeNames::Found NativeNames::find(const std::string& name) const {
  auto known = by_name_.find(name);
  return known == by_name_.end() ? Found{} : known->second;
}

}  // namespace lisle::rt
