// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "world.h"

// Hours, holidays, offers in part, people's word; without a single probe.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;
using enum words::Language;

const char* kByHand = R"yaml(
administration: {name: {de: Kreis Hand, en: Hand District}, ags: 05998}
sites:
  - {id: HALL, name: {de: Kreishaus, en: District hall}}
  - {id: OUT, name: {de: Außenstelle, en: Outpost}}
offices:
  - id: SOZIAL
    name: {de: Sozialamt, en: Social office}
    sites: [HALL, OUT]
    hours: Mo-Fr 08:00-12:00; Th 08:00-12:00,14:00-17:30; PH off
services:
  - {id: EINS, name: {de: Wohngeld, en: Housing benefit},
     kind: counter, offered: SOZIAL, sites: [HALL]}
  - {id: ZWEI, name: {de: Pflege, en: Care},
     kind: counter, offered: SOZIAL, sites: [HALL]}
  - {id: DREI, name: {de: Grundsicherung, en: Basic income},
     kind: counter, offered: SOZIAL, sites: [HALL]}
  - {id: VIER, name: {de: Teilhabe, en: Participation},
     kind: counter, offered: SOZIAL, sites: [HALL]}
  - {id: AUSWEIS, name: {de: Ausweis, en: Card},
     kind: counter, offered: SOZIAL, sites: {HALL: voll, OUT: nur Annahme}}
)yaml";

// Nothing but what never closes: a control centre, and a form online offered at two sites.
const char* kAlways = R"yaml(
administration: {name: {de: Kreis Immer, en: Always District}, ags: 05998}
sites:
  - {id: HALL, name: {de: Kreishaus, en: District hall}}
  - {id: OUT, name: {de: Außenstelle, en: Outpost}}
offices:
  - {id: NOTRUF, name: {de: Leitstelle, en: Control centre}, sites: [HALL], hours: 24/7}
  - {id: NETZ, name: {de: Netzamt, en: Net office}, sites: [HALL, OUT], hours: Mo-Fr 08:00-12:00}
services:
  - {id: HILFE, name: {de: Notruf, en: Emergency call}, kind: phone, offered: NOTRUF}
  - {id: FORM, name: {de: Antrag online, en: Online form}, kind: online, offered: NETZ}
)yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST(Story, WithoutAnyProbeNothingIsClaimedToBeMeasured) {
  World world(kByHand, "2026-11-23T09:00+01:00");
  EXPECT_EQ(world.word("SOZIAL@HALL"), Readiness::Normal);
  EXPECT_EQ(world.place("SOZIAL@HALL").now.grade, Grade::Presumed);
  EXPECT_EQ(world.de(),
            "Keine Störung bekannt (nicht gemessen). Heute gelten die planmäßigen Öffnungszeiten.");
  EXPECT_EQ(world.en(), "No fault known (not measured). Today the planned opening hours apply.");
}

TEST(Story, AtThreeInTheMorningThePageAnswersForTheComingDay) {
  World world(kByHand, "2026-11-24T03:00+01:00");
  EXPECT_EQ(to_iso(world.now().headline_day), "2026-11-24");
  EXPECT_EQ(world.de(),
            "Keine Störung bekannt (nicht gemessen). Heute gelten die planmäßigen Öffnungszeiten.");
  EXPECT_EQ(world.en(), "No fault known (not measured). Today the planned opening hours apply.");
  world.set("SOZIAL@HALL", Said::Closed, "2026-11-25T18:00+01:00", "Stromausfall");
  EXPECT_EQ(world.place("SOZIAL@HALL").days[0].slots[0].verdict.readiness, Readiness::Closed);
  EXPECT_EQ(world.place("SOZIAL@HALL").days[0].slots[0].verdict.closed_by, ClosedBy::Decision);
  EXPECT_EQ(world.de(),
            "Heute ist 1 von 2 Anlaufstellen geschlossen; keine Störung bekannt (nicht gemessen): "
            "1. Das beruht bei 1 Anlaufstelle auf einer Angabe der Verwaltung.");
  EXPECT_EQ(world.en(), "Today 1 of 2 service points is closed; no fault known (not measured): 1. "
                        "For 1 service point this rests on a statement by the administration.");
  EXPECT_EQ(world.says("SOZIAL@HALL/EINS", De),
            "Geschlossen auf Entscheidung der Verwaltung (nach Angabe: Hauptamt): Stromausfall.");
  EXPECT_EQ(world.says("SOZIAL@HALL/EINS", En),
            "Closed by decision of the administration (as stated by: Hauptamt): Stromausfall.");
  // After the last slot of the day it answers for the next one, and says which.
  world.until("2026-11-24T19:00+01:00");
  EXPECT_EQ(world.de(),
            "Morgen ist 1 von 2 Anlaufstellen geschlossen; keine Störung bekannt (nicht gemessen): "
            "1. Das beruht bei 1 Anlaufstelle auf einer Angabe der Verwaltung.");
  EXPECT_EQ(world.en(), "Tomorrow 1 of 2 service points is closed; no fault known (not measured): "
                        "1. For 1 service point this rests on a statement by the administration.");
  EXPECT_EQ(world.notices(De), "Die Öffnungszeiten für heute sind vorbei.");
  EXPECT_EQ(world.notices(En), "Today's opening hours are over.");
}

