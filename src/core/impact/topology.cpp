// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/impact/topology.h"

#include <unordered_set>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::core::impact {
namespace {

class Compiler {
 public:
  explicit Compiler(std::shared_ptr<const District> district)
      : topology_(std::make_shared<Topology>()) {
    topology_->district = std::move(district);
  }

  Result<std::shared_ptr<const Topology>> run() {
    declare();
    connect();
    for (const LoopGroup& group : district().mutual) add_loop(group);
    if (!problem_.empty()) return fail(Errc::InvalidInput, problem_);
    auto built = builder_.build();
    if (!built) return tl::unexpected(with_path(built.error()));
    topology_->graph = std::move(*built);
    return std::shared_ptr<const Topology>(topology_);
  }

 private:
  const District& district() const { return *topology_->district; }

  static graph::Rule rule_of(const Needs& needs) {
    return {needs.op, needs.at_least, needs.full, needs.limited};
  }

  graph::NodeIndex add(NodeId id, Role role, graph::Rule rule) {
    const graph::NodeIndex node = builder_.add_node(rule);
    if (role == Role::Named) topology_->index.emplace(id, node);
    topology_->ids.push_back(std::move(id));
    topology_->roles.push_back(role);
    return node;
  }
  graph::NodeIndex add_named(const NodeId& id, const Needs& needs) {
    return add(id, Role::Named, rule_of(needs));
  }

  // All Named nodes first, so that needs may point anywhere.
  void declare() {
    for (const Site& site : district().sites) add_named(NodeId(site.id.str()), site.needs);
    for (const Service& service : district().services) {
      add_named(NodeId(service.id.str()), service.needs);
      for (const Offer& offer : service.offers) {
        add_named(offer_node(offer.office, offer.site, service.id), Needs{});
      }
    }
    for (const Component& component : district().components) {
      add_named(component.id, component.needs);
    }
  }

  void connect() {
    for (const Site& site : district().sites) {
      attach(at(NodeId(site.id.str())), site.needs);
      if (site.link.empty()) continue;
      const auto link = add(NodeId(site.id.str() + "#link"), Role::Link, rule_of(site.link));
      attach(link, site.link);
      links_.emplace(site.id, link);
    }
    for (const Component& component : district().components) {
      attach(at(component.id), component.needs);
    }
    for (const Service& service : district().services) connect(service);
  }

  void connect(const Service& service) {
    const graph::NodeIndex node = at(NodeId(service.id.str()));
    attach(node, service.needs);
    const graph::NodeIndex offline =
        add(NodeId(service.id.str() + "#offline"), Role::Offline, rule_of(service.offline.needs));
    attach(offline, service.offline.needs);
    for (const Offer& offer : service.offers) {
      connect(service, offer, OfferNodes{{}, node, std::nullopt, offline, {}});
    }
  }

  void connect(const Service& service, const Offer& offer, OfferNodes nodes) {
    nodes.offer = at(offer_node(offer.office, offer.site, service.id));
    builder_.add_need(nodes.offer, nodes.service);
    if (!offer.needs.empty()) builder_.add_need(nodes.offer, group(nodes.offer, offer.needs));
    if (!offer.remote) bind_to_site(service, offer, nodes);
    nodes.measured_by = {nodes.offer, nodes.service};
    add_direct(service.needs, nodes.measured_by);
    add_direct(offer.needs, nodes.measured_by);
    topology_->offers.push_back(std::move(nodes));
  }

  void bind_to_site(const Service& service, const Offer& offer, OfferNodes& nodes) {
    nodes.site = at(NodeId(offer.site.str()));
    builder_.add_need(nodes.offer, *nodes.site);
    const auto link = links_.find(offer.site);
    if (link == links_.end()) return;
    std::vector<NodeId> needed = leaves(service.needs);
    for (NodeId& id : leaves(offer.needs)) needed.push_back(std::move(id));
    if (crosses_link(std::move(needed), offer.site)) {
      builder_.add_need(nodes.offer, link->second);
    }
  }

