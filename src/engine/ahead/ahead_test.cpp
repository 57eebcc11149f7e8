// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What first, what matters most, and how good forecasts were, through the engine's inputs.
#include <gtest/gtest.h>

#include "engine/bed_test.h"

namespace dienstbereit::engine {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::at;
using test::Bed;

const IncidentId kIncident("incident-1");

Component component(const char* id) {
  Component made;
  made.id = NodeId(id);
  made.site = SiteId("S1");
  return made;
}

ProbeSpec probe(const char* node) {
  ProbeSpec made;
  made.id = ProbeId(std::string(node) + "/sql");
  made.node = NodeId(node);
  made.action = TcpProbe{};
  made.proof = Proof::Works;
  made.interval = minutes(5);
  made.attempts = 1;
  return made;
}

// An office with one counter that needs one component.
void add_office(District& district, const char* office, const char* service, const char* needs) {
  Office made;
  made.id = OfficeId(office);
  OfficeSite place;
  place.site = SiteId("S1");
  place.hours = parse_hours("Mo-Fr 08:00-16:00; PH off").value();
  made.sites = {place};
  district.offices.push_back(made);
  Service counter;
  counter.id = ServiceId(service);
  counter.kinds = {ServiceKind::Counter};
  Need need;
  need.node = NodeId(needs);
  counter.needs.of = {need};
  Offer offer;
  offer.office = made.id;
  offer.site = place.site;
  counter.offers = {offer};
  district.services.push_back(counter);
}

// One office needs LONG, three need SHORT; one person repairs, around the clock.
std::shared_ptr<const District> four_offices() {
  auto made = std::make_shared<District>();
  Site site;
  site.id = SiteId("S1");
  made->sites = {site};
  made->components = {component("LONG"), component("SHORT")};
  made->probes = {probe("LONG"), probe("SHORT")};
  add_office(*made, "A1", "V1", "LONG");
  add_office(*made, "B1", "V2", "SHORT");
  add_office(*made, "B2", "V3", "SHORT");
  add_office(*made, "B3", "V4", "SHORT");
  Crew crew;
  crew.id = CrewId("IT");
  crew.on_call = true;
  made->crews = {crew};
  made->text = made->hash = "four offices";
  return made;
}

// Friday 16:30, both are down; the long repair is planned first.
class Ahead : public testing::Test {
 protected:
  Ahead() : bed("2026-11-20T16:00+01:00") { bed.district = four_offices(); }

  Result<Answer> close() {
    PhaseChanged closed;
    closed.id = kIncident;
    closed.phase = Phase::Closed;
    closed.evaluation.went_well = "alles";
    closed.evaluation.improvements = "zweite USV";
    return bed.ask(WriteRecord{{closed}});
  }

