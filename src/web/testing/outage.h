// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "view/testing/world.h"

// The first incident of a record with as much as an outage of a day and a half leaves: for the
// pictures of it.
namespace dienstbereit::web::test {

using dienstbereit::test::World;

inline void add_crews(World& world) {
  Crew network;
  network.id = CrewId("NETZ");
  network.name = {"Netz und Server", "Networks and servers"};
  network.hours = parse_hours("Mo-Fr 07:00-16:00").value();
  Crew house;
  house.id = CrewId("HAUS");
  house.name = {"Haustechnik in Bereitschaft", "Building services on call"};
  house.on_call = true;
  world.district->crews = {network, house};
}

// DB needs a switch, which a battery carries for half an hour.
inline void add_way_down(World& world) {
  Component battery;
  battery.id = NodeId("USV");
  battery.name = {"Unterbrechungsfreie Stromversorgung", "Uninterruptible power supply"};
  Component net;
  net.id = NodeId("NET");
  net.name = {"Kernschalter im Rechenzentrum", "Core switch in the data centre"};
  Need power;
  power.node = battery.id;
  power.buffer = std::chrono::minutes(30);
  net.needs.of = {power};
  Need switched;
  switched.node = net.id;
  world.district->components.front().needs.of = {switched};
  world.district->components.push_back(net);
  world.district->components.push_back(battery);
  using dienstbereit::test::step;
  Explanation why{
      step(ReasonKind::NeedDown, "A1@S1/V1", "DB"), step(ReasonKind::NeedDown, "DB", "NET"),
      step(ReasonKind::BufferEmpty, "NET", "USV"), step(ReasonKind::ProbeFailed, "USV")};
  for (ReasonStep& one : why) {
    one.state = kDown;
    one.since = world.now - std::chrono::hours(26);
  }
  why.back().detail = "input.voltage 287 V, OVER";
  for (const char* offer : {"A1@S1/V1", "A3@S1/J1"}) world.offer(offer).now.why = why;
  world.offer("A3@S1/J1").now.why.front().subject = NodeId("A3@S1/J1");
  for (const char* node : {"DB", "NET", "USV"}) {
    NodeSituation& down = world.situation.nodes.emplace_back();
    down.id = NodeId(node);
    down.state = down.calculated = kDown;
    down.since = world.now - std::chrono::hours(26);
  }
}

inline Task a_job(const std::string& id, const std::string& title, const std::string& crew,
                  const Written& written) {
  Task task;
  task.id = TaskId(id);
  task.title = title;
  task.crew = crew;
  task.repairs = {NodeId("DB")};
  task.effort = {std::chrono::hours(1), std::chrono::hours(2), std::chrono::hours(4)};
  task.written = written;
  return task;
}

inline void add_jobs(Incident& incident, Instant now, const Written& written) {
  using std::chrono::hours;
  Task looked = a_job("task-5", "Schäden im Rechenzentrum aufnehmen", "HAUS", written);
  looked.state = TaskState::Done;
  looked.started = now - hours(24);
  looked.ended = now - hours(19);
  Task ordered = a_job("task-4", "Ersatz für den Kernschalter beschaffen", "NETZ", written);
  Task data = a_job("task-6", "Datenbank aus der Sicherung herstellen und gegen die Akten prüfen",
                    "NETZ", written);
  Task gone = a_job("task-7", "Umzug ins Ausweichquartier", "", written);
  gone.state = TaskState::Cancelled;
  gone.ended = now - hours(8);
  for (Task* task : {&looked, &ordered, &data, &gone}) incident.tasks.push_back(*task);
  incident.tasks[0].started = now - hours(3);
  incident.tasks[0].crew = "HAUS";
  incident.tasks[1].crew = "NETZ";
  incident.tasks[2].started = now - hours(18);
  incident.tasks[2].ended = now - hours(15);
}

inline PlaceForecast a_place(const std::string& office, const std::string& site, double normal,
                             Instant opening, Instant likely) {
  using std::chrono::hours;
  PlaceForecast place;
  place.office = OfficeId(office);
  place.site = SiteId(site);
  place.slots = {{opening, normal, normal + (1 - normal) / 2}};
  place.early = likely - hours(7);
  place.likely = likely;
  place.late = likely + hours(20);
  place.public_bound = likely + hours(22);
  return place;
}

inline void add_forecasts(Incident& incident, Instant now) {
  using std::chrono::hours;
  incident.forecasts.clear();
  const std::vector<double> chances{0.2, 0.15, 0.35, 0.3, 0.55, 0.7};
  for (std::size_t i = 0; i < chances.size(); ++i) {
    auto forecast = std::make_shared<Forecast>();
    forecast->id = ForecastId("forecast-" + std::to_string(i + 1));
    forecast->reason = "Lage";
    forecast->runs = 2'000;
    forecast->written = {now - hours(25) + hours(5) * static_cast<int>(i), "user:u-de"};
    const Instant opening = now + hours(i < 4 ? -1 : 23) - std::chrono::minutes(30);
    const Instant likely = now + hours(30) - hours(2) * static_cast<int>(i);
    PlaceForecast lost = a_place("A3", "S1", 0.05, opening, likely);
    lost.late.reset();
    lost.public_bound.reset();
    forecast->places = {a_place("A1", "S1", chances[i], opening, likely),
                        a_place("A1", "S2", chances[i] / 2, opening, likely + hours(9)), lost};
    forecast->places.front().normal_late = now + hours(90);
    forecast->places.front().relapse = 0.07;
    const auto end = [&](const char* task, int early, int mid, int late) {
      forecast->tasks.push_back(
          {TaskId(task), NodeId(), now + hours(early), now + hours(mid), now + hours(late)});
    };
    end("task-1", 2, 4, 9);
    end("task-2", 6, 11, 28);
    end("task-4", 18, 30, 60);
    forecast->tasks.back().late.reset();
    forecast->tasks.push_back({TaskId("task-6"), NodeId(), {}, {}, {}});
    forecast->tasks.push_back(
        {TaskId(), NodeId("USV"), now + hours(7), now + hours(12), now + hours(25)});
    incident.forecasts.push_back(std::move(forecast));
  }
}

inline void add_log(Incident& incident, Instant now) {
  const auto add = [&](int minutes_ago, const char* what, const char* subject, const char* text,
                       const char* by) {
    incident.log.push_back({what, subject, text, {now - std::chrono::minutes(minutes_ago), by}});
  };
  incident.log.clear();
  add(1'560, "incident_opened", "incident-1", "Ausfall der Datendienste", "observer");
  add(1'559, "suspects_found", "incident-1", "USV", "observer");
  add(1'540, "level_set", "emergency", "mehrere Ämter", "user:u-de");
  add(1'500, "forecast_made", "forecast-1", "Lage", "user:u-de");
  add(1'480, "hypothesis_set", "cause-1", "Überspannung im Stromnetz", "user:u-en");
  add(1'470, "note_added", "note-4", "Firmware", "user:u-de");
  add(1'440, "task_moved", "task-5", "started", "user:u-de");
  add(1'140, "task_moved", "task-5", "done", "user:u-de");
  add(1'130, "statement_moved", "statement-2", "published", "user:u-en");
  add(1'000, "opening_decided", "decision-1", "keine Daten", "user:u-de");
  add(900, "fault_changed", "NET", "down", "observer");
  add(600, "evidence_added", "cause-1", "Ableiter hat ausgelöst", "user:u-de");
  add(300, "hypothesis_set", "cause-1", "Überspannung im Stromnetz", "user:u-de");
  add(180, "task_moved", "task-1", "started", "user:u-de");
  add(120, "fix_moved", "fix-1", "in_force", "user:u-de");
  add(90, "fault_changed", "NET", "up", "observer");
  for (int i = 0; i < 40; ++i) add(80 - i, "note_added", "note-1", "Rückruf erledigt", "user:u-de");
  add(40, "note_added", "note-1", "<script>alert(1)</script>", "user:u-de");
}

// An order that was not taken, one that nobody has answered, and what matters.
inline void add_orders(Incident& incident, Instant now) {
  using std::chrono::hours;
  OrderProposal order;
  order.id = OrderId("order-1");
  order.runs = 10'000;
  order.measure = {false, false, 4, now + hours(23), 1.3, {}, {0.4, 0.9}};
  order.written = {now - hours(6), "user:u-de"};
  order.stale = true;
  incident.orders = {order};
  order.id = OrderId("order-2");
  order.reason = "vor dem Wochenende";
  order.written.at = now - hours(1);
  order.stale = false;
  order.steps = {{TaskId("task-4"), NodeId()},
                 {TaskId(), NodeId("USV")},
                 {TaskId("task-2"), NodeId()},
                 {TaskId("task-6"), NodeId()}};
  order.choices = {{TaskId("task-4"), TaskId("task-2"), true},
                   {TaskId("task-6"), TaskId("task-2"), false}};
  order.measure.more = {2.06, 0.31};
  order.measure.hours_sooner = {14.2, 2.1};
  incident.orders.push_back(order);
  auto newest = std::make_shared<Forecast>(*incident.forecasts.back());
  newest->matters = {{TaskId("task-4"), NodeId(), OfficeId("A1"), SiteId("S1"), ServiceId(),
                      now + hours(23), false, 0.82, 0.4},
                     {TaskId(), NodeId("USV"), OfficeId("A1"), SiteId("S2"), ServiceId("V1"),
                      now + hours(23), true, 0.6, 0.5}};
  incident.forecasts.back() = std::move(newest);
}

inline ForecastScores some_scores(Instant now) {
  ForecastScores scores;
  scores.chances = {40, 0.08, 0.0121, 0.15, 0.24, {{12, 0.15, 0.25}, {28, 0.85, 0.75}}};
  scores.intervals = {20, 16, 1, 3};
  scores.tasks = {4, 2, 0, 2};
  scores.versions = {{ForecastId("forecast-1"), {20, 0.1, 0, 0, 0, {}}, {10, 7, 0, 3}},
                     {ForecastId("forecast-2"), {20, 0.06, 0, 0, 0, {}}, {10, 9, 1, 0}}};
  scores.written = {now, "observer"};
  return scores;
}

inline void add_outage(World& world) {
  add_crews(world);
  add_way_down(world);
  auto record = std::make_shared<Record>(*world.situation.record);
  auto incident = std::make_shared<Incident>(*record->incidents.front());
  const Instant now = world.now;
  const Written written{now - std::chrono::hours(25), "user:u-de"};
  incident->since = now - std::chrono::hours(26);
  incident->faults = {{NodeId("USV"), now - std::chrono::hours(26), {}},
                      {NodeId("DB"), now - std::chrono::hours(26), {}},
                      {NodeId("L2"), now - std::chrono::hours(25), now - std::chrono::hours(20)},
                      {NodeId("NET"), now - std::chrono::hours(15), now - std::chrono::hours(1)}};
  add_jobs(*incident, now, written);
  add_forecasts(*incident, now);
  add_log(*incident, now);
  add_orders(*incident, now);
  record->incidents.front() = std::move(incident);
  auto closed = std::make_shared<Incident>(*record->incidents.back());
  closed->scores = some_scores(now);
  record->incidents.back() = std::move(closed);
  world.situation.record = std::move(record);
}

}  // namespace dienstbereit::web::test
