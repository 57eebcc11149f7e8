// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "story/scene.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "core/recovery/propose.h"
#include "model/record/names.h"
#include "words/draft/draft.h"
#include "words/message.h"
#include "words/words.h"

namespace dienstbereit::story {
namespace {

using words::Language;

constexpr std::size_t kMostShown = 5;      // things of the subject in a failure
constexpr std::size_t kLongestShown = 400;  // bytes of one fact there

bool passes(const std::vector<std::pair<std::string, std::string>>& facts, const Test& test) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const auto& fact) { return fact.first == test.fact; });
  const std::string& text = found == facts.end() ? std::string() : found->second;
  switch (test.how) {
    case Test::How::Equals:
      return text == test.text;
    case Test::How::Contains:
      return text.find(test.text) != std::string::npos;
    case Test::How::Lacks:
      break;
  }
  return text.find(test.text) == std::string::npos;
}

bool is_place(const std::string& place, const OfficeId& office, const SiteId& site) {
  return place == office.str() + "@" + site.str();
}

bool may_be(const std::string& wanted, const std::string& id) {
  return wanted.empty() || wanted == id;
}

const char* yes_or_no(bool yes) { return yes ? "true" : "false"; }

// What a forecast says in public of a place at one slot: with the thresholds of the proposal.
Readiness word_of(const SlotChance& chance) {
  if (chance.normal >= core::recovery::kNormalFrom) return Readiness::Normal;
  return chance.limited >= core::recovery::kLimitedFrom ? Readiness::Limited : Readiness::Closed;
}

}  // namespace

const view::Overview& Scene::overview() const {
  if (!overview_) overview_ = view::overview(situation_, now_);
  return *overview_;
}

void Scene::add_headline(std::vector<Facts>& all) const {
  all.push_back({{"de", words::headline(overview(), Language::De)},
                 {"en", words::headline(overview(), Language::En)}});
}

void Scene::add_place(const Want& want, std::vector<Facts>& all) const {
  for (const PlaceSituation& place : situation_.places) {
    if (!is_place(want.id, place.office, place.site)) continue;
    if (!want.day) {
      all.push_back({{"word", name_of(place.now.readiness)}});
      continue;
    }
    for (const DayPlan& day : place.days) {
      if (day.day != *want.day) continue;
      all.push_back({{"word", name_of(view::day_word(day, now_).readiness)}});
    }
  }
}

void Scene::add_service(const Want& want, std::vector<Facts>& all) const {
  for (const OfferSituation& offer : situation_.offers) {
    if (offer.node.str() != want.id) continue;
    const auto page = view::office_page(situation_, offer.office, now_);
    for (const view::PlaceView& place : page->places) {
      for (const view::ServiceView& service : place.services) {
        if (service.node != offer.node) continue;
        const auto said = [&](Language language) {
          return words::plain(
              words::service_sentence(words::Voice(language, page->stamp), service));
        };
        all.push_back({{"word", name_of(service.now.readiness)},
                       {"de", said(Language::De)},
                       {"en", said(Language::En)}});
      }
    }
  }
}

void Scene::add_incidents(const Want& want, std::vector<Facts>& all) const {
  for (const auto& incident : situation_.record->incidents) {
    if (!may_be(want.id, incident->id.str())) continue;
    all.push_back({{"id", incident->id.str()},
                   {"phase", name_of(incident->phase)},
                   {"level", name_of(incident->level)},
                   {"proposed", incident->proposal ? name_of(incident->proposal->level) : ""},
                   {"report_due", yes_or_no(incident->report_due)},
                   {"de", incident->title.de},
                   {"en", incident->title.en},
                   {"trigger", incident->trigger.de}});
  }
}

// Causes, tasks and interim fixes.
void Scene::add_parts(const Want& want, std::vector<Facts>& all) const {
  const auto add = [&](const std::string& id, const char* state, const std::string& de,
                       const std::string& en) {
    if (!may_be(want.id, id)) return;
    all.push_back({{"id", id}, {"state", state}, {"title", de}, {"de", de}, {"en", en}});
  };
  for (const auto& incident : situation_.record->incidents) {
    if (want.subject == Subject::Cause) {
      for (const Hypothesis& one : incident->hypotheses) {
        add(one.id.str(), name_of(one.state), one.text.de, one.text.en);
      }
    } else if (want.subject == Subject::Task) {
      for (const Task& one : incident->tasks) {
        add(one.id.str(), name_of(one.state), one.title, one.title);
      }
    } else {
      for (const Fix& one : incident->fixes) {
        add(one.id.str(), name_of(one.state), one.title.de, one.title.en);
      }
    }
  }
}

void Scene::add_forecasts(const Want& want, std::vector<Facts>& all) const {
  const TimeZone zone = view::zone_of(*situation_.district);
  for (const auto& incident : situation_.record->incidents) {
    for (std::size_t i = 0; i < incident->forecasts.size(); ++i) {
      const Forecast& forecast = *incident->forecasts[i];
      if (!may_be(want.id, forecast.id.str()) || (want.number != 0 && want.number != i + 1)) {
        continue;
      }
      // What a forecast does not name is as usual.
      Readiness word = Readiness::Normal;
      for (const PlaceForecast& place : forecast.places) {
        if (!place.service.empty() || !is_place(want.place, place.office, place.site)) continue;
        const auto slot = std::find_if(
            place.slots.begin(), place.slots.end(),
            [&](const SlotChance& chance) { return zone.day_of(chance.begin) == *want.day; });
        if (slot != place.slots.end()) word = word_of(*slot);
      }
      all.push_back({{"id", forecast.id.str()}, {"word", name_of(word)}});
    }
  }
}

