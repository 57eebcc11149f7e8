// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/mail/smtp_reply.h"

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kCodeDigits = 3;

bool is_code(std::string_view line) {
  if (line.size() < kCodeDigits || line[0] < '2' || line[0] > '5') return false;
  for (char c : line.substr(0, kCodeDigits)) {
    if (c < '0' || c > '9') return false;
  }
  return line.size() == kCodeDigits || line[kCodeDigits] == ' ' || line[kCodeDigits] == '-';
}

int code_of(std::string_view line) {
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

}  // namespace

// True: the line ends the reply.
Result<bool> SmtpReplyReader::take_line(std::string_view line) {
  if (!is_code(line)) {
    return fail(Errc::InvalidInput, fmt::format("this is no SMTP reply: '{}'", clean(line, 80)));
  }
  if (++lines_ > kMostSmtpLines) {
    return fail(Errc::LimitExceeded,
                fmt::format("the reply has more than {} lines", kMostSmtpLines));
  }
  const int code = code_of(line);
  if (lines_ > 1 && code != reply_.code) {
    return fail(Errc::InvalidInput, "the lines of one reply carry different codes");
  }
  reply_.code = code;
  if (lines_ > 1) reply_.text += '\n';
  if (line.size() > kCodeDigits) reply_.text += line.substr(kCodeDigits + 1);
  return line.size() == kCodeDigits || line[kCodeDigits] == ' ';
}

Result<std::optional<SmtpReply>> SmtpReplyReader::next() {
  for (;;) {
    const auto end = pending_.find('\n');
    if (std::min(end, pending_.size()) > kLongestSmtpLine) {
      return fail(Errc::LimitExceeded,
                  fmt::format("a line of the reply is longer than {} bytes", kLongestSmtpLine));
    }
    if (end == std::string::npos) return std::optional<SmtpReply>();
    std::string line = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const auto last = take_line(line);
    if (!last) return tl::unexpected<Error>(last.error());
    if (!*last) continue;
    lines_ = 0;
    return std::optional<SmtpReply>(std::exchange(reply_, SmtpReply{}));
  }
}

bool smtp_offers(const SmtpReply& ehlo, std::string_view keyword) {
  for (auto line : split(ehlo.text, '\n')) {
    if (equals_ignoring_case(line.substr(0, line.find(' ')), keyword)) return true;
  }
  return false;
}

}  // namespace dienstbereit::probe
