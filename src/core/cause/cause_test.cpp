// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/cause.h"

#include <algorithm>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace dienstbereit::core::cause {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant at(int minute) { return Instant(hours(24) + minutes(minute)); }

// A small graph by names; tests say what is seen and read the answer as text.
class House {
 public:
  void node(const std::string& name, const std::vector<std::string>& needs = {},
            graph::Rule rule = {}, graph::NeedSpec spec = {}) {
    const graph::NodeIndex index = builder_.add_node(rule);
    names_.push_back(name);
    by_name_[name] = index;
    for (const std::string& on : needs) builder_.add_need(index, by_name_.at(on), spec);
  }
  void down(const std::string& name, int minute = 0) { see(name, Seen::Down, minute); }
  void was_down(const std::string& name, int minute = 0) { see(name, Seen::WasDown, minute); }
  void works(const std::string& name) { see(name, Seen::Works, 0); }
  void answers(const std::string& name) { see(name, Seen::Answers, 0); }
  void forbids(const std::string& name) { forbidden_.push_back(by_name_.at(name)); }

  Found find(int minute = 10, std::size_t evaluations = kMostEvaluations) {
    return find_causes(question(minute, evaluations));
  }
  // Of these sets, the likeliest first: "RACK1", "DB WEB".
  std::string judges(const std::vector<std::pair<std::vector<std::string>, double>>& sets) {
    std::vector<Supposed> supposed;
    for (const auto& [nodes, probability] : sets) {
      Supposed& one = supposed.emplace_back();
      for (const std::string& name : nodes) one.faults.push_back(by_name_.at(name));
      std::sort(one.faults.begin(), one.faults.end());
      one.probability = probability;
    }
    return text(judge_causes(question(10, kMostEvaluations), supposed));
  }
  Question question(int minute, std::size_t evaluations) {
    graph_ = builder_.build().value();
    Question question;
    question.graph = &graph_;
    question.now = at(minute);
    question.evaluations = evaluations;
    question.sightings.resize(names_.size());
    question.may_fail.assign(names_.size(), true);
    for (const graph::NodeIndex node : forbidden_) question.may_fail[node.value()] = false;
    for (const auto& [node, sighting] : seen_) {
      question.sightings[node.value()] = sighting;
      const bool fell = sighting.seen == Seen::Down || sighting.seen == Seen::WasDown;
      if (fell) question.to_explain.push_back(node);
    }
    return question;
  }

  // "PDU: missed -, against DB; ..."
  std::string text(const Found& found) const {
    std::string all;
    for (const Cause& cause : found.causes) {
      all += (all.empty() ? "" : "; ") + names(cause.faults);
      if (!cause.missed.empty()) all += " without " + names(cause.missed);
      if (!cause.against.empty()) all += " against " + names(cause.against);
    }
    return all;
  }
  std::string says(int minute = 10) { return text(find(minute)); }
  const graph::Graph& graph() const { return graph_; }
  graph::NodeIndex operator[](const std::string& name) const { return by_name_.at(name); }

 private:
  void see(const std::string& name, Seen seen, int minute) {
    seen_[by_name_.at(name)] = {seen, at(minute)};
  }
  std::string names(const std::vector<graph::NodeIndex>& nodes) const {
    std::string all;
    for (const graph::NodeIndex node : nodes)
      all += (all.empty() ? "" : "+") + names_[node.value()];
    return all;
  }

  graph::GraphBuilder builder_;
  graph::Graph graph_;
  std::vector<std::string> names_;
  std::map<std::string, graph::NodeIndex> by_name_;
  std::map<graph::NodeIndex, Sighting> seen_;
  std::vector<graph::NodeIndex> forbidden_;
};

// Power feeds two racks; each rack feeds two servers.
House racks() {
  House house;
  house.node("POWER");
  house.node("RACK1", {"POWER"});
  house.node("RACK2", {"POWER"});
  house.node("DB", {"RACK1"});
  house.node("MAIL", {"RACK1"});
  house.node("WEB", {"RACK2"});
  return house;
}

TEST(Cause, NothingIsDownSoNothingIsSuspected) {
  House house = racks();
  house.works("DB");
  const Found found = house.find();
  EXPECT_TRUE(found.causes.empty());
  EXPECT_TRUE(found.complete);
}

TEST(Cause, WhatFailsTogetherHasTheNearestCommonNeedAsFirstSuspect) {
  House house = racks();
  house.down("DB");
  house.down("MAIL");
  EXPECT_EQ(house.says(), "RACK1; POWER");
}

TEST(Cause, WhatWorksSpeaksAgainstWhatWouldTakeItDown) {
  House house = racks();
  house.down("DB");
  house.down("MAIL");
  house.works("WEB");
  EXPECT_EQ(house.says(), "RACK1; POWER against WEB");
}

TEST(Cause, ASingleFaultIsTheThingItselfBeforeWhatItNeeds) {
  House house = racks();
  house.down("WEB");
  house.works("DB");
  EXPECT_EQ(house.says(), "WEB; RACK2; POWER against DB");
}

