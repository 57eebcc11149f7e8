// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Who does what: crews, interim fixes, permanent repairs.
#include <algorithm>

#include "words/draft/teller.h"
#include "words/typography.h"

namespace dienstbereit::words::drafts {
namespace {

bool is_worked_on(const Task& task) {
  return task.state == TaskState::Started || task.state == TaskState::Done;
}

void add_new(std::vector<std::string>& all, std::string one) {
  if (one.empty() || std::find(all.begin(), all.end(), one) != all.end()) return;
  all.push_back(std::move(one));
}

}  // namespace

std::string Teller::crew() const {
  if (!incident()) return {};
  std::vector<std::string> units;
  for (const Task& task : incident()->tasks) {
    if (!is_worked_on(task)) continue;
    add_new(units, role(task.crew.empty() ? task.assignee : task.crew));
  }
  for (const Fix* fix : fixes_in_force(*incident())) add_new(units, role(fix->owner));
  if (units.empty()) return {};
  const bool past = over() && open_repairs(*incident()).empty();
  return text(language(), past ? "draft.crew.past" : "draft.crew.now", {{"list", names(units)}});
}

std::string Teller::shifts() const {
  const Shifts found = drafts::shifts(facts_);
  const bool past = incident() && over() && open_repairs(*incident()).empty();
  const auto say_it = [&](const char* key) {
    return text(language(), std::string(key) + (past ? "past" : "now"));
  };
  if (found.handed_over && found.night && found.weekend) return say_it("draft.shifts.always.");
  if (found.handed_over && found.night) return say_it("draft.shifts.night.");
  if (found.handed_over) return say_it("draft.shifts.some.");
  return found.weekend ? say_it("draft.shifts.weekend.") : std::string();
}

std::string Teller::interim() const {
  if (!incident()) return {};
  std::vector<std::string> told;
  for (const Fix* fix : fixes_in_force(*incident())) {
    const std::string restores = sentence(quoted(fix->restores));
    if (withholds() || fix->title.empty()) {
      told.push_back(text(language(), "draft.interim_unnamed", {{"restores", restores}}));
    } else {
      told.push_back(text(language(), "draft.interim",
                          {{"fix", sentence(quoted(fix->title))}, {"restores", restores}}));
    }
    if (fix->capacity) told.back() += " " + text(language(), "draft.interim_part");
  }
  if (told.size() > kFixesTold) told.resize(kFixesTold);
  return paragraph(told);
}

std::string Teller::repairs() const {
  if (!incident() || closed()) return {};
  if (incident()->forecasts.empty()) return {};
  const Forecast& last = *incident()->forecasts.back();
  if (!last.all_repaired_late) return text(language(), "draft.repairs.unsure");
  const auto when = vague(voice_, *last.all_repaired_late);
  if (!when) return {};
  return text(language(), "draft.repairs.by", {{"when", when->phrase}});
}

std::string Teller::undisturbed() const {
  const bool said = incident() && repairs_disturb_nobody(*incident());
  return said ? text(language(), "draft.undisturbed") : std::string();
}

std::string Teller::backlog() const {
  std::uint64_t waiting = 0;
  std::optional<Instant> oldest;
  std::optional<Instant> end;
  std::vector<std::string> services;
  bool foreseen = true;
  for (const ServiceBacklog& one : facts_.situation.backlog.services) {
    if (one.waiting == 0) continue;
    waiting += one.waiting;
    add_new(services, service(one.service));
    if (one.oldest && (!oldest || *one.oldest < *oldest)) oldest = one.oldest;
    foreseen = foreseen && one.expected_end.has_value();
    if (one.expected_end && (!end || *one.expected_end > *end)) end = one.expected_end;
  }
  if (waiting == 0) return {};
  std::vector<std::string> told{text(language(), "draft.backlog.both")};
  told.push_back(count(language(), "draft.backlog.waiting", waiting, {{"list", names(services)}}));
  if (oldest) told.push_back(text(language(), "draft.backlog.oldest", {{"time", moment(*oldest)}}));
  const auto when = foreseen && end ? vague(voice_, *end) : std::nullopt;
  told.push_back(when ? text(language(), "draft.backlog.end", {{"when", when->phrase}})
                      : text(language(), "draft.backlog.unsure"));
  return paragraph(told);
}

std::vector<std::string> Teller::notes(bool repairs) const {
  if (!incident()) return {text(language(), "draft.note.no_incident")};
  std::vector<std::string> all;
  if (security()) all.push_back(text(language(), "draft.note.security"));
  if (!repairs) return all;
  for (const Fix* fix : fixes_in_force(*incident())) {
    if (fix->risk.empty()) continue;
    all.push_back(text(language(), "draft.note.risk", {{"risk", sentence(quoted(fix->risk))}}));
  }
  all.push_back(end_of_repairs());
  return all;
}

// What stands behind the vague phrase.
std::string Teller::end_of_repairs() const {
  if (incident()->forecasts.empty()) return text(language(), "draft.note.no_forecast");
  const Forecast& last = *incident()->forecasts.back();
  const Args id{{"id", last.id.str()}};
  if (!last.all_repaired_early || !last.all_repaired_late) {
    return text(language(), "draft.note.open_forecast", id);
  }
  const auto when = vague(voice_, *last.all_repaired_late);
  if (!when) return text(language(), "draft.note.old_forecast", id);
  return text(language(), "draft.note.vague",
              {{"phrase", when->phrase},
               {"begin", moment(when->begin)},
               {"end", moment(when->end)},
               {"id", last.id.str()},
               {"early", moment(*last.all_repaired_early)},
               {"late", moment(*last.all_repaired_late)}});
}

}  // namespace dienstbereit::words::drafts
