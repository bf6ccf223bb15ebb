// The module _net: sockets as descriptors, for stdlib/_socket.py, which has the class of the program. What
// would block parks the tasklet until the descriptor is ready (tasks/readiness.h).
#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>

#include "runtime/host.h"
#include "runtime/modules/arguments.h"
#include "runtime/modules/net_address.h"
#include "runtime/tasks/readiness.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// What an attempt yields that has to be repeated when the descriptor is ready.
constexpr Value kAgain = Value::exhausted();

Result net_error(Runtime& rt, i64 outcome) {
  return raise_os_error(rt, static_cast<int>(-outcome), Value::none());
}

// The outcome of a call that yields a number.
Result number_or_error(Runtime& rt, i64 outcome) {
  if (outcome < 0) return net_error(rt, outcome);
  return Value::from_int(outcome);
}
Result none_or_error(Runtime& rt, i64 outcome) {
  return outcome < 0 ? net_error(rt, outcome) : Result::none();
}
bool would_block(i64 outcome) {
  return outcome == -EAGAIN || outcome == -EWOULDBLOCK || outcome == -EINTR;
}

// Repeats `attempt` until it has an outcome. f[0] is the descriptor, f[timeout] the seconds to wait at most:
// None waits for ever, 0 not at all. f[timeout + 1] keeps the deadline.
template <NativeFn attempt, short wanted, u32 timeout>
Result waiting(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[timeout + 1] = TRY(deadline_of(rt, f[timeout]));
      for (;;) {
        r = attempt(rt, f);
        if (!r.is_value() || r.value() != kAgain) return r;
        if (is_zero_timeout(f[timeout])) return net_error(rt, -EAGAIN);
        AWAIT(1, wait_for_file(rt, f, static_cast<int>(f[0].as_int()), wanted, f[timeout + 1]));
        if (r.value().is_false()) {
          return raise_with(rt, TypeId::TimeoutError, Value::from(new_str(rt, "timed out")));
        }
      }
  }
  LISLE_UNREACHABLE();
}

// --- making sockets

Result net_socket(Runtime& rt, Frame& f) {
  int family, type, protocol;
  TRY(int_argument(rt, f[0], AF_INET, family));
  TRY(int_argument(rt, f[1], SOCK_STREAM, type));
  TRY(int_argument(rt, f[2], 0, protocol));
  return number_or_error(rt, rt.host->socket(family, type, protocol));
}

Result net_socketpair(Runtime& rt, Frame& f) {
  int family, type, protocol, ends[2];
  TRY(int_argument(rt, f[0], AF_UNIX, family));
  TRY(int_argument(rt, f[1], SOCK_STREAM, type));
  TRY(int_argument(rt, f[2], 0, protocol));
  int outcome = rt.host->socket_pair(family, type, protocol, ends);
  if (outcome < 0) return net_error(rt, outcome);
  Value pair[] = {Value::from_int(ends[0]), Value::from_int(ends[1])};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// fd, family, address.
Result net_bind(Runtime& rt, Frame& f) {
  int fd, family;
  SocketAddress address;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], AF_INET, family));
  TRY(read_address(rt, family, f[2], "bind", address));
  return none_or_error(rt, rt.host->bind(fd, address));
}

Result net_listen(Runtime& rt, Frame& f) {
  int fd, backlog;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], 128, backlog));
  return none_or_error(rt, rt.host->listen(fd, backlog < 0 ? 0 : backlog));
}

// fd, timeout.
Result accept_now(Runtime& rt, Frame& f) {
  int fd;
  TRY(descriptor_argument(rt, f[0], fd));
  // A socket in blocking mode must be asked first: accept() would keep the whole machine.
  FileInterest interest{fd, POLLIN, 0};
  if (rt.host->poll(&interest, 1, 0) == 0) return kAgain;
  SocketAddress address;
  int outcome = rt.host->accept(fd, address);
  if (would_block(outcome)) return kAgain;
  if (outcome < 0) return net_error(rt, outcome);
  Value pair[] = {Value::from_int(outcome), write_address(rt, address)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// fd, family, address, whether to yield the error number. Yields it, or 0.
Result begin_connecting(Runtime& rt, Frame& f, int& outcome) {
  int fd, family;
  SocketAddress address;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], AF_INET, family));
  TRY(read_address(rt, family, f[2], "connect", address));
  int flags = rt.host->control(fd, F_GETFL, 0);
  if (flags < 0) {
    outcome = flags;
    return Result::none();
  }
  bool blocking = !(flags & O_NONBLOCK);
  if (blocking) rt.host->control(fd, F_SETFL, flags | O_NONBLOCK);
  outcome = rt.host->connect(fd, address);
  if (blocking) rt.host->control(fd, F_SETFL, flags);
  return Result::none();
}

