// The one door through which anything enters that two runs of a program need not have in common: clocks,
// entropy, the environment, files, processes, signals. Natives never call the system by other ways, so that
// what passes here can be recorded, replayed and simulated.
//
// Calls that can fail return a negative error number (-ENOENT) and never set errno for the caller. Paths are
// bytes.
#pragma once
#include <sys/stat.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/support/base.h"

struct rusage;
struct statvfs;

namespace lisle::rt {

enum class Clock : u8 { kWall, kMonotonic, kProcess, kThread };

// A point in local or universal calendar time, fields as in struct tm but with the full year and month
// from 1.
struct CalendarTime {
  i64 year;
  i32 month, day, hour, minute, second;
  i32 weekday;   // 0 is Monday
  i32 year_day;  // from 1
  i32 daylight;  // 1, 0, or -1 when unknown
  i32 offset;    // seconds east of UTC
  char zone[32];
};

// What poll() is asked about one descriptor, and what it found: bits as of poll(2).
struct FileInterest {
  int fd;
  short wanted, found;
};

// The address of a socket as the system has it; its length is zero when there is none.
struct SocketAddress {
  u32 length = 0;
  alignas(8) u8 bytes[128] = {};
};

struct ResolvedAddress {
  int family, type, protocol;
  std::string canonical;
  SocketAddress address;
};

// A program to start. Descriptors are -1 where there is none.
struct SpawnRequest {
  std::vector<std::string> executables;  // tried one after the other
  std::vector<std::string> arguments;
  std::vector<std::string> environment;  // "NAME=value"
  bool own_environment = false;          // else the process's own
  std::string folder;                    // empty: stays where it is
  int standard[3] = {-1, -1, -1};        // what becomes its descriptors 0, 1 and 2
  std::vector<int> parent_ends;          // closed in the child
  std::vector<int> kept;                 // left open in the child when close_others
  bool close_others = false, restore_signals = false, new_session = false;
  i64 group = -1, user = -1, group_id = -1, mask = -1;
  int error_end = -1;  // where the child says "OSError:HEX:" with the error number when it cannot start
};

// What a signal does. kInterrupt: asks for KeyboardInterrupt; kNote: is kept in Host::arrived for a handler
// of the program.
enum class SignalAction : u8 { kDefault, kIgnore, kInterrupt, kNote };

inline constexpr int kLastSignal = 64;
constexpr u64 signal_bit(int signal) {
  return u64{1} << (signal - 1);
}

// What is known of a signal that was waited for: the fields of siginfo_t.
struct SignalInfo {
  i64 signal, code, error, process, user, status, band;
};

struct DirectoryEntry {
  std::string name;
  u8 type;  // DT_REG and its relatives, DT_UNKNOWN when the file system does not say
  u64 inode;
};

struct Host {
  virtual ~Host() = default;

  // Set by SIGINT; whoever acts on it clears it. Lives here so that a replayed run can set it as well.
  std::atomic<bool> interrupt_requested{false};
  // Signals that have come and that the program handles, by signal_bit(); whoever runs its handlers clears
  // them.
  std::atomic<u64> arrived{0};
  // Each signal writes its number there; -1: nowhere.
  std::atomic<int> wakeup_descriptor{-1};
  // Where a signal handler pokes the running thread: the tick count is set to zero so that the next safepoint
  // looks.
  // Of the image that this process resumed, while it is compared with its sums; no part of the program. -1:
  // none.
  int image_descriptor = -1;
  std::atomic<i64*> ticks{nullptr};

  // Added to the monotonic clock: a program that was saved sees no jump when it goes on in another process.
  i64 monotonic_offset = 0;

  // --- time
  virtual i64 now_ns(Clock clock) = 0;
  virtual i64 resolution_ns(Clock clock) = 0;
  // Sleeps at most that long; returns early (with -EINTR) when a signal arrived.
  virtual int sleep_ns(i64 duration) = 0;
  virtual bool calendar(i64 seconds, bool local, CalendarTime& out) = 0;
  // Seconds since the epoch of a local time; false when it cannot be represented.
  virtual bool from_local(const CalendarTime& when, i64& seconds) = 0;
  // Names and offsets of the local time zone: standard and daylight, seconds WEST of UTC as in Python's time
  // module.
  virtual void zone_names(std::string names[2], i64 west[2], bool& has_daylight) = 0;

