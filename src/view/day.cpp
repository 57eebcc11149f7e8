// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/day.h"

#include <algorithm>

namespace dienstbereit::view {
namespace {

// The larger, the more a visitor must know of it.
int weight(const Verdict& verdict) {
  switch (verdict.readiness) {
    case Readiness::Closed:
      return 4;
    case Readiness::Unknown:
      return 3;
    case Readiness::Limited:
      return 2;
    case Readiness::Normal:
      break;
  }
  return presumed(verdict) ? 1 : 0;
}

bool same_word(const Verdict& a, const Verdict& b) {
  return a.readiness == b.readiness && a.bound == b.bound && a.text.de == b.text.de;
}

Verdict closed_by_hours() {
  Verdict verdict;
  verdict.readiness = Readiness::Closed;
  verdict.closed_by = ClosedBy::Hours;
  return verdict;
}

std::size_t first_left(const std::vector<SlotVerdict>& slots, Instant now) {
  const auto left = std::find_if(slots.begin(), slots.end(),
                                 [now](const SlotVerdict& slot) { return slot.end > now; });
  return static_cast<std::size_t>(left - slots.begin());
}

// The worst slot's verdict under the word of the whole day.
Verdict verdict_of_day(const Verdict& worst, Readiness day) {
  Verdict verdict = worst;
  if (verdict.readiness == day) return verdict;
  verdict.readiness = day;
  verdict.bound = Bound::Exact;
  verdict.closed_by = ClosedBy::None;
  return verdict;
}

// Folds the slots from `begin` on into the day's word.
void fold(DayWord& day, std::size_t begin) {
  const Verdict* worst = &day.slots[begin].verdict;
  std::vector<Readiness> words;
  for (std::size_t i = begin; i < day.slots.size(); ++i) {
    const SlotVerdict& slot = day.slots[i];
    words.push_back(slot.verdict.readiness);
    day.differs = day.differs || !same_word(slot.verdict, day.slots[begin].verdict);
    day.presumed = day.presumed || presumed(slot.verdict);
    day.by_word = day.by_word || slot.verdict.by_word;
    day.carried = day.carried || slot.carried;
    day.pending = day.pending || slot.pending;
    if (weight(slot.verdict) > weight(*worst)) worst = &slot.verdict;
  }
  day.readiness = together(words);
  day.presumed = day.presumed && day.readiness == Readiness::Normal;
  day.verdict = verdict_of_day(*worst, day.readiness);
}

Door door_of(const Schedule& schedule) {
  if (schedule.running) return Door::Open;
  if (!schedule.today) return Door::NoCounter;
  if (!schedule.today->has_slots()) return Door::NotToday;
  return schedule.today->over() ? Door::ShutForToday : Door::OpensLater;
}

}  // namespace

bool presumed(const Verdict& verdict) {
  return verdict.readiness == Readiness::Normal && verdict.grade == Grade::Presumed &&
         !verdict.by_word;
}

Readiness together(const std::vector<Readiness>& words) {
  if (words.empty()) return Readiness::Closed;
  const auto has = [&words](Readiness word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const bool same = std::all_of(words.begin(), words.end(),
                                [&words](Readiness word) { return word == words.front(); });
  if (same) return words.front();
  if (has(Readiness::Limited)) return Readiness::Limited;
  if (has(Readiness::Normal) && has(Readiness::Closed)) return Readiness::Limited;
  return Readiness::Unknown;
}

DayWord day_word(const DayPlan& plan, Instant now) {
  DayWord day;
  day.day = plan.day;
  day.hours = plan.hours;
  day.slots = plan.slots;
  day.first_left = first_left(day.slots, now);
  if (day.slots.empty()) {
    day.verdict = closed_by_hours();
  } else {
    fold(day, day.over() ? 0 : day.first_left);
  }
  return day;
}

Schedule schedule_of(const std::vector<DayPlan>& days, Day today, Instant now) {
  Schedule schedule;
  for (const DayPlan& plan : days) {
    if (plan.day == today) {
      schedule.today = day_word(plan, now);
    } else if (plan.day > today && !plan.slots.empty() && !schedule.next) {
      schedule.next = day_word(plan, now);
    }
    // A slot of yesterday may run past 24:00.
    for (const SlotVerdict& slot : plan.slots) {
      if (slot.begin <= now && now < slot.end) schedule.running = slot;
    }
  }
  schedule.door = door_of(schedule);
  return schedule;
}

}  // namespace dienstbereit::view
