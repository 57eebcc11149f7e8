// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <sstream>

#include "program.h"
#include "servers/servers.h"

// What the running program gives to browsers and to other programs: https, events, metrics, the
// exported journal.
namespace dienstbereit::e2e {
namespace {

constexpr const char* kVorlage = "examples/vorlage";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// What curl gets, with the authority as the only one it trusts; throws if it gets nothing.
std::string curl(const servers::Authority& authority, const std::string& url,
                 const Words& more = {}) {
  Words words{"/usr/bin/curl",
              "--silent",
              "--show-error",
              "--noproxy",
              "*",
              "--max-time",
              "20",
              "--cacert",
              authority.certificate()};
  words.insert(words.end(), more.begin(), more.end());
  words.push_back(url);
  return servers::run_program(words);
}

}  // namespace

TEST(ServingStory, HttpsIsServedWithFilesOfOnesOwn) {
  const servers::TempFolder folder;
  const servers::Authority authority(folder);
  const auto files = authority.issue("dienstbereit.example", -1, 90);
  const Server server(kVorlage, {}, {}, {"--cert", files.certificate, "--key", files.key});
  const std::string url = fmt::format("https://127.0.0.1:{}/", server.port());
  EXPECT_TRUE(contains(curl(authority, url), "</html>"));
  EXPECT_TRUE(contains(curl(authority, url, {"--head"}), "strict-transport-security") ||
              contains(curl(authority, url, {"--head"}), "Strict-Transport-Security"));
  EXPECT_EQ(server.get("/").status, 0) << "nothing is said without TLS";
  const std::string ca = authority.certificate();
  const Outcome probed = run({"probe", "http", url, "--ca-file", ca, "--expect-text", "Stand"});
  EXPECT_EQ(probed.code, 0) << probed.out << probed.err;
  const Outcome distrusted = run({"probe", "http", url});
  EXPECT_EQ(distrusted.code, 1) << distrusted.out;
  EXPECT_TRUE(contains(distrusted.out, "tls")) << distrusted.out;
}

TEST(ServingStory, HalfACertificateOrNoneIsRefusedAndNothingIsDone) {
  const servers::TempFolder folder;
  const std::string data = folder.path() / "data";
  const std::string missing = folder.path() / "missing.pem";
  const Words serve{"serve", "--listen", "127.0.0.1:0", "--data",
                    data,    kVorlage,   "--cert",      missing};
  const Outcome half = run(serve);
  EXPECT_EQ(half.code, 2) << half.err;
  EXPECT_TRUE(contains(half.err, "--key")) << half.err;
  Words both = serve;
  both.insert(both.end(), {"--key", missing});
  const Outcome none = run(both);
  EXPECT_EQ(none.code, 2) << none.err;
  EXPECT_TRUE(contains(none.err, "missing.pem")) << none.err;
  EXPECT_FALSE(std::filesystem::exists(data));
}

TEST(ServingStory, AnAddressThatIsNoneIsRefused) {
  const servers::TempFolder folder;
  for (const std::string listen :
       {"127.0.0.1:", "127.0.0.1:99999999999", "127.0.0.1:65536", "127.0.0.1", "127.0.0.1:80x"}) {
    const Outcome outcome =
        run({"serve", "--listen", listen, "--data", folder.path() / "data", kVorlage});
    EXPECT_EQ(outcome.code, 2) << listen << outcome.err;
    EXPECT_TRUE(contains(outcome.err, listen)) << outcome.err;
  }
}

TEST(ServingStory, AChangeIsToldAtOnceByTheEventStreamAndCountedInTheMetrics) {
  const Server server(kVorlage);
  EventStream events = server.events();
  const Json first = Json::parse(events.next());
  EXPECT_EQ(first["seq"], server.json("/api/v1/situation")["seq"]) << first.dump(1);
  const std::string before = server.get("/metrics").body;
  EXPECT_TRUE(contains(before, "dienstbereit_up 1\n")) << before;
  EXPECT_TRUE(
      await([&] { return contains(server.get("/metrics").body, "dienstbereit_web_streams 1\n"); }));
  EXPECT_TRUE(contains(
      before, "dienstbereit_place_readiness{office=\"A38\",site=\"LEIT\",state=\"closed\"} 0\n"))
      << before;

  const Outcome set = server.command({"set", "ALL", "closed", "--text", "Sturm", "--json"});
  ASSERT_EQ(set.code, 0) << set.err;
  const std::uint64_t seq = set.json()["seq"];
  // Each event tells a whole situation; the one that holds the word comes at the latest with it.
  Json told = first;
  while (told["seq"] < seq) {
    const std::string data = events.next();
    ASSERT_FALSE(data.empty()) << "no event after " << told.dump();
    told = Json::parse(data);
  }
  EXPECT_EQ(told["headline"]["de"], server.headline("de")) << told.dump(1);
  EXPECT_EQ(told["headline"]["en"], server.headline("en")) << told.dump(1);
  const std::string after = server.get("/metrics").body;
  EXPECT_TRUE(contains(
      after, "dienstbereit_place_readiness{office=\"A38\",site=\"LEIT\",state=\"closed\"} 1\n"))
      << after;
  const std::uint64_t shown = server.json("/api/v1/situation")["seq"];
  EXPECT_TRUE(contains(after, fmt::format("dienstbereit_journal_seq {}\n", shown))) << after;
}

TEST(ServingStory, TheExportedJournalHoldsEveryEventAsOneLineOfJson) {
  const Server server(kVorlage);
  ASSERT_EQ(server.command({"set", "A36", "closed", "--text", "Wasserschaden"}).code, 0);
  const Outcome whole = run({"journal", "export", server.data().string()});
  ASSERT_EQ(whole.code, 0) << whole.err;
  std::istringstream lines(whole.out);
  std::uint64_t seq = 0;
  std::string previous;
  for (std::string line; std::getline(lines, line);) {
    const Json event = Json::parse(line);
    EXPECT_EQ(event["seq"], ++seq);
    if (seq > 1) EXPECT_EQ(event["previous"], previous) << "the chain of hashes";
    previous = event["hash"];
  }
  EXPECT_GE(seq, 3u) << whole.out;
  const Outcome words = run({"journal", "export", server.data().string(), "--type", "word_set"});
  EXPECT_EQ(Json::parse(words.out)["payload"]["text"]["de"], "Wasserschaden") << words.out;
  const Outcome last = run(
      {"journal", "export", server.data().string(), "--from", std::to_string(seq), "--limit", "1"});
  EXPECT_EQ(Json::parse(last.out)["seq"], seq) << last.out;
}

}  // namespace dienstbereit::e2e
