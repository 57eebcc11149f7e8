// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/assert.h"
#include "model/situation.h"

// A small district and a situation of it, for the tests of view and words: two sites, four offices,
// one of them at both sites, one without a counter. Monday 2026-11-23, 09:30, all as planned and
// measured; each test then says what differs.
namespace dienstbereit::test {

inline Instant at(const std::string& rfc3339) { return parse_rfc3339(rfc3339).value(); }
inline Day day(const std::string& iso) { return parse_day(iso).value(); }

inline Verdict verdict(Readiness readiness, Grade grade = Grade::Measured) {
  Verdict verdict;
  verdict.readiness = readiness;
  verdict.grade = grade;
  return verdict;
}
inline Verdict normal() { return verdict(Readiness::Normal); }
inline Verdict presumed_normal() { return verdict(Readiness::Normal, Grade::Presumed); }
inline Verdict limited(Wording text) {
  Verdict limited = verdict(Readiness::Limited);
  limited.text = std::move(text);
  return limited;
}
inline ReasonStep step(ReasonKind kind, const std::string& subject,
                       const std::string& object = "") {
  ReasonStep step;
  step.kind = kind;
  step.subject = NodeId(subject);
  step.object = NodeId(object);
  return step;
}
inline Verdict closed_by_failure(Explanation why = {}) {
  Verdict closed = verdict(Readiness::Closed);
  closed.closed_by = ClosedBy::Failure;
  closed.why = std::move(why);
  return closed;
}
inline Verdict unknown() { return verdict(Readiness::Unknown); }

struct World {
  std::shared_ptr<District> district = std::make_shared<District>();
  Situation situation;
  Instant now = at("2026-11-23T09:30:00+01:00");
  TimeZone zone = TimeZone::find("Europe/Berlin").value();

  World() {
    administration();
    sites();
    offices();
    services();
    situation.district = district;
    situation.as_of = now;
    situation.seq = 4711;
    situation.epoch = 3;
    situation.head = "0123456789abcdef";
    situation.started_at = at("2026-11-20T06:00:00+01:00");
    situation.headline_day = day("2026-11-23");
    fill();
  }

  // Every slot from `from` on of one place and its offers gets this verdict.
  void set(const std::string& office, const std::string& site, const Verdict& to,
           const std::string& from = "2026-11-23") {
    for (PlaceSituation& place : situation.places) {
      if (place.office.str() == office && place.site.str() == site) set_days(place, to, from);
    }
    for (OfferSituation& offer : situation.offers) {
      if (offer.office.str() == office && offer.site.str() == site) set_days(offer, to, from);
    }
  }
  void set_all(const Verdict& to, const std::string& from = "2026-11-23") {
    for (const PlaceSituation& place : std::vector(situation.places)) {
      set(place.office.str(), place.site.str(), to, from);
    }
  }
  PlaceSituation& place(const std::string& office, const std::string& site) {
    for (PlaceSituation& place : situation.places) {
      if (place.office.str() == office && place.site.str() == site) return place;
    }
    dienstbereit_assert(false);
  }
  OfferSituation& offer(const std::string& node) {
    for (OfferSituation& offer : situation.offers) {
      if (offer.node.str() == node) return offer;
    }
    dienstbereit_assert(false);
  }
  // The clock moves, the situation is made again for it.
  void go_to(const std::string& rfc3339) {
    now = at(rfc3339);
    situation.as_of = now;
    fill();
  }
  // No slots on that day, for that reason.
  void shut(const std::string& iso, HoursLayer layer, const std::string& de,
            const std::string& en) {
    for (PlaceSituation& place : situation.places) shut_days(place.days, iso, layer, de, en);
    for (OfferSituation& offer : situation.offers) shut_days(offer.days, iso, layer, de, en);
  }

