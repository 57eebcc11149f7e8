// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Incidents: the list, one of them, its notes, and how it ends.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "model/record/names.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"
#include "words/suspects.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::size_t kNotesShown = 50;

std::string path_of(const Incident& incident) { return "/operate/incident/" + incident.id.str(); }

Response incidents_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                        int status) {
  return desk.page(
      visit,
      {words::label(visit.language, "operate.incidents.title"), std::move(notice),
       [&](const Pen& pen) {
         const auto& incidents = visit.situation->record->incidents;
         if (incidents.empty()) pen.html.leaf("p", pen.label("operate.incidents.none"));
         {
           const auto list = pen.html.open("ul", {{"class", "plain"}});
           bool said = false;
           for (auto it = incidents.rbegin(); it != incidents.rend(); ++it) {
             if (full(pen, said)) continue;
             const auto item = pen.html.open("li");
             const std::string path = path_of(**it);
             pen.html.leaf("a", incident_title(pen, **it), {{"href", path}});
             pen.html.text(fmt::format(" – {}, {}", words::time_of(pen.voice, (*it)->since),
                                       label_of(pen, "operate.phase.", name_of((*it)->phase))));
           }
         }
         if (!visit.may(Role::Operate)) return;
         pen.html.leaf("h2", pen.label("operate.incidents.open"));
         FormWriter form(pen, visit, "open", "/operate/incidents",
                         pen.label("operate.incidents.open_button"));
         wording_fields(form, pen, visit, "title", "operate.incident.title", {});
         form.field(time_field(pen, visit, "since", "operate.since", std::nullopt));
       }},
      status);
}

void write_head(const Desk& desk, const Pen& pen, const Incident& incident) {
  const auto list = pen.html.open("dl");
  write_fact(pen, "operate.phase", label_of(pen, "operate.phase.", name_of(incident.phase)));
  write_fact(pen, "operate.level", label_of(pen, "operate.level.", name_of(incident.level)));
  write_fact(pen, "operate.level_reason", incident.level_reason);
  write_fact(pen, "operate.since", words::time_of(pen.voice, incident.since));
  write_fact(pen, "operate.opened", written(desk, pen, incident.opened));
  if (incident.back_at) {
    write_fact(pen, "operate.back_at", words::time_of(pen.voice, *incident.back_at));
  }
  if (incident.closed_at) {
    write_fact(pen, "operate.closed_at", words::time_of(pen.voice, *incident.closed_at));
  }
  write_fact(pen, "operate.trigger", words::say(incident.trigger, pen.language()));
  write_fact(
      pen, "operate.lead",
      incident.lead.empty() ? pen.label("operate.nobody") : author(desk, pen, incident.lead));
  if (incident.next_report) {
    write_fact(pen, "operate.step.report", words::time_of(pen.voice, *incident.next_report));
  }
  if (incident.security) write_fact(pen, "operate.security", pen.label("operate.yes"));
  if (!incident.merged_into.str().empty()) {
    write_fact(pen, "operate.merged_into", incident.merged_into.str());
  }
}

void write_faults(const Pen& pen, const Incident& incident) {
  pen.html.leaf("h2", pen.label("operate.faults"));
  if (incident.faults.empty()) pen.html.leaf("p", pen.label("operate.incident.no_faults"));
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  bool said = false;
  for (const Fault& fault : incident.faults) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    pen.html.leaf("strong", technical_name(pen, fault.node));
    pen.html.text(fmt::format(", {}", words::time_of(pen.voice, fault.since)));
    if (fault.ended) {
      pen.html.text(words::text(pen.language(), "operate.incident.fault_ended",
                                {{"time", words::time_of(pen.voice, *fault.ended)}}));
    }
  }
}

void write_note_form(const Desk& desk, const Pen& pen, const Visit& visit,
                     const Incident& incident) {
  FormWriter form(pen, visit, "note", "/operate/note/" + incident.id.str(),
                  pen.label("operate.note.button"));
  const bool mine = visit.form.value("kind") != name_of(NoteKind::Change);
  form.radios("kind", pen.label("operate.note.kind"),
              options_of(pen, "operate.note.", {"note", "report", "hand_over"}),
              mine ? kept(visit, "kind", "note") : "note");
  form.area({"text", pen.label("operate.note.text"), mine ? kept(visit, "text") : ""}, 4);
  form.select({"to", pen.label("operate.note.to"), kept(visit, "to"),
               pen.label("operate.note.to_hint"), "text", "off", false},
              people(desk, pen));
}

