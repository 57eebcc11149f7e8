// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/what_if.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/bed_test.h"

namespace dienstbereit::engine {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::at;
using test::Bed;

constexpr auto kSuccess = ProbeOutcome::Success;
constexpr auto kFailure = ProbeOutcome::Failure;

// Monday 07:00, all works; open from 08:00 to 12:00 and from 13:00 to 17:00.
class Planned : public testing::Test {
 protected:
  Planned() : bed("2026-11-23T07:00+01:00") {
    EXPECT_TRUE(bed.start().has_value());
    for (const char* probe : {"SERVER/sql", "SERVER/tcp", "POWER/ups", "SPARE/tcp"}) {
      bed.result(probe, kSuccess);
    }
  }
  Result<Answer> ask(std::vector<NodeId> nodes, const char* from, const char* to) {
    return bed.ask(WhatIf{std::move(nodes), at(from), at(to)});
  }
  // "A1@S1 24. 08:00-12:00 normal>limited; ..."
  std::string touched(const char* node, const char* from, const char* to) {
    const auto answer = ask({NodeId(node)}, from, to);
    if (!answer) return answer.error().message;
    const TimeZone zone = TimeZone::find("Europe/Berlin").value();
    const auto clock = [&](Instant t) { return to_rfc3339(t, zone).substr(8, 8); };
    std::string all;
    for (const TouchedTime& one : answer->touched) {
      all += fmt::format("{}{}@{}{}{} {}-{} {}>{}", all.empty() ? "" : "; ", one.office.str(),
                         one.site.str(), one.service.empty() ? "" : "/", one.service.str(),
                         clock(one.begin), clock(one.end), name_of(one.from), name_of(one.to));
    }
    return all;
  }
  Errc refused(std::vector<NodeId> nodes, const char* from, const char* to) {
    const auto answer = ask(std::move(nodes), from, to);
    EXPECT_FALSE(answer.has_value());
    return answer ? Errc::Io : answer.error().code;
  }
  Bed bed;
};

TEST_F(Planned, WorkAtNightTouchesNoOpeningHour) {
  EXPECT_EQ(touched("SERVER", "2026-11-24T17:00+01:00", "2026-11-25T08:00+01:00"), "");
}

TEST_F(Planned, WorkByDayTouchesThePlaceAndItsServicesInTheirSlots) {
  EXPECT_EQ(touched("SERVER", "2026-11-24T11:00+01:00", "2026-11-24T14:00+01:00"),
            "A1@S1 24T08:00-24T12:00 normal>limited; A1@S1 24T13:00-24T17:00 normal>limited; "
            "A1@S1/V01 24T08:00-24T12:00 normal>closed; A1@S1/V01 24T13:00-24T17:00 normal>closed");
}

TEST_F(Planned, WhatHasASpareIsNotTouched) {
  EXPECT_EQ(touched("SPARE", "2026-11-24T09:00+01:00", "2026-11-24T10:00+01:00"), "");
}

TEST_F(Planned, ABatteryCarriesShortWorkOnly) {
  EXPECT_EQ(touched("POWER", "2026-11-24T09:00+01:00", "2026-11-24T09:30+01:00"), "");
  EXPECT_EQ(touched("POWER", "2026-11-24T09:00+01:00", "2026-11-24T09:31+01:00"),
            "A1@S1 24T08:00-24T12:00 normal>limited; A1@S1/V01 24T08:00-24T12:00 normal>closed");
  const auto answer = ask({NodeId("POWER")}, "2026-11-24T09:00+01:00", "2026-11-24T10:00+01:00");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->touched.at(0).since, at("2026-11-24T09:30+01:00"));
}

TEST_F(Planned, TogetherIsMoreThanEachAlone) {
  const auto answer =
      ask({NodeId("SERVER"), NodeId("SPARE")}, "2026-11-24T09:00+01:00", "2026-11-24T10:00+01:00");
  ASSERT_TRUE(answer.has_value());
  bool second = false;
  for (const TouchedTime& one : answer->touched) second |= one.service == ServiceId("V02");
  EXPECT_TRUE(second);
}