  void fail_both() {
    ASSERT_TRUE(bed.start().has_value());
    for (const char* one : {"LONG/sql", "SHORT/sql"}) bed.result(one, ProbeOutcome::Success);
    bed.pass(minutes(10));
    for (const char* one : {"LONG/sql", "SHORT/sql"}) bed.result(one, ProbeOutcome::Failure);
    ASSERT_EQ(bed.seen->record->incidents.size(), 1u);
  }
  TaskSet task(const char* node, Duration best, Duration likely, Duration worst) const {
    TaskSet made;
    made.incident = kIncident;
    made.title = node;
    made.repairs = {NodeId(node)};
    made.effort = {best, likely, worst};
    return made;
  }
  void plan_both() {
    ASSERT_TRUE(bed.ask(WriteRecord{{task("LONG", hours(50), hours(55), hours(60))}}).has_value());
    ASSERT_TRUE(bed.ask(WriteRecord{{task("SHORT", hours(8), hours(10), hours(14))}}).has_value());
  }
  void decide_monday(Readiness word, const char* reason) {
    OpeningDecided decision;
    decision.office = OfficeId("A1");
    decision.site = SiteId("S1");
    decision.day = Day(date::year(2026) / 11 / 23);
    decision.word = word;
    decision.reason = reason;
    ASSERT_TRUE(bed.ask(WriteRecord{{decision}}).has_value());
  }
  const Incident& incident() const { return *bed.seen->record->incidents.front(); }
  // All is measured again while the time passes, as it was last.
  void pass(Duration time, ProbeOutcome lasting, ProbeOutcome brief) {
    for (Duration left = time; left > Duration(0); left -= minutes(5)) {
      bed.pass(std::min<Duration>(left, minutes(5)));
      bed.result("LONG/sql", lasting);
      bed.result("SHORT/sql", brief);
    }
  }
  Bed bed;
};

const OrderProposed& order_in(const Answer& answer) {
  return std::get<OrderProposed>(answer.written.at(0));
}

TEST_F(Ahead, WhatMoreOfficesWaitForIsProposedFirst) {
  fail_both();
  plan_both();
  const auto answer = bed.ask(ProposeOrder{kIncident, "vor dem Wochenende"});
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  const OrderProposed& order = order_in(*answer);
  EXPECT_EQ(order.id, OrderId("order-1"));
  EXPECT_EQ(order.reason, "vor dem Wochenende");
  EXPECT_EQ(order.steps,
            (std::vector<OrderStep>{{TaskId("task-2"), NodeId()}, {TaskId("task-1"), NodeId()}}));
  const OrderMeasure& measure = order.measure;
  EXPECT_FALSE(measure.services);
  EXPECT_FALSE(measure.normal) << "what cannot be used at all comes before what is limited";
  EXPECT_EQ(measure.of, 4u);
  // 55 hours lead to Sunday night, and 10 more to Monday morning; or the other way round.
  EXPECT_EQ(measure.by, at("2026-11-23T08:00+01:00"));
  EXPECT_GT(measure.there, 1.0);
  EXPECT_GT(measure.more.mean, 0.5);
  EXPECT_LT(measure.more.mean, 3.0);
  EXPECT_GT(measure.more.half_width, 0);
  // Three offices about 55 hours sooner, one about 10 later.
  EXPECT_NEAR(measure.hours_sooner.mean, 3 * 55 - 10, 10);
  EXPECT_EQ(incident().orders.size(), 1u);
  EXPECT_EQ(bed.count("order_proposed"), 1u);
}

TEST_F(Ahead, TheOrderThatIsTakenIsTheOrderOfTheTasks) {
  fail_both();
  plan_both();
  ASSERT_TRUE(bed.ask(ProposeOrder{kIncident, ""}).has_value());
  ASSERT_TRUE(bed.ask(WriteRecord{{OrderAnswered{kIncident, OrderId("order-1"), true, "ja"}}}));
  EXPECT_LT(find_task(incident(), TaskId("task-2"))->order,
            find_task(incident(), TaskId("task-1"))->order);
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, ""}).has_value());
  EXPECT_EQ(incident().forecasts.back()->tasks.front().task, TaskId("task-2"));
  // What is best already is not bettered.
  const auto again = bed.ask(ProposeOrder{kIncident, ""});
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(order_in(*again).steps.empty());
  EXPECT_EQ(order_in(*again).measure.hours_sooner.mean, 0);
}

TEST_F(Ahead, WhatNobodyHasPlannedYetHasItsPlaceToo) {
  fail_both();
  ASSERT_TRUE(bed.ask(WriteRecord{{task("LONG", hours(500), hours(550), hours(600)),
                                   task("LONG", hours(500), hours(550), hours(600))}})
                  .has_value());
  const auto answer = bed.ask(ProposeOrder{kIncident, ""});
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  ASSERT_EQ(order_in(*answer).steps.size(), 3u);
  EXPECT_EQ(order_in(*answer).steps.front(), (OrderStep{TaskId(), NodeId("SHORT")}));
  ASSERT_TRUE(bed.ask(WriteRecord{{OrderAnswered{kIncident, OrderId("order-1"), true, ""}}}));
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, ""}).has_value());
  EXPECT_EQ(incident().forecasts.back()->tasks.front().node, NodeId("SHORT"))
      << "the forecast counts with it where it was taken";
}

TEST_F(Ahead, TheInterimFixAndThePermanentRepairOfAFaultAreAChoice) {
  fail_both();
  FixSet fix;
  fix.incident = kIncident;
  fix.title = {"Leihgerät", ""};
  fix.for_faults = {NodeId("SHORT")};
  fix.restores = {"Schalter", ""};
  fix.risk = {"keine Reserve", ""};
  fix.owner = "IT";
  fix.expires = bed.clock + hours(24 * 30);
  TaskSet loan = task("SHORT", hours(1), hours(2), hours(3));
  loan.fix = FixId("new");
  ASSERT_TRUE(bed.ask(WriteRecord{{task("SHORT", hours(100), hours(120), hours(140)), fix, loan}})
                  .has_value());
  const auto answer = bed.ask(ProposeOrder{kIncident, ""});
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(order_in(*answer).choices,
            (std::vector<InterimChoice>{{TaskId("task-2"), TaskId("task-1"), true}}));
}

