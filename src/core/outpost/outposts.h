// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/district.h"
#include "model/event.h"
#include "model/outside/outpost_report.h"

// Turns what outposts send into the record of what they saw, and into the observations that hold
// now. The rules: docs/formats/outpost.md.
namespace dienstbereit::core::outpost {

// A clock that is off by more is told of.
inline constexpr Duration kClockTolerance = std::chrono::seconds(5);
// Of one outpost: so many data directories are remembered, the latest.
inline constexpr std::size_t kMostOutboxes = 8;

// A pure decider: no clock, no I/O. A value; one thread. on_report() and on_due() fold the events
// they return; applying one once more at the same time changes nothing.
class Outposts {
 public:
  using Events = std::vector<EventPayload>;

  void reload(const District& district, Instant now);

  // `wall`: this machine's clock, for the outpost's alone. NotFound: the district has no such
  // outpost. News that was taken before, and of probes that it does not run, yields no event.
  Result<Events> on_report(const OutpostReport& report, Instant wall, Instant now);
  // What the report calls "still so" and was never told here: the record is younger than the
  // outpost's memory.
  std::vector<ProbeId> never_told(const OutpostReport& report) const;
  // Silence, once it is due.
  Events on_due(Instant now);
  std::optional<Instant> next_due() const;
  // The graph no longer counts the `works` success of this node: the next "still so" of a later run
  // settles it anew.
  void forget_success(const NodeId& node);

  void apply(const EventPayload& payload, Instant at);

  std::vector<OutpostSituation> situations() const;  // in district order

 private:
  // What an outpost told last of a probe, and when it was so.
  struct Told {
    std::string outbox;
    Instant observed;
    std::optional<SettledNews> settled;
    std::optional<LostNews> lost;
  };
  // What holds here: as the record's events say.
  struct Standing {
    bool fresh = false;
    std::optional<ProbeOutcome> outcome;
    std::string phase;
    bool flapping = false;
    Instant began;
    std::optional<LossReason> lost;
    bool renew = false;
  };
  struct Watched {
    NodeId node;
    bool works = false;
    std::optional<Told> told;
    Standing standing;
  };
  struct Way {
    std::optional<PathNews> told;
    bool up = true;  // what holds here
  };
  struct Outbox {
    std::string id;
    std::uint64_t taken = 0;
  };
  struct Post {
    bool present = false;  // in the district
    Duration silent_after{0};
    std::deque<Outbox> outboxes;
    std::map<ProbeId, Watched> probes;
    std::map<UplinkId, Way> ways;
    std::optional<Instant> heard;
    Instant awaited;  // from then on, while it has not been heard
    OutpostSituation told;  // but for `heard`
  };

  void emit(EventPayload payload, Instant now, Events& out);
  void note_contact(Post& post, const OutpostReport& report, Instant wall, Instant now,
                    Events& out);
  void tell(Post& post, const OutpostReport& report, const OutpostItem& item, Instant now,
            Events& out);
  void adopt(Post& post, const OutpostReport& report, Instant now, Events& out);
  void adopt_probe(const ProbeId& id, Watched& probe, Instant began, Instant now, Events& out);
  void apply_told(const OutpostTold& event);
  void apply_changed(const OutpostChanged& event, Instant at);
  void apply_started(Instant at);
  Watched* find(const ProbeId& probe);
  static Outbox& outbox_of(Post& post, const std::string& id);
  static std::uint64_t taken_of(const Post& post, const std::string& outbox);
  static Instant silent_at(const Post& post) {
    return post.heard.value_or(post.awaited) + post.silent_after;
  }

  std::map<OutpostId, Post> posts_;
  std::vector<OutpostId> order_;
  std::unordered_map<ProbeId, OutpostId> runs_;  // which outpost runs a probe
};

}  // namespace dienstbereit::core::outpost
