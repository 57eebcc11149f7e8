// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/outside/mail_queue.h"
#include "probes/probe_run.h"
#include "servers/mail_house.h"

namespace dienstbereit::servers {
namespace {

constexpr const char* kProbe = "probe@kreis.example";
constexpr const char* kScript = "require [\"duplicate\"];\nif duplicate { discard; stop; }\n";

struct RoundTrip : testing::Test {
  static void SetUpTestSuite() {
    std::filesystem::permissions(files.write("imap", "geheim"), std::filesystem::perms(0400));
    std::filesystem::permissions(files.write("wrong", "falsch"), std::filesystem::perms(0400));
    const Authority authority(files);
    house = new MailHouse(files.write("duplicates.sieve", kScript), {kProbe},
                          authority.issue("mx1.kreis.example", -1, 90));
  }
  static void TearDownTestSuite() { delete house; }

  static MailRoundTripProbe trip() {
    MailRoundTripProbe probe;
    probe.submit = {"127.0.0.1", house->port()};
    probe.sender = kProbe;
    probe.recipient = kProbe;
    probe.imap = {"127.0.0.1", house->imaps_port()};
    probe.imap_user = kProbe;
    probe.imap_credential = "imap";
    probe.tls.ca_file = "ca.pem";
    return probe;
  }

  static inline TempFolder files;
  static inline MailHouse* house = nullptr;
};

TEST_F(RoundTrip, ComesOutAndLeavesNothing) {
  EXPECT_SAID(run(trip(), files.path()), Success, "", "a message was delivered within");
  auto other_way = trip();
  other_way.imap = {"127.0.0.1", house->imap_port()};
  other_way.imap_tls = MailTls::StartTls;
  EXPECT_SAID(run(other_way, files.path()), Success, "", "delivered");
  const std::string left = run_program(
      {"python3", "test/e2e/read_mailbox.py", std::to_string(house->imap_port()), kProbe});
  EXPECT_EQ(left, "");
}

TEST_F(RoundTrip, EachStepThatFailsIsNamed) {
  auto probe = trip();
  probe.recipient = "niemand@kreis.example";
  EXPECT_SAID(run(probe, files.path()), Failure, "submit", "the server said '550");
  probe = trip();
  probe.imap_credential = "wrong";
  EXPECT_SAID(run(probe, files.path()), Failure, "imap login", "after LOGIN the server said");
  probe = trip();
  probe.imap_credential = "missing";
  EXPECT_SAID(run(probe, files.path()), Broken, "start", "missing");
  probe = trip();
  probe.tls.ca_file.clear();
  EXPECT_EQ(run(probe, files.path()).phase, "tls");
}

TEST_F(RoundTrip, AServerThatTakesNoMailIsAFailureAndComesBack) {
  house->kill();
  EXPECT_SAID(run(trip(), files.path()), Failure, "connect", "Connection refused");
  house->start();
  EXPECT_SAID(run(trip(), files.path()), Success, "", "delivered");
}

TEST(MailQueueOfPostfix, AStoppedOneAndAMissingOneAreNoObservation) {
  MailQueueProbe probe;
  probe.config = "/nonexistent";
  const auto result = run(probe);
  EXPECT_EQ(result.outcome, ProbeOutcome::Broken) << said(result);
  EXPECT_FALSE(result.mail);
}

TEST(MailQueueReportFile, IsReadWhileItIsFresh) {
  const TempFolder folder;
  const Instant now = runtime::Clock::wall();
  const MailQueueReport report{now, {7, 900, now - std::chrono::hours(1)}, 0, 1ull << 40};
  MailQueueProbe probe;
  probe.report = folder.write("queue.json", to_json(report)).string();
  auto result = run(probe);
  EXPECT_SAID(result, Success, "", "7 messages wait, the oldest since");
  ASSERT_TRUE(result.mail);
  EXPECT_EQ(result.mail->waiting, 7u);
  probe.most = 6;
  EXPECT_SAID(run(probe), Slow, "queue", "more than 6");
  probe.oldest = std::chrono::minutes(30);
  EXPECT_SAID(run(probe), Slow, "queue", "older than 30 min");
  probe.least_free = 2'000'000'000;
  EXPECT_SAID(run(probe), Failure, "disk", "no more mail is taken");
  probe.report_age = Duration(-1);
  EXPECT_SAID(run(probe), Failure, "report", "nothing new comes");
  probe.report = folder.write("queue.json", "{").string();
  EXPECT_SAID(run(probe), Failure, "report", "no report");
}

}  // namespace
}  // namespace dienstbereit::servers
