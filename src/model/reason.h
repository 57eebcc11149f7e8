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
// step before it, down to an observation or a person's word. A place ends with how many of its
// services are touched. `words` turns steps into
// sentences; nothing here is text for people but `detail` and `role`.
enum class ReasonKind : std::uint8_t {
  // observations of `subject`; `detail` is the probe's sentence, `since` when it settled
  ProbeFailed,
  ProbeSlow,
  ProbeDegraded,    // it works, but something about it is not as it should be
  CertificateEnds,  // it answers, but its certificate, or one behind it, ends soon
  ProbeSucceeded,
  Flapping,
  NoObservation,    // probed, but nothing fresh (`detail`: stale, path lost, restarted, ...)
  NotProbed,        // nothing measures it: presumed
  // needs of `subject`; `object` is the decisive need, and `state` its own (but where counted)
  NeedDown,
  NeedDegraded,
  NeedUnknown,
  TooFew,           // `have` of `of` work, `need` are needed
  ShareTooSmall,
  LinkDown,         // the site's link is down; `object` the link component
  PathLost,         // no sight: an uplink (`detail` its id) or a site's link
  BufferUntil,      // the need fell, the old value holds until `until`
  BufferEmpty,      // the need fell, and nothing holds its old value any more
  LoopCold,         // a declared loop lost all members at once: waits for a works observation
  Contradiction,    // measured working although needs are down
  OutpostSilent,    // `object` does not report since `since`: its probes say nothing
  WorksInside,      // fails as seen from outside, while the house's own probe succeeds
  FailsInside,      // works as seen from outside, while the house's own probe fails
  CarriedInPart,    // an interim fix carries `subject`, but not all of its load
  // a person's word on `subject`; `role` said it, `until` it holds
  WordInForce,
  WordDoubted,      // a new fault since it was given
  WordUnrenewed,    // expired, not renewed
  // readiness
  OfflineModeUnavailable,  // the offline mode lacks what itself needs
  SiteUnusable,
  RegularConditionFails,  // too few services of the office work
  ServicesClosed,         // `have` of `of` services are closed
  ServicesLimited,        // `have` of `of` services do not work in full
  DecisionPending,  // too far ahead to say
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
