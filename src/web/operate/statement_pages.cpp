// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the public is told: drafted by rule, edited by a person, approved, published, withdrawn.
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "model/record/names.h"
#include "web/answers.h"
#include "web/api/commands.h"
#include "web/api/drafts.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "web/poster/poster.h"
#include "words/catalogue.h"
#include "words/draft/draft.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::initializer_list<StatementKind> kKinds{
    StatementKind::Holding, StatementKind::Short,  StatementKind::Long,     StatementKind::Press,
    StatementKind::Poster,  StatementKind::Phone,  StatementKind::Internal, StatementKind::Simple,
    StatementKind::Cap,     StatementKind::Breach,
};

std::string kind_name(const Pen& pen, StatementKind kind) {
  return label_of(pen, "operate.statement_kind.", name_of(kind));
}

// The incident asked for, else the newest that is open; none: nothing is known yet.
const Incident* incident_for(const Visit& visit, const std::string& asked) {
  const Record& record = *visit.situation->record;
  if (!asked.empty()) return find_incident(record, IncidentId(asked));
  for (auto it = record.incidents.rbegin(); it != record.incidents.rend(); ++it) {
    if (is_open(**it)) return it->get();
  }
  return nullptr;
}

words::Draft draft_for(const Visit& visit, StatementKind kind, const Incident* incident) {
  const Situation& situation = *visit.situation;
  return words::draft(kind, {*situation.district, *situation.record, incident, situation, visit.now,
                             situation.exercise, situation.seq});
}

void write_text(const Pen& pen, const std::string& title, const std::string& text,
                words::Language language) {
  const auto box = pen.html.open("div", {{"class", "preview"}, {"lang", words::code_of(language)}});
  if (!title.empty()) pen.html.leaf("p", title, {{"class", "lead"}, {"dir", "auto"}});
  pen.html.leaf("p", text, {{"class", "text"}, {"dir", "auto"}});
}

void write_both(const Pen& pen, const Statement& statement) {
  write_text(pen, statement.title_de, statement.de, words::Language::De);
  if (!statement.en.empty()) {
    write_text(pen, statement.title_en, statement.en, words::Language::En);
  }
}

// What the form of a statement starts from.
struct Start {
  StatementKind kind = StatementKind::Short;
  std::string id;
  unsigned version = 0;
  std::string incident;
  std::string title_de, title_en, de, en;
  std::optional<Instant> next_information;
  std::uint64_t based_on = 0;
};

void write_form(const Pen& pen, const Visit& visit, const Start& start) {
  FormWriter form(pen, visit, "statement", "/operate/statement", pen.label("operate.save"));
  form.hidden("id", start.id);
  form.hidden("kind", name_of(start.kind));
  form.hidden("version", std::to_string(start.version));
  form.hidden("incident", start.incident);
  form.hidden("based_on", std::to_string(start.based_on));
  form.field(
      {"title_de",
       fmt::format("{} ({})", pen.label("operate.statement.title"), pen.label("operate.in_german")),
       kept(visit, "title_de", start.title_de)});
  form.area(
      {"de",
       fmt::format("{} ({})", pen.label("operate.statement.text"), pen.label("operate.in_german")),
       kept(visit, "de", start.de)},
      12);
  form.field({"title_en",
              fmt::format("{} ({})", pen.label("operate.statement.title"),
                          pen.label("operate.in_english")),
              kept(visit, "title_en", start.title_en), "", "text", "off", false});
  form.area(
      {"en",
       fmt::format("{} ({})", pen.label("operate.statement.text"), pen.label("operate.in_english")),
       kept(visit, "en", start.en), "", "text", "off", false},
      12);
  form.field(
      time_field(pen, visit, "next_information", "operate.statement.next", start.next_information));
}

