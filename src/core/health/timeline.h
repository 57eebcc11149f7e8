// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/health/observations.h"

// For tests only: a small district and virtual time. Every probe has an interval of 60 s and a
// timeout of 10 s; seconds count from the start.
namespace dienstbereit::core::health::timeline {

inline constexpr Duration kInterval = std::chrono::seconds(60);
inline constexpr Duration kTimeout = std::chrono::seconds(10);

inline Instant at(int seconds) {
  return Instant(std::chrono::hours(24 * 365 * 56)) + std::chrono::seconds(seconds);
}

inline ProbeSpec probe_of(std::string_view node, std::string_view name, Proof proof,
                          unsigned attempts = 2) {
  ProbeSpec spec;
  spec.id = ProbeId(fmt::format("{}/{}", node, name));
  spec.node = NodeId(std::string(node));
  spec.action = TcpProbe{};
  spec.proof = proof;
  spec.interval = kInterval;
  spec.timeout = kTimeout;
  spec.attempts = attempts;
  return spec;
}

inline ProbeSpec anchor_of(std::string_view uplink, std::string_view name, unsigned attempts = 2) {
  ProbeSpec spec = probe_of("", name, Proof::Alive, attempts);
  spec.id = ProbeId(fmt::format("{}/{}", uplink, name));
  spec.node = NodeId();
  spec.anchor_of = UplinkId(std::string(uplink));
  spec.uplink = spec.anchor_of;
  return spec;
}

class Timeline {
 public:
  explicit Timeline(District district)
      : district_(std::move(district)), observations_(district_, at(0)) {}

  // The run ended at this second and took `took`; returns what was decided, one word each:
  // "settled DB/sql failure", "lost DB/sql stale", "path lan lost", "ask DB/sql".
  std::string result(int second, std::string_view probe, ProbeOutcome outcome,
                     Duration took = Duration(0)) {
    ProbeResult result;
    result.probe = ProbeId(std::string(probe));
    result.began = at(second) - took;
    result.ended = at(second);
    result.outcome = outcome;
    result.detail = fmt::format("{} says {}", probe, name_of(outcome));
    return told(second, observations_.on_result(result, at(second)));
  }
  std::string ok(int second, std::string_view probe) {
    return result(second, probe, ProbeOutcome::Success);
  }
  std::string fails(int second, std::string_view probe) {
    return result(second, probe, ProbeOutcome::Failure);
  }
  std::string slow(int second, std::string_view probe) {
    return result(second, probe, ProbeOutcome::Slow);
  }
  std::string broken(int second, std::string_view probe) {
    return result(second, probe, ProbeOutcome::Broken);
  }
  // Two failures in a row, the second at `second`.
  std::string dies(int second, std::string_view probe) {
    const std::string first = fails(second, probe);
    const std::string second_time = fails(second, probe);
    return second_time.empty() ? first : second_time;
  }
  std::string wait_until(int second) { return told(second, observations_.on_due(at(second))); }
  void restart(int second) { event(second, ObserverStarted{}); }
  void event(int second, EventPayload payload) {
    observations_.apply(payload, at(second));
    journal_.emplace_back(at(second), std::move(payload));
  }

  // "operational", "degraded..down".
  std::string own(std::string_view node) const {
    const Interval own = observations_.evidence(NodeId(std::string(node))).own;
    static constexpr const char* kNames[] = {"operational", "degraded", "down"};
    const char* best = kNames[static_cast<int>(own.best)];
    const char* worst = kNames[static_cast<int>(own.worst)];
    return own.certain() ? best : fmt::format("{}..{}", best, worst);
  }
  Evidence evidence(std::string_view node) const {
    return observations_.evidence(NodeId(std::string(node)));
  }
  // Seconds until something is due; -1: never.
  long due() const {
    const auto due = observations_.next_due();
    return due ? std::chrono::duration_cast<std::chrono::seconds>(*due - at(0)).count() : -1;
  }
  // Only the events, applied to a new state.
  Observations replayed() const {
    Observations replayed(district_, at(0));
    for (const auto& [when, payload] : journal_) replayed.apply(payload, when);
    return replayed;
  }

  const District& district() const { return district_; }
  Observations& observations() { return observations_; }
  const Observations& observations() const { return observations_; }

 private:
  static std::string sentence(const EventPayload& payload) {
    if (const auto* settled = std::get_if<ObservationSettled>(&payload)) {
      return fmt::format("settled {} {}{}", settled->probe.str(), name_of(settled->outcome),
                         settled->flapping ? " flapping" : "");
    }
    if (const auto* lost = std::get_if<ObservationLost>(&payload)) {
      return fmt::format("lost {} {}", lost->probe.str(), name_of(lost->why));
    }
    const auto& path = std::get<PathChanged>(payload);
    return fmt::format("path {}{} {}", path.uplink.str(), path.site.str(),
                       path.up ? "back" : "lost");
  }

  std::string told(int second, const Observations::Outcome& outcome) {
    std::string text;
    const auto add = [&](const std::string& word) { text += (text.empty() ? "" : "; ") + word; };
    for (const EventPayload& payload : outcome.events) {
      add(sentence(payload));
      journal_.emplace_back(at(second), payload);
    }
    for (const ProbeId& probe : outcome.ask_now) add("ask " + probe.str());
    return text;
  }

  District district_;
  Observations observations_;
  std::vector<std::pair<Instant, EventPayload>> journal_;
};

}  // namespace dienstbereit::core::health::timeline
