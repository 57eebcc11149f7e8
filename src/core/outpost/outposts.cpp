// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/outpost/outposts.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::core::outpost {
namespace {

// A clock a little off is no news; one that moves on while it is off is none either.
bool same_clock(std::optional<Duration> a, std::optional<Duration> b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return std::chrono::abs(*a - *b) <= kClockTolerance;
}

}  // namespace

void Outposts::reload(const District& district, Instant now) {
  for (auto& [id, post] : posts_) post.present = false;
  order_.clear();
  runs_.clear();
  for (const Outpost& outpost : district.outposts) {
    const bool fresh = !posts_.contains(outpost.id);
    Post& post = posts_[outpost.id];
    if (fresh) post.awaited = now;
    post.present = true;
    post.silent_after = outpost.silent_after;
    post.told.id = outpost.id;
    std::map<ProbeId, Watched> probes;
    for (const ProbeSpec& spec : district.probes) {
      if (spec.from != outpost.id) continue;
      const auto before = post.probes.find(spec.id);
      Watched& probe = probes[spec.id];
      if (before != post.probes.end()) probe = before->second;
      probe.node = spec.node;
      probe.works = spec.proof == Proof::Works;
      runs_[spec.id] = outpost.id;
    }
    post.probes = std::move(probes);
    std::map<UplinkId, Way> ways;
    for (const Uplink& uplink : district.uplinks) {
      if (uplink.outpost == outpost.id) ways[uplink.id] = post.ways[uplink.id];
    }
    post.ways = std::move(ways);
    order_.push_back(outpost.id);
  }
}

void Outposts::emit(EventPayload payload, Instant now, Events& out) {
  apply(payload, now);
  out.push_back(std::move(payload));
}

// ---- reports -----------------------------------------------------------------------------------

Result<Outposts::Events> Outposts::on_report(const OutpostReport& report, Instant wall,
                                             Instant now) {
  const auto found = posts_.find(report.outpost);
  if (found == posts_.end() || !found->second.present) {
    return fail(Errc::NotFound, fmt::format("the district has no outpost '{}'; add it there, or "
                                            "correct the outpost's own file",
                                            report.outpost.str()));
  }
  Post& post = found->second;
  Events out;
  note_contact(post, report, wall, now, out);
  for (const OutpostItem& item : report.items) {
    const bool fresh = item.sequence > taken_of(post, report.outbox);
    if (is_change(item) && fresh) tell(post, report, item, now, out);
  }
  if (report.items.empty() || report.more) return out;
  // The last item is how things stood then; too old, and nobody knows how they stand now.
  const Duration age = report.items.back().age;
  if (age <= post.silent_after) adopt(post, report, now, out);
  return out;
}

std::vector<ProbeId> Outposts::never_told(const OutpostReport& report) const {
  std::vector<ProbeId> untold;
  const auto post = posts_.find(report.outpost);
  if (post == posts_.end()) return untold;
  for (const OutpostItem& item : report.items) {
    if (!item.steady) continue;
    for (const LastRun& run : item.steady->runs) {
      const auto probe = post->second.probes.find(run.probe);
      if (probe != post->second.probes.end() && !probe->second.told) untold.push_back(run.probe);
    }
  }
  return untold;
}

void Outposts::note_contact(Post& post, const OutpostReport& report, Instant wall, Instant now,
                            Events& out) {
  const Duration ahead = report.sent_at - wall;
  OutpostChanged changed{report.outpost, false, now, {}, report.repeats_lost, report.changes_lost};
  if (std::chrono::abs(ahead) > kClockTolerance) changed.clock_off = ahead;
  const OutpostSituation& known = post.told;
  const bool first = !known.since.has_value();
  const bool news = first || known.silent || !same_clock(known.clock_off, changed.clock_off) ||
                    known.repeats_lost != changed.repeats_lost ||
                    known.changes_lost != changed.changes_lost;
  post.heard = now;
  if (!news) return;
  if (!first && !known.silent) changed.since = *known.since;
  emit(changed, now, out);
}

