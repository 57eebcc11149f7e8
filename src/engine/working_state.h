// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "core/evidence/traces.h"
#include "core/health/observations.h"
#include "core/impact/impact.h"
#include "core/incident/ledger.h"
#include "core/interim/interim.h"
#include "core/notice/notices.h"
#include "core/outpost/outposts.h"
#include "core/readiness/assess.h"
#include "engine/ahead/came.h"
#include "engine/traces_seen.h"
#include "model/event.h"
#include "model/input.h"
#include "model/situation.h"

namespace dienstbereit::engine {

// A person's word as the engine keeps it.
struct KeptWord {
  std::shared_ptr<const WordSet> word;
  Instant set_at;
  bool reminded = false;
};

// Everything that follows from the events so far. Changes only by fold() and settle(), so that
// replay and live running give the same, bit for bit: all events of one logical time are folded,
// then settled once. One thread.
class WorkingState {
 public:
  // `loader` outlives the state.
  explicit WorkingState(const DistrictLoader& loader) : loader_(loader) {}

  // Compiles a district and keeps it for the DistrictLoaded that names it, which then cannot fail.
  // Fails where the graph or the time zone does; nothing has changed then.
  Result<void> prepare(std::shared_ptr<const District> district);
  bool knows_bundle(const std::string& hash) const { return bundles_.contains(hash); }

  // Fails only for a district that cannot be loaded; nothing has changed then.
  Result<void> fold(const EventPayload& payload, const Written& written);
  core::impact::Changes settle(Instant at);
  // False for events that move no state: alone at their time they do not call for settle(), in
  // replay as little as live.
  static bool is_settled_at(const EventPayload& payload);

  // The earliest time at which the graph, an observation or a word changes by time alone.
  std::optional<Instant> next_due() const;
  struct Reminder {
    WordId word;
    Instant at;
  };
  // The next word whose author is to be told that it ends soon.
  std::optional<Reminder> next_reminder() const;

  const std::shared_ptr<const District>& district() const { return district_; }
  bool loaded() const { return impact_.has_value(); }
  core::health::Observations& observations() { return observations_; }
  const core::health::Observations& observations() const { return observations_; }
  core::outpost::Outposts& outposts() { return outposts_; }
  const core::outpost::Outposts& outposts() const { return outposts_; }
  const core::impact::Impact& impact() const { return *impact_; }
  const core::readiness::Timetable& timetable() const { return *timetable_; }
  const std::map<std::string, KeptWord>& words() const { return words_; }
  const core::incident::Ledger& ledger() const { return ledger_; }
  const std::unordered_map<NodeId, Readiness>& published() const { return published_; }
  const std::unordered_map<NodeId, Instant>& since() const { return since_; }

  core::readiness::Now civil(Instant at) const { return {at, civil_offset_}; }
  Duration civil_offset() const { return civil_offset_; }
  bool clock_doubted() const { return clock_doubted_; }
  bool exercise() const { return exercise_; }  // as of the last start
  std::uint64_t epoch() const { return epoch_; }
  Instant started_at() const { return started_at_; }
  std::uint64_t samples_dropped() const { return samples_dropped_; }
  // As last settled, by target; of targets that are gone too.
  const std::map<PublishId, PublishSituation>& publishing() const { return publishing_; }

  // As last told, by the probe that reads the queue; of probes that are gone too.
  const std::map<ProbeId, MailSituation>& mail() const { return mail_; }

  // What devices remembered, as far as it is told.
  core::evidence::Traces& traces() { return traces_; }
  // The same, as far as the search for causes looks at it.
  const TracesSeen& traces_seen() const { return traces_seen_; }

  // What came of what forecasts told.
  const Came& came() const { return came_; }

  const HomepageSituation& homepage() const { return homepage_; }

  core::interim::Interim& interim() { return interim_; }
  const core::interim::Interim& interim() const { return interim_; }
  // Of emergency intake, as last told; civil times.
  const BacklogCounted& backlog() const { return backlog_; }

  core::notice::Notices& notices() { return notices_; }
  const core::notice::Notices& notices() const { return notices_; }

  // What probes see of a node. What an interim fix carries in part is degraded at best, unless a
  // `works` probe is fresh: what is measured counts.
  Evidence evidence(const NodeId& node) const;
  // Nodes that nothing but interim fixes in force with a capacity carries.
  const std::set<NodeId>& carried_in_part() const { return carried_in_part_; }

  // NotFound: the district has no such node; the error names the nearest one.
  Result<void> check_node(const NodeId& node) const;
  // Probes of a node as reasons need them.
  core::impact::ProbesOf probes_of() const;

 private:
  Result<void> on(const ObserverStarted& event, Instant at);
  Result<void> on(const DistrictLoaded& event, Instant at);
  Result<void> on(const WordSet& event, Instant at);
  Result<void> on(const WordWithdrawn& event, Instant at);
  Result<void> on(const WordAsked& event, Instant at);
  Result<void> on(const ReadinessChanged& event, Instant at);
  Result<void> on(const ClockConfirmed& event, Instant at);
  Result<void> on(const ClockStepped& event, Instant at);
  Result<void> on(const SamplesDropped& event, Instant at);
  Result<void> on(const PublishChanged& event, Instant at);
  Result<void> on(const MailWaiting& event, Instant at);
  Result<void> on(const HomepageCopied& event, Instant at);
  Result<void> on(const BacklogCounted& event, Instant at);
  Result<void> on(const TraceNoted& event, Instant at);
  template <class Observed>
  Result<void> on(const Observed& event, Instant at);  // observations and what needs no folding

  // A district with what is compiled from it.
  struct Whole {
    std::shared_ptr<const District> district;
    std::shared_ptr<const core::impact::Topology> topology;
    core::readiness::Timetable timetable;
  };
  static Result<Whole> make_whole(std::shared_ptr<const District> district);
  Result<Whole> whole_of(const DistrictLoaded& event) const;
  void take_over(std::shared_ptr<const core::impact::Topology> topology);
  void refresh_evidence();
  void refresh_evidence(const ProbeId& probe);
  void follow_fixes();
  void drop_silent_words();

  const DistrictLoader& loader_;
  std::unordered_map<std::string, std::string> bundles_;  // by hash
  std::optional<Whole> prepared_;

  std::shared_ptr<const District> district_;
  core::health::Observations observations_;
  core::outpost::Outposts outposts_;
  std::optional<core::impact::Impact> impact_;
  std::optional<core::readiness::Timetable> timetable_;
  std::map<std::string, KeptWord> words_;  // by id
  core::incident::Ledger ledger_;
  std::set<NodeId> carried_in_part_;
  core::interim::Interim interim_;
  core::notice::Notices notices_;
  std::set<std::string> told_of_;  // whose readiness people are told of
  std::unordered_map<NodeId, Readiness> published_;
  std::unordered_map<NodeId, Instant> since_;  // last change of a node's state
  Duration civil_offset_{0};
  bool clock_doubted_ = false;
  bool exercise_ = false;
  std::uint64_t epoch_ = 0;
  Instant started_at_;
  std::uint64_t samples_dropped_ = 0;
  std::map<PublishId, PublishSituation> publishing_;
  std::map<ProbeId, MailSituation> mail_;
  core::evidence::Traces traces_;
  TracesSeen traces_seen_;
  Came came_;
  HomepageSituation homepage_;
  BacklogCounted backlog_;
};

}  // namespace dienstbereit::engine