TEST(Cause, TwoFaultsAreSupposedOnlyWhereEverySingleOneIsContradicted) {
  House house = racks();
  house.down("DB");
  house.down("WEB");
  EXPECT_EQ(house.says(), "POWER");
  house.works("MAIL");
  EXPECT_EQ(house.says(), "DB+WEB; RACK2+DB; POWER against MAIL; RACK1+WEB against MAIL; "
                          "RACK1+RACK2 against MAIL");
}

TEST(Cause, WhatIsSeenWorkingIsNoSuspectAndWhatOnlyAnswersIs) {
  House house = racks();
  house.down("DB");
  house.down("MAIL");
  house.works("POWER");
  house.answers("RACK1");
  EXPECT_EQ(house.says(), "DB+MAIL; RACK1 against RACK1");
}

TEST(Cause, WhatWorksAgainIsExplainedAndSpeaksAgainstNobody) {
  House house = racks();
  house.down("DB");
  house.was_down("MAIL");
  house.was_down("WEB");
  EXPECT_EQ(house.says(), "POWER");
}

TEST(Cause, OneOfTwoWaysIsNotEnough) {
  House house;
  house.node("LINE1");
  house.node("LINE2");
  house.node("NET", {"LINE1", "LINE2"}, {.op = Operator::Any});
  house.node("SITE", {"NET"});
  house.forbids("NET");
  house.forbids("SITE");
  house.down("SITE");
  EXPECT_EQ(house.says(), "SITE");  // down itself, so it may be at fault
  EXPECT_EQ(house.find().causes.front().brings_down, 1U);
}

TEST(Cause, BothWaysTogetherAreOneSuspicion) {
  House house;
  house.node("LINE1");
  house.node("LINE2");
  house.node("A", {"LINE1", "LINE2"}, {.op = Operator::Any});
  house.node("B", {"LINE1", "LINE2"}, {.op = Operator::Any});
  house.node("C", {"LINE1", "LINE2"}, {.op = Operator::Any});
  house.node("D", {"LINE1", "LINE2"}, {.op = Operator::Any});
  for (const char* name : {"A", "B", "C", "D"}) house.down(name);
  EXPECT_EQ(house.says(), "LINE1+LINE2");
}

// A battery of 30 min on the server's power.
House battery() {
  House house;
  house.node("POWER");
  house.node("SERVER", {"POWER"}, {}, {.buffer = minutes(30)});
  house.node("LAMP", {"POWER"});
  return house;
}

TEST(Cause, WhatABatteryStillCarriesDoesNotSpeakAgainstThePower) {
  House house = battery();
  house.down("LAMP", 0);
  house.works("SERVER");
  const Found early = house.find(10);
  EXPECT_EQ(house.text(early), "LAMP; POWER");
  EXPECT_EQ(early.look_again, at(30));
  EXPECT_EQ(house.says(31), "LAMP; POWER against SERVER");
}

TEST(Cause, ABatteryMayBeWeakerThanTheModelSays) {
  House house = battery();
  house.down("LAMP", 0);
  house.down("SERVER", 5);
  EXPECT_EQ(house.says(6), "POWER");
}

TEST(Cause, AmongEqualsWhatFellFirstComesFirst) {
  House house;
  house.node("A");
  house.node("B");
  house.node("X", {"A"});
  house.node("Y", {"B"});
  house.node("BOTH", {"X", "Y"});
  house.forbids("BOTH");
  house.forbids("X");
  house.forbids("Y");
  house.down("A", 3);
  house.down("B", 1);
  EXPECT_EQ(house.says(), "A+B");
  const std::vector<Sighting> sightings{{Seen::Down, at(3)}, {Seen::Down, at(1)}};
  const Cause a{{graph::NodeIndex(0)}, {}, {}, 2};
  const Cause b{{graph::NodeIndex(1)}, {}, {}, 2};
  EXPECT_TRUE(likelier(b, a, sightings));
  EXPECT_FALSE(likelier(a, b, sightings));
}

TEST(Cause, ALoopFallsWithOneOfItsMembers) {
  graph::GraphBuilder builder;
  const auto hosts = builder.add_node();
  const auto directory = builder.add_node();
  builder.add_need(hosts, directory);
  builder.add_need(directory, hosts);
  builder.add_loop_group(std::vector{hosts, directory});
  const graph::Graph graph = builder.build().value();
  Question question;
  question.graph = &graph;
  question.now = at(1);
  question.sightings = {{Seen::Down, at(0)}, {Seen::Down, at(0)}};
  question.may_fail = {true, true};
  question.to_explain = {hosts, directory};
  const Found found = find_causes(question);
  ASSERT_EQ(found.causes.size(), 2U);
  EXPECT_EQ(found.causes[0].faults, std::vector{hosts});
  EXPECT_EQ(found.causes[1].faults, std::vector{directory});
}

