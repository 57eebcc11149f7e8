// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

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

// The outcome of each probe of the district's uplinks, which a surge in the house must not touch.
bool anchors_answer(const Server& server) {
  const Json paths = server.json("/api/v1/probes")["paths"];
  return !paths.empty() && std::all_of(paths.begin(), paths.end(), [](const Json& path) {
    return path["uplink"].is_null() || path["up"] == true;
  });
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
  ASSERT_EQ(stage.tell({"stop", "f-geo"}).code, 0);
  EXPECT_TRUE(await([&] { return server.state_at("A62", "S1") == "closed"; }, kPageTurns));
  const auto why = server.command({"why", "F-GEO", "--lang", "en"});
  EXPECT_EQ(why.code, 0) << why.err;
  EXPECT_NE(why.out.find("does not answer"), std::string::npos) << why.out;
  ASSERT_EQ(stage.tell({"start", "f-geo"}).code, 0);
  EXPECT_TRUE(await([&] { return server.state_at("A62", "S1") == "normal"; }, kPageTurns));
}

}  // namespace dienstbereit::e2e
