// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A letter in the shape of Alertmanager's webhook, version 4: one alert for each place or incident.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "notify/request.h"

namespace dienstbereit::notify {
namespace {

using Json = nlohmann::ordered_json;

// Go's zero time: the alert has no end yet.
constexpr const char* kNoEnd = "0001-01-01T00:00:00Z";
constexpr std::size_t kFingerprint = 16;  // hex digits

const char* severity_of(const LetterItem& item) {
  if (item.over) return "none";
  const bool calls = item.kind == "incident" || item.kind == "run";
  return calls || item.to == "closed" ? "critical" : "warning";
}

const char* alert_name(const LetterItem& item) {
  if (item.kind == "place") return "DienstbereitPlace";
  if (item.kind == "run") return "DienstbereitRun";
  return item.kind == "word" ? "DienstbereitWord" : "DienstbereitIncident";
}

// Of what identifies the alert alone, so that its end carries the same one.
std::string fingerprint(const LetterItem& item) {
  return to_hex(sha256(std::string(alert_name(item)) + '\0' + item.subject))
      .substr(0, kFingerprint);
}

Json alert_json(const Letter& letter, const LetterItem& item) {
  return Json{{"status", item.over ? "resolved" : "firing"},
              {"labels",
               {{"alertname", alert_name(item)},
                {"subject", item.subject},
                {"severity", severity_of(item)}}},
              {"annotations",
               {{"summary", fmt::format("{}: {}", item.name_de, item.to)},
                {"summary_en", fmt::format("{}: {}", item.name_en, item.to)}}},
              {"startsAt", to_rfc3339(item.since)},
              {"endsAt", item.over ? to_rfc3339(letter.raised) : kNoEnd},
              {"generatorURL", letter.page},
              {"fingerprint", fingerprint(item)}};
}

}  // namespace

Result<Request> alertmanager_request(const Letter& letter, const std::string& secret) {
  std::vector<LetterItem> items = letter.items;
  if (items.empty()) {
    LetterItem whole;
    whole.subject = letter.cause;
    whole.name_de = whole.name_en = letter.subject;
    whole.kind = letter.kind == NoticeKind::Test ? "word" : "incident";
    whole.to = name_of(letter.kind);
    whole.over = letter.kind == NoticeKind::Clear || letter.kind == NoticeKind::Test;
    whole.since = letter.raised;
    items.push_back(std::move(whole));
  }
  Json alerts = Json::array();
  bool firing = false;
  for (const LetterItem& item : items) {
    firing = firing || !item.over;
    alerts.push_back(alert_json(letter, item));
  }
  Json common{{"summary", letter.subject}, {"description", letter.text}};
  if (!letter.code.empty()) common["acknowledge"] = letter.code;
  const Json json{{"version", "4"},
                  {"groupKey", fmt::format("{{}}:{{cause=\"{}\"}}", letter.cause)},
                  {"truncatedAlerts", letter.more},
                  {"status", firing ? "firing" : "resolved"},
                  {"receiver", letter.recipient.str()},
                  {"groupLabels", {{"cause", letter.cause}}},
                  {"commonLabels",
                   {{"cause", letter.cause},
                    {"kind", name_of(letter.kind)},
                    {"exercise", letter.exercise ? "true" : "false"}}},
                  {"commonAnnotations", std::move(common)},
                  {"externalURL", letter.page},
                  {"alerts", std::move(alerts)}};
  Request request = http_request(letter, secret);
  request.headers.push_back("Content-Type: application/json");
  request.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return request;
}

}  // namespace dienstbereit::notify
