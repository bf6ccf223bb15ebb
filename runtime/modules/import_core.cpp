// The module _import_core: what stdlib/_imp.py and stdlib/_frozen_importlib.py need of the native import
// system.
#include <string>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/modules/arguments.h"
#include "runtime/modules/boot.h"
#include "runtime/modules/import.h"
#include "runtime/modules/path.h"
#include "runtime/support/siphash.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/file.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

Result require_name(Runtime& rt, Value v) {
  return is_str(v) ? Result::none() : raise(rt, TypeId::TypeError, "a module name must be str");
}

// name → does the machine have it, natively or inside the executable?
Result is_own(Runtime& rt, Frame& f) {
  std::string name;
  TRY(text_argument(rt, f[0], "is_builtin", "1", name));
  std::string_view source;
  bool is_package;
  return Result::boolean(
      find_native_module(name) != nullptr ||
      (rt.hooks && rt.hooks->embedded_module && rt.hooks->embedded_module(name, source, is_package)));
}

// name → (module, function of its body or None); None when the machine has no such module.
Result create(Runtime& rt, Frame& f) {
  TRY(require_name(rt, f[0]));
  Value body;
  Value module = TRY(import_own_module(rt, to<Str>(f[0]), body));
  if (module.is_unbound()) return Result::none();
  Value parts[] = {module, body.is_unbound() ? Value::none() : body};
  return Value::from(new_tuple_from(rt, parts, 2));
}

// path → the code of a source file, from the cache when it is there.
Result code_of_file(Runtime& rt, Frame& f) {
  std::string path, source;
  TRY(os_path_bytes(rt, f[0], path));
  flush_writers(rt);
  int failed = rt.host->read_file(path.c_str(), source);
  if (failed) return raise_os_error(rt, -failed, f[0]);
  if (!rt.hooks || !rt.hooks->compile_cached) {
    return raise(rt, TypeId::ImportError, "no compiler in this machine");
  }
  return rt.hooks->compile_cached(rt, source, to<Str>(f[0]));
}

// key, bytes → eight bytes that tell sources apart.
Result source_hash(Runtime& rt, Frame& f) {
  std::string_view source;
  TRY(require_bytes_like(rt, f[1], source));
  u64 key = 0;
  if (!is_int_like(f[0]) || !int_to_u64(f[0], key)) key = 0;
  u64 hash = siphash13(key, 0, source.data(), source.size());
  return Value::from(new_bytes(rt, {reinterpret_cast<const char*>(&hash), sizeof hash}));
}

// code → bytes.
Result code_to_bytes(Runtime& rt, Frame& f) {
  const Code* code = as<Code>(f[0]);
  if (!code || !rt.hooks || !rt.hooks->code_to_bytes) {
    return raise(rt, TypeId::ValueError, "unmarshallable object");
  }
  return Value::from(new_bytes(rt, rt.hooks->code_to_bytes(*code)));
}

// bytes → code.
Result code_from_bytes(Runtime& rt, Frame& f) {
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[0], bytes));
  std::string copy(bytes);
  Code* code = rt.hooks && rt.hooks->code_from_bytes ? rt.hooks->code_from_bytes(rt, copy) : nullptr;
  if (code) return Value::from(code);
  return raise(rt, TypeId::ValueError, "bad marshal data (code of another machine)");
}

// The value of __cached__ for the module of a source file.
Result pycache_place(Runtime& rt, Frame& f) {
  TextBuffer scratch;
  if (!is_str(f[0])) return raise(rt, TypeId::TypeError, "a path is a str");
  return Value::from(new_str(rt, place_in_pycache(rt, std::string(str_utf8(to<Str>(f[0]), scratch)))));
}

// The first four bytes of a .pyc file: machines whose bytecode differs refuse each other's.
Result bytecode_magic(Runtime& rt, Frame&) {
  const u64 hash = rt.hooks ? rt.hooks->opcode_hash : 0;
  const char magic[] = {static_cast<char>(hash), static_cast<char>(hash >> 8), '\r', '\n'};
  return Value::from(new_bytes(rt, std::string_view(magic, sizeof magic)));
}

constexpr NativeSpec kFunctions[] = {
    {"is_own", is_own, "(name, /)"},
    {"create", create, "(name, /)"},
    {"code_of_file", code_of_file, "(path, /)"},
    {"code_to_bytes", code_to_bytes, "(code, /)"},
    {"code_from_bytes", code_from_bytes, "(data, /)"},
    {"pycache_place", pycache_place, "(path, /)"},
    {"bytecode_magic", bytecode_magic, "()"},
    {"source_hash", source_hash, "(key, source, /)"},
};

}  // namespace

extern const ModuleSpec kImportCoreModule;
const ModuleSpec kImportCoreModule = {"_import_core", "The native import system, as importlib sees it.",
                                      kFunctions, nullptr};

}  // namespace lisle::rt
