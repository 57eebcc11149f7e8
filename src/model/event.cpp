// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/event.h"

#include <array>
#include <type_traits>

#include "base/text.h"
#include "model/codec.h"
#include "model/interim/fields.h"
#include "model/outside/outpost_fields.h"
#include "model/record/fields.h"
#include "model/telling/notice_fields.h"

namespace dienstbereit {

// ---- the fields of each payload, in the order of docs/formats/events.md ------------------------

template <class A>
void fields(A& a, ObserverStarted& e) {
  a("version", e.version);
  a("wall_clock", e.wall_clock);
  a("clock_doubted", e.clock_doubted);
  a("exercise", e.exercise);
}
template <class A>
void fields(A&, ObserverStopped&) {}
template <class A>
void fields(A& a, DistrictLoaded& e) {
  a("hash", e.hash);
  a("bundle", e.bundle);
}
template <class A>
void fields(A& a, ObservationSettled& e) {
  a("probe", e.probe);
  a("outcome", e.outcome, probe_outcome_of);
  a("began", e.began);
  a("phase", e.phase);
  a("detail", e.detail);
  a("flapping", e.flapping);
}
template <class A>
void fields(A& a, ObservationLost& e) {
  a("probe", e.probe);
  a("why", e.why, loss_reason_of);
  a("detail", e.detail);
  a("since", e.since);
}
template <class A>
void fields(A& a, PathChanged& e) {
  a("uplink", e.uplink);
  a("site", e.site);
  a("up", e.up);
  a("detail", e.detail);
}
template <class A>
void fields(A& a, WordSet& e) {
  a("id", e.id);
  a("scope", e.scope);
  a("said", e.said, said_of);
  a("text", e.text);
  a("until", e.until);
  a("role", e.role);
}
template <class A>
void fields(A& a, WordWithdrawn& e) {
  a("id", e.id);
  a("reason", e.reason);
}
template <class A>
void fields(A& a, WordAsked& e) {
  a("id", e.id);
  a("node", e.node);
  a("question", e.question, word_question_of);
}
template <class A>
void fields(A& a, ReadinessChanged& e) {
  a("subject", e.subject);
  a("day", e.day);
  a("from", e.from, readiness_of);
  a("to", e.to, readiness_of);
  a("why", e.why);
}
template <class A>
void fields(A& a, ClockStepped& e) {
  a("by_ms", e.by);
}
template <class A>
void fields(A& a, ClockConfirmed& e) {
  a("wall_clock", e.wall_clock);
}
template <class A>
void fields(A& a, SamplesDropped& e) {
  a("count", e.count);
}
template <class A>
void fields(A&, TimerFired&) {}
template <class A>
void fields(A& a, PublishChanged& e) {
  a("target", e.target);
  a("ok", e.ok);
  a("detail", e.detail);
}
template <class A>
void fields(A& a, MailWaiting& e) {
  a("probe", e.probe);
  a("waiting", e.waiting);
  a("bytes", e.bytes);
  a("oldest", e.oldest);
}
template <class A>
void fields(A& a, HomepageModeSet& e) {
  a("mode", e.mode, site_mode_of);
  a("reason", e.reason);
}
template <class A>
void fields(A& a, HomepageCopied& e) {
  a("ok", e.ok);
  a("copy", e.copy);
  a("files", e.files);
  a("bytes", e.bytes);
  a("detail", e.detail);
}
template <class A>
void fields(A& a, Audited& e) {
  a("account", e.account);
  a("what", e.what, audit_kind_of);
  a("detail", e.detail);
}

template <class A>
void fields(A& a, OutpostTold& e) {
  a("outpost", e.outpost);
  a("outbox", e.outbox);
  a("sequence", e.sequence);
  a("observed", e.observed);
  a("by_clock", e.by_clock);
  a("settled", e.settled);
  a("lost", e.lost);
  a("path", e.path);
}
template <class A>
void fields(A& a, OutpostChanged& e) {
  a("outpost", e.outpost);
  a("silent", e.silent);
  a("since", e.since);
  a("clock_off", e.clock_off);
  a("repeats_lost", e.repeats_lost);
  a("changes_lost", e.changes_lost);
}

template <class A>
void fields(A& a, IntakeNoted& e) {
  a("step", e.step, intake_step_of);
  a("subject", e.subject);
  a("device", e.device);
  a("office", e.office);
  a("service", e.service);
  a("count", e.count);
  a("hash", e.hash);
  a("detail", e.detail);
}
template <class A>
void fields(A& a, ServiceBacklog& e) {
  a("office", e.office);
  a("service", e.service);
  a("waiting", e.waiting);
  a("oldest", e.oldest);
  a("per_day", e.per_day);
  a("expected_end", e.expected_end);
}
template <class A>
void fields(A& a, BacklogCounted& e) {
  a("services", e.services);
  a("unsent", e.unsent);
  a("devices", e.devices);
}
template <class A>
void fields(A& a, TraceNoted& e) {
  a("probe", e.probe);
  a("what", e.what, trace_kind_of);
  a("first", e.first);
  a("earliest", e.earliest);
  a("latest", e.latest);
  a("subject", e.subject);
  a("before", e.before);
  a("after", e.after);
}

namespace {

// Names in the order of EventPayload's alternatives.
constexpr std::array<const char*, std::variant_size_v<EventPayload>> kTypes{"observer_started",
                                                                            "observer_stopped",
                                                                            "district_loaded",
                                                                            "observation_settled",
                                                                            "observation_lost",
                                                                            "path_changed",
                                                                            "word_set",
                                                                            "word_withdrawn",
                                                                            "word_asked",
                                                                            "readiness_changed",
                                                                            "clock_stepped",
                                                                            "clock_confirmed",
                                                                            "samples_dropped",
                                                                            "timer_fired",
                                                                            "incident_opened",
                                                                            "fault_changed",
                                                                            "incident_edited",
                                                                            "level_set",
                                                                            "level_proposed",
                                                                            "phase_changed",
                                                                            "incident_merged",
                                                                            "incident_split",
                                                                            "note_added",
                                                                            "report_due",
                                                                            "hypothesis_set",
                                                                            "evidence_added",
                                                                            "suspects_found",
                                                                            "task_set",
                                                                            "task_moved",
                                                                            "fix_set",
                                                                            "fix_moved",
                                                                            "forecast_made",
                                                                            "order_proposed",
                                                                            "order_answered",
                                                                            "forecasts_scored",
                                                                            "opening_proposed",
                                                                            "opening_decided",
                                                                            "statement_saved",
                                                                            "statement_moved",
                                                                            "publish_changed",
                                                                            "notice_raised",
                                                                            "notice_escalated",
                                                                            "notice_acknowledged",
                                                                            "message_sent",
                                                                            "message_failed",
                                                                            "audited",
                                                                            "mail_waiting",
                                                                            "outpost_told",
                                                                            "outpost_changed",
                                                                            "homepage_mode_set",
                                                                            "homepage_copied",
                                                                            "switch_decided",
                                                                            "run_started",
                                                                            "run_approved",
                                                                            "run_aborted",
                                                                            "step_moved",
                                                                            "run_ended",
                                                                            "fallback_recorded",
                                                                            "intake_noted",
                                                                            "backlog_counted",
                                                                            "trace_noted"};
constexpr int kVersion = 1;

// Tries each alternative in turn until the one called `type`.
template <std::size_t I = 0>
Result<EventPayload> decode_as(std::string_view type, const codec::Json& json) {
  if constexpr (I == std::variant_size_v<EventPayload>) {
    return fail(
        Errc::InvalidInput,
        fmt::format("event type '{}' is unknown to this version; a newer one wrote it", type));
  } else {
    if (type != kTypes[I]) return decode_as<I + 1>(type, json);
    std::variant_alternative_t<I, EventPayload> payload;
    codec::Reader reader(json, codec::Style::Journal);
    fields(reader, payload);
    if (!reader.problem().empty()) {
      return fail(Errc::Corrupt, fmt::format("event '{}': {}", type, reader.problem()));
    }
    return EventPayload(std::move(payload));
  }
}

template <class Variant>
std::string text_of(const Variant& payload, codec::Style style) {
  codec::Writer writer(style);
  // A Writer changes nothing.
  std::visit([&](const auto& e) { fields(writer, const_cast<std::decay_t<decltype(e)>&>(e)); },
             payload);
  return writer.take();
}

template <class T, std::size_t I = 0>
constexpr const char* type_name() {
  if constexpr (std::is_same_v<std::variant_alternative_t<I, EventPayload>, T>) {
    return kTypes[I];
  } else {
    return type_name<T, I + 1>();
  }
}

template <std::size_t I = 0>
Result<RecordEvent> change_as(std::string_view type, const codec::Json& json) {
  if constexpr (I == std::variant_size_v<RecordEvent>) {
    return fail(Errc::NotFound, fmt::format("there is no change '{}'; docs/formats/record.md "
                                            "lists them",
                                            clean(type, 40)));
  } else {
    using Change = std::variant_alternative_t<I, RecordEvent>;
    if (type != type_name<Change>()) return change_as<I + 1>(type, json);
    Change change;
    codec::Reader reader(json, codec::Style::People);
    fields(reader, change);
    reader.finish();
    if (!reader.problem().empty()) return fail(Errc::InvalidInput, reader.problem());
    return RecordEvent(std::move(change));
  }
}

}  // namespace

EncodedPayload encode(const EventPayload& payload) {
  return {kTypes[payload.index()], kVersion, text_of(payload, codec::Style::Journal)};
}

const char* type_of(const RecordEvent& event) {
  return std::visit([](const auto& e) { return type_name<std::decay_t<decltype(e)>>(); }, event);
}

std::string id_of(const RecordEvent& event) {
  return std::visit(
      [](const auto& e) -> std::string {
        if constexpr (requires { e.id.str(); }) {
          return e.id.str();
        } else {
          return {};
        }
      },
      event);
}

std::string to_json(const RecordEvent& event) { return text_of(event, codec::Style::People); }

Result<RecordEvent> parse_change(std::string_view type, std::string_view text) {
  if (text.size() > kLargestChange) {
    return fail(Errc::LimitExceeded, fmt::format("a change has at most {} bytes, this one has {}",
                                                 kLargestChange, text.size()));
  }
  const auto json = codec::parse_bounded(text);
  if (!json || !json->is_object()) {
    return fail(Errc::InvalidInput, "the body is not a JSON object; send application/json");
  }
  return change_as(type, *json);
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
  const auto json = codec::parse_bounded(text);
  if (!json) return fail(Errc::Corrupt, fmt::format("event '{}' is not valid JSON", type));
  return decode_as(type, *json);
}

}  // namespace dienstbereit
