// Where compiled code finds the fields of runtime objects, and the bit patterns of values. Offsets come from
// the structures themselves; tags repeat what runtime/object/value.h promises, and are checked against it
// here.
#pragma once
#include <cstddef>

#include "runtime/protocols/call.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/iterator.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/type.h"

namespace lisle::jit {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Winvalid-offsetof"
inline constexpr i64 kShape = offsetof(rt::Object, shape);
inline constexpr i64 kGcBits = offsetof(rt::Object, gc);
inline constexpr i64 kAux = offsetof(rt::Object, aux);
inline constexpr i64 kKind = offsetof(rt::Object, kind);
inline constexpr i64 kFrameRet = offsetof(rt::Frame, ret);
inline constexpr i64 kFramePrev = offsetof(rt::Frame, prev);
inline constexpr i64 kFrameFunction = offsetof(rt::Frame, fn);
inline constexpr i64 kFramePc = offsetof(rt::Frame, pc);
inline constexpr i64 kFrameInfo = offsetof(rt::Frame, info);
inline constexpr i64 kFrameDepth = kFrameInfo + 4;  // its upper half
inline constexpr i64 kFrameRegisters = sizeof(rt::Frame);
inline constexpr i64 kThreadLimit = offsetof(rt::Thread, limit);
inline constexpr i64 kThreadTicks = offsetof(rt::Thread, ticks);
inline constexpr i64 kThreadDepthLimit = offsetof(rt::Thread, depth_limit);
inline constexpr i64 kThreadStopValue = offsetof(rt::Thread, stop_value);
inline constexpr i64 kThreadEpoch = offsetof(rt::Thread, class_epoch) + 4;  // its upper half
// From the thread, which is the first thing in a Runtime.
inline constexpr i64 kHeapCursor = offsetof(rt::Runtime, heap.hole.cursor);
inline constexpr i64 kHeapLimit = offsetof(rt::Runtime, heap.hole.limit);
inline constexpr i64 kInstanceOverflow = offsetof(rt::Instance, overflow);
inline constexpr i64 kInstanceSlots = offsetof(rt::Instance, slots);
inline constexpr i64 kFunctionGlobals = offsetof(rt::Function, globals);
inline constexpr i64 kFunctionBuiltins = offsetof(rt::Function, builtins);
inline constexpr i64 kFunctionDefaults = offsetof(rt::Function, defaults);
inline constexpr i64 kFunctionClosure = offsetof(rt::Function, closure);
inline constexpr i64 kFunctionCode = offsetof(rt::Function, code);
inline constexpr i64 kCodeEntry = offsetof(rt::Code, entry);
inline constexpr i64 kCodeInstructions = offsetof(rt::Code, instructions);
inline constexpr i64 kCodeConstants = offsetof(rt::Code, constants);
inline constexpr i64 kCodeFrameBytes = offsetof(rt::Code, frame_bytes);
inline constexpr i64 kCodeSimpleArgs = offsetof(rt::Code, simple_args);
inline constexpr i64 kCellContent = offsetof(rt::Cell, content);
inline constexpr i64 kStoreSize = offsetof(rt::ByteStore, size);
inline constexpr i64 kStoreStorage = offsetof(rt::ByteStore, storage);
inline constexpr i64 kTypedArrayCode = offsetof(rt::TypedArray, code);
inline constexpr i64 kRawBytes = offsetof(rt::Raw, bytes);
inline constexpr i64 kListSize = offsetof(rt::List, size);
inline constexpr i64 kListItems = offsetof(rt::List, items);
inline constexpr i64 kArrayCapacity = offsetof(rt::Array, capacity);
inline constexpr i64 kArrayItems = offsetof(rt::Array, items);
inline constexpr i64 kTupleSize = offsetof(rt::Tuple, size);
inline constexpr i64 kTupleItems = offsetof(rt::Tuple, items);
inline constexpr i64 kDictVersion = offsetof(rt::Dict, version);
inline constexpr i64 kDictEntries = offsetof(rt::Dict, entries);
inline constexpr i64 kModuleDict = offsetof(rt::Module, dict);
inline constexpr i64 kStrLength = offsetof(rt::Str, length);
inline constexpr i64 kStrData = offsetof(rt::Str, data);
inline constexpr i64 kShapes = offsetof(rt::Runtime, shapes);  // a vector begins with its address
inline constexpr i64 kShapeType = offsetof(rt::Shape, type);
inline constexpr i64 kTypeFlags = offsetof(rt::Type, type_flags);
inline constexpr i64 kTypeVersion = offsetof(rt::Type, version);
inline constexpr i64 kIteratorType = offsetof(rt::Iterator, type_id);
inline constexpr i64 kIteratorSource = offsetof(rt::Iterator, source);
inline constexpr i64 kIteratorA = offsetof(rt::Iterator, a);
inline constexpr i64 kIteratorB = offsetof(rt::Iterator, b);
#pragma clang diagnostic pop

inline constexpr u64 kTagMask = 3;
inline constexpr i64 kExactDouble = i64{1} << 53;  // every int up to here is a double
inline constexpr u64 kTagObject = 1;
inline constexpr u64 kTagDouble = 2;
inline constexpr u64 kDoubleBias = u64{0x100} << 52;
inline constexpr u64 kNone = rt::Value::none().bits();
inline constexpr u64 kFalse = rt::Value::false_().bits();
inline constexpr u64 kTrue = rt::Value::true_().bits();
inline constexpr u64 kUnbound = rt::Value::unbound().bits();
inline constexpr u64 kRaised = rt::Value::raised().bits();
inline constexpr u64 kPending = rt::Value::pending().bits();
inline constexpr u64 kNotImplemented = rt::Value::not_implemented().bits();
inline constexpr u64 kExhausted = rt::Value::exhausted().bits();
static_assert(rt::Value::from_int(5).bits() == 20);

}  // namespace lisle::jit
