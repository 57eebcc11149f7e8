// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/draft/kinds.h"

namespace dienstbereit::words::drafts {

// What happened, what it meant, how it went on, who does what, why, what comes.
Text press(const Teller& teller) {
  const std::string who =
      text(teller.language(), "draft.press.who", {{"administration", teller.administration()}});
  return {
      teller.headline(),
      paragraphs(
          {paragraph(
               {who, teller.services(), teller.trigger(), teller.parts(), teller.suspicion()}),
           paragraph({teller.places(), teller.channels()}),
           paragraph({teller.outlook(), teller.reversal()}),
           paragraph({teller.crew(), teller.shifts(), teller.interim()}),
           paragraph({teller.opening(), teller.channels_back(), teller.works(), teller.on_paper()}),
           teller.backlog(), teller.cause(), paragraph({teller.repairs(), teller.undisturbed()}),
           teller.contact(), paragraph({teller.next(), teller.stand()})})};
}

}  // namespace dienstbereit::words::drafts
