// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/district.h"
#include "model/health.h"
#include "model/reason.h"

namespace dienstbereit {

// The four words for one (office, site, service, slot). For a service without a counter, `Closed`
// reads "nicht verfügbar" / "unavailable".
enum class Readiness : std::uint8_t { Normal, Limited, Closed, Unknown };
const char* name_of(Readiness readiness);
std::optional<Readiness> readiness_of(std::string_view name);

enum class ClosedBy : std::uint8_t { None, Hours, Decision, Failure };

// What is known beyond the word itself.
enum class Bound : std::uint8_t {
  Exact,
  AtLeastLimited,  // word Limited, might be normal: "mindestens eingeschränkt nutzbar"
  AtMostLimited,   // word Unknown, surely not normal: "höchstens eingeschränkt"
};

// The word if the truth were the best, or the worst, of what is known.
struct EndWords {
  Readiness best = Readiness::Normal;
  Readiness worst = Readiness::Closed;
  friend bool operator==(const EndWords&, const EndWords&) = default;
};

struct Verdict {
  Readiness readiness = Readiness::Unknown;  // both ends as one word (docs/formats/impact.md)
  Bound bound = Bound::Exact;
  EndWords ends;
  Grade grade = Grade::Presumed;  // of a Normal: measured, or "no fault known (not measured)"
  ClosedBy closed_by = ClosedBy::None;
  bool by_word = false;  // a person's word decided
  OfflineMode offline = OfflineMode::None;  // the mode that makes it Limited, if one does
  Wording text;      // limit, offline or referral text; empty where nothing is to be said
  Explanation why;   // first step = the plain reason; may be empty for a measured Normal
};

// One opening interval of one day.
struct SlotVerdict {
  Instant begin;
  Instant end;
  bool by_appointment = false;
  bool carried = false;  // a fault of today carried into it: "nach heutigem Stand"
  bool pending = false;  // too far ahead: "planmäßig ab 08:00, derzeit gestört, Entscheidung folgt"
  Verdict verdict;
};

struct DayPlan {
  Day day;
  DayHours hours;  // why the day is as it is by the calendar
  std::vector<SlotVerdict> slots;  // empty: closed all day by hours
};

// How many days a situation looks ahead, today included.
inline constexpr int kDaysAhead = 8;

struct OfferSituation {
  NodeId node;
  OfficeId office;
  SiteId site;
  ServiceId service;
  Extent extent = Extent::Full;
  bool slotted = true;  // false: continuous, only `now` counts
  Verdict now;  // by state alone, the hours left aside
  std::vector<DayPlan> days;  // empty for continuous services
};

struct PlaceSituation {
  OfficeId office;
  SiteId site;
  bool slotted = true;  // false: no service with a slot here
  Verdict now;  // hours left aside
  std::vector<DayPlan> days;
};

}  // namespace dienstbereit
