// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// From the record to a plan, and what follows from it, on a working state alone.
#include "engine/ahead/plan.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/ahead/finished.h"
#include "engine/bed_test.h"
#include "engine/outlook.h"

namespace dienstbereit::engine {
namespace {

using core::recovery::PlannedTask;
using std::chrono::hours;
using std::chrono::minutes;
using test::at;
using test::Bed;

const IncidentId kIncident("incident-1");
const IncidentId kOther("incident-2");

using Ids = std::vector<const char*>;

Component component(const char* id, const Ids& needs = {}, Duration restart = {},
                    const Ids& after = {}) {
  Component made;
  made.id = NodeId(id);
  made.site = SiteId("S1");
  for (const char* on : needs) made.needs.of.emplace_back().node = NodeId(on);
  made.restart_time = restart;
  for (const char* before : after) made.restart_after.push_back(NodeId(before));
  return made;
}

Crew crew(const char* id, const char* hours_text, std::vector<std::string> skills = {}) {
  Crew made;
  made.id = CrewId(id);
  made.size = 2;
  made.skills = std::move(skills);
  made.on_call = hours_text == nullptr;
  if (hours_text) made.hours = parse_hours(hours_text).value();
  return made;
}

// Each of `served` has a counter of its own, "V-<id>"; each of `probed` is measured.
District district_of(std::vector<Component> components, const Ids& served, const Ids& probed) {
  District made;
  made.sites.emplace_back().id = SiteId("S1");
  made.components = std::move(components);
  Office office;
  office.id = OfficeId("A1");
  office.sites.emplace_back().site = SiteId("S1");
  office.sites[0].hours = parse_hours("Mo-Fr 08:00-16:00; PH off").value();
  made.offices = {office};
  for (const char* id : served) {
    Service& counter = made.services.emplace_back();
    counter.id = ServiceId(fmt::format("V-{}", id));
    counter.kinds = {ServiceKind::Counter};
    counter.needs.of.emplace_back().node = NodeId(id);
    Offer& offer = counter.offers.emplace_back();
    offer.office = office.id;
    offer.site = SiteId("S1");
  }
  for (const char* id : probed) {
    ProbeSpec& probe = made.probes.emplace_back();
    probe.id = ProbeId(fmt::format("{}/sql", id));
    probe.node = NodeId(id);
    probe.action = TcpProbe{};
    probe.proof = Proof::Works;
    probe.interval = minutes(5);
  }
  made.crews = {crew("CALL", nullptr)};
  return made;
}

// Wednesday 25 November 2026, 10:00.
class PlanOfRecord : public testing::Test {
 protected:
  PlanOfRecord() : bed("2026-11-25T10:00+01:00"), state(bed) {}

  void load(District made) {
    made.text = made.hash = "a plan";
    ASSERT_TRUE(state.prepare(std::make_shared<const District>(std::move(made))).has_value());
    fold(ObserverStarted{"1", now, false, false});
    fold(DistrictLoaded{"a plan", "plan"});
    open(kIncident);
  }
  void fold(const EventPayload& payload) {
    const auto folded = state.fold(payload, {now, "observer"});
    ASSERT_TRUE(folded.has_value()) << folded.error().message;
  }
  void open(const IncidentId& id) {
    fold(IncidentOpened{id, false, {"Ausfall", ""}, now, {}});
    state.settle(now);
  }
  void fault(const IncidentId& of, const char* node, bool down) {
    fold(ObservationSettled{ProbeId(fmt::format("{}/sql", node)),
                            down ? ProbeOutcome::Failure : ProbeOutcome::Success, now, "", "",
                            false});
    fold(FaultChanged{of, NodeId(node), down});
    state.settle(now);
  }
  TaskSet task(const char* id, const char* node, Estimate effort) const {
    TaskSet made;
    made.incident = kIncident;
    made.id = TaskId(id);
    made.version = 1;
    if (node) made.repairs = {NodeId(node)};
    made.effort = effort;
    return made;
  }
  void move(const char* id, TaskState to) { fold(TaskMoved{kIncident, TaskId(id), to, ""}); }
  void put_in_force(const char* id, const char* node) {
    FixSet fix;
    fix.incident = kIncident;
    fix.id = FixId(id);
    fix.version = 1;
    fix.for_faults = {NodeId(node)};
    fix.expires = now + hours(24 * 30);
    fold(fix);
    fold(FixMoved{kIncident, fix.id, FixState::InForce, ""});
  }
  RecordPlan plan() const {
    return plan_for(state, *find_incident(*state.ledger().record(), kIncident), now);
  }
  // What restores the first node of the plan: "task-1 estimate N".
  std::string restored_by() const {
    std::string ids;
    for (const PlannedTask& one : plan().plan.tasks) {
      if (!one.restores.empty()) ids += (ids.empty() ? "" : " ") + one.id;
    }
    return ids;
  }
  ForecastMade forecast() const {
    const StopFlag stop;
    const auto made = make_forecast(state, kIncident, "", now, stop);
    EXPECT_TRUE(made.has_value()) << made.error().message;
    return made.value_or(ForecastMade{});
  }
  // Minutes from now until the service is normal in half of the runs; -1: nobody can say.
  long normal_after(const char* served) const {
    for (const PlaceForecast& place : forecast().places) {
      if (place.service != ServiceId(fmt::format("V-{}", served))) continue;
      if (!place.normal_likely) return -1;
      return std::chrono::duration_cast<minutes>(*place.normal_likely - now).count();
    }
    ADD_FAILURE() << served << " is as usual";
    return -1;
  }