void write_change_form(const Pen& pen, const Visit& visit, const Incident& incident) {
  const bool typed = visit.form.value("kind") == name_of(NoteKind::Change);
  const Folded folded(pen, pen.label("operate.change.new"), typed);
  pen.html.leaf("p", pen.label("operate.change.intro"));
  FormWriter form(pen, visit, "change", "/operate/note/" + incident.id.str(),
                  pen.label("operate.change.button"));
  form.hidden("kind", name_of(NoteKind::Change));
  std::vector<Option> components;
  for (const Component& one : visit.situation->district->components) {
    components.push_back({one.id.str(), technical_name(pen, one.id)});
  }
  form.selects(
      {"changed", pen.label("operate.change.nodes"), "", pen.label("operate.what_if.hint")},
      components, visit.form.values("changed"));
  Field at = time_field(pen, visit, "changed_at", "operate.change.at", visit.now);
  at.required = true;
  form.field(at);
  form.area({"text", pen.label("operate.change.text"), typed ? kept(visit, "text") : ""}, 2);
}

void write_photo_form(const Pen& pen, const Visit& visit, const Incident& incident) {
  const Folded folded(pen, pen.label("operate.photo.new"), false);
  FormWriter form(pen, visit, "photo", "/operate/photo/" + incident.id.str(),
                  pen.label("operate.photo.button"), FormKind::Upload);
  form.photo(pen.label("operate.note.photo"), pen.label("operate.photo.hint"));
  form.area({"text", pen.label("operate.photo.text"), ""}, 2);
}

void write_photo(const Pen& pen, const Visit& visit, const Note& note) {
  const std::string path = "/operate/picture/" + note.attachment;
  {
    const auto link = pen.html.open("a", {{"href", path}});
    pen.html.empty("img",
                   {{"src", path}, {"alt", note.text}, {"loading", "lazy"}, {"class", "photo"}});
  }
  if (!visit.may(Role::Operate)) return;
  const FormWriter form(
      pen, visit, "erase-" + note.id.str(), path,
      words::text(pen.language(), "operate.photo.erase", {{"note", note.id.str()}}),
      FormKind::Inline);
}

void write_notes(const Desk& desk, const Pen& pen, const Visit& visit, const Incident& incident) {
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  std::size_t shown = 0;
  bool said = false;
  for (auto it = incident.notes.rbegin(); it != incident.notes.rend(); ++it) {
    if (++shown > kNotesShown || full(pen, said)) break;
    const auto item = pen.html.open("li");
    std::string head = fmt::format("{} – {}", label_of(pen, "operate.note.", name_of(it->kind)),
                                   written(desk, pen, it->written));
    if (!it->to.empty()) head += " → " + author(desk, pen, it->to);
    pen.html.leaf("p", head, {{"class", "hours"}});
    if (it->kind == NoteKind::Change) {
      pen.html.leaf("p", words::change_name(pen.voice, *it) + ".");
    }
    pen.html.leaf("p", it->text, {{"class", "text"}, {"dir", "auto"}});
    if (!it->attachment.empty()) write_photo(pen, visit, *it);
  }
}

void write_edit(const Pen& pen, const Visit& visit, const Incident& incident) {
  const Folded folded(pen, pen.label("operate.incident.edit"), visit.form.has("version"));
  if (visit.form.has("version")) {
    pen.html.leaf("h3", pen.label("operate.as_on_record"));
    const auto list = pen.html.open("dl");
    for (const auto& [key, text] : {std::pair("operate.incident.title", incident.title),
                                    std::pair("operate.trigger", incident.trigger)}) {
      write_fact(pen, key, words::Phrase{text.de, words::Language::De});
      write_fact(pen, key, words::Phrase{text.en, words::Language::En});
    }
    if (incident.next_report) {
      write_fact(pen, "operate.step.report", words::time_of(pen.voice, *incident.next_report));
    }
  }
  FormWriter form(pen, visit, "edit", path_of(incident), pen.label("operate.save"));
  form.hidden("version", std::to_string(incident.version));
  wording_fields(form, pen, visit, "title", "operate.incident.title", incident.title);
  wording_fields(form, pen, visit, "trigger", "operate.trigger", incident.trigger, false);
  form.field(time_field(pen, visit, "next_report", "operate.step.report", incident.next_report));
  form.check("lead", "me", pen.label("operate.incident.lead_me"), false);
  form.check("security", "1", pen.label("operate.security"),
             visit.form.size() > 0 ? visit.form.has("security") : incident.security);
}

