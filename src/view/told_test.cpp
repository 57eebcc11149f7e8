// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/told.h"

#include <gtest/gtest.h>

#include "view/testing/world.h"

namespace dienstbereit::view {
namespace {

using test::World;

Statement published(const std::string& id, StatementKind kind, const std::string& at) {
  Statement one;
  one.id = StatementId(id);
  one.kind = kind;
  one.title_de = id;
  one.state = StatementState::Published;
  one.published_at = test::at(at);
  return one;
}

const std::string kEight = "2026-11-23T08:00:00+01:00", kNine = "2026-11-23T09:00:00+01:00";

Situation with(Record record) {
  World world;
  world.situation.record = std::make_shared<const Record>(std::move(record));
  return world.situation;
}

TEST(ToldStatements, NewestFirstAndOnlyKindsThatVisitorsRead) {
  Record record;
  record.statements = {
      published("a", StatementKind::Press, kEight), published("b", StatementKind::Holding, kNine),
      published("c", StatementKind::Internal, kNine), published("d", StatementKind::Phone, kNine)};
  const auto all = told(with(record));
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].id.str(), "b");
  EXPECT_EQ(all[1].id.str(), "a");
}

TEST(ToldStatements, TheFirstPageHasTheNewestHoldingOrShortOne) {
  Record record;
  record.statements = {published("a", StatementKind::Holding, kEight),
                       published("b", StatementKind::Short, kNine),
                       published("c", StatementKind::Press, kNine)};
  EXPECT_EQ(first_told(with(record))->id.str(), "b");
  record.statements[1].state = StatementState::Withdrawn;
  EXPECT_EQ(first_told(with(record))->id.str(), "a");
}

TEST(ToldStatements, OfAClosedIncidentNothingStaysOnTheFirstPage) {
  Record record;
  Incident incident;
  incident.id = IncidentId("incident-1");
  incident.phase = Phase::Closed;
  record.incidents = {std::make_shared<const Incident>(incident)};
  record.statements = {published("a", StatementKind::Holding, kEight)};
  record.statements.front().incident = incident.id;
  EXPECT_FALSE(first_told(with(record)));
  EXPECT_EQ(told(with(record)).size(), 1u);
}

TEST(ToldStatements, WhileANewVersionIsADraftTheOldOneStands) {
  Record record;
  record.statements = {published("a", StatementKind::Short, kEight)};
  record.statements.front().state = StatementState::Draft;
  record.statements.front().published_at.reset();
  record.statements.front().version = 2;
  record.earlier = {published("a", StatementKind::Short, kEight)};
  EXPECT_EQ(first_told(with(record))->id.str(), "a");
  record.statements.front().state = StatementState::Withdrawn;
  EXPECT_FALSE(first_told(with(record)));
}

}  // namespace
}  // namespace dienstbereit::view
