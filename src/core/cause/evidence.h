// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/cause/network.h"

// What reports, and what a surge leaves behind, say in numbers (docs/formats/cause.md has the
// reasons for the rates).
namespace dienstbereit::core::cause {

// --- Reports of probes.

struct ReportErrors {
  double false_negative = 0;  // says up though down
  double false_positive = 0;  // says down though up
};

// No probe is surer than this: rates are taken as at least so much.
inline constexpr double kSurestProbe = 1e-6;

// log P(reports | down) - log P(reports | up), the reports being independent of each other given
// the state. What is missing says nothing, and is not counted.
double log_ratio_of(const ReportErrors& errors, std::uint32_t down_reports,
                    std::uint32_t up_reports);

// --- What a surge leaves behind.

enum class Trace : std::uint8_t { UpsOverVoltage, Restarted, ClockJump };
inline constexpr std::size_t kTraces = 3;

struct Evidence {
  Trace trace{};
  Node node = 0;
};

// How often a device shows a trace: after a surge on its feed; without one; and without one if the
// device is down, for what does not answer is restarted by hand.
struct TraceRates {
  double with_surge = 0;
  double without = 0;
  double without_down = 0;
};

// Nobody knows the rates well, and devices of one feed are not independent: a site where somebody
// works restarts together. So each feed has a rate of its own, drawn from a beta distribution
// around the mean; a weight is how many devices one would have to watch to be as sure of it.
struct EvidenceModel {
  // By Trace. Without a surge they are set high: nobody has counted, and a surge that is named
  // where there was none costs trust.
  std::array<TraceRates, kTraces> rates{TraceRates{0.7, 0.02, 0.02}, TraceRates{0.4, 0.08, 0.4},
                                        TraceRates{0.2, 0.02, 0.1}};
  double with_weight = 4;
  double without_weight = 10;
  double mean_weight = 100;  // of the mean of `without` itself, which other feeds can move
};

enum class Answers : std::uint8_t { Unknown, MostlyUp, MostlyDown };
Answers answers_of(std::uint32_t down_reports, std::uint32_t up_reports);

// By common cause: log P(evidence | it was) - log P(evidence | it was not), for
// Observations::common_log_ratio; 0 for all but surges. Each trace of each member, the feed's
// devices, and of the feed itself, though it is not damaged, counts once. That devices show no
// trace speaks against a surge only for restarts, only among those devices of the feed that answer
// mostly up, and only if there is any evidence at all: what is damaged or was never asked says
// nothing. What such devices of other feeds show tells how common restarts are without a surge.
// Evidence of what stands on no feed says nothing. `answers` goes by node.
std::vector<double> weigh_evidence(const Network& network, const std::vector<Evidence>& evidence,
                                   const std::vector<Answers>& answers, const EvidenceModel& model);

}  // namespace dienstbereit::core::cause
