// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probes/probe_run.h"

namespace dienstbereit::servers {
namespace {

struct Smtp : testing::Test {
  static void SetUpTestSuite() {
    const Authority authority(files);
    const auto certificate = authority.issue("mx.mail.example", -1, 90);
    postfix = new Postfix(&certificate);
  }
  static void TearDownTestSuite() { delete postfix; }

  static SmtpProbe mail() {
    SmtpProbe probe;
    probe.target = {"127.0.0.1", postfix->port()};
    probe.accepts = "user@mail.example";
    probe.refuses = "nobody-here@mail.example";
    probe.refuses_relay_to = "someone@elsewhere.example";
    return probe;
  }

  static inline TempFolder files;
  static inline Postfix* postfix = nullptr;
};

TEST_F(Smtp, AcceptsTheValidRefusesTheInvalidAndSendsNothing) {
  const auto result = run(mail());
  EXPECT_SAID(result, Success, "", "accepts user@mail.example; refuses nobody-here@mail.example");
  std::string phases;
  for (const auto& phase : result.phases) phases += phase.name + ",";
  EXPECT_EQ(phases, "resolve,connect,banner,ehlo,sender,recipient,invalid recipient,relay,quit,");
  EXPECT_EQ(postfix->queued(), 0u);
}

TEST_F(Smtp, StoppedServerRefusesAndAStartedOneAnswersAgain) {
  postfix->stop();
  EXPECT_SAID(run(mail()), Failure, "connect", "Connection refused");
  postfix->start();
  EXPECT_SAID(run(mail()), Success, "", "ESMTP");
}

TEST_F(Smtp, RefusedRecipientIsToldWithTheReply) {
  auto probe = mail();
  probe.accepts = "gone@mail.example";
  EXPECT_SAID(run(probe), Failure, "recipient",
              "after RCPT TO:<gone@mail.example> the server said '550 5.1.1");
}

TEST_F(Smtp, AServerThatTakesEverybodyOrRelaysIsAFailure) {
  auto probe = mail();
  probe.refuses = "user@mail.example";
  EXPECT_SAID(run(probe), Failure, "invalid recipient", "the server said '250 2.1.5 Ok'");
  probe = mail();
  probe.refuses_relay_to = "user@mail.example";
  EXPECT_SAID(run(probe), Failure, "relay", "expected was 4xx or 5xx");
}

TEST_F(Smtp, StartTlsChecksTheCertificate) {
  auto probe = mail();
  probe.starttls = true;
  probe.tls.ca_file = "ca.pem";
  probe.tls.server_name = "mx.mail.example";
  EXPECT_SAID(run(probe, files.path()), Success, "", "refuses relaying");
  probe.tls.server_name = "mail.example";
  EXPECT_SAID(run(probe, files.path()), Failure, "tls", "does not carry the name 'mail.example'");
}

TEST_F(Smtp, ServerWithoutStartTlsIsAFailureOfThatPhase) {
  Postfix plain;
  auto probe = mail();
  probe.target.port = plain.port();
  probe.starttls = true;
  EXPECT_SAID(run(probe), Failure, "starttls", "does not offer STARTTLS");
}

TEST_F(Smtp, AWebServerIsNoMailServer) {
  Nginx nginx("location / { return 200 ok; }", false);
  auto probe = mail();
  probe.target.port = nginx.port();
  EXPECT_SAID(run(probe, {}, std::chrono::milliseconds(300)), Failure, "banner",
              "no answer within 300 ms");
}

TEST_F(Smtp, TcpProbeReadsTheBanner) {
  TcpProbe probe;
  probe.target = {"127.0.0.1", postfix->port()};
  probe.expect_banner = "ESMTP Postfix";
  EXPECT_SAID(run(probe), Success, "", "banner '220 mx.mail.example ESMTP Postfix");
  probe.expect_banner = "Exim";
  EXPECT_SAID(run(probe, {}, std::chrono::milliseconds(300)), Failure, "banner", "so far '220 mx");
}

}  // namespace
}  // namespace dienstbereit::servers
