// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace dienstbereit {

// Opening hours in a named subset of OpenStreetMap's opening_hours grammar
// (docs/formats/hours.md has the grammar and worked examples):
//
//   Mo-Fr 08:00-12:00; Th 08:00-12:00,14:00-17:30; PH off
//   We[1] 08:00-13:30                          first Wednesday of the month
//   2026-12-19 09:00-12:00 "by appointment"    one single date (also "2026 Dec 19")
//   easter -48 days off; easter -52 days 08:00-11:00
//   24/7
//
// A later rule replaces what earlier ones say of the days it names; ", " adds to them. Anything
// outside the subset is an error with its position.

// When a rule applies; an empty selector means every day.
struct DaySelector {
  struct Weekdays {
    int first = 0;  // 0 = Monday
    int last = 6;   // may be before first: "Sa-Mo"
    std::vector<int> nth;  // of the month: 1..5, -1 = last; empty: every
    friend bool operator==(const Weekdays&, const Weekdays&) = default;
  };
  struct EasterOffset {
    int days = 0;
    friend bool operator==(const EasterOffset&, const EasterOffset&) = default;
  };
  std::vector<Weekdays> weekdays;
  bool public_holidays = false;
  std::vector<Day> dates;
  std::vector<EasterOffset> easter;

  bool everyday() const {
    return weekdays.empty() && !public_holidays && dates.empty() && easter.empty();
  }
  friend bool operator==(const DaySelector&, const DaySelector&) = default;
};

struct OpenSpan {
  Minutes begin{0};
  Minutes end{0};  // up to 48:00
  friend bool operator==(const OpenSpan&, const OpenSpan&) = default;
};

struct HoursRule {
  DaySelector days;
  std::vector<OpenSpan> spans;  // empty with off = false: the whole day
  bool off = false;
  bool additional = false;  // joined by ", " instead of "; "
  bool by_appointment = false;
  std::string comment;  // what stands in quotes, without "by appointment"
  friend bool operator==(const HoursRule&, const HoursRule&) = default;
};

// Parsed once, then only read. Equal text of the same meaning renders the same (`to_osm`).
struct OpeningHours {
  std::vector<HoursRule> rules;
  bool always = false;  // 24/7
  friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
};

inline constexpr std::size_t kHoursBytesMax = 1000;
inline constexpr std::size_t kHoursRulesMax = 50;

// An error's message names the 1-based column in `text`, in characters. parse_hours(to_osm(h)) == h
// for every h that parse_hours gave, as long as to_osm(h) keeps to kHoursBytesMax.
Result<OpeningHours> parse_hours(std::string_view text);
std::string to_osm(const OpeningHours& hours);

// Public holidays of one Land by § of its law; only NRW so far (docs/formats/hours.md).
struct Holiday {
  Day day;
  std::string name_de;
  std::string name_en;
};
enum class Land { NW };
// Easter Sunday by the Gregorian computus (Butcher), valid 1583-4099.
Day easter_sunday(int year);
std::vector<Holiday> holidays_of(Land land, int year);

// A closure or changed day that is no public holiday: Rosenmontag, 24 December, staff meeting.
// `hours` holds rules for the days it names only ("easter -48 days off").
struct LocalRule {
  OpeningHours hours;
  std::string name_de;
  std::string name_en;
  std::vector<std::string> sites;  // empty: everywhere
  std::vector<std::string> offices;  // empty: all
};

// Why the hours of a day are what they are; the topmost layer that speaks wins:
// weekly hours < public holiday < local rule < single date (docs/formats/hours.md, "Layers").
// Public holidays close a place whose hours have no PH rule. A local rule only limits: it never
// opens a place that is closed that day. 24/7 stands above all layers.
enum class HoursLayer { Weekly, PublicHoliday, LocalRule, SingleDate };

struct SlotSpan {
  OpenSpan open;
  bool by_appointment = false;
  std::string comment;
};

struct DayHours {
  std::vector<SlotSpan> slots;  // sorted, disjoint; empty: closed that day
  HoursLayer layer = HoursLayer::Weekly;
  std::string cause_de;  // name of the holiday or local rule that decided; empty for weekly hours
  std::string cause_en;
};

// The days of one place. Built for one (office, site) with the local rules that hold there; holds
// what it needs by value.
class PlaceCalendar {
 public:
  PlaceCalendar() = default;  // never open
  PlaceCalendar(OpeningHours weekly, std::optional<Land> land, std::vector<LocalRule> local);

  DayHours on(Day day) const;
  bool always() const { return weekly_.always; }

 private:
  OpeningHours weekly_;
  std::optional<Land> land_;
  std::vector<LocalRule> local_;
};

}  // namespace dienstbereit
