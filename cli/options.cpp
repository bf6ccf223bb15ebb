#include "options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstring>

namespace lisle::cli {
namespace {

// Absolute path of the running program, for sys.executable.
std::string executable_path() {
  char path[4096];
  ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  return size > 0 ? std::string(path, static_cast<size_t>(size)) : std::string();
}

// "64M", "2G", "4096": bytes. Zero for what is no size.
size_t parse_size(const std::string& text) {
  char* end;
  unsigned long long number = strtoull(text.c_str(), &end, 10);
  switch (*end) {
    case 'k':
    case 'K':
      return number << 10;
    case 'm':
    case 'M':
      return number << 20;
    case 'g':
    case 'G':
      return number << 30;
    case '\0':
      return number;
    default:
      return 0;
  }
}

// Options take their value from the same or the next argument; everything from the script on belongs to the
// script. Python's own short options may stand together ("-Bq") and -c and -m end the options: both are
// unusual enough for command-line libraries that the line is cut here, and what is left of the script goes to
// the parser.
struct Split {
  std::vector<std::string> options;  // for the parser
  std::vector<std::string> rest;     // the script or module with its arguments
  char ended_by = 0;                 // 'c', 'm', or 0
};

bool takes_value(const std::string& option) {
  return option == "-W" || option == "-X" || option == "--max-memory" || option == "--dump" ||
         option == "--jit" || option == "--check-hash-based-pycs" || option == "--seed" ||
         option == "--explore" || option == "--save-on" || option == "--compress" || option == "--sign" ||
         option == "--trust";
}

Split split(int argc, char** argv) {
  Split out;
  int i = 1;
  for (; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--check") {
      // Everything behind it names files.
      out.options.push_back(argument);
      for (++i; i < argc; ++i) out.rest.emplace_back(argv[i]);
      return out;
    }
    if (argument == "-" || argument[0] != '-') break;
    if (argument == "--") {
      ++i;
      break;
    }
    bool is_short = argument[1] != '-';
    size_t ending = is_short ? argument.find_first_of("cmWX", 1) : std::string::npos;
    if (ending != std::string::npos && (argument[ending] == 'c' || argument[ending] == 'm')) {
      out.ended_by = argument[ending];
      if (ending > 1) out.options.push_back(argument.substr(0, ending));
      if (ending + 1 < argument.size()) {
        out.rest.push_back(argument.substr(ending + 1));
      } else if (++i < argc) {
        out.rest.emplace_back(argv[i]);
      }
      ++i;
      break;
    }
    out.options.push_back(argument);
    if (argument == "--save-on" && i + 2 < argc) out.options.emplace_back(argv[++i]);
    if (takes_value(argument) && i + 1 < argc) out.options.emplace_back(argv[++i]);
  }
  for (; i < argc; ++i) out.rest.emplace_back(argv[i]);
  return out;
}

struct Flags {
  bool version = false, check = false;
  bool bytecode = false, environment = false, user_site = false, site = false, unbuffered = false;
  bool isolated = false, quiet = false, inspect = false, safe_path = false, debug = false;
  int optimize = 0, verbose = 0, bytes_warning = 0;
  uint64_t seed = 0, explore = 0;
  bool jit_stats = false, jit_symbols = false, distrust = false;
  std::vector<std::string> save_on, trusted;
  SaveSettings saving;
  std::string max_memory, stage, jit;
  std::vector<std::string> warnings, extensions;
};

void describe(CLI::App& app, Flags& flags) {
  app.set_help_flag("-h,--help", "show this help and leave");
  app.add_flag("-V,--version", flags.version, "show the version and leave");
  app.add_option("--dump", flags.stage,
                 "show a stage of FILE: tokens, tree, ast, scopes or bytecode; or run it and show ir, asm");
  app.add_option("--jit", flags.jit,
                 "compile to machine code: off, on (what is hot; the default) or eager (everything)")
      ->check(CLI::IsMember({"off", "on", "eager"}));
  app.add_flag("--jit-stats", flags.jit_stats, "tell at the end what was compiled");
  app.add_flag("--jit-symbols", flags.jit_symbols, "tell perf and gdb the names of compiled code");
  app.add_flag("--check", flags.check, "compile the FILEs without running them");
  app.add_option("--max-memory", flags.max_memory, "limit of the program's memory, as in 512M");
  app.add_flag("--distrust", flags.distrust, "check all of an image before it goes on, however large it is");
  app.add_option("--seed", flags.seed, "draw the schedule and the entropy from N, and simulate time");
  app.add_option("--explore", flags.explore, "run with the seeds 1 to K until one fails");
  app.add_option("--save-on", flags.save_on, "WHEN IMAGE: save at SIGTERM, SIGUSR1 or every=SECONDS")
      ->expected(2);
  app.add_option("--compress", flags.saving.compress, "the LEVEL, 1 to 19, of images that --save-on writes");
  app.add_option("--sign", flags.saving.key, "a KEY file to sign them with; see lisle image keygen");
  app.add_option("--trust", flags.trusted, "a KEY.pub file: refuse images that are not signed with its key")
      ->allow_extra_args(false);
  app.add_flag("-B", flags.bytecode, "do not write compiled modules to the cache");
  app.add_flag("-E", flags.environment, "ignore LISLE_* and PYTHON* variables");
  app.add_flag("-I", flags.isolated, "isolate from the user's environment (implies -E, -P, -s)");
  app.add_flag("-i", flags.inspect, "go on interactively after the program");
  app.add_flag("-O", flags.optimize, "leave out assert statements; twice: docstrings as well");
  app.add_flag("-P", flags.safe_path, "do not put the script's folder on sys.path");
  app.add_flag("-q", flags.quiet, "no version line when interactive");
  app.add_flag("-s", flags.user_site, "no user site folder");
  app.add_flag("-S", flags.site, "no site module");
  app.add_flag("-u", flags.unbuffered, "write standard output and error at once");
  app.add_flag("-v", flags.verbose, "accepted");
  app.add_flag("-d", flags.debug, "accepted");
  app.add_flag("-b", flags.bytes_warning, "accepted");
  app.add_option("-W", flags.warnings, "warning control")->allow_extra_args(false);
  app.add_option("-X", flags.extensions, "implementation option")->allow_extra_args(false);
  app.footer(
      "  lisle [OPTIONS] FILE [ARGUMENTS]   run a file (also: lisle run FILE)\n"
      "  lisle [OPTIONS] -c COMMAND         run a text\n"
      "  lisle [OPTIONS] -m MODULE          run a module of the library\n"
      "  lisle [OPTIONS] resume IMAGE [ARGUMENTS]  go on with a saved program\n"
      "  lisle [OPTIONS] image ls|show|tasks|fsck|diff|upgrade|keygen ...  look into images\n"
      "  lisle [OPTIONS] -                  run what standard input says\n"
      "  lisle                              start a prompt");
}

// A run that is to be the same again does not depend on when a compiler was ready, unless it is asked to.
Jit jit_of(const Flags& flags) {
  if (flags.jit.empty()) return flags.seed || flags.explore ? Jit::kOff : Jit::kOn;
  return flags.jit == "off" ? Jit::kOff : flags.jit == "on" ? Jit::kOn : Jit::kEager;
}

void apply(const Flags& flags, Options& out) {
  Settings& s = out.settings;
  s.jit = jit_of(flags);
  s.jit_stats = flags.jit_stats;
  s.jit_symbols = flags.jit_symbols;
  s.optimize = flags.optimize > 2 ? 2 : flags.optimize;
  s.write_cache = !flags.bytecode;
  s.ignore_environment = flags.environment || flags.isolated;
  s.isolated = flags.isolated;
  s.safe_path = flags.safe_path || flags.isolated;
  s.no_user_site = flags.user_site || flags.isolated;
  s.no_site = flags.site;
  s.inspect = flags.inspect;
  s.interactive = flags.inspect;
  s.quiet = flags.quiet;
  s.unbuffered = flags.unbuffered;
  s.seed = flags.seed;
  out.explore = flags.explore;
  if (flags.save_on.size() == 2) {
    out.save_on = flags.save_on[0];
    out.image = flags.save_on[1];
  }
  out.saving = flags.saving;
  s.trusted_keys = flags.trusted;
  s.warning_filters = flags.warnings;
  s.extensions = flags.extensions;
  if (!flags.max_memory.empty()) s.max_memory = parse_size(flags.max_memory);
  s.distrust_images = flags.distrust;
}

Options usage_error(Options out, const std::string& message) {
  out.action = Action::kUsageError;
  out.message = message;
  return out;
}

// What is left after the options: the program and its arguments.
Options choose_action(Options out, const Flags& flags, Split split) {
  std::vector<std::string>& rest = split.rest;
  if (flags.version) {
    out.action = Action::kVersion;
    return out;
  }
  if (flags.check) {
    out.action = Action::kCheck;
    out.files = std::move(rest);
    return out;
  }
  if (split.ended_by && rest.empty()) {
    return usage_error(std::move(out),
                       std::string("Argument expected for the -") + split.ended_by + " option");
  }
  if (!split.ended_by && rest.size() > 1 && rest[0] == "resume") {
    out.action = Action::kResume;
    out.target = rest[1];
    out.settings.arguments.assign(rest.begin() + 2, rest.end());
    return out;
  }
  if (!split.ended_by && rest.size() > 1 && rest[0] == "image") {
    out.action = Action::kImage;
    out.words.assign(rest.begin() + 1, rest.end());
    return out;
  }
  out.settings.arguments = rest;
  if (split.ended_by) {
    out.action = split.ended_by == 'c' ? Action::kCommand : Action::kModule;
    out.target = rest[0];
    out.settings.arguments[0] = split.ended_by == 'c' ? "-c" : "-m";
  } else if (rest.empty()) {
    out.action = isatty(0) || flags.inspect ? Action::kConsole : Action::kStdin;
    out.settings.arguments = {""};
  } else {
    out.action = rest[0] == "-" ? Action::kStdin : Action::kFile;
    out.target = rest[0];
  }
  if (!flags.stage.empty()) {
    out.stage = flags.stage;
    if (out.action == Action::kConsole) out.action = Action::kStdin;
    if (out.action == Action::kModule)
      return usage_error(std::move(out), "--dump takes a file, -c or standard input");
    out.files = {out.action == Action::kFile      ? out.target
                 : out.action == Action::kCommand ? "<string>"
                                                  : "-"};
    out.action = Action::kDump;
  }
  return out;
}

}  // namespace

