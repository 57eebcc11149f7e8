// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "view/outage/chances.h"
#include "view/outage/repairs.h"
#include "view/outage/timeline.h"
#include "view/outage/why.h"
#include "view/testing/world.h"

namespace dienstbereit::view {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::at;

const Instant kNow = at("2026-11-23T09:30:00+01:00");  // a Monday

std::shared_ptr<Forecast> forecast(Instant made) {
  auto made_forecast = std::make_shared<Forecast>();
  made_forecast->written.at = made;
  return made_forecast;
}

PlaceForecast place(const std::string& office, double normal, std::optional<Instant> likely) {
  PlaceForecast told;
  told.office = OfficeId(office);
  told.site = SiteId("S1");
  told.slots = {{kNow + hours(1), normal, normal}, {kNow + hours(25), 1, 1}};
  told.likely = likely;
  return told;
}

Task task(const std::string& id, TaskState state, std::optional<Instant> started = {},
          std::optional<Instant> ended = {}) {
  Task made;
  made.id = TaskId(id);
  made.state = state;
  made.started = started;
  made.ended = ended;
  return made;
}

LogEntry entry(const std::string& what, const std::string& subject, Instant when) {
  return {what, subject, "", {when, "user:u-1"}};
}

}  // namespace

TEST(Chances, EachForecastGivesThePlaceOnePointOfItsNextOpening) {
  Incident incident;
  auto first = forecast(kNow);
  first->places = {place("A1", 0.2, kNow + hours(9)), place("A2", 0.5, kNow + hours(2))};
  first->places.back().service = ServiceId("V1");
  auto second = forecast(kNow + hours(1));
  second->places = {place("A1", 0.4, kNow + hours(5)), place("A3", 0.1, {})};
  incident.forecasts = {first, second};
  const Chances all = chances(incident);
  ASSERT_EQ(all.places.size(), 2u) << "a service is no place";
  EXPECT_EQ(all.places[0].office.str(), "A3") << "what cannot be foreseen is first";
  const PlaceChances& known = all.places[1];
  ASSERT_EQ(known.points.size(), 2u);
  EXPECT_EQ(known.points[0].normal, 0.2);
  EXPECT_EQ(known.points[1].made, kNow + hours(1));
  EXPECT_EQ(known.points[1].opening, kNow + hours(1));
  EXPECT_EQ(known.likely, kNow + hours(5)) << "of the newest";
}

TEST(Chances, AnOpeningThatHasBegunIsNotTheNextOne) {
  const PlaceForecast told = place("A1", 0.2, {});
  EXPECT_EQ(next_slot(told, kNow)->begin, kNow + hours(1));
  EXPECT_EQ(next_slot(told, kNow + minutes(61))->begin, kNow + hours(25));
  EXPECT_EQ(next_slot(told, kNow + hours(26)), nullptr);
}

TEST(Chances, APlaceThatTheNewestForecastLeavesOutIsLastAndAsUsual) {
  Incident incident;
  auto first = forecast(kNow);
  first->places = {place("A1", 0.2, {}), place("A2", 0.2, {})};
  auto second = forecast(kNow + hours(1));
  second->places = {place("A2", 0.4, kNow + hours(5))};
  incident.forecasts = {first, second};
  const Chances all = chances(incident);
  EXPECT_EQ(all.places.back().office.str(), "A1");
  EXPECT_FALSE(all.places.back().in_newest);
  EXPECT_TRUE(all.places.front().in_newest);
}

TEST(Chances, OfManyForecastsTheFirstAndTheNewestStay) {
  Incident incident;
  for (int i = 0; i < 100; ++i) {
    auto one = forecast(kNow + std::chrono::seconds(i));
    one->places = {place("A1", i / 100.0, kNow)};
    incident.forecasts.push_back(one);
  }
  const PlaceChances shown = chances(incident).places.at(0);
  EXPECT_EQ(shown.points.size(), kMostVersions);
  EXPECT_EQ(shown.versions, 100u);
  EXPECT_EQ(shown.points.front().normal, 0.0);
  EXPECT_EQ(shown.points.back().normal, 0.99);
}

