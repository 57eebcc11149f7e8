// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "handbook/facts.h"
#include "view/testing/world.h"

// The small district of view/testing/world.h with all that papers tell of.
namespace dienstbereit::handbook::test {

inline Needs needs_of(Operator op, const std::vector<std::string>& nodes) {
  Needs needs;
  needs.op = op;
  for (const std::string& node : nodes) {
    Need need;
    need.node = NodeId(node);
    needs.of.push_back(need);
  }
  return needs;
}

struct House {
  House() {
    District& district = *world.district;
    district.hash = std::string(64, 'a');
    const auto hours = parse_hours("Mo-Fr 08:00-12:00; PH off").value();
    for (Office& office : district.offices) {
      office.phone = "0123 456-0";
      for (OfficeSite& place : office.sites) place.hours = hours;
    }
    components();
    Service& service = district.services.front();
    service.needs = needs_of(Operator::All, {"DB"});
    service.rto = std::chrono::hours(24);
    service.mtpd = std::chrono::hours(72);
    district.providers = {{ProviderId("P1"), {"Strom & Netz <GmbH>", ""}, "0171 1", "Mo-Fr 08-18"}};
    ChannelSpec sms;
    sms.id = ChannelId("sms");
    sms.kind = ChannelKind::Sms;
    sms.uplink = UplinkId("lte");
    district.channels = {sms};
    district.handbook.roles = {
        {{"Leitung", "Lead"}, {"entscheidet", "decides"}, RecipientId("lead"), RecipientId()}};
    PackSite site;
    site.site = SiteId("S1");
    site.appointments = {{OfficeId("A1"), "/srv/a1.csv"}};
    district.pack.sites = {site};
    district.pack.forms = 2;
    district.pack.partners = {{{"Zulassung im Nachbarkreis", "Registration next door"},
                               {ServiceId("V1")},
                               "Weg 2",
                               "0999 1",
                               {"Mo-Fr 08:00-12:00", ""},
                               {"nur mit Ausweis", "with identity card only"}}};
    people = {
        {RecipientId("lead"), "Erika Muster", "e@m.example", "+491701", 1, "Mo-Fr 08:00-16:00"},
        {RecipientId("on-call"), "", "", "+491702", 2, ""}};
  }

  Facts facts() const { return {world.situation, people, std::chrono::minutes(15), world.now}; }

  dienstbereit::test::World world;
  std::vector<Person> people;

 private:
  void components() {
    Component power;
    power.id = NodeId("PW");
    power.name = {"Einspeisung", "power feed"};
    Component database = world.district->components[0];
    database.site = SiteId("S1");
    database.restart_time = std::chrono::minutes(20);
    database.needs = needs_of(Operator::Any, {"PW", "L2"});
    database.needs.of[0].buffer = std::chrono::minutes(30);
    world.district->components[0] = database;
    world.district->components.push_back(power);
  }
};

}  // namespace dienstbereit::handbook::test
