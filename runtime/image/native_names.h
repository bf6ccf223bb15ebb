// Names for native functions that outlive the process: what an image says of a function whose address it may
// not hold.
//
// A name is the table the function stands in and its row's name, as in "type list append", "module math
// sqrt", "internal ForeignNext", "get function __name__". The tables themselves are those of
// builtin_types.def, exceptions.def, modules.def, internals.def and native_tables.def.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/types/function.h"

namespace lisle::rt {

class NativeNames {
 public:
  NativeNames();

  struct Found {
    const NativeSpec* spec = nullptr;  // null: there is none of that name
    const TypeSpec* owner = nullptr;   // the builtin type in whose table it stands
    NativeFn accessor = nullptr;       // getters and setters: what is called in place of the row's function
  };

  // The name of a registered native function; empty when it stands in no table (functions of an embedding
  // host).
  std::string name_of(const NativeEntry& entry) const;
  Found find(std::string_view name) const;

  // The same by numbers, which mean the same in each build whose fingerprint is equal: an image that was
  // saved by this very build need not search for texts. Nothing is found where the name is another one.
  static constexpr u64 kNone = ~u64{0};
  u64 number_of(const NativeEntry& entry) const;
  Found at(u64 number, std::string_view name) const;
  u64 fingerprint() const;

 private:
  // Texts are put together when somebody asks, because most rows are never asked for.
  struct Row {
    const char* table;  // what kind of table
    const char* whose;
    const char* name;
    Found found;
    const void* place;  // what is registered of it: accessors go by their code, as they have no row
  };
  void add_table(const char* table, const char* whose, std::span<const NativeSpec> rows,
                 const TypeSpec* owner);
  void add_accessors(const char* whose, std::span<const GetsetSpec> rows);
  static std::string text_of(const Row& row);

  std::vector<Row> rows_;
  // Numbers of rows in the order of their places; made by the first question, as loading asks none.
  mutable std::vector<u32> by_place_;
};

}  // namespace lisle::rt
