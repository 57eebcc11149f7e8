// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/ids.h"
#include "model/probes/trace.h"
#include "model/record/written.h"
#include "model/wording.h"

// The search for the cause on record: what people suspect and confirm, and what rules find.
namespace dienstbereit {

enum class CauseState : std::uint8_t { Suspected, Likely, Confirmed, Rejected };
struct CauseEvidence {
  std::string text;
  bool supports = true;
  Written written;
};
// A cause that a person suspects. Only a person confirms one.
struct Hypothesis {
  HypothesisId id;
  Wording text;                // as it may be said in public: "Überspannung im Stromnetz"
  std::vector<NodeId> nodes;   // where it would lie
  CauseState state = CauseState::Suspected;
  std::string reason;          // of its state
  std::vector<CauseEvidence> evidence;
  Written written;
};
// A set of faults that would explain what is down, as the search for causes supposes it.
struct Suspect {
  std::vector<NodeId> nodes;
  unsigned explains = 0;  // of Incident::to_explain
  unsigned against = 0;   // nodes that would be down with it, and are measured working
  // Which these are, and what stays unexplained; of each the first kMostNamed.
  std::vector<NodeId> working = {};
  std::vector<NodeId> missed = {};
  friend bool operator==(const Suspect&, const Suspect&) = default;
};
inline constexpr std::size_t kMostNamed = 8;

// What damages several things at once: over-voltage where power comes in; heat, water or fire in a
// room; a rack's power, cooling or fall; work that was done on them.
enum class CommonSort : std::uint8_t { Surge, Room, Rack, Change };
// How likely it is behind an incident. At `node`, or by the change that this note names.
struct CommonWeight {
  CommonSort sort = CommonSort::Surge;
  NodeId node;
  NoteId note;
  unsigned percent = 0;  // in steps of kPercentStep
  friend bool operator==(const CommonWeight&, const CommonWeight&) = default;
};

// How likely something is at fault, by the same search. Of several nodes nothing that was seen
// tells which one.
struct CauseWeight {
  std::vector<NodeId> nodes;
  unsigned percent = 0;  // in steps of kPercentStep
  friend bool operator==(const CauseWeight&, const CauseWeight&) = default;
};
inline constexpr unsigned kPercentStep = 5;
// What a device remembers of the time at which the outage began.
struct CauseTrace {
  NodeId node;
  TraceKind what = TraceKind::OverVoltage;  // or Restarted, or ClockJumped
  friend bool operator==(const CauseTrace&, const CauseTrace&) = default;
};
// All lists the likeliest first, at most kMostNamed (docs/formats/cause.md, "Live").
struct Weighing {
  std::vector<CommonWeight> common;  // of which at most one is true
  std::vector<CauseWeight> damages;
  std::vector<CauseWeight> check_next;  // each of one node: may be damaged, and nobody knows
  std::vector<NodeId> look_next;  // whose state would tell most, the best first
  // What speaks for the first surge of `common`; absent: found when traces were not weighed yet.
  std::optional<std::vector<CauseTrace>> traces = {};
  friend bool operator==(const Weighing&, const Weighing&) = default;
};

}  // namespace dienstbereit