int pending_error(Runtime& rt, Value fd) {
  int error = 0;
  u32 size = sizeof error;
  int outcome = rt.host->socket_option(static_cast<int>(fd.as_int()), SOL_SOCKET, SO_ERROR, &error, size);
  return outcome < 0 ? -outcome : error;
}

// Registers: fd, family, address, timeout, deadline. The error number, 0 when connected.
Result net_connect(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      f[4] = TRY(deadline_of(rt, f[3]));
      int outcome = 0;
      TRY(begin_connecting(rt, f, outcome));
      if (outcome != -EINPROGRESS || is_zero_timeout(f[3])) return Value::from_int(-outcome);
    }
      AWAIT(1, wait_for_file(rt, f, static_cast<int>(f[0].as_int()), POLLOUT, f[4]));
      if (r.value().is_false()) {
        return raise_with(rt, TypeId::TimeoutError, Value::from(new_str(rt, "timed out")));
      }
      return Value::from_int(pending_error(rt, f[0]));
  }
  LISLE_UNREACHABLE();
}

// --- moving bytes

constexpr int kDontWait = MSG_DONTWAIT | MSG_NOSIGNAL;

Result size_to_receive(Runtime& rt, Value v, const char* name, i64& out) {
  TRY(size_argument(rt, v, 0, out));
  if (out < 0) return raise(rt, TypeId::ValueError, "negative buffersize in %s", name);
  return require_byte_room(rt, static_cast<u64>(out));
}

