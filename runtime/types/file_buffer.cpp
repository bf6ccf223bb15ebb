// The byte side of files: buffering, seeking and the in-memory byte stream.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "runtime/host.h"
#include "runtime/modules/boot.h"
#include "runtime/runtime.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

bool is_raw(const File& file) {
  return file.has(File::kUnbuffered) && !file.has(File::kText | File::kMemory);
}

Result os_failure(Runtime& rt, i64 negative_error) {
  // A signal that came in the middle is not an error of the file: KeyboardInterrupt is raised at the
  // safepoint.
  if (negative_error == -EINTR && rt.host->interrupt_requested.exchange(false)) {
    return raise(rt, TypeId::KeyboardInterrupt, "%s", "");
  }
  return raise_os_error(rt, static_cast<int>(-negative_error), Value::none());
}

File* inner_of(File& file) {
  return as<File>(file.inner);
}

void reserve_input(Runtime& rt, File& file, u64 bytes) {
  u64 capacity = file.in ? file.in->capacity : 0;
  if (capacity >= bytes) return;
  u64 grown = capacity * 2 > bytes ? capacity * 2 : bytes;
  if (grown < 64) grown = 64;
  Raw* raw = new_raw(rt, grown);
  u64 kept = file.has(File::kMemory) && file.is_text() ? file.in_end * 4 : file.in_end;
  if (file.in) memcpy(raw->bytes, file.in->bytes, kept);
  file.in = raw;
  rt.heap.wrote(&file);
}

// One read from what lies below, into `to`.
Result raw_read(Runtime& rt, File& file, u8* to, u64 room) {
  if (File* inner = inner_of(file)) {
    std::string taken;
    TRY(file_read_bytes(rt, *inner, static_cast<i64>(room), true, taken));
    memcpy(to, taken.data(), taken.size());
    return Value::from_int(static_cast<i64>(taken.size()));
  }
  for (;;) {
    i64 got = rt.host->read(static_cast<int>(file.fd), to, room);
    if (got == -EINTR && !rt.host->interrupt_requested.load()) continue;
    if (got < 0) return os_failure(rt, got);
    return Value::from_int(got);
  }
}

Result raw_write(Runtime& rt, File& file, std::string_view bytes) {
  if (File* inner = inner_of(file)) {
    TRY(file_write_bytes(rt, *inner, bytes));
    return inner->has(File::kMemory) ? Result::none() : file_flush(rt, *inner);
  }
  while (!bytes.empty()) {
    i64 put = rt.host->write(static_cast<int>(file.fd), bytes.data(), bytes.size());
    if (put == -EINTR && !rt.host->interrupt_requested.load()) continue;
    if (put < 0) return os_failure(rt, put);
    bytes.remove_prefix(static_cast<size_t>(put));
  }
  return Result::none();
}

// Unread input is given back before the file is written, so that both directions agree on the place.
void drop_input(Runtime& rt, File& file) {
  if (file.in_begin < file.in_end && file.fd >= 0) {
    rt.host->seek(static_cast<int>(file.fd), static_cast<i64>(file.in_begin) - static_cast<i64>(file.in_end),
                  SEEK_CUR);
  }
  file.in_begin = file.in_end = 0;
}

void forget_writer(Runtime& rt, File& file) {
  List* writers = rt.open_writers;
  for (u64 i = 0; writers && i < writers->size; ++i) {
    if (writers->items->items[i] != Value::from(&file)) continue;
    writers->items->items[i] = writers->items->items[--writers->size];
    writers->items->items[writers->size] = Value();
    return;
  }
}

Result memory_write(Runtime& rt, File& file, std::string_view bytes) {
  if (bytes.empty()) return Result::none();  // does not reach out to a position behind the end
  u64 end = file.in_begin + bytes.size();
  if (!rt.heap.has_room(end)) return raise_with(rt, TypeId::MemoryError, Value::unbound());
  reserve_input(rt, file, end);
  if (file.in_begin > file.in_end) memset(file.in->bytes + file.in_end, 0, file.in_begin - file.in_end);
  memcpy(file.in->bytes + file.in_begin, bytes.data(), bytes.size());
  file.in_begin = end;
  if (end > file.in_end) file.in_end = end;
  return Result::none();
}

}  // namespace

