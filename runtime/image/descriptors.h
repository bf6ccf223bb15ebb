// The descriptors of a process that an image describes, so that another one has the like of them under the
// same numbers: programs keep numbers in objects, where nobody finds them. Regular files and devices are
// opened again at their offsets, listening sockets bind again, datagram sockets are bound again. What cannot
// be there again (pipes, connections, deleted files) becomes a descriptor on which everything but close()
// fails with EBADF.
#pragma once
#include <string>
#include <vector>

#include "runtime/host.h"

namespace lisle::rt {

struct SavedDescriptor {
  enum What : u64 { kDead, kFile, kListener, kDatagrams };

  i64 number = -1;
  u64 what = kDead;
  u64 descriptor_flags = 0;  // FD_CLOEXEC
  u64 flags = 0;             // as open(2) wants them
  i64 offset = 0;
  std::string path;  // of files
  i64 family = 0, type = 0, protocol = 0;
  std::string address;  // of sockets, as the system has it

  template <class A>
  void describe(A& a) {
    a(number);
    a(what);
    a(descriptor_flags);
    a(flags);
    a(offset);
    a(path);
    a(family);
    a(type);
    a(protocol);
    a(address);
  }
};

// All but the standard ones.
std::vector<SavedDescriptor> saved_descriptors(Host& host);
// What could not be had again is told in `warnings`, and is dead.
void restore_descriptors(Host& host, const std::vector<SavedDescriptor>& saved,
                         std::vector<std::string>& warnings);
// Moves a descriptor that belongs to us out of the way of the program's. The new number.
int move_aside(Host& host, int fd);

}  // namespace lisle::rt
