// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/first_estimates.h"

#include <gtest/gtest.h>

#include <set>

#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using std::chrono::hours;
using test::points;

}  // namespace

TEST(FirstEstimates, EveryShippedRuleIsPossibleMarkedAndThereOnce) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const EstimateRule& rule : shipped_estimates()) {
    EXPECT_TRUE(check_estimate(rule.estimate, rule.kind).has_value()) << rule.kind;
    EXPECT_LT(rule.estimate.best, rule.estimate.worst) << rule.kind;
    EXPECT_EQ(rule.basis, "assumed") << rule.kind;
    EXPECT_TRUE(seen.emplace(rule.kind, rule.fault).second) << rule.kind << " " << rule.fault;
  }
  EXPECT_GT(seen.size(), 40u);
}

TEST(FirstEstimates, KnowsTheKindsThatEveryDistrictHas) {
  for (const char* kind : {"server", "switch", "ups", "storage", "database", "application", "link",
                           "feed", "cooling", "mail", "web", "dns", "telephony", "directory"}) {
    EXPECT_EQ(first_estimate(kind, "", {}).rule.kind, kind);
  }
}

TEST(FirstEstimates, TheClosestRuleFits) {
  EXPECT_EQ(first_estimate("ups", "hardware", {}).rule.fault, "hardware");
  EXPECT_EQ(first_estimate("ups", "software", {}).rule.kind, "ups");
  EXPECT_EQ(first_estimate("ups", "software", {}).rule.fault, "");
  EXPECT_EQ(first_estimate("zeppelin", "power", {}).rule.fault, "power");
  const FirstEstimate any = first_estimate("zeppelin", "", {});
  EXPECT_EQ(any.rule.kind + any.rule.fault, "");
  EXPECT_FALSE(any.of_district);
}

TEST(FirstEstimates, TheDistrictKnowsBetter) {
  const std::vector<EstimateRule> own{{"server", "", points(60, 120, 180), "2025"},
                                      {"server", "", points(1, 2, 3), "later"},
                                      {"", "data", points(61, 121, 181), ""}};
  EXPECT_EQ(first_estimate("server", "hardware", own).rule.basis, "2025");
  EXPECT_TRUE(first_estimate("server", "hardware", own).of_district);
  EXPECT_EQ(first_estimate("mail", "data", own).rule.estimate, points(61, 121, 181));
  EXPECT_FALSE(first_estimate("mail", "power", own).of_district);
}

}  // namespace dienstbereit::core::recovery
