// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/event.h"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace dienstbereit {
namespace {

using Json = nlohmann::ordered_json;

// ---- small values ------------------------------------------------------------------------------

Json to_json(Instant t) { return t.time_since_epoch().count(); }
Json to_json(Interval interval) {
  return Json::array({static_cast<int>(interval.best), static_cast<int>(interval.worst)});
}

// Reads fields of one object and remembers the first thing that is wrong.
class Reader {
 public:
  explicit Reader(const Json& object) : object_(object) {
    if (!object.is_object()) refuse("payload", "an object");
  }

  std::string text(const char* key) {
    const Json* value = find(key);
    if (!value) return {};
    if (!value->is_string()) return refuse(key, "a text"), std::string();
    return value->get<std::string>();
  }
  bool flag(const char* key) {
    const Json* value = find(key);
    if (!value) return false;
    if (!value->is_boolean()) return refuse(key, "true or false"), false;
    return value->get<bool>();
  }
  std::int64_t number(const char* key) {
    const Json* value = find(key);
    if (!value) return 0;
    if (!value->is_number_integer()) return refuse(key, "a whole number"), 0;
    return value->get<std::int64_t>();
  }
  std::uint64_t count(const char* key) {
    const Json* value = find(key);
    if (!value) return 0;
    if (!value->is_number_unsigned()) return refuse(key, "a count"), 0;
    return value->get<std::uint64_t>();
  }
  Instant instant(const char* key) { return Instant(Duration(number(key))); }
  std::optional<Instant> optional_instant(const char* key) {
    if (!object_.is_object() || !object_.contains(key)) return std::nullopt;
    return instant(key);
  }
  Day day(const char* key) {
    const auto parsed = parse_day(text(key));
    if (!parsed) refuse(key, "a day");
    return parsed.value_or(Day());
  }
  template <class Enum>
  Enum named(const char* key, std::optional<Enum> (*lookup)(std::string_view)) {
    const auto value = lookup(text(key));
    if (!value) refuse(key, "a known word");
    return value.value_or(Enum{});
  }
  Interval interval(const char* key) {
    const Json* value = find(key);
    const auto end = [&](std::size_t i) {
      const bool ok = value && value->is_array() && value->size() == 2 &&
                      (*value)[i].is_number_unsigned() && (*value)[i].get<unsigned>() <= 2;
      if (!ok) refuse(key, "two health states");
      return ok ? static_cast<Health>((*value)[i].get<unsigned>()) : Health::Down;
    };
    const Interval read{end(0), end(1)};
    if (read.best > read.worst) refuse(key, "best before worst");
    return read;
  }
  const Json* list(const char* key) {
    const Json* value = find(key);
    if (value && !value->is_array()) refuse(key, "a list");
    return value && value->is_array() ? value : nullptr;
  }

  void refuse(const std::string& key, const char* expected) {
    if (problem_.empty()) problem_ = fmt::format("'{}' is not {}", key, expected);
  }
  const std::string& problem() const { return problem_; }

 private:
  const Json* find(const char* key) {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    if (found == object_.end()) return refuse(key, "there"), nullptr;
    return &*found;
  }

