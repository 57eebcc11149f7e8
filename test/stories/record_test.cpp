// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "world.h"

// The record of an outage through the real engine: what rules open and follow, what people decide,
// what the forecast says of it. Friday 20 November 2026 and the days after.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;
using words::Language;

const char* kKreis = R"yaml(
administration: {name: {de: Kreis Probe, en: Probe District}, ags: 05998, observer_at: HALL}
sites: [{id: HALL, name: {de: Kreishaus, en: District hall}}]
offices:
  - {id: KFZ, name: {de: Straßenverkehrsamt, en: Road traffic office}, sites: [HALL],
     hours: "Mo-Fr 08:00-16:00"}
services:
  - {id: ZULASSUNG, name: {de: Fahrzeug zulassen, en: Register a vehicle}, kind: counter,
     offered: KFZ, needs: [SQL], rto: 4 h, mtpd: 24 h}
components:
  - id: SQL
    name: {de: Datenbank, en: database}
    kind: database
    site: HALL
    needs: [USV]
    restart_time: 20 min
    probes: [{kind: tcp, name: query, target: "192.0.2.1:5432", proves: works, every: 30 s,
              timeout: 5 s}]
  - id: USV
    name: {de: Batterieanlage, en: battery supply}
    kind: ups
    site: HALL
    probes: [{kind: tcp, name: status, target: "192.0.2.2:80", proves: works, every: 30 s,
              timeout: 5 s}]
crews: [{id: IT, name: IT, size: 2, skills: [power], hours: "Mo-Su 00:00-24:00"}]
)yaml";

const std::string kFriday = "2026-11-20T07:00+01:00";

const Incident& first(const World& world) { return *world.outage().incidents.at(0); }

void surge(World& world) {
  world.all_fail({"USV/status", "SQL/query"});
  world.pass(3min);
}

TaskSet repair(const char* title, Duration best, Duration likely, Duration worst) {
  TaskSet task;
  task.incident = IncidentId("incident-1");
  task.title = title;
  task.kind = TaskKind::Replace;
  task.repairs = {NodeId("USV")};
  task.effort = {best, likely, worst};
  return task;
}

TEST(RecordStory, WhatFailsTogetherIsOneIncidentThatStaysOpenWhenServicesAreBack) {
  World world(kKreis, kFriday);
  world.pass(10min);
  EXPECT_TRUE(world.outage().incidents.empty());
  surge(world);
  ASSERT_EQ(world.outage().incidents.size(), 1u);
  EXPECT_TRUE(first(world).by_rule);
  EXPECT_EQ(first(world).title.de, "Batterieanlage") << "the root, not what hangs on it";
  EXPECT_EQ(first(world).phase, Phase::Affected);
  world.pass(4h);
  ASSERT_TRUE(first(world).proposal);
  EXPECT_EQ(first(world).proposal->level, Level::Emergency) << "down as long as its RTO";
  world.all_work({"USV/status", "SQL/query"});
  world.pass(3min);
  EXPECT_EQ(first(world).phase, Phase::ServicesBack);
  EXPECT_FALSE(first(world).closed_at);
}

TEST(RecordStory, AStartThatHasSeenNothingYetOpensNoIncident) {
  std::string on_paper = kKreis;
  const std::string needs = "needs: [SQL], ";
  on_paper.replace(on_paper.find(needs), needs.size(), needs + "offline: take_in, ");
  World world(on_paper, kFriday);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Limited) << "at least on paper";
  world.pass(10min);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  EXPECT_TRUE(world.outage().incidents.empty());
}

