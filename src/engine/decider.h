// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/suspects.h"
#include "engine/working_state.h"
#include "model/input.h"

namespace dienstbereit::engine {

// The author of what nobody has asked for.
inline constexpr const char* kObserver = "observer";

// What an input came to. The events are folded into the working state already, but not durable.
struct Decided {
  std::vector<EventPayload> events;  // in order, all of one logical time
  std::vector<ProbeId> ask_now;
};

using RosterSource = std::function<std::shared_ptr<const Roster>()>;

// Turns inputs into events: f(state, input, now) -> events. `now` must rise by at least a
// millisecond between two inputs that yield events. One thread.
class Decider {
 public:
  // `state` outlives the decider. `next_seq` tells the sequence number the next event will get.
  // `roster` tells whom there is to tell; it may be empty.
  Decider(WorkingState& state, std::function<std::uint64_t()> next_seq, RosterSource roster)
      : state_(state),
        next_seq_(std::move(next_seq)),
        roster_(std::move(roster)),
        author_(kObserver) {}

  Decided start(const ObserverStarted& started, std::shared_ptr<const District> district,
                Instant now);
  Decided stop(Instant now);
  Decided report(const ProbeResult& result, Instant now);
  Decided due(Instant now);
  Decided step(Duration by, Instant now);
  Decided dropped(std::uint64_t samples, Instant now);
  // The readiness that has changed since it was last on record, and what the rules of incidents
  // write of it; once a batch.
  Decided readiness(Instant now);
  // What the rule suspects of the open incidents, where that has changed; when next_suspects() has
  // come, after the readiness.
  Decided suspects(Instant now);
  std::optional<Instant> next_suspects() const { return suspects_.next_due(); }
  // Who is told what; once a batch, after the readiness.
  Decided notices(Instant now);
  // The messages that are to go out now. Remembers that they did, beside the record.
  std::vector<OutMessage> messages(Instant now);
  // When the two have something to do.
  std::optional<Instant> next_notice() const;
  // What fallbacks and the runs of plans come to, and what the record says of it; once a batch, at
  // its end.
  Decided interim(Instant now);
  std::optional<Instant> next_interim(Instant now) const;
  // The actions that are to be carried out now. Remembers that they are, beside the record.
  std::vector<Action> actions() { return state_.interim().take_actions(); }

  // A command's events, or why there are none; questions have none. Backup is not for here: it is
  // the journal's.
  Result<Answer> command(const Command& command, const Actor& actor, Instant wall, Instant now,
                         Decided& out);

 private:
  Result<Answer> dispatch(const Command& command, const Actor& actor, Instant wall, Instant now,
                          Decided& out);
  Result<Answer> on(const SetWord& word, const Actor& actor, Instant now, Decided& out);
  Result<Answer> on(const WithdrawWord& word, Instant now, Decided& out);
  Result<Answer> on(const LoadDistrict& load, Instant now, Decided& out);
  Result<Answer> on(const WriteRecord& write, const Actor& actor, Instant now, Decided& out);
  Result<Answer> on(const ReportStudy& report, Instant now, Decided& out);
  Result<Answer> on(const NoteDelivery& delivery, Instant now, Decided& out);
  Result<Answer> on(const Acknowledge& what, const Actor& actor, Instant now, Decided& out);
  Result<Answer> on(const SendTest& test, Instant now, Decided& out);
  Result<Answer> on(const PreviewWord& preview, const Actor& actor, Instant now);
  Result<Answer> on(const Why& why, Instant now);
  Result<Answer> on(const WhatIf& question, Instant now);
  Result<Answer> on(const ReportPublish& report, Instant now, Decided& out);
  Result<Answer> on(const TakeOutpostReport& take, Instant wall, Instant now, Decided& out);
  Result<Answer> on(const SetHomepageMode& set, Instant now, Decided& out);
  Result<Answer> on(const ReportCopy& report, Instant now, Decided& out);
  Result<Answer> on(const PlanCommand& command, const Actor& actor, Instant now, Decided& out);

  Result<WordSet> word_of(const SetWord& word, const Actor& actor, Instant now) const;
  std::vector<PlaceChange> changes_by(const WordSet& word, Instant now) const;
  void emit(EventPayload payload, Instant now, Decided& out);
  void take(core::health::Observations::Outcome outcome, Instant now, Decided& out);
  void settle(Instant now, Decided& out);
  void settle_if_due(Instant now, Decided& out);
  void remind(Instant now, Decided& out);
  void note_traces(const ProbeResult& result, Instant now, Decided& out);
  bool is_news(const MailBacklog& backlog, const ProbeId& probe, Instant now) const;
  void record_fallbacks(Instant now, Decided& out);

  WorkingState& state_;
  Suspects suspects_;
  std::shared_ptr<const Roster> roster() const;

  std::function<std::uint64_t()> next_seq_;
  RosterSource roster_;
  std::string author_;  // of the events that are emitted
};

}  // namespace dienstbereit::engine
