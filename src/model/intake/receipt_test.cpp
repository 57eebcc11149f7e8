// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/intake/receipt.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

namespace dienstbereit {
namespace {

std::string number(unsigned counter, std::uint64_t sequence) {
  return make_receipt(SiteId("S3"), counter, sequence);
}

TEST(Receipt, NamesSiteCounterAndSequence) {
  EXPECT_EQ(number(2, 42).substr(0, 11), "S3-02-0042-");
  EXPECT_TRUE(is_receipt(number(2, 42)));
  EXPECT_EQ(number(99, 123456).substr(0, 13), "S3-99-123456-");
}

// Worked by hand from the standard: 0 7 9 4 is followed by 5.
TEST(Receipt, CheckDigitIsThatOfTheStandard) {
  EXPECT_EQ(check_digit("0794"), '5');
  EXPECT_EQ(check_digit("07-94"), '5');
  EXPECT_EQ(check_digit("s3"), check_digit("S3"));
  EXPECT_EQ(check_digit("A"), check_digit("10"));
}

TEST(Receipt, WhatIsNoNumberIsNone) {
  EXPECT_FALSE(is_receipt(""));
  EXPECT_FALSE(is_receipt("S3-02-0042"));
  EXPECT_FALSE(is_receipt("S3-02-0042-"));
}

// Every digit of counter, sequence and check digit, put wrong in every way.
RC_GTEST_PROP(Receipt, EveryWrongDigitIsFound, ()) {
  const auto counter = *rc::gen::inRange(1u, 100u);
  const auto sequence = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
  const std::string right = number(counter, sequence);
  for (std::size_t i = 3; i < right.size(); ++i) {
    if (right[i] == '-') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = right;
      wrong[i] = digit;
      RC_ASSERT(is_receipt(wrong) == (wrong == right));
    }
  }
}

// Two neighbours that changed places: what is missed is a fortieth at most, and named in
// docs/formats/intake.md.
TEST(Receipt, NearlyEverySwappedPairIsFound) {
  unsigned swapped = 0;
  unsigned missed = 0;
  for (std::uint64_t sequence = 1; sequence < 10'000; ++sequence) {
    const std::string right = number(2, sequence);
    for (std::size_t i = 6; i + 1 < 10; ++i) {
      std::string wrong = right;
      std::swap(wrong[i], wrong[i + 1]);
      if (wrong == right) continue;
      ++swapped;
      missed += is_receipt(wrong) ? 1 : 0;
    }
  }
  EXPECT_GT(swapped, 20'000u);
  EXPECT_GT(missed, 0u);  // else the document says too little
  EXPECT_LT(missed * 40, swapped);
}

}  // namespace
}  // namespace dienstbereit
