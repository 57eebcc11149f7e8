// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/router.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <openssl/crypto.h>

#include "base/hash.h"
#include "base/text.h"
#include "model/record/json.h"
#include "web/commands.h"
#include "web/json.h"
#include "web/metrics.h"
#include "web/outside/static_copy.h"
#include "web/pages/pages.h"
#include "web/pages/style.h"

namespace dienstbereit::web {
namespace {

using words::Language;

constexpr PayloadKind kPlainHtml{"text/html; charset=utf-8", true, false};
constexpr PayloadKind kAnswer{"application/json", false, false};
constexpr PayloadKind kMetrics{"text/plain; version=0.0.4; charset=utf-8", false, false};
constexpr PayloadKind kPlainText{"text/plain; charset=utf-8", false, false};
constexpr PayloadKind kIcon{"image/svg+xml", false, true};
constexpr std::string_view kRetrySoon = "Retry-After: 5\r\n";
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

Response json_error(bool tls, int status, std::string_view code, std::string_view message,
                    std::string_view extra = {}) {
  return {status, make_payload(kAnswer, tls, error_json(code, message), Encoding::Identity, extra)};
}

Response json_error(bool tls, const Error& error) {
  return json_error(tls, status_of(error.code), name_of(error.code), error.message);
}

Response html_error(bool tls, int status, Language language, std::string_view extra = {}) {
  return {status,
          make_payload(kPlainHtml, tls, error_html(status, language), Encoding::Identity, extra)};
}

// Equal without telling by the time taken how much of it is; digests hide the length too.
bool same_secret(std::string_view a, std::string_view b) {
  const Digest da = sha256(a);
  const Digest db = sha256(b);
  return CRYPTO_memcmp(da.data(), db.data(), da.size()) == 0;
}

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size() ||
      !equals_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) {
    return {};
  }
  return trim(authorization.substr(kScheme.size()));
}

Actor actor_of(const Peer& peer, std::string role = {}) {
  return {fmt::format("cli:uid={}", peer.uid.value_or(0)), std::move(role)};
}