void Outposts::tell(Post& post, const OutpostReport& report, const OutpostItem& item, Instant now,
                    Events& out) {
  const ProbeId* probe = item.settled ? &item.settled->probe
                         : item.lost  ? &item.lost->probe
                                      : nullptr;
  if (probe != nullptr ? !post.probes.contains(*probe) : !post.ways.contains(item.path->uplink)) {
    return;  // of something that it no longer runs
  }
  emit(OutpostTold{report.outpost, report.outbox, item.sequence, now - item.age, item.by_clock,
                   item.settled, item.lost, item.path},
       now, out);
}

// What was told last holds now, where this report speaks of it at all: by news, or by the last
// "still so".
void Outposts::adopt(Post& post, const OutpostReport& report, Instant now, Events& out) {
  std::map<ProbeId, Instant> spoken_of;  // when the last run began
  for (const OutpostItem& item : report.items) {
    const Instant at = now - item.age;
    if (item.settled) spoken_of[item.settled->probe] = at - item.settled->before;
    if (item.lost) spoken_of[item.lost->probe] = at;
    if (!item.steady) continue;
    for (const LastRun& run : item.steady->runs) spoken_of[run.probe] = at - run.before;
  }
  for (const auto& [id, began] : spoken_of) {
    const auto probe = post.probes.find(id);
    if (probe == post.probes.end() || !probe->second.told) continue;
    adopt_probe(id, probe->second, began, now, out);
  }
  for (auto& [uplink, way] : post.ways) {
    if (!way.told || way.told->up == way.up) continue;
    emit(PathChanged{uplink, SiteId(), way.told->up, way.told->detail}, now, out);
  }
}

void Outposts::adopt_probe(const ProbeId& id, Watched& probe, Instant began, Instant now,
                           Events& out) {
  const Standing& standing = probe.standing;
  if (probe.told->lost) {
    const LostNews& lost = *probe.told->lost;
    if (!standing.fresh && standing.lost == lost.why) return;
    return emit(ObservationLost{id, lost.why, lost.detail, {}}, now, out);
  }
  const SettledNews& news = *probe.told->settled;
  const bool same = standing.fresh && standing.outcome == news.outcome &&
                    standing.phase == news.phase && standing.flapping == news.flapping;
  const bool renewed = standing.renew && began > standing.began;
  if (same && !renewed) return;
  emit(ObservationSettled{id, news.outcome, began, news.phase, news.detail, news.flapping}, now,
       out);
}

// ---- time --------------------------------------------------------------------------------------

Outposts::Events Outposts::on_due(Instant now) {
  Events out;
  for (const OutpostId& id : order_) {
    Post& post = posts_[id];
    if (post.told.silent || silent_at(post) > now) continue;
    const Instant since = post.heard.value_or(post.awaited);
    emit(OutpostChanged{id, true, since, post.told.clock_off, post.told.repeats_lost,
                        post.told.changes_lost},
         now, out);
    for (const auto& [probe, watched] : post.probes) {
      if (watched.standing.lost == LossReason::Silent) continue;
      emit(ObservationLost{probe, LossReason::Silent, "", since}, now, out);
    }
  }
  return out;
}

std::optional<Instant> Outposts::next_due() const {
  std::optional<Instant> due;
  for (const OutpostId& id : order_) {
    const Post& post = posts_.at(id);
    if (post.told.silent) continue;
    due = due ? std::min(*due, silent_at(post)) : silent_at(post);
  }
  return due;
}

void Outposts::forget_success(const NodeId& node) {
  for (auto& [id, post] : posts_) {
    for (auto& [probe, watched] : post.probes) {
      const Standing& standing = watched.standing;
      const bool counted = standing.fresh && standing.outcome != ProbeOutcome::Failure;
      if (watched.node == node && watched.works && counted) watched.standing.renew = true;
    }
  }
}

// ---- events ------------------------------------------------------------------------------------

