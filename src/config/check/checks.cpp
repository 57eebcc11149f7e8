// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/check/checks.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::config {
namespace {

// The nearest id is searched among so many ids at most, so that hostile files stay cheap.
constexpr std::size_t kMostCandidates = 5'000;

bool fits(Use::Wanted wanted, IdKind kind) {
  switch (wanted) {
    case Use::Wanted::Site:
      return kind == IdKind::Site;
    case Use::Wanted::Office:
      return kind == IdKind::Office;
    case Use::Wanted::Service:
      return kind == IdKind::Service;
    case Use::Wanted::Component:
      return kind == IdKind::Component;
    case Use::Wanted::Provider:
      return kind == IdKind::Provider;
    case Use::Wanted::Uplink:
      return kind == IdKind::Uplink;
    case Use::Wanted::Outpost:
      return kind == IdKind::Outpost;
    case Use::Wanted::AnyNode:
      return kind == IdKind::Component || kind == IdKind::Service || kind == IdKind::Site;
  }
  return false;
}

const char* wanted_name(Use::Wanted wanted) {
  switch (wanted) {
    case Use::Wanted::Site:
      return "site";
    case Use::Wanted::Office:
      return "office";
    case Use::Wanted::Service:
      return "service";
    case Use::Wanted::Component:
      return "component";
    case Use::Wanted::Provider:
      return "provider";
    case Use::Wanted::Uplink:
      return "uplink";
    case Use::Wanted::Outpost:
      return "outpost";
    case Use::Wanted::AnyNode:
      return "component, service or site";
  }
  return "thing";
}

std::string hint_for(const Use& use, const Places& places) {
  std::vector<std::string> candidates;
  for (const auto& [id, definition] : places.definitions) {
    if (fits(use.wanted, definition.kind)) candidates.push_back(id);
    if (candidates.size() >= kMostCandidates) break;
  }
  const auto near = nearest(use.id, candidates);
  if (near) return fmt::format("did you mean '{}'?", *near);
  if (candidates.empty()) return fmt::format("the district has no {} yet", wanted_name(use.wanted));
  return "define it, or correct the id";
}

// Components by id, for walks over needs.
std::map<NodeId, const Component*> components_of(const District& district) {
  std::map<NodeId, const Component*> all;
  for (const Component& component : district.components) all.emplace(component.id, &component);
  return all;
}

// Whatever may be needed, and how long it may take to come back.
struct Timed {
  std::optional<Duration> rto;
  const Needs* needs;
};
using TimedNodes = std::map<NodeId, Timed>;

TimedNodes timed_nodes(const District& district) {
  TimedNodes all;
  for (const Component& one : district.components) all.emplace(one.id, Timed{one.rto, &one.needs});
  for (const Service& one : district.services) {
    all.emplace(NodeId(one.id.str()), Timed{one.rto, &one.needs});
  }
  for (const Site& one : district.sites) {
    all.emplace(NodeId(one.id.str()), Timed{std::nullopt, &one.needs});
  }
  return all;
}

// Finds what a service, or its work without IT, cannot do without and takes longer than it may.
// Nested groups are walked by recursion (bounded by kDeepestNeeds), nodes by a list.
class TimeCheck {
 public:
  TimeCheck(const TimedNodes& nodes, const Service& service, Reader& reader)
      : nodes_(nodes), service_(service), reader_(reader) {}

  void run() {
    walk(service_.needs);
    who_ = "its offline mode";
    walk(service_.offline.needs);
  }

 private:
  void walk(const Needs& needs) {
    check(needs);
    while (!open_.empty()) {
      const Timed* node = open_.back();
      open_.pop_back();
      check(*node->needs);
    }
  }

  void check(const Needs& needs) {
    if (needs.op == Operator::All) {
      for (const Need& need : needs.of) check_one(need);
    } else if (needs.op == Operator::Any || needs.op == Operator::AtLeast) {
      check_group(needs);
    }  // the loss of the others only limits
  }

  void check_one(const Need& need) {
    if (need.buffer > Duration(0)) return;
    for (const Needs& group : need.group) check(group);
    const auto found = need.group.empty() ? nodes_.find(need.node) : nodes_.end();
    if (found == nodes_.end() || !seen_.insert(need.node).second) return;
    open_.push_back(&found->second);
    if (in_time(found->second)) return;
    reader_.report.error(
        reader_.places.of(service_.id.str(), "rto"),
        fmt::format("the rto of '{}' is {}, but {} needs '{}' with an rto of {} "
                    "({}); shorten that one, or lengthen this",
                    service_.id.str(), to_text(*service_.rto), who_, need.node.str(),
                    to_text(*found->second.rto),
                    reader_.report.place(reader_.places.of(need.node.str(), "rto"))));
  }

