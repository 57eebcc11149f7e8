// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/probe.h"

#include <gtest/gtest.h>

namespace dienstbereit {

TEST(Probe, KindsAreNamedInTheOrderOfTheVariant) {
  EXPECT_STREQ(kind_name(HttpProbe{}), "http");
  EXPECT_STREQ(kind_name(TcpProbe{}), "tcp");
  EXPECT_STREQ(kind_name(DnsProbe{}), "dns");
  EXPECT_STREQ(kind_name(SmtpProbe{}), "smtp");
  EXPECT_STREQ(kind_name(PostgresProbe{}), "postgres");
  EXPECT_STREQ(kind_name(HeartbeatProbe{}), "heartbeat");
}

TEST(Probe, OutcomesReadBackFromTheirNames) {
  for (auto outcome :
       {ProbeOutcome::Success, ProbeOutcome::Slow, ProbeOutcome::Failure, ProbeOutcome::Broken}) {
    EXPECT_EQ(probe_outcome_of(name_of(outcome)), outcome);
  }
  EXPECT_EQ(probe_outcome_of("fine"), std::nullopt);
}

}  // namespace dienstbereit
