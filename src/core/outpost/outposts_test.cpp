// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/outpost/outposts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dienstbereit::core::outpost {
namespace {

constexpr const char* kBox = "0123456789abcdef";
Instant at(int second) { return Instant(std::chrono::seconds(1'800'000'000 + second)); }
Duration s(int seconds) { return std::chrono::seconds(seconds); }

District district() {
  District made;
  made.outposts.push_back({OutpostId("AUSSEN"), {"Außen", "Outside"}, SiteId(), s(60)});
  made.uplinks.push_back({UplinkId("DSL"), {}, {}, false, OutpostId("AUSSEN")});
  for (const char* id : {"WEB/http", "MX/smtp"}) {
    ProbeSpec spec;
    spec.id = ProbeId(id);
    spec.node = NodeId(std::string(id).substr(0, std::string(id).find('/')));
    spec.action = HttpProbe{};
    spec.proof = Proof::Works;
    spec.from = OutpostId("AUSSEN");
    spec.outside = true;
    made.probes.push_back(std::move(spec));
  }
  return made;
}

OutpostItem settled(std::uint64_t sequence, int age, const char* probe, bool works) {
  OutpostItem item;
  item.sequence = sequence;
  item.age = s(age);
  item.settled = SettledNews{ProbeId(probe), works ? ProbeOutcome::Success : ProbeOutcome::Failure,
                             s(1),           "",
                             "said",         false};
  return item;
}
OutpostItem steady(std::uint64_t sequence, int age, std::vector<LastRun> runs = {}) {
  OutpostItem item;
  item.sequence = sequence;
  item.age = s(age);
  item.steady = SteadyNews{std::move(runs)};
  return item;
}
OutpostItem path(std::uint64_t sequence, int age, bool up) {
  OutpostItem item;
  item.sequence = sequence;
  item.age = s(age);
  item.path = PathNews{UplinkId("DSL"), up, "no anchor"};
  return item;
}

class Line {
 public:
  Line() { outposts_.reload(district(), at(0)); }

  std::string report(int second, std::vector<OutpostItem> items, bool more = false,
                     const char* outbox = kBox) {
    OutpostReport report{OutpostId("AUSSEN"), outbox,       at(second) + clock, more,
                         repeats_lost,        changes_lost, std::move(items)};
    auto events = outposts_.on_report(report, at(second), at(second));
    if (!events) return events.error().message;
    return told(second, *events);
  }
  std::string wait_until(int second) { return told(second, outposts_.on_due(at(second))); }
  void restart(int second) { event(second, ObserverStarted{}); }
  void event(int second, EventPayload payload) {
    outposts_.apply(payload, at(second));
    journal_.emplace_back(second, std::move(payload));
  }
  // The same from the journal alone.
  void replay() {
    outposts_ = Outposts();
    outposts_.reload(district(), at(0));
    for (const auto& [second, payload] : journal_) outposts_.apply(payload, at(second));
  }

  Duration clock{0};
  std::uint64_t repeats_lost = 0, changes_lost = 0;
  Outposts& outposts() { return outposts_; }

 private:
  static std::string sentence(const EventPayload& payload) {
    if (const auto* news = std::get_if<OutpostTold>(&payload)) {
      const auto when = std::chrono::duration_cast<std::chrono::seconds>(news->observed - at(0));
      return fmt::format("told{}@{}{}", news->sequence, when.count(), news->by_clock ? "?" : "");
    }
    if (const auto* one = std::get_if<OutpostChanged>(&payload)) {
      return one->silent ? "silent" : one->clock_off ? "heard, clock off" : "heard";
    }
    if (const auto* one = std::get_if<ObservationSettled>(&payload)) {
      const auto began = std::chrono::duration_cast<std::chrono::seconds>(one->began - at(0));
      return fmt::format("{} {}@{}", one->probe.str(), name_of(one->outcome), began.count());
    }
    if (const auto* one = std::get_if<PathChanged>(&payload)) {
      return one->up ? "path back" : "path lost";
    }
    const auto& lost = std::get<ObservationLost>(payload);
    return fmt::format("{} lost {}", lost.probe.str(), name_of(lost.why));
  }
  std::string told(int second, const Outposts::Events& events) {
    std::string text;
    for (const EventPayload& payload : events) {
      text += (text.empty() ? "" : "; ") + sentence(payload);
      journal_.emplace_back(second, payload);
    }
    return text;
  }

  Outposts outposts_;
  std::vector<std::pair<int, EventPayload>> journal_;
};

}  // namespace

TEST(Outposts, WhatIsToldNowHoldsNow) {
  Line line;
  EXPECT_EQ(line.report(10, {settled(1, 2, "WEB/http", true), steady(2, 0, {})}),
            "heard; told1@8; WEB/http success@7");
  EXPECT_EQ(line.report(20, {steady(3, 0, {{ProbeId("WEB/http"), s(3)}})}), "");
}

TEST(Outposts, WhatComesTwiceIsTakenOnce) {
  Line line;
  line.report(10, {settled(1, 2, "WEB/http", true), steady(2, 0)});
  EXPECT_EQ(line.report(12, {settled(1, 4, "WEB/http", true), steady(2, 2)}), "");
  line.replay();
  EXPECT_EQ(line.report(14, {settled(1, 6, "WEB/http", true), steady(2, 4)}), "");
}

TEST(Outposts, AfterACutEachChangeIsOnRecordWithItsTimeAndOnlyTheLastHolds) {
  Line line;
  line.report(10, {settled(1, 0, "WEB/http", true), steady(2, 0)});
  EXPECT_EQ(line.wait_until(70), "silent; MX/smtp lost silent; WEB/http lost silent");
  EXPECT_EQ(line.report(
                500, {settled(3, 400, "WEB/http", false), settled(4, 200, "WEB/http", true)}, true),
            "heard; told3@100; told4@300");
  EXPECT_EQ(line.report(500, {steady(9, 0, {{ProbeId("WEB/http"), s(20)}})}),
            "WEB/http success@480");
}

TEST(Outposts, AnOldReportSaysNothingOfNow) {
  Line line;
  EXPECT_EQ(line.report(500, {settled(1, 400, "WEB/http", true), steady(2, 300)}),
            "heard; told1@100");
  EXPECT_EQ(line.report(501, {settled(3, 70, "WEB/http", false)}), "told3@431");
  EXPECT_EQ(line.report(502, {steady(4, 59, {{ProbeId("WEB/http"), s(1)}})}),
            "WEB/http failure@442");
}

TEST(Outposts, SilenceTakesAwayAllThatItSawAndIsToldOnce) {
  Line line;
  line.report(10, {settled(1, 0, "WEB/http", true), steady(2, 0)});
  EXPECT_EQ(line.outposts().next_due(), at(70));
  EXPECT_EQ(line.wait_until(70), "silent; MX/smtp lost silent; WEB/http lost silent");
  EXPECT_EQ(line.wait_until(1000), "");
  EXPECT_EQ(line.outposts().next_due(), std::nullopt);
  EXPECT_EQ(line.outposts().situations().front().since, at(10));
}

TEST(Outposts, WhoNeverReportsIsSilentToo) {
  Line line;
  EXPECT_EQ(line.wait_until(59), "");
  EXPECT_EQ(line.wait_until(60), "silent; MX/smtp lost silent; WEB/http lost silent");
}

TEST(Outposts, AfterOurOwnRestartItsNextStillSoRestoresWhatIsKnown) {
  Line line;
  line.report(10, {settled(1, 0, "WEB/http", false), steady(2, 0)});
  line.restart(100);
  line.replay();
  EXPECT_EQ(line.report(110, {steady(5, 0, {{ProbeId("WEB/http"), s(2)}})}),
            "heard; WEB/http failure@108");
}

TEST(Outposts, AfterItsOwnRestartWhatItHasNotSeenAgainStaysAsItWas) {
  Line line;
  line.restart(5);
  line.report(10, {settled(1, 0, "WEB/http", true), settled(2, 0, "MX/smtp", true), steady(3, 0)});
  line.restart(20);
  EXPECT_EQ(line.report(30, {steady(4, 0, {{ProbeId("MX/smtp"), s(1)}})}),
            "heard; MX/smtp success@29");
}

TEST(Outposts, AnotherOutboxBeginsAnew) {
  Line line;
  line.report(10, {settled(7, 0, "WEB/http", true), steady(8, 0)});
  EXPECT_EQ(
      line.report(20, {settled(1, 0, "WEB/http", false), steady(2, 0)}, false, "fedcba9876543210"),
      "told1@20; WEB/http failure@19");
}

TEST(Outposts, ItsOwnLostPathIsNoObservation) {
  Line line;
  line.report(10, {settled(1, 0, "WEB/http", true), steady(2, 0)});
  OutpostItem lost;
  lost.sequence = 4;
  lost.lost = LostNews{ProbeId("WEB/http"), LossReason::PathLost, "no anchor"};
  EXPECT_EQ(line.report(20, {path(3, 0, false), lost, steady(5, 0)}),
            "told3@20; told4@20; WEB/http lost path_lost; path lost");
  EXPECT_EQ(line.report(30, {path(6, 0, true), settled(7, 0, "WEB/http", true), steady(8, 0)}),
            "told6@30; told7@30; WEB/http success@29; path back");
}

TEST(Outposts, AWrongClockIsToldOnceAndBelievedNowhere) {
  Line line;
  line.clock = -std::chrono::hours(9);
  EXPECT_EQ(line.report(10, {settled(1, 3, "WEB/http", true), steady(2, 0)}),
            "heard, clock off; told1@7; WEB/http success@6");
  line.clock += s(1);
  EXPECT_EQ(line.report(20, {steady(3, 0)}), "");
  line.clock = s(0);
  EXPECT_EQ(line.report(30, {steady(4, 0)}), "heard");
}

TEST(Outposts, WhatItsFullStoreCostIsTold) {
  Line line;
  line.report(10, {steady(1, 0)});
  line.changes_lost = 3;
  EXPECT_EQ(line.report(20, {steady(2, 0)}), "heard");
  EXPECT_EQ(line.outposts().situations().front().changes_lost, 3u);
}

TEST(Outposts, ASuccessThatTheGraphDroppedIsSettledAnewByALaterRun) {
  Line line;
  line.report(10, {settled(1, 0, "WEB/http", true), steady(2, 0)});
  line.outposts().forget_success(NodeId("WEB"));
  EXPECT_EQ(line.report(20, {steady(3, 0, {{ProbeId("WEB/http"), s(11)}})}), "");
  EXPECT_EQ(line.report(30, {steady(4, 0, {{ProbeId("WEB/http"), s(2)}})}), "WEB/http success@28");
  EXPECT_EQ(line.report(40, {steady(5, 0, {{ProbeId("WEB/http"), s(2)}})}), "");
}

TEST(Outposts, WhatIsCalledStillSoAndWasNeverToldIsAskedFor) {
  Line line;
  line.report(10, {settled(1, 0, "WEB/http", true), steady(2, 0)});
  OutpostReport report{OutpostId("AUSSEN"), kBox, at(20), false, 0, 0, {}};
  report.items = {steady(
      3, 0, {{ProbeId("WEB/http"), s(1)}, {ProbeId("MX/smtp"), s(1)}, {ProbeId("DB/sql"), s(1)}})};
  EXPECT_EQ(line.outposts().never_told(report), std::vector{ProbeId("MX/smtp")});
}

TEST(Outposts, StrangersAndStrangeProbesChangeNothing) {
  Line line;
  OutpostReport report{OutpostId("FREMD"), kBox, at(1), false, 0, 0, {}};
  const auto refused = line.outposts().on_report(report, at(1), at(1));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::NotFound);
  EXPECT_EQ(line.report(10, {settled(1, 0, "DB/sql", false), steady(2, 0)}), "heard");
}

}  // namespace dienstbereit::core::outpost
