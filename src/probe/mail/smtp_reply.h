// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dienstbereit::probe {

inline constexpr std::size_t kLongestSmtpLine = 2048;  // RFC 5321 asks for 512
inline constexpr int kMostSmtpLines = 100;             // of one reply

// A reply of an SMTP server (RFC 5321, 4.2).
struct SmtpReply {
  int code = 0;
  std::string text;   // the lines without code, joined by LF
  bool accepts() const { return code >= 200 && code < 300; }
  bool refuses_for_now() const { return code >= 400 && code < 500; }
  bool refuses() const { return code >= 500 && code < 600; }
};

// Puts replies together from pieces as they arrive. Pure; any bytes.
class SmtpReplyReader {
 public:
  // The next whole reply in what has arrived; none: more is needed. Errors are sentences about the
  // server; after one the reader is of no use.
  Result<std::optional<SmtpReply>> next();
  void feed(std::string_view bytes) { pending_.append(bytes); }
  // What came after the last reply. After STARTTLS it must be nothing: it would be read as if it
  // had been encrypted.
  bool empty() const { return pending_.empty(); }

 private:
  Result<bool> take_line(std::string_view line);

  std::string pending_;
  SmtpReply reply_;
  int lines_ = 0;
};

// True if the EHLO reply offers `keyword` (RFC 5321, 4.1.1.1).
bool smtp_offers(const SmtpReply& ehlo, std::string_view keyword);

}  // namespace dienstbereit::probe
