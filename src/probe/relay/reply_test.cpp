// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/relay/reply.h"

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

constexpr const char* kSecret = "a long enough secret";
constexpr const char* kNonce = "0123456789abcdef";

Result<RelayAnswer> parse(const std::string& body) {
  return parse_relay_answer(body, signature_of(kSecret, body), kSecret, kNonce);
}

std::string reached(int status, bool found) {
  return R"({"version":1,"nonce":"0123456789abcdef","reached":true,"phase":"","detail":"",)"
         R"("status":)" +
         std::to_string(status) + R"(,"text_found":)" + (found ? "true" : "false") +
         R"(,"bytes":120,"ms":35,"certificate_days":9})";
}

HttpProbe page() {
  HttpProbe probe;
  probe.expect.text = "Willkommen";
  return probe;
}

}  // namespace

TEST(RelayReply, ItsSignatureIsTheOneOfRfc4231) {
  EXPECT_EQ(signature_of("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(RelayReply, APageWithItsTextIsASuccess) {
  const auto answer = parse(reached(200, true));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->certificate_days, 9);
  EXPECT_EQ(judge_relay(page(), *answer).outcome, ProbeOutcome::Success);
}

TEST(RelayReply, WhatTheRelaySawWrongIsAFailureWithItsPhase) {
  EXPECT_EQ(judge_relay(page(), *parse(reached(503, true))).phase, "status");
  EXPECT_EQ(judge_relay(page(), *parse(reached(200, false))).phase, "text");
  const auto away = parse(R"({"version":1,"nonce":"0123456789abcdef","reached":false,)"
                          R"("phase":"resolve","detail":"no such host"})");
  ASSERT_TRUE(away.has_value());
  const Verdict verdict = judge_relay(page(), *away);
  EXPECT_EQ(verdict.outcome, ProbeOutcome::Failure);
  EXPECT_EQ(verdict.phase, "resolve");
  EXPECT_NE(verdict.detail.find("no such host"), std::string::npos);
}

TEST(RelayReply, NothingIsBelievedWithoutItsSignature) {
  const std::string body = reached(200, true);
  EXPECT_FALSE(parse_relay_answer(body, "", kSecret, kNonce).has_value());
  EXPECT_FALSE(
      parse_relay_answer(body, signature_of("another", body), kSecret, kNonce).has_value());
  EXPECT_FALSE(
      parse_relay_answer(body + " ", signature_of(kSecret, body), kSecret, kNonce).has_value());
}

TEST(RelayReply, AnOldAnswerIsNoneToANewQuestion) {
  const std::string body = reached(200, true);
  EXPECT_FALSE(parse_relay_answer(body, signature_of(kSecret, body), kSecret, "fedcba9876543210")
                   .has_value());
}

TEST(RelayReply, WhatIsNoAnswerOfThisVersionIsRefused) {
  EXPECT_FALSE(parse("").has_value());
  EXPECT_FALSE(parse("<html>").has_value());
  EXPECT_FALSE(parse(R"({"version":2,"nonce":"0123456789abcdef"})").has_value());
  EXPECT_FALSE(parse(R"({"version":1,"nonce":"0123456789abcdef","a":[[[[1]]]]})").has_value());
  EXPECT_FALSE(parse(std::string(20'000, ' ') + reached(200, true)).has_value());
}

TEST(RelayReply, TheQuestionIsWhatTheProtocolSays) {
  EXPECT_EQ(to_json(RelayQuestion{kNonce, 1'700'000'000, "https://kreis.example/",
                                  std::chrono::seconds(8), "Willkommen"}),
            R"({"version":1,"nonce":"0123456789abcdef","time":1700000000,)"
            R"("url":"https://kreis.example/","timeout_ms":8000,"text":"Willkommen"})");
}

}  // namespace dienstbereit::probe
