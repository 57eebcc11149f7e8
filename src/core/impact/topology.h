// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "graph/graph.h"
#include "model/district.h"

namespace dienstbereit::core::impact {

// What a node of the graph stands for. Only Named nodes have an id that people wrote or can ask
// for; the others carry a derived id ("F-KFZ#1") for logs.
enum class Role : std::uint8_t {
  Named,    // component, site, service, offer
  Group,    // a group inside a list of needs
  Link,     // a site's ways to the centre
  Offline,  // what a service's offline mode needs
};

struct OfferNodes {
  graph::NodeIndex offer;
  graph::NodeIndex service;
  std::optional<graph::NodeIndex> site;  // none: it is not bound to one
  graph::NodeIndex offline;
  // The offer, the service and its direct needs: one fresh `works` among them measures it.
  std::vector<graph::NodeIndex> measured_by;
};

// A district compiled into a graph. Immutable; shared by the evaluations of one district.
struct Topology {
  std::shared_ptr<const District> district;
  graph::Graph graph;
  std::vector<NodeId> ids;  // by node index
  std::vector<Role> roles;
  std::unordered_map<NodeId, graph::NodeIndex> index;  // Named nodes only
  std::vector<OfferNodes> offers;  // in the order of services and their offers

  std::optional<graph::NodeIndex> find(const NodeId& id) const;
};

// Nodes: sites, services, offers, components; an offer needs its service, what only its place
// needs, its site, and the site's link if anything that the service or the offer names as a need is
// reached by it (docs/formats/impact.md, "Sites and links"). A remote offer needs neither.
// Fails where the graph does: an undeclared loop, a bound.
Result<std::shared_ptr<const Topology>> compile(std::shared_ptr<const District> district);

}  // namespace dienstbereit::core::impact
