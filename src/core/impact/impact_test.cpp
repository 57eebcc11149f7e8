// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/impact/impact.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/impact/why.h"

namespace dienstbereit::core::impact {
namespace {

using std::chrono::minutes;

constexpr Instant at(int minute) { return Instant(std::chrono::hours(24) + minutes(minute)); }
Evidence works(int began) { return {kOperational, true, true, false, at(began)}; }
const Evidence kFailed{kDown, true, true, false, std::nullopt};

Need on(const char* id, Duration buffer = {}) {
  Need need;
  need.node = NodeId(id);
  need.buffer = buffer;
  return need;
}
Need group(Operator op, std::vector<Need> of, unsigned at_least = 0) {
  Needs needs;
  needs.op = op;
  needs.of = std::move(of);
  needs.at_least = at_least;
  Need need;
  need.group = {needs};
  return need;
}
Component component(const char* id, std::vector<Need> needs = {}, const char* site = "S1") {
  Component made;
  made.id = NodeId(id);
  made.site = SiteId(site);
  made.needs.of = std::move(needs);
  return made;
}

// A centre S1, a branch S2 behind LINE, and one service V01 at both.
class House : public testing::Test {
 protected:
  House() {
    Site centre;
    centre.id = SiteId("S1");
    Site branch;
    branch.id = SiteId("S2");
    branch.link.of = {on("LINE")};
    district.sites = {centre, branch};
    district.components = {component("LINE", {}, "S2"),
                           component("POWER"),
                           component("SERVER", {on("POWER")}),
                           component("PRINTER", {}, "S2"),
                           component("H1"),
                           component("H2"),
                           component("H3")};
    Service service;
    service.id = ServiceId("V01");
    for (const char* site : {"S1", "S2"}) {
      Offer offer;
      offer.office = OfficeId("A1");
      offer.site = SiteId(site);
      service.offers.push_back(offer);
    }
    district.services = {service};
  }

  Needs& needs() { return district.services[0].needs; }
  Impact made() {
    Impact fresh(compile(std::make_shared<District>(district)).value());
    fresh.settle(at(0));
    return fresh;
  }
  void start() { impact.emplace(made()); }
  Changes observe(const char* node, const Evidence& evidence, int minute) {
    impact->set_evidence(NodeId(node), evidence);
    return impact->settle(at(minute));
  }
  void say(const char* id, const char* node, Said said, int minute, int until) {
    auto word = std::make_shared<WordSet>();
    word->id = WordId(id);
    word->scope.node = NodeId(node);
    word->said = said;
    word->until = at(until);
    word->role = "IT";
    impact->add_word(word, at(minute));
    impact->settle(at(minute));
  }
  // Adopts as the engine does: all words that still speak, oldest first.
  void reload(const std::vector<Impact::Spoken>& words, int minute) {
    Impact fresh(compile(std::make_shared<District>(district)).value());
    fresh.adopt(*impact, words);
    impact.emplace(std::move(fresh));
    impact->settle(at(minute));
  }
  Interval state(const char* node) const { return impact->node(NodeId(node)).state; }
  Interval here() const { return state("A1@S1/V01"); }
  Interval branch() const { return state("A1@S2/V01"); }
  Explanation why(const char* node, bool full = false) const {
    return explain(
        *impact, NodeId(node),
        [this](const NodeId& id) {
          std::vector<ProbeSituation> found;
          for (const auto& [of, probe] : probes) {
            if (of == id) found.push_back(probe);
          }
          return found;
        },
        full);
  }
  void probe(const char* node, const char* id, ProbeOutcome outcome, bool fresh = true) {
    ProbeSituation made;
    made.id = ProbeId(id);
    made.outcome = outcome;
    made.fresh = fresh;
    const ProbeSpec* spec = find_probe(district, made.id);
    made.works = spec == nullptr || spec->proof == Proof::Works;
    probes.emplace_back(NodeId(node), made);
  }

