// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// test/golden/words/NAME.txt holds what a state reads like in both languages; a change of wording
// is reviewed as a diff of these files. `words_test --gtest_filter=Golden.*` with WRITE_GOLDEN=1 in
// the environment writes them anew.
#include <cstdlib>

#include <gtest/gtest.h>

#include "base/file.h"
#include "view/testing/world.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

using test::World;

std::string place_lines(const Voice& voice, const view::PlaceView& place) {
  std::string out = "- " + place_name(voice, place.place) + "\n";
  if (place.schedule.door != view::Door::NoCounter) {
    out += "    " + door_sentence(voice, place.schedule) + "\n";
  }
  if (place.day) out += "    " + plain(day_sentence(voice, *place.day)) + "\n";
  for (const view::ServiceView& service : place.services) {
    out += "    * " + service.name.de + ": " + plain(service_sentence(voice, service)) + "\n";
    for (const std::string& line : reasons(voice, service.shown().why)) {
      out += "        " + line + "\n";
    }
  }
  return out;
}

std::string rendered(const World& world) {
  const view::Overview overview = view::overview(world.situation, world.now);
  std::string out;
  for (const Language language : {Language::De, Language::En}) {
    const Voice voice(language, overview.stamp);
    out += std::string("=== ") + code_of(language) + "\n" + status_text(overview, language);
    out += "\n--- page\n";
    for (const view::OfficeLine& office : overview.offices) {
      out += "# " + office.name.de + ": " + summary_word(language, office.word) + "\n";
      for (const view::PlaceView& place : office.at) out += place_lines(voice, place);
    }
  }
  return out;
}

