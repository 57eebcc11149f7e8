// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/http.h"

#include <date/date.h>
#include <fmt/format.h>

#include "base/text.h"
#include "fallback/site/address.h"

namespace dienstbereit::fallback::site {
namespace {

constexpr std::size_t kMostFields = 100;

bool is_target(std::string_view target) {
  for (const char c : target) {
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f) return false;
  }
  return !target.empty();
}

// "/a/b?c" of a target, which a proxy may have sent with scheme and host.
std::optional<std::string_view> origin_form(std::string_view target) {
  if (target.starts_with('/')) return target;
  if (host_of(target).empty()) return std::nullopt;
  const auto slash = target.find('/', target.find("://") + 3);
  return slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
}

void take_field(std::string_view name, std::string_view value, Asked& asked) {
  if (equals_ignoring_case(name, "connection")) {
    const std::string lower = to_lower_ascii(value);
    if (lower.find("close") != std::string::npos) asked.keep_alive = false;
    if (lower.find("keep-alive") != std::string::npos) asked.keep_alive = true;
  } else if (equals_ignoring_case(name, "accept-encoding")) {
    const std::string lower = to_lower_ascii(value);
    const auto at = lower.find("gzip");
    asked.gzip = at != std::string::npos && lower.substr(at, 9) != "gzip;q=0";
  } else if (equals_ignoring_case(name, "if-none-match")) {
    asked.if_none_match = value;
  } else if (equals_ignoring_case(name, "accept-language")) {
    asked.english = to_lower_ascii(value.substr(0, 2)) == "en";
  } else if (equals_ignoring_case(name, "content-length")) {
    asked.body = asked.body || value != "0";
  } else if (equals_ignoring_case(name, "transfer-encoding")) {
    asked.body = true;
  }
}

}  // namespace

std::optional<Asked> parse_head(std::string_view head) {
  const auto line_end = head.find("\r\n");
  if (line_end == std::string_view::npos) return std::nullopt;
  const auto words = split(head.substr(0, line_end), ' ');
  if (words.size() != 3 || words[0].empty() || !is_target(words[1])) return std::nullopt;
  if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0") return std::nullopt;
  const auto target = origin_form(words[1]);
  if (!target) return std::nullopt;
  Asked asked;
  asked.method = words[0];
  asked.keep_alive = words[2] == "HTTP/1.1";
  const auto question = target->find('?');
  asked.path = percent_decoded(target->substr(0, question));
  if (question != std::string_view::npos) {
    asked.query = percent_decoded(target->substr(question + 1));
  }
  std::string_view rest = head.substr(line_end + 2);
  for (std::size_t fields = 0; !rest.empty() && !rest.starts_with("\r\n"); ++fields) {
    const auto end = rest.find("\r\n");
    const auto colon = rest.find(':');
    if (end == std::string_view::npos || colon == std::string_view::npos || colon > end ||
        colon == 0 || fields == kMostFields) {
      return std::nullopt;
    }
    take_field(rest.substr(0, colon), trim(rest.substr(colon + 1, end - colon - 1)), asked);
    rest.remove_prefix(end + 2);
  }
  return asked;
}

std::string date_field(Instant t) {
  const auto seconds = date::floor<std::chrono::seconds>(t);
  const auto day = date::floor<date::days>(seconds);
  const date::year_month_day ymd(day);
  const date::hh_mm_ss<std::chrono::seconds> time(seconds - day);
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     kDays[date::weekday(day).c_encoding()], static_cast<unsigned>(ymd.day()),
                     kMonths[static_cast<unsigned>(ymd.month()) - 1], static_cast<int>(ymd.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 304:
      return "Not Modified";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    default:
      return "Service Unavailable";
  }
}

}  // namespace dienstbereit::fallback::site
