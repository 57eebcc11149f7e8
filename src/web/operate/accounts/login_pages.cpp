// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "web/operate/handlers.h"
#include "words/catalogue.h"

// The way in and out. None of these pages tells whether an account exists.
namespace dienstbereit::web::operate {
namespace {

constexpr std::string_view kHome = "/operate/";
constexpr std::string_view kCode = "/operate/login/code";

std::string label(const Visit& visit, std::string_view key) {
  return words::label(visit.language, key);
}

// Who has no account yet keeps the language he chose through every form.
void keep_language(FormWriter& form, const Visit& visit) {
  if (!visit.is_in()) form.hidden("lang", words::code_of(visit.language));
}

// An address of a page of the desk, with nothing in it that a header could not carry.
bool is_page(const std::string& path) {
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("/-_.@").find(c) != std::string_view::npos;
  });
  return plain && std::any_of(routes().begin(), routes().end(), [&](const Route& route) {
           const bool takes_rest = route.pattern.ends_with('/') && route.pattern != kHome;
           return route.method == Method::Get &&
                  (path == route.pattern || (takes_rest && path.starts_with(route.pattern)));
         });
}

void write_link(const Pen& pen, std::string_view key, std::string path) {
  if (pen.language() == words::Language::En) path += "?lang=en";
  const auto line = pen.html.open("p");
  pen.html.leaf("a", pen.label(key), {{"href", path}});
}

Response login_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                    int status = 200) {
  return desk.page(visit,
                   {label(visit, "operate.login.title"), std::move(notice),
                    [&](const Pen& pen) {
                      if (!desk.gatekeeper().has_administrator()) {
                        pen.html.leaf("p", pen.label("operate.login.no_administrator"));
                      }
                      {
                        FormWriter form(pen, visit, "login", "/operate/login",
                                        pen.label("operate.login.button"));
                        keep_language(form, visit);
                        form.field({"login", pen.label("operate.field.login"),
                                    visit.form.value("login"), "", "text", "username"});
                        form.field({"password", pen.label("operate.field.password"), "", "",
                                    "password", "current-password"});
                      }
                      write_link(pen, "operate.login.emergency", "/operate/emergency");
                    }},
                   status);
}

Response code_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                   int status = 200) {
  return desk.page(visit,
                   {label(visit, "operate.code.title"), std::move(notice),
                    [&](const Pen& pen) {
                      FormWriter form(pen, visit, "code", kCode, pen.label("operate.login.button"));
                      form.field({"code", pen.label("operate.field.code"), "",
                                  pen.label("operate.field.code_hint"), "text", "one-time-code"});
                    }},
                   status);
}

Response emergency_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                        int status = 200) {
  return desk.page(visit,
                   {label(visit, "operate.emergency.title"), std::move(notice),
                    [&](const Pen& pen) {
                      pen.html.leaf("p", pen.label("operate.emergency.text"));
                      {
                        FormWriter form(pen, visit, "emergency", "/operate/emergency",
                                        pen.label("operate.login.button"));
                        keep_language(form, visit);
                        form.field({"code", pen.label("operate.emergency.field"), "",
                                    pen.label("operate.emergency.hint")});
                      }
                      write_link(pen, "operate.login.title", "/operate/login");
                    }},
                   status);
}

Response link_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                   int status = 200) {
  const auto link = desk.gatekeeper().link(visit.rest);
  if (!link) {
    return desk.page(
        visit,
        {label(visit, "operate.link.title"), refusal_notice(visit, Refusal::LinkInvalid),
         [](const Pen& pen) { pen.html.leaf("p", pen.label("operate.link.invalid")); }},
        404);
  }
  const std::string login = link->login;
  const bool setup = link->setup;
  return desk.page(
      visit,
      {label(visit, setup ? "operate.link.setup" : "operate.link.title"), std::move(notice),
       [&](const Pen& pen) {
         if (setup) pen.html.leaf("p", pen.label("operate.link.setup_text"));
         FormWriter form(pen, visit, "link", visit.path, pen.label("operate.link.button"));
         keep_language(form, visit);
         if (setup) {
           form.field({"name", pen.label("operate.field.name"), visit.form.value("name"), "",
                       "text", "name"});
           form.field({"login", pen.label("operate.field.login"), visit.form.value("login"),
                       pen.label("operate.field.login_hint"), "text", "username"});
         } else {
           pen.html.leaf("p",
                         words::text(pen.language(), "operate.link.login", {{"login", login}}));
         }
         form.field({"password", pen.label("operate.field.new_password"), "",
                     pen.label("operate.field.new_password_hint"), "password", "new-password"});
         form.field(
             {"again", pen.label("operate.field.again"), "", "", "password", "new-password"});
       }},
      status);
}

