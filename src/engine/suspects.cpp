// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/suspects.h"

#include <algorithm>
#include <set>

#include "core/incident/rules.h"
#include "engine/weighing.h"

namespace dienstbereit::engine {
namespace {

namespace cause = core::cause;
using cause::Seen;
using graph::NodeIndex;

constexpr std::size_t kFewestEvaluations = 100;  // for one of many incidents

// Nothing of the house is seen any more: silence proves nothing.
bool house_is_out_of_sight(const WorkingState& state) {
  const auto paths = state.observations().paths();
  bool any = false;
  for (const Uplink& uplink : state.district()->uplinks) {
    if (!uplink.house) continue;
    any = true;
    const bool lost = std::any_of(paths.begin(), paths.end(), [&](const PathSituation& path) {
      return path.uplink == uplink.id && !path.up;
    });
    if (!lost) return false;
  }
  return any;
}

Seen seen_by_probes(const Evidence& evidence) {
  if (!evidence.probed) return Seen::Nothing;
  if (evidence.own == kDown) return Seen::Down;
  if (evidence.own.worst == Health::Down) return Seen::Nothing;  // nothing fresh
  return evidence.works_fresh ? Seen::Works : Seen::Answers;
}

// What probes and people know of the nodes, all incidents apart.
class View {
 public:
  explicit View(const WorkingState& state)
      : state_(state),
        topology_(state.impact().topology()),
        sightings_(topology_.ids.size()),
        may_fail_(topology_.ids.size()) {
    for (std::size_t node = 0; node < may_fail_.size(); ++node) {
      may_fail_[node] = topology_.roles[node] == core::impact::Role::Named;
    }
    for (const auto& offer : topology_.offers) may_fail_[offer.offer.value()] = false;
    for (const ProbeSpec& probe : state.district()->probes) {
      const auto node = state.observations().node_of(probe.id);
      if (node) see(*node, seen_by_probes(state.observations().evidence(*node)));
    }
    for (const auto& [id, kept] : state.words()) hear(*kept.word);
    relate();
  }

  // The question about one incident, without what only other incidents are about.
  cause::Question question(const Incident& incident, Instant now) const {
    cause::Question question;
    question.graph = &topology_.graph;
    question.sightings = sightings_;
    question.may_fail = may_fail_;
    question.now = now;
    std::set<NodeIndex> wanted = faults(incident, question.sightings);
    for (const NodeIndex node : belonging(incident)) wanted.insert(node);
    remember(incident, question.sightings, wanted);
    question.to_explain.assign(wanted.begin(), wanted.end());
    return question;
  }

 private:
  void see(const NodeId& id, Seen seen) {
    const auto node = topology_.find(id);
    if (node && seen != Seen::Nothing) sightings_[node->value()] = {seen, since(id)};
  }

  // What people say of a part counts as if it were measured.
  void hear(const WordSet& word) {
    const auto node = topology_.find(word.scope.node);
    if (!node || state_.impact().word_on(*node) == nullptr) return;
    const auto& evaluation = state_.impact().evaluation();
    if (evaluation.word_status(*node) != WordStatus::InForce) return;
    const Interval said = evaluation.word(*node)->value;
    if (said == kDown) see(word.scope.node, Seen::Down);
    if (said.worst != Health::Down) see(word.scope.node, Seen::Works);
  }

  Instant since(const NodeId& id) const {
    const auto found = state_.since().find(id);
    return found == state_.since().end() ? state_.started_at() : found->second;
  }

  std::vector<NodeIndex> indices(const Incident& incident) const {
    std::vector<NodeIndex> nodes;
    for (const Fault& fault : incident.faults) {
      const auto node = topology_.find(fault.node);
      if (node && !fault.ended) nodes.push_back(*node);
    }
    return nodes;
  }

  // The faults of an incident; where nothing measures one, what the algebra says of it.
  std::set<NodeIndex> faults(const Incident& incident,
                             std::vector<cause::Sighting>& sightings) const {
    std::set<NodeIndex> wanted;
    for (const Fault& fault : incident.faults) {
      const auto node = topology_.find(fault.node);
      if (!node || fault.ended) continue;
      cause::Sighting& sighting = sightings[node->value()];
      const bool down = state_.impact().evaluation().state(*node).best == Health::Down;
      if (sighting.seen == Seen::Nothing && down) sighting = {Seen::Down, fault.since};
      if (sighting.seen != Seen::Down) continue;
      // Its state is younger where it was out of sight for a while.
      sighting.since = std::min(sighting.since, fault.since);
      wanted.insert(*node);
    }
    return wanted;
  }