  District district;
  std::optional<Impact> impact;
  std::vector<std::pair<NodeId, ProbeSituation>> probes;
};

// ---- topology

TEST_F(House, ABranchNeedsItsLinkForWhatStandsElsewhere) {
  needs().of = {on("SERVER")};
  start();
  observe("LINE", kFailed, 1);
  EXPECT_EQ(branch(), kDown);
  EXPECT_EQ(here(), kOperational);
}

TEST_F(House, ABranchNeedsNoLinkForWhatStandsThere) {
  needs().of = {on("PRINTER"), on("S2")};
  start();
  observe("LINE", kFailed, 1);
  EXPECT_EQ(branch(), kOperational);
}

TEST_F(House, WhatOnlyThePlaceNeedsElsewhereCrossesTheLinkToo) {
  district.services[0].offers[1].needs.of = {on("SERVER")};
  start();
  observe("LINE", kFailed, 1);
  EXPECT_EQ(branch(), kDown);
}

TEST_F(House, WhatIsOutsideIsReachedByTheWaysItNames) {
  district.components.push_back(component("DISH", {}, "S2"));
  district.components.push_back(component("SATELLITE", {on("DISH")}, ""));
  district.components.push_back(component("WARNINGS", {on("SATELLITE")}, ""));
  needs().of = {on("WARNINGS"), on("PRINTER")};
  start();
  observe("LINE", kFailed, 1);
  EXPECT_EQ(branch(), kOperational) << "all its ways begin at the branch";
  district.components.back().needs.of.push_back(group(Operator::Any, {on("SERVER")}));
  start();
  observe("LINE", kFailed, 1);
  EXPECT_EQ(branch(), kDown) << "one begins at the centre";
  district.components.back().needs.of.clear();
  start();
  observe("LINE", kFailed, 1);
  EXPECT_EQ(branch(), kDown) << "nothing says how it is reached";
}

TEST_F(House, GroupsNestAndCountAsWritten) {
  needs().of = {group(Operator::Any,
                      {on("H1"), group(Operator::AtLeast, {on("H2"), on("H3"), on("POWER")}, 2)})};
  start();
  observe("H1", kFailed, 1);
  observe("H2", kFailed, 2);
  EXPECT_EQ(here(), kOperational);
  observe("H3", kFailed, 3);
  EXPECT_EQ(here(), kDown);
}

TEST_F(House, AnUndeclaredLoopIsAnErrorThatNamesItsPath) {
  district.components[1].needs.of = {on("SERVER")};
  const auto compiled = compile(std::make_shared<District>(district));
  ASSERT_FALSE(compiled.has_value());
  EXPECT_NE(compiled.error().message.find("SERVER"), std::string::npos);
  EXPECT_NE(compiled.error().message.find("POWER"), std::string::npos);
}

TEST_F(House, ADeclaredLoopMayRunThroughAGroup) {
  district.components[1].needs.of = {group(Operator::Any, {on("SERVER")})};
  district.mutual = {{"boot", {NodeId("SERVER"), NodeId("POWER")}}};
  EXPECT_TRUE(compile(std::make_shared<District>(district)).has_value());
}

TEST_F(House, ANeedOfNothingIsAnErrorThatNamesIt) {
  needs().of = {on("NOBODY")};
  const auto compiled = compile(std::make_shared<District>(district));
  ASSERT_FALSE(compiled.has_value());
  EXPECT_NE(compiled.error().message.find("NOBODY"), std::string::npos);
}

TEST_F(House, OneFreshTransactionOfADirectNeedMeasures) {
  needs().of = {group(Operator::Any, {on("SERVER")})};
  start();
  EXPECT_FALSE(impact->offer(0).measured);
  observe("POWER", works(1), 1);
  EXPECT_FALSE(impact->offer(0).measured);
  observe("SERVER", works(1), 1);
  EXPECT_TRUE(impact->offer(0).measured);
}

// ---- words

TEST_F(House, TheNewestWordCountsThenTheOneBefore) {
  start();
  say("1", "SERVER", Said::Closed, 1, 600);
  say("2", "SERVER", Said::Limited, 2, 600);
  EXPECT_EQ(state("SERVER"), kDegraded);
  impact->withdraw(WordId("2"));
  impact->settle(at(3));
  EXPECT_EQ(state("SERVER"), kDown);
  impact->withdraw(WordId("1"));
  impact->settle(at(4));
  EXPECT_EQ(state("SERVER"), kOperational);
  EXPECT_FALSE(impact->speaks(WordId("1")));
}

TEST_F(House, AWordUnderneathThatRanOutDoesNotComeBack) {
  start();
  say("1", "SERVER", Said::Closed, 1, 10);
  say("2", "SERVER", Said::Normal, 2, 20);
  const Changes changes = impact->settle(at(20));
  EXPECT_TRUE(changes.words.empty());
  EXPECT_EQ(state("SERVER"), kOperational);
  EXPECT_FALSE(impact->speaks(WordId("1")));
}

TEST_F(House, AWordUnderneathCoversNoFaultNewerThanItself) {
  start();
  say("1", "SERVER", Said::Normal, 1, 600);
  say("2", "SERVER", Said::Closed, 2, 20);
  observe("SERVER", kFailed, 10);
  impact->settle(at(20));
  EXPECT_EQ(state("SERVER"), kDown);
}

TEST_F(House, AWordUnderneathStillCoversTheFaultItKnew) {
  start();
  observe("SERVER", kFailed, 1);
  say("1", "SERVER", Said::Normal, 2, 600);
  say("2", "SERVER", Said::Limited, 3, 600);
  impact->withdraw(WordId("2"));
  impact->settle(at(4));
  EXPECT_EQ(state("SERVER"), kOperational);
}

TEST_F(House, ANewFaultIsReportedAsDoubtOnce) {
  needs().of = {on("SERVER")};
  start();
  say("1", "V01", Said::Normal, 1, 600);
  const Changes changes = observe("SERVER", kFailed, 2);
  ASSERT_EQ(changes.words.size(), 1U);
  EXPECT_EQ(changes.words[0].status, WordStatus::Doubted);
  EXPECT_EQ(impact->status_of(WordId("1")), WordStatus::Doubted);
  EXPECT_TRUE(observe("SERVER", kFailed, 3).words.empty());
}

// ---- reload

TEST_F(House, AReloadKeepsARunningBuffer) {
  district.components[2].needs.of = {on("POWER", minutes(30))};
  needs().of = {on("SERVER")};
  start();
  observe("POWER", kFailed, 10);
  district.components.push_back(component("NEW"));
  reload({}, 20);
  impact->set_evidence(NodeId("POWER"), kFailed);
  impact->settle(at(21));
  EXPECT_EQ(here(), kOperational);
  EXPECT_EQ(impact->next_due(), at(40));
}

TEST_F(House, AReloadKeepsADoubtedWordAndTheOneUnderneath) {
  start();
  say("1", "SERVER", Said::Limited, 1, 600);
  say("2", "SERVER", Said::Normal, 2, 600);
  observe("SERVER", kFailed, 3);
  reload({}, 4);
  EXPECT_EQ(impact->status_of(WordId("2")), WordStatus::Doubted);
  EXPECT_TRUE(impact->speaks(WordId("1")));
}

TEST_F(House, AReloadDoesNotWakeAWordWhereItHasEnded) {
  start();
  auto word = std::make_shared<WordSet>();
  word->id = WordId("1");
  word->said = Said::Closed;
  word->until = at(10);
  impact->set_evidence(NodeId("A1@S1/V01"), kFailed);
  impact->add_word(word, at(1));
  impact->settle(at(10));
  ASSERT_EQ(here(), kDown);
  ASSERT_EQ(branch(), kUnknown);
  observe("A1@S1/V01", works(11), 11);
  reload({{word, at(1), {}}}, 12);
  EXPECT_EQ(here(), kOperational);
  EXPECT_EQ(branch(), kUnknown);
}

TEST_F(House, AWordSpeaksOfAPlaceThatAReloadBrings) {
  const Service full = district.services[0];
  district.services[0].offers.pop_back();
  start();
  auto word = std::make_shared<WordSet>();
  word->id = WordId("1");
  word->said = Said::Closed;
  word->until = at(600);
  impact->add_word(word, at(1));
  impact->settle(at(1));
  district.services[0] = full;
  reload({{word, at(1), {}}}, 2);
  EXPECT_EQ(branch(), kDown);
}

// ---- why

bool has(const Explanation& steps, ReasonKind kind, const char* subject = nullptr) {
  return std::any_of(steps.begin(), steps.end(), [&](const ReasonStep& step) {
    return step.kind == kind && (!subject || step.subject == NodeId(subject));
  });
}

TEST_F(House, ASingleDeadServerIsNamedDownToItsProbe) {
  needs().of = {on("SERVER")};
  start();
  observe("SERVER", kFailed, 1);
  probe("SERVER", "SERVER/sql", ProbeOutcome::Failure);
  const Explanation steps = why("A1@S1/V01");
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].kind, ReasonKind::NeedDown);
  EXPECT_EQ(steps[0].object, NodeId("SERVER"));
  EXPECT_EQ(steps[1].kind, ReasonKind::ProbeFailed);
  EXPECT_EQ(steps[1].object, NodeId("SERVER/sql"));
}