TEST(Repairs, WorkStandsWithItsCrewAndItsEndOfTheNewestForecast) {
  District district;
  Crew crew;
  crew.id = CrewId("IT");
  crew.hours = parse_hours("Mo-Fr 07:00-16:00").value();
  district.crews = {crew};
  Incident incident;
  incident.tasks = {task("task-1", TaskState::Started, kNow - hours(1)),
                    task("task-2", TaskState::Planned),
                    task("task-3", TaskState::Done, kNow - hours(5), kNow - hours(4))};
  incident.tasks[0].crew = "IT";
  incident.tasks[2].crew = "IT";
  auto newest = forecast(kNow);
  newest->tasks = {{TaskId("task-1"), NodeId(), kNow + hours(2), kNow + hours(3), kNow + hours(26)},
                   {TaskId(), NodeId("DB"), kNow + hours(1), kNow + hours(4), {}}};
  incident.forecasts = {newest};
  const Repairs plan = repairs(incident, district, kNow);
  ASSERT_EQ(plan.lanes.size(), 2u);
  const Lane& lane = plan.lanes[0];
  EXPECT_EQ(lane.crew, &district.crews[0]);
  ASSERT_EQ(lane.work.size(), 2u);
  EXPECT_TRUE(lane.work[0].over);
  EXPECT_EQ(lane.work[1].late, kNow + hours(26));
  EXPECT_EQ(plan.time.from, kNow - hours(5));
  EXPECT_EQ(plan.time.to, kNow + hours(26));
  ASSERT_EQ(lane.hours.size(), 2u) << "this Monday and Tuesday";
  EXPECT_EQ(lane.hours[0].from, at("2026-11-23T07:00:00+01:00"));
  EXPECT_EQ(lane.hours[1].to, plan.time.to) << "cut where the plan ends";
  ASSERT_EQ(plan.lanes[1].work.size(), 2u);
  EXPECT_EQ(plan.lanes[1].work[0].node.str(), "DB") << "assumed, for a fault without a task";
  EXPECT_FALSE(plan.lanes[1].work[1].likely) << "the forecast says nothing of it";
}

TEST(Repairs, AFixComesWithItsTaskHoldsAndDoesNotStretchThePlan) {
  Incident incident;
  Fix fix;
  fix.id = FixId("fix-1");
  fix.expires = kNow + hours(24 * 300);
  incident.fixes = {fix};
  incident.tasks = {task("task-1", TaskState::Planned)};
  incident.tasks[0].fix = fix.id;
  auto newest = forecast(kNow);
  newest->tasks = {{TaskId("task-1"), NodeId(), kNow + hours(2), kNow + hours(4), kNow + hours(8)}};
  incident.forecasts = {newest};
  const Repairs planned = repairs(incident, District(), kNow);
  ASSERT_EQ(planned.lanes.back().kind, LaneKind::Fixes);
  EXPECT_EQ(planned.lanes.back().work[0].likely, kNow + hours(4));
  EXPECT_EQ(planned.time.to, kNow + hours(10)) << "a quarter more than the last end";
  incident.fixes[0].state = FixState::InForce;
  incident.fixes[0].since = kNow - hours(1);
  const Work held = repairs(incident, District(), kNow).lanes.back().work[0];
  EXPECT_EQ(held.began, kNow - hours(1));
  EXPECT_EQ(held.until, fix.expires);
  EXPECT_FALSE(held.likely);
}

TEST(Repairs, OfHundredsWhatIsOpenStaysFirst) {
  Incident incident;
  for (int i = 0; i < 300; ++i) {
    incident.tasks.push_back(task("task-" + std::to_string(i), TaskState::Done, kNow - hours(i + 2),
                                  kNow - hours(i + 1)));
  }
  incident.tasks.push_back(task("task-300", TaskState::Planned));
  const Repairs plan = repairs(incident, District(), kNow);
  EXPECT_EQ(plan.shown, kMostWork);
  EXPECT_EQ(plan.of, 301u);
  const auto& work = plan.lanes.at(0).work;
  EXPECT_EQ(work.back().task->id.str(), "task-300");
  EXPECT_EQ(work.front().ended, kNow - hours(19)) << "the last ones that ended, oldest first";
  EXPECT_FALSE(plan.hours_left_out);
}

TEST(Timeline, EventsKeepTheirTopicAndACauseItsState) {
  Incident incident;
  incident.since = kNow - hours(3);
  incident.log = {entry("incident_opened", "incident-1", kNow - hours(2)),
                  entry("hypothesis_set", "cause-1", kNow - hours(1)),
                  entry("hypothesis_set", "cause-1", kNow - minutes(30)),
                  entry("opening_decided", "decision-1", kNow - minutes(20))};
  Hypothesis cause;
  cause.id = HypothesisId("cause-1");
  cause.state = CauseState::Confirmed;
  incident.hypotheses = {cause};
  Note change;
  change.id = NoteId("note-2");
  change.kind = NoteKind::Change;
  incident.notes = {Note{}, change};
  incident.log.push_back(entry("note_added", "note-2", kNow - minutes(10)));
  const Timeline all = timeline(incident, kNow);
  ASSERT_EQ(all.events.size(), 5u);
  EXPECT_EQ(all.events[4].change, &incident.notes[1]);
  EXPECT_EQ(all.events[3].change, nullptr);
  EXPECT_EQ(all.events[0].topic, Topic::Incident);
  EXPECT_FALSE(all.events[1].cause) << "what it was then is not on record";
  EXPECT_EQ(all.events[2].cause, CauseState::Confirmed);
  EXPECT_EQ(all.events[3].topic, Topic::Decisions);
  EXPECT_EQ(all.from, kNow - hours(3));
  EXPECT_EQ(all.to, kNow);
}

