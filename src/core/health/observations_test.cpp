// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/health/observations.h"

#include <gtest/gtest.h>

#include "core/health/timeline.h"

namespace dienstbereit::core::health {
namespace {

using namespace std::chrono_literals;
using timeline::at;
using timeline::probe_of;
using timeline::Timeline;

// One database, asked by SQL, and seen by TCP.
Timeline database() {
  District district;
  district.probes = {probe_of("DB", "sql", Proof::Works), probe_of("DB", "tcp", Proof::Alive)};
  return Timeline(std::move(district));
}

Timeline heartbeat() {
  District district;
  ProbeSpec spec = probe_of("JOB", "beat", Proof::Works);
  spec.action = HeartbeatProbe{};
  district.probes = {spec};
  return Timeline(std::move(district));
}

}  // namespace

TEST(Observations, NothingIsKnownBeforeTheFirstResult) {
  const Timeline line = database();
  EXPECT_EQ(line.own("DB"), "operational..down");
  EXPECT_TRUE(line.evidence("DB").probed);
  EXPECT_FALSE(line.evidence("DB").works_fresh);
  EXPECT_FALSE(line.evidence("OTHER").probed);
  EXPECT_EQ(line.own("OTHER"), "operational");
}

TEST(Observations, AFirstSuccessSettlesAtOnce) {
  Timeline line = database();
  EXPECT_EQ(line.ok(1, "DB/sql"), "settled DB/sql success");
  EXPECT_EQ(line.own("DB"), "operational");
  EXPECT_EQ(line.evidence("DB").works_success_began, at(1));
}

TEST(Observations, FurtherSuccessesAreNotJournaled) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  EXPECT_EQ(line.ok(61, "DB/sql"), "");
  EXPECT_EQ(line.evidence("DB").works_success_began, at(1));
}

TEST(Observations, ASlowAnswerSettlesAnewWhenItsCauseChanges) {
  Timeline line = database();
  line.slow(1, "DB/sql");
  ProbeResult result;
  result.probe = ProbeId("DB/sql");
  result.began = result.ended = at(61);
  result.outcome = ProbeOutcome::Slow;
  result.phase = kCertificatePhase;
  EXPECT_EQ(line.observations().on_result(result, at(61)).events.size(), 1u);
  EXPECT_EQ(line.observations().probes()[0].phase, kCertificatePhase);
  EXPECT_EQ(line.observations().probes()[0].since, at(1)) << "it was limited before";
  result.began = result.ended = at(121);
  EXPECT_TRUE(line.observations().on_result(result, at(121)).events.empty());
}

TEST(Observations, AFailureIsConfirmedAtOnceBeforeItSettles) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  EXPECT_EQ(line.fails(61, "DB/sql"), "ask DB/sql");
  EXPECT_EQ(line.own("DB"), "operational");
  EXPECT_EQ(line.fails(62, "DB/sql"), "settled DB/sql failure");
  EXPECT_EQ(line.own("DB"), "down");
}

TEST(Observations, ConfirmationsAreBoundedByTheNumberOfAttempts) {
  District district;
  district.probes = {probe_of("DB", "sql", Proof::Works, 3)};
  Timeline line(std::move(district));
  EXPECT_EQ(line.fails(1, "DB/sql"), "ask DB/sql");
  EXPECT_EQ(line.fails(2, "DB/sql"), "ask DB/sql");
  EXPECT_EQ(line.fails(3, "DB/sql"), "settled DB/sql failure");
  EXPECT_EQ(line.fails(4, "DB/sql"), "");
}

TEST(Observations, ASuccessBetweenFailuresStartsTheCountAnew) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  line.fails(61, "DB/sql");
  EXPECT_EQ(line.ok(62, "DB/sql"), "");
  EXPECT_EQ(line.fails(122, "DB/sql"), "ask DB/sql");
  EXPECT_EQ(line.own("DB"), "operational");
}

TEST(Observations, OneSuccessEndsAFailure) {
  Timeline line = database();
  line.dies(1, "DB/sql");
  EXPECT_EQ(line.ok(61, "DB/sql"), "settled DB/sql success");
  EXPECT_EQ(line.own("DB"), "operational");
}

