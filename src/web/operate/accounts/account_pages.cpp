// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "web/operate/accounts/qr.h"
#include "web/operate/handlers.h"
#include "words/catalogue.h"

// "My account": what everyone may do with his own.
namespace dienstbereit::web::operate {
namespace {

constexpr std::string_view kAccount = "/operate/account";
constexpr int kTokenDays = 90;

std::string label(const Visit& visit, std::string_view key) {
  return words::label(visit.language, key);
}

void write_profile(const Pen& pen, const Visit& visit, const Profile& profile) {
  pen.html.leaf("h2", pen.label("operate.account.profile"));
  FormWriter form(pen, visit, "profile", "/operate/account/profile", pen.label("operate.save"));
  form.field({"name", pen.label("operate.field.name"), profile.name, "", "text", "name"});
  form.language(profile.language);
  form.field({"mail", pen.label("operate.field.mail"), profile.mail,
              pen.label("operate.field.contact_hint"), "email", "email", false});
  form.field(
      {"mobile", pen.label("operate.field.mobile"), profile.mobile, "", "tel", "tel", false});
}

void write_password(const Pen& pen, const Visit& visit) {
  pen.html.leaf("h2", pen.label("operate.account.password"));
  FormWriter form(pen, visit, "password", "/operate/account/password",
                  pen.label("operate.account.password_button"));
  form.field(current_password(pen));
  form.field({"fresh", pen.label("operate.field.new_password"), "",
              pen.label("operate.field.new_password_hint"), "password", "new-password"});
  form.field({"again", pen.label("operate.field.again"), "", "", "password", "new-password"});
}

void write_totp(const Pen& pen, const Visit& visit, const Profile& profile) {
  pen.html.leaf("h2", pen.label("operate.account.totp"));
  if (!profile.has_totp) {
    pen.html.leaf("p", pen.label("operate.account.totp_none"));
    FormWriter form(pen, visit, "totp", "/operate/account/totp",
                    pen.label("operate.account.totp_begin"));
    form.field(current_password(pen));
    return;
  }
  pen.html.leaf("p",
                words::count(pen.language(), "operate.account.codes_left", profile.recovery_left));
  {
    FormWriter form(pen, visit, "codes", "/operate/account/codes",
                    pen.label("operate.account.codes_button"));
    form.field(current_password(pen));
  }
  FormWriter form(pen, visit, "drop", "/operate/account/totp/drop",
                  pen.label("operate.account.totp_drop"));
  form.field(current_password(pen));
}

void write_sessions(const Pen& pen, const Visit& visit, const std::vector<SessionEntry>& sessions) {
  pen.html.leaf("h2", pen.label("operate.account.sessions"));
  {
    const auto list = pen.html.open("ul", {{"class", "plain"}});
    for (const SessionEntry& session : sessions) {
      const auto item = pen.html.open("li");
      pen.html.leaf("p", words::text(pen.language(), "operate.session.line",
                                     {{"since", words::time_of(pen.voice, session.made_at)},
                                      {"used", words::time_of(pen.voice, session.used_at)}}));
      pen.html.leaf("p", fmt::format("{} {}", session.address, session.agent),
                    {{"class", "hours"}});
      if (session.id == visit.by().session) {
        pen.html.leaf("p", pen.label("operate.session.this"));
        continue;
      }
      FormWriter form(pen, visit, "end-" + session.id, "/operate/account/session",
                      words::text(pen.language(), "operate.session.end", {{"id", session.id}}),
                      FormKind::Inline);
      form.hidden("id", session.id);
    }
  }
  if (sessions.size() > 1) {
    const FormWriter form(pen, visit, "end-others", "/operate/account/sessions",
                          pen.label("operate.session.end_others"));
  }
}

void write_tokens(const Pen& pen, const Visit& visit, const std::vector<TokenEntry>& tokens) {
  pen.html.leaf("h2", pen.label("operate.account.tokens"));
  pen.html.leaf("p", pen.label("operate.token.text"));
  if (!tokens.empty()) {
    const auto list = pen.html.open("ul", {{"class", "plain"}});
    for (const TokenEntry& token : tokens) {
      const auto item = pen.html.open("li");
      pen.html.leaf("p", words::text(pen.language(), "operate.token.line",
                                     {{"name", token.name},
                                      {"scopes", role_names(pen, token.scopes)},
                                      {"until", words::time_of(pen.voice, token.expires_at)}}));
      FormWriter form(pen, visit, "revoke-" + token.id, "/operate/account/token/revoke",
                      words::text(pen.language(), "operate.token.revoke", {{"id", token.id}}),
                      FormKind::Inline);
      form.hidden("id", token.id);
    }
  }
  FormWriter form(pen, visit, "token", "/operate/account/token", pen.label("operate.token.button"));
  form.field({"name", pen.label("operate.token.name"), "", pen.label("operate.token.name_hint")});
  form.roles(pen.label("operate.token.scopes"), visit.by().roles, {});
  form.field({"days", pen.label("operate.token.days"), std::to_string(kTokenDays), "", "number"});
}

Response account_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                      int status = 200) {
  const auto profile = desk.gatekeeper().profile(visit.by().account);
  if (!profile) {  // an emergency code is nobody's account
    return desk.page(
        visit,
        {label(visit, "operate.account.title"), std::move(notice),
         [](const Pen& pen) { pen.html.leaf("p", pen.label("operate.account.none")); }},
        status);
  }
  return desk.page(visit,
                   {label(visit, "operate.account.title"), std::move(notice),
                    [&](const Pen& pen) {
                      pen.html.leaf("p", words::text(pen.language(), "operate.account.login",
                                                     {{"login", profile->login},
                                                      {"roles", role_names(pen, profile->roles)}}));
                      write_totp(pen, visit, *profile);
                      write_password(pen, visit);
                      write_profile(pen, visit, *profile);
                      write_sessions(pen, visit, desk.gatekeeper().sessions(profile->id));
                      write_tokens(pen, visit, desk.gatekeeper().tokens(profile->id));
                    }},
                   status);
}

void write_codes(const Pen& pen, const std::vector<std::string>& codes) {
  pen.html.leaf("p", pen.label("operate.codes.text"));
  {
    const auto list = pen.html.open("ol", {{"class", "codes"}});
    for (const std::string& code : codes) pen.html.leaf("li", code);
  }
  const auto back = pen.html.open("p");
  pen.html.leaf("a", pen.label("operate.codes.kept"), {{"href", kAccount}});
}

Response codes_page(const Desk& desk, const Visit& visit, const std::vector<std::string>& codes) {
  return desk.page(visit, {label(visit, "operate.codes.title"), std::nullopt,
                           [&](const Pen& pen) { write_codes(pen, codes); }});
}

Response totp_page(const Desk& desk, const Visit& visit, const AccountAnswer& begun,
                   std::optional<Notice> notice, int status = 200) {
  return desk.page(
      visit,
      {label(visit, "operate.totp.title"), std::move(notice),
       [&](const Pen& pen) {
         pen.html.leaf("p", pen.label("operate.totp.text"));
         if (const auto qr = qr_code(begun.address)) {
           const std::string box = fmt::format("0 0 {0} {0}", qr->side);
           const std::string name = pen.label("operate.totp.qr");
           const auto svg = pen.html.open(
               "svg", {{"class", "qr"}, {"viewBox", box}, {"role", "img"}, {"aria-label", name}});
           pen.html.leaf("path", "", {{"d", qr->path}});
         }
         {
           const auto line = pen.html.open("p");
           pen.html.leaf("a", pen.label("operate.totp.link"), {{"href", begun.address}});
         }
         pen.html.leaf("p", pen.label("operate.totp.secret"));
         pen.html.leaf("p", begun.secret, {{"class", "secret"}});
         FormWriter form(pen, visit, "confirm", "/operate/account/totp/confirm",
                         pen.label("operate.totp.button"));
         form.field({"code", pen.label("operate.field.totp"), "", pen.label("operate.totp.hint"),
                     "text", "one-time-code"});
       }},
      status);
}

// What most of these forms come to: the account page with what was wrong, or the word that it is
// done.
Outcome carry_out(const Desk& desk, const Visit& visit, AccountCommand command,
                  std::string_view done) {
  return desk.submit(std::move(command), visit,
                     [&desk, done](const Visit& asked, const AccountAnswer& answer) {
                       if (answer.refused != Refusal::None) {
                         return account_page(desk, asked, refusal_notice(asked, answer.refused),
                                             status_of(answer.refused));
                       }
                       return desk.redirect(asked, fmt::format("{}?done={}", kAccount, done));
                     });
}

}  // namespace

