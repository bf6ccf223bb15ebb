// The real host: system calls of the machine, with errors as negative numbers. Nothing here knows the
// language.
#include "runtime/host.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "runtime/host_signals.h"

extern char** environ;

namespace lisle::rt {
namespace {

template <class T>
T checked(T outcome) {
  return outcome < 0 ? static_cast<T>(-errno) : outcome;
}

clockid_t clock_id(Clock clock) {
  switch (clock) {
    case Clock::kWall:
      return CLOCK_REALTIME;
    case Clock::kMonotonic:
      return CLOCK_MONOTONIC;
    case Clock::kProcess:
      return CLOCK_PROCESS_CPUTIME_ID;
    case Clock::kThread:
      return CLOCK_THREAD_CPUTIME_ID;
  }
  return CLOCK_REALTIME;
}

class RealHost : public SignalHost {
 public:
  i64 now_ns(Clock clock) override {
    timespec t{};
    clock_gettime(clock_id(clock), &t);
    const i64 offset = clock == Clock::kMonotonic ? monotonic_offset : 0;
    return t.tv_sec * 1'000'000'000 + t.tv_nsec + offset;
  }
  i64 resolution_ns(Clock clock) override {
    timespec t{};
    clock_getres(clock_id(clock), &t);
    return t.tv_sec * 1'000'000'000 + t.tv_nsec;
  }
  int sleep_ns(i64 duration) override {
    timespec t{duration / 1'000'000'000, duration % 1'000'000'000};
    return -clock_nanosleep(CLOCK_MONOTONIC, 0, &t, nullptr);
  }
  bool calendar(i64 seconds, bool local, CalendarTime& out) override {
    time_t when = seconds;
    tm parts{};
    if (!(local ? localtime_r(&when, &parts) : gmtime_r(&when, &parts))) return false;
    out = {};
    out.year = i64{parts.tm_year} + 1900;
    out.month = parts.tm_mon + 1;
    out.day = parts.tm_mday;
    out.hour = parts.tm_hour;
    out.minute = parts.tm_min;
    out.second = parts.tm_sec;
    out.weekday = (parts.tm_wday + 6) % 7;
    out.year_day = parts.tm_yday + 1;
    out.daylight = parts.tm_isdst;
    out.offset = static_cast<i32>(parts.tm_gmtoff);
    const std::string_view zone = local ? parts.tm_zone : "UTC";
    zone.copy(out.zone, sizeof out.zone - 1);
    return true;
  }
  bool from_local(const CalendarTime& when, i64& seconds) override {
    tm parts{};
    parts.tm_year = static_cast<int>(when.year - 1900);
    parts.tm_mon = when.month - 1;
    parts.tm_mday = when.day;
    parts.tm_hour = when.hour;
    parts.tm_min = when.minute;
    parts.tm_sec = when.second;
    parts.tm_isdst = when.daylight;
    parts.tm_wday = -1;
    seconds = mktime(&parts);
    // mktime says -1 both for an error and for the last second of 1969; only success fills in the weekday.
    return seconds != -1 || parts.tm_wday != -1;
  }
  void zone_names(std::string names[2], i64 west[2], bool& has_daylight) override {
    tzset();
    names[0] = tzname[0];
    names[1] = tzname[1];
    has_daylight = daylight != 0;
    west[0] = timezone;
    west[1] = has_daylight ? timezone - 3600 : timezone;
  }

  void entropy(void* bytes, size_t count) override {
    auto* p = static_cast<char*>(bytes);
    while (count) {
      ssize_t got = getrandom(p, count, 0);
      if (got <= 0) continue;
      p += got;
      count -= static_cast<size_t>(got);
    }
  }
  i64 process_id() override { return getpid(); }

  std::vector<std::string> environment() override {
    std::vector<std::string> out;
    for (char** p = environ; p && *p; ++p) out.emplace_back(*p);
    return out;
  }
  const char* variable(const char* name) override { return getenv(name); }
  int set_variable(const char* name, const char* value) override {
    return checked(value ? setenv(name, value, 1) : unsetenv(name));
  }

