// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <regex>

#include "accounts/totp.h"
#include "base/time.h"
#include "browser.h"
#include "program.h"

namespace dienstbereit::e2e {
namespace {

constexpr const char* kDistrict = "examples/smallest.yaml";
constexpr const char* kPassword = "vier alte grüne kannen";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string first_match(const std::string& text, const char* pattern) {
  std::smatch match;
  return std::regex_search(text, match, std::regex(pattern)) ? match[1].str() : std::string();
}

// The code that an authenticator shows now.
std::string totp_code(const std::string& base32, int steps_ahead = 0) {
  const auto now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
  return accounts::code_at(accounts::from_base32(base32).value(),
                           accounts::step_at(now) + steps_ahead);
}

class AccountsStory : public testing::Test {
 protected:
  // First start -> link -> administrator.
  void set_up_administrator() {
    std::string link;
    ASSERT_TRUE(await([&] {
      link = first_match(server_.output(), R"((/operate/link/[\w-]+)\n)");
      return !link.empty();
    })) << server_.output();
    anna_.open(link);
    ASSERT_TRUE(anna_.sees("Erstes Konto einrichten")) << anna_.text();
    anna_.send(
        link,
        {{"login", "anna"}, {"name", "Anna Meier"}, {"password", kPassword}, {"again", kPassword}});
    ASSERT_TRUE(anna_.sees("Das Kennwort ist gesetzt")) << anna_.text();
    EXPECT_EQ(anna_.open(link).status, 404) << "once";
  }
  void log_in(Browser& browser) {
    browser.open("/operate/login");
    browser.send("/operate/login", {{"login", "anna"}, {"password", kPassword}});
  }
  std::string journal() const { return run({"journal", "show", server_.data().string()}).out; }

  Server server_{kDistrict};
  Browser anna_{server_.port()};
};

}  // namespace

TEST_F(AccountsStory, FromTheFirstStartToALoginWithTwoFactors) {
  set_up_administrator();
  log_in(anna_);
  ASSERT_TRUE(anna_.sees("Was ist gestört?")) << anna_.text();
  anna_.open("/operate/account");
  anna_.send("/operate/account/totp", {{"current", kPassword}});
  const std::string secret = anna_.secret();
  EXPECT_TRUE(contains(anna_.page().body, "otpauth://totp/Dienstbereit:anna?secret=" + secret));
  anna_.send("/operate/account/totp/confirm", {{"code", totp_code(secret)}});
  const auto recovery = anna_.codes();
  ASSERT_EQ(recovery.size(), 10u) << anna_.text();

  Browser second(server_.port());
  log_in(second);
  EXPECT_TRUE(second.sees("Zweiter Schritt")) << second.text();
  second.open("/operate/accounts");
  EXPECT_TRUE(second.sees("Zweiter Schritt")) << "no further than the code";
  second.send("/operate/login/code", {{"code", "000000"}});
  EXPECT_EQ(second.page().status, 422);
  // The code of the next half minute: the one of now was used for the set-up.
  second.send("/operate/login/code", {{"code", totp_code(secret, 1)}});
  EXPECT_TRUE(second.sees("Was ist gestört?")) << second.text();

  Browser third(server_.port());
  log_in(third);
  third.send("/operate/login/code", {{"code", recovery[0]}});
  EXPECT_TRUE(third.sees("Was ist gestört?")) << third.text();
  // The answer comes first: an account's file is safe before the journal tells of it.
  EXPECT_TRUE(await([this] { return contains(journal(), "recovery_code_used"); })) << journal();
  const std::string shown = journal();
  for (const char* what : {"setup_link_made", "account_made", "totp_set", "login_failed"}) {
    EXPECT_TRUE(contains(shown, what)) << what << "\n" << shown;
  }
  EXPECT_FALSE(contains(shown, "Meier")) << "no name in the journal";
}

TEST_F(AccountsStory, AForgedFormChangesNothingAndASessionEndsFromElsewhere) {
  set_up_administrator();
  log_in(anna_);
  anna_.open("/operate/accounts");
  EXPECT_EQ(anna_.forged("/operate/accounts", {{"login", "eve"}, {"name", "Eve"}}).status, 403);
  EXPECT_EQ(server_.json("/api/v1/accounts")["accounts"].size(), 1u);

  const Json open = server_.json("/api/v1/sessions")["sessions"];
  ASSERT_EQ(open.size(), 1u) << open.dump();
  EXPECT_EQ(open[0]["agent"], "test browser");
  const auto id = open[0]["id"].get<std::string>();
  const Outcome ended = server_.command({"account", "end-session", id});
  EXPECT_EQ(ended.code, 0) << ended.err;
  anna_.open("/operate/accounts");
  EXPECT_TRUE(anna_.sees("Anmelden")) << anna_.text();
  EXPECT_TRUE(contains(journal(), "session_ended"));
}

TEST_F(AccountsStory, ASecondAccountHasItsRolesAndNoOther) {
  set_up_administrator();
  const Outcome added =
      server_.command({"account", "add", "ben", "--name", "Ben Kurz", "--roles", "press"});
  ASSERT_EQ(added.code, 0) << added.err;
  const std::string link = first_match(added.out, R"((/operate/link/[\w-]+))");
  Browser ben(server_.port());
  ben.open(link);
  ben.send(link, {{"password", kPassword}, {"again", kPassword}});
  ben.send("/operate/login", {{"login", "ben"}, {"password", kPassword}});
  ASSERT_TRUE(ben.sees("Was ist gestört?")) << ben.text();
  EXPECT_EQ(ben.open("/operate/accounts").status, 403);
  EXPECT_EQ(server_.command({"account", "roles", "ben", "--roles", "boss"}).code, 2);
  ASSERT_EQ(server_.command({"account", "roles", "ben", "--roles", "administer"}).code, 0);
  EXPECT_EQ(ben.open("/operate/accounts").status, 200);
  ASSERT_EQ(server_.command({"account", "disable", "ben"}).code, 0);
  ben.open("/operate/accounts");
  EXPECT_TRUE(ben.sees("Anmelden")) << ben.text();
  const Outcome last = server_.command({"account", "disable", "anna"});
  EXPECT_EQ(last.code, 2);
  EXPECT_TRUE(contains(last.err, "last account")) << last.err;
}

TEST_F(AccountsStory, ATokenMayWhatItsScopeSaysOnly) {
  set_up_administrator();
  const Outcome made =
      server_.command({"account", "token", "anna", "--name", "Leitstand", "--roles", "operate"});
  ASSERT_EQ(made.code, 0) << made.err;
  const std::string token = first_match(made.out, R"((db_[\w-]+))");
  const auto call = [&](const std::string& method, const std::string& path,
                        const std::string& bearer, const std::string& body) {
    return ask_tcp("127.0.0.1", server_.port(), method, path,
                   "Authorization: Bearer " + bearer + "\r\nContent-Type: application/json\r\n",
                   body)
        .status;
  };
  // With an end, since at night the day has no slot left to end with.
  const auto now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
  const std::string word = R"({"scope":"ALL","said":"closed","until":")" +
                           to_rfc3339(now + std::chrono::hours(1)) + R"("})";
  EXPECT_EQ(call("POST", "/api/v1/words", token + "x", word), 401);
  EXPECT_EQ(call("POST", "/api/v1/reload", token, ""), 403);
  EXPECT_EQ(call("POST", "/api/v1/words", token, word), 200);
  EXPECT_TRUE(contains(journal(), "token:t-"));
  const std::string id = first_match(made.out, R"((t-\w+))");
  ASSERT_EQ(server_.command({"account", "revoke-token", id}).code, 0);
  EXPECT_EQ(call("POST", "/api/v1/words", token, word), 401);
}

