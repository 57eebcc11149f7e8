// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace dienstbereit::publish {

// What is settled about a target.
struct Settled {
  bool ok = false;
  std::string detail;  // what failed; empty if ok
};

struct Rules {
  Duration refresh{0};   // a copy is sent again this long after the last one, whatever is new
  bool verifies = false;  // it can be proved that the outside serves the copy
};
// Two pushes begin at least this far apart.
inline constexpr Duration kPushGap = std::chrono::seconds(2);
inline constexpr Duration kVerifyEvery = std::chrono::minutes(1);
// After a failure: this long, doubled each time, at most the second, give or take a fifth.
inline constexpr Duration kFirstRetry = std::chrono::seconds(1);
inline constexpr Duration kLongestRetry = std::chrono::minutes(1);
inline constexpr unsigned kFailuresToSettle = 2;

// When to push one target and when to look at it from outside. The newest content wins: it is asked
// for when a push begins. Pure but for what it is told; `now` never runs backwards.
class Schedule {
 public:
  enum class Act : std::uint8_t { None, Push, Verify };

  explicit Schedule(Rules rules) : rules_(rules) {}

  // What a copy would tell now (equal texts: the same).
  void wants(std::string fingerprint);
  Act due(Instant now) const;
  // When due() next gives something by time alone; none before the first wants().
  std::optional<Instant> next() const;

  // `fingerprint`: what was sent. `jitter`: any number from 0 to 1. What is settled by this, if
  // that is new.
  std::optional<Settled> pushed(std::string fingerprint, Instant began, Instant ended,
                                const Result<void>& outcome, double jitter);
  std::optional<Settled> verified(Instant now, const Result<void>& outcome, double jitter);

 private:
  Instant push_at() const;
  std::optional<Settled> failed(Instant now, const std::string& detail, double jitter);
  std::optional<Settled> succeeded();

  Rules rules_;
  std::string wanted_;
  std::optional<std::string> sent_;  // none: never, or it is in doubt
  std::optional<Instant> began_;  // the last push, however it ended
  Instant sent_at_;
  std::optional<Instant> verify_at_;
  std::optional<Instant> retry_at_;  // after a failure nothing is done before
  unsigned failures_ = 0;  // in a row
  std::optional<bool> settled_;
};

}  // namespace dienstbereit::publish
