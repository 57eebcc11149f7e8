// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/weighing.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "core/cause/diagnose.h"
#include "core/cause/graph_network.h"

namespace dienstbereit::engine {
namespace {

namespace cause = core::cause;
using cause::Seen;
using core::impact::Topology;
using graph::NodeIndex;

// Of what a probe has settled: log P(seen | down) - log P(seen | up).
constexpr double kSeenDown = 9.2;  // 98 % against one in ten thousand: asked again, and still so
constexpr double kSeenWorking = -6.9;  // one in a thousand against 98 %
constexpr double kSeenAnswering = -1.6;  // a fifth of what is broken still answers
constexpr cause::ProbeErrors kLook{0.02, 0.005, 0.05};
constexpr std::uint64_t kMostVisits = 5'000'000;  // some tens of milliseconds
constexpr double kLeastTold = 0.05;
constexpr double kSpeaksForIt = 2;  // what is seen must raise the odds of a common cause so much
constexpr double kLeastBits = 0.1;  // a look that tells less is not worth the way
constexpr double kKnown = 0.9;  // nobody need check what is as good as certain

// ---- what is seen ------------------------------------------------------------------------------

// Seen down, or a group inside the needs of what is.
bool is_down(const Topology& topology, const cause::Question& question, NodeIndex node) {
  const Seen seen = question.sightings[node.value()].seen;
  if (seen == Seen::Down || seen == Seen::WasDown) return true;
  if (topology.roles[node.value()] != core::impact::Role::Group) return false;
  return std::ranges::any_of(topology.graph.dependents_of(node),
                             [&](NodeIndex above) { return is_down(topology, question, above); });
}

// A battery still carries a need, unless what it feeds is down: it may be weaker than thought.
std::vector<bool> holding(const Topology& topology, const cause::Question& question) {
  const graph::Graph& graph = topology.graph;
  const Duration lasts = question.now - cause::first_fall(question);
  std::vector<bool> holds(graph.need_count(), true);
  for (std::uint32_t i = 0; i < holds.size(); ++i) {
    const graph::NeedView need = graph.need(graph::NeedIndex(i));
    holds[i] = need.spec.buffer <= lasts || is_down(topology, question, need.of);
  }
  return holds;
}

// What is down and belongs to another incident says nothing here.
double log_ratio(Seen seen, bool explained) {
  if (explained) return kSeenDown;
  if (seen == Seen::Works) return kSeenWorking;
  return seen == Seen::Answers ? kSeenAnswering : 0;
}

std::vector<double> log_ratios(const cause::Question& question,
                               const cause::GraphNetwork& network) {
  std::vector<double> ratios(network.network.node_count());
  const std::set<NodeIndex> explained(question.to_explain.begin(), question.to_explain.end());
  for (std::uint32_t node = 0; node < question.sightings.size(); ++node) {
    ratios[network.state_of[node]] =
        log_ratio(question.sightings[node].seen, explained.contains(NodeIndex(node)));
  }
  return ratios;
}

// ---- the answer --------------------------------------------------------------------------------

unsigned percent_of(double probability) {
  const double steps = 100 / static_cast<double>(kPercentStep);
  const auto rounded = static_cast<unsigned>(std::lround(probability * steps)) * kPercentStep;
  return std::clamp(rounded, kPercentStep, 100 - kPercentStep);
}

class Teller {
 public:
  Teller(const Topology& topology, const cause::Question& question,
         const cause::GraphNetwork& network, const Vulnerable& vulnerable,
         const SurgeEvidence& remembered)
      : topology_(topology),
        question_(question),
        network_(network),
        vulnerable_(vulnerable),
        remembered_(remembered) {}

