// `lisle image`: what is in an image, without running anything of it. Each command yields text; what they
// have in common is a Summary, taken from the loaded heap.
#include <sys/stat.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <ctime>
#include <map>

#include "lisle/image.h"
#include "runtime/builtins/tables.h"
#include "runtime/heap/kind_table.h"
#include "runtime/hooks.h"
#include "runtime/image/frames.h"
#include "runtime/image/image_reader.h"
#include "runtime/image/native_names.h"
#include "runtime/tasks/census.h"
#include "runtime/types/exception.h"
#include "vm/state.h"

namespace lisle {

namespace {

constexpr int kGood = 0, kDifferent = 1, kUsage = 2, kBad = 3;

std::string line(const char* format, auto... values) {
  char text[512];
  snprintf(text, sizeof text, format, values...);
  return std::string(text) + "\n";
}

std::string moment(u64 nanoseconds) {
  const time_t seconds = static_cast<time_t>(nanoseconds / 1'000'000'000);
  tm parts;
  char text[64];
  strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", localtime_r(&seconds, &parts));
  return text;
}

struct Amount {
  u64 count = 0, bytes = 0;
  bool operator==(const Amount&) const = default;
};

struct Summary {
  std::map<std::string, Amount> types;
  std::vector<std::string> tasklets;  // each with its frames, lines that end
  std::vector<std::string> modules;
};

std::string place_of(rt::Frame& f) {
  if (auto* native = rt::as<rt::Native>(f.fn)) return "    " + rt::utf8_of(native->name) + "()\n";
  auto* function = rt::as<rt::Function>(f.fn);
  if (!function) return "";
  const rt::Code& code = *function->code;
  const u64 word = (f.pc - reinterpret_cast<u64>(code.instructions)) / sizeof(u64);
  const u64 instruction = word < code.instruction_count ? word : 0;
  return "    " + rt::task_place_text({&code, rt::code_position(code, instruction).line}) + "\n";
}

std::string tasklet_text(rt::Runtime& rt, rt::Tasklet& t) {
  std::string text =
      line("tasklet 0x%" PRIx64 " %s%s", reinterpret_cast<u64>(&t),
           rt::task_state_name(rt::task_state(rt, t)), t.task_flags & rt::kTaskletMain ? ", main" : "");
  rt::each_frame(t, [&](rt::Frame& f) { text += place_of(f); });
  return text;
}

Summary summarise(rt::Runtime& rt) {
  Summary out;
  rt::HeapImage heap(rt.heap);
  heap.each_object([&](rt::Object& o) {
    const bool has_class = o.shape != 0 && o.shape < rt.shapes.size() && rt.shapes[o.shape]->type;
    const std::string name = has_class ? rt::type_name(rt, rt::Value::from(&o))
                                       : std::string("(") + rt::kind_info(o.kind).name + ")";
    Amount& amount = out.types[name];
    ++amount.count;
    amount.bytes += rt::object_bytes(&o);
    auto* t = o.kind == rt::Kind::Tasklet ? static_cast<rt::Tasklet*>(&o) : nullptr;
    if (t && t->top && !(t->task_flags & rt::kTaskletSelects)) out.tasklets.push_back(tasklet_text(rt, *t));
  });
  u64 at = 0;
  rt::Value key, value;
  while (rt::dict_next(*rt.modules, at, key, value))
    if (rt::is_str(key)) out.modules.push_back(rt::utf8_of(rt::to<rt::Str>(key)));
  std::sort(out.modules.begin(), out.modules.end());
  return out;
}

std::unique_ptr<vm::Machine> look_into(const Settings& settings, const std::string& path, std::string& text) {
  std::string error;
  std::vector<std::string> warnings;
  auto machine = vm::Machine::load(Access::config(settings), path, error, warnings, vm::Loading::kToLook);
  if (!machine) text += "lisle: " + error + "\n";
  return machine;
}

// --- the commands

// One line for each generation of an image.
int list(const Settings&, const std::string& path, std::string& text) {
  const std::unique_ptr<rt::Host> host = rt::new_real_host();
  int status = kBad;
  for (int n = 0;; ++n) {
    const std::string name = n ? path + "." + std::to_string(n) : path;
    struct ::stat info;
    if (host->stat(name.c_str(), true, info) < 0) {
      if (n) break;
      text += line("%s: there is none", name.c_str());
      continue;
    }
    rt::ImageFile file(*host);
    const std::string wrong = file.open(name);
    if (wrong.empty()) status = kGood;
    text += line("%s: %s, %" PRIu64 " bytes", name.c_str(),
                 wrong.empty() ? moment(file.header().saved_at).c_str() : wrong.c_str(),
                 static_cast<u64>(info.st_size));
  }
  return status;
}

// How its bytes are kept, where that is not plainly.
std::string wrapping_of(const rt::ImageHeader& header) {
  std::string text;
  if (header.is_packed) text += line("packed   from %" PRIu64 " bytes", header.plain_bytes);
  if (header.is_signed) text += "signed   by " + rt::hexadecimal(header.signer) + "\n";
  return text;
}

int show(const Settings& settings, const std::string& path, std::string& text) {
  const std::unique_ptr<rt::Host> host = rt::new_real_host();
  rt::ImageFile file(*host);
  if (const std::string wrong = file.open(path); !wrong.empty())
    return text += "lisle: " + wrong + "\n", kBad;
  const rt::ImageHeader& header = file.header();
  text += line("saved    %s, format %u, schema %016" PRIx64, moment(header.saved_at).c_str(), header.version,
               header.schema);
  text += line("size     %" PRIu64 " bytes, %" PRIu64 " blocks, %zu large objects", header.file_bytes,
               file.preface().heap.blocks, file.preface().runs.size() / 2);
  text += wrapping_of(header);
  text += "folder   " + file.preface().directory + "\n";
  const auto machine = look_into(settings, path, text);
  if (!machine) return kBad;
  const Summary summary = summarise(machine->runtime());
  text += line("tasklets %zu", summary.tasklets.size());
  text += "modules ";
  for (const std::string& name : summary.modules) text += " " + name;
  text += "\n";
  std::vector<std::pair<std::string, Amount>> rows(summary.types.begin(), summary.types.end());
  std::sort(rows.begin(), rows.end(), [](auto& a, auto& b) { return a.second.bytes > b.second.bytes; });
  constexpr size_t kMostRows = 25;
  for (size_t i = 0; i < std::min(rows.size(), kMostRows); ++i)
    text += line("%10" PRIu64 " bytes %8" PRIu64 " %s", rows[i].second.bytes, rows[i].second.count,
                 rows[i].first.c_str());
  return kGood;
}

int tasks(const Settings& settings, const std::string& path, std::string& text) {
  const auto machine = look_into(settings, path, text);
  if (!machine) return kBad;
  for (const std::string& tasklet : summarise(machine->runtime()).tasklets) text += tasklet;
  return kGood;
}

int check(const Settings& settings, const std::string& path, std::string& text) {
  if (!look_into(settings, path, text)) return kBad;
  const std::unique_ptr<rt::Host> host = rt::new_real_host();
  rt::ImageFile file(*host);
  const bool is_signed = file.open(path).empty() && file.header().is_signed;
  text += path + ": good" + (is_signed ? ", signed by " + rt::hexadecimal(file.header().signer) : "") + "\n";
  return kGood;
}

// A new pair of keys.
int make_keys(const std::string& path, std::string& text) {
  const std::unique_ptr<rt::Host> host = rt::new_real_host();
  if (const std::string wrong = rt::make_keys(*host, path); !wrong.empty())
    return text += "lisle: " + wrong + "\n", kBad;
  text += "keep " + path + " secret; give " + path + ".pub to who is to trust it\n";
  return kGood;
}

int difference(const Settings& settings, const std::string& old_path, const std::string& new_path,
               std::string& text) {
  Summary sides[2];
  const std::string* paths[] = {&old_path, &new_path};
  // One after the other: both lie at the same addresses.
  for (int i = 0; i < 2; ++i) {
    const auto machine = look_into(settings, *paths[i], text);
    if (!machine) return kBad;
    sides[i] = summarise(machine->runtime());
  }
  const size_t before = text.size();
  std::map<std::string, std::pair<Amount, Amount>> rows;
  for (const auto& [name, amount] : sides[0].types) rows[name].first = amount;
  for (const auto& [name, amount] : sides[1].types) rows[name].second = amount;
  for (const auto& [name, both] : rows) {
    if (both.first == both.second) continue;
    text += line("%+10" PRId64 " bytes %+8" PRId64 " %s",
                 static_cast<i64>(both.second.bytes) - static_cast<i64>(both.first.bytes),
                 static_cast<i64>(both.second.count) - static_cast<i64>(both.first.count), name.c_str());
  }
  auto missing = [&](const std::vector<std::string>& from, const std::vector<std::string>& in,
                     const char* sign) {
    for (const std::string& item : from)
      if (std::find(in.begin(), in.end(), item) == in.end())
        text += sign + item + (item.ends_with("\n") ? "" : "\n");
  };
  missing(sides[0].modules, sides[1].modules, "- module ");
  missing(sides[1].modules, sides[0].modules, "+ module ");
  missing(sides[0].tasklets, sides[1].tasklets, "- ");
  missing(sides[1].tasklets, sides[0].tasklets, "+ ");
  return text.size() == before ? kGood : kDifferent;
}

// Could this build resume it? Says everything that stands in the way.
int upgrade(const Settings& settings, const std::string& path, std::string& text) {
  const std::unique_ptr<rt::Host> host = rt::new_real_host();
  rt::ImageFile file(*host);
  if (const std::string wrong = file.open(path); !wrong.empty())
    return text += "lisle: " + wrong + "\n", kBad;
  vm::Machine own(Access::config(settings));
  rt::Runtime& rt = own.runtime();
  const size_t before = text.size();
  if (file.header().schema != rt::image_schema(rt)) text += "its objects have other layouts\n";
  const rt::NativeNames names;
  for (const std::string& name : file.preface().natives)
    if (!names.find(name).spec) text += "this Lisle has no native function '" + name + "'\n";
  const std::vector<std::string> known = rt::continuation_names(rt);
  for (const std::string& name : file.preface().continuations)
    if (std::find(known.begin(), known.end(), name) == known.end())
      text += "this Lisle has no continuation '" + name + "'\n";
  if (text.size() != before) return kDifferent;
  text += path + ": this Lisle can resume it as it is\n";
  return kGood;
}

}  // namespace

int image_tool(const std::vector<std::string>& words, const Settings& settings, std::string& text) {
  const std::string command = words.empty() ? "" : words[0];
  const size_t count = words.size();
  if (command == "ls" && count == 2) return list(settings, words[1], text);
  if (command == "show" && count == 2) return show(settings, words[1], text);
  if (command == "tasks" && count == 2) return tasks(settings, words[1], text);
  if (command == "fsck" && count == 2) return check(settings, words[1], text);
  if (command == "diff" && count == 3) return difference(settings, words[1], words[2], text);
  if (command == "upgrade" && count == 3 && words[1] == "--dry-run") return upgrade(settings, words[2], text);
  if (command == "keygen" && count == 2) return make_keys(words[1], text);
  text += "usage: lisle image ls|show|tasks|fsck IMAGE, diff OLD NEW, upgrade --dry-run IMAGE, keygen KEY\n";
  return kUsage;
}

}  // namespace lisle
