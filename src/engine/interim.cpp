// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The part of the decider that switches fallbacks and carries plans out.
#include "engine/interim.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "engine/decider.h"

namespace dienstbereit::engine {
namespace {

// What one turn may decide: each step is one event.
constexpr int kMostSteps = 1000;
constexpr std::size_t kLongestDetail = 600;  // bytes of what an action said

// Where an interim fix for these belongs: the open incident with a fault of theirs, else the newest
// that is open; empty if none is.
IncidentId home_of(const Record& record, const std::vector<NodeId>& nodes) {
  IncidentId newest;
  for (auto one = record.incidents.rbegin(); one != record.incidents.rend(); ++one) {
    if (!is_open(**one)) continue;
    const bool of_theirs =
        std::any_of((*one)->faults.begin(), (*one)->faults.end(), [&](const Fault& fault) {
          return std::find(nodes.begin(), nodes.end(), fault.node) != nodes.end();
        });
    if (of_theirs) return (*one)->id;
    if (newest.empty()) newest = (*one)->id;
  }
  return newest;
}

FixSet fix_of(const Fallback& fallback, IncidentId incident, FixId id, Instant now) {
  FixSet fix;
  fix.incident = std::move(incident);
  fix.id = std::move(id);
  fix.version = 1;
  fix.title = fallback.title;
  fix.for_faults = fallback.stands_in_for;
  fix.restores = fallback.restores;
  fix.risk = fallback.risk;
  fix.owner = fallback.owner;
  fix.expires = now + fallback.expires;
  return fix;
}

}  // namespace

// ---- the world ----------------------------------------------------------------------------------

Sight SeenWorld::probe(const ProbeId& probe) const {
  const core::health::Observation* seen = state_.observations().observation(probe);
  if (!seen || !seen->fresh || !seen->outcome) return Sight::Unknown;
  switch (*seen->outcome) {
    case ProbeOutcome::Success:
    case ProbeOutcome::Slow:
      return Sight::Success;
    case ProbeOutcome::Failure:
      return Sight::Failure;
    case ProbeOutcome::Broken:
      break;
  }
  return Sight::Unknown;
}

Interval SeenWorld::node(const NodeId& node) const {
  return state_.impact().topology().find(node) ? state_.impact().node(node).state : kUnknown;
}

std::optional<Instant> SeenWorld::since(const NodeId& node) const {
  const auto found = state_.since().find(node);
  return found == state_.since().end() ? std::nullopt : std::optional(found->second);
}

// ---- by rule ------------------------------------------------------------------------------------

Decided Decider::interim(Instant now) {
  Decided out;
  if (!state_.loaded() || state_.interim().idle()) return out;
  const SeenWorld world(state_);
  for (int step = 0; step < kMostSteps; ++step) {
    auto event = state_.interim().next(world, now);
    if (!event) break;
    std::visit([&](auto& one) { emit(std::move(one), now, out); }, *event);
  }
  record_fallbacks(now, out);
  settle_if_due(now, out);
  const auto questions = state_.interim().take_questions(world, now);
  out.ask_now.insert(out.ask_now.end(), questions.begin(), questions.end());
  return out;
}

std::optional<Instant> Decider::next_interim(Instant now) const {
  if (!state_.loaded() || state_.interim().idle()) return std::nullopt;
  return state_.interim().next_due(SeenWorld(state_), now);
}

// What is on stands in the record of the open incident, as long as there is one; what is off has
// ended there.
void Decider::record_fallbacks(Instant now, Decided& out) {
  for (const auto& one : state_.interim().switched()) {
    const Record& record = *state_.ledger().record();
    const Incident* incident = find_incident(record, one.incident);
    const Fix* fix = incident && is_open(*incident) ? find_fix(*incident, one.fix) : nullptr;
    if (one.on && !fix) {
      const IncidentId home = home_of(record, one.fallback->stands_in_for);
      if (home.empty()) continue;
      const FixId id(state_.ledger().next_id("fix"));
      emit(fix_of(*one.fallback, home, id, now), now, out);
      emit(FixMoved{home, id, FixState::InForce, ""}, now, out);
      emit(FallbackRecorded{one.fallback->id, home, id}, now, out);
    } else if (!one.on && !one.fix.empty()) {
      if (fix && fix->state != FixState::Ended) {
        emit(FixMoved{one.incident, one.fix, FixState::Ended, ""}, now, out);
      }
      emit(FallbackRecorded{one.fallback->id, IncidentId(), FixId()}, now, out);
    }
  }
}

// ---- commands -----------------------------------------------------------------------------------

Result<Answer> Decider::on(const PlanCommand& command, const Actor& actor, Instant now,
                           Decided& out) {
  const core::interim::Interim& interim = state_.interim();
  const SeenWorld world(state_);
  core::interim::Interim::Decision decision;
  if (const auto* start = std::get_if<StartPlan>(&command)) {
    decision = interim.start(*start, world);
  } else if (const auto* turn = std::get_if<SwitchFallback>(&command)) {
    decision = interim.turn(*turn, world);
  } else if (const auto* approved = std::get_if<ApproveRun>(&command)) {
    decision = interim.approve(approved->run, actor.id);
  } else if (const auto* confirmed = std::get_if<ConfirmStep>(&command)) {
    decision = interim.confirm(*confirmed);
  } else if (const auto* ended = std::get_if<AbortRun>(&command)) {
    decision = interim.abort(*ended);
  } else {
    ActionResult result = std::get<ReportAction>(command).result;
    result.detail = clean(result.detail, kLongestDetail);
    if (auto event = interim.result(result)) decision->push_back(std::move(*event));
  }
  if (!decision) return tl::unexpected(decision.error());
  Answer answer;
  for (InterimEvent& event : *decision) {
    if (const auto* run = std::get_if<RunStarted>(&event)) {
      answer.run = run->id;
      answer.notes.push_back(
          fmt::format("{} has begun as {}{}", run->plan.str(), run->id.str(),
                      run->approval ? "; a second person has to approve it" : ""));
    }
    std::visit([&](auto& one) { emit(std::move(one), now, out); }, event);
  }
  return answer;
}

}  // namespace dienstbereit::engine
