// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/outage/why.h"

#include <algorithm>

namespace dienstbereit::view {
namespace {

const NodeSituation* find_node(const Situation& situation, const NodeId& id) {
  const auto found = std::find_if(situation.nodes.begin(), situation.nodes.end(),
                                  [&](const NodeSituation& node) { return node.id == id; });
  return found == situation.nodes.end() ? nullptr : &*found;
}

WhyStop* find_stop(WhyPath& path, const NodeId& node) {
  const auto found = std::find_if(path.begin(), path.end(),
                                  [&](const WhyStop& stop) { return stop.node == node; });
  return found == path.end() ? nullptr : &*found;
}

WhyStop stop_at(const Situation& situation, const NodeId& node) {
  WhyStop stop;
  stop.node = node;
  if (const NodeSituation* known = find_node(situation, node)) stop.state = known->state;
  return stop;
}

void go_to(const Situation& situation, WhyPath& path, const NodeId& node) {
  if (!node.empty() && !find_stop(path, node)) path.push_back(stop_at(situation, node));
}

Duration buffer_in(const Needs& needs, const NodeId& need) {
  Duration longest{0};
  for (const Need& one : needs.of) {
    if (one.node == need) longest = std::max(longest, one.buffer);
    for (const Needs& group : one.group) {
      const Duration inside = buffer_in(group, need);
      longest = std::max(longest, inside);
      if (inside > Duration(0)) longest = std::max(longest, one.buffer);
    }
  }
  return longest;
}

bool same_way(const WhyPath& a, const WhyPath& b) {
  return a.size() > 1 && a.size() == b.size() &&
         std::equal(a.begin() + 1, a.end(), b.begin() + 1,
                    [](const WhyStop& x, const WhyStop& y) { return x.node == y.node; });
}

}  // namespace

Duration buffer_between(const District& district, const NodeId& of, const NodeId& need) {
  Duration longest{0};
  const auto look = [&](const Needs& needs) {
    longest = std::max(longest, buffer_in(needs, need));
  };
  if (const Component* component = find_component(district, of)) look(component->needs);
  if (const Site* site = find_site(district, SiteId(of.str()))) {
    look(site->needs);
    look(site->link);
  }
  const std::size_t slash = of.str().find('/');
  const ServiceId id(slash == std::string::npos ? of.str() : of.str().substr(slash + 1));
  if (const Service* service = find_service(district, id)) {
    look(service->needs);
    for (const Offer& offer : service->offers) {
      if (offer_node(offer.office, offer.site, service->id) == of) look(offer.needs);
    }
  }
  return longest;
}

WhyPath why_path(const Situation& situation, const NodeId& asked, const Explanation& why) {
  WhyPath path{stop_at(situation, asked)};
  for (const ReasonStep& step : why) {
    go_to(situation, path, step.subject);
    WhyStop* about = step.subject.empty() ? &path.back() : find_stop(path, step.subject);
    about->reasons.push_back(step);
    go_to(situation, path, step.object);
  }
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    path[i].buffer = buffer_between(*situation.district, path[i].node, path[i + 1].node);
  }
  return path;
}

std::vector<Why> whys(const Situation& situation, const OfficeId& office, const SiteId& site) {
  std::vector<Why> all;
  for (const OfferSituation& offer : situation.offers) {
    if (offer.office != office || offer.site != site) continue;
    if (offer.now.readiness == Readiness::Normal) continue;
    Why why{offer.node, &offer.now, why_path(situation, offer.node, offer.now.why), {}};
    const auto known = std::find_if(all.begin(), all.end(), [&](const Why& one) {
      return same_way(one.path, why.path) && one.verdict->readiness == offer.now.readiness;
    });
    if (known != all.end()) {
      known->also.push_back(offer.node);
    } else {
      all.push_back(std::move(why));
    }
  }
  return all;
}

std::optional<Why> why_of(const Situation& situation, const NodeId& offer) {
  for (const OfferSituation& one : situation.offers) {
    if (one.node != offer) continue;
    return Why{one.node, &one.now, why_path(situation, one.node, one.now.why), {}};
  }
  return std::nullopt;
}

}  // namespace dienstbereit::view