void write_level(const Pen& pen, const Visit& visit, const Incident& incident) {
  const Folded folded(pen, pen.label("operate.incident.set_level"), visit.form.has("level"));
  if (incident.proposal) {
    pen.html.leaf(
        "p",
        words::text(
            pen.language(), "operate.incident.proposal",
            {{"level", label_of(pen, "operate.level.", name_of(incident.proposal->level))},
             {"service", words::node_name(pen.voice, NodeId(incident.proposal->service.str()))}}));
  }
  FormWriter form(pen, visit, "level", "/operate/level/" + incident.id.str(),
                  pen.label("operate.save"));
  const Level stored = incident.proposal ? incident.proposal->level : incident.level;
  form.radios("level", pen.label("operate.level"),
              options_of(pen, "operate.level.", {"disturbance", "emergency", "crisis"}),
              kept(visit, "level", name_of(stored)));
  form.field({"reason", pen.label("operate.reason"), kept(visit, "reason")});
}

void write_split(const Pen& pen, const Visit& visit, const Incident& incident) {
  if (incident.faults.size() < 2) return;
  const Folded folded(pen, pen.label("operate.incident.split"), visit.form.has("node"));
  FormWriter form(pen, visit, "split", "/operate/split/" + incident.id.str(),
                  pen.label("operate.incident.split_button"));
  for (const Fault& fault : incident.faults) {
    form.check("node", fault.node.str(), technical_name(pen, fault.node), false);
  }
  wording_fields(form, pen, visit, "title", "operate.incident.title", {});
  form.field({"reason", pen.label("operate.reason"), kept(visit, "reason")});
}

void write_merge(const Pen& pen, const Visit& visit, const Incident& incident) {
  std::vector<Option> others;
  for (const auto& other : visit.situation->record->incidents) {
    if (is_open(*other) && other->id != incident.id) {
      others.push_back({other->id.str(), incident_title(pen, *other)});
    }
  }
  if (others.empty()) return;
  const Folded folded(pen, pen.label("operate.incident.merge"), visit.form.has("into"));
  FormWriter form(pen, visit, "merge", "/operate/merge/" + incident.id.str(),
                  pen.label("operate.incident.merge_button"));
  form.select({"into", pen.label("operate.incident.merge_into"), kept(visit, "into")}, others);
  form.field({"reason", pen.label("operate.reason"), kept(visit, "reason")});
}

// One step along the phases: back in service, closed with an evaluation, open again.
void write_end(const Pen& pen, const Visit& visit, const Incident& incident) {
  const char* step = incident.phase == Phase::Affected       ? "back"
                     : incident.phase == Phase::ServicesBack ? "close"
                                                             : "reopen";
  const Folded folded(pen, pen.label(fmt::format("operate.incident.{}", step)),
                      visit.form.has("phase"));
  FormWriter form(pen, visit, "end", "/operate/phase/" + incident.id.str(),
                  pen.label(fmt::format("operate.incident.{}_button", step)));
  const bool closes = incident.phase == Phase::ServicesBack;
  form.hidden("phase", name_of(closes ? Phase::Closed : Phase::ServicesBack));
  form.field(
      {"reason", pen.label("operate.reason"), kept(visit, "reason"), "", "text", "off", false});
  if (!closes) return;
  pen.html.leaf("p", pen.label("operate.incident.evaluation"));
  for (const char* part : {"went_well", "went_badly", "improvements"}) {
    form.area({part, pen.label(fmt::format("operate.evaluation.{}", part)), kept(visit, part), "",
               "text", "off", std::string_view(part) != "went_badly"},
              3);
  }
}

void write_evaluation(const Pen& pen, const Incident& incident) {
  const Evaluation& told = incident.evaluation;
  if (told.went_well.empty() && told.went_badly.empty() && told.improvements.empty()) return;
  pen.html.leaf("h2", pen.label("operate.incident.evaluation_title"));
  const auto list = pen.html.open("dl");
  write_fact(pen, "operate.evaluation.went_well", told.went_well);
  write_fact(pen, "operate.evaluation.went_badly", told.went_badly);
  write_fact(pen, "operate.evaluation.improvements", told.improvements);
}

Response incident_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                       int status) {
  const Incident* found = incident_in(visit);
  if (found == nullptr) return no_such_thing(desk, visit);
  const Incident& incident = *found;
  return desk.page(visit,
                   {words::say(incident.title, visit.language).text, std::move(notice),
                    [&](const Pen& pen) {
                      write_tabs(pen, visit, incident);
                      write_head(desk, pen, incident);
                      if (visit.may(Role::Operate) && is_open(incident)) {
                        write_edit(pen, visit, incident);
                      }
                      if (visit.may(Role::Lead) && incident.merged_into.str().empty()) {
                        if (is_open(incident)) {
                          write_level(pen, visit, incident);
                          write_split(pen, visit, incident);
                          write_merge(pen, visit, incident);
                        }
                        write_end(pen, visit, incident);
                      }
                      write_evaluation(pen, incident);
                      write_faults(pen, incident);
                      pen.html.leaf("h2", pen.label("operate.notes"));
                      if (visit.may(Role::Operate) && is_open(incident)) {
                        write_note_form(desk, pen, visit, incident);
                        write_change_form(pen, visit, incident);
                        write_photo_form(pen, visit, incident);
                      }
                      write_notes(desk, pen, visit, incident);
                    }},
                   status);
}

