// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/weighing.h"

#include <gtest/gtest.h>

#include "engine/bed_test.h"

// What the engine makes of a district and of what is seen, before the causes are weighed.
namespace dienstbereit::engine {
namespace {

using test::Bed;

constexpr auto kSuccess = ProbeOutcome::Success;
constexpr auto kFailure = ProbeOutcome::Failure;

Component part(const char* id, const char* kind, std::vector<const char*> needs) {
  Component component;
  component.id = NodeId(id);
  component.name = {id, id};
  component.kind = kind;
  component.site = SiteId("S1");
  for (const char* on : needs) {
    Need need;
    need.node = NodeId(on);
    component.needs.of.push_back(need);
  }
  return component;
}

// A battery, and a room with four servers and an arrester on one board; a switch and three more
// servers on another; a rack with three servers more.
std::shared_ptr<const District> on_two_boards() {
  auto district = std::make_shared<District>(*test::small_district());
  const SiteId site = district->sites.front().id;
  std::vector<Component> parts{
      part("SPD", "surge_arrester", {}), part("BOARD", "board", {"SPD"}),
      part("PDU", "pdu", {"BOARD"}),     part("ROOM", "room", {"PDU"}),
      part("BOARD2", "board", {}),       part("SWITCH", "switch", {"BOARD2"}),
      part("UPS", "ups", {"BOARD"})};
  parts[1].needs.op = Operator::Degrades;
  for (Component& one : parts) {
    if (one.kind == "ups") one.needs.of[0].buffer = std::chrono::minutes(30);
  }
  for (const char* id : {"H1", "H2", "H3", "H4"}) parts.push_back(part(id, "server", {"ROOM"}));
  parts.push_back(part("RACK", "rack", {}));
  for (const char* id : {"R1", "R2", "R3"}) parts.push_back(part(id, "server", {"RACK"}));
  for (const char* id : {"K1", "K2", "K3"}) parts.push_back(part(id, "server", {"BOARD2"}));
  for (Component& component : parts) {
    component.site = site;
    if (component.kind == "server" || component.kind == "surge_arrester" ||
        component.kind == "switch" || component.kind == "ups") {
      ProbeSpec probe;
      probe.node = component.id;
      probe.id = ProbeId(component.id.str() + "/p");
      probe.action = TcpProbe{};
      probe.proof = Proof::Works;
      probe.interval = std::chrono::minutes(5);
      probe.attempts = 1;
      district->probes.push_back(probe);
    }
    district->components.push_back(component);
  }
  for (Service& service : district->services) {
    for (const char* server : {"H1", "R1"}) {
      Need need;
      need.node = NodeId(server);
      service.needs.of.push_back(need);
    }
  }
  return district;
}

// The same, and two of the servers need a grid over batteries, in a group.
std::shared_ptr<const District> on_a_grid() {
  auto district = std::make_shared<District>(*on_two_boards());
  Need grid;
  grid.node = NodeId("GRID");
  grid.buffer = std::chrono::minutes(30);
  Need group;
  group.group.emplace_back();
  group.group[0].of = {grid};
  for (Component& component : district->components) {
    const bool on_it = component.id == NodeId("K1") || component.id == NodeId("R1");
    if (on_it) component.needs.of.push_back(group);
  }
  district->components.push_back(part("GRID", "feed", {}));
  return district;
}

struct WeighedLive : testing::Test {
  explicit WeighedLive(std::shared_ptr<const District> district = on_two_boards())
      : bed("2026-11-23T09:00+01:00") {
    bed.district = std::move(district);
    EXPECT_TRUE(bed.start().has_value());
    see({});
  }
  // Everything is measured: these fail, the rest works.
  void see(std::vector<std::string> failing) {
    for (int i = 0; i < 3; ++i) {
      for (const ProbeSpec& probe : bed.district->probes) {
        const bool fails = std::ranges::find(failing, probe.node.str()) != failing.end();
        bed.result(probe.id.str().c_str(), fails ? kFailure : kSuccess);
      }
    }
    bed.pass(std::chrono::seconds(11));
  }
  Answer note_change(std::vector<NodeId> nodes, Duration ago) {
    NoteAdded note;
    note.incident = bed.seen->record->incidents.front()->id;
    note.kind = NoteKind::Change;
    note.text = "Firmware";
    note.nodes = std::move(nodes);
    note.changed_at = bed.clock - ago;
    const auto answer = bed.ask(WriteRecord{{note}});
    EXPECT_TRUE(answer.has_value()) << answer.error().message;
    bed.pass(std::chrono::seconds(11));
    return answer.value_or(Answer());
  }
  void reads(const char* node, Trace trace) {
    bed.clock += std::chrono::seconds(1);
    bed.wall += std::chrono::seconds(1);
    ProbeResult result;
    result.probe = ProbeId(std::string(node) + "/p");
    result.began = bed.clock - Duration(10);
    result.ended = bed.clock;
    result.outcome = kSuccess;
    result.traces.push_back(std::move(trace));
    bed.engine->report(std::move(result));
    bed.turn();
  }
  void runs(const char* node, Duration uptime) { reads(node, UptimeTrace{uptime, std::nullopt}); }
  void all_run_for(std::vector<const char*> nodes, Duration uptime) {
    for (const char* node : nodes) runs(node, uptime);
  }
  void settle() { bed.pass(std::chrono::seconds(11)); }
  // "H1+H2 H3": the sets that are suspected, in their order.
  std::string suspects() const {
    std::string all;
    for (const Suspect& suspect : bed.seen->record->incidents.front()->suspects) {
      all += all.empty() ? "" : " ";
      for (const NodeId& node : suspect.nodes) {
        all += (node == suspect.nodes.front() ? "" : "+") + node.str();
      }
    }
    return all;
  }
  unsigned surge_through(const char* board) const {
    for (const CommonWeight& one : weighing().common) {
      if (one.sort == CommonSort::Surge && one.node == NodeId(board)) return one.percent;
    }
    return 0;
  }
  std::string traces() const {
    std::string all;
    for (const CauseTrace& trace : weighing().traces.value_or(std::vector<CauseTrace>())) {
      all += trace.node.str() + " " + name_of(trace.what) + "; ";
    }
    return all;
  }
  Weighing weighing() const {
    const auto& incidents = bed.seen->record->incidents;
    EXPECT_FALSE(incidents.empty());
    return incidents.empty() ? Weighing() : incidents.front()->weighed.value_or(Weighing());
  }

