// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Fallbacks, plans, and how a run of one goes.
#include <fmt/format.h>

#include "base/text.h"
#include "model/interim/asking.h"
#include "model/interim/order.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"
#include "words/errors.h"

namespace dienstbereit::web::operate {
namespace {

constexpr const char* kRunPath = "/operate/run/";

// What the decider or the helper said; German where there is one.
std::string said(const Pen& pen, const std::string& english) {
  if (pen.language() != words::Language::De) return english;
  return words::german_error(english).value_or(english);
}

std::string text_of(const Pen& pen, const Wording& wording) {
  return words::say(wording, pen.language()).text;
}

Field reason_field(const Pen& pen, const Visit& visit) {
  return {"reason", pen.label("operate.reason"), kept(visit, "reason"), "", "text", "off", false};
}

void write_link(const Pen& pen, const std::string& to, const std::string& text) {
  const auto line = pen.html.open("p");
  pen.html.leaf("a", text, {{"href", to}});
}

std::string run_line(const Pen& pen, const RunSituation& run) {
  const char* state = run.open() ? "under_way" : name_of(*run.result);
  return words::text(pen.language(), run.start->dry ? "operate.run.dry_line" : "operate.run.line",
                     {{"id", run.start->id.str()},
                      {"title", text_of(pen, run.start->title)},
                      {"state", label_of(pen, "operate.run.", state)},
                      {"time", words::time_of(pen.voice, run.started)}});
}

// ---- fallbacks ----------------------------------------------------------------------------------

void write_switch(const Pen& pen, const Visit& visit, const Fallback& fallback,
                  const FallbackSituation& now, bool on) {
  if ((on && now.state == FallbackState::On) || (!on && now.state == FallbackState::Off)) return;
  FormWriter form(pen, visit, fmt::format("{}-{}", fallback.id.str(), on ? "on" : "off"),
                  "/operate/switch/" + fallback.id.str(),
                  pen.label(on ? "operate.fallback.turn_on" : "operate.fallback.turn_off"));
  form.hidden("on", on ? "1" : "0");
  form.field(reason_field(pen, visit));
}

void write_fallback(const Desk& desk, const Pen& pen, const Visit& visit,
                    const FallbackSituation& now) {
  const Fallback* fallback = find_fallback(*visit.situation->district, now.id);
  if (!fallback) return;
  const auto item = pen.html.open("li");
  {
    const auto heading = pen.html.open("h3");
    write(pen, fallback->title);
  }
  {
    const auto facts = pen.html.open("dl");
    write_fact(pen, "operate.state", label_of(pen, "operate.fallback.", name_of(now.state)));
    if (now.since) write_fact(pen, "operate.written", written(desk, pen, {*now.since, now.by}));
    write_fact(pen, "operate.reason", now.reason);
    write_fact(pen, "operate.fallback.for", names_of(pen, fallback->stands_in_for));
    write_fact(pen, "operate.fix.restores", words::say(fallback->restores, pen.language()));
    write_fact(pen, "operate.fix.risk", words::say(fallback->risk, pen.language()));
    write_fact(pen, "operate.fix.owner", fallback->owner);
    write_fact(pen, "operate.fallback.by",
               label_of(pen, "operate.switcher.", name_of(fallback->switched_by)));
    write_fact(pen, "operate.fallback.held", said(pen, now.held));
  }
  if (!now.run.empty()) write_link(pen, kRunPath + now.run.str(), now.run.str());
  if (!visit.may(Role::Operate) || now.state == FallbackState::Moving) return;
  write_switch(pen, visit, *fallback, now, true);
  write_switch(pen, visit, *fallback, now, false);
}

void write_order(const Pen& pen, const Visit& visit, PlanKind kind) {
  const District& district = *visit.situation->district;
  const Folded folded(pen, label_of(pen, "operate.order.", name_of(kind)), false);
  const auto list = pen.html.open("ol");
  for (const RestartPlace& place : restart_order(district, components_for(district, kind))) {
    pen.html.leaf("li", words::text(pen.language(), "operate.order.line",
                                    {{"node", technical_name(pen, place.node)},
                                     {"stage", std::to_string(place.stage)},
                                     {"takes", to_text(place.takes)},
                                     {"ready", to_text(place.ready)}}));
  }
}

Response plans_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                    int status) {
  return desk.page(
      visit,
      {words::label(visit.language, "operate.plans.title"), std::move(notice),
       [&](const Pen& pen) {
         const InterimBoard& board = visit.situation->interim;
         pen.html.leaf("h2", pen.label("operate.plans.fallbacks"));
         if (board.fallbacks.empty()) pen.html.leaf("p", pen.label("operate.plans.no_fallback"));
         {
           const auto list = pen.html.open("ul", {{"class", "cards"}});
           for (const FallbackSituation& one : board.fallbacks) {
             write_fallback(desk, pen, visit, one);
           }
         }
         pen.html.leaf("h2", pen.label("operate.plans.runs"));
         if (board.runs.empty()) pen.html.leaf("p", pen.label("operate.plans.no_run"));
         for (const RunSituation& run : board.runs) {
           write_link(pen, kRunPath + run.start->id.str(), run_line(pen, run));
         }
         pen.html.leaf("h2", pen.label("operate.plans.plans"));
         if (visit.situation->district->plans.empty()) {
           pen.html.leaf("p", pen.label("operate.plans.no_plan"));
         }
         for (const Plan& plan : visit.situation->district->plans) {
           write_link(pen, "/operate/plan/" + plan.id.str(),
                      fmt::format("{}: {}", label_of(pen, "operate.plan.", name_of(plan.kind)),
                                  text_of(pen, plan.title)));
         }
         write_order(pen, visit, PlanKind::Restart);
         write_order(pen, visit, PlanKind::Restoration);
       }},
      status);
}

// ---- one plan -----------------------------------------------------------------------------------

std::string doing_of(const Pen& pen, const Doing& doing) {
  if (!doing.person.empty()) return text_of(pen, doing.person);
  if (!doing.command.empty()) {
    return words::text(pen.language(), "operate.step.command", {{"command", doing.command}});
  }
  const Condition& wait = doing.wait;
  return words::text(pen.language(), "operate.step.wait",
                     {{"what", wait.probe.empty() ? wait.node.str() : wait.probe.str()},
                      {"is", label_of(pen, "operate.expected.", name_of(wait.is))}});
}

Response plan_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice, int status) {
  const Plan* plan = find_plan(*visit.situation->district, PlanId(visit.rest));
  if (!plan) return no_such_thing(desk, visit);
  return desk.page(visit,
                   {words::say(plan->title, visit.language).text, std::move(notice),
                    [&](const Pen& pen) {
                      {
                        const auto facts = pen.html.open("dl");
                        write_fact(pen, "operate.plan.kind",
                                   label_of(pen, "operate.plan.", name_of(plan->kind)));
                        write_fact(pen, "operate.fix.owner", plan->owner);
                        write_fact(pen, "operate.plan.deputy", plan->deputy);
                      }
                      if (plan->four_eyes) pen.html.leaf("p", pen.label("operate.plan.four_eyes"));
                      pen.html.leaf("h2", pen.label("operate.plan.steps"));
                      {
                        const auto list = pen.html.open("ol");
                        for (const Step& step : plan->steps) {
                          const auto item = pen.html.open("li");
                          pen.html.leaf("strong", text_of(pen, step.title));
                          pen.html.leaf("p", doing_of(pen, step.doing));
                        }
                      }
                      if (!visit.may(Role::Operate)) return;
                      FormWriter form(pen, visit, "start", "/operate/plan/" + plan->id.str(),
                                      pen.label("operate.plan.start"));
                      form.field(reason_field(pen, visit));
                      form.button("dry", "1", pen.label("operate.plan.rehearse"));
                    }},
                   status);
}

