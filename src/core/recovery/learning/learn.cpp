// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/learning/learn.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <vector>

#include "core/recovery/draw.h"
#include "core/recovery/effort.h"

namespace dienstbereit::core::recovery {
namespace {

constexpr double kZ90 = 1.2815515655446004;  // 90 % point of the standard normal
constexpr double kFarthest = 3;              // scores beyond it count as this: one in a thousand
// Degrees of freedom that "people's 10 and 90 % points are right" is worth.
constexpr int kPriorDegrees = 8;
// Whoever was certain and is corrected is no longer: at least a fifth to either side.
constexpr double kLeastSide = 1.25;

// The x at which a rising function reaches `wanted`.
template <typename Function>
double inverse(const Function& rising, double wanted, double low, double high) {
  constexpr int kHalvings = 60;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (rising(middle) < wanted ? low : high) = middle;
  }
  return (low + high) / 2;
}

double normal_score(double share) {
  const double inside = std::clamp(share, normal_share(-kFarthest), normal_share(kFarthest));
  return inverse(normal_share, inside, -kFarthest, kFarthest);
}

// P(|T| <= t) of Student's t with whole degrees of freedom, as a finite sum (Abramowitz and Stegun,
// 26.7.3 and 26.7.4).
double student_within(double t, int degrees) {
  const double angle = std::atan(t / std::sqrt(degrees));
  const double cosine2 = std::cos(angle) * std::cos(angle);
  const bool odd = degrees % 2 == 1;
  double term = odd ? std::cos(angle) : 1;
  double sum = degrees == 1 ? 0 : term;
  for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= cosine2 * (k - 1) / k;
    sum += term;
  }
  sum *= std::sin(angle);
  return odd ? 2 / std::numbers::pi * (angle + sum) : sum;
}

double student_90(int degrees) {
  constexpr double kMost = 100;
  return inverse([&](double t) { return student_within(t, degrees); }, 0.8, 0, kMost);
}

Estimate loosened(Estimate estimate) {
  const auto times = [](Duration duration, double factor) {
    const double ms = static_cast<double>(duration.count()) * factor;
    return std::clamp(Duration(std::llround(ms)), Duration(1), kLongestEstimate);
  };
  estimate.best = std::min(estimate.best, times(estimate.likely, 1 / kLeastSide));
  estimate.worst = std::max(estimate.worst, times(estimate.likely, kLeastSide));
  return estimate;
}

bool says_something(const Finished& task) {
  return task.took > Duration(0) && check_estimate(task.estimate, "").has_value();
}

}  // namespace

Lesson learn(std::span<const Finished> all, double shared_risk) {
  std::vector<Finished> finished;
  std::copy_if(all.begin(), all.end(), std::back_inserter(finished), says_something);
  if (finished.size() > kMostFinished) {
    finished.erase(finished.begin(), finished.end() - kMostFinished);
  }
  Lesson lesson;
  lesson.shared_risk = shared_risk;
  lesson.tasks = finished.size();
  if (finished.empty()) return lesson;

  double sum = 0;
  double squares = 0;
  double ratios = 0;
  for (const Finished& task : finished) {
    const Effort effort = loosened(task.estimate);
    const double score = normal_score(share_within(effort, task.took));
    sum += score;
    squares += score * score;
    ratios += std::log(static_cast<double>(task.took.count()) /
                       static_cast<double>(task.estimate.likely.count()));
  }
  const auto count = static_cast<double>(finished.size());
  lesson.factor = std::exp(ratios / count);

  // In units of s2: the variance of what a task has of its own, and of what all have in common.
  const double own = 1 - shared_risk;
  const double common = shared_risk > 0 ? 1 / (1 / shared_risk + count / own) : 0;
  lesson.shift = common * sum / own;
  // Chosen so that with nothing finished the interval is the one that people gave.
  const double narrowing = kZ90 / student_90(kPriorDegrees);
  const double prior_scale = kPriorDegrees * narrowing * narrowing;
  const double misfit = squares / own - (common > 0 ? lesson.shift * lesson.shift / common : 0);
  const int degrees = kPriorDegrees + static_cast<int>(finished.size());
  const double scale2 = (prior_scale + std::max(misfit, 0.0)) / degrees;
  lesson.width = student_90(degrees) * std::sqrt(scale2 * (own + common)) / kZ90;
  lesson.shared_risk = common / (own + common);
  return lesson;
}

Estimate corrected(const Estimate& estimate, const Lesson& lesson) {
  if (lesson.tasks == 0) return estimate;
  const Effort effort = loosened(estimate);
  const auto point = [&](double z) {
    const double share =
        normal_share(std::clamp(lesson.shift + lesson.width * z, -kFarthest, kFarthest));
    return std::clamp(effort_at(effort, share), Duration(1), kLongestEstimate);
  };
  return {point(-kZ90), point(0), point(kZ90)};
}

}  // namespace dienstbereit::core::recovery
