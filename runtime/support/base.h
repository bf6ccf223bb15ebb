// Fixed-width names for machine integers and the assertion used all over the VM.
//
// A failed LISLE_ASSERT is a broken invariant of Lisle itself, never an error of the program it runs.
#pragma once
#include <cstddef>
#include <cstdint>

namespace lisle {

using u8 = uint8_t;
using u16 = uint16_t;
using u32 = uint32_t;
using u64 = uint64_t;
using i8 = int8_t;
using i16 = int16_t;
using i32 = int32_t;
using i64 = int64_t;
using f64 = double;

// Prints the broken invariant with its place and aborts the process, unless there is a way out (rescue.h).
[[noreturn]] void invariant_failed(const char* condition, const char* file, int line);
// The same for an object that is not of the kind that its user relies on.
[[noreturn]] __attribute__((cold)) void wrong_kind();

// The highest address of this thread's stack.
char* native_stack_end();

}  // namespace lisle

#ifdef LISLE_CHECKED
#define LISLE_ASSERT(condition) \
  ((condition) ? (void)0 : ::lisle::invariant_failed(#condition, __FILE__, __LINE__))
#else
#define LISLE_ASSERT(condition) ((void)sizeof(!(condition)))
#endif

// For states that no input can reach; checked in every build because going on would corrupt memory.
#define LISLE_UNREACHABLE() ::lisle::invariant_failed("unreachable", __FILE__, __LINE__)

#define LISLE_LIKELY(x) __builtin_expect(!!(x), 1)
#define LISLE_UNLIKELY(x) __builtin_expect(!!(x), 0)