Outcome show_account(const Desk& desk, const Visit& visit) {
  constexpr std::array<std::string_view, 6> kDone{"profile", "password", "totp_drop",
                                                  "session", "sessions", "revoke"};
  std::optional<Notice> notice;
  for (const std::string_view done : kDone) {
    if (visit.query.value("done") == done) {
      notice = {label(visit, fmt::format("operate.done.{}", done)), true};
    }
  }
  return account_page(desk, visit, std::move(notice));
}

Outcome save_profile(const Desk& desk, const Visit& visit) {
  const Form& form = visit.form;
  return carry_out(desk, visit,
                   EditProfile{form.value("name"), form.value("language"), form.value("mail"),
                               form.value("mobile")},
                   "profile");
}

Outcome change_password(const Desk& desk, const Visit& visit) {
  const Form& form = visit.form;
  if (form.value("fresh") != form.value("again")) {
    return account_page(desk, visit, Notice{label(visit, "operate.passwords_differ"), false}, 422);
  }
  return carry_out(desk, visit, ChangePassword{form.value("current"), form.value("fresh")},
                   "password");
}

Outcome begin_totp(const Desk& desk, const Visit& visit) {
  return desk.submit(BeginTotp{visit.form.value("current")}, visit,
                     [&desk](const Visit& asked, const AccountAnswer& answer) {
                       if (answer.refused == Refusal::None) {
                         return totp_page(desk, asked, answer, std::nullopt);
                       }
                       return account_page(desk, asked, refusal_notice(asked, answer.refused),
                                           status_of(answer.refused));
                     });
}

