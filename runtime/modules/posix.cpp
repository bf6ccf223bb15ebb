// The module _posix: what the system offers, for stdlib/posix.py, which adds what is easier said in the
// language. Functions that take paths accept str, bytes and path objects; those are asked for __fspath__
// first.
#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "runtime/host.h"
#include "runtime/modules/path.h"
#include "runtime/modules/record.h"
#include "runtime/support/text.h"
#include "runtime/tasks/signals.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

Result number_argument(Runtime& rt, Value v, i64 fallback, i64& out) {
  out = fallback;
  if (v.is_unbound()) return Result::none();
  if (!is_int_like(v)) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer", type_name(rt, v));
  }
  if (int_to_i64(v, out)) return Result::none();
  return raise(rt, TypeId::OverflowError, "Python int too large to convert to C int");
}

// A name from the system in the type of the path it belongs to.
Value name_like(Runtime& rt, Value path, std::string_view name) {
  if (is_kind(path, Kind::Bytes)) return Value::from(new_bytes(rt, name));
  return Value::from(os_path_text(rt, name));
}

// --- stat
// -------------------------------------------------------------------------------------------------------------

constexpr const char* kStatFields[] = {"st_mode",     "st_ino",     "st_dev",    "st_nlink",    "st_uid",
                                       "st_gid",      "st_size",    nullptr,     nullptr,       nullptr,
                                       "st_atime",    "st_mtime",   "st_ctime",  "st_atime_ns", "st_mtime_ns",
                                       "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"};

Type* class_of(Runtime& rt, const char* name) {
  Value module = dict_get_str(rt, *rt.modules, intern(rt, "_posix"));
  return to<Type>(module_get(rt, *to<Module>(module), name));
}

