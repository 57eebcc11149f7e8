// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/bed_test.h"

// Interim fixes that carry a part of the usual load: what is shown now, and what is forecast.
namespace dienstbereit::engine {
namespace {

using namespace test;
using std::chrono::hours;

const IncidentId kIncident("incident-1");

// SERVER is seen by a ping alone.
std::shared_ptr<const District> pinged() {
  auto district = std::make_shared<District>(*small_district());
  std::erase_if(district->probes,
                [](const ProbeSpec& probe) { return probe.id == ProbeId("SERVER/sql"); });
  return district;
}

struct Fixes : testing::Test {
  Fixes() : bed("2026-11-23T05:00:00Z") {}

  void begin(std::shared_ptr<const District> district) {
    bed.district = std::move(district);
    ASSERT_TRUE(bed.start());
    see(ProbeOutcome::Success);
    see(ProbeOutcome::Failure);
    ASSERT_EQ(word(), Readiness::Closed);
    ASSERT_EQ(incident().faults.size(), 1u);
  }
  void see(ProbeOutcome outcome) {
    for (const char* probe : {"POWER/ups", "SPARE/tcp"}) bed.result(probe, ProbeOutcome::Success);
    for (const char* probe : {"SERVER/sql", "SERVER/tcp"}) {
      if (find_probe(*bed.district, ProbeId(probe))) bed.result(probe, outcome);
    }
    bed.turn();
  }
  void write(std::vector<RecordEvent> changes) {
    const auto answer = bed.ask(WriteRecord{std::move(changes)});
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
  }
  FixSet fix(std::optional<unsigned> capacity) const {
    FixSet made;
    made.incident = kIncident;
    made.title = {"Leihgerät", ""};
    made.for_faults = {NodeId("SERVER")};
    made.restores = {"Auskunft", ""};
    made.risk = {"ohne Ersatz", ""};
    made.owner = "IT";
    made.expires = bed.clock + hours(24);
    made.capacity = capacity;
    return made;
  }
  void put_in(std::optional<unsigned> capacity) {
    write({fix(capacity), FixMoved{kIncident, FixId("new"), FixState::InForce, ""}});
  }
  TaskSet repair(Duration takes) const {
    TaskSet made;
    made.incident = kIncident;
    made.title = "Netzteil tauschen";
    made.repairs = {NodeId("SERVER")};
    made.effort = {takes, takes, takes};
    return made;
  }
  ForecastMade forecast() {
    const auto answer = bed.ask(MakeForecast{kIncident, ""});
    EXPECT_TRUE(answer.has_value()) << answer.error().message;
    return std::get<ForecastMade>(answer->written.at(0));
  }
  static const PlaceForecast* of_v01(const ForecastMade& made) {
    for (const PlaceForecast& place : made.places) {
      if (place.service == ServiceId("V01")) return &place;
    }
    return nullptr;
  }
  static SlotChance at_slot(const PlaceForecast& place, const char* begin) {
    for (const SlotChance& slot : place.slots) {
      if (slot.begin == at(begin)) return slot;
    }
    ADD_FAILURE() << "no slot at " << begin;
    return {};
  }
  Readiness word() const { return bed.offer("A1@S1/V01").now.readiness; }
  const Incident& incident() const { return *bed.seen->record->incidents.at(0); }