Outcome confirm_totp(const Desk& desk, const Visit& visit) {
  return desk.submit(ConfirmTotp{visit.form.value("code")}, visit,
                     [&desk](const Visit& asked, const AccountAnswer& answer) {
                       if (answer.refused == Refusal::None) {
                         return codes_page(desk, asked, answer.codes);
                       }
                       const Notice notice = refusal_notice(asked, answer.refused);
                       if (answer.refused == Refusal::WrongCode) {
                         return totp_page(desk, asked, answer, notice, 422);
                       }
                       return account_page(desk, asked, notice, status_of(answer.refused));
                     });
}

Outcome drop_totp(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit, DropTotp{visit.form.value("current")}, "totp_drop");
}

Outcome renew_codes(const Desk& desk, const Visit& visit) {
  return desk.submit(RenewRecoveryCodes{visit.form.value("current")}, visit,
                     [&desk](const Visit& asked, const AccountAnswer& answer) {
                       if (answer.refused == Refusal::None) {
                         return codes_page(desk, asked, answer.codes);
                       }
                       return account_page(desk, asked, refusal_notice(asked, answer.refused),
                                           status_of(answer.refused));
                     });
}

Outcome end_session(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit, EndSession{visit.form.value("id")}, "session");
}

Outcome end_other_sessions(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit, EndSessionsOf{visit.by().account}, "sessions");
}

Outcome make_token(const Desk& desk, const Visit& visit) {
  const Form& form = visit.form;
  int days = 0;
  const std::string& text = form.value("days");
  std::from_chars(text.data(), text.data() + text.size(), days);
  const MakeToken command{visit.by().account, form.value("name"), roles_of(form),
                          std::chrono::hours(24) * days};
  return desk.submit(command, visit, [&desk](const Visit& asked, const AccountAnswer& answer) {
    if (answer.refused != Refusal::None) {
      return account_page(desk, asked, refusal_notice(asked, answer.refused),
                          status_of(answer.refused));
    }
    return desk.page(asked,
                     {label(asked, "operate.token.title"), std::nullopt, [&](const Pen& pen) {
                        pen.html.leaf("p", pen.label("operate.token.once"));
                        pen.html.leaf("p", answer.secret, {{"class", "secret"}});
                        const auto back = pen.html.open("p");
                        pen.html.leaf("a", pen.label("operate.codes.kept"), {{"href", kAccount}});
                      }});
  });
}

Outcome revoke_token(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit, RevokeToken{visit.form.value("id")}, "revoke");
}

}  // namespace dienstbereit::web::operate
