// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/subscribe.h"

#include <fmt/format.h>

#include "base/text.h"
#include "web/answers.h"
#include "web/json.h"
#include "web/operate/form.h"
#include "web/pages/parts.h"

namespace dienstbereit::web {
namespace {

using words::Language;

constexpr std::string_view kApi = "/api/v2/subscribers.json";
constexpr std::string_view kApiOne = "/api/v2/subscribers/";
constexpr std::string_view kJsonEnd = ".json";
constexpr std::string_view kConfirm = "confirm";
constexpr std::string_view kEnd = "end";

// The keys and their order are the status page API's; `purge_at`: until when it can be confirmed.
std::string to_json(const Subscriber& one) {
  return dump({{"subscriber",
                {{"id", one.id},
                 {"skip_confirmation_notification", false},
                 {"mode", "email"},
                 {"email", one.mail},
                 {"quarantined_at", nullptr},
                 {"purge_at",
                  one.confirmed ? Json() : Json(to_rfc3339(one.made + kConfirmSubscriptionWithin))},
                 {"components", Json::array()},
                 {"created_at", to_rfc3339(one.made)}}}});
}

struct Wish {
  std::string mail;
  bool other = false;  // wants something else than mails of everything
};

bool says_something(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && !found->empty();
}

// {"subscriber": {"email": ...}} or the same as fields of a form.
std::optional<Wish> wish_of(const Request& request) {
  Wish wish;
  if (std::string_view(request.content_type).starts_with("application/json")) {
    const Json json = Json::parse(request.body, nullptr, false);
    if (!json.is_object() || !json.contains("subscriber")) return std::nullopt;
    const Json& one = json["subscriber"];
    if (!one.is_object()) return std::nullopt;
    if (one.contains("email") && one["email"].is_string()) wish.mail = one["email"];
    for (const char* key : {"endpoint", "phone_number", "component_ids"}) {
      wish.other = wish.other || says_something(one, key);
    }
    return wish;
  }
  const auto form = operate::Form::parse(request.body);
  if (!form) return std::nullopt;
  wish.mail = form->value("subscriber[email]");
  for (const char* name :
       {"subscriber[endpoint]", "subscriber[phone_number]", "subscriber[component_ids][]"}) {
    wish.other = wish.other || form->has(name);
  }
  return wish;
}

using Page = std::function<void(const Pen&)>;

Response page(bool tls, int status, const view::Stamp& stamp, Language language,
              std::string_view title, const Page& body) {
  const words::Voice voice(language, stamp);
  Frame frame;
  frame.title = words::label(language, title);
  frame.path = subscription_path(language);
  frame.other_path = subscription_path(other_than(language));
  const std::string html = framed(frame, voice, stamp, [&](const Pen& pen) {
    const auto hero = pen.html.open("div", {{"class", "hero"}});
    pen.html.leaf("h1", frame.title);
    body(pen);
  });
  return {status, make_payload(kPlainHtml, tls, html)};
}

Response told(bool tls, int status, const view::Stamp& stamp, Language language,
              std::string_view text) {
  return page(tls, status, stamp, language, "web.abo.title", [&](const Pen& pen) {
    pen.html.leaf("p", pen.label(text), {{"role", "status"}});
    const auto back = pen.html.open("p");
    pen.html.leaf("a", pen.label("web.abo.home"), {{"href", home_path(language)}});
  });
}

int status_of(const Error& error) {
  return error.code == Errc::NotFound ? 404 : error.code == Errc::LimitExceeded ? 429 : 503;
}

// `problem`: what is wrong with `mail`, as it was typed; empty: nothing.
Response form_page(bool tls, int status, const view::Stamp& stamp, Language language,
                   std::string_view problem = {}, std::string_view mail = {}) {
  return page(tls, status, stamp, language, "web.abo.title", [&](const Pen& pen) {
    pen.html.leaf("p", pen.label("web.abo.intro"));
    const auto form = pen.html.open(
        "form", {{"method", "post"}, {"action", subscription_path(language)}, {"class", "tell"}});
    {
      const auto field = pen.html.open("p");
      pen.html.leaf("label", pen.label("web.abo.mail"), {{"for", "mail"}});
      if (!problem.empty()) {
        pen.html.leaf("strong", pen.label(problem), {{"id", "problem"}, {"role", "alert"}});
      }
      std::vector<Attribute> attributes{
          {"id", "mail"},       {"name", "mail"},          {"type", "email"}, {"required", ""},
          {"maxlength", "254"}, {"autocomplete", "email"}, {"value", mail}};
      if (!problem.empty()) attributes.push_back({"aria-describedby", "problem"});
      pen.html.empty_with("input", attributes);
    }
    pen.html.leaf("button", pen.label("web.abo.send"));
    pen.html.leaf("p", pen.label("web.abo.privacy"), {{"class", "hours"}});
  });
}

// One button that says what it does: links in mails are opened by machines too, buttons are not
// pressed by them.
Response link_page(bool tls, const Subscriber& one, const view::Stamp& stamp, Language language,
                   std::string_view path) {
  const bool confirmed = one.confirmed.has_value();
  return page(tls, 200, stamp, language, "web.abo.title", [&](const Pen& pen) {
    pen.html.leaf("p", pen.label(confirmed ? "web.abo.ask_end" : "web.abo.ask_confirm"));
    pen.html.leaf("p", one.mail, {{"dir", "ltr"}});
    const auto form = pen.html.open("form", {{"method", "post"}, {"action", path}});
    pen.html.leaf("button", pen.label(confirmed ? "web.abo.end" : "web.abo.confirm"),
                  {{"name", "do"}, {"value", confirmed ? kEnd : kConfirm}});
  });
}

std::optional<std::string_view> rest_of(std::string_view path, Language language) {
  const std::string own = subscription_path(language);
  if (path == own) return std::string_view();
  if (path.starts_with(own) && path[own.size()] == '/') return path.substr(own.size() + 1);
  return std::nullopt;
}

}  // namespace

std::string subscription_path(Language language) {
  return language == Language::De ? "/abo" : "/en/subscription";
}

std::string subscription_link(const Subscriber& subscriber) {
  const Language language = subscriber.language == "en" ? Language::En : Language::De;
  return fmt::format("{}/{}/{}", subscription_path(language).substr(1), subscriber.id,
                     subscriber.token);
}

bool offers_subscriptions(const view::Stamp& stamp) {
  return stamp.district->subscriptions.offered() && !stamp.exercise && !stamp.copy;
}

bool SubscriptionCounter::serves(std::string_view path) {
  return path == kApi || path.starts_with(kApiOne) || rest_of(path, Language::De) ||
         rest_of(path, Language::En);
}

Outcome SubscriptionCounter::answer(const Request& request, const std::string& path,
                                    const view::Stamp& stamp, Instant now) {
  const bool api = path.starts_with("/api/");
  const Language language = rest_of(path, Language::En) ? Language::En : Language::De;
  if (!offers_subscriptions(stamp)) {
    return api ? json_error(tls_, 404, "not_found", "this page offers no subscriptions")
               : html_error(tls_, 404, language);
  }
  if (api) return answer_api(request, path, now);
  const std::string_view rest = *rest_of(path, language);
  const bool reads = request.method == Method::Get || request.method == Method::Head;
  if (!reads && request.method != Method::Post) {
    return html_error(tls_, 405, language, "Allow: GET, HEAD, POST\r\n");
  }
  return rest.empty() ? answer_form(request, stamp, language, now)
                      : answer_link(request, rest, stamp, language);
}

Outcome SubscriptionCounter::answer_api(const Request& request, std::string_view path,
                                        Instant now) {
  const bool one = path.starts_with(kApiOne) && path.ends_with(kJsonEnd);
  const auto done = [tls = tls_](std::function<void(Response)> give, int status) {
    return [tls, give = std::move(give), status](const Result<Subscriber>& result) {
      give(result ? Response{status, make_payload(kAnswer, tls, to_json(*result))}
                  : json_error(tls, result.error()));
    };
  };
  if (one) {
    if (request.method != Method::Delete) {
      return json_error(tls_, 405, "method_not_allowed", "this path takes DELETE only",
                        "Allow: DELETE\r\n");
    }
    std::string id(path.substr(kApiOne.size(), path.size() - kApiOne.size() - kJsonEnd.size()));
    return Deferred{[this, id = std::move(id), done](std::function<void(Response)> give) {
      subscriptions_.end(id, done(std::move(give), 200));
    }};
  }
  if (path != kApi) return json_error(tls_, 404, "not_found", "no such path");
  if (request.method != Method::Post) {
    return json_error(tls_, 405, "method_not_allowed", "this path takes POST only",
                      "Allow: POST\r\n");
  }
  const auto wish = wish_of(request);
  if (!wish || !valid_mail_address(wish->mail) || wish->other) {
    return json_error(tls_, 422, "invalid_input",
                      wish && wish->other ? "subscriptions are by mail and to everything: give "
                                            "subscriber[email] alone"
                                          : "subscriber[email] is missing or no mail address");
  }
  if (!gate_.admit(request.peer.group, now)) {
    return json_error(tls_, 429, "limit_exceeded",
                      "many subscriptions came from your address; try again in an hour");
  }
  return Deferred{[this, mail = wish->mail, done](std::function<void(Response)> give) {
    subscriptions_.add(mail, "en", done(std::move(give), 201));
  }};
}

Outcome SubscriptionCounter::answer_form(const Request& request, const view::Stamp& stamp,
                                         Language language, Instant now) {
  if (request.method != Method::Post) return form_page(tls_, 200, stamp, language);
  if (!operate::comes_from_us(request.origin, request.fetch_site, request.host)) {
    return form_page(tls_, 403, stamp, language, "web.abo.elsewhere");
  }
  const auto form = operate::Form::parse(request.body);
  const std::string mail(form ? trim(form->value("mail")) : "");
  if (!valid_mail_address(mail)) {
    return form_page(tls_, 422, stamp, language, "web.abo.no_address", clean(mail, 254));
  }
  if (!gate_.admit(request.peer.group, now)) {
    return told(tls_, 429, stamp, language, "web.abo.too_often");
  }
  return Deferred{[this, mail, stamp, language](std::function<void(Response)> give) {
    subscriptions_.add(
        mail, words::code_of(language),
        [tls = tls_, stamp, language, give](const Result<Subscriber>& result) {
          give(result ? told(tls, 200, stamp, language, "web.abo.asked")
                      : told(tls, status_of(result.error()), stamp, language, "web.abo.not_kept"));
        });
  }};
}

Outcome SubscriptionCounter::answer_link(const Request& request, std::string_view rest,
                                         const view::Stamp& stamp, Language language) {
  const auto slash = rest.find('/');
  std::string id(rest.substr(0, slash));
  std::string token(slash == std::string_view::npos ? "" : rest.substr(slash + 1));
  const auto answered = [tls = tls_, stamp, language](std::function<void(Response)> give,
                                                      std::string_view text) {
    return [tls, stamp, language, give = std::move(give), text](const Result<Subscriber>& result) {
      const std::string_view gone =
          !result && result.error().code == Errc::NotFound ? "web.abo.gone" : "web.abo.not_kept";
      give(result ? told(tls, 200, stamp, language, text)
                  : told(tls, status_of(result.error()), stamp, language, gone));
    };
  };
  if (request.method != Method::Post) {
    return Deferred{[=, this](std::function<void(Response)> give) {
      const std::string path = fmt::format("{}/{}/{}", subscription_path(language), id, token);
      subscriptions_.find(id, token, [=, tls = tls_](const Result<Subscriber>& one) {
        give(one ? link_page(tls, *one, stamp, language, path)
                 : told(tls, 404, stamp, language, "web.abo.gone"));
      });
    }};
  }
  const auto form = operate::Form::parse(request.body);
  if (form && form->value("do") == kConfirm) {
    return Deferred{[=, this](std::function<void(Response)> give) {
      subscriptions_.confirm(id, token, answered(std::move(give), "web.abo.confirmed"));
    }};
  }
  // Mail programs end it with one request of their own (RFC 8058).
  const bool ends =
      form && (form->value("do") == kEnd || form->value("List-Unsubscribe") == "One-Click");
  if (!ends) return html_error(tls_, 400, language);
  return Deferred{[=, this](std::function<void(Response)> give) {
    subscriptions_.find(id, token, [=, this](const Result<Subscriber>& one) {
      auto done = answered(give, "web.abo.ended");
      if (!one) return done(one);
      subscriptions_.end(id, done);
    });
  }};
}

}  // namespace dienstbereit::web