  Weighing tell(const cause::Diagnosis& found) const {
    Weighing told;
    const auto none =
        std::ranges::find(found.common_causes, cause::kNone, &cause::CommonCause::common);
    for (const cause::CommonCause& one : found.common_causes) {
      if (one.common == cause::kNone || one.probability < kLeastTold) continue;
      const double odds = std::exp(network_.network.log_prior_odds(one.common));
      if (one.probability < kSpeaksForIt * odds * none->probability) continue;
      if (told.common.size() == kMostNamed) break;
      told.common.push_back(vulnerable_.commons[one.common]);
      told.common.back().percent = percent_of(one.probability);
      const bool surge = told.common.back().sort == CommonSort::Surge;
      if (surge && !told.traces) told.traces = traces_of(one.common);
    }
    if (!told.traces) told.traces.emplace();
    for (const cause::Candidate& one : found.candidates) {
      if (one.probability >= kLeastTold) add(told.damages, one.nodes, one.probability);
    }
    for (const cause::Damage& one : found.damage) {
      const bool open = one.probability >= kLeastTold && one.probability < kKnown;
      if (open && !is_seen(one.node)) add(told.check_next, {one.node}, one.probability);
    }
    for (const cause::Test& one : found.tests) {
      const NodeId& id = id_of(one.node);
      if (told.look_next.size() == kMostNamed || !is_named(one.node)) continue;
      if (one.gain_bits < kLeastBits) continue;
      if (std::ranges::find(told.look_next, id) == told.look_next.end()) {
        told.look_next.push_back(id);
      }
    }
    return told;
  }

 private:
  // Of the devices that this common cause can have met.
  std::vector<CauseTrace> traces_of(std::uint32_t common) const {
    std::vector<CauseTrace> found;
    for (const SurgeEvidence::Trace& trace : remembered_.traces) {
      if (found.size() == kMostNamed) break;
      if (!network_.network.is_exposed(network_.damage_of[trace.node.value()], common)) continue;
      found.push_back({topology_.ids[trace.node.value()], trace.what});
    }
    return found;
  }

  const NodeId& id_of(cause::Node node) const { return topology_.ids[network_.of[node].value()]; }
  bool is_named(cause::Node node) const {
    return topology_.roles[network_.of[node].value()] == core::impact::Role::Named;
  }
  bool is_seen(cause::Node node) const {
    return question_.sightings[network_.of[node].value()].seen != Seen::Nothing;
  }

  void add(std::vector<CauseWeight>& list, const std::vector<cause::Node>& nodes,
           double probability) const {
    if (list.size() == kMostNamed) return;
    CauseWeight weight;
    for (const cause::Node node : nodes) {
      if (weight.nodes.size() < kMostNamed) weight.nodes.push_back(id_of(node));
    }
    weight.percent = percent_of(probability);
    list.push_back(std::move(weight));
  }

  const Topology& topology_;
  const cause::Question& question_;
  const cause::GraphNetwork& network_;
  const Vulnerable& vulnerable_;
  const SurgeEvidence& remembered_;
};

// By nodes of the graph, of which several of the network may be one.
std::vector<cause::Supposed> supposed(const cause::Diagnosis& found,
                                      const cause::GraphNetwork& network) {
  std::map<std::vector<NodeIndex>, double> sums;
  for (const cause::Account& account : found.accounts) {
    std::set<NodeIndex> faults;
    for (const cause::Node node : account.damaged) faults.insert(network.of[node]);
    sums[{faults.begin(), faults.end()}] += account.probability;
  }
  std::vector<cause::Supposed> all;
  for (const auto& [faults, probability] : sums) all.push_back({faults, probability});
  std::ranges::sort(all, std::greater<>(), &cause::Supposed::probability);
  return all;
}

}  // namespace

std::optional<Weighed> weigh(const WorkingState& state, const cause::Question& question,
                             const std::vector<const Note*>& changes,
                             const SurgeEvidence& remembered) {
  const Topology& topology = state.impact().topology();
  const Vulnerable vulnerable = vulnerable_in(topology, question.may_fail, changes);
  const auto network =
      cause::network_of(topology.graph, vulnerable.susceptible, holding(topology, question));
  if (!network) return std::nullopt;
  cause::WeighQuestion asked;
  asked.network = &network->network;
  asked.seen.log_ratio = log_ratios(question, *network);
  asked.seen.common_log_ratio = surge_log_ratios(remembered, question, *network);
  asked.probe = kLook;
  asked.bounds.visits = kMostVisits;
  const cause::Diagnosis found = cause::diagnose(asked);
  return Weighed{Teller(topology, question, *network, vulnerable, remembered).tell(found),
                 supposed(found, *network)};
}

}  // namespace dienstbereit::engine
