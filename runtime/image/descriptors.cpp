// See descriptors.h.
#include "runtime/image/descriptors.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace lisle::rt {

namespace {

constexpr int kLastStandard = 2;
constexpr int kBacklog = 128;
constexpr int kAside = 512;  // programs rarely have that many
constexpr const char* kOwnDescriptors = "/proc/self/fd";

i64 socket_number(Host& host, int fd, int option) {
  int value = 0;
  u32 size = sizeof value;
  return host.socket_option(fd, SOL_SOCKET, option, &value, size) < 0 ? 0 : value;
}

void describe_socket(Host& host, int fd, SavedDescriptor& row) {
  const bool listens = socket_number(host, fd, SO_ACCEPTCONN);
  row.family = socket_number(host, fd, SO_DOMAIN);
  row.type = socket_number(host, fd, SO_TYPE);
  row.protocol = socket_number(host, fd, SO_PROTOCOL);
  SocketAddress own, peer;
  if (host.socket_name(fd, false, own) < 0) return;
  row.address.assign(reinterpret_cast<const char*>(own.bytes),
                     std::min<size_t>(own.length, sizeof own.bytes));
  const bool connected = host.socket_name(fd, true, peer) == 0;
  if (listens) row.what = SavedDescriptor::kListener;
  if (!listens && row.type == SOCK_DGRAM && !connected && row.family != AF_UNIX)
    row.what = SavedDescriptor::kDatagrams;
}

void describe_file(Host& host, int fd, SavedDescriptor& row) {
  const std::string link = std::string(kOwnDescriptors) + "/" + std::to_string(fd);
  if (host.read_link(link.c_str(), row.path) < 0) return;
  row.what = SavedDescriptor::kFile;
  row.offset = host.seek(fd, 0, SEEK_CUR);
}

// A socket that takes what comes to the address of the saved one; a negative error number.
int bind_again(Host& host, const SavedDescriptor& row) {
  const int fd =
      host.socket(static_cast<int>(row.family), static_cast<int>(row.type), static_cast<int>(row.protocol));
  if (fd < 0) return fd;
  const int yes = 1;
  host.set_socket_option(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  SocketAddress address;
  address.length = static_cast<u32>(std::min(row.address.size(), sizeof address.bytes));
  std::memcpy(address.bytes, row.address.data(), address.length);
  // The name that the old process left in the file system is in the way.
  constexpr size_t kPathAt = offsetof(sockaddr_un, sun_path);
  if (row.family == AF_UNIX && address.length > kPathAt && row.address[kPathAt])
    host.unlink(std::string(row.address.c_str() + kPathAt).c_str());
  int outcome = address.length ? host.bind(fd, address) : 0;
  if (outcome == 0 && row.what == SavedDescriptor::kListener) outcome = host.listen(fd, kBacklog);
  if (outcome == 0) return fd;
  host.close(fd);
  return outcome;
}

int open_again(Host& host, const SavedDescriptor& row) {
  constexpr u64 kKept = O_ACCMODE | O_APPEND | O_NONBLOCK | O_DIRECTORY;
  const int fd = host.open(row.path.c_str(), static_cast<int>(row.flags & kKept), 0);
  if (fd >= 0 && row.offset > 0) host.seek(fd, row.offset, SEEK_SET);
  return fd;
}

// Makes `fd` the descriptor with that number.
void place(Host& host, int fd, const SavedDescriptor& row) {
  const int number = static_cast<int>(row.number);
  if (fd != number) {
    host.duplicate_to(fd, number);
    host.close(fd);
  }
  host.control(number, F_SETFD, static_cast<i64>(row.descriptor_flags));
  if (row.what != SavedDescriptor::kDead) host.control(number, F_SETFL, static_cast<i64>(row.flags));
}

}  // namespace

std::vector<SavedDescriptor> saved_descriptors(Host& host) {
  std::vector<SavedDescriptor> rows;
  std::vector<DirectoryEntry> entries;
  if (host.list_directory(kOwnDescriptors, entries) < 0) return rows;
  for (const DirectoryEntry& entry : entries) {
    int fd = -1;
    std::from_chars(entry.name.data(), entry.name.data() + entry.name.size(), fd);
    struct ::stat info;
    // The descriptor by which the folder was listed is closed by now.
    if (fd <= kLastStandard || fd == host.image_descriptor || host.stat_descriptor(fd, info) < 0) continue;
    SavedDescriptor row;
    row.number = fd;
    row.descriptor_flags = static_cast<u64>(std::max(host.control(fd, F_GETFD, 0), 0));
    row.flags = static_cast<u64>(std::max(host.control(fd, F_GETFL, 0), 0));
    if (S_ISREG(info.st_mode) || S_ISCHR(info.st_mode) || S_ISDIR(info.st_mode)) describe_file(host, fd, row);
    if (S_ISSOCK(info.st_mode)) describe_socket(host, fd, row);
    rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [](auto& a, auto& b) { return a.number < b.number; });
  return rows;
}

void restore_descriptors(Host& host, const std::vector<SavedDescriptor>& saved,
                         std::vector<std::string>& warnings) {
  for (const SavedDescriptor& row : saved) {
    constexpr i64 kHighest = 1 << 20;
    if (row.number <= kLastStandard || row.number > kHighest) continue;
    int fd = -1;
    if (row.what == SavedDescriptor::kFile) fd = open_again(host, row);
    if (row.what == SavedDescriptor::kListener || row.what == SavedDescriptor::kDatagrams)
      fd = bind_again(host, row);
    if (fd >= 0) {
      place(host, fd, row);
      continue;
    }
    if (row.what == SavedDescriptor::kFile)
      warnings.push_back("cannot open '" + row.path + "' again: " + strerror(-fd));
    else if (row.what != SavedDescriptor::kDead)
      warnings.push_back(std::string("cannot bind a socket again: ") + strerror(-fd));
    // What this process has inherited under the number stays.
    if (host.control(static_cast<int>(row.number), F_GETFD, 0) >= 0) continue;
    SavedDescriptor dead = row;
    dead.what = SavedDescriptor::kDead;
    const int nothing = host.open("/", O_PATH, 0);
    if (nothing >= 0) place(host, nothing, dead);
  }
}

int move_aside(Host& host, int fd) {
  const int moved = host.control(fd, F_DUPFD_CLOEXEC, kAside);
  if (moved < 0) return fd;
  host.close(fd);
  return moved;
}

}  // namespace lisle::rt
