// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/evidence.h"

#include <algorithm>
#include <cmath>

namespace dienstbereit::core::cause {
namespace {

double log_beta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

struct Count {
  double shown = 0;
  double asked = 0;
};

// log P(these devices show it, and the others do not), the rate being drawn from a beta
// distribution.
double log_chance(const Count& count, double mean, double weight) {
  const double a = mean * weight;
  const double b = (1 - mean) * weight;
  return log_beta(a + count.shown, b + count.asked - count.shown) - log_beta(a, b);
}

struct FeedCounts {
  Count others;  // that are not mostly down
  Count down;
};

FeedCounts count(const Network& network, std::uint32_t surge, const std::vector<bool>& shows,
                 const std::vector<Answers>& answers, bool silence_counts) {
  FeedCounts counts;
  const auto exposed = network.exposed(surge);
  std::vector<Node> nodes(exposed.begin(), exposed.end());
  const Node feed = network.common_at(surge);
  if (feed != kNone && !network.is_exposed(feed, surge)) nodes.push_back(feed);
  for (const Node node : nodes) {
    const bool silent = silence_counts && answers[node] == Answers::MostlyUp;
    if (!shows[node] && !silent) continue;
    Count& count = answers[node] == Answers::MostlyDown ? counts.down : counts.others;
    ++count.asked;
    if (shows[node]) ++count.shown;
  }
  return counts;
}

}  // namespace

double log_ratio_of(const ReportErrors& errors, std::uint32_t down_reports,
                    std::uint32_t up_reports) {
  const double missed = std::clamp(errors.false_negative, kSurestProbe, 1 - kSurestProbe);
  const double invented = std::clamp(errors.false_positive, kSurestProbe, 1 - kSurestProbe);
  return down_reports * (std::log1p(-missed) - std::log(invented)) +
         up_reports * (std::log(missed) - std::log1p(-invented));
}

Answers answers_of(std::uint32_t down_reports, std::uint32_t up_reports) {
  if (up_reports > down_reports) return Answers::MostlyUp;
  return down_reports > up_reports ? Answers::MostlyDown : Answers::Unknown;
}

std::vector<double> weigh_evidence(const Network& network, const std::vector<Evidence>& evidence,
                                   const std::vector<Answers>& answers,
                                   const EvidenceModel& model) {
  std::vector<double> weight(network.common_count(), 0);
  if (evidence.empty()) return weight;
  std::vector<std::uint32_t> surges;
  for (std::uint32_t common = 0; common < network.common_count(); ++common)
    if (network.sort(common) == CommonSort::Surge) surges.push_back(common);
  for (std::size_t trace = 0; trace < kTraces; ++trace) {
    std::vector<bool> shows(network.node_count(), false);
    for (const Evidence& item : evidence)
      if (static_cast<std::size_t>(item.trace) == trace) shows[item.node] = true;
    const bool silence_counts = static_cast<Trace>(trace) == Trace::Restarted;
    std::vector<FeedCounts> counts;
    Count all;
    for (const std::uint32_t surge : surges) {
      counts.push_back(count(network, surge, shows, answers, silence_counts));
      all.shown += counts.back().others.shown;
      all.asked += counts.back().others.asked;
    }
    const TraceRates& rates = model.rates[trace];
    for (std::size_t at = 0; at < surges.size(); ++at) {
      const auto& [others, down] = counts[at];
      double& sum = weight[surges[at]];
      double mean = rates.without;
      if (silence_counts)
        mean = (mean * model.mean_weight + all.shown - others.shown) /
               (model.mean_weight + all.asked - others.asked);
      for (const Count& each : {others, down})
        sum += log_chance(each, rates.with_surge, model.with_weight);
      sum -= log_chance(others, mean, model.without_weight);
      sum -= log_chance(down, rates.without_down, model.without_weight);
    }
  }
  return weight;
}

}  // namespace dienstbereit::core::cause