TEST(Cause, ManyFaultsOfTheirOwnAreExplainedInPart) {
  House house;
  for (int i = 0; i < 5; ++i) house.node("N" + std::to_string(i));
  for (int i = 0; i < 5; ++i) house.down("N" + std::to_string(i));
  const Found found = house.find();
  ASSERT_FALSE(found.causes.empty());
  for (const Cause& cause : found.causes) {
    EXPECT_EQ(cause.faults.size(), kMostFaults);
    EXPECT_EQ(cause.missed.size(), 2U);
  }
}

TEST(Cause, ABoundThatEndsTheSearchIsSaid) {
  House house = racks();
  house.down("DB");
  house.down("MAIL");
  const Found found = house.find(10, 1);
  EXPECT_FALSE(found.complete);
  EXPECT_TRUE(house.find(10).complete);
}

TEST(Cause, OfTooMuchToExplainWhatFellFirstIsTaken) {
  House house;
  house.node("POWER");
  const int count = static_cast<int>(kMostToExplain) + 50;
  for (int i = 0; i < count; ++i) {
    house.node("N" + std::to_string(i), {"POWER"});
    house.down("N" + std::to_string(i), count - i);
  }
  const Found found = house.find(count);
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.explained.size(), kMostToExplain);
  EXPECT_EQ(found.explained.front(), house["N50"]);
  EXPECT_EQ(house.text(found), "POWER");
}

TEST(Cause, NoMoreThanTheBoundIsHandedBack) {
  House house;
  house.node("N0");
  for (int i = 1; i < 40; ++i) house.node("N" + std::to_string(i), {"N" + std::to_string(i - 1)});
  house.down("N39");
  EXPECT_EQ(house.find().causes.size(), kMostCauses);
}

// ---- what the weighing supposes ----------------------------------------------------------------

TEST(JudgedCause, TheLikeliestStandsFirstWithWhatSpeaksAgainstIt) {
  House house = racks();
  house.down("DB");
  house.down("MAIL");
  house.answers("WEB");
  EXPECT_EQ(house.judges({{{"RACK1"}, 0.3}, {{"POWER"}, 0.6}}), "POWER against WEB; RACK1");
}

TEST(JudgedCause, AlikeOnesStandInTheOrderOfTheRule) {
  House house = racks();
  house.down("DB");
  house.down("MAIL");
  EXPECT_EQ(house.judges({{{"POWER"}, 0.4}, {{"RACK1"}, 0.4}}), "RACK1; POWER");
}

TEST(JudgedCause, WhatWorksIsNoSuspect) {
  House house = racks();
  house.down("DB");
  house.works("RACK1");
  EXPECT_EQ(house.judges({{{"RACK1"}, 0.6}, {{"DB"}, 0.3}, {{}, 0.1}}), "DB");
}

TEST(JudgedCause, WhatExplainsLessOrCanDoWithoutANodeIsLeftOut) {
  House house = racks();
  house.down("DB");
  house.down("WEB");
  house.works("MAIL");
  EXPECT_EQ(house.judges({{{"DB", "WEB", "RACK2"}, 0.5}, {{"DB", "WEB"}, 0.4}, {{"DB"}, 0.1}}),
            "DB+WEB");
}

TEST(JudgedCause, MoreFaultsAreSupposedOnlyWhereFewerAreContradicted) {
  House house = racks();
  house.down("DB");
  house.down("MAIL");
  EXPECT_EQ(house.judges({{{"RACK1"}, 0.6}, {{"DB", "MAIL"}, 0.3}}), "RACK1");
  EXPECT_EQ(house.judges({{{"DB", "MAIL"}, 0.6}, {{"RACK1"}, 0.3}}), "DB+MAIL; RACK1");
  house.works("WEB");
  EXPECT_EQ(house.judges({{{"POWER"}, 0.6}, {{"DB", "MAIL"}, 0.3}}), "POWER against WEB; DB+MAIL");
}

TEST(JudgedCause, WhatExplainsMoreIsNamedThoughItIsLarger) {
  House house = racks();
  house.down("DB");
  house.down("WEB");
  EXPECT_EQ(house.judges({{{"DB"}, 0.6}, {{"DB", "WEB"}, 0.3}, {{"WEB"}, 0.1}}),
            "DB without WEB; DB+WEB");
}

TEST(JudgedCause, MoreThanTheRuleLooksForMayFailTogether) {
  House house;
  std::vector<std::string> all;
  for (int i = 0; i < 5; ++i) all.push_back("N" + std::to_string(i));
  for (const std::string& name : all) house.node(name);
  for (const std::string& name : all) house.down(name);
  EXPECT_EQ(house.judges({{all, 0.9}}), "N0+N1+N2+N3+N4");
}

TEST(Cause, WhatNeedsAFaultAndWhatItNeedsIsRelated) {
  House house = racks();
  house.find();
  const std::vector<graph::NodeIndex> all{house["POWER"], house["RACK1"], house["DB"],
                                          house["WEB"]};
  EXPECT_EQ(related(house.graph(), {house["RACK1"]}, all),
            (std::vector{house["POWER"], house["RACK1"], house["DB"]}));
}

}  // namespace
}  // namespace dienstbereit::core::cause
