// The module fcntl: control of descriptors and locks of files.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "runtime/host.h"
#include "runtime/modules/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr size_t kMaxArgument = 1024;

Result number_or_error(Runtime& rt, int outcome) {
  return outcome < 0 ? raise_os_error(rt, -outcome, Value::none()) : Result(Value::from_int(outcome));
}
Result none_or_error(Runtime& rt, int outcome) {
  return outcome < 0 ? raise_os_error(rt, -outcome, Value::none()) : Result::none();
}

// fd, cmd, arg: an int, or bytes that the call may change, which then come back.
Result control(Runtime& rt, Frame& f) {
  int fd, command;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], 0, command));
  std::string_view bytes;
  if (!f[2].is_unbound() && !is_int_like(f[2])) {
    TRY(require_bytes_like(rt, f[2], bytes));
    if (bytes.size() > kMaxArgument) return raise(rt, TypeId::ValueError, "fcntl string arg too long");
    char buffer[kMaxArgument] = {};
    std::memcpy(buffer, bytes.data(), bytes.size());
    int outcome = rt.host->control_bytes(fd, command, buffer);
    if (outcome < 0) return raise_os_error(rt, -outcome, Value::none());
    return Value::from(new_bytes(rt, {buffer, bytes.size()}));
  }
  i64 argument;
  TRY(size_argument(rt, f[2], 0, argument));
  return number_or_error(rt, rt.host->control(fd, command, argument));
}

// fd, request, arg, mutate_flag.
Result device_control(Runtime& rt, Frame& f) {
  int fd;
  TRY(descriptor_argument(rt, f[0], fd));
  i64 request, number = 0;
  TRY(size_argument(rt, f[1], 0, request));
  auto code = static_cast<u64>(static_cast<u32>(request));
  if (f[2].is_unbound() || is_int_like(f[2])) {
    TRY(size_argument(rt, f[2], 0, number));
    return number_or_error(rt, rt.host->device_control(fd, code, reinterpret_cast<void*>(number)));
  }
  u8* data;
  u64 size;
  std::string_view bytes;
  bool in_place = !f[3].is_false() && writable_bytes(f[2], data, size) && size <= kMaxArgument;
  TRY(require_bytes_like(rt, f[2], bytes));
  if (bytes.size() > kMaxArgument) return raise(rt, TypeId::ValueError, "ioctl string arg too long");
  char buffer[kMaxArgument] = {};
  std::memcpy(buffer, bytes.data(), bytes.size());
  int outcome = rt.host->device_control(fd, code, buffer);
  if (outcome < 0) return raise_os_error(rt, -outcome, Value::none());
  if (in_place) {
    std::memcpy(data, buffer, size);
    return Value::from_int(outcome);
  }
  return Value::from(new_bytes(rt, {buffer, bytes.size()}));
}

Result lock_whole(Runtime& rt, Frame& f) {
  int fd, operation;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], 0, operation));
  return none_or_error(rt, rt.host->lock_file(fd, operation));
}

// fd, cmd, len, start, whence.
Result lock_range(Runtime& rt, Frame& f) {
  int fd, operation, whence;
  i64 length, start;
  TRY(descriptor_argument(rt, f[0], fd));
  TRY(int_argument(rt, f[1], 0, operation));
  TRY(size_argument(rt, f[2], 0, length));
  TRY(size_argument(rt, f[3], 0, start));
  TRY(int_argument(rt, f[4], 0, whence));
  struct ::flock range {};
  range.l_type = operation & LOCK_UN ? F_UNLCK : operation & LOCK_SH ? F_RDLCK : F_WRLCK;
  if (!(operation & (LOCK_UN | LOCK_SH | LOCK_EX))) {
    return raise(rt, TypeId::ValueError, "unrecognized lockf argument");
  }
  range.l_start = start;
  range.l_len = length;
  range.l_whence = static_cast<short>(whence);
  return none_or_error(rt, rt.host->control_bytes(fd, operation & LOCK_NB ? F_SETLK : F_SETLKW, &range));
}

constexpr NativeSpec kFunctions[] = {
    {"fcntl", with_descriptor<0, control>, "(fd, cmd, arg=0, /)", "Control a descriptor.", 3},
    {"ioctl", with_descriptor<0, device_control>, "(fd, request, arg=0, mutate_flag=True, /)",
     "Control a device.", 4},
    {"flock", with_descriptor<0, lock_whole>, "(fd, operation, /)", "Lock a whole file.", 2},
    {"lockf", with_descriptor<0, lock_range>, "(fd, cmd, len=0, start=0, whence=0, /)",
     "Lock a part of a file.", 5},
};

struct Constant {
  const char* name;
  i64 value;
};
#define CONSTANT(name) \
  { #name, name }
constexpr Constant kConstants[] = {
    CONSTANT(LOCK_SH),      CONSTANT(LOCK_EX),    CONSTANT(LOCK_NB),         CONSTANT(LOCK_UN),
    CONSTANT(F_DUPFD),      CONSTANT(F_GETFD),    CONSTANT(F_SETFD),         CONSTANT(F_GETFL),
    CONSTANT(F_SETFL),      CONSTANT(F_GETLK),    CONSTANT(F_SETLK),         CONSTANT(F_SETLKW),
    CONSTANT(F_GETOWN),     CONSTANT(F_SETOWN),   CONSTANT(F_RDLCK),         CONSTANT(F_WRLCK),
    CONSTANT(F_UNLCK),      CONSTANT(FD_CLOEXEC), {"F_DUPFD_CLOEXEC", 1030}, {"F_SETPIPE_SZ", 1031},
    {"F_GETPIPE_SZ", 1032}, {"FASYNC", O_ASYNC},
};
#undef CONSTANT

void set_up(Runtime& rt, Module& module) {
  for (const Constant& c : kConstants) module_set(rt, module, c.name, Value::from_int(c.value));
}

}  // namespace

extern const ModuleSpec kFcntlModule;
const ModuleSpec kFcntlModule = {"fcntl", "Control of descriptors.", kFunctions, set_up};

}  // namespace lisle::rt
