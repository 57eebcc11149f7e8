// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "config/load.h"
#include "fallback/site/switching.h"
#include "runtime/clock.h"
#include "runtime/server_certificate.h"

namespace dienstbereit::app {
namespace {

constexpr int kLookEveryMs = 200;
constexpr const char* kPath = "/api/v1/homepage";

std::string newest(const Json& homepage) {
  const Json copies = homepage.value("copies", Json::array());
  return copies.empty() ? "" : copies.front().value("name", "");
}

// How it stands once the fetching has ended. No bound of its own: the server has one.
Result<Json> ended(const Talk& talk) {
  auto now = fetch_json(talk, "GET", kPath);
  while (now && now->value("fetching", false)) {
    ::poll(nullptr, 0, kLookEveryMs);
    now = fetch_json(talk, "GET", kPath);
  }
  return now;
}

void print_copies(const Json& homepage) {
  for (const Json& copy : homepage.value("copies", Json::array())) {
    fmt::print("{} {}  {} files, {:.1f} MB\n", copy.value("current", false) ? '*' : ' ',
               copy.value("name", ""), copy.value("files", std::uint64_t{0}),
               static_cast<double>(copy.value("bytes", std::uint64_t{0})) / (1u << 20));
  }
}

std::string text_at(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
}

void print_notes(const Json& answer) {
  for (const Json& note : answer["notes"]) fmt::print("{}\n", note.get<std::string>());
}

// Prints a text made from the district's homepage.
template <class Make>
int print_from(const std::filesystem::path& path, Make make) {
  const config::Loaded loaded = config::load_path(path);
  if (!loaded.district) {
    return complain(Error(Errc::InvalidInput, config::to_lines(loaded.diagnostics)));
  }
  if (!loaded.district->homepage) {
    return complain(Error(Errc::NotFound, "the district has no 'homepage:' "
                                          "(docs/operating/homepage.md)"));
  }
  const Result<std::string> text = make(*loaded.district->homepage);
  if (!text) return complain(text.error());
  fmt::print("{}", *text);
  return kExitOk;
}

bool is_installed(const char* program) {
  for (const char* folder : {"/usr/local/bin/", "/usr/bin/", "/bin/"}) {
    if (::access((std::string(folder) + program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace

int mirror_fetch(const Talk& talk, const HomepageOptions& options) {
  const auto before = fetch_json(talk, "GET", kPath);
  if (!before) return complain(before.error());
  const Json body{{"anew", options.anew}};
  const auto begun = fetch_json(talk, "POST", "/api/v1/homepage/copies", body.dump());
  if (!begun) return complain(begun.error());
  const auto after = ended(talk);
  if (!after) return complain(after.error());
  if (newest(*after) == newest(*before)) {
    return complain(Error(Errc::Unreachable, "no new copy: " + text_at(*after, "trouble")));
  }
  return show(talk, after, [](const Json& json) { print_copies(json); });
}

int mirror_list(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", kPath), print_copies);
}

int mirror_prune(const Talk& talk, const HomepageOptions& options) {
  const Json body{{"keep", options.keep}};
  return show(talk, fetch_json(talk, "POST", "/api/v1/homepage/prune", body.dump()), print_notes);
}

int fallback_status(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", kPath), [](const Json& json) {
    fmt::print("mode: {}{}\n", json.value("mode", ""),
               text_at(json, "mode_since").empty()
                   ? ""
                   : fmt::format(" since {} by {}: {}", text_at(json, "mode_since"),
                                 json.value("by", ""), json.value("reason", "")));
    if (!json.value("problem", "").empty()) fmt::print("! {}\n", json.value("problem", ""));
    if (!text_at(json, "failing_since").empty()) {
      fmt::print("! no new copy since {}: {}\n", text_at(json, "failing_since"),
                 json.value("detail", ""));
    }
    if (!json.value("certificate_problem", "").empty()) {
      fmt::print("! {}\n", json.value("certificate_problem", ""));
    }
    if (!text_at(json, "certificate_until").empty()) {
      fmt::print("certificate until: {}\n", text_at(json, "certificate_until"));
    }
    fmt::print("requests: {}, last {}\n", json.value("requests", std::uint64_t{0}),
               text_at(json, "last_request").empty() ? "never" : text_at(json, "last_request"));
    print_copies(json);
  });
}

int fallback_mode(const Talk& talk, const HomepageOptions& options) {
  const Json body{{"mode", options.mode}, {"reason", options.reason}};
  const auto answer = fetch_json(talk, "POST", "/api/v1/homepage/mode", body.dump());
  return show(talk, answer, [&](const Json&) { fmt::print("mode: {}\n", options.mode); });
}

int fallback_nginx(const HomepageOptions& options) {
  return print_from(options.district, [&](const HomepageSpec& spec) {
    return options.location ? fallback::site::nginx_location(spec)
                            : fallback::site::nginx_upstream(spec, options.at);
  });
}

int fallback_address(const HomepageOptions& options) {
  return print_from(options.district, [&](const HomepageSpec& spec) {
    return fallback::site::address_script(spec, options.direction == "take");
  });
}

int fallback_dns(const HomepageOptions& options) {
  return print_from(options.district, [&](const HomepageSpec& spec) {
    return fallback::site::dns_script(spec, options.direction == "away");
  });
}

std::vector<std::string> homepage_warnings(const HomepageSpec& spec,
                                           const std::filesystem::path& folder) {
  std::vector<std::string> all;
  if (!is_installed("wget")) {
    all.push_back("'homepage:' needs wget to copy the site; install the package wget");
  }
  if (spec.certificate.empty()) return all;
  const auto beside = [&](const std::string& file) {
    return std::filesystem::path(file).is_absolute() ? std::filesystem::path(file) : folder / file;
  };
  for (const std::string& name : spec.names.empty() ? std::vector<std::string>{""} : spec.names) {
    const auto end = runtime::certificate_end(beside(spec.certificate), beside(spec.key), name);
    if (!end) {
      all.push_back("homepage: " + end.error().message);
    } else if (*end - spec.renew_before < runtime::Clock::wall()) {
      all.push_back(fmt::format("homepage: the certificate '{}' ends on {}; renew it",
                                spec.certificate, to_rfc3339(*end).substr(0, 10)));
    }
  }
  return all;
}

}  // namespace dienstbereit::app
