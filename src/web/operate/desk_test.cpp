// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/desk_test.h"

#include "web/operate/accounts/qr.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

class TlsDeskTest : public DeskTest {
 protected:
  TlsDeskTest() : DeskTest(true) {}
};

}  // namespace

TEST_F(DeskTest, OverPlainHttpItOpensOnThisMachineAloneAndSaysWhy) {
  Request request;
  request.peer.address = request.peer.group = "192.0.2.7";
  const Response far = ask(request, "/operate/login");
  EXPECT_EQ(far.status, 403);
  EXPECT_TRUE(contains(far.payload->body(), "--cert")) << far.payload->body();
  EXPECT_TRUE(contains(far.payload->body(), "TLS only"));
  request.peer = Peer{1000};
  EXPECT_EQ(ask(request, "/operate/login").status, 200);
  EXPECT_EQ(get("/operate/login", "").status, 200);
}

TEST_F(TlsDeskTest, OverTlsItOpensForAllWithASecureCookie) {
  Request request;
  request.peer.address = request.peer.group = "192.0.2.7";
  const Response page = ask(request, "/operate/login");
  EXPECT_EQ(page.status, 200);
  const std::string_view fields = page.payload->fields();
  EXPECT_TRUE(contains(fields, "Set-Cookie: __Host-dienstbereit=")) << fields;
  EXPECT_TRUE(contains(fields, "; Path=/; HttpOnly; SameSite=Strict; Secure\r\n"));
  EXPECT_TRUE(contains(fields, "Strict-Transport-Security"));
}

TEST_F(DeskTest, EveryPageIsNeverStoredAndRunsNoScript) {
  for (const char* path : {"/operate/", "/operate/login", "/operate/account", "/operate/accounts",
                           "/operate/audit", "/operate/emergency", "/operate/accounts/u-anna"}) {
    const Response page = get(path);
    const std::string_view fields = page.payload->fields();
    EXPECT_TRUE(contains(fields, "Cache-Control: no-store\r\n")) << path;
    EXPECT_TRUE(contains(fields, "default-src 'none'; style-src 'sha256-")) << path;
    EXPECT_TRUE(contains(fields, "form-action 'self'; frame-ancestors 'none'")) << path;
    EXPECT_FALSE(contains(page.payload->body(), "<script")) << path;
  }
}

TEST_F(DeskTest, WhoHasNotLoggedInIsSentToTheDoor) {
  const Response home = get("/operate/", "");
  EXPECT_EQ(home.status, 303);
  EXPECT_EQ(location(home), "/operate/login");
  EXPECT_EQ(location(get("/operate/accounts", "forged")), "/operate/login");
  const Response posted = post("/operate/accounts/emergency-code", "", "forged");
  EXPECT_EQ(location(posted), "/operate/login");
  EXPECT_TRUE(gatekeeper_.commands.empty());
}

TEST_F(DeskTest, WhoIsHalfwayInGetsNoFurtherThanTheCode) {
  gatekeeper_.open[kToken].stage = SessionStage::SecondStep;
  gatekeeper_.open[kToken].identity.roles = {};
  EXPECT_EQ(location(get("/operate/")), "/operate/login/code");
  EXPECT_EQ(location(get("/operate/accounts")), "/operate/login/code");
  EXPECT_EQ(get("/operate/login/code").status, 200);
}

TEST_F(DeskTest, APageThatAsksForARoleIsRefusedWithoutIt) {
  gatekeeper_.let_in("t-ben", "u-ben", {Role::Operate, Role::Lead, Role::Press});
  EXPECT_EQ(get("/operate/accounts", "t-ben").status, 403);
  EXPECT_EQ(get("/operate/audit", "t-ben").status, 403);
  EXPECT_EQ(post("/operate/accounts/roles", "account=u-ben&role=administer", "t-ben").status, 403);
  EXPECT_TRUE(gatekeeper_.commands.empty());
  EXPECT_FALSE(contains(get("/operate/", "t-ben").payload->body(), "/operate/accounts"));
  EXPECT_TRUE(contains(get("/operate/").payload->body(), "/operate/accounts"));
}

