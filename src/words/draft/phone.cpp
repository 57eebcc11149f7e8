// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/draft/kinds.h"
#include "words/draft/spoken.h"

namespace dienstbereit::words::drafts {
namespace {

// Whoever listens cannot look again: one sentence a day, no lists.
std::string day_sentence(const Teller& teller, const Opening& day) {
  const char* key = "draft.phone.mixed";
  if (day.normal.size() + day.presumed.size() == day.of()) key = "draft.phone.open";
  if (day.limited.size() == day.of()) key = "draft.phone.limited";
  if (day.closed.size() == day.of()) key = "draft.phone.closed";
  if (day.unknown.size() == day.of()) key = "draft.phone.unknown";
  return text(teller.language(), key, {{"day", spoken_day(teller.voice(), day.day)}});
}

std::string spoken_next(const Teller& teller) {
  const auto at = next_information(teller.facts());
  if (!at) return {};
  const Day day = teller.voice().zone().day_of(*at);
  const Args args{{"clock", spoken_clock(teller.voice(), *at)},
                  {"day", spoken_day(teller.voice(), day)}};
  const bool today = day == teller.voice().today();
  return text(teller.language(), today ? "draft.phone.next_today" : "draft.phone.next", args);
}

}  // namespace

Text phone(const Teller& teller) {
  const Language language = teller.language();
  const auto days = openings(teller.facts());
  return {text(language, "draft.phone.title"),
          paragraphs({text(language, "draft.phone.greeting",
                           {{"administration", teller.administration()}}),
                      text(language, teller.over() ? "draft.phone.back" : "draft.phone.fault"),
                      days.empty() ? "" : day_sentence(teller, days.front()), spoken_next(teller),
                      text(language, "draft.phone.stand",
                           {{"day", spoken_day(teller.voice(), teller.voice().today())},
                            {"clock", spoken_clock(teller.voice(), teller.facts().now)}})})};
}

}  // namespace dienstbereit::words::drafts
