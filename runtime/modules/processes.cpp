// The module _processes: starting programs and waiting for them, for stdlib/posix.py and _posixsubprocess.py.
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/image/image_policy.h"
#include "runtime/modules/arguments.h"
#include "runtime/modules/path.h"
#include "runtime/tasks/readiness.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/bytes.h"
#include "runtime/types/file.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

Result process_error(Runtime& rt, i64 outcome) {
  return raise_os_error(rt, static_cast<int>(-outcome), Value::none());
}

// The names in a list or tuple of str or bytes.
Result names_of(Runtime& rt, Value v, std::vector<std::string>& out) {
  const List* list = as<List>(v);
  const Tuple* tuple = as<Tuple>(v);
  if (list == nullptr && tuple == nullptr) {
    return raise(rt, TypeId::TypeError, "expected tuple or list, got %s", type_name(rt, v));
  }
  u64 size = list != nullptr ? list->size : tuple->size;
  for (u64 i = 0; i < size; ++i) {
    std::string name;
    TRY(os_path_bytes(rt, list != nullptr ? list->items->items[i] : tuple->items[i], name));
    out.push_back(std::move(name));
  }
  return Result::none();
}

Result descriptors_of(Runtime& rt, Value v, std::vector<int>& out) {
  const List* list = as<List>(v);
  const Tuple* tuple = as<Tuple>(v);
  u64 size = list != nullptr ? list->size : tuple != nullptr ? tuple->size : 0;
  for (u64 i = 0; i < size; ++i) {
    int fd;
    TRY(int_argument(rt, list != nullptr ? list->items->items[i] : tuple->items[i], -1, fd));
    out.push_back(fd);
  }
  return Result::none();
}

enum SpawnArgument : u32 {
  kArguments,
  kExecutables,
  kEnvironment,
  kFolder,
  kStandard,
  kParentEnds,
  kKept,
  kCloseOthers,
  kErrorEnd,
  kRestoreSignals,
  kNewSession,
  kGroup,
  kUser,
  kGroupId,
  kMask,
};

Result read_request(Runtime& rt, Frame& f, SpawnRequest& out) {
  TRY(names_of(rt, f[kArguments], out.arguments));
  TRY(names_of(rt, f[kExecutables], out.executables));
  out.own_environment = !f[kEnvironment].is_none();
  if (out.own_environment) TRY(names_of(rt, f[kEnvironment], out.environment));
  if (!f[kFolder].is_none()) TRY(os_path_bytes(rt, f[kFolder], out.folder));
  std::vector<int> standard;
  TRY(descriptors_of(rt, f[kStandard], standard));
  for (size_t i = 0; i < 3 && i < standard.size(); ++i) out.standard[i] = standard[i];
  TRY(descriptors_of(rt, f[kParentEnds], out.parent_ends));
  TRY(descriptors_of(rt, f[kKept], out.kept));
  out.close_others = f[kCloseOthers].is_true();
  TRY(int_argument(rt, f[kErrorEnd], -1, out.error_end));
  out.restore_signals = f[kRestoreSignals].is_true();
  out.new_session = f[kNewSession].is_true();
  TRY(size_argument(rt, f[kGroup], -1, out.group));
  TRY(size_argument(rt, f[kUser], -1, out.user));
  TRY(size_argument(rt, f[kGroupId], -1, out.group_id));
  return size_argument(rt, f[kMask], -1, out.mask);
}

constexpr int kNotStarted = 255;

// Who blocks signals in this process that a child is to have; null: nobody.
const SaveWatch* watch_of(Runtime& rt) {
  return rt.hooks->images ? rt.hooks->images->watch.get() : nullptr;
}

Result spawn(Runtime& rt, Frame& f) {
  SpawnRequest request;
  TRY(read_request(rt, f, request));
  flush_writers(rt);
  i64 child;
  if (const SaveWatch* watch = watch_of(rt)) {
    child = rt.host->fork();
    if (child == 0) {
      watch->leave_child();
      rt.host->become(request);
      rt.host->exit_now(kNotStarted);
    }
  } else {
    child = rt.host->spawn(request);
  }
  return child < 0 ? process_error(rt, child) : new_int(rt, child);
}

Result become(Runtime& rt, Frame& f) {
  SpawnRequest request;
  TRY(read_request(rt, f, request));
  rt.host->become(request);
  return Result::none();
}

Result process_fork(Runtime& rt, Frame&) {
  i64 child = rt.host->fork();
  if (const SaveWatch* watch = child == 0 ? watch_of(rt) : nullptr) watch->leave_child();
  return child < 0 ? process_error(rt, child) : new_int(rt, child);
}

