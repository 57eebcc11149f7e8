// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/json.h"

#include "model/names.h"

namespace dienstbereit::web {
namespace {

constexpr NameTable<Health, 3> kHealths{
    {{Health::Operational, "operational"}, {Health::Degraded, "degraded"}, {Health::Down, "down"}}};
constexpr NameTable<Bound, 3> kBounds{{{Bound::Exact, "exact"},
                                       {Bound::AtLeastLimited, "at_least_limited"},
                                       {Bound::AtMostLimited, "at_most_limited"}}};
constexpr NameTable<ClosedBy, 4> kClosedBy{{{ClosedBy::None, "none"},
                                            {ClosedBy::Hours, "hours"},
                                            {ClosedBy::Decision, "decision"},
                                            {ClosedBy::Failure, "failure"}}};

Json names_of(const std::vector<ServiceKind>& kinds) {
  Json out = Json::array();
  for (const ServiceKind kind : kinds) {
    out.push_back(name_of(kind));
  }
  return out;
}

Json to_json(const Voices& voices, const SlotVerdict& slot) {
  return {{"begin", to_rfc3339(slot.begin)},
          {"end", to_rfc3339(slot.end)},
          {"by_appointment", slot.by_appointment},
          {"carried", slot.carried},
          {"pending", slot.pending},
          {"verdict", to_json(voices, slot.verdict, true)}};
}

}  // namespace

const char* name_of(Health health) { return find_name(kHealths, health); }
const char* name_of(Bound bound) { return find_name(kBounds, bound); }
const char* name_of(ClosedBy closed_by) { return find_name(kClosedBy, closed_by); }

Voices::Voices(const view::Stamp& stamp)
    : de(words::Language::De, stamp), en(words::Language::En, stamp) {}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json to_json(const Wording& wording) {
  return {{"de", wording.de}, {"en", wording.en.empty() ? Json(nullptr) : Json(wording.en)}};
}

Json time_or_null(const std::optional<Instant>& t) {
  return t ? Json(to_rfc3339(*t)) : Json(nullptr);
}

Json both(const Voices& voices, const std::function<std::string(const words::Voice&)>& text) {
  return {{"de", text(voices.de)}, {"en", text(voices.en)}};
}

Json to_json(const Voices& voices, const Explanation& why) {
  return {{"de", words::reasons(voices.de, why)}, {"en", words::reasons(voices.en, why)}};
}

Json to_json(const Voices& voices, const Verdict& verdict, bool counter) {
  const bool presumed = view::presumed(verdict);
  return {{"state", name_of(verdict.readiness)},
          {"presumed", presumed},
          {"bound", name_of(verdict.bound)},
          {"closed_by", name_of(verdict.closed_by)},
          {"by_word", verdict.by_word},
          {"offline", name_of(verdict.offline)},
          {"label", both(voices,
                         [&](const words::Voice& voice) {
                           return words::word(voice.language(), verdict, counter);
                         })},
          {"sentence", both(voices,
                            [&](const words::Voice& voice) {
                              return words::plain(words::verdict_sentence(voice, verdict, counter));
                            })},
          {"why", to_json(voices, verdict.why)}};
}

Json to_json(const Voices& voices, const DayPlan& day) {
  Json slots = Json::array();
  for (const SlotVerdict& slot : day.slots) {
    slots.push_back(to_json(voices, slot));
  }
  Json cause = nullptr;
  if (!day.hours.cause_de.empty()) {
    cause = to_json(Wording{day.hours.cause_de, day.hours.cause_en});
  }
  return {{"day", to_iso(day.day)}, {"cause", cause}, {"slots", slots}};
}

Json to_json(const Voices& voices, const view::ServiceView& service,
             const std::vector<DayPlan>& days) {
  Json plans = Json::array();
  for (const DayPlan& day : days) {
    plans.push_back(to_json(voices, day));
  }
  return {{"id", service.node.str()},
          {"service", service.service.str()},
          {"name", to_json(service.name)},
          {"office", service.place.office.str()},
          {"site", service.place.site.str()},
          {"kinds", names_of(service.kinds)},
          {"extent", name_of(service.extent)},
          {"always", service.always},
          {"has_slots", service.slotted},
          {"sentence", both(voices,
                            [&](const words::Voice& voice) {
                              return words::plain(words::service_sentence(voice, service));
                            })},
          {"now", to_json(voices, service.now, service.slotted)},
          {"days", plans}};
}

Json to_json(Interval state) {
  return {{"best", name_of(state.best)}, {"worst", name_of(state.worst)}};
}

Json to_json(const view::RollUp& roll_up) {
  return {{"day", to_iso(roll_up.day)},   {"places", roll_up.of},       {"normal", roll_up.normal},
          {"presumed", roll_up.presumed}, {"limited", roll_up.limited}, {"closed", roll_up.closed},
          {"unknown", roll_up.unknown},   {"by_word", roll_up.by_word}, {"over", roll_up.over}};
}

Json to_json(const Voices& voices, const view::SummaryWord& word) {
  return {{"state", name_of(word.readiness)},
          {"presumed", word.presumed},
          {"places", word.counted},
          {"label", both(voices, [&](const words::Voice& voice) {
             return words::summary_word(voice.language(), word);
           })}};
}

}  // namespace dienstbereit::web
