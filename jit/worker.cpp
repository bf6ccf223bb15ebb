// See worker.h.
#include "jit/worker.h"

#include <signal.h>
#include <unistd.h>

#include <utility>

namespace lisle::jit {

Worker::Worker(std::function<bool()> prepare, std::function<void(Order&)> work)
    : prepare_(std::move(prepare)), work_(std::move(work)) {
  // Signals are the machine's thread's to take.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  auto body = [](void* self) -> void* {
    static_cast<Worker*>(self)->run();
    return nullptr;
  };
  if (pthread_create(&thread_, nullptr, body, this) == 0) process_ = getpid();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Worker::~Worker() {
  if (!here()) return;
  {
    std::lock_guard lock(mutex_);
    ends_ = true;
    wanted_.clear();
  }
  wake_.notify_one();
  pthread_join(thread_, nullptr);
}

bool Worker::here() const {
  return process_ == getpid();
}

void Worker::send(Order order) {
  if (!here()) return;
  {
    std::lock_guard lock(mutex_);
    wanted_.push_back(std::move(order));
  }
  wake_.notify_one();
}

std::vector<Order> Worker::finished() {
  if (!here()) return {};
  std::lock_guard lock(mutex_);
  done_count_.store(0, std::memory_order_release);
  return std::exchange(done_, {});
}

void Worker::run() {
  if (!prepare_()) return;
  prepared_.store(true, std::memory_order_release);
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ends_ || !wanted_.empty(); });
    if (ends_) return;
    Order order = std::move(wanted_.front());
    wanted_.pop_front();
    lock.unlock();
    work_(order);
    lock.lock();
    done_.push_back(std::move(order));
    done_count_.store(static_cast<u32>(done_.size()), std::memory_order_release);
  }
}

}  // namespace lisle::jit
