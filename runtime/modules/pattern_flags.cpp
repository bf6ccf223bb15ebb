// The module _pattern_flags: which classes match sequence and mapping patterns. collections.abc says so of
// its classes by an attribute __abc_tpflags__, and registration passes it on; _abc asks here for both.
#include "runtime/runtime.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// The bits that collections.abc uses, as CPython numbers them.
constexpr i64 kSequenceBit = 1 << 5, kMappingBit = 1 << 6;

// class, bits: marks the class. Its subclasses match by their mro.
Result mark(Runtime& rt, Frame& f) {
  Type* type = as<Type>(f[0]);
  if (!type || !f[1].is_int()) return raise(rt, TypeId::TypeError, "a class and its bits are expected");
  if (type->builtin_id) return Result::none();  // str is registered as a sequence and yet matches none
  i64 bits = f[1].as_int();
  if (bits & kSequenceBit) type->type_flags |= kTypeSequence;
  if (bits & kMappingBit) type->type_flags |= kTypeMapping;
  return Result::none();
}

// class → bits, of the class itself or inherited.
Result bits_of(Runtime& rt, Frame& f) {
  Type* type = as<Type>(f[0]);
  if (!type) return raise(rt, TypeId::TypeError, "a class is expected");
  u32 flags = 0;
  for (u64 i = 0; i < type->mro->size; ++i) flags |= to<Type>(type->mro->items[i])->type_flags;
  return Value::from_int((flags & kTypeSequence ? kSequenceBit : 0) |
                         (flags & kTypeMapping ? kMappingBit : 0));
}

constexpr NativeSpec kFunctions[] = {
    {"mark", mark, "(cls, bits, /)", "Let instances of the class match sequence or mapping patterns."},
    {"bits_of", bits_of, "(cls, /)", "The bits of the patterns that instances of the class match."},
};

}  // namespace

extern const ModuleSpec kPatternFlagsModule = {
    "_pattern_flags", "Which classes match sequence and mapping patterns.", kFunctions, nullptr};

}  // namespace lisle::rt
