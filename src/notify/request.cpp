// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "notify/request.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::notify {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

}  // namespace

bool valid_number(std::string_view number) {
  const std::string_view digits = number.starts_with('+') ? number.substr(1) : number;
  return digits.size() >= 3 && digits.size() <= 20 &&
         digits.find_first_not_of("0123456789") == std::string_view::npos;
}

Request http_request(const Letter& letter, const std::string& secret) {
  Request request;
  request.url = letter.channel.url;
  const bool in_url = request.url.find("{secret}") != std::string::npos;
  replace_all(request.url, "{secret}", percent_encoded(secret));
  request.timeout = letter.channel.timeout;
  request.headers = {"X-Idempotency-Key: dienstbereit-" + letter.key};
  if (!letter.channel.user.empty()) {
    request.user = letter.channel.user;
    request.password = secret;
  } else if (!secret.empty() && !in_url) {
    request.headers.push_back("Authorization: Bearer " + secret);
  }
  return request;
}

Result<Request> request_for(const Letter& letter, const std::string& secret, Instant now) {
  if (secret.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    return fail(Errc::InvalidInput, fmt::format("the credential '{}' has more than one line",
                                                letter.channel.credential));
  }
  Result<Request> request = fail(Errc::InvalidInput, "a channel of no known kind");
  switch (letter.channel.kind) {
    case ChannelKind::Mail:
      request = mail_request(letter, secret, now);
      break;
    case ChannelKind::Webhook:
      request = webhook_request(letter, secret);
      break;
    case ChannelKind::Alertmanager:
      request = alertmanager_request(letter, secret);
      break;
    case ChannelKind::Sms:
      request = sms_request(letter, secret);
      break;
  }
  if (!request) return request;
  request->bind = letter.bind;
  request->verify = letter.channel.tls.verify;
  return request;
}

}  // namespace dienstbereit::notify