Response draft_page(const Desk& desk, const Visit& visit, StatementKind kind,
                    std::optional<Notice> notice, int status) {
  const Incident* incident =
      incident_for(visit, kept(visit, "incident", visit.query.value("incident")));
  const words::Draft draft = draft_for(visit, kind, incident);
  return desk.page(
      visit,
      {words::text(visit.language, "operate.statement.new",
                   {{"kind", words::label(visit.language, fmt::format("operate.statement_kind.{}",
                                                                      name_of(kind)))}}),
       std::move(notice),
       [&](const Pen& pen) {
         pen.html.leaf("p", pen.label("operate.statement.by_rule"));
         const auto& notes =
             pen.language() == words::Language::De ? draft.notes_de : draft.notes_en;
         if (!notes.empty()) {
           pen.html.leaf("h2", pen.label("operate.statement.notes"));
           const auto list = pen.html.open("ul");
           for (const std::string& note : notes) pen.html.leaf("li", note, {{"dir", "auto"}});
         }
         if (kind == StatementKind::Cap) pen.html.leaf("p", pen.label("operate.statement.cap"));
         write_form(pen, visit,
                    {kind, "", 0, incident ? incident->id.str() : "", draft.title_de,
                     draft.title_en, draft.de, draft.en, draft.next_information, draft.based_on});
       }},
      status);
}

// A button for one step, where it can be taken now.
void write_step(const Pen& pen, const Visit& visit, const Statement& statement,
                StatementState state) {
  FormWriter form(pen, visit, name_of(state), "/operate/statement-state/" + statement.id.str(),
                  label_of(pen, "operate.statement_step.", name_of(state)));
  form.hidden("version", std::to_string(statement.version));
  form.hidden("state", name_of(state));
  if (state == StatementState::Withdrawn) {
    form.field({"reason", pen.label("operate.reason"), kept(visit, "reason")});
  }
}

void write_steps(const Pen& pen, const Visit& visit, const Statement& statement) {
  const bool second = visit.situation->district->administration.second_approval &&
                      statement.kind != StatementKind::Holding;
  const bool by_me = statement.written.by == visit.by().actor.id;
  if (statement.state == StatementState::Draft && second) {
    if (by_me) {
      pen.html.leaf("p", pen.label("operate.statement.needs_second"));
    } else {
      write_step(pen, visit, statement, StatementState::Approved);
    }
  }
  const bool ready = statement.state == StatementState::Approved ||
                     (statement.state == StatementState::Draft && !second);
  if (ready && statement.kind != StatementKind::Cap) {
    write_step(pen, visit, statement, StatementState::Published);
  }
  if (statement.state == StatementState::Published) {
    write_step(pen, visit, statement, StatementState::Withdrawn);
  }
}

void write_state_of(const Desk& desk, const Pen& pen, const Statement& statement) {
  const auto list = pen.html.open("dl");
  write_fact(pen, "operate.state",
             label_of(pen, "operate.statement_state.", name_of(statement.state)));
  write_fact(pen, "operate.incident", statement.incident.str());
  write_fact(pen, "operate.statement.version", std::to_string(statement.version));
  write_fact(pen, "operate.written", written(desk, pen, statement.written));
  if (!statement.approved_by.empty()) {
    write_fact(pen, "operate.statement.approved_by", author(desk, pen, statement.approved_by));
  }
  if (statement.published_at) {
    write_fact(pen, "operate.statement.published_at",
               words::time_of(pen.voice, *statement.published_at));
  }
  if (statement.next_information) {
    write_fact(pen, "operate.statement.next",
               words::time_of(pen.voice, *statement.next_information));
  }
  write_fact(pen, "operate.statement.based_on", std::to_string(statement.based_on));
  write_fact(pen, "operate.reason", statement.reason);
}

void write_poster_links(const Pen& pen, const Statement& statement) {
  if (statement.kind != StatementKind::Poster) return;
  const auto line = pen.html.open("p", {{"class", "actions"}});
  for (const auto& [code, key] :
       {std::pair("de", "operate.poster.de"), std::pair("en", "operate.poster.en")}) {
    const std::string path = fmt::format("/operate/poster/{}?in={}", statement.id.str(), code);
    pen.html.leaf("a", pen.label(key), {{"href", path}, {"class", "button"}});
  }
}

