// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/impact/why.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace dienstbereit::core::impact {
namespace {

class Walk {
 public:
  Walk(const Impact& impact, const ProbesOf& probes, bool full)
      : impact_(impact),
        eval_(impact.evaluation()),
        topology_(impact.topology()),
        probes_(probes),
        full_(full) {}

  Explanation from(graph::NodeIndex node) {
    subject_ = node;
    while (steps_.size() < kLongestExplanation && seen_.insert(node.value()).second) {
      const auto next = look(node);
      if (!next) break;
      node = *next;
      // A step's subject is something people know; groups and links speak for their owner.
      if (topology_.roles[node.value()] == Role::Named) subject_ = node;
    }
    if (steps_.size() > kLongestExplanation) steps_.resize(kLongestExplanation);
    return std::move(steps_);
  }

 private:
  // Adds what this node has to say; the need to go on with, if one decided.
  std::optional<graph::NodeIndex> look(graph::NodeIndex node) {
    const graph::Decision decision = eval_.decide(node);
    if (decision.word != WordStatus::None) return add_word(node, decision);
    if (decision.state == kOperational) return add_good(node, decision);
    const graph::EndDecision& end = decision.worst;
    if (end.by_cold) return add_cold(node, decision);
    if (end.by_needs && !end.needs.empty()) return add_need(node, end);
    if (end.by_own) add_observations(node, decision);
    return std::nullopt;
  }

  void add(ReasonStep made) {
    if (steps_.size() < kLongestExplanation) steps_.push_back(std::move(made));
  }

  ReasonStep step(ReasonKind kind, graph::NodeIndex node) const {
    ReasonStep made;
    made.kind = kind;
    made.subject = topology_.ids[subject_.value()];
    made.state = eval_.state(node);
    return made;
  }

  std::optional<graph::NodeIndex> add_word(graph::NodeIndex node, const graph::Decision& decision) {
    const auto kind = decision.word == WordStatus::InForce   ? ReasonKind::WordInForce
                      : decision.word == WordStatus::Doubted ? ReasonKind::WordDoubted
                                                             : ReasonKind::WordUnrenewed;
    ReasonStep made = step(kind, node);
    if (const WordSet* said = impact_.word_on(node)) {
      made.role = said->role;
      made.detail = said->text.de;
      made.detail_en = said->text.en;
      made.until = said->until;
    }
    if (const graph::Word* word = eval_.word(node)) made.since = word->set_at;
    steps_.push_back(std::move(made));
    return std::nullopt;
  }

  std::optional<graph::NodeIndex> add_good(graph::NodeIndex node, const graph::Decision& decision) {
    if (decision.contradiction != graph::Contradiction::None) {
      steps_.push_back(step(ReasonKind::Contradiction, node));
    }
    add_other_view(node);
    // Nothing has fallen here yet: buffers are the news.
    for (const graph::NeedIndex need : decision.held) {
      if (eval_.held(need).worst) add(bridged(node, need));
    }
    if (full_) add_observations(node, decision);
    return std::nullopt;
  }

  std::optional<graph::NodeIndex> add_cold(graph::NodeIndex node, const graph::Decision&) {
    steps_.push_back(step(ReasonKind::LoopCold, node));
    return std::nullopt;
  }

  std::optional<graph::NodeIndex> add_need(graph::NodeIndex node, const graph::EndDecision& end) {
    const graph::NeedIndex need = worst_of(end.needs);
    const graph::NodeIndex on = topology_.graph.need(need).on;
    const Role role = topology_.roles[on.value()];
    const bool buffered = topology_.graph.need(need).spec.buffer > Duration(0);
    const bool counted = end.need > 0 && !is_link_part(node);
    if (counted) add(counting(node, end, on));
    if (buffered && eval_.held(need).worst) {
      add(bridged(node, need));
    } else if (buffered && is_no_longer_bridged(need)) {
      add(about(ReasonKind::BufferEmpty, node, on));
    } else if (!counted && role == Role::Named && !is_own_service(node, on)) {
      add(about(kind_of_need(node, on), node, on));
    }  // a group or a link is told of by its own step below
    return on;
  }

