// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>

#include "view/testing/world.h"
#include "words/draft/draft.h"

// A surge on Friday, closed on Monday as it first looks, an interim fix on Sunday: a record with
// everything that a press notice may tell. Tests take things out of it.
namespace dienstbereit::test {

struct Outage {
  World world;
  Incident incident;
  Record record;
  bool exercise = false;

  Outage() {
    add_mail();
    world.district->crews = {
        {CrewId("it"), {"Amt für Informationstechnik", "IT Department"}, 4, {}, {}, true}};
    world.district->components.front().public_name = {"Datenbank der Zulassung",
                                                      "registration database"};
    world.district->administration.public_url = "https://status.beispiel.example/";
    world.district->administration.ags = "05999";
    world.go_to("2026-11-22T17:00:00+01:00");
    world.situation.headline_day = day("2026-11-23");
    head();
    causes();
    measures();
    forecasts();
    decisions();
  }

  words::DraftFacts facts() const {
    return {*world.district, record, &incident, world.situation, world.now, exercise, 4711};
  }
  words::DraftFacts facts_without_incident() const {
    return {*world.district, kNothing, nullptr, world.situation, world.now, exercise, 4711};
  }
  words::Draft draft(StatementKind kind) const { return words::draft(kind, facts()); }

  Forecast& forecast(std::size_t index) { return forecasts_.at(index); }
  // After a change of forecast(): the record holds copies.
  void renew() {
    incident.forecasts.clear();
    for (const Forecast& one : forecasts_) {
      incident.forecasts.push_back(std::make_shared<const Forecast>(one));
    }
  }
  void forget_forecasts(std::size_t from, std::size_t to) {
    forecasts_.erase(forecasts_.begin() + static_cast<std::ptrdiff_t>(from),
                     forecasts_.begin() + static_cast<std::ptrdiff_t>(to));
    renew();
  }
  // What the pages show of the day while nobody has decided.
  void leave_monday_open() { world.set_all(unknown(), "2026-11-23"); }

 private:
  static inline const Record kNothing{};
  std::vector<Forecast> forecasts_;

  static Written written(const std::string& when) { return {at(when), "user:u-1"}; }