Options parse_options(int argc, char** argv) {
  Options out;
  out.settings.executable = executable_path();
  out.settings.handle_signals = true;
  out.settings.jit = Jit::kOn;
  out.settings.command_line.assign(argv, argv + argc);
  // `lisle run` is `lisle`.
  if (argc > 1 && strcmp(argv[1], "run") == 0) {
    ++argv;
    --argc;
  }
  if (argc > 1 && argv[1][0] != '-' && strcmp(argv[1], "resume") != 0 && strcmp(argv[1], "image") != 0) {
    out.action = Action::kFile;
    out.target = argv[1];
    out.settings.arguments.assign(argv + 1, argv + argc);
    return out;
  }
  Flags flags;
  CLI::App app("Lisle: a scripting machine with tasklets that speaks Python 3.11", "lisle");
  describe(app, flags);
  Split parts = split(argc, argv);
  std::vector<std::string> reversed(parts.options.rbegin(), parts.options.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    out.action = Action::kHelp;
    out.message = app.help();
    return out;
  } catch (const CLI::ParseError& error) {
    return usage_error(std::move(out), error.what());
  }
  if (!flags.max_memory.empty() && parse_size(flags.max_memory) == 0) {
    return usage_error(std::move(out), "--max-memory: not a size: " + flags.max_memory);
  }
  // Machine code exists only of what runs.
  if (flags.stage == "ir" || flags.stage == "asm" || flags.stage == "ir,asm") {
    out.settings.jit_dump = std::move(flags.stage);
    flags.stage.clear();
    if (flags.jit.empty() || flags.jit == "off") flags.jit = "eager";
  }
  constexpr std::string_view kStages[] = {"", "tokens", "tree", "ast", "scopes", "bytecode"};
  if (std::find(std::begin(kStages), std::end(kStages), flags.stage) == std::end(kStages)) {
    return usage_error(std::move(out),
                       "unknown stage: " + flags.stage + " (tokens, tree, ast, scopes, bytecode, ir, asm)");
  }
  apply(flags, out);
  return choose_action(std::move(out), flags, std::move(parts));
}

}  // namespace lisle::cli
