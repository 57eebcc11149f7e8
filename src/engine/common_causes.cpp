// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/common_causes.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/cause/kinds.h"

namespace dienstbereit::engine {
namespace {

namespace cause = core::cause;
using core::impact::Role;
using core::impact::Topology;
using graph::NodeIndex;

// How likely a common cause is when something is down, and how many of its members it damages.
// Assumed, all of it (docs/formats/cause.md).
struct Rates {
  double prior;
  double damage;
};
constexpr Rates kSurge{0.004, 0.35};
constexpr Rates kRoom{0.001, 0.5};
constexpr Rates kRack{0.0005, 0.5};
constexpr Rates kChange{0.1, 0.5};
constexpr std::size_t kFewestTogether = 2;  // in a room or rack: one thing alone has a cause alone

class Finder {
 public:
  Finder(const Topology& topology, const std::vector<bool>& may_fail)
      : topology_(topology), may_fail_(may_fail) {
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

  Vulnerable find(const std::vector<const Note*>& changes) && {
    for (std::uint32_t node = 0; node < facts_.size(); ++node) {
      const double prior = component_[node] ? facts_[node].prior : cause::kPriorOfOthers;
      found_.susceptible.priors.push_back(may_fail_[node] ? prior : 0);
    }
    add_surges();
    add_places();
    for (const Note* change : changes) add_change(*change);
    return std::move(found_);
  }

 private:
  void add(CommonSort sort, const Rates& rates, std::vector<NodeIndex> members,
           std::optional<NodeIndex> at, const NoteId& note = {}) {
    CommonWeight weight;
    weight.sort = sort;
    if (at) weight.node = topology_.ids[at->value()];
    weight.note = note;
    found_.commons.push_back(std::move(weight));
    found_.susceptible.commons.push_back(
        {sort, cause::log_odds_of(rates.prior), rates.damage, std::move(members), at});
  }

  bool can_be_hit(NodeIndex node) const {
    return component_[node.value()] && may_fail_[node.value()];
  }
  bool is_group(NodeIndex node) const { return topology_.roles[node.value()] == Role::Group; }

  // ---- surges

  // One on each source that something hangs on or that may fail itself; none damages the source.
  void add_surges() {
    std::map<NodeIndex, std::vector<NodeIndex>> behind;
    for (std::uint32_t node = 0; node < facts_.size(); ++node) {
      if (!can_be_hit(NodeIndex(node))) continue;
      const auto source = source_of(NodeIndex(node));
      if (!source) continue;
      auto& devices = behind[*source];
      if (source->value() != node) devices.emplace_back(node);
    }
    for (auto& [source, devices] : behind)
      add(CommonSort::Surge, kSurge, std::move(devices), source);
  }

  // Where its power comes in: the nearest board or feed, through what conducts only. An arrester
  // gives way for what it protects.
  std::optional<NodeIndex> source_of(NodeIndex node) const {
    if (facts_[node.value()].source) return node;
    std::vector<NodeIndex> open{node};
    if (facts_[node.value()].arrester) open = standing_on(node, false);
    std::set<NodeIndex> seen(open.begin(), open.end());
    for (std::size_t at = 0; at < open.size(); ++at) {
      const NodeIndex here = open[at];
      if (facts_[here.value()].source) return here;
      for (const graph::NeedIndex need : topology_.graph.needs_of(here)) {
        const NodeIndex on = topology_.graph.need(need).on;
        const bool leads = is_group(on) || facts_[on.value()].conducts;
        if (leads && !facts_[on.value()].arrester && seen.insert(on).second) open.push_back(on);
      }
    }
    return std::nullopt;
  }

  // ---- rooms, racks, changes

  // What names it as a need, alone or in groups; and what stands in the racks among these, in place
  // of them, if asked.
  std::vector<NodeIndex> standing_on(NodeIndex place, bool through_racks) const {
    std::vector<NodeIndex> found;
    std::vector<NodeIndex> open{place};
    std::set<NodeIndex> seen{place};
    for (std::size_t at = 0; at < open.size(); ++at) {
      for (const NodeIndex above : topology_.graph.dependents_of(open[at])) {
        if (!seen.insert(above).second) continue;
        const bool leads = is_group(above) || (through_racks && facts_[above.value()].rack);
        (leads ? open : found).push_back(above);
      }
    }
    return found;
  }

  void add_places() {
    for (std::uint32_t node = 0; node < facts_.size(); ++node) {
      const bool room = facts_[node].room;
      if (!room && !facts_[node].rack) continue;
      std::vector<NodeIndex> inside = standing_on(NodeIndex(node), room);
      std::erase_if(inside, [&](NodeIndex one) { return !can_be_hit(one); });
      if (inside.size() < kFewestTogether) continue;
      add(room ? CommonSort::Room : CommonSort::Rack, room ? kRoom : kRack, std::move(inside),
          NodeIndex(node));
    }
  }

  void add_change(const Note& change) {
    std::vector<NodeIndex> changed;
    for (const NodeId& id : change.nodes) {
      const auto node = topology_.find(id);
      if (node && may_fail_[node->value()]) changed.push_back(*node);
    }
    if (!changed.empty())
      add(CommonSort::Change, kChange, std::move(changed), std::nullopt, change.id);
  }

  const Topology& topology_;
  const std::vector<bool>& may_fail_;
  std::vector<cause::KindFacts> facts_;
  std::vector<bool> component_;
  Vulnerable found_;
};

}  // namespace

std::vector<const Note*> changes_before(const Incident& incident, Instant first_fall) {
  std::vector<const Note*> found;
  for (const Note& note : incident.notes) {
    if (note.kind != NoteKind::Change || !note.changed_at) continue;
    if (*note.changed_at > first_fall || first_fall - *note.changed_at > kChangeCounts) continue;
    found.push_back(&note);
  }
  std::ranges::sort(found, [](const Note* a, const Note* b) {
    return *a->changed_at != *b->changed_at ? *a->changed_at > *b->changed_at : a < b;
  });
  if (found.size() > kMostChangesWeighed) found.resize(kMostChangesWeighed);
  return found;
}

Vulnerable vulnerable_in(const Topology& topology, const std::vector<bool>& may_fail,
                         const std::vector<const Note*>& changes) {
  return Finder(topology, may_fail).find(changes);
}

}  // namespace dienstbereit::engine
