// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "core/incident/ledger.h"
#include "model/district.h"

namespace dienstbereit::core::incident {

// What a person may write into the record, and what becomes of it (docs/formats/record.md).

struct Circumstances {
  const District& district;
  Instant now;          // logical time
  Day today;            // civil
  std::string by;       // the actor's id
  std::uint64_t seq;    // of the last event
  std::uint64_t unsent = 0;  // cases that counters have taken in and not handed over
};

// The events of a list of changes, all or none: ids given, versions raised, what rules know filled
// in. A later change names what an earlier one has made as "new": a statement of incident "new".
// Conflict: somebody else was faster (the message says who and when). Denied: only rules write it.
Result<std::vector<RecordEvent>> accept(std::vector<RecordEvent> changes, Ledger ledger,
                                        const Circumstances& circumstances);

// Bounds, in bytes and pieces.
inline constexpr std::size_t kLongestTitle = 200;
inline constexpr std::size_t kLongestWording = 2'000;
inline constexpr std::size_t kLongestNote = 10'000;
inline constexpr std::size_t kLongestStatement = 20'000;
inline constexpr std::size_t kMostIncidents = 500;
inline constexpr std::size_t kMostTasks = 500;  // of one incident; fixes and causes too
inline constexpr std::size_t kMostNotes = 10'000;  // of one incident
inline constexpr std::size_t kMostChanged = 200;   // nodes that one note on a change names
inline constexpr std::size_t kMostStatements = 2'000;
inline constexpr std::size_t kMostChanges = 50;  // in one list
inline constexpr Duration kLongestEffort = std::chrono::hours(24 * 365);
inline constexpr int kDecideAhead = 60;  // days

}  // namespace dienstbereit::core::incident