TEST_F(House, TooFewAreCounted) {
  needs().op = Operator::AtLeast;
  needs().at_least = 2;
  needs().of = {on("H1"), on("H2"), on("H3")};
  start();
  observe("H1", kFailed, 1);
  EXPECT_TRUE(why("A1@S1/V01").empty());
  observe("H2", kFailed, 2);
  const Explanation steps = why("A1@S1/V01");
  ASSERT_FALSE(steps.empty());
  EXPECT_EQ(steps[0].kind, ReasonKind::TooFew);
  EXPECT_EQ(steps[0].have, 1U);
  EXPECT_EQ(steps[0].need, 2U);
  EXPECT_EQ(steps[0].of, 3U);
}

TEST_F(House, ALinkThatLostItsReserveIsNotCut) {
  needs().of = {on("SERVER")};
  district.sites[1].link.op = Operator::AtLeast;
  district.sites[1].link.at_least = 1;
  start();
  observe("LINE", {kDegraded, true, true, false, at(1)}, 1);
  ASSERT_EQ(branch(), kDegraded);
  const Explanation steps = why("A1@S2/V01");
  ASSERT_FALSE(steps.empty());
  EXPECT_EQ(steps[0].kind, ReasonKind::NeedDegraded);
  EXPECT_EQ(steps[0].object, NodeId("LINE"));
  EXPECT_FALSE(has(steps, ReasonKind::LinkDown));
  observe("LINE", {kUnknown, true, false, false, std::nullopt}, 2);
  EXPECT_EQ(why("A1@S2/V01")[0].kind, ReasonKind::NeedUnknown);
  observe("LINE", kFailed, 3);
  EXPECT_EQ(why("A1@S2/V01")[0].kind, ReasonKind::LinkDown);
}

