// The thread that turns IR into machine code. What it works on refers to nothing of the program: addresses of
// objects are numbers in the IR, and who hands a module over keeps the objects alive. So the machine and this
// thread share nothing but two queues.
#pragma once
#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "jit/backend.h"
#include "jit/program.h"

namespace lisle::jit {

struct Order {
  std::unique_ptr<Backend::Job> job;
  std::vector<std::string> entries;  // the functions whose addresses are wanted
  std::string title;                 // name of the code
  size_t unit = 0;                   // what follows is the sender's own affair
  u32 at = 0;
  u32 generation = 0;
  std::vector<ResumedRegion> resumptions;  // of the functions behind the first
  std::vector<u64> addresses;              // the answer; none: it could not be done
  f64 milliseconds = 0, estimate = 0;
};

class Worker {
 public:
  // Both are called in the thread: `prepare` once, and then, if it succeeds, `work` with each order; it fills
  // in the answer and lets go of the job.
  Worker(std::function<bool()> prepare, std::function<void(Order&)> work);
  // Waits for the order that is being worked on; others are dropped. Not to be called in a child that was
  // forked off: the thread stayed with the parent, and what it waits for can be neither used nor destroyed.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // May orders be made? What `prepare` has written may be read then.
  bool is_prepared() const { return prepared_.load(std::memory_order_acquire); }
  void send(Order order);
  // What is done since the last call.
  std::vector<Order> finished();
  bool has_finished() const { return done_count_.load(std::memory_order_acquire) > 0; }
  // Is this the process that has the thread? No, too, where none could be started.
  bool here() const;

 private:
  void run();

  std::function<bool()> prepare_;
  std::function<void(Order&)> work_;
  std::atomic<bool> prepared_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Order> wanted_;
  std::vector<Order> done_;
  std::atomic<u32> done_count_{0};
  bool ends_ = false;
  int process_ = 0;
  pthread_t thread_{};
};

}  // namespace lisle::jit
