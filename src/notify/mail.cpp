// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A letter as a mail (RFC 5322, MIME): headers of people's text are encoded words (RFC 2047), the
// body is base64, so no text can become a header or end the message.
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "notify/request.h"

namespace dienstbereit::notify {
namespace {

constexpr std::size_t kBytesPerWord = 42;  // of an encoded word: 56 characters, and its frame
constexpr std::size_t kBytesPerLine = 57;  // of a body line: 76 characters

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const unsigned byte = i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u;
      group = group << 8 | byte;
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += i + k <= bytes.size() ? kDigits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

// Encoded words, folded; each holds whole characters.
std::string header_text(std::string_view text) {
  const std::string sound = clean(text, kLongestSubject);
  std::string out;
  std::size_t at = 0;
  while (at < sound.size()) {
    std::size_t end = std::min(at + kBytesPerWord, sound.size());
    while (end > at + 1 && end < sound.size() && (sound[end] & 0xC0) == 0x80) --end;
    out += fmt::format("{}=?UTF-8?B?{}?=", out.empty() ? "" : "\r\n ",
                       base64(std::string_view(sound).substr(at, end - at)));
    at = end;
  }
  return out;
}

std::string body_text(std::string_view text) {
  std::string lines;  // network form
  for (const char c : clean(text, kLongestText)) {
    lines += c == '\n' ? "\r\n" : std::string(1, c);
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); i += kBytesPerLine) {
    out += base64(std::string_view(lines).substr(i, kBytesPerLine)) + "\r\n";
  }
  return out;
}

// "Mon, 23 Nov 2026 06:10:00 +0000" (RFC 5322, 3.3).
std::string date_header(Instant t) {
  constexpr std::array<const char*, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto days = std::chrono::floor<date::days>(t);
  const date::year_month_day ymd{date::sys_days(days.time_since_epoch())};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(t - days).count();
  const int weekday = weekday_of(Day(days.time_since_epoch()));
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000",
                     kDays[static_cast<std::size_t>(weekday)], static_cast<unsigned>(ymd.day()),
                     kMonths[static_cast<unsigned>(ymd.month()) - 1], static_cast<int>(ymd.year()),
                     seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string domain_of(std::string_view address) {
  return std::string(address.substr(address.find('@') + 1));
}

// What may stand in a message id, from any text.
std::string token(std::string_view text) {
  std::string out;
  for (const char c : clean(text, 100)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    out += plain || c == '.' || c == '-' ? c : '-';
  }
  return out;
}

// How mail programs end a subscription (RFC 2369, RFC 8058).
std::string way_out(const Letter& letter) {
  if (letter.unsubscribe.empty()) return {};
  return fmt::format("List-Unsubscribe: <{}>\r\n"
                     "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                     letter.unsubscribe);
}

}  // namespace

Result<Request> mail_request(const Letter& letter, const std::string& secret, Instant now) {
  const ChannelSpec& channel = letter.channel;
  if (!valid_mail_address(letter.to) || !valid_mail_address(channel.from)) {
    return fail(Errc::InvalidInput,
                fmt::format("recipient '{}' has no usable mail address in the contacts, or channel "
                            "'{}' no sender",
                            letter.recipient.str(), channel.id.str()));
  }
  const auto host = host_of(channel);
  if (!host) return fail(Errc::InvalidInput, "the channel's url is no smtp:// or smtps://");
  const std::string domain = domain_of(channel.from);
  Request request;
  request.mail = true;
  request.url = fmt::format("{}/{}", channel.url.substr(0, channel.url.find('/', 8)), domain);
  request.timeout = channel.timeout;
  request.starttls = host->scheme == "smtp" && channel.starttls;
  request.user = channel.user;
  request.password = secret;
  request.from = channel.from;
  request.to = letter.to;
  const std::string thread = fmt::format("<dienstbereit.{}@{}>", token(letter.cause), domain);
  request.body = fmt::format(
      "Date: {}\r\nFrom: {}\r\n <{}>\r\nTo: <{}>\r\nSubject: {}\r\n"
      "Message-ID: <dienstbereit.{}@{}>\r\nReferences: {}\r\nList-Id: <dienstbereit.{}>\r\n{}"
      "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n"
      "Content-Language: {}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\n{}",
      date_header(now), header_text("Dienstbereit – " + letter.sender), channel.from, letter.to,
      header_text(letter.subject), token(letter.key), domain, thread, domain, way_out(letter),
      join(letter.languages, ", "), body_text(letter.text));
  return request;
}

}  // namespace dienstbereit::notify