// path, args.
Result process_execv(Runtime& rt, Frame& f) {
  std::string path;
  std::vector<std::string> arguments;
  TRY(os_path_bytes(rt, f[0], path));
  TRY(names_of(rt, f[1], arguments));
  if (arguments.empty()) return raise(rt, TypeId::ValueError, "execv() arg 2 must not be empty");
  return raise_os_error(rt, -rt.host->execute(path.c_str(), arguments, nullptr), f[0]);
}

// path, args, environment as a list of "NAME=value".
Result process_execve(Runtime& rt, Frame& f) {
  std::string path;
  std::vector<std::string> arguments, environment;
  TRY(os_path_bytes(rt, f[0], path));
  TRY(names_of(rt, f[1], arguments));
  TRY(names_of(rt, f[2], environment));
  if (arguments.empty()) return raise(rt, TypeId::ValueError, "execve: argv must not be empty");
  return raise_os_error(rt, -rt.host->execute(path.c_str(), arguments, &environment), f[0]);
}

// One look at a process: (id, status), or unbound when it has not ended.
Result reap(Runtime& rt, i64 process, int options) {
  int status = 0;
  i64 ended = rt.host->wait_process(process, options | WNOHANG, status);
  if (ended < 0) return process_error(rt, ended);
  if (ended == 0 && !(options & WNOHANG)) return Value::unbound();
  Value pair[] = {Value::from_int(ended), Value::from_int(status)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// How often children are looked at that have no descriptor to wait for: any child, or a group of them.
constexpr i64 kReapInterval = 2'000'000;

// Waits without parking, where tasklets cannot be switched.
Result reap_in_place(Runtime& rt, i64 process, int options) {
  int status = 0;
  i64 ended = rt.host->wait_process(process, options, status);
  if (ended < 0) return process_error(rt, ended);
  Value pair[] = {Value::from_int(ended), Value::from_int(status)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// Registers: pid, options, a descriptor of the process. Parks the tasklet until the process has ended.
Result process_waitpid(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  i64 process;
  int options;
  switch (f.step()) {
    case 0:
      TRY(size_argument(rt, f[0], -1, process));
      f[2] = Value::from_int(process > 0 ? rt.host->process_descriptor(process) : -1);
      for (;;) {
        {
          TRY(size_argument(rt, f[0], -1, process));
          TRY(int_argument(rt, f[1], 0, options));
          Result ended = reap(rt, process, options);
          bool parks = ended.is_value() && ended.value().is_unbound();
          if (parks && check_may_switch(rt).is_raised()) {
            (void)take_raised(rt);
            ended = reap_in_place(rt, process, options);
            parks = false;
          }
          if (!parks) {
            if (f[2].as_int() >= 0) rt.host->close(static_cast<int>(f[2].as_int()));
            return ended;
          }
        }
        if (f[2].as_int() < 0) {
          AWAIT_CATCH(1, sleep_until(rt, f, deadline_after(rt, kReapInterval)));
        } else {
          AWAIT_CATCH(2, wait_for_file(rt, f, static_cast<int>(f[2].as_int()), POLLIN, Value::none()));
        }
        if (r.is_raised()) {
          if (f[2].as_int() >= 0) rt.host->close(static_cast<int>(f[2].as_int()));
          return r;
        }
      }
  }
  LISLE_UNREACHABLE();
}

Result process_getpgid(Runtime& rt, Frame& f) {
  i64 process;
  TRY(size_argument(rt, f[0], 0, process));
  i64 group = rt.host->process_group(process);
  return group < 0 ? process_error(rt, group) : new_int(rt, group);
}
Result process_setpgid(Runtime& rt, Frame& f) {
  i64 process, group;
  TRY(size_argument(rt, f[0], 0, process));
  TRY(size_argument(rt, f[1], 0, group));
  int outcome = rt.host->set_process_group(process, group);
  return outcome < 0 ? process_error(rt, outcome) : Result::none();
}
Result process_setsid(Runtime& rt, Frame&) {
  i64 session = rt.host->new_session();
  return session < 0 ? process_error(rt, session) : new_int(rt, session);
}
Result process_umask(Runtime& rt, Frame& f) {
  int mask;
  TRY(int_argument(rt, f[0], 0, mask));
  return Value::from_int(rt.host->set_mask(static_cast<u32>(mask)));
}

// --- what processes may use and have used

// which, who
Result process_getpriority(Runtime& rt, Frame& f) {
  int which, who, priority;
  TRY(int_argument(rt, f[0], 0, which));
  TRY(int_argument(rt, f[1], 0, who));
  int outcome = rt.host->priority(which, who, priority);
  return outcome < 0 ? process_error(rt, outcome) : Value::from_int(priority);
}
// which, who, priority
Result process_setpriority(Runtime& rt, Frame& f) {
  int which, who, priority;
  TRY(int_argument(rt, f[0], 0, which));
  TRY(int_argument(rt, f[1], 0, who));
  TRY(int_argument(rt, f[2], 0, priority));
  int outcome = rt.host->set_priority(which, who, priority);
  return outcome < 0 ? process_error(rt, outcome) : Result::none();
}
// Limits are unsigned, and what has none is -1 to the program. pid, resource, soft, hard; the last two both
// or none.
Result process_limits(Runtime& rt, Frame& f) {
  int process, resource;
  i64 soft, hard;
  TRY(int_argument(rt, f[0], 0, process));
  TRY(int_argument(rt, f[1], 0, resource));
  TRY(size_argument(rt, f[2], 0, soft));
  TRY(size_argument(rt, f[3], 0, hard));
  const u64 wanted[2] = {static_cast<u64>(soft), static_cast<u64>(hard)};
  u64 before[2];
  int outcome = rt.host->limits(process, resource, f[2].is_unbound() ? nullptr : wanted, before);
  if (outcome < 0) return process_error(rt, outcome);
  Value pair[2] = {new_int(rt, static_cast<i64>(before[0])), new_int(rt, static_cast<i64>(before[1]))};
  return Value::from(new_tuple_from(rt, pair, 2));
}
f64 seconds_of(const timeval& t) {
  return static_cast<f64>(t.tv_sec) + static_cast<f64>(t.tv_usec) * 1e-6;
}
// The fields of resource.struct_rusage in their order.
Result process_usage(Runtime& rt, Frame& f) {
  int who;
  TRY(int_argument(rt, f[0], 0, who));
  struct ::rusage u {};
  int outcome = rt.host->usage(who, u);
  if (outcome < 0) return process_error(rt, outcome);
  const i64 counts[] = {u.ru_maxrss, u.ru_ixrss,    u.ru_idrss,   u.ru_isrss,   u.ru_minflt,
                        u.ru_majflt, u.ru_nswap,    u.ru_inblock, u.ru_oublock, u.ru_msgsnd,
                        u.ru_msgrcv, u.ru_nsignals, u.ru_nvcsw,   u.ru_nivcsw};
  List* fields = new_list(rt);
  list_append(rt, *fields, new_float(rt, seconds_of(u.ru_utime)));
  list_append(rt, *fields, new_float(rt, seconds_of(u.ru_stime)));
  for (i64 count : counts) list_append(rt, *fields, new_int(rt, count));
  return Value::from(fields);
}

constexpr NativeSpec kFunctions[] = {
    {"getpriority", process_getpriority, "(which, who)", "How nice a process, group or user is."},
    {"setpriority", process_setpriority, "(which, who, priority)", "Set how nice a process is."},
    {"limits", process_limits, "(pid, resource, soft=<unrepresentable>, hard=<unrepresentable>, /)"},
    {"usage", process_usage, "(who, /)"},
    {"spawn", spawn,
     "(arguments, executables, environment, folder, standard, parent_ends, kept, close_others, error_end, "
     "restore_signals, new_session, group, user, group_id, mask, /)"},
    {"become", become,
     "(arguments, executables, environment, folder, standard, parent_ends, kept, close_others, error_end, "
     "restore_signals, new_session, group, user, group_id, mask, /)"},
    {"fork", process_fork, "()", "Fork a child process."},
    {"execv", process_execv, "(path, argv, /)"},
    {"execve", process_execve, "(path, argv, env, /)"},
    {"waitpid", process_waitpid, "(pid, options, /)", "Wait for completion of a child process.", 3, kCatches},
    {"getpgid", process_getpgid, "(pid, /)", "The process group of a process."},
    {"setpgid", process_setpgid, "(pid, pgrp, /)", "Set the process group of a process."},
    {"setsid", process_setsid, "()", "Begin a new session."},
    {"umask", process_umask, "(mask, /)", "Set the file creation mask; returns the old one."},
};

}  // namespace

extern const ModuleSpec kProcessesModule;
const ModuleSpec kProcessesModule = {"_processes", "Child processes.", kFunctions, nullptr};

}  // namespace lisle::rt
