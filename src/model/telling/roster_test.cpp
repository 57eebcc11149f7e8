// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/telling/roster.h"

#include <gtest/gtest.h>

#include "model/telling/channel.h"

namespace dienstbereit {
namespace {

const TimeZone kBerlin = TimeZone::find("Europe/Berlin").value();

Recipient on_call(const char* hours) {
  Recipient recipient;
  recipient.always = false;
  recipient.duty = PlaceCalendar(parse_hours(hours).value(), std::nullopt, {});
  return recipient;
}

bool duty(const Recipient& recipient, const char* t) {
  return on_duty(recipient, parse_rfc3339(t).value(), kBerlin);
}

}  // namespace

TEST(Roster, DutyFollowsTheWeeklyHoursInCivilTime) {
  const Recipient office = on_call("Mo-Fr 07:00-16:00");
  EXPECT_TRUE(duty(office, "2026-11-23T07:00:00+01:00"));
  EXPECT_FALSE(duty(office, "2026-11-23T06:59:59+01:00"));
  EXPECT_FALSE(duty(office, "2026-11-23T16:00:00+01:00"));
  EXPECT_FALSE(duty(office, "2026-11-22T10:00:00+01:00"));  // a Sunday
}

TEST(Roster, ANightBelongsToTheDayItBegan) {
  const Recipient night = on_call("Fr 16:00-31:00");
  EXPECT_TRUE(duty(night, "2026-11-20T23:00:00+01:00"));
  EXPECT_TRUE(duty(night, "2026-11-21T06:30:00+01:00"));
  EXPECT_FALSE(duty(night, "2026-11-21T07:00:00+01:00"));
  EXPECT_FALSE(duty(night, "2026-11-20T06:30:00+01:00"));
}

TEST(Roster, WithoutHoursOneIsAlwaysOnDuty) {
  EXPECT_TRUE(duty(Recipient(), "2026-11-22T03:00:00+01:00"));
}

TEST(Channel, HostAndPortAreReadFromTheUrl) {
  ChannelSpec channel;
  channel.url = "smtps://Mail.example.net";
  EXPECT_EQ(host_of(channel)->host, "Mail.example.net");
  EXPECT_EQ(host_of(channel)->port, 465);
  channel.url = "smtp://[2001:db8::7]:2525";
  EXPECT_EQ(host_of(channel)->host, "2001:db8::7");
  EXPECT_EQ(host_of(channel)->port, 2525);
  channel.kind = ChannelKind::Webhook;
  channel.url = "https://hooks.example/a/b?c=d";
  EXPECT_EQ(host_of(channel)->port, 443);
}

TEST(Channel, WhatIsNoAddressOfItsKindIsRefused) {
  ChannelSpec channel;
  for (const char* url : {"https://mail.example", "smtp://", "mail.example", "smtp://a:0",
                          "smtp://a:99999", "smtp://user:secret@a", "smtp://a b", "smtp://[::1"}) {
    channel.url = url;
    EXPECT_FALSE(host_of(channel)) << url;
  }
  channel.kind = ChannelKind::Sms;
  channel.url = "smtp://mail.example";
  EXPECT_FALSE(host_of(channel));
}

}  // namespace dienstbereit
