// Resumes an image again and again, each time with one bit flipped, in processes that are forked off and so
// cost a hundredth of a new one. Standard input has a line "PLACE BIT" for each trial; each yields a line
//
//   PLACE BIT SUMMED UNSUMMED
//
// SUMMED is what the sums say: "refused" or "taken". UNSUMMED is what becomes of the image when nobody asks
// them: "refused", "ran" to an end of whatever kind, "goes" on until it is stopped, or "signal-N".
//
//   flip_images IMAGE < TRIALS
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "lisle/image.h"
#include "runtime/host.h"
#include "runtime/image/image_reader.h"

namespace {

constexpr int kRefused = 3;  // as the command `lisle resume` ends
constexpr unsigned kMostSeconds = 10;
constexpr size_t kMemory = size_t{1} << 30;

// Ends the process as the command would.
[[noreturn]] void resume(const std::string& path) {
  alarm(2 * kMostSeconds);
  const rlimit limit{kMostSeconds, kMostSeconds};
  setrlimit(RLIMIT_CPU, &limit);
  lisle::Settings settings;
  settings.max_memory = kMemory;
  settings.write_cache = false;
  lisle::LoadedImage loaded = lisle::load_image(path, settings);
  if (!loaded.vm) _exit(kRefused);
  (void)lisle::run_image(*loaded.vm);
  _exit(0);
}

std::string resume_apart(const std::string& path) {
  const pid_t child = fork();
  if (child == 0) resume(path);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status)) return WEXITSTATUS(status) == kRefused ? "refused" : "ran";
  const int signal = WTERMSIG(status);
  const bool stopped = signal == SIGALRM || signal == SIGXCPU || signal == SIGKILL;
  return stopped ? "goes" : "signal-" + std::to_string(signal);
}

bool sums_are_right(lisle::rt::Host& host, const std::string& path) {
  lisle::rt::ImageFile file(host);
  return file.open(path).empty() && file.check_sums(lisle::rt::ImageFile::Extent::kAll).empty();
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  std::ifstream image(words[1], std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(image), {}};
  const int fd = memfd_create("image", 0);
  if (pwrite(fd, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return 2;
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  setenv("LISLE_STRESS", "unsummed", 1);
  // What the resumed programs say is of no interest.
  const int answers = dup(1), nothing = open("/dev/null", O_RDWR);
  for (int standard : {1, 2}) dup2(nothing, standard);
  FILE* out = fdopen(answers, "w");
  setvbuf(out, nullptr, _IOLBF, 0);
  const std::unique_ptr<lisle::rt::Host> host = lisle::rt::new_real_host();
  unsigned long long place;
  unsigned bit;
  while (std::scanf("%llu %u", &place, &bit) == 2 && place < bytes.size()) {
    const char flipped = static_cast<char>(bytes[place] ^ 1 << bit);
    if (pwrite(fd, &flipped, 1, static_cast<off_t>(place)) != 1) return 2;
    const char* summed = sums_are_right(*host, path) ? "taken" : "refused";
    std::fprintf(out, "%llu %u %s %s\n", place, bit, summed, resume_apart(path).c_str());
    if (pwrite(fd, &bytes[place], 1, static_cast<off_t>(place)) != 1) return 2;
  }
  return 0;
}
