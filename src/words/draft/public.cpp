// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Statements for the administration's own pages: the first words, the short and the long form.
#include "words/draft/kinds.h"

namespace dienstbereit::words::drafts {

Text holding(const Teller& teller) {
  const Language language = teller.language();
  const Voice& voice = teller.voice();
  const Incident* incident = teller.incident();
  // Of today people want the clock only.
  const Instant since = incident ? incident->since : teller.facts().now;
  const bool today = voice.zone().day_of(since) == voice.today();
  const std::string when = today ? clock_of(voice, since) : teller.moment(since);
  return {text(language, "draft.holding.title"),
          paragraphs({paragraph({text(language,
                                      incident ? "draft.holding.since" : "draft.holding.reported",
                                      {{"time", when}}),
                                 text(language, "draft.holding.checking"), teller.suspicion()}),
                      teller.contact(), paragraph({teller.next(), teller.stand()})})};
}

Text brief(const Teller& teller) {
  return {teller.headline(),
          paragraphs({paragraph({teller.services(), teller.interim(), teller.suspicion()}),
                      paragraph({teller.opening(), teller.channels_back(), teller.repairs()}),
                      paragraph({teller.next(), teller.stand()})})};
}

Text full(const Teller& teller) {
  return {teller.headline(),
          paragraphs({paragraph({teller.services(), teller.places(), teller.channels()}),
                      paragraph({teller.trigger(), teller.cause(), teller.suspicion()}),
                      paragraph({teller.interim(), teller.channels_back(), teller.opening()}),
                      paragraph({teller.works(), teller.on_paper()}), teller.backlog(),
                      paragraph({teller.crew(), teller.repairs(), teller.undisturbed()}),
                      teller.contact(), paragraph({teller.next(), teller.stand()})})};
}

}  // namespace dienstbereit::words::drafts