  // --- entropy and identity
  virtual void entropy(void* bytes, size_t count) = 0;
  virtual i64 process_id() = 0;

  // --- environment
  virtual std::vector<std::string> environment() = 0;  // "NAME=value"
  virtual const char* variable(
      const char* name) = 0;  // null when not set; valid until the environment changes
  virtual int set_variable(const char* name, const char* value) = 0;  // null unsets

  // --- descriptors
  virtual int open(const char* path, int flags, u32 mode) = 0;
  virtual int close(int fd) = 0;
  virtual i64 read(int fd, void* bytes, size_t count) = 0;
  virtual i64 write(int fd, const void* bytes, size_t count) = 0;
  virtual i64 seek(int fd, i64 offset, int whence) = 0;
  virtual int truncate(int fd, i64 size) = 0;
  virtual i64 read_at(int fd, void* bytes, size_t count, i64 offset) = 0;
  virtual i64 write_at(int fd, const void* bytes, size_t count, i64 offset) = 0;
  virtual bool is_terminal(int fd) = 0;
  virtual bool is_open(int fd) = 0;
  virtual int sync(int fd) = 0;
  // Hints for who writes a large file and syncs it at the end: how large it will be, and that these bytes
  // will not change again, so that the disk is busy meanwhile. Doing nothing is an answer; only a full disk
  // is an error.
  virtual int reserve(int fd, u64 bytes) = 0;
  virtual void start_sync(int fd, u64 offset, u64 bytes) = 0;
  virtual int duplicate(int fd) = 0;
  virtual int duplicate_to(int fd, int target) = 0;
  virtual int pipe(int ends[2]) = 0;
  // Unless the number `fd` is in use, makes it that of a descriptor with which nothing can be done but to
  // close it: reading, writing and waiting say that it is bad.
  virtual void hold_place(int fd) = 0;
  virtual int terminal_size(int fd, int& columns, int& lines) = 0;
  // Shows bytes of a file at `place`, memory that the caller has reserved; what is written there stays
  // private.
  virtual int map(int fd, i64 offset, void* place, size_t count) = 0;
  // A file that lies in memory alone and is gone when it is closed.
  virtual int memory_file(const char* name) = 0;
  virtual u64 physical_memory() = 0;  // bytes

  // --- readiness
  // Waits until one of the descriptors is ready, or `nanoseconds` have passed (negative: for ever): how many
  // are ready, 0, or an error (-EINTR when a signal arrived).
  virtual int poll(FileInterest* interests, size_t count, i64 nanoseconds) = 0;

  // --- sockets and descriptors, see socket(7), fcntl(2), ioctl(2)
  virtual int socket(int family, int type, int protocol) = 0;
  virtual int socket_pair(int family, int type, int protocol, int ends[2]) = 0;
  virtual int bind(int fd, const SocketAddress& address) = 0;
  virtual int listen(int fd, int backlog) = 0;
  virtual int accept(int fd, SocketAddress& peer) = 0;
  virtual int connect(int fd, const SocketAddress& address) = 0;
  virtual i64 send(int fd, const void* bytes, size_t count, int flags, const SocketAddress* to) = 0;
  virtual i64 receive(int fd, void* bytes, size_t count, int flags, SocketAddress* from) = 0;
  virtual int socket_name(int fd, bool peer, SocketAddress& out) = 0;
  virtual int set_socket_option(int fd, int level, int name, const void* value, u32 size) = 0;
  virtual int socket_option(int fd, int level, int name, void* value, u32& size) = 0;
  virtual int shut_down(int fd, int how) = 0;
  virtual int host_name(std::string& out) = 0;
  // 0, or a number of the EAI_ family.
  virtual int resolve(const char* host, const char* service, int family, int type, int protocol, int flags,
                      std::vector<ResolvedAddress>& out) = 0;
  virtual int name_of(const SocketAddress& address, int flags, std::string& host, std::string& service) = 0;
  virtual int control(int fd, int command, i64 argument) = 0;
  virtual int control_bytes(int fd, int command, void* argument) = 0;
  virtual int device_control(int fd, u64 request, void* argument) = 0;
  virtual int lock_file(int fd, int operation) = 0;

