// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "config/load.h"
#include "engine/engine.h"
#include "journal/journal.h"

namespace dienstbereit::story {

// The real engine in a house on virtual time: probes come to what they are told to, on their
// intervals and whenever asked; messages are captured. Nothing leaves, no clock is read. States
// come out of it only through inputs.
//
// One thread, but for now(), input() and civil_offset(), which any thread may use once started.
class House final : public ProbePort, public MessagePort {
 public:
  struct Setup {
    std::string site = "story";
    std::string version;
    bool exercise = false;
    // Probes run no more often than this, so that days pass quickly.
    Duration shortest_interval{0};
    Duration say_again = std::chrono::seconds(15);  // engine::Ports
    std::function<void(std::shared_ptr<const Situation>)> publish = {};
  };
  // `journal` outlives it.
  House(journal::Journal& journal, Setup setup);

  // Begins, or begins anew, at `clock` while the machine's clock says `wall`.
  Result<void> start(std::shared_ptr<const District> district, Instant clock, Instant wall,
                     bool clock_doubted);
  // An orderly end of the engine; start() begins anew.
  void stop();

  // From the next run of the probe on; every probe works until told otherwise.
  void tell(const ProbeId& probe, ProbeOutcome outcome, std::string detail);
  // Lets everything happen that is due until `t`, which lies in the future.
  void pass_until(Instant t);
  // One round of the engine, which waits at most `patience` for what others put in.
  void turn(std::chrono::milliseconds patience = std::chrono::milliseconds(0));
  // Answered at once.
  Result<Answer> ask(Actor actor, Command command);

  Instant now() const { return Instant(Duration(clock_.load())); }
  // The machine's clock from now on; it goes on with the house's time.
  void set_wall(Instant wall) { wall_ahead_ = wall - now(); }
  const Situation& situation() const { return *situation_; }
  std::shared_ptr<const Situation> shared_situation() const { return situation_; }
  const std::shared_ptr<const District>& district() const { return district_; }
  InputSink& input() { return *engine_; }
  std::size_t queue_length() const { return engine_->queue_length(); }
  Duration civil_offset() const { return engine_->civil_offset(); }
  // Which probes were asked for besides their schedule, oldest first.
  const std::vector<std::string>& asked() const { return asked_; }

  // From now on these people are told.
  void set_people(Roster people) { people_ = std::make_shared<const Roster>(std::move(people)); }
  // A channel that refuses until told otherwise; every other takes all at once.
  void break_channel(const std::string& channel) { broken_.insert(channel); }
  void heal_channel(const std::string& channel) { broken_.erase(channel); }
  struct Captured {
    Instant at;
    OutMessage message;
  };
  // What would have gone out, oldest first.
  const std::vector<Captured>& captured() const { return captured_; }

  void send(OutMessage message) override;
  void run_now(const ProbeId& probe) override;
  void use(std::shared_ptr<const District> district) override;

 private:
  // Reads districts as the engine's loader does, with the house's own pace.
  class Loader final : public DistrictLoader {
   public:
    explicit Loader(Duration shortest) : shortest_(shortest) {}
    Result<std::shared_ptr<const District>> load(const std::string& bundle) const override;

   private:
    config::YamlLoader yaml_;
    Duration shortest_;
  };
  struct Truth {
    ProbeOutcome outcome = ProbeOutcome::Success;
    std::string detail;
  };

  void set_now(Instant t) { clock_ = t.time_since_epoch().count(); }
  void run(const ProbeSpec& probe);
  void run_due();
  void run_wanted();
  std::optional<Instant> next_event() const;

  journal::Journal& journal_;
  Setup setup_;
  Loader loader_;
  std::atomic<std::int64_t> clock_{0};  // ms since 1970
  Duration wall_ahead_{0};
  std::shared_ptr<const District> district_;
  std::unique_ptr<engine::Engine> engine_;
  std::map<std::string, Truth> truth_;  // by probe
  std::map<std::string, Instant> next_run_;
  std::set<std::string> wanted_;
  std::vector<std::string> asked_;
  std::shared_ptr<const Situation> situation_;
  std::shared_ptr<const Roster> people_;
  std::set<std::string> broken_;
  std::vector<OutMessage> on_the_way_;
  std::vector<Captured> captured_;
};

// The same district whose probes run no more often than every `shortest`.
std::shared_ptr<const District> paced(std::shared_ptr<const District> district, Duration shortest);

}  // namespace dienstbereit::story
