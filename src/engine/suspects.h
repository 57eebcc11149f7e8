// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/cause/cause.h"
#include "engine/surge_evidence.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// Between two looks at least this long: an outage comes probe by probe.
inline constexpr Duration kBetweenLooks = std::chrono::seconds(10);

// What the rule suspects of the open incidents (docs/formats/suspects.md). Remembers what it has
// looked at, so that it looks again only when something is new; that memory is in no event, and
// after a start it is empty: what is found then is written only if the record says otherwise. While
// the house is out of sight, nothing is found. One thread.
class Suspects {
 public:
  // Of every event that is folded.
  void note(const EventPayload& payload);
  // When find() has something to do.
  std::optional<Instant> next_due() const;
  // What has changed against the record, to be folded by the caller.
  std::vector<SuspectsFound> find(const WorkingState& state, Instant now);

  // What an answer rests on.
  struct Basis {
    std::vector<core::cause::Seen> seen;
    std::vector<graph::NodeIndex> to_explain;
    std::vector<NoteId> changes;
    SurgeEvidence remembered;
    friend bool operator==(const Basis&, const Basis&) = default;
  };

 private:
  struct Answered {
    Basis basis;
    std::optional<Instant> again;  // a buffer runs out then, so the answer may be another
  };

  bool news_ = false;
  std::optional<Instant> looked_;  // with an incident open
  std::map<IncidentId, Answered> answered_;
  std::optional<Instant> again_;  // the first of them
};

}  // namespace dienstbereit::engine
