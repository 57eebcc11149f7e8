// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/site.h"

#include <gtest/gtest.h>

namespace dienstbereit::fallback::site {
namespace {

TEST(NextNight, IsTheNextTimeOfThatClock) {
  const TimeZone berlin = TimeZone::find("Europe/Berlin").value();
  const auto next = [&](const char* from) {
    return to_rfc3339(next_night(berlin, std::chrono::hours(2), parse_rfc3339(from).value()));
  };
  EXPECT_EQ(next("2026-11-26T00:59:59Z"), "2026-11-26T01:00:00.000Z");
  EXPECT_EQ(next("2026-11-26T01:00:00Z"), "2026-11-27T01:00:00.000Z");
  // The night in which 02:00 does not exist: it is at once after.
  EXPECT_EQ(next("2027-03-27T12:00:00Z"), "2027-03-28T01:00:00.000Z");
}

}  // namespace
}  // namespace dienstbereit::fallback::site
