// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/district.h"

namespace dienstbereit::probe {

// When a probe's slots lie: every `interval`, at an offset derived from its id alone, so that
// restarts change nothing and probes spread evenly.
Duration slot_offset(const ProbeId& id, Duration interval);
// The first slot strictly after `now`.
Instant next_slot(const ProbeId& id, Duration interval, Instant now);

// Which probe is due when, and which ones run or wait. Pure: time arrives as data.
//
//   idle --due or asked for--> waiting --start()--> running --finished()--> idle
class Slots {
 public:
  // Between two starts of one probe.
  static constexpr Duration kSmallestGap{500};

  struct Start {
    std::shared_ptr<const District> district;  // keeps `spec` alive while the probe runs
    const ProbeSpec* spec = nullptr;
    std::string from;  // the uplink's local address; empty: the system's choice
    Instant due;
  };
  struct Counts {
    std::uint64_t scheduled = 0;
    std::uint64_t skipped = 0;
    std::uint64_t running = 0;
    std::uint64_t waiting = 0;
  };

  Slots(std::size_t most_running, std::size_t most_running_tls)
      : most_running_(most_running), most_running_tls_(most_running_tls) {}

  // Replaces the schedule; what runs, runs on, and counts against the bounds.
  void use(std::shared_ptr<const District> district, Instant now);
  // Asks for a run besides the schedule; see ProbePort::run_now.
  void ask(const ProbeId& probe, Instant now);

  // Moves what is due at `now` into the queue; then take() until it is empty or the bounds hold.
  void look(Instant now);
  std::optional<Start> take(Instant now);
  // True: the probe is still in the schedule, so its result counts.
  bool finished(const ProbeId& probe, bool tls, Instant now);

  // When to look again; none: never.
  std::optional<Instant> next_due() const;
  Counts counts() const;

 private:
  enum class State : std::uint8_t { Idle, Waiting, Running };
  struct Slot {
    const ProbeSpec* spec = nullptr;
    std::string from;
    State state = State::Idle;
    bool tls = false;
    bool again = false;  // asked for while it ran or waited
    bool asked = false;  // a run besides the schedule is in the heap
    std::optional<Instant> started;
    Instant due;
  };
  struct Due {
    Instant at;
    std::size_t slot;
    bool scheduled;  // or asked for
    friend bool operator>(const Due& a, const Due& b) { return a.at > b.at; }
  };

  void enqueue(std::size_t slot, Instant due);
  void ask_slot(std::size_t slot, Instant now);

  std::size_t most_running_;
  std::size_t most_running_tls_;
  std::shared_ptr<const District> district_;  // shared with the runs
  std::vector<Slot> slots_;
  std::unordered_map<ProbeId, std::size_t> by_id_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  std::queue<std::size_t> waiting_;
  std::queue<std::size_t> waiting_tls_;
  std::size_t running_ = 0;
  std::size_t running_tls_ = 0;
  std::uint64_t skipped_ = 0;
};

}  // namespace dienstbereit::probe
