// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "model/district.h"
#include "model/readiness.h"
#include "view/day.h"

namespace dienstbereit::view {

// A place by name; `several`: its office has more than one place, so the site must be said.
struct PlaceName {
  OfficeId office;
  SiteId site;
  Wording office_name;
  Wording site_name;
  bool several = false;
};

// How a place counts. Presumed is a class of its own: it is never among the normal ones.
enum class Tally { Normal, Presumed, Limited, Closed, Unknown };
inline constexpr std::size_t kTallies = 5;
Tally tally_of(const DayWord& day);
Tally tally_of(const Verdict& verdict);

struct RollUpEntry {
  PlaceName place;
  Tally tally = Tally::Unknown;
};

enum class RollUpForm {
  None,    // no place has a slot left that day
  All,     // every counted place has `main`
  AllBut,  // all have `main` but those in `exceptions`, at most kExceptionsNamed
  Counts,  // n of m
};
inline constexpr std::size_t kExceptionsNamed = 3;

// Whose places are counted: all of them, those of one office, or those at one site.
enum class Among { Administration, Office, Site };

// Places in one sentence's worth; "all" is never said over none of them. With `counter`: of one
// day, only places with a slot that day that is not over. Without: places that have continuous
// services only, as they are now; they are available or not, never open or closed.
struct RollUp {
  Day day;
  bool counter = true;
  Among among = Among::Administration;  // the caller sets it; counts do not depend on it
  RollUpForm form = RollUpForm::None;
  Tally main = Tally::Unknown;  // All, AllBut: never Presumed or Unknown in AllBut
  std::vector<RollUpEntry> exceptions;  // AllBut: those that differ, in district order
  unsigned of = 0;                      // == sum of the five counts
  unsigned normal = 0;                  // measured, or a person said so
  unsigned presumed = 0;
  unsigned limited = 0;
  unsigned closed = 0;
  unsigned unknown = 0;
  unsigned by_word = 0;  // places of `of` where a person's word decided
  unsigned over = 0;     // places whose last slot of the day is over; not in `of`
  unsigned pending = 0;  // places of `of` whose decision is still to come
  unsigned carried = 0;  // places of `of` that a fault of today is carried into
  bool single_places = true;  // each counted office has one place: "Ämter" is exact
  RollUpEntry only;      // of == 1: that place

  unsigned count(Tally tally) const;
  // True if any place is known not to be normal, or not known at all.
  bool troubled() const { return limited + closed + unknown > 0; }
};

struct PlaceDay {
  PlaceName place;
  DayWord day;
};
RollUp roll_up(Day day, const std::vector<PlaceDay>& places);

struct PlaceNow {
  PlaceName place;
  Verdict now;
};
RollUp continuous_roll_up(Day today, const std::vector<PlaceNow>& places);

}  // namespace dienstbereit::view