Value stat_record(Runtime& rt, const struct ::stat& s) {
  const timespec times[3] = {s.st_atim, s.st_mtim, s.st_ctim};
  Tuple* v = new_tuple(rt, std::size(kStatFields));
  auto set = [&](size_t i, Value value) {
    v->items[i] = value;
    rt.heap.wrote(v);
  };
  const u64 plain[7] = {
      s.st_mode, s.st_ino, s.st_dev, s.st_nlink, s.st_uid, s.st_gid, static_cast<u64>(s.st_size)};
  for (size_t i = 0; i < 7; ++i) set(i, new_int_unsigned(rt, plain[i]));
  for (size_t i = 0; i < 3; ++i) {
    set(7 + i, new_int(rt, times[i].tv_sec));
    set(10 + i, new_float(rt, static_cast<f64>(times[i].tv_sec) + static_cast<f64>(times[i].tv_nsec) * 1e-9));
    set(13 + i, new_int(rt, times[i].tv_sec * 1'000'000'000 + times[i].tv_nsec));
  }
  set(16, new_int(rt, s.st_blksize));
  set(17, new_int(rt, s.st_blocks));
  set(18, new_int_unsigned(rt, s.st_rdev));
  return new_record(rt, class_of(rt, "stat_result"), {v->items, v->size});
}

Result stat_path(Runtime& rt, Value path, bool follow) {
  struct ::stat info;
  i64 fd;
  if (is_int_like(path) && int_to_i64(path, fd)) {
    TRY(done(rt, rt.host->stat_descriptor(static_cast<int>(fd), info), path));
    return stat_record(rt, info);
  }
  std::string name;
  TRY(os_path_bytes(rt, path, name));
  flush_writers(rt);
  TRY(done(rt, rt.host->stat(name.c_str(), follow, info), path));
  return stat_record(rt, info);
}
Result posix_stat(Runtime& rt, Frame& f) {
  return stat_path(rt, f[0], !f[2].is_false());
}
Result posix_lstat(Runtime& rt, Frame& f) {
  return stat_path(rt, f[0], false);
}
Result posix_fstat(Runtime& rt, Frame& f) {
  i64 fd;
  TRY(number_argument(rt, f[0], 0, fd));
  struct ::stat info;
  TRY(done(rt, rt.host->stat_descriptor(static_cast<int>(fd), info), Value::none()));
  return stat_record(rt, info);
}

// --- folders and names
// ------------------------------------------------------------------------------------------------

// Names and kinds of a folder's entries: a list of (name, type, inode); posix.py makes listdir and scandir of
// it.
Result posix_entries(Runtime& rt, Frame& f) {
  Value path = f[0].is_unbound() || f[0].is_none() ? Value::from(intern(rt, ".")) : f[0];
  std::string name;
  TRY(os_path_bytes(rt, path, name));
  std::vector<DirectoryEntry> entries;
  TRY(done(rt, rt.host->list_directory(name.c_str(), entries), path));
  List* list = new_list(rt, entries.size());
  for (const DirectoryEntry& entry : entries) {
    Value items[3] = {name_like(rt, path, entry.name), Value::from_int(entry.type),
                      new_int_unsigned(rt, entry.inode)};
    list_append(rt, *list, Value::from(new_tuple_from(rt, items, 3)));
  }
  return Value::from(list);
}

Result posix_listdir(Runtime& rt, Frame& f) {
  Value path = f[0].is_unbound() || f[0].is_none() ? Value::from(intern(rt, ".")) : f[0];
  std::string name;
  TRY(os_path_bytes(rt, path, name));
  std::vector<DirectoryEntry> entries;
  TRY(done(rt, rt.host->list_directory(name.c_str(), entries), path));
  List* list = new_list(rt, entries.size());
  for (const DirectoryEntry& entry : entries) list_append(rt, *list, name_like(rt, path, entry.name));
  return Value::from(list);
}

// An operation of the host on one path.
template <class Operation>
Result on_path(Runtime& rt, Value path, Operation operation) {
  std::string name;
  TRY(os_path_bytes(rt, path, name));
  return done(rt, operation(name.c_str()), path);
}

Result posix_mkdir(Runtime& rt, Frame& f) {
  i64 mode;
  TRY(number_argument(rt, f[1], 0777, mode));
  return on_path(rt, f[0], [&](const char* p) { return rt.host->make_directory(p, static_cast<u32>(mode)); });
}
Result posix_rmdir(Runtime& rt, Frame& f) {
  return on_path(rt, f[0], [&](const char* p) { return rt.host->remove_directory(p); });
}
Result posix_unlink(Runtime& rt, Frame& f) {
  return on_path(rt, f[0], [&](const char* p) { return rt.host->unlink(p); });
}
Result posix_chdir(Runtime& rt, Frame& f) {
  return on_path(rt, f[0], [&](const char* p) { return rt.host->change_directory(p); });
}
Result posix_chmod(Runtime& rt, Frame& f) {
  i64 mode;
  TRY(number_argument(rt, f[1], 0, mode));
  return on_path(rt, f[0], [&](const char* p) { return rt.host->change_mode(p, static_cast<u32>(mode)); });
}
// The path in f[0], or null and the descriptor that stands there.
Result path_or_descriptor(Runtime& rt, Frame& f, std::string& name, const char*& path, int& fd) {
  i64 number = -1;
  if (is_int_like(f[0])) {
    path = nullptr;
    TRY(number_argument(rt, f[0], 0, number));
  } else {
    TRY(os_path_bytes(rt, f[0], name));
    path = name.c_str();
  }
  fd = static_cast<int>(number);
  return Result::none();
}
Result id_argument(Runtime& rt, Value v, const char* what, i64& id) {
  if (!is_int_like(v))
    return raise(rt, TypeId::TypeError, "%s should be integer, not %s", what, type_name(rt, v));
  TRY(number_argument(rt, v, 0, id));
  if (id < -1) return raise(rt, TypeId::OverflowError, "%s is less than minimum", what);
  if (id > UINT32_MAX) return raise(rt, TypeId::OverflowError, "%s is greater than maximum", what);
  return Result::none();
}
// A user or group of -1 stays what it is.
Result change_owner(Runtime& rt, Frame& f, bool follow) {
  std::string name;
  const char* path;
  int fd;
  i64 user, group;
  TRY(path_or_descriptor(rt, f, name, path, fd));
  TRY(id_argument(rt, f[1], "uid", user));
  TRY(id_argument(rt, f[2], "gid", group));
  return done(rt, rt.host->change_owner(path, fd, follow, user, group), f[0]);
}
// path, uid, gid, dir_fd, follow_symlinks
Result posix_chown(Runtime& rt, Frame& f) {
  return change_owner(rt, f, !f[4].is_false());
}
Result posix_lchown(Runtime& rt, Frame& f) {
  return change_owner(rt, f, false);
}
constexpr const char* kFileSystemFields[] = {"f_bsize",  "f_frsize",  "f_blocks", "f_bfree",
                                             "f_bavail", "f_files",   "f_ffree",  "f_favail",
                                             "f_flag",   "f_namemax", "f_fsid"};
Result posix_statvfs(Runtime& rt, Frame& f) {
  std::string name;
  const char* path;
  int fd;
  TRY(path_or_descriptor(rt, f, name, path, fd));
  struct ::statvfs s {};
  TRY(done(rt, rt.host->file_system(path, fd, s), f[0]));
  const u64 numbers[] = {s.f_bsize, s.f_frsize, s.f_blocks, s.f_bfree,   s.f_bavail, s.f_files,
                         s.f_ffree, s.f_favail, s.f_flag,   s.f_namemax, s.f_fsid};
  Tuple* values = new_tuple(rt, std::size(numbers));
  for (size_t i = 0; i < std::size(numbers); ++i) {
    values->items[i] = new_int_unsigned(rt, numbers[i]);
    rt.heap.wrote(values);
  }
  return new_record(rt, class_of(rt, "statvfs_result"), {values->items, values->size});
}
Result posix_mkfifo(Runtime& rt, Frame& f) {
  i64 mode;
  TRY(number_argument(rt, f[1], 0666, mode));
  return on_path(rt, f[0], [&](const char* p) { return rt.host->make_fifo(p, static_cast<u32>(mode)); });
}
Result posix_access(Runtime& rt, Frame& f) {
  i64 mode;
  TRY(number_argument(rt, f[1], 0, mode));
  std::string name;
  TRY(os_path_bytes(rt, f[0], name));
  return Result::boolean(rt.host->access(name.c_str(), static_cast<int>(mode)) == 0);
}
Result posix_readlink(Runtime& rt, Frame& f) {
  std::string name, target;
  TRY(os_path_bytes(rt, f[0], name));
  TRY(done(rt, rt.host->read_link(name.c_str(), target), f[0]));
  return name_like(rt, f[0], target);
}
// utime(path, times=None, *, ns=None): both in the form the program gives them.
Result posix_utime(Runtime& rt, Frame& f) {
  i64 ns[2];
  const Tuple* given = as<Tuple>(f[2]) ? as<Tuple>(f[2]) : as<Tuple>(f[1]);
  bool in_ns = as<Tuple>(f[2]) != nullptr;
  if (given && given->size != 2) {
    return raise(rt, TypeId::TypeError, "utime: 'times' must be either a tuple of two ints or None");
  }
  for (u64 i = 0; given && i < 2; ++i) {
    if (is_float(given->items[i])) {
      ns[i] = static_cast<i64>(float_value(given->items[i]) * 1e9);
    } else {
      TRY(number_argument(rt, given->items[i], 0, ns[i]));
      if (!in_ns) ns[i] *= 1'000'000'000;
    }
  }
  return on_path(rt, f[0], [&](const char* p) { return rt.host->set_times(p, given ? ns : nullptr); });
}

template <class Operation>
Result on_paths(Runtime& rt, Frame& f, Operation operation) {
  std::string from, to;
  TRY(os_path_bytes(rt, f[0], from));
  TRY(os_path_bytes(rt, f[1], to));
  i64 outcome = operation(from.c_str(), to.c_str());
  if (outcome >= 0) return Result::none();
  // Both names belong into the exception.
  Value arguments[5] = {Value::from_int(-outcome),
                        Value::from(new_str(rt, strerror(static_cast<int>(-outcome)))), f[0], Value::none(),
                        f[1]};
  return call(rt, f, Value::from(rt.type(TypeId::OSError)),
              {arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]});
}

// Raises the OSError that on_paths made. registers: source, target
template <class Operation>
Result paths_steps(Runtime& rt, Frame& f, Operation operation) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, path_of(rt, f, f[0]));
      f[0] = r.value();
      AWAIT(2, path_of(rt, f, f[1]));
      f[1] = r.value();
      AWAIT(3, on_paths(rt, f, operation));
      return r.value().is_none() ? r : raise_value(rt, r.value());
  }
  LISLE_UNREACHABLE();
}
Result posix_rename(Runtime& rt, Frame& f) {
  return paths_steps(rt, f, [&](const char* a, const char* b) { return rt.host->rename(a, b); });
}
Result posix_link(Runtime& rt, Frame& f) {
  return paths_steps(rt, f, [&](const char* a, const char* b) { return rt.host->link(a, b); });
}
Result posix_symlink(Runtime& rt, Frame& f) {
  return paths_steps(rt, f, [&](const char* a, const char* b) { return rt.host->symlink(a, b); });
}