  // Enough members must be in time; nested groups are taken to be.
  void check_group(const Needs& needs) {
    const std::size_t wanted = needs.op == Operator::Any ? 1 : needs.at_least;
    std::vector<std::string> late;
    for (const Need& need : needs.of) {
      const auto found = need.group.empty() ? nodes_.find(need.node) : nodes_.end();
      if (found != nodes_.end() && !in_time(found->second)) late.push_back(need.node.str());
    }
    if (late.empty() || needs.of.size() - late.size() >= wanted) return;
    reader_.report.error(reader_.places.of(service_.id.str(), "rto"),
                         fmt::format("the rto of '{}' is {}, but {} needs {} of {} and these take "
                                     "longer: {}; shorten theirs, or lengthen this",
                                     service_.id.str(), to_text(*service_.rto), who_, wanted,
                                     needs.of.size(), join(late, ", ")));
  }

  bool in_time(const Timed& node) const { return !node.rto || *node.rto <= *service_.rto; }

  const TimedNodes& nodes_;
  const Service& service_;
  Reader& reader_;
  const char* who_ = "it";
  std::set<NodeId> seen_;
  std::vector<const Timed*> open_;
};

void collect(const Needs& needs, std::vector<NodeId>& out) {
  for (const Need& need : needs.of) {
    if (need.group.empty()) out.push_back(need.node);
    for (const Needs& group : need.group) collect(group, out);
  }
}

// The components that `start` leads to, itself included.
std::set<NodeId> reachable(const std::map<NodeId, const Component*>& components,
                           std::vector<NodeId> start) {
  std::set<NodeId> seen;
  while (!start.empty()) {
    const NodeId id = start.back();
    start.pop_back();
    const auto found = components.find(id);
    if (found == components.end() || !seen.insert(id).second) continue;
    collect(found->second->needs, start);
  }
  return seen;
}

void warn_of_anchors(const District& district, const DistrictDraft& draft, Reader& reader) {
  const auto components = components_of(district);
  std::vector<NodeId> start;
  for (const Service& service : district.services) collect(service.needs, start);
  const std::set<NodeId> needed = reachable(components, std::move(start));
  for (const UplinkDraft& uplink : draft.uplinks) {
    for (const ProbeDraft& probe : uplink.probes) {
      if (probe.component.empty()) continue;
      for (const NodeId& id : reachable(components, {probe.component})) {
        if (needed.count(id) == 0) continue;
        reader.report.warning(probe.mark,
                              fmt::format("this anchor of '{}' stands on '{}', which services "
                                          "need: its failure would look like lost sight; ask the "
                                          "observer's own leg instead",
                                          uplink.id.str(), id.str()));
        break;
      }
    }
  }
}

bool has_works_probe(const District& district, const LoopGroup& group) {
  return std::any_of(district.probes.begin(), district.probes.end(), [&](const ProbeSpec& probe) {
    return probe.proof == Proof::Works &&
           std::count(group.members.begin(), group.members.end(), probe.node) > 0;
  });
}

}  // namespace

void check_uses(Reader& reader) {
  for (const Use& use : reader.places.uses) {
    const auto found = reader.places.definitions.find(use.id);
    if (found == reader.places.definitions.end()) {
      reader.report.error(use.mark,
                          fmt::format("no {} has the id '{}'; {}", wanted_name(use.wanted), use.id,
                                      hint_for(use, reader.places)));
    } else if (!fits(use.wanted, found->second.kind)) {
      reader.report.error(
          use.mark, fmt::format("'{}' is the id of the {} at {}; this wants the id "
                                "of a {}",
                                use.id, name_of(found->second.kind),
                                reader.report.place(found->second.mark), wanted_name(use.wanted)));
    }
  }
}

void check_keys_of_municipalities(const District& district, Reader& reader) {
  const std::string& kreis = district.administration.ags;
  for (const Site& site : district.sites) {
    if (site.ags.empty() || kreis.empty() || site.ags.starts_with(kreis)) continue;
    reader.report.error(reader.places.of(site.id.str(), "ags"),
                        fmt::format("the key '{}' of site '{}' does not begin with '{}', the key "
                                    "of the Kreis; correct one",
                                    site.ags, site.id.str(), kreis));
  }
}

void check_times(const District& district, Reader& reader) {
  const TimedNodes nodes = timed_nodes(district);
  for (const Service& service : district.services) {
    if (!service.rto) continue;
    if (service.mtpd && *service.rto > *service.mtpd) {
      reader.report.error(
          reader.places.of(service.id.str(), "rto"),
          fmt::format("the rto ({}) of '{}' is longer than its mtpd ({}); the "
                      "emergency level must come first",
                      to_text(*service.rto), service.id.str(), to_text(*service.mtpd)));
    }
    TimeCheck(nodes, service, reader).run();
  }
}

void warn_of_blind_spots(const District& district, const DistrictDraft& draft, Reader& reader) {
  warn_of_anchors(district, draft, reader);
  for (const LoopGroup& group : district.mutual) {
    if (has_works_probe(district, group)) continue;
    reader.report.warning(reader.places.of(group.id, "members"),
                          fmt::format("no member of '{}' has a probe that proves 'works': after a "
                                      "blackout only a person's word can end its cold state; add "
                                      "one",
                                      group.id));
  }
}

}  // namespace dienstbereit::config
