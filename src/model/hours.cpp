// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/hours.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit {
namespace {

constexpr std::array<const char*, 7> kWeekdays{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string text_of(const DaySelector::Weekdays& item) {
  std::string text = kWeekdays.at(static_cast<std::size_t>(item.first));
  if (item.last != item.first) {
    text += fmt::format("-{}", kWeekdays.at(static_cast<std::size_t>(item.last)));
  }
  std::vector<std::string> counts;
  for (int n : item.nth) counts.push_back(std::to_string(n));
  return counts.empty() ? text : fmt::format("{}[{}]", text, join(counts, ","));
}

// "2026 Dec 19": the form that other readers of opening_hours know too.
std::string text_of(Day day) {
  const date::year_month_day ymd{day};
  return fmt::format("{} {} {:02}", int(ymd.year()), kMonths.at(unsigned(ymd.month()) - 1),
                     unsigned(ymd.day()));
}

std::string text_of(DaySelector::EasterOffset offset) {
  if (offset.days == 0) return "easter";
  const bool one = offset.days == 1 || offset.days == -1;
  return fmt::format("easter {:+} {}", offset.days, one ? "day" : "days");
}

std::string text_of(const DaySelector& days) {
  std::vector<std::string> items;
  if (days.public_holidays) items.emplace_back("PH");
  for (const auto& item : days.weekdays) items.push_back(text_of(item));
  for (const auto& item : days.dates) items.push_back(text_of(item));
  for (const auto& item : days.easter) items.push_back(text_of(item));
  return join(items, ",");
}

std::string times_of(const HoursRule& rule) {
  if (rule.off) return "off";
  if (rule.spans.empty()) return "00:00-24:00";
  std::vector<std::string> spans;
  for (const OpenSpan& span : rule.spans) {
    spans.push_back(to_hhmm(span.begin) + "-" + to_hhmm(span.end));
  }
  return join(spans, ",");
}

std::string comment_of(const HoursRule& rule) {
  if (!rule.by_appointment) return rule.comment;
  return rule.comment.empty() ? "by appointment" : "by appointment, " + rule.comment;
}

std::string text_of(const HoursRule& rule) {
  std::string text = text_of(rule.days);
  if (!text.empty()) text += ' ';
  text += times_of(rule);
  const std::string comment = comment_of(rule);
  return comment.empty() ? text : fmt::format("{} \"{}\"", text, comment);
}

}  // namespace

std::string to_osm(const OpeningHours& hours) {
  if (hours.always) return "24/7";
  std::string text;
  for (const HoursRule& rule : hours.rules) {
    if (!text.empty()) text += rule.additional ? ", " : "; ";
    text += text_of(rule);
  }
  return text;
}

}  // namespace dienstbereit
