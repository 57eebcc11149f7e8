// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/what_if.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::core::recovery {
namespace {

Result<void> check_question(const WhatIfQuestion& question) {
  const Outage& outage = question.outage;
  if (outage.until <= outage.from) {
    return fail(Errc::InvalidInput, "the outage ends before it begins; correct the times");
  }
  if (outage.until - outage.from > kLongestOutage) {
    return fail(Errc::InvalidInput, "the outage is longer than 60 days; ask for a shorter one");
  }
  if (outage.from < question.now) {
    return fail(Errc::InvalidInput, "the outage begins in the past; begin it now or later");
  }
  if (outage.from - question.now > kLongestOutage) {
    return fail(Errc::InvalidInput,
                "the outage begins in more than 60 days; nobody knows the state by then");
  }
  if (question.horizon < outage.until || question.horizon - outage.until > kLongestOutage) {
    return fail(Errc::InvalidInput, "look at the time up to 60 days after the outage");
  }
  if (question.intervals.size() > kMostIntervals) {
    return fail(Errc::LimitExceeded, fmt::format("{} opening intervals; at most {}",
                                                 question.intervals.size(), kMostIntervals));
  }
  return {};
}

// Nothing is worse than closed; of what nobody knows, closed may come of it.
int badness(Readiness readiness) {
  switch (readiness) {
    case Readiness::Normal:
      return 0;
    case Readiness::Limited:
      return 1;
    case Readiness::Unknown:
      return 2;
    case Readiness::Closed:
      return 3;
  }
  return 3;
}

// The times that must be looked at whatever happens: the edges of the outage, and the begins of the
// intervals.
std::vector<Instant> fixed_times(const WhatIfQuestion& question) {
  std::vector<Instant> times{question.outage.from, question.outage.until};
  for (const AskedInterval& interval : question.intervals) {
    if (interval.begin > question.outage.from && interval.begin <= question.horizon) {
      times.push_back(interval.begin);
    }
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

// Looks at all intervals that are open at one time.
class Comparison {
 public:
  explicit Comparison(const std::vector<AskedInterval>& intervals)
      : intervals_(intervals), touched_(intervals.size()) {
    for (std::size_t i = 0; i < intervals.size(); ++i) by_begin_.push_back(i);
    std::sort(by_begin_.begin(), by_begin_.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(intervals[a].begin, a) < std::pair(intervals[b].begin, b);
    });
  }

  void look(Instant t, const std::vector<Readiness>& without, const std::vector<Readiness>& with) {
    for (; next_ < by_begin_.size() && intervals_[by_begin_[next_]].begin <= t; ++next_) {
      open_.push_back(by_begin_[next_]);
    }
    std::erase_if(open_, [&](std::size_t i) { return intervals_[i].end <= t; });
    for (const std::size_t i : open_) {
      const std::size_t subject = intervals_[i].subject;
      note(i, t, without[subject], with[subject]);
    }
  }

  std::vector<TouchedSlot> result() const {
    std::vector<TouchedSlot> found;
    for (const auto& one : touched_) {
      if (one) found.push_back(*one);
    }
    return found;
  }

 private:
  void note(std::size_t i, Instant t, Readiness without, Readiness with) {
    auto& one = touched_[i];
    if (badness(with) <= badness(without)) return;
    if (!one) {
      const AskedInterval& interval = intervals_[i];
      one = TouchedSlot{interval.subject, interval.begin, interval.end, without, with, t};
    } else if (badness(with) > badness(one->to)) {
      one->from = without;
      one->to = with;
    }
  }

  const std::vector<AskedInterval>& intervals_;
  std::vector<std::optional<TouchedSlot>> touched_;
  std::vector<std::size_t> by_begin_;
  std::vector<std::size_t> open_;
  std::size_t next_ = 0;
};

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

Result<std::vector<TouchedSlot>> what_if(const WhatIfQuestion& question, WordsOverTime& without,
                                         WordsOverTime& with) {
  if (auto sound = check_question(question); !sound) return tl::unexpected(sound.error());
  const std::vector<Instant> times = fixed_times(question);
  Comparison comparison(question.intervals);
  auto fixed = times.begin();
  std::optional<Instant> t = question.outage.from;
  for (std::size_t looks = 0; t && *t <= question.horizon; ++looks) {
    if (looks == kMostLooks) {
      return fail(
          Errc::LimitExceeded,
          fmt::format("more than {} changes within the outage; ask for a shorter one", kMostLooks));
    }
    comparison.look(*t, without.at(*t), with.at(*t));
    while (fixed != times.end() && *fixed <= *t) ++fixed;
    auto next = earlier(without.next_change(), with.next_change());
    if (fixed != times.end()) next = earlier(next, *fixed);
    if (next && *next <= *t) next = *t + Duration(1);
    t = next;
  }
  return comparison.result();
}

}  // namespace dienstbereit::core::recovery
