// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/explain.h"

#include <gtest/gtest.h>

#include "probe/lateness.h"

namespace dienstbereit::probe {
namespace {

std::string error_of(const char* kind, const char* target, std::vector<OptionValue> options = {}) {
  const auto spec = spec_for(kind, target, options);
  return spec ? "no error" : spec.error().message;
}

}  // namespace

TEST(SpecFor, BuildsAProbeByHand) {
  const auto spec = spec_for("http", "https://www.example.org/",
                             {{"expect-text", "Willkommen"},
                              {"expect-status", "200-204"},
                              {"expect-json", "/a=\"b=c\""},
                              {"timeout", "3 s"}});
  ASSERT_TRUE(spec);
  const auto& http = std::get<HttpProbe>(spec->action);
  EXPECT_EQ(http.expect.text, "Willkommen");
  EXPECT_EQ(http.expect.status.front().last, 204);
  EXPECT_EQ(http.expect.json.at("/a"), "\"b=c\"");
  EXPECT_EQ(spec->timeout, std::chrono::seconds(3));
  EXPECT_EQ(spec->proof, Proof::Works);
}

TEST(SpecFor, KnowsTheTargetOfEachKind) {
  const auto dns = spec_for("dns", "example.org@192.0.2.53:5353", {{"type", "MX"}});
  EXPECT_EQ(std::get<DnsProbe>(dns->action).resolver.port, 5353);
  const auto sql = spec_for("postgres", "db.example/fach", {{"user", "probe"}});
  EXPECT_EQ(std::get<PostgresProbe>(sql->action).database, "fach");
  EXPECT_EQ(std::get<PostgresProbe>(sql->action).target.port, 5432);
  EXPECT_EQ(std::get<SmtpProbe>(spec_for("smtp", "[::1]:26", {})->action).target.port, 26);
  EXPECT_TRUE(std::get<TcpProbe>(spec_for("tcp", "x:1", {{"tls", ""}})->action).use_tls);
}

TEST(SpecFor, SaysWhatIsWrong) {
  EXPECT_EQ(error_of("http", "http://x/", {{"expect-txt", "a"}}),
            "a probe of kind 'http' has no option '--expect-txt'; did you mean '--expect-text'?");
  EXPECT_EQ(error_of("http", "http://x/", {{"expect-status", "2-1"}}),
            "--expect-status: '2-1' is no status; write 200 or 200-299");
  EXPECT_EQ(error_of("tcp", "host"), "'host' lacks its port: HOST:PORT");
  EXPECT_TRUE(error_of("ftp", "x").starts_with("'ftp' is no kind of probe"));
  EXPECT_TRUE(error_of("dns", "x").starts_with("a DNS target is NAME@RESOLVER"));
  EXPECT_TRUE(error_of("dns", "a@localhost").starts_with("the resolver 'localhost' is not a"));
  EXPECT_TRUE(error_of("postgres", "x").starts_with("a PostgreSQL target"));
  EXPECT_TRUE(error_of("heartbeat", "x").find("pushed to us") != std::string::npos);
  EXPECT_FALSE(options_of("smtp").empty());
  EXPECT_TRUE(options_of("ftp").empty());
}

TEST(Explain, ShowsEachPhaseAndWhereItFailed) {
  const auto spec = *spec_for("http", "http://x/", {});
  ProbeResult result;
  result.outcome = ProbeOutcome::Failure;
  result.phase = "connect";
  result.detail = "connecting to 127.0.0.1 port 80: Connection refused";
  result.phases = {{"resolve", std::chrono::microseconds(1500)},
                   {"connect", std::chrono::microseconds(250)}};
  EXPECT_EQ(explain(result, spec), "FAILURE  http probe at connect\n"
                                   "  connecting to 127.0.0.1 port 80: Connection refused\n\n"
                                   "  resolve                 1.50 ms\n"
                                   "  connect                 0.25 ms  <- failed here\n"
                                   "  total                   1.75 ms (limit 10 s)\n\n"
                                   "If the next attempts fail too, its target counts as down.\n");
}

TEST(Lateness, QuantilesLookAtTheWindowOnly) {
  Lateness lateness(100);
  EXPECT_EQ(lateness.quantile(0.99).count(), 0);
  for (int i = 0; i < 500; ++i) lateness.add(std::chrono::microseconds(1'000'000));
  for (int i = 1; i <= 100; ++i) lateness.add(std::chrono::microseconds(i));
  EXPECT_EQ(lateness.quantile(0.99).count(), 99);
  EXPECT_EQ(lateness.quantile(0.5).count(), 50);
  EXPECT_EQ(lateness.quantile(1.0).count(), 100);
}

}  // namespace dienstbereit::probe
