// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "model/situation.h"
#include "view/pages.h"
#include "words/words.h"

namespace dienstbereit::web {

// Keys keep the order they are written in.
using Json = nlohmann::ordered_json;

// The two languages of everything an API answer says in words.
struct Voices {
  words::Voice de;
  words::Voice en;

  explicit Voices(const view::Stamp& stamp);
};

// Compact text; bytes that are not UTF-8 become U+FFFD.
std::string dump(const Json& json);

Json to_json(const Wording& wording);  // {"de": ..., "en": ... or null}
Json time_or_null(const std::optional<Instant>& t);
// {"de": f(de), "en": f(en)}
Json both(const Voices& voices, const std::function<std::string(const words::Voice&)>& text);

// `counter`: whether a closed one reads "geschlossen" or "nicht verfügbar".
Json to_json(const Voices& voices, const Verdict& verdict, bool counter);
Json to_json(const Voices& voices, const DayPlan& day);
Json to_json(const Voices& voices, const Explanation& why);
Json to_json(const Voices& voices, const view::ServiceView& service,
             const std::vector<DayPlan>& days);
Json to_json(Interval state);  // {"best": "operational", "worst": "down"}
Json to_json(const view::RollUp& roll_up);
Json to_json(const Voices& voices, const view::SummaryWord& word);

const char* name_of(Health health);
const char* name_of(Bound bound);
const char* name_of(ClosedBy closed_by);

}  // namespace dienstbereit::web
