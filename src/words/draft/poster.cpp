// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/draft/kinds.h"
#include "words/typography.h"

namespace dienstbereit::words::drafts {
namespace {

constexpr std::size_t kPlacesOnPoster = 8;  // large print

const char* title_key(const Opening& day) {
  if (day.normal.size() + day.presumed.size() == day.of()) return "draft.poster.open";
  if (day.closed.size() == day.of()) return "draft.poster.closed";
  if (day.limited.size() == day.of()) return "draft.poster.limited";
  return "draft.poster.mixed";
}

std::string lines_of(const Teller& teller, const char* key, const std::vector<Place>& places) {
  if (places.empty()) return {};
  std::string lines = text(teller.language(), key);
  for (std::size_t i = 0; i < places.size() && i < kPlacesOnPoster; ++i) {
    lines += "\n- " + teller.place(places[i]);
  }
  if (places.size() > kPlacesOnPoster) {
    lines += "\n- " + count(teller.language(), "draft.more", places.size() - kPlacesOnPoster);
  }
  return lines;
}

std::string why(const Teller& teller, const Opening& day) {
  if (teller.over()) return text(teller.language(), "draft.poster.was");
  const bool open = day.normal.size() + day.presumed.size() == day.of();
  return open ? std::string() : text(teller.language(), "draft.poster.why");
}

}  // namespace

Text poster(const Teller& teller) {
  const Language language = teller.language();
  const auto days = openings(teller.facts());
  if (days.empty()) {
    return {teller.headline(),
            paragraphs({teller.services(), teller.contact(), teller.next(), teller.stand()})};
  }
  const Opening& day = days.front();
  const bool mixed = std::string(title_key(day)) == "draft.poster.mixed";
  return {text(language, title_key(day), {{"day", teller.long_day(day.day)}}),
          paragraphs({teller.administration(),
                      mixed ? lines_of(teller, "draft.poster.those_closed", day.closed) : "",
                      mixed ? lines_of(teller, "draft.poster.those_limited", day.limited) : "",
                      mixed ? lines_of(teller, "draft.poster.those_unknown", day.unknown) : "",
                      mixed ? text(language, "draft.poster.rest") : "", why(teller, day),
                      teller.on_paper(), teller.contact(),
                      paragraph({teller.next(), teller.stand()})})};
}

}  // namespace dienstbereit::words::drafts
