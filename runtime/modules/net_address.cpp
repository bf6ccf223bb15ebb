#include "runtime/modules/net_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>

#include "runtime/modules/arguments.h"
#include "runtime/modules/path.h"
#include "runtime/types/bytes.h"
#include "runtime/types/capsule.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

template <class T>
T& as_system(SocketAddress& address) {
  address.length = sizeof(T);
  return *reinterpret_cast<T*>(address.bytes);
}
template <class T>
const T& as_system(const SocketAddress& address) {
  return *reinterpret_cast<const T*>(address.bytes);
}

// The text of a host name: str, bytes or None (empty).
Result host_argument(Runtime& rt, Value v, std::string& out) {
  std::string_view bytes;
  if (v.is_none()) {
    out.clear();
    return Result::none();
  }
  if (is_str(v)) return text_argument(rt, v, "host", "1", out);
  if (!bytes_like(v, bytes)) {
    return raise(rt, TypeId::TypeError, "str, bytes or bytearray expected, not %s", type_name(rt, v));
  }
  out = bytes;
  return Result::none();
}

Result port_argument(Runtime& rt, Value v, const char* function, u16& out) {
  i64 port;
  if (!is_int_like(v)) {
    return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
                 type_name(rt, v));
  }
  if (!int_to_i64(v, port) || port < 0 || port > 0xFFFF) {
    return raise(rt, TypeId::OverflowError, "%s(): port must be 0-65535.", function);
  }
  out = htons(static_cast<u16>(port));
  return Result::none();
}

// The first address of `host` in `family`.
Result look_up(Runtime& rt, const std::string& host, int family, SocketAddress& out) {
  std::vector<ResolvedAddress> found;
  int code = rt.host->resolve(host.c_str(), nullptr, family, SOCK_DGRAM, 0, 0, found);
  if (code != 0) return raise_resolver_error(rt, code);
  if (found.empty()) return raise_resolver_error(rt, EAI_NONAME);
  out = found.front().address;
  return Result::none();
}

Result read_inet(Runtime& rt, Value v, const char* function, SocketAddress& out) {
  const Tuple* parts = as<Tuple>(v);
  if (parts == nullptr) {
    return raise(rt, TypeId::TypeError, "%s(): AF_INET address must be tuple, not %.500s", function,
                 type_name(rt, v));
  }
  if (parts->size != 2) {
    return raise(rt, TypeId::TypeError, "%s(): AF_INET address must be a pair (host, port)", function);
  }
  std::string host;
  u16 port;
  TRY(host_argument(rt, parts->items[0], host));
  TRY(port_argument(rt, parts->items[1], function, port));
  auto& inet = as_system<sockaddr_in>(out);
  if (host.empty()) {
    inet.sin_addr.s_addr = INADDR_ANY;
  } else if (host == "<broadcast>" || host == "255.255.255.255") {
    inet.sin_addr.s_addr = INADDR_BROADCAST;
  } else if (inet_pton(AF_INET, host.c_str(), &inet.sin_addr) != 1) {
    TRY(look_up(rt, host, AF_INET, out));
  }
  auto& filled = as_system<sockaddr_in>(out);
  filled.sin_family = AF_INET;
  filled.sin_port = port;
  return Result::none();
}

Result read_inet6(Runtime& rt, Value v, const char* function, SocketAddress& out) {
  const Tuple* parts = as<Tuple>(v);
  if (parts == nullptr) {
    return raise(rt, TypeId::TypeError, "%s(): AF_INET6 address must be tuple, not %.500s", function,
                 type_name(rt, v));
  }
  if (parts->size < 2 || parts->size > 4) {
    return raise(rt, TypeId::TypeError,
                 "%s(): AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])", function);
  }
  std::string host;
  u16 port;
  i64 flow = 0, scope = 0;
  TRY(host_argument(rt, parts->items[0], host));
  TRY(port_argument(rt, parts->items[1], function, port));
  if (parts->size > 2) TRY(size_argument(rt, parts->items[2], 0, flow));
  if (parts->size > 3) TRY(size_argument(rt, parts->items[3], 0, scope));
  if (flow < 0 || flow > 0xFFFFF) {
    return raise(rt, TypeId::OverflowError, "%s(): flowinfo must be 0-1048575.", function);
  }
  auto& inet = as_system<sockaddr_in6>(out);
  if (host.empty()) {
    inet.sin6_addr = in6addr_any;
  } else if (inet_pton(AF_INET6, host.c_str(), &inet.sin6_addr) != 1) {
    TRY(look_up(rt, host, AF_INET6, out));
  }
  auto& filled = as_system<sockaddr_in6>(out);
  filled.sin6_family = AF_INET6;
  filled.sin6_port = port;
  filled.sin6_flowinfo = htonl(static_cast<u32>(flow));
  filled.sin6_scope_id = static_cast<u32>(scope);
  return Result::none();
}

