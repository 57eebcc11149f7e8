// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/diagnose.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "core/cause/accounts.h"
#include "core/cause/verdict.h"

namespace dienstbereit::core::cause {
namespace {

constexpr double kEver = std::numeric_limits<double>::infinity();
constexpr double kMayMatter = -4;     // gain of a member from which its cause is searched
constexpr double kHardlyEver = -7;    // gain below which it is left out of an estimate
constexpr double kCalmDepth = 7;  // nats: a cause that leaves no riddle open is worth summing
constexpr double kLeastDepth = 2;
constexpr double kWorthSumming = 1e-4;  // probability of a common cause
// Of the visits that are left: a climb, and then what looks for suspects near its end, may use so
// much, so that enough is left to look around at all. What was climbed to but never compared with
// anything would seem certain.
constexpr double kClimbs = 0.5;
constexpr double kLooksForSuspects = 0.25;

double log_sum(const std::vector<double>& logs) {
  const double high = *std::ranges::max_element(logs);
  double sum = 0;
  for (const double log : logs) sum += std::exp(log - high);
  return high + std::log(sum);
}

// log(1 + e^x)
double log_of_one_more(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

// What a common cause would add to the weight of none, judged beside the likeliest roots without
// one.
struct Estimate {
  std::uint32_t common = kNone;
  double log_ratio = 0;
  double hope = 0;  // by how much a search of its own could better it, about
  bool open = false;  // the roots, or what members could explain, call for a search
  bool relevant = false;  // has a member that has to do with what is seen; else all is told above
};

class Inquest {
 public:
  explicit Inquest(const WeighQuestion& question)
      : question_(question),
        network_(*question.network),
        bounds_(question.bounds),
        belief_(question),
        search_(belief_, network_, bounds_) {
    for (Node node = 0; node < network_.node_count(); ++node)
      if (belief_.suspect(node)) suspects_.push_back(node);
    exhaustive_ = suspects_.size() <= bounds_.exhaustive;
  }

  Diagnosis run() {
    allow(kClimbs);
    search_.climb();
    const Search::Memory start = search_.memory();
    allow(kLooksForSuspects);
    std::vector<Estimate> estimates = estimate_all();
    posteriors_.push_back(look_around());
    const std::vector<Estimate> chosen = choose(estimates);
    for (const Estimate& estimate : chosen) {
      allow(1);
      if (search_.over()) break;
      allow(kClimbs);
      search_.recall(start);
      search_.climb_with(estimate.common);
      posteriors_.push_back(look_around());
    }
    weigh(estimates);
    allow(1);
    diagnosis_.complete = diagnosis_.complete && !search_.over();
    Verdict(question_, belief_, search_, posteriors_).write(diagnosis_);
    diagnosis_.accounts = accounts_of(question_, belief_, search_, posteriors_);
    diagnosis_.visits = belief_.visits();
    return std::move(diagnosis_);
  }

 private:
  // What was looked for until now is whole only if it did not end at its own bound.
  void allow(double share) {
    diagnosis_.complete = diagnosis_.complete && !search_.over();
    search_.allow(share);
  }

  std::vector<Estimate> estimate_all() {
    std::vector<Estimate> estimates;
    for (std::uint32_t common = 0; common < network_.common_count(); ++common)
      estimates.push_back(estimate(common));
    for (std::uint32_t common = 0; common < network_.common_count(); ++common)
      if (network_.common_at(common) != kNone)
        lying_at_[network_.common_at(common)].push_back(common);
    for (const Node root : search_.roots()) hope_without(root, estimates);
    std::erase_if(estimates, [](const Estimate& one) { return one.log_ratio == -kEver; });
    return estimates;
  }

  // Members are taken as independent of each other beside the roots.
  Estimate estimate(std::uint32_t common) {
    Estimate found{common, belief_.log_odds(common), 0, false, false};
    if (found.log_ratio == -kEver) return found;
    for (const Node node : belief_.exposed_heads(common)) {
      if (!belief_.relevant(node)) continue;
      found.relevant = true;
      if (!belief_.met(node)) {
        found.open = true;
        continue;
      }
      const Belief::Terms calm = belief_.terms(node);
      const Belief::Terms hit = belief_.terms(node, common);
      if (belief_.root(node)) {
        found.log_ratio += hit.damaged - calm.damaged;
        found.open = true;
        continue;
      }
      found.log_ratio += hit.up - calm.up;
      if (!belief_.suspect(node)) continue;
      const double more = hit.damaged - calm.damaged - hit.up + calm.up;
      if (search_.over() || search_.gain_at_most(node) + more < kHardlyEver) continue;
      const double gain = search_.gain(node);
      found.log_ratio += log_of_one_more(gain + more) - log_of_one_more(gain);
      found.open = found.open || gain + more > kMayMatter;
    }
    return found;
  }

  // A root that has to do with members of a common cause may not be needed if it damaged them.
  void hope_without(Node root, std::vector<Estimate>& estimates) {
    const double saved =
        belief_.terms(root).up - belief_.terms(root).damaged + question_.seen.log_ratio[root];
    std::vector<std::uint32_t> commons;
    for (const Node node : search_.connected(root)) {
      const auto exposures = network_.exposures(node);
      commons.insert(commons.end(), exposures.begin(), exposures.end());
      const auto lying = lying_at_.find(node);
      if (lying == lying_at_.end()) continue;
      commons.insert(commons.end(), lying->second.begin(), lying->second.end());
    }
    std::ranges::sort(commons);
    commons.erase(std::ranges::unique(commons).begin(), commons.end());
    for (const std::uint32_t common : commons) {
      if (belief_.is_exposed(root, common)) continue;
      estimates[common].hope += std::max(0.0, saved);
      estimates[common].open = true;
    }
  }

  std::vector<Estimate> choose(std::vector<Estimate> estimates) const {
    double best = 0;
    for (const Estimate& estimate : estimates) best = std::max(best, estimate.log_ratio);
    std::erase_if(estimates, [&](const Estimate& estimate) {
      if (exhaustive_) return false;
      const double depth = estimate.open ? bounds_.depth : std::min(bounds_.depth, kCalmDepth);
      return estimate.log_ratio + estimate.hope < best - depth;
    });
    std::ranges::sort(estimates, [](const Estimate& a, const Estimate& b) {
      return std::pair(-a.log_ratio - a.hope, a.common) <
             std::pair(-b.log_ratio - b.hope, b.common);
    });
    if (estimates.size() <= bounds_.commons) return estimates;
    const auto rest = estimates.begin() + static_cast<std::ptrdiff_t>(bounds_.commons);
    estimates.erase(std::remove_if(rest, estimates.end(),
                                   [&](const Estimate& estimate) {
                                     return !exhaustive_ || !estimate.relevant;
                                   }),
                    estimates.end());
    return estimates;
  }

  // The posterior of the common cause that is supposed, around the present roots.
  Posterior look_around() {
    Posterior found;
    found.likeliest = search_.memory();
    // What is that far below the best of all common causes matters to none.
    best_score_ = std::max(best_score_, belief_.score());
    const double depth = std::max(kLeastDepth, bounds_.depth - (best_score_ - belief_.score()));
    allow(kLooksForSuspects);
    const std::vector<Search::Active> active = exhaustive_ ? all_together() : search_.active(depth);
    found.log_weight = belief_.score();
    Spread spread(belief_, network_, bounds_, search_.roots());
    found.parts = spread.run(active, search_.others(depth), exhaustive_ ? kEver : depth);
    found.active.assign(network_.node_count(), 0);
    for (const Part& part : found.parts) {
      found.log_weight += part.log_sum;
      for (const Node node : part.suspects) found.active[node] = 1;
    }
    diagnosis_.complete = diagnosis_.complete && spread.complete();
    found.likeliest = search_.memory();
    return found;
  }

  std::vector<Search::Active> all_together() const {
    std::vector<Search::Active> all;
    for (const Node node : suspects_) all.push_back({node, {suspects_.front()}});
    return all;
  }

  void weigh(const std::vector<Estimate>& estimates) {
    std::vector<double> logs;
    std::vector<std::uint8_t> searched(network_.common_count(), 0);
    for (const Posterior& posterior : posteriors_) {
      logs.push_back(posterior.log_weight);
      if (posterior.likeliest.common != kNone) searched[posterior.likeliest.common] = 1;
    }
    const double all_searched = log_sum(logs);
    for (const Estimate& estimate : estimates)
      if (searched[estimate.common] == 0)
        logs.push_back(posteriors_.front().log_weight + estimate.log_ratio);
    const double all = log_sum(logs);
    std::vector<CommonCause>& causes = diagnosis_.common_causes;
    for (Posterior& posterior : posteriors_) {
      posterior.share = std::exp(posterior.log_weight - all_searched);
      causes.push_back({posterior.likeliest.common, std::exp(posterior.log_weight - all)});
    }
    for (const Estimate& estimate : estimates)
      if (searched[estimate.common] == 0)
        causes.push_back(
            {estimate.common, std::exp(posteriors_.front().log_weight + estimate.log_ratio - all)});
    std::erase_if(causes, [](const CommonCause& cause) {
      return cause.common != kNone && cause.probability < kLeastCommonCause;
    });
    double sum = 0;
    for (const CommonCause& cause : causes) sum += cause.probability;
    for (CommonCause& cause : causes) cause.probability /= sum;
    std::ranges::sort(causes, [](const CommonCause& a, const CommonCause& b) {
      return a.probability != b.probability ? a.probability > b.probability : a.common < b.common;
    });
    std::erase_if(posteriors_,
                  [](const Posterior& posterior) { return posterior.share < kWorthSumming; });
    std::ranges::sort(posteriors_, [](const Posterior& a, const Posterior& b) {
      return a.share != b.share ? a.share > b.share : a.likeliest.common < b.likeliest.common;
    });
  }

  const WeighQuestion& question_;
  const Network& network_;
  const Bounds& bounds_;
  Belief belief_;
  Search search_;
  std::vector<Node> suspects_;
  std::unordered_map<Node, std::vector<std::uint32_t>> lying_at_;  // common causes by their place
  bool exhaustive_ = false;
  double best_score_ = -kEver;
  std::vector<Posterior> posteriors_;
  Diagnosis diagnosis_;
};

}  // namespace

Diagnosis diagnose(const WeighQuestion& question) { return Inquest(question).run(); }

}  // namespace dienstbereit::core::cause
