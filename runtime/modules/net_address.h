// Addresses of sockets: between the tuples of the program and what the system has.
#pragma once
#include "runtime/host.h"
#include "runtime/runtime.h"

namespace lisle::rt {

// An address of the program for a socket of `family`; names of hosts are looked up. `function` is for
// messages.
Result read_address(Runtime& rt, int family, Value v, const char* function, SocketAddress& out);
// ("127.0.0.1", 80), a path, ...; None when there is none.
Value write_address(Runtime& rt, const SocketAddress& address);
// socket.gaierror for an error of the resolver.
Result raise_resolver_error(Runtime& rt, int code);

// Functions of the module _net.
Result net_getaddrinfo(Runtime& rt, Frame& f);
Result net_getnameinfo(Runtime& rt, Frame& f);
Result net_inet_pton(Runtime& rt, Frame& f);
Result net_inet_ntop(Runtime& rt, Frame& f);

}  // namespace lisle::rt
