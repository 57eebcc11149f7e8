// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/health.h"
#include "model/ids.h"

namespace dienstbereit {

// Why something is as it is. One step says one fact about `subject`; the next step explains the
// step before it, down to an observation, a person's word or the hours. `words` turns steps into
// sentences; nothing here is text for people but `detail` and `role`.
enum class ReasonKind : std::uint8_t {
  // observations of `subject`; `detail` is the probe's sentence, `since` when it settled
  ProbeFailed,
  ProbeSlow,
  ProbeSucceeded,
  Flapping,
  NoObservation,    // probed, but nothing fresh (`detail`: stale, path lost, restarted, ...)
  NotProbed,        // nothing measures it: presumed
  // needs of `subject`; `object` is the decisive need
  NeedDown,
  NeedDegraded,
  NeedUnknown,
  TooFew,           // `have` of `of` work, `need` are needed
  ShareTooSmall,
  LinkDown,         // the site's link; `object` the link component
  PathLost,         // no sight: an uplink (`detail` its id) or a site's link
  BufferUntil,      // the need fell, the old value holds until `until`
  BufferEmpty,
  LoopCold,         // a declared loop lost all members at once: waits for a works observation
  Contradiction,    // measured working although needs are down
  // a person's word on `subject`; `role` said it, `until` it holds
  WordInForce,
  WordDoubted,      // a new fault since it was given
  WordUnrenewed,    // expired, not renewed
  // readiness
  ClosedByHours,    // regular closing time
  ClosedByHoliday,  // `detail` = German name, `detail_en` = English name
  ClosedByRule,     // local rule, names as above
  OfflineMode,      // what is left without IT
  OfflineModeUnavailable,  // the offline mode lacks what itself needs
  ExtentOnly,       // the place offers only a part by design
  SiteUnusable,
  RegularConditionFails,  // too few services of the office work
  ServicesClosed,         // `have` of `of` services are closed
  ServicesLimited,        // `have` of `of` services do not work in full
  CarriedForward,   // fault of today carried into a later slot
  DecisionPending,  // too far ahead to say
  ObserverRestarted,
  ClockDoubted,
  OpeningDecided,   // a person has decided on the opening of this place and day
};
const char* name_of(ReasonKind kind);
std::optional<ReasonKind> reason_kind_of(std::string_view name);

struct ReasonStep {
  ReasonKind kind = ReasonKind::NotProbed;
  NodeId subject;
  NodeId object;
  Interval state = kOperational;  // of `subject`
  std::optional<Instant> since;
  std::optional<Instant> until;
  unsigned have = 0;
  unsigned need = 0;
  unsigned of = 0;
  std::string role;
  std::string detail;
  std::string detail_en;
};

// From the thing asked about down to the root. At most kLongestExplanation steps.
using Explanation = std::vector<ReasonStep>;
inline constexpr std::size_t kLongestExplanation = 16;

}  // namespace dienstbereit
