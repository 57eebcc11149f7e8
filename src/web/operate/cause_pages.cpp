// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The search for the cause of one incident: what rules and people suspect, what speaks for it and
// against it, and what a person has confirmed.
#include <fmt/format.h>

#include "base/text.h"
#include "model/record/names.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"
#include "words/suspects.h"

namespace dienstbereit::web::operate {
namespace {

void write_weighing(const Pen& pen, const Incident& incident) {
  const auto sentences = words::weighing_sentences(pen.voice, incident);
  if (sentences.empty()) return;
  pen.html.leaf("h2", pen.label("operate.cause.weighed"));
  const auto list = pen.html.open("ul");
  for (const std::string& sentence : sentences) pen.html.leaf("li", sentence);
}

void write_suspects(const Pen& pen, const Visit& visit, const Incident& incident) {
  pen.html.leaf("h2", pen.label("operate.cause.together"));
  if (incident.suspects.empty()) pen.html.leaf("p", pen.label("operate.cause.no_suspects"));
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  bool said = false;
  std::size_t number = 0;
  for (const Suspect& suspect : incident.suspects) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    pen.html.leaf("p", words::suspect_sentence(pen.voice, suspect, incident.to_explain.size()));
    if (!visit.may(Role::Operate) || !is_open(incident)) continue;
    FormWriter form(pen, visit, fmt::format("suspect-{}", ++number),
                    "/operate/causes/" + incident.id.str(), pen.label("operate.cause.take_up"),
                    FormKind::Inline);
    for (const NodeId& node : suspect.nodes) form.hidden("node", node.str());
    form.hidden("text_de", names_of(pen, suspect.nodes));
    form.hidden("state", "suspected");
  }
}

void write_judgement(const Pen& pen, const Visit& visit, const Incident& incident,
                     const Hypothesis& cause) {
  const std::string id = cause.id.str();
  const bool mine = visit.form.value("id") == id;
  {
    const Folded folded(pen, words::text(pen.language(), "operate.cause.add", {{"id", id}}),
                        mine && visit.form.has("supports"));
    FormWriter form(pen, visit, "evidence-" + id, "/operate/evidence/" + incident.id.str(),
                    pen.label("operate.save"));
    form.hidden("id", id);
    form.area({"text", pen.label("operate.cause.evidence"), mine ? kept(visit, "text") : ""}, 2);
    form.radios("supports", pen.label("operate.cause.speaks"),
                options_of(pen, "operate.cause.", {"for", "against"}), "for");
  }
  const Folded folded(pen, words::text(pen.language(), "operate.cause.judge", {{"id", id}}),
                      mine && visit.form.has("state"));
  FormWriter form(pen, visit, "judge-" + id, "/operate/causes/" + incident.id.str(),
                  pen.label("operate.save"));
  form.hidden("id", id);
  form.hidden("text_de", cause.text.de);
  form.hidden("text_en", cause.text.en);
  for (const NodeId& node : cause.nodes) form.hidden("node", node.str());
  std::vector<const char*> states{"suspected", "likely", "rejected"};
  if (visit.may(Role::Lead)) states.insert(states.begin() + 2, "confirmed");
  form.radios("state", pen.label("operate.state"), options_of(pen, "operate.cause_state.", states),
              name_of(cause.state));
  form.field({"reason", pen.label("operate.reason"), mine ? kept(visit, "reason") : ""});
}

void write_cause(const Desk& desk, const Pen& pen, const Visit& visit, const Incident& incident,
                 const Hypothesis& cause) {
  const auto item = pen.html.open("li");
  {
    const auto heading = pen.html.open("h3");
    write(pen, cause.text);
  }
  {
    const auto list = pen.html.open("dl");
    write_fact(pen, "operate.state", label_of(pen, "operate.cause_state.", name_of(cause.state)));
    write_fact(pen, "operate.cause.where", names_of(pen, cause.nodes));
    write_fact(pen, "operate.reason", cause.reason);
    write_fact(pen, "operate.written", written(desk, pen, cause.written));
  }
  if (!cause.evidence.empty()) {
    const auto list = pen.html.open("ul", {{"class", "plain"}});
    for (const CauseEvidence& evidence : cause.evidence) {
      const auto line = pen.html.open("li");
      pen.html.leaf("strong",
                    label_of(pen, "operate.cause.", evidence.supports ? "for" : "against") + ": ");
      pen.html.leaf("span", evidence.text, {{"dir", "auto"}});
      pen.html.text(fmt::format(" ({})", written(desk, pen, evidence.written)));
    }
  }
  if (visit.may(Role::Operate) && is_open(incident)) {
    write_judgement(pen, visit, incident, cause);
  }
}

void write_new(const Pen& pen, const Visit& visit, const Incident& incident) {
  const bool typed = visit.form.has("text_de") && visit.form.value("id").empty();
  const Folded folded(pen, pen.label("operate.cause.new"), typed);
  FormWriter form(pen, visit, "cause", "/operate/causes/" + incident.id.str(),
                  pen.label("operate.save"));
  wording_fields(form, pen, visit, "text", "operate.cause.text", {});
  form.hidden("state", "suspected");
  const auto group = pen.html.open("fieldset");
  pen.html.leaf("legend", pen.label("operate.cause.where"));
  for (const Fault& fault : incident.faults) {
    form.check("node", fault.node.str(), technical_name(pen, fault.node), false);
  }
}

Response causes_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                     int status) {
  const Incident* found = incident_in(visit);
  if (found == nullptr) return no_such_thing(desk, visit);
  const Incident& incident = *found;
  return desk.page(visit,
                   {words::text(visit.language, "operate.causes.title",
                                {{"incident", words::say(incident.title, visit.language).text}}),
                    std::move(notice),
                    [&](const Pen& pen) {
                      write_tabs(pen, visit, incident);
                      pen.html.leaf("p", pen.label("operate.cause.intro"));
                      {
                        const auto list = pen.html.open("dl");
                        write_fact(pen, "operate.trigger",
                                   words::say(incident.trigger, pen.language()));
                      }
                      pen.html.leaf("h2", pen.label("operate.cause.by_people"));
                      if (incident.hypotheses.empty())
                        pen.html.leaf("p", pen.label("operate.cause.none"));
                      {
                        const auto list = pen.html.open("ul", {{"class", "cards"}});
                        bool said = false;
                        for (const Hypothesis& cause : incident.hypotheses) {
                          if (!full(pen, said)) write_cause(desk, pen, visit, incident, cause);
                        }
                      }
                      if (visit.may(Role::Operate) && is_open(incident))
                        write_new(pen, visit, incident);
                      write_weighing(pen, incident);
                      write_suspects(pen, visit, incident);
                    }},
                   status);
}

