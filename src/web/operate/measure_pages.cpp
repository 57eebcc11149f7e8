// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Repairs and interim fixes of one incident, and the forecast that follows from them.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "model/chance.h"
#include "model/record/names.h"
#include "view/outage/chances.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::string_view kPath = "/operate/measures/";
constexpr double kWorthSaying = 0.01;  // chance that it gets worse again

std::string hours(const Pen& pen, Duration d) { return words::duration(pen.language(), d); }

std::string estimate_text(const Pen& pen, const Estimate& estimate) {
  return words::text(pen.language(),
                     estimate.extremes ? "operate.task.extremes_of" : "operate.task.estimate_of",
                     {{"best", hours(pen, estimate.best)},
                      {"likely", hours(pen, estimate.likely)},
                      {"worst", hours(pen, estimate.worst)}});
}

std::string joined(const std::vector<TaskId>& ids) {
  std::string all;
  for (const TaskId& id : ids) all += (all.empty() ? "" : ", ") + id.str();
  return all;
}

// The components that are down in the incident, or were, and what is stored beside them; each once.
void write_fault_checks(FormWriter& form, const Pen& pen, const Visit& visit,
                        const Incident& incident, const std::vector<NodeId>& stored) {
  const auto ticked = visit.form.size() > 0 ? ids_in<NodeId>(visit, "node") : stored;
  const auto group = pen.html.open("fieldset");
  pen.html.leaf("legend", pen.label("operate.task.repairs"));
  std::vector<NodeId> offered;
  for (const Fault& fault : incident.faults) offered.push_back(fault.node);
  offered.insert(offered.end(), stored.begin(), stored.end());
  if (offered.empty()) pen.html.leaf("p", pen.label("operate.incident.no_faults"));
  std::set<NodeId> written;
  for (const NodeId& node : offered) {
    if (!written.insert(node).second) continue;
    const bool on = std::find(ticked.begin(), ticked.end(), node) != ticked.end();
    form.check("node", node.str(), technical_name(pen, node), on);
  }
}

void write_estimate(FormWriter& form, const Pen& pen, const Visit& visit, std::string_view name,
                    const Estimate& stored) {
  for (const auto& [part, value] :
       {std::pair("best", stored.best), std::pair("likely", stored.likely),
        std::pair("worst", stored.worst)}) {
    const std::string field = fmt::format("{}_{}", name, part);
    form.field({field, pen.label(fmt::format("operate.task.{}", field)),
                kept(visit, field, hours_value(value)), "", "text", "off", false});
  }
  const std::string extremes = fmt::format("{}_extremes", name);
  const bool on = visit.form.size() > 0 ? !visit.form.value(extremes).empty() : stored.extremes;
  form.check(extremes, "1", pen.label("operate.task.extremes"), on);
}

