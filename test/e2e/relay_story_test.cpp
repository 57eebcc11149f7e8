// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <ctime>

#include <fmt/format.h>

#include "probe/relay/reply.h"
#include "program.h"
#include "servers/php.h"
#include "servers/servers.h"

// The relay that ships, in PHP's own web server: it looks for us, for nobody else, and nowhere
// else; and when it fails, nothing is said of what it was to look at.
namespace dienstbereit::e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSecret = "0123456789abcdef0123456789abcdef";
constexpr const char* kDistrict = R"yaml(
administration: {{name: {{de: Kreis Probe, en: Sample District}}, ags: 05999}}
sites: [{{id: HAUS, name: {{de: Kreishaus, en: District hall}}}}]
offices:
  - {{id: AMT, name: {{de: Bürgeramt, en: Citizens}}, sites: HAUS, hours: "Mo-Su,PH 00:00-24:00"}}
services:
  - id: NETZ
    name: {{de: Auskunft im Netz, en: Information online}}
    kind: counter
    offered: AMT
    needs: WEB
    offline: none
components:
  - id: WEB
    name: {{de: Homepage, en: Homepage}}
    probes:
      - kind: http
        url: "{0}"
        expect: {{text: Kreis}}
        relay: {{url: "http://127.0.0.1:{1}/dienstbereit-relay.php", credential: relay}}
        every: 1 s
        timeout: 4 s
)yaml";

class RelayStory : public testing::Test {
 protected:
  RelayStory() {
    site_.folder().write("www/welcome", "Herzlich willkommen im Kreis");
    fs::copy_file("packaging/relay/dienstbereit-relay.php", www_.path() / "dienstbereit-relay.php");
    www_.write(
        "dienstbereit-relay-config.php",
        fmt::format("<?php return ['secret' => '{}', 'allowed' => ['{}']];", kSecret, url()));
    php_ = std::make_unique<servers::Php>(www_.path());
  }

  std::string url() const { return fmt::format("http://127.0.0.1:{}/welcome", site_.port()); }
  static std::int64_t seconds() { return std::time(nullptr); }

  // What the relay says to a question with this signature; its own where none is given.
  HttpReply ask(const probe::RelayQuestion& question, const std::string& signature = {}) const {
    const std::string body = to_json(question);
    return post(body, signature.empty() ? probe::signature_of(kSecret, body) : signature);
  }
  HttpReply post(const std::string& body, const std::string& signature) const {
    return ask_tcp("127.0.0.1", php_->port(), "POST", "/dienstbereit-relay.php",
                   fmt::format("Content-Type: application/json\r\n"
                               "X-Dienstbereit-Signature: {}\r\n",
                               signature),
                   body);
  }
  probe::RelayQuestion question(const std::string& what) const {
    return {"0123456789abcdef", seconds(), what, std::chrono::seconds(2), "Kreis"};
  }

  servers::TempFolder www_;
  servers::Nginx site_{"location /there { return 302 http://127.0.0.1:1/; }", false};
  std::unique_ptr<servers::Php> php_;
};

}  // namespace

TEST_F(RelayStory, TheSiteDiesAndReturnsAndABrokenRelayIsNoOutage) {
  servers::TempFolder folder;
  Server server(folder.write("kreis.yaml", fmt::format(kDistrict, url(), php_->port())),
                {"/usr/bin/env", fmt::format("DIENSTBEREIT_CREDENTIAL_RELAY={}", kSecret)});
  const auto probe = [&] { return server.json("/api/v1/probes")["probes"][0]; };
  const auto state = [&] { return server.state_at("AMT", "HAUS"); };
  ASSERT_TRUE(await([&] { return state() == "normal"; })) << probe().dump() << php_->output();
  EXPECT_NE(probe()["detail"].get<std::string>().find("as the relay sees it: status 200"),
            std::string::npos);
  site_.stop();
  ASSERT_TRUE(await([&] { return state() == "closed"; })) << probe().dump();
  site_.start();
  ASSERT_TRUE(await([&] { return state() == "normal"; })) << probe().dump();
  php_->stop();
  ASSERT_TRUE(await([&] { return state() == "unknown"; })) << probe().dump();
  EXPECT_EQ(probe()["lost"], "broken");
  EXPECT_NE(probe()["detail"].get<std::string>().find("the relay is broken"), std::string::npos);
  php_->start();
  ASSERT_TRUE(await([&] { return state() == "normal"; })) << probe().dump();
}

TEST_F(RelayStory, ItAnswersWhatItSawAndNothingOfThePage) {
  const HttpReply reply = ask(question(url()));
  ASSERT_EQ(reply.status, 200) << reply.body << php_->output();
  const Json seen = Json::parse(reply.body);
  EXPECT_EQ(seen["reached"], true);
  EXPECT_EQ(seen["status"], 200);
  EXPECT_EQ(seen["text_found"], true);
  EXPECT_EQ(reply.body.find("willkommen"), std::string::npos);
  EXPECT_NE(reply.fields.find(probe::signature_of(kSecret, reply.body)), std::string::npos);
}

TEST_F(RelayStory, ItIsNoOpenProxy) {
  EXPECT_EQ(ask(question("http://127.0.0.1:1/")).status, 403);
  EXPECT_EQ(ask(question(url() + "?x")).status, 403);
  EXPECT_EQ(ask(question("file:///etc/passwd")).status, 403);
  EXPECT_EQ(ask(question(url()), std::string(64, '0')).status, 403);
  EXPECT_EQ(ask(question(url()), "x").status, 403);
  const std::string body = to_json(question(url()));
  const std::string signature = probe::signature_of(kSecret, body);
  EXPECT_EQ(post(body + " ", signature).status, 403);
  EXPECT_EQ(post("", probe::signature_of(kSecret, "")).status, 400);
  const std::string long_body = body + std::string(9000, ' ');
  EXPECT_EQ(post(long_body, probe::signature_of(kSecret, long_body)).status, 403);
  EXPECT_EQ(ask_tcp("127.0.0.1", php_->port(), "/dienstbereit-relay.php").status, 403);
  EXPECT_EQ(servers::run_program(
                {"/usr/bin/curl", "-s",
                 fmt::format("http://127.0.0.1:{}/dienstbereit-relay-config.php", php_->port())}),
            "");

  probe::RelayQuestion old = question(url());
  old.time -= 301;
  EXPECT_EQ(ask(old).status, 403);
}

TEST_F(RelayStory, ItFollowsNoRedirectAway) {
  const std::string there = fmt::format("http://127.0.0.1:{}/there", site_.port());
  www_.write("dienstbereit-relay-config.php",
             fmt::format("<?php return ['secret' => '{}', 'allowed' => ['{}']];", kSecret, there));
  const Json seen = Json::parse(ask(question(there)).body);
  EXPECT_EQ(seen["status"], 302);
}

TEST_F(RelayStory, WithoutASecretItIsClosed) {
  www_.write("dienstbereit-relay-config.php",
             "<?php return ['secret' => '', 'allowed' => ['http://127.0.0.1/']];");
  const std::string body = to_json(question("http://127.0.0.1/"));
  EXPECT_EQ(post(body, probe::signature_of("", body)).status, 500);
}

}  // namespace dienstbereit::e2e
