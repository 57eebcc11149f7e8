// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What was known, decided and said when, as lanes over time, with what the log says of each.
#include <fmt/format.h>

#include "model/record/names.h"
#include "view/outage/timeline.h"
#include "web/operate/handlers.h"
#include "web/operate/outage/parts.h"
#include "web/pictures/event_lanes.h"
#include "words/catalogue.h"
#include "words/suspects.h"

namespace dienstbereit::web::operate {
namespace {

using view::KnownEvent;
using view::Topic;

bool by_rule(const KnownEvent& event) { return event.entry->written.by == "observer"; }

// What the log holds as a word of the program, in the visitor's language.
std::string told_text(const Pen& pen, const KnownEvent& event) {
  const LogEntry& entry = *event.entry;
  if (event.cause) {
    return fmt::format("{} ({})", entry.text,
                       label_of(pen, "operate.cause_state.", name_of(*event.cause)));
  }
  if (event.change != nullptr) {
    return fmt::format("{}. {}", words::change_name(pen.voice, *event.change), entry.text);
  }
  if (entry.what == "task_moved" && task_state_of(entry.text)) {
    return pen.label("operate.task_state." + entry.text);
  }
  if (entry.what == "fix_moved" && fix_state_of(entry.text)) {
    return pen.label("operate.fix." + entry.text);
  }
  if (entry.what == "statement_moved" && statement_state_of(entry.text)) {
    return pen.label("operate.statement_state." + entry.text);
  }
  if (entry.what == "fault_changed") {
    return pen.label(entry.text == "down" ? "picture.health.down" : "picture.health.operational");
  }
  return entry.text;
}

std::string told_subject(const Pen& pen, const LogEntry& entry) {
  if (entry.what == "fault_changed") return technical_name(pen, NodeId(entry.subject));
  if (level_of(entry.subject)) return pen.label("operate.level." + entry.subject);
  if (phase_of(entry.subject)) return pen.label("operate.phase." + entry.subject);
  return entry.subject;
}

std::string told(const Pen& pen, const KnownEvent& event) {
  const LogEntry& entry = *event.entry;
  std::string line = label_of(pen, "operate.event.", entry.what.c_str());
  if (!entry.subject.empty()) line += fmt::format(" ({})", told_subject(pen, entry));
  const std::string text = told_text(pen, event);
  return text.empty() ? line : fmt::format("{}: {}", line, text);
}

pictures::EventLanes lanes_of(const Pen& pen, const Visit& visit, const view::Timeline& timeline) {
  pictures::EventLanes lanes;
  lanes.id = "lanes";
  lanes.title = pen.label("picture.timeline.title");
  lanes.description = pen.label("picture.timeline.description");
  lanes.from = timeline.from;
  lanes.to = timeline.to;
  lanes.now = visit.now;
  lanes.now_word = pen.label("picture.now");
  lanes.level_name = words::text(pen.language(), "picture.timeline.level",
                                 {{"n", std::to_string(timeline.faults_most)}});
  for (const view::FaultStep& step : timeline.faults) lanes.steps.push_back({step.at, step.down});
  for (std::size_t topic = 0; topic < view::kTopics; ++topic) {
    pictures::EventLane lane;
    lane.name = label_of(pen, "picture.topic.", view::name_of(static_cast<Topic>(topic)));
    unsigned number = 0;
    for (const KnownEvent& event : timeline.events) {
      ++number;
      if (event.topic != static_cast<Topic>(topic)) continue;
      lane.events.push_back({number, event.entry->written.at, by_rule(event)});
    }
    if (!lane.events.empty()) lanes.lanes.push_back(std::move(lane));
  }
  return lanes;
}

void write_table(const Desk& desk, const Pen& pen, const view::Timeline& timeline) {
  FactTable table(pen, pen.label("picture.timeline.title"),
                  {pen.label("picture.timeline.number"), pen.label("picture.timeline.when"),
                   pen.label("picture.timeline.what"), pen.label("picture.timeline.who")});
  unsigned number = 0;
  for (const KnownEvent& event : timeline.events) {
    const Written& written = event.entry->written;
    table.row({{std::to_string(++number)},
               time_cell(pen, written.at),
               {told(pen, event)},
               {author(desk, pen, written.by)}});
  }
}

void write_timeline(const Desk& desk, const Pen& pen, const Visit& visit,
                    const Incident& incident) {
  write_tabs(pen, visit, incident);
  pen.html.leaf("p", pen.label("picture.timeline.intro"));
  const view::Timeline timeline = view::timeline(incident, visit.now);
  pictures::draw_lanes(pen.html, lanes_of(pen, visit, timeline), pen.voice);
  write_signs(pen, {{Sample::People, "picture.sign.people"},
                    {Sample::Rule, "picture.sign.rule"},
                    {Sample::Faults, "picture.sign.faults"},
                    {Sample::Now, "picture.now"}});
  if (timeline.events.size() < timeline.of) {
    write_left_out(pen, "picture.timeline.left_out", timeline.events.size(), timeline.of);
    const auto line = pen.html.open("p");
    const std::string log = "/operate/log/" + incident.id.str();
    pen.html.leaf("a", pen.label("picture.timeline.log"), {{"href", log}});
  }
  write_table(desk, pen, timeline);
}

}  // namespace

Outcome show_timeline(const Desk& desk, const Visit& visit) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  return desk.page(
      visit, {words::text(visit.language, "picture.timeline.page",
                          {{"incident", words::say(incident->title, visit.language).text}}),
              std::nullopt, [&](const Pen& pen) { write_timeline(desk, pen, visit, *incident); }});
}

}  // namespace dienstbereit::web::operate
