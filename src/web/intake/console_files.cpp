// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/intake/console_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/file.h"

namespace dienstbereit::web {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRoot = "/intake/";
constexpr std::string_view kAssets = "assets/";
constexpr std::size_t kFilesMax = 200;
constexpr std::size_t kFileBytesMax = 4u << 20;
constexpr std::size_t kTotalBytesMax = 16u << 20;
constexpr std::string_view kForAYear = "Cache-Control: public, max-age=31536000, immutable\r\n";

// Scripts of our own and libsodium's WebAssembly, nothing inline, nothing from elsewhere.
const char* console_policy() {
  return "Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
         "style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
         "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";
}

struct Kind {
  std::string_view suffix;
  Literal content_type;
  bool compressed = true;
};
constexpr Kind kKinds[] = {
    {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},   {".svg", "image/svg+xml"},
    {".json", "application/json"},         {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},         {".txt", "text/plain; charset=utf-8"},
    {".png", "image/png", false},          {".woff2", "font/woff2", false}};

const Kind* kind_of(std::string_view name) {
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const Kind& kind) { return name.ends_with(kind.suffix); });
  return found == std::end(kKinds) ? nullptr : found;
}

// "index.html" is the counter's page, "office.html" the back office's.
std::string address_of(std::string name) {
  if (name == "index.html") return std::string(kRoot);
  if (name == "office.html") name = "office";
  return std::string(kRoot) + name;
}

PayloadPtr payload_of(const Kind& kind, bool tls, const std::string& bytes, bool hashed,
                      Encoding encoding) {
  const PayloadKind page{kind.content_type, false, !hashed, false, console_policy};
  if (!hashed) return make_payload(page, tls, bytes, encoding);
  auto payload = std::make_shared<Payload>(*make_payload(page, tls, bytes, encoding));
  constexpr std::string_view kNever = "Cache-Control: no-store\r\n";
  const auto at = payload->text.find(kNever);
  const std::string year = std::string(kForAYear) + "Vary: Accept-Encoding\r\n";
  payload->text.replace(at, kNever.size(), year);
  payload->body_at += year.size() - kNever.size();
  return payload;
}

tl::unexpected<Error> unfit(const fs::path& folder, std::string_view why) {
  return fail(Errc::InvalidInput,
              fmt::format("the counters' pages in {} cannot be served: {}; name the folder that "
                          "the build of console/ has made (--console)",
                          folder.string(), why));
}

}  // namespace

bool is_console(std::string_view path) { return path == "/intake" || path.starts_with(kRoot); }

Result<ConsoleFiles> ConsoleFiles::read(const fs::path& folder, bool tls) {
  ConsoleFiles console;
  if (folder.empty()) return console;
  std::error_code error;
  std::size_t total = 0;
  fs::recursive_directory_iterator at(folder, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_directory() || at->is_symlink()) continue;
    const std::string name = at->path().lexically_relative(folder).generic_string();
    const Kind* kind = kind_of(name);
    if (kind == nullptr || name.front() == '.') continue;
    auto bytes = read_file(at->path(), kFileBytesMax);
    if (!bytes) return tl::unexpected(bytes.error());
    total += bytes->size();
    if (console.files_.size() >= kFilesMax || total > kTotalBytesMax) {
      return unfit(folder, "it holds too much");
    }
    auto& payloads = console.files_[address_of(name)];
    for (const Encoding encoding : {Encoding::Identity, Encoding::Gzip, Encoding::Brotli}) {
      payloads[static_cast<std::size_t>(encoding)] =
          payload_of(*kind, tls, *bytes, name.starts_with(kAssets),
                     kind->compressed ? encoding : Encoding::Identity);
    }
  }
  if (error) return unfit(folder, error.message());
  if (!console.files_.contains(kRoot)) return unfit(folder, "there is no index.html");
  return console;
}

PayloadPtr ConsoleFiles::find(std::string_view path, Encoding encoding) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : found->second[static_cast<std::size_t>(encoding)];
}

}  // namespace dienstbereit::web