// ---- one run ------------------------------------------------------------------------------------

void write_step(const Desk& desk, const Pen& pen, const Visit& visit, const RunSituation& run,
                std::size_t index) {
  const Step& step = run.start->steps[index];
  const StepSituation& now = run.steps[index];
  const auto item = pen.html.open("li");
  pen.html.leaf("strong", text_of(pen, step.title));
  pen.html.leaf("p", label_of(pen, "operate.step.", name_of(now.state)));
  if (now.since) pen.html.leaf("p", written(desk, pen, {*now.since, now.by}));
  if (!now.detail.empty()) pen.html.leaf("p", said(pen, now.detail), {{"dir", "auto"}});
  const bool undoing = now.state == StepState::Undoing;
  if (!run.open() || run.start->dry || !wish_of(step, now.state)) return;
  pen.html.leaf("p", undoing ? text_of(pen, step.undo.person) : doing_of(pen, step.doing));
  if (!visit.may(Role::Operate)) return;
  FormWriter form(pen, visit, "step-" + step.id, kRunPath + run.start->id.str(),
                  pen.label("operate.step.is_done"));
  form.hidden("do", "confirm");
  form.hidden("step", step.id);
  form.field(
      {"text", pen.label("operate.note.text"), kept(visit, "text"), "", "text", "off", false});
  form.button("not_done", "1", pen.label("operate.step.is_not_done"));
}

