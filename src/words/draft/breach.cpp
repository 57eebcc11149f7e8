// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The entry for the register of Art. 33(5) GDPR: facts, effects, remedial action; and the clocks of
// the administration's legal profile. Whether anything is reported is a person's decision.
#include "words/draft/kinds.h"

namespace dienstbereit::words::drafts {
namespace {

constexpr Duration kGdprReport = std::chrono::hours(72);
constexpr Duration kNis2Warning = std::chrono::hours(24);
constexpr Duration kNis2Report = std::chrono::hours(72);
constexpr Duration kNis2Final = kNis2Report + std::chrono::hours(24 * 30);

std::string clock_line(const Teller& teller, const char* key, Instant from, Duration after) {
  const Instant end = from + after;
  const Instant now = teller.facts().now;
  const char* state = end > now ? "draft.breach.left" : "draft.breach.passed";
  return text(teller.language(), key, {{"time", teller.moment(end)}}) + " " +
         text(teller.language(), state,
              {{"duration", duration(teller.language(), end > now ? end - now : now - end)}});
}

std::string clocks(const Teller& teller, Instant known) {
  const LegalDuties& duties = teller.facts().district.administration.legal;
  std::string lines = text(teller.language(), "draft.breach.clocks");
  const auto add = [&](const std::string& line) { lines += "\n- " + line; };
  add(text(teller.language(), "draft.breach.known", {{"time", teller.moment(known)}}));
  if (duties.gdpr) {
    add(clock_line(teller, "draft.breach.gdpr", known, kGdprReport));
    if (!duties.authority.empty()) {
      add(text(teller.language(), "draft.breach.authority",
               {{"authority", teller.quoted(duties.authority)}}));
    }
  }
  if (duties.nis2) {
    add(clock_line(teller, "draft.breach.warning", known, kNis2Warning));
    add(clock_line(teller, "draft.breach.report", known, kNis2Report));
    add(clock_line(teller, "draft.breach.final", known, kNis2Final));
  }
  if (duties.voluntary && teller.security()) {
    add(text(teller.language(), "draft.breach.voluntary"));
  }
  return lines;
}

std::string section(const Teller& teller, const char* key, const std::string& content) {
  return text(teller.language(), key) + "\n" +
         (content.empty() ? text(teller.language(), "draft.breach.nothing") : content);
}

std::string remedy(const Teller& teller) {
  std::vector<std::string> told{teller.interim(), teller.crew(), teller.repairs()};
  for (const Fix* fix : fixes_in_force(*teller.incident())) {
    if (fix->risk.empty()) continue;
    told.push_back(
        text(teller.language(), "draft.note.risk", {{"risk", teller.quoted(fix->risk)}}));
  }
  return paragraph(told);
}

}  // namespace

Text breach(const Teller& teller) {
  const Language language = teller.language();
  Text made{text(language, "draft.breach.title", {{"name", teller.name()}}), {}};
  if (!teller.incident()) {
    made.body = paragraphs({text(language, "draft.breach.no_incident"), teller.stand()});
    return made;
  }
  const bool attack = teller.security();
  made.body = paragraphs(
      {text(language, "draft.breach.about"),
       section(teller, "draft.breach.facts",
               paragraph({teller.services(), teller.trigger(), teller.parts(), teller.cause(),
                          teller.places()})),
       section(teller, "draft.breach.effects",
               paragraph({text(language, "draft.breach.availability"),
                          text(language, attack ? "draft.breach.attack" : "draft.breach.no_attack"),
                          teller.channels(), teller.on_paper()})),
       section(teller, "draft.breach.remedy", remedy(teller)),
       clocks(teller, teller.incident()->opened.at), text(language, "draft.breach.assess"),
       teller.stand()});
  return made;
}

}  // namespace dienstbereit::words::drafts
