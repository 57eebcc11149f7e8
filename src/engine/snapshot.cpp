// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/snapshot.h"

#include <algorithm>
#include <set>

#include "core/impact/why.h"
#include "engine/interim.h"

namespace dienstbereit::engine {
namespace {

// One impact at one time, as readiness reads it.
class States final : public OfferStates {
 public:
  States(const core::impact::Impact& impact, const core::impact::ProbesOf& probes)
      : impact_(impact), probes_(probes) {}

  OfferState offer(std::size_t index) const override { return impact_.offer(index); }
  Explanation explain(std::size_t index) const override {
    const auto& topology = impact_.topology();
    const auto node = topology.offers[index].offer;
    return core::impact::explain(impact_, topology.ids[node.value()], probes_);
  }

 private:
  const core::impact::Impact& impact_;
  const core::impact::ProbesOf& probes_;
};

// Now, and later: one copy of the impact that is taken forward.
class Future final : public core::readiness::StatesOverTime {
 public:
  Future(const core::impact::Impact& impact, Instant now, core::impact::ProbesOf probes)
      : present_(impact), now_(now), probes_(std::move(probes)), states_(present_, probes_) {}

  const OfferStates& at(Instant t) override {
    if (t <= now_) return states_;
    if (!later_) {
      later_.emplace(present_);
      later_states_.emplace(*later_, probes_);
    }
    later_->settle(t);
    return *later_states_;
  }

