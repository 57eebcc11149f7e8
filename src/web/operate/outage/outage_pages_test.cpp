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

TEST_F(OutagePages, WhatDoesNotExistIsSaidSo) {
  for (const char* path :
       {"/operate/repairs/incident-9", "/operate/chances/x", "/operate/timeline/", "/operate/why/",
        "/operate/why/A1", "/operate/why/A1@S9", "/operate/why/A1@S1/V9"}) {
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