void write_task_form(const Desk& desk, const Pen& pen, const Visit& visit, const Incident& incident,
                     const Task& task) {
  FormWriter form(pen, visit, "task", "/operate/task/" + incident.id.str(),
                  pen.label("operate.save"));
  form.hidden("id", task.id.str());
  form.hidden("version", std::to_string(task.id.str().empty() ? 0 : task.version));
  form.field({"title", pen.label("operate.task.title"), kept(visit, "title", task.title)});
  form.select({"kind", pen.label("operate.task.kind"), kept(visit, "kind", name_of(task.kind))},
              options_of(pen, "operate.task_kind.",
                         {"inspect", "repair", "replace", "procure", "restart", "other"}));
  write_fault_checks(form, pen, visit, incident, task.repairs);
  pen.html.leaf("p", pen.label("operate.task.estimate_hint"));
  write_estimate(form, pen, visit, "effort", task.effort);
  std::vector<Option> crews{{"", pen.label("operate.task.any_crew")}};
  for (const Crew& crew : visit.situation->district->crews) {
    crews.push_back({crew.id.str(), words::say(crew.name, pen.language()).text});
  }
  form.select({"crew", pen.label("operate.task.crew"), kept(visit, "crew", task.crew), "", "text",
               "off", false},
              crews);
  form.field({"skill", pen.label("operate.task.skill"), kept(visit, "skill", task.skill), "",
              "text", "off", false});
  form.select({"assignee", pen.label("operate.task.assignee"),
               kept(visit, "assignee", task.assignee), "", "text", "off", false},
              people(desk, pen));
  form.field({"after", pen.label("operate.task.after"), kept(visit, "after", joined(task.after)),
              pen.label("operate.task.after_hint"), "text", "off", false});
  std::vector<Option> fixes{{"", pen.label("operate.task.permanent")}};
  for (const Fix& fix : incident.fixes) {
    fixes.push_back({fix.id.str(), words::say(fix.title, pen.language()).text});
  }
  form.select({"fix", pen.label("operate.task.fix"), kept(visit, "fix", task.fix.str()), "", "text",
               "off", false},
              fixes);
  form.field({"part", pen.label("operate.task.part"), kept(visit, "part", task.part), "", "text",
              "off", false});
  write_estimate(form, pen, visit, "delivery", task.delivery.value_or(Estimate{}));
  form.select(
      {"disturbs", pen.label("operate.task.disturbs"),
       kept(visit, "disturbs", name_of(task.disturbs)), pen.label("operate.task.disturbs_hint")},
      options_of(pen, "operate.disturbs.", {"unknown", "no", "yes"}));
  form.field({"order", pen.label("operate.task.order"),
              kept(visit, "order", task.order == 0 ? "" : std::to_string(task.order)), "", "text",
              "off", false});
}

// The steps that a task or a fix may take now, each with a button of its own.
void write_moves(const Pen& pen, const Visit& visit, std::string_view action, const std::string& id,
                 const std::vector<const char*>& states) {
  const auto row = pen.html.open("div", {{"class", "actions"}});
  for (const char* state : states) {
    FormWriter form(pen, visit, fmt::format("{}-{}", id, state), action,
                    pen.label(fmt::format("operate.move.{}", state)), FormKind::Inline);
    form.hidden("id", id);
    form.hidden("state", state);
  }
}

std::vector<const char*> moves_of(TaskState state) {
  if (state == TaskState::Planned) return {"started", "done", "cancelled"};
  if (state == TaskState::Started) return {"done", "planned", "cancelled"};
  return {};
}

std::vector<const char*> moves_of(FixState state) {
  if (state == FixState::Planned) return {"in_force"};
  if (state == FixState::InForce) return {"ended", "relapsed"};
  return {"in_force"};
}

void write_task(const Desk& desk, const Pen& pen, const Visit& visit, const Incident& incident,
                const Task& task) {
  const auto item = pen.html.open("li");
  {
    const auto heading = pen.html.open("h3");
    pen.html.text(fmt::format("{}: {}", task.id.str(), task.title));
  }
  {
    const auto list = pen.html.open("dl");
    write_fact(pen, "operate.state", label_of(pen, "operate.task_state.", name_of(task.state)));
    write_fact(pen, "operate.task.kind", label_of(pen, "operate.task_kind.", name_of(task.kind)));
    write_fact(pen, "operate.task.repairs", names_of(pen, task.repairs));
    write_fact(pen, "operate.task.effort", estimate_text(pen, task.effort));
    write_fact(pen, "operate.task.assignee", author(desk, pen, task.assignee));
    write_fact(pen, "operate.task.after", joined(task.after));
    write_fact(pen, "operate.task.part", task.part);
    write_fact(pen, "operate.task.disturbs",
               label_of(pen, "operate.disturbs.", name_of(task.disturbs)));
    if (task.delivery) write_fact(pen, "operate.task.delivery", estimate_text(pen, *task.delivery));
    if (task.started) {
      write_fact(pen, "operate.task.started", words::time_of(pen.voice, *task.started));
    }
    if (task.ended) write_fact(pen, "operate.task.ended", words::time_of(pen.voice, *task.ended));
    write_fact(pen, "operate.task.result", task.result);
    write_fact(pen, "operate.written", written(desk, pen, task.written));
  }
  if (!visit.may(Role::Operate) || !is_open(incident)) return;
  write_moves(pen, visit, "/operate/task-state/" + incident.id.str(), task.id.str(),
              moves_of(task.state));
  const std::string edit = fmt::format("{}{}/{}", kPath, incident.id.str(), task.id.str());
  const auto line = pen.html.open("p");
  pen.html.leaf("a", words::text(pen.language(), "operate.edit_of", {{"id", task.id.str()}}),
                {{"href", edit}});
}