// fd, size, flags, timeout. Bytes, and with kFrom a tuple with the sender's address.
template <bool from>
Result receive_now(Runtime& rt, Frame& f) {
  int fd, flags;
  i64 size;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(size_to_receive(rt, f[1], from ? "recvfrom" : "recv", size));
  TRY(int_argument(rt, f[2], 0, flags));
  std::string bytes(static_cast<size_t>(size), '\0');
  SocketAddress address;
  i64 got = rt.host->receive(fd, bytes.data(), bytes.size(), flags | MSG_DONTWAIT, from ? &address : nullptr);
  if (would_block(got)) return kAgain;
  if (got < 0) return net_error(rt, got);
  Value data = Value::from(new_bytes(rt, {bytes.data(), static_cast<size_t>(got)}));
  if (!from) return data;
  Value pair[] = {data, write_address(rt, address)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// fd, buffer, size, flags, timeout. The count, and with kFrom a tuple with the sender's address.
template <bool from>
Result receive_into_now(Runtime& rt, Frame& f) {
  int fd, flags;
  i64 size;
  u8* data;
  u64 room;
  const char* name = from ? "recvfrom_into" : "recv_into";
  TRY(descriptor_argument(rt, f[0], fd));
  if (!writable_bytes(f[1], data, room)) {
    return raise(rt, TypeId::TypeError, "%s() argument 1 must be read-write bytes-like object, not %.50s",
                 name, type_name(rt, f[1]));
  }
  TRY(size_to_receive(rt, f[2], name, size));
  TRY(int_argument(rt, f[3], 0, flags));
  if (size == 0) size = static_cast<i64>(room);
  if (static_cast<u64>(size) > room) {
    return raise(
        rt, TypeId::ValueError, "%s",
        from ? "nbytes is greater than the length of the buffer" : "buffer too small for requested bytes");
  }
  SocketAddress address;
  i64 got =
      rt.host->receive(fd, data, static_cast<size_t>(size), flags | MSG_DONTWAIT, from ? &address : nullptr);
  if (would_block(got)) return kAgain;
  if (!from || got < 0) return number_or_error(rt, got);
  Value pair[] = {Value::from_int(got), write_address(rt, address)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// fd, data, flags, timeout.
Result send_now(Runtime& rt, Frame& f) {
  int fd, flags;
  std::string_view bytes;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(require_bytes_like(rt, f[1], bytes));
  TRY(int_argument(rt, f[2], 0, flags));
  i64 sent = rt.host->send(fd, bytes.data(), bytes.size(), flags | kDontWait, nullptr);
  return would_block(sent) ? Result(kAgain) : number_or_error(rt, sent);
}

// fd, data, flags, timeout, deadline, how much was sent.
Result send_more(Runtime& rt, Frame& f) {
  int fd, flags;
  std::string_view bytes;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(require_bytes_like(rt, f[1], bytes));
  TRY(int_argument(rt, f[2], 0, flags));
  u64 done = f[5].is_int() ? static_cast<u64>(f[5].as_int()) : 0;
  while (done < bytes.size()) {
    i64 sent = rt.host->send(fd, bytes.data() + done, bytes.size() - done, flags | kDontWait, nullptr);
    if (would_block(sent)) {
      f[5] = Value::from_int(static_cast<i64>(done));
      return kAgain;
    }
    if (sent < 0) return net_error(rt, sent);
    done += static_cast<u64>(sent);
  }
  return Result::none();
}

// Registers: fd, data, flags, timeout, deadline, how much was sent.
Result net_sendall(Runtime& rt, Frame& f) {
  if (f.step() == 0) f[5] = Value::from_int(0);
  return waiting<send_more, POLLOUT, 3>(rt, f);
}

// fd, data, flags, timeout, deadline, family, address.
Result send_to_now(Runtime& rt, Frame& f) {
  int fd, flags, family;
  std::string_view bytes;
  SocketAddress address;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(require_bytes_like(rt, f[1], bytes));
  TRY(int_argument(rt, f[2], 0, flags));
  TRY(int_argument(rt, f[5], AF_INET, family));
  TRY(read_address(rt, family, f[6], "sendto", address));
  i64 sent = rt.host->send(fd, bytes.data(), bytes.size(), flags | kDontWait, &address);
  return would_block(sent) ? Result(kAgain) : number_or_error(rt, sent);
}

// --- asking and setting

template <bool peer>
Result net_name(Runtime& rt, Frame& f) {
  int fd;
  SocketAddress address;
  TRY(descriptor_argument(rt, f[0], fd));
  int outcome = rt.host->socket_name(fd, peer, address);
  return outcome < 0 ? net_error(rt, outcome) : Result(write_address(rt, address));
}

Result net_shutdown(Runtime& rt, Frame& f) {
  int fd, how;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], SHUT_RDWR, how));
  return none_or_error(rt, rt.host->shut_down(fd, how));
}

// fd, level, name, value, optlen.
Result net_setsockopt(Runtime& rt, Frame& f) {
  int fd, level, name, number;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], 0, level));
  TRY(int_argument(rt, f[2], 0, name));
  if (is_int_like(f[3])) {
    TRY(int_argument(rt, f[3], 0, number));
    return none_or_error(rt, rt.host->set_socket_option(fd, level, name, &number, sizeof number));
  }
  std::string_view bytes;
  if (f[3].is_none()) {
    i64 size;
    TRY(size_argument(rt, f[4], 0, size));
    return none_or_error(rt, rt.host->set_socket_option(fd, level, name, nullptr, static_cast<u32>(size)));
  }
  TRY(require_bytes_like(rt, f[3], bytes));
  return none_or_error(
      rt, rt.host->set_socket_option(fd, level, name, bytes.data(), static_cast<u32>(bytes.size())));
}

// fd, level, name, buflen.
Result net_getsockopt(Runtime& rt, Frame& f) {
  int fd, level, name, length;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], 0, level));
  TRY(int_argument(rt, f[2], 0, name));
  TRY(int_argument(rt, f[3], 0, length));
  char bytes[1024] = {};
  if (length < 0 || length > static_cast<int>(sizeof bytes)) {
    return raise(rt, TypeId::OSError, "getsockopt buflen out of range");
  }
  int number = 0;
  u32 size = length == 0 ? sizeof number : static_cast<u32>(length);
  int outcome =
      rt.host->socket_option(fd, level, name, length == 0 ? static_cast<void*>(&number) : bytes, size);
  if (outcome < 0) return net_error(rt, outcome);
  return length == 0 ? Value::from_int(number) : Value::from(new_bytes(rt, {bytes, size}));
}

Result net_gethostname(Runtime& rt, Frame&) {
  std::string name;
  int outcome = rt.host->host_name(name);
  return outcome < 0 ? net_error(rt, outcome) : Result(Value::from(new_str(rt, name)));
}

// --- tables

