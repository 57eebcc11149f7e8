// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace dienstbereit::fallback::mail {

inline constexpr std::size_t kLongestLogLine = 64u << 10;  // bytes
inline constexpr std::size_t kMostLogged = 2'000'000;      // messages of one report

// What became of the messages that were taken since a time; each by its Message-ID, so that one
// which came twice counts once. accepted = delivered + open + lost().
struct LogSum {
  std::uint64_t accepted = 0;
  std::uint64_t delivered = 0;  // the primary has said that it has it, for every recipient
  std::uint64_t open = 0;       // waits
  std::uint64_t bounced = 0;    // sent back
  std::uint64_t expired = 0;    // sent back since it waited too long
  std::uint64_t deleted = 0;    // taken out of the queue by hand
  std::uint64_t missing = 0;    // should wait, but is not in the queue
  std::uint64_t unreadable = 0; // lines without a time, or too long
  bool cut = false;             // there were more than kMostLogged

  std::uint64_t lost() const { return bounced + expired + deleted + missing; }
};

struct LogOptions {
  std::string primary;                // "[192.0.2.25]:25", as primary_of() gives it
  std::set<std::string> domains;      // whose recipients count; empty: all
  Instant since;
  Instant now;                        // syslog's dates have no year: none lies after this
  TimeZone zone;                      // nor a zone: the one of the machine that wrote them
};

// Reads the logs of a Postfix with long queue ids, older files first. Keeps queue ids and hashes of
// Message-IDs, no address. Pure; any bytes, in any pieces.
class MailLog {
 public:
  explicit MailLog(LogOptions options) : options_(std::move(options)) {}

  void feed(std::string_view bytes);
  // After the last piece. `queue`: the ids that were in the queue at `seen`, before the log was
  // read; nullptr: nobody looked.
  LogSum sum(const std::set<std::string>* queue, Instant seen);

 private:
  struct Message {
    std::uint64_t id = 0;  // hash of the Message-ID; 0: not told
    Instant came;
    bool from_outside = false;  // by SMTP, not a notice of Postfix' own
    bool taken = false;  // wholly in the queue
    bool sent = false;  // to the primary
    bool bounced = false;
    bool expired = false;
    bool gone = false;  // out of the queue
  };

  void take_line(std::string_view line);
  void take_fact(Message& message, std::string_view service, std::string_view fact) const;
  void take_delivery(Message& message, std::string_view fact) const;
  bool counts(std::string_view recipient) const;
  bool goes_to_primary(std::string_view fact) const;

  LogOptions options_;
  std::string pending_;
  bool skipping_ = false;
  std::unordered_map<std::string, Message> messages_;  // by queue id
  LogSum sum_;
};

}  // namespace dienstbereit::fallback::mail
