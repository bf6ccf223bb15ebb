// Runs of pages for large objects: what is zeroed, what grows where it lies, and what comes of freed pages.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

#include "runtime/heap/space.h"

using namespace lisle::rt;

namespace {

using Content = LargeSpace::Content;
constexpr size_t kPages = 8 * kPageBytes;

bool all_are(const char* bytes, size_t count, char wanted) {
  return std::all_of(bytes, bytes + count, [&](char c) { return c == wanted; });
}

// All runs die.
void free_all(LargeSpace& space) {
  space.sort();
  space.clear_marks();
  space.sweep(false);
}

}  // namespace

TEST_CASE("freed pages are used again, zeroed only on demand") {
  LargeSpace space;
  char* first = space.allocate(kPages, Content::kZeros);
  CHECK(all_are(first, kPages, 0));
  std::memset(first, 'x', kPages);
  free_all(space);
  CHECK(space.bytes() == 0);
  char* again = space.allocate(kPages, Content::kAnything);
  CHECK(again == first);
  CHECK(all_are(again, kPages, 'x'));
  free_all(space);
  CHECK(all_are(space.allocate(2 * kPages, Content::kZeros), 2 * kPages, 0));
}

TEST_CASE("pages that are given back come as zeros") {
  LargeSpace space;
  char* first = space.allocate(kPages, Content::kZeros);
  std::memset(first, 'x', kPages);
  free_all(space);
  space.give_back(2 * kPageBytes);
  char* again = space.allocate(kPages, Content::kAnything);
  CHECK(again == first);
  CHECK(all_are(again, 2 * kPageBytes, 'x'));
  CHECK(all_are(again + 2 * kPageBytes, kPages - 2 * kPageBytes, 0));
}

TEST_CASE("a run grows into free pages behind it and shrinks") {
  LargeSpace space;
  char* first = space.allocate(kPages, Content::kZeros);
  std::memset(first, 'x', kPages);
  CHECK(space.extend(first, 2 * kPages, Content::kZeros));
  CHECK(all_are(first + kPages, kPages, 0));
  char* second = space.allocate(kPages, Content::kZeros);
  CHECK_FALSE(space.extend(first, 3 * kPages, Content::kZeros));
  std::memset(first, 'y', 2 * kPages);
  CHECK(space.truncate(first, kPageBytes + 1) == 2 * kPages - 2 * kPageBytes);
  CHECK(space.bytes() == 2 * kPageBytes + kPages);
  CHECK(space.extend(first, 2 * kPages, Content::kZeros));
  CHECK(all_are(first + 2 * kPageBytes, 2 * kPages - 2 * kPageBytes, 0));
  CHECK(space.extend(second, 3 * kPages, Content::kZeros));
  CHECK(space.bytes() == 5 * kPages);
}

TEST_CASE("gaps that touch are one") {
  LargeSpace space;
  char* runs[4];
  for (char*& run : runs) run = space.allocate(kPages, Content::kZeros);
  for (char* run : runs) std::memset(run, 'x', kPages);
  space.sort();
  space.clear_marks();
  space.find(runs[3])->marked = true;
  space.sweep(false);
  char* large = space.allocate(3 * kPages, Content::kZeros);
  CHECK(large == runs[0]);
  CHECK(all_are(large, 3 * kPages, 0));
  CHECK(all_are(runs[3], kPages, 'x'));
}
