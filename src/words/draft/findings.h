// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "words/draft/draft.h"

// What the facts come to before any language: each thing with where it stands on record.
namespace dienstbereit::words::drafts {

using Place = std::pair<OfficeId, SiteId>;

// What was or is not as usual: by the forecasts of the incident, by decisions for it, and by the
// situation as long as the incident lasts.
struct Affected {
  std::set<Place> places;     // with opening hours
  std::set<ServiceId> channels;  // without, and used by citizens: homepage, mail, ...
  bool limited = false;       // something was limited
  bool unavailable = false;   // something could not be had at all
};
Affected affected(const DraftFacts& facts);

// Channels that were affected and are measured working now, or vouched for by a person.
std::set<ServiceId> channels_back(const DraftFacts& facts, const Affected& affected);

// Places with opening hours, and the sites they are at.
std::vector<Place> counted_places(const Situation& situation);
std::set<SiteId> sites_of(const std::set<Place>& places);

// How the places open on one day: decided by a person, else as the pages show it.
struct Opening {
  Day day;
  std::vector<Place> normal, presumed, limited, closed, unknown;
  std::size_t decided = 0;  // of them by a decision
  std::size_t of() const {
    return normal.size() + presumed.size() + limited.size() + closed.size() + unknown.size();
  }
};
Opening opening_on(const DraftFacts& facts, Day day);
// Days to tell of: the one the pages answer for and later ones that were decided on.
inline constexpr std::size_t kDaysTold = 3;
std::vector<Opening> openings(const DraftFacts& facts);

// What the first forecast said of the first day to open after it, and the last one.
struct Outlook {
  Day day;
  Instant first_at;
  double first = 0;  // chance of regular service, of the best place
  std::optional<Instant> last_at;  // another forecast was made since
  double last = 0;   // of the worst place
};
std::optional<Outlook> outlook(const DraftFacts& facts);

// Decisions to close (or limit) that a better one has replaced, of one day.
struct Reversal {
  Day day;
  Readiness first = Readiness::Closed;
  Readiness now = Readiness::Normal;
  std::size_t places = 0;
  bool all = false;  // every place that has opening hours
  Instant decided_at;
  Instant reversed_at;
};
std::vector<Reversal> reversals(const DraftFacts& facts);

// How people have worked, by hand-overs and by when tasks began and ended.
struct Shifts {
  bool handed_over = false;
  bool night = false;
  bool weekend = false;
};
Shifts shifts(const DraftFacts& facts);

// Fixes in force; tasks to do for good; the cause nearest to certain.
std::vector<const Fix*> fixes_in_force(const Incident& incident);
std::vector<const Task*> open_repairs(const Incident& incident);
const Hypothesis* cause(const Incident& incident);
// Somebody looks for the cause: a hypothesis is not judged, or an inspection is not done.
bool cause_is_searched(const Incident& incident);
// Every open repair is judged not to be felt at opening times; false without any.
bool repairs_disturb_nobody(const Incident& incident);

// When the public hears more: as a person has said, else the incident's next report, else the first
// full hour at least half an hour ahead. None once the incident is closed.
std::optional<Instant> next_information(const DraftFacts& facts);

}  // namespace dienstbereit::words::drafts
