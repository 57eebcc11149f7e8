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
#include "core/cause/kinds.h"

namespace dienstbereit::engine {
namespace {

namespace cause = core::cause;
using cause::Seen;
using core::impact::Topology;
using graph::NodeIndex;

// Surges: how likely on one board or feed when something is down, and how many devices they damage
// (docs/formats/cause.md).
constexpr cause::SurgeModel kSurge{0.004, 0.35};
// Of what a probe has settled: log P(seen | down) - log P(seen | up).
constexpr double kSeenDown = 9.2;  // 98 % against one in ten thousand: asked again, and still so
constexpr double kSeenWorking = -6.9;  // one in a thousand against 98 %
constexpr double kSeenAnswering = -1.6;  // a fifth of what is broken still answers
constexpr cause::ProbeErrors kLook{0.02, 0.005, 0.05};
constexpr std::uint64_t kMostVisits = 5'000'000;  // some tens of milliseconds
constexpr double kLeastTold = 0.05;
constexpr double kLeastBits = 0.1;  // a look that tells less is not worth the way
constexpr double kKnown = 0.9;  // nobody need check what is as good as certain

// ---- the district ------------------------------------------------------------------------------

class Devices {
 public:
  explicit Devices(const Topology& topology) : topology_(topology) {
    const std::uint32_t count = topology.graph.node_count();
    facts_.resize(count);
    component_.resize(count);
    for (const Component& component : topology.district->components) {
      const auto node = topology.find(component.id);
      if (!node) continue;
      facts_[node->value()] = cause::facts_of(component.kind);
      component_[node->value()] = true;
    }
  }

  // `may_fail` goes by node of the graph.
  std::vector<cause::Susceptible> all(const std::vector<bool>& may_fail) const {
    std::vector<cause::Susceptible> nodes(facts_.size());
    for (std::uint32_t node = 0; node < nodes.size(); ++node) {
      if (!may_fail[node]) continue;
      nodes[node].prior = component_[node] ? facts_[node].prior : cause::kPriorOfOthers;
      if (component_[node]) nodes[node].source = source_of(NodeIndex(node));
    }
    return nodes;
  }

 private:
  // Where its power comes in: the nearest board or feed, through what conducts only. An arrester
  // gives way for what it protects.
  std::optional<NodeIndex> source_of(NodeIndex node) const {
    if (facts_[node.value()].source) return node;
    std::vector<NodeIndex> open{node};
    if (facts_[node.value()].arrester) open = protected_by(node);
    std::set<NodeIndex> seen(open.begin(), open.end());
    for (std::size_t at = 0; at < open.size(); ++at) {
      const NodeIndex here = open[at];
      if (facts_[here.value()].source) return here;
      for (const graph::NeedIndex need : topology_.graph.needs_of(here)) {
        const NodeIndex on = topology_.graph.need(need).on;
        const bool group = topology_.roles[on.value()] == core::impact::Role::Group;
        const bool leads = group || facts_[on.value()].conducts;
        if (leads && !facts_[on.value()].arrester && seen.insert(on).second) open.push_back(on);
      }
    }
    return std::nullopt;
  }

  // Through the groups of needs that name it.
  std::vector<NodeIndex> protected_by(NodeIndex arrester) const {
    std::vector<NodeIndex> found;
    std::vector<NodeIndex> open{arrester};
    for (std::size_t at = 0; at < open.size(); ++at) {
      for (const NodeIndex above : topology_.graph.dependents_of(open[at])) {
        const bool group = topology_.roles[above.value()] == core::impact::Role::Group;
        (group ? open : found).push_back(above);
      }
    }
    return found;
  }

  const Topology& topology_;
  std::vector<cause::KindFacts> facts_;
  std::vector<bool> component_;
};

// ---- what is seen ------------------------------------------------------------------------------

// A battery still carries a need, unless what it feeds is down: it may be weaker than thought.
std::vector<bool> holding(const cause::Question& question) {
  const graph::Graph& graph = *question.graph;
  const Duration lasts = question.now - cause::first_fall(question);
  std::vector<bool> holds(graph.need_count(), true);
  for (std::uint32_t i = 0; i < holds.size(); ++i) {
    const graph::NeedView need = graph.need(graph::NeedIndex(i));
    const Seen seen = question.sightings[need.of.value()].seen;
    holds[i] = need.spec.buffer <= lasts || seen == Seen::Down || seen == Seen::WasDown;
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
         const cause::GraphNetwork& network, const SurgeEvidence& remembered)
      : topology_(topology), question_(question), network_(network), remembered_(remembered) {}

  Weighing tell(const cause::Diagnosis& found) const {
    Weighing told;
    for (const cause::CommonCause& one : found.common_causes) {
      if (one.feed == cause::kNone || one.probability < kLeastTold) continue;
      add(told.surges, {network_.network.feed_node(one.feed)}, one.probability);
    }
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
    told.traces = traces(told.surges);
    return told;
  }

 private:
  // Of the devices that the likeliest surge can have met.
  std::vector<CauseTrace> traces(const std::vector<CauseWeight>& surges) const {
    std::vector<CauseTrace> found;
    for (const SurgeEvidence::Trace& trace : remembered_.traces) {
      if (surges.empty() || found.size() == kMostNamed) break;
      const cause::Node device = network_.damage_of[trace.node.value()];
      const std::uint32_t feed = network_.network.feed_of(device);
      if (feed == cause::kNone || network_.network.feed_node(feed) == device) continue;
      if (id_of(network_.network.feed_node(feed)) != surges.front().nodes.front()) continue;
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
                             const SurgeEvidence& remembered) {
  const Topology& topology = state.impact().topology();
  const auto network = cause::network_of(topology.graph, Devices(topology).all(question.may_fail),
                                         holding(question));
  if (!network) return std::nullopt;
  cause::WeighQuestion asked;
  asked.network = &network->network;
  asked.seen.log_ratio = log_ratios(question, *network);
  asked.seen.feed_log_ratio = feed_log_ratios(remembered, question, *network);
  asked.surge = kSurge;
  asked.probe = kLook;
  asked.bounds.visits = kMostVisits;
  const cause::Diagnosis found = cause::diagnose(asked);
  return Weighed{Teller(topology, question, *network, remembered).tell(found),
                 supposed(found, *network)};
}

}  // namespace dienstbereit::engine
