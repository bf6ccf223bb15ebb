// The end of a process whose own invariant broke, where nobody can go on.
#include "runtime/support/base.h"

#include <pthread.h>

#include <cstdio>
#include <cstdlib>

#include "runtime/support/rescue.h"

namespace lisle {

void invariant_failed(const char* condition, const char* file, int line) {
  if (Rescue* rescue = Rescue::nearest()) rescue->leave();
  std::fprintf(stderr, "lisle: internal invariant broken: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

void wrong_kind() {
  invariant_failed("an object is of another kind", __FILE__, __LINE__);
}

char* native_stack_end() {
  pthread_attr_t attributes;
  pthread_getattr_np(pthread_self(), &attributes);
  void* lowest;
  size_t bytes;
  pthread_attr_getstack(&attributes, &lowest, &bytes);
  pthread_attr_destroy(&attributes);
  return static_cast<char*>(lowest) + bytes;
}

}  // namespace lisle