Result file_check_open(Runtime& rt, File& file) {
  if (file.is_closed())
    return raise(rt, TypeId::ValueError, "I/O operation on closed file%s", is_raw(file) ? "" : ".");
  if (!file.has(File::kOpen)) return raise(rt, TypeId::ValueError, "I/O operation on uninitialized object");
  return Result::none();
}

Result raise_unsupported(Runtime& rt, const char* text) {
  Module* io = load_native_module(rt, *find_native_module("_io_core"));
  Value type = dict_get_str(rt, *io->dict, intern(rt, "UnsupportedOperation"));
  Value argument = Value::from(new_str(rt, text));
  Exception* exception = new_exception_of(rt, to<Type>(type), new_tuple_from(rt, &argument, 1));
  return raise_value(rt, Value::from(exception));
}

Result file_fill(Runtime& rt, File& file) {
  if (file.has(File::kMemory)) return Result::boolean(false);
  if (file.out_size) TRY(file_flush(rt, file));
  if (file.in_begin == file.in_end) file.in_begin = file.in_end = 0;
  if (file.in_begin > 0) {
    memmove(file.in->bytes, file.in->bytes + file.in_begin, file.in_end - file.in_begin);
    file.in_end -= file.in_begin;
    file.in_begin = 0;
  }
  reserve_input(rt, file, file.in_end + kFileBufferBytes);
  // Somebody who waits at a prompt wants to have read the question.
  if (file.fd == 0) flush_standard_streams(rt);
  Value got = TRY(raw_read(rt, file, file.in->bytes + file.in_end, file.in->capacity - file.in_end));
  file.in_end += static_cast<u64>(got.as_int());
  return Result::boolean(got.as_int() > 0);
}

Result file_write_bytes(Runtime& rt, File& file, std::string_view bytes) {
  if (file.has(File::kMemory)) return memory_write(rt, file, bytes);
  if (file.in_begin < file.in_end) drop_input(rt, file);
  if (file.has(File::kUnbuffered)) return raw_write(rt, file, bytes);
  if (file.out_size + bytes.size() > kFileBufferBytes) {
    TRY(file_flush(rt, file));
    if (bytes.size() >= kFileBufferBytes) return raw_write(rt, file, bytes);
  }
  if (bytes.empty()) return Result::none();
  if (!file.out) {
    file.out = new_raw(rt, kFileBufferBytes);
    rt.heap.wrote(&file);
  }
  memcpy(file.out->bytes + file.out_size, bytes.data(), bytes.size());
  file.out_size += bytes.size();
  return Result::none();
}

Result file_flush(Runtime& rt, File& file) {
  if (file.out_size) {
    u64 size = file.out_size;
    // What cannot be written is dropped, as otherwise every later flush and the exit would fail again.
    file.out_size = 0;
    TRY(raw_write(rt, file, {reinterpret_cast<const char*>(file.out->bytes), size}));
  }
  if (File* companion = as<File>(file.companion); companion && companion->out_size)
    TRY(file_flush(rt, *companion));
  return Result::none();
}

// A raw file takes no more from its descriptor, which others may read as well, than it was asked for, and
// takes it in one go.
static Result read_raw_bytes(Runtime& rt, File& file, u64 count, std::string& out) {
  if (!rt.heap.has_room(count)) return raise_with(rt, TypeId::MemoryError, Value::unbound());
  out.resize(count);
  Value got = TRY(raw_read(rt, file, reinterpret_cast<u8*>(out.data()), count));
  out.resize(static_cast<size_t>(got.as_int()));
  return Result::none();
}

Result file_read_bytes(Runtime& rt, File& file, i64 count, bool once, std::string& out) {
  if (is_raw(file) && count >= 0 && file.in_begin >= file.in_end)
    return read_raw_bytes(rt, file, static_cast<u64>(count), out);
  u64 wanted = count < 0 ? ~u64{0} : static_cast<u64>(count);
  while (out.size() < wanted) {
    u64 available = file.in_begin < file.in_end ? file.in_end - file.in_begin : 0;
    if (available) {
      u64 take = available < wanted - out.size() ? available : wanted - out.size();
      out.append(reinterpret_cast<const char*>(file.in->bytes) + file.in_begin, take);
      file.in_begin += take;
      if (once) break;
      continue;
    }
    if (once && !out.empty()) break;
    if (TRY(file_fill(rt, file)).is_false()) break;
  }
  return Result::none();
}

