// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/policy.h"

#include <algorithm>

namespace dienstbereit::accounts {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

Duration wait_after(std::uint32_t failures_beyond) {
  Duration wait = kFirstWait;
  for (std::uint32_t i = 1; i < failures_beyond && wait < kLongestWait; ++i) wait *= 2;
  return std::min(wait, kLongestWait);
}

}  // namespace

std::optional<Instant> locked_until(const Attempts& attempts, std::uint32_t free, Instant now) {
  if (attempts.failed < free || now - attempts.last >= kForgottenAfter) return std::nullopt;
  const Instant until = attempts.last + wait_after(attempts.failed - free + 1);
  if (now >= until) return std::nullopt;
  return until;
}

Attempts failed_again(const Attempts& attempts, Instant now) {
  const bool forgotten = now - attempts.last >= kForgottenAfter;
  return {(forgotten ? 0 : attempts.failed) + 1, now};
}

bool Failures::locked(const std::string& key, Instant now) const {
  const auto found = attempts_.find(key);
  return found != attempts_.end() && locked_until(found->second, free_, now).has_value();
}

void Failures::add(const std::string& key, Instant now) {
  if (attempts_.size() >= kMostAddresses && !attempts_.contains(key)) {
    const auto oldest = std::min_element(
        attempts_.begin(), attempts_.end(),
        [](const auto& a, const auto& b) { return a.second.last < b.second.last; });
    attempts_.erase(oldest);
  }
  Attempts& attempts = attempts_[key];
  attempts = failed_again(attempts, now);
}

std::optional<std::uint64_t> EventThrottle::note(const std::string& key, Instant now) {
  const auto [entry, fresh] = last_.try_emplace(key, Last{now, 0});
  Last& last = entry->second;
  if (!fresh && now - last.at < kEventEvery) {
    ++last.silent;
    return std::nullopt;
  }
  const std::uint64_t count = last.silent + 1;
  last = {now, 0};
  return count;
}

Instant end_of(const SessionEntry& session) {
  if (session.stage == SessionStage::SecondStep) return session.made_at + kSecondStepEnd;
  const Duration longest = session.emergency.empty() ? kAbsoluteEnd : kEmergencyEnd;
  return std::min(session.made_at + longest, session.used_at + kIdleEnd);
}

bool is_over(const SessionEntry& session, Instant now) { return now >= end_of(session); }

bool is_login(std::string_view login) {
  const auto fits = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  return login.size() >= 2 && login.size() <= kLoginBytesMax && is_letter(login.front()) &&
         std::all_of(login.begin(), login.end(), fits);
}

}  // namespace dienstbereit::accounts
