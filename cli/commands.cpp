#include "commands.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "lisle/compile.h"
#include "lisle/image.h"
#include "repl.h"

namespace lisle::cli {
namespace {

constexpr int kUsageStatus = 2;
constexpr int kNotResumed = 3;  // the image is not one, or is damaged

std::string read_descriptor(int fd) {
  std::string text;
  char buffer[65536];
  for (;;) {
    ssize_t got = read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer, static_cast<size_t>(got));
  }
}

bool read_path(const std::string& path, std::string& text) {
  FILE* file = fopen(path.c_str(), "rb");
  if (!file) return false;
  text = read_descriptor(fileno(file));
  fclose(file);
  return true;
}

int dump_stage(Vm& vm, const Options& options) {
  std::string source, text;
  std::string name = options.files[0];
  if (name == "<string>") {
    source = options.target;
  } else if (name == "-") {
    name = "<stdin>";
    source = read_descriptor(0);
  } else if (!read_path(name, source)) {
    fprintf(stderr, "lisle: can't open file '%s': [Errno %d] %s\n", name.c_str(), errno, strerror(errno));
    return kUsageStatus;
  }
  bool good = dump(vm, options.stage, source, name, text);
  fputs(text.c_str(), good ? stdout : stderr);
  return good ? 0 : 1;
}

int check_files(Vm& vm, const Options& options) {
  int status = 0;
  for (const std::string& file : options.files) {
    if (!check_file(vm, file)) status = 1;
  }
  return status;
}

int run_program(Vm& vm, const Options& options) {
  switch (options.action) {
    case Action::kFile:
      return vm.run_file(options.target);
    case Action::kCommand:
      return vm.run_text(options.target + "\n", "<string>");
    case Action::kModule:
      return vm.run_module(options.target);
    case Action::kStdin:
      return vm.run_text(read_descriptor(0), "<stdin>");
    case Action::kResume:
      return run_image(vm);
    case Action::kDump:
      return dump_stage(vm, options);
    case Action::kCheck:
      return check_files(vm, options);
    default:
      return run_console(vm, options.settings.quiet);
  }
}

// Programs without a folder of their own look for modules where the user stands.
Settings with_current_folder(const Options& options) {
  Settings settings = options.settings;
  bool folderless = options.action == Action::kCommand || options.action == Action::kStdin ||
                    options.action == Action::kConsole;
  if (folderless && !settings.safe_path) settings.path.insert(settings.path.begin(), "");
  return settings;
}

// The Vm of an image; null after telling why there is none.
Vm* resume(const Options& options) {
  LoadedImage image = load_image(options.target, options.settings);
  if (!image.vm) fprintf(stderr, "lisle: %s\n", image.error.c_str());
  for (const std::string& warning : image.warnings) fprintf(stderr, "lisle: %s\n", warning.c_str());
  return image.vm.release();
}

// Whoever waits for the process learns that it was interrupted: a shell leaves its loop then.
void end_by_interrupt() {
  signal(SIGINT, SIG_DFL);
  kill(getpid(), SIGINT);
}

int run_once(const Options& options) {
  // The heap is not taken apart at the end: the process gives everything back at once, which is faster.
  Vm* made = options.action == Action::kResume ? resume(options) : new Vm(with_current_folder(options));
  if (!made) return kNotResumed;
  Vm& vm = *made;
  if (!options.save_on.empty()) {
    const std::string wrong = save_when(vm, options.save_on, options.image, options.saving);
    if (!wrong.empty()) {
      fprintf(stderr, "lisle: %s\n", wrong.c_str());
      _exit(kUsageStatus);
    }
  }
  int status = run_program(vm, options);
  bool goes_on = options.settings.inspect && options.action != Action::kConsole && isatty(0);
  if (goes_on) status = run_console(vm, true);
  status = vm.finish(status);
  fflush(stdout);
  if (vm.interrupted() && options.action != Action::kConsole && !goes_on) end_by_interrupt();
  _exit(status);
}

// Runs in a process of its own, whose output goes to `file`. The status as the shell counts it.
int run_aside(Options options, uint64_t seed, FILE* file) {
  options.settings.seed = seed;
  pid_t child = fork();
  if (child == 0) {
    dup2(fileno(file), 1);
    dup2(fileno(file), 2);
    run_once(options);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Tries one seed after the other, until the program fails: then shows what it wrote, and the seed.
int explore(const Options& options) {
  for (uint64_t seed = 1; seed <= options.explore; ++seed) {
    FILE* file = tmpfile();
    if (!file) {
      fprintf(stderr, "lisle: cannot make a temporary file: %s\n", strerror(errno));
      return kUsageStatus;
    }
    int status = run_aside(options, seed, file);
    if (status) {
      lseek(fileno(file), 0, SEEK_SET);
      std::string text = read_descriptor(fileno(file));
      fwrite(text.data(), 1, text.size(), stdout);
      printf("seed %llu fails with status %d; run it again with: lisle run --seed %llu\n",
             static_cast<unsigned long long>(seed), status, static_cast<unsigned long long>(seed));
      return 1;
    }
    fclose(file);
  }
  printf("no failure with %llu seeds\n", static_cast<unsigned long long>(options.explore));
  return 0;
}

}  // namespace

int run_command(const Options& options) {
  switch (options.action) {
    case Action::kVersion:
      printf("%s\n", version());
      return 0;
    case Action::kHelp:
      fputs(options.message.c_str(), stdout);
      return 0;
    case Action::kUsageError:
      fprintf(stderr, "lisle: %s\nTry `lisle --help' for more information.\n", options.message.c_str());
      return kUsageStatus;
    case Action::kImage: {
      std::string text;
      const int status = image_tool(options.words, options.settings, text);
      fputs(text.c_str(), status == 0 || status == 1 ? stdout : stderr);
      return status;
    }
    default:
      break;
  }
  return options.explore ? explore(options) : run_once(options);
}

}  // namespace lisle::cli
