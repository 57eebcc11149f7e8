// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "web/operate/handlers.h"
#include "words/catalogue.h"

// Accounts of all, the emergency code, and what was written down of them.
namespace dienstbereit::web::operate {
namespace {

constexpr std::string_view kAccounts = "/operate/accounts";
constexpr std::size_t kAuditLines = 200;

std::string label(const Visit& visit, std::string_view key) {
  return words::label(visit.language, key);
}

std::string page_of(const Profile& profile) {
  return fmt::format("{}/{}", kAccounts, profile.id.str());
}

std::string state_of(const Pen& pen, const Profile& profile) {
  if (profile.login.empty()) return pen.label("operate.accounts.erased");
  if (profile.disabled) return pen.label("operate.accounts.disabled");
  if (!profile.has_password) return pen.label("operate.accounts.invited");
  return pen.label(profile.has_totp ? "operate.accounts.two_factors"
                                    : "operate.accounts.one_factor");
}

void write_accounts(const Pen& pen, const std::vector<Profile>& profiles) {
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  bool said = false;
  for (const Profile& profile : profiles) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    {
      const auto heading = pen.html.open("h2", {{"class", "name"}});
      const std::string path = page_of(profile);
      pen.html.leaf("a", profile.login.empty() ? profile.id.str() : profile.login,
                    {{"href", path}});
    }
    const auto facts = pen.html.open("dl");
    write_fact(pen, "operate.field.name", profile.name);
    write_fact(pen, "operate.accounts.roles", role_names(pen, profile.roles));
    write_fact(pen, "operate.accounts.state", state_of(pen, profile));
  }
}

void write_add(const Pen& pen, const Visit& visit) {
  pen.html.leaf("h2", pen.label("operate.accounts.add"));
  FormWriter form(pen, visit, "add", kAccounts, pen.label("operate.accounts.add_button"));
  form.field({"name", pen.label("operate.field.name"), visit.form.value("name")});
  form.field({"login", pen.label("operate.field.login"), visit.form.value("login"),
              pen.label("operate.field.login_hint")});
  form.roles(pen.label("operate.accounts.roles"), RoleSet::all(), roles_of(visit.form));
  form.language(visit.form.has("language") ? visit.form.value("language") : "de");
}

void write_emergency(const Pen& pen, const Visit& visit, const std::optional<Instant>& made) {
  pen.html.leaf("h2", pen.label("operate.emergency.name"));
  pen.html.leaf("p", made ? words::text(pen.language(), "operate.emergency.made",
                                        {{"time", words::time_of(pen.voice, *made)}})
                          : pen.label("operate.emergency.none"));
  const FormWriter form(pen, visit, "emergency", "/operate/accounts/emergency-code",
                        pen.label("operate.emergency.button"));
}

Response accounts_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                       int status = 200) {
  return desk.page(visit,
                   {label(visit, "operate.accounts.title"), std::move(notice),
                    [&](const Pen& pen) {
                      write_accounts(pen, desk.gatekeeper().profiles());
                      write_add(pen, visit);
                      write_emergency(pen, visit, desk.gatekeeper().emergency_code_made());
                    }},
                   status);
}

void write_one(const Pen& pen, const Visit& visit, const Profile& profile,
               std::size_t open_sessions) {
  pen.html.leaf(
      "p", fmt::format("{} · {} · {}", profile.id.str(), profile.login, state_of(pen, profile)));
  if (profile.login.empty()) return;
  const auto form_for = [&](FormWriter& form) { form.hidden("account", profile.id.str()); };
  {
    pen.html.leaf("h2", pen.label("operate.accounts.roles"));
    FormWriter form(pen, visit, "roles", "/operate/accounts/roles", pen.label("operate.save"));
    form_for(form);
    form.roles(pen.label("operate.accounts.roles"), RoleSet::all(), profile.roles);
  }
  {
    pen.html.leaf("h2", pen.label("operate.accounts.link"));
    pen.html.leaf("p", pen.label("operate.accounts.link_text"));
    FormWriter form(pen, visit, "link", "/operate/accounts/link",
                    pen.label("operate.accounts.link_button"));
    form_for(form);
    form.check("clears_totp", "1", pen.label("operate.accounts.clears_totp"), false);
  }
  {
    pen.html.leaf("h2", pen.label("operate.account.sessions"));
    pen.html.leaf("p", words::count(pen.language(), "operate.accounts.sessions", open_sessions));
    FormWriter form(pen, visit, "sessions", "/operate/accounts/sessions",
                    pen.label("operate.accounts.end_sessions"));
    form_for(form);
  }
  pen.html.leaf("h2", pen.label("operate.accounts.leave"));
  {
    FormWriter form(
        pen, visit, "disable", "/operate/accounts/disabled",
        pen.label(profile.disabled ? "operate.accounts.enable" : "operate.accounts.disable"));
    form_for(form);
    form.hidden("disabled", profile.disabled ? "0" : "1");
  }
  pen.html.leaf("p", pen.label("operate.accounts.erase_text"));
  FormWriter form(pen, visit, "erase", "/operate/accounts/erase",
                  pen.label("operate.accounts.erase"));
  form_for(form);
  form.check("sure", "1", pen.label("operate.accounts.erase_sure"), false);
}

Response one_page(const Desk& desk, const Visit& visit, const AccountId& id,
                  std::optional<Notice> notice, int status = 200) {
  const auto profile = desk.gatekeeper().profile(id);
  if (!profile) {
    return accounts_page(desk, visit, refusal_notice(visit, Refusal::NoSuchAccount), 404);
  }
  const std::size_t open = desk.gatekeeper().sessions(id).size();
  const std::string title = profile->name.empty() ? id.str() : profile->name;
  return desk.page(
      visit,
      {title, std::move(notice), [&](const Pen& pen) { write_one(pen, visit, *profile, open); }},
      status);
}