Result posix_getcwd(Runtime& rt, Frame&) {
  std::string folder;
  TRY(done(rt, rt.host->current_directory(folder), Value::none()));
  return Value::from(os_path_text(rt, folder));
}
Result posix_getcwdb(Runtime& rt, Frame&) {
  std::string folder;
  TRY(done(rt, rt.host->current_directory(folder), Value::none()));
  return Value::from(new_bytes(rt, folder));
}
Result posix_fspath(Runtime& rt, Frame& f) {
  return path_of(rt, f, f[0]);
}

// --- descriptors
// ------------------------------------------------------------------------------------------------------

Result posix_open(Runtime& rt, Frame& f) {
  i64 flags, mode;
  TRY(number_argument(rt, f[1], 0, flags));
  TRY(number_argument(rt, f[2], 0777, mode));
  std::string name;
  TRY(os_path_bytes(rt, f[0], name));
  flush_writers(rt);
  int fd = rt.host->open(name.c_str(), static_cast<int>(flags), static_cast<u32>(mode));
  return fd < 0 ? raise_os_error(rt, -fd, f[0]) : Result(Value::from_int(fd));
}
Result posix_close(Runtime& rt, Frame& f) {
  i64 fd;
  TRY(number_argument(rt, f[0], 0, fd));
  return done(rt, rt.host->close(static_cast<int>(fd)), Value::none());
}
Result posix_read(Runtime& rt, Frame& f) {
  i64 fd, count;
  TRY(number_argument(rt, f[0], 0, fd));
  TRY(number_argument(rt, f[1], 0, count));
  if (count < 0) return raise_os_error(rt, EINVAL, Value::none());
  std::string bytes(static_cast<size_t>(count), '\0');
  i64 got = rt.host->read(static_cast<int>(fd), bytes.data(), bytes.size());
  if (got < 0) return raise_os_error(rt, static_cast<int>(-got), Value::none());
  return Value::from(new_bytes(rt, std::string_view(bytes).substr(0, static_cast<size_t>(got))));
}
Result posix_write(Runtime& rt, Frame& f) {
  i64 fd;
  TRY(number_argument(rt, f[0], 0, fd));
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[1], bytes));
  i64 put = rt.host->write(static_cast<int>(fd), bytes.data(), bytes.size());
  return put < 0 ? raise_os_error(rt, static_cast<int>(-put), Value::none()) : Result(new_int(rt, put));
}
// fd, length, offset
Result posix_pread(Runtime& rt, Frame& f) {
  i64 fd, count, offset;
  TRY(number_argument(rt, f[0], 0, fd));
  TRY(number_argument(rt, f[1], 0, count));
  TRY(number_argument(rt, f[2], 0, offset));
  if (count < 0) return raise_os_error(rt, EINVAL, Value::none());
  std::string bytes(static_cast<size_t>(count), '\0');
  i64 got = rt.host->read_at(static_cast<int>(fd), bytes.data(), bytes.size(), offset);
  if (got < 0) return raise_os_error(rt, static_cast<int>(-got), Value::none());
  return Value::from(new_bytes(rt, std::string_view(bytes).substr(0, static_cast<size_t>(got))));
}
// fd, data, offset
Result posix_pwrite(Runtime& rt, Frame& f) {
  i64 fd, offset;
  TRY(number_argument(rt, f[0], 0, fd));
  TRY(number_argument(rt, f[2], 0, offset));
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[1], bytes));
  i64 put = rt.host->write_at(static_cast<int>(fd), bytes.data(), bytes.size(), offset);
  return put < 0 ? raise_os_error(rt, static_cast<int>(-put), Value::none()) : Result(new_int(rt, put));
}
Result posix_lseek(Runtime& rt, Frame& f) {
  i64 fd, offset, whence;
  TRY(number_argument(rt, f[0], 0, fd));
  TRY(number_argument(rt, f[1], 0, offset));
  TRY(number_argument(rt, f[2], 0, whence));
  i64 place = rt.host->seek(static_cast<int>(fd), offset, static_cast<int>(whence));
  return place < 0 ? raise_os_error(rt, static_cast<int>(-place), Value::none()) : Result(new_int(rt, place));
}
Result posix_isatty(Runtime& rt, Frame& f) {
  i64 fd;
  TRY(number_argument(rt, f[0], 0, fd));
  return Result::boolean(rt.host->is_terminal(static_cast<int>(fd)));
}
Result posix_dup(Runtime& rt, Frame& f) {
  i64 fd;
  TRY(number_argument(rt, f[0], 0, fd));
  int copy = rt.host->duplicate(static_cast<int>(fd));
  return copy < 0 ? raise_os_error(rt, -copy, Value::none()) : Result(Value::from_int(copy));
}
Result posix_dup2(Runtime& rt, Frame& f) {
  i64 fd, target;
  TRY(number_argument(rt, f[0], 0, fd));
  TRY(number_argument(rt, f[1], 0, target));
  int copy = rt.host->duplicate_to(static_cast<int>(fd), static_cast<int>(target));
  return copy < 0 ? raise_os_error(rt, -copy, Value::none()) : Result(Value::from_int(copy));
}
Result posix_pipe(Runtime& rt, Frame&) {
  int ends[2];
  TRY(done(rt, rt.host->pipe(ends), Value::none()));
  Value items[2] = {Value::from_int(ends[0]), Value::from_int(ends[1])};
  return Value::from(new_tuple_from(rt, items, 2));
}
Result posix_ftruncate(Runtime& rt, Frame& f) {
  i64 fd, size;
  TRY(number_argument(rt, f[0], 0, fd));
  TRY(number_argument(rt, f[1], 0, size));
  return done(rt, rt.host->truncate(static_cast<int>(fd), size), Value::none());
}
Result posix_fsync(Runtime& rt, Frame& f) {
  i64 fd;
  TRY(number_argument(rt, f[0], 0, fd));
  return done(rt, rt.host->sync(static_cast<int>(fd)), Value::none());
}
Result posix_get_terminal_size(Runtime& rt, Frame& f) {
  i64 fd;
  TRY(number_argument(rt, f[0], 1, fd));
  int columns, lines;
  TRY(done(rt, rt.host->terminal_size(static_cast<int>(fd), columns, lines), Value::none()));
  Value items[2] = {Value::from_int(columns), Value::from_int(lines)};
  return new_record(rt, class_of(rt, "terminal_size"), items);
}

