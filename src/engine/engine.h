// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/ahead/studies.h"
#include "engine/decider.h"
#include "engine/inbox.h"
#include "engine/working_state.h"
#include "journal/journal.h"
#include "model/input.h"

namespace dienstbereit::engine {

// Everything the engine needs of the world. All of it outlives the engine.
struct Ports {
  journal::Journal& journal;
  const DistrictLoader& loader;
  ProbePort& probes;
  std::function<Instant()> now;   // logical time
  std::function<Instant()> wall;  // the machine's clock, for the record only
  // Gets every new situation; cheap. On the engine's thread.
  std::function<void(std::shared_ptr<const Situation>)> publish;
  // Gets every sample, settled or not: latency series. On the engine's thread.
  std::function<void(const ProbeResult&)> sample;
  // Whom to tell, and the way there; without them nobody is told.
  RosterSource roster = {};
  MessagePort* messages = nullptr;
  // Nothing new to say is said this often, so that a page's "as of" shows that somebody looks.
  Duration say_again = std::chrono::seconds(15);
  // Carries out the actions of plans; without it nobody answers them.
  ActionPort* actions = nullptr;
  // Has calculations done that take long, elsewhere; without it they are done in the turn.
  Studies::Run calculate = {};
};

struct Identity {
  std::string site;     // this node in a shared journal
  std::string version;  // of the program
  bool exercise = false;  // nothing may leave the house
};

// The single writer: takes inputs, decides, makes durable, then publishes and answers. What is not
// in the journal did not happen: after a failed append nothing new is published, the last
// situation is, with the failure said.
class Engine final : public InputSink {
 public:
  Engine(Identity identity, Ports ports);

  // Replays the journal, writes the start, publishes. On the thread that will call run().
  // Fails if the journal cannot be read, replayed or written.
  Result<void> start(std::shared_ptr<const District> district, bool clock_doubted);
  // Works until stop(); answers everything that was asked before it.
  void run();
  // One round of run(): for virtual time. Waits at most `patience` for input.
  void turn(std::chrono::milliseconds patience);
  // Thread-safe.
  void stop() { inbox_.stop(); }
  // Before the thread that calculates is joined: a calculation that runs ends early, none begins.
  // Thread-safe.
  void stop_studies() { studies_.stop(); }

  // InputSink: thread-safe.
  bool report(ProbeResult result) override { return inbox_.put(std::move(result)); }
  void clock_stepped(Duration by) override { inbox_.put_step(by); }
  void command(Actor actor, Command command, Reply reply) override;

  std::size_t queue_length() const { return inbox_.length(); }
  // Added to logical time it gives civil time (Situation::civil_offset). Thread-safe.
  Duration civil_offset() const { return Duration(civil_offset_ms_.load()); }
  // When turn() has something to do without input.
  std::optional<Instant> next_due() const;

 private:
  struct Answered {
    Reply reply;
    Result<Answer> answer;
  };

  Result<void> check_exercise() const;
  Result<void> replay();
  Result<void> read_all(std::optional<Instant>& group);
  void hold_last_words(Instant started);
  bool held(Instant now) const;
  std::optional<Instant> published_next_due() const;
  bool published_is_over(Instant now) const;
  void note(const Decided& decided, const std::string& actor, Instant at, Instant observed);
  Instant tick();
  void handle(Batch& batch);
  void handle_requests(Batch& batch);
  Result<Answer> write_backup(const Backup& backup);
  void handle_time();
  bool commit();
  void fail_for_good(const Error& error);
  void send_messages();
  void send_actions();
  void publish_if_due(bool changed);
  void publish(Situation situation);
  void flush_replies();

  Identity identity_;
  Ports ports_;
  Inbox inbox_;
  WorkingState state_;
  Decider decider_;
  Studies studies_;

  std::vector<Event> pending_;
  std::vector<ProbeId> ask_now_;
  std::vector<Answered> answers_;
  bool reload_probes_ = false;
  Instant last_used_;
  bool last_had_events_ = false;

  std::shared_ptr<const Situation> published_;
  Instant published_at_;
  std::optional<Situation> held_;
  std::optional<Instant> failed_at_;
  std::string failure_;
  std::atomic<std::int64_t> civil_offset_ms_{0};
  bool stopped_ = false;
};

}  // namespace dienstbereit::engine
