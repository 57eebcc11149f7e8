// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/subscribe.h"

#include <gtest/gtest.h>

#include "web/json.h"
#include "web/testing/fakes.h"

namespace dienstbereit::web {
namespace {

constexpr const char* kPath = "/api/v2/subscribers.json";

class SubscribeTest : public testing::Test {
 protected:
  SubscribeTest() {
    auto district = std::make_shared<District>(*world_->situation.district);
    district->subscriptions = {ChannelId("post"), "https://lage.example/"};
    stamp_.district = district;
    stamp_.as_of = stamp_.next_update = now_;
  }

  Response ask(Method method, const std::string& path, const std::string& body = "",
               std::string_view type = "application/x-www-form-urlencoded") {
    Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.content_type = type;
    request.peer.group = "192.0.2.7";
    Outcome outcome = counter_.answer(request, path, stamp_, now_);
    Response response;
    if (auto* deferred = std::get_if<Deferred>(&outcome)) {
      deferred->start([&](Response given) { response = std::move(given); });
    } else {
      response = std::get<Response>(std::move(outcome));
    }
    return response;
  }
  static std::string body(const Response& response) {
    return std::string(response.payload->body());
  }
  static bool says(const Response& response, std::string_view part) {
    return body(response).find(part) != std::string::npos;
  }

  std::shared_ptr<test::World> world_ = test::world_in("presumed");
  const Instant now_ = dienstbereit::test::at("2026-11-23T06:10:00Z");
  test::FakeSubscriptions kept_;
  SubscriptionCounter counter_{false, kept_};
  view::Stamp stamp_;
};

}  // namespace

TEST_F(SubscribeTest, TheStatusPageApiTakesAnAddressAndLetsGoOfIt) {
  for (const auto& [sent, type] :
       {std::pair{"subscriber[email]=a%40buerger.example", "application/x-www-form-urlencoded"},
        std::pair{R"({"subscriber":{"email":"a@buerger.example"}})", "application/json"}}) {
    const Response made = ask(Method::Post, kPath, sent, type);
    EXPECT_EQ(made.status, 201);
    const Json one = Json::parse(body(made))["subscriber"];
    EXPECT_EQ(one["email"], "a@buerger.example");
    EXPECT_EQ(one["mode"], "email");
    EXPECT_EQ(one["purge_at"], "2026-11-24T06:10:00.000Z");
    const std::string own = "/api/v2/subscribers/" + one["id"].get<std::string>() + ".json";
    const Response ended = ask(Method::Delete, own);
    EXPECT_EQ(ended.status, 200);
    EXPECT_EQ(Json::parse(body(ended))["subscriber"]["id"], one["id"]);
    EXPECT_EQ(ask(Method::Delete, own).status, 404);
  }
}

TEST_F(SubscribeTest, WhatIsNoAddressOrAnotherWishIsRefused) {
  for (const char* sent :
       {"", "subscriber[email]=", "subscriber[email]=nobody", "email=a%40buerger.example",
        "subscriber[email]=a%40buerger.example%0D%0ABcc:+x%40y.example",
        "subscriber[email]=a%40buerger.example&subscriber[endpoint]=http://x.example/"}) {
    EXPECT_EQ(ask(Method::Post, kPath, sent).status, 422) << sent;
  }
  for (const char* sent :
       {"", "[]", "{", "{\"subscriber\":[]}", "{\"subscriber\":{\"email\":7}}",
        R"({"subscriber":{"email":"a@buerger.example","component_ids":["abc"]}})"}) {
    EXPECT_EQ(ask(Method::Post, kPath, sent, "application/json").status, 422) << sent;
  }
  EXPECT_TRUE(kept_.kept.empty());
  EXPECT_EQ(ask(Method::Get, kPath).status, 405);
  EXPECT_EQ(ask(Method::Get, "/api/v2/subscribers/abcdefghijk0.json").status, 405);
  EXPECT_EQ(ask(Method::Delete, "/api/v2/subscribers/").status, 404);
}

TEST_F(SubscribeTest, OneConnectionMayNotAskForManyAddresses) {
  for (unsigned i = 0; i < StrangerGate::kFromOne; ++i) {
    EXPECT_EQ(ask(Method::Post, kPath, "subscriber[email]=a%40buerger.example").status, 201);
  }
  EXPECT_EQ(ask(Method::Post, kPath, "subscriber[email]=a%40buerger.example").status, 429);
  EXPECT_EQ(ask(Method::Post, "/abo", "mail=a%40buerger.example").status, 429);
}

TEST_F(SubscribeTest, PeopleOrderConfirmAndEndWithButtons) {
  EXPECT_TRUE(says(ask(Method::Get, "/abo"), "Ihre E-Mail-Adresse"));
  EXPECT_TRUE(says(ask(Method::Get, "/en/subscription"), "Your e-mail address"));
  const Response wrong = ask(Method::Post, "/abo", "mail=%22%3E%3Cscript%3E");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(says(wrong, "keine vollständige E-Mail-Adresse"));
  EXPECT_TRUE(says(wrong, "&quot;&gt;&lt;script&gt;"));
  EXPECT_TRUE(says(ask(Method::Post, "/abo", "mail=+a%40buerger.example+"), "in Ihr Postfach"));
  ASSERT_EQ(kept_.kept.size(), 1u);
  const Subscriber& one = kept_.kept.begin()->second;
  EXPECT_EQ(one.mail, "a@buerger.example");
  const std::string link = "/" + subscription_link(one);
  EXPECT_EQ(link, "/abo/abcdefghijk0/link");
  EXPECT_TRUE(says(ask(Method::Get, link), "Ja, bestätigen"));
  EXPECT_FALSE(one.confirmed) << "looking at a link changes nothing";
  EXPECT_TRUE(says(ask(Method::Post, link, "do=confirm"), "die Bestellung gilt"));
  EXPECT_TRUE(one.confirmed);
  EXPECT_TRUE(says(ask(Method::Get, link), "Abbestellen"));
  EXPECT_EQ(ask(Method::Post, link, "do=something").status, 400);
  EXPECT_EQ(ask(Method::Post, "/abo/abcdefghijk0/other", "do=end").status, 404);
  EXPECT_TRUE(says(ask(Method::Post, link, "List-Unsubscribe=One-Click"), "Abbestellt"));
  EXPECT_TRUE(kept_.kept.empty());
  EXPECT_EQ(ask(Method::Get, link).status, 404);
}

TEST_F(SubscribeTest, WhatIsNotOfferedIsNotThere) {
  const Response full = ask(Method::Post, "/abo", "mail=a%40buerger.example");
  EXPECT_EQ(full.status, 200);
  stamp_.exercise = true;
  EXPECT_EQ(ask(Method::Get, "/abo").status, 404);
  EXPECT_EQ(ask(Method::Post, kPath, "subscriber[email]=b%40buerger.example").status, 404);
  EXPECT_EQ(kept_.kept.size(), 1u);
}

}  // namespace dienstbereit::web