  int open(const char* path, int flags, u32 mode) override {
    return checked(::open(path, flags | O_CLOEXEC, mode));
  }
  int close(int fd) override { return checked(::close(fd)); }
  i64 read(int fd, void* bytes, size_t count) override { return checked(::read(fd, bytes, count)); }
  i64 write(int fd, const void* bytes, size_t count) override { return checked(::write(fd, bytes, count)); }
  i64 seek(int fd, i64 offset, int whence) override { return checked(::lseek(fd, offset, whence)); }
  int truncate(int fd, i64 size) override { return checked(::ftruncate(fd, size)); }
  i64 read_at(int fd, void* bytes, size_t count, i64 offset) override {
    return checked(i64{::pread(fd, bytes, count, offset)});
  }
  i64 write_at(int fd, const void* bytes, size_t count, i64 offset) override {
    return checked(i64{::pwrite(fd, bytes, count, offset)});
  }
  int change_owner(const char* path, int fd, bool follow, i64 user, i64 group) override {
    auto uid = static_cast<uid_t>(user);
    auto gid = static_cast<gid_t>(group);
    if (!path) return checked(::fchown(fd, uid, gid));
    return checked(follow ? ::chown(path, uid, gid) : ::lchown(path, uid, gid));
  }
  int file_system(const char* path, int fd, struct ::statvfs& out) override {
    return checked(path ? ::statvfs(path, &out) : ::fstatvfs(fd, &out));
  }
  int make_fifo(const char* path, u32 mode) override { return checked(::mkfifo(path, mode)); }
  int priority(int which, i64 who, int& out) override {
    // -1 is a priority as well as the sign of an error.
    errno = 0;
    out = ::getpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who));
    return -errno;
  }
  int set_priority(int which, i64 who, int priority) override {
    return checked(::setpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who), priority));
  }
  int limits(i64 process, int resource, const u64* set, u64 before[2]) override {
    struct ::rlimit wanted {
    }, old{};
    if (set) wanted = {set[0], set[1]};
    int outcome = checked(::prlimit(static_cast<pid_t>(process), static_cast<__rlimit_resource>(resource),
                                    set ? &wanted : nullptr, &old));
    before[0] = old.rlim_cur;
    before[1] = old.rlim_max;
    return outcome;
  }
  int usage(int who, struct ::rusage& out) override {
    return checked(::getrusage(static_cast<__rusage_who_t>(who), &out));
  }
  bool is_terminal(int fd) override { return ::isatty(fd) == 1; }
  bool is_open(int fd) override { return ::fcntl(fd, F_GETFD) >= 0; }
  int sync(int fd) override { return checked(::fsync(fd)); }
  int reserve(int fd, u64 bytes) override {
    const int done = ::fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(bytes));
    return done < 0 && errno == ENOSPC ? -ENOSPC : 0;
  }
  void start_sync(int fd, u64 offset, u64 bytes) override {
    ::sync_file_range(fd, static_cast<off_t>(offset), static_cast<off_t>(bytes), SYNC_FILE_RANGE_WRITE);
  }
  int duplicate(int fd) override { return checked(::fcntl(fd, F_DUPFD_CLOEXEC, 0)); }
  int duplicate_to(int fd, int target) override { return checked(::dup2(fd, target)); }
  int pipe(int ends[2]) override { return checked(::pipe2(ends, O_CLOEXEC)); }
  int terminal_size(int fd, int& columns, int& lines) override {
    winsize size{};
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -errno;
    columns = size.ws_col;
    lines = size.ws_row;
    return 0;
  }
  int map(int fd, i64 offset, void* place, size_t count) override {
    void* mapped =
        mmap(place, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, fd, offset);
    return mapped == MAP_FAILED ? -errno : 0;
  }
  int memory_file(const char* name) override { return checked(::memfd_create(name, MFD_CLOEXEC)); }
  u64 physical_memory() override {
    return static_cast<u64>(::sysconf(_SC_PHYS_PAGES)) * static_cast<u64>(::sysconf(_SC_PAGESIZE));
  }

  int stat(const char* path, bool follow, struct ::stat& out) override {
    return checked(follow ? ::stat(path, &out) : ::lstat(path, &out));
  }
  int stat_descriptor(int fd, struct ::stat& out) override { return checked(::fstat(fd, &out)); }
  int list_directory(const char* path, std::vector<DirectoryEntry>& out) override {
    DIR* directory = opendir(path);
    if (!directory) return -errno;
    while (dirent* entry = readdir(directory)) {
      std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      out.push_back({std::string(name), entry->d_type, entry->d_ino});
    }
    closedir(directory);
    return 0;
  }
  int make_directory(const char* path, u32 mode) override { return checked(::mkdir(path, mode)); }
  int remove_directory(const char* path) override { return checked(::rmdir(path)); }
  int unlink(const char* path) override { return checked(::unlink(path)); }
  int rename(const char* from, const char* to) override { return checked(::rename(from, to)); }
  int link(const char* from, const char* to) override { return checked(::link(from, to)); }
  int symlink(const char* target, const char* path) override { return checked(::symlink(target, path)); }
  int read_link(const char* path, std::string& out) override {
    char buffer[4096];
    ssize_t size = ::readlink(path, buffer, sizeof buffer);
    if (size < 0) return -errno;
    out.assign(buffer, static_cast<size_t>(size));
    return 0;
  }
  int access(const char* path, int mode) override { return checked(::access(path, mode)); }
  int change_mode(const char* path, u32 mode) override { return checked(::chmod(path, mode)); }
  int set_times(const char* path, const i64* access_modify_ns) override {
    if (!access_modify_ns) return checked(::utimensat(AT_FDCWD, path, nullptr, 0));
    timespec times[2];
    for (int i = 0; i < 2; ++i) {
      i64 seconds = access_modify_ns[i] / 1'000'000'000, rest = access_modify_ns[i] % 1'000'000'000;
      if (rest < 0) {
        rest += 1'000'000'000;
        --seconds;
      }
      times[i] = {seconds, rest};
    }
    return checked(::utimensat(AT_FDCWD, path, times, 0));
  }
  int change_directory(const char* path) override { return checked(::chdir(path)); }
  int current_directory(std::string& out) override {
    char buffer[4096];
    if (!::getcwd(buffer, sizeof buffer)) return -errno;
    out = buffer;
    return 0;
  }
  int real_path(const char* path, std::string& out) override {
    char* resolved = ::realpath(path, nullptr);
    if (!resolved) return -errno;
    out = resolved;
    ::free(resolved);
    return 0;
  }

  int kill(i64 process, int signal) override { return checked(::kill(static_cast<pid_t>(process), signal)); }
  int system(const char* command) override { return checked(::system(command)); }
  [[noreturn]] void exit_now(int status) override { ::_exit(status); }
};

