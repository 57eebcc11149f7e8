// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/scope.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit {
namespace {

bool offered_at(const District& district, const Scope& scope) {
  for (const Service& service : district.services) {
    for (const Offer& offer : service.offers) {
      if (covers(scope, offer.office, offer.site, service.id)) return true;
    }
  }
  return false;
}

std::vector<std::string> all_ids(const District& district) {
  std::vector<std::string> ids{"ALL"};
  for (const Site& site : district.sites) ids.push_back(site.id.str());
  for (const Office& office : district.offices) ids.push_back(office.id.str());
  for (const Service& service : district.services) ids.push_back(service.id.str());
  for (const Component& component : district.components) ids.push_back(component.id.str());
  return ids;
}

tl::unexpected<Error> unknown_id(std::string_view id, const District& district) {
  const auto known = nearest(id, all_ids(district));
  const std::string hint = known ? fmt::format("; did you mean '{}'?", *known)
                                 : std::string("; 'dienstbereit status' lists what there is");
  return fail(Errc::NotFound, fmt::format("nothing in the district is called '{}'{}", id, hint));
}

Result<Scope> parse_bare(std::string_view id, const District& district) {
  Scope scope;
  if (id == "ALL") return scope;
  const std::string text(id);
  if (find_site(district, SiteId(text))) {
    scope.site = SiteId(text);
  } else if (find_office(district, OfficeId(text))) {
    scope.office = OfficeId(text);
  } else if (find_service(district, ServiceId(text))) {
    scope.service = ServiceId(text);
  } else if (find_component(district, NodeId(text))) {
    scope.node = NodeId(text);
  } else {
    return unknown_id(id, district);
  }
  return scope;
}

}  // namespace

Result<Scope> parse_scope(std::string_view text, const District& district) {
  const std::string_view trimmed = trim(text);
  const auto at = trimmed.find('@');
  if (at == std::string_view::npos) return parse_bare(trimmed, district);

  const std::string_view place = trimmed.substr(at + 1);
  const auto slash = place.find('/');
  Scope scope;
  scope.office = OfficeId(std::string(trimmed.substr(0, at)));
  scope.site = SiteId(std::string(place.substr(0, slash)));
  if (!find_office(district, scope.office)) return unknown_id(scope.office.str(), district);
  if (!find_site(district, scope.site)) return unknown_id(scope.site.str(), district);
  if (slash != std::string_view::npos) {
    scope.service = ServiceId(std::string(place.substr(slash + 1)));
    if (!find_service(district, scope.service)) return unknown_id(scope.service.str(), district);
  }
  if (!offered_at(district, scope)) {
    return fail(Errc::NotFound,
                fmt::format("'{}' offers nothing: no service is declared there", trimmed));
  }
  return scope;
}

std::string to_text(const Scope& scope) {
  if (scope.all()) return "ALL";
  if (!scope.node.empty()) return scope.node.str();
  std::string text = scope.office.str();
  if (!scope.office.empty() && !scope.site.empty()) text += '@';
  text += scope.site.str();
  if (scope.service.empty()) return text;
  return text.empty() ? scope.service.str() : text + '/' + scope.service.str();
}

bool covers(const Scope& scope, const OfficeId& office, const SiteId& site,
            const ServiceId& service) {
  if (!scope.node.empty()) return false;
  return (scope.office.empty() || scope.office == office) &&
         (scope.site.empty() || scope.site == site) &&
         (scope.service.empty() || scope.service == service);
}

bool covers(const Scope& scope, const Service& service, const Offer& offer) {
  const bool building = scope.office.empty() && !scope.site.empty();
  return !(building && offer.remote) && covers(scope, offer.office, offer.site, service.id);
}

}  // namespace dienstbereit
