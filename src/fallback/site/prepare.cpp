// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "base/file.h"
#include "base/log.h"
#include "fallback/site/address.h"
#include "fallback/site/fetch.h"
#include "fallback/site/media.h"

namespace dienstbereit::fallback::site {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestStyle = 4u << 20;

constexpr std::size_t kMostMissing = 20'000;

// The address under which readers find a file: without the folder of a host at the root.
std::string address_of(const CopyFile& file, const std::vector<std::string>& roots) {
  for (const std::string& root : roots) {
    if (file.path.starts_with(root + "/")) return file.path.substr(root.size());
  }
  return "/" + file.path;
}

bool is_in(const CopyIndex& index, std::string_view address) {
  const auto question = address.find('?');
  const std::string_view query =
      question == std::string_view::npos ? "" : address.substr(question + 1);
  return index.find(address.substr(0, question), query) != nullptr;
}

Result<void> prepare_page(const fs::path& file, RewriteOptions options) {
  const auto raw = read_file(file, kLargestPage);
  if (!raw) return tl::unexpected(raw.error());
  const auto page = rewrite(*raw, options);
  if (!page) return tl::unexpected(page.error());
  return write_file(file, page->html);
}

Result<void> prepare_style(const fs::path& file, const std::vector<std::string>& own_hosts) {
  const auto raw = read_file(file, kLargestStyle);
  if (!raw) return {};
  const std::string css = localised(*raw, own_hosts);
  return css == *raw ? Result<void>() : write_file(file, css);
}

bool is_full(const Error& error) { return error.code == Errc::Io; }

}  // namespace

std::set<std::string> missing_pictures(const fs::path& site, const CopyIndex& index,
                                       const std::vector<std::string>& own_hosts) {
  std::set<std::string> missing;
  RewriteOptions options;
  options.own_hosts = own_hosts;
  options.holds = [&](std::string_view address) {
    const bool held = is_in(index, address);
    if (!held && missing.size() < kMostMissing) missing.emplace(address);
    return held;
  };
  for (const auto& file : index.all()) {
    if (!file->page) continue;
    options.path = address_of(*file, index.roots());
    const auto raw = read_file(site / file->path, kLargestPage);
    if (raw) rewrite(*raw, options);
  }
  return missing;
}

Result<Prepared> prepare(const fs::path& site, const RewriteOptions& options,
                         const std::vector<std::string>& roots, std::size_t most_files) {
  const auto index = CopyIndex::read(site, roots, most_files);
  if (!index) return tl::unexpected(index.error());
  RewriteOptions here = options;
  here.holds = [&index](std::string_view address) { return is_in(*index, address); };
  Prepared done;
  for (const auto& file : index->all()) {
    const fs::path path = site / file->path;
    std::error_code ignored;
    if (is_program(file->path)) {
      fs::remove(path, ignored);
      continue;
    }
    Result<void> ready;
    if (file->page) {
      here.path = address_of(*file, roots);
      ready = prepare_page(path, here);
    } else if (std::string_view(file->type) == "text/css") {
      ready = prepare_style(path, options.own_hosts);
    }
    if (!ready && is_full(ready.error())) return tl::unexpected(ready.error());
    if (!ready) {
      log::warning("homepage: {} is left out: {}", path.string(), ready.error().message);
      fs::remove(path, ignored);
      ++done.left_out;
    } else if (file->page) {
      ++done.pages;
    }
  }
  return done;
}

}  // namespace dienstbereit::fallback::site
