// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/district.h"
#include "model/event.h"
#include "model/interim/board.h"
#include "model/readiness.h"
#include "model/record/record.h"
#include "model/telling/notice.h"

namespace dienstbereit {

const char* name_of(WordStatus status);
const char* name_of(Views views);  // agree only_inside only_outside

struct NodeSituation {
  NodeId id;
  Interval state = kUnknown;
  Interval calculated = kUnknown;  // without a word on the node itself
  Interval own = kUnknown;
  bool probed = false;
  bool works_fresh = false;
  bool contradiction = false;
  Views views = Views::Agree;
  WordStatus word = WordStatus::None;
  std::optional<Instant> since;  // of `state`
};

struct ProbeSituation {
  ProbeId id;
  bool fresh = false;             // there is a settled observation in force
  ProbeOutcome outcome = ProbeOutcome::Broken;  // of the last settled one
  bool flapping = false;
  std::optional<Instant> since;   // when it settled, or was lost
  std::optional<LossReason> lost; // why it is not fresh
  std::string phase;              // of the probe's steps, the one that decided the outcome
  std::string detail;
  bool works = false;    // what a success proves
  bool outside = false;  // it sees what people outside see
};
// Of the probes of one node.
Views views_of(std::span<const ProbeSituation> probes);

struct PathSituation {
  UplinkId uplink;  // or
  SiteId site;
  bool up = true;
  std::optional<Instant> since;
  std::string detail;
};

struct WordSituation {
  WordId id;
  Scope scope;
  Said said = Said::Unknown;
  Wording text;
  Instant set_at;
  Instant until;
  std::string role;
  WordStatus status = WordStatus::InForce;  // the worst over the nodes it covers
  std::vector<ProbeId> disagreeing;  // fresh probes that say otherwise
};

// A copy of the pages outside the house, as it last settled.
struct PublishSituation {
  PublishId id;
  bool known = false;  // something has settled
  bool ok = false;
  std::optional<Instant> since;
  std::string detail;  // what failed
};

// The homepage that goes on while the real one is away, as it stands on record.
struct HomepageSituation {
  SiteMode mode = SiteMode::Mirror;
  std::optional<Instant> mode_since;  // nobody has decided yet: none
  std::string reason;
  std::string by;  // an actor
  std::string copy;  // the last good one; empty: none
  std::optional<Instant> copied_at;
  std::optional<Instant> failing_since;  // the attempts since then
  std::string detail;  // of the last attempt: what failed or was left out
};

// Everything there is to show, made by the engine after each durable batch and never changed.
struct Situation {
  std::shared_ptr<const District> district;
  Instant as_of;                  // logical time it was calculated for: "Stand"
  std::optional<Instant> next_due;  // when it will change by time alone
  std::uint64_t seq = 0;          // last event behind it
  std::string head;               // first 16 hex digits of the journal's head hash
  std::uint64_t epoch = 0;
  Instant started_at;
  // Logical time was built on a wrong clock and has been put right since: every instant in here is
  // civil time already, and `now` of a reader must be the logical clock plus this.
  Duration civil_offset{0};
  // The observer has just started: words are those of before, valid until this instant at most.
  std::optional<Instant> held_until;
  bool clock_doubted = false;
  bool exercise = false;  // nothing of this is real, and every page says so
  std::optional<Instant> journal_failed_at;  // writing has stopped: nothing new is known since
  std::string journal_failure;
  std::uint64_t samples_dropped = 0;
  Day headline_day;  // the day that roll-ups answer for
  std::vector<NodeSituation> nodes;  // in district order: sites, services, offers, components
  std::vector<OfferSituation> offers;  // in district order
  std::vector<PlaceSituation> places;  // in district order
  std::vector<ProbeSituation> probes;
  std::vector<PathSituation> paths;
  std::vector<WordSituation> words;  // newest first
  std::vector<PublishSituation> publishing;  // in district order
  std::vector<MailSituation> mail;  // in district order; queues that were read at least once
  std::vector<OutpostSituation> outposts;  // in district order
  std::optional<HomepageSituation> homepage;  // if the district has one
  std::shared_ptr<const Record> record = std::make_shared<const Record>();  // never null
  NoticeBoard notices;  // what people were told, and what waits
  InterimBoard interim;  // fallbacks and the runs of plans
  BacklogCounted backlog;  // of emergency intake, as last told; civil times
};

}  // namespace dienstbereit
