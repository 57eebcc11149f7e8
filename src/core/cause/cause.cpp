// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/cause.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "core/cause/hypotheses.h"

namespace dienstbereit::core::cause {
namespace {

// When the first fault of a set fell; the end of time if none was seen falling.
Instant first_fall(const Cause& cause, const std::vector<Sighting>& sightings) {
  Instant first = Instant::max();
  for (const graph::NodeIndex node : cause.faults) {
    const Sighting& sighting = sightings[node.value()];
    const bool fell = sighting.seen == Seen::Down || sighting.seen == Seen::WasDown;
    if (fell) first = std::min(first, sighting.since);
  }
  return first;
}

// Of too much, what fell first.
std::vector<graph::NodeIndex> bounded(const Question& question) {
  std::vector<graph::NodeIndex> nodes = question.to_explain;
  if (nodes.size() > kMostToExplain) {
    std::sort(nodes.begin(), nodes.end(), [&](auto a, auto b) {
      return std::pair(question.sightings[a.value()].since, a) <
             std::pair(question.sightings[b.value()].since, b);
    });
    nodes.resize(kMostToExplain);
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

bool may_be_at_fault(const Question& question, graph::NodeIndex node) {
  const Seen seen = question.sightings[node.value()].seen;
  return seen == Seen::Down || seen == Seen::WasDown ||
         (question.may_fail[node.value()] && seen != Seen::Works);
}

void look_again_at(Found& found, std::optional<Instant> t) {
  if (t && (!found.look_again || *t < *found.look_again)) found.look_again = t;
}

// Goes from the empty set up, one fault at a time. What explains a node must hold something that
// the node needs, or itself; so of a set that leaves something unexplained only those sets are
// looked at that add a part of what one unexplained node needs. As worse needs never make a better
// result, no smallest set is overlooked.
class Search {
 public:
  explicit Search(const Question& question)
      : question_(question),
        left_(std::min(question.evaluations,
                       kMostSteps / std::max<std::size_t>(question.graph->node_count(), 1))) {
    found_.explained = bounded(question);
    found_.complete = question.to_explain.size() <= kMostToExplain;
    question_.to_explain = found_.explained;
  }

  Found run() {
    if (found_.explained.empty()) return std::move(found_);
    const Hypotheses hypotheses(question_);
    std::vector<Cause> open{Cause{{}, found_.explained, {}, 0}};
    for (std::size_t size = 1; size <= kMostFaults && !settled(); ++size) {
      open = widened(open, hypotheses);
    }
    if (found_.causes.empty()) found_.causes = best_of_partial();
    sort(found_.causes);
    if (found_.causes.size() > kMostCauses) found_.causes.resize(kMostCauses);
    for (const Cause& cause : found_.causes)
      look_again_at(found_, hypotheses.of(cause.faults).next_due);
    return std::move(found_);
  }

 private:
  // Nothing speaks against one of those that explain all: no reason to suppose more faults.
  bool settled() const {
    return std::any_of(found_.causes.begin(), found_.causes.end(),
                       [](const Cause& cause) { return cause.against.empty(); });
  }

  void sort(std::vector<Cause>& causes) const {
    std::sort(causes.begin(), causes.end(),
              [&](const Cause& a, const Cause& b) { return likelier(a, b, question_.sightings); });
  }

  // The sets with one fault more that leave something unexplained, the likeliest first.
  std::vector<Cause> widened(const std::vector<Cause>& open, const Hypotheses& hypotheses) {
    std::vector<Cause> wider;
    const std::vector<Cause> smaller = found_.causes;
    for (const Cause& cause : open) {
      for (const graph::NodeIndex suspect : fewest_suspects(cause.missed)) {
        const FaultSet faults = with(cause.faults, suspect);
        if (holds_any(faults, smaller) || !looked_at_.insert(faults).second) continue;
        found_.complete = found_.complete && left_ > 0;
        if (left_ == 0) continue;
        --left_;
        Cause made = hypotheses.of(faults).cause;
        (made.missed.empty() ? found_.causes : wider).push_back(std::move(made));
      }
      if (left_ == 0) break;
    }
    sort(wider);
    partial_.insert(partial_.end(), wider.begin(), wider.end());
    return wider;
  }

  static FaultSet with(FaultSet faults, graph::NodeIndex one) {
    const auto place = std::lower_bound(faults.begin(), faults.end(), one);
    if (place == faults.end() || *place != one) faults.insert(place, one);
    return faults;
  }

  static bool holds_any(const FaultSet& faults, const std::vector<Cause>& smaller) {
    return std::any_of(smaller.begin(), smaller.end(), [&](const Cause& cause) {
      return std::includes(faults.begin(), faults.end(), cause.faults.begin(), cause.faults.end());
    });
  }

  // Of the nodes that are to be explained the one that the fewest could be to blame for.
  const FaultSet& fewest_suspects(const std::vector<graph::NodeIndex>& nodes) {
    const FaultSet* fewest = nullptr;
    for (const graph::NodeIndex node : nodes) {
      const FaultSet& suspects = suspects_of(node);
      if (!fewest || suspects.size() < fewest->size()) fewest = &suspects;
    }
    return *fewest;
  }

  const FaultSet& suspects_of(graph::NodeIndex node) {
    const auto known = suspects_.find(node);
    if (known != suspects_.end()) return known->second;
    std::set<graph::NodeIndex> seen;
    std::vector<graph::NodeIndex> todo{node};
    FaultSet suspects;
    while (!todo.empty()) {
      const graph::NodeIndex one = todo.back();
      todo.pop_back();
      if (!seen.insert(one).second) continue;
      if (may_be_at_fault(question_, one)) suspects.push_back(one);
      for (const graph::NeedIndex need : question_.graph->needs_of(one)) {
        todo.push_back(question_.graph->need(need).on);
      }
    }
    std::sort(suspects.begin(), suspects.end());
    return suspects_.emplace(node, std::move(suspects)).first->second;
  }

  // No set explains all: those that explain most, without faults that explain nothing more.
  std::vector<Cause> best_of_partial() const {
    std::vector<Cause> best;
    std::size_t fewest = found_.explained.size();
    for (const Cause& cause : partial_) fewest = std::min(fewest, cause.missed.size());
    if (fewest == found_.explained.size()) return best;
    for (const Cause& cause : partial_) {
      if (cause.missed.size() == fewest && !holds_any(cause.faults, best)) best.push_back(cause);
    }
    return best;
  }

  Question question_;
  std::size_t left_;
  Found found_;
  std::vector<Cause> partial_;  // by rising size
  std::set<FaultSet> looked_at_;
  std::map<graph::NodeIndex, FaultSet> suspects_;
};

// What the weighing supposes, judged by the graph's own evaluation.
class Judge {
 public:
  explicit Judge(const Question& question) : question_(question) {
    found_.explained = bounded(question);
    found_.complete = question.to_explain.size() <= kMostToExplain;
    question_.to_explain = found_.explained;
  }

  Found run(const std::vector<Supposed>& supposed) {
    if (found_.explained.empty()) return std::move(found_);
    const Hypotheses hypotheses(question_);
    const std::size_t steps = kMostSteps / std::max<std::size_t>(question_.graph->node_count(), 1);
    std::size_t left = std::min(question_.evaluations, steps);
    for (const Supposed& one : supposed) {
      if (!may_be(one.faults)) continue;
      found_.complete = found_.complete && left > 0;
      if (left == 0) break;
      --left;
      judged_.push_back({hypotheses.of(one.faults).cause, step_of(one.probability)});
    }
    sort();
    for (const Judged& one : judged_) take(one.cause);
    for (const Cause& cause : found_.causes) {
      look_again_at(found_, hypotheses.of(cause.faults).next_due);
    }
    return std::move(found_);
  }

 private:
  struct Judged {
    Cause cause;
    long step = 0;
  };

  // What differs by less than a twentieth counts as alike: nobody knows the chances so well.
  static long step_of(double probability) {
    constexpr double kStepsOfNat = 20;
    return std::lround(std::log(std::max(probability, 1e-300)) * kStepsOfNat);
  }

  bool may_be(const std::vector<graph::NodeIndex>& faults) const {
    return !faults.empty() && std::all_of(faults.begin(), faults.end(), [&](auto node) {
      return may_be_at_fault(question_, node);
    });
  }

  void sort() {
    std::sort(judged_.begin(), judged_.end(), [&](const Judged& a, const Judged& b) {
      return a.step != b.step ? a.step > b.step : likelier(a.cause, b.cause, question_.sightings);
    });
  }

  void take(const Cause& cause) {
    if (found_.causes.size() == kMostCauses) return;
    const auto is_simpler = [&](const Cause& one) {
      return one.against.empty() && one.faults.size() < cause.faults.size() &&
             one.missed.size() <= cause.missed.size();
    };
    const auto does_without = [&](const Judged& one) {
      return one.cause.faults.size() < cause.faults.size() &&
             one.cause.missed.size() <= cause.missed.size() &&
             std::includes(cause.faults.begin(), cause.faults.end(), one.cause.faults.begin(),
                           one.cause.faults.end());
    };
    const std::vector<Cause>& taken = found_.causes;
    if (cause.missed.size() == found_.explained.size()) return;
    if (!taken.empty() && !std::ranges::includes(taken.front().missed, cause.missed)) return;
    if (std::any_of(taken.begin(), taken.end(), is_simpler)) return;
    if (std::any_of(judged_.begin(), judged_.end(), does_without)) return;
    found_.causes.push_back(cause);
  }

  Question question_;
  Found found_;
  std::vector<Judged> judged_;
};

}  // namespace

bool likelier(const Cause& a, const Cause& b, const std::vector<Sighting>& sightings) {
  const auto rank = [&](const Cause& cause) {
    return std::tuple(cause.missed.size(), cause.against.size(), cause.faults.size(),
                      cause.brings_down, first_fall(cause, sightings));
  };
  const auto rank_a = rank(a);
  const auto rank_b = rank(b);
  return rank_a != rank_b ? rank_a < rank_b : a.faults < b.faults;
}

Found find_causes(const Question& question) { return Search(question).run(); }

Found judge_causes(const Question& question, const std::vector<Supposed>& supposed) {
  return Judge(question).run(supposed);
}

}  // namespace dienstbereit::core::cause
