// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/probe.h"

namespace dienstbereit {

inline constexpr std::size_t kLongestQueueLine = 1u << 20;  // bytes of one message's JSON
inline constexpr std::size_t kMostQueueListed = 500'000;    // messages that are kept by id
inline constexpr std::size_t kMostQueueDomains = 100;       // told apart; the rest is "other"

// A message in a Postfix queue.
struct QueuedMail {
  std::string id;
  std::string queue;   // "active", "deferred", "hold", "incoming", "maildrop"
  std::string reason;  // why the first recipient has not got it, cleaned; names nobody
  Instant arrived;
};

// What a queue holds, oldest first.
struct MailQueue {
  MailBacklog backlog;
  std::uint64_t held = 0;                         // put on hold by hand
  std::map<std::string, std::uint64_t> domains;   // messages by domain of a recipient
  std::vector<QueuedMail> messages;               // at most kMostQueueListed
  std::uint64_t unreadable = 0;                   // lines that are no message
};

// Reads what `postqueue -j` prints (postqueue(1)): one JSON object a line, of strangers' making in
// parts. Pure; any bytes, in any pieces.
class MailQueueReader {
 public:
  // `domains` not empty: only messages with a recipient in one of them count. Lower case.
  explicit MailQueueReader(std::vector<std::string> domains) : domains_(std::move(domains)) {}

  void feed(std::string_view bytes);
  // After the last piece.
  MailQueue take();

 private:
  void take_line(std::string_view line);
  bool count_domains(const std::vector<std::string>& of_message);

  std::vector<std::string> domains_;
  std::string pending_;
  bool skipping_ = false;  // the rest of a line that is too long
  MailQueue queue_;
};

// Why one of Postfix' programs ended with `status` after saying `errors`, and what to do.
std::string postfix_problem(const std::string& program, int status, const std::string& errors);

// What `dienstbereit mail queue --output` writes down for a probe on another machine: numbers only.
struct MailQueueReport {
  Instant at;  // by the clock of the machine that has the queue
  MailBacklog backlog;
  std::uint64_t held = 0;
  std::uint64_t free_bytes = 0;  // of the queue's disk
};
inline constexpr std::size_t kLargestQueueReport = 4096;  // bytes
std::string to_json(const MailQueueReport& report);
Result<MailQueueReport> parse_queue_report(std::string_view text);

}  // namespace dienstbereit
