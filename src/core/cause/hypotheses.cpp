// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/hypotheses.h"

#include <algorithm>
#include <set>

namespace dienstbereit::core::cause {
namespace {

constexpr Duration kAMoment{1};

Evidence faulty() {
  Evidence evidence;
  evidence.own = kDown;
  evidence.probed = true;
  return evidence;
}

}  // namespace

Instant first_fall(const Question& question) {
  Instant first = question.now;
  for (const graph::NodeIndex node : question.to_explain) {
    first = std::min(first, question.sightings[node.value()].since);
  }
  return first;
}

Hypotheses::Hypotheses(const Question& question)
    : question_(question), well_(*question.graph), began_(first_fall(question)) {
  well_.settle(began_ - kAMoment);
  for (std::uint32_t node = 0; node < question.sightings.size(); ++node) {
    const Seen seen = question.sightings[node].seen;
    if (seen == Seen::Works || seen == Seen::Answers) working_.emplace_back(node);
  }
}

Hypotheses::Outcome Hypotheses::of(const FaultSet& faults) const {
  graph::Evaluation broken = well_;
  for (const graph::NodeIndex node : faults) broken.set_evidence(node, faulty());
  std::set<graph::NodeIndex> touched;
  const auto pass_to = [&](Instant t) {
    const auto& changed = broken.settle(t).changed;
    touched.insert(changed.begin(), changed.end());
  };
  const auto is_down = [&](graph::NodeIndex node) {
    return broken.state(node).best == Health::Down;
  };
  Outcome outcome;
  outcome.cause.faults = faults;
  pass_to(began_);
  pass_to(question_.now);
  outcome.next_due = broken.next_due();
  std::copy_if(working_.begin(), working_.end(), std::back_inserter(outcome.cause.against),
               is_down);
  pass_to(question_.now + graph::kBufferMax + kAMoment);
  std::copy_if(question_.to_explain.begin(), question_.to_explain.end(),
               std::back_inserter(outcome.cause.missed),
               [&](graph::NodeIndex node) { return !is_down(node); });
  outcome.cause.brings_down =
      static_cast<std::size_t>(std::count_if(touched.begin(), touched.end(), is_down));
  return outcome;
}

}  // namespace dienstbereit::core::cause
