// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/device/nut_reply.h"

#include <array>

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

TEST(NutReply, IsPutTogetherFromPieces) {
  const std::string text =
      "BEGIN LIST VAR usv1\nVAR usv1 ups.status \"OL CHRG\"\n"
      "VAR usv1 ups.model \"Smart \\\"UPS\\\" \\\\ 1500\"\nEND LIST VAR usv1\n";
  NutReplyReader reader("usv1");
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    reader.feed(text.substr(i, 1));
    ASSERT_FALSE(*reader.next()) << i;
  }
  reader.feed("\n");
  const auto reply = **reader.next();
  EXPECT_EQ(reply.error, "");
  EXPECT_EQ(reply.variables.size(), 2u);
  EXPECT_EQ(reply.variables.at("ups.status"), "OL CHRG");
  EXPECT_EQ(reply.variables.at("ups.model"), "Smart \"UPS\" \\ 1500");
}

TEST(NutReply, AnErrorHasItsName) {
  NutReplyReader reader("usv1");
  reader.feed("ERR DATA-STALE\r\n");
  EXPECT_EQ((**reader.next()).error, "DATA-STALE");
}

TEST(NutReply, RefusesWhatIsNoReply) {
  for (const char* text :
       {"hello\n", "\n", "VAR usv1 a \"b\"\n", "END LIST VAR usv1\n", "BEGIN LIST VAR usv2\n",
        "BEGIN LIST VAR usv1\nVAR usv2 a \"b\"\n", "BEGIN LIST VAR usv1\nVAR usv1 a b\n",
        "BEGIN LIST VAR usv1\nVAR usv1 a \"b\n", "BEGIN LIST VAR usv1\nVAR usv1 a \"b\" c\n",
        "BEGIN LIST VAR usv1\nVAR usv1 a \"b\\\n"}) {
    NutReplyReader reader("usv1");
    reader.feed(text);
    EXPECT_FALSE(reader.next()) << text;
  }
}

TEST(NutReply, EndlessLinesAndListsAreCutOff) {
  NutReplyReader line("u");
  line.feed(std::string(kLongestNutLine + 1, 'x'));
  EXPECT_EQ(line.next().error().code, Errc::LimitExceeded);
  NutReplyReader lines("u");
  lines.feed("BEGIN LIST VAR u\n");
  for (std::size_t i = 0; i <= kMostNutVariables; ++i) {
    lines.feed("VAR u v" + std::to_string(i) + " \"\"\n");
  }
  EXPECT_EQ(lines.next().error().code, Errc::LimitExceeded);
}

UpsState judged(const std::string& status, const std::string& input = "230") {
  return judge_ups({{"ups.status", status},
                    {"input.voltage", input},
                    {"input.voltage.nominal", "230"},
                    {"input.transfer.low", "180"},
                    {"input.transfer.high", "264"},
                    {"battery.charge", "97"}},
                   10);
}