constexpr NativeSpec kFunctions[] = {
    {"socket", net_socket, "(family, type, protocol, /)"},
    {"socketpair", net_socketpair, "(family, type, protocol, /)"},
    {"bind", net_bind, "(fd, family, address, /)"},
    {"listen", net_listen, "(fd, backlog, /)"},
    {"accept", waiting<accept_now, POLLIN, 1>, "(fd, timeout, /)", nullptr, 3},
    {"connect", net_connect, "(fd, family, address, timeout, /)", nullptr, 5},
    {"recv", waiting<receive_now<false>, POLLIN, 3>, "(fd, size, flags, timeout, /)", nullptr, 5},
    {"recvfrom", waiting<receive_now<true>, POLLIN, 3>, "(fd, size, flags, timeout, /)", nullptr, 5},
    {"recv_into", waiting<receive_into_now<false>, POLLIN, 4>, "(fd, buffer, size, flags, timeout, /)",
     nullptr, 6},
    {"recvfrom_into", waiting<receive_into_now<true>, POLLIN, 4>, "(fd, buffer, size, flags, timeout, /)",
     nullptr, 6},
    {"send", waiting<send_now, POLLOUT, 3>, "(fd, data, flags, timeout, /)", nullptr, 5},
    {"sendall", net_sendall, "(fd, data, flags, timeout, /)", nullptr, 6},
    {"sendto", waiting<send_to_now, POLLOUT, 3>, "(fd, data, flags, timeout, unused, family, address, /)",
     nullptr, 7},
    {"getsockname", net_name<false>, "(fd, /)"},
    {"getpeername", net_name<true>, "(fd, /)"},
    {"shutdown", net_shutdown, "(fd, how, /)"},
    {"setsockopt", net_setsockopt, "(fd, level, name, value, optlen, /)"},
    {"getsockopt", net_getsockopt, "(fd, level, name, buflen, /)"},
    {"gethostname", net_gethostname, "()"},
    {"getaddrinfo", net_getaddrinfo, "(host, port, family, type, proto, flags, /)"},
    {"getnameinfo", net_getnameinfo, "(address, flags, /)"},
    {"inet_pton", net_inet_pton, "(family, text, /)"},
    {"inet_ntop", net_inet_ntop, "(family, packed, /)"},
};

