// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.h"
#include "core/health/evidence.h"
#include "model/district.h"
#include "model/event.h"
#include "model/health.h"
#include "model/situation.h"

// Turns results of probes into settled observations, the observer's own sight, and evidence for
// the graph. The rules and their numbers: docs/formats/observations.md.
namespace dienstbereit::core::health {

// Fresh for this many intervals, and one timeout, after the last result that counted.
inline constexpr int kFreshIntervals = 2;
// Flapping: more than so many settled changes within so many intervals ...
inline constexpr std::size_t kFlappingChanges = 5;
inline constexpr int kFlappingIntervals = 10;
// ... until nothing has changed for so many.
inline constexpr int kSteadyIntervals = 5;
// A failure or slow answer that ended later than its timeout by more than this tells of the
// observer's own overload, not of its target.
inline constexpr Duration kOverloadGrace = std::chrono::seconds(2);
// How much longer than one timeout a failure waits for news of its path.
inline constexpr Duration kPathGrace = std::chrono::seconds(1);

// A pure decider: no clock, no I/O; time only goes forward. A value; one thread.
//
// on_result() and on_due() fold the events they return into the state at `now`. apply() is for
// replay; applying a returned event once more at the same time changes nothing. What has not
// settled (attempts, waits, times of past changes) is in no event and starts empty after a
// replay; evidence never depends on it.
class Observations {
 public:
  struct Outcome {
    std::vector<EventPayload> events;  // in order
    std::vector<ProbeId> ask_now;      // run these at once, besides their schedule
  };

  Observations() = default;
  Observations(const District& district, Instant now) { reload(district, now); }

  // Takes over what the district says of probes, anchors and links, and keeps what is known by id.
  // A heartbeat that is new is awaited from `now` on.
  void reload(const District& district, Instant now);

  // Results of unknown probes, and of runs that began before the last one counted, change nothing.
  Outcome on_result(const ProbeResult& result, Instant now);
  // All that time alone decides: staleness, missing heartbeats, waits, the end of flapping.
  Outcome on_due(Instant now);
  // The earliest time at which on_due() has something to do.
  std::optional<Instant> next_due() const;
  // The graph no longer counts the `works` success of this node: asks its probes again. Evidence
  // stays; the next success is settled anew, with the time it began.
  Outcome forget_success(const NodeId& node);

  void apply(const EventPayload& payload, Instant at);

  Evidence evidence(const NodeId& node) const;
  // When the last run that counted began: of what has settled, or of what would settle next.
  std::optional<Instant> last_run(const ProbeId& probe) const;
  // What the probe probes; absent for anchors and unknown ids.
  std::optional<NodeId> node_of(const ProbeId& probe) const;
  std::vector<ProbeId> probes_of(const NodeId& node) const;
  // What these say, in the same order. Borrowed until the next change.
  std::vector<Reading> readings(const NodeId& node) const;

  const Observation* observation(const ProbeId& probe) const;  // nullptr: unknown id
  // For pages, in district order.
  std::vector<ProbeSituation> probes() const;
  // Uplinks with anchors and sites with a probed link.
  std::vector<PathSituation> paths() const;

 private:
  using Index = std::size_t;
  static constexpr Index kNone = static_cast<Index>(-1);

  struct Spec {
    ProbeId id;
    NodeId node;
    Proof proof = Proof::Alive;
    Duration interval{0};
    Duration timeout{0};
    unsigned attempts = 1;
    bool heartbeat = false;
    bool elsewhere = false;  // an outpost runs it: only events tell of it
    bool outside = false;
    bool on_path = false;  // its results decide a path
    std::vector<Index> paths;  // that its failures need
  };

  // A failure that is certain but for its path.
  struct Wait {
    ProbeResult failure;
    Instant until;
  };

  // What has not settled.
  struct Running {
    unsigned failures = 0;  // in a row
    unsigned broken = 0;  // in a row
    bool renew = false;  // the next success is to be settled again
    std::optional<Instant> began;  // the last run that was taken
    std::optional<Instant> last_success;  // when that run began
    std::optional<Instant> last_failure;  // when that run began
    std::optional<Instant> asked;
    Instant seen;  // the last result that counted
    std::optional<Instant> missed;  // when a heartbeat is next found missing
    std::deque<Instant> changes;
    std::optional<Wait> wait;
  };

  struct Probe {
    Spec spec;
    Observation settled;
    Running run;
    std::optional<Instant> due;  // as it stands in due_
  };

  // An uplink, reached by its anchors, or a site, reached by the components of its link.
  struct Path {
    UplinkId uplink;
    SiteId site;
    std::vector<std::vector<Index>> ways;  // the probes of each
    bool elsewhere = false;  // an outpost's: only events tell of it
    bool up = true;
    std::optional<Instant> since;
    std::string detail;
  };

  // state.cpp
  void add_probe(const ProbeSpec& spec);
  void add_uplink(const District& district, const Uplink& uplink);
  void add_site(const Site& site);
  void add_path(Path path);
  std::vector<Index> paths_of(const ProbeSpec& spec) const;
  void keep_from(const Observations& old);
  void apply_settled(const ObservationSettled& event, Instant at);
  void apply_lost(const ObservationLost& event, Instant at);
  void apply_path(const PathChanged& event, Instant at);
  void apply_started(Instant at);
  Index find(const ProbeId& id) const;
  static Instant stale_at(const Probe& probe) {
    return probe.run.seen + probe.spec.interval * kFreshIntervals + probe.spec.timeout;
  }
  static Instant steady_at(const Probe& probe) {
    return *probe.settled.changed + probe.spec.interval * kSteadyIntervals;
  }
  std::optional<Instant> due_of(const Probe& probe) const;
  void schedule(Index index);

  // observations.cpp
  void emit(EventPayload payload, Instant now, Outcome& out);
  void settle(Index index, const ProbeResult& result, Instant now, Outcome& out);
  static bool flaps(const Probe& probe, ProbeOutcome next, Instant now);
  void lose(Index index, LossReason why, std::string detail, Instant now, Outcome& out);
  void take(Index index, const ProbeResult& result, Instant now, Outcome& out);
  void take_success(Index index, const ProbeResult& result, Instant now, Outcome& out);
  void take_failure(Index index, const ProbeResult& result, Instant now, Outcome& out);
  void take_broken(Index index, const ProbeResult& result, Instant now, Outcome& out);
  void miss_heartbeat(Index index, Instant now, Outcome& out);
  void handle_due(Index index, Instant now, Outcome& out);

  // paths.cpp
  void await_path(Index index, const ProbeResult& failure, Instant now, Outcome& out);
  void ask(const Path& path, Instant after, Instant now, Outcome& out);
  void judge(Index index, Instant now, Outcome& out);
  void judge_waiting(Instant now, Outcome& out);
  void update_paths(Instant now, Outcome& out);
  void stop_waiting(Index index);
  const Path* lost_path(const Probe& probe) const;
  template <class Condition>
  bool any_member(const Path& path, Condition condition) const;
  bool succeeded_since(const Path& path, Instant since) const;
  bool failed_since(const Path& path, Instant since) const;
  bool fresh_success(const Path& path) const;
  const Observation* failing_everywhere(const Path& path) const;

  std::vector<Probe> probes_;
  std::unordered_map<ProbeId, Index> index_;
  std::unordered_map<NodeId, std::vector<Index>> by_node_;
  std::vector<Path> paths_;
  std::set<Index> waiting_;
  std::set<std::pair<Instant, Index>> due_;
};

}  // namespace dienstbereit::core::health
