// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/intake/intake_api.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/base64.h"
#include "base/text.h"
#include "web/answers.h"
#include "web/api/body.h"
#include "web/intake/intake_json.h"
#include "web/intake/port.h"
#include "web/operate/desk.h"
#include "web/operate/form.h"

namespace dienstbereit::web {
namespace {

constexpr std::string_view kRecords = "/api/v1/intake/records";
constexpr std::string_view kSocketOrToken = "WWW-Authenticate: Bearer\r\n";
constexpr std::size_t kListedByDefault = 50;

// One request under way. Copied into what answers later.
struct Call {
  const IntakeAsked asked;
  IntakePort& port;
  const Request& request;
  std::string_view rest;  // of the path, behind kIntakeApi

  bool posts() const { return request.method == Method::Post; }
  Response error(const Error& error) const { return json_error(asked.tls, error); }
};

using Shown = std::function<Json(const Situation&, const IntakeAnswer&)>;

Deferred submit(const Call& call, IntakeCommand command, Identity by, Shown shown) {
  return Deferred{[tls = call.asked.tls, situation = call.asked.situation, &port = call.port,
                   command = std::move(command), by = std::move(by),
                   shown = std::move(shown)](std::function<void(Response)> done) {
    port.submit(command, by, [tls, situation, shown, done](Result<IntakeAnswer> answer) {
      done(answer ? Response{200, make_payload(kAnswer, tls, dump(shown(*situation, *answer)))}
                  : json_error(tls, answer.error()));
    });
  }};
}

template <class Items>
Json list_of(const Items& items) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(to_json(item));
  return list;
}

Json nothing(const Situation&, const IntakeAnswer&) { return Json::object(); }

// ---- who asks ----------------------------------------------------------------------------------

bool is_json(std::string_view content_type) {
  return equals_ignoring_case(trim(content_type.substr(0, content_type.find(';'))),
                              "application/json");
}

Result<Identity> by_session(const Call& call) {
  const Request& request = call.request;
  const std::string_view token =
      operate::cookie_value(request.cookie, operate::session_cookie(call.asked.tls));
  const auto visitor = call.asked.gatekeeper.visitor(token.substr(0, operate::kCookieBytesMax));
  if (!visitor || visitor->stage != SessionStage::Full) {
    return fail(Errc::Denied, "log in under /operate, or send a token in Authorization");
  }
  const bool changes = request.method != Method::Get && request.method != Method::Head;
  const bool ours = operate::comes_from_us(request.origin, request.fetch_site, request.host);
  const bool json =
      request.body.empty() ? request.method == Method::Delete : is_json(request.content_type);
  if (changes && (!ours || (!json && request.fetch_site != "same-origin"))) {
    return fail(Errc::Denied, "this did not come from a page of this server");
  }
  return visitor->identity;
}

Result<Identity> staff(const Call& call) {
  const Request& request = call.request;
  const Peer& peer = request.peer;
  if (peer.local()) return request.by;
  if (!call.asked.tls && !peer.near()) {
    return fail(Errc::Denied, "this is answered over TLS only: use https");
  }
  const std::string_view token = bearer_token(request.authorization);
  if (token.empty()) return by_session(call);
  return call.asked.gatekeeper.bearer(token,
                                      {peer.address, peer.group, std::string(request.user_agent)});
}

Response refuse(const Call& call, const Error& error) {
  const bool limited = error.code == Errc::LimitExceeded;
  return json_error(call.asked.tls, limited ? 429 : 401, name_of(error.code), error.message,
                    limited ? "" : kSocketOrToken);
}

// Runs `then` for whoever of the staff has the role.
template <class Then>
Outcome as_staff(const Call& call, Role role, Then then) {
  const auto by = staff(call);
  if (!by) return refuse(call, by.error());
  if (!by->roles.allows(role)) {
    return json_error(call.asked.tls, 403, "denied",
                      fmt::format("this needs the role '{}'", name_of(role)));
  }
  return then(*by);
}

std::optional<IntakeDevice> device_of(const Call& call) {
  if (!call.asked.tls && !call.request.peer.near()) return std::nullopt;
  return call.port.device(bearer_token(call.request.authorization));
}

Identity identity_of(const IntakeDevice& device) {
  return {{"device:" + device.id.str(), ""}, {}, {}, {}};
}

// Runs `then` for the counter whose token was sent.
template <class Then>
Outcome as_device(const Call& call, Then then) {
  const auto device = device_of(call);
  if (!device) {
    return json_error(call.asked.tls, 401, "denied",
                      "the token is no enrolled counter's, or the counter was removed",
                      kSocketOrToken);
  }
  return then(*device);
}

// ---- counters ----------------------------------------------------------------------------------

Outcome enrol(const Call& call) {
  if (!call.asked.tls && !call.request.peer.near()) {
    return json_error(call.asked.tls, 403, "denied", "counters are enrolled over TLS only");
  }
  const auto body = Body::parse(call.request.body, {"code", "public_key"});
  if (!body) return call.error(body.error());
  const auto key = from_base64(body->text("public_key"));
  if (!key) return call.error(Error(Errc::InvalidInput, "'public_key' is no base64"));
  const EnrolDevice command{body->text("code"), *key, call.request.peer.group};
  return Deferred{[tls = call.asked.tls, situation = call.asked.situation, &port = call.port,
                   command](std::function<void(Response)> done) {
    port.submit(
        command, {{"web:counter", ""}, {}, {}, {}},
        [tls, situation, done](const Result<IntakeAnswer>& answer) {
          if (answer) {
            done({200, make_payload(kAnswer, tls, dump(enrolled_json(*situation, *answer)))});
          } else if (answer.error().code == Errc::LimitExceeded) {
            done(json_error(tls, 429, "limit_exceeded", answer.error().message));
          } else {
            done(json_error(tls, answer.error()));
          }
        });
  }};
}

Outcome set_up(const Call& call) {
  if (const auto device = device_of(call)) {
    return submit(call, SetUpDevice{device->id}, identity_of(*device),
                  [](const Situation& situation, const IntakeAnswer& answer) {
                    return setup_json(situation, answer.device->site, answer.keys);
                  });
  }
  return as_staff(call, Role::PersonalData, [&](const Identity& by) {
    return submit(call, ListKeys{}, by, [](const Situation& situation, const IntakeAnswer& answer) {
      return setup_json(situation, std::nullopt, answer.keys);
    });
  });
}

Outcome take_records(const Call& call, const IntakeDevice& device) {
  auto items = parse_upload(call.request.body);
  if (!items) return call.error(items.error());
  return submit(call, TakeRecords{device.id, std::move(*items)}, identity_of(device),
                [](const Situation&, const IntakeAnswer& answer) {
                  return Json{{"results", list_of(answer.taken)}};
                });
}

Outcome heartbeat(const Call& call, const IntakeDevice& device) {
  const auto body = Body::parse(call.request.body, {"pending", "oldest_pending"});
  if (!body) return call.error(body.error());
  NoteHeartbeat beat{device.id, 0, {}};
  const std::int64_t pending = body->number("pending", -1);
  if (pending < 0) return call.error(Error(Errc::InvalidInput, "'pending' is a count"));
  beat.pending = static_cast<std::uint64_t>(pending);
  if (const std::string oldest = body->text("oldest_pending"); !oldest.empty()) {
    const auto at = parse_rfc3339(oldest);
    if (!at) return call.error(at.error());
    beat.oldest = *at;
  }
  return submit(call, beat, identity_of(device), nothing);
}

// ---- back office -------------------------------------------------------------------------------

Result<FindRecords> filter_of(const Request& request) {
  FindRecords filter;
  const auto value = [&](const char* name) {
    return query_value(request.query, name).value_or("");
  };
  filter.office = value("office");
  filter.service = value("service");
  filter.after = value("after");
  filter.limit = kListedByDefault;
  if (const std::string state = value("state"); !state.empty()) {
    filter.state = intake_state_of(state);
    if (!filter.state) return fail(Errc::InvalidInput, "'state' is no state of a case");
  }
  if (const std::string limit = value("limit"); !limit.empty()) {
    const auto [end, error] =
        std::from_chars(limit.data(), limit.data() + limit.size(), filter.limit);
    if (error != std::errc() || end != limit.data() + limit.size()) {
      return fail(Errc::InvalidInput, "'limit' is a count");
    }
  }
  return filter;
}

Outcome find_records(const Call& call, const Identity& by) {
  const auto filter = filter_of(call.request);
  if (!filter) return call.error(filter.error());
  return submit(call, *filter, by, [](const Situation&, const IntakeAnswer& answer) {
    return Json{{"records", list_of(answer.cases)},
                {"next", answer.next.empty() ? Json(nullptr) : Json(answer.next)}};
  });
}

Json case_json(const Situation&, const IntakeAnswer& answer) {
  return to_json(answer.cases.front());
}

Outcome move_record(const Call& call, const std::string& id, const Identity& by) {
  const auto body =
      Body::parse(call.request.body, {"from", "to", "file_number", "duplicate_of", "reason"});
  if (!body) return call.error(body.error());
  const auto to = intake_state_of(body->text("to"));
  const auto from = intake_state_of(body->text("from"));
  if (!to || (body->has("from") && !from)) {
    return call.error(Error(Errc::InvalidInput, "'to' and 'from' are states of a case"));
  }
  MoveRecord move{IntakeId(id),
                  from,
                  *to,
                  body->text("file_number"),
                  IntakeId(body->text("duplicate_of")),
                  body->text("reason"),
                  call.asked.situation->district->intake.grace};
  return submit(call, std::move(move), by, case_json);
}

Json custody_json(const Situation&, const IntakeAnswer& answer) {
  return {{"custody", list_of(answer.custody)}};
}

Outcome custody(const Call& call, const Identity& by) {
  if (!call.posts()) {
    const std::string id = query_value(call.request.query, "id").value_or("");
    return submit(call, FindCustody{IntakeId(id)}, by, custody_json);
  }
  const auto body = Body::parse(call.request.body, {"id", "item", "kind", "to"});
  if (!body) return call.error(body.error());
  const auto kind = custody_kind_of(body->text("kind"));
  if (!kind) {
    return call.error(Error(Errc::InvalidInput, "'kind' is received, returned or passed_on"));
  }
  return submit(
      call, MoveOriginal{IntakeId(body->text("id")), body->text("item"), *kind, body->text("to")},
      by, custody_json);
}

Outcome make_device(const Call& call, const Identity& by) {
  const auto body = Body::parse(call.request.body, {"site", "counter", "label"});
  if (!body) return call.error(body.error());
  const SiteId site(body->text("site"));
  if (find_site(*call.asked.situation->district, site) == nullptr) {
    return call.error(Error(Errc::NotFound, "the district has no such site"));
  }
  const std::int64_t counter = body->number("counter", 0);
  const auto number = static_cast<unsigned>(counter < 0 || counter > 1000 ? 0 : counter);
  return submit(call, MakeDevice{site, number, body->text("label")}, by,
                [](const Situation&, const IntakeAnswer& answer) {
                  return Json{{"device", answer.device->id.str()}, {"code", answer.secret}};
                });
}

Json devices_json(const Situation&, const IntakeAnswer& answer) {
  return {{"devices", list_of(answer.devices)}};
}

Json keys_json(const Situation&, const IntakeAnswer& answer) {
  return {{"keys", list_of(answer.keys)}};
}

Outcome add_key(const Call& call, const Identity& by) {
  const auto body = Body::parse(call.request.body, {"office", "public_key"});
  if (!body) return call.error(body.error());
  const OfficeId office(body->text("office"));
  const auto key = from_base64(body->text("public_key"));
  if (!key) return call.error(Error(Errc::InvalidInput, "'public_key' is no base64"));
  if (find_office(*call.asked.situation->district, office) == nullptr) {
    return call.error(Error(Errc::NotFound, "the district has no such office"));
  }
  return submit(call, AddOfficeKey{office, *key}, by, keys_json);
}

Json backlog_json(const Situation&, const IntakeAnswer& answer) {
  return {{"services", to_json(answer.backlog)},
          {"unsent", answer.backlog.unsent},
          {"devices", list_of(answer.devices)}};
}

// The paths with an id, by what stands before and behind it.
struct PathWithId {
  std::string_view before;
  std::string_view behind;
  Method method;
  std::string_view allow;
  Outcome (*answer)(const Call& call, const std::string& id);
};

Outcome show_record(const Call& call, const std::string& id) {
  return as_staff(call, Role::PersonalData, [&](const Identity& by) {
    return submit(call, FindRecord{IntakeId(id)}, by, case_json);
  });
}

Outcome move_one(const Call& call, const std::string& id) {
  return as_staff(call, Role::PersonalData,
                  [&](const Identity& by) { return move_record(call, id, by); });
}

Outcome confirm_key(const Call& call, const std::string& id) {
  return as_staff(call, Role::PersonalData, [&](const Identity& by) {
    return submit(call, ConfirmOfficeKey{id}, by, keys_json);
  });
}

Outcome remove_device(const Call& call, const std::string& id) {
  const std::string reason = query_value(call.request.query, "reason").value_or("");
  return as_staff(call, Role::Operate, [&](const Identity& by) {
    return submit(call, RemoveDevice{DeviceId(id), reason}, by, nothing);
  });
}

constexpr PathWithId kWithId[] = {
    {"records/", "/move", Method::Post, "Allow: POST\r\n", move_one},
    {"records/", "", Method::Get, "Allow: GET\r\n", show_record},
    {"keys/", "/confirm", Method::Post, "Allow: POST\r\n", confirm_key},
    {"devices/", "", Method::Delete, "Allow: DELETE\r\n", remove_device},
};

Outcome with_id(const Call& call) {
  const Method asked = call.request.method == Method::Head ? Method::Get : call.request.method;
  for (const PathWithId& path : kWithId) {
    std::string_view id = call.rest;
    if (!id.starts_with(path.before) || !id.ends_with(path.behind)) continue;
    id.remove_prefix(path.before.size());
    id.remove_suffix(std::min(id.size(), path.behind.size()));
    if (id.empty() || id.find('/') != std::string_view::npos) continue;
    if (asked == path.method) return path.answer(call, std::string(id));
    return json_error(call.asked.tls, 405, "method_not_allowed", "this path takes another method",
                      path.allow);
  }
  return json_error(call.asked.tls, 404, "not_found", "no such path; see /api/v1/openapi.json");
}

Outcome dispatch(const Call& call) {
  const std::string_view rest = call.rest;
  if (rest == "enrol") return enrol(call);
  if (rest == "setup") return set_up(call);
  if (rest == "heartbeat") {
    return as_device(call, [&](const IntakeDevice& device) { return heartbeat(call, device); });
  }
  if (rest == "records" && call.posts()) {
    return as_device(call, [&](const IntakeDevice& device) { return take_records(call, device); });
  }
  if (rest == "records") {
    return as_staff(call, Role::PersonalData,
                    [&](const Identity& by) { return find_records(call, by); });
  }
  if (rest == "custody") {
    return as_staff(call, Role::PersonalData,
                    [&](const Identity& by) { return custody(call, by); });
  }
  if (rest == "conflicts") {
    return as_staff(call, Role::PersonalData, [&](const Identity& by) {
      return submit(call, FindConflicts{}, by, [](const Situation&, const IntakeAnswer& answer) {
        return Json{{"conflicts", list_of(answer.conflicts)}};
      });
    });
  }
  if (rest == "backlog") {
    return as_staff(call, Role::View, [&](const Identity& by) {
      return submit(call, CountBacklog{}, by, backlog_json);
    });
  }
  if (rest == "devices") {
    return as_staff(call, Role::Operate, [&](const Identity& by) -> Outcome {
      return call.posts() ? make_device(call, by) : submit(call, ListDevices{}, by, devices_json);
    });
  }
  if (rest == "keys" && call.posts()) {
    return as_staff(call, Role::Administer, [&](const Identity& by) { return add_key(call, by); });
  }
  if (rest == "keys") {
    return as_staff(call, Role::View,
                    [&](const Identity& by) { return submit(call, ListKeys{}, by, keys_json); });
  }
  return with_id(call);
}

}  // namespace

Outcome intake_answer(const IntakeAsked& asked, const Request& request, const std::string& path) {
  const std::string_view rest = std::string_view(path).substr(kIntakeApi.size());
  IntakePort* port = asked.control.intake();
  if (port == nullptr || !asked.situation->district->intake.on()) {
    return json_error(asked.tls, 404, "not_found",
                      "this district has no emergency intake; its 'intake:' turns it on");
  }
  return dispatch(Call{asked, *port, request, rest});
}

bool is_intake_upload(const Request& header, const Control& control) {
  const IntakePort* port = control.intake();
  return port != nullptr && header.method == Method::Post && header.path == kRecords &&
         port->device(bearer_token(header.authorization)).has_value();
}

}  // namespace dienstbereit::web