TEST(Story, OnAPublicHolidayThePageAnswersForTheNextOpenDay) {
  // All Saints' Day 2027 is a Monday.
  World world(kByHand, "2027-11-01T09:00+01:00");
  EXPECT_EQ(to_iso(world.now().headline_day), "2027-11-02");
  EXPECT_TRUE(world.place("SOZIAL@HALL").days[0].slots.empty());
  EXPECT_EQ(world.place("SOZIAL@HALL").days[0].hours.layer, HoursLayer::PublicHoliday);
  EXPECT_FALSE(world.place("SOZIAL@HALL").days[1].slots.empty());
  EXPECT_EQ(
      world.de(),
      "Keine Störung bekannt (nicht gemessen). Morgen gelten die planmäßigen Öffnungszeiten.");
  EXPECT_EQ(world.en(), "No fault known (not measured). Tomorrow the planned opening hours apply.");
  EXPECT_EQ(world.notices(De), "Heute ist geschlossen: Feiertag (Allerheiligen).");
  EXPECT_EQ(world.notices(En), "Closed today: public holiday (All Saints' Day).");
  world.set("SOZIAL@OUT", Said::Closed, "2027-11-02T18:00+01:00", "Umzug");
  EXPECT_EQ(world.de(),
            "Morgen ist 1 von 2 Anlaufstellen geschlossen; keine Störung bekannt (nicht gemessen): "
            "1. Das beruht bei 1 Anlaufstelle auf einer Angabe der Verwaltung.");
  EXPECT_EQ(world.en(), "Tomorrow 1 of 2 service points is closed; no fault known (not measured): "
                        "1. For 1 service point this rests on a statement by the administration.");
}

TEST(Story, ABranchThatOnlyTakesInIsNormalInItsOwnExtent) {
  std::string yaml = kByHand;
  yaml.insert(yaml.rfind(", sites: {HALL: voll"), ", needs: [KARTE]");
  yaml += "components:\n"
          "  - id: KARTE\n"
          "    name: {de: Ausweisverfahren, en: card system}\n"
          "    probes: [{kind: tcp, target: '192.0.2.1:80', proves: works}]\n";
  World world(yaml, "2026-11-23T09:00+01:00");
  world.pass(3min);
  EXPECT_EQ(world.word("SOZIAL@OUT/AUSWEIS"), Readiness::Normal);
  EXPECT_EQ(world.says("SOZIAL@OUT/AUSWEIS", De), "Normal geöffnet (hier nur Annahme).");
  EXPECT_EQ(world.says("SOZIAL@OUT/AUSWEIS", En), "Open as normal (here for handing in only).");
  EXPECT_EQ(world.says("SOZIAL@HALL/AUSWEIS", De), "Normal geöffnet.");
  EXPECT_EQ(world.says("SOZIAL@HALL/AUSWEIS", En), "Open as normal.");
  EXPECT_EQ(
      world.de(),
      "Heute öffnet 1 von 2 Anlaufstellen wie geplant; keine Störung bekannt (nicht gemessen): 1.");
  EXPECT_EQ(world.en(),
            "Today 1 of 2 service points is open as planned; no fault known (not measured): 1.");
}

