// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "story/house.h"

#include <algorithm>

namespace dienstbereit::story {
namespace {

// What is asked for at once is run a moment later, as the prober does.
constexpr Duration kAMoment = std::chrono::milliseconds(5);
// Results put in between two rounds of the engine; its inbox drops what is too much.
constexpr std::size_t kMostAtOnce = 1'000;

}  // namespace

std::shared_ptr<const District> paced(std::shared_ptr<const District> district, Duration shortest) {
  const auto hurried = [&](const ProbeSpec& probe) { return probe.interval < shortest; };
  if (std::none_of(district->probes.begin(), district->probes.end(), hurried)) return district;
  auto calm = std::make_shared<District>(*district);
  for (ProbeSpec& probe : calm->probes) probe.interval = std::max(probe.interval, shortest);
  return calm;
}

Result<std::shared_ptr<const District>> House::Loader::load(const std::string& bundle) const {
  auto district = yaml_.load(bundle);
  return district ? paced(std::move(*district), shortest_) : district;
}

House::House(journal::Journal& journal, Setup setup)
    : journal_(journal), setup_(std::move(setup)), loader_(setup_.shortest_interval) {}

Result<void> House::start(std::shared_ptr<const District> district, Instant clock, Instant wall,
                          bool clock_doubted) {
  set_now(clock);
  set_wall(wall);
  district_ = paced(std::move(district), setup_.shortest_interval);
  engine_ = std::make_unique<engine::Engine>(
      engine::Identity{setup_.site, setup_.version, setup_.exercise},
      engine::Ports{journal_,
                    loader_,
                    *this,
                    [this] { return now(); },
                    [this] { return now() + wall_ahead_; },
                    [this](std::shared_ptr<const Situation> made) {
                      situation_ = made;
                      if (setup_.publish) setup_.publish(std::move(made));
                    },
                    {},
                    [this] { return people_; },
                    this,
                    setup_.say_again});
  return engine_->start(district_, clock_doubted);
}

void House::stop() {
  engine_->stop();
  turn();
}

void House::tell(const ProbeId& probe, ProbeOutcome outcome, std::string detail) {
  truth_[probe.str()] = {outcome, std::move(detail)};
}

void House::run_now(const ProbeId& probe) {
  asked_.push_back(probe.str());
  wanted_.insert(probe.str());
}

void House::use(std::shared_ptr<const District> district) {
  district_ = std::move(district);
  for (const ProbeSpec& probe : district_->probes) next_run_.try_emplace(probe.id.str(), now());
}

void House::run(const ProbeSpec& probe) {
  const auto known = truth_.find(probe.id.str());
  const Truth truth = known == truth_.end() ? Truth() : known->second;
  // A heartbeat is pushed by what works, and missing otherwise.
  const bool heartbeat = std::holds_alternative<HeartbeatProbe>(probe.action);
  if (heartbeat && truth.outcome == ProbeOutcome::Failure) return;
  ProbeResult result;
  result.probe = probe.id;
  result.began = now();
  result.ended = now();
  result.outcome = truth.outcome;
  if (truth.outcome == ProbeOutcome::Failure) {
    result.phase = "connect";
    result.detail = truth.detail;
  }
  engine_->report(std::move(result));
}

void House::run_due() {
  std::size_t reported = 0;
  for (const ProbeSpec& probe : district_->probes) {
    Instant& at = next_run_[probe.id.str()];
    if (at > now()) continue;
    run(probe);
    at = now() + probe.interval;
    if (++reported % kMostAtOnce == 0) turn();
  }
}

void House::run_wanted() {
  if (!wanted_.empty()) set_now(now() + kAMoment);
  for (const std::string& id : std::exchange(wanted_, {})) {
    if (const ProbeSpec* probe = find_probe(*district_, ProbeId(id))) run(*probe);
  }
}

void House::send(OutMessage message) { on_the_way_.push_back(std::move(message)); }

// And what became of the messages it sent.
void House::turn(std::chrono::milliseconds patience) {
  engine_->turn(patience);
  while (!on_the_way_.empty()) {
    for (OutMessage& message : std::exchange(on_the_way_, {})) {
      const bool good = !broken_.contains(message.channel.str());
      const MessageResult result{message.id, message.channel, good, false,
                                 good ? "" : "connection refused"};
      if (good) captured_.push_back({now(), std::move(message)});
      engine_->command({"notify", ""}, NoteDelivery{result}, [](const Result<Answer>&) {});
    }
    engine_->turn(std::chrono::milliseconds(0));
  }
}

Result<Answer> House::ask(Actor actor, Command command) {
  Result<Answer> answer = fail(Errc::Unavailable, "the engine has not answered");
  engine_->command(std::move(actor), std::move(command),
                   [&](Result<Answer> got) { answer = std::move(got); });
  turn();
  return answer;
}

std::optional<Instant> House::next_event() const {
  std::optional<Instant> next = engine_->next_due();
  for (const auto& [probe, at] : next_run_) {
    if (!next || at < *next) next = at;
  }
  return next;
}

void House::pass_until(Instant end) {
  while (true) {
    run_wanted();
    turn();
    if (!wanted_.empty()) continue;
    const auto next = next_event();
    if (!next || *next > end) break;
    set_now(std::max(now(), *next));
    run_due();
    turn();
  }
  set_now(std::max(now(), end));
  turn();
}

}  // namespace dienstbereit::story
