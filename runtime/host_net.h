// The part of the real host that deals with sockets, descriptors and child processes; see host.h.
#pragma once
#include "runtime/host.h"

namespace lisle::rt {

struct NetHost : Host {
  void hold_place(int fd) override;
  int poll(FileInterest* interests, size_t count, i64 nanoseconds) override;
  int socket(int family, int type, int protocol) override;
  int socket_pair(int family, int type, int protocol, int ends[2]) override;
  int bind(int fd, const SocketAddress& address) override;
  int listen(int fd, int backlog) override;
  int accept(int fd, SocketAddress& peer) override;
  int connect(int fd, const SocketAddress& address) override;
  i64 send(int fd, const void* bytes, size_t count, int flags, const SocketAddress* to) override;
  i64 receive(int fd, void* bytes, size_t count, int flags, SocketAddress* from) override;
  int socket_name(int fd, bool peer, SocketAddress& out) override;
  int set_socket_option(int fd, int level, int name, const void* value, u32 size) override;
  int socket_option(int fd, int level, int name, void* value, u32& size) override;
  int shut_down(int fd, int how) override;
  int host_name(std::string& out) override;
  int resolve(const char* host, const char* service, int family, int type, int protocol, int flags,
              std::vector<ResolvedAddress>& out) override;
  int name_of(const SocketAddress& address, int flags, std::string& host, std::string& service) override;
  int control(int fd, int command, i64 argument) override;
  int control_bytes(int fd, int command, void* argument) override;
  int device_control(int fd, u64 request, void* argument) override;
  int lock_file(int fd, int operation) override;
  i64 spawn(const SpawnRequest& request) override;
  void become(const SpawnRequest& request) override;
  i64 fork() override;
  int execute(const char* path, const std::vector<std::string>& arguments,
              const std::vector<std::string>* environment) override;
  i64 wait_process(i64 process, int options, int& status) override;
  int process_descriptor(i64 process) override;
  i64 process_group(i64 process) override;
  int set_process_group(i64 process, i64 group) override;
  i64 new_session() override;
  u32 set_mask(u32 mask) override;
};

}  // namespace lisle::rt