// --- process
// ----------------------------------------------------------------------------------------------------------

Result posix_getpid(Runtime& rt, Frame&) {
  return new_int(rt, rt.host->process_id());
}
Result posix_exit(Runtime& rt, Frame& f) {
  i64 status;
  TRY(number_argument(rt, f[0], 0, status));
  rt.host->exit_now(static_cast<int>(status));
}
// A signal to the process itself is handled before the call comes back.
Result posix_kill(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      i64 process, signal;
      TRY(number_argument(rt, f[0], 0, process));
      TRY(number_argument(rt, f[1], 0, signal));
      TRY(done(rt, rt.host->kill(process, static_cast<int>(signal)), Value::none()));
    }
      if (signals_arrived(rt)) AWAIT(1, run_signal_handlers(rt, f));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}
Result posix_system(Runtime& rt, Frame& f) {
  std::string command;
  TRY(os_path_bytes(rt, f[0], command));
  flush_writers(rt);
  int status = rt.host->system(command.c_str());
  return status < 0 ? raise_os_error(rt, -status, Value::none()) : Result(Value::from_int(status));
}
Result posix_urandom(Runtime& rt, Frame& f) {
  i64 count;
  TRY(number_argument(rt, f[0], 0, count));
  if (count < 0) return raise(rt, TypeId::ValueError, "negative argument not allowed");
  TRY(require_byte_room(rt, static_cast<u64>(count)));
  std::string bytes(static_cast<size_t>(count), '\0');
  rt.host->entropy(bytes.data(), bytes.size());
  return Value::from(new_bytes(rt, bytes));
}
Result posix_strerror(Runtime& rt, Frame& f) {
  i64 number;
  TRY(number_argument(rt, f[0], 0, number));
  return Value::from(new_str(rt, strerror(static_cast<int>(number))));
}
Result posix_putenv(Runtime& rt, Frame& f) {
  std::string name, value;
  TRY(os_path_bytes(rt, f[0], name));
  TRY(os_path_bytes(rt, f[1], value));
  if (name.find('=') != std::string::npos)
    return raise(rt, TypeId::ValueError, "illegal environment variable name");
  return done(rt, rt.host->set_variable(name.c_str(), value.c_str()), Value::none());
}
Result posix_unsetenv(Runtime& rt, Frame& f) {
  std::string name;
  TRY(os_path_bytes(rt, f[0], name));
  return done(rt, rt.host->set_variable(name.c_str(), nullptr), Value::none());
}
// The environment as a list of (name, value), both bytes.
Result posix_environment(Runtime& rt, Frame&) {
  List* list = new_list(rt);
  for (const std::string& entry : rt.host->environment()) {
    size_t equals = entry.find('=', 1);
    if (equals == std::string::npos) continue;
    std::string_view text = entry;
    Value pair[2];
    pair[0] = Value::from(new_bytes(rt, text.substr(0, equals)));
    pair[1] = Value::from(new_bytes(rt, text.substr(equals + 1)));
    list_append(rt, *list, Value::from(new_tuple_from(rt, pair, 2)));
  }
  return Value::from(list);
}
Result posix_cpu_count(Runtime&, Frame&) {
  return Value::from_int(sysconf(_SC_NPROCESSORS_ONLN));
}

