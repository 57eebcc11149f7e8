// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Who opens when: proposed by rule, decided by a person, kept and reversed on record.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "model/chance.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr int kDaysOffered = 14;

std::string place_id(const OfficeId& office, const SiteId& site) {
  return fmt::format("{}@{}", office.str(), site.str());
}

std::string place_name(const Pen& pen, const OfficeId& office, const SiteId& site) {
  return words::node_name(pen.voice, NodeId(place_id(office, site)));
}

std::vector<Option> words_to_decide(const Pen& pen) {
  std::vector<Option> options;
  for (const Readiness one : {Readiness::Normal, Readiness::Limited, Readiness::Closed}) {
    options.push_back({name_of(one), words::word(pen.language(), one)});
  }
  return options;
}

void write_incident_choice(FormWriter& form, const Pen& pen, const Visit& visit) {
  std::vector<Option> incidents{{"", pen.label("operate.decision.no_incident")}};
  std::string newest;
  for (const auto& incident : visit.situation->record->incidents) {
    if (!is_open(*incident)) continue;
    incidents.push_back({incident->id.str(), incident_title(pen, *incident)});
    newest = incident->id.str();
  }
  form.select({"incident", pen.label("operate.incident"), kept(visit, "incident", newest), "",
               "text", "off", false},
              incidents);
}

void write_places(FormWriter& form, const Pen& pen, const Visit& visit) {
  const auto group = pen.html.open("fieldset");
  pen.html.leaf("legend", pen.label("operate.decision.places"));
  const auto ticked = visit.form.values("place");
  for (const PlaceSituation& place : visit.situation->places) {
    if (!place.slotted) continue;
    const std::string id = place_id(place.office, place.site);
    const bool asked = visit.query.value("place") == id;
    form.check("place", id, place_name(pen, place.office, place.site),
               asked || std::find(ticked.begin(), ticked.end(), id) != ticked.end());
  }
}

void write_rest(FormWriter& form, const Pen& pen, const Visit& visit) {
  std::vector<Option> days;
  for (int ahead = 0; ahead < kDaysOffered; ++ahead) {
    const Day day = pen.voice.today() + date::days(ahead);
    days.push_back({to_iso(day), words::day_of(pen.voice, day)});
  }
  form.select(
      {"day", pen.label("operate.decision.day"), kept(visit, "day", visit.query.value("day"))},
      days);
  form.radios("word", pen.label("operate.decision.word"), words_to_decide(pen),
              kept(visit, "word", visit.query.value("word")));
  wording_fields(form, pen, visit, "text", "operate.decision.text", {}, false);
  form.area({"reason", pen.label("operate.reason"), kept(visit, "reason")}, 2);
  write_incident_choice(form, pen, visit);
}

void write_form(const Pen& pen, const Visit& visit) {
  FormWriter form(pen, visit, "decision", "/operate/decisions",
                  pen.label("operate.decision.button"));
  write_places(form, pen, visit);
  write_rest(form, pen, visit);
}

// One tap; what is limited needs a text first.
void write_as_proposed(const Pen& pen, const Visit& visit, const OpeningProposal& one) {
  const std::string id = place_id(one.office, one.site);
  FormWriter form(pen, visit, fmt::format("take-{}-{}", id, to_iso(one.day)), "/operate/decisions",
                  pen.label("operate.decision.take"), FormKind::Inline);
  form.hidden("place", id);
  form.hidden("day", to_iso(one.day));
  form.hidden("word", name_of(one.word));
  form.hidden("reason", pen.label("operate.decision.as_proposed"));
}

