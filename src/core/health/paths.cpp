// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The observer's own sight: whether a failure tells of its target or of the way to it.
#include <algorithm>

#include <fmt/format.h>

#include "core/health/observations.h"

namespace dienstbereit::core::health {
namespace {

std::string no_sight(const UplinkId& uplink, const SiteId& site) {
  if (site.empty()) return fmt::format("no anchor of uplink {} answers", uplink.str());
  return fmt::format("no link to site {} answers", site.str());
}

}  // namespace

void Observations::await_path(Index index, const ProbeResult& failure, Instant now, Outcome& out) {
  Probe& probe = probes_[index];
  if (!probe.run.wait) {
    Duration longest = probe.spec.timeout;
    for (Index path : probe.spec.paths) {
      for (const auto& way : paths_[path].ways) {
        for (Index member : way) longest = std::max(longest, probes_[member].spec.timeout);
      }
    }
    probe.run.wait = Wait{failure, now + longest + kPathGrace};
    waiting_.insert(index);
    for (Index path : probe.spec.paths) ask(paths_[path], failure.began, now, out);
  }
  judge(index, now, out);
}

// Asks those probes of the path that have not been asked and have not answered since `after`.
void Observations::ask(const Path& path, Instant after, Instant now, Outcome& out) {
  if (succeeded_since(path, after)) return;
  for (const auto& way : path.ways) {
    for (Index member : way) {
      Probe& probe = probes_[member];
      const bool answered = probe.run.began && *probe.run.began >= after;
      const bool asked = probe.run.asked && *probe.run.asked >= after;
      if (answered || asked || probe.spec.heartbeat) continue;
      probe.run.asked = now;
      out.ask_now.push_back(probe.spec.id);
    }
  }
}

void Observations::judge(Index index, Instant now, Outcome& out) {
  if (!probes_[index].run.wait) return;
  const Wait wait = *probes_[index].run.wait;
  const Path* lost = lost_path(probes_[index]);
  bool verified = true;
  for (Index at : probes_[index].spec.paths) {
    const Path& path = paths_[at];
    if (succeeded_since(path, wait.failure.began)) continue;
    verified = false;
    const bool doubtful = failed_since(path, wait.failure.began) || !fresh_success(path);
    if (now >= wait.until && doubtful && lost == nullptr) lost = &path;
  }
  if (lost == nullptr && !verified && now < wait.until) return;
  stop_waiting(index);
  if (lost == nullptr) return settle(index, wait.failure, now, out);
  probes_[index].run.failures = 0;
  lose(index, LossReason::PathLost, no_sight(lost->uplink, lost->site), now, out);
}

// A settled probe of a link may decide the path of others: goes on until nothing moves.
void Observations::judge_waiting(Instant now, Outcome& out) {
  update_paths(now, out);
  for (bool moved = true; moved;) {
    moved = false;
    const std::vector<Index> waiting(waiting_.begin(), waiting_.end());
    for (Index index : waiting) {
      judge(index, now, out);
      moved = moved || (probes_[index].spec.on_path && !probes_[index].run.wait);
    }
    if (moved) update_paths(now, out);
  }
}

void Observations::update_paths(Instant now, Outcome& out) {
  for (Index at = 0; at < paths_.size(); ++at) {
    const Path& path = paths_[at];
    if (path.elsewhere) continue;
    const Observation* failing = failing_everywhere(path);
    if (path.up && failing != nullptr) {
      const std::string detail = no_sight(path.uplink, path.site) + ": " + failing->detail;
      emit(PathChanged{path.uplink, path.site, false, detail}, now, out);
    } else if (!path.up && fresh_success(path)) {
      emit(PathChanged{path.uplink, path.site, true, ""}, now, out);
    }
  }
}

void Observations::stop_waiting(Index index) {
  if (!probes_[index].run.wait) return;
  probes_[index].run.wait.reset();
  waiting_.erase(index);
  schedule(index);
}

const Observations::Path* Observations::lost_path(const Probe& probe) const {
  for (Index path : probe.spec.paths) {
    if (!paths_[path].up) return &paths_[path];
  }
  return nullptr;
}

template <class Condition>
bool Observations::any_member(const Path& path, Condition condition) const {
  return std::any_of(path.ways.begin(), path.ways.end(), [&](const auto& way) {
    return std::any_of(way.begin(), way.end(),
                       [&](Index member) { return condition(probes_[member]); });
  });
}

bool Observations::succeeded_since(const Path& path, Instant since) const {
  return any_member(path, [&](const Probe& probe) {
    return probe.run.last_success && *probe.run.last_success >= since;
  });
}

bool Observations::failed_since(const Path& path, Instant since) const {
  return any_member(path, [&](const Probe& probe) {
    return probe.run.last_failure && *probe.run.last_failure >= since;
  });
}

bool Observations::fresh_success(const Path& path) const {
  return any_member(
      path, [&](const Probe& probe) { return probe.settled.fresh && succeeded(probe.settled); });
}

// Every way has a fresh failure and no fresh success: one of the failures; else nullptr.
const Observation* Observations::failing_everywhere(const Path& path) const {
  if (fresh_success(path)) return nullptr;
  const Observation* failing = nullptr;
  for (const auto& way : path.ways) {
    const auto fresh = std::find_if(way.begin(), way.end(),
                                    [&](Index member) { return probes_[member].settled.fresh; });
    if (fresh == way.end()) return nullptr;
    failing = &probes_[*fresh].settled;
  }
  return failing;
}

}  // namespace dienstbereit::core::health
