// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <array>
#include <utility>

#include "model/hours.h"

namespace dienstbereit {
namespace {

constexpr Minutes kDayEnd{24 * 60};
constexpr int kLastOfMonth = -1;

// ---- public holidays

// One holiday of a law: on a fixed date, or `days` from Easter where month is 0.
struct HolidayRule {
  unsigned month;
  unsigned day;
  int from_easter;
  int only_in;  // 0: every year
  const char* name_de;
  const char* name_en;
};

// § 2 Feiertagsgesetz NW, in the order of the year.
constexpr std::array<HolidayRule, 12> kNw{{
    {1, 1, 0, 0, "Neujahr", "New Year's Day"},
    {0, 0, -2, 0, "Karfreitag", "Good Friday"},
    {0, 0, +1, 0, "Ostermontag", "Easter Monday"},
    {5, 1, 0, 0, "Tag der Arbeit", "Labour Day"},
    {0, 0, +39, 0, "Christi Himmelfahrt", "Ascension Day"},
    {0, 0, +50, 0, "Pfingstmontag", "Whit Monday"},
    {0, 0, +60, 0, "Fronleichnam", "Corpus Christi"},
    {10, 3, 0, 0, "Tag der Deutschen Einheit", "German Unity Day"},
    {10, 31, 0, 2017, "Reformationstag", "Reformation Day"},
    {11, 1, 0, 0, "Allerheiligen", "All Saints' Day"},
    {12, 25, 0, 0, "1. Weihnachtstag", "Christmas Day"},
    {12, 26, 0, 0, "2. Weihnachtstag", "Boxing Day"},
}};

int year_of(Day day) { return int(date::year_month_day(day).year()); }

Day day_of(const HolidayRule& rule, int year) {
  if (rule.month == 0) return easter_sunday(year) + date::days(rule.from_easter);
  return Day(date::year(year) / date::month(rule.month) / date::day(rule.day));
}

const HolidayRule* holiday_on(std::optional<Land> land, Day day) {
  if (!land) return nullptr;
  const int year = year_of(day);
  for (const HolidayRule& rule : kNw) {
    if ((rule.only_in == 0 || rule.only_in == year) && day_of(rule, year) == day) return &rule;
  }
  return nullptr;
}

// ---- which rules speak of a day

bool matches(const DaySelector::Weekdays& item, Day day) {
  const int weekday = weekday_of(day);
  const bool wraps = item.first > item.last;
  const bool in_range = wraps ? weekday >= item.first || weekday <= item.last
                              : weekday >= item.first && weekday <= item.last;
  if (!in_range || item.nth.empty()) return in_range;
  const date::year_month_day ymd{day};
  const int nth = static_cast<int>((unsigned(ymd.day()) + 6) / 7);
  const bool last = date::year_month_day(day + date::days(7)).month() != ymd.month();
  return std::any_of(item.nth.begin(), item.nth.end(),
                     [&](int n) { return n == nth || (n == kLastOfMonth && last); });
}

bool names_weekday(const DaySelector& days, Day day) {
  return days.everyday() || std::any_of(days.weekdays.begin(), days.weekdays.end(),
                                        [&](const auto& item) { return matches(item, day); });
}

bool names_date(const DaySelector& days, Day day) {
  const int year = year_of(day);
  return std::find(days.dates.begin(), days.dates.end(), day) != days.dates.end() ||
         std::any_of(days.easter.begin(), days.easter.end(), [&](const auto& item) {
           for (int of : {year - 1, year, year + 1}) {
             if (easter_sunday(of) + date::days(item.days) == day) return true;
           }
           return false;
         });
}

// ---- sets of slots: sorted and disjoint, always

using Slots = std::vector<SlotSpan>;

// Adds what `slot` has outside the slots that are there already: the earlier rule wins.
void add(Slots& slots, SlotSpan slot) {
  Minutes from = slot.open.begin;
  Slots rests;
  for (const SlotSpan& other : slots) {
    if (other.open.end <= from) continue;
    if (other.open.begin >= slot.open.end) break;
    if (other.open.begin > from) {
      rests.push_back({{from, other.open.begin}, slot.by_appointment, slot.comment});
    }
    from = other.open.end;
  }
  if (from < slot.open.end) {
    rests.push_back({{from, slot.open.end}, slot.by_appointment, slot.comment});
  }
  slots.insert(slots.end(), rests.begin(), rests.end());
  std::sort(slots.begin(), slots.end(),
            [](const SlotSpan& a, const SlotSpan& b) { return a.open.begin < b.open.begin; });
}

void apply(Slots& slots, const HoursRule& rule) {
  if (!rule.additional || rule.off) slots.clear();
  if (rule.off) return;
  if (rule.spans.empty()) {
    add(slots, {{Minutes(0), kDayEnd}, rule.by_appointment, rule.comment});
  }
  for (const OpenSpan& span : rule.spans) add(slots, {span, rule.by_appointment, rule.comment});
}

// Applies those rules of `hours` that `names` picks to `slots`; false if there is none.
template <class Names>
bool apply_named(Slots& slots, const OpeningHours& hours, Names names) {
  bool spoke = false;
  for (const HoursRule& rule : hours.rules) {
    if (!names(rule.days)) continue;
    apply(slots, rule);
    spoke = true;
  }
  return spoke;
}

// What of `slots` lies within `limits`.
Slots limited(const Slots& slots, const Slots& limits) {
  Slots result;
  for (const SlotSpan& slot : slots) {
    for (const SlotSpan& limit : limits) {
      const OpenSpan both{std::max(slot.open.begin, limit.open.begin),
                          std::min(slot.open.end, limit.open.end)};
      if (both.begin >= both.end) continue;
      result.push_back({both, slot.by_appointment || limit.by_appointment,
                        limit.comment.empty() ? slot.comment : limit.comment});
    }
  }
  return result;
}

// ---- the layers

void apply_holiday(DayHours& hours, const OpeningHours& weekly, const HolidayRule& holiday) {
  hours.slots.clear();
  apply_named(hours.slots, weekly, [](const DaySelector& days) { return days.public_holidays; });
  hours.layer = HoursLayer::PublicHoliday;
  hours.cause_de = holiday.name_de;
  hours.cause_en = holiday.name_en;
}

void apply_local(DayHours& hours, const LocalRule& local, Day day) {
  if (hours.slots.empty()) return;
  Slots limits;
  const bool spoke = apply_named(limits, local.hours, [&](const DaySelector& days) {
    return names_weekday(days, day) || names_date(days, day);
  });
  if (!spoke) return;
  hours.slots = limited(hours.slots, limits);
  hours.layer = HoursLayer::LocalRule;
  hours.cause_de = local.name_de;
  hours.cause_en = local.name_en;
}

}  // namespace

Day easter_sunday(int year) {
  // Butcher's algorithm; the letters are those of its publication (Nature, 20 April 1876).
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31;
  const int day = (h + l - 7 * m + 114) % 31 + 1;
  return Day(date::year(year) / date::month(static_cast<unsigned>(month)) /
             date::day(static_cast<unsigned>(day)));
}

std::vector<Holiday> holidays_of(Land /*only NW so far*/, int year) {
  std::vector<Holiday> holidays;
  for (const HolidayRule& rule : kNw) {
    if (rule.only_in != 0 && rule.only_in != year) continue;
    holidays.push_back({day_of(rule, year), rule.name_de, rule.name_en});
  }
  std::sort(holidays.begin(), holidays.end(),
            [](const Holiday& a, const Holiday& b) { return a.day < b.day; });
  return holidays;
}

PlaceCalendar::PlaceCalendar(OpeningHours weekly, std::optional<Land> land,
                             std::vector<LocalRule> local)
    : weekly_(std::move(weekly)), land_(land), local_(std::move(local)) {}

DayHours PlaceCalendar::on(Day day) const {
  DayHours hours;
  if (weekly_.always) {
    add(hours.slots, {{Minutes(0), kDayEnd}, false, ""});
    return hours;
  }
  apply_named(hours.slots, weekly_,
              [&](const DaySelector& days) { return names_weekday(days, day); });
  if (const HolidayRule* holiday = holiday_on(land_, day)) apply_holiday(hours, weekly_, *holiday);
  for (const LocalRule& local : local_) apply_local(hours, local, day);
  const bool single = apply_named(hours.slots, weekly_,
                                  [&](const DaySelector& days) { return names_date(days, day); });
  if (single) {
    hours.layer = HoursLayer::SingleDate;
    hours.cause_de.clear();
    hours.cause_en.clear();
  }
  return hours;
}

}  // namespace dienstbereit