TEST_F(Ahead, WhatCannotBePutInOrderIsRefused) {
  fail_both();
  const auto code = [&](const char* of) {
    const auto answer = bed.ask(ProposeOrder{IncidentId(of), ""});
    return answer ? Errc::Io : answer.error().code;
  };
  EXPECT_EQ(code("incident-9"), Errc::NotFound);
  plan_both();
  ASSERT_TRUE(
      bed.ask(WriteRecord{{TaskMoved{kIncident, TaskId("task-1"), TaskState::Started, ""}}}));
  EXPECT_EQ(code("incident-1"), Errc::Conflict) << "one task has not begun";
  EXPECT_EQ(bed.ask(ProposeOrder{kIncident, std::string(700, 'x')}).error().code,
            Errc::InvalidInput);
  for (const char* one : {"LONG/sql", "SHORT/sql"}) bed.result(one, ProbeOutcome::Success);
  EXPECT_EQ(code("incident-1"), Errc::Conflict) << "all works again";
}

TEST_F(Ahead, TheForecastSaysOnWhichTaskAnOpeningHangs) {
  fail_both();
  TaskSet risky = task("SHORT", hours(20), hours(40), hours(80));
  risky.order = -1;
  ASSERT_TRUE(bed.ask(WriteRecord{{risky, task("LONG", hours(1), hours(2), hours(3))}}));
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, ""}).has_value());
  const auto& matters = incident().forecasts.back()->matters;
  ASSERT_FALSE(matters.empty());
  EXPECT_EQ(matters.front().task, TaskId("task-1"));
  EXPECT_EQ(matters.front().begin, at("2026-11-23T08:00+01:00"));
  EXPECT_GT(matters.front().usual, 0.5);
  EXPECT_EQ(matters.front().late, 0) << "80 hours from Friday end on Tuesday night";
}

// One office needs both: the record names one fault, for the word hangs on it, and the other is
// down all the same.
TEST_F(Ahead, WhatElseIsDownCountsWithItsRepair) {
  auto district = std::make_shared<District>(*four_offices());
  Need other;
  other.node = NodeId("SHORT");
  district->services[0].needs.of.push_back(other);
  district->offices.resize(1);
  district->services.resize(1);
  bed.district = district;
  fail_both();
  ASSERT_EQ(incident().faults.size(), 1u);
  plan_both();
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, ""}).has_value());
  const Forecast& forecast = *incident().forecasts.back();
  EXPECT_EQ(forecast.tasks.size(), 2u);
  const auto chance_at = [&](const char* begin) {
    for (const SlotChance& slot : forecast.places.at(0).slots) {
      if (slot.begin == at(begin)) return slot.normal;
    }
    return -1.0;
  };
  EXPECT_LT(chance_at("2026-11-23T08:00+01:00"), 0.4) << "65 hours from Friday 16:30";
  EXPECT_GT(chance_at("2026-11-24T08:00+01:00"), 0.9);
}

TEST_F(Ahead, ABufferHoldsForAWhileOnly) {
  auto district = std::make_shared<District>(*four_offices());
  district->components.push_back(component("BUFFERED"));
  Need fed;
  fed.node = NodeId("LONG");
  fed.buffer = hours(48);
  district->components.back().needs.of = {fed};
  add_office(*district, "C1", "V5", "BUFFERED");
  bed.district = district;
  fail_both();
  ASSERT_TRUE(bed.ask(WriteRecord{{task("LONG", hours(80), hours(90), hours(99))}}));
  EXPECT_EQ(bed.offer("C1@S1/V5").now.readiness, Readiness::Normal);
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, ""}).has_value());
  const auto& places = incident().forecasts.back()->places;
  const auto held = std::find_if(places.begin(), places.end(), [](const PlaceForecast& place) {
    return place.office == OfficeId("C1") && place.service.empty();
  });
  ASSERT_NE(held, places.end()) << "it is normal now, but will not stay so";
  EXPECT_EQ(held->word, Readiness::Normal);
  EXPECT_LT(held->slots.at(0).normal, 0.1) << "on Monday the buffer has run out";
  EXPECT_GT(*held->normal_late, at("2026-11-23T16:30+01:00"));
}

