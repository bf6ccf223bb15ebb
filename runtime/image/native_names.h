// Names for native functions that outlive the process: what an image says of a function whose address it may
// not hold.
//
// A name is the table the function stands in and its row's name, as in "type list append", "module math
// sqrt", "internal ForeignNext", "get function __name__". The tables themselves are those of
// builtin_types.def, exceptions.def, modules.def, internals.def and native_tables.def.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/types/function.h"

namespace lisle::rt {

class NativeNames {
 public:
  NativeNames();

  // The name of a registered native function; empty when it stands in no table (functions of an embedding
  // host).
  std::string name_of(const NativeEntry& entry) const;

  struct Found {
    const NativeSpec* spec = nullptr;  // null: there is none of that name
    const TypeSpec* owner = nullptr;   // the builtin type in whose table it stands
    NativeFn accessor = nullptr;       // getters and setters: what is called in place of the row's function
  };
  Found find(const std::string& name) const;

 private:
  void add_table(const std::string& table, std::span<const NativeSpec> rows, const TypeSpec* owner);
  void add_accessors(const std::string& table, std::span<const GetsetSpec> rows);

  std::unordered_map<std::string, Found> by_name_;
  // Several types may share a table. Accessors have no owner, and go by their code.
  using Place = std::pair<const void*, const TypeSpec*>;
  std::map<Place, std::string> by_place_;
};

}  // namespace lisle::rt