TEST(Story, AnOfficeWithOneOfFiveServicesClosedIsLimitedAndNamesIt) {
  World world(kByHand, "2026-11-23T09:00+01:00");
  world.set("SOZIAL@HALL/ZWEI", Said::Closed, "", "Die Fachkraft fehlt.");
  EXPECT_EQ(world.word("SOZIAL@HALL"), Readiness::Limited);
  EXPECT_EQ(world.word("SOZIAL@HALL/ZWEI"), Readiness::Closed);
  EXPECT_EQ(world.word("SOZIAL@HALL/EINS"), Readiness::Normal);
  const auto& why = world.place("SOZIAL@HALL").now.why;
  ASSERT_FALSE(why.empty());
  EXPECT_EQ(why.front().kind, ReasonKind::WordInForce) << "the cause comes first";
  EXPECT_EQ(why.back().kind, ReasonKind::ServicesClosed);
  EXPECT_EQ(why.back().have, 1u);
  EXPECT_EQ(why.back().of, 5u);
  EXPECT_EQ(world.de(),
            "Heute ist 1 von 2 Anlaufstellen eingeschränkt; keine Störung bekannt (nicht "
            "gemessen): 1. Das beruht bei 1 Anlaufstelle auf einer Angabe der Verwaltung.");
  EXPECT_EQ(world.en(),
            "Today 1 of 2 service points offers a limited service only; no fault known (not "
            "measured): 1. For 1 service point this rests on a statement by the administration.");
  EXPECT_EQ(
      world.says("SOZIAL@HALL/ZWEI", De),
      "Geschlossen auf Entscheidung der Verwaltung (nach Angabe: Hauptamt): Die Fachkraft fehlt.");
  EXPECT_EQ(
      world.says("SOZIAL@HALL/ZWEI", En),
      "Closed by decision of the administration (as stated by: Hauptamt): Die Fachkraft fehlt.");
  EXPECT_EQ(world.why("SOZIAL@HALL/ZWEI", De),
            "Das beruht auf einer Angabe: Hauptamt, gültig bis heute, 12:00 Uhr.");
  EXPECT_EQ(world.why("SOZIAL@HALL/ZWEI", En),
            "This rests on a statement: Hauptamt, valid until today, 12:00.");
  EXPECT_EQ(world.says("SOZIAL@HALL/EINS", De), "Keine Störung bekannt (nicht gemessen).");
  EXPECT_TRUE(contains(world.page("/"), "Das geht nicht: Pflege.")) << world.page("/");
  EXPECT_TRUE(contains(world.page("/en/"), "What does not work: Care.")) << world.page("/en/");
}

TEST(Story, AnOfficeWithoutACounterSpeaksThroughItsContinuousServices) {
  std::string yaml = kByHand;
  yaml += "  - {id: NETZ, name: {de: Antrag online, en: Online form}, kind: online, offered: IT}\n";
  const std::string office =
      "  - {id: IT, name: {de: IT-Amt, en: IT office}, sites: [HALL], hours: Mo-Fr 08:00-12:00}\n";
  yaml.insert(yaml.find("services:"), office);
  World world(yaml, "2026-11-23T09:00+01:00");
  EXPECT_EQ(world.word("IT@HALL"), Readiness::Normal);
  world.set("IT@HALL", Said::Closed);
  EXPECT_EQ(world.word("IT@HALL"), Readiness::Closed);
  EXPECT_FALSE(world.place("IT@HALL").slotted);
}

TEST(Story, ADistrictThatNeverClosesIsAvailableOrNotAndNeverOpen) {
  World world(kAlways, "2026-11-29T03:00+01:00");  // a Sunday night
  EXPECT_EQ(world.de(), "Derzeit ist bei den Ämtern mit durchgehendem Dienst keine Störung bekannt "
                        "(nicht gemessen).");
  EXPECT_EQ(world.en(), "At present no fault is known at the offices with continuous service (not "
                        "measured).");
  world.set("NOTRUF@HALL", Said::Closed, "", "Umzug der Leitstelle");
  EXPECT_FALSE(world.place("NOTRUF@HALL").slotted);
  EXPECT_EQ(world.de(), "Derzeit ist 1 von 2 Ämtern mit durchgehendem Dienst nicht verfügbar; "
                        "keine Störung bekannt (nicht gemessen): 1. Das beruht bei 1 Amt mit "
                        "durchgehendem Dienst auf einer Angabe der Verwaltung.");
  EXPECT_EQ(world.en(), "At present 1 of 2 offices with continuous service is unavailable; no "
                        "fault known (not measured): 1. For 1 office with continuous service this "
                        "rests on a statement by the administration.");
  for (const std::string& line : {world.de(), world.en()}) {
    EXPECT_FALSE(contains(line, "geöffnet") || contains(line, "open")) << line;
    EXPECT_FALSE(contains(line, "geschlossen") || contains(line, "closed")) << line;
  }
}