TEST_F(AccountsStory, TheEmergencyCodeOpensTheDeskAndIsSaidLoudly) {
  set_up_administrator();
  log_in(anna_);
  const Outcome made = server_.command({"account", "emergency-code"});
  ASSERT_EQ(made.code, 0) << made.err;
  const std::string code = first_match(made.out, R"((\w{5}(?:-\w{5}){4}))");
  Browser stranger(server_.port());
  stranger.open("/operate/emergency");
  stranger.send("/operate/emergency", {{"code", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"}});
  EXPECT_EQ(stranger.page().status, 422);
  stranger.send("/operate/emergency", {{"code", code}});
  EXPECT_TRUE(stranger.sees("Leiten")) << stranger.text();
  EXPECT_EQ(stranger.open("/operate/accounts").status, 403);
  anna_.open("/operate/");
  EXPECT_TRUE(anna_.sees("Der Notfallcode ist in Gebrauch")) << anna_.text();
  EXPECT_TRUE(contains(server_.output(), "EMERGENCY LOGIN")) << server_.output();
  EXPECT_TRUE(contains(journal(), "emergency_login"));
}

TEST_F(AccountsStory, AccountsAndSessionsOutliveAKillAndTheAuditPageToo) {
  set_up_administrator();
  log_in(anna_);
  server_.kill();
  server_.start();
  server_.wait_until_ready();
  EXPECT_EQ(anna_.open("/operate/audit").status, 200) << anna_.text();
  EXPECT_TRUE(await([&] {
    anna_.open("/operate/audit");
    return anna_.sees("Link für das erste Konto gemacht");
  })) << anna_.text();
  EXPECT_EQ(server_.command({"account", "setup-link"}).code, 2) << "there is an administrator";
}

}  // namespace dienstbereit::e2e