TEST(Observations, ASlowAnswerIsDegraded) {
  Timeline line = database();
  EXPECT_EQ(line.slow(1, "DB/sql"), "settled DB/sql slow");
  EXPECT_EQ(line.own("DB"), "degraded");
}

TEST(Observations, AnOlderRunThatEndsLateIsIgnored) {
  Timeline line = database();
  line.ok(8, "DB/sql");
  EXPECT_EQ(line.result(11, "DB/sql", ProbeOutcome::Failure, 10s), "");
  EXPECT_EQ(line.result(12, "NOBODY/sql", ProbeOutcome::Failure), "");
}

TEST(Observations, ABrokenProbeIsNoObservationOfItsTarget) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  EXPECT_EQ(line.broken(61, "DB/sql"), "ask DB/sql");
  EXPECT_EQ(line.broken(62, "DB/sql"), "lost DB/sql broken");
  EXPECT_EQ(line.own("DB"), "operational..down");
  EXPECT_EQ(line.observations().probes()[0].detail, "DB/sql says broken");
  EXPECT_EQ(line.broken(122, "DB/sql"), "");
}

TEST(Observations, AProbeThatWasBrokenFromTheStartSaysSo) {
  Timeline line = database();
  line.broken(1, "DB/sql");
  EXPECT_EQ(line.broken(2, "DB/sql"), "lost DB/sql broken");
}

TEST(Observations, OwnOverloadIsNeverAnOutage) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  EXPECT_EQ(line.result(100, "DB/sql", ProbeOutcome::Failure, 30s), "");
  EXPECT_EQ(line.result(140, "DB/sql", ProbeOutcome::Failure, 30s), "lost DB/sql broken");
  EXPECT_EQ(line.observations().observation(ProbeId("DB/sql"))->loss_detail,
            "observer overloaded: the run ended 30 s after it began, with a timeout of 10 s");
}

TEST(Observations, ARunThatEndedBeforeItBeganIsNoObservation) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  line.result(61, "DB/sql", ProbeOutcome::Failure, -5s);
  EXPECT_EQ(line.result(62, "DB/sql", ProbeOutcome::Failure, -5s), "lost DB/sql broken");
}

TEST(Observations, StaleIsOlderThanTwiceTheIntervalAndATimeout) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  EXPECT_EQ(line.due(), 131);
  line.ok(61, "DB/sql");
  EXPECT_EQ(line.due(), 191);
  EXPECT_EQ(line.wait_until(190), "");
  EXPECT_EQ(line.wait_until(191), "lost DB/sql stale");
  EXPECT_EQ(line.own("DB"), "operational..down");
  EXPECT_EQ(line.due(), -1);
}

TEST(Observations, AFailureThatGoesOnStaysFresh) {
  Timeline line = database();
  line.dies(1, "DB/sql");
  EXPECT_EQ(line.fails(61, "DB/sql"), "");
  EXPECT_EQ(line.wait_until(190), "");
  EXPECT_EQ(line.own("DB"), "down");
}

TEST(Observations, AMissingHeartbeatIsAFailure) {
  Timeline line = heartbeat();
  EXPECT_EQ(line.due(), 70);
  line.ok(30, "JOB/beat");
  EXPECT_EQ(line.wait_until(99), "");
  EXPECT_EQ(line.wait_until(100), "settled JOB/beat failure");
  EXPECT_EQ(line.own("JOB"), "down");
  EXPECT_EQ(line.wait_until(160), "");
  EXPECT_EQ(line.own("JOB"), "down");
  EXPECT_EQ(line.ok(170, "JOB/beat"), "settled JOB/beat success");
}

TEST(Observations, AHeartbeatThatNeverCameFailsToo) {
  Timeline line = heartbeat();
  EXPECT_EQ(line.wait_until(70), "settled JOB/beat failure");
}

TEST(Observations, AfterAStartHeartbeatsAreAwaitedAnew) {
  Timeline line = heartbeat();
  line.ok(30, "JOB/beat");
  line.restart(95);
  EXPECT_EQ(line.wait_until(100), "");
  EXPECT_EQ(line.own("JOB"), "operational..down");
  EXPECT_EQ(line.wait_until(165), "settled JOB/beat failure");
}

