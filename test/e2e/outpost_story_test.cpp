// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <ctime>
#include <fstream>

#include <fmt/format.h>

#include "base/time.h"
#include "model/outside/outpost_report.h"
#include "outpost/outbox.h"
#include "program.h"
#include "servers/servers.h"

// A second place that sees: the real outpost, the homepage on nginx, and between outpost and server
// a line (nginx too) that can be cut.
namespace dienstbereit::e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDistrict = R"yaml(
administration: {{name: {{de: Kreis Probe, en: Sample District}}, ags: 05999, observer_at: HAUS}}
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
outposts:
  - {{id: FERN, name: {{de: Rechenzentrum, en: Data centre}}, silent_after: 3 s}}
uplinks:
  - id: DSL
    outpost: FERN
    probes: [{{kind: tcp, target: "127.0.0.1:{2}", every: 500 ms, timeout: 1 s}}]
components:
  - id: WEB
    name: {{de: Homepage, en: Homepage}}
    probes:
      - {{kind: http, name: innen, url: "http://127.0.0.1:{0}/welcome", expect: {{text: Kreis}},
         every: 500 ms, timeout: 1 s}}
      - {{kind: http, name: aussen, url: "http://127.0.0.1:{1}/welcome", expect: {{text: Kreis}},
         from: FERN, every: 500 ms, timeout: 1 s}}
)yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string port_of(std::uint16_t port) { return fmt::format("127.0.0.1:{}", port); }

class OutpostStory : public testing::Test {
 protected:
  OutpostStory() {
    for (auto* site : {&inside_, &outside_}) {
      site->folder().write("www/welcome", "Herzlich willkommen im Kreis");
    }
    const Outcome account =
        server_.command({"account", "add", "anna", "--name", "Anna", "--roles", "administer"});
    EXPECT_EQ(account.code, 0) << account.err;
    const Outcome made = server_.command(
        {"account", "token", "anna", "--name", "outpost", "--outpost", "FERN", "--days", "30"});
    EXPECT_EQ(made.code, 0) << made.err;
    token_ = made.out.substr(made.out.rfind("db_"));
    token_.pop_back();
    const auto file = folder_.write("secrets/fern", token_ + "\n");
    fs::permissions(file, fs::perms(0600));
    config_ = folder_.write(
        "outpost.yaml",
        fmt::format("outpost: FERN\nserver: http://{}\ncredential: fern\n", port_of(line_.port())));
    outpost_ = std::make_unique<servers::Process>(
        folder_, Words{program(), "outpost", "--config", config_.string(), "--data",
                       (folder_.path() / "outpost").string(), "--credentials",
                       (folder_.path() / "secrets").string()});
  }

  Json probe(const std::string& id) const {
    const Json all = server_.json("/api/v1/probes");
    for (const Json& one : all.at("probes")) {
      if (one["id"] == id) return one;
    }
    return {{"fresh", false}, {"outcome", ""}, {"lost", ""}};
  }
  bool sees(const std::string& outcome) const {
    return await([&] {
      const Json seen = probe("WEB/aussen");
      return seen["fresh"] == true && seen["outcome"] == outcome;
    });
  }
  std::string views() const {
    const Json all = server_.json("/api/v1/nodes");
    for (const Json& node : all.at("nodes")) {
      if (node["id"] == "WEB") return node["views"];
    }
    return {};
  }
  std::string state() const { return server_.state_at("AMT", "HAUS"); }

  // What waits at the outpost of the outside probe: "success failure ...".
  std::string waiting() const {
    auto database = sqlite::Database::open(folder_.path() / "outpost" / outpost::kOutboxFile,
                                           sqlite::Database::Mode::ReadOnly);
    std::string all;
    auto rows = database->prepare("SELECT body FROM item WHERE repeat = 0 ORDER BY sequence");
    while (rows->step().value_or(false)) {
      const auto item = parse_outpost_item(rows->text(0));
      if (!item || !item->settled || item->settled->probe != ProbeId("WEB/aussen")) continue;
      all += std::string(all.empty() ? "" : " ") + name_of(item->settled->outcome);
    }
    return all;
  }
  bool waits(const std::string& wanted) const {
    return await([&] { return waiting() == wanted; });
  }

