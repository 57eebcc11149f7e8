// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/router.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/log.h"
#include "base/text.h"
#include "web/answers.h"
#include "web/api/commands.h"
#include "web/api/drafts.h"
#include "web/json.h"
#include "web/metrics.h"
#include "web/outside/accessibility.h"
#include "web/outside/static_copy.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"
#include "web/pages/style.h"

namespace dienstbereit::web {
namespace {

using words::Language;

constexpr PayloadKind kMetrics{"text/plain; version=0.0.4; charset=utf-8", false, false};
constexpr PayloadKind kPlainText{"text/plain; charset=utf-8", false, false};
constexpr PayloadKind kIcon{"image/svg+xml", false, true};
constexpr std::string_view kRetryLater = "Retry-After: 60\r\n";
constexpr std::string_view kEnglish = "/en/";

Language language_of(std::string_view path) {
  return path == "/en" || path.starts_with(kEnglish) ? Language::En : Language::De;
}

bool is_api(std::string_view path) { return path.starts_with("/api/") || path == "/metrics"; }

bool reads(Method method) { return method == Method::Get || method == Method::Head; }

std::string_view name_of(Method method) {
  switch (method) {
    case Method::Get:
      return "GET";
    case Method::Head:
      return "HEAD";
    case Method::Post:
      return "POST";
    case Method::Delete:
      return "DELETE";
    case Method::Other:
      break;
  }
  return "";
}

// True if one of the listed ETags is `etag`; weak ones compare as strong (RFC 9110 13.1.2).
bool matches(std::string_view if_none_match, std::string_view etag) {
  for (std::string_view one : split(if_none_match, ',')) {
    one = trim(one);
    if (one.starts_with("W/")) {
      one.remove_prefix(2);
    }
    if (one == "*" || one == etag) {
      return true;
    }
  }
  return false;
}

PayloadPtr not_modified(const Payload& full) {
  auto payload = std::make_shared<Payload>();
  payload->text = fmt::format(
      "ETag: {}\r\nCache-Control: no-cache\r\nVary: Accept-Encoding\r\n\r\n", full.etag);
  payload->body_at = payload->text.size();
  return payload;
}

}  // namespace

Router::Router(std::string version, bool tls, Ports ports)
    : version_(std::move(version)),
      tls_(tls),
      sink_(ports.sink),
      control_(ports.control),
      gatekeeper_(ports.gatekeeper),
      desk_(tls, ports.sink, ports.control, ports.gatekeeper),
      subscriptions_(tls, ports.control.subscriptions()),
      counts_(ports.counts) {
  auto console = ConsoleFiles::read(ports.console, tls);
  if (!console) log::error("{}", console.error().message);
  if (console) console_ = std::move(*console);
}

void Router::know(std::shared_ptr<const Situation> situation) {
  situation_ = std::move(situation);
  desk_.show(situation_);
}

void Router::renew() {
  if (situation_) {
    edition_ = std::make_unique<Edition>(situation_, control_.now(), tls_);
  }
}

std::vector<std::string> api_operations() {
  std::vector<std::string> out;
  for (const auto& table : Router::tables()) {
    for (const Router::Route& route : table) {
      out.push_back(fmt::format("{} {}", name_of(route.method), route.pattern));
    }
  }
  return out;
}

Outcome Router::answer(const Request& request) {
  const std::optional<std::string> path = percent_decoded(request.path);
  if (!path || !is_utf8(*path)) {
    return refusal(400, request.path);
  }
  if (SubscriptionCounter::serves(*path)) return subscriptions(request, *path);
  if (is_open_document(*path)) {
    return reads(request.method) ? document(request, *path) : not_allowed(*path, "GET, HEAD");
  }
  if (is_api(*path)) return answer_api(request, *path);
  if (is_console(*path)) return answer_console(request, *path);
  return operate::is_operate(*path) ? desk_.answer(request, *path) : answer_page(request, *path);
}

Outcome Router::answer_page(const Request& request, const std::string& path) {
  const Language language = language_of(path);
  if (request.method == Method::Post && path == accessibility_path(language)) {
    return take_feedback(request, language);
  }
  if (!reads(request.method)) {
    return not_allowed(path, "GET, HEAD");
  }
  if (path == "/favicon.svg") {
    return conditional(request, make_payload(kIcon, tls_, icon()));
  }
  if (path == "/en") {
    return html_error(tls_, 308, language, "Location: /en/\r\n");
  }
  if (!edition_) {
    return Response{503, make_payload(kPlainHtml, tls_, starting_html(language), Encoding::Identity,
                                      kRetrySoon)};
  }
  if (PayloadPtr payload = edition_->find(path, encoding_for(request.accept_encoding))) {
    return conditional(request, std::move(payload));
  }
  return html_error(tls_, 404, language);
}

Outcome Router::subscriptions(const Request& request, const std::string& path) {
  if (!edition_) {
    return is_api(path) ? starting() : html_error(tls_, 503, language_of(path), kRetrySoon);
  }
  return subscriptions_.answer(request, path, edition_->overview().stamp, control_.now());
}

Outcome Router::answer_console(const Request& request, const std::string& path) const {
  if (!reads(request.method)) return not_allowed(path, "GET, HEAD");
  if (path == "/intake") return html_error(tls_, 308, Language::De, "Location: /intake/\r\n");
  if (PayloadPtr file = console_.find(path, encoding_for(request.accept_encoding))) {
    return conditional(request, std::move(file));
  }
  return html_error(tls_, 404, Language::De);
}

Outcome Router::take_feedback(const Request& request, Language language) {
  if (!edition_) return html_error(tls_, 503, language, kRetrySoon);
  const view::Stamp stamp = edition_->overview().stamp;
  const auto page = [tls = tls_, stamp, language](int status, std::string_view answer) {
    return Response{status, make_payload(kPlainHtml, tls, feedback_html(stamp, language, answer))};
  };
  const bool ours = operate::comes_from_us(request.origin, request.fetch_site, request.host);
  if (!ours) return page(403, "web.access.elsewhere");
  auto feedback = parse_feedback(request.body);
  if (!feedback) {
    const bool empty = feedback.error().code == Errc::InvalidInput;
    return page(422, empty ? "web.access.no_text" : "web.access.too_long");
  }
  if (!feedback_gate_.admit(request.peer.group, control_.now())) {
    return page(429, "web.access.too_often");
  }
  feedback->at = control_.now();
  feedback->language = language;
  return Deferred{[this, page, json = to_json(*feedback)](std::function<void(Response)> done) {
    control_.keep_feedback(json, [page, done](const Result<std::string>& kept) {
      done(kept ? page(200, "web.access.thanks") : page(503, "web.access.not_kept"));
    });
  }};
}

const Router::Route* Router::find_route(std::string_view path, Method wanted, std::string& allow) {
  std::vector<const Route*> fitting;
  std::size_t longest = 0;  // "/records/ID/move" is no record of the name "ID/move"
  for (const std::span<const Route> table : tables()) {
    for (const Route& route : table) {
      if (!route.fits(path)) continue;
      fitting.push_back(&route);
      longest = std::max(longest, route.suffix.size());
    }
  }
  for (const Route* route : fitting) {
    if (route->suffix.size() < longest) continue;
    if (route->method == wanted) return route;
    allow += fmt::format("{}{}", allow.empty() ? "" : ", ", name_of(route->method));
  }
  return nullptr;
}

Outcome Router::answer_api(const Request& request, const std::string& path) {
  const Method wanted = request.method == Method::Head ? Method::Get : request.method;
  std::string allow;
  const Route* route = find_route(path, wanted, allow);
  if (route == nullptr) {
    return allow.empty()
               ? json_error(tls_, 404, "not_found", "no such path; see /api/v1/openapi.json")
               : not_allowed(path, allow);
  }
  auto admitted = admit(request, route->needs);
  if (auto* refused = std::get_if<Response>(&admitted)) {
    return std::move(*refused);
  }
  Request known = request;
  known.by = std::get<Identity>(std::move(admitted));
  return (this->*route->handler)(known, route->rest_of(path));
}

std::variant<Identity, Response> Router::admit(const Request& request, const Needs& needs) const {
  if (request.peer.local()) {
    return Identity{{fmt::format("cli:uid={}", *request.peer.uid), ""}, RoleSet::all(), {}, {}};
  }
  if (!needs.role && !needs.socket && !needs.outpost) {
    return Identity{{"api:anyone", ""}, {}, {}, {}};
  }
  if (needs.socket) {
    return json_error(tls_, 403, "denied",
                      "this is answered over the Unix socket in the data directory only");
  }
  if (!tls_ && !request.peer.near()) {
    return json_error(tls_, 403, "denied", "a token is taken over TLS only: use https");
  }
  const Peer& peer = request.peer;
  const Caller from{peer.address, peer.group, std::string(request.user_agent)};
  const std::string_view token = bearer_token(request.authorization);
  const Result<Identity> who =
      token.empty() ? Result<Identity>(fail(Errc::Denied, "this needs a token in Authorization"))
                    : gatekeeper_.bearer(token, from);
  if (!who && who.error().code == Errc::LimitExceeded) {
    return json_error(tls_, 429, "limit_exceeded", who.error().message, kRetryLater);
  }
  if (!who) {
    return json_error(tls_, 401, "denied", who.error().message, "WWW-Authenticate: Bearer\r\n");
  }
  if (needs.outpost) return *who;  // the handler compares it with the path
  if (!who->roles.allows(*needs.role)) {
    return json_error(
        tls_, 403, "denied",
        fmt::format("the token's scopes do not include '{}'", dienstbereit::name_of(*needs.role)));
  }
  return *who;
}

Outcome Router::not_allowed(const std::string& path, std::string_view allow) const {
  const std::string field = fmt::format("Allow: {}\r\n", allow);
  if (is_api(path)) {
    return json_error(tls_, 405, "method_not_allowed",
                      fmt::format("this path takes {} only", allow), field);
  }
  return html_error(tls_, 405, language_of(path), field);
}

Outcome Router::conditional(const Request& request, PayloadPtr payload) const {
  if (!request.if_none_match.empty() && matches(request.if_none_match, payload->etag)) {
    return Response{304, not_modified(*payload)};
  }
  return Response{200, std::move(payload)};
}

Response Router::refusal(int status, std::string_view path) const {
  Response response = is_api(path)
                          ? Response{status, make_payload(kAnswer, tls_, refusal_json(status))}
                          : html_error(tls_, status, language_of(path));
  response.close = true;
  return response;
}

Response Router::starting() const {
  return json_error(tls_, 503, "unavailable", "starting: the journal is being read", kRetrySoon);
}

Deferred Router::submit(Actor actor, Command command) {
  return Deferred{[this, actor = std::move(actor),
                   command = std::move(command)](std::function<void(Response)> done) {
    sink_.command(actor, command,
                  [tls = tls_, done](Result<Answer> answer) { done(command_answer(tls, answer)); });
  }};
}

Outcome Router::document(const Request& request, std::string_view) {
  if (!edition_) {
    return starting();
  }
  const std::string path = percent_decoded(request.path).value_or("");
  if (PayloadPtr payload = edition_->find(path, encoding_for(request.accept_encoding))) {
    return conditional(request, std::move(payload));
  }
  return json_error(tls_, 404, "not_found",
                    "there is no such document, or the district has no such id");
}

// The pages as files, for the command line to write.
Outcome Router::copy(const Request& request, std::string_view) {
  if (!situation_) {
    return starting();
  }
  CopyOptions options;
  if (const auto valid_for = query_value(request.query, "valid_for")) {
    const auto duration = parse_duration(*valid_for);
    if (!duration) return json_error(tls_, duration.error());
    options.valid_for = *duration;
  }
  options.check_at = query_value(request.query, "check_at").value_or("");
  const StaticCopy made = static_copy(situation_, control_.now(), options);
  Json files = Json::array();
  for (const StaticFile& file : made.files) {
    files.push_back({{"path", file.path}, {"text", file.bytes}});
  }
  return Response{200, make_payload(kAnswer, tls_,
                                    dump({{"mark", made.mark},
                                          {"valid_until", to_rfc3339(made.valid_until)},
                                          {"files", std::move(files)}}))};
}

Outcome Router::metrics(const Request&, std::string_view) {
  const std::string text =
      metrics_text(situation_.get(), control_.now(), version_, counts_, control_.gauges());
  return Response{200, make_payload(kMetrics, tls_, text)};
}

// The administration at a glance, for terminals.
Outcome Router::status(const Request&, std::string_view rest) {
  if (!edition_) {
    return starting();
  }
  if (rest != "de" && rest != "en") {
    return json_error(tls_, 404, "not_found", "the status is there in 'de' and 'en'");
  }
  const Language language = rest == "de" ? Language::De : Language::En;
  std::string text = words::status_text(edition_->overview(), language);
  if (const auto warning = control_.warning()) {
    text += "\n" + words::say(*warning, language).text + "\n";
  }
  return Response{200, make_payload(kPlainText, tls_, text)};
}

Outcome Router::version(const Request&, std::string_view) {
  return Response{
      200, make_payload(kAnswer, tls_,
                        dump({{"name", "dienstbereit"}, {"version", version_}, {"api", "v1"}}))};
}

Outcome Router::health(const Request&, std::string_view) {
  if (!situation_) {
    return Response{
        503, make_payload(kAnswer, tls_,
                          dump({{"status", "starting"}, {"as_of", nullptr}, {"seq", nullptr}}))};
  }
  const view::Stamp stamp = view::stamp_of(*situation_, control_.now());
  const char* status = stamp.journal_failed_at ? "journal_failed" : stamp.stale ? "stale" : "ok";
  const int code = stamp.journal_failed_at || stamp.stale ? 503 : 200;
  return Response{
      code,
      make_payload(
          kAnswer, tls_,
          dump({{"status", status}, {"as_of", to_rfc3339(stamp.as_of)}, {"seq", stamp.seq}}))};
}

Outcome Router::openapi(const Request& request, std::string_view) {
  const Encoding encoding = encoding_for(request.accept_encoding);
  PayloadPtr& wanted = openapi_[static_cast<std::size_t>(encoding)];
  if (!wanted) {
    wanted = make_payload(kJsonDocument, tls_, openapi_document(), encoding);
  }
  return conditional(request, wanted);
}

Outcome Router::events(const Request& request, std::string_view) {
  if (request.method == Method::Head) {
    return not_allowed("/api/v1/events", "GET");
  }
  if (!edition_) {
    return starting();
  }
  return EventStream{};
}

Outcome Router::why(const Request& request, std::string_view rest) {
  if (!situation_) {
    return starting();
  }
  return Deferred{[this, actor = request.by.actor, node = NodeId(std::string(rest)),
                   situation = situation_](std::function<void(Response)> done) {
    const Instant now = control_.now();
    sink_.command(actor, Why{node}, [tls = tls_, situation, now, done](Result<Answer> answer) {
      done(answer ? Response{200, make_payload(kAnswer, tls, why_json(*answer, *situation, now))}
                  : json_error(tls, answer.error()));
    });
  }};
}

}  // namespace dienstbereit::web
