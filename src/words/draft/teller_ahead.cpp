// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What was and is to be expected: forecasts, opening decisions, what works.
#include "model/chance.h"
#include "view/pages.h"
#include "words/draft/teller.h"

namespace dienstbereit::words::drafts {
namespace {

std::string chance_word(Language language, double chance) {
  return text(language, std::string("draft.chance.") + name_of(chance_of(chance)));
}

// Good enough that nobody was ever told to stay at home.
bool never_in_doubt(const Outlook& outlook) { return chance_of(outlook.first) >= Chance::Likely; }

}  // namespace

std::string Teller::outlook() const {
  const auto told = drafts::outlook(facts_);
  if (!told || never_in_doubt(*told)) return {};
  const Args first{{"when", moment(told->first_at)},
                   {"day", on_day(told->day)},
                   {"chance", chance_word(language(), told->first)}};
  if (!told->last_at) return text(language(), "draft.outlook.only", first);
  return text(language(), "draft.outlook.first", first) + " " +
         text(language(), "draft.outlook.last",
              {{"when", moment(*told->last_at)}, {"chance", chance_word(language(), told->last)}});
}

std::string Teller::reversal() const {
  std::vector<std::string> told;
  for (const Reversal& one : reversals(facts_)) {
    const std::string who = one.all ? text(language(), "draft.all_offices")
                                    : count(language(), "draft.some_offices", one.places);
    const std::string word = std::string("draft.reversal.") + name_of(one.first);
    told.push_back(text(language(), word,
                        {{"who", who},
                         {"day", long_day(one.day)},
                         {"decided", moment(one.decided_at)},
                         {"reversed", moment(one.reversed_at)}}));
  }
  return paragraph(told);
}

std::string Teller::mixed(const Opening& day) const {
  std::vector<std::string> told;
  const std::size_t open = day.normal.size() + day.presumed.size();
  told.push_back(count(language(), "draft.opening.count", open,
                       {{"day", capital_day(day.day)}, {"of", std::to_string(day.of())}}));
  const auto add = [&](const char* key, const std::vector<Place>& places) {
    if (places.empty()) return;
    told.push_back(text(language(), key, {{"list", places_named(places)}}));
  };
  add("draft.opening.some_limited", day.limited);
  add("draft.opening.some_closed", day.closed);
  add("draft.opening.some_unknown", day.unknown);
  return paragraph(told);
}

std::string Teller::opening(const Opening& day) const {
  const std::size_t of = day.of();
  const Args args{{"day", capital_day(day.day)}};
  if (day.normal.size() == of) return text(language(), "draft.opening.normal", args);
  if (day.normal.size() + day.presumed.size() == of) {
    return text(language(), "draft.opening.presumed", args);
  }
  if (day.limited.size() == of) return text(language(), "draft.opening.limited", args);
  if (day.closed.size() == of) return text(language(), "draft.opening.closed", args);
  if (day.unknown.size() == of) return text(language(), "draft.opening.unknown", args);
  return mixed(day);
}

std::string Teller::opening() const {
  std::vector<std::string> told;
  for (const Opening& day : openings(facts_)) told.push_back(opening(day));
  return paragraph(told);
}

std::string Teller::channels_back() const {
  const std::set<ServiceId> back = drafts::channels_back(facts_, affected_);
  std::vector<std::string> told;
  for (const Service& one : facts_.district.services) {
    if (back.count(one.id) > 0) told.push_back(service(one.id));
  }
  if (told.empty()) return {};
  return text(language(), "draft.channels_back", {{"list", names(told)}});
}

std::string Teller::works() const {
  if (over()) return {};
  std::vector<std::string> told;
  for (const view::ServiceView& one : view::overview(facts_.situation, facts_.now).continuous) {
    const bool sure = one.now.readiness == Readiness::Normal && !view::presumed(one.now);
    if (sure && !one.internal) told.push_back(service(one.service));
  }
  if (told.empty()) return {};
  return text(language(), "draft.works", {{"list", names(told)}});
}

std::string Teller::on_paper() const {
  std::vector<std::string> told;
  std::set<ServiceId> seen;
  for (const view::ServiceView& one : view::overview(facts_.situation, facts_.now).without_it) {
    if (one.offline_in_use && seen.insert(one.service).second) {
      told.push_back(service(one.service));
    }
  }
  if (told.empty()) return {};
  return text(language(), "draft.on_paper", {{"list", names(told)}});
}

}  // namespace dienstbereit::words::drafts
