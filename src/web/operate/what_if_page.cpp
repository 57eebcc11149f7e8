// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Which opening hours planned work would touch.
#include "web/api/commands.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"
#include "words/what_if.h"

namespace dienstbereit::web::operate {
namespace {

void write_form(const Pen& pen, const Visit& visit) {
  FormWriter form(pen, visit, "plan", "/operate/what-if", pen.label("operate.what_if.button"));
  std::vector<Option> components;
  for (const Component& one : visit.situation->district->components) {
    components.push_back({one.id.str(), technical_name(pen, one.id)});
  }
  form.selects({"node", pen.label("operate.what_if.nodes"), "", pen.label("operate.what_if.hint")},
               components, visit.form.values("node"));
  Field from = time_field(pen, visit, "from", "operate.what_if.from", visit.now);
  from.required = true;
  form.field(from);
  Field to = time_field(pen, visit, "to", "operate.what_if.to", std::nullopt);
  to.required = true;
  form.field(to);
}

Response what_if_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                      int status, const std::vector<std::string>& answer = {}) {
  return desk.page(visit,
                   {words::label(visit.language, "operate.what_if.title"), std::move(notice),
                    [&](const Pen& pen) {
                      if (!answer.empty()) {
                        const auto box =
                            pen.html.open("div", {{"class", "preview"}, {"role", "status"}});
                        for (const std::string& line : answer) pen.html.leaf("p", line);
                      }
                      pen.html.leaf("p", pen.label("operate.what_if.intro"));
                      write_form(pen, visit);
                    }},
                   status);
}

}  // namespace

Outcome show_what_if(const Desk& desk, const Visit& visit) {
  return what_if_page(desk, visit, std::nullopt, 200);
}

Outcome ask_what_if(const Desk& desk, const Visit& visit) {
  const auto from = time_in(visit, "from");
  const auto to = time_in(visit, "to");
  if (!from || !to) {
    return what_if_page(
        desk, visit, Notice{words::label(visit.language, "operate.what_if.no_time"), false}, 422);
  }
  const WhatIf question{ids_in<NodeId>(visit, "node"), *from, *to};
  return desk.command(
      question, visit,
      [&desk, question](const Visit& asked, const Answer& answer) {
        const words::Voice voice(asked.language, *asked.situation->district, asked.now);
        return what_if_page(desk, asked, std::nullopt, 200,
                            words::what_if_sentences(voice, question, answer.touched));
      },
      [&desk](const Visit& asked, Notice notice, int status) {
        return what_if_page(desk, asked, std::move(notice), status);
      });
}

}  // namespace dienstbereit::web::operate
