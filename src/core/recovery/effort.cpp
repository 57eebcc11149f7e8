// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/effort.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace dienstbereit::core::recovery {
namespace {

constexpr double kLn5 = 1.6094379124341003;     // ln(0.5 / 0.1): from the median to either point
constexpr double kOverdueShare = 0.1;           // of the longest estimate
constexpr Duration kLongestDraw = std::chrono::hours(24 * 366 * 10);

double number(Duration duration) { return static_cast<double>(duration.count()); }

Duration whole(double ms) {
  const double capped = std::clamp(ms, 1.0, number(kLongestDraw));
  return Duration(std::llround(capped));
}

// Below the median: likely * (p / 0.5)^power.
double power_of(const Estimate& e) { return std::log(number(e.likely) / number(e.best)) / kLn5; }
// Above it: likely + scale * ln(0.5 / (1 - p)).
double scale_of(const Estimate& e) { return number(e.worst - e.likely) / kLn5; }

// Between extremes: a triangle with its top at `likely`, from `from` over `top` to `to`.
struct Triangle {
  double from;
  double top;
  double to;

  explicit Triangle(const Estimate& e)
      : from(number(e.best)), top(number(e.likely)), to(number(e.worst)) {}
  double share_within(double x) const {
    if (x >= to) return 1;
    if (x <= from) return 0;
    if (x < top) return (x - from) * (x - from) / ((to - from) * (top - from));
    return 1 - (to - x) * (to - x) / ((to - from) * (to - top));
  }
  double at(double u) const {
    if (u * (to - from) <= top - from) return from + std::sqrt(u * (to - from) * (top - from));
    return to - std::sqrt((1 - u) * (to - from) * (to - top));
  }
};

double share_within(const Estimate& e, Duration spent) {
  if (spent <= Duration(0)) return 0;
  if (e.extremes) return Triangle(e).share_within(number(spent));
  if (spent < e.likely) {
    return e.best == e.likely ? 0
                              : 0.5 * std::pow(number(spent) / number(e.likely), 1 / power_of(e));
  }
  if (e.worst == e.likely) return 1;
  return 1 - 0.5 * std::exp(-number(spent - e.likely) / scale_of(e));
}

Duration effort_at(const Estimate& e, double u) {
  if (e.extremes) return whole(Triangle(e).at(u));
  if (u <= 0.5) return whole(number(e.likely) * std::pow(u / 0.5, power_of(e)));
  return whole(number(e.likely) + scale_of(e) * std::log(0.5 / (1 - u)));
}

Duration overdue(Duration longest, double u) {
  return whole(-kOverdueShare * number(longest) * std::log(1 - u));
}

Duration remaining_at(const Estimate& e, Duration spent, double u) {
  if (e.extremes && spent >= e.worst) return overdue(e.worst, u);
  if (!e.extremes && spent >= e.likely) {
    // The upper half has no memory.
    if (e.worst == e.likely) return overdue(e.worst, u);
    return whole(-scale_of(e) * std::log(1 - u));
  }
  const double within = share_within(e, spent);
  return std::max(effort_at(e, within + (1 - within) * u) - spent, Duration(1));
}

double share_within(const Discrete& choices, Duration spent) {
  double within = 0;
  double all = 0;
  for (const Choice& choice : choices) {
    all += choice.chance;
    if (choice.effort <= spent) within += choice.chance;
  }
  return within / all;
}

// The least effort beyond `spent` up to which lies more than the share `u` of what lies beyond.
Duration beyond(const Discrete& choices, Duration spent, double u) {
  std::vector<Choice> left;
  for (const Choice& choice : choices) {
    if (choice.effort > spent && choice.chance > 0) left.push_back(choice);
  }
  if (left.empty()) return Duration(0);
  std::sort(left.begin(), left.end(),
            [](const Choice& a, const Choice& b) { return a.effort < b.effort; });
  double all = 0;
  for (const Choice& choice : left) all += choice.chance;
  double sum = 0;
  for (const Choice& choice : left) {
    sum += choice.chance;
    if (u * all < sum) return choice.effort;
  }
  return left.back().effort;
}

Duration remaining_at(const Discrete& choices, Duration spent, double u) {
  const Duration total = beyond(choices, spent, u);
  if (total > spent) return total - spent;
  Duration longest{1};
  for (const Choice& choice : choices) longest = std::max(longest, choice.effort);
  return overdue(longest, u);
}

Result<void> check_choices(const Discrete& choices, std::string_view of) {
  const auto wrong = [&](std::string_view what) {
    return fail(Errc::InvalidInput, fmt::format("{}: {}", of, what));
  };
  if (choices.empty() || choices.size() > kMostChoices) {
    return wrong(fmt::format("{} possible efforts; give 1 to {}", choices.size(), kMostChoices));
  }
  for (const Choice& choice : choices) {
    if (choice.effort <= Duration(0) || choice.effort > kLongestEstimate) {
      return wrong(fmt::format("an effort of {} ms; it must lie between 0 and a year",
                               choice.effort.count()));
    }
  }
  return check_chances(choices, of);
}

}  // namespace

Result<void> check_chances(const Discrete& choices, std::string_view of) {
  double all = 0;
  for (const Choice& choice : choices) {
    if (!(choice.chance >= 0)) {
      return fail(Errc::InvalidInput, fmt::format("{}: a chance is below 0", of));
    }
    all += choice.chance;
  }
  if (std::abs(all - 1) <= kChanceSlack) return {};
  return fail(Errc::InvalidInput,
              fmt::format("{}: the chances add up to {:.4f} instead of 1; correct them", of, all));
}

Result<void> check_effort(const Effort& effort, std::string_view of) {
  if (const auto* estimate = std::get_if<Estimate>(&effort)) return check_estimate(*estimate, of);
  return check_choices(std::get<Discrete>(effort), of);
}

Duration effort_at(const Effort& effort, double u) {
  if (const auto* estimate = std::get_if<Estimate>(&effort)) return effort_at(*estimate, u);
  return beyond(std::get<Discrete>(effort), Duration(0), u);
}

double share_within(const Effort& effort, Duration spent) {
  return std::visit([&](const auto& kind) { return share_within(kind, spent); }, effort);
}

Duration remaining_at(const Effort& effort, Duration spent, double u) {
  return std::visit([&](const auto& kind) { return remaining_at(kind, spent, u); }, effort);
}

}  // namespace dienstbereit::core::recovery