TEST_F(House, ADeadLinkIsTheReasonOfTheBranch) {
  needs().of = {on("SERVER")};
  start();
  observe("LINE", kFailed, 1);
  EXPECT_EQ(why("A1@S2/V01")[0].kind, ReasonKind::LinkDown);
  EXPECT_EQ(why("A1@S2/V01")[0].object, NodeId("LINE"));
}

TEST_F(House, ABufferTellsUntilWhenItHolds) {
  district.components[2].needs.of = {on("POWER", minutes(30))};
  start();
  observe("POWER", kFailed, 10);
  const Explanation steps = why("SERVER");
  ASSERT_FALSE(steps.empty());
  EXPECT_EQ(steps[0].kind, ReasonKind::BufferUntil);
  EXPECT_EQ(steps[0].until, at(40));
}

TEST_F(House, ABufferIsToldWithTheStateOfWhatItHoldsUp) {
  district.components[2].needs.of = {on("POWER", minutes(30))};
  start();
  observe("POWER", {kDegraded, true, true, false, at(10)}, 10);
  const Explanation steps = why("SERVER");
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].kind, ReasonKind::BufferUntil);
  EXPECT_EQ(steps[0].object, NodeId("POWER"));
  EXPECT_EQ(steps[0].state, kDegraded);
}

