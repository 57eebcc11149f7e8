// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// test/golden/pictures/NAME.svg.txt holds the text of a small picture of each kind, a tag a line.
// `web_test --gtest_filter=Pictures.*` with WRITE_GOLDEN=1 in the environment writes them anew.
#include <cstdlib>
#include <limits>

#include <gtest/gtest.h>

#include "base/file.h"
#include "view/testing/world.h"
#include "web/pictures/chance_panel.h"
#include "web/pictures/drawn_test.h"
#include "web/pictures/event_lanes.h"
#include "web/pictures/repair_plan.h"
#include "web/pictures/why_chain.h"

namespace dienstbereit::web::pictures {
namespace {

using dienstbereit::test::at;

const Instant kNow = at("2026-11-23T09:30:00+01:00");
const Instant kNine = at("2026-11-23T09:00:00+01:00");
const Instant kTen = at("2026-11-23T10:00:00+01:00");
const Instant kNoon = at("2026-11-23T12:00:00+01:00");
const Instant kThree = at("2026-11-23T15:00:00+01:00");
const Instant kTuesday = at("2026-11-24T08:00:00+01:00");
const Instant kWednesday = at("2026-11-25T08:00:00+01:00");

class Pictures : public testing::Test {
 protected:
  void expect_golden(const std::string& name, const Html& html) {
    const std::string path = "test/golden/pictures/" + name + ".svg.txt";
    std::string lines;
    for (const char c : html.str()) {
      if (c == '<' && !lines.empty()) lines += '\n';
      lines += c;
    }
    lines += '\n';
    if (std::getenv("WRITE_GOLDEN") != nullptr) {
      ASSERT_TRUE(write_file(path, lines).has_value());
    }
    const Result<std::string> expected = read_file(path, 1u << 20);
    ASSERT_TRUE(expected.has_value()) << expected.error().message;
    EXPECT_EQ(*expected, lines) << path;
    for (const test::Drawn& picture : test::drawn(html.str())) {
      EXPECT_EQ(test::faults_of(picture), std::vector<std::string>()) << path;
    }
  }