  Instant now = at("2026-11-25T10:00+01:00");
  Bed bed;
  WorkingState state;
};

const PlannedTask* find_in(const core::recovery::Plan& plan, const char* id) {
  for (const PlannedTask& task : plan.tasks) {
    if (task.id == id) return &task;
  }
  return nullptr;
}

// ---- estimates ---------------------------------------------------------------------------------

TEST_F(PlanOfRecord, APartThatAnOldEstimateLeftOutIsAsTheNextOne) {
  load(district_of({component("N")}, {"N"}, {"N"}));
  fault(kIncident, "N", true);
  TaskSet old = task("task-1", "N", {Duration(0), Duration(0), hours(2)});
  old.delivery = Estimate{Duration(0), hours(24), hours(48)};
  fold(old);
  fold(task("task-2", nullptr, {Duration(0), Duration(0), hours(2)}));
  move("task-2", TaskState::Started);
  now += hours(1);
  move("task-2", TaskState::Done);
  const RecordPlan made = plan();
  const PlannedTask* planned = find_in(made.plan, "task-1");
  ASSERT_NE(planned, nullptr);
  EXPECT_EQ(std::get<Estimate>(planned->effort), (Estimate{hours(2), hours(2), hours(2)}));
  EXPECT_EQ(planned->delivery->takes, (Estimate{hours(24), hours(24), hours(48)}));
  EXPECT_EQ(made.lesson.tasks, 0u) << "no lesson from an estimate that nobody gave";
  EXPECT_FALSE(forecast().learnt.has_value());
}

// ---- what is done ------------------------------------------------------------------------------

TEST_F(PlanOfRecord, ARepairBeforeTheLastFaultRestoresNothing) {
  load(district_of({component("N")}, {"N"}, {"N"}));
  fault(kIncident, "N", true);
  fold(task("task-1", "N", {hours(1), hours(1), hours(1)}));
  now += hours(1);
  move("task-1", TaskState::Done);
  EXPECT_EQ(restored_by(), "task-1");
  now += minutes(5);
  fault(kIncident, "N", false);
  now += hours(4);
  fault(kIncident, "N", true);
  EXPECT_EQ(restored_by(), "estimate N");
}

TEST_F(PlanOfRecord, ARepairThatHasNotHelpedRestoresNothing) {
  load(district_of({component("N", {}, minutes(30))}, {"N"}, {"N"}));
  fault(kIncident, "N", true);
  fold(task("task-1", "N", {hours(1), hours(1), hours(1)}));
  now += hours(1);
  move("task-1", TaskState::Done);
  now += minutes(20);
  EXPECT_EQ(restored_by(), "task-1") << "it may still start";
  now += hours(3);
  EXPECT_EQ(restored_by(), "estimate N") << "it has been seen down ever since";
}

TEST_F(PlanOfRecord, WhatHasNotGotWhatItNeedsMayBeRepairedAllTheSame) {
  load(district_of({component("POWER"), component("N", {"POWER"})}, {"N"}, {"N", "POWER"}));
  fault(kIncident, "POWER", true);
  fault(kIncident, "N", true);
  fold(task("task-1", "N", {hours(1), hours(1), hours(1)}));
  now += hours(1);
  move("task-1", TaskState::Done);
  now += hours(3);
  EXPECT_EQ(restored_by(), "task-1 estimate POWER");
}

TEST_F(PlanOfRecord, AnInterimFixInForceThatHasNotHelpedRestoresNothing) {
  load(district_of({component("N")}, {"N"}, {"N"}));
  fault(kIncident, "N", true);
  now += hours(1);
  put_in_force("fix-1", "N");
  now += minutes(3);
  EXPECT_EQ(plan().plan.interims.size(), 1u);
  now += hours(3);
  EXPECT_TRUE(plan().plan.interims.empty());
}

// ---- what others plan --------------------------------------------------------------------------

TEST_F(PlanOfRecord, WhatAnotherIncidentPlansComesWithPartsPeopleAndWhatIsBefore) {
  District made = district_of({component("N"), component("M")}, {"N", "M"}, {"N", "M"});
  made.crews.push_back(crew("STORE", nullptr, {"storage"}));
  load(std::move(made));
  open(kOther);
  fault(kIncident, "N", true);
  fault(kOther, "M", true);
  TaskSet order = task("task-1", nullptr, {hours(1), hours(1), hours(1)});
  order.incident = kOther;
  order.delivery = Estimate{hours(48), hours(96), hours(168)};
  order.part = "Controller";
  fold(order);
  TaskSet swap = task("task-2", "M", {hours(1), hours(2), hours(3)});
  swap.incident = kOther;
  swap.crew = "STORE";
  swap.skill = "storage";
  swap.after = {TaskId("task-1")};
  fold(swap);
  TaskSet done = task("task-3", nullptr, {hours(1), hours(2), hours(3)});
  done.incident = kOther;
  fold(done);

  const RecordPlan planned = plan();
  ASSERT_TRUE(core::recovery::check(planned.plan).has_value());
  const PlannedTask* repair = find_in(planned.plan, "elsewhere task-2");
  ASSERT_NE(repair, nullptr);
  EXPECT_EQ(repair->skill, "storage");
  EXPECT_EQ(repair->crew, CrewId("STORE"));
  EXPECT_EQ(repair->after, std::vector<std::string>{"elsewhere task-1"});
  EXPECT_EQ(repair->restores, std::vector<std::size_t>{1});
  const PlannedTask* before = find_in(planned.plan, "elsewhere task-1");
  ASSERT_NE(before, nullptr);
  EXPECT_TRUE(before->delivery.has_value());
  EXPECT_EQ(find_in(planned.plan, "elsewhere task-3"), nullptr) << "nothing here waits for it";

  const ForecastMade seen = forecast();
  ASSERT_EQ(seen.tasks->size(), 2u) << "a repair of either, not what another does before";
  EXPECT_GT(normal_after("M"), 60 * 72);
  for (const TaskForecast& ends : *seen.tasks) EXPECT_FALSE(ends.node.empty());
}

TEST_F(PlanOfRecord, ASkillThatNobodyHasInAnotherIncidentKeepsNoForecastBack) {
  load(district_of({component("N"), component("M")}, {"N", "M"}, {"N", "M"}));
  open(kOther);
  fault(kIncident, "N", true);
  fault(kOther, "M", true);
  TaskSet swap = task("task-1", "M", {hours(1), hours(2), hours(3)});
  swap.incident = kOther;
  swap.skill = "magic";
  fold(swap);
  EXPECT_EQ(forecast().tasks->size(), 2u);
}

// ---- who works when ----------------------------------------------------------------------------

TEST_F(PlanOfRecord, WorkThatWasBegunDaysAgoCounts) {
  District made = district_of({component("N")}, {"N"}, {"N"});
  made.crews = {crew("IT", "Mo-Fr 08:00-16:00")};
  load(std::move(made));
  fault(kIncident, "N", true);
  fold(task("task-1", "N", {hours(2), hours(4), hours(8)}));
  const Instant begun = now = at("2026-11-25T14:00+01:00");
  move("task-1", TaskState::Started);
  now = at("2026-11-27T08:30+01:00");
  EXPECT_EQ(plan().plan.crews.at(0).calendar.worked(begun, now), hours(10) + minutes(30));
}

TEST_F(PlanOfRecord, ANightShiftIsAtWorkAfterMidnight) {
  District made = district_of({component("N")}, {"N"}, {"N"});
  made.crews = {crew("NIGHT", "Mo-Su 22:00-06:00")};
  load(std::move(made));
  now = at("2026-11-26T01:00+01:00");
  fault(kIncident, "N", true);
  EXPECT_TRUE(plan().plan.crews.at(0).calendar.works_at(now));
}

TEST_F(PlanOfRecord, ATaskTookTheTimeOfWhoIsFirstToDoItWithOvertimeAtItsEnd) {
  District made = district_of({component("N")}, {"N"}, {"N"});
  made.crews = {crew("IT", "Mo-Th 08:00-16:00; Fr 08:00-13:00"),
                crew("CALL", nullptr, {"power", "lift"})};
  load(std::move(made));
  const auto took = [&](const char* from, const char* to, const char* skill) {
    const std::size_t before = finished_tasks(state).size();
    TaskSet one =
        task(fmt::format("task-{}", before + 1).c_str(), "N", {hours(1), hours(2), hours(3)});
    one.skill = skill;
    now = at(from);
    fold(one);
    move(one.id.str().c_str(), TaskState::Started);
    now = at(to);
    move(one.id.str().c_str(), TaskState::Done);
    return finished_tasks(state).back().took;
  };
  EXPECT_EQ(took("2026-11-26T14:00+01:00", "2026-11-27T09:00+01:00", ""), hours(3));
  EXPECT_EQ(took("2026-11-27T12:30+01:00", "2026-11-28T08:30+01:00", "power"), hours(20));
  EXPECT_EQ(took("2026-11-28T20:00+01:00", "2026-11-28T23:00+01:00", ""), hours(3));
  EXPECT_EQ(took("2026-12-04T10:00+01:00", "2026-12-04T18:00+01:00", ""), hours(8));
}

TEST_F(PlanOfRecord, WhatWasMergedIntoAnotherIncidentTeachesOnce) {
  load(district_of({component("N")}, {"N"}, {"N"}));
  open(kOther);
  TaskSet one = task("task-1", "N", {hours(1), hours(2), hours(3)});
  one.incident = kOther;
  fold(one);
  fold(TaskMoved{kOther, one.id, TaskState::Started, ""});
  now += hours(2);
  fold(TaskMoved{kOther, one.id, TaskState::Done, ""});
  EXPECT_EQ(finished_tasks(state).size(), 1u);
  fold(IncidentMerged{kIncident, kOther, ""});
  ASSERT_EQ(find_incident(*state.ledger().record(), kIncident)->tasks.size(), 1u);
  EXPECT_EQ(finished_tasks(state).size(), 1u);
}

// ---- restarts: SAN is repaired in four hours, and takes 20 minutes to start --------------------

class Restarts : public PlanOfRecord {
 protected:
  void load_and_fail(District made) {
    load(std::move(made));
    fault(kIncident, "SAN", true);
    fold(task("task-1", "SAN", {hours(4), hours(4), hours(4)}));
    now += minutes(1);
  }
};

constexpr int kSan = 4 * 60 + 20;  // minutes

TEST_F(Restarts, WhatIsNeededStartsFirst) {
  load_and_fail(
      district_of({component("SAN", {}, minutes(20)), component("DB", {"SAN"}, minutes(5), {"SAN"}),
                   component("GIS", {"DB"}, minutes(60))},
                  {"SAN", "DB", "GIS"}, {"SAN"}));
  EXPECT_EQ(normal_after("SAN"), kSan);
  EXPECT_EQ(normal_after("DB"), kSan + 5);
  EXPECT_EQ(normal_after("GIS"), kSan + 5 + 60);
}

TEST_F(Restarts, WhatStartsAtOnceWaitsForItsOrderToo) {
  load_and_fail(district_of(
      {component("SAN", {}, minutes(20)), component("DB", {"SAN"}),
       component("DISK", {"SAN"}, minutes(10)), component("APP", {"SAN"}, {}, {"DB", "DISK"}),
       component("WEB", {}, minutes(5), {"APP"})},
      {"DB", "APP", "WEB"}, {"SAN", "WEB"}));
  fault(kIncident, "WEB", true);
  fold(task("task-2", "WEB", {hours(1), hours(1), hours(1)}));
  EXPECT_EQ(normal_after("DB"), kSan);
  EXPECT_EQ(normal_after("APP"), kSan + 10);
  EXPECT_EQ(normal_after("WEB"), kSan + 10 + 5);
}

TEST_F(Restarts, MembersOfALoopDoNotWaitForEachOther) {
  District made =
      district_of({component("SAN", {}, minutes(20)), component("AD", {"SAN", "DNS"}, minutes(10)),
                   component("DNS", {"SAN", "AD"}, minutes(5), {"AD"})},
                  {"DNS"}, {"SAN"});
  made.mutual = {{"names", {NodeId("AD"), NodeId("DNS")}}};
  load_and_fail(std::move(made));
  EXPECT_EQ(normal_after("DNS"), kSan + 10 + 5) << "in the order that is told";
}

TEST_F(Restarts, AnOrderAgainstWhatIsNeededIsPassedOver) {
  load_and_fail(district_of(
      {component("SAN", {}, minutes(20)), component("FRONT", {"SAN", "BACK"}, minutes(10)),
       component("BACK", {"SAN"}, minutes(5), {"FRONT"})},
      {"FRONT"}, {"SAN"}));
  EXPECT_EQ(normal_after("FRONT"), kSan + 5 + 10);
}

}  // namespace
}  // namespace dienstbereit::engine
