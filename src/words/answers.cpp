// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the server tells a person who sets a word.
#include <algorithm>

#include "model/scope.h"
#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

// Whether a closed one reads "geschlossen" or "nicht verfügbar".
bool has_counter(const District& district, const NodeId& subject) {
  const auto scope = parse_scope(subject.str(), district);
  if (!scope) return true;
  return std::any_of(
      district.services.begin(), district.services.end(), [&](const Service& service) {
        return std::any_of(service.offers.begin(), service.offers.end(), [&](const Offer& offer) {
          return covers(*scope, service, offer) && has_slots(district, service, offer);
        });
      });
}

std::string change_sentence(const Voice& voice, const PlaceChange& change) {
  const bool counter = has_counter(voice.district(), change.subject);
  return text(voice.language(), "answer.change",
              {{"name", node_name(voice, change.subject)},
               {"from", word(voice.language(), change.from, counter)},
               {"to", word(voice.language(), change.to, counter)}});
}

}  // namespace

std::vector<std::string> answer_sentences(const Voice& voice, const Answer& answer) {
  std::vector<std::string> all;
  for (const PlaceChange& change : answer.changes) all.push_back(change_sentence(voice, change));
  if (answer.changes.empty()) all.push_back(text(voice.language(), "answer.no_change"));
  for (const ProbeId& probe : answer.disagreeing) {
    all.push_back(
        text(voice.language(), "answer.disagreeing", {{"probe", probe_name(voice, probe)}}));
  }
  all.push_back(text(voice.language(), "answer.until", {{"time", until_of(voice, answer.until)}}));
  return all;
}

}  // namespace dienstbereit::words