// A one-time link, shown this once.
Response link_page(const Desk& desk, const Visit& visit, const AccountAnswer& answer) {
  const std::string address = desk.address(visit, "/operate/link/" + answer.secret);
  return desk.page(
      visit, {label(visit, "operate.accounts.link"), std::nullopt, [&](const Pen& pen) {
                pen.html.leaf("p", pen.label("operate.accounts.link_once"));
                pen.html.leaf("p", address, {{"class", "secret"}});
                const auto back = pen.html.open("p");
                pen.html.leaf("a", pen.label("operate.accounts.title"), {{"href", kAccounts}});
              }});
}

AccountId account_in(const Visit& visit) { return AccountId(visit.form.value("account")); }

Outcome carry_out(const Desk& desk, const Visit& visit, AccountCommand command) {
  return desk.submit(
      std::move(command), visit, [&desk](const Visit& asked, const AccountAnswer& answer) {
        const AccountId id = account_in(asked);
        if (answer.refused != Refusal::None) {
          return one_page(desk, asked, id, refusal_notice(asked, answer.refused),
                          status_of(answer.refused));
        }
        if (!desk.gatekeeper().profile(id)) return desk.redirect(asked, kAccounts);
        return desk.redirect(asked, fmt::format("{}/{}?done=1", kAccounts, id.str()));
      });
}

}  // namespace

Outcome show_accounts(const Desk& desk, const Visit& visit) {
  return accounts_page(desk, visit, std::nullopt);
}

Outcome show_one_account(const Desk& desk, const Visit& visit) {
  std::optional<Notice> notice;
  if (visit.query.value("done") == "1") notice = {label(visit, "operate.done.account"), true};
  return one_page(desk, visit, AccountId(visit.rest), std::move(notice));
}

Outcome add_account(const Desk& desk, const Visit& visit) {
  const Form& form = visit.form;
  const MakeAccount command{form.value("login"), form.value("name"), roles_of(form),
                            form.value("language")};
  return desk.submit(command, visit, [&desk](const Visit& asked, const AccountAnswer& answer) {
    if (answer.refused == Refusal::None) return link_page(desk, asked, answer);
    return accounts_page(desk, asked, refusal_notice(asked, answer.refused),
                         status_of(answer.refused));
  });
}

Outcome set_roles(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit, SetRoles{account_in(visit), roles_of(visit.form)});
}

Outcome set_disabled(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit,
                   SetDisabled{account_in(visit), visit.form.value("disabled") == "1"});
}

Outcome erase_account(const Desk& desk, const Visit& visit) {
  if (visit.form.value("sure") != "1") {
    return one_page(desk, visit, account_in(visit),
                    Notice{label(visit, "operate.accounts.erase_unsure"), false}, 422);
  }
  return carry_out(desk, visit, EraseAccount{account_in(visit)});
}

Outcome make_reset_link(const Desk& desk, const Visit& visit) {
  const MakeResetLink command{account_in(visit), visit.form.value("clears_totp") == "1"};
  return desk.submit(command, visit, [&desk](const Visit& asked, const AccountAnswer& answer) {
    if (answer.refused == Refusal::None) return link_page(desk, asked, answer);
    return one_page(desk, asked, account_in(asked), refusal_notice(asked, answer.refused),
                    status_of(answer.refused));
  });
}

Outcome end_sessions_of(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit, EndSessionsOf{account_in(visit)});
}

Outcome make_emergency_code(const Desk& desk, const Visit& visit) {
  return desk.submit(
      MakeEmergencyCode{}, visit, [&desk](const Visit& asked, const AccountAnswer& answer) {
        if (answer.refused != Refusal::None) {
          return accounts_page(desk, asked, refusal_notice(asked, answer.refused),
                               status_of(answer.refused));
        }
        return desk.page(
            asked, {label(asked, "operate.emergency.name"), std::nullopt, [&](const Pen& pen) {
                      pen.html.leaf("p", pen.label("operate.emergency.once"));
                      pen.html.leaf("p", answer.secret, {{"class", "secret"}});
                      pen.html.leaf("p", pen.label("operate.emergency.keep"));
                    }});
      });
}

Outcome show_audit(const Desk& desk, const Visit& visit) {
  std::vector<AuditLine> lines = desk.gatekeeper().audit_trail();
  lines.resize(std::min(lines.size(), kAuditLines));
  return desk.page(visit,
                   {label(visit, "operate.audit.title"), std::nullopt, [&](const Pen& pen) {
                      pen.html.leaf("p", pen.label("operate.audit.text"));
                      const auto list = pen.html.open("ul", {{"class", "cards"}});
                      bool said = false;
                      for (const AuditLine& line : lines) {
                        if (full(pen, said)) continue;
                        const auto item = pen.html.open("li");
                        pen.html.leaf("strong", pen.label(fmt::format("operate.audit_kind.{}",
                                                                      name_of(line.entry.what))));
                        const auto facts = pen.html.open("dl");
                        write_fact(pen, "operate.audit.time", words::time_of(pen.voice, line.at));
                        write_fact(pen, "operate.audit.who", line.actor);
                        write_fact(pen, "operate.audit.account", line.entry.account.str());
                        write_fact(pen, "operate.audit.detail",
                                   words::Phrase{line.entry.detail, words::Language::En});
                      }
                    }});
}

}  // namespace dienstbereit::web::operate