TEST_F(Planned, SlotsFarAheadAreKnownToo) {
  EXPECT_EQ(touched("SERVER", "2026-12-28T00:00+01:00", "2026-12-28T09:00+01:00"),
            "A1@S1 28T08:00-28T12:00 normal>limited; A1@S1/V01 28T08:00-28T12:00 normal>closed");
  const auto weeks = ask({NodeId("SERVER")}, "2026-11-30T00:00+01:00", "2026-12-21T00:00+01:00");
  ASSERT_TRUE(weeks.has_value());
  EXPECT_EQ(weeks->touched.size(), 3U * 5U * 2U * 2U) << "three weeks, each slot once";
}

TEST_F(Planned, WhatIsDownAnywayIsNotTouchedByWork) {
  bed.result("SERVER/sql", kFailure);
  EXPECT_EQ(touched("SERVER", "2026-11-24T09:00+01:00", "2026-11-24T10:00+01:00"), "");
}

TEST_F(Planned, APersonsWordOnThePartDoesNotKeepItUp) {
  bed.say("SERVER", Said::Normal, "2026-11-25T18:00+01:00");
  EXPECT_NE(touched("SERVER", "2026-11-24T09:00+01:00", "2026-11-24T10:00+01:00"), "");
}

TEST_F(Planned, ADayThatIsClosedByDecisionHasNoOpeningHours) {
  OpeningDecided decision;
  decision.office = OfficeId("A1");
  decision.site = SiteId("S1");
  decision.day = Day(date::year(2026) / 11 / 24);
  decision.word = Readiness::Closed;
  decision.reason = "Umzug";
  ASSERT_TRUE(bed.ask(WriteRecord{{decision}}).has_value());
  EXPECT_EQ(touched("SERVER", "2026-11-24T09:00+01:00", "2026-11-24T10:00+01:00"), "");
  EXPECT_NE(touched("SERVER", "2026-11-25T09:00+01:00", "2026-11-25T10:00+01:00"), "");
}

TEST_F(Planned, TheQuestionChangesNothing) {
  const std::string before = test::dump(*bed.seen);
  const auto records = bed.journal.records.size();
  ASSERT_NE(touched("SERVER", "2026-11-24T09:00+01:00", "2026-11-24T10:00+01:00"), "");
  EXPECT_EQ(bed.journal.records.size(), records);
  EXPECT_EQ(test::dump(*bed.seen), before);
}

TEST_F(Planned, TimesAreThoseThatPeopleLiveBy) {
  bed.wall += hours(2);
  ASSERT_TRUE(bed.ask(ConfirmClock{}).has_value());
  EXPECT_EQ(touched("SERVER", "2026-11-24T11:00+01:00", "2026-11-24T11:30+01:00"),
            "A1@S1 24T08:00-24T12:00 normal>limited; A1@S1/V01 24T08:00-24T12:00 normal>closed");
  EXPECT_EQ(touched("SERVER", "2026-11-24T12:10+01:00", "2026-11-24T12:50+01:00"), "");
}

TEST_F(Planned, WhatCannotBeIsRefused) {
  const char* nine = "2026-11-24T09:00+01:00";
  const char* ten = "2026-11-24T10:00+01:00";
  const auto unknown = ask({NodeId("SERVRE")}, nine, ten);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().code, Errc::NotFound);
  EXPECT_NE(unknown.error().message.find("did you mean 'SERVER'?"), std::string::npos);
  EXPECT_EQ(refused({}, nine, ten), Errc::InvalidInput);
  EXPECT_EQ(refused({NodeId("SERVER")}, ten, nine), Errc::InvalidInput);
  EXPECT_EQ(refused({NodeId("SERVER")}, nine, nine), Errc::InvalidInput);
  EXPECT_EQ(refused({NodeId("SERVER")}, "2026-11-22T09:00+01:00", ten), Errc::InvalidInput);
  EXPECT_EQ(refused({NodeId("SERVER")}, nine, "2027-11-24T10:00+01:00"), Errc::InvalidInput);
  EXPECT_EQ(refused({NodeId("SERVER")}, "2027-11-24T09:00+01:00", "2027-11-24T10:00+01:00"),
            Errc::InvalidInput);
  EXPECT_EQ(refused(std::vector<NodeId>(kMostTakenOut + 1, NodeId("SERVER")), nine, ten),
            Errc::LimitExceeded);
}