Result file_seek(Runtime& rt, File& file, i64 offset, int whence) {
  if (file.has(File::kMemory)) {
    i64 base = whence == SEEK_SET ? 0 : static_cast<i64>(whence == SEEK_CUR ? file.in_begin : file.in_end);
    if (file.is_text() && whence != SEEK_SET && offset != 0) {
      return raise(rt, TypeId::OSError, "Can't do nonzero cur-relative seeks");
    }
    if (whence == SEEK_SET && offset < 0) {
      return raise(rt, TypeId::ValueError,
                   file.is_text() ? "Negative seek position %lld" : "negative seek value %lld",
                   static_cast<long long>(offset));
    }
    i64 target = base + offset;
    file.in_begin = target < 0 ? 0 : static_cast<u64>(target);
    return new_int(rt, static_cast<i64>(file.in_begin));
  }
  TRY(file_flush(rt, file));
  if (File* inner = inner_of(file)) {
    if (whence == SEEK_CUR) {
      i64 here = TRY(file_tell(rt, file)).as_int();
      offset += here;
      whence = SEEK_SET;
    }
    file.in_begin = file.in_end = 0;
    file.flags &= ~File::kTransformed;
    return file_seek(rt, *inner, offset, whence);
  }
  if (whence == SEEK_CUR) offset -= static_cast<i64>(file.in_end - file.in_begin);
  i64 place = rt.host->seek(static_cast<int>(file.fd), offset, whence);
  if (place < 0) return os_failure(rt, place);
  file.in_begin = file.in_end = 0;
  file.flags &= ~File::kTransformed;
  return new_int(rt, place);
}

Result file_tell(Runtime& rt, File& file) {
  if (file.has(File::kMemory)) return new_int(rt, static_cast<i64>(file.in_begin));
  i64 place;
  if (File* inner = inner_of(file)) {
    if (!int_to_i64(TRY(file_tell(rt, *inner)), place)) place = 0;
  } else {
    place = rt.host->seek(static_cast<int>(file.fd), 0, SEEK_CUR);
    if (place < 0) return os_failure(rt, place);
  }
  place += static_cast<i64>(file.out_size) - static_cast<i64>(file.in_end - file.in_begin);
  return new_int(rt, place);
}

Result file_truncate(Runtime& rt, File& file, i64 size) {
  if (file.has(File::kMemory)) {
    u64 wanted = static_cast<u64>(size);
    if (wanted < file.in_end) file.in_end = wanted;
    return new_int(rt, size);
  }
  TRY(file_flush(rt, file));
  if (File* inner = inner_of(file)) return file_truncate(rt, *inner, size);
  int failed = rt.host->truncate(static_cast<int>(file.fd), size);
  if (failed < 0) return os_failure(rt, failed);
  return new_int(rt, size);
}

void remember_writer(Runtime& rt, File& file) {
  if (!rt.open_writers) rt.open_writers = new_list(rt);
  list_append(rt, *rt.open_writers, Value::from(&file));
}

void flush_writers(Runtime& rt) {
  for (u64 i = 0; rt.open_writers && i < rt.open_writers->size; ++i) {
    if (file_flush(rt, *to<File>(rt.open_writers->items->items[i])).is_raised()) take_raised(rt);
  }
}

Result file_close(Runtime& rt, File& file) {
  if (file.is_closed()) return Result::none();
  Result flushed = file.has(File::kOpen) ? file_flush(rt, file) : Result::none();
  file.flags |= File::kClosed;
  if (file.has(File::kWritable)) forget_writer(rt, file);
  if (File* inner = inner_of(file); inner && !file.has(File::kKeepDescriptor)) {
    if (flushed.is_raised()) return flushed;
    return file_close(rt, *inner);
  }
  if (File* companion = as<File>(file.companion)) companion->flags |= File::kClosed;
  if (file.fd >= 0 && !file.has(File::kKeepDescriptor)) {
    int failed = rt.host->close(static_cast<int>(file.fd));
    if (failed < 0 && !flushed.is_raised()) return os_failure(rt, failed);
  }
  return flushed;
}

}  // namespace lisle::rt
