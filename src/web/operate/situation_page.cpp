// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The first page of the staff area: what is broken, who is affected, can we open, what comes next,
// who does it.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "model/chance.h"
#include "model/record/names.h"
#include "view/pages.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::size_t kPlacesShown = 30;
constexpr std::size_t kStepsShown = 20;

void write_incident(const Desk& desk, const Pen& pen, const Incident& incident) {
  const auto item = pen.html.open("li");
  const std::string path = "/operate/incident/" + incident.id.str();
  {
    const auto heading = pen.html.open("h3");
    const auto link = pen.html.open("a", {{"href", path}});
    write(pen, incident.title);
  }
  const auto list = pen.html.open("dl");
  write_fact(pen, "operate.level", label_of(pen, "operate.level.", name_of(incident.level)));
  write_fact(pen, "operate.phase", label_of(pen, "operate.phase.", name_of(incident.phase)));
  write_fact(pen, "operate.since", words::time_of(pen.voice, incident.since));
  write_fact(
      pen, "operate.lead",
      incident.lead.empty() ? pen.label("operate.nobody") : author(desk, pen, incident.lead));
  std::vector<NodeId> down;
  for (const Fault& fault : incident.faults) {
    if (!fault.ended) down.push_back(fault.node);
  }
  write_fact(pen, "operate.faults", names_of(pen, down));
  if (incident.proposal && incident.phase == Phase::Affected) {
    write_fact(pen, "operate.level_proposed",
               label_of(pen, "operate.level.", name_of(incident.proposal->level)));
  }
}

void write_broken(const Desk& desk, const Pen& pen, const Visit& visit) {
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("operate.situation.broken"));
  const Record& record = *visit.situation->record;
  const bool any = std::any_of(record.incidents.begin(), record.incidents.end(),
                               [](const auto& one) { return is_open(*one); });
  if (any) {
    const auto list = pen.html.open("ul", {{"class", "cards"}});
    bool said = false;
    for (auto it = record.incidents.rbegin(); it != record.incidents.rend(); ++it) {
      if (is_open(**it) && !full(pen, said)) write_incident(desk, pen, **it);
    }
  } else {
    pen.html.leaf("p", pen.label("operate.situation.no_incident"));
  }
  const auto more = pen.html.open("p");
  pen.html.leaf("a", pen.label("operate.situation.incidents"), {{"href", "/operate/incidents"}});
}

void write_affected(const Pen& pen, const view::Overview& overview) {
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("operate.situation.affected"));
  if (overview.roll_up.of > 0) {
    pen.html.leaf("p", words::roll_up_sentence(pen.voice, overview.roll_up));
  }
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  std::size_t shown = 0;
  bool said = false;
  for (const view::OfficeLine& office : overview.offices) {
    for (const view::PlaceView& place : office.at) {
      const Verdict& verdict = place.shown();
      const bool usual = verdict.readiness == Readiness::Normal ||
                         verdict.closed_by == ClosedBy::Hours || place.services.empty();
      if (usual || ++shown > kPlacesShown || full(pen, said)) continue;
      const auto item = pen.html.open("li");
      const auto row = pen.html.open("div", {{"class", "row"}});
      const std::string path =
          fmt::format("/operate/why/{}@{}", place.place.office.str(), place.place.site.str());
      pen.html.leaf("a", words::place_name(pen.voice, place.place), {{"href", path}});
      write_state(pen, mark_of(place), words::place_word(pen.language(), place));
    }
  }
  if (shown > 0) pen.html.leaf("li", pen.label("operate.situation.why"), {{"class", "hours"}});
  if (shown > kPlacesShown) {
    pen.html.leaf("li", words::count(pen.language(), "web.and_more", shown - kPlacesShown));
  }
}

void write_openings(const Pen& pen, const Visit& visit) {
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("operate.situation.openings"));
  const Record& record = *visit.situation->record;
  std::size_t undecided = 0;
  std::optional<Instant> deadline;
  for (const OpeningProposal& one : record.proposals) {
    if (decision_for(record, one.office, one.site, one.day) != nullptr) continue;
    ++undecided;
    if (!deadline || one.deadline < *deadline) deadline = one.deadline;
  }
  if (undecided > 0) {
    pen.html.leaf("p", words::count(pen.language(), "operate.situation.undecided", undecided,
                                    {{"time", words::time_of(pen.voice, *deadline)}}));
  } else {
    pen.html.leaf("p", pen.label("operate.situation.nothing_to_decide"));
  }
  const auto more = pen.html.open("p");
  pen.html.leaf("a", pen.label("operate.menu.decisions"), {{"href", "/operate/decisions"}});
}

// What lies ahead, by time.
struct Step {
  std::optional<Instant> at;  // none: as soon as it can be
  std::string what;
  std::string who;
  std::string path;
};