constexpr NativeSpec kFunctions[] = {
    {"stat", one_path<posix_stat>, "(path, *, dir_fd=None, follow_symlinks=True)", "Status of a file.", 3},
    {"lstat", one_path<posix_lstat>, "(path, *, dir_fd=None)", "Status of a file; links are not followed.",
     2},
    {"fstat", posix_fstat, "(fd)", "Status of an open file."},
    {"entries", one_path<posix_entries>, "(path=None)", "Entries of a folder as (name, type, inode).", 1},
    {"listdir", one_path<posix_listdir>, "(path=None)", "Names in a folder.", 1},
    {"mkdir", one_path<posix_mkdir>, "(path, mode=511, *, dir_fd=None)", "Create a folder.", 3},
    {"rmdir", one_path<posix_rmdir>, "(path, *, dir_fd=None)", "Remove a folder.", 2},
    {"unlink", one_path<posix_unlink>, "(path, *, dir_fd=None)", "Remove a file.", 2},
    {"remove", one_path<posix_unlink>, "(path, *, dir_fd=None)", "Remove a file.", 2},
    {"chdir", one_path<posix_chdir>, "(path)", "Change the current folder.", 1},
    {"chmod", one_path<posix_chmod>, "(path, mode, *, dir_fd=None, follow_symlinks=True)",
     "Change permissions.", 4},
    {"chown", one_path<posix_chown>, "(path, uid, gid, *, dir_fd=None, follow_symlinks=True)",
     "Change the owner and group of a file.", 5},
    {"lchown", one_path<posix_lchown>, "(path, uid, gid)",
     "Change the owner and group of a file; links are not followed.", 3},
    {"fchown", posix_lchown, "(fd, uid, gid)", "Change the owner and group of an open file."},
    {"statvfs", one_path<posix_statvfs>, "(path)", "What a file system holds.", 1},
    {"fstatvfs", posix_statvfs, "(fd, /)", "What the file system of an open file holds."},
    {"mkfifo", one_path<posix_mkfifo>, "(path, mode=438, *, dir_fd=None)", "Create a named pipe.", 3},
    {"access", one_path<posix_access>,
     "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
     "May this process use a path?", 5},
    {"readlink", one_path<posix_readlink>, "(path, *, dir_fd=None)", "What a symbolic link points to.", 2},
    {"utime", one_path<posix_utime>, "(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)",
     "Set the times of a file.", 5},
    {"rename", posix_rename, "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", "Rename a file.", 4},
    {"replace", posix_rename, "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", "Rename a file.", 4},
    {"link", posix_link, "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
     "Create a hard link.", 5},
    {"symlink", posix_symlink, "(src, dst, target_is_directory=False, *, dir_fd=None)",
     "Create a symbolic link.", 4},
    {"getcwd", posix_getcwd, "()", "The current folder."},
    {"getcwdb", posix_getcwdb, "()", "The current folder as bytes."},
    {"fspath", posix_fspath, "(path)", "The name that a path object stands for."},
    {"open", one_path<posix_open>, "(path, flags, mode=511, *, dir_fd=None)", "Open a descriptor.", 4},
    {"close", posix_close, "(fd)", "Close a descriptor."},
    {"read", posix_read, "(fd, length, /)", "Read from a descriptor."},
    {"write", posix_write, "(fd, data, /)", "Write to a descriptor."},
    {"pread", posix_pread, "(fd, length, offset, /)", "Read from a place in a file."},
    {"pwrite", posix_pwrite, "(fd, data, offset, /)", "Write to a place in a file."},
    {"lseek", posix_lseek, "(fd, position, how, /)", "Set the position of a descriptor."},
    {"isatty", posix_isatty, "(fd, /)", "Is the descriptor a terminal?"},
    {"dup", posix_dup, "(fd, /)", "Duplicate a descriptor."},
    {"dup2", posix_dup2, "(fd, fd2, inheritable=True)", "Duplicate a descriptor to a number."},
    {"pipe", posix_pipe, "()", "Create a pipe."},
    {"ftruncate", posix_ftruncate, "(fd, length, /)", "Truncate an open file."},
    {"fsync", posix_fsync, "(fd)", "Force a file to disk."},
    {"get_terminal_size", posix_get_terminal_size, "(fd=1, /)", "The size of a terminal."},
    {"getpid", posix_getpid, "()", "The id of this process."},
    {"_exit", posix_exit, "(status)", "Leave at once."},
    {"kill", posix_kill, "(pid, signal, /)", "Send a signal.", 2},
    {"system", posix_system, "(command)", "Run a command in a shell."},
    {"urandom", posix_urandom, "(size, /)", "Random bytes."},
    {"strerror", posix_strerror, "(code, /)", "The text of an error number."},
    {"putenv", posix_putenv, "(name, value, /)", "Change the environment."},
    {"unsetenv", posix_unsetenv, "(name, /)", "Remove from the environment."},
    {"environment", posix_environment, "()", "The environment as pairs of bytes."},
    {"cpu_count", posix_cpu_count, "()", "How many processors there are."},
};

