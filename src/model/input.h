// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/event.h"
#include "model/interim/action.h"
#include "model/outside/outpost_report.h"
#include "model/situation.h"
#include "model/telling/roster.h"

namespace dienstbereit {

// Who asks: "cli:uid=1000", "user:u-7f3k2m9q", "token:t-...". Never a person's name.
struct Actor {
  std::string id;    // at most 256 bytes, what the journal takes
  std::string role;  // shown on public pages; empty: the administration itself; at most 200 bytes
};

// Commands change something; each is answered once, after its events are durable.
struct SetWord {
  Scope scope;
  Said said = Said::Unknown;
  Wording text;
  std::optional<Instant> until;  // absent: the end of the day's last slot
};
struct WithdrawWord {
  WordId id;
  std::string reason;
};
struct LoadDistrict {
  std::shared_ptr<const District> district;
};
struct ConfirmClock {};
// Writes down what happened to accounts; changes nothing that is shown to the public.
struct RecordAudit {
  Audited entry;
};
// Writes down what happened in emergency intake; changes nothing that is shown to the public.
struct NoteIntake {
  IntakeNoted entry;
};
// How much waits for back-entry, and at the counters; told when it has changed.
struct ReportBacklog {
  BacklogCounted backlog;  // civil times
};
// Writes into the record, all changes or none (model/record/events.h): one says "new" of what an
// earlier one of the list has made.
struct WriteRecord {
  std::vector<RecordEvent> changes;
};
// Looks ahead in an incident; what is proposed for the openings follows from it.
struct MakeForecast {
  IncidentId incident;
  std::string reason;
};
// Looks for a better order of the incident's tasks than the present one.
struct ProposeOrder {
  IncidentId incident;
  std::string reason;
};
// What a calculation beside the engine came to; told by the engine's own (engine/ahead/studies.h).
struct ReportStudy {
  Result<RecordEvent> made;  // forecast_made or order_proposed, without an id
  std::shared_ptr<const Incident> of;  // as it was when it was asked; nothing: there is none
  std::shared_ptr<const District> under;  // then
};
// Copies the journal to `file`, an absolute path that must not exist. Changes nothing.
struct Backup {
  std::string file;
};
// What became of an attempt to send.
struct NoteDelivery {
  MessageResult result;
};
// `what` is the id of a notice or of one of its messages.
struct Acknowledge {
  std::string what;
};
// Sends a message to one recipient, to see whether it arrives.
struct SendTest {
  RecipientId recipient;
};

// What has settled about a copy of the pages outside the house; told by the publisher.
struct ReportPublish {
  PublishId target;
  bool ok = false;
  std::string detail;
};

// What an outpost has sent (docs/formats/outpost.md). Once it is answered, the outpost may forget
// it.
struct TakeOutpostReport {
  OutpostReport report;
};

// What the fallback homepage is to serve from now on, and why.
struct SetHomepageMode {
  SiteMode mode = SiteMode::Mirror;
  std::string reason;
};
// What became of an attempt to copy the homepage; told by who fetches.
struct ReportCopy {
  HomepageCopied what;
};

// Questions change nothing.
struct PreviewWord {
  SetWord word;
};
struct Why {
  NodeId node;
};
// Which opening hours would be touched if these were out of service from `from` on and usable again
// at `to`. Times are civil.
struct WhatIf {
  std::vector<NodeId> nodes;
  Instant from;
  Instant to;
};

using Command =
    std::variant<SetWord, WithdrawWord, LoadDistrict, ConfirmClock, WriteRecord, MakeForecast,
                 Backup, PreviewWord, Why, ReportPublish, NoteDelivery, Acknowledge, SendTest,
                 RecordAudit, WhatIf, TakeOutpostReport, SetHomepageMode, ReportCopy, NoteIntake,
                 ReportBacklog, PlanCommand, ProposeOrder, ReportStudy>;

struct PlaceChange {
  NodeId subject;  // an offer node or "OFFICE@SITE"
  Readiness from = Readiness::Unknown;
  Readiness to = Readiness::Unknown;
};

// An opening interval that an outage would make worse; of a continuous service, the whole outage.
struct TouchedTime {
  OfficeId office;
  SiteId site;
  ServiceId service;  // empty: the place as a whole
  bool slotted = true;
  Instant begin;
  Instant end;
  Readiness from = Readiness::Normal;  // as it would be without the outage
  Readiness to = Readiness::Normal;  // at its worst within the slot
  Instant since;  // the first time within the slot at which it is worse
};

// What a command or question came to; only the part that belongs to it is filled.
struct Answer {
  std::uint64_t seq = 0;  // last event written for it
  WordId word;  // SetWord
  Instant until;  // SetWord, PreviewWord: the expiry that holds
  std::vector<PlaceChange> changes;  // PreviewWord, SetWord
  // Fresh probes that say otherwise; TakeOutpostReport: those called still so, and never told here.
  std::vector<ProbeId> disagreeing;
  Explanation why;  // Why
  std::optional<NodeSituation> node;  // Why
  std::vector<RecordEvent> written;  // WriteRecord, MakeForecast, ProposeOrder: what came on record
  std::vector<TouchedTime> touched;  // WhatIf: by place, the place itself first
  RunId run;  // StartPlan, SwitchFallback
  std::vector<std::string> notes;  // LoadDistrict: what was kept, what is new
};

using Reply = std::function<void(Result<Answer>)>;

// The way in, for edges and web alike. Thread-safe, never blocks.
class InputSink {
 public:
  virtual ~InputSink() = default;
  // False if the queue is full: the sample is dropped and counted.
  virtual bool report(ProbeResult result) = 0;
  // The machine's clock moved against the monotonic one.
  virtual void clock_stepped(Duration by) = 0;
  // `reply` is called once, on the engine's thread, after the answer is durable. A full queue is
  // an immediate Errc::Unavailable.
  virtual void command(Actor actor, Command command, Reply reply) = 0;
};

// The way out to the probes. Thread-safe.
class ProbePort {
 public:
  virtual ~ProbePort() = default;
  // Run this probe at once, besides its schedule.
  virtual void run_now(const ProbeId& probe) = 0;
  // From now on probe what this district says; running state is kept by probe id.
  virtual void use(std::shared_ptr<const District> district) = 0;
};

}  // namespace dienstbereit
