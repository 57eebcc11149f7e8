// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pictures/time_scale.h"

#include <algorithm>
#include <array>

namespace dienstbereit::web::pictures {
namespace {

constexpr Duration kShortestScale = std::chrono::minutes(1);
constexpr Minutes kDay = std::chrono::hours(24);
constexpr double kGap = 8;        // between two labels
constexpr double kClockGap = 24;  // between two clock times
constexpr double kBeside = 4;     // from the line of a day to its label
constexpr std::string_view kAnyClock = "00:00";
// Steps of minutes, and of days, at which labels may stand.
constexpr std::array kClockSteps{5, 15, 30, 60, 120, 180, 360, 720};
constexpr std::array kDaySteps{1, 2, 7, 14, 28, 56, 112};

double per_minute(const TimeScale& scale) {
  const double minutes =
      std::chrono::duration<double, std::ratio<60>>(scale.to() - scale.from()).count();
  return (scale.right() - scale.left()) / minutes;
}

// The widest label of a day that this scale needs room for.
double day_width(const TimeScale& scale, const words::Voice& voice) {
  double widest = 0;
  const Day last = voice.zone().day_of(scale.to());
  for (Day day = voice.zone().day_of(scale.from()); day <= last; day += date::days(1)) {
    widest = std::max(widest, width_of(words::short_day(voice, day), kSmall));
  }
  return widest + kBeside + kGap;
}

// Days that are labelled: weeks begin on Monday, longer steps too.
bool is_labelled(Day day, int step) {
  constexpr int kThursday = 3;  // 1970-01-01
  return (day.time_since_epoch().count() + kThursday) % step == 0;
}

void add_days(Ticks& ticks, const TimeScale& scale, const words::Voice& voice) {
  const double room = day_width(scale, voice);
  const double day = per_minute(scale) * static_cast<double>(kDay.count());
  const auto step = std::find_if(kDaySteps.begin(), kDaySteps.end(),
                                 [&](int days) { return day * days >= room; });
  const int days = step == kDaySteps.end() ? kDaySteps.back() : *step;
  const Day last = voice.zone().day_of(scale.to());
  const Day first = voice.zone().day_of(scale.from());
  for (Day one = first + date::days(1); one <= last; one += date::days(1)) {
    if (!is_labelled(one, days)) continue;
    const double x = scale.at(voice.zone().at(one, Minutes(0)));
    std::string label = words::short_day(voice, one);
    const bool fits = x + kBeside + width_of(label, kSmall) <= scale.right() + kRim;
    const bool clear = ticks.days.empty() || x - ticks.days.back().x >= room;
    ticks.days.push_back({x, fits && clear ? std::move(label) : std::string()});
  }
  const auto labelled = std::find_if(ticks.days.begin(), ticks.days.end(),
                                     [](const Tick& tick) { return !tick.label.empty(); });
  const double next = labelled == ticks.days.end() ? scale.right() : labelled->x;
  std::string label = words::short_day(voice, first);
  if (scale.left() + kBeside + width_of(label, kSmall) + kGap <= next) {
    ticks.days.insert(ticks.days.begin(), {scale.left(), std::move(label)});
  }
}

void add_clocks(Ticks& ticks, const TimeScale& scale, const words::Voice& voice) {
  const double width = width_of(kAnyClock, kSmall);
  const auto step = std::find_if(kClockSteps.begin(), kClockSteps.end(), [&](int minutes) {
    return per_minute(scale) * minutes >= width + kClockGap;
  });
  if (step == kClockSteps.end()) return;
  const Day last = voice.zone().day_of(scale.to());
  double before = scale.left() - kRim - kGap;  // right end of the label before
  for (Day day = voice.zone().day_of(scale.from()); day <= last; day += date::days(1)) {
    for (Minutes minute{0}; minute < kDay; minute += Minutes(*step)) {
      const Instant t = voice.zone().at(day, minute);
      const double x = scale.at(t);
      const bool fits = x - width / 2 >= std::max(before + kGap, scale.left() - kRim) &&
                        x + width / 2 <= scale.right() + kRim;
      const bool skipped = voice.zone().to_local(t) != day + minute;  // by a change of the clocks
      if (!scale.holds(t) || !fits || skipped) continue;
      ticks.clocks.push_back({x, to_hhmm(minute)});
      before = x + width / 2;
    }
  }
}

}  // namespace

TimeScale::TimeScale(Instant from, Instant to, double left, double right)
    : from_(from), to_(to), left_(left), right_(right) {
  if (to_ < from_ + kShortestScale) to_ = from_ + kShortestScale;
  if (to_ - from_ > kLongestScale) to_ = from_ + kLongestScale;
}

double TimeScale::at(Instant t) const {
  const Instant inside = std::clamp(t, from_, to_);
  const double share =
      static_cast<double>((inside - from_).count()) / static_cast<double>((to_ - from_).count());
  return left_ + share * (right_ - left_);
}

Ticks ticks_of(const TimeScale& scale, const words::Voice& voice) {
  Ticks ticks;
  add_days(ticks, scale, voice);
  add_clocks(ticks, scale, voice);
  return ticks;
}

void draw_axis(Canvas& canvas, const Ticks& ticks, double top, double bottom) {
  const double first = top + ascent(kSmall);
  const double second = first + line_height(kSmall);
  const double labels = top + kAxisHeight - kBeside;
  std::vector<Canvas::Line> clocks, days;
  for (const Tick& tick : ticks.clocks) {
    clocks.push_back({{tick.x, labels}, {tick.x, bottom}});
    canvas.text({tick.x, second}, Anchor::Middle, tick.label, kSmall);
  }
  for (const Tick& tick : ticks.days) {
    // Not through the clock time of midnight.
    days.push_back({{tick.x, top}, {tick.x, first + kBeside}});
    days.push_back({{tick.x, labels}, {tick.x, bottom}});
    canvas.text({tick.x + kBeside, first}, Anchor::Start, tick.label, kSmall);
  }
  canvas.lines(clocks, "grid");
  canvas.lines(days, "day");
}

void draw_now(Canvas& canvas, const TimeScale& scale, Instant now, std::string_view word,
              double top, double bottom) {
  if (!scale.holds(now)) return;
  const double x = scale.at(now);
  canvas.line({x, top}, {x, bottom - kNowHeight + kBeside}, "now");
  const double half = width_of(word, kSmall) / 2;
  const double middle = std::clamp(x, half, canvas.width() - half);
  canvas.text({middle, bottom - kBeside}, Anchor::Middle, word, kSmall);
}

}  // namespace dienstbereit::web::pictures
