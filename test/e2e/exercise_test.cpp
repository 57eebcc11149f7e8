// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "program.h"
#include "servers/visible_text.h"

// Exercises with the real program: what is played is marked wherever it is seen, and nothing of it
// leaves the house.
namespace dienstbereit::e2e {
namespace {

constexpr const char* kAddress = "127.0.0.1";
constexpr const char* kGerman = "ÜBUNG – keine echte Störung";
constexpr const char* kEnglish = "EXERCISE – not a real outage";

// `outward` is published to and told by; in an exercise nobody may be seen there.
std::string district(std::uint16_t outward, std::uint16_t probed) {
  return fmt::format(R"yaml(
administration: {{name: {{de: Kreis Probe, en: Sample District}}, ags: 05999, observer_at: HAUS,
                 public_url: "https://stand.example/"}}
sites: [{{id: HAUS, name: {{de: Kreishaus, en: District hall}}}}]
offices: [{{id: AMT, name: {{de: Bürgeramt, en: Citizens}}, sites: HAUS,
           hours: "Mo-Su,PH 00:00-24:00"}}]
services: [{{id: PASS, name: {{de: Pass, en: Passport}}, kind: counter, offered: AMT, needs: DB,
            offline: none}}]
components:
  - {{id: DB, name: {{de: Datenbank, en: database}}, site: HAUS,
     probes: [{{kind: tcp, target: "127.0.0.1:{1}", every: 1 s, timeout: 500 ms}}]}}
channels: [{{id: webhook, kind: webhook, url: "http://127.0.0.1:{0}/hook"}}]
publish: [{{id: OUTSIDE, kind: webdav, url: "http://127.0.0.1:{0}/copy/"}}]
)yaml",
                     outward, probed);
}

constexpr const char* kStory = R"yaml(
district: kreis.yaml
start: 2026-11-20T06:30+01:00
tell: [lead]
timeline:
  - {at: Fr 06:40, push: {fails: DB}}
  - at: Fr 06:50
    want:
      - place: {id: AMT@HAUS, word: closed}
      - message: {to: lead, de: ÜBUNG, en: EXERCISE}
)yaml";

// Where probes, copies and messages of the district go to; counts who comes.
class Listener {
 public:
  explicit Listener(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, kAddress, &address.sin_addr);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(fd_, 64), 0);
  }
  ~Listener() { ::close(fd_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  bool anybody_came() const {
    const int connection = ::accept(fd_, nullptr, nullptr);
    if (connection >= 0) ::close(connection);
    return connection >= 0;
  }

 private:
  int fd_;
};

class ExerciseStory : public testing::Test {
 protected:
  HttpReply get(const std::string& path) const { return ask_tcp(kAddress, port_, path); }
  bool contains(const std::string& path, const std::string& part) const {
    return get(path).body.find(part) != std::string::npos;
  }

  servers::TempFolder folder_;
  std::uint16_t target_ = servers::free_port(kAddress);
  std::uint16_t port_ = servers::free_port(kAddress);
  std::filesystem::path district_ = folder_.write("kreis.yaml", district(target_, target_));
  std::filesystem::path story_ = folder_.write("story.yaml", kStory);
};

}  // namespace

TEST_F(ExerciseStory, AsFastAsItCanAWantDecidesTheExitCode) {
  const Outcome good = run({"story", story_.string()});
  EXPECT_EQ(good.code, 0) << good.out << good.err;
  EXPECT_NE(good.out.find("2 of 2 wants met"), std::string::npos) << good.out;
  std::string text = kStory;
  text.replace(text.find("word: closed"), 12, "word: normal");
  const Outcome bad = run({"story", folder_.write("bad.yaml", text).string()});
  EXPECT_EQ(bad.code, 1);
  EXPECT_NE(bad.out.find("bad.yaml:9: wanted at Fr 2026-11-20 06:50:00"), std::string::npos)
      << bad.out;
  text.replace(text.find("word: normal"), 12, "wrd: normal");
  const Outcome wrong = run({"story", folder_.write("wrong.yaml", text).string()});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.err.find("wrong.yaml:9:"), std::string::npos) << wrong.err;
  EXPECT_EQ(run({"story", story_.string(), "--speed", "60"}).code, 2) << "it needs --listen";
}