 private:
  const core::impact::Impact& present_;
  Instant now_;
  core::impact::ProbesOf probes_;
  States states_;
  std::optional<core::impact::Impact> later_;
  std::optional<States> later_states_;
};

std::vector<NodeId> node_ids(const District& district) {
  std::vector<NodeId> ids;
  for (const Site& site : district.sites) ids.emplace_back(site.id.str());
  for (const Service& service : district.services) ids.emplace_back(service.id.str());
  for (const Service& service : district.services) {
    for (const Offer& offer : service.offers) {
      ids.push_back(offer_node(offer.office, offer.site, service.id));
    }
  }
  for (const Component& component : district.components) ids.push_back(component.id);
  return ids;
}

void add_nodes(const WorkingState& state, Situation& situation) {
  const auto& specs = state.district()->probes;
  const bool outside =
      std::any_of(specs.begin(), specs.end(), [](const ProbeSpec& spec) { return spec.outside; });
  const auto probes_of = state.probes_of();
  for (const NodeId& id : node_ids(*state.district())) {
    NodeSituation node = state.impact().node(id);
    node.probed = !state.observations().probes_of(id).empty();
    if (outside) node.views = views_of(probes_of(id));
    const auto since = state.since().find(id);
    if (since != state.since().end()) node.since = since->second;
    situation.nodes.push_back(std::move(node));
  }
}

void add_words(const WorkingState& state, Instant now, Situation& situation) {
  if (state.words().empty()) return;
  const Unspoken unspoken(state, now);
  for (const auto& [id, kept] : state.words()) {
    WordSituation word;
    word.id = kept.word->id;
    word.scope = kept.word->scope;
    word.said = kept.word->said;
    word.text = kept.word->text;
    word.set_at = kept.set_at;
    word.until = kept.word->until;
    word.role = kept.word->role;
    word.status = state.impact().status_of(kept.word->id);
    if (word.status == WordStatus::InForce) {
      word.disagreeing = unspoken.disagreeing(word.scope, word.said);
    }
    situation.words.push_back(std::move(word));
  }
  std::sort(situation.words.begin(), situation.words.end(),
            [](const WordSituation& a, const WordSituation& b) { return a.set_at > b.set_at; });
}

// The node that the reasons end at: the fault itself. That there is no way without it either is
// said last, and is none.
NodeId root_of(const Explanation& why) {
  const auto found = std::find_if(why.rbegin(), why.rend(), [](const ReasonStep& step) {
    return step.kind != ReasonKind::OfflineModeUnavailable;
  });
  const ReasonStep& last = found == why.rend() ? why.back() : *found;
  return last.kind == ReasonKind::NeedDown || last.kind == ReasonKind::NeedDegraded ||
                 last.kind == ReasonKind::LinkDown
             ? last.object
             : last.subject;
}

// An interim fix that carries a part is all there is to say.
bool is_carried(const Explanation& why) {
  return std::any_of(why.begin(), why.end(),
                     [](const ReasonStep& step) { return step.kind == ReasonKind::CarriedInPart; });
}

void add_publishing(const WorkingState& state, Situation& situation) {
  for (const PublishTarget& target : state.district()->publish) {
    const auto known = state.publishing().find(target.id);
    situation.publishing.push_back(known != state.publishing().end()
                                       ? known->second
                                       : PublishSituation{target.id, false, false, {}, {}});
  }
}

void add_mail(const WorkingState& state, Situation& situation) {
  for (const ProbeSpec& probe : state.district()->probes) {
    const auto known = state.mail().find(probe.id);
    if (known != state.mail().end()) situation.mail.push_back(known->second);
  }
}

void add_homepage(const WorkingState& state, Situation& situation) {
  if (state.district()->homepage) situation.homepage = state.homepage();
}

std::optional<Instant> earliest(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

bool is_better(Said said, Readiness calculated) {
  const auto rank = [](Readiness readiness) { return static_cast<int>(readiness); };
  const Readiness as_said = said == Said::Normal    ? Readiness::Normal
                            : said == Said::Limited ? Readiness::Limited
                                                    : Readiness::Closed;
  return calculated != Readiness::Unknown && rank(as_said) < rank(calculated);
}

// The same impact as if nobody had said anything.
core::impact::Impact without_words(const WorkingState& state, Instant now) {
  core::impact::Impact bare = state.impact();
  for (const auto& [id, kept] : state.words()) bare.withdraw(kept.word->id);
  bare.settle(now);
  return bare;
}

void collect_failures(const Explanation& why, std::set<ProbeId>& probes) {
  for (const ReasonStep& step : why) {
    if (step.kind == ReasonKind::ProbeFailed || step.kind == ReasonKind::ProbeSlow ||
        step.kind == ReasonKind::ProbeDegraded || step.kind == ReasonKind::CertificateEnds) {
      probes.insert(ProbeId(step.object.str()));
    }
  }
}

// Failing probes under what is said to be better; working ones under a component said to be down.
void disagree_on_node(const WorkingState& state, const core::impact::Impact& bare,
                      const NodeId& node, Said said, std::set<ProbeId>& probes) {
  const auto probes_of = state.probes_of();
  const Interval calculated = bare.node(node).state;
  if (said == Said::Normal || said == Said::Limited) {
    if (calculated.best == Health::Down ||
        (said == Said::Normal && calculated.best != Health::Operational)) {
      collect_failures(core::impact::explain(bare, node, probes_of), probes);
    }
    return;
  }
  if (said != Said::Closed) return;
  for (const ProbeSituation& probe : probes_of(node)) {
    const ProbeSpec* spec = find_probe(*state.district(), probe.id);
    const bool works = spec && spec->proof == Proof::Works;
    if (probe.fresh && works && probe.outcome == ProbeOutcome::Success) probes.insert(probe.id);
  }
}

// Nobody knows how it is; nothing if it is no node of the district's.
std::optional<NodeSituation> unseen(const WorkingState& state, const NodeId& id) {
  if (!state.impact().topology().find(id)) return std::nullopt;
  const NodeSituation node = state.impact().node(id);
  return node.state.certain() ? std::nullopt : std::optional(node);
}

}  // namespace

core::readiness::Assessment assess(const WorkingState& state, const core::impact::Impact& impact,
                                   Instant now) {
  Future future(impact, now, state.probes_of());
  return core::readiness::assess(
      {*state.district(), state.timetable(), state.ledger().record()->decisions}, state.civil(now),
      future);
}

Unspoken::Unspoken(const WorkingState& state, Instant now)
    : state_(state), bare_(without_words(state, now)), offers_(assess(state, bare_, now).offers) {}

std::vector<ProbeId> Unspoken::disagreeing(const Scope& scope, Said said) const {
  std::set<ProbeId> probes;
  if (!scope.node.empty()) {
    disagree_on_node(state_, bare_, scope.node, said, probes);
    return {probes.begin(), probes.end()};
  }
  auto seen = offers_.begin();  // in the order of the district's
  for (const Service& service : state_.district()->services) {
    for (const Offer& offer : service.offers) {
      const Verdict& now = (seen++)->now;
      if (covers(scope, service, offer) && is_better(said, now.readiness)) {
        collect_failures(now.why, probes);
      }
    }
  }
  return {probes.begin(), probes.end()};
}

std::vector<core::incident::Affected> affected_by_failure(
    const WorkingState& state, const std::vector<OfferSituation>& offers) {
  std::vector<core::incident::Affected> affected;
  for (const OfferSituation& offer : offers) {
    const Verdict& now = offer.now;
    const bool failed = now.readiness == Readiness::Closed || now.readiness == Readiness::Limited;
    // What may as well be normal is not known to have failed: after a start all is so.
    if (now.bound == Bound::AtLeastLimited) continue;
    if (!failed || now.by_word || now.why.empty()) continue;
    const NodeId root = root_of(now.why);
    // Its probe is not heard: what makes the offer so is behind it.
    const auto node = unseen(state, root);
    if (node && !node->own.certain()) continue;
    const auto since = state.since().find(offer.node);
    affected.push_back({offer.node, offer.service, root,
                        since == state.since().end() ? state.started_at() : since->second,
                        is_carried(now.why)});
  }
  return affected;
}

std::set<NodeId> unseen_faults(const WorkingState& state) {
  std::set<NodeId> faults;
  for (const auto& incident : state.ledger().record()->incidents) {
    if (!is_open(*incident)) continue;
    for (const Fault& fault : incident->faults) {
      if (!fault.ended && unseen(state, fault.node)) faults.insert(fault.node);
    }
  }
  return faults;
}

const Verdict& shown(const std::vector<DayPlan>& days, const Verdict& now_verdict, Day day,
                     Instant now) {
  for (const DayPlan& plan : days) {
    if (plan.day != day) continue;
    for (const SlotVerdict& slot : plan.slots) {
      if (slot.end > now) return slot.verdict;
    }
  }
  return now_verdict;
}

void for_each_subject(const core::readiness::Assessment& assessment, Instant now,
                      const SubjectVisitor& visit) {
  const Day day = assessment.headline_day;
  for (const OfferSituation& offer : assessment.offers) {
    visit(offer.node, shown(offer.days, offer.now, day, now));
  }
  for (const PlaceSituation& place : assessment.places) {
    if (!place.slotted) continue;
    visit(NodeId(place.office.str() + "@" + place.site.str()),
          shown(place.days, place.now, day, now));
  }
}

Situation snapshot(const WorkingState& state, Instant now) {
  Situation situation;
  situation.district = state.district();
  situation.as_of = now;
  situation.epoch = state.epoch();
  situation.started_at = state.started_at();
  situation.civil_offset = state.civil_offset();
  situation.clock_doubted = state.clock_doubted();
  situation.samples_dropped = state.samples_dropped();
  core::readiness::Assessment assessment = assess(state, state.impact(), now);
  const auto record_due =
      core::incident::next_due(*state.ledger().record(), *state.district(),
                               affected_by_failure(state, assessment.offers), now);
  situation.offers = std::move(assessment.offers);
  situation.places = std::move(assessment.places);
  situation.headline_day = assessment.headline_day;
  situation.next_due = earliest(record_due, earliest(assessment.next_change, state.next_due()));
  situation.probes = state.observations().probes();
  situation.paths = state.observations().paths();
  situation.outposts = state.outposts().situations();
  add_nodes(state, situation);
  add_words(state, now, situation);
  add_publishing(state, situation);
  add_mail(state, situation);
  add_homepage(state, situation);
  situation.backlog = state.backlog();
  situation.record = state.ledger().record();
  situation.notices = state.notices().board();
  situation.interim = state.interim().board(SeenWorld(state), now);
  return situation;
}

}  // namespace dienstbereit::engine
