// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/book.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "accounts/totp.h"

namespace dienstbereit::accounts {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kAccount = "account";
constexpr const char* kSession = "session";
constexpr const char* kToken = "token";
constexpr const char* kLink = "link";
constexpr const char* kEmergency = "emergency";
constexpr const char* kNobody = "nobody";  // holds nothing: store_login.cpp

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::int64_t ms(Instant t) { return t.time_since_epoch().count(); }

// Reads fields; what is missing or of another kind is remembered.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}

  std::string text(const char* key) { return get<std::string>(key, json_type::string); }
  // Empty where an older version has not written it.
  std::string optional_text(const char* key) { return find(key) ? text(key) : std::string(); }
  bool flag(const char* key) { return get<bool>(key, json_type::boolean); }
  std::int64_t number(const char* key) {
    const Json* value = find(key);
    if (value && value->is_number_integer()) return value->get<std::int64_t>();
    good_ = false;
    return 0;
  }
  Instant time(const char* key) { return Instant(Duration(number(key))); }
  RoleSet roles(const char* key) {
    const auto roles = parse_roles(text(key));
    good_ = good_ && roles.has_value();
    return roles.value_or(RoleSet());
  }
  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> all;
    const Json* list = find(key);
    good_ = good_ && list && list->is_array();
    if (!good_) return all;
    for (const Json& item : *list) {
      good_ = good_ && item.is_string();
      if (good_) all.push_back(item.get<std::string>());
    }
    return all;
  }
  bool good() const { return good_; }

 private:
  using json_type = Json::value_t;

  const Json* find(const char* key) const {
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }
  template <class T>
  T get(const char* key, json_type type) {
    const Json* value = find(key);
    if (value && value->type() == type) return value->get<T>();
    good_ = false;
    return T();
  }

  const Json& json_;
  bool good_ = true;
};

bool read_account(Book& book, Fields& f, std::string_view id) {
  Account account;
  Profile& profile = account.profile;
  profile.id = AccountId(std::string(id));
  profile.login = f.text("login");
  profile.name = f.text("name");
  profile.roles = f.roles("roles");
  profile.language = f.text("language");
  profile.mail = f.text("mail");
  profile.mobile = f.text("mobile");
  profile.disabled = f.flag("disabled");
  profile.made_at = f.time("made_at");
  account.password = f.text("password");
  const auto secret = from_base32(f.text("totp"));
  account.totp_secret = secret.value_or("");
  account.totp_step = f.number("totp_step");
  account.recovery = f.texts("recovery");
  account.attempts.failed = static_cast<std::uint32_t>(f.number("failed"));
  account.attempts.last = f.time("failed_at");
  profile.has_password = !account.password.empty();
  profile.has_totp = !account.totp_secret.empty();
  profile.recovery_left = account.recovery.size();
  const bool good = f.good() && secret;
  if (good) book.accounts[profile.id] = std::move(account);
  return good;
}

bool read_session(Book& book, Fields& f, std::string_view token) {
  Session session;
  SessionEntry& entry = session.entry;
  session.token = token;
  entry.id = f.text("id");
  entry.account = AccountId(f.text("account"));
  entry.emergency = f.text("emergency");
  entry.stage = f.flag("full") ? SessionStage::Full : SessionStage::SecondStep;
  entry.made_at = f.time("made_at");
  entry.used_at = f.time("used_at");
  entry.address = f.text("address");
  entry.agent = f.text("agent");
  if (f.good()) book.sessions[session.token] = std::move(session);
  return f.good();
}

bool read_token(Book& book, Fields& f, std::string_view token) {
  ApiToken stored;
  TokenEntry& entry = stored.entry;
  stored.token = token;
  entry.id = f.text("id");
  entry.account = AccountId(f.text("account"));
  entry.name = f.text("name");
  entry.scopes = f.roles("scopes");
  entry.made_at = f.time("made_at");
  entry.used_at = f.time("used_at");
  entry.expires_at = f.time("expires_at");
  entry.outpost = OutpostId(f.optional_text("outpost"));
  if (f.good()) book.tokens[stored.token] = std::move(stored);
  return f.good();
}

