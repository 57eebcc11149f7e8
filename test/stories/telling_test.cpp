// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <map>

#include <fmt/format.h>

#include "words/message.h"
#include "world.h"

// Who is told what while the power is out: the real engine, 3,000 checks, ten people.
namespace dienstbereit::stories {
namespace {

constexpr int kComponents = 1000;
constexpr int kProbesEach = 3;
constexpr int kOffices = 20;

// Every component of the house stands on its power; each office has a service on fifty of them.
// Checks run every 30 to 119 seconds, so what one cut breaks is noticed over minutes.
std::string big_district() {
  std::string yaml = "administration: {name: Kreis, ags: 05999, observer_at: H}\n"
                     "sites: [{id: H, name: Kreishaus}]\nuplinks: [{id: LTE}]\noffices:\n";
  for (int i = 0; i < kOffices; ++i) {
    yaml += fmt::format(
        "  - {{id: A{0}, name: Amt {0}, sites: [H], hours: \"Mo-Fr 08:00-16:00\"}}\n", i);
  }
  yaml += "services:\n";
  for (int i = 0; i < kOffices; ++i) {
    yaml +=
        fmt::format("  - {{id: V{0}, name: Dienst {0}, kind: counter, offered: A{0}, needs: [", i);
    for (int k = i; k < kComponents; k += kOffices) yaml += fmt::format("C{}, ", k);
    yaml += "]}\n";
  }
  yaml += "channels:\n"
          "  - {id: post, kind: mail, url: \"smtps://198.51.100.7\", from: a@b.example}\n"
          "  - {id: sms, kind: sms, url: \"https://198.51.100.8/?to={to}&text={text}\"}\n"
          "components:\n";
  for (int i = 0; i < kComponents; ++i) {
    yaml += fmt::format("  - id: C{}\n    probes:\n", i);
    for (int k = 0; k < kProbesEach; ++k) {
      yaml += fmt::format("      - {{kind: tcp, name: p{}, target: \"192.0.2.1:{}\", every: {} s, "
                          "proves: works}}\n",
                          k, 1000 + i, 30 + (i * 7 + k * 31) % 90);
    }
  }
  return yaml;
}

Roster ten_people() {
  Roster roster;
  for (int i = 0; i < 10; ++i) {
    Recipient one;
    one.id = RecipientId("r" + std::to_string(i));
    one.channels = {ChannelId("post"), ChannelId("sms")};
    one.wants_places = i < 5;
    one.level = i == 9 ? 1 : 0;
    roster.recipients.push_back(one);
  }
  return roster;
}

std::vector<std::string> all_probes() {
  std::vector<std::string> all;
  for (int i = 0; i < kComponents; ++i) {
    for (int k = 0; k < kProbesEach; ++k) all.push_back(fmt::format("C{}/p{}", i, k));
  }
  return all;
}

// How often a place settled in another word since a count was taken.
std::size_t settled_changes(const World& world) {
  const std::string record = world.record();
  std::size_t count = 0;
  for (auto at = record.find("readiness_changed {\"subject\":\"A"); at != std::string::npos;
       at = record.find("readiness_changed {\"subject\":\"A", at + 1)) {
    const std::string subject = record.substr(at + 30, record.find('"', at + 30) - at - 30);
    count += subject.find('/') == std::string::npos ? 1 : 0;
  }
  return count;
}

std::map<std::string, std::vector<NoticeKind>> by_recipient(const World& world) {
  std::map<std::string, std::vector<NoticeKind>> all;
  for (const auto& one : world.delivered()) {
    all[one.message.recipient.str()].push_back(one.message.notice->kind);
  }
  return all;
}

}  // namespace

TEST(Telling, APowerCutOf3000ChecksIsOneMessageForEachOfTenPeople) {
  World world(big_district(), "2026-11-23T07:00+01:00");
  world.tell(ten_people());
  world.pass(std::chrono::minutes(10));
  ASSERT_TRUE(world.delivered().empty()) << "nothing is told while all is as usual";
  const std::size_t before = settled_changes(world);

  world.all_fail(all_probes());
  world.pass(std::chrono::minutes(30));
  const std::size_t changes = settled_changes(world) - before;
  EXPECT_GE(changes, static_cast<std::size_t>(kOffices));
  auto told = by_recipient(world);
  ASSERT_EQ(told.size(), 10u);
  for (const auto& [who, kinds] : told) {
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), NoticeKind::Alarm), 1) << who;
    EXPECT_LE(kinds.size(), 1 + changes) << who;
    EXPECT_LE(kinds.size(), 2u) << who << ": what falls together is told together";
  }
  std::set<std::string> causes;
  for (const auto& one : world.delivered()) causes.insert(one.message.notice->cause);
  EXPECT_EQ(causes.size(), 1u);

  world.all_work(all_probes());
  world.pass(std::chrono::minutes(30));
  told = by_recipient(world);
  for (const auto& [who, kinds] : told) {
    EXPECT_EQ(kinds.back(), NoticeKind::Clear) << who;
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), NoticeKind::Clear), 1) << who;
    EXPECT_LE(kinds.size(), 5u) << who;
  }
}

