// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/civil.h"

#include <optional>

namespace dienstbereit::engine {
namespace {

void move(std::optional<Instant>& t, Duration by) {
  if (t) *t += by;
}

void move(Explanation& why, Duration by) {
  for (ReasonStep& step : why) {
    move(step.since, by);
    move(step.until, by);
  }
}

void move(std::vector<DayPlan>& days, Duration by) {
  for (DayPlan& day : days) {
    for (SlotVerdict& slot : day.slots) {
      slot.begin += by;
      slot.end += by;
      move(slot.verdict.why, by);
    }
  }
}

}  // namespace

void to_civil(Situation& situation, Duration offset) {
  if (offset == Duration(0)) return;
  situation.as_of += offset;
  situation.started_at += offset;
  move(situation.next_due, offset);
  move(situation.held_until, offset);
  move(situation.journal_failed_at, offset);
  for (NodeSituation& node : situation.nodes) move(node.since, offset);
  for (OfferSituation& offer : situation.offers) {
    move(offer.now.why, offset);
    move(offer.days, offset);
  }
  for (PlaceSituation& place : situation.places) {
    move(place.now.why, offset);
    move(place.days, offset);
  }
  for (ProbeSituation& probe : situation.probes) move(probe.since, offset);
  for (PathSituation& path : situation.paths) move(path.since, offset);
  for (WordSituation& word : situation.words) {
    word.set_at += offset;
    word.until += offset;
  }
}

void to_civil(Answer& answer, Duration offset) {
  if (answer.node) move(answer.node->since, offset);
  move(answer.why, offset);
}

}  // namespace dienstbereit::engine
