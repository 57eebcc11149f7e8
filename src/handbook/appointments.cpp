// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/appointments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::handbook {
namespace {

std::string field(std::string_view text) {
  std::string out = clean(trim(text), kLongestField);
  std::replace(out.begin(), out.end(), '\n', ' ');
  std::replace(out.begin(), out.end(), '\t', ' ');
  return out;
}

// All of the text as a number of at most `digits` digits.
std::optional<int> number(std::string_view text, std::size_t digits) {
  int value = 0;
  if (text.empty() || text.size() > digits) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text[0] == '-') {
    return std::nullopt;
  }
  return value;
}

std::optional<Day> iso_day(std::string_view text) {
  const auto day = parse_day(text);
  return day ? std::optional(*day) : std::nullopt;
}

// "2026-11-27", or "27.11.2026" as German programs write it.
std::optional<Day> day_of(std::string_view text) {
  const auto parts = split(text, '.');
  if (parts.size() != 3) return iso_day(text);
  const auto day = number(parts[0], 2), month = number(parts[1], 2), year = number(parts[2], 4);
  if (!day || !month || !year) return std::nullopt;
  return iso_day(fmt::format("{:04}-{:02}-{:02}", *year, *month, *day));
}

// "8:00", "08:00", "08:00:00", "08:00 Uhr".
std::optional<Minutes> time_of(std::string_view text) {
  const auto parts = split(trim(text.substr(0, text.find(' '))), ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  const auto hour = number(parts[0], 2), minute = number(parts[1], 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return Minutes(*hour * 60 + *minute);
}

enum class Column { Day, Time, Who, Matter, Contact, Note, Other };

Column column_of(std::string_view head) {
  static constexpr std::array<std::pair<std::string_view, Column>, 24> kNames{
      {{"datum", Column::Day},       {"date", Column::Day},        {"tag", Column::Day},
       {"day", Column::Day},         {"beginn", Column::Day},      {"start", Column::Day},
       {"begin", Column::Day},       {"uhrzeit", Column::Time},    {"zeit", Column::Time},
       {"time", Column::Time},       {"name", Column::Who},        {"kunde", Column::Who},
       {"person", Column::Who},      {"anliegen", Column::Matter}, {"dienst", Column::Matter},
       {"leistung", Column::Matter}, {"service", Column::Matter},  {"matter", Column::Matter},
       {"telefon", Column::Contact}, {"phone", Column::Contact},   {"kontakt", Column::Contact},
       {"bemerkung", Column::Note},  {"notiz", Column::Note},      {"note", Column::Note}}};
  const std::string name = to_lower_ascii(trim(head));
  for (const auto& [known, column] : kNames) {
    if (name == known) return column;
  }
  return Column::Other;
}

// One cell may hold the day and, behind a space or "T", the time.
bool take_day(std::string_view text, Appointment& one) {
  text = trim(text);
  const std::size_t end = std::min(text.find_first_of(" T"), text.size());
  const auto day = day_of(text.substr(0, end));
  if (!day) return false;
  one.day = *day;
  if (end == text.size()) return true;
  one.at = time_of(trim(text.substr(end + 1)));
  return one.at.has_value();
}

std::optional<Appointment> appointment_of(const std::vector<Column>& columns,
                                          const std::vector<std::string>& row) {
  Appointment one;
  bool dated = false;
  for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i) {
    if (columns[i] == Column::Day && !dated && !(dated = take_day(row[i], one))) return {};
    if (columns[i] == Column::Time && !trim(row[i]).empty()) {
      one.at = time_of(trim(row[i]));
      if (!one.at) return {};
    }
    if (columns[i] == Column::Who) one.who = field(row[i]);
    if (columns[i] == Column::Matter) one.matter = field(row[i]);
    if (columns[i] == Column::Contact) one.contact = field(row[i]);
    if (columns[i] == Column::Note) one.note = field(row[i]);
  }
  if (!dated) return std::nullopt;
  return one;
}

Appointments sorted(Appointments made) {
  std::sort(made.all.begin(), made.all.end(), [](const Appointment& a, const Appointment& b) {
    return std::tie(a.day, a.at, a.who, a.matter) < std::tie(b.day, b.at, b.who, b.matter);
  });
  return made;
}

// ---- iCalendar

// The lines of a file, those that were folded put together again.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool next(std::string& line) {
    if (rest_.empty()) return false;
    line.assign(cut());
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t')) {
      const std::string_view more = cut().substr(1);
      line += more.substr(0, kLongestIcsLine - std::min(line.size(), kLongestIcsLine));
    }
    return true;
  }

 private:
  std::string_view cut() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, std::min(end, kLongestIcsLine));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    while (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  std::string_view rest_;
};

struct Property {
  std::string name;  // lower case
  std::string_view value;
  std::string_view common_name;  // the parameter CN
};

