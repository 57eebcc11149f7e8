// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The keys of what a district says beforehand of its repairs and decisions.
#include <fmt/format.h>

#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

template <Duration Estimate::* Point>
void read_point(Reader& reader, const Node& node, Estimate& estimate) {
  read_duration(reader, node, estimate.*Point);
}

void read_extremes(Reader& reader, const Node& node, Estimate& estimate) {
  read_boolean(reader, node, estimate.extremes);
}

Key deadlines_key() {
  Key key{"deadlines", "until when it must have fallen", nullptr, deadlines_shape};
  key.read = [](Reader& reader, const Node& node, void* target) {
    read_shape(reader, node, deadlines_shape(), target);
  };
  return key;
}

}  // namespace

void read_estimates(Reader& reader, const Node& node, std::vector<EstimateDraft>& estimates) {
  for (const Node* item : items_of(reader, node)) {
    EstimateDraft& estimate = estimates.emplace_back();
    estimate.mark = item->mark;
    read_shape(reader, *item, estimate_shape(), &estimate);
  }
}

const Shape& crew_shape() {
  using K = Keys<CrewDraft>;
  static const Shape shape{
      "crew",
      "a crew",
      "People who repair, with the same skills and hours. Forecasts plan with them.",
      {K::as<&CrewDraft::id, read_own_id<CrewId, IdKind::Crew>>("id", kId, "short and stable")
           .needed(),
       K::of<&CrewDraft::name>("name", "as the staff calls it").needed(),
       K::of<&CrewDraft::size>("size", "how many can work at the same time; default 1"),
       K::of<&CrewDraft::skills>("skills", "free words; a repair may ask for one of them"),
       K::of<&CrewDraft::hours>("hours", "when it works; public holidays are off unless `PH` says "
                                         "otherwise"),
       K::of<&CrewDraft::on_call>("on_call", "works around the clock while an incident is open")}};
  return shape;
}

const Shape& estimate_shape() {
  using K = Keys<EstimateDraft>;
  static const Shape shape{
      "estimate",
      "an estimate",
      "How long repairs of one kind took: a first guess until somebody has looked. The most "
      "specific entry counts; these before the ones that ship.",
      {K::of<&EstimateDraft::kind>("kind", "of the component; default any"),
       K::of<&EstimateDraft::fault>("fault", "`hardware`, `power`, `software`, `data`, "
                                             "`connection` or a word of your own; default any"),
       K::as<&EstimateDraft::estimate, read_point<&Estimate::best>>("best", kDuration,
                                                                    "one in ten was over by then")
           .needed(),
       K::as<&EstimateDraft::estimate, read_point<&Estimate::likely>>("likely", kDuration,
                                                                      "half were")
           .needed(),
       K::as<&EstimateDraft::estimate, read_point<&Estimate::worst>>("worst", kDuration,
                                                                     "nine in ten were")
           .needed(),
       K::as<&EstimateDraft::estimate, read_extremes>(
           "extremes", kBoolean,
           "none took less than `best` or more than `worst`, most took `likely`; default false"),
       K::of<&EstimateDraft::basis>("basis", "where the numbers come from")}};
  return shape;
}

const Shape& decision_shape() {
  static const Shape shape{"decision", "the opening decision", "", {deadlines_key()}};
  return shape;
}

const Shape& deadlines_shape() {
  using K = Keys<DecisionTimes>;
  static const Shape shape{
      "deadlines",
      "the deadlines of decisions",
      "How long before the first slot of a day the decision must have fallen; at most 7 d.",
      {K::of<&DecisionTimes::staff>("staff", "so that the staff still learns of it; default 12 h"),
       K::of<&DecisionTimes::people>("public", "before people set out; default 3 h"),
       K::of<&DecisionTimes::appointments>("appointments",
                                           "to call off appointments; default 18 h")}};
  return shape;
}

}  // namespace dienstbereit::config
