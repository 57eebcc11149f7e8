// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/shelf.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/file.h"
#include "base/gzip.h"
#include "fallback/site/address.h"
#include "fallback/site/media.h"

namespace dienstbereit::fallback::site {
namespace {

constexpr std::string_view kCharset = "<meta charset=\"";
constexpr std::size_t kLargestBanner = 32u << 10;

// Besides the policy of the page itself: nobody frames it, and it does nothing by itself.
const std::string& policy_field() {
  static const std::string field =
      fmt::format("Content-Security-Policy: {}; frame-ancestors 'none'; sandbox allow-same-origin "
                  "allow-popups allow-popups-to-escape-sandbox allow-downloads "
                  "allow-top-navigation-by-user-activation\r\n",
                  kPagePolicy);
  return field;
}

// Viewers of other kinds of files need rights that a page must not have.
bool is_document(std::string_view type) {
  return type == kPageType || type.starts_with("image/svg") || type.ends_with("xml");
}

constexpr std::string_view kCommonFields =
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
    "X-DNS-Prefetch-Control: off\r\nX-Frame-Options: DENY\r\n";
// Of what shows a state: kept by nobody, in front of us neither.
constexpr std::string_view kFleeting = "Cache-Control: no-store\r\nX-Accel-Expires: 0\r\n";

std::string charset_in(std::string_view html) {
  const auto at = html.find(kCharset);
  if (at == std::string_view::npos) return "utf-8";
  const auto begin = at + kCharset.size();
  return std::string(html.substr(begin, html.find('"', begin) - begin));
}

Reply with_body(int status, std::string fields, std::string body, bool gzipped) {
  Reply reply;
  reply.status = status;
  if (gzipped) {
    body = gzip(body);
    fields += "Content-Encoding: gzip\r\n";
  }
  reply.fields = std::move(fields);
  reply.body = std::make_shared<const std::string>(std::move(body));
  return reply;
}

Reply copy_of(const Reply& kept) {
  Reply reply;
  reply.status = kept.status;
  reply.fields = kept.fields;
  reply.body = kept.body;
  return reply;
}

Reply moved_to(std::string_view path) {
  return with_body(308,
                   fmt::format("Location: {}\r\nContent-Type: text/plain\r\n{}{}",
                               percent_encoded_address(path), kFleeting, kCommonFields),
                   "", false);
}

std::size_t index_of(PageLanguage language) { return static_cast<std::size_t>(language); }

bool reads(const Asked& asked) { return asked.method == "GET" || asked.method == "HEAD"; }

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

void Shelf::forget() {
  kept_.clear();
  kept_bytes_ = 0;
}

void Shelf::set_mode(SiteMode mode) {
  mode_ = mode;
  told_at_.reset();
}

void Shelf::set_copy(std::shared_ptr<const OpenCopy> copy) {
  forget();  // its keys are files of the one before
  copy_ = std::move(copy);
  told_at_.reset();
}

void Shelf::set_dark(std::shared_ptr<const OpenCopy> dark) {
  forget();
  dark_ = std::move(dark);
}

// Asked for both languages at once, so that all pages of a moment say the same.
const Told& Shelf::told(PageLanguage language) {
  const Instant now = now_();
  if (!told_at_ || now >= *told_at_ + kToldFor || now < *told_at_) {
    told_at_ = now;
    const bool copied = mode_ == SiteMode::Mirror && copy_;
    const auto taken = copied ? std::optional(copy_->taken) : std::nullopt;
    for (const PageLanguage one : {PageLanguage::German, PageLanguage::English}) {
      Told& words = told_[index_of(one)];
      words = tell_(one, taken);
      words.language = one;
      std::string banner = banner_html(words);
      if (banner.size() > kLargestBanner) banner.clear();
      if (banner == banners_[index_of(one)]) continue;
      banners_[index_of(one)] = std::move(banner);
      forget();
    }
  }
  return told_[index_of(language)];
}

Reply Shelf::answer(const Asked& asked) {
  if (!reads(asked)) return small(405, asked, &Told::refused, true);
  if (mode_ == SiteMode::Off) return small(503, asked, &Told::off, false);
  if (mode_ == SiteMode::Dark || !copy_) return dark(asked);
  if (const CopyFile* file = copy_->index.find(asked.path, asked.query)) {
    return from(*copy_, asked, *file);
  }
  if (copy_->index.is_folder(asked.path)) return moved_to(asked.path + "/");
  // The real site had sent the browser there from here.
  const std::string_view page = std::string_view(asked.path).substr(0, asked.path.size() - 1);
  if (asked.path.ends_with('/') && copy_->index.find(page, "")) return moved_to(page);
  return small(404, asked, &Told::missing, true);
}

// Every address shows the dark site; but for the first page as "later again", so that nobody takes
// the real pages for gone.
Reply Shelf::dark(const Asked& asked) {
  const bool start = asked.path == "/" || asked.path == "/index.html";
  if (dark_) {
    if (const CopyFile* file = dark_->index.find(asked.path, asked.query)) {
      return from(*dark_, asked, *file);
    }
    const CopyFile* first = dark_->index.find("/", "");
    if (first != nullptr && first->page) {
      Reply reply = page(*dark_, asked, *first);
      reply.status = 503;
      return reply;
    }
  }
  return small(start ? 200 : 503, asked, nullptr, false);
}

Reply Shelf::from(const OpenCopy& copy, const Asked& asked, const CopyFile& file) {
  if (file.page) return page(copy, asked, file);
  const bool text = is_text(file.type) && file.size <= kLargestKept;
  std::string fields =
      fmt::format("Content-Type: {}\r\nETag: {}\r\nCache-Control: no-cache\r\n{}{}{}", file.type,
                  file.etag, kCommonFields, is_document(file.type) ? policy_field() : "",
                  text ? "Vary: Accept-Encoding\r\n" : "");
  if (asked.if_none_match.find(file.etag) != std::string_view::npos) {
    return with_body(304, std::move(fields), "", false);
  }
  if (text && asked.gzip) {
    const auto known = kept_.find({&file, true});
    if (known != kept_.end()) return copy_of(known->second);
    if (auto bytes = read_file(copy.folder / file.path, kLargestKept)) {
      if (kept_bytes_ > kMostKept) forget();
      Reply& kept = kept_[{&file, true}];
      kept = with_body(200, std::move(fields), std::move(*bytes), true);
      kept_bytes_ += kept.body->size();
      return copy_of(kept);
    }
    return small(404, asked, &Told::missing, true);
  }
  Reply reply;
  reply.file = Descriptor(
      ::open((copy.folder / file.path).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!reply.file) return small(404, asked, &Told::missing, true);
  reply.fields = std::move(fields);
  reply.file_size = file.size;
  return reply;
}

// A page as it lies there, with the banner of this moment in its place.
Reply Shelf::page(const OpenCopy& copy, const Asked& asked, const CopyFile& file) {
  told(PageLanguage::German);  // what is kept is of this moment
  const auto known = kept_.find({&file, asked.gzip});
  if (known != kept_.end()) return copy_of(known->second);
  auto html = read_file(copy.folder / file.path, 2 * kLargestPage);
  if (!html) return small(404, asked, &Told::missing, true);
  auto at = html->find(kBannerDe);
  const bool german = at != std::string::npos;
  if (!german) at = html->find(kBannerEn);
  if (at != std::string::npos) {
    const auto language = german ? PageLanguage::German : PageLanguage::English;
    html->replace(at, kBannerDe.size(), banners_[index_of(language)]);
  }
  Reply reply = with_body(200,
                          fmt::format("Content-Type: text/html; charset={}\r\n"
                                      "Vary: Accept-Encoding\r\n{}{}{}",
                                      charset_in(*html), kFleeting, kCommonFields, policy_field()),
                          std::move(*html), asked.gzip);
  if (reply.body->size() > kLargestKept) return reply;
  if (kept_bytes_ > kMostKept) forget();
  kept_bytes_ += reply.body->size();
  Reply& kept = kept_[{&file, asked.gzip}];
  kept = copy_of(reply);
  return reply;
}

Reply Shelf::small(int status, const Asked& asked, std::string Told::* sentence, bool start_link) {
  const Told& words = told(asked.english ? PageLanguage::English : PageLanguage::German);
  std::string fields = fmt::format("Content-Type: text/html; charset=utf-8\r\n{}{}{}", kFleeting,
                                   kCommonFields, policy_field());
  if (status == 503) fields += "Retry-After: 300\r\n";
  if (status == 405) fields += "Allow: GET, HEAD\r\n";
  const bool link = start_link && mode_ == SiteMode::Mirror && copy_;
  return with_body(status, std::move(fields),
                   small_page(words, sentence == nullptr ? "" : words.*sentence, link), asked.gzip);
}

}  // namespace dienstbereit::fallback::site