TEST_F(Ahead, PaperThatLacksWhatItNeedsOpensNothing) {
  auto district = std::make_shared<District>(*four_offices());
  for (Service& service : district->services) service.offline.mode = OfflineMode::Full;
  Need ledger;
  ledger.node = NodeId("LONG");
  district->services[0].offline.needs.of = {ledger};
  bed.district = district;
  fail_both();
  ASSERT_TRUE(bed.ask(WriteRecord{{task("LONG", hours(500), hours(550), hours(600)),
                                   task("SHORT", hours(500), hours(550), hours(600))}}));
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, ""}).has_value());
  const auto proposed = [&](const char* office) {
    for (const OpeningProposal& one : bed.seen->record->proposals) {
      const bool monday = one.day == Day(date::year(2026) / 11 / 23);
      if (monday && one.office == OfficeId(office)) return one.word;
    }
    return Readiness::Unknown;
  };
  EXPECT_EQ(proposed("A1"), Readiness::Closed);
  EXPECT_EQ(proposed("B1"), Readiness::Limited);
}

// ---- beside the engine ------------------------------------------------------------------------

class Beside : public Ahead {
 protected:
  Beside() {
    bed.calculate = [this](std::function<void()> job) { jobs.push_back(std::move(job)); };
  }
  void ask(Command command) {
    bed.engine->command({"cli:uid=1", "IT"}, std::move(command),
                        [this](Result<Answer> answer) { answers.push_back(std::move(answer)); });
    bed.turn();
  }
  void run() {
    auto all = std::move(jobs);
    jobs.clear();
    for (const auto& job : all) job();
    bed.turn();
  }
  std::vector<std::function<void()>> jobs;
  std::vector<Result<Answer>> answers;
};

TEST_F(Beside, ACalculationHoldsNothingUpAndIsAnsweredWhenItsEventIsDurable) {
  fail_both();
  plan_both();
  ask(ProposeOrder{kIncident, ""});
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_TRUE(answers.empty());
  bed.result("LONG/sql", ProbeOutcome::Failure);
  bed.say("LONG", Said::Closed, "2026-11-25T18:00+01:00");  // people are answered meanwhile
  run();
  ASSERT_EQ(answers.size(), 1u);
  ASSERT_TRUE(answers[0].has_value()) << answers[0].error().message;
  EXPECT_EQ(bed.count("order_proposed"), 1u);
  EXPECT_EQ(bed.journal.records.back().actor, "cli:uid=1");
}

TEST_F(Beside, OneAtATime) {
  fail_both();
  plan_both();
  ask(MakeForecast{kIncident, ""});
  ask(ProposeOrder{kIncident, ""});
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].error().code, Errc::Unavailable);
  run();
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_TRUE(answers[1].has_value());
  EXPECT_EQ(bed.count("forecast_made"), 1u);
  ask(ProposeOrder{kIncident, ""});
  run();
  EXPECT_TRUE(answers[2].has_value());
}

TEST_F(Beside, WhatWasCalculatedOfWorkThatHasChangedIsNotTold) {
  fail_both();
  plan_both();
  ask(ProposeOrder{kIncident, ""});
  ASSERT_TRUE(
      bed.ask(WriteRecord{{TaskMoved{kIncident, TaskId("task-2"), TaskState::Started, ""}}}));
  run();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].error().code, Errc::Conflict);
  EXPECT_EQ(bed.count("order_proposed"), 0u);
  ask(MakeForecast{kIncident, ""});
  ASSERT_TRUE(bed.ask(WriteRecord{{TaskMoved{kIncident, TaskId("task-2"), TaskState::Done, ""}}}));
  run();
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[1].error().code, Errc::Conflict);
  EXPECT_EQ(bed.count("forecast_made"), 0u);
}

TEST_F(Beside, WhatWasCalculatedOfAnotherDistrictIsNotTold) {
  fail_both();
  plan_both();
  ask(MakeForecast{kIncident, ""});
  auto other = std::make_shared<District>(*four_offices());
  other->crews[0].size = 2;
  other->text = other->hash = "two people";
  ASSERT_TRUE(bed.ask(LoadDistrict{other}).has_value());
  run();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].error().code, Errc::Conflict);
  EXPECT_EQ(bed.count("forecast_made"), 0u);
}

TEST_F(Beside, WhatTakesTooLongIsEnded) {
  fail_both();
  plan_both();
  ask(ProposeOrder{kIncident, ""});
  bed.pass(Studies::kLongest + std::chrono::seconds(2));
  run();
  EXPECT_EQ(answers.at(0).error().code, Errc::Unavailable);
  ask(ProposeOrder{kIncident, ""});
  bed.engine->stop_studies();
  run();
  EXPECT_EQ(answers.at(1).error().code, Errc::Unavailable);
  ask(MakeForecast{kIncident, ""});
  EXPECT_EQ(answers.at(2).error().code, Errc::Unavailable) << "none begins any more";
}

