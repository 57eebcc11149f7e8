// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/interim/order.h"

#include <algorithm>
#include <map>

namespace dienstbereit {
namespace {

void collect(const Needs& needs, std::vector<NodeId>& nodes) {
  for (const Need& need : needs.of) {
    if (!need.node.empty()) nodes.push_back(need.node);
    for (const Needs& group : need.group) collect(group, nodes);
  }
}

// What a node stands on directly: a component, a service or a site.
std::vector<NodeId> below(const District& district, const NodeId& node) {
  std::vector<NodeId> nodes;
  if (const Component* component = find_component(district, node)) {
    collect(component->needs, nodes);
    nodes.insert(nodes.end(), component->restart_after.begin(), component->restart_after.end());
  } else if (const Service* service = find_service(district, ServiceId(node.str()))) {
    collect(service->needs, nodes);
  } else if (const Site* site = find_site(district, SiteId(node.str()))) {
    collect(site->needs, nodes);
  }
  return nodes;
}

// The components at and under these nodes.
void reach(const District& district, std::vector<NodeId> open, std::set<NodeId>& components) {
  std::set<NodeId> seen;
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    if (!seen.insert(node).second) continue;
    if (find_component(district, node)) components.insert(node);
    for (NodeId& next : below(district, node)) open.push_back(std::move(next));
  }
}

// The wanted components that must be up before `node`, also through what is no component.
std::vector<NodeId> before(const District& district, const NodeId& node,
                           const std::set<NodeId>& wanted) {
  std::vector<NodeId> found;
  std::vector<NodeId> open = below(district, node);
  std::set<NodeId> seen{node};
  while (!open.empty()) {
    const NodeId next = open.back();
    open.pop_back();
    if (!seen.insert(next).second) continue;
    if (wanted.contains(next)) {
      found.push_back(next);
    } else {
      for (NodeId& further : below(district, next)) open.push_back(std::move(further));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::vector<RestartPlace> restart_order(const District& district, const std::set<NodeId>& wanted) {
  std::vector<RestartPlace> left;
  for (const Component& component : district.components) {
    if (!wanted.contains(component.id)) continue;
    left.push_back({component.id, 1, component.restart_time, Duration(0),
                    before(district, component.id, wanted), false});
  }
  std::vector<RestartPlace> order;
  std::map<NodeId, const RestartPlace*> placed;
  order.reserve(left.size());
  while (!left.empty()) {
    auto next = std::find_if(left.begin(), left.end(), [&](const RestartPlace& one) {
      return std::all_of(one.after.begin(), one.after.end(),
                         [&](const NodeId& node) { return placed.contains(node); });
    });
    const bool loop = next == left.end();
    if (loop) next = left.begin();
    RestartPlace place = std::move(*next);
    left.erase(next);
    place.in_loop = loop;
    Duration begin{0};
    for (const NodeId& node : place.after) {
      const auto found = placed.find(node);
      if (found == placed.end()) continue;
      place.stage = std::max(place.stage, found->second->stage + 1);
      begin = std::max(begin, found->second->ready);
    }
    place.ready = begin + place.takes;
    order.push_back(std::move(place));
    placed[order.back().node] = &order.back();
  }
  std::vector<RestartPlace> by_stage;
  for (unsigned stage = 1; by_stage.size() < order.size(); ++stage) {
    for (const RestartPlace& place : order) {
      if (place.stage == stage) by_stage.push_back(place);
    }
  }
  return by_stage;
}

std::set<NodeId> components_for(const District& district, PlanKind kind) {
  std::vector<NodeId> tops;
  for (const Service& service : district.services) {
    if (kind == PlanKind::Restoration) {
      tops.emplace_back(service.id.str());
      for (const Offer& offer : service.offers) collect(offer.needs, tops);
    } else if (service.rto) {
      collect(service.emergency_needs.empty() ? service.needs : service.emergency_needs, tops);
    }
  }
  std::set<NodeId> components;
  reach(district, std::move(tops), components);
  return components;
}

}  // namespace dienstbereit
