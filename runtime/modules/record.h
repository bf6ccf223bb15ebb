// Records: tuples whose items have names, as sys.version_info, time.struct_time and os.stat_result are. A
// record class is a subclass of tuple; the names are attributes of each instance, and a record may have more
// names than items.
#pragma once
#include <initializer_list>
#include <span>
#include <utility>

#include "runtime/runtime.h"

namespace lisle::rt {

// A class "module.Name" with the given fields, of which the first `visible` are items. Items whose field is
// null have no name.
Type* new_record_class(Runtime& rt, const char* full_name, std::span<const char* const> fields,
                       size_t visible);
// An instance; one value for each field of the class.
Value new_record(Runtime& rt, Type* type, std::span<const Value> values);

struct Field {
  const char* name;
  Value value;
};
// Class and only instance at once.
Value make_record(Runtime& rt, const char* full_name, std::initializer_list<Field> fields);

}  // namespace lisle::rt