// A path, or a name that begins with a null byte and has no file.
Result read_unix(Runtime& rt, Value v, const char* function, SocketAddress& out) {
  std::string path;
  std::string_view bytes;
  if (is_str(v) && (to<Str>(v)->length == 0 || to<Str>(v)->at(0) != 0)) {
    TRY(os_path_bytes(rt, v, path));
  } else if (is_str(v)) {
    TRY(text_argument(rt, v, function, "1", path));
  } else if (bytes_like(v, bytes)) {
    path = bytes;
  } else {
    return raise(rt, TypeId::TypeError, "a bytes-like object is required, not '%.100s'", type_name(rt, v));
  }
  auto& local = as_system<sockaddr_un>(out);
  bool abstract = !path.empty() && path[0] == '\0';
  if (path.size() + !abstract > sizeof local.sun_path) {
    return raise(rt, TypeId::OSError, "AF_UNIX path too long");
  }
  local.sun_family = AF_UNIX;
  std::memcpy(local.sun_path, path.data(), path.size());
  if (!abstract) local.sun_path[path.size()] = '\0';
  out.length = static_cast<u32>(offsetof(sockaddr_un, sun_path) + path.size() + !abstract);
  return Result::none();
}

Value write_unix(Runtime& rt, const SocketAddress& address) {
  const auto& local = as_system<sockaddr_un>(address);
  size_t size = address.length - offsetof(sockaddr_un, sun_path);
  if (address.length <= offsetof(sockaddr_un, sun_path)) return Value::from(rt.names.empty);
  if (local.sun_path[0] == '\0') return Value::from(new_bytes(rt, {local.sun_path, size}));
  return Value::from(os_path_text(rt, {local.sun_path, strnlen(local.sun_path, size)}));
}

Value host_text(Runtime& rt, int family, const void* packed) {
  char text[INET6_ADDRSTRLEN] = {};
  inet_ntop(family, packed, text, sizeof text);
  return Value::from(new_str(rt, text));
}

Value write_inet(Runtime& rt, const SocketAddress& address) {
  if (as_system<sockaddr>(address).sa_family == AF_INET) {
    const auto& inet = as_system<sockaddr_in>(address);
    Value pair[] = {host_text(rt, AF_INET, &inet.sin_addr), Value::from_int(ntohs(inet.sin_port))};
    return Value::from(new_tuple_from(rt, pair, 2));
  }
  const auto& inet = as_system<sockaddr_in6>(address);
  Value parts[] = {host_text(rt, AF_INET6, &inet.sin6_addr), Value::from_int(ntohs(inet.sin6_port)),
                   Value::from_int(ntohl(inet.sin6_flowinfo)), Value::from_int(inet.sin6_scope_id)};
  return Value::from(new_tuple_from(rt, parts, 4));
}

// A service: None, a name or a number.
Result service_argument(Runtime& rt, Value v, std::string& out) {
  out.clear();
  if (v.is_none()) return Result::none();
  i64 port;
  if (is_int_like(v)) {
    TRY(size_argument(rt, v, 0, port));
    out = std::to_string(port);
    return Result::none();
  }
  if (!is_str(v) && !is_bytes(v)) return raise(rt, TypeId::OSError, "Int or String expected");
  return host_argument(rt, v, out);
}

}  // namespace

Result raise_resolver_error(Runtime& rt, int code) {
  if (code == EAI_SYSTEM) return raise_os_error(rt, errno, Value::none());
  Type* type = module_class(rt, "_net", "gaierror");
  Value parts[] = {Value::from_int(code), Value::from(new_str(rt, gai_strerror(code)))};
  if (type == nullptr) type = rt.type(TypeId::OSError);
  Exception* e = new_exception_of(rt, type, new_tuple_from(rt, parts, 2));
  TRY(init_exception(rt, *e));
  return raise_value(rt, Value::from(e));
}