Desk::Again again_on(const Desk& desk) {
  return [&desk](const Visit& visit, Notice notice, int status) {
    return causes_page(desk, visit, std::move(notice), status);
  };
}

std::string back_to(const Visit& visit) { return "/operate/causes/" + visit.rest + "?done=1"; }

}  // namespace

Outcome show_causes(const Desk& desk, const Visit& visit) {
  return causes_page(desk, visit, done_notice(visit), 200);
}

Outcome save_cause(const Desk& desk, const Visit& visit) {
  HypothesisSet cause;
  cause.incident = IncidentId(visit.rest);
  cause.id = HypothesisId(visit.form.value("id"));
  cause.text = wording_in(visit, "text");
  cause.nodes = ids_in<NodeId>(visit, "node");
  cause.state = cause_state_of(visit.form.value("state")).value_or(CauseState::Suspected);
  cause.reason = std::string(trim(visit.form.value("reason")));
  return desk.write({cause}, visit, back_to(visit), again_on(desk));
}

Outcome add_evidence(const Desk& desk, const Visit& visit) {
  EvidenceAdded evidence;
  evidence.incident = IncidentId(visit.rest);
  evidence.hypothesis = HypothesisId(visit.form.value("id"));
  evidence.text = std::string(trim(visit.form.value("text")));
  evidence.supports = visit.form.value("supports") != "against";
  return desk.write({evidence}, visit, back_to(visit), again_on(desk));
}

}  // namespace dienstbereit::web::operate