// ---- how good ----------------------------------------------------------------------------------

TEST_F(Ahead, AClosedIncidentHasItsForecastsScoredByWhatCame) {
  fail_both();
  plan_both();
  ASSERT_TRUE(
      bed.ask(WriteRecord{{TaskMoved{kIncident, TaskId("task-2"), TaskState::Started, ""}}}));
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, "erste"}).has_value());
  pass(hours(10), ProbeOutcome::Failure, ProbeOutcome::Failure);
  ASSERT_TRUE(bed.ask(WriteRecord{{TaskMoved{kIncident, TaskId("task-2"), TaskState::Done, ""}}}));
  pass(hours(56), ProbeOutcome::Failure, ProbeOutcome::Success);  // Monday 10:30
  ASSERT_TRUE(bed.ask(WriteRecord{{TaskMoved{kIncident, TaskId("task-1"), TaskState::Done, ""}}}));
  pass(hours(4), ProbeOutcome::Success, ProbeOutcome::Success);
  ASSERT_EQ(incident().phase, Phase::ServicesBack);
  EXPECT_FALSE(incident().scores);
  ASSERT_TRUE(close().has_value());
  ASSERT_TRUE(incident().scores.has_value());
  const ForecastScores scores = *incident().scores;
  // Of four offices with one counter each the chance of Monday 08:00: three came, one did not.
  EXPECT_EQ(scores.chances.count, 8u);
  EXPECT_NEAR(scores.chances.uncertainty, 0.75 * 0.25, 1e-12);
  EXPECT_LT(scores.chances.brier, 0.25);
  EXPECT_EQ(scores.intervals.count, 8u);
  EXPECT_GE(scores.intervals.inside, 6u) << "after ten hours, of eight to fourteen";
  EXPECT_EQ(scores.tasks.count, 2u);
  ASSERT_EQ(scores.versions.size(), 1u);
  EXPECT_EQ(scores.versions[0].forecast, ForecastId("forecast-1"));
  EXPECT_EQ(scores.versions[0].chances.brier, scores.chances.brier);
  bed.pass(minutes(30));
  EXPECT_EQ(bed.count("forecasts_scored"), 1u);

  // A program started anew reads the same, and scores nothing twice.
  ASSERT_TRUE(bed.start().has_value());
  EXPECT_EQ(incident().scores->chances.brier, scores.chances.brier);
  EXPECT_EQ(bed.count("forecasts_scored"), 1u);
}

TEST_F(Ahead, WhatAPersonKeptClosedIsNoTest) {
  fail_both();
  plan_both();
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, ""}).has_value());
  decide_monday(Readiness::Closed, "Umzug");
  pass(hours(70), ProbeOutcome::Success, ProbeOutcome::Success);  // Monday 14:30
  ASSERT_TRUE(close().has_value());
  ASSERT_TRUE(incident().scores.has_value());
  EXPECT_EQ(incident().scores->chances.count, 6u) << "three offices and their services are left";
  EXPECT_EQ(incident().scores->intervals.count, 6u);
}

TEST_F(Ahead, AWordThatPeopleDecidedIsNoArrival) {
  fail_both();
  plan_both();
  ASSERT_TRUE(bed.ask(MakeForecast{kIncident, ""}).has_value());
  decide_monday(Readiness::Normal, "mit Papier");
  pass(hours(64), ProbeOutcome::Failure, ProbeOutcome::Failure);  // Monday 08:30
  pass(hours(4), ProbeOutcome::Success, ProbeOutcome::Success);
  ASSERT_TRUE(close().has_value());
  EXPECT_EQ(incident().scores->intervals.count, 6u);
}

TEST_F(Ahead, AForecastThatTheJournalWouldNotReadBackIsRefused) {
  fail_both();
  ForecastMade made;
  made.incident = kIncident;
  made.places.resize(5'001);
  const auto told =
      bed.ask(ReportStudy{made, std::make_shared<Incident>(incident()), bed.seen->district});
  ASSERT_FALSE(told.has_value());
  EXPECT_EQ(told.error().code, Errc::LimitExceeded);
  EXPECT_EQ(bed.count("forecast_made"), 0u);
}

}  // namespace
}  // namespace dienstbereit::engine
