// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/outage/timeline.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>

#include "base/assert.h"

namespace dienstbereit::view {
namespace {

constexpr Duration kShortest = std::chrono::minutes(10);

struct Sort {
  std::string_view what;
  Topic topic;
  int weight;  // larger stays longer where there is too much
};
constexpr std::array kSorts{
    Sort{"incident_opened", Topic::Incident, 9},   Sort{"incident_edited", Topic::Incident, 4},
    Sort{"level_set", Topic::Incident, 7},         Sort{"level_proposed", Topic::Incident, 5},
    Sort{"phase_changed", Topic::Incident, 9},     Sort{"incident_merged", Topic::Incident, 8},
    Sort{"incident_split", Topic::Incident, 8},    Sort{"fault_changed", Topic::Faults, 5},
    Sort{"hypothesis_set", Topic::Causes, 8},      Sort{"evidence_added", Topic::Causes, 3},
    Sort{"suspects_found", Topic::Causes, 4},      Sort{"task_set", Topic::Measures, 3},
    Sort{"task_moved", Topic::Measures, 6},        Sort{"fix_set", Topic::Measures, 4},
    Sort{"fix_moved", Topic::Measures, 8},         Sort{"forecast_made", Topic::Forecasts, 5},
    Sort{"opening_decided", Topic::Decisions, 7},  Sort{"statement_saved", Topic::Statements, 2},
    Sort{"statement_moved", Topic::Statements, 6}, Sort{"note_added", Topic::Notes, 3},
    Sort{"order_proposed", Topic::Forecasts, 3},   Sort{"order_answered", Topic::Measures, 5},
    Sort{"forecasts_scored", Topic::Forecasts, 2}, Sort{"report_due", Topic::Notes, 1},
};

const Sort& sort_of(const LogEntry& entry) {
  constexpr static Sort kOther{"", Topic::Notes, 1};
  const auto found = std::find_if(kSorts.begin(), kSorts.end(),
                                  [&](const Sort& one) { return one.what == entry.what; });
  return found == kSorts.end() ? kOther : *found;
}

// Which of `all` stay: by weight, and of the weight that does not fit as a whole those at equal
// steps, its first and last among them.
std::vector<std::size_t> chosen(const std::vector<KnownEvent>& all) {
  std::map<int, std::vector<std::size_t>, std::greater<>> by_weight;
  for (std::size_t i = 0; i < all.size(); ++i) {
    by_weight[sort_of(*all[i].entry).weight].push_back(i);
  }
  std::vector<std::size_t> kept;
  for (const auto& [weight, places] : by_weight) {
    const std::size_t room = std::min(kMostEvents - kept.size(), places.size());
    for (std::size_t i = 0; i < room; ++i) {
      kept.push_back(places[room == 1 ? 0 : i * (places.size() - 1) / (room - 1)]);
    }
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

void set_causes(const Incident& incident, std::vector<KnownEvent>& events) {
  std::map<std::string_view, KnownEvent*> last;
  for (KnownEvent& event : events) {
    if (event.entry->what == "hypothesis_set") last[event.entry->subject] = &event;
  }
  for (const Hypothesis& cause : incident.hypotheses) {
    const auto found = last.find(cause.id.str());
    if (found != last.end()) found->second->cause = cause.state;
  }
}

void set_changes(const Incident& incident, std::vector<KnownEvent>& events) {
  std::map<std::string_view, const Note*> changes;
  for (const Note& note : incident.notes) {
    if (note.kind == NoteKind::Change) changes[note.id.str()] = &note;
  }
  for (KnownEvent& event : events) {
    if (event.entry->what != "note_added") continue;
    const auto found = changes.find(event.entry->subject);
    if (found != changes.end()) event.change = found->second;
  }
}

void add_faults(const Incident& incident, Timeline& timeline) {
  std::map<Instant, int> changes;
  for (const Fault& fault : incident.faults) {
    if (fault.ended && *fault.ended <= fault.since) continue;
    ++changes[fault.since];
    if (fault.ended) --changes[*fault.ended];
  }
  int down = 0;
  for (const auto& [at, change] : changes) {
    if (change == 0) continue;
    down += change;
    dienstbereit_assert(down >= 0);
    timeline.faults.push_back({at, static_cast<std::size_t>(down)});
    timeline.faults_most = std::max(timeline.faults_most, static_cast<std::size_t>(down));
  }
}

void set_time(const Incident& incident, Instant now, Timeline& timeline) {
  timeline.from = incident.since;
  timeline.to = incident.closed_at.value_or(now);
  for (const KnownEvent& event : timeline.events) {
    timeline.from = std::min(timeline.from, event.entry->written.at);
    timeline.to = std::max(timeline.to, event.entry->written.at);
  }
  timeline.to = std::max(timeline.to, timeline.from + kShortest);
}

}  // namespace

const char* name_of(Topic topic) {
  switch (topic) {
    case Topic::Incident:
      return "incident";
    case Topic::Faults:
      return "faults";
    case Topic::Causes:
      return "causes";
    case Topic::Measures:
      return "measures";
    case Topic::Forecasts:
      return "forecasts";
    case Topic::Decisions:
      return "decisions";
    case Topic::Statements:
      return "statements";
    case Topic::Notes:
      break;
  }
  return "notes";
}

Topic topic_of(const LogEntry& entry) { return sort_of(entry).topic; }

Timeline timeline(const Incident& incident, Instant now) {
  std::vector<KnownEvent> all;
  for (const LogEntry& entry : incident.log) all.push_back({&entry, topic_of(entry), nullptr, {}});
  std::sort(all.begin(), all.end(), [](const KnownEvent& a, const KnownEvent& b) {
    return std::tuple(a.entry->written.at, a.entry) < std::tuple(b.entry->written.at, b.entry);
  });
  set_causes(incident, all);
  set_changes(incident, all);
  Timeline timeline;
  timeline.of = all.size();
  for (const std::size_t i : chosen(all)) timeline.events.push_back(all[i]);
  add_faults(incident, timeline);
  set_time(incident, now, timeline);
  return timeline;
}

}  // namespace dienstbereit::view