  void add_mail() {
    Service mail;
    mail.id = ServiceId("I3");
    mail.name = {"E-Mail", "E-mail"};
    mail.kinds = {ServiceKind::Channel};
    Offer offer;
    offer.office = OfficeId("A9");
    offer.site = SiteId("S1");
    mail.offers = {offer};
    world.district->services.push_back(mail);
  }
  void head() {
    incident.id = IncidentId("incident-1");
    incident.title = {"Ausfall der Datendienste", "Failure of the data services"};
    incident.since = at("2026-11-20T07:10:00+01:00");
    incident.opened = written("2026-11-20T07:12:00+01:00");
    incident.phase = Phase::ServicesBack;
    incident.back_at = at("2026-11-22T15:30:00+01:00");
    incident.level = Level::Emergency;
    incident.trigger = {"Überspannung im Stromnetz des Hauses", "a power surge in the building"};
    incident.lead = "A9";
    incident.next_report = at("2026-11-23T10:00:00+01:00");
    incident.faults = {{NodeId("DB"), incident.since, at("2026-11-22T15:30:00+01:00")}};
    incident.notes = {{NoteId("note-1"), NoteKind::HandOver, "Übergabe der Nachtschicht", "A9", "",
                       written("2026-11-21T23:00:00+01:00")}};
  }
  void causes() {
    incident.hypotheses = {{HypothesisId("cause-1"),
                            {"Fehler in der Einspeisung", "a fault in the feeder"},
                            {NodeId("DB")},
                            CauseState::Likely,
                            "Messprotokoll",
                            {},
                            written("2026-11-21T11:00:00+01:00")}};
  }
  void measures() {
    Task loan;
    loan.id = TaskId("task-1");
    loan.title = "Leihgerät einbauen";
    loan.fix = FixId("fix-1");
    loan.crew = "it";
    loan.state = TaskState::Done;
    loan.started = at("2026-11-22T09:00:00+01:00");
    loan.ended = at("2026-11-22T15:00:00+01:00");
    Task repair;
    repair.id = TaskId("task-2");
    repair.title = "Netzteile tauschen";
    repair.repairs = {NodeId("DB")};
    repair.crew = "it";
    repair.disturbs = Disturbs::No;
    incident.tasks = {loan, repair};
    Fix fix;
    fix.id = FixId("fix-1");
    fix.title = {"ein geliehenes Gerät", "a loan device"};
    fix.restores = {"alle Datendienste, die Homepage und E-Mail",
                    "all data services, the website and e-mail"};
    fix.risk = {"keine zweite Leitung", "no second line"};
    fix.owner = "it";
    fix.expires = at("2026-11-27T18:00:00+01:00");
    fix.follow_up = TaskId("task-2");
    fix.state = FixState::InForce;
    fix.since = loan.ended;
    incident.fixes = {fix};
  }
  void add_place(Forecast& forecast, const std::string& office, const std::string& site,
                 Readiness word, double chance) const {
    PlaceForecast place;
    place.office = OfficeId(office);
    place.site = SiteId(site);
    place.word = word;
    place.slots = {{at("2026-11-23T08:00:00+01:00"), chance, chance}};
    forecast.places.push_back(place);
  }
  void add_service(Forecast& forecast, const std::string& service) const {
    PlaceForecast place;
    place.office = OfficeId("A9");
    place.site = SiteId("S1");
    place.service = ServiceId(service);
    place.word = Readiness::Closed;
    forecast.places.push_back(place);
  }
  void forecasts() {
    Forecast first;
    first.id = ForecastId("forecast-1");
    first.reason = "erste Schätzung";
    first.written = written("2026-11-20T14:00:00+01:00");
    add_place(first, "A1", "S1", Readiness::Closed, 0.04);
    add_place(first, "A1", "S2", Readiness::Closed, 0.04);
    add_place(first, "A2", "S1", Readiness::Limited, 0.08);
    add_place(first, "A3", "S1", Readiness::Closed, 0.04);
    add_place(first, "A4", "S1", Readiness::Limited, 0.04);
    add_service(first, "I1");
    add_service(first, "I3");
    first.all_repaired_early = at("2026-11-25T12:00:00+01:00");
    first.all_repaired_late = at("2026-11-30T12:00:00+01:00");
    Forecast last;
    last.id = ForecastId("forecast-2");
    last.reason = "Leihgerät läuft";
    last.written = written("2026-11-22T16:00:00+01:00");
    add_place(last, "A1", "S1", Readiness::Normal, 0.97);
    last.all_repaired_early = at("2026-11-24T14:00:00+01:00");
    last.all_repaired_late = at("2026-11-25T16:00:00+01:00");
    forecasts_ = {first, last};
    renew();
  }
  void decide(const std::string& office, const std::string& site) {
    const std::size_t number = record.decisions.size() + 1;
    OpeningDecision closed;
    closed.id = DecisionId("decision-" + std::to_string(number));
    closed.incident = incident.id;
    closed.office = OfficeId(office);
    closed.site = SiteId(site);
    closed.day = day("2026-11-23");
    closed.word = Readiness::Closed;
    closed.reason = "Reparatur dauert an";
    closed.written = written("2026-11-20T16:00:00+01:00");
    closed.replaced_by = DecisionId("decision-" + std::to_string(number + 1));
    OpeningDecision open = closed;
    open.id = closed.replaced_by;
    open.word = Readiness::Normal;
    open.reason = "Leihgerät läuft";
    open.written = written("2026-11-22T16:30:00+01:00");
    open.replaces = closed.id;
    open.replaced_by = DecisionId();
    record.decisions.push_back(closed);
    record.decisions.push_back(open);
  }
  void decisions() {
    decide("A1", "S1");
    decide("A1", "S2");
    decide("A2", "S1");
    decide("A3", "S1");
    decide("A4", "S1");
  }
};

}  // namespace dienstbereit::test
