// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/notice/notices.h"

// Notices on virtual time: what happens goes in, what is sent comes out, the story decides how each
// attempt ends.
namespace dienstbereit::core::notice::test {

using namespace std::chrono_literals;

inline Recipient recipient(const char* id, std::vector<const char*> channels, unsigned level = 0) {
  Recipient one;
  one.id = RecipientId(id);
  for (const char* channel : channels) one.channels.emplace_back(channel);
  one.wants_places = level == 0;
  one.level = level;
  return one;
}

class Bed {
 public:
  struct Sent {
    Instant at;
    std::string recipient, channel, id;
    NoticeKind kind;
    std::string cause;
    bool awaits_answer;
  };

  Roster roster;
  Notices notices;
  Instant now{std::chrono::hours(24 * 20'780)};
  std::set<std::string> broken;  // channels that fail
  std::set<std::string> refusing;  // channels that refuse for good
  std::set<std::string> off_duty;
  std::vector<Sent> sent;  // attempts, good or bad
  std::vector<EventPayload> events;

  void place(const char* subject, Readiness to) {
    notices.on(ReadinessChanged{NodeId(subject), Day(), Readiness::Unknown, to, {}}, now);
  }

  // Lets time pass; everything due meanwhile happens, each attempt ends at once.
  void pass(Duration time) {
    const Instant end = now + time;
    for (work(); true; work()) {
      const auto due = notices.next_due(roster);
      if (!due || *due > end) break;
      now = std::max(now, *due);
    }
    now = end;
  }

  void fold(const EventPayload& event) {
    events.push_back(event);
    ++seq_;
    std::visit(
        [&](const auto& e) {
          if constexpr (requires { notices.on(e, now); }) notices.on(e, now);
        },
        event);
  }

  void acknowledge(const std::string& what) {
    const auto event = notices.acknowledge(what, "cli:uid=0");
    ASSERT_TRUE(event) << event.error().message;
    fold(*event);
  }

  // Delivered messages, as "recipient kind".
  std::vector<std::string> delivered() const {
    std::vector<std::string> all;
    for (const Sent& one : sent) {
      if (broken_then_.contains(&one - sent.data())) continue;
      all.push_back(one.recipient + " " + name_of(one.kind));
    }
    return all;
  }
  std::size_t delivered_to(const std::string& who) const {
    std::size_t count = 0;
    for (const std::string& one : delivered()) count += one.starts_with(who + " ") ? 1 : 0;
    return count;
  }

 private:
  void work() {
    while (const auto event = notices.next(
               roster, [&](const Recipient& r) { return !off_duty.contains(r.id.str()); }, now,
               std::to_string(seq_ + 1))) {
      fold(*event);
    }
    for (const auto& due : notices.take_due(roster, now)) {
      const std::string channel = due.channel.str();
      MessageResult result{due.id, due.channel, true, false, ""};
      if (broken.contains(channel)) result.ok = false, result.detail = "connection refused";
      if (refusing.contains(channel)) result.ok = false, result.permanent = true;
      if (!result.ok) broken_then_.insert(static_cast<std::ptrdiff_t>(sent.size()));
      sent.push_back({now, due.recipient.str(), channel, due.id.str(), due.notice->kind,
                      due.notice->cause, due.awaits_answer});
      if (const auto event = notices.result(result, roster, now)) fold(*event);
    }
  }

  std::uint64_t seq_ = 0;
  std::set<std::ptrdiff_t> broken_then_;
};

}  // namespace dienstbereit::core::notice::test
