// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/readiness.h"

// What the calculations of core/recovery come to. Rules and numbers: docs/formats/forecast.md and
// docs/formats/decision.md.
namespace dienstbereit {

// ---- forecast: all chances are shares of simulated runs ---------------------------------------

inline constexpr std::array kArrivalQuantiles{0.1, 0.5, 0.8, 0.95};
inline constexpr double kCautiousQuantile = 0.9;  // what is told to the public

// When something comes about, over all runs.
struct Arrival {
  bool unknown = false;  // nothing that is planned leads there: nobody can say; no numbers then
  double never = 0;      // share of runs in which the working calendars end before
  double relapse = 0;    // share of runs in which it is lost again after it came about
  // By kArrivalQuantiles: the smallest time at which at least that share of runs is there. Empty if
  // too many runs never are.
  std::array<std::optional<Instant>, kArrivalQuantiles.size()> quantiles;
  std::optional<Instant> cautious;  // the same for kCautiousQuantile; see public_bound()
};

struct SlotChance {
  Instant begin;
  std::optional<double> normal;  // empty: nobody can say
  std::optional<double> limited;  // at least limited
};

// Of one offer or place.
struct SubjectForecast {
  Arrival normal;
  Arrival limited;  // at least limited
  std::vector<SlotChance> slots;
};

struct Forecast {
  Instant start;
  unsigned runs = 0;
  std::uint64_t seed = 0;
  std::vector<SubjectForecast> subjects;  // in the order of the question
  std::vector<Arrival> tasks;  // in the order of the plan
  Arrival all_done;  // the last repair
};

// A chance for people: whole percent, never 0 and never 100.
int shown_percent(double chance);

// The chance in a word, for where a number would feign precision.
enum class Chance : std::uint8_t { VeryUnlikely, Unlikely, Open, Likely, VeryLikely };
Chance chance_of(double chance);
const char* name_of(Chance chance);  // very_unlikely unlikely open likely very_likely

// A time that is safe to tell: `t` rounded up to what people say so far ahead of `now`. Both are
// civil. Never before `t`; a later `t` never gives an earlier answer.
Instant public_bound(Instant t, Instant now, const TimeZone& zone);

// ---- opening decision: the proposal ------------------------------------------------------------

enum class Opening : std::uint8_t { Normal, Limited, Closed };
const char* name_of(Opening opening);  // normal limited closed

enum class ProposalReasonKind : std::uint8_t {
  ChanceNormal,  // of the place: `chance` against `threshold`
  ChanceLimited,  // of the place at least limited, likewise
  NobodyCanSay,  // no task leads to what `service` (empty: the place) needs
  ServiceUncertain,  // `service` will be usable with `chance`, below `threshold`
  WorksOnPaper,  // `service` can be given without IT
  RegularConditionHolds,  // `have` of `of` services can be relied on, `need` are needed
  RegularConditionFails,
};
const char* name_of(ProposalReasonKind kind);

struct ProposalReason {
  ProposalReasonKind kind = ProposalReasonKind::NobodyCanSay;
  ServiceId service;
  double chance = 0;
  double threshold = 0;
  unsigned have = 0;
  unsigned need = 0;
  unsigned of = 0;
  friend bool operator==(const ProposalReason&, const ProposalReason&) = default;
};

// Until when the decision must have fallen, so that whom it concerns still learns of it.
struct DecisionDeadlines {
  Instant staff;
  Instant people;
  Instant appointments;
};

struct Proposal {
  Opening opening = Opening::Closed;
  std::vector<ProposalReason> reasons;  // the deciding one first
  DecisionDeadlines deadlines;
};

// ---- what-if -----------------------------------------------------------------------------------

// A slot whose word would be worse during an outage.
struct TouchedSlot {
  std::size_t subject = 0;
  Instant begin;
  Instant end;
  Readiness from = Readiness::Normal;  // as it would be without the outage
  Readiness to = Readiness::Normal;  // at its worst within the slot
  Instant since;  // first time within the slot at which it is worse
  friend bool operator==(const TouchedSlot&, const TouchedSlot&) = default;
};

}  // namespace dienstbereit