TEST(Ups, OnLineIsAsItShouldBe) {
  const UpsState state = judged("OL CHRG");
  EXPECT_EQ(state.failure + state.limits, "");
  EXPECT_EQ(state.reading, "OL CHRG, input 230 V, battery 97 %");
  ASSERT_TRUE(state.power);
  EXPECT_FALSE(state.power->on_battery || state.power->over_voltage);
  EXPECT_EQ(state.power->input_mv, 230'000);
}

TEST(Ups, EachFlagThatMattersIsSaid) {
  for (const char* flag : {"OB", "OL LB", "OL RB", "OL OVER", "OL TRIM", "OL BOOST", "OL BYPASS",
                           "OL CAL", "OL ALARM"}) {
    EXPECT_EQ(judged(flag).failure, "") << flag;
    EXPECT_NE(judged(flag).limits, "") << flag;
  }
  EXPECT_TRUE(judged("OB DISCHRG").power->on_battery);
}

TEST(Ups, WithoutPowerOrAboutToBeItFails) {
  for (const char* status : {"OFF", "OL OFF", "OB LB", "OL FSD"}) {
    EXPECT_NE(judged(status).failure, "") << status;
    EXPECT_EQ(judged(status).unknown, "") << status;
  }
  EXPECT_FALSE(judged("OFF").power);
}

TEST(Ups, WhatDoesNotSayHowItIsIsUnknown) {
  for (const char* status : {"WAIT", "", "CHRG"}) {
    EXPECT_NE(judged(status).unknown, "") << status;
    EXPECT_EQ(judged(status).failure, "") << status;
  }
  EXPECT_NE(judge_ups({}, 10).unknown, "");
  EXPECT_FALSE(judge_ups({}, 10).power);
  EXPECT_EQ(judged("BYPASS").unknown, "");
}

TEST(Ups, TheWorstOfWhatIsLimitedComesFirst) {
  EXPECT_EQ(judged("OL RB").phase, "power");
  EXPECT_EQ(judged("OL RB", "270").phase, "voltage");
  EXPECT_EQ(judged("OB RB", "270").phase, "battery");
  EXPECT_EQ(judged("OB RB").limits.find("it runs on battery"), 0u);
}

TEST(Ups, OverVoltageIsAboveItsOwnLimitOrElseTheTolerance) {
  EXPECT_FALSE(judged("OL", "263.9").power->over_voltage);
  EXPECT_TRUE(judged("OL", "264").power->over_voltage);
  const auto without_limit = [](const char* volts) {
    return judge_ups(
               {{"ups.status", "OL"}, {"input.voltage", volts}, {"input.voltage.nominal", "230"}},
               10)
        .power->over_voltage;
  };
  EXPECT_FALSE(without_limit("253"));
  EXPECT_TRUE(without_limit("253.1"));
  EXPECT_NE(judged("OL", "271.5").limits.find("271.5 V come in, nominal 230"), std::string::npos);
  EXPECT_TRUE(judged("OB", "271").power->over_voltage);  // why it went to its battery
  // Without a nominal value its own limit counts, and without both nothing.
  EXPECT_TRUE(
      judge_ups({{"ups.status", "OL"}, {"input.voltage", "264"}, {"input.transfer.high", "264"}},
                10)
          .power->over_voltage);
  EXPECT_FALSE(judge_ups({{"ups.status", "OL"}, {"input.voltage", "900"}}, 10).power->over_voltage);
  EXPECT_FALSE(judge_ups({{"ups.status", "OL"}, {"input.voltage", "1e9"}}, 10).power->input_mv);
}

// What three phases read in turn; `limits` as the UPS names them.
UpsState three_phases(const std::array<const char*, 3>& volts, const NutVariables& limits) {
  NutVariables variables = limits;
  variables["ups.status"] = "OL";
  variables["input.phases"] = "3";
  for (std::size_t i = 0; i < volts.size(); ++i) {
    variables["input.L" + std::to_string(i + 1) + "-N.voltage"] = volts[i];
  }
  return judge_ups(variables, 10);
}

TEST(Ups, OfThreePhasesTheWorstCounts) {
  const NutVariables limits{{"input.voltage.nominal", "230"}, {"input.transfer.low", "180"}};
  const UpsState well = three_phases({"229", "231.5", "230"}, limits);
  EXPECT_EQ(well.limits, "");
  EXPECT_EQ(well.reading, "OL, input L1 229 V, input L2 231.5 V, input L3 230 V");
  EXPECT_EQ(well.power->input_mv, 231'500);
  const UpsState surge = three_phases({"229", "283", "230"}, limits);
  EXPECT_EQ(surge.limits, "over-voltage: 283 V come in at L2, nominal 230, lowest 180");
  EXPECT_EQ(surge.phase, "voltage");
  EXPECT_TRUE(surge.power->over_voltage);
  EXPECT_EQ(surge.power->input_mv, 283'000);
  const UpsState lost = three_phases({"229", "230", "4"}, limits);
  EXPECT_EQ(lost.limits, "under-voltage: 4 V come in at L3, nominal 230, lowest 180");
  EXPECT_FALSE(lost.power->over_voltage);
}

TEST(Ups, LimitsBetweenPhasesCountForOneAsMuchAsTheyMean) {
  const NutVariables limits{{"input.voltage.nominal", "400"},
                            {"input.transfer.low", "320"},
                            {"input.transfer.high", "460"}};
  EXPECT_EQ(three_phases({"229", "231", "230"}, limits).limits, "");
  EXPECT_EQ(three_phases({"270", "231", "230"}, limits).limits,
            "over-voltage: 270 V come in at L1, nominal 231, lowest 185, highest 266");
  // One phase that is told as a whole is measured as its limits are.
  EXPECT_EQ(judge_ups({{"ups.status", "OL"},
                       {"input.voltage", "401"},
                       {"input.L1-N.voltage", "283"},
                       {"input.voltage.nominal", "400"}},
                      10)
                .limits,
            "");
}

TEST(Ups, OneThatMeasuresItsBatteryIsNotAboutToLoseIt) {
  const UpsState state = judged("OB CAL LB");
  EXPECT_EQ(state.failure + state.unknown, "");
  EXPECT_EQ(state.phase, "battery");
  EXPECT_NE(state.limits.find("its battery is low; it measures its battery"), std::string::npos);
  EXPECT_NE(judged("OB CAL LB FSD").failure, "");
}

TEST(Ups, UnderVoltageCountsOnlyOnLine) {
  EXPECT_NE(judged("OL", "175").limits.find("under-voltage"), std::string::npos);
  EXPECT_EQ(judged("OB", "0").limits.find("under-voltage"), std::string::npos);
}

}  // namespace
}  // namespace dienstbereit::probe
