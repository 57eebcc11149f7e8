// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What people say of states: each word has an author and an end.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "model/scope.h"
#include "view/pages.h"
#include "web/api/commands.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

// Everything a word can be of, as "OFFICE@SITE": the places first, then offices, sites, services
// and components.
std::vector<Option> scopes(const Pen& pen, const Visit& visit) {
  const District& district = *visit.situation->district;
  std::vector<Option> options{{"ALL", pen.label("operate.states.all")}};
  for (const PlaceSituation& place : visit.situation->places) {
    const std::string id = fmt::format("{}@{}", place.office.str(), place.site.str());
    options.push_back({id, words::node_name(pen.voice, NodeId(id))});
  }
  const auto add = [&](const std::string& id) {
    options.push_back({id, fmt::format("{} ({})", words::node_name(pen.voice, NodeId(id)), id)});
  };
  for (const Office& office : district.offices) add(office.id.str());
  for (const Site& site : district.sites) add(site.id.str());
  for (const Service& service : district.services) add(service.id.str());
  for (const Component& component : district.components) add(component.id.str());
  return options;
}

// Of what was previewed: what was changed since is previewed again.
std::string fingerprint(const Visit& visit) {
  std::string all;
  for (const char* field : {"scope", "said", "text_de", "text_en", "until", "role"}) {
    all += visit.form.value(field) + '\0';
  }
  return to_hex(sha256(all));
}

void write_form(const Pen& pen, const Visit& visit, const std::vector<std::string>& preview) {
  FormWriter form(pen, visit, "state", "/operate/states",
                  pen.label(preview.empty() ? "operate.states.preview" : "operate.states.set"));
  if (!preview.empty()) {
    form.hidden("sure", fingerprint(visit));
    const auto box = pen.html.open("div", {{"class", "done"}});
    for (const std::string& line : preview) pen.html.leaf("p", line);
  }
  form.select({"scope", pen.label("operate.states.scope"),
               kept(visit, "scope", visit.query.value("scope"))},
              scopes(pen, visit));
  std::vector<Option> said;
  for (const Said one : {Said::Normal, Said::Limited, Said::Closed, Said::Unknown}) {
    said.push_back({name_of(one), words::said(pen.language(), one)});
  }
  form.radios("said", pen.label("operate.states.said"), said, kept(visit, "said"));
  wording_fields(form, pen, visit, "text", "operate.states.text", {}, false);
  Field until = time_field(pen, visit, "until", "operate.states.until", std::nullopt);
  until.hint = pen.label("operate.states.until_hint");
  form.field(until);
  form.field({"role", pen.label("operate.states.role"), kept(visit, "role"),
              pen.label("operate.states.role_hint"), "text", "off", false});
}

void write_words(const Pen& pen, const Visit& visit, const view::Overview& overview) {
  pen.html.leaf("h2", pen.label("operate.states.in_force"));
  if (overview.words.empty()) pen.html.leaf("p", pen.label("operate.states.none"));
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  bool said = false;
  for (const view::WordView& word : overview.words) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    {
      const auto sentence = pen.html.open("p");
      write(pen, words::word_sentence(pen.voice, word));
    }
    if (!visit.may(Role::Operate)) continue;
    FormWriter form(
        pen, visit, "withdraw-" + word.id.str(), "/operate/states/withdraw",
        words::text(pen.language(), "operate.states.withdraw", {{"word", word.id.str()}}),
        FormKind::Inline);
    form.hidden("word", word.id.str());
  }
}

Response states_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice, int status,
                     const std::vector<std::string>& preview = {}) {
  const view::Overview overview = view::overview(*visit.situation, visit.now);
  return desk.page(visit,
                   {words::label(visit.language, "operate.states.title"), std::move(notice),
                    [&](const Pen& pen) {
                      pen.html.leaf("p", pen.label("operate.states.intro"));
                      if (visit.may(Role::Operate)) write_form(pen, visit, preview);
                      write_words(pen, visit, overview);
                    }},
                   status);
}

Result<SetWord> word_in(const Visit& visit) {
  const auto scope = parse_scope(visit.form.value("scope"), *visit.situation->district);
  if (!scope) return tl::unexpected(scope.error());
  const auto said = said_of(visit.form.value("said"));
  if (!said) return fail(Errc::InvalidInput, "say normal, limited, closed or unknown");
  SetWord word{*scope, *said, wording_in(visit, "text"), time_in(visit, "until")};
  if (word.text.de.empty() && !word.text.en.empty()) {
    return fail(Errc::InvalidInput, "the German text is the one that always shows: write it");
  }
  return word;
}

}  // namespace

Outcome show_states(const Desk& desk, const Visit& visit) {
  return states_page(desk, visit, done_notice(visit), 200);
}

Outcome set_state(const Desk& desk, const Visit& visit) {
  const auto again = [&desk](const Visit& asked, Notice notice, int status) {
    return states_page(desk, asked, std::move(notice), status);
  };
  const auto word = word_in(visit);
  if (!word) {
    return again(visit, error_notice(visit, word.error()), web::status_of(word.error().code));
  }
  Visit asked = visit;
  asked.visitor.identity.actor.role = clean(trim(visit.form.value("role")), kRoleBytesMax);
  if (visit.form.value("sure") == fingerprint(visit)) {
    return desk.command(
        *word, asked,
        [&desk](const Visit& then, const Answer&) {
          return desk.redirect(then, "/operate/states?done=1");
        },
        again);
  }
  return desk.command(
      PreviewWord{*word}, asked,
      [&desk](const Visit& then, const Answer& answer) {
        const words::Voice voice(then.language, *then.situation->district, then.now);
        return states_page(desk, then, std::nullopt, 200, words::answer_sentences(voice, answer));
      },
      again);
}

Outcome withdraw_state(const Desk& desk, const Visit& visit) {
  return desk.command(
      WithdrawWord{WordId(visit.form.value("word")), ""}, visit,
      [&desk](const Visit& asked, const Answer&) {
        return desk.redirect(asked, "/operate/states?done=1");
      },
      [&desk](const Visit& asked, Notice notice, int status) {
        return states_page(desk, asked, std::move(notice), status);
      });
}

}  // namespace dienstbereit::web::operate
