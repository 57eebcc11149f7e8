// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "fallback/site/banner.h"
#include "fallback/site/copy.h"
#include "fallback/site/http.h"

namespace dienstbereit::fallback::site {

// A copy that is open for readers.
struct OpenCopy {
  std::filesystem::path folder;  // its hosts are below
  CopyIndex index;
  Instant taken;
};

// A file that is open, or none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

struct Reply {
  int status = 200;
  std::string fields;  // whole lines
  std::shared_ptr<const std::string> body;  // or
  Descriptor file;                          // of this many bytes:
  std::uint64_t file_size = 0;
};

// The bytes that pages with their banner may take in memory; then all are made anew.
inline constexpr std::size_t kMostKept = 64u << 20;
inline constexpr std::size_t kLargestKept = 2u << 20;  // a larger page or text is made each time
inline constexpr Duration kToldFor =
    std::chrono::seconds(20);  // what the banner says is asked anew

// What readers get for what they ask: of the copy, of the dark site, or a word why not. One thread.
class Shelf {
 public:
  // `taken`: of the copy that is shown; none in the dark site. Worded when asked.
  using Tell = std::function<Told(PageLanguage language, std::optional<Instant> taken)>;
  Shelf(Tell tell, std::function<Instant()> now) : tell_(std::move(tell)), now_(std::move(now)) {}

  void set_mode(SiteMode mode);
  void set_copy(std::shared_ptr<const OpenCopy> copy);  // null: there is none
  void set_dark(std::shared_ptr<const OpenCopy> dark);  // null: a page is made
  // What is told may have changed.
  void look() { told_at_.reset(); }

  Reply answer(const Asked& asked);

 private:
  Reply from(const OpenCopy& copy, const Asked& asked, const CopyFile& file);
  Reply page(const OpenCopy& copy, const Asked& asked, const CopyFile& file);
  Reply small(int status, const Asked& asked, std::string Told::* sentence, bool start_link);
  Reply dark(const Asked& asked);
  const Told& told(PageLanguage language);
  void forget();

  Tell tell_;
  std::function<Instant()> now_;
  SiteMode mode_ = SiteMode::Mirror;
  std::shared_ptr<const OpenCopy> copy_;
  std::shared_ptr<const OpenCopy> dark_;
  std::optional<Instant> told_at_;
  std::array<Told, 2> told_;
  std::array<std::string, 2> banners_;
  // Finished bodies, by file and encoding.
  std::map<std::pair<const CopyFile*, bool>, Reply> kept_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace dienstbereit::fallback::site