void write_fix_form(const Desk& desk, const Pen& pen, const Visit& visit, const Incident& incident,
                    const Fix& fix) {
  FormWriter form(pen, visit, "fix", "/operate/fix/" + incident.id.str(),
                  pen.label("operate.save"));
  form.hidden("id", fix.id.str());
  form.hidden("version", std::to_string(fix.id.str().empty() ? 0 : fix.version));
  wording_fields(form, pen, visit, "title", "operate.fix.title", fix.title);
  write_fault_checks(form, pen, visit, incident, fix.for_faults);
  wording_fields(form, pen, visit, "restores", "operate.fix.restores", fix.restores);
  wording_fields(form, pen, visit, "risk", "operate.fix.risk", fix.risk);
  form.select({"owner", pen.label("operate.fix.owner"), kept(visit, "owner", fix.owner)},
              people(desk, pen));
  Field expires = time_field(pen, visit, "expires", "operate.fix.expires", fix.expires);
  expires.required = true;
  form.field(expires);
  form.field({"capacity", pen.label("operate.fix.capacity"),
              kept(visit, "capacity", fix.capacity ? std::to_string(*fix.capacity) : ""),
              pen.label("operate.fix.capacity_hint"), "text", "off", false});
  std::vector<Option> repairs{{"", pen.label("operate.fix.no_follow_up")}};
  for (const Task& task : incident.tasks) {
    repairs.push_back({task.id.str(), fmt::format("{}: {}", task.id.str(), task.title)});
  }
  form.select({"follow_up", pen.label("operate.fix.follow_up"),
               kept(visit, "follow_up", fix.follow_up.str()), "", "text", "off", false},
              repairs);
}

void write_fix(const Desk& desk, const Pen& pen, const Visit& visit, const Incident& incident,
               const Fix& fix) {
  const auto item = pen.html.open("li");
  {
    const auto heading = pen.html.open("h3");
    pen.html.text(fix.id.str() + ": ");
    write(pen, fix.title);
  }
  {
    const auto list = pen.html.open("dl");
    write_fact(pen, "operate.state", label_of(pen, "operate.fix.", name_of(fix.state)));
    write_fact(pen, "operate.task.repairs", names_of(pen, fix.for_faults));
    write_fact(pen, "operate.fix.restores", words::say(fix.restores, pen.language()));
    write_fact(pen, "operate.fix.risk", words::say(fix.risk, pen.language()));
    write_fact(pen, "operate.fix.owner", author(desk, pen, fix.owner));
    if (fix.expires) {
      write_fact(pen, "operate.fix.expires", words::until_of(pen.voice, *fix.expires));
    }
    if (fix.capacity) {
      write_fact(pen, "operate.fix.capacity", fmt::format("{} %", *fix.capacity));
    }
    write_fact(pen, "operate.fix.follow_up", fix.follow_up.str());
    write_fact(pen, "operate.note.text", fix.note);
    write_fact(pen, "operate.written", written(desk, pen, fix.written));
  }
  if (!visit.may(Role::Operate) || !is_open(incident)) return;
  write_moves(pen, visit, "/operate/fix-state/" + incident.id.str(), fix.id.str(),
              moves_of(fix.state));
  const std::string edit = fmt::format("{}{}/{}", kPath, incident.id.str(), fix.id.str());
  const auto line = pen.html.open("p");
  pen.html.leaf("a", words::text(pen.language(), "operate.edit_of", {{"id", fix.id.str()}}),
                {{"href", edit}});
}

std::string bound_of(const Pen& pen, const std::optional<Instant>& t) {
  return t ? words::time_of(pen.voice, *t) : pen.label("operate.forecast.nobody_knows");
}