TEST(Story, WhereOfficesAreOpenAContinuousOneIsNamedOnlyInTrouble) {
  std::string yaml = kByHand;
  yaml.insert(yaml.find("services:"),
              "  - {id: NOTRUF, name: {de: Leitstelle, en: Control centre}, sites: [HALL], "
              "hours: 24/7}\n");
  yaml += "  - {id: HILFE, name: {de: Notruf, en: Emergency call}, kind: phone, offered: NOTRUF}\n";
  World world(yaml, "2026-11-23T09:00+01:00");
  EXPECT_FALSE(contains(world.de(), "Leitstelle") || contains(world.de(), "durchgehend"))
      << world.de();
  world.set("NOTRUF", Said::Closed);
  EXPECT_TRUE(contains(world.de(), "Derzeit: Leitstelle – nicht verfügbar.")) << world.de();
  EXPECT_TRUE(contains(world.en(), "At present: Control centre – unavailable.")) << world.en();
}

TEST(Story, AnOnlineServiceIsListedOnceAndOutlivesTheBuilding) {
  World world(kAlways, "2026-11-23T09:00+01:00");
  ASSERT_EQ(world.now().offers.size(), 2u);
  EXPECT_EQ(world.says("NETZ@HALL/FORM", De), "Keine Störung bekannt (nicht gemessen).");
  world.set("HALL", Said::Closed, "", "Bombenfund");
  EXPECT_EQ(world.word("NOTRUF@HALL"), Readiness::Closed);
  EXPECT_EQ(world.word("NETZ@HALL/FORM"), Readiness::Normal);
  world.set("NETZ@HALL", Said::Closed);
  EXPECT_EQ(world.word("NETZ@HALL/FORM"), Readiness::Closed);
}

TEST(Story, ASlotThatRunsPastMidnightIsShownAsRunning) {
  std::string yaml = kByHand;
  yaml.insert(yaml.find("services:"),
              "  - {id: NACHT, name: {de: Nachtdienst, en: Night desk}, sites: [HALL], "
              "hours: 'Mo 18:00-26:00'}\n");
  yaml += "  - {id: WACHE, name: {de: Wache, en: Watch}, kind: desk, offered: NACHT}\n";
  World world(yaml, "2026-11-23T20:00+01:00");
  world.until("2026-11-24T01:30+01:00");
  EXPECT_EQ(to_iso(world.now().headline_day), "2026-11-24");
  ASSERT_EQ(world.place("NACHT@HALL").days[0].slots.size(), 1u);
  world.set("NACHT", Said::Limited, "", "nur ein Schalter");
  EXPECT_TRUE(contains(world.says("NACHT@HALL/WACHE", De), "nur ein Schalter"));
  EXPECT_EQ(world.place("NACHT@HALL").days[0].slots[0].verdict.readiness, Readiness::Limited);
  world.until("2026-11-24T02:01+01:00");
  EXPECT_TRUE(world.place("NACHT@HALL").days[0].slots.empty());
}

TEST(Story, AWordEndsWithTheLastSlotOfTheDayUnlessSaidOtherwise) {
  World world(kByHand, "2026-11-26T09:00+01:00");  // a Thursday
  const Answer answer = world.set("SOZIAL@HALL", Said::Limited, "", "nur mit Termin");
  EXPECT_EQ(answer.until, parse_rfc3339("2026-11-26T17:30+01:00").value());
  EXPECT_EQ(answer.changes.size(), 6u) << "five services and their place";
}

TEST(Story, AWorseWordThatRunsOutUnrenewedIsUnknownNotGreen) {
  World world(kByHand, "2026-11-23T08:30+01:00");
  world.set("SOZIAL@HALL", Said::Closed, "2026-11-23T10:00+01:00");
  world.until("2026-11-23T09:45+01:00");
  EXPECT_TRUE(contains(world.record(), "\"question\":\"ends_soon\"")) << "its author is reminded";
  world.until("2026-11-23T10:05+01:00");
  EXPECT_EQ(world.word("SOZIAL@HALL"), Readiness::Unknown);
  EXPECT_TRUE(contains(world.why("SOZIAL@HALL/EINS", De), "nicht erneuert"))
      << world.why("SOZIAL@HALL/EINS", De);
  world.set("SOZIAL@HALL", Said::Normal);
  EXPECT_EQ(world.word("SOZIAL@HALL"), Readiness::Normal);
}

TEST(Story, AFaultIsCarriedForADayAndLeavesLaterSlotsOpen) {
  World world(kByHand, "2026-11-23T09:00+01:00");
  world.set("SOZIAL@HALL/ZWEI", Said::Unknown, "2026-11-27T18:00+01:00");
  const auto& days = world.offer("SOZIAL@HALL/ZWEI").days;
  EXPECT_TRUE(days[1].slots[0].carried);
  EXPECT_TRUE(days[2].slots[0].pending);
  EXPECT_EQ(days[2].slots[0].verdict.readiness, Readiness::Unknown);
}

}  // namespace dienstbereit::stories
