// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/incident/rules.h"

#include <gtest/gtest.h>

namespace dienstbereit::core::incident {
namespace {

using namespace std::chrono_literals;

// A ledger that only the rules write into, as time goes on.
class Rules : public ::testing::Test {
 protected:
  Rules() {
    for (const char* id : {"USV", "DB", "MAIL"}) {
      Component component;
      component.id = NodeId(id);
      component.name = {std::string("Gerät ") + id, std::string("device ") + id};
      district_.components.push_back(component);
    }
    Service service;
    service.id = ServiceId("V01");
    service.rto = 2h;
    service.mtpd = 24h;
    district_.services = {service};
  }

  void fails(const char* root) {
    affected_.push_back(
        {NodeId(std::string("A1@S1/") + root), ServiceId("V01"), NodeId(root), now_});
  }
  void works(const char* root) {
    std::erase_if(affected_, [&](const Affected& one) { return one.root == NodeId(root); });
  }
  std::size_t settle() {
    const auto events = follow(ledger_, district_, affected_, unseen_, now_);
    for (const RecordEvent& event : events) ledger_.apply(event, {now_, "observer"});
    EXPECT_TRUE(follow(ledger_, district_, affected_, unseen_, now_).empty()) << "once is enough";
    return events.size();
  }
  void pass(Duration time) { now_ += time; }
  const Record& record() const { return *ledger_.record(); }
  const Incident& first() const { return *record().incidents.at(0); }

  District district_;
  Ledger ledger_;
  std::vector<Affected> affected_;
  std::set<NodeId> unseen_;
  Instant now_{Duration(1h)};
};

TEST_F(Rules, AFaultThatNobodySeesLastsUntilItIsSeen) {
  fails("USV");
  settle();
  works("USV");
  unseen_ = {NodeId("USV")};
  EXPECT_EQ(settle(), 0u) << "after a start nothing is known yet";
  EXPECT_EQ(first().phase, Phase::Affected);
  unseen_.clear();
  settle();
  EXPECT_EQ(first().phase, Phase::ServicesBack);
}

TEST_F(Rules, WhatFailsTogetherIsOneIncident) {
  fails("USV");
  fails("DB");
  settle();
  pass(9min);
  fails("MAIL");
  settle();
  ASSERT_EQ(record().incidents.size(), 1u);
  EXPECT_TRUE(first().by_rule);
  EXPECT_EQ(first().faults.size(), 3u);
}

TEST_F(Rules, WhatFailsLaterIsAnotherOne) {
  fails("USV");
  settle();
  pass(11min);
  fails("MAIL");
  settle();
  ASSERT_EQ(record().incidents.size(), 2u);
  EXPECT_EQ(record().incidents[1]->title.de, "Gerät MAIL");
}

TEST_F(Rules, WhatAnotherFaultHidBelongsToItsIncident) {
  fails("USV");
  settle();
  pass(1h);
  // The supply is back; the database behind it is not, and what needs it never came back.
  affected_.back().root = NodeId("DB");
  settle();
  ASSERT_EQ(record().incidents.size(), 1u);
  EXPECT_EQ(first().phase, Phase::Affected);
  ASSERT_EQ(first().faults.size(), 2u);
  EXPECT_TRUE(first().faults[0].ended);
  EXPECT_EQ(first().faults[1].node, NodeId("DB"));
  // What fails anew meanwhile is another matter.
  pass(11min);
  fails("MAIL");
  settle();
  EXPECT_EQ(record().incidents.size(), 2u);
}

TEST_F(Rules, ServicesBackLeavesTheIncidentOpenAndARelapseIsOfTheSame) {
  fails("USV");
  settle();
  pass(1h);
  works("USV");
  settle();
  EXPECT_EQ(first().phase, Phase::ServicesBack);
  EXPECT_EQ(first().back_at, now_);
  EXPECT_EQ(first().closed_at, std::nullopt);
  pass(20h);
  fails("USV");
  settle();
  ASSERT_EQ(record().incidents.size(), 1u);
  EXPECT_EQ(first().phase, Phase::Affected);
  EXPECT_EQ(first().faults.size(), 2u);
}

TEST_F(Rules, ALevelIsProposedWhenTimeDownPassesRtoAndMtpd) {
  fails("DB");
  settle();
  EXPECT_EQ(next_due(record(), district_, affected_, now_), now_ + 2h);
  pass(2h);
  EXPECT_EQ(settle(), 1u);
  EXPECT_EQ(first().proposal->level, Level::Emergency);
  EXPECT_EQ(first().level, Level::Disturbance) << "a person decides";
  pass(22h);
  settle();
  EXPECT_EQ(first().proposal->level, Level::Crisis);
}

TEST_F(Rules, AReportComesDueOnce) {
  fails("DB");
  settle();
  ledger_.apply(IncidentEdited{first().id, 2, {"Ausfall", ""}, {}, false, "IT", now_ + 30min},
                {now_, "user:u-1"});
  EXPECT_EQ(next_due(record(), district_, affected_, now_), now_ + 30min);
  pass(30min);
  EXPECT_EQ(settle(), 1u);
  EXPECT_TRUE(first().report_due);
}

TEST_F(Rules, WhatAFixCarriesInPartKeepsItsFaultButBeginsNoneAndCallsForNoLevel) {
  fails("DB");
  settle();
  affected_.front().carried = true;
  fails("USV");
  affected_.back().carried = true;
  pass(3h);
  EXPECT_EQ(settle(), 0u);
  ASSERT_EQ(first().faults.size(), 1u);
  EXPECT_FALSE(first().faults[0].ended);
  EXPECT_FALSE(next_due(record(), district_, affected_, now_));
  affected_.clear();
  settle();
  EXPECT_TRUE(first().faults[0].ended);
}

TEST_F(Rules, AnInterimFixExpiresAndItsFaultComingBackIsARelapse) {
  fails("DB");
  settle();
  FixSet fix{first().id,    FixId("fix-1"),      1,    {"Leihgerät", ""}, {NodeId("DB")},
             {"alles", ""}, {"ohne Ersatz", ""}, "IT", now_ + 3h,         TaskId()};
  ledger_.apply(fix, {now_, "user:u-1"});
  ledger_.apply(FixMoved{first().id, FixId("fix-1"), FixState::InForce, ""}, {now_, "user:u-1"});
  works("DB");
  settle();
  EXPECT_EQ(first().fixes.at(0).state, FixState::InForce);
  pass(1h);
  fails("DB");
  settle();
  EXPECT_EQ(first().fixes.at(0).state, FixState::Relapsed);
  works("DB");
  ledger_.apply(FixMoved{first().id, FixId("fix-1"), FixState::InForce, ""}, {now_, "user:u-1"});
  settle();
  pass(2h);
  settle();
  EXPECT_EQ(first().fixes.at(0).state, FixState::Expired);
}

}  // namespace
}  // namespace dienstbereit::core::incident
