// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A letter as our own JSON (docs/formats/notices.md, "Webhook").
#include <nlohmann/json.hpp>

#include "notify/request.h"

namespace dienstbereit::notify {
namespace {

using Json = nlohmann::ordered_json;

Json item_json(const LetterItem& item) {
  return Json{{"kind", item.kind},
              {"subject", item.subject},
              {"name", {{"de", item.name_de}, {"en", item.name_en}}},
              {"from", item.from},
              {"to", item.to},
              {"since", to_rfc3339(item.since)}};
}

}  // namespace

Result<Request> webhook_request(const Letter& letter, const std::string& secret) {
  Json items = Json::array();
  for (const LetterItem& item : letter.items) items.push_back(item_json(item));
  const Json json{{"version", 1},
                  {"id", letter.id.str()},
                  {"key", "dienstbereit-" + letter.key},
                  {"kind", name_of(letter.kind)},
                  {"cause", letter.cause},
                  {"exercise", letter.exercise},
                  {"recipient", letter.recipient.str()},
                  {"raised", to_rfc3339(letter.raised)},
                  {"sender", letter.sender},
                  {"subject", letter.subject},
                  {"text", {{"de", letter.text_de}, {"en", letter.text_en}}},
                  {"not_as_usual", letter.bad},
                  {"items", std::move(items)},
                  {"more", letter.more},
                  {"page", letter.page},
                  {"acknowledge", letter.code.empty() ? Json(nullptr) : Json(letter.code)}};
  Request request = http_request(letter, secret);
  request.headers.push_back("Content-Type: application/json");
  request.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return request;
}

}  // namespace dienstbereit::notify
