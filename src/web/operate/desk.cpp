// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/desk.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sodium.h>

#include "base/assert.h"
#include "base/text.h"
#include "model/record/roles.h"
#include "web/api/commands.h"
#include "web/operate/handlers.h"
#include "web/pages/pages.h"
#include "web/pages/style.h"
#include "web/upload/multipart.h"
#include "words/catalogue.h"
#include "words/errors.h"

namespace dienstbereit::web::operate {
namespace {

using words::Language;

constexpr std::string_view kRoot = "/operate";
constexpr std::string_view kHome = "/operate/";
constexpr std::string_view kLogin = "/operate/login";
constexpr PayloadKind kPage{"text/html; charset=utf-8", true, false, false,
                            operate_security_policy};
constexpr std::string_view kUploads = "/operate/photo/";
constexpr std::size_t kVisitBytes = 16;
constexpr std::size_t kHostBytesMax = 200;

std::string random_hex() {
  std::array<unsigned char, kVisitBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

bool is_form(std::string_view content_type) {
  const std::string_view kind = trim(content_type.substr(0, content_type.find(';')));
  return equals_ignoring_case(kind, "application/x-www-form-urlencoded");
}

// The fields of either kind of form; a file in it goes to `upload`.
std::optional<Form> form_of(const Request& request, std::string& upload) {
  if (request.body.empty() || is_form(request.content_type)) return Form::parse(request.body);
  const auto parts = parse_multipart(request.body, boundary_of(request.content_type));
  if (!parts) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& [name, value] : parts->parts) {
    if (name == kUploadField) {
      upload = std::string(value);
    } else {
      fields.emplace_back(name, std::string(value));
    }
  }
  return Form::of(std::move(fields));
}

std::optional<Language> language_named(std::string_view code) {
  if (code == "de") return Language::De;
  if (code == "en") return Language::En;
  return std::nullopt;
}

// The route of a path, and what a pattern ending in '/' leaves of it.
const Route* find_route(const std::string& path, Method method, std::string& rest) {
  for (const Route& route : routes()) {
    if (route.method != method) continue;
    if (path == route.pattern) return &route;
    if (route.pattern != kHome && route.pattern.ends_with('/') && path.starts_with(route.pattern)) {
      rest = path.substr(route.pattern.size());
      return &route;
    }
  }
  return nullptr;
}

}  // namespace

std::string_view session_cookie(bool tls) {
  return tls ? "__Host-dienstbereit" : "dienstbereit-session";
}

bool is_operate(std::string_view path) { return path == kRoot || path.starts_with(kHome); }

Desk::Desk(bool tls, InputSink& sink, Control& control, Gatekeeper& gatekeeper)
    : tls_(tls), sink_(sink), control_(control), gatekeeper_(gatekeeper) {}

std::string Desk::cookie(std::string_view token) const {
  return fmt::format("Set-Cookie: {}={}; Path=/; HttpOnly; SameSite=Strict{}{}\r\n", cookie_name(),
                     token, tls_ ? "; Secure" : "", token.empty() ? "; Max-Age=0" : "");
}

bool Desk::may_upload(const Request& header) const {
  if (header.method != Method::Post || !header.path.starts_with(kUploads)) return false;
  const auto visitor =
      gatekeeper_.visitor(cookie_value(header.cookie, cookie_name()).substr(0, kCookieBytesMax));
  return visitor && visitor->stage == SessionStage::Full &&
         visitor->identity.roles.allows(Role::Operate);
}

Outcome Desk::answer(const Request& request, const std::string& path) const {
  if (!tls_ && !request.peer.near()) {
    return plain(request, 403, "operate.needs_tls", "operate.needs_tls_why");
  }
  if (!situation_) {
    return Response{503, make_payload(kPage, tls_, starting_html(Language::De), Encoding::Identity,
                                      "Retry-After: 5\r\n")};
  }
  auto visit = visit_of(request, path == kRoot ? std::string(kHome) : path);
  if (!visit) return plain(request, 400, "operate.bad_form", "operate.bad_form_why");
  const Method method = request.method == Method::Head ? Method::Get : request.method;
  const Route* route = find_route(visit->path, method, visit->rest);
  if (route == nullptr) {
    return refuse(*visit, 404, "operate.not_found", "operate.not_found_why");
  }
  return handle(*route, std::move(*visit), request);
}

std::optional<Visit> Desk::visit_of(const Request& request, const std::string& path) const {
  Visit visit;
  visit.path = path;
  auto query = Form::parse(request.query);
  if (!query) return std::nullopt;
  visit.query = std::move(*query);
  if (request.method == Method::Post) {
    auto form = form_of(request, visit.upload);
    if (!form) return std::nullopt;
    visit.form = std::move(*form);
  }
  visit.token = cookie_value(request.cookie, cookie_name());
  if (visit.token.size() > kCookieBytesMax || !is_utf8(visit.token)) visit.token.clear();
  if (auto visitor = gatekeeper_.visitor(visit.token)) visit.visitor = std::move(*visitor);
  if (visit.token.empty()) {
    visit.token = random_hex();
    visit.new_token = true;
  }
  visit.from = {request.peer.address, request.peer.group, std::string(request.user_agent)};
  visit.host = clean(request.host, kHostBytesMax);
  visit.situation = situation_;
  visit.now = control_.now();
  const bool own = visit.has_session() && !visit.by().account.empty();
  const auto asked =
      language_named(visit.form.has("lang") ? visit.form.value("lang") : visit.query.value("lang"));
  visit.language = own ? language_named(visit.visitor.language).value_or(Language::De)
                       : asked.value_or(Language::De);
  return visit;
}

Outcome Desk::handle(const Route& route, Visit visit, const Request& request) const {
  if (route.method == Method::Post) {
    const bool ours = comes_from_us(request.origin, request.fetch_site, request.host);
    if (!ours || visit.new_token || !same_secret(visit.form.value("csrf"), csrf_of(visit.token))) {
      return refuse(visit, 403, "operate.stale_form", "operate.stale_form_why");
    }
  }
  if (route.needs && !visit.is_in()) {
    const bool half = visit.has_session();
    return redirect(visit, half ? "/operate/login/code" : kLogin);
  }
  if (route.needs && !visit.may(*route.needs)) {
    return refuse(visit, 403, "operate.not_allowed", "operate.not_allowed_why");
  }
  return route.handler(*this, visit);
}

// ---- answers -----------------------------------------------------------------------------------

Surroundings Desk::surroundings(const Visit& visit) const {
  Surroundings around;
  if (!visit.is_in()) return around;
  for (const Route& route : routes()) {
    if (route.menu.empty() || !visit.may(*route.needs)) continue;
    around.menu.push_back({std::string(route.pattern), words::label(visit.language, route.menu)});
  }
  const words::Voice voice(visit.language, *visit.situation->district, visit.now);
  for (const SessionEntry& session : gatekeeper_.sessions(AccountId())) {
    if (session.emergency.empty()) continue;
    around.alarms.push_back(fmt::format("{} {} ({})",
                                        words::label(visit.language, "operate.emergency.alarm"),
                                        words::time_of(voice, session.made_at),
                                        session.address.empty() ? "Unix socket" : session.address));
  }
  return around;
}

Response Desk::page(const Visit& visit, const Sheet& sheet, int status) const {
  return {status, make_payload(kPage, tls_, framed(visit, sheet, surroundings(visit)),
                               Encoding::Identity, visit.new_token ? cookie(visit.token) : "")};
}

Response Desk::redirect(const Visit& visit, std::string_view to,
                        const std::optional<std::string>& token) const {
  dienstbereit_assert(to.find_first_of("\r\n") == std::string_view::npos);
  const bool keeps_language = !visit.is_in() && visit.language == Language::En;
  std::string fields = fmt::format("Location: {}{}\r\n", to,
                                   !keeps_language                          ? ""
                                   : to.find('?') == std::string_view::npos ? "?lang=en"
                                                                            : "&lang=en");
  if (token) fields += cookie(*token);
  return {303, make_payload(kPage, tls_, "", Encoding::Identity, fields)};
}

Deferred Desk::submit(AccountCommand command, const Visit& visit, Then then) const {
  return Deferred{[this, command = std::move(command), visit,
                   then = std::move(then)](std::function<void(Response)> done) {
    gatekeeper_.submit(
        command, visit.by(), [this, visit, then, done](Result<AccountAnswer> answer) {
          done(answer ? then(visit, *answer)
                      : refuse(visit, 503, "operate.machine", "operate.machine_why"));
        });
  }};
}

Deferred Desk::command(Command command, const Visit& visit, Answered then, Again again) const {
  return Deferred{[this, command = std::move(command), visit, then = std::move(then),
                   again = std::move(again)](std::function<void(Response)> done) {
    sink_.command(visit.by().actor, command, [visit, then, again, done](Result<Answer> answer) {
      done(answer ? then(visit, *answer)
                  : again(visit, error_notice(visit, answer.error()),
                          web::status_of(answer.error().code)));
    });
  }};
}

Outcome Desk::write(std::vector<RecordEvent> changes, const Visit& visit, std::string to,
                    Again again) const {
  for (const RecordEvent& change : changes) {
    if (!visit.is_in() || !may_write(visit.by().roles, change)) {
      return refuse(visit, 403, "operate.not_allowed", "operate.not_allowed_why");
    }
  }
  const auto then = [this, to = std::move(to)](const Visit& asked, const Answer& answer) {
    const std::string id = answer.written.empty() ? "" : id_of(answer.written.back());
    return redirect(asked, words::fill(to, {{"id", percent_encoded(id)}}));
  };
  return command(WriteRecord{std::move(changes)}, visit, then, std::move(again));
}

std::string Desk::address(const Visit& visit, std::string_view path) const {
  return fmt::format("{}://{}{}", tls_ ? "https" : "http", visit.host, path);
}

Response Desk::refuse(const Visit& visit, int status, std::string_view title_key,
                      std::string_view text_key) const {
  const std::string text = words::label(visit.language, text_key);
  return page(visit,
              {words::label(visit.language, title_key), std::nullopt,
               [&](const Pen& pen) {
                 pen.html.leaf("p", text);
                 const auto back = pen.html.open("p");
                 pen.html.leaf("a", pen.label("operate.back_home"), {{"href", "/operate/"}});
               }},
              status);
}

// Before anything is known of the visitor: in both languages, without a frame.
Response Desk::plain(const Request&, int status, std::string_view title_key,
                     std::string_view text_key) const {
  Html html;
  html.raw("<!doctype html>");
  {
    const auto root = html.open("html", {{"lang", "de"}});
    {
      const auto head = html.open("head");
      html.empty("meta", {{"charset", "utf-8"}});
      html.empty("meta",
                 {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
      html.leaf("title", words::label(Language::De, title_key));
      html.style(operate_style_sheet());
    }
    const auto body = html.open("body");
    const auto main = html.open("main");
    for (const Language language : {Language::De, Language::En}) {
      const char* code = words::code_of(language);
      html.leaf(language == Language::De ? Literal("h1") : Literal("h2"),
                words::label(language, title_key), {{"lang", code}});
      html.leaf("p", words::label(language, text_key), {{"lang", code}});
    }
  }
  return {status, make_payload(kPage, tls_, html.take())};
}

Notice refusal_notice(const Visit& visit, Refusal refusal) {
  return {words::label(visit.language, fmt::format("operate.refusal.{}", name_of(refusal))), false};
}

Notice error_notice(const Visit& visit, const Error& error) {
  const std::string key = fmt::format("operate.error.{}", dienstbereit::name_of(error.code));
  const std::string what = words::label(visit.language, key);
  if (visit.language == Language::De) {
    if (const auto german = words::german_error(error.message)) {
      return {fmt::format("{} {}", what, *german), false};
    }
  }
  return {what, false, error.message};
}

int status_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::TooManyAttempts:
      return 429;
    case Refusal::NotAllowed:
      return 403;
    case Refusal::LoginTaken:
    case Refusal::AdministratorExists:
    case Refusal::LastAdministrator:
    case Refusal::TooMany:
      return 409;
    case Refusal::NoSuchAccount:
    case Refusal::NoSuchSession:
    case Refusal::NoSuchToken:
      return 404;
    default:
      return 422;
  }
}

}  // namespace dienstbereit::web::operate