TEST_F(DeskTest, AFormNeedsItsTokenAndMustComeFromHere) {
  const std::string path = "/operate/accounts/emergency-code";
  Request bare;
  bare.method = Method::Post;
  bare.peer = near();
  const std::string cookie = cookie_of(kToken);
  bare.cookie = cookie;
  bare.content_type = kFormType;
  EXPECT_EQ(ask(bare, path).status, 403);
  const std::string wrong = "csrf=" + csrf_of("another");
  bare.body = wrong;
  EXPECT_EQ(ask(bare, path).status, 403);
  Request foreign;
  foreign.origin = "https://evil.example";
  EXPECT_EQ(post(path, "", kToken, foreign).status, 403);
  Request cross;
  cross.fetch_site = "cross-site";
  EXPECT_EQ(post(path, "", kToken, cross).status, 403);
  EXPECT_TRUE(gatekeeper_.commands.empty());
  Request own;
  own.origin = "http://amt.example";
  own.fetch_site = "same-origin";
  EXPECT_EQ(post(path, "", kToken, own).status, 200);
  ASSERT_EQ(gatekeeper_.commands.size(), 1u);
  EXPECT_EQ(gatekeeper_.askers[0].actor.id, "user:u-anna");
}

TEST_F(DeskTest, TheFormOnAPageCarriesTheTokenThatIsAskedFor) {
  const Response page = get("/operate/account");
  EXPECT_TRUE(contains(page.payload->body(), csrf_of(kToken)));
  EXPECT_FALSE(contains(page.payload->body(), kToken));
}

TEST_F(DeskTest, ALoginOpensANewSession) {
  gatekeeper_.answer.secret = "fresh";
  const Response entered = post("/operate/login", "login=anna&password=geheim+geheim", "anteroom");
  EXPECT_EQ(entered.status, 303);
  EXPECT_EQ(location(entered), "/operate/");
  EXPECT_TRUE(
      contains(entered.payload->fields(), "Set-Cookie: dienstbereit-session=fresh; Path=/"));
  const auto& command = std::get<LogIn>(gatekeeper_.commands.at(0));
  EXPECT_EQ(command.login, "anna");
  EXPECT_EQ(command.password, "geheim geheim");
  EXPECT_EQ(command.from.address, "127.0.0.1");
  gatekeeper_.answer.stage = SessionStage::SecondStep;
  EXPECT_EQ(location(post("/operate/login", "login=anna&password=x", "anteroom")),
            "/operate/login/code");
}

TEST_F(DeskTest, ARefusedLoginSaysWhyAndShowsTheFormAgainWithoutThePassword) {
  gatekeeper_.answer.refused = Refusal::WrongLogin;
  const Response page = post("/operate/login", "login=anna&password=hunderttausend", "anteroom");
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(contains(page.payload->body(), "Die Anmeldung ging nicht"));
  EXPECT_TRUE(contains(page.payload->body(), "value=\"anna\""));
  EXPECT_FALSE(contains(page.payload->body(), "hunderttausend"));
  gatekeeper_.answer.refused = Refusal::TooManyAttempts;
  EXPECT_EQ(post("/operate/login", "login=anna&password=x", "anteroom").status, 429);
}

TEST_F(DeskTest, LoggingOutEndsTheSessionAndItsCookie) {
  const Response out = post("/operate/logout", "");
  EXPECT_EQ(std::get<EndSession>(gatekeeper_.commands.at(0)).id, "s-u-anna");
  EXPECT_TRUE(contains(out.payload->fields(), "Set-Cookie: dienstbereit-session=; "));
  EXPECT_TRUE(contains(out.payload->fields(), "Max-Age=0"));
}

TEST_F(DeskTest, ALinkShowsWhatItIsForAndIsNotUsedUpByLooking) {
  gatekeeper_.links["one"] = {true, ""};
  gatekeeper_.links["two"] = {false, "ben"};
  EXPECT_TRUE(contains(get("/operate/link/one", "").payload->body(), "Erstes Konto einrichten"));
  EXPECT_TRUE(
      contains(get("/operate/link/two?lang=en", "").payload->body(), "Your login name: ben"));
  EXPECT_EQ(get("/operate/link/three", "").status, 404);
  EXPECT_TRUE(gatekeeper_.commands.empty());
  EXPECT_EQ(post("/operate/link/one", "login=anna&name=Anna&password=aaa&again=bbb", "x").status,
            422);
  EXPECT_TRUE(gatekeeper_.commands.empty());
  EXPECT_EQ(location(post("/operate/link/one", "login=anna&name=Anna&password=a&again=a", "x")),
            "/operate/login?done=link");
  EXPECT_EQ(std::get<UseLink>(gatekeeper_.commands.at(0)).token, "one");
}