// "DTSTART;TZID=\"a:b\":20261127T080000": the colon that counts stands outside quotes.
Property property_of(std::string_view line) {
  bool quoted = false;
  std::size_t colon = 0;
  for (; colon < line.size() && (quoted || line[colon] != ':'); ++colon) {
    if (line[colon] == '"') quoted = !quoted;
  }
  const std::string_view before = line.substr(0, colon);
  Property property{to_lower_ascii(before.substr(0, before.find(';'))),
                    colon < line.size() ? line.substr(colon + 1) : std::string_view(),
                    {}};
  const std::size_t named = before.find(";CN=");
  if (named == std::string_view::npos) return property;
  std::string_view name = before.substr(named + 4);
  if (name.starts_with('"')) {
    property.common_name = name.substr(1, std::min(name.find('"', 1), name.size()) - 1);
  } else {
    property.common_name = name.substr(0, name.find(';'));
  }
  return property;
}

// "\n", "\," and the like as what they stand for.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size() && out.size() < 2 * kLongestField; ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    ++i;
    out += text[i] == 'n' || text[i] == 'N' ? ' ' : text[i];
  }
  return field(out);
}

// "20261127", "20261127T080000", "20261127T070000Z".
bool take_start(std::string_view text, const TimeZone& zone, Appointment& one) {
  if (text.size() != 8 && text.size() != 15 && !(text.size() == 16 && text[15] == 'Z')) {
    return false;
  }
  const auto year = number(text.substr(0, 4), 4), month = number(text.substr(4, 2), 2),
             date = number(text.substr(6, 2), 2);
  if (!year || !month || !date) return false;
  const auto day = iso_day(fmt::format("{:04}-{:02}-{:02}", *year, *month, *date));
  if (!day) return false;
  one.day = *day;
  if (text.size() == 8) return true;
  const auto hour = number(text.substr(9, 2), 2), minute = number(text.substr(11, 2), 2);
  if (text[8] != 'T' || !hour || !minute || *hour > 23 || *minute > 59) return false;
  one.at = Minutes(*hour * 60 + *minute);
  if (text.size() == 15) return true;
  const auto local = zone.to_local(Instant(day->time_since_epoch() + *one.at));
  one.day = date::floor<date::days>(local);
  one.at = std::chrono::duration_cast<Minutes>(local - one.day);
  return true;
}

struct Event {
  Appointment one;
  bool dated = false;
  bool repeats = false;
  bool cancelled = false;
};

void take(const Property& property, const TimeZone& zone, Event& event) {
  if (property.name == "dtstart") event.dated = take_start(trim(property.value), zone, event.one);
  if (property.name == "summary") event.one.matter = unescaped(property.value);
  if (property.name == "description") event.one.note = unescaped(property.value);
  if (property.name == "contact") event.one.contact = unescaped(property.value);
  if (property.name == "rrule" || property.name == "rdate") event.repeats = true;
  if (property.name == "status") {
    event.cancelled = equals_ignoring_case(trim(property.value), "CANCELLED");
  }
  if (property.name == "attendee" && event.one.who.empty()) {
    event.one.who = unescaped(property.common_name);
  }
}

}  // namespace

Result<Appointments> appointments_of(const std::vector<std::string>& head,
                                     const std::vector<std::vector<std::string>>& rows) {
  std::vector<Column> columns;
  for (const std::string& name : head) columns.push_back(column_of(name));
  if (std::find(columns.begin(), columns.end(), Column::Day) == columns.end()) {
    return fail(Errc::InvalidInput,
                "the list of appointments has no column 'Datum' or 'date'; its first line names "
                "the columns, set apart by semicolons");
  }
  Appointments made;
  for (const auto& row : rows) {
    auto one = made.all.size() < kMostAppointments ? appointment_of(columns, row) : std::nullopt;
    if (one) {
      made.all.push_back(std::move(*one));
    } else {
      ++made.unreadable;
    }
  }
  return sorted(std::move(made));
}

Result<Appointments> parse_ics(std::string_view text, const TimeZone& zone) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Lines lines(text);
  std::string line;
  if (!lines.next(line) || !equals_ignoring_case(trim(line), "BEGIN:VCALENDAR")) {
    return fail(Errc::InvalidInput,
                "the list of appointments is no iCalendar file; it would begin with "
                "BEGIN:VCALENDAR");
  }
  Appointments made;
  std::optional<Event> event;
  std::size_t inside = 0;  // parts of an event, as alarms, whose properties are not its own
  while (lines.next(line)) {
    const Property property = property_of(line);
    const bool of_event = equals_ignoring_case(trim(property.value), "VEVENT");
    if (property.name == "begin") {
      if (event) ++inside;
      if (!event && of_event) event.emplace();
    } else if (property.name == "end" && event && inside > 0) {
      --inside;
    } else if (property.name == "end" && event && of_event) {
      if (event->repeats && !event->cancelled) ++made.repeating;
      if (!event->cancelled && (!event->dated || made.all.size() >= kMostAppointments)) {
        ++made.unreadable;
      } else if (!event->cancelled) {
        made.all.push_back(std::move(event->one));
      }
      event.reset();
    } else if (event && inside == 0) {
      take(property, zone, *event);
    }
  }
  if (event) ++made.unreadable;  // the file ends within it
  return sorted(std::move(made));
}

}  // namespace dienstbereit::handbook