  Bed bed;
};

struct WeighedInGroups : WeighedLive {
  WeighedInGroups() : WeighedLive(on_a_grid()) {}
};

}  // namespace

TEST_F(WeighedLive, WhatABoardsArresterAndTwoServersTellIsASurge) {
  see({"SPD", "H1", "H2"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.common.empty());
  EXPECT_EQ(found.common[0].sort, CommonSort::Surge);
  EXPECT_EQ(found.common[0].node, NodeId("BOARD"));
  EXPECT_GE(found.common[0].percent, 50u);
}

TEST_F(WeighedLive, OneServerAloneIsNoSurge) {
  see({"H1"});
  const Weighing found = weighing();
  EXPECT_TRUE(found.common.empty());
  ASSERT_FALSE(found.damages.empty());
  EXPECT_EQ(found.damages[0].nodes, std::vector{NodeId("H1")});
  EXPECT_GE(found.damages[0].percent, 80u);
}

TEST_F(WeighedLive, WhatAllServersOfARoomTellIsOfTheRoomsPower) {
  see({"H1", "H2", "H3", "H4"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.damages.empty());
  // The room, its power distribution or the board: nothing that is measured tells them apart.
  EXPECT_EQ(found.damages[0].nodes.size(), 3u);
  EXPECT_FALSE(found.look_next.empty());
}

// ---- what is suspected -------------------------------------------------------------------------

TEST_F(WeighedLive, WhatIsSuspectedStandsInTheOrderOfItsChances) {
  see({"H1", "H2", "H3", "H4"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.damages.empty());
  // A surge can have met the first two; the rule by itself would begin with the room.
  EXPECT_EQ(suspects().substr(0, 14), "PDU ROOM BOARD") << suspects();
}

TEST_F(WeighedLive, ASurgesDamagesAreSuspectedTogetherHoweverManyTheyAre) {
  see({"SPD", "H1", "H2", "H3", "K1"});
  EXPECT_EQ(suspects().substr(0, suspects().find(' ')), "SPD+H1+H2+H3+K1") << suspects();
}

TEST_F(WeighedLive, MostServersOfARoomTellOfTheRoom) {
  see({"H1", "H2", "H3"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.common.empty());
  EXPECT_EQ(found.common[0].sort, CommonSort::Room);
  EXPECT_EQ(found.common[0].node, NodeId("ROOM"));
  EXPECT_GE(found.common[0].percent, 50u);
}

TEST_F(WeighedLive, TheSameOfARack) {
  see({"R1", "R2"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.common.empty());
  EXPECT_EQ(found.common[0].sort, CommonSort::Rack);
  EXPECT_EQ(found.common[0].node, NodeId("RACK"));
}

TEST_F(WeighedLive, AChangeShortlyBeforeTheFirstFallIsNamedFirst) {
  see({"H1", "R1"});
  EXPECT_TRUE(weighing().common.empty()) << "no place of both, and no change yet";
  const Answer noted =
      note_change({NodeId("H1"), NodeId("R1"), NodeId("H2")}, std::chrono::hours(2));
  const Weighing found = weighing();
  ASSERT_FALSE(found.common.empty());
  EXPECT_EQ(found.common[0].sort, CommonSort::Change);
  EXPECT_EQ(found.common[0].note, bed.seen->record->incidents.front()->notes.front().id);
  EXPECT_TRUE(found.common[0].node.empty());
  EXPECT_GE(found.common[0].percent, 80u);
}

TEST_F(WeighedLive, AChangeOfSomethingElseIsNot) {
  see({"H1", "R1"});
  note_change({NodeId("SWITCH")}, std::chrono::hours(2));
  EXPECT_TRUE(weighing().common.empty());
}

TEST_F(WeighedLive, AChangeLongAgoIsNot) {
  see({"H1", "R1"});
  note_change({NodeId("H1"), NodeId("R1")}, std::chrono::hours(26));
  EXPECT_TRUE(weighing().common.empty());
}

TEST_F(WeighedLive, AChangeAfterTheFirstFallIsNot) {
  see({"H1", "R1"});
  bed.pass(std::chrono::minutes(2));
  note_change({NodeId("H1"), NodeId("R1")}, std::chrono::minutes(1));
  EXPECT_TRUE(weighing().common.empty());
}

TEST_F(WeighedLive, ARestartOfTheObserverDoesNotMoveTheFirstFall) {
  see({"H1", "R1"});
  bed.pass(std::chrono::minutes(2));
  bed.clock += std::chrono::seconds(1);
  ASSERT_TRUE(bed.start().has_value());
  see({"H1", "R1"});
  const Instant fell = bed.seen->record->incidents.front()->since;
  note_change({NodeId("H1"), NodeId("R1")}, bed.clock - fell - std::chrono::minutes(1));
  EXPECT_TRUE(weighing().common.empty()) << "a repair, between the fall and the restart";
  note_change({NodeId("H1"), NodeId("R1")}, bed.clock - fell + std::chrono::minutes(1));
  ASSERT_FALSE(weighing().common.empty());
  EXPECT_EQ(weighing().common[0].note, bed.seen->record->incidents.front()->notes.back().id);
}

TEST_F(WeighedInGroups, WhatIsDownIsCarriedByNoBufferInAGroupOfItsNeedsEither) {
  see({"K1", "R1"});
  EXPECT_EQ(suspects().substr(0, suspects().find(' ')), "GRID") << suspects();
}

// ---- what devices remember ---------------------------------------------------------------------

constexpr auto kLong = std::chrono::hours(1000);
constexpr auto kJustNow = std::chrono::seconds(20);

TEST_F(WeighedLive, TracesTurnADoubtfulSurgeIntoTheFirstThing) {
  reads("UPS", PowerTrace{false, false, 230'000});
  all_run_for({"H3", "H4", "K1", "K2", "K3"}, kLong);
  see({"H1", "H2"});
  const unsigned without = surge_through("BOARD");
  EXPECT_LE(without, 50u) << "doubtful";
  EXPECT_EQ(traces(), "");
  reads("UPS", PowerTrace{false, true, 283'000});
  all_run_for({"H3", "H4"}, kJustNow);
  settle();
  EXPECT_GE(surge_through("BOARD"), 80u) << "without traces " << without;
  EXPECT_EQ(traces(), "UPS over_voltage; H3 restarted; H4 restarted; ");
}

TEST_F(WeighedLive, RestartsBehindAnotherBoardSpeakForNoSurgeThroughThisOne) {
  all_run_for({"H3", "H4", "K1", "K2", "K3"}, kLong);
  see({"H1", "H2"});
  const unsigned without = surge_through("BOARD");
  all_run_for({"H3", "H4"}, kLong + std::chrono::minutes(2));
  all_run_for({"K1", "K2", "K3"}, kJustNow);
  settle();
  EXPECT_LE(surge_through("BOARD"), without);
  EXPECT_EQ(traces().find("K1"), std::string::npos) << traces();
}

TEST_F(WeighedLive, RestartsLongBeforeAreNoTraces) {
  all_run_for({"H3", "H4"}, kLong);
  all_run_for({"H3", "H4"}, kJustNow);
  bed.pass(std::chrono::minutes(30));
  see({});
  see({"H1", "H2"});
  const unsigned without = surge_through("BOARD");
  reads("UPS", PowerTrace{true, false, 0});
  settle();
  EXPECT_EQ(surge_through("BOARD"), without) << "a mere transfer to battery speaks for no surge";
  EXPECT_EQ(traces(), "");
}

TEST_F(WeighedLive, ADeviceThatIsFirstAskedAfterwardsTellsWhenItBegan) {
  see({"H1", "H2"});
  const unsigned without = surge_through("BOARD");
  runs("H3", std::chrono::minutes(2));
  runs("H4", std::chrono::hours(3));
  reads("UPS", PowerTrace{false, true, 283'000});
  settle();
  EXPECT_GT(surge_through("BOARD"), without);
  EXPECT_EQ(traces(), "UPS over_voltage; H3 restarted; ");
}

TEST_F(WeighedLive, AJumpOfAClockCountsUnlessItIsThisMachines) {
  for (const char* node : {"H3", "H4"}) reads(node, ClockTrace{Duration(3)});
  see({"H1", "H2", "SPD"});
  reads("H3", ClockTrace{Duration(-90'000)});
  reads("H4", ClockTrace{Duration(-65'000)});
  settle();
  EXPECT_EQ(traces(), "H3 clock_jumped; H4 clock_jumped; ");
  bed.engine->clock_stepped(std::chrono::seconds(90));
  bed.turn();
  runs("H3", kLong);  // no trace, but the search looks again
  see({"H1", "H2", "SPD", "SWITCH"});
  EXPECT_EQ(traces(), "");
}

TEST_F(WeighedLive, ClocksThatMoveByTheSameDidNotJump) {
  const std::vector<const char*> clocks{"H3", "H4", "K1", "K2", "K3"};
  for (const char* node : clocks) reads(node, ClockTrace{Duration(3)});
  see({"H1", "H2", "SPD"});
  const unsigned without = surge_through("BOARD");
  reads("H3", ClockTrace{Duration(903)});  // while this machine's clock is still being slewed
  bed.pass(std::chrono::seconds(11));
  for (const char* node : clocks) reads(node, ClockTrace{Duration(2003)});
  settle();
  EXPECT_EQ(bed.count("trace_noted", R"("what":"clock_jumped","first":false)"), 6u);
  EXPECT_EQ(traces(), "");
  EXPECT_EQ(surge_through("BOARD"), without);
}

TEST_F(WeighedLive, AFewClocksThatMoveByTheSameWhileMostStandStillDidJump) {
  const std::vector<const char*> clocks{"H3", "H4", "K1", "K2", "K3"};
  for (const char* node : clocks) reads(node, ClockTrace{Duration(3)});
  see({"H1", "H2", "SPD"});
  for (const char* node : {"H3", "H4"}) reads(node, ClockTrace{Duration(-90'000)});
  for (const char* node : {"K1", "K2", "K3"}) reads(node, ClockTrace{Duration(3)});
  settle();
  EXPECT_EQ(traces(), "H3 clock_jumped; H4 clock_jumped; ");
}

TEST_F(WeighedLive, ASecondSurgeInOneIncidentHasItsOwnTraces) {
  reads("UPS", PowerTrace{false, false, 230'000});
  all_run_for({"H3", "H4", "K1", "K2", "K3"}, kLong);
  see({"H1"});
  see({});
  bed.pass(std::chrono::hours(2));
  see({});
  see({"H1", "H2"});
  ASSERT_EQ(bed.seen->record->incidents.size(), 1u);
  reads("UPS", PowerTrace{false, true, 283'000});
  all_run_for({"H3", "H4"}, kJustNow);
  settle();
  EXPECT_EQ(traces(), "UPS over_voltage; H3 restarted; H4 restarted; ");
}

TEST_F(WeighedLive, AReplayBringsTracesBack) {
  reads("UPS", PowerTrace{false, false, 230'000});
  all_run_for({"H3", "H4"}, kLong);
  see({"H1", "H2"});
  reads("UPS", PowerTrace{false, true, 283'000});
  all_run_for({"H3", "H4"}, kJustNow);
  settle();
  const Weighing live = weighing();
  const std::string told = traces();
  bed.clock += std::chrono::seconds(1);
  ASSERT_TRUE(bed.start().has_value());
  EXPECT_EQ(weighing(), live) << "as it stands on record";
  see({"H1", "H2", "SWITCH"});  // looked at anew
  EXPECT_EQ(traces(), told);
}

}  // namespace dienstbereit::engine
