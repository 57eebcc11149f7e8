// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "config/load.h"
#include "counters.h"
#include "house.h"
#include "office.h"
#include "script.h"
#include "story/times.h"
#include "trace.h"
#include "wants.h"

// The story of examples/stories/friday-to-wednesday.yaml with real servers: what it says of probes
// happens to processes, what people do comes in through the program's own doors, and the ways to go
// on are used. Between its scenes the program is stopped and started with a later clock.
namespace dienstbereit::lived {
namespace {

namespace fs = std::filesystem;
using e2e::await;
using e2e::Json;

constexpr const char* kStory = "examples/stories/friday-to-wednesday.yaml";
constexpr const char* kOffice = "poststelle@musterkreis.example";
constexpr const char* kBanner = "id=\"dienstbereit-banner\"";
constexpr std::chrono::minutes kLeap{10};  // a longer pause is not waited for
constexpr std::chrono::seconds kTurns{30};
const fs::path kPictures = "build/lived";

class LivedStory : public testing::Test {
 protected:
  LivedStory() {
    fs::create_directories(kPictures);
    // What lies before the Friday: the counters' keys, the copy of the homepage.
    house.emplace(at("Fr 07:00"));
    wants.emplace(story, config::load_path(house->district()).district);
  }

  Instant at(const char* text) const { return times.time(text).value(); }

  void tell(const std::string& text) const {
    std::cout << fmt::format("{}  {}\n", story::told_time(world_now(), zone), text) << std::flush;
  }

  // The world's clock goes there; what the story wanted until now must be seen before.
  void go_to(Instant t) {
    if (t - world_now() < kLeap) return;
    EXPECT_EQ(wants->unmet(server(), world_now()), "");
    house->go_to(t);
  }

  // Everything of the story's file up to that time happens.
  void play_until(const char* text) {
    for (; next < script.size() && script[next].at <= at(text); ++next) {
      const Act& act = script[next];
      go_to(act.at);
      if (!act.note.empty()) tell(act.note);
      do_it(act);
    }
  }

  void do_it(const Act& act) {
    switch (act.kind) {
      case Act::Kind::Fails:
        house->surge();
        return;
      case Act::Kind::Works:
        for (const Json& one : act.what.is_array() ? act.what : Json::array({act.what})) {
          house->works(one);
        }
        return;
      case Act::Kind::Word:
        return must("POST", "/api/v1/words", act.what);
      case Act::Kind::Withdraw:
        return withdraw(act.what);
      case Act::Kind::Record:
        return must("POST", "/api/v1/record", {{"changes", act.what}});
      case Act::Kind::Forecast:
        return must("POST", "/api/v1/forecast", act.what);
    }
  }
  void must(const char* method, const std::string& path, const Json& body) {
    const auto reply = server().ask(method, path, body.dump());
    EXPECT_LT(reply.status, 300) << path << body.dump() << reply.body;
  }
  void withdraw(const Json& what) {
    const Json listed = server().json("/api/v1/words");
    for (const Json& word : listed["words"]) {
      if (word["scope"] != what["scope"] || word.value("withdrawn", false)) continue;
      must("DELETE", "/api/v1/words/" + word["id"].get<std::string>(),
           {{"reason", what["reason"]}});
    }
  }

  const e2e::Server& server() const { return house->server(); }
  std::string headline() const { return server().headline("de"); }
  bool headline_says(const std::string& part) const {
    return await([&] { return headline().find(part) != std::string::npos; }, kTurns);
  }
  bool homepage_is_a_copy() const { return house->homepage().find(kBanner) != std::string::npos; }
  void take_cases(int counter, int count) {
    const auto numbers =
        counters->enter(counter, "Fahrzeug zulassen", Office::cases(counter, count));
    receipts.insert(receipts.end(), numbers.begin(), numbers.end());
  }
  void picture(const char* path, const char* name, int width, int height) {
    counters->picture(fmt::format("http://127.0.0.1:{}{}", server().port(), path), kPictures / name,
                      width, height);
  }
  // The newest run of a plan has ended so.
  bool run_ends(const char* plan, const char* result) const {
    return await(
        [&] {
          const Json runs = server().command({"plan", "list", "--json"}).json()["runs"];
          return !runs.empty() && runs[0]["plan"] == plan && runs[0]["result"] == result;
        },
        kTurns);
  }