TEST_F(DeskTest, PagesSpeakTheLanguageOfTheAccount) {
  gatekeeper_.let_in("t-eve", "u-eve", RoleSet::all(), "en");
  const Response page = get("/operate/accounts", "t-eve");
  EXPECT_TRUE(contains(page.payload->body(), "<html lang=\"en\">"));
  EXPECT_TRUE(contains(page.payload->body(), "Add an account"));
  EXPECT_TRUE(contains(get("/operate/accounts").payload->body(), "Konto anlegen"));
  EXPECT_TRUE(contains(get("/operate/login?lang=en", "").payload->body(), "<html lang=\"en\">"));
}

TEST_F(DeskTest, NamesAreNeverMarkup) {
  gatekeeper_.known[0].name = "<script>alert(1)</script>";
  gatekeeper_.open[kToken].name = gatekeeper_.known[0].name;
  for (const char* path : {"/operate/", "/operate/account", "/operate/accounts"}) {
    const Response page = get(path);
    EXPECT_FALSE(contains(page.payload->body(), "<script>")) << path;
    EXPECT_TRUE(contains(page.payload->body(), "&lt;script&gt;")) << path;
  }
}

TEST_F(DeskTest, AnEmergencyCodeInUseIsSaidOnEveryPage) {
  SessionEntry session;
  session.id = "s-1";
  session.emergency = "e-1";
  session.made_at = world_->now;
  session.address = "192.0.2.9";
  gatekeeper_.listed.push_back(session);
  for (const char* path : {"/operate/", "/operate/account", "/operate/audit"}) {
    const Response page = get(path);
    EXPECT_TRUE(contains(page.payload->body(), "Der Notfallcode ist in Gebrauch")) << path;
    EXPECT_TRUE(contains(page.payload->body(), "192.0.2.9")) << path;
  }
  EXPECT_FALSE(contains(get("/operate/login", "").payload->body(), "192.0.2.9"));
}

TEST_F(DeskTest, SetUpOfTotpShowsTheSecretAsTextLinkAndPicture) {
  gatekeeper_.answer.secret = "ABCDEFGH";
  gatekeeper_.answer.address = "otpauth://totp/Dienstbereit:anna?secret=ABCDEFGH";
  const Response page = post("/operate/account/totp", "current=x");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(contains(page.payload->body(), ">ABCDEFGH<"));
  EXPECT_TRUE(contains(page.payload->body(), "href=\"otpauth://totp/Dienstbereit:anna?secret"));
  EXPECT_TRUE(contains(page.payload->body(), "<svg class=\"qr\""));
}

TEST_F(DeskTest, WhatTheMachineCannotDoIsSaidAndIsNoRefusal) {
  gatekeeper_.broken = Errc::Io;
  EXPECT_EQ(post("/operate/accounts/emergency-code", "").status, 503);
}

TEST_F(DeskTest, UnknownPathsAndBrokenFormsAreRefused) {
  EXPECT_EQ(get("/operate/nothing").status, 404);
  EXPECT_EQ(post("/operate/login", "a=%zz").status, 400);
  Request json;
  json.method = Method::Post;
  json.peer = near();
  json.content_type = "application/json";
  json.body = "{}";
  EXPECT_EQ(ask(json, "/operate/login").status, 400);
}

TEST_F(DeskTest, EveryRefusalAndEveryEventHasItsText) {
  for (const auto language : {words::Language::De, words::Language::En}) {
    for (int i = 0; i <= static_cast<int>(Refusal::TooMany); ++i) {
      const std::string key = std::string("operate.refusal.") + name_of(static_cast<Refusal>(i));
      EXPECT_FALSE(words::label(language, key).empty()) << key;
    }
    for (int i = 0; i <= static_cast<int>(AuditKind::EmergencyLogin); ++i) {
      const std::string key =
          std::string("operate.audit_kind.") + name_of(static_cast<AuditKind>(i));
      EXPECT_FALSE(words::label(language, key).empty()) << key;
    }
  }
}

TEST(Qr, IsASquareWithItsQuietZone) {
  const auto code = qr_code("otpauth://totp/x");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->side, 25u + 8);  // version 2
  EXPECT_TRUE(code->path.starts_with("M4 4h1v1h-1z")) << "the finder pattern's corner";
  EXPECT_FALSE(qr_code(std::string(4000, 'x')));
}

}  // namespace dienstbereit::web::operate
