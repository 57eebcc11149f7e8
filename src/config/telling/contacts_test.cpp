// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/telling/contacts.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "config/bundle.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kBase = R"(
administration: {name: Kreis, ags: 05999}
uplinks:
  - {id: LAN, house: true, bind: 192.0.2.10}
  - {id: LTE}
components:
  - {id: MAIL, probes: [{kind: smtp, target: "mail.kreis.example", accepts: a@kreis.example}]}
  - {id: WEB, probes: [{kind: http, url: "https://www.kreis.example/", connect_to: 192.0.2.80}]}
channels:
)";
constexpr const char* kSound = R"(
  - {id: post, kind: mail, url: "smtps://mail.aussen.example", connect_to: 198.51.100.7,
     from: melder@aussen.example, user: u, credential: post}
  - {id: sms, kind: sms, url: "https://198.51.100.8/send?to={to}&text={text}"}
)";

std::string problems(const std::string& channels) {
  return to_lines(load_bundle(to_bundle({{"d.yaml", kBase + channels}})).diagnostics);
}

std::shared_ptr<const District> district() {
  return load_bundle(to_bundle({{"d.yaml", std::string(kBase) + kSound}})).district;
}

ContactBook book(const std::string& text) {
  auto read = parse_contacts("contacts.yaml", text);
  EXPECT_TRUE(read) << read.error().message;
  return read.value_or(ContactBook());
}

