// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "view/pages.h"

namespace dienstbereit::view {

// What has been told to the public, one entry each time: what feeds and status pages are made of.

enum class UpdateKind : std::uint8_t {
  Word,  // a person's word on a state, outside any incident
  Investigating,
  Identified,
  Monitoring,
  Resolved,
  Postmortem,
  Scheduled,
  InProgress,
  Verifying,
  Completed,
};

struct PublicUpdate {
  std::string id;        // unique among all updates, and never used again
  std::string incident;  // of the incident; empty: none
  Wording title;
  Wording body;
  Instant at;
  UpdateKind kind = UpdateKind::Word;
  std::optional<WordView> word;  // Word: what title and body are said from (words::title_of)
};

enum class Impact : std::uint8_t { None, Minor, Major, Critical };

struct Window {
  Instant begin;
  Instant end;
};

struct PublicIncident {
  std::string id;
  Wording name;
  UpdateKind status = UpdateKind::Investigating;
  Impact impact = Impact::Minor;
  Instant started_at;
  Instant created_at;
  Instant updated_at;
  std::optional<Instant> monitoring_at;
  std::optional<Instant> resolved_at;
  std::optional<Window> scheduled;  // planned work: a maintenance, no incident
  std::vector<NodeId> offers;       // what it concerns: "OFFICE@SITE/SERVICE"
  std::vector<PublicUpdate> updates;  // newest first
};

struct PublicHistory {
  std::vector<PublicIncident> incidents;     // newest first
  std::vector<PublicIncident> maintenances;  // newest first
  std::vector<PublicUpdate> updates;         // of all of them, and the words; newest first
};
// The longest list of either kind that is shown.
inline constexpr std::size_t kIncidentsMax = 50;
inline constexpr std::size_t kUpdatesMax = 100;

PublicHistory public_history(const Situation& situation);

}  // namespace dienstbereit::view