// ---- the repairs of an incident

class Repairs : public testing::Test {
 protected:
  Repairs() : bed("2026-11-23T07:00+01:00"), state(bed) {
    EXPECT_TRUE(state.prepare(test::small_district()));
    fold(ObserverStarted{"1", now, false, false});
    fold(DistrictLoaded{test::small_district()->hash, "small"});
    for (const char* probe : {"SERVER/sql", "SERVER/tcp", "POWER/ups", "SPARE/tcp"}) {
      fold(ObservationSettled{ProbeId(probe), kSuccess, now, "", "", false});
    }
    fold(IncidentOpened{IncidentId("incident-1"), false, {"Ausfall", ""}, now, {}});
    state.settle(now);
  }
  void fold(const EventPayload& payload) {
    ASSERT_TRUE(state.fold(payload, {now, "observer"}).has_value());
  }
  TaskSet repair(const char* id, const char* node) {
    TaskSet task;
    task.incident = IncidentId("incident-1");
    task.id = TaskId(id);
    task.version = 1;
    task.repairs = {NodeId(node)};
    task.effort = {hours(1), hours(2), hours(3)};
    return task;
  }
  RepairsTouch touch() {
    const auto answer = touched_by_repairs(state, IncidentId("incident-1"), now);
    EXPECT_TRUE(answer.has_value());
    return answer.value_or(RepairsTouch{});
  }
  Instant now = at("2026-11-23T07:00+01:00");
  Bed bed;
  WorkingState state;
};

TEST_F(Repairs, WithoutATaskThereIsNothingToFear) {
  EXPECT_TRUE(touch().nodes.empty());
  EXPECT_TRUE(touch().touched.empty());
}

TEST_F(Repairs, ARepairOfWhatHasASpareIsNotFeltWheneverItIsDone) {
  fold(repair("task-1", "SPARE"));
  EXPECT_EQ(touch().nodes, std::vector{NodeId("SPARE")});
  EXPECT_TRUE(touch().touched.empty());
}

TEST_F(Repairs, ARepairOfWhatIsInUseNamesTheSlotsToKeepClearOf) {
  fold(repair("task-1", "SERVER"));
  EXPECT_FALSE(touch().touched.empty());
  EXPECT_EQ(touch().until, now + hours(24 * 7));
  ForecastMade forecast;
  forecast.incident = IncidentId("incident-1");
  forecast.id = ForecastId("forecast-1");
  forecast.all_repaired_late = now + hours(4);
  fold(forecast);
  EXPECT_EQ(touch().until, now + hours(4));
  ASSERT_EQ(touch().touched.size(), 2U) << "the morning, of the place and of one service";
  fold(TaskMoved{IncidentId("incident-1"), TaskId("task-1"), TaskState::Done, ""});
  EXPECT_TRUE(touch().nodes.empty()) << "what is done takes nothing out any more";
}

TEST_F(Repairs, AnInterimFixIsNoRepair) {
  TaskSet loan = repair("task-1", "SERVER");
  loan.fix = FixId("fix-1");
  fold(loan);
  EXPECT_TRUE(touch().nodes.empty());
}

TEST_F(Repairs, AnUnknownIncidentIsAnError) {
  const auto answer = touched_by_repairs(state, IncidentId("incident-9"), now);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Errc::NotFound);
}

}  // namespace
}  // namespace dienstbereit::engine