  // The record's events of a type, of the outside probe.
  std::vector<Json> recorded(const std::string& type) const {
    const Outcome out = run({"journal", "export", server_.data().string(), "--type", type});
    EXPECT_EQ(out.code, 0) << out.err;
    std::vector<Json> found;
    std::istringstream lines(out.out);
    for (std::string line; std::getline(lines, line);) {
      const Json payload = Json::parse(line)["payload"];
      const Json& news = payload.contains("settled") ? payload["settled"] : payload;
      if (news.value("probe", "") == "WEB/aussen") found.push_back(payload);
    }
    return found;
  }
  std::string told() const {
    std::string all;
    for (const Json& payload : recorded("outpost_told")) {
      all += (all.empty() ? "" : " ") + payload["settled"]["outcome"].get<std::string>();
    }
    return all;
  }
  static std::int64_t now_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
  }

  servers::TempFolder folder_;
  servers::Nginx inside_{"", false};
  servers::Nginx outside_{"", false};
  servers::Nginx router_{"", false};
  Server server_{folder_.write(
      "kreis.yaml", fmt::format(kDistrict, inside_.port(), outside_.port(), router_.port()))};
  servers::Nginx line_{
      fmt::format("location / {{ proxy_pass http://{}; }}", port_of(server_.port())), false};
  std::string token_;
  fs::path config_;
  std::unique_ptr<servers::Process> outpost_;
};

}  // namespace

TEST_F(OutpostStory, WhatHappensDuringACutArrivesOnceWithItsTimeAndNeverAsNews) {
  ASSERT_TRUE(sees("success")) << outpost_->output();
  ASSERT_TRUE(await([&] { return state() == "normal"; }));
  ASSERT_TRUE(waits(""));

  line_.stop();
  ASSERT_TRUE(await([&] { return state() == "unknown"; }));
  EXPECT_EQ(probe("WEB/aussen")["lost"], "silent");
  EXPECT_TRUE(await([&] {
    return contains(server_.page("/amt/AMT"),
                    "Die Außenstelle „Rechenzentrum“ meldet sich nicht (seit");
  })) << server_.page("/amt/AMT");
  EXPECT_TRUE(contains(server_.command({"status"}).out,
                       "Die Außenstelle „Rechenzentrum“ meldet sich nicht seit"));

  outside_.stop();
  ASSERT_TRUE(waits("failure"));
  const std::int64_t died = now_ms();
  outside_.start();
  ASSERT_TRUE(waits("failure success"));
  const std::int64_t returned = now_ms();
  outpost_->stop(SIGKILL);
  outpost_->start();
  server_.kill();
  server_.start();
  server_.wait_until_ready();
  EXPECT_EQ(waiting(), "failure success");

  line_.start();
  ASSERT_TRUE(sees("success")) << outpost_->output();
  ASSERT_TRUE(await([&] { return state() == "normal"; }));
  EXPECT_EQ(told(), "success failure success");
  const auto news = recorded("outpost_told");
  EXPECT_NEAR(news[1]["observed"].get<double>(), static_cast<double>(died), 1500);
  EXPECT_NEAR(news[2]["observed"].get<double>(), static_cast<double>(returned), 1500);
  // What was over before it was known never held here.
  for (const Json& settled : recorded("observation_settled")) {
    EXPECT_EQ(settled["outcome"], "success");
  }
}

TEST_F(OutpostStory, KilledAgainAndAgainOnEitherSideEveryChangeArrivesOnce) {
  ASSERT_TRUE(sees("success")) << outpost_->output();
  std::string expected = "success";
  for (int round = 0; round < 3; ++round) {
    outside_.stop();
    outpost_->stop(SIGKILL);
    outpost_->start();
    ASSERT_TRUE(sees("failure")) << outpost_->output();
    server_.kill();
    outside_.start();
    server_.start();
    server_.wait_until_ready();
    ASSERT_TRUE(sees("success")) << outpost_->output();
    expected += " failure success";
  }
  EXPECT_EQ(told(), expected);
  EXPECT_EQ(run({"journal", "verify", server_.data().string()}).code, 0);
}

