// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/diagnose.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/cause/accounts.h"
#include "core/cause/verdict.h"

namespace dienstbereit::core::cause {
namespace {

constexpr double kEver = std::numeric_limits<double>::infinity();
constexpr double kMayMatter = -4;     // gain of a device in a surge from which it is searched
constexpr double kHardlyEver = -7;    // gain below which it is left out of an estimate
constexpr double kCalmDepth = 7;  // nats: a surge that leaves no riddle open is worth summing
constexpr double kLeastDepth = 2;
constexpr double kWorthSumming = 1e-4;  // probability of a common cause

double log_sum(const std::vector<double>& logs) {
  const double high = *std::ranges::max_element(logs);
  double sum = 0;
  for (const double log : logs) sum += std::exp(log - high);
  return high + std::log(sum);
}

// log(1 + e^x)
double log_of_one_more(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

// What a surge of one feed would add to the weight of no surge, judged beside the likeliest roots
// without one.
struct Estimate {
  std::uint32_t feed = kNone;
  double log_ratio = 0;
  double hope = 0;  // by how much a search of its own could better it, about
  bool open = false;  // the roots, or what devices could explain, call for a search
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
    search_.climb();
    const Search::Memory start = search_.memory();
    std::vector<Estimate> estimates = estimate_feeds();
    posteriors_.push_back(look_around());
    const std::vector<Estimate> chosen = choose(estimates);
    for (const Estimate& estimate : chosen) {
      if (search_.over()) break;
      search_.recall(start);
      search_.climb_with_surge(estimate.feed);
      posteriors_.push_back(look_around());
    }
    weigh(estimates);
    diagnosis_.complete = diagnosis_.complete && !search_.over();
    Verdict(question_, belief_, search_, posteriors_).write(diagnosis_);
    diagnosis_.accounts = accounts_of(question_, belief_, search_, posteriors_);
    diagnosis_.visits = belief_.visits();
    return std::move(diagnosis_);
  }

 private:
  std::vector<Estimate> estimate_feeds() {
    std::vector<Estimate> estimates;
    if (!(question_.surge.prior_per_feed > 0)) return estimates;
    for (std::uint32_t feed = 0; feed < network_.feed_count(); ++feed)
      estimates.push_back(estimate(feed));
    for (const Node root : search_.roots()) hope_without(root, estimates);
    return estimates;
  }

  // Devices are taken as independent of each other beside the roots.
  Estimate estimate(std::uint32_t feed) {
    Estimate found{feed, belief_.log_odds_of_surge(feed), 0, false};
    for (const Node node : network_.devices(feed)) {
      if (!belief_.relevant(node)) continue;
      if (!belief_.met(node)) {
        found.open = true;
        continue;
      }
      const Belief::Terms calm = belief_.terms(node);
      const Belief::Terms surge = belief_.terms(node, feed);
      if (belief_.root(node)) {
        found.log_ratio += surge.damaged - calm.damaged;
        found.open = true;
        continue;
      }
      found.log_ratio += surge.up - calm.up;
      if (!belief_.suspect(node)) continue;
      const double more = surge.damaged - calm.damaged - surge.up + calm.up;
      if (search_.gain_at_most(node) + more < kHardlyEver) continue;
      const double gain = search_.gain(node);
      found.log_ratio += log_of_one_more(gain + more) - log_of_one_more(gain);
      found.open = found.open || gain + more > kMayMatter;
    }
    return found;
  }

  // A root that has to do with devices of a feed may not be needed if its surge damaged them.
  void hope_without(Node root, std::vector<Estimate>& estimates) {
    const double saved =
        belief_.terms(root).up - belief_.terms(root).damaged + question_.seen.log_ratio[root];
    std::vector<std::uint32_t> feeds;
    for (const Node node : search_.connected(root)) {
      const std::uint32_t feed = network_.feed_of(node);
      if (feed != kNone && network_.feed_of(root) != feed) feeds.push_back(feed);
      if (feed != kNone && network_.feed_node(feed) == root) feeds.push_back(feed);
    }
    std::ranges::sort(feeds);
    feeds.erase(std::ranges::unique(feeds).begin(), feeds.end());
    for (const std::uint32_t feed : feeds) {
      estimates[feed].hope += std::max(0.0, saved);
      estimates[feed].open = true;
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
      return std::pair(-a.log_ratio - a.hope, a.feed) < std::pair(-b.log_ratio - b.hope, b.feed);
    });
    if (estimates.size() > bounds_.feeds) estimates.resize(bounds_.feeds);
    return estimates;
  }

  // The posterior of the common cause that is supposed, around the present roots.
  Posterior look_around() {
    Posterior found;
    found.likeliest = search_.memory();
    // What is that far below the best of all common causes matters to none.
    best_score_ = std::max(best_score_, belief_.score());
    const double depth = std::max(kLeastDepth, bounds_.depth - (best_score_ - belief_.score()));
    const std::vector<Search::Active> active = exhaustive_ ? all_together() : search_.active(depth);
    found.active.assign(network_.node_count(), 0);
    for (const Search::Active& one : active) found.active[one.node] = 1;
    found.log_weight = belief_.score();
    Spread spread(belief_, network_, bounds_, search_.roots());
    found.parts = spread.run(active, search_.others(depth), exhaustive_ ? kEver : depth);
    for (const Part& part : found.parts) found.log_weight += part.log_sum;
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
    std::vector<std::uint8_t> searched(network_.feed_count(), 0);
    for (const Posterior& posterior : posteriors_) {
      logs.push_back(posterior.log_weight);
      if (posterior.likeliest.surge != kNone) searched[posterior.likeliest.surge] = 1;
    }
    const double all_searched = log_sum(logs);
    for (const Estimate& estimate : estimates)
      if (searched[estimate.feed] == 0)
        logs.push_back(posteriors_.front().log_weight + estimate.log_ratio);
    const double all = log_sum(logs);
    std::vector<CommonCause>& causes = diagnosis_.common_causes;
    for (Posterior& posterior : posteriors_) {
      posterior.share = std::exp(posterior.log_weight - all_searched);
      causes.push_back({posterior.likeliest.surge, std::exp(posterior.log_weight - all)});
    }
    for (const Estimate& estimate : estimates)
      if (searched[estimate.feed] == 0)
        causes.push_back(
            {estimate.feed, std::exp(posteriors_.front().log_weight + estimate.log_ratio - all)});
    std::erase_if(causes, [](const CommonCause& cause) {
      return cause.feed != kNone && cause.probability < kLeastCommonCause;
    });
    double sum = 0;
    for (const CommonCause& cause : causes) sum += cause.probability;
    for (CommonCause& cause : causes) cause.probability /= sum;
    std::ranges::sort(causes, [](const CommonCause& a, const CommonCause& b) {
      return a.probability != b.probability ? a.probability > b.probability : a.feed < b.feed;
    });
    std::erase_if(posteriors_,
                  [](const Posterior& posterior) { return posterior.share < kWorthSumming; });
    std::ranges::sort(posteriors_, [](const Posterior& a, const Posterior& b) {
      return a.share != b.share ? a.share > b.share : a.likeliest.surge < b.likeliest.surge;
    });
  }

  const WeighQuestion& question_;
  const Network& network_;
  const Bounds& bounds_;
  Belief belief_;
  Search search_;
  std::vector<Node> suspects_;
  bool exhaustive_ = false;
  double best_score_ = -kEver;
  std::vector<Posterior> posteriors_;
  Diagnosis diagnosis_;
};

}  // namespace

Diagnosis diagnose(const WeighQuestion& question) { return Inquest(question).run(); }

}  // namespace dienstbereit::core::cause