  // What is down and has to do with an open incident by needs.
  void relate() {
    std::vector<NodeIndex> down;
    for (std::uint32_t node = 0; node < sightings_.size(); ++node) {
      if (sightings_[node].seen == Seen::Down) down.emplace_back(node);
    }
    std::set<NodeIndex> taken;
    for (const auto& incident : state_.ledger().record()->incidents) {
      if (!is_open(*incident)) continue;
      auto& mine = related_[incident->id];
      mine = cause::related(topology_.graph, indices(*incident), down);
      taken.insert(mine.begin(), mine.end());
    }
    std::copy_if(down.begin(), down.end(), std::back_inserter(loose_),
                 [&](NodeIndex node) { return !taken.contains(node); });
  }

  // What is related, and what belongs nowhere but fell at the time of one of its faults.
  std::vector<NodeIndex> belonging(const Incident& incident) const {
    std::vector<NodeIndex> mine = related_.at(incident.id);
    for (const NodeIndex node : loose_) {
      const Instant fell = sightings_[node.value()].since;
      const bool together =
          std::any_of(incident.faults.begin(), incident.faults.end(), [&](const Fault& fault) {
            return std::chrono::abs(fault.since - fell) <= core::incident::kTogether;
          });
      if (together) mine.push_back(node);
    }
    return mine;
  }

  // What was down stays to be explained after it works again: it may have been repaired.
  void remember(const Incident& incident, std::vector<cause::Sighting>& sightings,
                std::set<NodeIndex>& wanted) const {
    for (const NodeId& id : incident.to_explain) {
      const auto node = topology_.find(id);
      if (!node || wanted.contains(*node) || is_fault_elsewhere(incident, id)) continue;
      cause::Sighting& sighting = sightings[node->value()];
      if (sighting.seen != Seen::Down) sighting = {Seen::WasDown, fell(incident, id)};
      wanted.insert(*node);
    }
  }

  static Instant fell(const Incident& incident, const NodeId& id) {
    for (const Fault& fault : incident.faults) {
      if (fault.node == id) return fault.since;
    }
    return incident.since;
  }

  bool is_fault_elsewhere(const Incident& incident, const NodeId& id) const {
    const auto has = [&](const Incident& one) {
      return std::any_of(one.faults.begin(), one.faults.end(),
                         [&](const Fault& fault) { return fault.node == id; });
    };
    const auto& all = state_.ledger().record()->incidents;
    return !has(incident) && std::any_of(all.begin(), all.end(), [&](const auto& one) {
      return one->id != incident.id && is_open(*one) && has(*one);
    });
  }