TEST_F(OutpostStory, InsideAndOutsideAreToldApartAndPeopleOutsideDecide) {
  ASSERT_TRUE(sees("success")) << outpost_->output();
  ASSERT_TRUE(await([&] { return views() == "agree" && state() == "normal"; }));
  outside_.stop();
  ASSERT_TRUE(await([&] { return views() == "only_inside"; }));
  EXPECT_EQ(state(), "closed");
  EXPECT_TRUE(contains(server_.command({"why", "WEB"}).out, "Im Haus funktioniert „Homepage“"))
      << server_.command({"why", "WEB"}).out;
  EXPECT_TRUE(contains(server_.command({"status"}).out,
                       "„Homepage“ ist von außen nicht erreichbar, funktioniert aber"));
  outside_.start();
  ASSERT_TRUE(await([&] { return views() == "agree" && state() == "normal"; }));
  inside_.stop();
  ASSERT_TRUE(await([&] { return views() == "only_outside"; }));
  EXPECT_EQ(state(), "normal");
  EXPECT_TRUE(contains(server_.command({"status"}).out, "„Homepage“ funktioniert von außen"));
}

TEST_F(OutpostStory, WithItsOwnLegCutTheOutpostAccusesNobody) {
  ASSERT_TRUE(sees("success")) << outpost_->output();
  router_.stop();
  outside_.stop();
  ASSERT_TRUE(await([&] { return probe("WEB/aussen")["lost"] == "path_lost"; }));
  ASSERT_TRUE(await([&] { return state() == "unknown"; }));
  router_.start();
  ASSERT_TRUE(sees("failure"));
  ASSERT_TRUE(await([&] { return state() == "closed"; }));
}

TEST_F(OutpostStory, ATokenOpensThisOutpostsDoorAndNoOtherUntilItIsRevoked) {
  ASSERT_TRUE(sees("success")) << outpost_->output();
  const auto ask = [&](const std::string& path) {
    return ask_tcp("127.0.0.1", server_.port(), "GET", path,
                   "Authorization: Bearer " + token_ + "\r\n", "")
        .status;
  };
  EXPECT_EQ(ask("/api/v1/outposts/FERN/probes"), 200);
  EXPECT_EQ(ask("/api/v1/outposts/ANDERE/probes"), 403);
  EXPECT_EQ(ask("/api/v1/probes"), 403);
  EXPECT_EQ(ask_tcp("127.0.0.1", server_.port(), "/api/v1/outposts/FERN/probes").status, 401);

  const std::string id = server_.json("/api/v1/tokens")["tokens"][0]["id"];
  ASSERT_EQ(server_.command({"account", "revoke-token", id}).code, 0);
  EXPECT_EQ(ask("/api/v1/outposts/FERN/probes"), 401);
  EXPECT_TRUE(await([&] { return probe("WEB/aussen")["lost"] == "silent"; }));
  EXPECT_TRUE(await([&] { return contains(outpost_->output(), "the server cannot be told"); }))
      << outpost_->output();
}

TEST_F(OutpostStory, WhatItIsToRunFollowsTheDistrict) {
  ASSERT_TRUE(sees("success")) << outpost_->output();
  std::stringstream text;
  text << std::ifstream(folder_.path() / "kreis.yaml").rdbuf();
  folder_.write("kreis.yaml",
                text.str() + fmt::format("      - {{kind: tcp, name: neu, target: '{}', "
                                         "from: FERN, every: 500 ms, timeout: 1 s}}\n",
                                         port_of(outside_.port())));
  const Outcome reloaded = server_.command({"reload"});
  ASSERT_EQ(reloaded.code, 0) << reloaded.err;
  EXPECT_TRUE(await([&] { return probe("WEB/neu")["fresh"] == true; })) << outpost_->output();
}

}  // namespace dienstbereit::e2e
