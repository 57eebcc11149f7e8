// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/roll_up.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "view/testing/world.h"

namespace dienstbereit::view {
namespace {

constexpr int kNoSlot = 5;
constexpr int kOver = 6;

Instant noon() { return test::at("2026-11-23T12:00:00+01:00"); }
Day the_day() { return test::day("2026-11-23"); }

Verdict verdict_of(Tally tally) {
  switch (tally) {
    case Tally::Normal:
      return test::normal();
    case Tally::Presumed:
      return test::presumed_normal();
    case Tally::Limited:
      return test::limited({"langsam", "slow"});
    case Tally::Closed:
      return test::closed_by_failure();
    case Tally::Unknown:
      break;
  }
  return test::unknown();
}

// A place whose one slot is still to come; kNoSlot: it has none, kOver: it is past.
PlaceDay place_of(int kind) {
  DayPlan plan;
  plan.day = the_day();
  if (kind != kNoSlot) {
    SlotVerdict& slot = plan.slots.emplace_back();
    slot.begin = noon() + std::chrono::hours(kind == kOver ? -4 : 1);
    slot.end = slot.begin + std::chrono::hours(2);
    slot.verdict = kind == kOver ? test::normal() : verdict_of(static_cast<Tally>(kind));
  }
  return {PlaceName{OfficeId("A"), SiteId("S"), {}, {}, false}, day_word(plan, noon())};
}

RollUp roll_up_of(const std::vector<int>& kinds) {
  std::vector<PlaceDay> places;
  for (const int kind : kinds) places.push_back(place_of(kind));
  return roll_up(the_day(), places);
}

// Many of one kind with a few others: otherwise "all" and "all but" would hardly be drawn.
rc::Gen<std::vector<int>> kinds() {
  return rc::gen::mapcat(rc::gen::inRange(0, kOver + 1), [](int main) {
    return rc::gen::container<std::vector<int>>(
        rc::gen::weightedOneOf<int>({{6, rc::gen::just(main)}, {1, rc::gen::inRange(0, 7)}}));
  });
}

RC_GTEST_PROP(RollUp, CountsEveryPlaceOnce, ()) {
  const std::vector<int> drawn = *kinds();
  const RollUp all = roll_up_of(drawn);
  RC_ASSERT(all.of == all.normal + all.presumed + all.limited + all.closed + all.unknown);
  for (int kind = 0; kind < kNoSlot; ++kind) {
    RC_ASSERT(all.count(static_cast<Tally>(kind)) ==
              static_cast<unsigned>(std::count(drawn.begin(), drawn.end(), kind)));
  }
  RC_ASSERT(all.over == static_cast<unsigned>(std::count(drawn.begin(), drawn.end(), kOver)));
}

RC_GTEST_PROP(RollUp, SaysAllOnlyOverSomeAndOnlyIfEachIs, ()) {
  const RollUp all = roll_up_of(*kinds());
  RC_CLASSIFY(all.form == RollUpForm::All, "all");
  RC_CLASSIFY(all.form == RollUpForm::AllBut, "all but");
  RC_CLASSIFY(all.form == RollUpForm::Counts, "counts");
  RC_ASSERT((all.form == RollUpForm::None) == (all.of == 0));
  if (all.form == RollUpForm::All) RC_ASSERT(all.count(all.main) == all.of);
  if (all.form == RollUpForm::All && all.main == Tally::Normal) {
    RC_ASSERT(all.presumed == 0u);
    RC_ASSERT(all.unknown == 0u);
  }
}

RC_GTEST_PROP(RollUp, AllButNamesExactlyThoseThatDiffer, ()) {
  const RollUp all = roll_up_of(*kinds());
  if (all.form != RollUpForm::AllBut) {
    RC_ASSERT(all.exceptions.empty());
    return;
  }
  RC_ASSERT(all.main != Tally::Presumed);
  RC_ASSERT(all.main != Tally::Unknown);
  RC_ASSERT(all.main != Tally::Normal || all.presumed == 0);
  RC_ASSERT(!all.exceptions.empty());
  RC_ASSERT(all.exceptions.size() <= kExceptionsNamed);
  RC_ASSERT(all.exceptions.size() + all.count(all.main) == all.of);
  for (const RollUpEntry& entry : all.exceptions) RC_ASSERT(entry.tally != all.main);
}

TEST(RollUp, APlaceThatNobodyMeasuresIsNotAmongTheNormalOnes) {
  const RollUp all = roll_up_of({0, 0, 0, 0, 1});
  EXPECT_EQ(all.form, RollUpForm::Counts);
  EXPECT_EQ(all.normal, 4u);
  EXPECT_EQ(all.presumed, 1u);
}

TEST(RollUp, OverNoPlaceItSaysNothing) {
  EXPECT_EQ(roll_up_of({}).form, RollUpForm::None);
  EXPECT_EQ(roll_up_of({kNoSlot, kOver}).form, RollUpForm::None);
}

TEST(RollUp, APlaceOfAnotherDayIsNotCounted) {
  EXPECT_EQ(roll_up(test::day("2026-11-24"), {place_of(0)}).of, 0u);
}

}  // namespace
}  // namespace dienstbereit::view
