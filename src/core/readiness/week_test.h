// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/readiness/timetable.h"
#include "model/district.h"

// One office with its counter at one site, a telephone with longer hours, and a web page.
namespace dienstbereit::core::readiness::test {

inline OpeningHours hours(const char* osm) { return parse_hours(osm).value(); }
inline Instant at(const char* text) { return parse_rfc3339(text).value(); }
inline Day day(const char* iso) { return parse_day(iso).value(); }

inline Service service(const char* id, ServiceKind kind) {
  Service made;
  made.id = ServiceId(id);
  made.kinds = {kind};
  Offer offer;
  offer.office = OfficeId("A1");
  offer.site = SiteId("S1");
  made.offers = {offer};
  return made;
}

inline District week(const char* osm = "Mo-Fr 08:00-12:00; Th 08:00-12:00,14:00-17:30; PH off") {
  District district;
  Site site;
  site.id = SiteId("S1");
  district.sites = {site};
  Office office;
  office.id = OfficeId("A1");
  OfficeSite place;
  place.site = SiteId("S1");
  place.hours = hours(osm);
  office.sites = {place};
  district.offices = {office};
  district.services = {service("COUNTER", ServiceKind::Counter),
                       service("PHONE", ServiceKind::Phone), service("WEB", ServiceKind::Online)};
  district.services[1].offers[0].hours = hours("Mo-Fr 08:00-16:00");
  return district;
}

}  // namespace dienstbereit::core::readiness::test