TEST(Telling, WhileTheMailIsDeadTheOtherChannelIsTaken) {
  World world(big_district(), "2026-11-23T07:00+01:00");
  world.tell(ten_people());
  world.pass(std::chrono::minutes(5));
  world.breaks("post");
  world.set("ALL", Said::Closed, "2026-11-23T12:00+01:00");
  world.pass(std::chrono::minutes(2));
  ASSERT_EQ(world.delivered().size(), 10u);
  for (const auto& one : world.delivered()) EXPECT_EQ(one.message.channel, ChannelId("sms"));
  ASSERT_EQ(world.now().notices.troubles.size(), 1u);
  EXPECT_EQ(world.now().notices.troubles[0].channel, ChannelId("post"));
}

TEST(Telling, AnOfficeThatNeverClosesIsToldOfByItsServices) {
  World world("administration: {name: Kreis, ags: 05999, observer_at: H}\n"
              "sites: [{id: H, name: Kreishaus}]\nuplinks: [{id: LTE}]\n"
              "offices: [{id: LST, name: Leitstelle, sites: [H], hours: 24/7}]\n"
              "services: [{id: NOTRUF, name: Notruf, kind: counter, offered: LST}]\n"
              "channels:\n"
              "  - {id: post, kind: mail, url: \"smtps://198.51.100.7\", from: a@b.example}\n"
              "  - {id: sms, kind: sms, url: \"https://198.51.100.8/?to={to}&text={text}\"}\n",
              "2026-11-23T07:00+01:00");
  world.tell(ten_people());
  world.pass(std::chrono::minutes(10));
  ASSERT_TRUE(world.delivered().empty());
  world.set("LST@H", Said::Closed, "2026-11-23T12:00+01:00");
  world.pass(std::chrono::minutes(2));
  ASSERT_EQ(world.delivered().size(), 10u);
  const auto& items = world.delivered().front().message.notice->items;
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].subject, "LST@H/NOTRUF");
}

TEST(Telling, ARestartInTheMiddleLosesAndDoublesNothing) {
  World world(big_district(), "2026-11-23T07:00+01:00");
  world.tell(ten_people());
  world.pass(std::chrono::minutes(5));
  world.breaks("post");
  world.breaks("sms");
  world.set("ALL", Said::Closed, "2026-11-23T12:00+01:00");
  world.pass(std::chrono::minutes(1));
  EXPECT_TRUE(world.delivered().empty());
  world.heals("post");
  world.heals("sms");
  world.restart("2026-11-23T07:10+01:00");
  world.pass(std::chrono::minutes(20));
  std::map<std::string, int> alarms;
  for (const auto& one : world.delivered()) {
    alarms[one.message.recipient.str()] += one.message.notice->kind == NoticeKind::Alarm ? 1 : 0;
  }
  ASSERT_EQ(alarms.size(), 10u);
  for (const auto& [who, count] : alarms) EXPECT_EQ(count, 1) << who;
}

TEST(Telling, TheMessageSaysWhatThePageSays) {
  World world(big_district(), "2026-11-23T07:00+01:00");
  world.tell(ten_people());
  world.pass(std::chrono::minutes(5));
  world.set("A3@H", Said::Closed, "2026-11-23T12:00+01:00");
  world.pass(std::chrono::minutes(2));
  ASSERT_FALSE(world.delivered().empty());
  const OutMessage& sent = world.delivered().front().message;
  const words::Voice voice(words::Language::De, *sent.district, sent.raised);
  const auto text = words::message(voice, {*sent.notice, sent.id, "", false}).text;
  EXPECT_NE(text.find("- Amt 3: geschlossen"), std::string::npos) << text;
  EXPECT_EQ(sent.notice->bad, 1u);
}

}  // namespace dienstbereit::stories