TEST_F(House, ABufferThatDecidesNothingIsNoReason) {
  district.components[2].needs.of = {on("POWER", minutes(30)), on("H1")};
  start();
  observe("POWER", kFailed, 10);
  observe("H1", kFailed, 11);
  const Explanation by_need = why("SERVER");
  ASSERT_FALSE(by_need.empty());
  EXPECT_EQ(by_need[0].kind, ReasonKind::NeedDown);
  EXPECT_EQ(by_need[0].object, NodeId("H1"));
  EXPECT_FALSE(has(by_need, ReasonKind::BufferUntil));
  observe("H1", works(12), 12);
  observe("SERVER", kFailed, 13);
  probe("SERVER", "SERVER/sql", ProbeOutcome::Failure);
  const Explanation by_own = why("SERVER");
  ASSERT_EQ(by_own.size(), 1U);
  EXPECT_EQ(by_own[0].kind, ReasonKind::ProbeFailed);
}

TEST_F(House, ABufferThatIsUsedUpSaysSo) {
  district.components[2].needs.of = {on("POWER", minutes(30))};
  needs().of = {on("SERVER")};
  start();
  observe("POWER", kFailed, 10);
  probe("POWER", "POWER/meter", ProbeOutcome::Failure);
  impact->settle(at(40));
  const Explanation steps = why("A1@S1/V01");
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].kind, ReasonKind::NeedDown);
  EXPECT_EQ(steps[1].kind, ReasonKind::BufferEmpty);
  EXPECT_EQ(steps[1].object, NodeId("POWER"));
  EXPECT_EQ(steps[1].state, kDown);
  EXPECT_EQ(steps[2].kind, ReasonKind::ProbeFailed);
}

TEST_F(House, ABufferHoldsAsLongAsNothingCanGetWorse) {
  district.components[2].needs.of = {on("POWER", minutes(30))};
  start();
  observe("POWER", {kUnknown, true, false, false, std::nullopt}, 0);
  EXPECT_EQ(why("SERVER")[0].until, at(30));
  observe("POWER", kFailed, 10);  // the best end holds until 40
  EXPECT_EQ(why("SERVER")[0].until, at(30));
  impact->settle(at(35));
  ASSERT_EQ(state("SERVER"), kUnknown);
  EXPECT_EQ(why("SERVER")[0].kind, ReasonKind::NeedDown);
}

TEST_F(House, ACertificateThatEndsSoonIsNotSlow) {
  start();
  observe("SERVER", {kDegraded, true, true, false, at(1)}, 1);
  probe("SERVER", "SERVER/https", ProbeOutcome::Slow);
  probes.back().second.phase = kCertificatePhase;
  const Explanation steps = why("SERVER");
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].kind, ReasonKind::CertificateEnds);
}

TEST_F(House, ASuccessThatIsLimitedForAnotherReasonIsNotSlow) {
  start();
  observe("SERVER", {kDegraded, true, true, false, at(1)}, 1);
  probe("SERVER", "SERVER/nut", ProbeOutcome::Slow);
  for (const auto& [phase, kind] :
       {std::pair("power", ReasonKind::ProbeDegraded), std::pair(kTimePhase, ReasonKind::ProbeSlow),
        std::pair("", ReasonKind::ProbeSlow)}) {
    probes.back().second.phase = phase;
    const Explanation steps = why("SERVER");
    ASSERT_EQ(steps.size(), 1U);
    EXPECT_EQ(steps[0].kind, kind) << phase;
  }
}

