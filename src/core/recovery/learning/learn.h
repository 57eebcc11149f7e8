// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <span>

#include "model/recovery.h"

// What finished tasks teach about the estimates of those to come (docs/formats/forecast.md,
// "Learning from what is done").
namespace dienstbereit::core::recovery {

struct Finished {
  Estimate estimate;  // before it began
  Duration took{0};   // as the estimate counts: working time, or plain time of a delivery
};

inline constexpr std::size_t kMostFinished = 200;  // that say something; the last of more

// Estimates are read in units of their own spread: e = z(F(took)), the normal score of how long a
// task took. Before anything is done e ~ N(0, 1), of which the share `shared_risk` is common to all
// tasks. Nothing finished: shift 0, width 1, the same shared risk, and estimates stay as they are.
struct Lesson {
  std::size_t tasks = 0;  // that it rests on
  double shift = 0;  // of the median, in units of e; above 0: things take longer than estimated
  double width = 1;  // of the interval between the 10 and 90 % points, before: 1
  double shared_risk = 0;  // what is left of it, since some is known now
  double factor = 1;  // the usual ratio of took to `likely`, for people; 1 if nothing is finished
};

// `shared_risk` in [0, 1). Conjugate: e | m, s2 ~ N(m, (1 - r) s2), m | s2 ~ N(0, r s2), s2 inverse
// gamma; what is next is Student's t (Gelman et al., Bayesian Data Analysis, 3rd ed., section 3.3).
// What took no time, and an estimate that cannot be (check_estimate), says nothing and is passed
// over.
Lesson learn(std::span<const Finished> finished, double shared_risk);

// The 10, 50 and 90 % points after the lesson.
Estimate corrected(const Estimate& estimate, const Lesson& lesson);

}  // namespace dienstbereit::core::recovery
