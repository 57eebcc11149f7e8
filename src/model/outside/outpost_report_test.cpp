// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/outside/outpost_report.h"

#include <gtest/gtest.h>

#include "model/event.h"

namespace dienstbereit {
namespace {

OutpostReport whole() {
  OutpostReport report{
      OutpostId("AUSSEN"), "0123456789abcdef", Instant(Duration(1'000)), true, 2, 1, {}};
  OutpostItem item;
  item.sequence = 3;
  item.age = Duration(1500);
  item.by_clock = true;
  item.settled = SettledNews{
      ProbeId("WEB/http"), ProbeOutcome::Slow, Duration(20), "time", "ü \"quoted\"", true};
  report.items.push_back(item);
  item = {};
  item.sequence = 4;
  item.lost = LostNews{ProbeId("WEB/http"), LossReason::Broken, "no descriptors"};
  report.items.push_back(item);
  item = {};
  item.sequence = 5;
  item.path = PathNews{UplinkId("DSL"), false, "cut"};
  report.items.push_back(item);
  item = {};
  item.sequence = 9;
  item.steady = SteadyNews{{{ProbeId("MX/smtp"), Duration(7)}}};
  report.items.push_back(item);
  return report;
}

std::string refused(const std::string& text) {
  const auto report = parse_outpost_report(text);
  return report ? "" : report.error().message;
}

std::string changed(const std::string& from, const std::string& to) {
  std::string text = to_json(whole());
  text.replace(text.find(from), from.size(), to);
  return text;
}

ProbeSpec probe(const char* id, ProbeAction action) {
  ProbeSpec spec;
  spec.id = ProbeId(id);
  spec.node = NodeId("WEB");
  spec.from = OutpostId("AUSSEN");
  spec.action = std::move(action);
  return spec;
}

}  // namespace

TEST(OutpostReport, ComesBackAsItWasSent) {
  const auto read = parse_outpost_report(to_json(whole()));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(to_json(*read), to_json(whole()));
  EXPECT_EQ(read->items[0].settled->detail, "ü \"quoted\"");
}

TEST(OutpostReport, WhatCannotBeMeantIsRefusedByName) {
  EXPECT_EQ(refused(to_json(whole())), "");
  EXPECT_NE(refused("{").find("not valid JSON"), std::string::npos);
  EXPECT_NE(refused(changed("0123456789abcdef", "../../etc/passwd")).find("'outbox'"),
            std::string::npos);
  EXPECT_NE(refused(changed("\"sequence\":4", "\"sequence\":3")).find("do not rise"),
            std::string::npos);
  EXPECT_NE(refused(changed("\"age\":1500", "\"age\":-1")).find("item 3"), std::string::npos);
  EXPECT_NE(refused(changed("\"age\":1500", "\"age\":9999999999999")).find("item 3"),
            std::string::npos);
  EXPECT_NE(refused(changed("\"slow\"", "\"broken\"")).find("item 3"), std::string::npos);
  EXPECT_NE(refused(changed("\"slow\"", "\"fine\"")).find("outcome"), std::string::npos);
  EXPECT_NE(refused(changed("\"path\":{", "\"lost\":{\"probe\":\"A\",\"why\":\"stale\","
                                          "\"detail\":\"\"},\"path\":{"))
                .find("item 5"),
            std::string::npos);
}

TEST(OutpostReport, IsBounded) {
  OutpostReport report = whole();
  report.items.clear();
  for (std::size_t i = 0; i <= kMostOutpostItems; ++i) {
    OutpostItem item;
    item.sequence = i + 1;
    item.steady.emplace();
    report.items.push_back(item);
  }
  EXPECT_NE(refused(to_json(report)).find("at most 200"), std::string::npos);
}

TEST(OutpostReport, TextOfStrangersIsCleaned) {
  const auto read = parse_outpost_report(changed("no descriptors", "a\\u0000b\\u001bc"));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->items[1].lost->detail, "a?b?c");
}

TEST(OutpostOrders, HoldWhatTheOutpostRunsAndNothingElseOfTheHouse) {
  District district;
  district.outposts.push_back({OutpostId("AUSSEN"), {}, SiteId(), std::chrono::seconds(40)});
  district.uplinks.push_back({UplinkId("LAN"), {}, "10.0.0.1", true, {}});
  district.uplinks.push_back({UplinkId("DSL"), {}, "", false, OutpostId("AUSSEN")});
  HttpProbe http;
  http.url = "https://kreis.example/";
  http.expect.text = "Willkommen";
  http.expect.json = {{"/a", "1"}};
  http.headers = {{"X-A", "b"}};
  http.credential = "web-password";
  SmtpProbe smtp;
  smtp.target = {"mx.example", 25};
  district.probes = {
      probe("WEB/http", http),
      probe("MX/smtp", smtp),
      probe("NS/dns", DnsProbe{{"192.0.2.1", 53}, "kreis.example", "A", {"x"}}),
      probe("VPN/tcp", TcpProbe{{"192.0.2.2", 443}, true, {}, ""}),
      probe("DB/sql", PostgresProbe{{"192.0.2.3", 5432}, "d", "u", "c", "q", "", ""}),
      probe("SECRET/http", HttpProbe{})};
  district.probes.back().from = OutpostId();
  const OutpostOrders orders = orders_for(district, OutpostId("AUSSEN"));
  EXPECT_EQ(orders.report_every, std::chrono::seconds(10));
  const std::string text = to_json(orders);
  EXPECT_EQ(text.find("SECRET"), std::string::npos);
  EXPECT_EQ(text.find("10.0.0.1"), std::string::npos);

  const auto taken = parse_outpost_orders(text);
  ASSERT_TRUE(taken.has_value()) << taken.error().message;
  ASSERT_EQ(taken->district->probes.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(taken->district->probes[i].id, district.probes[i].id);
    EXPECT_EQ(taken->district->probes[i].action.index(), district.probes[i].action.index());
    EXPECT_TRUE(taken->district->probes[i].from.empty());
  }
  const auto& read = std::get<HttpProbe>(taken->district->probes[0].action);
  EXPECT_EQ(read.expect.json, http.expect.json);
  EXPECT_EQ(read.headers, http.headers);
  ASSERT_EQ(taken->district->uplinks.size(), 1u);

  EXPECT_EQ(orders_for(district, OutpostId("AUSSEN")).hash, orders.hash);
  district.probes[0].interval += Duration(1);
  EXPECT_NE(orders_for(district, OutpostId("AUSSEN")).hash, orders.hash);
}

TEST(OutpostOrders, WhatCannotBeRunIsRefused) {
  EXPECT_FALSE(parse_outpost_orders("").has_value());
  EXPECT_FALSE(parse_outpost_orders(R"({"outpost":"A","hash":"","report_every":0,)"
                                    R"("district":"{}"})")
                   .has_value());
  EXPECT_FALSE(parse_outpost_orders(R"({"outpost":"A","hash":"","report_every":1000,)"
                                    R"("district":"{\"uplinks\":[],\"probes\":[{}]}"})")
                   .has_value());
}

}  // namespace dienstbereit