TEST_F(House, ABufferOverAGroupNamesTheMemberThatPeopleKnow) {
  Need held = group(Operator::Any, {on("H1"), group(Operator::All, {on("POWER")})});
  held.buffer = minutes(30);
  district.components[2].needs.of = {held};
  start();
  observe("H1", kFailed, 9);
  observe("POWER", kFailed, 10);
  const Explanation steps = why("SERVER");
  ASSERT_FALSE(steps.empty());
  EXPECT_EQ(steps[0].kind, ReasonKind::BufferUntil);
  EXPECT_EQ(steps[0].object, NodeId("H1"));
  for (const ReasonStep& step : steps) {
    EXPECT_EQ(step.object.str().find('#'), std::string::npos) << step.object.str();
  }
}

TEST_F(House, ARemoteOfferNeedsNeitherBuildingNorLinkAndNoWordOnTheBuildingCoversIt) {
  needs().of = {on("SERVER")};
  district.services[0].offers[1].remote = true;
  district.sites[1].needs.of = {on("PRINTER")};
  start();
  observe("LINE", kFailed, 1);
  observe("PRINTER", kFailed, 1);
  EXPECT_EQ(impact->offer(1).offer, kOperational);
  EXPECT_EQ(impact->offer(1).site, kOperational);
  Scope building;
  building.site = SiteId("S2");
  EXPECT_FALSE(impact->covers_anything(building));
  building.office = OfficeId("A1");
  EXPECT_TRUE(impact->covers_anything(building));
  observe("SERVER", kFailed, 2);
  EXPECT_EQ(impact->offer(1).offer.best, Health::Down);
}

TEST_F(House, AWordIsTheWholeReasonAndNamesTheRole) {
  needs().of = {on("SERVER")};
  start();
  say("1", "SERVER", Said::Closed, 1, 600);
  const Explanation steps = why("A1@S1/V01");
  EXPECT_EQ(steps.back().kind, ReasonKind::WordInForce);
  EXPECT_EQ(steps.back().role, "IT");
  EXPECT_EQ(steps.back().until, at(600));
}

TEST_F(House, ALostPathIsNoFaultOfWhatLiesBehindIt) {
  needs().of = {on("SERVER")};
  start();
  observe("SERVER", {kUnknown, true, false, false, std::nullopt}, 1);
  probe("SERVER", "SERVER/sql", ProbeOutcome::Success, false);
  probes.back().second.lost = LossReason::PathLost;
  EXPECT_TRUE(has(why("A1@S1/V01"), ReasonKind::NeedUnknown));
  EXPECT_TRUE(has(why("A1@S1/V01"), ReasonKind::PathLost, "SERVER"));
}

TEST_F(House, WorkingAgainstDeadNeedsIsAContradiction) {
  start();
  observe("POWER", kFailed, 1);
  observe("SERVER", works(2), 2);
  EXPECT_EQ(state("SERVER"), kOperational);
  EXPECT_TRUE(impact->node(NodeId("SERVER")).contradiction);
  EXPECT_TRUE(has(why("SERVER"), ReasonKind::Contradiction, "SERVER"));
}

TEST_F(House, BesideATransactionAPingIsNoReason) {
  ProbeSpec ping;
  ping.id = ProbeId("SERVER/ping");
  ProbeSpec sql;
  sql.id = ProbeId("SERVER/sql");
  sql.proof = Proof::Works;
  district.probes = {ping, sql};
  start();
  observe("SERVER", {kDegraded, true, true, false, at(1)}, 1);
  probe("SERVER", "SERVER/ping", ProbeOutcome::Failure);
  probe("SERVER", "SERVER/sql", ProbeOutcome::Slow);
  const Explanation steps = why("SERVER");
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].kind, ReasonKind::ProbeSlow);
}

TEST_F(House, AnExplanationIsBounded) {
  for (int i = 0; i < 40; ++i) {
    const std::string id = "N" + std::to_string(i);
    const std::string next = "N" + std::to_string(i + 1);
    district.components.push_back(component(id.c_str(), {on(next.c_str())}));
  }
  district.components.push_back(component("N40"));
  start();
  observe("N40", kFailed, 1);
  EXPECT_EQ(why("N0").size(), kLongestExplanation);
}

}  // namespace
}  // namespace dienstbereit::core::impact
