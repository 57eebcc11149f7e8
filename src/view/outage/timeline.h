// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/record/record.h"

namespace dienstbereit::view {

// What the events of an incident are about, in the order in which they are shown.
enum class Topic : std::uint8_t {
  Incident,
  Faults,
  Causes,
  Measures,
  Forecasts,
  Decisions,
  Statements,
  Notes
};
inline constexpr std::size_t kTopics = 8;
const char* name_of(Topic topic);  // incident faults causes measures forecasts decisions ...
Topic topic_of(const LogEntry& entry);

struct KnownEvent {
  const LogEntry* entry = nullptr;  // of the incident that was asked about
  Topic topic = Topic::Notes;
  const Note* change = nullptr;  // of the incident: what a note on a change names
  std::optional<CauseState> cause;  // of a person's suspicion: its state, where no later one stands
};

// From `at` on so many components of the incident were down.
struct FaultStep {
  Instant at;
  std::size_t down = 0;
};

// What was known when, as the operations log has it.
struct Timeline {
  std::vector<KnownEvent> events;  // oldest first
  std::size_t of = 0;
  std::vector<FaultStep> faults;  // strictly by time
  std::size_t faults_most = 0;  // down at once
  Instant from;
  Instant to;  // now, or when the incident was closed; after `from`
};

inline constexpr std::size_t kMostEvents = 40;

// Of more events than kMostEvents those stay that change what is known or decided; among equals the
// first and the last ones. Points into `incident`.
Timeline timeline(const Incident& incident, Instant now);

}  // namespace dienstbereit::view
