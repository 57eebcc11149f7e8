// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/cause.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace dienstbereit::calc {
namespace {

using Json = nlohmann::json;

Result<std::string> ask(const std::string& text, bool stop = false) {
  StopFlag flag;
  if (stop) flag.ask();
  double clock = 0;
  Setting setting;
  setting.stop = &flag;
  setting.milliseconds = [&clock] { return clock += 2; };
  return cause(text, setting);
}

// A feed with a UPS and three hosts behind it, ids with gaps; a fourth host has no feed.
Json file() {
  const auto host = [](int id) {
    return Json{{"id", id},   {"kind", "host"}, {"prior", 0.006},
                {"feed", 10}, {"probed", true}, {"needs_all_of_any", {{20}}}};
  };
  Json nodes = {{{"id", 10},
                 {"kind", "feed"},
                 {"prior", 0.002},
                 {"feed", 10},
                 {"probed", false},
                 {"needs_all_of_any", Json::array()}},
                {{"id", 20},
                 {"kind", "ups"},
                 {"prior", 0.004},
                 {"feed", 10},
                 {"probed", true},
                 {"needs_all_of_any", {{10}}}},
                host(30),
                host(40),
                host(50),
                {{"id", 60}, {"prior", 0.006}}};
  return {{"nodes", nodes},
          {"probe_model",
           {{"false_negative", 0.02}, {"false_positive", 0.002}, {"missing", 0.05}, {"rounds", 3}}},
          {"surge", {{"prior_per_feed", 0.004}, {"damage_prob_per_device", 0.35}}},
          {"cases",
           {{{"name", "c1"},
             {"down_reports", {{"30", 3}, {"40", 2}}},
             {"up_reports", {{"20", 3}, {"50", 3}, {"60", 3}}}}}}};
}

Json answer(const Json& question) {
  const auto text = ask(question.dump());
  EXPECT_TRUE(text.has_value()) << text.error().message;
  return Json::parse(*text)["cases"][0];
}

void expect_problem(const Json& question, const std::string& part) {
  const auto text = ask(question.dump());
  ASSERT_FALSE(text.has_value()) << *text;
  EXPECT_NE(text.error().message.find(part), std::string::npos) << text.error().message;
}

double chance_of_surge(const Json& found) {
  for (const Json& cause : found["common_causes"])
    if (cause["feed"] == 10) return cause["probability"];
  return 0;
}

}  // namespace

TEST(CalcCause, TwoHostsOfOneFeedAreASurgeRatherThanTwoAccidents) {
  const Json found = answer(file());
  EXPECT_EQ(found["name"], "c1");
  EXPECT_EQ(found["common_causes"][0]["feed"], 10);
  EXPECT_EQ(found["common_causes"][1]["feed"], -1);
  EXPECT_NEAR(found["common_causes"][0]["probability"].get<double>() +
                  found["common_causes"][1]["probability"].get<double>(),
              1, 1e-9);
  EXPECT_EQ(found["candidates"][0]["nodes"], Json::array({30}));
  EXPECT_EQ(found["candidates"][1]["nodes"], Json::array({40}));
  EXPECT_GT(found["candidates"][1]["probability"], 0.99);
  EXPECT_EQ(found["damage"][0]["node"], 30);
  EXPECT_TRUE(found["next_tests"].is_array());
  EXPECT_EQ(found["milliseconds"], 2.0);
}

TEST(CalcCause, WhatASurgeLeavesBehindMakesItLikelier) {
  Json question = file();
  const double before = chance_of_surge(answer(question));
  question["cases"][0]["evidence"] = {{{"kind", "ups_over_voltage"}, {"node", 20}}};
  const double reading = chance_of_surge(answer(question));
  EXPECT_GT(reading, before);
  question["evidence_model"] = {{"ups_over_voltage", {{"with_surge", 0.1}, {"without", 0.1}}}};
  EXPECT_LT(chance_of_surge(answer(question)), before);  // only the silence of the others is left
}

