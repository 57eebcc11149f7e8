// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <regex>

#include <gtest/gtest.h>

#include "web/operate/desk_test.h"
#include "web/testing/records.h"

namespace dienstbereit::web::operate {
namespace {

const std::vector<std::string> kPages{"/operate/repairs/incident-1",
                                      "/operate/repairs/incident-2",
                                      "/operate/chances/incident-1",
                                      "/operate/chances/incident-2",
                                      "/operate/chances/incident-1/A1@S1",
                                      "/operate/timeline/incident-1",
                                      "/operate/timeline/incident-2",
                                      "/operate/why/A1@S1",
                                      "/operate/why/A1@S1/V1",
                                      "/operate/why/A2@S1"};

class OutagePages : public DeskTest {
 protected:
  OutagePages() : DeskTest(false, "recorded") {}

  std::string body(const std::string& path) { return std::string(get(path).payload->body()); }

  // The first incident is another one from now on.
  template <class Change>
  void change_incident(Change change) {
    auto record = std::make_shared<Record>(*world_->situation.record);
    auto incident = std::make_shared<Incident>(*record->incidents.front());
    change(*incident);
    record->incidents.front() = std::move(incident);
    world_->situation.record = std::move(record);
    desk_.show(test::situation_of(world_));
  }
};

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_F(OutagePages, EachHasItsPictureTwiceAndATableInBothLanguages) {
  const std::regex key("picture\\.[a-z]");
  for (const char* language : {"de", "en"}) {
    gatekeeper_.open[kToken].language = language;
    for (const std::string& path : kPages) {
      const Response page = get(path);
      const std::string text(page.payload->body());
      EXPECT_EQ(page.status, 200) << path;
      EXPECT_LT(text.size(), 60'000u) << path;
      EXPECT_FALSE(contains(text, "<script")) << path;
      EXPECT_FALSE(std::regex_search(text, key)) << path << ": a key without its text";
      const std::size_t pictures = count_of(text, "role=\"img\"");
      EXPECT_EQ(count_of(text, "class=\"pic narrow\""), pictures / 2) << path;
      EXPECT_EQ(count_of(text, "class=\"pic wide\""), pictures / 2) << path;
      EXPECT_EQ(count_of(text, "<desc "), pictures) << path;
      EXPECT_EQ(count_of(text, "role=\"table\""), pictures / 2) << path;
    }
  }
}

TEST_F(OutagePages, TheTableHasTheNumbersOfTheNewestForecast) {
  const std::string text = body("/operate/repairs/incident-1");
  // task-1 ends in 2, 4 or 9 hours; it is 09:30.
  EXPECT_TRUE(contains(text, "heute, 11:30 Uhr"));
  EXPECT_TRUE(contains(text, "heute, 13:30 Uhr"));
  EXPECT_TRUE(contains(text, "heute, 18:30 Uhr"));
  EXPECT_TRUE(contains(text, "Haustechnik in Bereitschaft"));
  EXPECT_TRUE(contains(body("/operate/chances/incident-1"), "70 % normal"));
}

TEST_F(OutagePages, TheWayLeadsToTheFaultWithItsBuffer) {
  const std::string text = body("/operate/why/A1@S1");
  EXPECT_TRUE(contains(text, "Unterbrechungsfreie Stromversorgung (USV)"));
  EXPECT_TRUE(contains(text, "Puffer: 30 Minuten"));
  EXPECT_TRUE(contains(text, "input.voltage 287 V, OVER"));
  EXPECT_TRUE(contains(body("/operate/"), "href=\"/operate/why/A1@S1\""));
}

TEST_F(OutagePages, WhatToDoFirstIsSaidWithWhatItGains) {
  const std::string text = body("/operate/first/incident-1");
  EXPECT_TRUE(contains(text, "2,1 ± 0,3 Orte mehr nutzbar als in der jetzigen Reihenfolge"));
  EXPECT_TRUE(contains(text, "Zuerst die Zwischenlösung (task-4)"));
  EXPECT_TRUE(contains(text, "(noch ohne Aufgabe)"));
  EXPECT_TRUE(contains(text, "wartet auf task-1")) << "task-2 comes after task-1";
  EXPECT_TRUE(contains(text, "Annehmen: So ist die Reihenfolge"));
  EXPECT_TRUE(contains(text, "0,4 ± 0,9 Stunden früher nutzbar kann Zufall sein")) << "order-1";
  EXPECT_TRUE(contains(body("/operate/first/incident-2"), "Es gibt noch keinen Vorschlag"));
  gatekeeper_.open[kToken].language = "en";
  EXPECT_TRUE(contains(body("/operate/first/incident-1"), "2.1 ± 0.3 places more usable"));
  for (const char* path : {"/operate/first/incident-1", "/operate/scores/incident-2"}) {
    const std::string page = body(path);
    EXPECT_FALSE(contains(page, "<script")) << path;
    EXPECT_LT(page.size(), 60'000u) << path;
  }
}

TEST_F(OutagePages, AStaleOrderIsSaidSoAndCannotBeTaken) {
  change_incident([](Incident& incident) { incident.orders.back().stale = true; });
  const std::string text = body("/operate/first/incident-1");
  EXPECT_TRUE(contains(text, "Veraltet:"));
  EXPECT_FALSE(contains(text, "Annehmen: So ist die Reihenfolge"));
  EXPECT_TRUE(contains(text, "Reihenfolge vorschlagen"));
}

TEST_F(OutagePages, APersonTakesAnOrderOrNot) {
  const auto sent = [&] {
    const auto commands = sink_.commands();
    const auto& write = std::get<WriteRecord>(commands.back());
    return std::get<OrderAnswered>(write.changes.at(0));
  };
  EXPECT_EQ(location(post("/operate/order/incident-1", "id=order-2&answer_reason=ja")),
            "/operate/first/incident-1?done=1");
  EXPECT_TRUE(sent().taken);
  EXPECT_EQ(sent().id, OrderId("order-2"));
  EXPECT_EQ(sent().reason, "ja");
  post("/operate/order/incident-1", "id=order-2&leave=1&answer_reason=Lieferung");
  EXPECT_FALSE(sent().taken);
  post("/operate/first/incident-1", "reason=Lage");
  EXPECT_EQ(std::get<ProposeOrder>(sink_.commands().back()).reason, "Lage");
  gatekeeper_.let_in("token-of-viewer", "u-view", RoleSet({Role::View}));
  EXPECT_EQ(post("/operate/order/incident-1", "id=order-2", "token-of-viewer").status, 403);
  EXPECT_FALSE(
      contains(std::string(get("/operate/first/incident-1", "token-of-viewer").payload->body()),
               "Annehmen: So ist"));
}

TEST_F(OutagePages, WhatMattersMostStandsByTheChances) {
  const std::string text = body("/operate/chances/incident-1");
  EXPECT_TRUE(contains(text, "Woran hängt es am meisten?"));
  EXPECT_TRUE(contains(text, "fällt eine Chance von 82 % auf 40 %"));
  EXPECT_TRUE(contains(body("/operate/chances/incident-2"),
                       "An keiner einzelnen Aufgabe hängt eine Öffnung"));
}

TEST_F(OutagePages, ScoresAreToldInWordsAndThenInNumbers) {
  const std::string text = body("/operate/scores/incident-2");
  EXPECT_TRUE(contains(text, "im Mittel 11 Prozentpunkte auseinander; das ist nur mäßig"));
  EXPECT_TRUE(contains(text, "16 von 20"));
  EXPECT_TRUE(contains(text, "0,012"));
  EXPECT_TRUE(contains(text, "forecast-2"));
  EXPECT_TRUE(contains(body("/operate/scores/incident-1"), "wenn der Vorfall geschlossen ist"));
}

TEST_F(OutagePages, WhatDoesNotExistIsSaidSo) {
  for (const char* path :
       {"/operate/first/incident-9", "/operate/scores/x", "/operate/repairs/incident-9",
        "/operate/chances/x", "/operate/timeline/", "/operate/why/", "/operate/why/A1",
        "/operate/why/A1@S9", "/operate/why/A1@S1/V9"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
  EXPECT_TRUE(contains(body("/operate/chances/incident-1/A1@S9"), "Das gibt es nicht"));
}

TEST_F(OutagePages, WithoutForecastsTasksAndEventsThePagesSaySo) {
  change_incident([](Incident& incident) {
    incident.forecasts.clear();
    incident.tasks.clear();
    incident.fixes.clear();
    incident.log.clear();
    incident.faults.clear();
  });
  EXPECT_TRUE(contains(body("/operate/chances/incident-1"), "Es gibt noch keine Prognose"));
  EXPECT_TRUE(contains(body("/operate/repairs/incident-1"), "Es ist noch nichts geplant"));
  EXPECT_EQ(get("/operate/timeline/incident-1").status, 200);
}

// As much as the record admits: the pages keep their bound and say what they leave out.
TEST_F(OutagePages, AHugeOutageIsThinnedAndSaysSo) {
  change_incident([&](Incident& incident) {
    const Instant now = world_->now;
    const std::string name(160, 'M');
    const LogEntry note{"note_added", "note-1", name, {now, "user:u-de"}};
    incident.log.insert(incident.log.end(), 5'000, note);
    for (int i = 0; i < 900; ++i) {
      Task task = incident.tasks.front();
      task.id = TaskId("task-" + std::to_string(100 + i));
      task.title = name;
      incident.tasks.push_back(task);
      incident.faults.push_back({NodeId("DB"), now - std::chrono::minutes(i), now});
    }
    auto forecast = std::make_shared<Forecast>(*incident.forecasts.back());
    for (int i = 0; i < 400; ++i) {
      PlaceForecast place = forecast->places.front();
      place.office = OfficeId("O" + std::to_string(i));
      forecast->places.push_back(place);
    }
    incident.forecasts.insert(incident.forecasts.end(), 300, forecast);
  });
  for (const auto& [path, said] : {std::pair("/operate/timeline/incident-1", "40 von "),
                                   std::pair("/operate/repairs/incident-1", "20 von 909"),
                                   std::pair("/operate/chances/incident-1", " von 403 Orten")}) {
    const std::string text = body(path);
    EXPECT_LT(text.size(), 60'000u) << path;
    EXPECT_TRUE(contains(text, said)) << path;
  }
}

}  // namespace dienstbereit::web::operate