TEST(Observations, AStartLosesEveryObservation) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  line.dies(2, "DB/tcp");
  line.restart(10);
  EXPECT_EQ(line.own("DB"), "operational..down");
  EXPECT_EQ(line.observations().probes()[0].lost, LossReason::Restarted);
  EXPECT_EQ(line.observations().probes()[0].outcome, ProbeOutcome::Success);
  EXPECT_EQ(line.due(), -1);
}

TEST(Observations, ForgettingASuccessAsksAgainAndSettlesTheNextOne) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  line.ok(1, "DB/tcp");
  const auto outcome = line.observations().forget_success(NodeId("DB"));
  EXPECT_TRUE(outcome.events.empty());
  EXPECT_EQ(outcome.ask_now, std::vector<ProbeId>{ProbeId("DB/sql")});
  EXPECT_EQ(line.own("DB"), "operational");
  EXPECT_EQ(line.ok(20, "DB/sql"), "settled DB/sql success");
  EXPECT_EQ(line.evidence("DB").works_success_began, at(20));
  EXPECT_EQ(line.ok(80, "DB/sql"), "");
}

TEST(Observations, SixChangesInTenIntervalsAreFlapping) {
  Timeline line = database();
  line.ok(0, "DB/sql");
  std::string last;
  for (int round = 0; round < 3; ++round) {
    line.dies(60 + round * 120, "DB/sql");
    last = line.ok(120 + round * 120, "DB/sql");
  }
  EXPECT_EQ(last, "settled DB/sql success flapping");
  EXPECT_EQ(line.own("DB"), "degraded");
}

TEST(Observations, FlappingEndsAfterFiveSteadyIntervals) {
  Timeline line = database();
  line.ok(0, "DB/sql");
  for (int round = 0; round < 3; ++round) {
    line.dies(60 + round * 120, "DB/sql");
    line.ok(120 + round * 120, "DB/sql");
  }
  for (int second = 420; second <= 600; second += 60) EXPECT_EQ(line.ok(second, "DB/sql"), "");
  EXPECT_EQ(line.due(), 660);
  EXPECT_EQ(line.wait_until(660), "settled DB/sql success");
  EXPECT_EQ(line.own("DB"), "operational");
}

TEST(Observations, SlowChangesAreNotFlapping) {
  Timeline line = database();
  line.ok(0, "DB/sql");
  for (int round = 0; round < 6; ++round) {
    line.dies(600 + round * 1200, "DB/sql");
    EXPECT_EQ(line.ok(1200 + round * 1200, "DB/sql"), "settled DB/sql success");
  }
}

TEST(Observations, AFlappingFailureIsStillDown) {
  Timeline line = database();
  line.ok(0, "DB/sql");
  for (int round = 0; round < 4; ++round) {
    line.dies(60 + round * 120, "DB/sql");
    if (round < 3) line.ok(120 + round * 120, "DB/sql");
  }
  EXPECT_TRUE(line.observations().observation(ProbeId("DB/sql"))->flapping);
  EXPECT_EQ(line.own("DB"), "down");
}

TEST(Observations, AReloadKeepsWhatIsKnownById) {
  Timeline line = database();
  line.ok(1, "DB/sql");
  line.fails(61, "DB/sql");
  District changed = line.district();
  changed.probes.erase(changed.probes.begin() + 1);
  changed.probes.insert(changed.probes.begin(), probe_of("WEB", "http", Proof::Works));
  line.observations().reload(changed, at(62));
  EXPECT_EQ(line.own("DB"), "operational");
  EXPECT_EQ(line.own("WEB"), "operational..down");
  EXPECT_EQ(line.observations().observation(ProbeId("DB/tcp")), nullptr);
  EXPECT_EQ(line.fails(63, "DB/sql"), "settled DB/sql failure");
}

TEST(Observations, ProbesAndNodesAreFoundFromEachOther) {
  const Timeline line = database();
  EXPECT_EQ(line.observations().node_of(ProbeId("DB/tcp")), NodeId("DB"));
  EXPECT_EQ(line.observations().node_of(ProbeId("X")), std::nullopt);
  EXPECT_EQ(line.observations().probes_of(NodeId("DB")).size(), 2u);
}

}  // namespace dienstbereit::core::health
