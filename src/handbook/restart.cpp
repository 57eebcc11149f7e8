// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/restart.h"

#include <algorithm>
#include <map>
#include <set>

#include "graph/order.h"

namespace dienstbereit::handbook {
namespace {

void collect(const Needs& needs, std::set<NodeId>& nodes) {
  for (const Need& need : needs.of) {
    if (need.group.empty()) nodes.insert(need.node);
    for (const Needs& group : need.group) collect(group, nodes);
  }
}

std::set<NodeId> waits_for(const Component& component) {
  std::set<NodeId> nodes(component.restart_after.begin(), component.restart_after.end());
  collect(component.needs, nodes);
  nodes.erase(component.id);
  return nodes;
}

// Edges from each component to those it waits for.
graph::Adjacency edges_of(const std::vector<Component>& components) {
  std::map<NodeId, std::uint32_t> places;
  for (const Component& component : components) {
    places.emplace(component.id, static_cast<std::uint32_t>(places.size()));
  }
  graph::Adjacency edges;
  edges.first.push_back(0);
  for (const Component& component : components) {
    for (const NodeId& node : waits_for(component)) {
      const auto found = places.find(node);
      if (found != places.end()) edges.target.push_back(found->second);
    }
    edges.first.push_back(static_cast<std::uint32_t>(edges.target.size()));
  }
  return edges;
}

// Everything that the services of a site stand on, the building and its ways to the centre too.
std::set<NodeId> needed_at(const District& district, const SiteId& id) {
  std::set<NodeId> known;
  if (const Site* site = find_site(district, id)) {
    collect(site->needs, known);
    collect(site->link, known);
  }
  for (const Service& service : district.services) {
    for (const Offer& offer : service.offers) {
      if (offer.site != id) continue;
      collect(service.needs, known);
      collect(offer.needs, known);
    }
  }
  std::vector<NodeId> open(known.begin(), known.end());
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    std::set<NodeId> below;
    if (const Component* component = find_component(district, node)) below = waits_for(*component);
    if (const Service* service = find_service(district, ServiceId(node.str()))) {
      collect(service->needs, below);
    }
    for (const NodeId& one : below) {
      if (known.insert(one).second) open.push_back(one);
    }
  }
  return known;
}

}  // namespace

std::vector<RestartStep> restart_order(const District& district) {
  const graph::Adjacency edges = edges_of(district.components);
  const graph::Order order = graph::order_of(edges);
  std::vector<RestartStep> steps(district.components.size());
  for (const std::uint32_t node : order.nodes) {
    RestartStep& step = steps[node];
    step.component = &district.components[node];
    for (std::uint32_t i = edges.first[node]; i < edges.first[node + 1]; ++i) {
      const std::uint32_t below = edges.target[i];
      step.after.push_back(district.components[below].id);
      if (order.component[below] != order.component[node]) {
        step.starts = std::max(step.starts, steps[below].usable);
      }
    }
    step.usable = step.starts + step.component->restart_time;
  }
  // What takes no time begins together with what it waits for; that one still comes first.
  std::map<NodeId, std::size_t> rank;
  for (const std::uint32_t node : order.nodes) {
    rank.emplace(district.components[node].id, rank.size());
  }
  std::sort(steps.begin(), steps.end(), [&](const RestartStep& a, const RestartStep& b) {
    if (a.starts != b.starts) return a.starts < b.starts;
    return rank.at(a.component->id) < rank.at(b.component->id);
  });
  return steps;
}

std::vector<RestartStep> restart_order(const District& district, const SiteId& site) {
  const std::set<NodeId> needed = needed_at(district, site);
  std::vector<RestartStep> steps;
  for (RestartStep& step : restart_order(district)) {
    if (needed.contains(step.component->id)) steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace dienstbereit::handbook
