// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <filesystem>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "base/text.h"
#include "config/load.h"
#include "probe/once.h"

namespace dienstbereit::app {
namespace {

constexpr const char* kRoot = "/api/v1/intake/";
constexpr Duration kProofTimeout = std::chrono::seconds(10);
constexpr const char* kPaper = "until that is mended, the printed forms are the way";

std::string path(const std::string& rest) { return kRoot + rest; }

std::string text_or(const Json& json, const char* key, const char* otherwise) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

}  // namespace

int intake_backlog(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", path("backlog")), [](const Json& answer) {
    for (const Json& one : answer["services"]) {
      fmt::print("{:<10} {:<10} {:>6} wait  oldest {}  {:.1f} a day  done by {}\n",
                 one.value("office", ""), one.value("service", ""), one.value("waiting", 0),
                 text_or(one, "oldest", "-"), one.value("per_day", 0.0),
                 text_or(one, "expected_end", "not in sight"));
    }
    for (const Json& one : answer["devices"]) {
      if (one.value("pending", 0) == 0) continue;
      fmt::print("counter {}-{:02} holds {} cases that have not come in, heard {}\n",
                 one.value("site", ""), one.value("counter", 0), one.value("pending", 0),
                 text_or(one, "heard", "never"));
    }
    if (answer["services"].empty()) fmt::print("no case has been taken in\n");
  });
}

int intake_devices(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", path("devices")), [](const Json& answer) {
    for (const Json& one : answer["devices"]) {
      fmt::print("{:<12} {}-{:02}  {:<10} {:>5} came in {:>5} wait there  heard {}  {}\n",
                 one.value("device", ""), one.value("site", ""), one.value("counter", 0),
                 one.value("enrolled", false) ? "enrolled" : "code made", one.value("received", 0),
                 one.value("pending", 0), text_or(one, "heard", "never"), one.value("label", ""));
    }
    if (answer["devices"].empty()) fmt::print("there are no counters yet\n");
  });
}

int intake_device(const Talk& talk, const IntakeOptions& options) {
  const Json body{{"site", options.site}, {"counter", options.counter}, {"label", options.label}};
  return show(talk, fetch_json(talk, "POST", path("devices"), body.dump()), [](const Json& answer) {
    fmt::print("Open /intake/ in the counter's browser and type this code, within 24 "
               "hours and once:\n  {}\n",
               answer.value("code", ""));
  });
}

int intake_remove(const Talk& talk, const IntakeOptions& options) {
  const std::string reason =
      options.reason.empty() ? "" : "?reason=" + percent_encoded(options.reason);
  return show(
      talk, fetch_json(talk, "DELETE", path("devices/" + percent_encoded(options.device) + reason)),
      [&](const Json&) { fmt::print("{} is no counter any more\n", options.device); });
}

int intake_keys(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", path("keys")), [](const Json& answer) {
    for (const Json& one : answer["keys"]) {
      fmt::print("{}  {:<10} {}\n", one.value("key_id", ""), one.value("office", ""),
                 one.value("confirmed", false) ? "confirmed" : "waits for a second person");
    }
    if (answer["keys"].empty()) {
      fmt::print("no office has a key; an administrator makes one under /intake/office\n");
    }
  });
}

// As a counter's browser would open the page: by name, over TLS, with the trust it has.
int prove_counters(const std::filesystem::path& district) {
  const config::Loaded loaded = config::load_path(district);
  if (!loaded.district) {
    return complain(Error(Errc::InvalidInput, config::to_lines(loaded.diagnostics)));
  }
  const IntakeRules& rules = loaded.district->intake;
  if (rules.url.empty()) {
    return complain(Error(Errc::NotFound, fmt::format("the district's 'intake:' names no 'url' "
                                                      "that counters open; {}",
                                                      kPaper)));
  }
  HttpProbe page;
  page.url = rules.url + "/intake/";
  if (!rules.ca_file.empty()) {
    const auto folder = std::filesystem::is_directory(district) ? district : district.parent_path();
    page.tls.ca_file = std::filesystem::absolute(folder / rules.ca_file).string();
  }
  const runtime::Credentials none{std::filesystem::path()};
  ProbeSpec spec;
  spec.id = ProbeId("counters/page");
  spec.action = page;
  spec.timeout = kProofTimeout;
  const ProbeResult result = probe::run_once(spec, none);
  if (result.outcome == ProbeOutcome::Success || result.outcome == ProbeOutcome::Slow) {
    fmt::print("counters can open {}: its certificate names the host and is trusted{}\n", page.url,
               result.detail.empty() ? "" : " (" + result.detail + ")");
    return kExitOk;
  }
  return complain(Error(Errc::Unreachable, fmt::format("counters could not open {}: {}; {}",
                                                       page.url, result.detail, kPaper)));
}

}  // namespace dienstbereit::app
