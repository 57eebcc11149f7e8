// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/feedback.h"
#include "web/outside/stranger_gate.h"

#include <gtest/gtest.h>

namespace dienstbereit::web {
namespace {

using std::chrono::minutes;

TEST(Feedback, IsReadBoundedAndKept) {
  const auto read = parse_feedback("text=Kontrast+zu+klein%0D%0A%3Cb%3E&contact=0123");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text, "Kontrast zu klein\n<b>");
  const Feedback back = feedback_in(to_json(*read));
  EXPECT_EQ(back.text, read->text);
  EXPECT_EQ(back.contact, "0123");
  EXPECT_EQ(parse_feedback("contact=0123").error().code, Errc::InvalidInput);
  EXPECT_EQ(parse_feedback("text=%FF").error().code, Errc::InvalidInput);
  const std::string longest(kFeedbackTextBytesMax, 'a');
  EXPECT_TRUE(parse_feedback("text=" + longest));
  EXPECT_EQ(parse_feedback("text=a" + longest).error().code, Errc::LimitExceeded);
  EXPECT_TRUE(feedback_in("[1]").text.empty());
}

TEST(StrangerGate, StopsOneAddressAndThenAll) {
  StrangerGate gate;
  const Instant now(std::chrono::hours(1000));
  for (unsigned i = 0; i < StrangerGate::kFromOne; ++i) EXPECT_TRUE(gate.admit("a", now));
  EXPECT_FALSE(gate.admit("a", now));
  EXPECT_TRUE(gate.admit("b", now));
  for (unsigned i = 0; i < 2 * StrangerGate::kFromOne; ++i) EXPECT_TRUE(gate.admit("", now));
  for (unsigned i = 0; i < StrangerGate::kFromAll; ++i) gate.admit(std::to_string(i), now);
  EXPECT_FALSE(gate.admit("c", now));
  EXPECT_TRUE(gate.admit("a", now + minutes(61)));
}

}  // namespace
}  // namespace dienstbereit::web
