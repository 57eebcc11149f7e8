// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <regex>

#include "program.h"

// The model district and its stage, as './dev run' starts them.
namespace dienstbereit::e2e {
namespace {

constexpr std::chrono::seconds kPageTurns{10};

class Stage {
 public:
  Stage()
      : process_(folder_, {program(), "stage", "run", "--control", control(),
                           "examples/musterkreis/stage.yaml"}) {
    const bool ready = await([this] { return output().find("stage ready") != std::string::npos; });
    if (!ready) throw std::runtime_error("the stage does not start:\n" + output());
  }
  ~Stage() { process_.stop(SIGTERM); }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  Outcome tell(Words words) const {
    words.insert(words.begin(), "stage");
    words.insert(words.end(), {"--control", control()});
    return run(words);
  }
  std::string output() const { return process_.output(); }
  // The process of a server, as 'stage status' lists it; 0: it is down.
  pid_t process_of(const std::string& id) const {
    const std::string text = tell({"status"}).out;
    std::smatch found;
    const bool up = std::regex_search(text, found, std::regex(id + " .* up +process ([0-9]+)"));
    return up ? std::stoi(found[1]) : 0;
  }

 private:
  std::string control() const { return (folder_.path() / "control").string(); }

  servers::TempFolder folder_;
  servers::Process process_;
};

// How many places with opening hours are in which state now.
std::map<std::string, int> count_places(const Server& server) {
  std::map<std::string, int> counts;
  const Json all = server.json("/api/v1/places");
  for (const Json& place : all["places"]) {
    if (place["has_slots"] == true) ++counts[place["now"]["state"]];
  }
  return counts;
}

bool every_place_is_normal(const Server& server) {
  const auto counts = count_places(server);
  return counts.size() == 1 && counts.contains("normal");
}

bool every_probe_is_fresh(const Server& server) {
  const Json probes = server.json("/api/v1/probes")["probes"];
  return !probes.empty() && std::all_of(probes.begin(), probes.end(),
                                        [](const Json& probe) { return probe["fresh"] == true; });
}

// Both pages say what the API says. While places still turn, an edition can come between the two
// questions.
bool pages_show_the_headline(const Server& server) {
  return server.page("/").find(server.headline("de")) != std::string::npos &&
         server.page("/en/").find(server.headline("en")) != std::string::npos;
}

// What the home pages say of a service without a counter, whatever the hour: name, word, sentence
// and first reason follow one another.
bool online_registration_is_gone(const Server& server, const std::string& why_de,
                                 const std::string& why_en) {
  const std::string de = "i-Kfz: Fahrzeug online zulassen"
                         "nicht verfügbar"
                         "Nicht verfügbar wegen einer Störung." +
                         why_de;
  const std::string en = "i-Kfz: Register a vehicle online"
                         "unavailable"
                         "Unavailable because of a fault." +
                         why_en;
  return server.page("/").find(de) != std::string::npos &&
         server.page("/en/").find(en) != std::string::npos;
}

// How many of the two home pages say it.
int say(const Server& server, const std::string& de, const std::string& en) {
  return (server.page("/").find(de) != std::string::npos ? 1 : 0) +
         (server.page("/en/").find(en) != std::string::npos ? 1 : 0);
}

// The outcome of each probe of the district's uplinks, which a surge in the house must not touch.
bool anchors_answer(const Server& server) {
  const Json paths = server.json("/api/v1/probes")["paths"];
  return !paths.empty() && std::all_of(paths.begin(), paths.end(), [](const Json& path) {
    return path["uplink"].is_null() || path["up"] == true;
  });
}

// By the newest open incident, what a surge came in through: the first two of all that is weighed.
bool names_the_surge(const Server& server, const std::string& board) {
  const auto answer = server.command({"cause", "--json"});
  if (answer.code != 0) return false;
  const Json weighed = answer.json()["weighed"];
  const auto& common = weighed["common"];
  if (common.empty() || common[0]["sort"] != "surge" || common[0]["node"] != board) return false;
  const auto likelier = [&](const Json& one) { return one["percent"] > common[0]["percent"]; };
  return std::ranges::count_if(weighed["damages"], likelier) < 2;
}

// What speaks for it: what the board's battery read, in words too.
bool has_the_battery_as_evidence(const Server& server, const std::string& battery) {
  const Json weighed = server.command({"cause", "--json"}).json()["weighed"];
  const Json reading{{"node", battery}, {"what", "over_voltage"}};
  const auto says_so = [](const Json& sentence) {
    return sentence.get<std::string>().find("too high a voltage at the input of") !=
           std::string::npos;
  };
  return std::ranges::count(weighed["traces"], reading) == 1 &&
         std::ranges::any_of(weighed["sentences"]["en"], says_so);
}

}  // namespace

TEST(StageStory, ASurgeTurnsThePageWithinTenSecondsAndPowerTurnsItBack) {
  const Stage stage;
  const Server server("examples/musterkreis/district");
  ASSERT_TRUE(await([&] { return every_probe_is_fresh(server) && every_place_is_normal(server); },
                    std::chrono::seconds(15)))
      << server.json("/api/v1/places").dump(1);
  const std::string de = server.headline("de");
  const std::string en = server.headline("en");
  EXPECT_NE(server.page("/").find(de), std::string::npos) << de;
  EXPECT_NE(server.page("/en/").find(en), std::string::npos) << en;

  ASSERT_EQ(stage.tell({"surge"}).code, 0);
  // Not merely unknown: every place is known to be closed or limited, and seen, not presumed.
  const bool turned = await(
      [&] {
        const auto counts = count_places(server);
        return !counts.contains("unknown") && counts.contains("limited") &&
               counts.contains("closed") && server.headline("de") != de;
      },
      kPageTurns);
  EXPECT_TRUE(turned) << server.json("/api/v1/places").dump(1);
  EXPECT_TRUE(anchors_answer(server)) << server.json("/api/v1/probes")["paths"].dump(1);
  EXPECT_EQ(server.json("/api/v1/situation")["trust"]["house_unseen"], false);
  EXPECT_NE(server.headline("en"), en);
  EXPECT_TRUE(await([&] { return pages_show_the_headline(server); })) << server.headline("de");
  EXPECT_TRUE(await([&] {
    return online_registration_is_gone(server, "„Webserver“ ist ausgefallen.",
                                       "“the web server” has failed.");
  })) << server.page("/");
  EXPECT_EQ(say(server, "Eingeschränkt: Wir zahlen nach der Liste des Vormonats aus.",
                "Limited: We pay from last month's list."),
            2)
      << server.page("/");
  EXPECT_EQ(say(server, "keine Sicht auf", "No sight of"), 0) << "the anchors answer";

  EXPECT_TRUE(await([&] { return names_the_surge(server, "NSHV1"); }, std::chrono::seconds(30)))
      << server.command({"cause"}).out;
  EXPECT_TRUE(await([&] { return has_the_battery_as_evidence(server, "USV1"); }))
      << server.command({"cause"}).out;

  ASSERT_EQ(stage.tell({"start", "all"}).code, 0);
  EXPECT_TRUE(await([&] { return every_place_is_normal(server) && server.headline("de") == de; },
                    std::chrono::seconds(15)))
      << server.headline("de") << "\nbefore: " << de << server.json("/api/v1/places").dump(1);
}

TEST(StageStory, KillingOneServerByHandShowsOnWhatNeedsIt) {
  const Stage stage;
  const Server server("examples/musterkreis/district");
  ASSERT_TRUE(await([&] { return every_probe_is_fresh(server) && every_place_is_normal(server); },
                    std::chrono::seconds(15)));
  const pid_t child = stage.process_of("f-kfz");
  ASSERT_GT(child, 0) << stage.tell({"status"}).out;
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  EXPECT_TRUE(await(
      [&] {
        return online_registration_is_gone(
            server, "„Fachverfahren Fahrzeugzulassung“ ist ausgefallen.",
            "“the application for vehicle registration” has failed.");
      },
      kPageTurns))
      << server.page("/");
  EXPECT_EQ(stage.process_of("f-kfz"), 0);
  const auto why = server.command({"why", "F-KFZ", "--lang", "en"});
  EXPECT_EQ(why.code, 0) << why.err;
  EXPECT_NE(why.out.find("Connection refused"), std::string::npos) << why.out;
  ASSERT_EQ(stage.tell({"start", "f-kfz"}).code, 0);
  EXPECT_TRUE(await([&] { return every_place_is_normal(server); }, kPageTurns));
}

TEST(StageStory, AScenarioOfTheFileIsPlayedAndAnUnknownOneNamed) {
  const Stage stage;
  const Outcome unknown = stage.tell({"scenario", "earthquake"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("no scenario 'earthquake'"), std::string::npos) << unknown.err;
  EXPECT_GT(stage.process_of("f-kfz"), 0) << "nothing was stopped";
  const Outcome played = stage.tell({"scenario", "surge"});
  EXPECT_EQ(played.code, 0) << played.out << played.err;
  EXPECT_EQ(stage.process_of("f-kfz"), 0);
  EXPECT_GT(stage.process_of("gateway"), 0) << "the anchors have a supply of their own";
}

}  // namespace dienstbereit::e2e