void write_earlier(const Desk& desk, const Pen& pen, const Visit& visit,
                   const Statement& statement) {
  bool said = false;
  for (const Statement& version : visit.situation->record->earlier) {
    if (version.id != statement.id || full(pen, said, "p")) continue;
    const Folded folded(pen,
                        words::text(pen.language(), "operate.statement.earlier",
                                    {{"version", std::to_string(version.version)}}),
                        false);
    write_state_of(desk, pen, version);
    write_both(pen, version);
  }
}

Response statement_page(const Desk& desk, const Visit& visit, const std::string& id,
                        std::optional<Notice> notice, int status) {
  const Statement* found = find_statement(*visit.situation->record, StatementId(id));
  if (found == nullptr) return no_such_thing(desk, visit);
  const Statement& statement = *found;
  const std::string kind = words::label(
      visit.language, fmt::format("operate.statement_kind.{}", name_of(statement.kind)));
  return desk.page(visit,
                   {fmt::format("{} ({})", kind, id), std::move(notice),
                    [&](const Pen& pen) {
                      write_state_of(desk, pen, statement);
                      if (visit.may(Role::Press)) write_steps(pen, visit, statement);
                      write_poster_links(pen, statement);
                      pen.html.leaf("h2", pen.label("operate.statement.preview"));
                      write_both(pen, statement);
                      if (visit.may(Role::Operate) || visit.may(Role::Press)) {
                        const Folded folded(pen, pen.label("operate.statement.edit"),
                                            visit.form.has("de"));
                        write_form(pen, visit,
                                   {statement.kind, id, statement.version, statement.incident.str(),
                                    statement.title_de, statement.title_en, statement.de,
                                    statement.en, statement.next_information, statement.based_on});
                      }
                      write_earlier(desk, pen, visit, statement);
                    }},
                   status);
}

Response holding_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                      int status) {
  const words::Draft draft =
      draft_for(visit, StatementKind::Holding, incident_for(visit, std::string()));
  return desk.page(visit,
                   {words::label(visit.language, "operate.holding.title"), std::move(notice),
                    [&](const Pen& pen) {
                      pen.html.leaf("p", pen.label("operate.holding.text"));
                      write_text(pen, draft.title_de, draft.de, words::Language::De);
                      write_text(pen, draft.title_en, draft.en, words::Language::En);
                      const FormWriter form(pen, visit, "holding", "/operate/holding",
                                            pen.label("operate.holding.publish"));
                    }},
                   status);
}

}  // namespace

Outcome show_statements(const Desk& desk, const Visit& visit) {
  return desk.page(
      visit, {words::label(visit.language, "operate.statements.title"), done_notice(visit),
              [&](const Pen& pen) {
                if (visit.may(Role::Operate) || visit.may(Role::Press)) {
                  pen.html.leaf("h2", pen.label("operate.statements.new"));
                  const auto list = pen.html.open("ul", {{"class", "plain"}});
                  for (const StatementKind kind : kKinds) {
                    const auto item = pen.html.open("li");
                    const std::string path = fmt::format("/operate/draft/{}", name_of(kind));
                    pen.html.leaf("a", kind_name(pen, kind), {{"href", path}});
                  }
                }
                pen.html.leaf("h2", pen.label("operate.statements.on_record"));
                const auto& statements = visit.situation->record->statements;
                if (statements.empty()) pen.html.leaf("p", pen.label("operate.statements.none"));
                const auto list = pen.html.open("ul", {{"class", "plain"}});
                bool said = false;
                for (auto it = statements.rbegin(); it != statements.rend(); ++it) {
                  if (full(pen, said)) continue;
                  const auto item = pen.html.open("li");
                  const std::string path = "/operate/statement/" + it->id.str();
                  pen.html.leaf("a", fmt::format("{}: {}", kind_name(pen, it->kind), it->title_de),
                                {{"href", path}});
                  pen.html.text(fmt::format(
                      " – {}, {}", label_of(pen, "operate.statement_state.", name_of(it->state)),
                      written(desk, pen, it->written)));
                }
              }});
}