void add_steps(const Desk& desk, const Pen& pen, const Incident& incident,
               std::vector<Step>& steps) {
  const std::string id = incident.id.str();
  if (incident.next_report) {
    steps.push_back(
        {incident.next_report,
         pen.label(incident.report_due ? "operate.step.report_due" : "operate.step.report"),
         author(desk, pen, incident.lead), "/operate/incident/" + id});
  }
  for (const Task& task : incident.tasks) {
    if (task.state != TaskState::Planned && task.state != TaskState::Started) continue;
    const std::string state = label_of(pen, "operate.task_state.", name_of(task.state));
    steps.push_back({task.started, fmt::format("{} ({})", task.title, state),
                     author(desk, pen, task.assignee), "/operate/measures/" + id});
  }
  for (const Fix& fix : incident.fixes) {
    if (fix.state != FixState::InForce) continue;
    steps.push_back({fix.expires,
                     words::text(pen.language(), "operate.step.fix_ends",
                                 {{"fix", words::say(fix.title, pen.language()).text}}),
                     author(desk, pen, fix.owner), "/operate/measures/" + id});
  }
}

void write_next(const Desk& desk, const Pen& pen, const Visit& visit) {
  std::vector<Step> steps;
  for (const auto& incident : visit.situation->record->incidents) {
    if (is_open(*incident)) add_steps(desk, pen, *incident, steps);
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    return std::tie(a.at, a.path, a.what) < std::tie(b.at, b.path, b.what);
  });
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("operate.situation.next"));
  if (steps.empty()) pen.html.leaf("p", pen.label("operate.situation.no_steps"));
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  for (std::size_t i = 0; i < steps.size() && i < kStepsShown; ++i) {
    const Step& step = steps[i];
    const auto item = pen.html.open("li");
    pen.html.leaf("a", step.what, {{"href", step.path}});
    if (step.at) pen.html.text(fmt::format(", {}", words::time_of(pen.voice, *step.at)));
    pen.html.text(fmt::format(" – {}", step.who.empty() ? pen.label("operate.nobody") : step.who));
  }
}

void write_questions(const Pen& pen, const view::Overview& overview) {
  if (overview.questions.empty()) return;
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("operate.situation.questions"));
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  bool said = false;
  for (const view::OpenQuestion& question : overview.questions) {
    if (!full(pen, said)) pen.html.leaf("li", words::question_sentence(pen.voice, question));
  }
}

// What would be missing in the hour when nothing else works.
void write_papers(const Desk& desk, const Pen& pen) {
  const std::vector<Wording> due = desk.control().papers_due();
  if (due.empty()) return;
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("operate.situation.papers"));
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  for (const Wording& sentence : due) {
    const auto item = pen.html.open("li");
    write(pen, sentence);
  }
}

// The shortest way to a word outside: one tap here, one on the page it leads to.
void write_first_steps(const Pen& pen, const Visit& visit) {
  const auto actions = pen.html.open("p", {{"class", "actions"}});
  if (visit.may(Role::Press)) {
    pen.html.leaf("a", pen.label("operate.holding.button"),
                  {{"href", "/operate/holding"}, {"class", "button"}});
  }
  if (visit.may(Role::Operate)) {
    pen.html.leaf("a", pen.label("operate.menu.states"),
                  {{"href", "/operate/states"}, {"class", "button"}});
  }
}

void write_account_hints(const Desk& desk, const Pen& pen, const Visit& visit) {
  const auto profile = desk.gatekeeper().profile(visit.by().account);
  const auto hint = pen.html.open("p", {{"class", "hours"}});
  pen.html.text(words::text(pen.language(), "operate.home.roles",
                            {{"roles", role_names(pen, visit.by().roles)}}));
  if (profile && !profile->has_totp) {
    pen.html.text(" ").text(pen.label("operate.home.no_totp")).text(" ");
    pen.html.leaf("a", pen.label("operate.menu.account"), {{"href", "/operate/account"}});
  }
}

}  // namespace

Outcome show_situation(const Desk& desk, const Visit& visit) {
  const view::Overview overview = view::overview(*visit.situation, visit.now);
  return desk.page(visit, {words::label(visit.language, "operate.situation.title"),
                           done_notice(visit), [&](const Pen& pen) {
                             pen.html.leaf("p", words::headline(overview, pen.language()),
                                           {{"class", "lead"}});
                             write_stamp(pen, overview.stamp, "/operate/");
                             write_notices(pen, words::notices(overview, pen.language()));
                             write_papers(desk, pen);
                             write_first_steps(pen, visit);
                             write_broken(desk, pen, visit);
                             write_affected(pen, overview);
                             write_openings(pen, visit);
                             write_next(desk, pen, visit);
                             write_questions(pen, overview);
                             write_homepage_line(desk, pen, visit);
                             const auto link = pen.html.open("p");
                             pen.html.leaf("a", pen.label("operate.home.public"),
                                           {{"href", home_path(pen.language())}});
                             write_account_hints(desk, pen, visit);
                           }});
}

}  // namespace dienstbereit::web::operate
