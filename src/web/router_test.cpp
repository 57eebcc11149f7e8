// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/router.h"

#include <set>

#include <gtest/gtest.h>

#include "web/json.h"
#include "web/pages/style.h"
#include "web/testing/fakes.h"

namespace dienstbereit::web {
namespace {

struct Desk {
  explicit Desk(const std::string& state = "normal", bool tls = false)
      : world(test::world_in(state)),
        control(world->now),
        router("1.2.3", tls, {sink, control, gatekeeper, counts}) {
    router.know(test::situation_of(world));
    router.renew();
  }

  Response ask(Method method, const std::string& path, Peer peer = {}, Request more = {}) {
    Request request = more;
    request.method = method;
    const auto question = path.find('?');
    request.path = std::string_view(path).substr(0, question);
    if (question != std::string::npos) request.query = std::string_view(path).substr(question + 1);
    request.peer = peer;
    Outcome outcome = router.answer(request);
    if (auto* response = std::get_if<Response>(&outcome)) return *response;
    Response given;
    std::get<Deferred>(outcome).start([&](Response response) { given = std::move(response); });
    return given;
  }
  Response get(const std::string& path, Request more = {}) {
    return ask(Method::Get, path, {}, more);
  }

  std::shared_ptr<test::World> world;
  test::FakeSink sink;
  test::FakeControl control;
  test::FakeGatekeeper gatekeeper;
  ServerCounts counts;
  Router router;
};

const Peer kLocal{1000};

TEST(Router, ServesEachPageInItsLanguage) {
  Desk desk;
  for (const char* path : {"/", "/amt/A1", "/standort/S2"}) {
    const Response response = desk.get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_NE(response.payload->body().find("<html lang=\"de\">"), std::string_view::npos) << path;
  }
  for (const char* path : {"/en/", "/en/office/A1", "/en/site/S2"}) {
    const Response response = desk.get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_NE(response.payload->body().find("<html lang=\"en\">"), std::string_view::npos) << path;
  }
}

TEST(Router, AnswersUnknownPathsAndMethods) {
  Desk desk;
  EXPECT_EQ(desk.get("/amt/A77").status, 404);
  EXPECT_EQ(desk.get("/api/v1/offices/A77").status, 404);
  EXPECT_EQ(desk.get("/api/v2/history.json").status, 404);
  EXPECT_EQ(desk.get("/%zz").status, 400);
  EXPECT_EQ(desk.ask(Method::Post, "/").status, 405);
  const Response other = desk.ask(Method::Post, "/api/v1/situation");
  EXPECT_EQ(other.status, 405);
  EXPECT_NE(other.payload->fields().find("Allow: GET\r\n"), std::string_view::npos);
  EXPECT_EQ(desk.get("/en").status, 308);
}

TEST(Router, RefusalsBelowTheApiAreJsonAndElsewhereAPageInItsLanguage) {
  Desk desk;
  for (const int status : {400, 408, 413, 417, 501, 503, 504, 505}) {
    const Response api = desk.router.refusal(status, "/api/v1/words");
    EXPECT_EQ(api.status, status);
    EXPECT_TRUE(api.close);
    EXPECT_FALSE(Json::parse(api.payload->body())["error"]["message"].empty()) << status;
  }
  const auto body = [&](const char* path) {
    return std::string(desk.router.refusal(413, path).payload->body());
  };
  EXPECT_NE(body("").find("<html lang=\"de\">"), std::string::npos);
  EXPECT_NE(body("/amt/A1").find("<html lang=\"de\">"), std::string::npos);
  EXPECT_NE(body("/en/office/A1").find("<html lang=\"en\">"), std::string::npos);
  EXPECT_NE(desk.get("/api/v1/offices/%zz").payload->body().find("\"error\""),
            std::string_view::npos);
}

TEST(Router, PercentEncodedPathsAreTheSamePath) {
  Desk desk;
  EXPECT_EQ(desk.get("/amt/%41%31").status, 200);
  EXPECT_EQ(desk.get("/api/v1/offices/%41%31").status, 200);
}

TEST(Router, AnUnchangedPageIsNotSentAgain) {
  Desk desk;
  const std::string etag = desk.get("/").payload->etag;
  Request request;
  request.if_none_match = etag;
  const Response again = desk.get("/", request);
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.payload->body().empty());
  request.if_none_match = "\"other\"";
  EXPECT_EQ(desk.get("/", request).status, 200);
}

TEST(Router, EncodingsHaveTheirOwnTagsAndTheSameText) {
  Desk desk;
  Request request;
  request.accept_encoding = "gzip, deflate, br";
  const Response brotli = desk.get("/", request);
  EXPECT_NE(brotli.payload->fields().find("Content-Encoding: br\r\n"), std::string_view::npos);
  request.accept_encoding = "br;q=0, gzip;q=0.5";
  const Response gzip = desk.get("/", request);
  EXPECT_NE(gzip.payload->fields().find("Content-Encoding: gzip\r\n"), std::string_view::npos);
  EXPECT_NE(brotli.payload->etag, gzip.payload->etag);
  EXPECT_NE(desk.get("/").payload->etag, gzip.payload->etag);
  EXPECT_LT(gzip.payload->body().size(), desk.get("/").payload->body().size() / 2);
}

TEST(Router, APageIsRenderedOncePerEdition) {
  Desk desk;
  EXPECT_EQ(desk.get("/").payload, desk.get("/").payload);
  const auto before = desk.get("/").payload;
  desk.router.renew();
  EXPECT_NE(desk.get("/").payload, before);
}

TEST(Router, EveryAnswerCarriesTheSecurityFields) {
  Desk plain;
  Desk tls("normal", true);
  for (const char* path : {"/", "/missing", "/api/v1/situation", "/metrics"}) {
    const std::string fields(plain.get(path).payload->fields());
    EXPECT_NE(fields.find("default-src 'none'"), std::string::npos) << path;
    EXPECT_NE(fields.find("frame-ancestors 'none'"), std::string::npos) << path;
    EXPECT_NE(fields.find("nosniff"), std::string::npos) << path;
    EXPECT_NE(fields.find("Referrer-Policy"), std::string::npos) << path;
    EXPECT_EQ(fields.find("Strict-Transport-Security"), std::string::npos) << path;
    const std::string over_tls(tls.get(path).payload->fields());
    EXPECT_NE(over_tls.find("Strict-Transport-Security"), std::string::npos) << path;
  }
}

TEST(Router, BeforeTheFirstSituationItSaysThatItIsStarting) {
  Desk desk;
  Router fresh("1.2.3", false, {desk.sink, desk.control, desk.gatekeeper, desk.counts});
  Request request;
  request.path = "/";
  const auto page = std::get<Response>(fresh.answer(request));
  EXPECT_EQ(page.status, 503);
  EXPECT_NE(page.payload->body().find("startet"), std::string_view::npos);
  request.path = "/api/v1/health";
  EXPECT_EQ(std::get<Response>(fresh.answer(request)).status, 503);
  request.path = "/api/v1/situation";
  EXPECT_EQ(std::get<Response>(fresh.answer(request)).status, 503);
}

TEST(Router, ABarrierIsReportedOnThePageThatAsksForIt) {
  Desk desk;
  const Response page = desk.get("/barrierefreiheit");
  EXPECT_NE(page.payload->body().find("<form method=\"post\" action=\"/barrierefreiheit\""),
            std::string_view::npos);
  EXPECT_NE(page.payload->fields().find("form-action 'self'"), std::string_view::npos);
  Request report;
  report.host = "amt.example";
  report.origin = "https://amt.example";
  report.body = "text=Kontrast+zu+klein&contact=0123+456";
  const Response thanks = desk.ask(Method::Post, "/barrierefreiheit", {}, report);
  EXPECT_EQ(thanks.status, 200);
  EXPECT_NE(thanks.payload->body().find("Danke"), std::string_view::npos);
  ASSERT_EQ(desk.control.feedback.size(), 1u);
  const Feedback kept = feedback_in(desk.control.feedback[0].second);
  EXPECT_EQ(kept.text, "Kontrast zu klein");
  EXPECT_EQ(kept.at, desk.world->now);
  report.origin = "https://elsewhere.example";
  EXPECT_EQ(desk.ask(Method::Post, "/en/accessibility", {}, report).status, 403);
  report.origin = {};
  report.body = "contact=0123";
  EXPECT_EQ(desk.ask(Method::Post, "/en/accessibility", {}, report).status, 422);
  report.body = "text=x";
  desk.control.refuses = Errc::LimitExceeded;
  EXPECT_EQ(desk.ask(Method::Post, "/en/accessibility", {}, report).status, 503);
  EXPECT_EQ(desk.control.feedback.size(), 1u);
}

TEST(Router, InternalDetailIsForTheSocketOnly) {
  Desk desk;
  for (const char* path : {"/api/v1/nodes", "/api/v1/probes", "/api/v1/why/DB"}) {
    EXPECT_EQ(desk.get(path).status, 403) << path;
    EXPECT_EQ(desk.ask(Method::Get, path, kLocal).status, 200) << path;
  }
}

TEST(Router, PublicAnswersNameNoComponentButByItsPublicName) {
  Desk desk("closed");
  for (const char* path : {"/", "/amt/A1", "/api/v1/offices/A1", "/api/v1/situation", "/metrics"}) {
    const std::string body(desk.get(path).payload->body());
    EXPECT_EQ(body.find("Datenbank-Server 1"), std::string::npos) << path;
    EXPECT_EQ(body.find("connection refused"), std::string::npos) << path;
  }
}

TEST(Router, CommandsCarryTheUserOfTheSocket) {
  Desk desk;
  Request request;
  request.body = R"({"scope":"A1@S1","said":"closed","text":"Umzug","role":"Amt"})";
  EXPECT_EQ(desk.ask(Method::Post, "/api/v1/words", kLocal, request).status, 200);
  ASSERT_EQ(desk.sink.actors().size(), 1u);
  EXPECT_EQ(desk.sink.actors()[0].id, "cli:uid=1000");
  EXPECT_EQ(desk.sink.actors()[0].role, "Amt");
  const auto word = std::get<SetWord>(desk.sink.commands()[0]);
  EXPECT_EQ(word.scope.office.str(), "A1");
  EXPECT_EQ(word.text.de, "Umzug");
  EXPECT_EQ(word.said, Said::Closed);
  const Response told = desk.ask(Method::Post, "/api/v1/words?preview=1", kLocal, request);
  const Json preview = Json::parse(told.payload->body());
  EXPECT_EQ(preview["until"], "2026-11-23T16:30:00.000Z");
  EXPECT_EQ(preview["sentences"]["de"].back(), "Gültig bis heute, 17:30 Uhr.");
  EXPECT_EQ(preview["sentences"]["en"].back(), "Valid until today, 17:30.");
  EXPECT_TRUE(std::holds_alternative<PreviewWord>(desk.sink.commands()[1]));
  EXPECT_EQ(desk.ask(Method::Delete, "/api/v1/words/12?reason=zur%C3%BCck", kLocal).status, 200);
  EXPECT_EQ(std::get<WithdrawWord>(desk.sink.commands()[2]).reason, "zurück");
}

// A client on this machine that sends `token`.
Response with_token(Desk& desk, Method method, const std::string& path, std::string_view token,
                    std::string_view body = {}) {
  Peer near;
  near.address = "127.0.0.1";
  near.loopback = true;
  const std::string field = "Bearer " + std::string(token);
  Request request;
  if (!token.empty()) request.authorization = field;
  request.body = body;
  return desk.ask(method, path, near, request);
}

TEST(Router, PapersAreGivenToTheSocketAloneWithAnyBytesInThem) {
  Desk desk;
  EXPECT_EQ(with_token(desk, Method::Post, "/api/v1/papers/packs", "db_word").status, 403);
  const Response packs = desk.ask(Method::Post, "/api/v1/papers/packs?site=S1", kLocal);
  EXPECT_EQ(packs.status, 200);
  EXPECT_EQ(packs.payload->body(), R"({"files":[{"path":"pack-S1.html","base64":"AP8lUERG"}]})");
  EXPECT_EQ(desk.ask(Method::Post, "/api/v1/papers/else", kLocal).status, 404);
}

TEST(Router, TheSitesThatGetPacksAreListedForTheSocketAlone) {
  Desk desk;
  const auto listed = [&] {
    return std::string(desk.ask(Method::Get, "/api/v1/papers/packs", kLocal).payload->body());
  };
  EXPECT_EQ(listed(), R"({"sites":[]})");
  desk.world->district->pack.sites.emplace_back().site = SiteId("S2");
  desk.world->district->pack.sites.emplace_back().site = SiteId("S1");
  EXPECT_EQ(listed(), R"({"sites":["S2","S1"]})");
  EXPECT_EQ(with_token(desk, Method::Get, "/api/v1/papers/packs", "db_word").status, 403);
  EXPECT_EQ(desk.ask(Method::Get, "/api/v1/papers/handbook", kLocal).status, 404);
}

TEST(Router, ATokenMayWhatItsScopesSayAndNoMore) {
  Desk desk;
  desk.gatekeeper.bearers["db_word"] = {{"token:t-1", ""}, {Role::Operate}, AccountId("u-1"), ""};
  const std::string word = R"({"scope":"A1@S1","said":"closed","role":"Amt"})";
  EXPECT_EQ(with_token(desk, Method::Post, "/api/v1/words", "db_word", word).status, 200);
  EXPECT_EQ(desk.sink.actors().at(0).id, "token:t-1");
  EXPECT_EQ(desk.sink.actors().at(0).role, "Amt");
  EXPECT_EQ(with_token(desk, Method::Get, "/api/v1/nodes", "db_word").status, 200);
  EXPECT_EQ(with_token(desk, Method::Post, "/api/v1/reload", "db_word").status, 403);
  EXPECT_EQ(with_token(desk, Method::Post, "/api/v1/backup", "db_word").status, 403);
  EXPECT_EQ(with_token(desk, Method::Get, "/api/v1/accounts", "db_word").status, 403);
  EXPECT_EQ(desk.sink.commands().size(), 1u);
}

TEST(Router, WithoutARightTokenNothingIsDoneAndNothingTold) {
  Desk desk;
  for (const char* token : {"", "db_wrong"}) {
    const Response response = with_token(desk, Method::Post, "/api/v1/words", token, "{}");
    EXPECT_EQ(response.status, 401) << token;
    EXPECT_NE(response.payload->fields().find("WWW-Authenticate: Bearer"), std::string_view::npos);
  }
  desk.gatekeeper.limited = true;
  EXPECT_EQ(with_token(desk, Method::Post, "/api/v1/words", "db_wrong", "{}").status, 429);
  EXPECT_TRUE(desk.sink.commands().empty());
}

TEST(Router, ATokenFromElsewhereIsTakenOverTlsOnly) {
  Request request;
  request.authorization = "Bearer db_word";
  for (const bool tls : {false, true}) {
    Desk desk("normal", tls);
    desk.gatekeeper.bearers["db_word"] = {{"token:t-1", ""}, {Role::View}, AccountId("u-1"), ""};
    EXPECT_EQ(desk.ask(Method::Get, "/api/v1/nodes", {}, request).status, tls ? 200 : 403);
  }
}

TEST(Router, AccountsAreManagedOverTheSocketByTheUserOfIt) {
  Desk desk;
  desk.gatekeeper.let_in("t", "u-anna", RoleSet::all());
  const Response list = desk.ask(Method::Get, "/api/v1/accounts", kLocal);
  EXPECT_NE(list.payload->body().find(R"("login":"login-u-anna")"), std::string_view::npos);
  desk.gatekeeper.answer.secret = "geheim";
  Request request;
  request.body = R"({"login":"ben","name":"Ben","roles":"operate,press"})";
  const Response added = desk.ask(Method::Post, "/api/v1/accounts", kLocal, request);
  EXPECT_EQ(added.status, 200);
  EXPECT_NE(added.payload->body().find(R"("link":"/operate/link/geheim")"), std::string_view::npos);
  EXPECT_EQ(desk.gatekeeper.askers.at(0).actor.id, "cli:uid=1000");
  EXPECT_EQ(std::get<MakeAccount>(desk.gatekeeper.commands.at(0)).roles,
            (RoleSet{Role::Operate, Role::Press}));
  request.body = R"({"login":"ben","roles":"boss"})";
  EXPECT_EQ(desk.ask(Method::Post, "/api/v1/accounts/roles", kLocal, request).status, 422);
  request.body = R"({"login":"login-u-anna","enable":false})";
  desk.gatekeeper.answer.refused = Refusal::LastAdministrator;
  const Response last = desk.ask(Method::Post, "/api/v1/accounts/disable", kLocal, request);
  EXPECT_EQ(last.status, 409);
  EXPECT_NE(last.payload->body().find("the last account"), std::string_view::npos);
  EXPECT_EQ(std::get<SetDisabled>(desk.gatekeeper.commands.at(1)).account.str(), "u-anna");
}

TEST(Router, BadCommandsSayWhatIsWrong) {
  Desk desk;
  Request request;
  for (const char* body :
       {"", "[]", "{", R"({"scope":"A1"})", R"({"scope":"A1","said":"gone"})",
        R"({"scope":"nowhere","said":"closed"})", R"({"scope":"A1","said":"closed","extra":1})",
        R"({"scope":"A1","said":"closed","until":"soon"})", R"({"scope":1,"said":"closed"})"}) {
    request.body = body;
    const Response response = desk.ask(Method::Post, "/api/v1/words", kLocal, request);
    EXPECT_GE(response.status, 400) << body;
    EXPECT_NE(response.payload->body().find("\"message\":\""), std::string_view::npos) << body;
  }
  EXPECT_TRUE(desk.sink.commands().empty());
}

TEST(Router, HeartbeatsNeedTheirToken) {
  Desk desk;
  Request request;
  request.authorization = "Bearer geheim";
  EXPECT_EQ(desk.ask(Method::Post, "/api/v1/heartbeat/DB/beat", {}, request).status, 202);
  EXPECT_EQ(desk.ask(Method::Post, "/api/v1/heartbeat/DB/other", {}, request).status, 401);
  for (const char* wrong : {"", "Bearer", "Bearer ", "Bearer geheim2", "Basic geheim"}) {
    request.authorization = wrong;
    EXPECT_EQ(desk.ask(Method::Post, "/api/v1/heartbeat/DB/beat", {}, request).status, 401);
  }
}

TEST(Router, HealthSaysWhenNothingNewIsKnown) {
  EXPECT_EQ(Desk("normal").get("/api/v1/health").status, 200);
  EXPECT_EQ(Desk("stale").get("/api/v1/health").status, 503);
  EXPECT_EQ(Desk("journal").get("/api/v1/health").status, 503);
}

TEST(OpenApi, DescribesExactlyTheRoutes) {
  const Json document = Json::parse(openapi_document());
  std::set<std::string> described;
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      std::string name = method == "get" ? "GET " : method == "post" ? "POST " : "DELETE ";
      name += path.substr(0, path.find('{'));
      described.insert(name);
    }
  }
  const auto known = api_operations();
  EXPECT_EQ(described, std::set<std::string>(known.begin(), known.end()));
}

}  // namespace
}  // namespace dienstbereit::web