  const Json& object_;
  std::string problem_;
};

Json to_json(const Wording& wording) { return Json{{"de", wording.de}, {"en", wording.en}}; }

Json to_json(const Scope& scope) {
  return Json{{"office", scope.office.str()},
              {"site", scope.site.str()},
              {"service", scope.service.str()},
              {"node", scope.node.str()}};
}

Json to_json(const ReasonStep& step) {
  Json json{{"kind", name_of(step.kind)},
            {"subject", step.subject.str()},
            {"object", step.object.str()},
            {"state", to_json(step.state)}};
  if (step.since) json["since"] = to_json(*step.since);
  if (step.until) json["until"] = to_json(*step.until);
  json["have"] = step.have;
  json["need"] = step.need;
  json["of"] = step.of;
  json["role"] = step.role;
  json["detail"] = step.detail;
  json["detail_en"] = step.detail_en;
  return json;
}

Json to_json(const Explanation& why) {
  Json list = Json::array();
  for (const ReasonStep& step : why) list.push_back(to_json(step));
  return list;
}

void absorb(Reader& outer, const Reader& inner) {
  if (!inner.problem().empty()) outer.refuse(inner.problem(), "a valid part");
}

ReasonStep read_step(Reader& reader) {
  ReasonStep step;
  step.kind = reader.named<ReasonKind>("kind", reason_kind_of);
  step.subject = NodeId(reader.text("subject"));
  step.object = NodeId(reader.text("object"));
  step.state = reader.interval("state");
  step.since = reader.optional_instant("since");
  step.until = reader.optional_instant("until");
  step.have = static_cast<unsigned>(reader.count("have"));
  step.need = static_cast<unsigned>(reader.count("need"));
  step.of = static_cast<unsigned>(reader.count("of"));
  step.role = reader.text("role");
  step.detail = reader.text("detail");
  step.detail_en = reader.text("detail_en");
  return step;
}

Explanation read_explanation(Reader& reader, const char* key) {
  Explanation why;
  const Json* list = reader.list(key);
  if (!list) return why;
  if (list->size() > kLongestExplanation) reader.refuse(key, "short enough");
  for (const Json& item : *list) {
    if (why.size() == kLongestExplanation) break;
    Reader inner(item);
    why.push_back(read_step(inner));
    absorb(reader, inner);
  }
  return why;
}

const Json& child(const Json& object, const char* key) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

Wording read_wording(Reader& outer, const Json& object, const char* key) {
  Reader reader(child(object, key));
  Wording wording{reader.text("de"), reader.text("en")};
  absorb(outer, reader);
  return wording;
}

Scope read_scope(Reader& outer, const Json& object) {
  Reader reader(child(object, "scope"));
  Scope scope;
  scope.office = OfficeId(reader.text("office"));
  scope.site = SiteId(reader.text("site"));
  scope.service = ServiceId(reader.text("service"));
  scope.node = NodeId(reader.text("node"));
  absorb(outer, reader);
  return scope;
}

const char* name_of(WordQuestion question) {
  switch (question) {
    case WordQuestion::EndsSoon:
      return "ends_soon";
    case WordQuestion::Unrenewed:
      return "unrenewed";
    case WordQuestion::Doubted:
      return "doubted";
  }
  return "";
}

std::optional<WordQuestion> question_of(std::string_view name) {
  for (auto question : {WordQuestion::EndsSoon, WordQuestion::Unrenewed, WordQuestion::Doubted}) {
    if (name == name_of(question)) return question;
  }
  return std::nullopt;
}

// ---- one writer and one reader per payload -----------------------------------------------------

Json write(const ObserverStarted& e) {
  return Json{{"version", e.version},
              {"wall_clock", to_json(e.wall_clock)},
              {"clock_doubted", e.clock_doubted}};
}
void read(Reader& r, const Json&, ObserverStarted& e) {
  e.version = r.text("version");
  e.wall_clock = r.instant("wall_clock");
  e.clock_doubted = r.flag("clock_doubted");
}

Json write(const ObserverStopped&) { return Json::object(); }
void read(Reader&, const Json&, ObserverStopped&) {}

Json write(const DistrictLoaded& e) { return Json{{"hash", e.hash}, {"bundle", e.bundle}}; }
void read(Reader& r, const Json&, DistrictLoaded& e) {
  e.hash = r.text("hash");
  e.bundle = r.text("bundle");
}

Json write(const ObservationSettled& e) {
  return Json{{"probe", e.probe.str()},    {"outcome", name_of(e.outcome)},
              {"began", to_json(e.began)}, {"phase", e.phase},
              {"detail", e.detail},        {"flapping", e.flapping}};
}
void read(Reader& r, const Json&, ObservationSettled& e) {
  e.probe = ProbeId(r.text("probe"));
  e.outcome = r.named<ProbeOutcome>("outcome", probe_outcome_of);
  e.began = r.instant("began");
  e.phase = r.text("phase");
  e.detail = r.text("detail");
  e.flapping = r.flag("flapping");
}

Json write(const ObservationLost& e) {
  return Json{{"probe", e.probe.str()}, {"why", name_of(e.why)}, {"detail", e.detail}};
}
void read(Reader& r, const Json&, ObservationLost& e) {
  e.probe = ProbeId(r.text("probe"));
  e.why = r.named<LossReason>("why", loss_reason_of);
  e.detail = r.text("detail");
}

Json write(const PathChanged& e) {
  return Json{
      {"uplink", e.uplink.str()}, {"site", e.site.str()}, {"up", e.up}, {"detail", e.detail}};
}
void read(Reader& r, const Json&, PathChanged& e) {
  e.uplink = UplinkId(r.text("uplink"));
  e.site = SiteId(r.text("site"));
  e.up = r.flag("up");
  e.detail = r.text("detail");
}

Json write(const WordSet& e) {
  return Json{{"id", e.id.str()},        {"scope", to_json(e.scope)}, {"said", name_of(e.said)},
              {"text", to_json(e.text)}, {"until", to_json(e.until)}, {"role", e.role}};
}
void read(Reader& r, const Json& json, WordSet& e) {
  e.id = WordId(r.text("id"));
  e.scope = read_scope(r, json);
  e.said = r.named<Said>("said", said_of);
  e.text = read_wording(r, json, "text");
  e.until = r.instant("until");
  e.role = r.text("role");
}

Json write(const WordWithdrawn& e) { return Json{{"id", e.id.str()}, {"reason", e.reason}}; }
void read(Reader& r, const Json&, WordWithdrawn& e) {
  e.id = WordId(r.text("id"));
  e.reason = r.text("reason");
}

Json write(const WordAsked& e) {
  return Json{{"id", e.id.str()}, {"node", e.node.str()}, {"question", name_of(e.question)}};
}
void read(Reader& r, const Json&, WordAsked& e) {
  e.id = WordId(r.text("id"));
  e.node = NodeId(r.text("node"));
  e.question = r.named<WordQuestion>("question", question_of);
}

Json write(const ReadinessChanged& e) {
  return Json{{"subject", e.subject.str()},
              {"day", to_iso(e.day)},
              {"from", name_of(e.from)},
              {"to", name_of(e.to)},
              {"why", to_json(e.why)}};
}
void read(Reader& r, const Json&, ReadinessChanged& e) {
  e.subject = NodeId(r.text("subject"));
  e.day = r.day("day");
  e.from = r.named<Readiness>("from", readiness_of);
  e.to = r.named<Readiness>("to", readiness_of);
  e.why = read_explanation(r, "why");
}

Json write(const ClockStepped& e) { return Json{{"by_ms", e.by.count()}}; }
void read(Reader& r, const Json&, ClockStepped& e) { e.by = Duration(r.number("by_ms")); }

Json write(const ClockConfirmed& e) { return Json{{"wall_clock", to_json(e.wall_clock)}}; }
void read(Reader& r, const Json&, ClockConfirmed& e) { e.wall_clock = r.instant("wall_clock"); }

Json write(const SamplesDropped& e) { return Json{{"count", e.count}}; }
void read(Reader& r, const Json&, SamplesDropped& e) { e.count = r.count("count"); }

Json write(const TimerFired&) { return Json::object(); }
void read(Reader&, const Json&, TimerFired&) {}

Json write(const Audited& e) {
  return Json{{"account", e.account.str()}, {"what", name_of(e.what)}, {"detail", e.detail}};
}
void read(Reader& r, const Json&, Audited& e) {
  e.account = AccountId(r.text("account"));
  e.what = r.named<AuditKind>("what", audit_kind_of);
  e.detail = r.text("detail");
}

// Names in the order of EventPayload's alternatives.
constexpr std::array<const char*, std::variant_size_v<EventPayload>> kTypes{
    "observer_started", "observer_stopped",  "district_loaded", "observation_settled",
    "observation_lost", "path_changed",      "word_set",        "word_withdrawn",
    "word_asked",       "readiness_changed", "clock_stepped",   "clock_confirmed",
    "samples_dropped",  "timer_fired",       "audited"};
constexpr int kVersion = 1;
constexpr int kDeepest = 16;

// Tries each alternative in turn until the one called `type`.
template <std::size_t I = 0>
Result<EventPayload> decode_as(std::string_view type, const Json& json) {
  if constexpr (I == std::variant_size_v<EventPayload>) {
    return fail(
        Errc::InvalidInput,
        fmt::format("event type '{}' is unknown to this version; a newer one wrote it", type));
  } else {
    if (type != kTypes[I]) return decode_as<I + 1>(type, json);
    std::variant_alternative_t<I, EventPayload> payload;
    Reader reader(json);
    read(reader, json, payload);
    if (!reader.problem().empty()) {
      return fail(Errc::Corrupt, fmt::format("event '{}': {}", type, reader.problem()));
    }
    return EventPayload(std::move(payload));
  }
}

// Parses with bounded depth; null on any error.
std::optional<Json> parse_bounded(std::string_view text) {
  bool too_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kDeepest;
    return !too_deep;
  };
  Json json = Json::parse(text, watch, /*allow_exceptions=*/false);
  if (too_deep || json.is_discarded()) return std::nullopt;
  return json;
}

}  // namespace

EncodedPayload encode(const EventPayload& payload) {
  const Json json = std::visit([](const auto& e) { return write(e); }, payload);
  return {kTypes[payload.index()], kVersion,
          json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Result<EventPayload> decode(std::string_view type, int version, std::string_view text) {
  if (version != kVersion) {
    return fail(Errc::InvalidInput, fmt::format("event '{}' has version {}; this program reads {}",
                                                type, version, kVersion));
  }
  if (text.size() > kLargestPayload) {
    return fail(Errc::LimitExceeded, fmt::format("event '{}' has {} bytes; {} are the most", type,
                                                 text.size(), kLargestPayload));
  }
  const auto json = parse_bounded(text);
  if (!json) return fail(Errc::Corrupt, fmt::format("event '{}' is not valid JSON", type));
  return decode_as(type, *json);
}

}  // namespace dienstbereit