  Bed bed;
};

}  // namespace

TEST_F(Fixes, WhatAnInterimFixCarriesInPartIsLimitedUntilTheRepair) {
  begin(pinged());
  see(ProbeOutcome::Success);
  ASSERT_EQ(word(), Readiness::Normal) << "a ping is all there is";
  see(ProbeOutcome::Failure);
  put_in(40);
  EXPECT_EQ(word(), Readiness::Closed) << "it is still seen down";
  see(ProbeOutcome::Success);
  EXPECT_EQ(word(), Readiness::Limited);
  EXPECT_EQ(bed.offer("A1@S1/V01").now.why.back().kind, ReasonKind::CarriedInPart);
  EXPECT_EQ(bed.offer("A1@S1/V01").now.why.back().subject, NodeId("SERVER"));
  bed.pass(std::chrono::minutes(30));
  see(ProbeOutcome::Success);
  EXPECT_EQ(incident().fixes.at(0).state, FixState::InForce) << "that is no relapse";
  EXPECT_EQ(incident().phase, Phase::Affected);
  write({repair(hours(1)), TaskMoved{kIncident, TaskId("new"), TaskState::Done, ""}});
  EXPECT_EQ(word(), Readiness::Normal);
  EXPECT_EQ(incident().phase, Phase::ServicesBack);
}

TEST_F(Fixes, WhatATransactionHasProvenIsAsItWasMeasured) {
  begin(small_district());
  put_in(40);
  see(ProbeOutcome::Success);
  EXPECT_EQ(word(), Readiness::Normal);
}

TEST_F(Fixes, OneThatCarriesAllLimitsNothingAndOneThatEndsNothingMore) {
  begin(pinged());
  put_in(std::nullopt);
  see(ProbeOutcome::Success);
  EXPECT_EQ(word(), Readiness::Normal);
  put_in(40);
  EXPECT_EQ(word(), Readiness::Normal) << "the other carries all";
  write({FixMoved{kIncident, FixId("fix-1"), FixState::Ended, ""}});
  EXPECT_EQ(word(), Readiness::Limited);
  write({FixMoved{kIncident, FixId("fix-2"), FixState::Ended, ""}});
  EXPECT_EQ(word(), Readiness::Normal);
}

TEST_F(Fixes, AnExpiredOneIsStillInPlaceUntilSomebodyEndsIt) {
  begin(pinged());
  put_in(40);
  see(ProbeOutcome::Success);
  for (int hour = 0; hour < 25; ++hour) {
    bed.pass(hours(1));
    see(ProbeOutcome::Success);
  }
  ASSERT_EQ(incident().fixes.at(0).state, FixState::Expired);
  EXPECT_EQ(word(), Readiness::Limited);
}

TEST_F(Fixes, ARestartShowsTheSame) {
  begin(pinged());
  put_in(40);
  see(ProbeOutcome::Success);
  ASSERT_EQ(word(), Readiness::Limited);
  ASSERT_TRUE(bed.start());
  see(ProbeOutcome::Success);
  EXPECT_EQ(word(), Readiness::Limited);
  EXPECT_EQ(incident().fixes.at(0).state, FixState::InForce);
}

TEST_F(Fixes, AForecastSaysLimitedUntilTheRepair) {
  begin(pinged());
  write({repair(hours(8)), fix(40)});
  TaskSet lending = repair(hours(1));
  lending.title = "Leihgerät einbauen";
  lending.repairs.clear();
  lending.fix = FixId("fix-1");
  write({lending});
  const ForecastMade made = forecast();
  const PlaceForecast* place = of_v01(made);
  ASSERT_NE(place, nullptr);
  const SlotChance morning = at_slot(*place, "2026-11-23T07:00:00Z");
  EXPECT_EQ(morning.normal, 0);
  EXPECT_GT(morning.limited, 0.9);
  EXPECT_EQ(at_slot(*place, "2026-11-24T07:00:00Z").normal, 1);
  ASSERT_TRUE(place->late && place->normal_late);
  EXPECT_LT(*place->late, at("2026-11-23T06:30:00Z"));
  EXPECT_GT(*place->normal_late, at("2026-11-23T12:00:00Z"));
}

TEST_F(Fixes, AForecastKnowsThatAFixInForceEndsBeforeTheRepair) {
  begin(small_district());
  put_in(std::nullopt);
  see(ProbeOutcome::Success);
  ASSERT_EQ(incident().phase, Phase::ServicesBack);
  write({repair(hours(60))});
  const ForecastMade made = forecast();
  const PlaceForecast* place = of_v01(made);
  ASSERT_NE(place, nullptr) << "it is normal now, but will not stay so";
  EXPECT_EQ(place->word, Readiness::Normal);
  EXPECT_GT(at_slot(*place, "2026-11-23T07:00:00Z").normal, 0.9);
  EXPECT_EQ(at_slot(*place, "2026-11-25T07:00:00Z").normal, 0);
  EXPECT_GT(at_slot(*place, "2026-11-26T07:00:00Z").normal, 0.99);
  EXPECT_EQ(place->relapse, 1.0);
  write({FixMoved{kIncident, FixId("fix-1"), FixState::Ended, ""}});
  const auto refused = bed.ask(MakeForecast{kIncident, ""});
  ASSERT_FALSE(refused.has_value()) << "nothing is down, and nothing hangs on a fix";
}

TEST_F(Fixes, PastRelapsesMakeAnotherLikelier) {
  begin(small_district());
  put_in(std::nullopt);
  write({repair(hours(23))});
  const auto chance_before = [&] {
    see(ProbeOutcome::Success);
    const ForecastMade made = forecast();
    const PlaceForecast* place = of_v01(made);
    return place ? place->relapse.value_or(0) : 0;
  };
  const double before = chance_before();
  for (int past = 2; past < 7; ++past) {
    put_in(std::nullopt);
    const FixId id(fmt::format("fix-{}", past));
    write({FixMoved{kIncident, id, FixState::Relapsed, ""}});
  }
  EXPECT_GT(chance_before(), before + 0.1);
}

TEST_F(Fixes, ACapacityOfNothingOrMoreThanAPartIsRefused) {
  begin(small_district());
  for (const unsigned capacity : {0u, 100u, 4'000'000'000u}) {
    const auto refused = bed.ask(WriteRecord{{fix(capacity)}});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::InvalidInput);
  }
}

}  // namespace dienstbereit::engine