// When it is usable, when as usual, and whether that lasts.
void write_arrival(const Pen& pen, const PlaceForecast& place, Instant made) {
  const bool as_usual = place.word == Readiness::Normal;
  if (as_usual) {
    pen.html.text(pen.label("operate.forecast.as_usual"));
    if (place.normal_late && *place.normal_late > made) {
      pen.html.text(words::text(pen.language(), "operate.forecast.held",
                                {{"time", words::time_of(pen.voice, *place.normal_late)}}));
    }
  } else {
    pen.html.text(words::text(pen.language(), "operate.forecast.by",
                              {{"time", bound_of(pen, place.public_bound)}}));
  }
  if (!place.relapse) return;  // made when only that was kept
  const bool limited_first = !as_usual && place.late && place.normal_late != place.late;
  if (limited_first && place.normal_late) {
    pen.html.text(words::text(pen.language(), "operate.forecast.normal",
                              {{"time", words::time_of(pen.voice, *place.normal_late)}}));
  } else if (limited_first) {
    pen.html.text(pen.label("operate.forecast.never_normal"));
  }
  if (*place.relapse < kWorthSaying) return;
  pen.html.text(words::text(pen.language(), "operate.forecast.relapse",
                            {{"percent", std::to_string(shown_percent(*place.relapse))}}));
}

void write_forecast(const Desk& desk, const Pen& pen, const Forecast& forecast) {
  pen.html.leaf(
      "p", words::text(pen.language(), "operate.forecast.made",
                       {{"id", forecast.id.str()}, {"by", written(desk, pen, forecast.written)}}));
  if (!forecast.reason.empty()) pen.html.leaf("p", forecast.reason, {{"dir", "auto"}});
  if (forecast.runs > 0) {
    // Two standard errors of a chance of one half.
    const auto points = std::ceil(100 / std::sqrt(static_cast<double>(forecast.runs)));
    pen.html.leaf("p", words::count(pen.language(), "operate.forecast.runs", forecast.runs,
                                    {{"points", fmt::format("{:.0f}", points)}}));
  }
  pen.html.leaf("p", words::text(pen.language(), "operate.forecast.repaired",
                                 {{"early", bound_of(pen, forecast.all_repaired_early)},
                                  {"late", bound_of(pen, forecast.all_repaired_late)}}));
  if (forecast.learnt) {
    const auto percent = std::lround(100 * forecast.learnt->factor);
    pen.html.leaf("p",
                  words::count(pen.language(), "operate.forecast.learnt", forecast.learnt->tasks,
                               {{"percent", std::to_string(percent)}}));
  }
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  bool said = false;
  for (const PlaceForecast& place : forecast.places) {
    if (!place.service.str().empty() || full(pen, said)) continue;
    const auto item = pen.html.open("li");
    const std::string id = fmt::format("{}@{}", place.office.str(), place.site.str());
    pen.html.leaf("strong", words::node_name(pen.voice, NodeId(id)));
    write_arrival(pen, place, forecast.written.at);
    const SlotChance* next = view::next_slot(place, forecast.written.at);
    if (!next) continue;
    pen.html.text(words::text(pen.language(), "operate.forecast.next_slot",
                              {{"time", words::time_of(pen.voice, next->begin)},
                               {"at_least", std::to_string(shown_percent(next->limited))},
                               {"normal", std::to_string(shown_percent(next->normal))}}));
  }
}

void write_forecasts(const Desk& desk, const Pen& pen, const Visit& visit,
                     const Incident& incident) {
  pen.html.leaf("h2", pen.label("operate.forecast.title"));
  if (incident.forecasts.empty()) {
    pen.html.leaf("p", pen.label("operate.forecast.none"));
  } else {
    write_forecast(desk, pen, *incident.forecasts.back());
  }
  if (visit.may(Role::Operate) && is_open(incident)) {
    pen.html.leaf("p", pen.label("operate.forecast.supposes"));
    FormWriter form(pen, visit, "forecast", "/operate/forecast/" + incident.id.str(),
                    pen.label("operate.forecast.button"));
    form.field({"reason", pen.label("operate.forecast.why"), kept(visit, "reason"), "", "text",
                "off", false});
  }
  if (incident.forecasts.size() < 2) return;
  const Folded earlier(pen, pen.label("operate.forecast.earlier"), false);
  bool said = false;
  for (auto it = incident.forecasts.rbegin() + 1; it != incident.forecasts.rend(); ++it) {
    if (!full(pen, said, "p")) write_forecast(desk, pen, **it);
  }
}

