// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/fetch.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "fallback/site/address.h"
#include "fallback/site/html.h"
#include "runtime/program/process.h"

namespace dienstbereit::fallback::site {
namespace {

namespace fs = std::filesystem;

constexpr int kSilentSeconds = 20;
constexpr std::size_t kSmallestPage = 200;     // bytes of a first page worth keeping
constexpr std::size_t kLargestLog = 16u << 20;
constexpr std::uint64_t kSmallestSpace = 64u << 20;  // bytes that must be free
// The exit codes of wget that leave a copy worth judging.
constexpr int kAnswersWithErrors = 8;  // some address answered 404 or the like
constexpr int kNetworkTrouble = 4;     // some address could not be read
constexpr int kFileTrouble = 3;

std::vector<std::string> common_arguments(const FetchOptions& options, const fs::path& log) {
  std::vector<std::string> all{"wget",
                               "--no-config",
                               "--no-hsts",
                               "--no-verbose",
                               "--output-file=" + log.string(),
                               fmt::format("--timeout={}", kSilentSeconds),
                               "--tries=2",
                               "--max-redirect=8",
                               "--user-agent=Mozilla/5.0 (compatible; Dienstbereit)"};
  if (!options.ca_file.empty()) all.push_back("--ca-certificate=" + options.ca_file.string());
  return all;
}

std::string domains_of(const HomepageSpec& spec) {
  std::vector<std::string> all = own_hosts(spec);
  all.insert(all.end(), spec.other_hosts.begin(), spec.other_hosts.end());
  for (std::string& host : all) host = host.substr(0, host.rfind(':'));
  return join(all, ",");
}

// Names of files as CopyIndex reads them.
std::vector<std::string> fetch_arguments(const FetchOptions& options, const fs::path& folder,
                                         const char* log) {
  const HomepageSpec& spec = options.spec;
  // No file may grow beyond the whole: wget looks at the sum between two files only.
  // It ends with us, so that nothing is written behind the back of the next start.
  std::vector<std::string> all{"setpriv", "--pdeathsig",
                               "KILL",    "--",
                               "prlimit", fmt::format("--fsize={}", spec.bounds.bytes),
                               "--"};
  const auto common = common_arguments(options, folder / log);
  all.insert(all.end(), common.begin(), common.end());
  all.insert(all.end(), {"--restrict-file-names=unix,nocontrol", "--execute=robots=off",
                         fmt::format("--quota={}", spec.bounds.bytes),
                         "--directory-prefix=" + (folder / kSiteFolder).string()});
  return all;
}

std::vector<std::string> mirror_arguments(const FetchOptions& options, const fs::path& folder) {
  std::vector<std::string> all = fetch_arguments(options, folder, "wget.log");
  all.insert(all.end(),
             {"--recursive", fmt::format("--level={}", options.spec.bounds.depth),
              "--page-requisites", "--convert-links", "--adjust-extension", "--span-hosts",
              "--domains=" + domains_of(options.spec), "--", options.spec.url});
  return all;
}

// The first page answers right now.
bool answers(const FetchOptions& options, const fs::path& folder, const runtime::Limit& limit) {
  auto all = common_arguments(options, folder / "again.log");
  all.insert(all.end(), {"--spider", "--", options.spec.url});
  return runtime::run_program(all, limit).has_value();
}

// What wget could not read, from its log: how many, and the first.
std::string unread(const fs::path& log) {
  const auto text = read_file(log, kLargestLog);
  if (!text) return {};
  std::size_t count = 0;
  std::string first;
  std::string_view before;
  for (const std::string_view line : split(*text, '\n')) {
    if (line.find(" ERROR ") != std::string_view::npos ||
        line.find("failed: ") != std::string_view::npos) {
      if (count++ == 0) first = clean(before.ends_with(':') ? before : line, 160);
    }
    before = line;
  }
  return count == 0 ? ""
                    : fmt::format("{} addresses could not be read, the first: {}", count, first);
}

std::string last_line(const fs::path& log) {
  const auto text = read_file(log, kLargestLog);
  if (!text) return "it left no log";
  const std::string_view all = trim(*text);
  return clean(all.substr(all.rfind('\n') + 1), 300);
}

Result<void> mirror(const FetchOptions& options, const fs::path& folder,
                    const runtime::Limit& limit) {
  const auto ended = runtime::run_to_code(mirror_arguments(options, folder), limit);
  if (!ended && ended.error().code == Errc::Unreachable) {
    return fail(Errc::LimitExceeded,
                fmt::format("wget was killed while reading {} ({}); a file larger than "
                            "'megabytes' ends it so",
                            options.spec.url, ended.error().message));
  }
  if (!ended) return tl::unexpected(ended.error());
  if (ended->code == 0 || ended->code == kAnswersWithErrors) return {};
  if (ended->code == kNetworkTrouble && answers(options, folder, limit)) return {};
  const char* why = ended->code == 127 || ended->code == 126 ? "; is the package wget installed?"
                    : ended->code == kFileTrouble
                        ? "; is the disk full, or a file larger than 'megabytes'?"
                        : "";
  const std::string said = fs::exists(folder / "wget.log") ? last_line(folder / "wget.log")
                                                           : clean(trim(ended->output), 300);
  return fail(Errc::Unreachable, fmt::format("wget ended with {} for {}: {}{}", ended->code,
                                             options.spec.url, said, why));
}

// What wget itself does not follow: other sizes of pictures, and such as scripts show later. They
// are a gain, not a condition: that some are not there is no failure.
Result<void> fetch_pictures(const FetchOptions& options, const fs::path& folder,
                            const CopyIndex& index, const runtime::Limit& limit) {
  const std::string& url = options.spec.url;
  const std::string origin = url.substr(0, url.find('/', url.find("://") + 3));
  std::string list;
  for (const std::string& address :
       missing_pictures(folder / kSiteFolder, index, own_hosts(options.spec))) {
    list += origin + percent_encoded_address(address) + "\n";
  }
  if (list.empty()) return {};
  const fs::path file = folder / "pictures.txt";
  if (auto written = write_file(file, list); !written) return written;
  std::vector<std::string> all = fetch_arguments(options, folder, "pictures.log");
  all.insert(all.end(), {"--force-directories", "--input-file=" + file.string()});
  const auto ended = runtime::run_to_code(all, limit);
  if (!ended) return tl::unexpected(ended.error());
  if (ended->code == kFileTrouble) {
    return fail(Errc::Io, "the disk is full, or a picture is larger than 'megabytes'");
  }
  return {};
}

bool tells_of_an_error(std::string_view title) {
  for (const char* code : {"400", "401", "403", "404", "500", "502", "503", "504"}) {
    if (title.starts_with(code)) return true;
  }
  return false;
}

Result<void> judge_first_page(const HomepageSpec& spec, const std::string& html) {
  const auto bad = [&](const std::string& why) {
    return fail(Errc::Corrupt, fmt::format("the first page of {} {}", spec.url, why));
  };
  if (html.find(kBannerId) != std::string::npos) {
    return bad("is a copy of ours: the fallback is in its place just now");
  }
  if (html.size() < kSmallestPage) return bad(fmt::format("has {} bytes only", html.size()));
  if (!spec.expects.empty() && html.find(spec.expects) == std::string::npos) {
    return bad(fmt::format("does not hold '{}'; it may be an error page", spec.expects));
  }
  const auto page = rewrite(html, {});
  if (!page) return tl::unexpected(page.error());
  if (tells_of_an_error(page->title)) {
    return bad(fmt::format("is an error page: '{}'", clean(page->title, 80)));
  }
  return {};
}

// Much less than the night before is a site that answers only in part.
Result<void> judge_size(const CopyIndex& index, const HomepageCopy* before) {
  if (before == nullptr) return {};
  if (index.files() * 2 >= before->files && index.bytes() * 2 >= before->bytes) return {};
  return fail(
      Errc::Corrupt,
      fmt::format("{} files of {} bytes are less than half of copy {} ({} files, {} bytes); "
                  "if that is right, 'dienstbereit mirror fetch --anew'",
                  index.files(), index.bytes(), before->name, before->files, before->bytes));
}

// The path and query of the first page as CopyIndex finds it.
const CopyFile* first_page(const CopyIndex& index, const std::string& url) {
  const auto slash = url.find('/', url.find("://") + 3);
  const std::string whole = slash == std::string::npos ? "/" : url.substr(slash);
  const std::string address = resolved("/", whole);
  const auto question = address.find('?');
  return index.find(address.substr(0, question),
                    question == std::string::npos ? "" : address.substr(question + 1));
}

Result<void> check_space(const fs::path& folder, const HomepageCopy* before) {
  std::error_code error;
  const auto space = fs::space(folder, error);
  const std::uint64_t wanted = std::max(kSmallestSpace, before == nullptr ? 0 : before->bytes * 2);
  if (error || space.available >= wanted) return {};
  return fail(Errc::Io,
              fmt::format("{} MB are free at '{}', {} are wanted for a copy; make room or "
                          "keep fewer copies",
                          space.available >> 20, folder.string(), wanted >> 20));
}

}  // namespace

std::vector<std::string> own_hosts(const HomepageSpec& spec) {
  std::vector<std::string> all{host_of(spec.url)};
  for (const std::string& name : spec.names) all.push_back(to_lower_ascii(name));
  return all;
}

Result<Fetched> fetch(const FetchOptions& options, const fs::path& folder,
                      const HomepageCopy* before, const runtime::Limit& limit) {
  const HomepageSpec& spec = options.spec;
  if (options.anew) before = nullptr;
  if (auto room = check_space(folder, before); !room) return tl::unexpected(room.error());
  if (auto got = mirror(options, folder, limit); !got) return tl::unexpected(got.error());
  const fs::path site = folder / kSiteFolder;
  const auto raw = CopyIndex::read(site, own_hosts(spec), spec.bounds.files);
  if (!raw) return tl::unexpected(raw.error());
  if (raw->bytes() >= spec.bounds.bytes) {
    return fail(
        Errc::LimitExceeded,
        fmt::format("the site has more than the {} MB of 'megabytes', so the copy is not whole; "
                    "raise it, or leave hosts out",
                    spec.bounds.bytes >> 20));
  }
  const CopyFile* first = first_page(*raw, spec.url);
  if (first == nullptr || !first->page) {
    return fail(Errc::Corrupt, fmt::format("{} gave no page", spec.url));
  }
  const auto html = read_file(site / first->path, kLargestPage);
  if (!html) return tl::unexpected(html.error());
  if (auto good = judge_first_page(spec, *html); !good) return tl::unexpected(good.error());
  if (auto good = judge_size(*raw, before); !good) return tl::unexpected(good.error());
  if (auto got = fetch_pictures(options, folder, *raw, limit); !got) {
    return tl::unexpected(got.error());
  }
  RewriteOptions rewriting;
  rewriting.own_hosts = own_hosts(spec);
  rewriting.de = options.de;
  rewriting.en = options.en;
  const auto ready = prepare(site, rewriting, own_hosts(spec), spec.bounds.files);
  if (!ready) return tl::unexpected(ready.error());
  Fetched fetched;
  fetched.facts.files = raw->files();
  fetched.facts.bytes = raw->bytes();
  fetched.left_out = unread(folder / "wget.log");
  return fetched;
}

}  // namespace dienstbereit::fallback::site
