// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The repairs of one incident as bars over time: what was done, what is under way, and when the
// rest ends by the newest forecast.
#include <algorithm>

#include <fmt/format.h>

#include "model/record/names.h"
#include "view/outage/repairs.h"
#include "web/operate/handlers.h"
#include "web/operate/outage/parts.h"
#include "web/pictures/repair_plan.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

using view::Lane;
using view::LaneKind;
using view::Work;

std::string lane_name(const Pen& pen, const Lane& lane) {
  if (lane.kind == LaneKind::Crew) return words::say(lane.crew->name, pen.language()).text;
  return pen.label(lane.kind == LaneKind::Fixes ? "operate.measures.fixes"
                                                : "picture.plan.any_crew");
}

std::string state_of(const Pen& pen, const Work& work) {
  if (work.task) return label_of(pen, "operate.task_state.", name_of(work.task->state));
  if (work.fix) return label_of(pen, "operate.fix.", name_of(work.fix->state));
  return pen.label("picture.plan.assumed");
}

std::string title_of(const Pen& pen, const Work& work) {
  if (work.task) return fmt::format("{}: {}", work.task->id.str(), work.task->title);
  if (work.fix) {
    return fmt::format("{}: {}", work.fix->id.str(),
                       words::say(work.fix->title, pen.language()).text);
  }
  return technical_name(pen, work.node);
}

pictures::PlanRow row_of(const Pen& pen, const Work& work, Instant now) {
  pictures::PlanRow row;
  row.name = fmt::format("{} ({})", title_of(pen, work), state_of(pen, work));
  row.unknown = pen.label("operate.forecast.nobody_knows");
  row.end = {work.early, work.likely, work.late};
  if (work.over && work.ended) {
    const bool spans = work.began && *work.began < *work.ended;
    if (spans) row.done = pictures::Stretch{*work.began, *work.ended};
    if (!spans) row.over = work.ended;
  } else if (work.fix && work.began && work.until) {
    row.holds = pictures::Stretch{*work.began, std::max(*work.began, *work.until)};
  } else if (work.began) {
    row.doing = pictures::Stretch{*work.began, std::max(*work.began, now)};
  }
  return row;
}

pictures::RepairPlan plan_of(const Pen& pen, const Visit& visit, const view::Repairs& repairs) {
  pictures::RepairPlan plan;
  plan.id = "plan";
  plan.title = pen.label("picture.plan.title");
  plan.description = pen.label("picture.plan.description");
  plan.time = {repairs.time.from, repairs.time.to};
  plan.now = visit.now;
  plan.now_word = pen.label("picture.now");
  for (const Lane& lane : repairs.lanes) {
    pictures::PlanLane& drawn = plan.lanes.emplace_back();
    drawn.name = lane_name(pen, lane);
    for (const view::TimeSpan& hours : lane.hours) drawn.hours.push_back({hours.from, hours.to});
    for (const Work& work : lane.work) drawn.rows.push_back(row_of(pen, work, visit.now));
  }
  return plan;
}

void write_table(const Pen& pen, const view::Repairs& repairs) {
  FactTable table(
      pen, pen.label("picture.plan.title"),
      {pen.label("picture.plan.what"), pen.label("operate.task.crew"), pen.label("operate.state"),
       pen.label("operate.task.started"), pen.label("picture.plan.ended"),
       pen.label("picture.plan.early"), pen.label("picture.likely"), pen.label("picture.late")});
  for (const Lane& lane : repairs.lanes) {
    for (const Work& work : lane.work) {
      table.row({{title_of(pen, work)},
                 {lane_name(pen, lane)},
                 {state_of(pen, work)},
                 time_cell(pen, work.began),
                 time_cell(pen, work.over ? work.ended : work.until),
                 time_cell(pen, work.early),
                 time_cell(pen, work.likely),
                 time_cell(pen, work.late)});
    }
  }
}

void write_plan(const Pen& pen, const Visit& visit, const Incident& incident) {
  write_tabs(pen, visit, incident);
  const view::Repairs repairs = view::repairs(incident, *visit.situation->district, visit.now);
  if (repairs.forecast_made) {
    pen.html.leaf("p", words::text(pen.language(), "picture.plan.intro",
                                   {{"time", words::time_of(pen.voice, *repairs.forecast_made)}}));
  } else {
    pen.html.leaf("p", pen.label("picture.plan.no_forecast"));
  }
  if (repairs.lanes.empty()) {
    pen.html.leaf("p", pen.label("operate.situation.no_steps"));
    return;
  }
  pictures::draw_plan(pen.html, plan_of(pen, visit, repairs), pen.voice);
  write_signs(pen, {{Sample::Done, "picture.sign.done"},
                    {Sample::Doing, "picture.sign.doing"},
                    {Sample::Spread, "picture.sign.end"},
                    {Sample::Open, "picture.sign.open"},
                    {Sample::Holds, "picture.sign.holds"},
                    {Sample::Hours, "picture.sign.hours"},
                    {Sample::Now, "picture.now"}});
  if (repairs.hours_left_out) pen.html.leaf("p", pen.label("picture.plan.hours_left_out"));
  write_left_out(pen, "picture.plan.left_out", repairs.shown, repairs.of);
  write_table(pen, repairs);
}

}  // namespace

Outcome show_repairs(const Desk& desk, const Visit& visit) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  return desk.page(visit,
                   {words::text(visit.language, "picture.repairs.title",
                                {{"incident", words::say(incident->title, visit.language).text}}),
                    std::nullopt, [&](const Pen& pen) { write_plan(pen, visit, *incident); }});
}

}  // namespace dienstbereit::web::operate
