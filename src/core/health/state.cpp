// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What Observations is made of (reload), what events do to it (apply), and what can be read.
#include <algorithm>

#include "core/health/observations.h"

namespace dienstbereit::core::health {
namespace {

constexpr Duration kShortestInterval{1};

// Every node that the needs name, groups included.
void collect_nodes(const Needs& needs, std::vector<NodeId>& nodes) {
  for (const Need& need : needs.of) {
    if (!need.node.empty()) nodes.push_back(need.node);
    for (const Needs& group : need.group) collect_nodes(group, nodes);
  }
}

}  // namespace

// ---- making

void Observations::reload(const District& district, Instant now) {
  Observations made;
  for (const ProbeSpec& spec : district.probes) made.add_probe(spec);
  for (const Uplink& uplink : district.uplinks) made.add_uplink(district, uplink);
  for (const Site& site : district.sites) made.add_site(site);
  for (const ProbeSpec& spec : district.probes) {
    made.probes_[made.find(spec.id)].spec.paths = made.paths_of(spec);
  }
  made.keep_from(*this);
  for (Index index = 0; index < made.probes_.size(); ++index) {
    Probe& probe = made.probes_[index];
    if (!probe.spec.heartbeat) probe.run.missed.reset();
    if (probe.spec.heartbeat && !probe.run.missed) {
      probe.run.missed = now + probe.spec.interval + probe.spec.timeout;
    }
    made.schedule(index);
  }
  *this = std::move(made);
}

void Observations::add_probe(const ProbeSpec& spec) {
  if (!index_.emplace(spec.id, probes_.size()).second) return;
  Probe probe;
  probe.spec.id = spec.id;
  probe.spec.node = spec.node;
  probe.spec.proof = spec.proof;
  probe.spec.interval = std::max(spec.interval, kShortestInterval);
  probe.spec.timeout = spec.timeout;
  probe.spec.attempts = std::max(spec.attempts, 1U);
  probe.spec.heartbeat = std::holds_alternative<HeartbeatProbe>(spec.action);
  probe.spec.elsewhere = !spec.from.empty();
  probe.spec.outside = spec.outside;
  if (!spec.node.empty()) by_node_[spec.node].push_back(probes_.size());
  probes_.push_back(std::move(probe));
}

void Observations::add_uplink(const District& district, const Uplink& uplink) {
  Path path;
  path.uplink = uplink.id;
  path.elsewhere = !uplink.outpost.empty();
  for (const ProbeSpec& spec : district.probes) {
    if (spec.anchor_of == uplink.id) path.ways.push_back({find(spec.id)});
  }
  add_path(std::move(path));
}

void Observations::add_site(const Site& site) {
  Path path;
  path.site = site.id;
  std::vector<NodeId> nodes;
  collect_nodes(site.link, nodes);
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  for (const NodeId& node : nodes) {
    const auto probed = by_node_.find(node);
    if (probed != by_node_.end()) path.ways.push_back(probed->second);
  }
  add_path(std::move(path));
}

// A path that nothing observes is always taken as up, and left out.
void Observations::add_path(Path path) {
  if (path.ways.empty()) return;
  for (const auto& way : path.ways) {
    for (Index index : way) probes_[index].spec.on_path = true;
  }
  paths_.push_back(std::move(path));
}

std::vector<Observations::Index> Observations::paths_of(const ProbeSpec& spec) const {
  std::vector<Index> paths;
  if (!spec.anchor_of.empty() || !spec.from.empty()) return paths;
  const Index self = find(spec.id);
  for (Index index = 0; index < paths_.size(); ++index) {
    const Path& path = paths_[index];
    const bool on_it = std::any_of(path.ways.begin(), path.ways.end(), [&](const auto& way) {
      return std::find(way.begin(), way.end(), self) != way.end();
    });
    const bool out_by_it = !path.uplink.empty() && path.uplink == spec.uplink;
    const bool across_it = !path.site.empty() && path.site == spec.across;
    // The probes of a link are judged by the uplink alone.
    if ((out_by_it || across_it) && !on_it) paths.push_back(index);
  }
  return paths;
}

void Observations::keep_from(const Observations& old) {
  for (Index index = 0; index < probes_.size(); ++index) {
    const Index before = old.find(probes_[index].spec.id);
    if (before == kNone) continue;
    probes_[index].settled = old.probes_[before].settled;
    probes_[index].run = old.probes_[before].run;
    if (probes_[index].run.wait) waiting_.insert(index);
  }
  for (Path& path : paths_) {
    for (const Path& before : old.paths_) {
      if (before.uplink != path.uplink || before.site != path.site) continue;
      path.up = before.up;
      path.since = before.since;
      path.detail = before.detail;
    }
  }
}

// ---- events

void Observations::apply(const EventPayload& payload, Instant at) {
  if (const auto* settled = std::get_if<ObservationSettled>(&payload)) {
    apply_settled(*settled, at);
  } else if (const auto* lost = std::get_if<ObservationLost>(&payload)) {
    apply_lost(*lost, at);
  } else if (const auto* path = std::get_if<PathChanged>(&payload)) {
    apply_path(*path, at);
  } else if (std::holds_alternative<ObserverStarted>(payload)) {
    apply_started(at);
  }
}

void Observations::apply_settled(const ObservationSettled& event, Instant at) {
  const Index index = find(event.probe);
  if (index == kNone || event.outcome == ProbeOutcome::Broken) return;
  Probe& probe = probes_[index];
  Observation& settled = probe.settled;
  const bool same = settled.outcome == event.outcome;
  if (!same) settled.changed = at;
  if (!same || !settled.fresh) settled.since = at;
  settled.fresh = true;
  settled.outcome = event.outcome;
  settled.began = event.began;
  settled.phase = event.phase;
  settled.detail = event.detail;
  settled.flapping = event.flapping;
  settled.lost.reset();
  settled.loss_detail.clear();
  probe.run.seen = std::max(probe.run.seen, at);
  schedule(index);
}

void Observations::apply_lost(const ObservationLost& event, Instant at) {
  const Index index = find(event.probe);
  if (index == kNone) return;
  Probe& probe = probes_[index];
  if (event.why == LossReason::Dropped) {
    probe.run.renew = true;
    return;
  }
  if (probe.settled.lost != event.why) probe.settled.since = event.since.value_or(at);
  probe.settled.fresh = false;
  probe.settled.lost = event.why;
  probe.settled.loss_detail = event.detail;
  schedule(index);
}

void Observations::apply_path(const PathChanged& event, Instant at) {
  for (Path& path : paths_) {
    if (path.uplink != event.uplink || path.site != event.site) continue;
    if (path.up != event.up || !path.since) path.since = at;
    path.up = event.up;
    path.detail = event.detail;
  }
}

// Nothing is known any more but the last words; heartbeats are awaited anew.
void Observations::apply_started(Instant at) {
  waiting_.clear();
  for (Index index = 0; index < probes_.size(); ++index) {
    Probe& probe = probes_[index];
    probe.run = Running();
    if (probe.spec.heartbeat) probe.run.missed = at + probe.spec.interval + probe.spec.timeout;
    const bool known = probe.settled.fresh || probe.settled.lost;
    if (known) apply_lost({probe.spec.id, LossReason::Restarted, "", {}}, at);
    schedule(index);
  }
}

// ---- due times

std::optional<Instant> Observations::due_of(const Probe& probe) const {
  if (probe.spec.elsewhere) return std::nullopt;
  std::optional<Instant> due = probe.run.missed;
  const auto also = [&](Instant at) { due = due ? std::min(*due, at) : at; };
  if (probe.run.wait) also(probe.run.wait->until);
  if (!probe.settled.fresh) return due;
  if (!probe.spec.heartbeat) also(stale_at(probe));
  if (probe.settled.flapping) also(steady_at(probe));
  return due;
}

void Observations::schedule(Index index) {
  Probe& probe = probes_[index];
  const auto due = due_of(probe);
  if (due == probe.due) return;
  if (probe.due) due_.erase({*probe.due, index});
  if (due) due_.insert({*due, index});
  probe.due = due;
}

std::optional<Instant> Observations::next_due() const {
  if (due_.empty()) return std::nullopt;
  return due_.begin()->first;
}

// ---- reading

Observations::Index Observations::find(const ProbeId& id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? kNone : found->second;
}

std::vector<Reading> Observations::readings(const NodeId& node) const {
  std::vector<Reading> found;
  const auto probed = by_node_.find(node);
  if (probed == by_node_.end()) return found;
  for (Index index : probed->second) {
    const Probe& probe = probes_[index];
    found.push_back({probe.spec.proof, &probe.settled, probe.spec.outside});
  }
  return found;
}

Evidence Observations::evidence(const NodeId& node) const { return evidence_of(readings(node)); }

std::optional<Instant> Observations::last_run(const ProbeId& id) const {
  const Index index = find(id);
  if (index == kNone) return std::nullopt;
  const Running& run = probes_[index].run;
  return succeeded(probes_[index].settled) ? run.last_success : run.last_failure;
}

std::optional<NodeId> Observations::node_of(const ProbeId& probe) const {
  const Index index = find(probe);
  if (index == kNone || probes_[index].spec.node.empty()) return std::nullopt;
  return probes_[index].spec.node;
}

std::vector<ProbeId> Observations::probes_of(const NodeId& node) const {
  std::vector<ProbeId> ids;
  const auto probed = by_node_.find(node);
  if (probed == by_node_.end()) return ids;
  for (Index index : probed->second) ids.push_back(probes_[index].spec.id);
  return ids;
}

const Observation* Observations::observation(const ProbeId& probe) const {
  const Index index = find(probe);
  return index == kNone ? nullptr : &probes_[index].settled;
}

std::vector<ProbeSituation> Observations::probes() const {
  std::vector<ProbeSituation> situations;
  situations.reserve(probes_.size());
  for (const Probe& probe : probes_) {
    const Observation& settled = probe.settled;
    ProbeSituation situation;
    situation.id = probe.spec.id;
    situation.fresh = settled.fresh;
    situation.outcome = settled.outcome.value_or(ProbeOutcome::Broken);
    situation.flapping = settled.flapping;
    situation.since = settled.since;
    situation.lost = settled.lost;
    situation.phase = settled.phase;
    situation.detail = settled.loss_detail.empty() ? settled.detail : settled.loss_detail;
    situation.works = probe.spec.proof == Proof::Works;
    situation.outside = probe.spec.outside;
    situations.push_back(std::move(situation));
  }
  return situations;
}

std::vector<PathSituation> Observations::paths() const {
  std::vector<PathSituation> situations;
  for (const Path& path : paths_) {
    situations.push_back({path.uplink, path.site, path.up, path.since, path.detail});
  }
  return situations;
}

}  // namespace dienstbereit::core::health
