// The prompt. Lines are edited by libedit, which is loaded only when somebody sits at a terminal: it costs
// nothing to scripts, and a machine without it still has a plain prompt.
#include "repl.h"

#include <dlfcn.h>
#include <poll.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "lisle/compile.h"
#include "lisle/console.h"

namespace lisle::cli {
namespace {

// The part of libedit's readline interface that is used, found by name at run time.
struct LineEditor {
  void* library = nullptr;
  void (*callback_install)(const char* prompt, void (*handler)(char*)) = nullptr;
  void (*callback_read)() = nullptr;
  void (*callback_remove)() = nullptr;
  void (*add_history)(const char* line) = nullptr;
  int (*read_history)(const char* file) = nullptr;
  int (*write_history)(const char* file) = nullptr;
  void (*using_history)() = nullptr;
  char** (**completion)(const char*, int, int) = nullptr;
  char** (*completion_matches)(const char*, char* (*)(const char*, int)) = nullptr;
  char** line_buffer = nullptr;
  int* completion_append = nullptr;
  const char** word_breaks = nullptr;

  bool load();
};

bool LineEditor::load() {
  for (const char* name : {"libedit.so.2", "libedit.so.0", "libedit.so"}) {
    library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library) break;
  }
  if (!library) return false;
  auto find = [&](auto& target, const char* name) {
    target = reinterpret_cast<std::remove_reference_t<decltype(target)>>(dlsym(library, name));
    return target != nullptr;
  };
  find(completion_append, "rl_completion_append_character");
  find(word_breaks, "rl_basic_word_break_characters");
  return find(callback_install, "rl_callback_handler_install") &&
         find(callback_read, "rl_callback_read_char") &&
         find(callback_remove, "rl_callback_handler_remove") && find(add_history, "add_history") &&
         find(read_history, "read_history") && find(write_history, "write_history") &&
         find(using_history, "using_history") && find(completion, "rl_attempted_completion_function") &&
         find(completion_matches, "rl_completion_matches") && find(line_buffer, "rl_line_buffer");
}

std::string history_file() {
  const char* state = getenv("XDG_STATE_HOME");
  const char* home = getenv("HOME");
  if (state && state[0] == '/') return std::string(state) + "/lisle_history";
  return home ? std::string(home) + "/.lisle_history" : std::string();
}

// libedit calls back without an argument; the one prompt of the process is found here while it runs.
struct Prompt* active_prompt = nullptr;

struct Prompt {
  Prompt(Vm& machine, bool edit) : vm(machine), console(machine), editing(edit && editor.load()) {}

  Vm& vm;
  Console console;
  LineEditor editor;
  bool editing;
  bool line_ready = false, ended = false;
  bool interrupted = false;  // by Ctrl-C, instead of a line
  std::string line;
  std::vector<std::string> matches;

  bool read_line(bool continued);
  bool read_plain(const std::string& text);
  bool wait_for_key();
};

void on_line(char* text) {
  active_prompt->line_ready = true;
  active_prompt->ended = text == nullptr;
  active_prompt->line = text ? text : "";
  free(text);
}

char* next_match(const char*, int state) {
  std::vector<std::string>& matches = active_prompt->matches;
  return static_cast<size_t>(state) < matches.size() ? strdup(matches[static_cast<size_t>(state)].c_str())
                                                     : nullptr;
}

char** on_complete(const char* word, int start, int end) {
  Prompt& prompt = *active_prompt;
  std::string line(*prompt.editor.line_buffer, static_cast<size_t>(end));
  // An empty line wants an indentation, not a thousand names.
  size_t begin = 0;
  bool blank = line.find_first_not_of(" \t") == std::string::npos;
  prompt.matches =
      blank ? std::vector<std::string>{std::string(word) + "    "} : prompt.console.complete(line, begin);
  // libedit replaces the word from `start`; complete() may see more of the chain before it.
  for (std::string& match : prompt.matches) {
    if (!blank && begin < static_cast<size_t>(start)) match.erase(0, static_cast<size_t>(start) - begin);
  }
  if (prompt.editor.completion_append) *prompt.editor.completion_append = '\0';
  return prompt.editor.completion_matches(word, next_match);
}

// Tasklets go on while the user thinks: they run until a key is there, or all of them wait. False: Ctrl-C
// came instead of a key.
bool Prompt::wait_for_key() {
  pollfd input{0, POLLIN, 0};
  for (;;) {
    bool busy = console.run_tasklets();
    int ready = poll(&input, 1, busy ? 0 : 100);
    if (console.take_interrupt()) return false;
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
  }
}

bool Prompt::read_plain(const std::string& text) {
  fputs(text.c_str(), stdout);
  fflush(stdout);
  line.clear();
  for (;;) {
    if (!wait_for_key()) return interrupted = true;
    char c;
    ssize_t got = read(0, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return !line.empty();
    if (c == '\n') return true;
    line += c;
  }
}

bool Prompt::read_line(bool continued) {
  std::string text = console.prompt(continued);
  interrupted = false;
  if (!editing) return read_plain(text);
  line_ready = false;
  editor.callback_install(text.c_str(), on_line);
  while (!line_ready && !interrupted) {
    if (wait_for_key()) {
      editor.callback_read();
    } else {
      interrupted = true;
    }
  }
  editor.callback_remove();
  if (interrupted) return true;
  if (!ended && !line.empty()) editor.add_history(line.c_str());
  return !ended;
}

bool is_blank(const std::string& line) {
  return line.find_first_not_of(" \t\r") == std::string::npos;
}

// Compound statements end with an empty line, as everywhere where Python is typed: also those that stand on
// one line, to which `else` may still be added.
bool is_compound(const std::string& block) {
  if (block[0] == '@') return true;
  std::string first_line = block.substr(0, block.find('\n'));
  size_t last = first_line.find_last_not_of(" \t");
  if (last != std::string::npos && first_line[last] == ':') return true;
  size_t end = block.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
  const std::string word = block.substr(0, end);
  for (const char* keyword : {"if", "for", "while", "with", "try", "def", "class", "async"}) {
    if (word == keyword) return block[end] != '_' && !isalnum(static_cast<unsigned char>(block[end]));
  }
  return false;
}

}  // namespace

int run_console(Vm& vm, bool quiet) {
  Prompt prompt(vm, isatty(0) && isatty(1));
  active_prompt = &prompt;
  std::string history = history_file();
  if (prompt.editing) {
    prompt.editor.using_history();
    if (!history.empty()) prompt.editor.read_history(history.c_str());
    *prompt.editor.completion = on_complete;
  }
  if (!quiet) printf("%s\nType exit() or Ctrl-D to leave.\n", version());
  int status = 0;
  std::string block;
  while (prompt.read_line(!block.empty())) {
    if (prompt.interrupted) {
      printf("\nKeyboardInterrupt\n");
      block.clear();
      continue;
    }
    bool blank = is_blank(prompt.line);
    if (block.empty() && blank) continue;
    block += prompt.line + "\n";
    // Other statements are complete, or have an open bracket or string.
    bool compound = is_compound(block);
    if (compound && !blank) continue;
    Console::Outcome outcome = prompt.console.enter(block, !compound, status);
    if (outcome == Console::Outcome::kIncomplete) continue;
    block.clear();
    if (outcome == Console::Outcome::kExit) break;
    status = 0;
  }
  if (prompt.ended) putchar('\n');
  if (prompt.editing && !history.empty()) prompt.editor.write_history(history.c_str());
  active_prompt = nullptr;
  return status;
}

}  // namespace lisle::cli
