// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/outside/mail_queue.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dienstbereit {
namespace {

std::string line(const std::string& id, int second, const std::string& address,
                 const std::string& queue = "deferred") {
  return fmt::format(R"({{"queue_name": "{}", "queue_id": "{}", "arrival_time": {}, )"
                     R"("message_size": 787, "forced_expire": false, "sender": "x@y.example", )"
                     R"("recipients": [{{"address": "{}", "delay_reason": "host said: 450 )"
                     R"(<a@kreis.example> is busy"}}]}})"
                     "\n",
                     queue, id, second, address);
}

MailQueue read(const std::string& text, std::vector<std::string> domains = {}) {
  MailQueueReader reader(std::move(domains));
  reader.feed(text);
  return reader.take();
}

TEST(MailQueueReader, CountsAndOrdersByAge) {
  const MailQueue queue =
      read(line("B2", 200, "a@kreis.example") + line("A1", 100, "b@kreis.example", "hold"));
  EXPECT_EQ(queue.backlog.waiting, 2u);
  EXPECT_EQ(queue.backlog.bytes, 2 * 787u);
  EXPECT_EQ(queue.backlog.oldest, Instant(std::chrono::seconds(100)));
  EXPECT_EQ(queue.held, 1u);
  EXPECT_EQ(queue.domains.at("kreis.example"), 2u);
  ASSERT_EQ(queue.messages.size(), 2u);
  EXPECT_EQ(queue.messages[0].id, "A1");
  EXPECT_EQ(queue.unreadable, 0u);
}

TEST(MailQueueReader, PiecesMakeTheSameAsTheWhole) {
  const std::string text = line("A1", 100, "a@kreis.example") + line("B2", 50, "b@kreis.example");
  MailQueueReader reader({});
  for (const char c : text) reader.feed(std::string_view(&c, 1));
  const MailQueue queue = reader.take();
  ASSERT_EQ(queue.messages.size(), 2u);
  EXPECT_EQ(queue.messages[0].id, "B2");
}

TEST(MailQueueReader, OnlyTheDomainsAskedForCount) {
  const MailQueue queue =
      read(line("A1", 100, "a@KREIS.example") + line("B2", 50, "notfall@aussen.example"),
           {"kreis.example"});
  EXPECT_EQ(queue.backlog.waiting, 1u);
  EXPECT_EQ(queue.backlog.oldest, Instant(std::chrono::seconds(100)));
}

TEST(MailQueueReader, ReasonsNameNobody) {
  EXPECT_EQ(read(line("A1", 1, "a@kreis.example")).messages[0].reason,
            "host said: 450 ... is busy");
}

TEST(MailQueueReader, WhatIsNoMessageIsCountedAndHarmsNothing) {
  const MailQueue queue =
      read("{\n[]\n\"x\"\n{\"queue_id\": \"A1\"}\n" + line("../../etc", 1, "a@kreis.example") +
           line("A1", -5, "a@kreis.example") +
           "{\"queue_id\":\"A2\",\"arrival_time\":99999999999999999}\n" +
           line("OK", 5, "a@kreis.example"));
  EXPECT_EQ(queue.unreadable, 7u);
  EXPECT_EQ(queue.backlog.waiting, 1u);
}

TEST(MailQueueReader, ALineBeyondItsBoundIsPassedOver) {
  const MailQueue queue = read("{\"x\":\"" + std::string(kLongestQueueLine, 'y') + "\"}\n" +
                               line("A1", 1, "a@kreis.example"));
  EXPECT_EQ(queue.unreadable, 1u);
  EXPECT_EQ(queue.backlog.waiting, 1u);
}

TEST(MailQueueReader, ManyDomainsAreSummedUp) {
  std::string text;
  for (int i = 0; i < 150; ++i) text += line(fmt::format("A{}", i), i, fmt::format("a@d{}.de", i));
  const MailQueue queue = read(text);
  EXPECT_EQ(queue.domains.size(), kMostQueueDomains + 1);
  EXPECT_EQ(queue.domains.at("other"), 50u);
}

TEST(MailQueueReport, ComesBackAsWritten) {
  const MailQueueReport report{Instant(Duration(77)), {4, 5, Instant(Duration(66))}, 1, 123};
  const auto back = parse_queue_report(to_json(report));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->at, report.at);
  EXPECT_EQ(back->backlog, report.backlog);
  EXPECT_EQ(back->held, 1u);
  EXPECT_EQ(back->free_bytes, 123u);
  EXPECT_FALSE(parse_queue_report("{}"));
  EXPECT_FALSE(parse_queue_report("hello"));
  EXPECT_FALSE(parse_queue_report("{\"at_ms\":1,\"waiting\":-1,\"free_bytes\":2}"));
}

}  // namespace
}  // namespace dienstbereit