  // The need that decided, by what is really known of it.
  ReasonStep about(ReasonKind kind, graph::NodeIndex node, graph::NodeIndex on) const {
    const graph::NodeIndex object = known(on);
    ReasonStep made = step(kind, node);
    made.object = topology_.ids[object.value()];
    made.state = eval_.state(object);
    return made;
  }

  // A link that merely lost its reserve is not cut.
  ReasonKind kind_of_need(graph::NodeIndex node, graph::NodeIndex on) const {
    const Interval state = eval_.state(on);
    if (state == kDown) return is_link_part(node) ? ReasonKind::LinkDown : ReasonKind::NeedDown;
    return state == kDegraded ? ReasonKind::NeedDegraded : ReasonKind::NeedUnknown;
  }

  // Holds as long as the worst end does: the node cannot get worse before.
  ReasonStep bridged(graph::NodeIndex node, graph::NeedIndex need) const {
    ReasonStep made = about(ReasonKind::BufferUntil, node, topology_.graph.need(need).on);
    made.until = eval_.held(need).worst;
    return made;
  }

  bool is_no_longer_bridged(graph::NeedIndex need) const {
    const Interval state = eval_.state(known(topology_.graph.need(need).on));
    return state.certain() && !eval_.held(need).best;
  }

  ReasonStep counting(graph::NodeIndex node, const graph::EndDecision& end,
                      graph::NodeIndex on) const {
    const graph::Rule rule = topology_.graph.rule(node);
    const auto needs = topology_.graph.needs_of(node);
    const bool share = rule.op == Operator::Share;
    const double scale = share ? 100.0 : 1.0;  // a share is told in percent
    ReasonStep made = step(share ? ReasonKind::ShareTooSmall : ReasonKind::TooFew, node);
    made.object = topology_.ids[known(on).value()];
    made.have = static_cast<unsigned>(std::lround(end.have * scale));
    made.need = static_cast<unsigned>(std::lround(end.need * scale));
    made.of = share ? 100 : static_cast<unsigned>(std::ranges::distance(needs));
    return made;
  }

  // What people know of a need: itself, or for a group the member that decides it now.
  graph::NodeIndex known(graph::NodeIndex on) const {
    while (topology_.roles[on.value()] != Role::Named) {
      const graph::EndDecision decided = eval_.decide(on).worst;
      const auto all = topology_.graph.needs_of(on);
      if (all.empty()) break;
      on = topology_.graph.need(decided.needs.empty() ? all.front() : worst_of(decided.needs)).on;
    }
    return on;
  }

  // The decisive need that is worst, the first among equals.
  graph::NeedIndex worst_of(const std::vector<graph::NeedIndex>& needs) const {
    return *std::max_element(needs.begin(), needs.end(), [&](auto a, auto b) {
      const auto badness = [&](graph::NeedIndex need) {
        const Interval seen = eval_.seen(need);
        return static_cast<int>(seen.best) * 3 + static_cast<int>(seen.worst);
      };
      return badness(a) < badness(b);
    });
  }

  bool is_link_part(graph::NodeIndex node) const {
    return topology_.roles[node.value()] == Role::Link;
  }

  // "V01 at S1 needs V01" is no news.
  bool is_own_service(graph::NodeIndex node, graph::NodeIndex on) const {
    return topology_.ids[node.value()].str().ends_with("/" + topology_.ids[on.value()].str());
  }

  void add_observations(graph::NodeIndex node, const graph::Decision& decision) {
    const auto probes = deciding(node);
    // No probe says so: what is put in for it carries a part only.
    const bool all_well = std::all_of(probes.begin(), probes.end(),
                                      [](const auto& probe) { return badness(probe) == 0; });
    if (all_well && decision.own == kDegraded) {
      steps_.push_back(step(ReasonKind::CarriedInPart, node));
      return;
    }
    if (probes.empty()) {
      if (full_) steps_.push_back(step(ReasonKind::NotProbed, node));
      return;
    }
    // The worst news first, and only the news that made this state.
    const ProbeSituation* telling = nullptr;
    for (const ProbeSituation& probe : probes) {
      if (!telling || badness(probe) > badness(*telling)) telling = &probe;
    }
    steps_.push_back(observation(node, *telling));
    add_other_view(node);
    if (decision.contradiction != graph::Contradiction::None) {
      steps_.push_back(step(ReasonKind::Contradiction, node));
    }
  }