  static std::vector<NodeId> leaves(const Needs& needs) {
    std::vector<NodeId> found;
    for (const Need& need : needs.of) {
      if (need.group.empty()) {
        found.push_back(need.node);
        continue;
      }
      for (NodeId& id : leaves(need.group.front())) found.push_back(std::move(id));
    }
    return found;
  }

  // True if any of these is reached from `site` by its link. What stands there is not, whatever it
  // needs itself; what stands outside the house is as the ways that it names, and is if it names
  // none; all else is.
  bool crosses_link(std::vector<NodeId> needed, const SiteId& site) const {
    std::unordered_set<NodeId> seen;
    while (!needed.empty()) {
      const NodeId id = needed.back();
      needed.pop_back();
      if (id.str() == site.str() || !seen.insert(id).second) continue;
      const Component* component = find_component(district(), id);
      if (!component) return true;
      if (component->site == site) continue;
      if (!component->site.empty() || component->needs.empty()) return true;
      for (NodeId& way : leaves(component->needs)) needed.push_back(std::move(way));
    }
    return false;
  }

  void add_direct(const Needs& needs, std::vector<graph::NodeIndex>& direct) {
    for (const Need& need : needs.of) {
      if (!need.group.empty()) {
        add_direct(need.group.front(), direct);
      } else if (const auto node = topology_->find(need.node)) {
        direct.push_back(*node);
      }
    }
  }

  void attach(graph::NodeIndex node, const Needs& needs) {
    for (const Need& need : needs.of) {
      const graph::NodeIndex on =
          need.group.empty() ? at(need.node) : group(node, need.group.front());
      builder_.add_need(node, on, {need.weight, need.buffer, need.recharge});
    }
  }

  graph::NodeIndex group(graph::NodeIndex owner, const Needs& needs) {
    const NodeId id(fmt::format("{}#{}", topology_->ids[owner.value()].str(), ++groups_[owner]));
    const graph::NodeIndex node = add(id, Role::Group, rule_of(needs));
    attach(node, needs);
    return node;
  }

  graph::NodeIndex at(const NodeId& id) {
    if (const auto found = topology_->find(id)) return *found;
    if (problem_.empty()) problem_ = fmt::format("no node '{}' in the district", id.str());
    return graph::NodeIndex(0);
  }

  void add_loop(const LoopGroup& loop) {
    std::vector<graph::NodeIndex> members;
    for (const NodeId& id : loop.members) members.push_back(at(id));
    // Groups that belong to a member lie on the loop's path.
    for (std::uint32_t i = 0; i < topology_->ids.size(); ++i) {
      if (topology_->roles[i] != Role::Group) continue;
      const std::string& id = topology_->ids[i].str();
      for (const NodeId& member : loop.members) {
        if (id.starts_with(member.str() + "#")) members.push_back(graph::NodeIndex(i));
      }
    }
    builder_.add_loop_group(members);
  }

  Error with_path(Error error) const {
    const auto path = builder_.find_undeclared_loop();
    if (path.empty()) return error;
    std::vector<std::string> names;
    for (graph::NodeIndex node : path) names.push_back(topology_->ids[node.value()].str());
    error.message = fmt::format("{} need each other in a circle; declare them under 'mutual:' if "
                                "that is meant",
                                loop_text(names));
    return error;
  }

  std::shared_ptr<Topology> topology_;
  graph::GraphBuilder builder_;
  std::unordered_map<SiteId, graph::NodeIndex> links_;
  std::unordered_map<graph::NodeIndex, unsigned> groups_;  // how many each node has
  std::string problem_;
};

}  // namespace

std::optional<graph::NodeIndex> Topology::find(const NodeId& id) const {
  const auto found = index.find(id);
  return found == index.end() ? std::nullopt : std::optional(found->second);
}

Result<std::shared_ptr<const Topology>> compile(std::shared_ptr<const District> district) {
  return Compiler(std::move(district)).run();
}

}  // namespace dienstbereit::core::impact
