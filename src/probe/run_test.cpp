// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/run.h"

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

using std::chrono::days;
using std::chrono::hours;

TEST(EndOfACertificate, IsToldInWholeDays) {
  const std::string day = "2026-07-28";
  EXPECT_EQ(end_in_words(days(12) + hours(23), day), "ends on 2026-07-28, in 12 days");
  EXPECT_EQ(end_in_words(days(1), day), "ends on 2026-07-28, in 1 day");
  EXPECT_EQ(end_in_words(hours(23), day), "ends on 2026-07-28, in less than a day");
  EXPECT_EQ(end_in_words(days(3), {}), "ends in 3 days");
}

TEST(EndOfACertificate, ThatIsOverIsTheWordForIt) {
  const std::string day = "2026-07-28";
  EXPECT_EQ(end_in_words(-hours(1), day), "has expired on 2026-07-28, less than a day ago");
  EXPECT_EQ(end_in_words(-days(1), day), "has expired on 2026-07-28, 1 day ago");
  EXPECT_EQ(end_in_words(-days(120), day), "has expired on 2026-07-28, 120 days ago");
  EXPECT_EQ(end_in_words(-days(3), {}), "has expired 3 days ago");
}

}  // namespace
}  // namespace dienstbereit::probe
