// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What is calculated ahead of an incident, in sentences of both languages.
#include "view/outage/first.h"
#include "view/stamp.h"
#include "web/api/commands.h"
#include "web/json.h"
#include "words/ahead.h"

namespace dienstbereit::web {
namespace {

using Sentences = std::vector<std::string>;

// As both(), of lists.
template <class Say>
Json in_both(const Voices& voices, const Say& say) {
  return {{"de", say(voices.de)}, {"en", say(voices.en)}};
}

const char* answer_of(const OrderProposal& order) {
  if (!order.taken) return "open";
  return *order.taken ? "taken" : "not_taken";
}

Json order_json(const Incident& incident, const OrderProposal& order, const Voices& voices) {
  Json steps = Json::array();
  for (const OrderStep& step : order.steps) {
    steps.push_back({{"task", step.task.str()},
                     {"node", step.node.str()},
                     {"name", both(voices, [&](const words::Voice& voice) {
                        return words::step_name(voice, incident, step);
                      })}});
  }
  const auto choices = [&](const words::Voice& voice) {
    Sentences all;
    for (const InterimChoice& choice : order.choices) {
      all.push_back(words::choice_sentence(voice.language(), choice));
    }
    return all;
  };
  const auto sentences = [&](const words::Voice& voice) {
    return words::order_sentences(voice, order);
  };
  return {{"id", order.id.str()},
          {"clear", !order.steps.empty()},
          {"stale", order.stale},
          {"answer", answer_of(order)},
          {"steps", std::move(steps)},
          {"choices", in_both(voices, choices)},
          {"sentences", in_both(voices, sentences)}};
}

}  // namespace

std::string outlook_json(const Incident& incident, const Situation& situation, Instant now) {
  const Voices voices(view::stamp_of(situation, now));
  const auto matters = [&](const words::Voice& voice) {
    Sentences all;
    if (incident.forecasts.empty()) return all;
    for (const TaskMatter& matter : incident.forecasts.back()->matters) {
      all.push_back(words::matter_sentence(voice, incident, matter));
    }
    return all;
  };
  const auto scores = [&](const words::Voice& voice) {
    return incident.scores ? words::score_sentences(voice.language(), *incident.scores)
                           : Sentences();
  };
  Json json{{"incident", incident.id.str()},
            {"matters", in_both(voices, matters)},
            {"scores", in_both(voices, scores)}};
  if (const OrderProposal* order = view::newest_order(incident)) {
    json["order"] = order_json(incident, *order, voices);
  }
  return dump(json);
}

}  // namespace dienstbereit::web
