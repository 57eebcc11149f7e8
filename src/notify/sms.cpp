// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A letter by a gateway that takes HTTP: what its provider wants stands in the channel's url and
// body, with {to}, {text}, {key} and {secret} in place of values.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "notify/request.h"

namespace dienstbereit::notify {
namespace {

std::string json_encoded(std::string_view text) {
  using Json = nlohmann::json;
  const std::string quoted =
      Json(std::string(text)).dump(-1, ' ', true, Json::error_handler_t::replace);
  return quoted.substr(1, quoted.size() - 2);
}

// Values are never looked at again: a text that says "{secret}" stays a text.
std::string filled(std::string_view pattern, const Letter& letter, const std::string& secret,
                   std::string (*encode)(std::string_view)) {
  const std::pair<std::string_view, std::string> values[] = {
      {"{to}", letter.to},
      {"{text}", clean(letter.short_text, kLongestSms)},
      {"{key}", "dienstbereit-" + letter.key},
      {"{secret}", secret}};
  std::string out;
  while (!pattern.empty()) {
    bool matched = false;
    for (const auto& [name, value] : values) {
      if (!pattern.starts_with(name)) continue;
      out += encode(value);
      pattern.remove_prefix(name.size());
      matched = true;
      break;
    }
    if (matched) continue;
    out += pattern.front();
    pattern.remove_prefix(1);
  }
  return out;
}

std::string plainly(std::string_view text) { return std::string(text); }

}  // namespace

Result<Request> sms_request(const Letter& letter, const std::string& secret) {
  const ChannelSpec& channel = letter.channel;
  if (!valid_number(letter.to)) {
    return fail(Errc::InvalidInput, fmt::format("recipient '{}' has no usable number in the "
                                                "contacts",
                                                letter.recipient.str()));
  }
  const bool placed = (channel.url + channel.body).find("{secret}") != std::string::npos;
  Request request = http_request(letter, placed ? std::string() : secret);
  request.url = filled(channel.url, letter, secret, percent_encoded);
  if (channel.body.empty()) {
    request.method = "GET";
    return request;
  }
  const bool json = channel.content_type.find("json") != std::string::npos;
  const bool form = channel.content_type.find("form-urlencoded") != std::string::npos;
  request.body = filled(channel.body, letter, secret,
                        json   ? json_encoded
                        : form ? percent_encoded
                               : plainly);
  request.headers.push_back("Content-Type: " + channel.content_type);
  return request;
}

}  // namespace dienstbereit::notify