TEST(CalcCause, WhatTheFeedItselfShowsSpeaksForItsSurgeAsWhatItsDevicesShow) {
  for (const char* kind : {"ups_over_voltage", "restarted", "clock_jump"}) {
    Json question = file();
    question["cases"][0]["evidence"] = {{{"kind", "restarted"}, {"node", 60}}};  // on no feed
    const double without = chance_of_surge(answer(question));
    question["cases"][0]["evidence"].push_back({{"kind", kind}, {"node", 10}});
    EXPECT_GT(chance_of_surge(answer(question)), without) << kind;
  }
}

TEST(CalcCause, RatesWithoutASurgeHoldForDevicesThatAreDownTooUnlessTheirsAreGiven) {
  Json question = file();
  question["cases"][0]["evidence"] = {{{"kind", "restarted"}, {"node", 30}}};
  Json& rates = question["evidence_model"]["restarted"];
  rates = {{"with_surge", 0.4}, {"without", 0.01}};
  const double left_out = chance_of_surge(answer(question));
  rates["without_down"] = 0.01;
  EXPECT_EQ(chance_of_surge(answer(question)), left_out);
  rates["without_down"] = 0.4;
  EXPECT_LT(chance_of_surge(answer(question)), left_out);
}

TEST(CalcCause, TheEndsOfWhatAChanceCanBeAreTaken) {
  const char* const places[] = {"/nodes/2/prior", "/surge/prior_per_feed",
                                "/surge/damage_prob_per_device"};
  for (const char* place : places) {
    for (const int end : {0, 1}) {
      Json question = file();
      question[Json::json_pointer(place)] = end;
      const Json found = answer(question);
      double sum = 0;
      for (const Json& cause : found["common_causes"]) sum += cause["probability"].get<double>();
      EXPECT_NEAR(sum, 1, 1e-9) << place << ' ' << end;
    }
  }
}

TEST(CalcCause, AGroupWithoutMembersIsNeverMet) {
  Json question = file();
  question["nodes"][1]["needs_all_of_any"] = Json::array({Json::array()});  // the UPS
  question["cases"][0]["up_reports"] = {{"60", 3}};
  question["cases"][0]["down_reports"] = {{"30", 3}, {"40", 3}, {"50", 3}};
  const Json found = answer(question);
  EXPECT_EQ(found["candidates"], Json::array());  // what is down needs no damage
  question["nodes"] = Json::array();
  question["cases"][0]["up_reports"] = Json::object();
  question["cases"][0]["down_reports"] = Json::object();
  EXPECT_EQ(answer(question)["common_causes"], Json::parse(R"([{"feed":-1,"probability":1.0}])"));
}