constexpr i64 kSecond = 1'000'000'000;

// The machine, but for time and entropy, which follow from a seed: a sleep takes no time, and each look at a
// clock a microsecond.
class SeededHost final : public RealHost {
 public:
  // Not the multiplier by which the state goes on: seeds that follow each other would see the same, shifted.
  explicit SeededHost(u64 seed) : state_(seed * 0xD1342543DE82EF95ull + 1) {}

  i64 now_ns(Clock clock) override {
    elapsed_ += 1000;
    return clock == Clock::kWall ? kEpoch + elapsed_ : elapsed_;
  }
  i64 resolution_ns(Clock) override { return 1000; }
  int sleep_ns(i64 duration) override {
    if (duration > 0) elapsed_ += duration;
    return 0;
  }
  // What comes from outside is given a little time to come; then the clock jumps.
  int poll(FileInterest* interests, size_t count, i64 nanoseconds) override {
    constexpr i64 kGrace = 10'000'000;
    i64 truly = nanoseconds < 0 ? -1 : count ? std::min(nanoseconds, kGrace) : 0;
    int ready = RealHost::poll(interests, count, truly);
    if (ready == 0 && nanoseconds > 0) elapsed_ += nanoseconds;
    return ready;
  }
  void entropy(void* bytes, size_t count) override {
    auto* p = static_cast<u8*>(bytes);
    for (size_t i = 0; i < count; ++i) {
      // splitmix64, by Sebastiano Vigna.
      u64 z = state_ += 0x9E3779B97F4A7C15ull;
      z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
      z = (z ^ z >> 27) * 0x94D049BB133111EBull;
      p[i] = static_cast<u8>(z ^ z >> 31);
    }
  }

 private:
  static constexpr i64 kEpoch = 1'700'000'000 * kSecond;
  i64 elapsed_ = kSecond;
  u64 state_;
};

}  // namespace

std::unique_ptr<Host> new_seeded_host(u64 seed) {
  return std::make_unique<SeededHost>(seed);
}

int Host::read_file(const char* path, std::string& out) {
  int fd = open(path, O_RDONLY, 0);
  if (fd < 0) return fd;
  struct ::stat info;
  int failed = stat_descriptor(fd, info);
  if (!failed && S_ISDIR(info.st_mode)) failed = -EISDIR;
  if (failed) {
    close(fd);
    return failed;
  }
  // One byte more than the size lets the read that sees the end come out of the first round.
  size_t size = static_cast<size_t>(info.st_size) + 1, filled = 0;
  out.resize(size);
  for (;;) {
    if (filled == out.size()) out.resize(out.size() * 2);
    i64 got = read(fd, out.data() + filled, out.size() - filled);
    if (got == -EINTR) continue;
    if (got < 0) failed = static_cast<int>(got);
    if (got <= 0) break;
    filled += static_cast<size_t>(got);
  }
  out.resize(filled);
  close(fd);
  return failed;
}

int Host::write_file_atomically(const std::string& path, std::string_view bytes) {
  // A name is no business of the program's: it draws nothing from its entropy.
  u64 nonce = 0;
  while (getrandom(&nonce, sizeof nonce, 0) < 0 && errno == EINTR) continue;
  char suffix[32];
  snprintf(suffix, sizeof suffix, ".%016llx", static_cast<unsigned long long>(nonce));
  std::string aside = path + suffix;
  int fd = open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
  if (fd < 0) return fd;
  int failed = 0;
  while (!bytes.empty()) {
    i64 put = write(fd, bytes.data(), bytes.size());
    if (put == -EINTR) continue;
    if (put < 0) {
      failed = static_cast<int>(put);
      break;
    }
    bytes.remove_prefix(static_cast<size_t>(put));
  }
  int closed = close(fd);
  if (!failed) failed = closed;
  if (!failed) failed = rename(aside.c_str(), path.c_str());
  if (failed) unlink(aside.c_str());
  return failed;
}

std::unique_ptr<Host> new_real_host() {
  return std::make_unique<RealHost>();
}

}  // namespace lisle::rt
