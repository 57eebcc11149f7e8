// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "rivals.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "core/cause/search.h"

namespace dienstbereit::bench {
namespace {

using core::cause::Belief;
using core::cause::Network;
using core::cause::Search;
using core::cause::WeighQuestion;

bool is_down(const Outage& outage, Node node) {
  return outage.down_reports[node] > outage.up_reports[node];
}
bool is_reported(const Outage& outage, Node node) {
  return outage.down_reports[node] + outage.up_reports[node] > 0;
}

}  // namespace

Falls::Falls(const std::vector<NodeSpec>& specs, const Network& network) {
  core::cause::WeighQuestion question;
  question.network = &network;
  question.seen.log_ratio.assign(specs.size(), 1);
  Belief belief(question);
  std::vector<Node> touched;
  for (Node node = 0; node < specs.size(); ++node) {
    touched.assign(1, node);
    belief.record(&touched);
    belief.toggle(node);
    belief.record(nullptr);
    std::ranges::sort(touched);
    touched.erase(std::ranges::unique(touched).begin(), touched.end());
    std::erase_if(touched, [&](Node other) { return !belief.down(other); });
    falls_.push_back(touched);
    belief.toggle(node);
  }
}

Groups topmost_down(const Network& network, const Falls& falls, const Outage& outage) {
  std::vector<bool> below_down(network.node_count(), false);
  std::vector<std::pair<std::size_t, Node>> topmost;
  for (const Node node : network.order()) {
    for (std::uint32_t group = network.first_group(node); group < network.end_group(node); ++group)
      for (const Node need : network.members(group))
        if (below_down[need] || is_down(outage, need)) below_down[node] = true;
    if (below_down[node] || !is_down(outage, node)) continue;
    const auto explained =
        std::ranges::count_if(falls.of(node), [&](Node other) { return is_down(outage, other); });
    topmost.emplace_back(explained, node);
  }
  std::ranges::sort(topmost, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  Groups groups;
  for (const auto& [explained, node] : topmost) groups.push_back({node});
  return groups;
}

Groups greedy_cover(const Falls& falls, const Outage& outage) {
  const std::size_t count = outage.down_reports.size();
  std::vector<bool> open(count);
  std::vector<double> hit_ratio(count);
  for (Node node = 0; node < count; ++node) {
    open[node] = is_down(outage, node);
    double down = 0;
    double reported = 0;
    for (const Node other : falls.of(node)) {
      reported += is_reported(outage, other) ? 1 : 0;
      down += is_down(outage, other) ? 1 : 0;
    }
    hit_ratio[node] = reported > 0 ? down / reported : 0;
  }
  Groups groups;
  for (;;) {
    std::vector<Node> best;
    std::pair<std::ptrdiff_t, double> most{0, 0};
    for (Node node = 0; node < count; ++node) {
      if (hit_ratio[node] < kHitRatio) continue;
      const std::pair value{
          std::ranges::count_if(falls.of(node), [&](Node at) { return open[at]; }),
          hit_ratio[node]};
      if (value.first == 0 || value < most) continue;
      if (value > most) best.clear();
      most = value;
      best.push_back(node);
    }
    if (best.empty()) return groups;
    for (const Node node : best)
      for (const Node covered : falls.of(node)) open[covered] = false;
    groups.push_back(std::move(best));
  }
}

namespace {

// A damage that explains what is seen, alone or in place of a root, and what it costs in nats.
struct Choice {
  double cost = 0;
  bool in_best = false;
  std::vector<Node> nodes;
};

class MapGroups {
 public:
  explicit MapGroups(const WeighQuestion& question)
      : question_(question),
        belief_(question),
        search_(belief_, *question.network, question.bounds) {}

  Groups run() {
    search_.climb();
    const double best = belief_.score();
    for (const Node root : std::vector<Node>(search_.roots())) add_root(root, best);
    for (Node node = 0; node < question_.network->node_count(); ++node) {
      if (!belief_.met(node) || belief_.root(node) || !belief_.relevant(node)) continue;
      const Belief::Terms terms = belief_.terms(node);
      const double odds = belief_.leaf(node)      ? terms.damaged - std::log1p(-belief_.prior(node))
                          : belief_.suspect(node) ? search_.gain(node)
                                                  : -100;
      if (belief_.leaf(node))
        add_leaf(node, odds);
      else
        add_gain(node, odds);
    }
    std::vector<Choice> choices;
    for (auto& [key, choice] : found_) choices.push_back(std::move(choice));
    std::ranges::sort(choices, [](const Choice& a, const Choice& b) {
      return std::tuple(!a.in_best, a.cost, a.nodes) < std::tuple(!b.in_best, b.cost, b.nodes);
    });
    Groups groups;
    for (const Choice& choice : choices) groups.push_back(with_rows(choice.nodes));
    return groups;
  }

 private:
  std::vector<Node> with_rows(const std::vector<Node>& heads) const {
    std::vector<Node> nodes;
    for (const Node head : heads)
      for (Node node = head; node != kNone; node = belief_.before(node)) nodes.push_back(node);
    std::ranges::sort(nodes);
    return nodes;
  }

  using Key = std::tuple<Node, std::uint64_t>;  // the root it replaces; what falls

  void add_root(Node root, double best) {
    const std::uint64_t fallen = belief_.seen_key();
    belief_.toggle(root);
    const double without = belief_.score();
    Choice& own = found_[{root, fallen}];
    own = {-(best - without), true, {root}};
    for (Node node = 0; node < question_.network->node_count(); ++node) {
      if (node == root || belief_.root(node) || !belief_.met(node)) continue;
      if (belief_.leaf(node)) {
        if ((belief_.seen_key() ^ belief_.sight_of(node)) == fallen) own.nodes.push_back(node);
        continue;
      }
      if (!belief_.suspect(node)) continue;
      belief_.toggle(node);
      const double cost = best - belief_.score();
      if (belief_.seen_key() == fallen)
        own.nodes.push_back(node);
      else if (cost < kWorthNaming)
        keep({root, belief_.seen_key()}, cost, node);
      belief_.toggle(node);
    }
    belief_.toggle(root);
  }

  void add_gain(Node node, double gain) {
    if (gain < -kWorthNaming) return;
    belief_.toggle(node);
    const std::uint64_t fallen = belief_.seen_key();
    belief_.toggle(node);
    keep({kNone, fallen}, -gain, node);
  }

  void add_leaf(Node leaf, double odds) {
    if (odds < -kWorthNaming) return;
    Choice& choice = found_[{kNone, belief_.seen_key() ^ belief_.sight_of(leaf)}];
    choice.cost = choice.nodes.empty() ? -odds : std::min(choice.cost, -odds);
    choice.in_best = choice.in_best || odds > 0;
    choice.nodes.push_back(leaf);
  }

  void keep(Key key, double cost, Node node) {
    Choice& choice = found_[key];
    choice.cost = choice.nodes.empty() ? cost : std::min(choice.cost, cost);
    choice.nodes.push_back(node);
  }

  static constexpr double kWorthNaming = 10;
  const WeighQuestion& question_;
  Belief belief_;
  Search search_;
  std::map<Key, Choice> found_;
};

}  // namespace

Groups map_without_surges(const WeighQuestion& question) { return MapGroups(question).run(); }

}  // namespace dienstbereit::bench