Response measures_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                       int status) {
  const Incident* found = incident_in(visit);
  if (found == nullptr) return no_such_thing(desk, visit);
  const Incident& incident = *found;
  const bool writes = visit.may(Role::Operate) && is_open(incident);
  return desk.page(
      visit,
      {words::text(visit.language, "operate.measures.title",
                   {{"incident", words::say(incident.title, visit.language).text}}),
       std::move(notice),
       [&](const Pen& pen) {
         write_tabs(pen, visit, incident);
         bool said = false;
         pen.html.leaf("h2", pen.label("operate.measures.tasks"));
         {
           const auto list = pen.html.open("ul", {{"class", "cards"}});
           for (const Task& task : incident.tasks) {
             if (!full(pen, said)) write_task(desk, pen, visit, incident, task);
           }
         }
         if (writes) {
           const Folded folded(pen, pen.label("operate.task.new"), visit.form.has("effort_best"));
           write_task_form(desk, pen, visit, incident, Task());
         }
         pen.html.leaf("h2", pen.label("operate.measures.fixes"));
         {
           const auto list = pen.html.open("ul", {{"class", "cards"}});
           for (const Fix& fix : incident.fixes) {
             if (!full(pen, said)) write_fix(desk, pen, visit, incident, fix);
           }
         }
         if (writes) {
           const Folded folded(pen, pen.label("operate.fix.new"), visit.form.has("restores_de"));
           write_fix_form(desk, pen, visit, incident, Fix());
         }
         write_forecasts(desk, pen, visit, incident);
       }},
      status);
}

// One task or fix to change: the present state beside what the visitor has typed.
Response edit_page(const Desk& desk, const Visit& visit, const std::string& id,
                   std::optional<Notice> notice, int status) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  const Task* task = find_task(*incident, TaskId(id));
  const Fix* fix = find_fix(*incident, FixId(id));
  if (task == nullptr && fix == nullptr) return no_such_thing(desk, visit);
  return desk.page(visit,
                   {words::text(visit.language, "operate.edit_of", {{"id", id}}), std::move(notice),
                    [&](const Pen& pen) {
                      write_tabs(pen, visit, *incident);
                      if (visit.form.has("version") || !visit.may(Role::Operate)) {
                        pen.html.leaf("h2", pen.label("operate.as_on_record"));
                        const auto list = pen.html.open("ul", {{"class", "cards"}});
                        if (task) write_task(desk, pen, visit, *incident, *task);
                        if (fix) write_fix(desk, pen, visit, *incident, *fix);
                      }
                      if (!visit.may(Role::Operate)) return;
                      pen.html.leaf("h2", pen.label("operate.as_typed"));
                      if (task) write_task_form(desk, pen, visit, *incident, *task);
                      if (fix) write_fix_form(desk, pen, visit, *incident, *fix);
                    }},
                   status);
}

Desk::Again again_on(const Desk& desk) {
  return [&desk](const Visit& visit, Notice notice, int status) {
    const std::string& id = visit.form.value("id");
    return id.empty() || visit.form.has("state")
               ? measures_page(desk, visit, std::move(notice), status)
               : edit_page(desk, visit, id, std::move(notice), status);
  };
}

std::string back_to(const Visit& visit) { return fmt::format("{}{}?done=1", kPath, visit.rest); }

// Nothing where a part is typed that is no number of hours; parts left out are zero.
std::optional<Estimate> estimate_in(const Visit& visit, std::string_view name) {
  Estimate estimate;
  for (const auto& [which, part] :
       {std::pair("best", &estimate.best), std::pair("likely", &estimate.likely),
        std::pair("worst", &estimate.worst)}) {
    const std::string field = fmt::format("{}_{}", name, which);
    if (trim(visit.form.value(field)).empty()) continue;
    const auto hours = hours_in(visit, field);
    if (!hours) return std::nullopt;
    *part = *hours;
  }
  if (estimate != Estimate()) {
    estimate.extremes = !visit.form.value(fmt::format("{}_extremes", name)).empty();
  }
  return estimate;
}

}  // namespace