std::string refused(const std::string& text) {
  const auto read = parse_contacts("contacts.yaml", text);
  return read ? "" : read.error().message;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

// ---- channels of the district -------------------------------------------------------------------

TEST(Channels, OutsideTheHouseAndByAddressThereIsNothingToWarnOf) {
  EXPECT_EQ(problems(kSound), "");
  ASSERT_TRUE(district());
  EXPECT_EQ(district()->channels[0].uplink, UplinkId("LTE"));
  EXPECT_EQ(district()->channels[0].timeout, std::chrono::seconds(30));
}

TEST(Channels, AChannelThatStandsOnANodeOfTheDistrictIsWarnedOf) {
  const auto by_name = problems(std::string(kSound) + R"(
  - {id: own, kind: mail, url: "smtp://MAIL.kreis.example", connect_to: 192.0.2.25,
     from: a@kreis.example})");
  EXPECT_TRUE(has(by_name, "warning: channel 'own' depends on 'MAIL'")) << by_name;
  EXPECT_TRUE(has(by_name, "probe 'MAIL/smtp' asks the same host")) << by_name;
  const auto by_address = problems(std::string(kSound) + R"(
  - {id: hook, kind: webhook, url: "https://hook.example/", connect_to: 192.0.2.80})");
  EXPECT_TRUE(has(by_address, "depends on 'WEB'")) << by_address;
}

TEST(Channels, TheHousesNetworkAndNamesAreWarnedOf) {
  const auto text = problems(std::string(kSound) + R"(
  - {id: hook, kind: webhook, url: "https://hook.example/", uplink: LAN})");
  EXPECT_TRUE(has(text, "needs a name server to find 'hook.example'")) << text;
  EXPECT_TRUE(has(text, "goes out by 'LAN', the house's own network")) << text;
}

TEST(Channels, TheOnlyChannelIsWarnedOf) {
  const auto text = problems(R"(
  - {id: sms, kind: sms, url: "https://198.51.100.8/send?to={to}&text={text}"})");
  EXPECT_TRUE(has(text, "'sms' is the only channel")) << text;
}

TEST(Channels, WhatAKindLacksIsAnError) {
  const auto text = problems(R"(
  - {id: a, kind: mail, url: "smtps://198.51.100.7"}
  - {id: b, kind: mail, url: "https://198.51.100.7", from: a@b.example}
  - {id: c, kind: sms, url: "https://198.51.100.8/send?to={to}"}
  - {id: d, kind: webhook, url: "https://u:p@198.51.100.8/", user: x}
  - {id: e, kind: pigeon, url: "https://198.51.100.8/"}
  - {id: MAIL, kind: webhook, url: "https://198.51.100.8/"}
  - {id: f, kind: webhook, url: "https://198.51.100.8/", password: x})");
  for (const char* part :
       {"lacks 'from'", "a mail channel's url is smtps://", "has a place for {text}",
        "a user without 'credential'", "'MAIL'", "looks like a secret"}) {
    EXPECT_TRUE(has(text, part)) << part << " in\n" << text;
  }
  EXPECT_TRUE(has(text, "this channel's url is https://")) << text;
}

// ---- contacts -----------------------------------------------------------------------------------

TEST(Contacts, AreReadWithDutiesAndDefaults) {
  const ContactBook read = book(R"(
escalate_after: 10 min
gather_for: 5 s
recipients:
  - {id: it-1, name: Bereitschaft IT, mail: it@aussen.example, mobile: "+491701234567",
     channels: [post, sms], on_call: {level: 1, hours: "Mo-Fr 07:00-16:00"}}
  - {id: leitung, mail: l@aussen.example, channels: post, wants: all, language: de}
)");
  ASSERT_EQ(read.contacts.size(), 2u);
  EXPECT_EQ(read.escalate_after, std::chrono::minutes(10));
  EXPECT_EQ(read.gather_for, std::chrono::seconds(5));
  EXPECT_EQ(read.contacts[0].level, 1u);
  EXPECT_TRUE(read.contacts[0].incidents);
  EXPECT_FALSE(read.contacts[0].places);
  EXPECT_TRUE(read.contacts[0].german && read.contacts[0].english);
  EXPECT_TRUE(read.contacts[1].places && read.contacts[1].questions);
  EXPECT_FALSE(read.contacts[1].english);
}

TEST(Contacts, WhatIsWrongIsSaidWithItsPlace) {
  EXPECT_TRUE(has(refused("recipients:\n  - {id: a, channels: x, mial: a@b}\n"),
                  "contacts.yaml:2:26: error: unknown key 'mial' in a recipient; did you mean "
                  "'mail'?"));
  EXPECT_TRUE(has(refused("recipients:\n  - {id: a, channels: x, mail: \"a@b\\r\\nBcc: c\"}\n"),
                  "is not a mail address"));
  EXPECT_TRUE(
      has(refused("recipients:\n  - {id: a, channels: x, mobile: 0170 123}\n"), "a number is"));
  EXPECT_TRUE(has(refused("recipients:\n  - {id: a, channels: x, on_call: {level: 0}}\n"),
                  "a level lies between"));
  EXPECT_TRUE(has(refused("recipients:\n  - {id: a, channels: x}\n  - {id: a, channels: x}\n"),
                  "contacts.yaml:3:5: error: recipient 'a' stands twice"));
  EXPECT_TRUE(has(refused("recipients:\n  - {id: a}\n"), "lacks the key 'channels'"));
  EXPECT_TRUE(has(refused("- a\n"), "is a map of keys"));
  EXPECT_TRUE(has(refused("escalate_after: 1 s\n"), "between 1 min and 24 h"));
  EXPECT_TRUE(has(refused("gather_for: 0 s\n"), "between 1 s and 5 min"));
  EXPECT_EQ(refused(""), "");
}

TEST(Contacts, TheRosterHoldsOnlyWaysThatAreThere) {
  const ContactBook read = book(R"(
recipients:
  - {id: a, mail: a@b.example, channels: [post, sms, fax]}
  - {id: b, channels: [post]}
)");
  std::vector<std::string> said;
  const Roster roster = roster_of(read, *district(), said);
  EXPECT_EQ(roster.recipients[0].channels, std::vector{ChannelId("post")});
  EXPECT_TRUE(roster.recipients[1].channels.empty());
  std::string all;
  for (const std::string& one : said) all += one + "\n";
  EXPECT_TRUE(has(all, "no channel 'fax' for 'a'")) << all;
  EXPECT_TRUE(has(all, "'a' has no mobile number for channel 'sms'")) << all;
  EXPECT_TRUE(has(all, "'b' cannot be told anything")) << all;
}

TEST(Contacts, ADutyDoesNotEndForAHolidayUnlessItNamesIt) {
  const ContactBook read = book(R"(
recipients:
  - {id: a, mail: a@b.example, channels: post, on_call: {level: 1, hours: "Mo-Su 08:00-18:00"}}
  - id: b
    mail: a@b.example
    channels: post
    on_call: {level: 1, hours: "Mo-Su 08:00-18:00; PH off"}
)");
  std::vector<std::string> said;
  const Roster roster = roster_of(read, *district(), said);
  const auto zone = TimeZone::find("Europe/Berlin").value();
  const Instant christmas = parse_rfc3339("2026-12-25T10:00:00+01:00").value();
  EXPECT_TRUE(on_duty(roster.recipients[0], christmas, zone));
  EXPECT_FALSE(on_duty(roster.recipients[1], christmas, zone));
}

TEST(Contacts, AFileThatOthersMayReadIsRefused) {
  const auto path =
      std::filesystem::temp_directory_path() / ("contacts-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path) << "recipients: []\n";
  using std::filesystem::perms;
  std::filesystem::permissions(path, perms::owner_read | perms::owner_write | perms::others_read);
  EXPECT_EQ(load_contacts(path).error().code, Errc::Denied);
  std::filesystem::permissions(path, perms::owner_read | perms::owner_write);
  EXPECT_TRUE(load_contacts(path));
  std::filesystem::remove(path);
  EXPECT_EQ(load_contacts(path).error().code, Errc::NotFound);
}

}  // namespace dienstbereit::config