  void before_the_surge();
  void the_surge();
  void the_weekend();
  void sunday();
  void the_notices();
  void monday();
  void wednesday();

  const story::LoadedStory loaded = story::load_story(kStory);
  const story::Story& story = loaded.story.value();
  const TimeZone zone = TimeZone::find(story.district->administration.time_zone).value();
  const story::Times times{story.start, zone};
  const std::vector<Act> script = read_script(kStory, story);
  std::size_t next = 0;
  std::optional<House> house;
  std::optional<Wants> wants;
  std::optional<Counters> counters;
  std::optional<Office> office;
  std::vector<std::string> receipts;
};

void LivedStory::before_the_surge() {
  office.emplace(server());
  counters.emplace(house->counters_origin());
  counters->set_clock(world_ahead());
  for (const int counter : {1, 2}) {
    counters->start(counter);
    counters->enrol(counter, office->code_for(counter));
  }
  ASSERT_TRUE(headline_says("alle Ämter"));
  ASSERT_FALSE(homepage_is_a_copy());
  house->send_mail(5, kOffice);
  ASSERT_TRUE(await([&] { return house->mailbox(kOffice).size() == 5; }, kTurns));
  EXPECT_EQ(wants->unmet(server(), world_now()), "");
  tell(headline());
}

void LivedStory::the_surge() {
  house->go_to(at("Fr 07:10"));
  counters->set_clock(world_ahead());
  play_until("Fr 07:10");
  house->cut_counters();
  ASSERT_TRUE(headline_says("nur eingeschränkt"));
  tell(headline());
  ASSERT_TRUE(await([&] { return homepage_is_a_copy(); }, kTurns));
  tell("the homepage is read from its copy");

  EXPECT_EQ(house->mail({"hold"}).code, 0);
  house->send_mail(40, kOffice);
  EXPECT_TRUE(await(
      [&] {
        return server().page("/").find("40 Nachrichten warten außerhalb") != std::string::npos;
      },
      kTurns))
      << server().page("/").substr(0, 2000);
  tell("the backup has taken in 40 messages");

  for (const int counter : {1, 2}) take_cases(counter, 3);
  counters->picture(1, kPictures / "counter.png");
  counters->kill(2);  // its battery is empty too
  tell("two counters have taken in six cases without a network");
  picture("/", "friday.png", 420, 860);
  counters->picture(house->homepage_url(), kPictures / "homepage.png", 1000, 620);
  play_until("Fr 08:30");
}

void LivedStory::the_weekend() {
  play_until("Fr 12:00");
  EXPECT_TRUE(
      await([&] { return server().page("/").find("Montag") != std::string::npos; }, kTurns));
  play_until("Sa 18:00");
}

void LivedStory::sunday() {
  play_until("So 13:30");
  house->works("DNSI2");  // the stage's scenario took it down too
  house->works("AD2");
  go_to(at("So 14:20"));
  tell("the standby takes over by plan");
  EXPECT_EQ(server().command({"plan", "dry-run", "db-over"}).code, 0);
  EXPECT_TRUE(run_ends("db-over", "done")) << server().command({"plan", "list", "--json"}).out;
  ASSERT_EQ(server().command({"switch", "on", "db", "--reason", "Raum 1 ist tot"}).code, 0);
  ASSERT_TRUE(run_ends("db-over", "done")) << server().output();
  const std::size_t before = house->application().acknowledged().size();
  EXPECT_TRUE(
      await([&] { return house->application().acknowledged().size() > before + 5; }, kTurns));
  EXPECT_ANY_THROW(house->databases().node("start", "p")) << "it is fenced";

  play_until("So 15:30");
  ASSERT_EQ(house->mail({"flush", "--rate", "6000/min"}).code, 0);
  EXPECT_EQ(house->mail({"release"}).code, 0);
  EXPECT_EQ(house->mail({"report", "--log", house->log_of_backup(), "--lang", "de"}).out,
            "40 angenommen, 40 zugestellt, 0 verloren.\n");
  ASSERT_TRUE(await([&] { return house->mailbox(kOffice).size() >= 45; }, kTurns));
  auto ids = house->mailbox(kOffice);
  std::ranges::sort(ids);
  EXPECT_EQ(ids.size(), 45u);
  EXPECT_TRUE(std::ranges::adjacent_find(ids) == ids.end()) << "none came twice";
  tell("40 accepted, 40 delivered, 0 lost");

  house->restore_counters();
  counters->set_clock(world_ahead());
  counters->start(2);
  take_cases(1, 1);  // what waits goes along
  ASSERT_TRUE(await([&] { return office->arrived() == receipts.size(); }, kTurns));
  tell("all seven cases have arrived, once each");

  play_until("So 16:30");
  EXPECT_TRUE(await([&] { return !homepage_is_a_copy(); }, kTurns));
  tell("the homepage itself is read again");
  play_until("So 17:00");
  go_to(at("So 18:00"));
  EXPECT_TRUE(headline_says("Morgen öffnen alle Ämter")) << headline();
  tell(headline());
}

void LivedStory::the_notices() {
  const auto events = events_of(server().data());
  for (const char* language : {"de", "en"}) {
    const Json draft = server().json("/api/v1/drafts/press");
    const std::string notice = draft["title"][language].get<std::string>() + "\n\n" +
                               draft["text"][language].get<std::string>();
    std::cout << "\n" << notice << "\n\nWhere each sentence comes from:\n";
    std::set<std::string> told;
    for (const Traced& one : trace(notice, events, house->cuts())) {
      std::cout << to_text(one);
      EXPECT_NE(one.fact, "") << "it stands on nothing: " << one.sentence;
      EXPECT_TRUE(one.of_the_district || !one.said.empty()) << one.sentence;
      EXPECT_TRUE(one.of_the_district || !one.caused.empty()) << one.sentence;
      told.insert(one.fact);
    }
    EXPECT_GE(told.size(), 20u) << "the notice has lost facts";
    EXPECT_TRUE(write_file(kPictures / fmt::format("press.{}.txt", language), notice + "\n"));
  }
  const auto published = server().command({"draft", "press", "--publish"});
  EXPECT_EQ(published.code, 0) << published.err;
}

void LivedStory::monday() {
  go_to(at("Mo 08:00"));
  EXPECT_TRUE(headline_says("alle Ämter")) << headline();
  for (const auto& [office_id, site] : {std::pair("A36", "S1"), {"A36", "S3"}, {"A53", "S5"}}) {
    const auto is_normal = [&](const char* id, const char* at) {
      return await([&] { return server().state_at(id, at) == "normal"; }, kTurns);
    };
    EXPECT_TRUE(is_normal(office_id, site)) << server().place(office_id, site)["now"].dump();
  }
  EXPECT_EQ(office->enter_all(), receipts.size()) << office->arrived() << " wait";
  tell("Monday: " + headline());
  picture("/", "monday.png", 420, 860);
  play_until("Di 09:00");
}

void LivedStory::wednesday() {
  go_to(at("Mi 12:30"));
  ASSERT_EQ(server().command({"switch", "off", "db", "--reason", "Raum 1 ist repariert"}).code, 0);
  ASSERT_TRUE(run_ends("db-back", "done")) << server().output();
  tell("the database is back in room 1");
  play_until("Mi 16:00");
  EXPECT_EQ(wants->unmet(server(), world_now() + std::chrono::minutes(1)), "")
      << server().place("A36", "S1")["now"].dump();
  house->application().stop();
  const auto acknowledged = house->application().acknowledged();
  const auto stored = house->databases().rows("p");
  std::vector<std::int64_t> lost;
  std::ranges::set_difference(acknowledged, stored, std::back_inserter(lost));
  EXPECT_TRUE(lost.empty()) << lost.size() << " rows of " << acknowledged.size();
  tell(fmt::format("{} rows were acknowledged, none is lost", acknowledged.size()));
  EXPECT_EQ(e2e::run({"journal", "verify", server().data().string()}).code, 0);
}

}  // namespace

TEST_F(LivedStory, FromFridayToWednesday) {
  ASSERT_NO_FATAL_FAILURE(before_the_surge());
  ASSERT_NO_FATAL_FAILURE(the_surge());
  ASSERT_NO_FATAL_FAILURE(the_weekend());
  ASSERT_NO_FATAL_FAILURE(sunday());
  ASSERT_NO_FATAL_FAILURE(the_notices());
  ASSERT_NO_FATAL_FAILURE(monday());
  ASSERT_NO_FATAL_FAILURE(wednesday());
  std::cout << fmt::format("{} of the story's wants were looked for, and seen\n", wants->met());
}

}  // namespace dienstbereit::lived
