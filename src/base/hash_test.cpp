// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/hash.h"

#include <gtest/gtest.h>

namespace dienstbereit {

TEST(Hash, Sha256OfTheStandardsExample) {
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, StableHashNeverChangesSinceSchedulesDeriveFromIt) {
  EXPECT_EQ(stable_hash(""), 14695981039346656037ULL);
  EXPECT_EQ(stable_hash("a"), 12638187200555641996ULL);
}

}  // namespace dienstbereit
