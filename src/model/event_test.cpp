// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/event.h"

#include <gtest/gtest.h>

namespace dienstbereit {
namespace {

Instant at(std::int64_t ms) { return Instant(Duration(ms)); }

std::vector<EventPayload> one_of_each() {
  ReasonStep step;
  step.kind = ReasonKind::NeedDown;
  step.subject = NodeId("F-APP");
  step.object = NodeId("DB");
  step.state = kDown;
  step.since = at(5);
  step.detail = "connection refused \"now\"";
  return {
      ObserverStarted{"0.1.0", at(7), true},
      ObserverStopped{},
      DistrictLoaded{"abc", "# bundle\nadministration: {}\n"},
      ObservationSettled{ProbeId("DB/sql"), ProbeOutcome::Failure, at(1), "connect", "no", true},
      ObservationLost{ProbeId("DB/sql"), LossReason::PathLost, "lan"},
      PathChanged{UplinkId("lan"), SiteId(), false, "gateway silent"},
      WordSet{WordId("9"), Scope{OfficeId("A"), SiteId("S"), ServiceId("V"), NodeId()},
              Said::Limited, Wording{"nur Bürgerbüro – Ä", "only"}, at(99), "IT"},
      WordWithdrawn{WordId("9"), "back"},
      WordAsked{WordId("9"), NodeId("DB"), WordQuestion::Doubted},
      ReadinessChanged{NodeId("A@S/V"),
                       parse_day("2026-11-23").value(),
                       Readiness::Normal,
                       Readiness::Closed,
                       {step}},
      ClockStepped{Duration(-3600000)},
      ClockConfirmed{at(8)},
      SamplesDropped{12},
      TimerFired{},
      Audited{AccountId("u-7f3k2m9q"), AuditKind::LoginFailed, "3 times from 192.0.2.7"}};
}

}  // namespace

TEST(EventCodec, EveryPayloadComesBackAsItWas) {
  const auto payloads = one_of_each();
  ASSERT_EQ(payloads.size(), std::variant_size_v<EventPayload>) << "one of each, in order";
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    ASSERT_EQ(payloads[i].index(), i);
    const EncodedPayload first = encode(payloads[i]);
    const auto back = decode(first.type, first.version, first.text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(encode(*back).text, first.text) << first.type;
    EXPECT_EQ(back->index(), i);
  }
}

TEST(EventCodec, TextIsStableSinceTheHashChainRestsOnIt) {
  EXPECT_EQ(encode(PathChanged{UplinkId("lan"), SiteId(), false, "x"}).text,
            R"({"uplink":"lan","site":"","up":false,"detail":"x"})");
}

TEST(EventCodec, RefusesWhatIsNoEvent) {
  EXPECT_EQ(decode("no_such_event", 1, "{}").error().code, Errc::InvalidInput);
  EXPECT_EQ(decode("timer_fired", 2, "{}").error().code, Errc::InvalidInput);
  EXPECT_EQ(decode("timer_fired", 1, "[").error().code, Errc::Corrupt);
  EXPECT_EQ(decode("timer_fired", 1, "[]").error().code, Errc::Corrupt);
  EXPECT_EQ(decode("clock_stepped", 1, R"({"by_ms":"soon"})").error().code, Errc::Corrupt);
  EXPECT_EQ(decode("clock_stepped", 1, "{}").error().code, Errc::Corrupt);
  EXPECT_EQ(decode("timer_fired", 1, std::string(100000, '[')).error().code, Errc::Corrupt);
}

TEST(EventCodec, RefusesAnIntervalThatIsUpsideDown) {
  EncodedPayload good = encode(one_of_each()[9]);
  const auto place = good.text.find("[2,2]");
  ASSERT_NE(place, std::string::npos);
  good.text.replace(place, 5, "[2,0]");
  EXPECT_EQ(decode(good.type, good.version, good.text).error().code, Errc::Corrupt);
}

}  // namespace dienstbereit