void Outposts::apply(const EventPayload& payload, Instant at) {
  if (const auto* told = std::get_if<OutpostTold>(&payload)) return apply_told(*told);
  if (const auto* changed = std::get_if<OutpostChanged>(&payload)) {
    return apply_changed(*changed, at);
  }
  if (std::holds_alternative<ObserverStarted>(payload)) return apply_started(at);
  if (const auto* settled = std::get_if<ObservationSettled>(&payload)) {
    if (Watched* probe = find(settled->probe)) {
      probe->standing = {
          true, settled->outcome, settled->phase, settled->flapping, settled->began, {}, false};
    }
  } else if (const auto* lost = std::get_if<ObservationLost>(&payload)) {
    Watched* probe = find(lost->probe);
    if (!probe || lost->why == LossReason::Dropped) return;
    probe->standing.fresh = false;
    probe->standing.lost = lost->why;
  } else if (const auto* path = std::get_if<PathChanged>(&payload)) {
    for (auto& [id, post] : posts_) {
      const auto way = post.ways.find(path->uplink);
      if (way != post.ways.end()) way->second.up = path->up;
    }
  }
}

// Within an outbox the numbers say what is newer; between two, the times.
void Outposts::apply_told(const OutpostTold& event) {
  Post& post = posts_[event.outpost];
  post.told.id = event.outpost;
  Outbox& outbox = outbox_of(post, event.outbox);
  outbox.taken = std::max(outbox.taken, event.sequence);
  if (event.path) {
    const auto way = post.ways.find(event.path->uplink);
    if (way != post.ways.end()) way->second.told = event.path;
  }
  if (!event.settled && !event.lost) return;
  const auto found = post.probes.find(event.settled ? event.settled->probe : event.lost->probe);
  if (found == post.probes.end()) return;
  std::optional<Told>& told = found->second.told;
  if (told && told->outbox != event.outbox && told->observed > event.observed) return;
  told = Told{event.outbox, event.observed, event.settled, event.lost};
}

void Outposts::apply_changed(const OutpostChanged& event, Instant at) {
  Post& post = posts_[event.outpost];
  post.told.id = event.outpost;
  post.told.silent = event.silent;
  post.told.since = event.since;
  post.told.clock_off = event.clock_off;
  post.told.repeats_lost = event.repeats_lost;
  post.told.changes_lost = event.changes_lost;
  if (!event.silent) post.heard = at;
}

void Outposts::apply_started(Instant at) {
  for (auto& [id, post] : posts_) {
    post.heard.reset();
    post.awaited = at;
    post.told.silent = false;
    post.told.since.reset();
    for (auto& [probe, watched] : post.probes) {
      if (!watched.standing.fresh && !watched.standing.lost) continue;
      watched.standing.fresh = false;
      watched.standing.renew = false;
      watched.standing.lost = LossReason::Restarted;
    }
  }
}

Outposts::Watched* Outposts::find(const ProbeId& probe) {
  const auto run = runs_.find(probe);
  if (run == runs_.end()) return nullptr;
  const auto found = posts_[run->second].probes.find(probe);
  return found == posts_[run->second].probes.end() ? nullptr : &found->second;
}

Outposts::Outbox& Outposts::outbox_of(Post& post, const std::string& id) {
  for (Outbox& outbox : post.outboxes) {
    if (outbox.id == id) return outbox;
  }
  if (post.outboxes.size() >= kMostOutboxes) post.outboxes.pop_front();
  return post.outboxes.emplace_back(Outbox{id, 0});
}

std::uint64_t Outposts::taken_of(const Post& post, const std::string& id) {
  for (const Outbox& outbox : post.outboxes) {
    if (outbox.id == id) return outbox.taken;
  }
  return 0;
}

std::vector<OutpostSituation> Outposts::situations() const {
  std::vector<OutpostSituation> all;
  for (const OutpostId& id : order_) {
    OutpostSituation situation = posts_.at(id).told;
    situation.heard = posts_.at(id).heard;
    all.push_back(std::move(situation));
  }
  return all;
}

}  // namespace dienstbereit::core::outpost