Outcome show_measures(const Desk& desk, const Visit& visit) {
  const auto slash = visit.rest.find('/');
  if (slash != std::string::npos) {
    return edit_page(desk, visit, visit.rest.substr(slash + 1), std::nullopt, 200);
  }
  return measures_page(desk, visit, done_notice(visit), 200);
}

Outcome save_task(const Desk& desk, const Visit& visit) {
  const Form& form = visit.form;
  TaskSet task;
  task.incident = IncidentId(visit.rest);
  task.id = TaskId(form.value("id"));
  task.version = version_in(visit);
  task.title = std::string(trim(form.value("title")));
  task.kind = task_kind_of(form.value("kind")).value_or(TaskKind::Other);
  task.repairs = ids_in<NodeId>(visit, "node");
  task.fix = FixId(form.value("fix"));
  const auto effort = estimate_in(visit, "effort");
  const auto delivery = estimate_in(visit, "delivery");
  if (!effort || !delivery) {
    return again_on(desk)(visit, {words::label(visit.language, "operate.task.no_hours"), false},
                          422);
  }
  task.effort = *effort;
  task.crew = form.value("crew");
  task.skill = std::string(trim(form.value("skill")));
  for (const std::string_view id : split(form.value("after"), ',')) {
    if (!trim(id).empty()) task.after.push_back(TaskId(std::string(trim(id))));
  }
  task.part = std::string(trim(form.value("part")));
  if (*delivery != Estimate()) task.delivery = *delivery;
  const std::string& order = form.value("order");
  std::from_chars(order.data(), order.data() + order.size(), task.order);
  task.assignee = form.value("assignee");
  task.disturbs = disturbs_of(form.value("disturbs")).value_or(Disturbs::Unknown);
  return desk.write({task}, visit, back_to(visit), again_on(desk));
}

Outcome move_task(const Desk& desk, const Visit& visit) {
  TaskMoved moved;
  moved.incident = IncidentId(visit.rest);
  moved.id = TaskId(visit.form.value("id"));
  moved.state = task_state_of(visit.form.value("state")).value_or(TaskState::Started);
  return desk.write({moved}, visit, back_to(visit), again_on(desk));
}

Outcome save_fix(const Desk& desk, const Visit& visit) {
  FixSet fix;
  fix.incident = IncidentId(visit.rest);
  fix.id = FixId(visit.form.value("id"));
  fix.version = version_in(visit);
  fix.title = wording_in(visit, "title");
  fix.for_faults = ids_in<NodeId>(visit, "node");
  fix.restores = wording_in(visit, "restores");
  fix.risk = wording_in(visit, "risk");
  fix.owner = visit.form.value("owner");
  fix.expires = time_in(visit, "expires");
  fix.follow_up = TaskId(visit.form.value("follow_up"));
  const std::string_view capacity = trim(visit.form.value("capacity"));
  if (!capacity.empty()) {
    unsigned& percent = fix.capacity.emplace();
    const auto [end, wrong] =
        std::from_chars(capacity.data(), capacity.data() + capacity.size(), percent);
    if (wrong != std::errc() || end != capacity.data() + capacity.size()) {
      return again_on(desk)(visit, {words::label(visit.language, "operate.fix.no_percent"), false},
                            422);
    }
  }
  return desk.write({fix}, visit, back_to(visit), again_on(desk));
}

Outcome move_fix(const Desk& desk, const Visit& visit) {
  FixMoved moved;
  moved.incident = IncidentId(visit.rest);
  moved.id = FixId(visit.form.value("id"));
  moved.state = fix_state_of(visit.form.value("state")).value_or(FixState::InForce);
  return desk.write({moved}, visit, back_to(visit), again_on(desk));
}

Outcome make_forecast(const Desk& desk, const Visit& visit) {
  return desk.command(
      MakeForecast{IncidentId(visit.rest), std::string(trim(visit.form.value("reason")))}, visit,
      [&desk](const Visit& asked, const Answer&) { return desk.redirect(asked, back_to(asked)); },
      again_on(desk));
}

}  // namespace dienstbereit::web::operate
