// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The handbook and the counter packs, to take along.
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

int take(const Talk& talk, const std::string& path, const std::filesystem::path& folder,
         const char* then) {
  // What names people is nobody else's to read.
  ::umask(S_IRWXG | S_IRWXO);
  const auto answer = fetch_json(talk, "POST", path);
  if (!answer) return complain(answer.error());
  const auto count = write_all(*answer, folder);
  if (!count) return complain(count.error());
  if (talk.json) {
    fmt::print("{}\n", Json{{"folder", folder.string()}, {"files", *count}}.dump(2));
  } else {
    fmt::print("{} files in {}. {}\n", *count, folder.string(), then);
  }
  return kExitOk;
}

}  // namespace

int take_handbook(const Talk& talk, const std::filesystem::path& folder) {
  return take(talk, "/api/v1/papers/handbook", folder,
              talk.german ? "Ausdrucken und außerhalb des Hauses ablegen."
                          : "Print it, and keep it outside the house.");
}

int take_packs(const Talk& talk, const std::filesystem::path& folder, const std::string& site) {
  const std::string query = site.empty() ? std::string() : "?site=" + percent_encoded(site);
  return take(talk, "/api/v1/papers/packs" + query, folder,
              talk.german ? "Mit dem Kennwort des Standorts in jedem Browser zu öffnen."
                          : "Any browser opens them with the site's passphrase.");
}

}  // namespace dienstbereit::app