void write_ends(const Pen& pen, const Visit& visit, const RunSituation& run) {
  const std::string& id = run.start->id.str();
  if (run.awaits_approval() && visit.may(Role::Lead) && visit.by().actor.id != run.by) {
    const FormWriter form(pen, visit, "approve", "/operate/approve/" + id,
                          pen.label("operate.run.approve"));
  }
  if (!visit.may(Role::Operate) || run.aborted) return;
  FormWriter form(pen, visit, "abort", kRunPath + id, pen.label("operate.run.abort"));
  form.hidden("do", "abort");
  form.field({"text", pen.label("operate.reason"), kept(visit, "text"), "", "text", "off", false});
}

Response run_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice, int status) {
  const RunSituation* run = find_run(visit.situation->interim, RunId(visit.rest));
  if (!run) return no_such_thing(desk, visit);
  return desk.page(
      visit,
      {words::text(visit.language, "operate.run.title",
                   {{"id", run->start->id.str()},
                    {"title", words::say(run->start->title, visit.language).text}}),
       std::move(notice),
       [&](const Pen& pen) {
         {
           const auto box = pen.html.open("div", {{"class", "preview"}, {"role", "status"}});
           pen.html.leaf("p", run_line(pen, *run));
           if (!run->detail.empty()) {
             pen.html.leaf("p", said(pen, run->detail), {{"dir", "auto"}});
           }
         }
         {
           const auto facts = pen.html.open("dl");
           write_fact(pen, "operate.run.started", written(desk, pen, {run->started, run->by}));
           write_fact(pen, "operate.reason", run->start->reason);
           if (!run->approved_by.empty()) {
             write_fact(pen, "operate.run.approved", author(desk, pen, run->approved_by));
           }
         }
         pen.html.leaf("h2", pen.label("operate.plan.steps"));
         {
           const auto list = pen.html.open("ol");
           for (std::size_t i = 0; i < run->steps.size(); ++i) {
             write_step(desk, pen, visit, *run, i);
           }
         }
         if (run->open()) write_ends(pen, visit, *run);
         write_link(pen, kRunPath + run->start->id.str(), pen.label("operate.run.again"));
         write_link(pen, "/operate/plans", pen.label("operate.plans.title"));
       }},
      status);
}

using Page = Response (*)(const Desk&, const Visit&, std::optional<Notice>, int);

Desk::Again again_on(const Desk& desk, Page page) {
  return [&desk, page](const Visit& visit, Notice notice, int status) {
    return page(desk, visit, std::move(notice), status);
  };
}

std::string text_in(const Visit& visit, std::string_view field) {
  return std::string(trim(visit.form.value(field)));
}

Outcome to_run(const Desk& desk, const Visit& visit, PlanCommand command, Page page) {
  return desk.command(
      std::move(command), visit,
      [&desk](const Visit& asked, const Answer& answer) {
        const std::string id = answer.run.empty() ? asked.rest : answer.run.str();
        return desk.redirect(asked, fmt::format("{}{}?done=1", kRunPath, id));
      },
      again_on(desk, page));
}

}  // namespace

Outcome show_plans(const Desk& desk, const Visit& visit) {
  return plans_page(desk, visit, done_notice(visit), 200);
}

Outcome show_plan(const Desk& desk, const Visit& visit) {
  return plan_page(desk, visit, std::nullopt, 200);
}

Outcome show_run(const Desk& desk, const Visit& visit) {
  return run_page(desk, visit, done_notice(visit), 200);
}

Outcome start_plan(const Desk& desk, const Visit& visit) {
  return to_run(desk, visit,
                StartPlan{PlanId(visit.rest), visit.form.has("dry"), text_in(visit, "reason")},
                plan_page);
}

Outcome turn_fallback(const Desk& desk, const Visit& visit) {
  return to_run(desk, visit,
                SwitchFallback{FallbackId(visit.rest), visit.form.value("on") == "1",
                               text_in(visit, "reason")},
                plans_page);
}

Outcome approve_run(const Desk& desk, const Visit& visit) {
  return to_run(desk, visit, ApproveRun{RunId(visit.rest)}, run_page);
}

Outcome move_run(const Desk& desk, const Visit& visit) {
  const RunId run(visit.rest);
  if (visit.form.value("do") == "abort") {
    return to_run(desk, visit, AbortRun{run, text_in(visit, "text")}, run_page);
  }
  return to_run(desk, visit,
                ConfirmStep{run, visit.form.value("step"), !visit.form.has("not_done"),
                            text_in(visit, "text")},
                run_page);
}

}  // namespace dienstbereit::web::operate
