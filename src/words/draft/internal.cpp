// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// For the own staff: nothing is left out, nothing here is for the public.
#include <fmt/format.h>

#include "model/chance.h"
#include "model/record/names.h"
#include "words/draft/kinds.h"
#include "words/typography.h"

namespace dienstbereit::words::drafts {
namespace {

constexpr std::size_t kLinesMax = 20;  // of one list

std::string bulleted(const Teller& teller, const char* key, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string all = text(teller.language(), key);
  for (std::size_t i = 0; i < lines.size() && i < kLinesMax; ++i) all += "\n- " + lines[i];
  if (lines.size() > kLinesMax) {
    all += "\n- " + count(teller.language(), "draft.more", lines.size() - kLinesMax);
  }
  return all;
}

std::string fault_lines(const Teller& teller, const Incident& incident) {
  std::vector<std::string> lines;
  for (const Fault& fault : incident.faults) {
    const Args args{{"name", teller.quoted(node_name(teller.voice(), fault.node))},
                    {"id", fault.node.str()},
                    {"since", teller.moment(fault.since)},
                    {"ended", fault.ended ? teller.moment(*fault.ended) : ""}};
    lines.push_back(text(teller.language(),
                         fault.ended ? "draft.internal.fault_over" : "draft.internal.fault", args));
  }
  return bulleted(teller, "draft.internal.faults", lines);
}

std::string task_lines(const Teller& teller, const Incident& incident) {
  std::vector<std::string> lines;
  for (const Task& task : incident.tasks) {
    const std::string who = task.assignee.empty() ? task.crew : teller.role(task.assignee);
    lines.push_back(
        text(teller.language(), who.empty() ? "draft.internal.task" : "draft.internal.task_by",
             {{"id", task.id.str()},
              {"title", teller.quoted(task.title)},
              {"who", teller.quoted(who)},
              {"state",
               text(teller.language(), std::string("draft.task_state.") + name_of(task.state))}}));
  }
  return bulleted(teller, "draft.internal.tasks", lines);
}

std::string fix_lines(const Teller& teller, const Incident& incident) {
  std::vector<std::string> lines;
  for (const Fix* fix : fixes_in_force(incident)) {
    lines.push_back(text(teller.language(), "draft.internal.fix",
                         {{"fix", sentence(teller.quoted(fix->title))},
                          {"restores", sentence(teller.quoted(fix->restores))},
                          {"risk", sentence(teller.quoted(fix->risk))},
                          {"owner", teller.role(fix->owner)},
                          {"until", fix->expires ? teller.moment(*fix->expires) : "?"}}));
    if (!fix->capacity) continue;
    lines.back() += " " + text(teller.language(), "draft.internal.fix_part",
                               {{"percent", std::to_string(*fix->capacity)}});
  }
  return bulleted(teller, "draft.internal.fixes", lines);
}

std::string cause_lines(const Teller& teller, const Incident& incident) {
  std::vector<std::string> lines;
  for (const Hypothesis& one : incident.hypotheses) {
    lines.push_back(text(teller.language(),
                         std::string("draft.internal.cause.") + name_of(one.state),
                         {{"cause", sentence(teller.quoted(one.text))}}));
  }
  return bulleted(teller, "draft.internal.causes", lines);
}

std::string chance_lines(const Teller& teller, const Incident& incident) {
  if (incident.forecasts.empty()) return {};
  std::vector<std::string> lines;
  for (const PlaceForecast& place : incident.forecasts.back()->places) {
    if (!place.service.empty() || place.slots.empty()) continue;
    const SlotChance& slot = place.slots.front();
    lines.push_back(text(teller.language(), "draft.internal.chance",
                         {{"place", teller.place({place.office, place.site})},
                          {"time", teller.moment(slot.begin)},
                          {"partly", std::to_string(shown_percent(slot.limited))},
                          {"normal", std::to_string(shown_percent(slot.normal))}}));
  }
  return bulleted(teller, "draft.internal.chances", lines);
}

std::string lead_line(const Teller& teller, const Incident& incident) {
  const std::string lead = teller.role(incident.lead);
  return lead.empty() ? std::string()
                      : text(teller.language(), "draft.internal.lead", {{"lead", lead}});
}

}  // namespace

Text internal(const Teller& teller) {
  const Language language = teller.language();
  const Incident* incident = teller.incident();
  Text made{text(language, "draft.internal.title", {{"name", teller.name()}}), {}};
  if (!incident) {
    made.body = paragraphs({text(language, "draft.internal.only"), teller.opening(),
                            paragraph({teller.next(), teller.stand()})});
    return made;
  }
  const std::string level = text(language, std::string("draft.level.") + name_of(incident->level));
  made.body = paragraphs(
      {text(language, "draft.internal.only"),
       paragraph({text(language, "draft.internal.level", {{"level", level}}), teller.services(),
                  lead_line(teller, *incident)}),
       teller.security() ? text(language, "draft.internal.security") : "",
       paragraph({teller.places(), teller.channels(), teller.opening()}), teller.on_paper(),
       teller.backlog(), fault_lines(teller, *incident), cause_lines(teller, *incident),
       fix_lines(teller, *incident), task_lines(teller, *incident),
       paragraph({teller.repairs(), teller.undisturbed()}), chance_lines(teller, *incident),
       text(language, "draft.internal.talk"), paragraph({teller.next(), teller.stand()})});
  return made;
}

}  // namespace dienstbereit::words::drafts
