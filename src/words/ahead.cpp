// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/ahead.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/chance.h"
#include "words/catalogue.h"

namespace dienstbereit::words {
namespace {

constexpr std::uint64_t kFew = 10;  // judged; of less nothing general is said
// Root of the reliability term: how far chances lay from shares, in the mean.
constexpr double kVeryNear = 0.05;
constexpr double kNear = 0.10;
constexpr double kFair = 0.20;
// Of 80 % intervals as many as these hold what comes, within what chance does to some dozen.
constexpr double kTooFewInside = 0.65;
constexpr double kTooManyInside = 0.95;

bool is_clear(const Gain& gain) { return gain.mean > gain.half_width; }

std::string noun_of(Language language, const OrderMeasure& measure) {
  return text(language, measure.services ? "order.services" : "order.places");
}
std::string state_of(Language language, bool normal) {
  return text(language, normal ? "order.as_usual" : "order.usable");
}

std::string more_sentence(const Voice& voice, const OrderMeasure& measure) {
  const Language language = voice.language();
  return text(language, is_clear(measure.more) ? "order.more" : "order.no_more",
              {{"time", time_of(voice, measure.by)},
               {"more", decimal(language, measure.more.mean)},
               {"width", decimal(language, measure.more.half_width)},
               {"what", noun_of(language, measure)},
               {"state", state_of(language, measure.normal)},
               {"there", decimal(language, measure.there)},
               {"n", std::to_string(measure.of)}});
}

const char* verdict_key(double gap) {
  if (gap <= kVeryNear) return "score.chances.very_near";
  if (gap <= kNear) return "score.chances.near";
  return gap <= kFair ? "score.chances.fair" : "score.chances.far";
}

std::string whole_percent(double share) { return std::to_string(std::lround(100 * share)); }

void add_chances(Language language, const ChanceScore& score, std::vector<std::string>& to) {
  if (score.count == 0) {
    to.push_back(text(language, "score.chances.none"));
    return;
  }
  const double gap = std::sqrt(score.reliability);
  to.push_back(count(language, verdict_key(gap), score.count, {{"gap", whole_percent(gap)}}));
  if (score.count < kFew) {
    to.push_back(text(language, "score.few"));
  } else if (score.uncertainty <= 0) {
    to.push_back(text(language, "score.chances.all_alike"));
  } else {
    to.push_back(text(language, "score.chances.told_apart",
                      {{"share", whole_percent(score.resolution / score.uncertainty)}}));
  }
}

void add_intervals(Language language, const IntervalScore& score, const char* of_what,
                   std::vector<std::string>& to) {
  if (score.count == 0) return;
  to.push_back(count(language, "score.intervals", score.count,
                     {{"what", text(language, of_what)},
                      {"inside", std::to_string(score.inside)},
                      {"before", std::to_string(score.before)},
                      {"after", std::to_string(score.after)}}));
  if (score.count < kFew) {
    to.push_back(text(language, "score.few"));
    return;
  }
  const double share = static_cast<double>(score.inside) / static_cast<double>(score.count);
  if (share < kTooFewInside) {
    to.push_back(text(language, score.after > score.before ? "score.intervals.too_hopeful"
                                                           : "score.intervals.too_narrow"));
  } else if (share > kTooManyInside) {
    to.push_back(text(language, "score.intervals.too_wide"));
  } else {
    to.push_back(text(language, "score.intervals.right"));
  }
}

}  // namespace

std::string decimal(Language language, double value) {
  std::string digits = fmt::format("{:.1f}", value);
  if (digits == "-0.0") digits = "0.0";
  if (language == Language::De) std::replace(digits.begin(), digits.end(), '.', ',');
  return digits;
}

std::vector<std::string> order_sentences(const Voice& voice, const OrderProposal& proposal) {
  const Language language = voice.language();
  const OrderMeasure& measure = proposal.measure;
  const Args hours{{"hours", decimal(language, measure.hours_sooner.mean)},
                   {"width", decimal(language, measure.hours_sooner.half_width)},
                   {"what", noun_of(language, measure)},
                   {"state", state_of(language, measure.normal)}};
  if (proposal.steps.empty()) {
    const bool same = measure.hours_sooner.mean == 0 && measure.hours_sooner.half_width == 0;
    return {text(language, same ? "order.none_better" : "order.none_clear", same ? Args{} : hours)};
  }
  return {more_sentence(voice, measure), text(language, "order.sooner", hours)};
}

std::string choice_sentence(Language language, const InterimChoice& choice) {
  return text(language, choice.interim_first ? "order.interim_first" : "order.permanent_first",
              {{"interim", choice.interim.str()}, {"permanent", choice.permanent.str()}});
}

std::string step_name(const Voice& voice, const Incident& incident, const OrderStep& step) {
  const Task* task = find_task(incident, step.task);
  if (task) return fmt::format("{}: {}", task->id.str(), task->title);
  if (!step.task.empty()) return step.task.str();
  return text(voice.language(), "order.unplanned", {{"what", node_name(voice, step.node)}});
}

std::string matter_sentence(const Voice& voice, const Incident& incident,
                            const TaskMatter& matter) {
  const NodeId place = matter.service.empty()
                           ? NodeId(matter.office.str() + "@" + matter.site.str())
                           : offer_node(matter.office, matter.site, matter.service);
  return text(voice.language(), "matter.falls",
              {{"task", step_name(voice, incident, {matter.task, matter.node})},
               {"place", node_name(voice, place)},
               {"time", time_of(voice, matter.begin)},
               {"state", state_of(voice.language(), matter.normal)},
               {"usual", std::to_string(shown_percent(matter.usual))},
               {"late", std::to_string(shown_percent(matter.late))}});
}

std::vector<std::string> score_sentences(Language language, const ForecastScores& scores) {
  std::vector<std::string> all;
  add_chances(language, scores.chances, all);
  add_intervals(language, scores.intervals, "score.of_places", all);
  add_intervals(language, scores.tasks, "score.of_tasks", all);
  return all;
}

}  // namespace dienstbereit::words
