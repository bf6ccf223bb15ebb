// See image_check.h.
#include "runtime/image/image_check.h"

namespace lisle::rt {

ImageCheck::ImageCheck(Host& host, std::unique_ptr<ImageFile> file) : host_(host), file_(std::move(file)) {
  thread_ = std::thread([this] {
    const std::string wrong = file_->check_sums(ImageFile::Extent::kAll, &stops_);
    if (wrong.empty()) return;
    const std::string text = "lisle: " + wrong + "\n";
    host_.write(2, text.data(), text.size());
    constexpr int kNotResumed = 3;
    host_.exit_now(kNotResumed);
  });
}

ImageCheck::~ImageCheck() {
  stops_ = true;
  thread_.join();
}

}  // namespace lisle::rt
