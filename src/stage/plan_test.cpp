// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/plan.h"

#include <gtest/gtest.h>

#include "stage/stage.h"

namespace dienstbereit::stage {
namespace {

constexpr const char* kGood = R"(servers:
  - id: web
    kind: http
    listen: 127.0.10.1:8080
    http: {path: /, body: "Willkommen", type: text/plain}
  - id: mail
    kind: smtp
    listen: "[::1]:2525"
    smtp: {accepts: [Post@Example.org], domains: [example.org]}
  - id: names
    kind: dns
    listen: 127.0.10.2:5353
    dns:
      records:
        - {name: WWW.example.org., type: A, value: 192.0.2.10}
  - id: anchor
    kind: tcp
    listen: 127.0.10.3:7
    tcp: {banner: "hello"}
scenarios:
  surge: {stop: [web, mail]}
)";

std::string problems(const std::string& text) {
  return config::to_lines(parse_plan("s.yaml", text).diagnostics);
}

TEST(StagePlan, ReadsEveryKind) {
  const LoadedPlan loaded = parse_plan("s.yaml", kGood);
  ASSERT_EQ(config::to_lines(loaded.diagnostics), "");
  ASSERT_EQ(loaded.plan.servers.size(), 4u);
  EXPECT_EQ(loaded.plan.find("web")->body, "Willkommen");
  EXPECT_EQ(loaded.plan.find("mail")->listen.text(), "[::1]:2525");
  EXPECT_EQ(loaded.plan.find("mail")->accepts, std::vector<std::string>{"post@example.org"});
  EXPECT_EQ(loaded.plan.find("names")->records.front().name, "www.example.org");
  EXPECT_EQ(loaded.plan.find("anchor")->banner, "hello");
  EXPECT_EQ(loaded.plan.scenarios.at("surge").stop.size(), 2u);
}

TEST(StagePlan, NamesPlaceProblemAndRemedy) {
  const std::string said =
      problems("servers:\n  - id: web\n    kind: htp\n    lisen: 127.0.0.1:80\n"
               "  - {id: web, kind: tcp, listen: 10.0.0.1:80}\n");
  EXPECT_NE(said.find("s.yaml:3:11: error: unknown kind 'htp'; write http"), std::string::npos)
      << said;
  EXPECT_NE(said.find("s.yaml:4:5: error: unknown key 'lisen'; did you mean 'listen'?"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("the id 'web' is used twice"), std::string::npos) << said;
  EXPECT_NE(said.find("'10.0.0.1:80' is no loopback address"), std::string::npos) << said;
}

TEST(StagePlan, RefusesWhatItCannotServe) {
  EXPECT_NE(problems("servers: 3\n").find("a list is wanted"), std::string::npos);
  EXPECT_NE(problems("").find("error"), std::string::npos);
  EXPECT_NE(problems("servers: []\nscenarios: {surge: {stop: [web]}}\n").find("no server 'web'"),
            std::string::npos);
  EXPECT_NE(problems("servers:\n  - {id: a, kind: dns, listen: 127.0.0.1:1, dns: {records: [{name: "
                     "x, type: A, value: y}]}}\n")
                .find("no value of a record of type 'A'"),
            std::string::npos);
  EXPECT_NE(problems("servers:\n  - {id: a, kind: tcp, listen: 127.0.0.1:1, http: {}}\n")
                .find("belongs to another kind"),
            std::string::npos);
  EXPECT_NE(problems("servers:\n  - {id: a, kind: tcp, listen: 127.0.0.1:1}\n"
                     "  - {id: b, kind: tcp, listen: 127.0.0.1:1}\n")
                .find("used by another server"),
            std::string::npos);
  std::string many = "servers:\n";
  for (std::size_t i = 0; i <= kMostServers; ++i) many += "  - {}\n";
  EXPECT_NE(problems(many).find("more than 200 servers"), std::string::npos);
}

TEST(StagePlan, SaysThatAFileIsMissing) {
  const LoadedPlan loaded = load_plan("no/such/stage.yaml");
  EXPECT_TRUE(config::has_errors(loaded.diagnostics));
  EXPECT_NE(config::to_lines(loaded.diagnostics).find("no/such/stage.yaml"), std::string::npos);
}

TEST(StagePlan, OnlyAUpsLivesThroughASurgeAndItHasAName) {
  const std::string ups = "servers:\n  - {id: n, kind: nut, listen: '127.0.0.1:1', nut: {ups: u}}\n"
                          "  - {id: t, kind: tcp, listen: '127.0.0.1:2'}\n";
  const auto loaded = parse_plan("s.yaml", ups + "scenarios: {surge: {surge: [n]}}\n");
  EXPECT_TRUE(loaded.diagnostics.empty());
  EXPECT_EQ(loaded.plan.find("n")->ups, "u");
  EXPECT_EQ(loaded.plan.scenarios.at("surge").surge, std::vector<std::string>{"n"});
  EXPECT_NE(problems(ups + "scenarios: {surge: {surge: [t]}}\n").find("'t' is no UPS"),
            std::string::npos);
  EXPECT_NE(problems("servers:\n  - {id: n, kind: nut, listen: '127.0.0.1:1'}\n")
                .find("a UPS needs a name"),
            std::string::npos);
}

}  // namespace
}  // namespace dienstbereit::stage
