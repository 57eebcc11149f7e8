// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "outpost/vantage.h"

#include <gtest/gtest.h>

namespace dienstbereit::outpost {
namespace {

Instant at(int second) { return Instant(std::chrono::seconds(1'800'000'000 + second)); }

ProbeSpec probe(const std::string& id) {
  ProbeSpec spec;
  spec.id = ProbeId(id);
  spec.node = NodeId("WEB");
  spec.action = HttpProbe{};
  spec.proof = Proof::Works;
  return spec;
}

struct Seeing : testing::Test {
  Seeing() {
    District district;
    district.uplinks.push_back({UplinkId("DSL"), {}, {}, false, {}});
    district.probes = {probe("WEB/http"), probe("DSL/router")};
    district.probes[0].uplink = UplinkId("DSL");
    district.probes[1].node = NodeId();
    district.probes[1].anchor_of = UplinkId("DSL");
    vantage.use(std::make_shared<const District>(district), at(0));
  }
  Vantage::Seen result(int second, const std::string& id, ProbeOutcome outcome) {
    ProbeResult made;
    made.probe = ProbeId(id);
    made.began = at(second) - std::chrono::milliseconds(300);
    made.ended = at(second);
    made.outcome = outcome;
    return vantage.on_result(made, at(second));
  }
  Vantage vantage;
};

}  // namespace

TEST_F(Seeing, OnlyWhatSettlesIsNews) {
  const auto first = result(1, "WEB/http", ProbeOutcome::Success);
  ASSERT_EQ(first.items.size(), 1u);
  ASSERT_TRUE(first.items[0].settled.has_value());
  EXPECT_EQ(first.items[0].settled->before, std::chrono::milliseconds(300));
  EXPECT_TRUE(result(61, "WEB/http", ProbeOutcome::Success).items.empty());
  const auto failed = result(121, "WEB/http", ProbeOutcome::Failure);
  EXPECT_TRUE(failed.items.empty());
  EXPECT_EQ(failed.ask_now, std::vector{ProbeId("WEB/http")});
}

TEST_F(Seeing, WithItsOwnLineCutItSeesNothingRatherThanAnOutage) {
  result(1, "WEB/http", ProbeOutcome::Success);
  result(1, "DSL/router", ProbeOutcome::Success);
  result(60, "WEB/http", ProbeOutcome::Failure);
  result(61, "WEB/http", ProbeOutcome::Failure);
  result(62, "DSL/router", ProbeOutcome::Failure);
  const auto cut = result(63, "DSL/router", ProbeOutcome::Failure);
  ASSERT_EQ(cut.items.size(), 3u);
  EXPECT_TRUE(cut.items[0].settled.has_value());
  ASSERT_TRUE(cut.items[1].path.has_value());
  EXPECT_FALSE(cut.items[1].path->up);
  ASSERT_TRUE(cut.items[2].lost.has_value());
  EXPECT_EQ(cut.items[2].lost->why, LossReason::PathLost);
}

TEST_F(Seeing, StillSoNamesTheLastRunOfAllThatIsFresh) {
  result(1, "WEB/http", ProbeOutcome::Success);
  result(61, "WEB/http", ProbeOutcome::Success);
  const auto steady = vantage.steady(at(70));
  ASSERT_EQ(steady.size(), 1u);
  ASSERT_EQ(steady[0].steady->runs.size(), 1u);
  EXPECT_EQ(steady[0].steady->runs[0].probe, ProbeId("WEB/http"));
  EXPECT_EQ(steady[0].steady->runs[0].before, std::chrono::milliseconds(9300));
}

}  // namespace dienstbereit::outpost
