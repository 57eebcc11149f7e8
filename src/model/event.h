// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "base/time.h"
#include "model/account/audit.h"
#include "model/district.h"
#include "model/ids.h"
#include "model/intake/events.h"
#include "model/interim/events.h"
#include "model/outside/outpost_events.h"
#include "model/probe.h"
#include "model/readiness.h"
#include "model/reason.h"
#include "model/record/events.h"
#include "model/scope.h"
#include "model/telling/notice.h"

namespace dienstbereit {

// Everything that ever happened is one of these; docs/formats/events.md lists their text form.
// An event that is not in the journal did not happen.

// Written by each start. Every observation is lost with it.
struct ObserverStarted {
  std::string version;
  Instant wall_clock;          // what the machine's clock said
  bool clock_doubted = false;  // it was behind the last event, or more than 7 days ahead of it
  std::optional<bool> exercise;  // true: nothing of this run is real; absent: it is
};
struct ObserverStopped {};

// The district in force from here on. `bundle` is empty if an earlier event with the same hash
// holds it.
struct DistrictLoaded {
  std::string hash;
  std::string bundle;
};

struct ObservationSettled {
  ProbeId probe;
  ProbeOutcome outcome = ProbeOutcome::Success;
  Instant began;
  std::string phase;
  std::string detail;
  bool flapping = false;
};

// Silent: the outpost that runs it does not report.
enum class LossReason : std::uint8_t { Stale, PathLost, Restarted, Broken, Dropped, Silent };
struct ObservationLost {
  ProbeId probe;
  LossReason why = LossReason::Stale;
  std::string detail;
  std::optional<Instant> since = {};  // nothing was known since then; absent: since the event
};

// The observer's own sight: an uplink (site empty) or the way to a site (uplink empty).
struct PathChanged {
  UplinkId uplink;
  SiteId site;
  bool up = true;
  std::string detail;
};

// A person's word. `id` is the event's own sequence number as text.
enum class Said : std::uint8_t { Normal, Limited, Closed, Unknown };
struct WordSet {
  WordId id;
  Scope scope;
  Said said = Said::Unknown;
  Wording text;
  Instant until;
  std::string role;  // what public pages name: "Amt für Informationstechnik"
};
struct WordWithdrawn {
  WordId id;
  std::string reason;
};

// The author is asked: the word runs out soon, has run out, or a new fault came up since.
enum class WordQuestion : std::uint8_t { EndsSoon, Unrenewed, Doubted };
struct WordAsked {
  WordId id;
  NodeId node;
  WordQuestion question = WordQuestion::EndsSoon;
};

// The word for one place or offer on the day its page answers for. `subject` is an offer node or
// "OFFICE@SITE".
struct ReadinessChanged {
  NodeId subject;
  Day day;
  Readiness from = Readiness::Unknown;
  Readiness to = Readiness::Unknown;
  Explanation why;
};

struct ClockStepped {
  Duration by{0};
};
// NTP or a person vouches for the machine's clock: hours follow `wall_clock` from here on.
struct ClockConfirmed {
  Instant wall_clock;
};

struct SamplesDropped {
  std::uint64_t count = 0;
};

// A due time of the core came (buffer, expiry, slot, staleness): replay passes it at this time.
struct TimerFired {};

// Whether a copy of the pages outside the house is up to date has settled anew.
struct PublishChanged {
  PublishId target;
  bool ok = false;
  std::string detail;  // what failed, in English; empty if ok
};

// How much mail waits in a queue outside the house.
struct MailWaiting {
  ProbeId probe;
  std::uint64_t waiting = 0;
  std::uint64_t bytes = 0;
  std::optional<Instant> oldest;
};

// What the fallback homepage serves from here on; decided by who asked.
struct HomepageModeSet {
  SiteMode mode = SiteMode::Mirror;
  std::string reason;
};

// What became of an attempt to copy the homepage.
struct HomepageCopied {
  bool ok = false;
  std::string copy;  // its name; empty if there is none
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::string detail;  // what failed or was left out, in English
};

using EventPayload =
    std::variant<ObserverStarted, ObserverStopped, DistrictLoaded, ObservationSettled,
                 ObservationLost, PathChanged, WordSet, WordWithdrawn, WordAsked, ReadinessChanged,
                 ClockStepped, ClockConfirmed, SamplesDropped, TimerFired,
                 // of the record
                 IncidentOpened, FaultChanged, IncidentEdited, LevelSet, LevelProposed,
                 PhaseChanged, IncidentMerged, IncidentSplit, NoteAdded, ReportDue, HypothesisSet,
                 EvidenceAdded, SuspectsFound, TaskSet, TaskMoved, FixSet, FixMoved, ForecastMade,
                 OrderProposed, OrderAnswered, ForecastsScored, OpeningProposed, OpeningDecided,
                 StatementSaved, StatementMoved, PublishChanged,
                 // telling people
                 NoticeRaised, NoticeEscalated, NoticeAcknowledged, MessageSent, MessageFailed,
                 // accounts
                 Audited, MailWaiting,
                 // outposts
                 OutpostTold, OutpostChanged,
                 // the homepage meanwhile
                 HomepageModeSet, HomepageCopied,
                 // fallbacks and plans
                 SwitchDecided, RunStarted, RunApproved, RunAborted, StepMoved, RunEnded,
                 FallbackRecorded,
                 // emergency intake
                 IntakeNoted, BacklogCounted,
                 // what devices remember
                 TraceNoted>;

struct Event {
  std::string site;         // which node of a shared journal wrote it
  std::uint64_t epoch = 0;  // number of starts
  std::uint64_t seq = 0;    // 1, 2, 3, ... per site
  Instant logical;          // never runs backwards
  Instant observed;         // when the input was seen
  Instant recorded;         // wall clock at append, for forensics only
  std::string actor;        // "observer", "cli:uid=1000", "user:u-7f3k2m9q"; never a name
  EventPayload payload;
};

// The text form of a payload: JSON with keys in a fixed order, so that equal payloads are equal
// bytes. `type` is "observation_settled" and so on.
struct EncodedPayload {
  std::string type;
  int version = 1;
  std::string text;
};
EncodedPayload encode(const EventPayload& payload);
// Bounds: text up to kLargestPayload bytes, nesting up to 16. Unknown types and newer versions are
// errors that name them.
inline constexpr std::size_t kLargestPayload = 8u << 20;
Result<EventPayload> decode(std::string_view type, int version, std::string_view text);

const char* name_of(Said said);
// Also takes operational, degraded and down, as one says it of components.
std::optional<Said> said_of(std::string_view name);
const char* name_of(LossReason why);
std::optional<LossReason> loss_reason_of(std::string_view name);
const char* name_of(WordQuestion question);
std::optional<WordQuestion> word_question_of(std::string_view name);

}  // namespace dienstbereit