Result read_address(Runtime& rt, int family, Value v, const char* function, SocketAddress& out) {
  switch (family) {
    case AF_INET:
      return read_inet(rt, v, function, out);
    case AF_INET6:
      return read_inet6(rt, v, function, out);
    case AF_UNIX:
      return read_unix(rt, v, function, out);
    default:
      return raise(rt, TypeId::OSError, "%s(): bad family", function);
  }
}

Value write_address(Runtime& rt, const SocketAddress& address) {
  if (address.length == 0) return Value::none();
  switch (as_system<sockaddr>(address).sa_family) {
    case AF_INET:
    case AF_INET6:
      return write_inet(rt, address);
    case AF_UNIX:
      return write_unix(rt, address);
    default:
      return Value::none();
  }
}

// host, port, family, type, proto, flags.
Result net_getaddrinfo(Runtime& rt, Frame& f) {
  std::string host, service;
  int family, type, protocol, flags;
  if (!f[0].is_none() && !is_str(f[0]) && !is_bytes(f[0])) {
    return raise(rt, TypeId::TypeError, "getaddrinfo() argument 1 must be string or None");
  }
  TRY(host_argument(rt, f[0], host));
  TRY(service_argument(rt, f[1], service));
  TRY(int_argument(rt, f[2], 0, family));
  TRY(int_argument(rt, f[3], 0, type));
  TRY(int_argument(rt, f[4], 0, protocol));
  TRY(int_argument(rt, f[5], 0, flags));
  std::vector<ResolvedAddress> found;
  int code =
      rt.host->resolve(f[0].is_none() ? nullptr : host.c_str(), f[1].is_none() ? nullptr : service.c_str(),
                       family, type, protocol, flags, found);
  if (code != 0) return raise_resolver_error(rt, code);
  List* list = new_list(rt, found.size());
  for (const ResolvedAddress& entry : found) {
    Value parts[] = {Value::from_int(entry.family), Value::from_int(entry.type),
                     Value::from_int(entry.protocol), Value::from(new_str(rt, entry.canonical)),
                     write_address(rt, entry.address)};
    list_append(rt, *list, Value::from(new_tuple_from(rt, parts, 5)));
  }
  return Value::from(list);
}

// address, flags.
Result net_getnameinfo(Runtime& rt, Frame& f) {
  int flags;
  TRY(int_argument(rt, f[1], 0, flags));
  const Tuple* parts = as<Tuple>(f[0]);
  if (parts == nullptr) {
    return raise(rt, TypeId::TypeError, "getnameinfo() argument 1 must be tuple, not %.50s",
                 type_name(rt, f[0]));
  }
  SocketAddress address;
  bool six = parts->size > 2 || (parts->size > 0 && is_str(parts->items[0]) &&
                                 str_contains(to<Str>(parts->items[0]), intern(rt, ":")));
  TRY(read_address(rt, six ? AF_INET6 : AF_INET, f[0], "getnameinfo", address));
  std::string host, service;
  int code = rt.host->name_of(address, flags, host, service);
  if (code != 0) return raise_resolver_error(rt, code);
  Value pair[] = {Value::from(new_str(rt, host)), Value::from(new_str(rt, service))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// family, text.
Result net_inet_pton(Runtime& rt, Frame& f) {
  int family;
  std::string text;
  TRY(int_argument(rt, f[0], AF_INET, family));
  TRY(text_argument(rt, f[1], "inet_pton", "2", text));
  if (family != AF_INET && family != AF_INET6) return raise_os_error(rt, EAFNOSUPPORT, Value::none());
  char packed[16];
  if (inet_pton(family, text.c_str(), packed) != 1) {
    return raise(rt, TypeId::OSError, "illegal IP address string passed to inet_pton");
  }
  return Value::from(new_bytes(rt, {packed, family == AF_INET ? size_t{4} : size_t{16}}));
}

// family, packed.
Result net_inet_ntop(Runtime& rt, Frame& f) {
  int family;
  std::string_view packed;
  TRY(int_argument(rt, f[0], AF_INET, family));
  TRY(require_bytes_like(rt, f[1], packed));
  if (family != AF_INET && family != AF_INET6) {
    return raise(rt, TypeId::ValueError, "unknown address family %d", family);
  }
  if (packed.size() != (family == AF_INET ? 4 : 16)) {
    return raise(rt, TypeId::ValueError, "invalid length of packed IP address string");
  }
  return host_text(rt, family, packed.data());
}

}  // namespace lisle::rt