  dienstbereit::test::World world_;
  words::Voice voice_{words::Language::De, *world_.district, kNow};
  Html html_;
};

TEST_F(Pictures, ArrivalsHaveABoxAStrokeAndAFlagOrSayThatNobodyKnows) {
  Arrivals arrivals{"arrivals", "Wann?", "Balken", kNow, "jetzt", {}};
  arrivals.rows = {{"Straßenverkehrsamt", {kTen, kNoon, kThree}, kTuesday, "nicht abzusehen"},
                   {"Jugendamt", {kNoon, kThree, {}}, {}, "nicht abzusehen"},
                   {"Sozialamt", {}, {}, "nicht abzusehen"}};
  draw_arrivals(html_, arrivals, voice_);
  expect_golden("arrivals", html_);
}

TEST_F(Pictures, ChancesAreJoinedWhileTheyAreOfOneOpening) {
  ChancePanel panel{"chance0", "Chance", "Punkte", kNine, kThree, {}};
  panel.marks = {
      {kNine, kTuesday, 0.2, 0.5}, {kTen, kTuesday, 0.4, 0.7}, {kNoon, kWednesday, 0.9, 1.0}};
  draw_chances(html_, panel, voice_);
  expect_golden("chances", html_);
}

TEST_F(Pictures, APlanShowsWhatWasWhatIsAndWhatComes) {
  RepairPlan plan{"plan", "Plan", "Balken", {kNine, kTuesday}, kTen, "jetzt", {}};
  PlanLane crew{"Netzteam", {{kNine, kThree}}, {}};
  PlanRow done{"task-1: Prüfen (erledigt)", Stretch{kNine, kTen}, {}, {}, {}, {}, "?"};
  PlanRow doing{"task-2: Tauschen (in Arbeit)", {}, Stretch{kNine, kTen}, {}, {},
                {kNoon, kThree, kTuesday},      "?"};
  PlanRow unknown{"task-3: Bestellen (geplant)", {}, {}, {}, {}, {}, "nicht abzusehen"};
  crew.rows = {done, doing, unknown};
  PlanLane fixes{"Zwischenlösungen", {}, {}};
  fixes.rows = {{"fix-1: Leihgerät (in Kraft)", {}, {}, Stretch{kTen, kWednesday}, {}, {}, "?"},
                {"fix-2: Papier (beendet)", {}, {}, {}, kTen, {}, "?"}};
  plan.lanes = {crew, fixes};
  draw_plan(html_, plan, voice_);
  expect_golden("plan", html_);
}

TEST_F(Pictures, EventsThatLieTooCloseAreOneMark) {
  EventLanes lanes{"lanes", "Zeitleiste", "Zeilen",  kNine, kThree,
                   kThree,  "jetzt",      "Gestört", {},    {}};
  lanes.steps = {{kNine, 3}, {kTen, 1}, {kNoon, 0}};
  lanes.lanes = {{"Ursache", {{2, kTen, true}, {5, kNoon, false}}},
                 {"Texte", {{3, kTen, false}, {4, kTen, true}, {6, kThree, true}}}};
  draw_lanes(html_, lanes, voice_);
  expect_golden("lanes", html_);
  EXPECT_NE(html_.str().find(">3 +1</text>"), std::string::npos);
}

TEST_F(Pictures, AChainLeadsFromTheServiceToTheFault) {
  WhyChain chain{"why0", "Warum", "Kette", {}};
  chain.links = {{"Fahrzeug zulassen",
                  "geschlossen",
                  LinkState::Down,
                  {"Braucht die Datenbank."},
                  "braucht; Puffer: 30 Minuten"},
                 {"Datenbank-Server 1 (DB)",
                  "ausgefallen",
                  LinkState::Down,
                  {"Die Messung schlägt fehl.", "connection refused"},
                  "braucht"}};
  draw_chain(html_, chain);
  expect_golden("chain", html_);
}

TEST_F(Pictures, NothingTypedBecomesMarkup) {
  const std::string evil = "</text><script>alert(\"1\")</script>&";
  draw_chain(html_, {"why0", evil, evil, {{evil, evil, LinkState::None, {evil}, evil}}});
  EXPECT_EQ(html_.str().find("<script"), std::string::npos);
  EXPECT_NE(html_.str().find("&lt;script&gt;alert(&quot;1&quot;)"), std::string::npos);
}

TEST_F(Pictures, WhatIsNoNumberOrFarOutsideIsDrawnWithin) {
  {
    Canvas canvas(html_, {"x", "t", "d", 50}, Density::Narrow);
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    canvas.line({-1e9, std::numeric_limits<double>::infinity()}, {1e300, kNone}, "a");
    canvas.box({10, 10, 1e9, 1e9}, "b");
    canvas.mark(Shape::Diamond, {1e9, -7}, 5, "c");
  }
  const auto pictures = test::drawn(html_.str());
  ASSERT_EQ(pictures.size(), 1u);
  EXPECT_EQ(test::faults_of(pictures[0]), std::vector<std::string>());
  EXPECT_EQ(pictures[0].points.size(), 2u + 2u + 5u);
}

TEST_F(Pictures, ClockTimesThatAChangeOfTheClocksSkipsAreNotNamed) {
  const TimeScale scale(at("2026-03-29T00:30:00+01:00"), at("2026-03-29T05:30:00+02:00"), 0, 400);
  std::vector<std::string> labels;
  for (const Tick& tick : ticks_of(scale, voice_).clocks) labels.push_back(tick.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"01:00", "03:00", "04:00", "05:00"}));
}

TEST_F(Pictures, AScaleThatIsTooLongOrEmptyIsMadeToFit) {
  const TimeScale empty(kNow, kNow, 10, 20);
  EXPECT_EQ(empty.at(kNow), 10);
  EXPECT_EQ(empty.at(kNow + std::chrono::hours(1)), 20);
  const TimeScale endless(kNow, kNow + std::chrono::hours(24 * 365 * 90), 10, 20);
  EXPECT_EQ(endless.to() - endless.from(), kLongestScale);
}

TEST(Lettering, WideLettersTakeMoreRoomThanThinOnes) {
  EXPECT_GT(width_of("MMM", kText), width_of("iii", kText));
  EXPECT_GT(width_of("abc", kStrong), width_of("abc", kText));
  EXPECT_EQ(width_of("", kText), 0);
}

TEST(Lettering, WhatDoesNotFitEndsWithAnEllipsisBetweenLetters) {
  EXPECT_EQ(fitted("kurz", 100, kText), "kurz");
  const std::string cut = fitted("äöüäöüäöüäöü", 60, kText);
  EXPECT_TRUE(cut.ends_with("…")) << cut;
  EXPECT_EQ(cut.size() % 2, 1u) << "whole letters of two bytes, and three bytes of the ellipsis";
  EXPECT_EQ(wrapped("eins zwei drei", width_of("eins zwei", kText), kText, 2),
            (std::vector<std::string>{"eins zwei", "drei"}));
}

}  // namespace
}  // namespace dienstbereit::web::pictures