 private:
  static void shut_days(std::vector<DayPlan>& days, const std::string& iso, HoursLayer layer,
                        const std::string& de, const std::string& en) {
    for (DayPlan& plan : days) {
      if (plan.day != day(iso)) continue;
      plan.slots.clear();
      plan.hours.slots.clear();
      plan.hours.layer = layer;
      plan.hours.cause_de = de;
      plan.hours.cause_en = en;
    }
  }
  template <class Situated>
  static void set_days(Situated& situated, const Verdict& to, const std::string& from) {
    situated.now = to;
    for (DayPlan& plan : situated.days) {
      if (plan.day < day(from)) continue;
      for (SlotVerdict& slot : plan.slots) slot.verdict = to;
    }
  }
  void administration() {
    Administration& own = district->administration;
    own.id = "beispiel";
    own.name = {"Kreisverwaltung Beispiel", "Beispiel District Administration"};
    own.time_zone = "Europe/Berlin";
    own.phone = {"Telefon 115", "Telephone 115"};
    own.observer_at = SiteId("S1");
    district->uplinks = {{UplinkId("lan"), {"Hausnetz", "house network"}, "", true},
                         {UplinkId("lte"), {"Mobilfunk", "mobile network"}, "", false}};
  }
  void sites() {
    Site main{SiteId("S1"), {"Kreishaus", "District House"}, "", "Markt 1", "0123 10", {}, {}};
    Site branch{SiteId("S2"), {"Nebenstelle Süd", ""}, "", "Südring 5", "0123 20", {}, {}};
    district->sites = {main, branch};
    Component database;
    database.id = NodeId("DB");
    database.name = {"Datenbank-Server 1", "database server 1"};
    database.public_name = {"Datenbank der Zulassung", "registration database"};
    Component link;
    link.id = NodeId("L2");
    link.name = {"Leitung zur Nebenstelle Süd", "line to the southern branch"};
    district->components = {database, link};
  }
  void office(const std::string& id, Wording name, const std::vector<std::string>& at_sites) {
    Office office;
    office.id = OfficeId(id);
    office.name = std::move(name);
    for (const std::string& site : at_sites) {
      OfficeSite& at_site = office.sites.emplace_back();
      at_site.site = SiteId(site);
    }
    district->offices.push_back(office);
  }
  void offices() {
    office("A1", {"Straßenverkehrsamt", "Road Traffic Office"}, {"S1", "S2"});
    office("A2", {"Gesundheitsamt", "Health Office"}, {"S1"});
    office("A3", {"Jugendamt", "Youth Office"}, {"S1"});
    office("A4", {"Sozialamt", "Social Office"}, {"S1"});
    office("A9", {"Informationstechnik", "Information Technology"}, {"S1"});
  }
  void service(const std::string& id, Wording name, ServiceKind kind, const std::string& office,
               const std::vector<std::string>& at_sites) {
    Service service;
    service.id = ServiceId(id);
    service.name = std::move(name);
    service.kinds = {kind};
    for (const std::string& site : at_sites) {
      Offer& offer = service.offers.emplace_back();
      offer.office = OfficeId(office);
      offer.site = SiteId(site);
    }
    district->services.push_back(service);
  }
  void services() {
    service("V1", {"Fahrzeug zulassen", "Register a vehicle"}, ServiceKind::Counter, "A1",
            {"S1", "S2"});
    district->services.back().offline = {
        OfflineMode::TakeIn,
        {"Anträge werden auf Papier angenommen", "Applications are taken in on paper"},
        {}};
    service("G1", {"Belehrung", "Hygiene instruction"}, ServiceKind::Counter, "A2", {"S1"});
    service("J1", {"Elterngeld", "Parental allowance"}, ServiceKind::Counter, "A3", {"S1"});
    service("P1", {"Neuantrag", "New application"}, ServiceKind::Counter, "A4", {"S1"});
    service("I1", {"Homepage", "Website"}, ServiceKind::Channel, "A9", {"S1"});
    service("I2", {"Aktenzugriff", "File access"}, ServiceKind::Internal, "A9", {"S1"});
  }

  SlotVerdict slot(Day on, int begin_minutes, int end_minutes) const {
    SlotVerdict slot;
    slot.begin = zone.at(on, Minutes(begin_minutes));
    slot.end = zone.at(on, Minutes(end_minutes));
    slot.verdict = normal();
    return slot;
  }
  std::vector<DayPlan> week() const {
    constexpr int kEight = 8 * 60, kNoon = 12 * 60, kTwo = 14 * 60, kHalfPastFive = 17 * 60 + 30;
    std::vector<DayPlan> days;
    for (int i = 0; i < kDaysAhead; ++i) {
      DayPlan& plan = days.emplace_back();
      plan.day = zone.day_of(now) + date::days(i);
      if (weekday_of(plan.day) > 4) continue;
      plan.slots.push_back(slot(plan.day, kEight, kNoon));
      plan.slots.push_back(slot(plan.day, kTwo, kHalfPastFive));
    }
    return days;
  }
  void fill() {
    situation.places.clear();
    situation.offers.clear();
    for (const Office& office : district->offices) {
      for (const OfficeSite& at_site : office.sites) {
        const bool slotted = office.id.str() != "A9";
        situation.places.push_back({office.id, at_site.site, slotted, normal(),
                                    slotted ? week() : std::vector<DayPlan>{}});
      }
    }
    for (const Service& service : district->services) {
      for (const Offer& offer : service.offers) {
        const bool slotted = has_slots(service);
        situation.offers.push_back({offer_node(offer.office, offer.site, service.id), offer.office,
                                    offer.site, service.id, offer.extent, slotted, normal(),
                                    slotted ? week() : std::vector<DayPlan>{}});
      }
    }
  }
};

}  // namespace dienstbereit::test