bool read_link(Book& book, Fields& f, std::string_view token) {
  Link link{std::string(token), AccountId(f.text("account")), f.time("expires_at"),
            f.flag("clears_totp")};
  if (f.good()) book.links[link.token] = std::move(link);
  return f.good();
}

bool read_emergency(Book& book, Fields& f, std::string_view code) {
  EmergencyCode stored{f.text("id"), std::string(code), f.time("made_at")};
  if (f.good()) book.codes[stored.code] = std::move(stored);
  return f.good();
}

}  // namespace

Change to_change(const Account& account) {
  const Profile& p = account.profile;
  return {kAccount, p.id.str(),
          dump({{"login", p.login},
                {"name", p.name},
                {"roles", to_text(p.roles)},
                {"language", p.language},
                {"mail", p.mail},
                {"mobile", p.mobile},
                {"disabled", p.disabled},
                {"made_at", ms(p.made_at)},
                {"password", account.password},
                {"totp", to_base32(account.totp_secret)},
                {"totp_step", account.totp_step},
                {"recovery", account.recovery},
                {"failed", account.attempts.failed},
                {"failed_at", ms(account.attempts.last)}})};
}

Change to_change(const Session& session) {
  const SessionEntry& e = session.entry;
  return {kSession, session.token,
          dump({{"id", e.id},
                {"account", e.account.str()},
                {"emergency", e.emergency},
                {"full", e.stage == SessionStage::Full},
                {"made_at", ms(e.made_at)},
                {"used_at", ms(e.used_at)},
                {"address", e.address},
                {"agent", e.agent}})};
}

Change to_change(const ApiToken& token) {
  const TokenEntry& e = token.entry;
  return {kToken, token.token,
          dump({{"id", e.id},
                {"account", e.account.str()},
                {"name", e.name},
                {"scopes", to_text(e.scopes)},
                {"outpost", e.outpost.str()},
                {"made_at", ms(e.made_at)},
                {"used_at", ms(e.used_at)},
                {"expires_at", ms(e.expires_at)}})};
}

Change to_change(const Link& link) {
  return {kLink, link.token,
          dump({{"account", link.account.str()},
                {"expires_at", ms(link.expires_at)},
                {"clears_totp", link.clears_totp}})};
}

Change to_change(const EmergencyCode& code) {
  return {kEmergency, code.code, dump({{"id", code.id}, {"made_at", ms(code.made_at)}})};
}

Change removal(const Session& session) { return {kSession, session.token, std::nullopt}; }
Change removal(const ApiToken& token) { return {kToken, token.token, std::nullopt}; }
Change removal(const Link& link) { return {kLink, link.token, std::nullopt}; }
Change removal(const EmergencyCode& code) { return {kEmergency, code.code, std::nullopt}; }

const Account* Book::by_login(std::string_view login) const {
  if (login.empty()) return nullptr;
  const auto found = std::find_if(accounts.begin(), accounts.end(), [&](const auto& one) {
    return one.second.profile.login == login;
  });
  return found == accounts.end() ? nullptr : &found->second;
}

const Account* Book::find(const AccountId& id) const {
  const auto found = accounts.find(id);
  return found == accounts.end() ? nullptr : &found->second;
}

bool Book::has_administrator(const AccountId& except) const {
  return std::any_of(accounts.begin(), accounts.end(), [&](const auto& one) {
    const Profile& profile = one.second.profile;
    return profile.id != except && !profile.disabled && profile.has_password &&
           profile.roles.has(Role::Administer);
  });
}

Result<void> read_record(Book& book, std::string_view kind, std::string_view id,
                         std::string_view body) {
  if (kind == kNobody) return {};
  const Json json = Json::parse(body, nullptr, false);
  bool good = json.is_object();
  if (good) {
    Fields fields(json);
    good = kind == kAccount     ? read_account(book, fields, id)
           : kind == kSession   ? read_session(book, fields, id)
           : kind == kToken     ? read_token(book, fields, id)
           : kind == kLink      ? read_link(book, fields, id)
           : kind == kEmergency ? read_emergency(book, fields, id)
                                : false;
  }
  if (good) return {};
  return fail(Errc::Corrupt,
              fmt::format("the {} '{}' among the accounts cannot be read; put a copy of {} back",
                          kind, id.substr(0, 12), kAccountsFile));
}

}  // namespace dienstbereit::accounts