  const WorkingState& state_;
  const core::impact::Topology& topology_;
  std::vector<cause::Sighting> sightings_;
  std::vector<bool> may_fail_;
  std::map<IncidentId, std::vector<NodeIndex>> related_;  // of the open ones
  std::vector<NodeIndex> loose_;                          // down, and related to none of them
};

std::vector<NodeId> ids_of(const WorkingState& state, const std::vector<NodeIndex>& nodes,
                           std::size_t most) {
  std::vector<NodeId> ids;
  for (const NodeIndex node : nodes) {
    if (ids.size() == most) break;
    ids.push_back(state.impact().topology().ids[node.value()]);
  }
  return ids;
}

SuspectsFound written(const WorkingState& state, const IncidentId& incident,
                      const cause::Found& found) {
  SuspectsFound event;
  event.incident = incident;
  event.to_explain = ids_of(state, found.explained, cause::kMostToExplain);
  for (const cause::Cause& one : found.causes) {
    Suspect suspect;
    suspect.nodes = ids_of(state, one.faults, cause::kMostToExplain);
    suspect.explains = static_cast<unsigned>(found.explained.size() - one.missed.size());
    suspect.against = static_cast<unsigned>(one.against.size());
    suspect.working = ids_of(state, one.against, kMostNamed);
    suspect.missed = ids_of(state, one.missed, kMostNamed);
    event.suspects.push_back(std::move(suspect));
  }
  return event;
}

// The sets that the weighing supposes. Where it cannot weigh, or takes the reports for wrong, the
// smallest sets that would explain them.
cause::Found causes_of(const cause::Question& question, const std::optional<Weighed>& weighed) {
  if (weighed) {
    cause::Found judged = cause::judge_causes(question, weighed->supposed);
    if (!judged.causes.empty()) return judged;
  }
  return cause::find_causes(question);
}

bool anything_is_down(const cause::Question& question) {
  return std::any_of(question.to_explain.begin(), question.to_explain.end(), [&](NodeIndex node) {
    return question.sightings[node.value()].seen == Seen::Down;
  });
}

// Of every open incident of which something is down; what is only back again has been answered.
std::vector<std::pair<const Incident*, cause::Question>> questions_of(const WorkingState& state,
                                                                      Instant now) {
  std::vector<std::pair<const Incident*, cause::Question>> questions;
  std::optional<View> view;
  for (const auto& incident : state.ledger().record()->incidents) {
    if (!is_open(*incident)) continue;
    if (!view) view.emplace(state);
    cause::Question question = view->question(*incident, now);
    if (anything_is_down(question)) questions.emplace_back(incident.get(), std::move(question));
  }
  return questions;
}

// When the incident began and its faults fell that are to be explained, what fell together once; in
// order.
std::vector<Instant> falls_of(const WorkingState& state, const Incident& incident,
                              const cause::Question& question) {
  const std::set<NodeIndex> wanted(question.to_explain.begin(), question.to_explain.end());
  std::set<Instant> all{incident.since};
  for (const Fault& fault : incident.faults) {
    const auto node = state.impact().topology().find(fault.node);
    if (node && wanted.contains(*node)) all.insert(fault.since);
  }
  std::vector<Instant> falls;
  for (const Instant fell : all) {
    if (falls.empty() || fell - falls.back() > core::incident::kTogether) falls.push_back(fell);
  }
  return falls;
}

Suspects::Basis basis_of(const cause::Question& question, const std::vector<const Note*>& changes,
                         SurgeEvidence remembered) {
  Suspects::Basis basis;
  for (const cause::Sighting& sighting : question.sightings) basis.seen.push_back(sighting.seen);
  basis.to_explain = question.to_explain;
  for (const Note* change : changes) basis.changes.push_back(change->id);
  basis.remembered = std::move(remembered);
  return basis;
}

bool is_on_record(const SuspectsFound& made, const Incident& incident) {
  return made.suspects == incident.suspects && made.to_explain == incident.to_explain &&
         made.weighed == incident.weighed;
}

}  // namespace

// What moves no observation, no word and no incident, and is no trace, is no news.
void Suspects::note(const EventPayload& payload) {
  if (std::holds_alternative<DistrictLoaded>(payload)) answered_.clear();  // other numbers
  news_ = news_ || !(std::holds_alternative<SuspectsFound>(payload) ||
                     std::holds_alternative<ReadinessChanged>(payload) ||
                     std::holds_alternative<WordAsked>(payload) ||
                     std::holds_alternative<SamplesDropped>(payload) ||
                     std::holds_alternative<ForecastMade>(payload) ||
                     std::holds_alternative<PublishChanged>(payload) ||
                     std::holds_alternative<MailWaiting>(payload) ||
                     std::holds_alternative<HomepageModeSet>(payload) ||
                     std::holds_alternative<HomepageCopied>(payload) ||
                     std::holds_alternative<IntakeNoted>(payload) ||
                     std::holds_alternative<BacklogCounted>(payload) ||
                     std::holds_alternative<NoticeRaised>(payload) ||
                     std::holds_alternative<MessageSent>(payload) ||
                     std::holds_alternative<MessageFailed>(payload));
}

std::optional<Instant> Suspects::next_due() const {
  if (!news_) return again_;
  const Instant at = looked_ ? *looked_ + kBetweenLooks : Instant();
  return again_ ? std::min(at, *again_) : at;
}

std::vector<SuspectsFound> Suspects::find(const WorkingState& state, Instant now) {
  news_ = false;
  again_.reset();
  std::vector<SuspectsFound> all;
  const auto& incidents = state.ledger().record()->incidents;
  const bool any_open = std::any_of(incidents.begin(), incidents.end(),
                                    [](const auto& incident) { return is_open(*incident); });
  if (!any_open || !state.loaded() || house_is_out_of_sight(state)) return all;
  looked_ = now;
  auto questions = questions_of(state, now);
  std::map<IncidentId, Answered> answered;
  for (auto& [incident, question] : questions) {
    question.evaluations = std::max(cause::kMostEvaluations / questions.size(), kFewestEvaluations);
    const Instant first_fall = std::min(cause::first_fall(question), incident->since);
    const auto changes = changes_before(*incident, first_fall);
    const Basis basis =
        basis_of(question, changes, surge_evidence(state, falls_of(state, *incident, question)));
    const auto known = answered_.find(incident->id);
    const bool old = known != answered_.end() && known->second.basis == basis &&
                     !(known->second.again && *known->second.again <= now);
    Answered& fresh = answered[incident->id];
    if (old) {
      fresh = known->second;
    } else {
      const auto weighed = weigh(state, question, changes, basis.remembered);
      const cause::Found found = causes_of(question, weighed);
      fresh = {basis, found.look_again};
      SuspectsFound made = written(state, incident->id, found);
      if (weighed) made.weighed = weighed->told;
      if (!is_on_record(made, *incident)) all.push_back(std::move(made));
    }
    if (fresh.again && (!again_ || *fresh.again < *again_)) again_ = fresh.again;
  }
  answered_ = std::move(answered);
  return all;
}

}  // namespace dienstbereit::engine