// After a login: to where it leads, under the new session.
Response entered(const Desk& desk, const Visit& visit, const AccountAnswer& answer) {
  const bool half = answer.stage == SessionStage::SecondStep;
  return desk.redirect(visit, half ? kCode : kHome, answer.secret);
}

}  // namespace

Outcome show_login(const Desk& desk, const Visit& visit) {
  if (visit.is_in()) return desk.redirect(visit, kHome);
  std::optional<Notice> notice;
  if (visit.query.value("done") == "link") notice = {label(visit, "operate.done.link"), true};
  if (visit.query.value("done") == "logout") notice = {label(visit, "operate.done.logout"), true};
  return login_page(desk, visit, std::move(notice));
}

Outcome log_in(const Desk& desk, const Visit& visit) {
  return desk.submit(LogIn{visit.form.value("login"), visit.form.value("password"), visit.from},
                     visit, [&desk](const Visit& asked, const AccountAnswer& answer) {
                       if (answer.refused == Refusal::None) return entered(desk, asked, answer);
                       return login_page(desk, asked, refusal_notice(asked, answer.refused),
                                         status_of(answer.refused));
                     });
}

Outcome show_code(const Desk& desk, const Visit& visit) {
  if (visit.is_in()) return desk.redirect(visit, kHome);
  if (!visit.has_session()) return desk.redirect(visit, "/operate/login");
  return code_page(desk, visit, std::nullopt);
}

Outcome enter_code(const Desk& desk, const Visit& visit) {
  return desk.submit(EnterCode{visit.token, visit.form.value("code"), visit.from}, visit,
                     [&desk](const Visit& asked, const AccountAnswer& answer) {
                       if (answer.refused == Refusal::None) return entered(desk, asked, answer);
                       if (answer.refused == Refusal::NothingBegun) {
                         return desk.redirect(asked, "/operate/login");
                       }
                       return code_page(desk, asked, refusal_notice(asked, answer.refused),
                                        status_of(answer.refused));
                     });
}

Outcome show_emergency(const Desk& desk, const Visit& visit) {
  return emergency_page(desk, visit, std::nullopt);
}

Outcome use_emergency_code(const Desk& desk, const Visit& visit) {
  return desk.submit(UseEmergencyCode{visit.form.value("code"), visit.from}, visit,
                     [&desk](const Visit& asked, const AccountAnswer& answer) {
                       if (answer.refused == Refusal::None) return entered(desk, asked, answer);
                       return emergency_page(desk, asked, refusal_notice(asked, answer.refused),
                                             status_of(answer.refused));
                     });
}

Outcome log_out(const Desk& desk, const Visit& visit) {
  if (!visit.has_session()) return desk.redirect(visit, "/operate/login");
  return desk.submit(EndSession{visit.by().session}, visit,
                     [&desk](const Visit& asked, const AccountAnswer&) {
                       return desk.redirect(asked, "/operate/login?done=logout", "");
                     });
}

Outcome show_link(const Desk& desk, const Visit& visit) {
  return link_page(desk, visit, std::nullopt);
}

Outcome use_link(const Desk& desk, const Visit& visit) {
  const Form& form = visit.form;
  if (form.value("password") != form.value("again")) {
    return link_page(desk, visit, Notice{label(visit, "operate.passwords_differ"), false}, 422);
  }
  return desk.submit(UseLink{visit.rest, form.value("login"), form.value("name"),
                             form.value("password"), words::code_of(visit.language)},
                     visit, [&desk](const Visit& asked, const AccountAnswer& answer) {
                       if (answer.refused == Refusal::None) {
                         return desk.redirect(asked, "/operate/login?done=link");
                       }
                       return link_page(desk, asked, refusal_notice(asked, answer.refused),
                                        status_of(answer.refused));
                     });
}

Outcome set_language(const Desk& desk, const Visit& visit) {
  // Only to pages of ours; where that was a form's answer, to the page the form stands on.
  const std::string& asked_for = visit.form.value("back");
  const std::string back = is_page(asked_for) ? asked_for : std::string(kHome);
  return desk.submit(SetLanguage{visit.form.value("language")}, visit,
                     [&desk, back](const Visit& asked, const AccountAnswer&) {
                       return desk.redirect(asked, back);
                     });
}

}  // namespace dienstbereit::web::operate
