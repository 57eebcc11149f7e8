// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/evidence/traces.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace dienstbereit::core::evidence {
namespace {

using namespace std::chrono_literals;

const Instant kStart{Duration(1'795'417'800'000)};

// Readings of one probe on virtual time; what follows is applied at once, as the engine does.
class Device {
 public:
  // The answer came at the begin of a run that took so long.
  std::vector<TraceNoted> reads(Duration at, Trace trace, Duration took = 0s) {
    ProbeResult result;
    result.probe = ProbeId("A/probe");
    result.began = kStart + at;
    result.ended = result.began + took;
    result.traces.push_back(std::move(trace));
    auto events = traces_.on_result(result);
    for (const TraceNoted& event : events) {
      traces_.apply(event, result.ended);
      journal_.emplace_back(event, result.ended);
    }
    return events;
  }
  // This program starts again: only the journal is left.
  void forget() {
    traces_ = {};
    for (const auto& [event, at] : journal_) traces_.apply(event, at);
  }
  Traces& traces() { return traces_; }

 private:
  Traces traces_;
  std::vector<std::pair<TraceNoted, Instant>> journal_;
};

Trace uptime(Duration up) { return UptimeTrace{up, std::nullopt}; }
Trace snmp_uptime(Duration up) { return UptimeTrace{up, Duration(42'949'672'960)}; }
Trace power(bool on_battery, bool over, int millivolts) {
  return PowerTrace{on_battery, over, millivolts};
}
Trace link(bool up, std::optional<Duration> changed_ago = {}) {
  return LinkTrace{"ge-0/1", up, changed_ago};
}

TEST(Traces, TheFirstReadingIsWhatWasFoundNotWhatHappened) {
  Device device;
  const auto events = device.reads(0s, uptime(1h));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_TRUE(events[0].first);
  EXPECT_EQ(events[0].what, TraceKind::Restarted);
  EXPECT_EQ(events[0].latest, kStart - 1h);
  EXPECT_TRUE(device.reads(60s, uptime(1h + 60s)).empty());
}

TEST(Traces, UptimeThatWentBackIsARestartBetweenTheLastReadingAndTheBoot) {
  Device device;
  device.reads(0s, uptime(1h));
  device.reads(60s, uptime(1h + 60s));
  const auto events = device.reads(120s, uptime(25s));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_FALSE(events[0].first);
  EXPECT_EQ(events[0].earliest, kStart + 60s);
  EXPECT_EQ(events[0].latest, kStart + 95s);
  EXPECT_EQ(events[0].before, Duration(1h + 60s).count());
  EXPECT_EQ(events[0].after, Duration(25s).count());
}

TEST(Traces, UptimeThatRoseLessThanTheTimeIsARestartToo) {
  Device device;
  device.reads(0s, uptime(30s));
  EXPECT_EQ(device.reads(1h, uptime(40min)).size(), 1u);  // 40 min is more than 30 s
}

TEST(Traces, ARunThatTookLongIsNoRestart) {
  Device device;
  device.reads(0s, uptime(1h));
  EXPECT_TRUE(device.reads(60s, uptime(1h + 60s), 30s).empty());
  EXPECT_TRUE(device.reads(120s, uptime(1h + 120s)).empty());
  EXPECT_TRUE(device.reads(180s, uptime(1h + 180s), -1s).empty()) << "our own clock stepped back";
  EXPECT_EQ(device.reads(240s, uptime(5s), 30s).size(), 1u);
}

TEST(Traces, ADriftingClockOfTheDeviceIsNoRestart) {
  Device device;
  Duration up = 1h;
  device.reads(0s, uptime(up));
  for (int day = 1; day <= 300; ++day) {
    up += 24h - 15s;  // 174 of a million
    EXPECT_TRUE(device.reads(day * 24h, uptime(up)).empty()) << day;
  }
}

TEST(Traces, ACounterThatBeginsAnewIsNoRestartButOneShortBeforeIs) {
  const Duration wraps(42'949'672'960);
  Device device;
  device.reads(0s, snmp_uptime(wraps - 1h));
  EXPECT_TRUE(device.reads(2h, snmp_uptime(1h)).empty());
  device.forget();
  EXPECT_TRUE(device.reads(3h, snmp_uptime(2h)).empty());
  Device other;
  other.reads(0s, snmp_uptime(wraps - 1h));
  EXPECT_EQ(other.reads(30min, snmp_uptime(5min)).size(), 1u);
}

TEST(Traces, ARestartWhileThisProgramWasDownIsSeen) {
  Device device;
  device.reads(0s, uptime(1h));
  device.reads(600s, uptime(1h + 600s));
  device.forget();
  const auto events = device.reads(1000s, uptime(100s));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_FALSE(events[0].first);
  EXPECT_EQ(events[0].earliest, kStart);  // the reading after it is no event, so it is gone
  EXPECT_EQ(events[0].latest, kStart + 900s);
  device.forget();
  EXPECT_TRUE(device.reads(1060s, uptime(160s)).empty());
}

TEST(Traces, AClockThatJumpsIsToldAndOneThatDriftsIsNot) {
  Device device;
  device.reads(0s, ClockTrace{3ms});
  for (int minute = 1; minute <= 100; ++minute) {
    EXPECT_TRUE(device.reads(minute * 60s, ClockTrace{Duration(3 + minute * 10)}).empty());
  }
  const auto events = device.reads(6060s, ClockTrace{-90s});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].what, TraceKind::ClockJumped);
  EXPECT_EQ(events[0].before, 1003);
  EXPECT_EQ(events[0].after, -90'000);
  EXPECT_EQ(events[0].earliest, kStart + 6000s);
  EXPECT_EQ(events[0].latest, kStart + 6060s);
}

TEST(Traces, AUpsTellsOfItsSupplyAndOfItsVoltageEach) {
  Device device;
  EXPECT_EQ(device.reads(0s, power(false, false, 230'000)).size(), 2u);  // as found
  const auto surge = device.reads(60s, power(true, true, 271'500));
  ASSERT_EQ(surge.size(), 2u);
  EXPECT_EQ(surge[0].what, TraceKind::OnBattery);
  EXPECT_EQ(surge[1].what, TraceKind::OverVoltage);
  EXPECT_EQ(surge[1].before, 230'000);
  EXPECT_EQ(surge[1].after, 271'500);
  EXPECT_EQ(surge[1].earliest, kStart);
  EXPECT_TRUE(device.reads(65s, power(true, true, 270'000)).empty());
  const auto calm = device.reads(120s, power(false, false, 229'000));
  ASSERT_EQ(calm.size(), 2u);
  EXPECT_EQ(calm[0].what, TraceKind::OnLine);
  EXPECT_EQ(calm[1].what, TraceKind::VoltageNormal);
}

TEST(Traces, AUpsWithoutAReadingOfItsInputSaysNothingOfTheVoltage) {
  Device device;
  EXPECT_EQ(device.reads(0s, PowerTrace{false, false, std::nullopt}).size(), 1u);
}

TEST(Traces, WhatTurnsFasterThanIsToldIsToldLater) {
  Device device;
  device.reads(0s, power(false, false, 230'000));
  EXPECT_EQ(device.reads(20s, power(true, false, 0)).size(), 1u);
  EXPECT_TRUE(device.reads(22s, power(false, false, 230'000)).empty());
  const auto later = device.reads(31s, power(false, false, 230'000));
  ASSERT_EQ(later.size(), 1u);
  EXPECT_EQ(later[0].what, TraceKind::OnLine);
  EXPECT_EQ(later[0].earliest, kStart + 20s);  // while it waits, this is the last that counts
}

TEST(Traces, ASurgeRightAfterAUpsWasFirstReadIsNotLost) {
  Device device;
  device.reads(0s, power(false, false, 230'000));
  EXPECT_EQ(device.reads(2s, power(false, true, 283'000)).at(0).what, TraceKind::OverVoltage);
  EXPECT_TRUE(device.reads(4s, power(false, false, 230'000)).empty()) << "no longer the first";
}

TEST(Traces, ALinkThatGoesDownAndComesBackAndOneThatDidSoInBetween) {
  Device device;
  device.reads(0s, link(true, 1h));
  EXPECT_TRUE(device.reads(60s, link(true, 1h + 60s)).empty());
  auto events = device.reads(120s, link(false, 20s));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].what, TraceKind::LinkDown);
  EXPECT_EQ(events[0].subject, "ge-0/1");
  EXPECT_EQ(events[0].earliest, kStart + 60s);
  EXPECT_EQ(events[0].latest, kStart + 100s);
  EXPECT_EQ(device.reads(180s, link(true, 10s)).at(0).what, TraceKind::LinkUp);
  events = device.reads(240s, link(true, 30s));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].what, TraceKind::LinkFlapped);
  EXPECT_EQ(events[0].latest, kStart + 210s);
  EXPECT_TRUE(device.reads(300s, link(true, 90s)).empty());
}

TEST(Traces, TheFirstChangeThatADeviceKnowsOfIsAFlap) {
  Device device;
  device.reads(0s, link(true));
  EXPECT_TRUE(device.reads(60s, link(true)).empty());
  const auto flap = device.reads(120s, link(true, 30s));
  ASSERT_EQ(flap.size(), 1u);
  EXPECT_EQ(flap[0].what, TraceKind::LinkFlapped);
  EXPECT_EQ(flap[0].latest, kStart + 90s);
  EXPECT_TRUE(device.reads(180s, link(true, 90s)).empty());
}

TEST(Traces, AnInterfacesTimeThatBeginsAnewIsNoFlap) {
  constexpr Duration kWrap(42'949'672'960);
  Device device;
  device.reads(0s, link(true, kWrap - 100s));
  EXPECT_TRUE(device.reads(60s, link(true, kWrap - 40s)).empty());
  EXPECT_TRUE(device.reads(120s, link(true, 20s)).empty());
}

TEST(Traces, AnotherDistrictForgetsWhatItDoesNotHave) {
  Device device;
  device.reads(0s, uptime(1h));
  District district;
  district.probes.emplace_back().id = ProbeId("A/probe");
  device.traces().reload(district);
  EXPECT_TRUE(device.reads(60s, uptime(1h + 60s)).empty());
  device.traces().reload(District{});
  EXPECT_TRUE(device.reads(120s, uptime(1h + 120s)).at(0).first);
}

// Whatever a device says: events lie within what was seen, and there are few of them.
TEST(Traces, AnyReadingsGiveFewEventsWithSoundTimes) {
  EXPECT_TRUE(rc::check([](const std::vector<std::pair<std::uint16_t, int>>& readings) {
    Device device;
    Duration at{0};
    std::size_t told = 0;
    for (const auto& [wait, value] : readings) {
      at += Duration(wait);
      const Trace trace = value % 2 == 0 ? link(value % 3 == 0, Duration(std::abs(value % 100'000)))
                                         : uptime(Duration(std::abs(value % 10'000'000)));
      for (const TraceNoted& event : device.reads(at, trace)) {
        RC_ASSERT(event.earliest <= event.latest);
        RC_ASSERT(event.latest <= kStart + at);
        ++told;
      }
    }
    RC_ASSERT(told <= 2 * (static_cast<std::size_t>(at / kBetweenEvents) + 1));
  }));
}

}  // namespace
}  // namespace dienstbereit::core::evidence
