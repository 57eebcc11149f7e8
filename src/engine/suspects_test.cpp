// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/suspects.h"

#include <gtest/gtest.h>

#include "engine/bed_test.h"
#include "model/record/json.h"

namespace dienstbereit::engine {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::Bed;

constexpr auto kSuccess = ProbeOutcome::Success;
constexpr auto kFailure = ProbeOutcome::Failure;
constexpr const char* kAllProbes[] = {"SERVER/sql", "SERVER/tcp", "POWER/ups", "SPARE/tcp"};

class Suspected : public testing::Test {
 protected:
  Suspected() : bed("2026-11-23T09:00+01:00") {
    EXPECT_TRUE(bed.start().has_value());
    for (const char* probe : kAllProbes) bed.result(probe, kSuccess);
    bed.pass(minutes(1));
  }
  const Incident& incident() const { return *bed.seen->record->incidents.at(0); }
  std::string likeliest() const {
    std::string nodes;
    if (incident().suspects.empty()) return nodes;
    for (const NodeId& node : incident().suspects[0].nodes) nodes += node.str() + " ";
    return nodes;
  }
  std::size_t written() const { return bed.count("suspects_found"); }
  Bed bed;
};

TEST_F(Suspected, AnIncidentGetsItsSuspectsAtOnce) {
  EXPECT_EQ(written(), 0U);
  bed.result("SERVER/sql", kFailure);
  ASSERT_EQ(bed.seen->record->incidents.size(), 1U);
  ASSERT_EQ(likeliest(), "SERVER ");
  EXPECT_EQ(incident().to_explain, std::vector{NodeId("SERVER")});
  EXPECT_EQ(incident().suspects[0].explains, 1U);
  EXPECT_EQ(incident().suspects[0].against, 0U);
  EXPECT_EQ(incident().suspects.size(), 1U) << "what is measured working is no suspect";
}

TEST_F(Suspected, TheSameAgainIsNotWritten) {
  bed.result("SERVER/sql", kFailure);
  const std::size_t once = written();
  EXPECT_EQ(once, 1U);
  for (int i = 0; i < 4; ++i) {
    bed.pass(minutes(1));
    for (const char* probe : {"SERVER/tcp", "POWER/ups", "SPARE/tcp"}) bed.result(probe, kSuccess);
    bed.result("SERVER/sql", kFailure);
  }
  EXPECT_EQ(written(), once);
}

TEST_F(Suspected, WhatComesProbeByProbeIsLookedAtInStrides) {
  bed.result("SERVER/sql", kFailure);
  bed.result("POWER/ups", kFailure);
  EXPECT_EQ(likeliest(), "SERVER ") << "looked at a moment ago";
  bed.pass(kBetweenLooks);
  ASSERT_EQ(likeliest(), "POWER ") << "the server's battery may be weaker than the model says";
  EXPECT_EQ(incident().suspects[0].explains, 2U);
  EXPECT_EQ(written(), 2U);
}

TEST_F(Suspected, WhatWorksAgainStaysExplained) {
  bed.result("SERVER/sql", kFailure);
  bed.result("POWER/ups", kFailure);
  bed.pass(kBetweenLooks);
  bed.result("SERVER/sql", kSuccess);
  bed.pass(kBetweenLooks);
  ASSERT_EQ(likeliest(), "POWER ");
  EXPECT_EQ(incident().suspects[0].explains, 2U);
  EXPECT_EQ(incident().suspects[0].against, 0U) << "it may have been repaired";
  bed.result("POWER/ups", kSuccess);
  const std::size_t before = written();
  bed.pass(minutes(1));
  EXPECT_EQ(likeliest(), "POWER ") << "kept when nothing is down any more";
  EXPECT_EQ(written(), before);
}

TEST(Suspects, WhatPeopleSayOfAPartCountsWithoutAProbe) {
  auto district = std::make_shared<District>(*test::small_district());
  district->probes.clear();
  Bed bed("2026-11-23T09:00+01:00");
  bed.district = district;
  ASSERT_TRUE(bed.start().has_value());
  bed.say("SERVER", Said::Closed, "2026-11-23T18:00+01:00");
  ASSERT_EQ(bed.seen->record->incidents.size(), 1U);
  const auto incident = [&] { return *bed.seen->record->incidents.at(0); };
  ASSERT_EQ(incident().suspects.size(), 2U);
  EXPECT_EQ(incident().suspects[0].nodes, std::vector{NodeId("SERVER")});
  EXPECT_EQ(incident().suspects[1].nodes, std::vector{NodeId("POWER")});
  bed.say("POWER", Said::Normal, "2026-11-23T18:00+01:00");
  bed.pass(minutes(1));
  ASSERT_EQ(incident().suspects.size(), 1U) << "somebody has looked after the power";
}

TEST_F(Suspected, ARestartKeepsThemAndWritesOnlyWhatIsNew) {
  bed.result("SERVER/sql", kFailure);
  bed.result("POWER/ups", kFailure);
  bed.pass(kBetweenLooks);
  const std::string before = to_json(incident());
  const std::size_t known = written();
  bed.clock += seconds(1);
  ASSERT_TRUE(bed.start().has_value());
  EXPECT_EQ(to_json(incident()), before) << "replay gives the same record";
  for (const char* probe : {"SERVER/tcp", "SPARE/tcp"}) bed.result(probe, kSuccess);
  for (const char* probe : {"SERVER/sql", "POWER/ups"}) bed.result(probe, kFailure);
  bed.pass(minutes(1));
  EXPECT_EQ(written(), known);
  EXPECT_EQ(likeliest(), "POWER ");
}

TEST_F(Suspected, WhenNothingIsSeenAnyMoreTheLastSuspicionStays) {
  bed.result("SERVER/sql", kFailure);
  bed.pass(minutes(20));  // all observations are stale
  const std::size_t known = written();
  EXPECT_EQ(likeliest(), "SERVER ");
  bed.result("SPARE/tcp", kSuccess);
  bed.pass(minutes(1));
  EXPECT_EQ(written(), known);
  EXPECT_EQ(likeliest(), "SERVER ");
}

TEST_F(Suspected, WhenABatteryRunsOutItIsLookedAtAgain) {
  // Nothing measures the power; a lamp on it fails, the server on its battery works.
  auto district = std::make_shared<District>(*test::small_district());
  std::erase_if(district->probes,
                [](const ProbeSpec& probe) { return probe.node == NodeId("POWER"); });
  Need power;
  power.node = NodeId("POWER");
  for (Component& component : district->components) {
    if (component.id == NodeId("SPARE")) component.needs.of = {power};
  }
  district->services[0].needs.of[0].node = NodeId("SPARE");
  Bed battery("2026-11-23T09:00+01:00");
  battery.district = district;
  ASSERT_TRUE(battery.start().has_value());
  const auto all_but_spare_work = [&] {
    battery.result("SERVER/sql", kSuccess);
    battery.result("SERVER/tcp", kSuccess);
  };
  battery.result("SPARE/tcp", kSuccess);
  all_but_spare_work();
  battery.pass(minutes(1));
  battery.result("SPARE/tcp", kFailure);
  const auto against = [&] {
    for (const Suspect& suspect : battery.seen->record->incidents.at(0)->suspects) {
      if (suspect.nodes == std::vector{NodeId("POWER")}) return static_cast<int>(suspect.against);
    }
    return -1;
  };
  EXPECT_EQ(against(), 0) << "the battery carries the server";
  for (int i = 0; i < 11; ++i) {
    battery.pass(minutes(3));
    all_but_spare_work();
    battery.result("SPARE/tcp", kFailure);
  }
  EXPECT_EQ(against(), 1) << "by now the server would be down too";
}

}  // namespace
}  // namespace dienstbereit::engine
