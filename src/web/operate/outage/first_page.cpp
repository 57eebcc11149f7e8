// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What first: the proposed order of the tasks, what it gains, and whether a person takes it.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "view/outage/first.h"
#include "web/operate/handlers.h"
#include "web/operate/outage/parts.h"
#include "web/pages/pages.h"
#include "words/ahead.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::size_t kMostSteps = 60;
constexpr std::size_t kMostChoicesShown = 20;

std::string back_to(const Visit& visit) {
  return fmt::format("/operate/first/{}?done=1", visit.rest);
}

std::string hint_of(const Pen& pen, const view::FirstStep& step) {
  if (!step.task) return pen.label("operate.first.plan_it");
  if (step.waits_for.empty()) return "";
  std::vector<std::string> ids;
  for (const TaskId& id : step.waits_for) ids.push_back(id.str());
  return words::text(pen.language(), "operate.first.waits",
                     {{"tasks", words::list(pen.language(), ids)}});
}

void write_steps(const Pen& pen, const Incident& incident, const OrderProposal& proposal) {
  const std::vector<view::FirstStep> steps = view::first_steps(incident, proposal);
  pen.html.leaf("h3", pen.label("operate.first.list"));
  const std::size_t shown = std::min(steps.size(), kMostSteps);
  write_left_out(pen, "operate.first.left_out", shown, steps.size());
  FactTable table(pen, pen.label("operate.first.list"),
                  {pen.label("operate.first.number"), pen.label("operate.first.step"),
                   pen.label("operate.first.before"), pen.label("operate.first.hint")});
  for (std::size_t i = 0; i < shown; ++i) {
    const view::FirstStep& step = steps[i];
    table.row({{std::to_string(step.place), "", true},
               {words::step_name(pen.voice, incident, step.step)},
               {step.before ? std::to_string(*step.before) : "", "", true},
               {hint_of(pen, step)}});
  }
}

void write_choices(const Pen& pen, const OrderProposal& proposal) {
  if (proposal.choices.empty()) return;
  pen.html.leaf("h3", pen.label("operate.first.choices"));
  const auto list = pen.html.open("ul");
  for (std::size_t i = 0; i < std::min(proposal.choices.size(), kMostChoicesShown); ++i) {
    pen.html.leaf("li", words::choice_sentence(pen.language(), proposal.choices[i]));
  }
}

void write_answer(const Desk& desk, const Pen& pen, const OrderProposal& proposal) {
  if (proposal.answered) {
    const bool taken = proposal.taken.value_or(false);
    pen.html.leaf(
        "p", words::text(pen.language(), taken ? "operate.first.taken" : "operate.first.not_taken",
                         {{"by", written(desk, pen, *proposal.answered)}}));
    if (!proposal.answer_reason.empty()) {
      pen.html.leaf("p", words::text(pen.language(), "operate.first.because",
                                     {{"reason", proposal.answer_reason}}));
    }
  }
  const bool in_force = proposal.taken.value_or(false);
  if (proposal.stale && !in_force) pen.html.leaf("p", pen.label("operate.first.stale"));
}

// What it gains, in words.
void write_gain(const Desk& desk, const Pen& pen, const OrderProposal& proposal) {
  pen.html.leaf("p",
                fmt::format("{}, {}", proposal.id.str(), written(desk, pen, proposal.written)));
  if (!proposal.reason.empty()) {
    pen.html.leaf(
        "p", words::text(pen.language(), "operate.first.because", {{"reason", proposal.reason}}));
  }
  for (const std::string& sentence : words::order_sentences(pen.voice, proposal)) {
    pen.html.leaf("p", sentence);
  }
  pen.html.leaf("p", words::count(pen.language(), "operate.first.runs", proposal.runs));
}

void write_forms(const Pen& pen, const Visit& visit, const Incident& incident,
                 const OrderProposal* newest) {
  if (!visit.may(Role::Operate) || !is_open(incident)) return;
  // What was not taken can be taken later.
  const bool open = newest && !newest->taken.value_or(false) && !newest->stale;
  if (open && !newest->steps.empty()) {
    pen.html.leaf("h3", pen.label("operate.first.answer"));
    FormWriter form(pen, visit, "answer", "/operate/order/" + incident.id.str(),
                    pen.label("operate.first.take"));
    form.hidden("id", newest->id.str());
    form.field({"answer_reason", pen.label("operate.first.reason"), kept(visit, "answer_reason"),
                "", "text", "off", false});
    if (!newest->answered) form.second_button("leave", pen.label("operate.first.leave"));
  }
  FormWriter form(pen, visit, "first", "/operate/first/" + incident.id.str(),
                  pen.label("operate.first.ask"));
  form.field(
      {"reason", pen.label("operate.first.why"), kept(visit, "reason"), "", "text", "off", false});
}

void write_earlier(const Desk& desk, const Pen& pen, const Incident& incident) {
  if (incident.orders.size() < 2) return;
  const Folded earlier(pen, pen.label("operate.first.earlier"), false);
  for (auto one = incident.orders.rbegin() + 1; one != incident.orders.rend(); ++one) {
    if (pen.html.size() > kPageBytesMax * 3 / 4) break;
    write_gain(desk, pen, *one);
    write_answer(desk, pen, *one);
  }
}

void write_first(const Desk& desk, const Pen& pen, const Visit& visit, const Incident& incident) {
  write_tabs(pen, visit, incident);
  pen.html.leaf("p", pen.label("operate.first.intro"));
  const OrderProposal* newest = view::newest_order(incident);
  if (newest) {
    pen.html.leaf("h2", pen.label("operate.first.newest"));
    write_gain(desk, pen, *newest);
    write_answer(desk, pen, *newest);
    if (!newest->steps.empty()) write_steps(pen, incident, *newest);
    write_choices(pen, *newest);
  } else {
    pen.html.leaf("p", pen.label("operate.first.none"));
  }
  write_forms(pen, visit, incident, newest);
  write_earlier(desk, pen, incident);
}

Response first_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                    int status) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  return desk.page(
      visit,
      {words::text(visit.language, "operate.first.page",
                   {{"incident", words::say(incident->title, visit.language).text}}),
       std::move(notice), [&](const Pen& pen) { write_first(desk, pen, visit, *incident); }},
      status);
}

Desk::Again again_on(const Desk& desk) {
  return [&desk](const Visit& visit, Notice notice, int status) {
    return first_page(desk, visit, std::move(notice), status);
  };
}

}  // namespace

Outcome show_first(const Desk& desk, const Visit& visit) {
  return first_page(desk, visit, done_notice(visit), 200);
}

Outcome ask_first(const Desk& desk, const Visit& visit) {
  return desk.command(
      ProposeOrder{IncidentId(visit.rest), std::string(trim(visit.form.value("reason")))}, visit,
      [&desk](const Visit& asked, const Answer&) { return desk.redirect(asked, back_to(asked)); },
      again_on(desk));
}

Outcome answer_first(const Desk& desk, const Visit& visit) {
  OrderAnswered answer;
  answer.incident = IncidentId(visit.rest);
  answer.id = OrderId(visit.form.value("id"));
  answer.taken = !visit.form.has("leave");
  answer.reason = std::string(trim(visit.form.value("answer_reason")));
  return desk.write({answer}, visit, back_to(visit), again_on(desk));
}

}  // namespace dienstbereit::web::operate
