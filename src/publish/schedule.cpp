// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "publish/schedule.h"

#include <algorithm>

namespace dienstbereit::publish {
namespace {

constexpr unsigned kMostDoublings = 16;
constexpr double kJitterShare = 0.2;

Duration retry_after(unsigned failures, double jitter) {
  const unsigned doublings = std::min(failures - 1, kMostDoublings);
  const Duration plain = std::min(kLongestRetry, kFirstRetry * (1u << doublings));
  const double share = 1 - kJitterShare + 2 * kJitterShare * jitter;
  return Duration(static_cast<Duration::rep>(static_cast<double>(plain.count()) * share));
}

}  // namespace

void Schedule::wants(std::string fingerprint) { wanted_ = std::move(fingerprint); }

// When the next push is due: at once if there is something new, else before the copy runs out.
Instant Schedule::push_at() const {
  const Instant earliest = began_ ? *began_ + kPushGap : Instant::min();
  if (!sent_ || *sent_ != wanted_) return earliest;
  return std::max(earliest, sent_at_ + rules_.refresh);
}

Schedule::Act Schedule::due(Instant now) const {
  if (wanted_.empty() || (retry_at_ && now < *retry_at_)) return Act::None;
  // Looking is quick; content that changes all the time must not keep it away.
  if (verify_at_ && *verify_at_ <= now) return Act::Verify;
  return push_at() <= now ? Act::Push : Act::None;
}

std::optional<Instant> Schedule::next() const {
  if (wanted_.empty()) return std::nullopt;
  Instant at = push_at();
  if (verify_at_) at = std::min(at, *verify_at_);
  return retry_at_ ? std::max(at, *retry_at_) : at;
}

std::optional<Settled> Schedule::pushed(std::string fingerprint, Instant began, Instant ended,
                                        const Result<void>& outcome, double jitter) {
  began_ = began;
  if (!outcome) {
    sent_.reset();
    return failed(ended, outcome.error().message, jitter);
  }
  sent_ = std::move(fingerprint);
  sent_at_ = began;
  retry_at_.reset();
  if (!rules_.verifies) return succeeded();
  verify_at_ = ended;  // a push that nobody can read is none
  return std::nullopt;
}

std::optional<Settled> Schedule::verified(Instant now, const Result<void>& outcome, double jitter) {
  if (outcome) {
    verify_at_ = now + kVerifyEvery;
    return succeeded();
  }
  verify_at_.reset();
  sent_.reset();
  return failed(now, outcome.error().message, jitter);
}

std::optional<Settled> Schedule::failed(Instant now, const std::string& detail, double jitter) {
  ++failures_;
  retry_at_ = now + retry_after(failures_, jitter);
  if (failures_ < kFailuresToSettle || settled_ == false) return std::nullopt;
  settled_ = false;
  return Settled{false, detail};
}

std::optional<Settled> Schedule::succeeded() {
  failures_ = 0;
  retry_at_.reset();
  if (settled_ == true) return std::nullopt;
  settled_ = true;
  return Settled{true, {}};
}

}  // namespace dienstbereit::publish
