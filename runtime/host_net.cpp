// The part of the real host that deals with sockets, descriptors and child processes.
#include "runtime/host_net.h"

#include <fcntl.h>
#include <grp.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

extern char** environ;

namespace lisle::rt {

namespace {

template <class T>
T checked(T outcome) {
  return outcome < 0 ? static_cast<T>(-errno) : outcome;
}

sockaddr* system_address(SocketAddress& address) {
  return reinterpret_cast<sockaddr*>(address.bytes);
}
const sockaddr* system_address(const SocketAddress& address) {
  return reinterpret_cast<const sockaddr*>(address.bytes);
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

// --- in a child, between fork and exec

// Makes `fd` the standard descriptor `target`, left open across exec.
bool install(int fd, int target) {
  if (fd < 0) return true;
  if (fd != target) return dup2(fd, target) >= 0;
  return fcntl(fd, F_SETFD, 0) >= 0;
}

// Descriptors 0 to 2 that are about to be replaced move out of the way.
bool lift(int& fd, int lowest) {
  if (fd < 0 || fd >= lowest) return true;
  fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  return fd >= 0;
}

void close_others(const SpawnRequest& request) {
  unsigned next = 3;
  for (int kept : request.kept) {  // ascending
    if (kept < 3 || static_cast<unsigned>(kept) < next) continue;
    if (static_cast<unsigned>(kept) > next)
      syscall(SYS_close_range, next, static_cast<unsigned>(kept) - 1, 0);
    next = static_cast<unsigned>(kept) + 1;
  }
  syscall(SYS_close_range, next, UINT_MAX, 0);
}

// False with errno set when something failed. `executing` becomes true when only the program itself is
// missing.
bool try_to_become(const SpawnRequest& request, char** arguments, char** environment, bool& executing) {
  for (int fd : request.kept) {
    if (fd != request.error_end && fcntl(fd, F_SETFD, 0) < 0) return false;
  }
  for (int fd : request.parent_ends) close(fd);
  int in = request.standard[0], out = request.standard[1], error = request.standard[2];
  if (!lift(out, 1) || !lift(error, 2)) return false;
  if (!install(in, 0) || !install(out, 1) || !install(error, 2)) return false;
  if (!request.folder.empty() && chdir(request.folder.c_str()) < 0) return false;
  if (request.mask >= 0) umask(static_cast<mode_t>(request.mask));
  for (int number : {SIGPIPE, SIGXFSZ}) {
    if (request.restore_signals) signal(number, SIG_DFL);
  }
  signal(SIGINT, SIG_DFL);
  if (request.new_session) setsid();
  if (request.group >= 0 && setpgid(0, static_cast<pid_t>(request.group)) < 0) return false;
  if (request.group_id >= 0 &&
      setregid(static_cast<gid_t>(request.group_id), static_cast<gid_t>(request.group_id)))
    return false;
  if (request.user >= 0 && setreuid(static_cast<uid_t>(request.user), static_cast<uid_t>(request.user)))
    return false;
  if (request.close_others) close_others(request);
  executing = true;
  int seen = 0;
  for (const std::string& program : request.executables) {
    execve(program.c_str(), arguments, environment);
    if (errno != ENOENT && errno != ENOTDIR && seen == 0) seen = errno;
  }
  if (seen != 0) errno = seen;
  return false;
}

// Says why the child cannot start, in the words that subprocess understands.
void report_failure(const SpawnRequest& request, int number, bool executing) {
  char digits[16], text[64];
  int count = 0, size = 0;
  for (int rest = number; rest != 0; rest >>= 4) digits[count++] = "0123456789ABCDEF"[rest & 15];
  for (const char* p = "OSError:"; *p; ++p) text[size++] = *p;
  while (count > 0) text[size++] = digits[--count];
  for (const char* p = executing ? ":" : ":noexec"; *p; ++p) text[size++] = *p;
  if (request.error_end >= 0 && ::write(request.error_end, text, static_cast<size_t>(size)) < 0) return;
}

}  // namespace

int NetHost::poll(FileInterest* interests, size_t count, i64 nanoseconds) {
  static_assert(sizeof(FileInterest) == sizeof(pollfd));
  timespec limit{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
  return checked(
      ppoll(reinterpret_cast<pollfd*>(interests), count, nanoseconds < 0 ? nullptr : &limit, nullptr));
}

void NetHost::hold_place(int fd) {
  if (::fcntl(fd, F_GETFD) >= 0) return;
  int good_for_nothing = ::open("/", O_PATH | O_CLOEXEC);
  if (good_for_nothing < 0 || good_for_nothing == fd) return;
  ::dup3(good_for_nothing, fd, O_CLOEXEC);
  ::close(good_for_nothing);
}

int NetHost::socket(int family, int type, int protocol) {
  return checked(::socket(family, type | SOCK_CLOEXEC, protocol));
}
int NetHost::socket_pair(int family, int type, int protocol, int ends[2]) {
  return checked(::socketpair(family, type | SOCK_CLOEXEC, protocol, ends));
}
int NetHost::bind(int fd, const SocketAddress& address) {
  return checked(::bind(fd, system_address(address), address.length));
}
int NetHost::listen(int fd, int backlog) {
  return checked(::listen(fd, backlog));
}
int NetHost::accept(int fd, SocketAddress& peer) {
  peer.length = sizeof peer.bytes;
  return checked(::accept4(fd, system_address(peer), &peer.length, SOCK_CLOEXEC));
}
int NetHost::connect(int fd, const SocketAddress& address) {
  return checked(::connect(fd, system_address(address), address.length));
}
i64 NetHost::send(int fd, const void* bytes, size_t count, int flags, const SocketAddress* to) {
  return checked(::sendto(fd, bytes, count, flags, to ? system_address(*to) : nullptr, to ? to->length : 0));
}
i64 NetHost::receive(int fd, void* bytes, size_t count, int flags, SocketAddress* from) {
  if (!from) return checked(::recv(fd, bytes, count, flags));
  from->length = sizeof from->bytes;
  return checked(::recvfrom(fd, bytes, count, flags, system_address(*from), &from->length));
}
int NetHost::socket_name(int fd, bool peer, SocketAddress& out) {
  out.length = sizeof out.bytes;
  return checked(peer ? ::getpeername(fd, system_address(out), &out.length)
                      : ::getsockname(fd, system_address(out), &out.length));
}
int NetHost::set_socket_option(int fd, int level, int name, const void* value, u32 size) {
  return checked(::setsockopt(fd, level, name, value, size));
}
int NetHost::socket_option(int fd, int level, int name, void* value, u32& size) {
  return checked(::getsockopt(fd, level, name, value, &size));
}
int NetHost::shut_down(int fd, int how) {
  return checked(::shutdown(fd, how));
}
int NetHost::host_name(std::string& out) {
  char name[256] = {};
  if (gethostname(name, sizeof name - 1) < 0) return -errno;
  out = name;
  return 0;
}

int NetHost::resolve(const char* host, const char* service, int family, int type, int protocol, int flags,
                     std::vector<ResolvedAddress>& out) {
  addrinfo hints{};
  hints.ai_family = family;
  hints.ai_socktype = type;
  hints.ai_protocol = protocol;
  hints.ai_flags = flags;
  addrinfo* first = nullptr;
  int code = getaddrinfo(host, service, &hints, &first);
  if (code != 0) return code;
  for (addrinfo* entry = first; entry; entry = entry->ai_next) {
    ResolvedAddress found{entry->ai_family,
                          entry->ai_socktype,
                          entry->ai_protocol,
                          entry->ai_canonname ? entry->ai_canonname : "",
                          {}};
    if (entry->ai_addrlen > sizeof found.address.bytes) continue;
    found.address.length = entry->ai_addrlen;
    memcpy(found.address.bytes, entry->ai_addr, entry->ai_addrlen);
    out.push_back(std::move(found));
  }
  freeaddrinfo(first);
  return 0;
}

int NetHost::name_of(const SocketAddress& address, int flags, std::string& host, std::string& service) {
  char host_text[NI_MAXHOST], service_text[NI_MAXSERV];
  int code = getnameinfo(system_address(address), address.length, host_text, sizeof host_text, service_text,
                         sizeof service_text, flags);
  if (code != 0) return code;
  host = host_text;
  service = service_text;
  return 0;
}

int NetHost::control(int fd, int command, i64 argument) {
  return checked(::fcntl(fd, command, argument));
}
int NetHost::control_bytes(int fd, int command, void* argument) {
  return checked(::fcntl(fd, command, argument));
}
int NetHost::device_control(int fd, u64 request, void* argument) {
  return checked(::ioctl(fd, request, argument));
}
int NetHost::lock_file(int fd, int operation) {
  return checked(::flock(fd, operation));
}

i64 NetHost::spawn(const SpawnRequest& request) {
  pid_t child = ::fork();
  if (child != 0) return checked(i64{child});
  become(request);
  _exit(255);
}

void NetHost::become(const SpawnRequest& request) {
  std::vector<char*> arguments = pointers(request.arguments), environment = pointers(request.environment);
  char** own = request.own_environment ? environment.data() : environ;
  bool executing = false;
  try_to_become(request, arguments.data(), own, executing);
  report_failure(request, errno, executing);
}

i64 NetHost::fork() {
  return checked(i64{::fork()});
}

int NetHost::execute(const char* path, const std::vector<std::string>& arguments,
                     const std::vector<std::string>* environment) {
  std::vector<char*> words = pointers(arguments);
  if (!environment) return checked(::execv(path, words.data()));
  std::vector<char*> variables = pointers(*environment);
  return checked(::execve(path, words.data(), variables.data()));
}

i64 NetHost::wait_process(i64 process, int options, int& status) {
  return checked(i64{::waitpid(static_cast<pid_t>(process), &status, options)});
}
int NetHost::process_descriptor(i64 process) {
  return checked(static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(process), 0)));
}
i64 NetHost::process_group(i64 process) {
  return checked(i64{::getpgid(static_cast<pid_t>(process))});
}
int NetHost::set_process_group(i64 process, i64 group) {
  return checked(::setpgid(static_cast<pid_t>(process), static_cast<pid_t>(group)));
}
i64 NetHost::new_session() {
  return checked(i64{::setsid()});
}
u32 NetHost::set_mask(u32 mask) {
  return ::umask(mask);
}

}  // namespace lisle::rt
