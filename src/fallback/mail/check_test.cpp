// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/check.h"

#include <gtest/gtest.h>

#include "fallback/mail/flush.h"
#include "fallback/mail/plan.h"

namespace dienstbereit::fallback::mail {
namespace {

BackupMail backup() {
  BackupMail mail;
  mail.host = "mx2.aussen.example";
  mail.domains = {"kreis.example"};
  mail.primary = {"192.0.2.25", 25};
  mail.function_addresses = {"info@kreis.example"};
  mail.emergency_mailbox = "notfall@anderswo.example";
  return mail;
}

// The plan as the rules read it.
BackupFiles planned(const std::string& own = {}) {
  BackupFiles files;
  for (const PlanFile& file : make_plan(backup(), {"/etc/postfix", own})) {
    if (file.name == kMainFile) files.settings = parse_settings(file.text);
    if (file.name == kMasterFile) files.master = file.text;
    if (file.name == kDomainsFile) files.domains = parse_table(file.text);
    if (file.name == kRecipientsFile) files.recipients = parse_table(file.text);
    if (file.name == kTransportFile) files.transport = parse_table(file.text);
    if (file.name == kCopiesFile) files.copies = parse_table(file.text);
  }
  files.list_age = Duration(0);
  return files;
}

std::string problems_of(const BackupFiles& files) {
  std::string all;
  for (const Finding& one : check_rules(files)) {
    if (one.problem) all += one.text + "\n";
  }
  return all;
}

bool finds(const std::string& own, const std::string& part) {
  const std::string said = problems_of(planned(own));
  EXPECT_NE(said.find(part), std::string::npos) << said;
  return said.find(part) != std::string::npos;
}

QueuedMail waiting(const std::string& id, int second, const std::string& queue = "deferred") {
  return {id, queue, "busy", Instant(std::chrono::seconds(second))};
}

TEST(Plan, PassesItsOwnRules) { EXPECT_EQ(problems_of(planned()), ""); }

// Postfix warns of a setting that stands twice, and 'mail check' repeats what Postfix says.
TEST(Plan, LeavesWhatIsSetByHandToThatHand) {
  const auto files = make_plan(backup(), {"/etc/postfix", "mynetworks=\nmydestination = x,\n y"});
  ASSERT_EQ(files[0].name, kMainFile);
  const std::string& text = files[0].text;
  for (const char* name : {"\nmynetworks", "\nmydestination"}) {
    EXPECT_NE(text.find(name), std::string::npos) << text;
    EXPECT_EQ(text.find(name), text.rfind(name)) << text;
  }
  EXPECT_EQ(parse_settings(text).at("mynetworks"), "");
  EXPECT_EQ(parse_settings(text).at("mydestination"), "x, y");
  EXPECT_EQ(parse_settings(text).at("relay_transport"), "relay");
}

TEST(Plan, AHoldOutlivesAnotherPlan) {
  const auto main_of = [](bool held) {
    return make_plan(backup(), {"/etc/postfix", "biff = yes\n", held})[0].text;
  };
  EXPECT_FALSE(is_held(main_of(false)));
  EXPECT_TRUE(is_held(main_of(true)));
  // As postconf(1) edits it.
  EXPECT_TRUE(is_held("defer_transports=relay\n"));
  EXPECT_TRUE(is_held("defer_transports = smtp, relay\n"));
  EXPECT_FALSE(is_held("# defer_transports = relay\ndefer_transports =\n"));
}

TEST(Rules, EachDemandIsFoundMissing) {
  EXPECT_TRUE(finds("mydestination = $myhostname, Kreis.example\n", "mydestination holds"));
  EXPECT_TRUE(finds("virtual_mailbox_domains = kreis.example\n", "virtual_mailbox_domains holds"));
  EXPECT_TRUE(finds("smtpd_relay_restrictions = permit\n", "lacks reject_unauth_destination"));
  EXPECT_TRUE(finds("smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n",
                    "'permit_mynetworks' stands before"));
  EXPECT_TRUE(finds("relay_recipient_maps =\n", "names no list"));
  EXPECT_TRUE(
      finds("smtpd_recipient_restrictions = reject_unverified_recipient\n", "asks the primary"));
  EXPECT_TRUE(finds("maximal_queue_lifetime = 5d\n", "maximal_queue_lifetime is '5d'"));
  EXPECT_TRUE(finds("bounce_queue_lifetime = 1209599s\n", "at least 14 d"));
  EXPECT_TRUE(finds("enable_long_queue_ids = no\n", "enable_long_queue_ids"));
  EXPECT_TRUE(finds("transport_maps =\n", "transport_maps"));
}

TEST(Rules, TheTablesAreLookedAt) {
  BackupFiles files = planned();
  files.recipients->emplace_back("@kreis.example", "OK");
  EXPECT_NE(problems_of(files).find("a whole domain"), std::string::npos);
  files = planned();
  files.recipients->clear();
  EXPECT_NE(problems_of(files).find("every sender would be refused"), std::string::npos);
  files = planned();
  files.list_age = kOldestList + Duration(1);
  EXPECT_NE(problems_of(files).find("older than 3 d"), std::string::npos);
  files = planned();
  files.transport->front().second = "relay:[mx1.kreis.example]:25";
  EXPECT_NE(problems_of(files).find("numeric address"), std::string::npos);
  files = planned();
  files.copies->front().second = "chef@kreis.example";
  EXPECT_NE(problems_of(files).find("a mailbox of the house"), std::string::npos);
  files = planned();
  files.master.clear();
  EXPECT_NE(problems_of(files).find("soft_bounce"), std::string::npos);
}

TEST(Settings, TheLastWinsAndLinesGoOn) {
  const Settings settings = parse_settings("# x\na = 1\nb = 2,\n  3\n\na=4\nbad line\n");
  EXPECT_EQ(settings, (Settings{{"a", "4"}, {"b", "2, 3"}}));
}

TEST(FlushOrder, GoesByAgeAndKnowsWhatCameBack) {
  FlushOrder order;
  MailQueue queue;
  queue.messages = {waiting("A", 1), waiting("H", 2, "hold"), waiting("B", 3),
                    waiting("C", 4, "active")};
  EXPECT_EQ(order.look(queue), (std::vector<std::string>{"A", "B"}));
  order.released("A");
  order.released("B");
  EXPECT_TRUE(order.look(queue).empty());
  EXPECT_EQ(order.returned(), 0u);  // they may not have left yet
  queue.messages = {waiting("A", 1), waiting("D", 5)};
  EXPECT_EQ(order.look(queue), (std::vector<std::string>{"D"}));
  EXPECT_EQ(order.returned(), 1u);
  EXPECT_EQ(order.reason(), "busy");
  EXPECT_FALSE(order.refused());  // one message that the primary dislikes
}

TEST(FlushOrder, APrimaryThatGivesAllBackIsSeen) {
  FlushOrder order;
  MailQueue queue;
  for (int i = 0; i < 30; ++i) queue.messages.push_back(waiting("Q" + std::to_string(i), i));
  for (const std::string& id : order.look(queue)) order.released(id);
  order.look(queue);
  order.look(queue);
  EXPECT_EQ(order.returned(), 30u);
  EXPECT_TRUE(order.refused());
}

// A look at a queue of these; what may go is released.
MailQueue deferred(int from, int to) {
  MailQueue queue;
  for (int i = from; i < to; ++i) queue.messages.push_back(waiting("Q" + std::to_string(i), i));
  return queue;
}
void hand_over(FlushOrder& order, const MailQueue& queue) {
  for (const std::string& id : order.look(queue)) order.released(id);
}

// After `taken` were delivered the next ones come back: how many that are until it is seen.
int returned_until_seen(int taken, int each_round) {
  FlushOrder order;
  hand_over(order, deferred(0, taken));
  int end = taken;
  while (!order.refused() && end < taken + 1000) {
    end += each_round;
    hand_over(order, deferred(taken, end));
  }
  return static_cast<int>(order.returned());
}

TEST(FlushOrder, WhatWasDeliveredBeforeHidesNoDeath) {
  for (const int each_round : {1, 5, 30, 300}) {
    const int at_once = returned_until_seen(0, each_round);
    EXPECT_LE(at_once, 20 + each_round) << each_round;
    EXPECT_EQ(returned_until_seen(100, each_round), at_once) << each_round;
    EXPECT_EQ(returned_until_seen(10'000, each_round), at_once) << each_round;
  }
}

TEST(FlushOrder, OneThatTakesMostIsNotRefusing) {
  FlushOrder order;
  // Of five it dislikes two; they stay behind.
  MailQueue disliked;
  for (int round = 0; round < 200; ++round) {
    MailQueue queue = deferred(5 * round, 5 * round + 5);
    queue.messages.insert(queue.messages.end(), disliked.messages.begin(), disliked.messages.end());
    hand_over(order, queue);
    EXPECT_FALSE(order.refused()) << round;
    disliked.messages.insert(disliked.messages.end(), queue.messages.begin(),
                             queue.messages.begin() + 2);
  }
  EXPECT_GT(order.returned(), 300u);
}

TEST(FlushOrder, AMessageThatAListingMissesIsNotReleasedTwice) {
  FlushOrder order;
  hand_over(order, deferred(0, 100));
  order.look(deferred(0, 100));
  order.look({});
  EXPECT_TRUE(order.look(deferred(0, 100)).empty());
  EXPECT_EQ(order.returned(), 100u);
  EXPECT_TRUE(order.refused());
}

}  // namespace
}  // namespace dienstbereit::fallback::mail
