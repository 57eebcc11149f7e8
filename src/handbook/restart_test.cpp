// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/restart.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dienstbereit::handbook {
namespace {

Needs all(std::vector<std::string> nodes, Operator op = Operator::All) {
  Needs needs;
  needs.op = op;
  for (std::string& node : nodes) {
    Need need;
    need.node = NodeId(std::move(node));
    needs.of.push_back(std::move(need));
  }
  return needs;
}

Component component(const std::string& id, int minutes, std::vector<std::string> needs = {},
                    std::vector<std::string> after = {}) {
  Component one;
  one.id = NodeId(id);
  one.name = {id, ""};
  one.restart_time = std::chrono::minutes(minutes);
  one.needs = all(std::move(needs));
  for (std::string& node : after) one.restart_after.push_back(NodeId(std::move(node)));
  return one;
}

std::vector<std::string> names(const std::vector<RestartStep>& steps) {
  std::vector<std::string> out;
  for (const RestartStep& step : steps) out.push_back(step.component->id.str());
  return out;
}

TEST(Restart, EachStandsBehindWhatItWaitsForWithTheTimesAddedUp) {
  District district;
  district.components = {component("APP", 5, {"DB"}, {"AD"}), component("DB", 20, {"SAN"}),
                         component("AD", 30), component("SAN", 15), component("ALONE", 0)};
  const auto steps = restart_order(district);
  EXPECT_EQ(names(steps), (std::vector<std::string>{"AD", "SAN", "ALONE", "DB", "APP"}))
      << testing::PrintToString(names(steps));
  const RestartStep& app = steps.back();
  EXPECT_EQ(app.starts, std::chrono::minutes(35));
  EXPECT_EQ(app.usable, std::chrono::minutes(40));
  EXPECT_EQ(app.after.size(), 2u);
}

TEST(Restart, ALoopStandsSideBySideAndBlocksNothing) {
  District district;
  district.components = {component("A", 10, {"B"}), component("B", 10, {"A"}),
                         component("C", 1, {"A"})};
  const auto steps = restart_order(district);
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps[0].starts, Duration(0));
  EXPECT_EQ(steps[1].starts, Duration(0));
  EXPECT_EQ(steps[2].component->id.str(), "C");
}

TEST(Restart, OfASiteAreOnlyThePartsThatItsServicesStandOn) {
  District district;
  district.sites.resize(2);
  district.sites[0].id = SiteId("S1");
  district.sites[0].link = all({"LINK"});
  district.sites[1].id = SiteId("S2");
  district.components = {component("APP", 1, {"DB"}), component("DB", 1), component("LINK", 1),
                         component("OTHER", 1)};
  Service service;
  service.id = ServiceId("V1");
  service.needs = all({"APP"});
  Offer& offer = service.offers.emplace_back();
  offer.office = OfficeId("A1");
  offer.site = SiteId("S1");
  district.services = {service};
  auto at_site = names(restart_order(district, SiteId("S1")));
  std::sort(at_site.begin(), at_site.end());
  EXPECT_EQ(at_site, (std::vector<std::string>{"APP", "DB", "LINK"}));
  EXPECT_TRUE(restart_order(district, SiteId("S2")).empty());
}

RC_GTEST_PROP(Restart, NothingStandsBeforeWhatItNeedsUnlessTheyNeedEachOther, ()) {
  const int count = *rc::gen::inRange(1, 12);
  District district;
  for (int i = 0; i < count; ++i) {
    std::vector<std::string> needs;
    // Only on earlier ones: no loops.
    for (int j = 0; j < i; ++j) {
      if (*rc::gen::arbitrary<bool>()) needs.push_back("N" + std::to_string(j));
    }
    district.components.push_back(
        component("N" + std::to_string(i), *rc::gen::inRange(0, 3), needs));
  }
  std::reverse(district.components.begin(), district.components.end());
  const auto steps = restart_order(district);
  RC_ASSERT(steps.size() == static_cast<std::size_t>(count));
  std::vector<NodeId> before;
  for (const RestartStep& step : steps) {
    for (const NodeId& node : step.after) {
      RC_ASSERT(std::find(before.begin(), before.end(), node) != before.end());
    }
    before.push_back(step.component->id);
  }
}

}  // namespace
}  // namespace dienstbereit::handbook
