// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/traces_seen.h"

#include <gtest/gtest.h>

// Which traces belong to an outage, by their time.
namespace dienstbereit::engine {
namespace {

using std::chrono::minutes;

const Instant kFell = parse_rfc3339("2026-11-27T14:00+01:00").value();

TraceNoted trace(TraceKind what, Duration earliest, Duration latest, bool first = false) {
  TraceNoted event;
  event.probe = ProbeId("H1/snmp");
  event.what = what;
  event.first = first;
  event.earliest = kFell + earliest;
  event.latest = kFell + latest;
  return event;
}

bool belongs(const TraceNoted& event) {
  TracesSeen seen;
  seen.apply(event);
  return !seen.around(kFell).empty();
}

}  // namespace

TEST(TracesSeen, ARestartCountsByWhenTheDeviceBeganToRun) {
  EXPECT_TRUE(belongs(trace(TraceKind::Restarted, minutes(-1), minutes(2))));
  EXPECT_TRUE(belongs(trace(TraceKind::Restarted, -std::chrono::hours(9), minutes(2))));
  EXPECT_TRUE(belongs(trace(TraceKind::Restarted, minutes(2), minutes(2), true)));
  EXPECT_FALSE(belongs(trace(TraceKind::Restarted, minutes(-1), minutes(30))));
  EXPECT_FALSE(belongs(trace(TraceKind::Restarted, minutes(-30), minutes(-30), true)));
}

TEST(TracesSeen, AJumpWhoseTimeIsNotKnownDoesNotCount) {
  EXPECT_TRUE(belongs(trace(TraceKind::ClockJumped, minutes(-3), minutes(2))));
  EXPECT_FALSE(belongs(trace(TraceKind::ClockJumped, minutes(-90), minutes(2))));
  EXPECT_FALSE(belongs(trace(TraceKind::ClockJumped, minutes(2), minutes(2), true)));
}

TEST(TracesSeen, AStepOfThisMachinesClockIsNoJumpOfAnother) {
  TracesSeen seen;
  seen.apply(trace(TraceKind::ClockJumped, minutes(-3), minutes(2)));
  seen.apply_clock_step(kFell - minutes(4));
  EXPECT_EQ(seen.around(kFell).size(), 1u);
  seen.apply_clock_step(kFell + minutes(2) + std::chrono::seconds(5));  // told after it was made
  EXPECT_TRUE(seen.around(kFell).empty());
}

TEST(TracesSeen, OverVoltageCountsAndATransferToBatteryDoesNot) {
  EXPECT_TRUE(belongs(trace(TraceKind::OverVoltage, minutes(0), minutes(0), true)));
  for (const TraceKind what : {TraceKind::OnBattery, TraceKind::OnLine, TraceKind::VoltageNormal,
                               TraceKind::LinkFlapped, TraceKind::LinkDown, TraceKind::LinkUp}) {
    EXPECT_FALSE(belongs(trace(what, minutes(0), minutes(1)))) << name_of(what);
  }
}

TEST(TracesSeen, OverVoltageCountsAsLongAsItLasts) {
  TracesSeen seen;
  seen.apply(trace(TraceKind::VoltageNormal, minutes(-90), minutes(-90), true));
  seen.apply(trace(TraceKind::OverVoltage, minutes(-31), minutes(-30)));
  EXPECT_EQ(seen.around(kFell).size(), 1u) << "it lasts still";
  TracesSeen over = seen;
  over.apply(trace(TraceKind::VoltageNormal, minutes(-16), minutes(-15)));
  EXPECT_TRUE(over.around(kFell).empty());
  seen.apply(trace(TraceKind::VoltageNormal, minutes(19), minutes(20)));
  EXPECT_EQ(seen.around(kFell).size(), 1u);
  EXPECT_TRUE(seen.around(kFell + std::chrono::hours(1)).empty());
  EXPECT_TRUE(seen.around(kFell - std::chrono::hours(1)).empty());
  EXPECT_FALSE(belongs(trace(TraceKind::OverVoltage, minutes(-1500), minutes(-1500))))
      << "it always reads so";
}

TEST(TracesSeen, AClockHasMovedByWhatItsJumpsInOneDirectionAddUpTo) {
  TracesSeen seen;
  const auto jump = [&](Duration earliest, std::int64_t before, std::int64_t after) {
    TraceNoted event = trace(TraceKind::ClockJumped, earliest, earliest + minutes(1));
    event.before = before;
    event.after = after;
    seen.apply(event);
  };
  seen.apply(trace(TraceKind::ClockJumped, minutes(-200), minutes(-200), true));
  EXPECT_TRUE(seen.clocks_moved(kFell).empty());
  jump(minutes(-100), 0, 5000);  // another time
  jump(minutes(-2), 5000, 5700);
  jump(minutes(-1), 5700, 7000);
  ASSERT_EQ(seen.clocks_moved(kFell).size(), 1u);
  EXPECT_EQ(seen.clocks_moved(kFell)[0].by, Duration(2000));
  EXPECT_EQ(seen.clocks_moved(kFell)[0].latest, kFell);
  jump(minutes(2), 7000, 0);
  EXPECT_TRUE(seen.clocks_moved(kFell).empty()) << "to and fro: set by hand or by its source";
}

TEST(TracesSeen, OfWhatHappensAllTheTimeOnlyTheNewestIsKept) {
  TracesSeen seen;
  seen.apply(trace(TraceKind::Restarted, minutes(0), minutes(0)));
  for (std::size_t i = 1; i < kMostOfOneTrace; ++i) {
    seen.apply(trace(TraceKind::Restarted, minutes(60), minutes(60)));
  }
  EXPECT_EQ(seen.around(kFell).size(), 1u);
  seen.apply(trace(TraceKind::Restarted, minutes(60), minutes(60)));
  EXPECT_TRUE(seen.around(kFell).empty());
}

TEST(TracesSeen, ADistrictWithoutTheProbeForgetsIt) {
  TracesSeen seen;
  seen.apply(trace(TraceKind::Restarted, minutes(0), minutes(0)));
  EXPECT_TRUE(seen.tells(ProbeId("H1/snmp"), TraceKind::Restarted));
  seen.reload(District());
  EXPECT_TRUE(seen.around(kFell).empty());
  EXPECT_FALSE(seen.tells(ProbeId("H1/snmp"), TraceKind::Restarted));
}

}  // namespace dienstbereit::engine