TEST(RecordStory, TheForecastFollowsTheTasksAndBothStayOnRecord) {
  World world(kKreis, kFriday);
  world.pass(10min);
  surge(world);
  world.ask(WriteRecord{{repair("Ersatz aus Übersee", 24h * 5, 24h * 7, 24h * 10)}});
  const Answer early = world.ask(MakeForecast{IncidentId("incident-1"), "erste Schätzung"});
  FixSet fix;
  fix.incident = IncidentId("incident-1");
  fix.title = {"Leihgerät", "loan device"};
  fix.for_faults = {NodeId("USV")};
  fix.restores = {"alle Datendienste", "all data services"};
  fix.risk = {"keine Reserve", "no reserve"};
  fix.owner = "IT";
  fix.expires = world.now().as_of + 24h * 14;
  TaskSet loan = repair("Leihgerät einbauen", 4h, 8h, 20h);
  loan.fix = FixId("new");
  loan.order = -1;
  world.ask(WriteRecord{{fix, loan}});
  const Answer late = world.ask(MakeForecast{IncidentId("incident-1"), "Leihgerät zugesagt"});

  const auto monday = [&](const Forecast& forecast) {
    const Instant begin = parse_rfc3339("2026-11-23T08:00+01:00").value();
    for (const PlaceForecast& place : forecast.places) {
      if (!place.service.empty()) continue;
      for (const SlotChance& slot : place.slots) {
        if (slot.begin == begin) return slot.limited;
      }
    }
    ADD_FAILURE() << "nothing is said of Monday";
    return -1.0;
  };
  const auto& forecasts = first(world).forecasts;
  ASSERT_EQ(forecasts.size(), 2u);
  EXPECT_LT(monday(*forecasts[0]), 0.1);
  EXPECT_GT(monday(*forecasts[1]), 0.8);
  EXPECT_EQ(forecasts[0]->reason, "erste Schätzung");
  // The loan device goes first; of each task 10, 50 and 90 % of its ends.
  ASSERT_EQ(forecasts[1]->tasks.size(), 2u);
  const TaskForecast& loaned = forecasts[1]->tasks[0];
  const Duration made_to_likely = *loaned.likely - forecasts[1]->written.at;
  EXPECT_EQ(find_task(first(world), loaned.task)->title, "Leihgerät einbauen");
  EXPECT_LT(*loaned.early, *loaned.likely);
  EXPECT_LT(*loaned.likely, *loaned.late);
  EXPECT_GT(made_to_likely, 7h);
  EXPECT_LT(made_to_likely, 9h);
  const auto proposed = [&](const Answer& answer) {
    for (const RecordEvent& event : answer.written) {
      const auto* proposal = std::get_if<OpeningProposed>(&event);
      if (proposal && to_iso(proposal->day) == "2026-11-23") return proposal->word;
    }
    return Readiness::Unknown;
  };
  EXPECT_EQ(proposed(early), Readiness::Closed);
  EXPECT_EQ(proposed(late), Readiness::Normal);
}

TEST(RecordStory, AFaultThatNobodyHasLookedAtIsEstimatedFromThePast) {
  World world(kKreis, kFriday);
  world.pass(10min);
  surge(world);
  world.ask(MakeForecast{IncidentId("incident-1"), ""});
  const Forecast& forecast = *first(world).forecasts.at(0);
  ASSERT_FALSE(forecast.places.empty());
  EXPECT_TRUE(forecast.all_repaired_early);
  EXPECT_LT(*forecast.all_repaired_early, *forecast.all_repaired_late);
  EXPECT_TRUE(forecast.places[0].public_bound);
}

TEST(RecordStory, ADecisionFeedsThePageAndItsReversalToo) {
  World world(kKreis, kFriday);
  world.pass(10min);
  surge(world);
  OpeningDecided closed;
  closed.incident = IncidentId("incident-1");
  closed.office = OfficeId("KFZ");
  closed.site = SiteId("HALL");
  closed.day = parse_day("2026-11-23").value();
  closed.reason = "Reparatur dauert";
  world.ask(WriteRecord{{closed}});
  world.until("2026-11-21T12:00+01:00");
  EXPECT_EQ(world.de(), "Montag, 23. November: Straßenverkehrsamt – geschlossen. Das beruht bei 1 "
                        "Amt auf einer Angabe der Verwaltung.");
  EXPECT_NE(world.why("KFZ@HALL/ZULASSUNG", Language::De).find("ist entschieden"),
            std::string::npos);
  OpeningDecided open = closed;
  open.word = Readiness::Normal;
  open.reason = "Leihgerät läuft";
  world.ask(WriteRecord{{open}});
  world.pass(1min);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Closed) << "what is measured stays as it is";
  EXPECT_EQ(world.de().find("geschlossen"), std::string::npos) << world.de();
  EXPECT_EQ(world.outage().decisions.at(0).replaced_by, DecisionId("decision-2"));
}

TEST(RecordStory, ARestartLosesNothingOfTheRecord) {
  World world(kKreis, kFriday);
  world.pass(10min);
  surge(world);
  world.ask(WriteRecord{{repair("Tausch", 1h, 2h, 3h)}});
  world.ask(MakeForecast{IncidentId("incident-1"), "vor dem Neustart"});
  const Forecast before = *first(world).forecasts.at(0);
  world.restart("2026-11-20T07:20+01:00");
  world.pass(1min);
  EXPECT_EQ(first(world).tasks.at(0).title, "Tausch");
  EXPECT_EQ(first(world).forecasts.at(0)->all_repaired_late, before.all_repaired_late);
  EXPECT_EQ(first(world).log.back().what, "forecast_made");
}

TEST(RecordStory, WhatIsWrittenRightAfterARestartEndsNoFault) {
  World world(kKreis, kFriday);
  world.pass(10min);
  surge(world);
  const auto faults = first(world).faults;
  world.restart("2026-11-20T07:20+01:00");
  NoteAdded note;
  note.incident = IncidentId("incident-1");
  note.text = "Neustart des Beobachters";
  world.ask(WriteRecord{{note}});
  EXPECT_EQ(first(world).phase, Phase::Affected);
  world.pass(1min);
  ASSERT_EQ(first(world).faults.size(), faults.size()) << "and it begins none";
  for (const Fault& fault : first(world).faults) EXPECT_FALSE(fault.ended) << fault.node.str();
}

}  // namespace
}  // namespace dienstbereit::stories
