// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/log.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dienstbereit::fallback::mail {
namespace {

Instant at(const std::string& rfc3339) { return parse_rfc3339(rfc3339).value(); }

struct Logged : testing::Test {
  MailLog log{{"[192.0.2.25]:25",
               {"kreis.example"},
               at("2026-11-26T00:00:00Z"),
               at("2026-11-26T12:00:00Z"),
               TimeZone::find("UTC").value()}};

  void say(const std::string& service, const std::string& id, const std::string& fact,
           const std::string& time = "Nov 26 04:20:37") {
    log.feed(fmt::format("{} mx2 postfix/{}[4711]: {}: {}\n", time, service, id, fact));
  }
  void take(const std::string& id, const std::string& message_id,
            const std::string& time = "Nov 26 04:20:37") {
    say("smtpd", id, "client=mail.fremd.example[203.0.113.9]", time);
    say("cleanup", id, "message-id=<" + message_id + ">", time);
    say("qmgr", id, "from=<x@fremd.example>, size=787, nrcpt=1 (queue active)", time);
  }
  void deliver(const std::string& id, const std::string& status = "sent",
               const std::string& relay = "192.0.2.25[192.0.2.25]:25",
               const std::string& to = "a@kreis.example") {
    say("relay/smtp", id,
        fmt::format("to=<{}>, relay={}, delay=1, dsn=2.0.0, status={} (250 Ok)", to, relay,
                    status));
  }
  void remove(const std::string& id) { say("qmgr", id, "removed"); }
  LogSum sum() { return log.sum(nullptr, Instant()); }
};

constexpr const char* kFirst = "4jZjyY6YKmz1cXRL";
constexpr const char* kSecond = "4jZjyY6hCMz1cXRx";

TEST_F(Logged, WhatThePrimaryHasIsDelivered) {
  take(kFirst, "one@fremd");
  deliver(kFirst);
  remove(kFirst);
  EXPECT_EQ(sum().accepted, 1u);
  EXPECT_EQ(sum().delivered, 1u);
  EXPECT_EQ(sum().lost(), 0u);
}

TEST_F(Logged, ACopyInTheEmergencyMailboxIsNoDelivery) {
  take(kFirst, "one@fremd");
  deliver(kFirst, "sent", "198.51.100.7[198.51.100.7]:25", "notfall@anderswo.example");
  EXPECT_EQ(sum().open, 1u);
  remove(kFirst);
  EXPECT_EQ(sum().deleted, 1u);
  EXPECT_EQ(sum().lost(), 1u);
}

TEST_F(Logged, OneMessageThatCameTwiceCountsOnceAndOnlyWhenBothAreThere) {
  take(kFirst, "one@fremd");
  take(kSecond, "one@fremd");
  deliver(kFirst);
  remove(kFirst);
  EXPECT_EQ(sum().accepted, 1u);
  EXPECT_EQ(sum().open, 1u);
  deliver(kSecond);
  remove(kSecond);
  EXPECT_EQ(sum().delivered, 1u);
}

TEST_F(Logged, WhatWasSentBackIsLostAndTheNoticeIsNoMail) {
  take(kFirst, "one@fremd");
  deliver(kFirst, "bounced");
  say("bounce", kFirst, std::string("sender non-delivery notification: ") + kSecond);
  say("cleanup", kSecond, "message-id=<notice@mx2>");
  say("qmgr", kSecond, "from=<>, size=99, nrcpt=1 (queue active)");
  remove(kFirst);
  take("4jZjyY6hCMz1cXRy", "two@fremd");
  say("qmgr", "4jZjyY6hCMz1cXRy", "from=<x@fremd.example>, status=expired, returned to sender");
  remove("4jZjyY6hCMz1cXRy");
  EXPECT_EQ(sum().accepted, 2u);
  EXPECT_EQ(sum().bounced, 1u);
  EXPECT_EQ(sum().expired, 1u);
}

TEST_F(Logged, AMessageThatIsNeitherThereNorWaitsIsMissing) {
  take(kFirst, "one@fremd");
  take(kSecond, "two@fremd");
  const std::set<std::string> queue{kSecond};
  const LogSum seen = log.sum(&queue, at("2026-11-26T05:00:00Z"));
  EXPECT_EQ(seen.open, 1u);
  EXPECT_EQ(seen.missing, 1u);
  // What came after the look at the queue cannot be in it.
  EXPECT_EQ(log.sum(&queue, at("2026-11-26T04:20:38Z")).missing, 0u);
}

TEST_F(Logged, AnAbortedOneWasNeverTaken) {
  say("smtpd", kFirst, "client=mail.fremd.example[203.0.113.9]");
  say("cleanup", kFirst, "message-id=<one@fremd>");
  EXPECT_EQ(sum().accepted, 0u);
}

TEST_F(Logged, EarlierOnesDoNotCountAndBothKindsOfDatesAreRead) {
  take(kFirst, "one@fremd", "Nov 25 23:59:59");
  take(kSecond, "two@fremd", "2026-11-26T05:20:37.123456+01:00");
  take("4jZjyY6hCMz1cXRz", "last-year@fremd", "Dec 24 10:00:00");
  EXPECT_EQ(sum().accepted, 1u);
  EXPECT_EQ(sum().unreadable, 0u);
}

TEST_F(Logged, StrangeLinesAreCountedAndHarmNothing) {
  log.feed("hello\n\xff\xfe\nNov 99 99:99:99 mx2 postfix/smtpd[1]: x\n");
  log.feed(std::string(kLongestLogLine + 10, 'x') + "\n");
  take(kFirst, "one@fremd");
  EXPECT_EQ(sum().accepted, 1u);
  EXPECT_EQ(sum().unreadable, 4u);
}

}  // namespace
}  // namespace dienstbereit::fallback::mail
