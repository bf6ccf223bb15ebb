// Raising exceptions from C++, and what message texts need.
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string>

#include "runtime/runtime.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"

namespace lisle::rt {

Result raise_value(Runtime& rt, Value exception) {
  rt.thread.raised = exception;
  return Result::raised();
}

Result raise_with(Runtime& rt, TypeId exception, Value argument) {
  return raise_value(rt, Value::from(new_exception(rt, exception, argument)));
}

Result raise(Runtime& rt, TypeId exception, const char* format, ...) {
  char small[512];
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = std::vsnprintf(small, sizeof small, format, arguments);
  va_end(arguments);
  Str* text;
  if (length < static_cast<int>(sizeof small)) {
    text = new_str(rt, {small, static_cast<size_t>(length < 0 ? 0 : length)});
  } else {
    std::string large(static_cast<size_t>(length) + 1, '\0');
    std::vsnprintf(large.data(), large.size(), format, again);
    large.pop_back();
    text = new_str(rt, large);
  }
  va_end(again);
  return raise_with(rt, exception, Value::from(text));
}

TypeId os_error_class(int error_number) {
  switch (error_number) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS:
      return TypeId::BlockingIOError;
    case EPIPE:
    case ESHUTDOWN:
      return TypeId::BrokenPipeError;
    case ECHILD:
      return TypeId::ChildProcessError;
    case ECONNABORTED:
      return TypeId::ConnectionAbortedError;
    case ECONNREFUSED:
      return TypeId::ConnectionRefusedError;
    case ECONNRESET:
      return TypeId::ConnectionResetError;
    case EEXIST:
      return TypeId::FileExistsError;
    case ENOENT:
      return TypeId::FileNotFoundError;
    case EISDIR:
      return TypeId::IsADirectoryError;
    case ENOTDIR:
      return TypeId::NotADirectoryError;
    case EINTR:
      return TypeId::InterruptedError;
    case EACCES:
    case EPERM:
      return TypeId::PermissionError;
    case ESRCH:
      return TypeId::ProcessLookupError;
    case ETIMEDOUT:
      return TypeId::TimeoutError;
    default:
      return TypeId::OSError;
  }
}

Result raise_os_error(Runtime& rt, int error_number, Value filename) {
  Exception* e = new_exception(rt, os_error_class(error_number), Value::unbound());
  Value items[2] = {Value::from_int(error_number), Value::from(new_str(rt, std::strerror(error_number)))};
  e->args = new_tuple_from(rt, items, 2);
  e->extra[0] = items[0];
  e->extra[1] = items[1];
  if (!filename.is_unbound()) e->extra[2] = filename;
  return raise_value(rt, Value::from(e));
}

const char* str_chars(Runtime& rt, const Str* s) {
  if (s->is_ascii()) return reinterpret_cast<const char*>(s->data);
  std::string text = utf8_of(s);
  Raw* copy = new_raw(rt, text.size() + 1);
  std::memcpy(copy->bytes, text.data(), text.size());
  return reinterpret_cast<const char*>(copy->bytes);
}

const char* type_name(Runtime& rt, Value v) {
  const Type* type = type_of(rt, v);
  const TypeSpec* spec = builtin_spec(*type);
  // Types of native modules are called by their full name, as in CPython.
  if (spec == nullptr || std::string_view(spec->module) == "builtins") return str_chars(rt, type->name);
  return str_chars(rt, intern(rt, std::string(spec->module) + "." + spec->name));
}

bool raised_is(Runtime& rt, TypeId exception) {
  return is_instance(rt, rt.thread.raised, rt.type(exception));
}

Value take_raised(Runtime& rt) {
  Value e = rt.thread.raised;
  rt.thread.raised = Value();
  return e;
}

std::string utf8_of(const Str* s) {
  std::string out;
  out.reserve(s->length);
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 63));
      out += static_cast<char>(0x80 | (c & 63));
    } else {
      out += static_cast<char>(0xF0 | c >> 18);
      out += static_cast<char>(0x80 | (c >> 12 & 63));
      out += static_cast<char>(0x80 | (c >> 6 & 63));
      out += static_cast<char>(0x80 | (c & 63));
    }
  }
  return out;
}

}  // namespace lisle::rt
