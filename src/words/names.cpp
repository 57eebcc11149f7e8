// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

std::string named(const Voice& voice, const Wording& name, const std::string& id) {
  return name.empty() ? id : say(name, voice.language()).text;
}

std::string service_name(const Voice& voice, const ServiceId& id) {
  const Service* service = find_service(voice.district(), id);
  return service == nullptr ? id.str() : named(voice, service->name, id.str());
}

std::string site_name(const Voice& voice, const SiteId& id) {
  const Site* site = find_site(voice.district(), id);
  return site == nullptr ? id.str() : named(voice, site->name, id.str());
}

std::string office_name(const Voice& voice, const OfficeId& id) {
  const Office* office = find_office(voice.district(), id);
  return office == nullptr ? id.str() : named(voice, office->name, id.str());
}

view::PlaceName place_of(const Voice& voice, const OfficeId& office, const SiteId& site) {
  view::PlaceName place{office, site, {}, {}, false};
  place.office_name.de = office_name(voice, office);
  place.site_name.de = site_name(voice, site);
  const Office* found = find_office(voice.district(), office);
  place.several = found == nullptr || found->sites.size() > 1;
  return place;
}

std::string offer_name(const Voice& voice, const Scope& scope) {
  const Service* service = find_service(voice.district(), scope.service);
  std::string name = service_name(voice, scope.service);
  if (service != nullptr && service->offers.size() <= 1) return name;
  return text(voice.language(), "name.service_at",
              {{"service", std::move(name)},
               {"place", place_name(voice, place_of(voice, scope.office, scope.site))}});
}

// "ROADS@S3/REGISTER" and "ROADS@S3" in their parts; empty parts where the text is neither.
Scope parts_of(const std::string& node) {
  Scope parts;
  const std::size_t at = node.find('@');
  if (at == std::string::npos) return parts;
  const std::size_t slash = std::min(node.find('/', at), node.size());
  parts.office = OfficeId(node.substr(0, at));
  parts.site = SiteId(node.substr(at + 1, slash - at - 1));
  if (slash < node.size()) parts.service = ServiceId(node.substr(slash + 1));
  return parts;
}

std::string single_name(const Voice& voice, const std::string& id) {
  const District& district = voice.district();
  if (const Component* component = find_component(district, NodeId(id))) {
    const bool has_public = !component->public_name.empty();
    return named(voice, has_public ? component->public_name : component->name, id);
  }
  if (find_service(district, ServiceId(id)) != nullptr) return service_name(voice, ServiceId(id));
  if (find_site(district, SiteId(id)) != nullptr) return site_name(voice, SiteId(id));
  if (find_office(district, OfficeId(id)) != nullptr) return office_name(voice, OfficeId(id));
  if (const Outpost* outpost = find_outpost(district, OutpostId(id))) {
    return named(voice, outpost->name, id);
  }
  for (const Uplink& uplink : district.uplinks) {
    if (uplink.id.str() == id) return named(voice, uplink.name, id);
  }
  return id;
}

std::string asked_by(const Voice& voice, const ProbeSpec& probe) {
  return node_name(voice, probe.node.empty() ? NodeId(probe.anchor_of.str()) : probe.node);
}

}  // namespace

std::string place_name(const Voice& voice, const view::PlaceName& place) {
  std::string office = named(voice, place.office_name, place.office.str());
  if (!place.several) return office;
  return text(
      voice.language(), "name.office_at",
      {{"office", std::move(office)}, {"site", named(voice, place.site_name, place.site.str())}});
}

std::string scope_name(const Voice& voice, const Scope& scope) {
  if (scope.all()) return text(voice.language(), "name.all");
  if (!scope.node.empty()) return node_name(voice, scope.node);
  if (!scope.service.empty()) {
    if (scope.office.empty() && scope.site.empty()) return service_name(voice, scope.service);
    return offer_name(voice, scope);
  }
  if (scope.office.empty()) return site_name(voice, scope.site);
  if (scope.site.empty()) return office_name(voice, scope.office);
  return place_name(voice, place_of(voice, scope.office, scope.site));
}

std::string node_name(const Voice& voice, const NodeId& node) {
  if (node.empty()) return text(voice.language(), "name.nameless");
  const Scope parts = parts_of(node.str());
  if (!parts.all()) return scope_name(voice, parts);
  return single_name(voice, node.str());
}

std::string probe_name(const Voice& voice, const ProbeId& probe) {
  const ProbeSpec* spec = find_probe(voice.district(), probe);
  if (spec == nullptr) return probe.str();
  return text(
      voice.language(), "name.probe",
      {{"node", asked_by(voice, *spec)}, {"name", probe.str().substr(probe.str().find('/') + 1)}});
}

}  // namespace dienstbereit::words