void expect_golden(const std::string& name, const World& world) {
  const std::string path = "test/golden/words/" + name + ".txt";
  const std::string now = rendered(world);
  if (std::getenv("WRITE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_file(path, now).has_value());
  }
  const Result<std::string> expected = read_file(path, 1u << 20);
  ASSERT_TRUE(expected.has_value()) << expected.error().message;
  EXPECT_EQ(*expected, now) << path;
}

Verdict database_down() {
  ReasonStep need = test::step(ReasonKind::NeedDown, "A1@S1/V1", "DB");
  ReasonStep probe = test::step(ReasonKind::ProbeFailed, "DB");
  need.since = probe.since = test::at("2026-11-23T07:10:00+01:00");
  return test::closed_by_failure({need, probe});
}

Verdict on_paper() {
  Verdict verdict =
      test::limited({"Anträge werden auf Papier angenommen", "Applications are taken in on paper"});
  verdict.offline = OfflineMode::TakeIn;
  verdict.why = database_down().why;
  return verdict;
}

void mark(World& world, void (*change)(SlotVerdict&)) {
  const auto all = [change](std::vector<DayPlan>& days) {
    for (DayPlan& plan : days) {
      for (SlotVerdict& slot : plan.slots) change(slot);
    }
  };
  for (PlaceSituation& place : world.situation.places) all(place.days);
  for (OfferSituation& offer : world.situation.offers) all(offer.days);
}

PathSituation lost(const std::string& uplink, const std::string& site) {
  PathSituation path;
  path.uplink = UplinkId(uplink);
  path.site = SiteId(site);
  path.up = false;
  path.since = test::at("2026-11-23T07:10:00+01:00");
  return path;
}

TEST(Golden, AllAsPlanned) { expect_golden("all_as_planned", World()); }

TEST(Golden, NothingIsMeasured) {
  World world;
  world.set_all(test::presumed_normal());
  for (OfferSituation& offer : world.situation.offers) offer.now = test::presumed_normal();
  expect_golden("nothing_is_measured", world);
}

TEST(Golden, OneOfSeveralIsNotMeasured) {
  World world;
  world.set("A3", "S1", test::presumed_normal());
  expect_golden("one_is_not_measured", world);
}

TEST(Golden, AllButOne) {
  World world;
  world.set("A1", "S2", database_down());
  expect_golden("all_but_one", world);
}

TEST(Golden, MostAreLimited) {
  World world;
  world.set_all(on_paper());
  world.set("A1", "S2", database_down());
  world.set("A2", "S1", test::unknown());
  world.set("A3", "S1", test::normal());
  Verdict bound = test::unknown();
  bound.bound = Bound::AtMostLimited;
  world.offer("A9@S1/I1").now = bound;
  Verdict at_least = test::limited({});
  at_least.bound = Bound::AtLeastLimited;
  world.offer("A9@S1/I2").now = at_least;
  expect_golden("most_are_limited", world);
}

TEST(Golden, AfternoonIsClosed) {
  World world;
  world.place("A2", "S1").days.front().slots[1].verdict = database_down();
  world.offer("A2@S1/G1").days.front().slots[1].verdict = database_down();
  expect_golden("afternoon_is_closed", world);
}

TEST(Golden, NoSightOfTheHouse) {
  World world;
  world.set_all(test::unknown());
  world.situation.paths = {lost("lan", ""), lost("", "S2")};
  expect_golden("no_sight_of_the_house", world);
}

TEST(Golden, AfterARestartWithAWrongClock) {
  World world;
  world.situation.clock_doubted = true;
  world.situation.started_at = world.now;
  world.situation.held_until = world.now + std::chrono::minutes(2);
  expect_golden("restarted_with_a_wrong_clock", world);
}

TEST(Golden, TheJournalCannotBeWritten) {
  World world;
  world.situation.journal_failed_at = world.now;
  world.situation.journal_failure = "disk full";
  world.now += std::chrono::hours(1);
  expect_golden("journal_failed", world);
}

TEST(Golden, PublicHolidayAndAFaultCarriedOver) {
  World world;
  world.shut("2026-11-23", HoursLayer::PublicHoliday, "Allerheiligen", "All Saints' Day");
  world.situation.headline_day = test::day("2026-11-24");
  world.set_all(on_paper(), "2026-11-24");
  mark(world, [](SlotVerdict& slot) { slot.carried = true; });
  expect_golden("holiday_fault_carried", world);
}

TEST(Golden, FridayEveningTheDecisionForMondayIsPending) {
  World world;
  world.go_to("2026-11-27T19:00:00+01:00");
  world.situation.headline_day = test::day("2026-11-30");
  Verdict open = test::unknown();
  open.why = {test::step(ReasonKind::DecisionPending, "A1@S1")};
  world.set_all(open, "2026-11-30");
  mark(world, [](SlotVerdict& slot) { slot.pending = true; });
  expect_golden("monday_is_pending", world);
}

TEST(Golden, APersonsWordUnderAFailingProbe) {
  World world;
  WordSituation word;
  word.id = WordId("4700");
  word.scope.office = OfficeId("A1");
  word.said = Said::Normal;
  word.text = {"Zulassung läuft über Ersatzrechner", ""};
  word.role = "Amt für Informationstechnik";
  word.until = test::at("2026-11-24T00:00:00+01:00");
  word.disagreeing = {ProbeId("DB/sql")};
  world.situation.words = {word};
  Verdict said = test::presumed_normal();
  said.by_word = true;
  said.why = {test::step(ReasonKind::WordInForce, "A1@S1")};
  said.why.front().role = word.role;
  said.why.front().until = word.until;
  world.set("A1", "S1", said);
  world.set("A1", "S2", said);
  expect_golden("word_under_a_failing_probe", world);
}

TEST(Golden, ABranchThatOnlyTakesIn) {
  World world;
  world.offer("A1@S2/V1").extent = Extent::TakeInOnly;
  expect_golden("branch_takes_in_only", world);
}

// As the engine makes it where every office is open 24/7 or has no counter.
void take_counters_away(World& world) {
  for (Office& office : world.district->offices) {
    for (OfficeSite& at : office.sites) at.hours.always = true;
  }
  for (PlaceSituation& place : world.situation.places) {
    place.slotted = false;
    place.days.clear();
  }
  for (OfferSituation& offer : world.situation.offers) {
    offer.slotted = false;
    offer.days.clear();
  }
}

TEST(Golden, NothingButContinuousServices) {
  World world;
  take_counters_away(world);
  expect_golden("around_the_clock", world);
}

TEST(Golden, OfContinuousServicesOneIsGone) {
  World world;
  take_counters_away(world);
  world.set("A2", "S1", database_down());
  world.set("A3", "S1", test::presumed_normal());
  expect_golden("around_the_clock_one_gone", world);
}

TEST(Golden, AContinuousServiceIsGoneBesideOpenOffices) {
  World world;
  world.set("A9", "S1", database_down());
  expect_golden("homepage_is_gone", world);
}

TEST(Golden, ASlotSinceYesterdayStillRuns) {
  World world;
  world.go_to("2026-11-23T01:00:00+01:00");
  for (DayPlan* plan :
       {&world.place("A2", "S1").days.front(), &world.offer("A2@S1/G1").days.front()}) {
    SlotVerdict night;
    night.begin = test::at("2026-11-22T18:00:00+01:00");
    night.end = test::at("2026-11-23T02:00:00+01:00");
    night.verdict = test::normal();
    plan->slots.insert(plan->slots.begin(), night);
  }
  expect_golden("since_yesterday", world);
}

TEST(Golden, NightAndEarlyAfternoon) {
  World world;
  world.go_to("2026-11-23T03:00:00+01:00");
  expect_golden("three_in_the_morning", world);
}

}  // namespace
}  // namespace dienstbereit::words
