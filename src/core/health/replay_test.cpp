// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/health/observations.h"
#include "core/health/timeline.h"

namespace dienstbereit::core::health {
namespace {

using timeline::anchor_of;
using timeline::at;
using timeline::probe_of;
using timeline::Timeline;

// Two uplinks, a branch behind a link, a heartbeat: every rule has something to decide.
District everything() {
  District district;
  for (const char* id : {"lan", "lte"}) {
    Uplink uplink;
    uplink.id = UplinkId(id);
    district.uplinks.push_back(uplink);
  }
  Site site;
  site.id = SiteId("B");
  Need link;
  link.node = NodeId("L");
  site.link.of = {link};
  district.sites = {site};
  district.probes = {anchor_of("lan", "switch"), anchor_of("lte", "modem", 1)};
  const auto add = [&](const char* node, const char* name, Proof proof, const char* uplink,
                       const char* across) {
    ProbeSpec spec = probe_of(node, name, proof);
    spec.uplink = UplinkId(uplink);
    spec.across = SiteId(across);
    district.probes.push_back(spec);
  };
  add("L", "ping", Proof::Alive, "lan", "B");
  add("DB", "sql", Proof::Works, "lan", "");
  add("DB", "tcp", Proof::Alive, "lan", "");
  add("WEB", "inside", Proof::Works, "lan", "");
  add("WEB", "outside", Proof::Works, "lte", "");
  add("PRINTER", "tcp", Proof::Alive, "lan", "B");
  add("JOB", "beat", Proof::Works, "", "");
  district.probes.back().action = HeartbeatProbe{};
  return district;
}

void expect_same(const Observations& live, const Observations& replayed, const District& district) {
  for (const ProbeSpec& spec : district.probes) {
    RC_ASSERT(*live.observation(spec.id) == *replayed.observation(spec.id));
    RC_ASSERT(live.evidence(spec.node) == replayed.evidence(spec.node));
  }
  const auto a = live.paths();
  const auto b = replayed.paths();
  RC_ASSERT(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    RC_ASSERT(a[i].up == b[i].up);
    RC_ASSERT(a[i].since == b[i].since);
    RC_ASSERT(a[i].detail == b[i].detail);
  }
}

void random_step(Timeline& line, int now) {
  const int kind = *rc::gen::inRange(0, 60);
  if (kind == 0) return line.restart(now);
  if (kind == 1) {
    line.observations().forget_success(NodeId("DB"));
    return;
  }
  const ProbeSpec& spec = *rc::gen::elementOf(line.district().probes);
  const auto outcome = *rc::gen::weightedElement<ProbeOutcome>({{4, ProbeOutcome::Success},
                                                                {1, ProbeOutcome::Slow},
                                                                {5, ProbeOutcome::Failure},
                                                                {1, ProbeOutcome::Broken}});
  line.result(now, spec.id.str(), outcome, std::chrono::seconds(*rc::gen::inRange(0, 14)));
}

}  // namespace

RC_GTEST_PROP(Replay, TheEventsAloneGiveTheSameState, ()) {
  Timeline line(everything());
  int now = 0;
  const int steps = *rc::gen::inRange(1, 200);
  for (int step = 0; step < steps; ++step) {
    now += *rc::gen::inRange(0, 20);
    line.wait_until(now);
    random_step(line, now);
  }
  expect_same(line.observations(), line.replayed(), line.district());
}

RC_GTEST_PROP(Replay, ApplyingAnEventOnceMoreChangesNothing, ()) {
  Observations observations(everything(), at(0));
  const District district = everything();
  int now = 0;
  for (int step = 0; step < 50; ++step) {
    now += *rc::gen::inRange(0, 20);
    ProbeResult result;
    result.probe = (*rc::gen::elementOf(district.probes)).id;
    result.began = at(now);
    result.ended = at(now);
    result.outcome = *rc::gen::element(ProbeOutcome::Success, ProbeOutcome::Failure);
    const auto outcome = observations.on_result(result, at(now));
    Observations again = observations;
    for (const EventPayload& payload : outcome.events) again.apply(payload, at(now));
    expect_same(observations, again, district);
    RC_ASSERT(observations.next_due() == again.next_due());
  }
}

RC_GTEST_PROP(Replay, NothingIsDueOnceItsTimeHasBeenServed, ()) {
  Timeline line(everything());
  int now = 0;
  for (int step = 0; step < 100; ++step) {
    now += *rc::gen::inRange(0, 90);
    line.wait_until(now);
    RC_ASSERT(!line.observations().next_due() || *line.observations().next_due() > at(now));
    random_step(line, now);
  }
}

RC_GTEST_PROP(Replay, LosingAnObservationNeverBettersTheWorstEndInAnyHistory, ()) {
  Timeline line(everything());
  int now = 0;
  const int steps = *rc::gen::inRange(1, 120);
  for (int step = 0; step < steps; ++step) {
    now += *rc::gen::inRange(0, 30);
    line.wait_until(now);
    random_step(line, now);
  }
  for (const ProbeSpec& spec : line.district().probes) {
    Observations after = line.observations();
    after.apply(ObservationLost{spec.id, LossReason::Stale, ""}, at(now));
    RC_ASSERT(after.evidence(spec.node).own.worst >=
              line.observations().evidence(spec.node).own.worst);
  }
}

}  // namespace dienstbereit::core::health