Response command_answer(bool tls, const Result<Answer>& answer) {
  if (!answer) {
    return json_error(tls, answer.error());
  }
  return {200, make_payload(kAnswer, tls, command_json(*answer))};
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

Router::Router(std::string version, bool tls, InputSink& sink, Control& control,
               const ServerCounts& counts)
    : version_(std::move(version)), tls_(tls), sink_(sink), control_(control), counts_(counts) {}

void Router::show(std::shared_ptr<const Situation> situation) {
  situation_ = std::move(situation);
  renew();
}

void Router::renew() {
  if (situation_) {
    edition_ = std::make_unique<Edition>(situation_, control_.now(), tls_);
  }
}

std::span<const Router::Route> Router::routes() {
  using enum Method;
  static constexpr std::array kRoutes{
      Route{Get, "/api/v1/situation", false, &Router::document},
      Route{Get, "/api/v1/offices", false, &Router::document},
      Route{Get, "/api/v1/offices/", false, &Router::document},
      Route{Get, "/api/v1/sites", false, &Router::document},
      Route{Get, "/api/v1/sites/", false, &Router::document},
      Route{Get, "/api/v1/places", false, &Router::document},
      Route{Get, "/api/v1/services", false, &Router::document},
      Route{Get, "/api/v1/words", false, &Router::document},
      Route{Get, "/api/v1/nodes", true, &Router::document},
      Route{Get, "/api/v1/probes", true, &Router::document},
      Route{Get, "/api/v1/publishing", true, &Router::document},
      Route{Get, "/api/v1/copy", true, &Router::copy},
      Route{Get, "/api/v1/messages", true, &Router::document},
      Route{Get, "/api/v1/why/", true, &Router::why},
      Route{Get, "/api/v1/status/", true, &Router::status},
      Route{Get, "/api/v1/version", false, &Router::version},
      Route{Get, "/api/v1/health", false, &Router::health},
      Route{Get, "/api/v1/events", false, &Router::events},
      Route{Get, "/api/v1/openapi.json", false, &Router::openapi},
      Route{Get, "/metrics", false, &Router::metrics},
      Route{Post, "/api/v1/heartbeat/", false, &Router::heartbeat},
      Route{Post, "/api/v1/words", true, &Router::set_word},
      Route{Delete, "/api/v1/words/", true, &Router::withdraw_word},
      Route{Get, "/api/v1/record", true, &Router::record},
      Route{Post, "/api/v1/record", true, &Router::write_record},
      Route{Post, "/api/v1/forecast", true, &Router::make_forecast},
      Route{Post, "/api/v1/acknowledge/", true, &Router::acknowledge},
      Route{Post, "/api/v1/test-message/", true, &Router::test_message},
      Route{Post, "/api/v1/reload", true, &Router::reload},
      Route{Post, "/api/v1/clock/confirm", true, &Router::confirm_clock},
      Route{Post, "/api/v1/backup", true, &Router::backup},
  };
  return kRoutes;
}

std::vector<std::string> api_operations() {
  std::vector<std::string> out;
  for (const Router::Route& route : Router::routes()) {
    out.push_back(fmt::format("{} {}", name_of(route.method), route.pattern));
  }
  return out;
}

Outcome Router::answer(const Request& request) {
  const std::optional<std::string> path = percent_decoded(request.path);
  if (!path || !is_utf8(*path)) {
    return refusal(400, request.path);
  }
  if (is_open_document(*path)) {
    return reads(request.method) ? document(request, *path) : not_allowed(*path, "GET, HEAD");
  }
  return is_api(*path) ? answer_api(request, *path) : answer_page(request, *path);
}

Outcome Router::answer_page(const Request& request, const std::string& path) {
  const Language language = language_of(path);
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

Outcome Router::answer_api(const Request& request, const std::string& path) {
  const Method wanted = request.method == Method::Head ? Method::Get : request.method;
  std::string allow;
  for (const Route& route : routes()) {
    const bool takes_rest = route.pattern.ends_with('/');
    if (takes_rest ? !path.starts_with(route.pattern) || path.size() == route.pattern.size()
                   : path != route.pattern) {
      continue;
    }
    if (route.method != wanted) {
      allow += fmt::format("{}{}", allow.empty() ? "" : ", ", name_of(route.method));
      continue;
    }
    if (route.local_only && !request.peer.local()) {
      return json_error(tls_, 403, "denied",
                        "this is answered over the Unix socket in the data directory only");
    }
    return (this->*route.handler)(request, takes_rest
                                               ? std::string_view(path).substr(route.pattern.size())
                                               : std::string_view(path));
  }
  if (!allow.empty()) {
    return not_allowed(path, allow);
  }
  return json_error(tls_, 404, "not_found", "no such path; see /api/v1/openapi.json");
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
  return Deferred{[this, actor = actor_of(request.peer), node = NodeId(std::string(rest)),
                   situation = situation_](std::function<void(Response)> done) {
    const Instant now = control_.now();
    sink_.command(actor, Why{node}, [tls = tls_, situation, now, done](Result<Answer> answer) {
      done(answer ? Response{200, make_payload(kAnswer, tls, why_json(*answer, *situation, now))}
                  : json_error(tls, answer.error()));
    });
  }};
}

Outcome Router::heartbeat(const Request& request, std::string_view rest) {
  const ProbeId probe{std::string(rest)};
  const std::optional<std::string> token = control_.heartbeat_token(probe);
  const std::string_view given = bearer_token(request.authorization);
  // An unknown probe is refused like a wrong token: ids are internal.
  if (!same_secret(given, token.value_or("")) || !token || token->empty()) {
    return json_error(tls_, 401, "denied", "unknown probe or wrong token",
                      "WWW-Authenticate: Bearer\r\n");
  }
  if (!control_.heartbeat(probe)) {
    return json_error(tls_, 503, "unavailable", "the observer is overloaded; send it again",
                      kRetrySoon);
  }
  return Response{202, make_payload(kAnswer, tls_, dump({{"probe", probe.str()}}))};
}

Outcome Router::set_word(const Request& request, std::string_view) {
  if (!situation_) {
    return starting();
  }
  auto parsed = parse_word_request(request.body, *situation_->district);
  if (!parsed) {
    return json_error(tls_, parsed.error());
  }
  const bool preview = query_value(request.query, "preview").value_or("0") == "1";
  Command command = preview ? Command(PreviewWord{parsed->word}) : Command(parsed->word);
  return Deferred{[this, actor = actor_of(request.peer, parsed->role), command = std::move(command),
                   situation = situation_](std::function<void(Response)> done) {
    const Instant now = control_.now();
    sink_.command(actor, command, [tls = tls_, situation, now, done](Result<Answer> answer) {
      done(answer ? Response{200, make_payload(kAnswer, tls, word_json(*answer, *situation, now))}
                  : json_error(tls, answer.error()));
    });
  }};
}

// The whole record; not in an edition, since only operators read it.
Outcome Router::record(const Request&, std::string_view) {
  if (!situation_) {
    return starting();
  }
  return Response{200, make_payload(kAnswer, tls_, to_json(*situation_->record))};
}

Outcome Router::write_record(const Request& request, std::string_view) {
  if (!situation_) {
    return starting();
  }
  auto changes = parse_changes(request.body);
  if (!changes) {
    return json_error(tls_, changes.error());
  }
  return submit(actor_of(request.peer), WriteRecord{std::move(*changes)});
}

Outcome Router::make_forecast(const Request& request, std::string_view) {
  const auto forecast = parse_forecast_request(request.body);
  if (!forecast) {
    return json_error(tls_, forecast.error());
  }
  return submit(actor_of(request.peer), *forecast);
}

Outcome Router::withdraw_word(const Request& request, std::string_view rest) {
  const std::string reason = query_value(request.query, "reason").value_or("");
  return submit(actor_of(request.peer),
                WithdrawWord{WordId(std::string(rest)), clean(reason, kRoleBytesMax)});
}

Outcome Router::acknowledge(const Request& request, std::string_view rest) {
  return Deferred{[this, actor = actor_of(request.peer),
                   what = std::string(rest)](std::function<void(Response)> done) {
    control_.acknowledge(actor, what, [tls = tls_, done](Result<Answer> answer) {
      done(command_answer(tls, answer));
    });
  }};
}

Outcome Router::test_message(const Request& request, std::string_view rest) {
  return submit(actor_of(request.peer), SendTest{RecipientId(std::string(rest))});
}

Outcome Router::reload(const Request& request, std::string_view) {
  return Deferred{[this, actor = actor_of(request.peer)](std::function<void(Response)> done) {
    control_.reload(
        actor, [tls = tls_, done](Result<Answer> answer) { done(command_answer(tls, answer)); });
  }};
}

Outcome Router::confirm_clock(const Request& request, std::string_view) {
  return submit(actor_of(request.peer), ConfirmClock{});
}

Outcome Router::backup(const Request& request, std::string_view) {
  const auto file = parse_backup_request(request.body);
  if (!file) {
    return json_error(tls_, file.error());
  }
  return Deferred{
      [this, actor = actor_of(request.peer), path = *file](std::function<void(Response)> done) {
        control_.backup(actor, path, [tls = tls_, done](Result<Answer> answer) {
          done(command_answer(tls, answer));
        });
      }};
}

}  // namespace dienstbereit::web
