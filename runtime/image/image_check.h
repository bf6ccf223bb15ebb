// The sums of a large image, compared while its program runs already: reading gigabytes would keep it from
// starting.
#pragma once
#include <atomic>
#include <memory>
#include <thread>

#include "runtime/image/image_reader.h"

namespace lisle::rt {

class ImageCheck {
 public:
  // Nobody else uses `file` from now on. A damaged one ends the process with a sentence and status 3: no
  // instruction can be trusted any more.
  ImageCheck(Host& host, std::unique_ptr<ImageFile> file);
  ~ImageCheck();
  ImageCheck(const ImageCheck&) = delete;
  ImageCheck& operator=(const ImageCheck&) = delete;

 private:
  Host& host_;
  std::unique_ptr<ImageFile> file_;
  std::atomic<bool> stops_{false};
  std::thread thread_;
};

}  // namespace lisle::rt
