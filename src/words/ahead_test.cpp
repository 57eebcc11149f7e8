// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/ahead.h"

#include <gtest/gtest.h>

namespace dienstbereit::words {
namespace {

District district() {
  District made;
  Office office;
  office.id = OfficeId("BB");
  office.name = {"Bürgerbüro", "Citizens' office"};
  made.offices = {office};
  Component disk;
  disk.id = NodeId("DISK");
  disk.name = {"Speicher", "storage"};
  made.components = {disk};
  return made;
}

class Ahead : public testing::Test {
 protected:
  Voice voice(Language language) const { return Voice(language, district_, now_); }

  District district_ = district();
  Instant now_ = parse_rfc3339("2026-11-23T06:00+01:00").value();
};

OrderProposal clear_proposal(Instant now) {
  OrderProposal proposal;
  proposal.steps = {{TaskId("task-2"), NodeId()}, {TaskId("task-1"), NodeId()}};
  proposal.measure = {false, false,        6,          now + std::chrono::minutes(90),
                      1.44,  {2.06, 0.31}, {14.2, 2.1}};
  return proposal;
}

TEST_F(Ahead, AGainIsSaidAsPeopleWeighIt) {
  const OrderProposal proposal = clear_proposal(now_);
  EXPECT_EQ(order_sentences(voice(Language::De), proposal),
            (std::vector<std::string>{
                "Bis heute, 07:30 Uhr: im Mittel 2,1 ± 0,3 Orte mehr nutzbar als in der jetzigen "
                "Reihenfolge; dort sind es 1,4 von 6.",
                "Alles zusammengezählt sind Orte 14,2 ± 2,1 Stunden früher nutzbar, Nächte "
                "mitgezählt."}));
  EXPECT_EQ(order_sentences(voice(Language::En), proposal).front(),
            "By today, 07:30: on average 2.1 ± 0.3 places more usable than in the present order, "
            "where it is 1.4 of 6.");
}

TEST_F(Ahead, ADifferenceThatMayBeChanceIsCalledSo) {
  OrderProposal proposal = clear_proposal(now_);
  proposal.measure.more = {0.2, 0.3};
  EXPECT_NE(order_sentences(voice(Language::De), proposal)[0].find("ändert die Reihenfolge nichts"),
            std::string::npos);
  proposal.steps.clear();
  proposal.measure.hours_sooner = {0.5, 0.9};
  EXPECT_EQ(order_sentences(voice(Language::De), proposal),
            (std::vector<std::string>{
                "Keine Reihenfolge ist klar besser als die jetzige: 0,5 ± 0,9 Stunden früher "
                "nutzbar kann Zufall sein. Die jetzige kann bleiben."}));
  proposal.measure.hours_sooner = {};
  EXPECT_EQ(order_sentences(voice(Language::En), proposal).at(0),
            "No order that was tried is better than the present one. It can stay.");
}

TEST_F(Ahead, WhatMattersNamesTheTaskAndWhatWouldFall) {
  Incident incident;
  Task task;
  task.id = TaskId("task-1");
  task.title = "Controller tauschen";
  incident.tasks = {task};
  TaskMatter matter{TaskId("task-1"),
                    NodeId(),
                    OfficeId("BB"),
                    SiteId("R"),
                    ServiceId(),
                    now_ + std::chrono::hours(26),
                    false,
                    0.82,
                    0.4};
  const std::string said = matter_sentence(voice(Language::De), incident, matter);
  EXPECT_EQ(said.find("Dauert „task-1: Controller tauschen“ so lange wie nur in einem von zehn "
                      "Fällen, fällt eine Chance von 82 % auf 40 %: "),
            0u)
      << said;
  EXPECT_NE(said.find("morgen, 08:00 Uhr, nutzbar."), std::string::npos) << said;
  matter.task = TaskId();
  matter.node = NodeId("DISK");
  EXPECT_NE(matter_sentence(voice(Language::En), incident, matter).find("repair storage (no task"),
            std::string::npos);
}

ForecastScores scores() {
  ForecastScores made;
  made.chances = {40, 0.08, 0.0009, 0.16, 0.24, {}};
  made.intervals = {20, 16, 1, 3};
  return made;
}

TEST_F(Ahead, GoodForecastsAreCalledGood) {
  const auto said = score_sentences(Language::En, scores());
  ASSERT_EQ(said.size(), 4u);
  EXPECT_NE(said[0].find("3 percentage points apart on average, which is very near"),
            std::string::npos);
  EXPECT_NE(said[1].find("67 %"), std::string::npos) << said[1];
  EXPECT_NE(said[2].find("20 ranges"), std::string::npos);
  EXPECT_EQ(said[3], "That is about as often as it should be.");
}

TEST_F(Ahead, BadOnesAreCalledBadAndFewAreNoVerdict) {
  ForecastScores made = scores();
  made.chances.reliability = 0.09;
  made.intervals = {20, 8, 2, 10};
  auto said = score_sentences(Language::De, made);
  EXPECT_NE(said[0].find("30 Prozentpunkte auseinander, also weit"), std::string::npos);
  EXPECT_NE(said[3].find("zu hoffnungsvoll"), std::string::npos);
  made.intervals = {3, 0, 0, 3};
  made.chances = {};
  said = score_sentences(Language::De, made);
  EXPECT_EQ(said[0], "Zu den genannten Chancen gab es keine Öffnung, an der sie zu messen wären.");
  EXPECT_EQ(said[2], "Das sind wenige; allgemein sagt es noch nichts.");
}

}  // namespace
}  // namespace dienstbereit::words
