// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/repaired.h"

#include <algorithm>

namespace dienstbereit::engine {
namespace {

// What no restart time is told of takes some minutes too.
constexpr Duration kSettles = std::chrono::minutes(5);

bool failed_later(const Record& record, const NodeId& node, Instant done) {
  return std::any_of(record.incidents.begin(), record.incidents.end(), [&](const auto& incident) {
    return is_open(*incident) &&
           std::any_of(incident->faults.begin(), incident->faults.end(), [&](const Fault& fault) {
             return fault.node == node && fault.since > done;
           });
  });
}

// When it should have been up again: its restart after all that it needs and waits for has been up
// since. None: it still waits.
std::optional<Instant> due_up(const WorkingState& state, const NodeId& node, Instant done) {
  const core::impact::Impact& impact = state.impact();
  const core::impact::Topology& topology = impact.topology();
  const auto index = topology.find(node);
  if (!index || impact.evaluation().needs(*index).best == Health::Down) return std::nullopt;
  Instant begins = done;
  const auto wait_for = [&](const NodeId& before) {
    const auto since = state.since().find(before);
    if (since != state.since().end()) begins = std::max(begins, since->second);
  };
  for (const graph::NeedIndex need : topology.graph.needs_of(*index)) {
    const graph::NodeIndex on = topology.graph.need(need).on;
    if (impact.evaluation().state(on).best != Health::Down) wait_for(topology.ids[on.value()]);
  }
  const Component* component = find_component(*state.district(), node);
  if (!component) return begins + kSettles;
  for (const NodeId& before : component->restart_after) {
    if (impact.node(before).state.best == Health::Down) return std::nullopt;
    wait_for(before);
  }
  return begins + component->restart_time + kSettles;
}

// A run that begins no earlier than this has failed.
Instant last_failure(const WorkingState& state, const ProbeId& id, Instant now) {
  const core::health::Observation* seen = state.observations().observation(id);
  const ProbeSpec* probe = find_probe(*state.district(), id);
  if (!seen || !probe || !seen->fresh || seen->outcome != ProbeOutcome::Failure) {
    return Instant::min();
  }
  const Duration fresh = probe->interval * core::health::kFreshIntervals + probe->timeout;
  return std::max(state.observations().last_run(id).value_or(seen->began), now - fresh);
}

bool seen_down(const WorkingState& state, const NodeId& node, Instant since, Instant now) {
  if (state.evidence(node).own.best != Health::Down) return false;
  const std::vector<ProbeId> probes = state.observations().probes_of(node);
  return std::any_of(probes.begin(), probes.end(),
                     [&](const ProbeId& probe) { return last_failure(state, probe, now) > since; });
}

}  // namespace

bool still_repaired(const WorkingState& state, const NodeId& node, Instant done, Instant now) {
  if (failed_later(*state.ledger().record(), node, done)) return false;
  const auto due = due_up(state, node, done);
  return !due || !seen_down(state, node, *due, now);
}

}  // namespace dienstbereit::engine