Outcome show_statement(const Desk& desk, const Visit& visit) {
  return statement_page(desk, visit, visit.rest, done_notice(visit), 200);
}

Outcome show_poster(const Desk& desk, const Visit& visit) {
  const std::string query = visit.query.value("in") == "en" ? "lang=en" : "lang=de";
  const auto text = parse_poster_request(visit.rest + "/poster.pdf", query, *visit.situation);
  const auto pdf = text ? poster_pdf(*text) : tl::unexpected(text.error());
  if (!pdf) {
    return statement_page(desk, visit, visit.rest, error_notice(visit, pdf.error()),
                          web::status_of(pdf.error().code));
  }
  return Response{200, make_payload(kPdf, desk.tls(), *pdf)};
}

Outcome show_draft(const Desk& desk, const Visit& visit) {
  const auto kind = statement_kind_of(visit.rest);
  if (!kind) return no_such_thing(desk, visit);
  return draft_page(desk, visit, *kind, std::nullopt, 200);
}

Outcome save_statement(const Desk& desk, const Visit& visit) {
  const Form& form = visit.form;
  StatementSaved saved;
  saved.id = StatementId(form.value("id"));
  saved.version = version_in(visit);
  saved.kind = statement_kind_of(form.value("kind")).value_or(StatementKind::Short);
  saved.incident = IncidentId(form.value("incident"));
  saved.title_de = std::string(trim(form.value("title_de")));
  saved.title_en = std::string(trim(form.value("title_en")));
  saved.de = form.value("de");
  saved.en = form.value("en");
  saved.next_information = time_in(visit, "next_information");
  const std::string& based_on = form.value("based_on");
  std::from_chars(based_on.data(), based_on.data() + based_on.size(), saved.based_on);
  const words::Draft draft =
      draft_for(visit, saved.kind, incident_for(visit, saved.incident.str()));
  saved.edited = saved.de != draft.de || saved.en != draft.en;
  return desk.write({saved}, visit, "/operate/statement/{id}?done=1",
                    [&desk](const Visit& asked, Notice notice, int status) {
                      const std::string& id = asked.form.value("id");
                      const auto kind = statement_kind_of(asked.form.value("kind"));
                      return id.empty()
                                 ? draft_page(desk, asked, kind.value_or(StatementKind::Short),
                                              std::move(notice), status)
                                 : statement_page(desk, asked, id, std::move(notice), status);
                    });
}

Outcome move_statement(const Desk& desk, const Visit& visit) {
  StatementMoved moved;
  moved.id = StatementId(visit.rest);
  moved.version = version_in(visit);
  moved.state = statement_state_of(visit.form.value("state")).value_or(StatementState::Draft);
  moved.reason = std::string(trim(visit.form.value("reason")));
  return desk.write({moved}, visit, fmt::format("/operate/statement/{}?done=1", visit.rest),
                    [&desk](const Visit& asked, Notice notice, int status) {
                      return statement_page(desk, asked, asked.rest, std::move(notice), status);
                    });
}

Outcome show_holding(const Desk& desk, const Visit& visit) {
  return holding_page(desk, visit, std::nullopt, 200);
}

Outcome publish_holding(const Desk& desk, const Visit& visit) {
  const Incident* incident = incident_for(visit, std::string());
  const words::Draft draft = draft_for(visit, StatementKind::Holding, incident);
  StatementSaved saved;
  saved.kind = StatementKind::Holding;
  if (incident) saved.incident = incident->id;
  saved.title_de = draft.title_de;
  saved.title_en = draft.title_en;
  saved.de = draft.de;
  saved.en = draft.en;
  saved.next_information = draft.next_information;
  saved.based_on = draft.based_on;
  StatementMoved published;
  published.id = StatementId("new");
  published.state = StatementState::Published;
  return desk.write({saved, published}, visit, "/operate/statement/{id}?done=1",
                    [&desk](const Visit& asked, Notice notice, int status) {
                      return holding_page(desk, asked, std::move(notice), status);
                    });
}

}  // namespace dienstbereit::web::operate
