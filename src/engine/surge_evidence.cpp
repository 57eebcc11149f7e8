// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/surge_evidence.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <utility>

#include "core/cause/evidence.h"
#include "core/health/evidence.h"

namespace dienstbereit::engine {
namespace {

namespace cause = core::cause;
using cause::Answers;
using cause::Seen;
using graph::NodeIndex;

// In the order in which they are told.
constexpr std::array<std::pair<TraceKind, cause::Trace>, cause::kTraces> kWeighed{{
    {TraceKind::OverVoltage, cause::Trace::UpsOverVoltage},
    {TraceKind::Restarted, cause::Trace::Restarted},
    {TraceKind::ClockJumped, cause::Trace::ClockJump},
}};

constexpr std::size_t kFewestTogether = 2;  // clocks; one alone has moved by itself

std::optional<NodeIndex> node_of(const WorkingState& state, const ProbeId& probe) {
  const auto id = state.observations().node_of(probe);
  return id ? state.impact().topology().find(*id) : std::nullopt;
}

bool was_asked_since(const WorkingState& state, const ProbeId& probe, Instant fell) {
  const auto* seen = state.observations().observation(probe);
  const auto run = state.observations().last_run(probe);
  return seen != nullptr && seen->fresh && core::health::succeeded(*seen) && run && *run >= fell;
}

// The most clocks of those that moved by the same.
std::span<const TracesSeen::Moved> most_alike(const std::vector<TracesSeen::Moved>& by_amount) {
  const std::span<const TracesSeen::Moved> all = by_amount;
  std::span<const TracesSeen::Moved> most;
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < all.size(); ++begin) {
    while (end < all.size() && all[end].by - all[begin].by <= core::evidence::kClockJump) ++end;
    if (end - begin > most.size()) most = all.subspan(begin, end - begin);
  }
  return most;
}

// Where most clocks seem to move by the same, it is this machine's that moved, be it slowly, or the
// source that they follow. A clock that is read afterwards and stood still speaks against it.
std::set<NodeIndex> moved_together(const WorkingState& state, Instant fell) {
  std::vector<TracesSeen::Moved> moved = state.traces_seen().clocks_moved(fell);
  std::ranges::sort(moved, {}, &TracesSeen::Moved::by);
  std::set<NodeIndex> together;
  Instant known;
  for (const TracesSeen::Moved& clock : most_alike(moved)) {
    if (const auto node = node_of(state, clock.probe)) together.insert(*node);
    known = std::max(known, clock.latest);
  }
  if (together.size() < kFewestTogether) return {};
  std::set<NodeIndex> others;
  const auto count = [&](const ProbeId& probe) {
    const auto node = node_of(state, probe);
    if (node && !together.contains(*node)) others.insert(*node);
  };
  for (const TracesSeen::Moved& clock : moved) count(clock.probe);
  for (const ProbeSpec& probe : state.district()->probes) {
    if (!state.traces_seen().tells(probe.id, TraceKind::ClockJumped)) continue;
    if (was_asked_since(state, probe.id, known)) count(probe.id);
  }
  return together.size() > others.size() ? together : std::set<NodeIndex>();
}

std::set<TracesSeen::Trace> traces_of(const WorkingState& state, std::span<const Instant> falls) {
  std::set<TracesSeen::Trace> seen;
  for (const Instant fell : falls) {
    const std::set<NodeIndex> together = moved_together(state, fell);
    for (const TracesSeen::Trace& trace : state.traces_seen().around(fell)) {
      const auto node = node_of(state, trace.probe);
      const bool clock = trace.what == TraceKind::ClockJumped;
      if (node && !(clock && together.contains(*node))) seen.insert(trace);
    }
  }
  return seen;
}

}  // namespace

SurgeEvidence surge_evidence(const WorkingState& state, const std::vector<Instant>& falls) {
  SurgeEvidence found;
  const std::set<TracesSeen::Trace> seen =
      traces_of(state, std::span(falls).last(std::min(falls.size(), kMostFalls)));
  std::set<NodeIndex> restarted;
  for (const auto& [kind, weighed] : kWeighed) {
    std::set<NodeIndex> nodes;
    for (const TracesSeen::Trace& trace : seen) {
      const auto node = trace.what == kind ? node_of(state, trace.probe) : std::nullopt;
      if (node && nodes.insert(*node).second) found.traces.push_back({kind, *node});
    }
    if (kind == TraceKind::Restarted) restarted = std::move(nodes);
  }
  if (found.traces.empty()) return found;  // silence alone says nothing
  for (const ProbeSpec& probe : state.district()->probes) {
    if (!state.traces_seen().tells(probe.id, TraceKind::Restarted)) continue;
    const auto node = node_of(state, probe.id);
    if (node && !restarted.contains(*node) && was_asked_since(state, probe.id, falls.back())) {
      found.ran_on.push_back(*node);
    }
  }
  return found;
}

std::vector<double> surge_log_ratios(const SurgeEvidence& evidence, const cause::Question& question,
                                     const cause::GraphNetwork& network) {
  std::vector<cause::Evidence> items;
  std::vector<NodeIndex> heard = evidence.ran_on;
  for (const SurgeEvidence::Trace& trace : evidence.traces) {
    const auto* weighed =
        std::ranges::find(kWeighed, trace.what, &decltype(kWeighed)::value_type::first);
    items.push_back({weighed->second, network.damage_of[trace.node.value()]});
    if (trace.what == TraceKind::Restarted) heard.push_back(trace.node);
  }
  std::vector<Answers> answers(network.network.node_count(), Answers::Unknown);
  for (std::uint32_t node = 0; node < question.sightings.size(); ++node) {
    const Seen seen = question.sightings[node].seen;
    const bool down = seen == Seen::Down || seen == Seen::WasDown;
    if (down) answers[network.damage_of[node]] = Answers::MostlyDown;
  }
  // What works and was never asked for how long it runs is no silent witness.
  for (const NodeIndex node : heard) {
    const Seen seen = question.sightings[node.value()].seen;
    const bool up = seen == Seen::Works || seen == Seen::Answers;
    if (up) answers[network.damage_of[node.value()]] = Answers::MostlyUp;
  }
  return cause::weigh_evidence(network.network, items, answers, {});
}

}  // namespace dienstbereit::engine
