// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/health/evidence.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/health/timeline.h"

namespace dienstbereit::core::health {
namespace {

using timeline::at;
using timeline::probe_of;
using timeline::Timeline;

Timeline server() {
  District district;
  district.probes = {probe_of("DB", "sql", Proof::Works), probe_of("DB", "report", Proof::Works),
                     probe_of("DB", "tcp", Proof::Alive)};
  return Timeline(std::move(district));
}

Timeline with_sql_and_tcp() {
  District district;
  district.probes = {probe_of("DB", "sql", Proof::Works), probe_of("DB", "tcp", Proof::Alive)};
  return Timeline(std::move(district));
}

}  // namespace

TEST(Evidence, TheWorseOfTheWorksProbesCounts) {
  Timeline line = server();
  line.ok(1, "DB/sql");
  line.slow(1, "DB/report");
  EXPECT_EQ(line.own("DB"), "degraded");
  line.dies(2, "DB/report");
  EXPECT_EQ(line.own("DB"), "down");
  EXPECT_EQ(line.evidence("DB").works_success_began, std::nullopt);
}

TEST(Evidence, WhereAWorksProbeIsOutsideOnlyWhatIsSeenOutsideCounts) {
  District district;
  district.probes = {probe_of("WEB", "inside", Proof::Works),
                     probe_of("WEB", "outside", Proof::Works)};
  district.probes[1].outside = true;
  Timeline line(std::move(district));
  line.ok(1, "WEB/inside");
  EXPECT_EQ(line.own("WEB"), "operational..down");  // nobody knows how it looks from outside
  line.dies(2, "WEB/outside");
  EXPECT_EQ(line.own("WEB"), "down");
  line.ok(3, "WEB/outside");
  line.dies(4, "WEB/inside");
  EXPECT_EQ(line.own("WEB"), "operational");
  EXPECT_TRUE(line.evidence("WEB").works_fresh);
  EXPECT_EQ(line.evidence("WEB").works_success_began, at(3));
}

TEST(Evidence, WhatAnOutpostRunsIsToldByEventsAlone) {
  District district;
  district.probes = {probe_of("WEB", "outside", Proof::Works)};
  district.probes[0].from = OutpostId("FERN");
  Timeline line(std::move(district));
  EXPECT_EQ(line.ok(1, "WEB/outside"), "");
  line.event(
      2, ObservationSettled{ProbeId("WEB/outside"), ProbeOutcome::Success, at(1), "", "", false});
  EXPECT_EQ(line.own("WEB"), "operational");
  EXPECT_EQ(line.due(), -1);  // the outpost says when it is stale, or is silent
  line.event(9, ObservationLost{ProbeId("WEB/outside"), LossReason::Silent, "", at(2)});
  EXPECT_EQ(line.own("WEB"), "operational..down");
  EXPECT_EQ(line.observations().probes().front().since, at(2));
}

TEST(Evidence, AliveDoesNotCountBesideAFreshWorksObservation) {
  Timeline line = with_sql_and_tcp();
  line.ok(1, "DB/sql");
  line.dies(2, "DB/tcp");
  EXPECT_EQ(line.own("DB"), "operational");
  line.ok(3, "DB/tcp");
  line.dies(4, "DB/sql");
  EXPECT_EQ(line.own("DB"), "down");
  EXPECT_TRUE(line.evidence("DB").alive_success);
}

TEST(Evidence, AliveAloneIsPresumedOperational) {
  Timeline line = with_sql_and_tcp();
  line.ok(1, "DB/tcp");
  EXPECT_EQ(line.own("DB"), "operational");
  EXPECT_FALSE(line.evidence("DB").works_fresh);
  line.dies(2, "DB/tcp");
  EXPECT_EQ(line.own("DB"), "down");
}

TEST(Evidence, AWorksFailureThatWasLostMayStillBeDown) {
  Timeline line = with_sql_and_tcp();
  line.dies(1, "DB/sql");
  line.ok(100, "DB/tcp");
  line.wait_until(131);
  EXPECT_EQ(line.own("DB"), "operational..down");
}

TEST(Evidence, AWorksSuccessThatWasLostIsHeldByAliveSuccess) {
  Timeline line = with_sql_and_tcp();
  line.slow(1, "DB/sql");
  line.ok(100, "DB/tcp");
  line.wait_until(131);
  EXPECT_EQ(line.own("DB"), "operational..degraded");
  line.wait_until(230);
  EXPECT_EQ(line.own("DB"), "operational..down");
}

TEST(Evidence, TheOldestSuccessCountsAndAllMustBeFresh) {
  Timeline line = server();
  line.ok(1, "DB/sql");
  EXPECT_EQ(line.evidence("DB").works_success_began, std::nullopt);
  line.ok(50, "DB/report");
  EXPECT_EQ(line.evidence("DB").works_success_began, at(1));
  line.wait_until(131);
  EXPECT_EQ(line.evidence("DB").works_success_began, std::nullopt);
  EXPECT_TRUE(line.evidence("DB").works_fresh);
}

namespace {

Observation any_observation() {
  Observation observation;
  const int kind = *rc::gen::inRange(0, 7);
  observation.fresh = kind < 3;
  if (kind < 6) observation.outcome = static_cast<ProbeOutcome>(kind % 3);
  observation.flapping = *rc::gen::arbitrary<bool>();
  return observation;
}

}  // namespace

RC_GTEST_PROP(Evidence, LosingAnObservationNeverBettersTheWorstEnd, ()) {
  std::vector<Observation> seen(*rc::gen::inRange<std::size_t>(1, 6));
  std::vector<Reading> readings;
  for (Observation& observation : seen) {
    observation = any_observation();
    const Proof proof = *rc::gen::element(Proof::Alive, Proof::Works);
    readings.push_back({proof, &observation});
  }
  const Evidence before = evidence_of(readings);
  RC_ASSERT(before.own.best <= before.own.worst);
  for (Observation& observation : seen) {
    const Observation kept = observation;
    observation.fresh = false;
    const Evidence after = evidence_of(readings);
    RC_ASSERT(after.own.worst >= before.own.worst);
    RC_ASSERT(after.own.best <= after.own.worst);
    observation = kept;
  }
}

}  // namespace dienstbereit::core::health
