// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "base/time.h"
#include "model/readiness.h"

namespace dienstbereit::view {

// True for a normal that nothing measured and nobody vouched for: "no fault known (not measured)".
bool presumed(const Verdict& verdict);

// What is certain of several words together: all the same = that word; surely neither normal nor
// closed throughout = Limited; else, with an Unknown among them, Unknown. None = Closed.
Readiness together(const std::vector<Readiness>& words);

// One day of a place or an offer, with the one word that stands for it. Slots that are over by
// `now` do not count unless all are.
struct DayWord {
  Day day;
  DayHours hours;  // by the calendar, with the name of a holiday or local rule
  std::vector<SlotVerdict> slots;  // all of the day, in order
  std::size_t first_left = 0;      // slots before it are over; == slots.size(): all are
  Readiness readiness = Readiness::Closed;
  bool differs = false;  // the slots left have different words: say which
  bool presumed = false;   // Normal, and at least one slot left is presumed
  bool by_word = false;    // a person's word decided at least one slot left
  bool carried = false;    // "nach heutigem Stand"
  bool pending = false;    // "Entscheidung folgt"
  // Of the slot that matters most, the worst one left, but with `readiness` as above. No slot:
  // closed by hours.
  Verdict verdict;

  bool has_slots() const { return !slots.empty(); }
  bool over() const { return !slots.empty() && first_left == slots.size(); }
};
DayWord day_word(const DayPlan& plan, Instant now);

// Whether the door stands open by the hours alone.
enum class Door { Open, OpensLater, ShutForToday, NotToday, NoCounter, Always };

// The days of a place or slotted offer as a page tells them.
struct Schedule {
  Door door = Door::NoCounter;
  std::optional<SlotVerdict> running;  // the slot that runs now
  std::optional<DayWord> today;        // none: no calendar (continuous, or not yet planned)
  std::optional<DayWord> next;         // the next later day with a slot, within kDaysAhead
};
Schedule schedule_of(const std::vector<DayPlan>& days, Day today, Instant now);

}  // namespace dienstbereit::view