TEST_F(ExerciseStory, ItIsWatchedAndActedInAndMarkedEverywhereAndNothingLeaves) {
  const Listener outside(target_);
  const auto data = folder_.path() / "data";
  servers::Process process(folder_,
                           {program(), "story", story_.string(), "--speed", "600", "--listen",
                            fmt::format("{}:{}", kAddress, port_), "--data", data.string()});
  process.wait_until([&] { return contains("/", "geschlossen"); });
  EXPECT_TRUE(contains("/", kGerman));
  EXPECT_TRUE(contains("/", "<title>ÜBUNG – ")) << get("/").body.substr(0, 600);
  EXPECT_TRUE(contains("/amt/AMT", kGerman));
  EXPECT_TRUE(contains("/en/", kEnglish));
  EXPECT_TRUE(contains("/en/site/HAUS", kEnglish));
  EXPECT_FALSE(contains("/", "ld+json")) << "search engines would take it for the truth";
  EXPECT_EQ(Json::parse(get("/api/v1/situation").body)["exercise"], true);
  EXPECT_TRUE(contains("/api/v2/summary.json", "\"EXERCISE – "));
  EXPECT_TRUE(contains("/feed/atom.xml", "<title>ÜBUNG – "));
  EXPECT_TRUE(contains("/en/feed/rss.xml", "<title>EXERCISE – "));
  EXPECT_TRUE(contains("/metrics", "dienstbereit_exercise 1"));

  const Outcome status = run({"status", "--data", data.string()});
  EXPECT_TRUE(status.out.starts_with(std::string("! ") + kGerman)) << status.out << status.err;
  const Outcome set =
      run({"set", "AMT", "limited", "--text", "Nur Abholung", "--yes", "--data", data.string()});
  EXPECT_EQ(set.code, 0) << set.err;
  EXPECT_TRUE(await([&] { return contains("/amt/AMT", "Nur Abholung"); }));
  process.wait_until(
      [&] { return process.output().find("The story is over") != std::string::npos; });
  EXPECT_FALSE(outside.anybody_came()) << "no probe, no copy and no message goes out";
  EXPECT_EQ(run({"probe", "tcp", fmt::format("{}:{}", kAddress, target_)}).code, 0);
  EXPECT_TRUE(outside.anybody_came()) << "who comes would have been seen";
  process.stop(SIGTERM);
  EXPECT_EQ(run({"serve", district_.string(), "--data", data.string(), "--listen",
                 fmt::format("{}:{}", kAddress, port_)})
                .code,
            2)
      << "nothing real is written into the journal of an exercise";
}

TEST_F(ExerciseStory, ServingAsAnExerciseProbesButPublishesNothing) {
  const Listener outward(target_);
  const Listener probed(port_);
  const auto kreis = folder_.write("probed.yaml", district(target_, port_));
  {
    Server exercise(kreis, {}, {}, {"--exercise"});
    EXPECT_NE(exercise.get("/").body.find(kGerman), std::string::npos);
    EXPECT_EQ(exercise.json("/api/v1/situation")["exercise"], true);
    EXPECT_TRUE(await([&] { return probed.anybody_came(); }));
    const Outcome set = exercise.command({"set", "AMT", "closed", "--yes"});
    EXPECT_EQ(set.code, 0) << set.err;
    exercise.stop();
    EXPECT_FALSE(outward.anybody_came());
  }
  const Server real(kreis);
  EXPECT_EQ(real.get("/").body.find("ÜBUNG"), std::string::npos);
  EXPECT_TRUE(await([&] { return outward.anybody_came(); })) << "the copy goes out";
}

}  // namespace dienstbereit::e2e
