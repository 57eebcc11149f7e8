// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "config/bundle.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kBase = R"(
administration: {name: Kreis, ags: 05999}
sites: [{id: S1, name: Haus}]
offices: [{id: A1, name: Amt, sites: S1, hours: "Mo-Fr 08:00-12:00"}]
)";

Loaded load_text(const std::string& text) {
  return load_bundle(to_bundle({SourceFile{"district.yaml", kBase + text}}));
}
std::shared_ptr<const District> sound(const std::string& text) {
  Loaded loaded = load_text(text);
  EXPECT_EQ(to_lines(loaded.diagnostics), "");
  return loaded.district;
}
void expect_says(const std::string& text, const std::string& wanted) {
  const Loaded loaded = load_text(text);
  EXPECT_EQ(loaded.district, nullptr);
  EXPECT_NE(to_lines(loaded.diagnostics).find(wanted), std::string::npos)
      << to_lines(loaded.diagnostics);
}

}  // namespace

TEST(Crews, AreReadWithSkillsAndHours) {
  const auto district = sound(R"(
crews:
  - {id: IT, name: Team IT, size: 3, skills: [network, server], hours: "Mo-Fr 07:00-16:00"}
  - {id: RUF, name: Rufbereitschaft, skills: power, on_call: true}
)");
  ASSERT_NE(district, nullptr);
  ASSERT_EQ(district->crews.size(), 2u);
  EXPECT_EQ(district->crews[0].size, 3u);
  EXPECT_EQ(district->crews[0].skills, (std::vector<std::string>{"network", "server"}));
  EXPECT_EQ(to_osm(district->crews[0].hours), "Mo-Fr 07:00-16:00");
  EXPECT_TRUE(district->crews[1].on_call);
  EXPECT_EQ(district->crews[1].size, 1u);
}

TEST(Crews, ImpossibleOnesAreErrorsWithTheirPlace) {
  expect_says("crews: [{id: IT, name: Team, hours: 24/7, size: 0}]", "crew 'IT' has 0 members");
  expect_says("crews: [{id: IT, name: Team, hours: 24/7, size: 101}]", "write 1 to 100");
  expect_says("crews: [{id: IT, name: Team}]", "crew 'IT' would never work");
  expect_says("crews: [{id: S1, name: Team, hours: 24/7}]", "id 'S1' is taken by the site");
  expect_says("crews: [{id: IT, name: Team, hours: 24/7, skills: [two words]}]",
              "'two words' is no word for a skill");
  expect_says("crews: [{id: IT, name: Team, hours: 24/7, skill: x}]", "did you mean 'skills'?");
  std::string many = "crews:\n";
  for (int i = 0; i < 65; ++i) {
    many += "  - {id: C" + std::to_string(i) + ", name: Team, on_call: true}\n";
  }
  expect_says(many, "more than 64 crews");
}

TEST(Estimates, AreReadInTheirOrder) {
  const auto district = sound(R"(
estimates:
  - {kind: server, fault: hardware, best: 2 h, likely: 8 h, worst: 3 d, basis: 12 Fälle 2025}
  - {best: 1 h, likely: 1 h, worst: 1 h, extremes: true}
)");
  ASSERT_NE(district, nullptr);
  ASSERT_EQ(district->estimates.size(), 2u);
  EXPECT_EQ(district->estimates[0].estimate.worst, std::chrono::hours(72));
  EXPECT_EQ(district->estimates[0].basis, "12 Fälle 2025");
  EXPECT_EQ(district->estimates[1].kind, "");
  EXPECT_FALSE(district->estimates[0].estimate.extremes);
  EXPECT_TRUE(district->estimates[1].estimate.extremes);
}

TEST(Estimates, ImpossibleOnesAreErrorsWithTheirPlace) {
  expect_says("estimates: [{kind: ups, best: 9 h, likely: 8 h, worst: 3 d}]",
              "district.yaml:5:13: error: the estimate for 'ups' / any fault: the best case (9 h) "
              "is longer than the likely one (8 h)");
  expect_says("estimates: [{best: 1 h, likely: 8 h, worst: 400 d}]", "longer than a year");
  expect_says("estimates: [{best: 0 h, likely: 8 h, worst: 4 d}]", "zero or less");
  expect_says("estimates: [{best: 1 h, worst: 4 d}]", "lacks the key 'likely'");
  expect_says("estimates:\n  - {kind: ups, best: 1 h, likely: 1 h, worst: 1 h}\n"
              "  - {kind: ups, best: 2 h, likely: 2 h, worst: 2 h}\n",
              "stands twice (first at district.yaml:6)");
}

TEST(Decision, DeadlinesHaveDefaultsAndBounds) {
  EXPECT_EQ(sound("")->decision_times.staff, std::chrono::hours(12));
  const auto district = sound("decision: {deadlines: {public: 2 h, appointments: 1 d}}");
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(district->decision_times.people, std::chrono::hours(2));
  EXPECT_EQ(district->decision_times.appointments, std::chrono::hours(24));
  EXPECT_EQ(district->decision_times.staff, std::chrono::hours(12));
  expect_says("decision: {deadlines: {staff: 8 d}}", "more than 7 d before the opening");
}

TEST(Decision, StandsOnce) {
  const Loaded loaded = load_bundle(
      to_bundle({SourceFile{"a.yaml", std::string(kBase) + "decision: {deadlines: {staff: 1 h}}"},
                 SourceFile{"b.yaml", "decision: {deadlines: {staff: 2 h}}"}}));
  EXPECT_NE(to_lines(loaded.diagnostics).find("'decision' stands a second time (first at a.yaml:"),
            std::string::npos)
      << to_lines(loaded.diagnostics);
}

}  // namespace dienstbereit::config