struct Constant {
  const char* name;
  i64 value;
};
#define CONSTANT(name) \
  { #name, name }
constexpr Constant kConstants[] = {
    CONSTANT(AF_UNSPEC),
    CONSTANT(AF_UNIX),
    CONSTANT(AF_INET),
    CONSTANT(AF_INET6),
    CONSTANT(SOCK_STREAM),
    CONSTANT(SOCK_DGRAM),
    CONSTANT(SOCK_RAW),
    CONSTANT(SOCK_SEQPACKET),
    CONSTANT(SOCK_RDM),
    CONSTANT(SOCK_CLOEXEC),
    CONSTANT(SOCK_NONBLOCK),
    CONSTANT(SOL_SOCKET),
    CONSTANT(SO_REUSEADDR),
    CONSTANT(SO_REUSEPORT),
    CONSTANT(SO_KEEPALIVE),
    CONSTANT(SO_BROADCAST),
    CONSTANT(SO_LINGER),
    CONSTANT(SO_OOBINLINE),
    CONSTANT(SO_SNDBUF),
    CONSTANT(SO_RCVBUF),
    CONSTANT(SO_SNDLOWAT),
    CONSTANT(SO_RCVLOWAT),
    CONSTANT(SO_SNDTIMEO),
    CONSTANT(SO_RCVTIMEO),
    CONSTANT(SO_ERROR),
    CONSTANT(SO_TYPE),
    CONSTANT(SO_DEBUG),
    CONSTANT(SO_DONTROUTE),
    CONSTANT(SO_ACCEPTCONN),
    CONSTANT(SO_PROTOCOL),
    CONSTANT(SO_DOMAIN),
    CONSTANT(SO_PASSCRED),
    CONSTANT(SO_PEERCRED),
    CONSTANT(SO_BINDTODEVICE),
    CONSTANT(SOMAXCONN),
    CONSTANT(IPPROTO_IP),
    CONSTANT(IPPROTO_TCP),
    CONSTANT(IPPROTO_UDP),
    CONSTANT(IPPROTO_IPV6),
    CONSTANT(IPPROTO_ICMP),
    CONSTANT(IPPROTO_ICMPV6),
    CONSTANT(IPPROTO_RAW),
    CONSTANT(IPV6_V6ONLY),
    CONSTANT(IPV6_UNICAST_HOPS),
    CONSTANT(IPV6_MULTICAST_HOPS),
    CONSTANT(IPV6_MULTICAST_IF),
    CONSTANT(IPV6_MULTICAST_LOOP),
    CONSTANT(IPV6_JOIN_GROUP),
    CONSTANT(IPV6_LEAVE_GROUP),
    CONSTANT(IP_TTL),
    CONSTANT(IP_TOS),
    CONSTANT(IP_MULTICAST_IF),
    CONSTANT(IP_MULTICAST_TTL),
    CONSTANT(IP_MULTICAST_LOOP),
    CONSTANT(IP_ADD_MEMBERSHIP),
    CONSTANT(IP_DROP_MEMBERSHIP),
    CONSTANT(TCP_NODELAY),
    CONSTANT(TCP_MAXSEG),
    CONSTANT(TCP_CORK),
    CONSTANT(TCP_KEEPIDLE),
    CONSTANT(TCP_KEEPINTVL),
    CONSTANT(TCP_KEEPCNT),
    CONSTANT(TCP_QUICKACK),
    CONSTANT(TCP_USER_TIMEOUT),
    CONSTANT(TCP_DEFER_ACCEPT),
    CONSTANT(TCP_INFO),
    CONSTANT(TCP_FASTOPEN),
    CONSTANT(MSG_OOB),
    CONSTANT(MSG_PEEK),
    CONSTANT(MSG_DONTROUTE),
    CONSTANT(MSG_DONTWAIT),
    CONSTANT(MSG_EOR),
    CONSTANT(MSG_TRUNC),
    CONSTANT(MSG_CTRUNC),
    CONSTANT(MSG_WAITALL),
    CONSTANT(MSG_NOSIGNAL),
    CONSTANT(MSG_MORE),
    CONSTANT(MSG_ERRQUEUE),
    CONSTANT(MSG_CMSG_CLOEXEC),
    CONSTANT(SHUT_RD),
    CONSTANT(SHUT_WR),
    CONSTANT(SHUT_RDWR),
    CONSTANT(AI_PASSIVE),
    CONSTANT(AI_CANONNAME),
    CONSTANT(AI_NUMERICHOST),
    CONSTANT(AI_NUMERICSERV),
    CONSTANT(AI_ADDRCONFIG),
    CONSTANT(AI_V4MAPPED),
    CONSTANT(AI_ALL),
    CONSTANT(NI_NUMERICHOST),
    CONSTANT(NI_NUMERICSERV),
    CONSTANT(NI_NAMEREQD),
    CONSTANT(NI_DGRAM),
    CONSTANT(NI_NOFQDN),
    CONSTANT(NI_MAXHOST),
    CONSTANT(NI_MAXSERV),
    CONSTANT(EAI_AGAIN),
    CONSTANT(EAI_BADFLAGS),
    CONSTANT(EAI_FAIL),
    CONSTANT(EAI_FAMILY),
    CONSTANT(EAI_MEMORY),
    CONSTANT(EAI_NONAME),
    CONSTANT(EAI_SERVICE),
    CONSTANT(EAI_SOCKTYPE),
    CONSTANT(EAI_SYSTEM),
    CONSTANT(EAI_OVERFLOW),
    {"INADDR_ANY", INADDR_ANY},
    {"INADDR_BROADCAST", INADDR_BROADCAST},
    {"INADDR_LOOPBACK", INADDR_LOOPBACK},
    {"INADDR_NONE", INADDR_NONE},
    {"INADDR_UNSPEC_GROUP", 0xE0000000},
    {"INADDR_ALLHOSTS_GROUP", 0xE0000001},
    {"INADDR_MAX_LOCAL_GROUP", 0xE00000FF},
    {"IPPORT_RESERVED", 1024},
    {"IPPORT_USERRESERVED", 5000},
};
#undef CONSTANT

void set_up(Runtime& rt, Module& module) {
  for (const Constant& c : kConstants) module_set(rt, module, c.name, Value::from_int(c.value));
  module_set(rt, module, "gaierror",
             Value::from(new_native_class(rt, "socket", "gaierror", rt.type(TypeId::OSError))));
}

}  // namespace

extern const ModuleSpec kNetModule;
const ModuleSpec kNetModule = {"_net", "Sockets as descriptors.", kFunctions, set_up};

}  // namespace lisle::rt
