// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/diagnose.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

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
constexpr double kMostLeftOut = 0.01;   // probability of all that are left out together
constexpr double kTraceAlone = 1e-4;    // probability of a damage in no part
constexpr double kSurelyUp = -3;        // log ratio of reports
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
  bool exact = true;  // a search would tell no more of its odds
};

// Sorts, the likeliest first, and takes out from the end what is below `least`, but not no common
// cause, nor more than is little in all; the chances of the others are scaled to sum to 1.
template <class Item>
void leave_out_unlikely(std::vector<Item>& items, double Item::* chance, double least) {
  std::ranges::sort(items, [&](const Item& a, const Item& b) {
    return a.*chance != b.*chance ? a.*chance > b.*chance : a.common < b.common;
  });
  double left_out = 0;
  std::size_t kept = items.size();
  while (kept > 1 && items[kept - 1].*chance < least &&
         left_out + items[kept - 1].*chance <= kMostLeftOut)
    left_out += items[--kept].*chance;
  const auto rest = items.begin() + static_cast<std::ptrdiff_t>(kept);
  const auto end =
      std::remove_if(rest, items.end(), [](const Item& item) { return item.common != kNone; });
  items.erase(end, items.end());
  double sum = 0;
  for (const Item& item : items) sum += item.*chance;
  for (Item& item : items) item.*chance /= sum;
}

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
    allow(kLooksForSuspects);
    std::vector<Estimate> estimates = estimate_all();
    posteriors_.push_back(look_around());
    const Search::Memory start = search_.memory();
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
    diagnosis_.complete = diagnosis_.complete && !search_.over() && search_.all_pairs();
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
    Estimate found{common, belief_.log_odds(common), 0, false, true};
    if (found.log_ratio == -kEver) return found;
    for (const Node node : belief_.exposed_heads(common)) {
      if (!belief_.relevant(node)) continue;
      const bool surely_up = belief_.leaf(node) && question_.seen.log_ratio[node] < kSurelyUp;
      found.exact = found.exact && surely_up && belief_.met(node);
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
    estimates.erase(
        std::remove_if(rest, estimates.end(),
                       [&](const Estimate& estimate) { return !exhaustive_ || estimate.exact; }),
        estimates.end());
    return estimates;
  }

  // The posterior of the common cause that is supposed, around the present roots.
  Posterior look_around() {
    Posterior found;
    found.common = belief_.common();
    found.roots = search_.roots();
    // What is that far below the best of all common causes matters to none.
    best_score_ = std::max(best_score_, belief_.score());
    const double depth = std::max(kLeastDepth, bounds_.depth - (best_score_ - belief_.score()));
    allow(kLooksForSuspects);
    std::vector<std::vector<Node>> others;
    if (!exhaustive_) others = search_.others(depth);
    const std::vector<Search::Active> active =
        exhaustive_ ? all_together() : search_.active(depth, others);
    found.log_weight = belief_.score();
    Spread spread(belief_, network_, bounds_, search_.roots());
    found.parts = spread.run(active, std::move(others), exhaustive_ ? kEver : depth);
    for (const Part& part : found.parts) found.log_weight += part.log_sum;
    diagnosis_.complete = diagnosis_.complete && spread.complete();
    found.alone = alone_beside(found.parts);
    return found;
  }

  // Beside the roots; what was not looked up is at most as likely as before anything was seen.
  std::vector<std::pair<Node, double>> alone_beside(const std::vector<Part>& parts) const {
    std::unordered_set<Node> in_parts;
    for (const Part& part : parts) in_parts.insert(part.suspects.begin(), part.suspects.end());
    std::vector<std::pair<Node, double>> alone;
    for (const Node node : suspects_) {
      if (belief_.root(node) || !belief_.met(node) || in_parts.contains(node)) continue;
      const double chance = 1 / (1 + std::exp(-search_.gain_at_most(node)));
      if (chance <= (search_.known(node) ? kTraceAlone : kLeastProbability)) continue;
      const double before = -std::expm1(belief_.terms(node).up);
      alone.emplace_back(node, search_.known(node) ? chance : std::min(chance, before));
    }
    return alone;
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
      if (posterior.common != kNone) searched[posterior.common] = 1;
    }
    Posterior& none = posteriors_.front();
    for (const Estimate& estimate : estimates)
      if (searched[estimate.common] == 0) logs.push_back(none.log_weight + estimate.log_ratio);
    const double all = log_sum(logs);
    std::vector<CommonCause>& causes = diagnosis_.common_causes;
    for (Posterior& posterior : posteriors_) {
      posterior.share = std::exp(posterior.log_weight - all);
      causes.push_back({posterior.common, posterior.share});
    }
    // What was not searched is judged beside the roots without a common cause; so are the damages.
    for (const Estimate& estimate : estimates) {
      if (searched[estimate.common] != 0) continue;
      const double share = std::exp(none.log_weight + estimate.log_ratio - all);
      causes.push_back({estimate.common, share});
      none.share += share;
    }
    leave_out_unlikely(causes, &CommonCause::probability, kLeastCommonCause);
    leave_out_unlikely(posteriors_, &Posterior::share, kWorthSumming);
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
