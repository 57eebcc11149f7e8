// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "engine/bed_test.h"

// What devices remember comes on record, and is known again after a restart.
namespace dienstbereit::engine {
namespace {

using test::Bed;

struct EvidenceOnRecord : testing::Test {
  EvidenceOnRecord() { EXPECT_TRUE(bed.start().has_value()); }

  void reads(const char* probe, Trace trace) {
    bed.clock += std::chrono::seconds(1);
    bed.wall += std::chrono::seconds(1);
    ProbeResult result;
    result.probe = ProbeId(probe);
    result.began = bed.clock;
    result.ended = bed.clock;
    result.outcome = ProbeOutcome::Success;
    result.traces.push_back(std::move(trace));
    bed.engine->report(std::move(result));
    bed.turn();
  }

  Bed bed{"2026-11-23T07:00+01:00"};
};

TEST_F(EvidenceOnRecord, ARestartOfADeviceIsAnEventOfItsOwn) {
  reads("POWER/ups", UptimeTrace{std::chrono::hours(100), std::nullopt});
  EXPECT_EQ(bed.count("trace_noted", R"("first":true)"), 1u);
  bed.pass(std::chrono::minutes(1));
  reads("POWER/ups", UptimeTrace{std::chrono::hours(100) + std::chrono::minutes(1), std::nullopt});
  EXPECT_EQ(bed.count("trace_noted"), 1u);
  bed.pass(std::chrono::minutes(1));
  reads("POWER/ups", UptimeTrace{std::chrono::seconds(20), std::nullopt});
  EXPECT_EQ(bed.count("trace_noted", R"("what":"restarted","first":false)"), 1u);
}

TEST_F(EvidenceOnRecord, ARestartOfThisProgramForgetsNothingThatWasTold) {
  reads("POWER/ups", PowerTrace{false, false, 230'000});
  EXPECT_EQ(bed.count("trace_noted"), 2u);
  bed.clock += std::chrono::hours(1);
  ASSERT_TRUE(bed.start().has_value());
  reads("POWER/ups", PowerTrace{false, false, 231'000});
  EXPECT_EQ(bed.count("trace_noted"), 2u);
  reads("POWER/ups", PowerTrace{true, false, 0});
  EXPECT_EQ(bed.count("trace_noted", R"("what":"on_battery","first":false)"), 1u);
}

TEST_F(EvidenceOnRecord, AProbeThatTheDistrictDoesNotHaveIsNotHeard) {
  reads("POWER/gone", ClockTrace{Duration(5)});
  EXPECT_EQ(bed.count("trace_noted"), 0u);
}

}  // namespace
}  // namespace dienstbereit::engine