void Scene::add_proposals(const Want& want, std::vector<Facts>& all) const {
  for (const OpeningProposal& proposal : situation_.record->proposals) {
    if (!is_place(want.place, proposal.office, proposal.site) || proposal.day != *want.day)
      continue;
    all.push_back({{"word", name_of(proposal.word)}});
  }
}

void Scene::add_decisions(const Want& want, std::vector<Facts>& all) const {
  for (const OpeningDecision& decision : situation_.record->decisions) {
    if (!may_be(want.id, decision.id.str()) || decision.day != *want.day ||
        !is_place(want.place, decision.office, decision.site)) {
      continue;
    }
    all.push_back({{"id", decision.id.str()},
                   {"word", name_of(decision.word)},
                   {"in_force", yes_or_no(decision.replaced_by.empty())},
                   {"late", yes_or_no(decision.late)},
                   {"reason", decision.reason}});
  }
}

void Scene::add_statements(const Want& want, std::vector<Facts>& all) const {
  for (const Statement& statement : situation_.record->statements) {
    if (!may_be(want.id, statement.id.str())) continue;
    all.push_back({{"id", statement.id.str()},
                   {"kind", name_of(statement.kind)},
                   {"state", name_of(statement.state)},
                   {"de", statement.title_de + "\n" + statement.de},
                   {"en", statement.title_en + "\n" + statement.en}});
  }
}

// Only of the kind that is wanted; about the newest incident.
void Scene::add_draft(const Want& want, std::vector<Facts>& all) const {
  const Record& record = *situation_.record;
  for (const Test& test : want.tests) {
    const auto kind = statement_kind_of(test.text);
    if (test.fact != "kind" || !kind) continue;
    const Incident* newest = record.incidents.empty() ? nullptr : record.incidents.back().get();
    const words::Draft draft =
        words::draft(*kind, {*situation_.district, record, newest, situation_, now_,
                             situation_.exercise, situation_.seq});
    all.push_back({{"kind", name_of(*kind)},
                   {"de", draft.title_de + "\n" + draft.de},
                   {"en", draft.title_en + "\n" + draft.en}});
  }
}

void Scene::add_messages(const Want& want, std::vector<Facts>& all) const {
  for (const House::Captured& one : captured_) {
    const OutMessage& message = one.message;
    if (!may_be(want.id, message.id.str())) continue;
    const auto said = [&](Language language) {
      const words::Voice voice(language, *message.district, message.raised);
      const auto made = words::message(voice, {*message.notice, message.id, "", message.exercise});
      return made.subject + "\n" + made.text;
    };
    all.push_back({{"id", message.id.str()},
                   {"to", message.recipient.str()},
                   {"kind", name_of(message.notice->kind)},
                   {"de", said(Language::De)},
                   {"en", said(Language::En)}});
  }
}

std::vector<Scene::Facts> Scene::candidates(const Want& want) const {
  std::vector<Facts> all;
  switch (want.subject) {
    case Subject::Headline:
      add_headline(all);
      break;
    case Subject::Place:
      add_place(want, all);
      break;
    case Subject::Service:
      add_service(want, all);
      break;
    case Subject::Incident:
      add_incidents(want, all);
      break;
    case Subject::Cause:
    case Subject::Task:
    case Subject::Fix:
      add_parts(want, all);
      break;
    case Subject::Forecast:
      add_forecasts(want, all);
      break;
    case Subject::Proposal:
      add_proposals(want, all);
      break;
    case Subject::Decision:
      add_decisions(want, all);
      break;
    case Subject::Statement:
      add_statements(want, all);
      break;
    case Subject::Draft:
      add_draft(want, all);
      break;
    case Subject::Message:
      add_messages(want, all);
      break;
  }
  return all;
}

Scene::Look Scene::look(const Want& want) const {
  const std::vector<Facts> all = candidates(want);
  const bool found = std::any_of(all.begin(), all.end(), [&](const Facts& facts) {
    return std::all_of(want.tests.begin(), want.tests.end(),
                       [&](const Test& test) { return passes(facts, test); });
  });
  Look look{found != want.none, {}};
  const std::size_t first = all.size() > kMostShown ? all.size() - kMostShown : 0;
  for (std::size_t i = first; i < all.size(); ++i) {
    std::string line;
    for (const auto& [name, text] : all[i]) {
      line += fmt::format("{}{}: {}", line.empty() ? "" : ", ", name, clean(text, kLongestShown));
    }
    look.seen += (look.seen.empty() ? "" : "; ") + line;
  }
  if (look.seen.empty()) look.seen = "nothing of the kind";
  return look;
}

}  // namespace dienstbereit::story
