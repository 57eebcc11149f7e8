// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Reads the grammar of docs/formats/hours.md. Every read_* function takes what it names from the
// front of the text and leaves the position behind it.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "model/hours.h"

namespace dienstbereit {
namespace {

constexpr int kYearFirst = 2000;
constexpr int kYearLast = 2199;
constexpr int kEasterOffsetMax = 300;  // days either way: never more than one year's border
constexpr int kLastOfMonth = -1;
constexpr int kNthMax = 5;
constexpr Minutes kDay{24 * 60};
constexpr std::size_t kTokenShownMax = 20;
constexpr std::string_view kByAppointment = "by appointment";

constexpr std::array<std::string_view, 7> kWeekdays{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
// What German writers type for Tu, We, Th and Su.
struct GermanWeekday {
  std::string_view german;
  std::string_view osm;
};
constexpr std::array<GermanWeekday, 4> kGerman{
    {{"Di", "Tu"}, {"Mi", "We"}, {"Do", "Th"}, {"So", "Su"}}};
constexpr std::array<std::string_view, 9> kOutside{"SH",   "week", "year",  "sunrise", "sunset",
                                                   "dawn", "dusk", "month", "unknown"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\t'; }

template <class List>
std::optional<int> index_in(const List& list, std::string_view word) {
  const auto found = std::find(list.begin(), list.end(), word);
  if (found == list.end()) return std::nullopt;
  return static_cast<int>(found - list.begin());
}

// Runs of neighbouring weekdays, so that equal meaning has one form: We,Mo,Tu -> Mo-We.
std::vector<DaySelector::Weekdays> runs_of(const std::array<bool, 7>& days) {
  std::vector<DaySelector::Weekdays> runs;
  for (int day = 0; day < 7; ++day) {
    if (!days[static_cast<std::size_t>(day)]) continue;
    if (!runs.empty() && runs.back().last == day - 1) {
      runs.back().last = day;
    } else {
      runs.push_back({day, day, {}});
    }
  }
  return runs;
}

// True if the spans share time, on one day or a night's rest with the next day.
bool overlap(const OpenSpan& a, const OpenSpan& b) {
  for (const Minutes shift : {Minutes(0), kDay, -kDay}) {
    if (a.begin + shift < b.end && b.begin < a.end + shift) return true;
  }
  return false;
}

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

class HoursParser {
 public:
  explicit HoursParser(std::string_view text) : text_(text) {}

  Result<OpeningHours> read() {
    if (auto fit = check_text(); !fit) return tl::unexpected(fit.error());
    OpeningHours hours;
    if (trim(text_) == "24/7") {
      hours.always = true;
      return hours;
    }
    bool additional = false;
    for (;;) {
      skip_space();
      const std::size_t at = position_;
      auto rule = read_rule();
      if (!rule) return tl::unexpected(rule.error());
      if (additional && rule->days.everyday()) {
        return wrong_at(at, "names no days; after ',' write them, as in Mo 08:00-12:00, "
                            "Tu 14:00-16:00");
      }
      rule->additional = additional;
      hours.rules.push_back(std::move(*rule));
      if (hours.rules.size() > kHoursRulesMax) {
        return fail(Errc::LimitExceeded,
                    fmt::format("more than {} rules of opening hours at column {}; write fewer",
                                kHoursRulesMax, column(position_)));
      }
      skip_space();
      if (at_end()) return hours;
      additional = peek() == ',';
      if (!take(',') && !take(';')) {
        return wrong("does not belong here; separate rules by ';'");
      }
    }
  }

 private:
  // ---- the text and where we are in it
  bool at_end() const { return position_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const {
    return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
  }
  bool take(char expected) {
    if (peek() != expected || at_end()) return false;
    ++position_;
    return true;
  }
  void skip_space() {
    while (is_space(peek())) ++position_;
  }
  std::string_view letters() const {
    std::size_t end = position_;
    while (end < text_.size() && is_letter(text_[end])) ++end;
    return text_.substr(position_, end - position_);
  }
  bool take_word(std::string_view word) {
    if (letters() != word) return false;
    position_ += word.size();
    return true;
  }
  // One to `digits` digits.
  std::optional<int> take_number(std::size_t digits) {
    if (!is_digit(peek())) return std::nullopt;
    int value = 0;
    for (; digits > 0 && is_digit(peek()); --digits) {
      value = value * 10 + (text_[position_++] - '0');
    }
    return value;
  }
  // 1-based, in characters.
  std::size_t column(std::size_t at) const {
    return 1 + static_cast<std::size_t>(std::count_if(
                   text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at),
                   [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }
  std::string_view token_at(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && text_.find_first_of(" \t,;\"", end) != end) ++end;
    return text_.substr(at, std::max<std::size_t>(end - at, 1));
  }
  // "'Xx' at column 7 is no weekday; ..."
  tl::unexpected<Error> wrong_at(std::size_t at, std::string_view what) const {
    if (at >= text_.size()) {
      return fail(Errc::InvalidInput, fmt::format("the opening hours end at column {}, where {}",
                                                  column(at), "days, times or 'off' are missing"));
    }
    return fail(
        Errc::InvalidInput,
        fmt::format("'{}' at column {} {}", clean(token_at(at), kTokenShownMax), column(at), what));
  }
  tl::unexpected<Error> wrong(std::string_view what) const { return wrong_at(position_, what); }

  Result<void> check_text() const {
    if (text_.size() > kHoursBytesMax) {
      return fail(Errc::LimitExceeded,
                  fmt::format("the opening hours have {} bytes; at most {} are allowed",
                              text_.size(), kHoursBytesMax));
    }
    if (!is_utf8(text_)) return fail(Errc::InvalidInput, "the opening hours are not UTF-8");
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text_[i]);
      if ((byte < 0x20 && byte != '\t') || byte == 0x7F) {
        return fail(Errc::InvalidInput,
                    fmt::format("control character at column {} of the opening hours; remove it",
                                column(i)));
      }
    }
    return {};
  }

  // ---- rules
  Result<HoursRule> read_rule() {
    HoursRule rule;
    if (!at_times() && !at_word_for_times()) {
      auto days = read_selector();
      if (!days) return tl::unexpected(days.error());
      rule.days = std::move(*days);
      skip_space();
    }
    if (auto times = read_times_or_off(rule); !times) return tl::unexpected(times.error());
    skip_space();
    if (peek() == '"') {
      if (auto comment = read_comment(rule); !comment) return tl::unexpected(comment.error());
    }
    return rule;
  }

  bool at_times() const {
    return is_digit(peek()) && (peek(1) == ':' || (is_digit(peek(1)) && peek(2) == ':'));
  }
  bool at_word_for_times() const {
    const std::string_view word = letters();
    return word == "off" || word == "closed" || word == "open";
  }

  Result<void> read_times_or_off(HoursRule& rule) {
    if (take_word("off") || take_word("closed")) {
      rule.off = true;
      return {};
    }
    if (take_word("open")) return {};
    if (text_.substr(position_, 4) == "24/7") {
      return wrong("must stand alone; for whole days of a rule write 00:00-24:00");
    }
    if (!at_times()) return refuse_times();
    return read_spans(rule);
  }

  tl::unexpected<Error> refuse_times() const {
    if (index_in(kOutside, letters())) return outside();
    if (index_in(kWeekdays, letters()) || letters() == "PH") {
      return wrong("follows other days without a comma; write Mo,We");
    }
    if (peek() == '-') {
      return wrong("starts a range of dates, which is outside the subset; list the dates, as "
                   "2026-12-24,2026-12-28");
    }
    return wrong("is no time; write 08:00-12:00, off, or open for the whole day");
  }

  tl::unexpected<Error> outside() const {
    return wrong("is outside the subset of opening hours that is understood here; name weekdays, "
                 "PH, dates or easter instead");
  }

  // ---- times
  Result<void> read_spans(HoursRule& rule) {
    for (;;) {
      const std::size_t at = position_;
      auto span = read_span();
      if (!span) return tl::unexpected(span.error());
      for (const OpenSpan& other : rule.spans) {
        if (overlap(*span, other)) {
          return wrong_at(at, "overlaps the times before it; join them to one");
        }
      }
      rule.spans.push_back(*span);
      const std::size_t behind = position_;
      skip_space();
      if (!take(',')) break;
      skip_space();
      if (at_times()) continue;
      position_ = behind;  // the comma starts an additional rule
      break;
    }
    normalise(rule.spans);
    return {};
  }

  // Sorted, neighbours joined; the whole day is written as none.
  static void normalise(std::vector<OpenSpan>& spans) {
    std::sort(spans.begin(), spans.end(),
              [](const OpenSpan& a, const OpenSpan& b) { return a.begin < b.begin; });
    std::vector<OpenSpan> joined;
    for (const OpenSpan& span : spans) {
      if (!joined.empty() && joined.back().end == span.begin) {
        joined.back().end = span.end;
      } else {
        joined.push_back(span);
      }
    }
    if (joined == std::vector<OpenSpan>{{Minutes(0), kDay}}) joined.clear();
    spans = std::move(joined);
  }

  Result<OpenSpan> read_span() {
    const std::size_t at = position_;
    auto begin = read_time();
    if (!begin) return tl::unexpected(begin.error());
    if (*begin >= kDay) return wrong_at(at, "is no time to open; opening times end at 23:59");
    skip_space();
    if (peek() == '+') return wrong("is outside the subset; write when it closes");
    if (!take('-')) return wrong_at(at, "lacks its closing time; write 08:00-12:00");
    skip_space();
    if (!at_times()) return wrong("is no closing time; write 08:00-12:00");
    auto end = read_time();
    if (!end) return tl::unexpected(end.error());
    if (*end == *begin) return wrong_at(at, "closes when it opens; the whole day is 00:00-24:00");
    OpenSpan span{*begin, *end > *begin ? *end : *end + kDay};
    if (span.end - span.begin > kDay) return wrong_at(at, "is longer than a day");
    if (peek() == '/' || peek() == '+') {
      return wrong("is outside the subset; write plain times, as 08:00-12:00");
    }
    return span;
  }

  Result<Minutes> read_time() {
    const std::size_t at = position_;
    const auto hours = take_number(2);
    if (!hours || !take(':') || !is_digit(peek()) || !is_digit(peek(1))) {
      return wrong_at(at, "is no time; write it as 08:00");
    }
    const auto minutes = take_number(2);
    const Minutes time{*hours * 60 + *minutes};
    if (*minutes > 59 || time > 2 * kDay || is_digit(peek())) {
      return wrong_at(at, "is no time; write 00:00 to 24:00, up to 48:00 for the next day");
    }
    return time;
  }

  // ---- days
  Result<DaySelector> read_selector() {
    DaySelector days;
    const std::size_t at = position_;
    for (;;) {
      skip_space();
      if (auto item = read_item(days); !item) return tl::unexpected(item.error());
      const std::size_t behind = position_;
      skip_space();
      if (!take(',')) {
        position_ = behind;
        break;
      }
    }
    const auto runs = runs_of(plain_);
    days.weekdays.insert(days.weekdays.begin(), runs.begin(), runs.end());
    plain_ = {};
    sort_unique(days.dates);
    const bool weekly = !days.weekdays.empty() || days.public_holidays;
    if (weekly && (!days.dates.empty() || !days.easter.empty())) {
      return wrong_at(at, "mixes weekdays with dates; write two rules, separated by ';'");
    }
    return days;
  }

  Result<void> read_item(DaySelector& days) {
    if (is_digit(peek())) return read_date(days);
    if (take_word("PH")) {
      days.public_holidays = true;
      return {};
    }
    if (take_word("easter")) return read_easter(days);
    if (const auto first = index_in(kWeekdays, letters())) return read_weekdays(days, *first);
    return refuse_day();
  }

  tl::unexpected<Error> refuse_day() const {
    const std::string_view word = letters();
    if (index_in(kOutside, word)) return outside();
    if (index_in(kMonths, word)) {
      return wrong("is outside the subset without its year; name each date, as 2026 Dec 24");
    }
    for (const auto& [german, osm] : kGerman) {
      if (word == german) return wrong(fmt::format("is German; write {}", osm));
    }
    if (word.empty()) return wrong("is no day; use Mo Tu We Th Fr Sa Su, PH, easter or a date");
    return wrong("is no weekday; use Mo Tu We Th Fr Sa Su");
  }

  Result<void> read_weekdays(DaySelector& days, int first) {
    position_ += 2;
    if (peek() == '[') return read_nth(days, first);
    int last = first;
    if (take('-')) {
      const auto read = index_in(kWeekdays, letters());
      if (!read) return refuse_day();
      last = *read;
      position_ += 2;
    }
    if (peek() == '[') return wrong("counts a range of days; count each alone, as Mo[1],Tu[1]");
    for (int day = first;; day = (day + 1) % 7) {
      plain_[static_cast<std::size_t>(day)] = true;
      if (day == last) return {};
    }
  }

  Result<void> read_nth(DaySelector& days, int weekday) {
    take('[');
    DaySelector::Weekdays item{weekday, weekday, {}};
    do {
      const std::size_t at = position_;
      const bool last = take('-');
      const auto from = take_number(1);
      auto to = from;
      if (!last && take('-')) to = take_number(1);
      const int largest = last ? 1 : kNthMax;
      if (!from || !to || *from < 1 || *to > largest || *to < *from) {
        return wrong_at(at, "counts no weekday of a month; write [1] to [5], or [-1] for the last");
      }
      for (int n = *from; n <= *to; ++n) item.nth.push_back(last ? kLastOfMonth : n);
    } while (take(','));
    if (!take(']')) return wrong("must be ']' after the count of a weekday");
    sort_unique(item.nth);
    // [1,3,-1]: the last of the month is written last.
    if (item.nth.front() == kLastOfMonth)
      std::rotate(item.nth.begin(), item.nth.begin() + 1, item.nth.end());
    const auto same = [&](const auto& other) { return other == item; };
    if (std::none_of(days.weekdays.begin(), days.weekdays.end(), same)) {
      days.weekdays.push_back(std::move(item));
    }
    return {};
  }

  Result<void> read_easter(DaySelector& days) {
    skip_space();
    DaySelector::EasterOffset offset;
    if (peek() == '-' || peek() == '+') {
      const bool before = peek() == '-';
      const std::size_t at = position_++;
      const auto count = take_number(3);
      skip_space();
      if (!count || *count > kEasterOffsetMax || (!take_word("days") && !take_word("day"))) {
        return wrong_at(at, fmt::format("is no distance from Easter; write easter -48 days, at "
                                        "most {}",
                                        kEasterOffsetMax));
      }
      offset.days = before ? -*count : *count;
    }
    if (std::find(days.easter.begin(), days.easter.end(), offset) == days.easter.end()) {
      days.easter.push_back(offset);
    }
    return {};
  }

  // "2026-12-19" or "2026 Dec 19".
  Result<void> read_date(DaySelector& days) {
    const std::size_t at = position_;
    const auto year = take_number(4);
    std::optional<int> month;
    if (take('-')) {
      month = take_number(2);
      if (!take('-')) month.reset();
    } else {
      skip_space();
      if (const auto index = index_in(kMonths, letters())) month = *index + 1;
      position_ += month ? 3 : 0;
      skip_space();
    }
    const auto day = month ? take_number(2) : std::nullopt;
    if (!day || is_digit(peek())) {
      return wrong_at(at, "is no date; write 2026-12-19 or 2026 Dec 19");
    }
    const date::year_month_day ymd{date::year(*year), date::month(static_cast<unsigned>(*month)),
                                   date::day(static_cast<unsigned>(*day))};
    if (!ymd.ok() || *year < kYearFirst || *year > kYearLast) {
      return wrong_at(
          at, fmt::format("is no day of the calendar from {} to {}", kYearFirst, kYearLast));
    }
    days.dates.push_back(Day(ymd));
    return {};
  }

  // ---- comments
  Result<void> read_comment(HoursRule& rule) {
    const std::size_t at = position_;
    const std::size_t end = text_.find('"', at + 1);
    if (end == std::string_view::npos) {
      return wrong_at(at, "opens a comment that never ends; add '\"'");
    }
    std::string_view comment = trim(text_.substr(at + 1, end - at - 1));
    position_ = end + 1;
    const bool marked = comment.substr(0, kByAppointment.size()) == kByAppointment;
    const std::string_view rest = marked ? comment.substr(kByAppointment.size()) : comment;
    if (marked && (rest.empty() || rest.find_first_of(" ,;.:") == 0)) {
      rule.by_appointment = true;
      const std::size_t text = rest.find_first_not_of(" \t,;.:");
      comment = text == std::string_view::npos ? std::string_view() : rest.substr(text);
    }
    rule.comment = std::string(comment);
    return {};
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::array<bool, 7> plain_{};  // weekdays of the selector being read that count nothing
};

}  // namespace

Result<OpeningHours> parse_hours(std::string_view text) { return HoursParser(text).read(); }

}  // namespace dienstbereit