TEST(CalcCause, GroupsAndIdsAreBoundedOnlyByTheirDocumentedBounds) {
  Json question = file();
  for (int at = 0; at < 1'500; ++at) question["nodes"][5]["needs_all_of_any"].push_back({20});
  question["nodes"][2]["id"] = 9'007'199'254'740'991;
  question["cases"][0]["down_reports"] = {{"9007199254740991", 3}, {"40", 2}};
  EXPECT_EQ(answer(question)["candidates"][0]["nodes"], Json::array({9'007'199'254'740'991}));
}

TEST(CalcCause, NodesThatNothingTellsApartAreOneCandidate) {
  Json question = file();
  question["cases"][0]["up_reports"] = {{"60", 3}};
  question["cases"][0]["down_reports"] = {{"30", 3}, {"40", 3}, {"50", 3}};
  EXPECT_EQ(answer(question)["candidates"][0]["nodes"], Json::array({10, 20}));
}

TEST(CalcCause, WithoutReportsThereIsNoCandidate) {
  Json question = file();
  question["cases"][0]["up_reports"] = Json::object();
  question["cases"][0]["down_reports"] = Json::object();
  const Json found = answer(question);
  EXPECT_EQ(found["candidates"], Json::array());
  EXPECT_EQ(found["common_causes"][0]["feed"], -1);
}

TEST(CalcCause, WhatIsWrongIsSaidWithItsPlace) {
  const auto changed = [](const char* pointer, const Json& value) {
    Json question = file();
    question[Json::json_pointer(pointer)] = value;
    return question;
  };
  expect_problem(changed("/nodes/2/prior", 1.1), "nodes[2].prior: is 1.1");
  expect_problem(changed("/nodes/2/prior", -0.1), "nodes[2].prior");
  expect_problem(changed("/nodes/2/prior", nullptr), "nodes[2].prior");
  expect_problem(changed("/nodes/2/id", 20), "nodes[2].id: the id 20 stands twice");
  expect_problem(changed("/nodes/2/id", -1), "nodes[2].id");
  expect_problem(changed("/nodes/2/colour", "red"), "colour");
  expect_problem(changed("/nodes/2/feed", 20), "nodes[2].feed: the node 20 is no feed");
  expect_problem(changed("/nodes/2/feed", 70), "nodes[2].feed: no node has the id 70");
  expect_problem(changed("/nodes/2/needs_all_of_any/0/0", 70), "no node has the id 70");
  expect_problem(changed("/nodes/0/needs_all_of_any", {{30}}), "a cycle of needs: ");
  expect_problem(changed("/nodes/0/needs_all_of_any", {{10}}), "10 -> 10");
  expect_problem(changed("/probe_model/missing", 2), "probe_model.missing");
  expect_problem(changed("/probe_model/false_negative", 0.999), "the wrong way round");
  expect_problem(changed("/surge/prior_per_feed", 2), "surge.prior_per_feed");
  expect_problem(changed("/nodes/2/id", 9'007'199'254'740'992), "nodes[2].id");
  expect_problem(changed("/cases/0/down_reports/70", 1), "no node has this id");
  expect_problem(changed("/cases/0/down_reports/030", 1), "no node has this id");
  expect_problem(changed("/cases/0/down_reports/30", 4), "30");
  expect_problem(changed("/cases/0/up_reports/30", 1), "3 down and 1 up reports are more than 3");
  expect_problem(changed("/cases/0/up_reports/10", 1), "not probed");
  expect_problem(changed("/cases/0/evidence", {{{"kind", "smell"}, {"node", 20}}}), "evidence[0]");
  expect_problem(changed("/cases/0/evidence", {{{"kind", "restarted"}, {"node", 70}}}),
                 "evidence[0].node: no node");
}

TEST(CalcCause, AllCasesAreAnsweredInTheirOrder) {
  Json three = file();
  three["cases"] = Json::array();
  for (const char* name : {"a", "b", "c"})
    three["cases"].push_back({{"name", name}, {"down_reports", {}}, {"up_reports", {}}});
  for (Json& one : three["cases"]) one["down_reports"] = one["up_reports"] = Json::object();
  const Json found = Json::parse(ask(three.dump()).value());
  ASSERT_EQ(found["cases"].size(), 3U);
  EXPECT_EQ(found["cases"][2]["name"], "c");
  three["cases"] = Json::array();
  EXPECT_EQ(*ask(three.dump()), R"({"cases":[]})");
}

TEST(CalcCause, MoreCasesOfManyNodesThanCanBeLookedAtAreRefused) {
  Json many = file();
  for (std::size_t id = 100; id < 100 + kMostCaseNodes / kMostCases; ++id)
    many["nodes"].push_back({{"id", id}, {"prior", 0}});
  const Json empty{{"name", ""}, {"down_reports", Json::object()}, {"up_reports", Json::object()}};
  many["cases"] = std::vector<Json>(kMostCases, empty);
  const auto text = ask(many.dump());
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().code, Errc::LimitExceeded);
  EXPECT_NE(text.error().message.find("10000 cases of 20006 nodes"), std::string::npos)
      << text.error().message;
}

TEST(CalcCause, ItCanBeStopped) {
  const auto text = ask(file().dump(), true);
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().code, stopped().code);
}

}  // namespace dienstbereit::calc