struct Constant {
  const char* name;
  i64 number;
};
constexpr Constant kConstants[] = {{"F_OK", F_OK},
                                   {"R_OK", R_OK},
                                   {"W_OK", W_OK},
                                   {"X_OK", X_OK},
                                   {"O_RDONLY", O_RDONLY},
                                   {"O_WRONLY", O_WRONLY},
                                   {"O_RDWR", O_RDWR},
                                   {"O_ACCMODE", O_ACCMODE},
                                   {"O_APPEND", O_APPEND},
                                   {"O_CREAT", O_CREAT},
                                   {"O_EXCL", O_EXCL},
                                   {"O_TRUNC", O_TRUNC},
                                   {"O_NONBLOCK", O_NONBLOCK},
                                   {"O_CLOEXEC", O_CLOEXEC},
                                   {"O_DIRECTORY", O_DIRECTORY},
                                   {"O_NOFOLLOW", O_NOFOLLOW},
                                   {"O_SYNC", O_SYNC},
                                   {"SEEK_DATA", 3},
                                   {"SEEK_HOLE", 4},
                                   {"EX_OK", 0},
                                   {"EX_USAGE", 64},
                                   {"WNOHANG", WNOHANG},
                                   {"NGROUPS_MAX", 65536},
                                   {"TMP_MAX", 238328},
                                   {"P_WAIT", 0}};

void setup(Runtime& rt, Module& module) {
  for (const Constant& constant : kConstants)
    module_set(rt, module, constant.name, Value::from_int(constant.number));
  module_set(rt, module, "stat_result", Value::from(new_record_class(rt, "os.stat_result", kStatFields, 10)));
  module_set(rt, module, "statvfs_result",
             Value::from(new_record_class(rt, "os.statvfs_result", kFileSystemFields, 10)));
  constexpr const char* kSizeFields[] = {"columns", "lines"};
  module_set(rt, module, "terminal_size",
             Value::from(new_record_class(rt, "os.terminal_size", kSizeFields, 2)));
}

}  // namespace

extern const ModuleSpec kPosixModule = {"_posix", "What the system offers.", kFunctions, setup};

}  // namespace lisle::rt
