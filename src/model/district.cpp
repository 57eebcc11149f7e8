// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/district.h"

#include <algorithm>
#include <array>

namespace dienstbereit {
namespace {

template <class T, class Id>
const T* find(const std::vector<T>& all, const Id& id) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const T& entry) { return entry.id == id; });
  return found == all.end() ? nullptr : &*found;
}

template <std::size_t N, class Enum>
const char* pick(const std::array<const char*, N>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? names[index] : "invalid";
}

bool speaks_of(const std::vector<std::string>& named, const std::string& id) {
  return named.empty() || std::find(named.begin(), named.end(), id) != named.end();
}

std::vector<LocalRule> rules_for(const District& district, const OfficeId& office,
                                 const SiteId& site) {
  std::vector<LocalRule> rules;
  for (const LocalRule& rule : district.local_rules) {
    if (speaks_of(rule.offices, office.str()) && speaks_of(rule.sites, site.str())) {
      rules.push_back(rule);
    }
  }
  return rules;
}

bool takes_office_hours(ServiceKind kind) { return kind <= ServiceKind::Inspection; }

}  // namespace

const Site* find_site(const District& district, const SiteId& id) {
  return find(district.sites, id);
}
const Office* find_office(const District& district, const OfficeId& id) {
  return find(district.offices, id);
}
const Service* find_service(const District& district, const ServiceId& id) {
  return find(district.services, id);
}
const Component* find_component(const District& district, const NodeId& id) {
  return find(district.components, id);
}
const ChannelSpec* find_channel(const District& district, const ChannelId& id) {
  return find(district.channels, id);
}
const ProbeSpec* find_probe(const District& district, const ProbeId& id) {
  return find(district.probes, id);
}
const Plan* find_plan(const District& district, const PlanId& id) {
  return find(district.plans, id);
}
const Fallback* find_fallback(const District& district, const FallbackId& id) {
  return find(district.fallbacks, id);
}

const Outpost* find_outpost(const District& district, const OutpostId& id) {
  return find(district.outposts, id);
}

const IntakeForm* find_form(const District& district, std::string_view id) {
  const auto found = std::find_if(district.forms.begin(), district.forms.end(),
                                  [&](const IntakeForm& form) { return form.id == id; });
  return found == district.forms.end() ? nullptr : &*found;
}

const OfficeSite* find_place(const District& district, const OfficeId& office, const SiteId& site) {
  const Office* found = find_office(district, office);
  if (found == nullptr) return nullptr;
  const auto place = std::find_if(found->sites.begin(), found->sites.end(),
                                  [&](const OfficeSite& at) { return at.site == site; });
  return place == found->sites.end() ? nullptr : &*place;
}

const OpeningHours* hours_of(const District& district, const Offer& offer) {
  if (offer.hours) return &*offer.hours;
  const OfficeSite* place = find_place(district, offer.office, offer.site);
  return place == nullptr ? nullptr : &place->hours;
}

bool has_slots(const District& district, const Service& service, const Offer& offer) {
  const OpeningHours* hours = hours_of(district, offer);
  return has_slots(service) && hours != nullptr && !hours->always;
}

bool is_remote(const Service& service) { return service.kinds == std::vector{ServiceKind::Online}; }

bool has_slots(const Service& service) {
  return !service.always &&
         std::any_of(service.kinds.begin(), service.kinds.end(), takes_office_hours);
}

PlaceCalendar calendar_of(const District& district, const OpeningHours& hours,
                          const OfficeId& office, const SiteId& site) {
  return PlaceCalendar(hours, district.administration.land, rules_for(district, office, site));
}

NodeId offer_node(const OfficeId& office, const SiteId& site, const ServiceId& service) {
  return NodeId(office.str() + "@" + site.str() + "/" + service.str());
}

const char* name_of(Operator op) {
  return pick(std::array{"all", "any", "at_least", "degrades", "share"}, op);
}

const char* name_of(ServiceKind kind) {
  return pick(
      std::array{"counter", "desk", "phone", "inbound", "appointment", "outreach", "inspection",
                 "online", "channel", "payment", "shared", "internal", "statutory"},
      kind);
}

const char* name_of(Extent extent) {
  return pick(std::array{"full", "take_in", "issue", "information"}, extent);
}

const char* name_of(OfflineMode mode) {
  return pick(std::array{"none", "full", "take_in", "from_list", "repeat_list", "refer"}, mode);
}

}  // namespace dienstbereit
