// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <poll.h>

#include <atomic>
#include <iostream>
#include <mutex>
#include <random>
#include <sstream>
#include <thread>
#include <unordered_map>

#include <fmt/format.h>

#include "program.h"

// kill -9 of the whole program at random moments, from its start on, while people talk to it
// at once. What was answered must be in the journal each time.
namespace dienstbereit::e2e {
namespace {

// 200 kills in all, on kLives journals: a program reads its whole journal at its start.
constexpr int kLives = 4;
constexpr int kKills = 50;
constexpr int kVerifiedEach = 10;  // the whole chain; what was answered is looked up each time
constexpr std::chrono::microseconds kLongestLife{60'000};
constexpr int kBetweenTriesMs = 1;
constexpr unsigned kSeed = 20261123;

constexpr const char* kDistrict = R"yaml(
administration: {name: {de: Kreis Probe, en: Sample District}, ags: 05999, observer_at: HAUS}
sites: [{id: HAUS, name: {de: Kreishaus, en: District hall}}]
offices:
  - {id: A0, name: {de: Amt 0, en: Office 0}, sites: [HAUS], hours: "Mo-Su,PH 00:00-24:00"}
  - {id: A1, name: {de: Amt 1, en: Office 1}, sites: [HAUS], hours: "Mo-Su,PH 00:00-24:00"}
  - {id: A2, name: {de: Amt 2, en: Office 2}, sites: [HAUS], hours: "Mo-Su,PH 00:00-24:00"}
services:
  - id: RAT
    name: {de: Beratung, en: Advice}
    kind: counter
    offered: [A0, A1, A2]
    needs: STROM
    offline: full
components:
  - {id: STROM, name: {de: Strom, en: Power}}
)yaml";

// What the journal must show for one answered command.
struct Answered {
  std::uint64_t seq = 0;
  std::string type;
  std::string mark;  // stands in the record's payload
};

// Everything that was answered, by every client.
class Answers {
 public:
  void add(Answered one) {
    const std::lock_guard lock(mutex_);
    all_.push_back(std::move(one));
  }
  bool any() {
    const std::lock_guard lock(mutex_);
    return !all_.empty();
  }
  std::vector<Answered> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(all_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Answered> all_;
};

// Sets a word and withdraws it, again and again, until nobody answers any more.
class Client {
 public:
  Client(const Server& server, Answers& answers, int number, int round)
      : server_(server), answers_(answers), number_(number), round_(round) {}

  void work(const std::atomic<bool>& ended) {
    for (int turn = 0; !ended; ++turn) {
      const auto word = set(fmt::format("Runde {} Amt {} Zug {}", round_, number_, turn));
      if (word.empty()) {
        ::poll(nullptr, 0, kBetweenTriesMs);  // nobody there yet
      } else {
        withdraw(word);
      }
    }
  }

 private:
  std::string set(const std::string& mark) {
    const Json body{{"scope", fmt::format("A{}", number_)}, {"said", "closed"}, {"text", mark}};
    const HttpReply reply = server_.ask("POST", "/api/v1/words", body.dump());
    if (reply.status != 200) return {};
    const Json answer = Json::parse(reply.body);
    answers_.add({answer["seq"], "word_set", mark});
    return answer["word"];
  }
  void withdraw(const std::string& word) {
    const HttpReply reply = server_.ask("DELETE", "/api/v1/words/" + word);
    if (reply.status != 200) return;
    answers_.add({Json::parse(reply.body)["seq"], "word_withdrawn", "\"" + word + "\""});
  }

  const Server& server_;
  Answers& answers_;
  int number_;
  int round_;
};

// The records from `seq` on, by their number; whole lines as `journal export` prints them.
std::unordered_map<std::uint64_t, std::string> records_from(const Server& server,
                                                            std::uint64_t seq) {
  const Outcome exported =
      run({"journal", "export", server.data().string(), "--from", std::to_string(seq)});
  EXPECT_EQ(exported.code, 0) << exported.err;
  std::unordered_map<std::uint64_t, std::string> records;
  std::istringstream lines(exported.out);
  for (std::string line; std::getline(lines, line);) {
    records[Json::parse(line)["seq"].get<std::uint64_t>()] = line;
  }
  return records;
}

bool stands(const Answered& one, const std::string& record) {
  return record.find("\"" + one.type + "\"") != std::string::npos &&
         record.find(one.mark) != std::string::npos;
}

// The answered commands of a round that are not in the journal as they were answered.
std::string missing(const Server& server, const std::vector<Answered>& answered) {
  if (answered.empty()) return {};
  std::uint64_t first = answered.front().seq;
  for (const Answered& one : answered) first = std::min(first, one.seq);
  const auto records = records_from(server, first);
  std::string lost;
  for (const Answered& one : answered) {
    const auto record = records.find(one.seq);
    if (record != records.end() && stands(one, record->second)) continue;
    lost += fmt::format("{} {} {}\n", one.seq, one.type, one.mark);
  }
  return lost;
}

// One life of the server: at work for `life` from its start, or from its first answer.
std::vector<Answered> live_and_die(Server& server, std::chrono::microseconds life, int round) {
  Answers answers;
  std::atomic<bool> ended = false;
  std::vector<std::thread> clients;
  for (int number = 0; number < 3; ++number) {
    clients.emplace_back([&, number] { Client(server, answers, number, round).work(ended); });
  }
  if (round % 2 == 1) EXPECT_TRUE(await([&] { return answers.any(); })) << server.output();
  EXPECT_FALSE(server.ends_within(life)) << server.output();
  server.kill();
  ended = true;
  for (std::thread& client : clients) client.join();
  return answers.take();
}

class KillStory : public testing::TestWithParam<int> {};

}  // namespace

TEST_P(KillStory, EveryAnsweredCommandIsInTheJournalAfterKillsAtRandomMoments) {
  const servers::TempFolder folder;
  Server server(folder.write("kreis.yaml", kDistrict));
  std::mt19937 random(kSeed + static_cast<unsigned>(GetParam()));
  std::uniform_int_distribution<std::int64_t> life(0, kLongestLife.count());
  int at_work = 0;
  std::size_t answered = 0;
  for (int kills = 1; kills <= kKills; ++kills) {
    const auto round = live_and_die(server, std::chrono::microseconds(life(random)), kills);
    at_work += round.empty() ? 0 : 1;
    answered += round.size();
    ASSERT_EQ(missing(server, round), "") << "after kill " << kills;
    if (kills % kVerifiedEach == 0) {
      const Outcome verified = run({"journal", "verify", server.data().string()});
      ASSERT_EQ(verified.code, 0) << verified.out << verified.err << "after kill " << kills;
    }
    server.start();
  }
  std::cout << fmt::format("{} kills, {} of a server at work, {} answered commands\n", kKills,
                           at_work, answered);
  EXPECT_GE(at_work, kKills / 2);
  server.wait_until_ready();
  server.stop();
  EXPECT_EQ(run({"journal", "verify", server.data().string()}).code, 0);
}

INSTANTIATE_TEST_SUITE_P(Lives, KillStory, testing::Range(0, kLives));

}  // namespace dienstbereit::e2e
