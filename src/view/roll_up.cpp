// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/roll_up.h"

namespace dienstbereit::view {
namespace {

void count_in(RollUp& roll_up, const RollUpEntry& entry) {
  switch (entry.tally) {
    case Tally::Normal:
      ++roll_up.normal;
      break;
    case Tally::Presumed:
      ++roll_up.presumed;
      break;
    case Tally::Limited:
      ++roll_up.limited;
      break;
    case Tally::Closed:
      ++roll_up.closed;
      break;
    case Tally::Unknown:
      ++roll_up.unknown;
      break;
  }
  ++roll_up.of;
  if (entry.place.several) roll_up.single_places = false;
}

// The others must be few, and not merely unmeasured: "all are open as planned, except" would read
// as if a presumed place were shut.
bool all_but(const RollUp& roll_up, Tally main) {
  if (main == Tally::Normal && roll_up.presumed > 0) return false;
  const unsigned others = roll_up.of - roll_up.count(main);
  return others <= kExceptionsNamed && others < roll_up.count(main);
}

void choose_form(RollUp& roll_up, const std::vector<RollUpEntry>& counted) {
  if (roll_up.of == 0) return;
  roll_up.form = RollUpForm::Counts;
  for (const Tally main :
       {Tally::Normal, Tally::Presumed, Tally::Limited, Tally::Closed, Tally::Unknown}) {
    if (roll_up.count(main) != roll_up.of) continue;
    roll_up.form = RollUpForm::All;
    roll_up.main = main;
    return;
  }
  for (const Tally main : {Tally::Normal, Tally::Limited, Tally::Closed}) {
    if (!all_but(roll_up, main)) continue;
    roll_up.form = RollUpForm::AllBut;
    roll_up.main = main;
    for (const RollUpEntry& entry : counted) {
      if (entry.tally != main) roll_up.exceptions.push_back(entry);
    }
    return;
  }
}

// All places are counted: says how.
void finish(RollUp& roll_up, const std::vector<RollUpEntry>& counted) {
  if (roll_up.of == 1) roll_up.only = counted.front();
  choose_form(roll_up, counted);
}

Tally tally_of(Readiness readiness, bool is_presumed) {
  switch (readiness) {
    case Readiness::Normal:
      return is_presumed ? Tally::Presumed : Tally::Normal;
    case Readiness::Limited:
      return Tally::Limited;
    case Readiness::Closed:
      return Tally::Closed;
    case Readiness::Unknown:
      break;
  }
  return Tally::Unknown;
}

}  // namespace

Tally tally_of(const DayWord& day) { return tally_of(day.readiness, day.presumed); }
Tally tally_of(const Verdict& verdict) { return tally_of(verdict.readiness, presumed(verdict)); }

unsigned RollUp::count(Tally tally) const {
  switch (tally) {
    case Tally::Normal:
      return normal;
    case Tally::Presumed:
      return presumed;
    case Tally::Limited:
      return limited;
    case Tally::Closed:
      return closed;
    case Tally::Unknown:
      break;
  }
  return unknown;
}

RollUp roll_up(Day day, const std::vector<PlaceDay>& places) {
  RollUp roll_up;
  roll_up.day = day;
  std::vector<RollUpEntry> counted;
  for (const PlaceDay& place : places) {
    if (place.day.day != day || !place.day.has_slots()) continue;
    if (place.day.over()) {
      ++roll_up.over;
      continue;
    }
    counted.push_back({place.place, tally_of(place.day)});
    count_in(roll_up, counted.back());
    roll_up.by_word += place.day.by_word;
    roll_up.pending += place.day.pending;
    roll_up.carried += place.day.carried;
  }
  finish(roll_up, counted);
  return roll_up;
}

RollUp continuous_roll_up(Day today, const std::vector<PlaceNow>& places) {
  RollUp roll_up;
  roll_up.day = today;
  roll_up.counter = false;
  std::vector<RollUpEntry> counted;
  for (const PlaceNow& place : places) {
    counted.push_back({place.place, tally_of(place.now)});
    count_in(roll_up, counted.back());
    roll_up.by_word += place.now.by_word;
  }
  finish(roll_up, counted);
  return roll_up;
}

}  // namespace dienstbereit::view
