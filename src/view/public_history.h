// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "view/pages.h"

namespace dienstbereit::view {

// What has been told to the public, one entry each time: what feeds and the status page API are
// made of. People decide what is told: an incident is in here once a statement on it is published.

// The words of the status page API for where an incident or planned work stands.
enum class Stage : std::uint8_t {
  Investigating,
  Identified,  // a person has confirmed the cause
  Monitoring,  // an interim fix is in force, or the services are back
  Resolved,
  Postmortem,  // told after the end
  Scheduled,   // the permanent repair is still to come, ...
  InProgress,  // ... has begun, ...
  Completed,   // ... is done
};

struct PublicUpdate {
  std::string id;        // unique among all updates, and never used again
  IncidentId incident;   // empty: outside any
  Wording title;
  Wording body;
  Instant at;
  Stage stage = Stage::Investigating;  // of the incident then
  std::optional<WordView> word;  // a person's word: title and body are said from it (words)
};

struct Window {
  Instant begin;
  Instant end;
};

struct PublicIncident {
  IncidentId id;
  Wording name;
  Stage stage = Stage::Investigating;
  Level level = Level::Disturbance;
  Instant started_at;
  Instant created_at;
  Instant updated_at;
  std::optional<Instant> monitoring_at;
  std::optional<Instant> resolved_at;
  std::optional<Window> window;     // of planned work
  std::vector<NodeId> offers;       // what it concerns just now: "OFFICE@SITE/SERVICE"
  std::vector<PublicUpdate> updates;  // newest first
};

struct PublicHistory {
  std::vector<PublicIncident> incidents;  // newest first
  // The permanent repairs that are expected for incidents with an interim fix; newest first.
  std::vector<PublicIncident> repairs;
  std::vector<PublicUpdate> updates;      // of incidents, other statements, words; newest first
};
// The longest list of either kind that is shown.
inline constexpr std::size_t kIncidentsMax = 50;
inline constexpr std::size_t kUpdatesMax = 100;

PublicHistory public_history(const Situation& situation);

}  // namespace dienstbereit::view