Desk::Again again_on(const Desk& desk) {
  return [&desk](const Visit& visit, Notice notice, int status) {
    return incident_page(desk, visit, std::move(notice), status);
  };
}

std::string back_to(const Visit& visit) { return "/operate/incident/" + visit.rest + "?done=1"; }

}  // namespace

Outcome show_incidents(const Desk& desk, const Visit& visit) {
  return incidents_page(desk, visit, done_notice(visit), 200);
}

Outcome open_incident(const Desk& desk, const Visit& visit) {
  IncidentOpened opened;
  opened.title = wording_in(visit, "title");
  opened.since = time_in(visit, "since").value_or(visit.now);
  return desk.write({opened}, visit, "/operate/incident/{id}?done=1",
                    [&desk](const Visit& asked, Notice notice, int status) {
                      return incidents_page(desk, asked, std::move(notice), status);
                    });
}

Outcome show_incident(const Desk& desk, const Visit& visit) {
  return incident_page(desk, visit, done_notice(visit), 200);
}

Outcome edit_incident(const Desk& desk, const Visit& visit) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  IncidentEdited edited;
  edited.id = incident->id;
  edited.version = version_in(visit);
  edited.title = wording_in(visit, "title");
  edited.trigger = wording_in(visit, "trigger");
  edited.next_report = time_in(visit, "next_report");
  edited.security = visit.form.has("security");
  edited.lead = visit.form.has("lead") ? visit.by().actor.id : incident->lead;
  return desk.write({edited}, visit, back_to(visit), again_on(desk));
}

Outcome add_note(const Desk& desk, const Visit& visit) {
  NoteAdded note;
  note.incident = IncidentId(visit.rest);
  note.kind = note_kind_of(visit.form.value("kind")).value_or(NoteKind::Note);
  note.text = std::string(trim(visit.form.value("text")));
  if (note.kind == NoteKind::HandOver) note.to = visit.form.value("to");
  if (note.kind == NoteKind::Change) {
    note.nodes = ids_in<NodeId>(visit, "changed");
    note.changed_at = time_in(visit, "changed_at");
  }
  return desk.write({note}, visit, back_to(visit), again_on(desk));
}

Outcome set_level(const Desk& desk, const Visit& visit) {
  LevelSet set;
  set.id = IncidentId(visit.rest);
  set.level = level_of(visit.form.value("level")).value_or(Level::Disturbance);
  set.reason = std::string(trim(visit.form.value("reason")));
  return desk.write({set}, visit, back_to(visit), again_on(desk));
}

Outcome split_incident(const Desk& desk, const Visit& visit) {
  IncidentSplit split;
  split.from = IncidentId(visit.rest);
  split.nodes = ids_in<NodeId>(visit, "node");
  split.title = wording_in(visit, "title");
  split.reason = std::string(trim(visit.form.value("reason")));
  return desk.write({split}, visit, back_to(visit), again_on(desk));
}

Outcome merge_incident(const Desk& desk, const Visit& visit) {
  IncidentMerged merged;
  merged.from = IncidentId(visit.rest);
  merged.into = IncidentId(visit.form.value("into"));
  merged.reason = std::string(trim(visit.form.value("reason")));
  return desk.write({merged}, visit, back_to(visit), again_on(desk));
}

Outcome change_phase(const Desk& desk, const Visit& visit) {
  PhaseChanged changed;
  changed.id = IncidentId(visit.rest);
  changed.phase = phase_of(visit.form.value("phase")).value_or(Phase::Closed);
  changed.reason = std::string(trim(visit.form.value("reason")));
  for (const auto& [field, text] : {std::pair("went_well", &changed.evaluation.went_well),
                                    std::pair("went_badly", &changed.evaluation.went_badly),
                                    std::pair("improvements", &changed.evaluation.improvements)}) {
    *text = std::string(trim(visit.form.value(field)));
  }
  return desk.write({changed}, visit, back_to(visit), again_on(desk));
}

}  // namespace dienstbereit::web::operate