  // Beside a fresh `works` observation the `alive` probes decide nothing, and beside a `works`
  // probe outside nothing that is seen from the house.
  std::vector<ProbeSituation> deciding(graph::NodeIndex node) const {
    std::vector<ProbeSituation> probes = probes_(topology_.ids[node.value()]);
    const bool outside = std::any_of(probes.begin(), probes.end(), [](const auto& probe) {
      return probe.outside && probe.works;
    });
    const bool works_fresh = eval_.works_fresh(node);
    std::erase_if(probes, [&](const ProbeSituation& probe) {
      return (works_fresh && !probe.works) || (outside && !probe.outside);
    });
    return probes;
  }

  // What the house sees, where that is not what counts.
  void add_other_view(graph::NodeIndex node) {
    const std::vector<ProbeSituation> probes = probes_(topology_.ids[node.value()]);
    const Views views = views_of(probes);
    if (views == Views::Agree) return;
    const bool inside = views == Views::OnlyInside;
    for (const ProbeSituation& probe : probes) {
      const bool failed = probe.outcome == ProbeOutcome::Failure;
      if (!probe.fresh || !probe.works || probe.outside || failed == inside) continue;
      ReasonStep made = observation(node, probe);
      made.kind = inside ? ReasonKind::WorksInside : ReasonKind::FailsInside;
      return add(std::move(made));
    }
  }

  static int badness(const ProbeSituation& probe) {
    if (!probe.fresh) return 2;
    switch (probe.outcome) {
      case ProbeOutcome::Failure:
        return 3;
      case ProbeOutcome::Broken:
        return 2;
      case ProbeOutcome::Slow:
        return 1;
      case ProbeOutcome::Success:
        return 0;
    }
    return 0;
  }

  ReasonStep observation(graph::NodeIndex node, const ProbeSituation& probe) const {
    ReasonStep made = step(kind_of(probe), node);
    made.object = NodeId(probe.id.str());
    made.since = probe.since;
    made.detail = probe.fresh || !probe.lost ? probe.detail : name_of(*probe.lost);
    const ProbeSpec* spec = find_probe(*topology_.district, probe.id);
    if (spec && made.kind == ReasonKind::OutpostSilent) made.object = NodeId(spec->from.str());
    return made;
  }

  static ReasonKind kind_of(const ProbeSituation& probe) {
    if (!probe.fresh && probe.lost == LossReason::PathLost) return ReasonKind::PathLost;
    if (!probe.fresh && probe.lost == LossReason::Silent) return ReasonKind::OutpostSilent;
    if (!probe.fresh) return ReasonKind::NoObservation;
    if (probe.outcome == ProbeOutcome::Failure) return ReasonKind::ProbeFailed;
    if (probe.flapping) return ReasonKind::Flapping;
    if (probe.outcome != ProbeOutcome::Slow) return ReasonKind::ProbeSucceeded;
    if (probe.phase == kCertificatePhase) return ReasonKind::CertificateEnds;
    const bool slow = probe.phase.empty() || probe.phase == kTimePhase;
    return slow ? ReasonKind::ProbeSlow : ReasonKind::ProbeDegraded;
  }

  const Impact& impact_;
  const graph::Evaluation& eval_;
  const Topology& topology_;
  const ProbesOf& probes_;
  bool full_;
  graph::NodeIndex subject_;
  std::set<std::uint32_t> seen_;
  Explanation steps_;
};

}  // namespace

Explanation explain(const Impact& impact, const NodeId& node, const ProbesOf& probes, bool full) {
  const auto index = impact.topology().find(node);
  if (!index) return {};
  return Walk(impact, probes, full).from(*index);
}

}  // namespace dienstbereit::core::impact
