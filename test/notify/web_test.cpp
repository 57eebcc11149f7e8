// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "sending.h"

namespace dienstbereit::servers {
namespace {

// Takes what carries key and secret, keeps the body; other places answer as they are called.
constexpr const char* kReceiver = R"(
    location = /hook {
      if ($http_x_idempotency_key != "dienstbereit-47.1.1795414200000") { return 400 "no key"; }
      if ($http_authorization != "Bearer s3cret") { return 401 "who are you"; }
      client_body_in_file_only on;
      proxy_pass http://127.0.0.1:$server_port/taken;
    }
    location = /taken { return 200 "thanks"; }
    location = /busy { return 503 "later"; }
    location = /many { return 429 "slow down"; }
    location = /gone { return 404 "no such hook s3cret"; }
    location = /moved { return 302 http://127.0.0.1:$server_port/taken; }
    location = /sms {
      if ($arg_to != "%2B491701234567") { return 400 "to"; }
      if ($arg_text != "St%C3%B6rung%3A%202%20Orte") { return 400 "text $arg_text"; }
      if ($arg_k != "s3cret") { return 403 "key"; }
      return 202 "queued";
    }
)";

struct Web : testing::Test {
  static void SetUpTestSuite() { nginx = new Nginx(kReceiver, false); }
  static void TearDownTestSuite() { delete nginx; }

  static notify::Letter hook(ChannelKind kind, const std::string& path) {
    auto one = letter(kind, "http://127.0.0.1:" + std::to_string(nginx->port()) + path);
    one.channel.credential = "hook";
    return one;
  }
  static std::vector<nlohmann::json> bodies() {
    std::vector<nlohmann::json> all;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(nginx->folder().path() / "body")) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path());
      const std::string text{std::istreambuf_iterator<char>(file),
                             std::istreambuf_iterator<char>()};
      all.push_back(nlohmann::json::parse(text, nullptr, false));
    }
    return all;
  }

  static inline Nginx* nginx = nullptr;
};

}  // namespace

TEST_F(Web, AWebhookArrivesWithKeyAndSecret) {
  Sending sending;
  const auto result = sending.send(hook(ChannelKind::Webhook, "/hook"));
  ASSERT_TRUE(result.ok) << result.detail;
  bool found = false;
  for (const auto& body : bodies()) {
    found = found || (body.value("cause", "") == "outage/47" && body.value("version", 0) == 1);
  }
  EXPECT_TRUE(found);
}

TEST_F(Web, AlertmanagersShapeArrives) {
  Sending sending;
  ASSERT_TRUE(sending.send(hook(ChannelKind::Alertmanager, "/hook")).ok);
  bool found = false;
  for (const auto& body : bodies()) found = found || body.contains("groupKey");
  EXPECT_TRUE(found);
}

TEST_F(Web, AnSmsGatewayGetsWhatItsTemplateSays) {
  Sending sending;
  auto one = hook(ChannelKind::Sms, "/sms?to={to}&text={text}&k={secret}");
  one.to = "+491701234567";
  const auto result = sending.send(one);
  EXPECT_TRUE(result.ok) << result.detail;
}

TEST_F(Web, WhatTheOtherSideSaysDecidesWhetherItIsTriedAgain) {
  Sending sending;
  struct Case {
    const char* path;
    bool permanent;
    const char* said;
  };
  for (const Case& one : {Case{"/busy", false, "status 503: later"},
                          {"/many", false, "status 429"},
                          {"/gone", true, "status 404: no such hook (secret)"},
                          {"/moved", true, "status 302"}}) {
    const auto result = sending.send(hook(ChannelKind::Webhook, one.path));
    EXPECT_FALSE(result.ok) << one.path;
    EXPECT_EQ(result.permanent, one.permanent) << one.path;
    EXPECT_TRUE(contains(result.detail, one.said)) << result.detail;
  }
}

TEST_F(Web, ANameIsResolvedByOurselves) {
  Sending sending;
  auto one = hook(ChannelKind::Webhook, "/hook");
  one.channel.url = "http://localhost:" + std::to_string(nginx->port()) + "/hook";
  EXPECT_TRUE(sending.send(one).ok);
  one.channel.url = "http://hook.aussen.example:" + std::to_string(nginx->port()) + "/hook";
  one.channel.connect_to = "127.0.0.1";
  EXPECT_TRUE(sending.send(one).ok);
}

TEST_F(Web, AServerThatHangsCostsItsTimeAndStopsNoOtherChannel) {
  Nginx second(kReceiver, false);
  second.process().signal(SIGSTOP);
  Sending sending;
  std::vector<notify::Letter> letters;
  for (int i = 0; i < 12; ++i) {
    auto one = hook(ChannelKind::Webhook, "/hook");
    one.id = MessageId("hang." + std::to_string(i));
    one.channel.id = ChannelId("hanging");
    one.channel.url = "http://127.0.0.1:" + std::to_string(second.port()) + "/hook";
    one.channel.timeout = std::chrono::seconds(1);
    letters.push_back(one);
  }
  auto good = hook(ChannelKind::Webhook, "/hook");
  good.id = MessageId("good.1");
  letters.push_back(good);
  const auto results = sending.send_all(letters);
  second.process().signal(SIGCONT);
  ASSERT_EQ(results.size(), 13u);
  std::size_t place = 13;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].id == MessageId("good.1")) place = i;
    EXPECT_EQ(results[i].ok, results[i].id == MessageId("good.1")) << results[i].detail;
  }
  EXPECT_EQ(place, 0u);
}

TEST_F(Web, HundredsOfLettersAllGetTheirResult) {
  Sending sending;
  std::vector<notify::Letter> letters;
  for (int i = 0; i < 300; ++i) {
    letters.push_back(hook(ChannelKind::Webhook, "/hook"));
    letters.back().id = MessageId("1." + std::to_string(i));
  }
  std::size_t good = 0;
  for (const auto& result : sending.send_all(letters)) good += result.ok ? 1 : 0;
  EXPECT_EQ(good, 300u);
}

TEST(WebTls, TheNameOfTheCertificateCountsWhateverTheAddress) {
  TempFolder files;
  const Authority authority(files);
  const auto certificate = authority.issue("hook.aussen.example", -1, 90);
  Nginx nginx("ssl_certificate " + certificate.certificate.string() + "; ssl_certificate_key " +
                  certificate.key.string() + "; location / { return 200 ok; }",
              true);
  Sending sending(files.path());
  auto one =
      letter(ChannelKind::Webhook, "https://127.0.0.1:" + std::to_string(nginx.port()) + "/");
  one.channel.tls.ca_file = "ca.pem";
  one.channel.tls.server_name = "hook.aussen.example";
  EXPECT_TRUE(sending.send(one).ok);
  one.channel.tls.server_name = "hook.anders.example";
  EXPECT_FALSE(sending.send(one).ok);
  one.channel.tls.server_name = "hook.aussen.example";
  one.channel.tls.ca_file.clear();  // the system's store does not know the test's authority
  const auto result = sending.send(one);
  EXPECT_FALSE(result.ok);
  EXPECT_TRUE(contains(result.detail, "certificate")) << result.detail;
}

}  // namespace dienstbereit::servers
