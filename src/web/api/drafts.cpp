// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/api/drafts.h"

#include <fmt/format.h>

#include "model/record/names.h"
#include "view/stamp.h"
#include "web/json.h"
#include "web/request.h"

namespace dienstbereit::web {
namespace {

constexpr std::string_view kPosterFile = "/poster.pdf";
constexpr std::string_view kNone = "none";

const Incident* newest_open(const Record& record) {
  for (auto one = record.incidents.rbegin(); one != record.incidents.rend(); ++one) {
    if (is_open(**one)) return one->get();
  }
  return nullptr;
}

// Null for none.
Result<const Incident*> incident_of(std::string_view query, const Record& record) {
  const auto asked = query_value(query, "incident");
  if (!asked || asked->empty()) return newest_open(record);
  if (*asked == kNone) return nullptr;
  const Incident* found = find_incident(record, IncidentId(*asked));
  if (!found) {
    return fail(Errc::NotFound, fmt::format("there is no incident '{}'; 'dienstbereit record "
                                            "show' lists them",
                                            *asked));
  }
  return found;
}

Result<std::optional<Instant>> next_of(std::string_view query, const TimeZone& zone, Instant now) {
  const auto asked = query_value(query, "next");
  if (!asked || asked->empty()) return std::optional<Instant>();
  if (const auto clock = parse_hhmm(*asked); clock && *clock < std::chrono::hours(24)) {
    const Day today = zone.day_of(now);
    const Instant at = zone.at(today, *clock);
    return std::optional<Instant>(at > now ? at : zone.at(today + date::days(1), *clock));
  }
  const auto at = parse_rfc3339(*asked);
  if (!at || *at <= now) {
    return fail(
        Errc::InvalidInput,
        fmt::format("'{}' is no time to come: write 08:00 or 2026-11-23T08:00+01:00", *asked));
  }
  return std::optional<Instant>(*at);
}

Json both(const std::string& de, const std::string& en) { return {{"de", de}, {"en", en}}; }

}  // namespace

Result<DraftAnswer> parse_draft_request(std::string_view kind, std::string_view query,
                                        const Situation& situation, Instant now) {
  const auto known = statement_kind_of(kind);
  if (!known) {
    return fail(Errc::NotFound, "there is no such kind of statement: holding, short, long, press, "
                                "poster, phone, internal, simple, cap, breach");
  }
  const auto incident = incident_of(query, *situation.record);
  if (!incident) return tl::unexpected(incident.error());
  const auto next = next_of(query, view::zone_of(*situation.district), now);
  if (!next) return tl::unexpected(next.error());
  const words::DraftFacts facts{*situation.district, *situation.record, *incident, situation, now,
                                situation.exercise,  situation.seq,     *next};
  return DraftAnswer{*known, *incident ? (*incident)->id : IncidentId(),
                     words::draft(*known, facts)};
}

std::string draft_json(const DraftAnswer& answer) {
  const words::Draft& draft = answer.draft;
  Json json{{"kind", name_of(answer.kind)}};
  json["incident"] = answer.incident.empty() ? Json(nullptr) : Json(answer.incident.str());
  json["title"] = both(draft.title_de, draft.title_en);
  json["text"] = both(draft.de, draft.en);
  json["notes"] = {{"de", draft.notes_de}, {"en", draft.notes_en}};
  json["next_information"] =
      draft.next_information ? Json(to_rfc3339(*draft.next_information)) : Json(nullptr);
  json["based_on"] = draft.based_on;
  return dump(json);
}

Result<PosterText> parse_poster_request(std::string_view rest, std::string_view query,
                                        const Situation& situation) {
  const Statement* poster = nullptr;
  if (rest.ends_with(kPosterFile)) {
    rest.remove_suffix(kPosterFile.size());
    poster = find_statement(*situation.record, StatementId(std::string(rest)));
  }
  if (!poster || poster->kind != StatementKind::Poster) {
    return fail(Errc::NotFound,
                fmt::format("there is no poster '{}' on record; 'dienstbereit draft poster --save' "
                            "writes one",
                            rest));
  }
  const bool english = query_value(query, "lang").value_or("de") == "en" && !poster->en.empty();
  const std::string& title =
      english && !poster->title_en.empty() ? poster->title_en : poster->title_de;
  return PosterText{title, english ? poster->en : poster->de,
                    situation.district->administration.name.de};
}

}  // namespace dienstbereit::web