  // --- file system
  virtual int stat(const char* path, bool follow, struct ::stat& out) = 0;
  virtual int stat_descriptor(int fd, struct ::stat& out) = 0;
  virtual int list_directory(const char* path, std::vector<DirectoryEntry>& out) = 0;
  virtual int make_directory(const char* path, u32 mode) = 0;
  virtual int remove_directory(const char* path) = 0;
  virtual int unlink(const char* path) = 0;
  virtual int rename(const char* from, const char* to) = 0;
  virtual int link(const char* from, const char* to) = 0;
  virtual int symlink(const char* target, const char* path) = 0;
  virtual int read_link(const char* path, std::string& out) = 0;
  virtual int access(const char* path, int mode) = 0;
  virtual int change_mode(const char* path, u32 mode) = 0;
  virtual int set_times(const char* path, const i64* access_modify_ns) = 0;  // null: now
  // A null path: the file that is open as `fd`. A user or group of -1 stays what it is.
  virtual int change_owner(const char* path, int fd, bool follow, i64 user, i64 group) = 0;
  virtual int file_system(const char* path, int fd, struct ::statvfs& out) = 0;
  virtual int make_fifo(const char* path, u32 mode) = 0;
  virtual int change_directory(const char* path) = 0;
  virtual int current_directory(std::string& out) = 0;
  virtual int real_path(const char* path, std::string& out) = 0;

  // --- signals
  virtual int set_signal(int signal, SignalAction action) = 0;
  virtual int signal_action(int signal, SignalAction& action) = 0;
  // setitimer(2) with `set_ns`, the first expiry and the period, or getitimer(2) when that is null. What was
  // left and the period are in `left_ns`.
  virtual int interval_timer(int which, const i64* set_ns, i64 left_ns[2]) = 0;
  // pthread_sigmask(3), sigpending(2) and sigtimedwait(2), the latter for ever when the time is negative.
  virtual int signal_mask(int how, u64 signals, u64& before) = 0;
  virtual u64 pending_signals() = 0;
  virtual int wait_signal(u64 signals, i64 nanoseconds, SignalInfo& info) = 0;

  // --- processes
  virtual int kill(i64 process, int signal) = 0;
  virtual int system(const char* command) = 0;  // wait status
  // The id of a new process, or an error. What goes wrong in the child is written to error_end.
  virtual i64 spawn(const SpawnRequest& request) = 0;
  // The same without a new process: comes back only when it failed, after having said so.
  virtual void become(const SpawnRequest& request) = 0;
  virtual i64 fork() = 0;
  virtual int execute(const char* path, const std::vector<std::string>& arguments,
                      const std::vector<std::string>* environment) = 0;
  // waitpid(2): the process that has ended, 0 when none has (WNOHANG), or an error.
  virtual i64 wait_process(i64 process, int options, int& status) = 0;
  // A descriptor that is readable once the process has ended.
  virtual int process_descriptor(i64 process) = 0;
  virtual i64 process_group(i64 process) = 0;
  virtual int set_process_group(i64 process, i64 group) = 0;
  virtual i64 new_session() = 0;
  virtual u32 set_mask(u32 mask) = 0;
  virtual int priority(int which, i64 who, int& out) = 0;
  virtual int set_priority(int which, i64 who, int priority) = 0;
  // The soft and the hard limit that a process (0: this one) had; `set` replaces them unless it is null.
  virtual int limits(i64 process, int resource, const u64* set, u64 before[2]) = 0;
  virtual int usage(int who, struct ::rusage& out) = 0;
  [[noreturn]] virtual void exit_now(int status) = 0;

  // The whole content of a file; 0 or a negative error number.
  int read_file(const char* path, std::string& out);
  // Writes the file aside and renames it into place, so that nobody ever sees half of it.
  int write_file_atomically(const std::string& path, std::string_view bytes);
};

// The machine we run on.
std::unique_ptr<Host> new_real_host();
// The same with simulated clocks and entropy: two runs with one seed see the same.
std::unique_ptr<Host> new_seeded_host(u64 seed);

// Makes SIGINT ask `host` for an interrupt, and SIGPIPE an error of the write that caused it. A process has
// one set of handlers: the last host that asked gets the signals; null gives them back.
void install_signal_handlers(Host* host);

}  // namespace lisle::rt
