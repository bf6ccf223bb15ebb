#include "vm/cache.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

#include "runtime/host.h"
#include "runtime/support/siphash.h"
#include "vm/bytecode/cache_format.h"
#include "vm/bytecode/op_info.h"

namespace lisle::vm {
namespace {

std::string cache_folder(rt::Runtime& rt) {
  if (const char* base = rt.host->variable("XDG_CACHE_HOME"); base && base[0] == '/')
    return std::string(base) + "/lisle";
  if (const char* home = rt.host->variable("HOME"); home && home[0] == '/')
    return std::string(home) + "/.cache/lisle";
  return {};
}

// Makes the folder and its parent; what exists already is fine.
bool make_folder(rt::Runtime& rt, const std::string& folder) {
  if (rt.host->make_directory(folder.c_str(), 0700) != -ENOENT) return true;
  std::string parent = folder.substr(0, folder.rfind('/'));
  rt.host->make_directory(parent.c_str(), 0700);
  int made = rt.host->make_directory(folder.c_str(), 0700);
  return made == 0 || made == -EEXIST;
}

// Tells builds apart: another compiler may make other code of the same source, with the same opcodes.
u64 build_identity(rt::Runtime& rt) {
  struct ::stat info {};
  if (rt.host->stat("/proc/self/exe", true, info) < 0) return 0;
  return static_cast<u64>(info.st_mtim.tv_sec) * 1'000'000'007 + static_cast<u64>(info.st_mtim.tv_nsec) +
         static_cast<u64>(info.st_size);
}

}  // namespace

std::string cache_path(rt::Runtime& rt, std::string_view source, std::string_view filename, int optimize) {
  std::string folder = cache_folder(rt);
  if (folder.empty()) return {};
  // Two keyed hashes make 128 bits, which no two sources share by accident.
  u64 seed = bc::kOpcodeTableHash + static_cast<u64>(optimize) + build_identity(rt);
  u64 name = rt::siphash13(seed, 0, filename.data(), filename.size());
  u64 low = rt::siphash13(seed, name, source.data(), source.size());
  u64 high = rt::siphash13(~seed, name, source.data(), source.size());
  char file[48];
  snprintf(file, sizeof file, "/%016llx%016llx.lbc", static_cast<unsigned long long>(high),
           static_cast<unsigned long long>(low));
  return folder + file;
}

rt::Code* cache_read(rt::Runtime& rt, const std::string& path) {
  std::string bytes;
  if (path.empty() || rt.host->read_file(path.c_str(), bytes) < 0) return nullptr;
  return bc::deserialise(rt, bytes);
}

void cache_write(rt::Runtime& rt, const std::string& path, const rt::Code& code) {
  if (path.empty()) return;
  std::string bytes = bc::serialise(code);
  if (rt.host->write_file_atomically(path, bytes) != -ENOENT) return;
  if (make_folder(rt, path.substr(0, path.rfind('/')))) rt.host->write_file_atomically(path, bytes);
}

}  // namespace lisle::vm