TEST(Timeline, FaultsAreCountedAsTheyComeAndGo) {
  Incident incident;
  incident.faults = {{NodeId("A"), kNow - hours(3), kNow - hours(1)},
                     {NodeId("B"), kNow - hours(2), {}},
                     {NodeId("C"), kNow - hours(1), {}},
                     {NodeId("D"), kNow, kNow - hours(1)}};
  const Timeline all = timeline(incident, kNow);
  ASSERT_EQ(all.faults.size(), 2u) << "as one ends another begins: no step";
  EXPECT_EQ(all.faults[0].down, 1u);
  EXPECT_EQ(all.faults[1].down, 2u);
  EXPECT_EQ(all.faults_most, 2u);
}

TEST(Timeline, OfThousandsOfEventsThoseStayThatChangeWhatIsKnown) {
  Incident incident;
  incident.log = {entry("incident_opened", "incident-1", kNow - hours(99))};
  for (int i = 0; i < 5'000; ++i) {
    incident.log.push_back(entry("note_added", "note-1", kNow - minutes(5'000 - i)));
  }
  incident.log.push_back(entry("fix_moved", "fix-1", kNow));
  const Timeline all = timeline(incident, kNow);
  EXPECT_EQ(all.of, 5'002u);
  ASSERT_EQ(all.events.size(), kMostEvents);
  EXPECT_EQ(all.events.front().entry->what, "incident_opened");
  EXPECT_EQ(all.events.back().entry->what, "fix_moved");
  EXPECT_EQ(all.events[1].entry, &incident.log[1]) << "of notes the first";
  EXPECT_EQ(all.events[kMostEvents - 2].entry, &incident.log[5'000]) << "and the last";
}

TEST(WhyPath, LeadsFromTheServiceToTheFaultWithStatesAndBuffers) {
  test::World world;
  Need need;
  need.node = NodeId("L2");
  need.buffer = minutes(30);
  Need group;
  group.group = {Needs{Operator::Any, {need}}};
  world.district->components.front().needs.of = {group};
  NodeSituation down;
  down.id = NodeId("L2");
  down.state = kDown;
  world.situation.nodes = {down};
  const NodeId offer("A1@S1/V1");
  world.offer(offer.str()).now = test::closed_by_failure(
      {test::step(ReasonKind::NeedDown, "A1@S1/V1", "DB"),
       test::step(ReasonKind::BufferEmpty, "DB", "L2"), test::step(ReasonKind::ProbeFailed, "L2"),
       test::step(ReasonKind::ServicesClosed, "A1@S1/V1")});
  const auto why = why_of(world.situation, offer);
  ASSERT_TRUE(why);
  ASSERT_EQ(why->path.size(), 3u);
  EXPECT_EQ(why->path[0].reasons.size(), 2u) << "also what is said of it further down";
  EXPECT_EQ(why->path[0].buffer, Duration(0));
  EXPECT_EQ(why->path[1].buffer, minutes(30)) << "of a need within a group";
  EXPECT_FALSE(why->path[1].state);
  EXPECT_EQ(why->path[2].state, kDown);
  EXPECT_FALSE(why_of(world.situation, NodeId("A1@S1/V9")));
}

TEST(WhyPath, ServicesWithTheSameWayAreToldOnce) {
  test::World world;
  world.situation.offers.push_back(world.offer("A1@S1/V1"));
  world.situation.offers.back().node = NodeId("A1@S1/V2");
  world.situation.offers.push_back(world.offer("A1@S1/V1"));
  world.situation.offers.back().node = NodeId("A1@S1/V3");
  for (const char* id : {"A1@S1/V1", "A1@S1/V2"}) {
    world.offer(id).now = test::closed_by_failure({test::step(ReasonKind::NeedDown, id, "DB")});
  }
  const auto all = whys(world.situation, OfficeId("A1"), SiteId("S1"));
  ASSERT_EQ(all.size(), 1u) << "V3 is normal";
  EXPECT_EQ(all[0].asked.str(), "A1@S1/V1");
  ASSERT_EQ(all[0].also.size(), 1u);
  EXPECT_EQ(all[0].also[0].str(), "A1@S1/V2");
}

}  // namespace dienstbereit::view
