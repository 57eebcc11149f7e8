// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/engine.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/assert.h"
#include "base/log.h"
#include "engine/civil.h"
#include "engine/interim.h"
#include "engine/snapshot.h"

namespace dienstbereit::engine {
namespace {

// The longest wait for input; bounds how late a due time can be noticed by.
constexpr std::chrono::milliseconds kLongestPatience{1000};
// After a start the last words stand for two of the longest intervals, but not longer than this.
constexpr int kHeldIntervals = 2;
constexpr Duration kLongestHold = std::chrono::minutes(10);
constexpr Duration kOneTick{1};

bool awaits_first_result(const std::vector<ProbeSituation>& probes) {
  return std::any_of(probes.begin(), probes.end(), [](const auto& probe) {
    return !probe.fresh && probe.lost == LossReason::Restarted;
  });
}

// Commands about messages, copies and accounts say nothing of the situation, and an outpost's
// report no more than a probe's result: what is held stays held.
bool only_tells(const Command& command) {
  return std::holds_alternative<ReportPublish>(command) ||
         std::holds_alternative<ReportCopy>(command) ||
         std::holds_alternative<SetHomepageMode>(command) ||
         std::holds_alternative<NoteDelivery>(command) ||
         std::holds_alternative<Acknowledge>(command) ||
         std::holds_alternative<SendTest>(command) ||
         std::holds_alternative<RecordAudit>(command) ||
         std::holds_alternative<TakeOutpostReport>(command) ||
         std::holds_alternative<NoteIntake>(command) ||
         std::holds_alternative<ReportBacklog>(command) ||
         std::holds_alternative<PlanCommand>(command);
}

}  // namespace

Engine::Engine(Identity identity, Ports ports)
    : identity_(std::move(identity)),
      ports_(std::move(ports)),
      state_(ports_.loader),
      decider_(
          state_, [this] { return ports_.journal.head().seq + pending_.size() + 1; },
          ports_.messages ? ports_.roster : RosterSource()),
      studies_(ports_.calculate, *this) {}

// ---- start ----------------------------------------------------------------------------------

Result<void> Engine::start(std::shared_ptr<const District> district, bool clock_doubted) {
  if (auto usable = state_.prepare(district); !usable) return usable;
  if (auto replayed = replay(); !replayed) return replayed;
  if (auto alike = check_exercise(); !alike) return alike;
  const Instant now = tick();
  hold_last_words(now);
  ObserverStarted started;
  started.version = identity_.version;
  started.wall_clock = ports_.wall();
  started.clock_doubted = clock_doubted;
  if (identity_.exercise) started.exercise = true;
  note(decider_.start(started, district, now), kObserver, now, now);
  if (!held_) {
    const Instant next = tick();
    note(decider_.readiness(next), kObserver, next, next);
  }
  if (!commit()) return fail(Errc::Io, failure_);
  ports_.probes.use(std::move(district));
  publish_if_due(true);
  return {};
}

// What was played is never taken for what has happened, nor the reverse.
Result<void> Engine::check_exercise() const {
  if (state_.epoch() == 0 || state_.exercise() == identity_.exercise) return {};
  return fail(Errc::InvalidInput,
              identity_.exercise
                  ? "this journal holds what really happened, and an exercise must not be written "
                    "into it; name another data directory"
                  : "this journal holds an exercise, and nothing real must be written into it; "
                    "name another data directory");
}

Result<void> Engine::replay() {
  std::optional<Instant> group;
  if (auto read = read_all(group); !read) return read;
  if (!group) return {};
  last_used_ = *group;
  last_had_events_ = true;
  if (!state_.loaded()) return {};
  held_ = snapshot(state_, *group);
  // The start begins logical time anew; what is held was told in the time before.
  to_civil(*held_, state_.civil_offset());
  return {};
}

// Folds every event; events of one logical time are settled together, as they were.
Result<void> Engine::read_all(std::optional<Instant>& group) {
  std::optional<Error> problem;
  bool settles = false;
  const auto settle = [&] {
    if (group && settles) state_.settle(*group);
    settles = false;
  };
  const auto visit = [&](const journal::Record& record) {
    auto event = journal::to_event(record);
    if (!event) {
      problem = event.error();
      return false;
    }
    if (group != event->logical) settle();
    group = event->logical;
    settles = settles || WorkingState::is_settled_at(event->payload);
    const Written written{event->logical, event->actor};
    if (auto folded = state_.fold(event->payload, written); !folded) {
      problem = Error(folded.error().code, fmt::format("event {} cannot be replayed: {}",
                                                       record.seq, folded.error().message));
    }
    return !problem.has_value();
  };
  if (auto read = ports_.journal.read(1, visit); !read) return read;
  if (problem) return tl::unexpected(*problem);
  settle();
  return {};
}

// Pages keep the words of before the start for two intervals; then what is not seen is unknown.
void Engine::hold_last_words(Instant started) {
  if (!held_) return;
  Duration longest{0};
  for (const ProbeSpec& probe : held_->district->probes) {
    longest = std::max(longest, probe.interval);
  }
  if (longest == Duration(0)) {
    held_.reset();
    return;
  }
  held_->held_until = started + std::min(kHeldIntervals * longest, kLongestHold);
  held_->next_due = held_->held_until;
}

bool Engine::held(Instant now) const { return held_ && now < *held_->held_until; }

// ---- rounds ---------------------------------------------------------------------------------

void Engine::run() {
  while (!stopped_) {
    auto patience = kLongestPatience;
    if (const auto due = next_due()) {
      const Duration left = *due - ports_.now();
      patience = std::clamp(left, Duration(0), Duration(kLongestPatience));
    }
    turn(patience);
  }
}

std::optional<Instant> Engine::next_due() const {
  if (failed_at_) return std::nullopt;
  std::optional<Instant> due = state_.next_due();
  const auto sooner = [&](std::optional<Instant> t) {
    if (t && (!due || *t < *due)) due = t;
  };
  if (!held_) sooner(published_next_due());
  if (!held_) sooner(decider_.next_suspects());
  sooner(decider_.next_notice());
  sooner(decider_.next_interim(last_used_));
  if (held_) sooner(held_->held_until);
  return due;
}

// When what was published last changes by time alone, in logical time.
std::optional<Instant> Engine::published_next_due() const {
  if (!published_ || !published_->next_due) return std::nullopt;
  return *published_->next_due - state_.civil_offset();
}

bool Engine::published_is_over(Instant now) const {
  const auto due = published_next_due();
  return due && *due <= now;
}

void Engine::turn(std::chrono::milliseconds patience) {
  Batch batch = inbox_.take(patience);
  if (failed_at_) {
    for (Request& request : batch.requests) {
      request.reply(fail(Errc::Unavailable, failure_));
    }
    stopped_ = batch.stop;
    return;
  }
  handle(batch);
  const bool changed = !pending_.empty();
  if (!commit()) return;
  publish_if_due(changed);
  flush_replies();
  send_messages();
  send_actions();
}

void Engine::handle(Batch& batch) {
  handle_time();
  studies_.look(last_used_);
  for (const Duration step : batch.clock_steps) {
    const Instant now = tick();
    note(decider_.step(step, now), kObserver, now, now);
  }
  if (batch.dropped > 0) {
    const Instant now = tick();
    note(decider_.dropped(batch.dropped, now), kObserver, now, now);
  }
  for (const ProbeResult& result : batch.samples) {
    if (ports_.sample) ports_.sample(result);
    const Instant now = tick();
    note(decider_.report(result, now), kObserver, now, result.ended);
  }
  handle_requests(batch);
  const Instant now = tick();
  if (held_ && (!held(now) || !awaits_first_result(state_.observations().probes()))) held_.reset();
  if (!held_ && (!pending_.empty() || published_is_over(now))) {
    note(decider_.readiness(now), kObserver, now, now);
  }
  if (const auto due = decider_.next_suspects(); !held_ && due && *due <= now) {
    const Instant later = tick();
    note(decider_.suspects(later), kObserver, later, later);
  }
  if (const auto due = decider_.next_notice(); due && *due <= now) {
    const Instant later = tick();
    note(decider_.notices(later), kObserver, later, later);
  }
  const Instant last = tick();
  note(decider_.interim(last), kObserver, last, last);
  if (batch.stop) {
    const Instant end = tick();
    note(decider_.stop(end), kObserver, end, end);
    stopped_ = true;
  }
}

void Engine::handle_time() {
  const Instant now = tick();
  const auto due = state_.next_due();
  if (due && *due <= now) note(decider_.due(now), kObserver, now, now);
}

void Engine::handle_requests(Batch& batch) {
  for (Request& request : batch.requests) {
    const Instant now = tick();
    if (const auto* backup = std::get_if<Backup>(&request.command)) {
      answers_.push_back({std::move(request.reply), write_backup(*backup)});
      continue;
    }
    if (studies_.beside() && is_study(request.command)) {
      if (auto begun = studies_.begin(request, state_, now); !begun) {
        answers_.push_back({std::move(request.reply), tl::unexpected(begun.error())});
      }
      continue;
    }
    Decided decided;
    auto answer = decider_.command(request.command, request.actor, ports_.wall(), now, decided);
    if (!decided.events.empty() && !only_tells(request.command)) {
      held_.reset();
      reload_probes_ = reload_probes_ || std::holds_alternative<LoadDistrict>(request.command);
    }
    note(decided, request.actor.id, now, now);
    if (answer) {
      answer->seq = ports_.journal.head().seq + pending_.size();
      to_civil(*answer, state_.civil_offset());
    }
    answers_.push_back({std::move(request.reply), std::move(answer)});
  }
}

// Through the writer, since only one connection may be open for writing.
Result<Answer> Engine::write_backup(const Backup& backup) {
  if (auto written = ports_.journal.backup(backup.file); !written) {
    return tl::unexpected(written.error());
  }
  Answer answer;
  answer.seq = ports_.journal.head().seq;
  answer.notes.push_back(fmt::format("{} holds everything up to event {}, head {}", backup.file,
                                     answer.seq, ports_.journal.head().text()));
  return answer;
}

// Logical time for the next input. Two inputs that yield events never share one, so that replay
// can tell which events were settled together.
Instant Engine::tick() {
  const Instant clock = ports_.now();
  const Instant earliest = last_had_events_ ? last_used_ + kOneTick : last_used_;
  last_used_ = std::max(clock, earliest);
  last_had_events_ = false;
  return last_used_;
}

void Engine::note(const Decided& decided, const std::string& actor, Instant at, Instant observed) {
  const journal::Head& head = ports_.journal.head();
  for (const EventPayload& payload : decided.events) {
    Event event;
    event.site = identity_.site;
    event.epoch = state_.epoch();
    event.seq = head.seq + pending_.size() + 1;
    event.logical = at;
    event.observed = observed;
    event.recorded = ports_.wall();
    event.actor = actor;
    event.payload = payload;
    pending_.push_back(std::move(event));
  }
  last_had_events_ = last_had_events_ || !decided.events.empty();
  ask_now_.insert(ask_now_.end(), decided.ask_now.begin(), decided.ask_now.end());
}

// ---- durability, then the world -------------------------------------------------------------

bool Engine::commit() {
  for (std::size_t done = 0; done < pending_.size(); done += journal::kMostInBatch) {
    const std::size_t count = std::min(pending_.size() - done, journal::kMostInBatch);
    const auto appended = ports_.journal.append(std::span(pending_).subspan(done, count));
    if (!appended) {
      fail_for_good(appended.error());
      return false;
    }
  }
  pending_.clear();
  for (const ProbeId& probe : ask_now_) ports_.probes.run_now(probe);
  ask_now_.clear();
  if (reload_probes_) ports_.probes.use(state_.district());
  reload_probes_ = false;
  return true;
}

// After their notice is durable; a crash from here on sends them again, under the same key.
void Engine::send_messages() {
  if (ports_.messages == nullptr || stopped_) return;
  for (OutMessage& message : decider_.messages(last_used_)) {
    message.exercise = identity_.exercise;
    ports_.messages->send(std::move(message));
  }
}

// After the event that asks for them is durable. A crash from here on asks again, under the same
// key.
void Engine::send_actions() {
  if (ports_.actions == nullptr || stopped_) return;
  for (Action& action : decider_.actions()) ports_.actions->carry_out(std::move(action));
}

void Engine::fail_for_good(const Error& error) {
  failed_at_ = last_used_;
  failure_ = fmt::format("the journal cannot be written, so nothing new is recorded or shown: {}",
                         error.message);
  log::error("{}", failure_);
  pending_.clear();
  ask_now_.clear();
  for (Answered& answered : answers_) answered.reply(fail(Errc::Unavailable, failure_));
  answers_.clear();
  if (!published_) return;
  Situation last = *published_;
  last.journal_failed_at = *failed_at_ + last.civil_offset;
  last.journal_failure = error.message;
  published_ = std::make_shared<const Situation>(std::move(last));
  ports_.publish(published_);
}

void Engine::publish_if_due(bool changed) {
  const Instant now = last_used_;
  const bool due = published_is_over(now);
  if (!changed && !due && published_ && now - published_at_ < ports_.say_again) return;
  published_at_ = now;
  Situation situation = held_ ? *held_ : snapshot(state_, now);
  // Runs go on while the last words stand.
  if (held_) situation.interim = state_.interim().board(SeenWorld(state_), now);
  publish(std::move(situation));
}

void Engine::publish(Situation situation) {
  const journal::Head& head = ports_.journal.head();
  situation.seq = head.seq;
  situation.head = head.text();
  situation.epoch = state_.epoch();
  situation.started_at = state_.started_at();
  situation.clock_doubted = state_.clock_doubted();
  situation.exercise = state_.exercise();
  situation.civil_offset = state_.civil_offset();
  to_civil(situation, state_.civil_offset());
  civil_offset_ms_ = state_.civil_offset().count();
  published_ = std::make_shared<const Situation>(std::move(situation));
  ports_.publish(published_);
}

void Engine::flush_replies() {
  std::vector<Answered> answers = std::move(answers_);
  answers_.clear();
  for (Answered& answered : answers) answered.reply(std::move(answered.answer));
}

void Engine::command(Actor actor, Command command, Reply reply) {
  Request request{std::move(actor), std::move(command), reply};
  if (!inbox_.put(std::move(request))) {
    reply(fail(Errc::Unavailable, "the server is overloaded or stopping; try again in a moment"));
  }
}

}  // namespace dienstbereit::engine
