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

// A room with four servers and an arrester on one board; a switch on another; a rack with three
// servers more.
std::shared_ptr<const District> on_two_boards() {
  auto district = std::make_shared<District>(*test::small_district());
  const SiteId site = district->sites.front().id;
  std::vector<Component> parts{
      part("SPD", "surge_arrester", {}), part("BOARD", "board", {"SPD"}),
      part("PDU", "pdu", {"BOARD"}),     part("ROOM", "room", {"PDU"}),
      part("BOARD2", "board", {}),       part("SWITCH", "switch", {"BOARD2"})};
  parts[1].needs.op = Operator::Degrades;
  for (const char* id : {"H1", "H2", "H3", "H4"}) parts.push_back(part(id, "server", {"ROOM"}));
  parts.push_back(part("RACK", "rack", {}));
  for (const char* id : {"R1", "R2", "R3"}) parts.push_back(part(id, "server", {"RACK"}));
  for (Component& component : parts) {
    component.site = site;
    if (component.kind == "server" || component.kind == "surge_arrester" ||
        component.kind == "switch") {
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

struct Weighed : testing::Test {
  Weighed() : bed("2026-11-23T09:00+01:00") {
    bed.district = on_two_boards();
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
  Weighing weighing() const {
    const auto& incidents = bed.seen->record->incidents;
    EXPECT_FALSE(incidents.empty());
    return incidents.empty() ? Weighing() : incidents.front()->weighed.value_or(Weighing());
  }

  Bed bed;
};

}  // namespace

TEST_F(Weighed, WhatABoardsArresterAndTwoServersTellIsASurge) {
  see({"SPD", "H1", "H2"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.common.empty());
  EXPECT_EQ(found.common[0].sort, CommonSort::Surge);
  EXPECT_EQ(found.common[0].node, NodeId("BOARD"));
  EXPECT_GE(found.common[0].percent, 50u);
}

TEST_F(Weighed, OneServerAloneIsNoSurge) {
  see({"H1"});
  const Weighing found = weighing();
  EXPECT_TRUE(found.common.empty());
  ASSERT_FALSE(found.damages.empty());
  EXPECT_EQ(found.damages[0].nodes, std::vector{NodeId("H1")});
  EXPECT_GE(found.damages[0].percent, 80u);
}

TEST_F(Weighed, WhatAllServersOfARoomTellIsOfTheRoomsPower) {
  see({"H1", "H2", "H3", "H4"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.damages.empty());
  // The room, its power distribution or the board: nothing that is measured tells them apart.
  EXPECT_EQ(found.damages[0].nodes.size(), 3u);
  EXPECT_FALSE(found.look_next.empty());
}

TEST_F(Weighed, MostServersOfARoomTellOfTheRoom) {
  see({"H1", "H2", "H3"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.common.empty());
  EXPECT_EQ(found.common[0].sort, CommonSort::Room);
  EXPECT_EQ(found.common[0].node, NodeId("ROOM"));
  EXPECT_GE(found.common[0].percent, 50u);
}

TEST_F(Weighed, TheSameOfARack) {
  see({"R1", "R2"});
  const Weighing found = weighing();
  ASSERT_FALSE(found.common.empty());
  EXPECT_EQ(found.common[0].sort, CommonSort::Rack);
  EXPECT_EQ(found.common[0].node, NodeId("RACK"));
}

TEST_F(Weighed, AChangeShortlyBeforeTheFirstFallIsNamedFirst) {
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

TEST_F(Weighed, AChangeOfSomethingElseIsNot) {
  see({"H1", "R1"});
  note_change({NodeId("SWITCH")}, std::chrono::hours(2));
  EXPECT_TRUE(weighing().common.empty());
}

TEST_F(Weighed, AChangeLongAgoIsNot) {
  see({"H1", "R1"});
  note_change({NodeId("H1"), NodeId("R1")}, std::chrono::hours(26));
  EXPECT_TRUE(weighing().common.empty());
}

TEST_F(Weighed, AChangeAfterTheFirstFallIsNot) {
  see({"H1", "R1"});
  bed.pass(std::chrono::minutes(2));
  note_change({NodeId("H1"), NodeId("R1")}, std::chrono::minutes(1));
  EXPECT_TRUE(weighing().common.empty());
}

}  // namespace dienstbereit::engine