void write_proposals(const Pen& pen, const Visit& visit) {
  pen.html.leaf("h2", pen.label("operate.decision.proposed"));
  const Record& record = *visit.situation->record;
  if (record.proposals.empty()) pen.html.leaf("p", pen.label("operate.decision.no_proposal"));
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  bool said = false;
  for (const OpeningProposal& one : record.proposals) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    pen.html.leaf("p", words::text(pen.language(), "operate.decision.proposal",
                                   {{"place", place_name(pen, one.office, one.site)},
                                    {"day", words::day_of(pen.voice, one.day)},
                                    {"word", words::word(pen.language(), one.word)},
                                    {"chance", std::to_string(shown_percent(one.chance))},
                                    {"deadline", words::time_of(pen.voice, one.deadline)}}));
    if (const OpeningDecision* taken = decision_for(record, one.office, one.site, one.day)) {
      pen.html.leaf("p", words::text(pen.language(), "operate.decision.taken",
                                     {{"word", words::word(pen.language(), taken->word)}}));
    }
    if (!visit.may(Role::Lead)) continue;
    if (one.word != Readiness::Limited) write_as_proposed(pen, visit, one);
    const auto line = pen.html.open("p");
    const std::string link = fmt::format("/operate/decisions?place={}&day={}&word={}#decision",
                                         percent_encoded(place_id(one.office, one.site)),
                                         to_iso(one.day), name_of(one.word));
    pen.html.leaf("a",
                  words::text(pen.language(), "operate.decision.decide",
                              {{"place", place_name(pen, one.office, one.site)}}),
                  {{"href", link}});
  }
}

void write_decisions(const Desk& desk, const Pen& pen, const Visit& visit) {
  pen.html.leaf("h2", pen.label("operate.decision.on_record"));
  const auto& decisions = visit.situation->record->decisions;
  if (decisions.empty()) pen.html.leaf("p", pen.label("operate.decision.none"));
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  bool said = false;
  for (auto it = decisions.rbegin(); it != decisions.rend(); ++it) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    pen.html.leaf("p", words::text(pen.language(), "operate.decision.line",
                                   {{"place", place_name(pen, it->office, it->site)},
                                    {"day", words::day_of(pen.voice, it->day)},
                                    {"word", words::word(pen.language(), it->word)}}));
    const auto facts = pen.html.open("dl");
    write_fact(pen, "operate.decision.text", words::say(it->text, pen.language()));
    write_fact(pen, "operate.reason", it->reason);
    if (it->proposed != Readiness::Unknown) {
      write_fact(pen, "operate.decision.was_proposed", words::word(pen.language(), it->proposed));
    }
    if (it->late) write_fact(pen, "operate.decision.deadline", pen.label("operate.decision.late"));
    write_fact(pen, "operate.decision.replaced_by", it->replaced_by.str());
    write_fact(pen, "operate.written", it->id.str() + ", " + written(desk, pen, it->written));
  }
}

Response decisions_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                        int status) {
  return desk.page(visit,
                   {words::label(visit.language, "operate.decisions.title"), std::move(notice),
                    [&](const Pen& pen) {
                      write_proposals(pen, visit);
                      if (visit.may(Role::Lead)) {
                        pen.html.leaf("h2", pen.label("operate.decision.new"));
                        write_form(pen, visit);
                      }
                      write_decisions(desk, pen, visit);
                    }},
                   status);
}

}  // namespace

Outcome show_decisions(const Desk& desk, const Visit& visit) {
  return decisions_page(desk, visit, done_notice(visit), 200);
}

Outcome decide(const Desk& desk, const Visit& visit) {
  const auto again = [&desk](const Visit& asked, Notice notice, int status) {
    return decisions_page(desk, asked, std::move(notice), status);
  };
  const auto day = parse_day(visit.form.value("day"));
  const auto word = readiness_of(visit.form.value("word"));
  std::vector<RecordEvent> changes;
  for (const std::string& place : visit.form.values("place")) {
    const auto at = place.find('@');
    OpeningDecided decided;
    decided.incident = IncidentId(visit.form.value("incident"));
    decided.office = OfficeId(place.substr(0, at));
    decided.site = SiteId(at == std::string::npos ? std::string() : place.substr(at + 1));
    decided.day = day.value_or(Day());
    decided.word = word.value_or(Readiness::Unknown);
    decided.text = wording_in(visit, "text");
    decided.reason = std::string(trim(visit.form.value("reason")));
    changes.push_back(decided);
  }
  if (changes.empty()) {
    return again(visit, {words::label(visit.language, "operate.decision.no_place"), false}, 422);
  }
  return desk.write(std::move(changes), visit, "/operate/decisions?done=1", again);
}

}  // namespace dienstbereit::web::operate
