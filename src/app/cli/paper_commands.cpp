// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The handbook and the counter packs, to take along.
#include <cstdio>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "base/base64.h"
#include "base/file.h"
#include "base/text.h"

namespace dienstbereit::app {
namespace {

// A file's name as the server gives it must stay inside the folder.
bool is_plain(const std::string& name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
}

Result<std::size_t> write_all(const Json& answer, const std::filesystem::path& folder) {
  std::error_code ec;
  std::filesystem::create_directories(folder, ec);
  if (ec) {
    return fail(Errc::Io, fmt::format("cannot make {}: {}", folder.string(), ec.message()));
  }
  std::size_t count = 0;
  for (const Json& file : answer.value("files", Json::array())) {
    const std::string name = file.is_object() ? file.value("path", "") : "";
    const auto bytes = from_base64(name.empty() ? "" : file.value("base64", ""));
    if (!is_plain(name) || !bytes) {
      return fail(Errc::Corrupt, "the server did not send files that can be written");
    }
    if (auto written = write_file(folder / name, *bytes); !written) {
      return tl::unexpected(written.error());
    }
    ++count;
  }
  return count;
}

// What the server makes of `path`, written into the folder.
Result<std::size_t> take(const Talk& talk, const std::string& path,
                         const std::filesystem::path& folder) {
  const auto answer = fetch_json(talk, "POST", path);
  if (!answer) return tl::unexpected(answer.error());
  return write_all(*answer, folder);
}

// What names people is nobody else's to read.
void keep_private() { ::umask(S_IRWXG | S_IRWXO); }

void print_end(const Talk& talk, const std::filesystem::path& folder, std::size_t count,
               const char* then) {
  if (talk.json) {
    fmt::print("{}\n", Json{{"folder", folder.string()}, {"files", count}}.dump(2));
  } else {
    fmt::print("{} files in {}. {}\n", count, folder.string(), then);
  }
}

std::string packs_of(const std::string& site) {
  return "/api/v1/papers/packs?site=" + percent_encoded(site);
}

// The site that is named, else all that get packs.
Result<std::vector<std::string>> sites_to_take(const Talk& talk, const std::string& site) {
  if (!site.empty()) return std::vector{site};
  const auto answer = fetch_json(talk, "GET", "/api/v1/papers/packs");
  if (!answer) return tl::unexpected(answer.error());
  std::vector<std::string> sites;
  for (const Json& one : answer->value("sites", Json::array())) {
    if (one.is_string()) sites.push_back(one.get<std::string>());
  }
  if (sites.empty()) return fail(Errc::NotFound, "the district names no sites under 'pack:'");
  return sites;
}

}  // namespace

int take_handbook(const Talk& talk, const std::filesystem::path& folder) {
  keep_private();
  const auto count = take(talk, "/api/v1/papers/handbook", folder);
  if (!count) return complain(count.error());
  print_end(talk, folder, *count,
            talk.german ? "Ausdrucken und außerhalb des Hauses ablegen."
                        : "Print it, and keep it outside the house.");
  return kExitOk;
}

// One request a site: those of all together may take longer than the server's bound for an answer,
// and what is there already is of use if one fails.
int take_packs(const Talk& talk, const std::filesystem::path& folder, const std::string& site) {
  keep_private();
  const auto sites = sites_to_take(talk, site);
  if (!sites) return complain(sites.error());
  std::size_t files = 0;
  int code = kExitOk;
  for (std::size_t i = 0; i < sites->size(); ++i) {
    const std::string& one = (*sites)[i];
    const auto count = take(talk, packs_of(one), folder);
    if (!count) {
      code = complain({count.error().code,
                       sites->size() == 1 ? count.error().message
                                          : fmt::format("{}: {}", one, count.error().message)});
      if (count.error().code == Errc::Unreachable || count.error().code == Errc::Io) return code;
      continue;
    }
    files += *count;
    if (!talk.json && sites->size() > 1) {
      fmt::print("{} ({}/{})\n", one, i + 1, sites->size());
      std::fflush(stdout);
    }
  }
  if (files == 0) return code;
  print_end(talk, folder, files,
            talk.german ? "Mit dem Kennwort des Standorts in jedem Browser zu öffnen."
                        : "Any browser opens them with the site's passphrase.");
  return code;
}

}  // namespace dienstbereit::app
