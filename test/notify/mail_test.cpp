// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "sending.h"

namespace dienstbereit::servers {
namespace {

struct Mail : testing::Test {
  static void SetUpTestSuite() {
    const Authority authority(files);
    account = new MailAccount(authority.issue("mx.aussen.example", -1, 90));
  }
  static void TearDownTestSuite() { delete account; }

  static notify::Letter mail(const char* to = "it@ziel.example") {
    auto one = letter(ChannelKind::Mail, fmt_url("smtp", account->port()));
    one.channel.from = "melder@aussen.example";
    one.channel.user = MailAccount::kUser;
    one.channel.credential = "post";
    one.channel.tls.server_name = "mx.aussen.example";
    one.channel.tls.ca_file = "ca.pem";
    one.to = to;
    return one;
  }
  static std::string fmt_url(const char* scheme, std::uint16_t port) {
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
  }
  // Delivery follows acceptance: waits for it.
  static std::string delivered_with(const std::string& key) {
    std::string found;
    account->process().wait_until([&] {
      for (const std::string& one : account->delivered()) {
        if (contains(header_of(one, "Message-ID"), key)) found = one;
      }
      return !found.empty();
    });
    return found;
  }

  static inline TempFolder files;
  static inline MailAccount* account = nullptr;
};

}  // namespace

TEST_F(Mail, ArrivesOverTlsAndWithTheAccount) {
  Sending sending(files.path());
  const auto result = sending.send(mail());
  ASSERT_TRUE(result.ok) << result.detail;
  const std::string mail = delivered_with("47.1.1795414200000");
  EXPECT_EQ(header_of(mail, "Subject"), "Störung: 2 Orte – prüfen");
  EXPECT_EQ(header_of(mail, "Message-ID"), "<dienstbereit.47.1.1795414200000@aussen.example>");
  EXPECT_EQ(header_of(mail, "Auto-Submitted"), "auto-generated");
  EXPECT_EQ(body_of(mail), "Guten Tag,\r\n.\r\n..\r\nes grüßt\r\n");
  EXPECT_TRUE(contains(header_of(mail, "Received"), "ESMTPSA")) << mail;  // TLS and signed in
}

TEST_F(Mail, ArrivesByTlsFromTheFirstByte) {
  Sending sending(files.path());
  auto one = mail();
  one.key = "48.1.1";
  one.channel.url = fmt_url("smtps", account->wrapped_port());
  const auto result = sending.send(one);
  ASSERT_TRUE(result.ok) << result.detail;
  EXPECT_TRUE(contains(header_of(delivered_with("48.1.1"), "Received"), "ESMTPSA"));
}

TEST_F(Mail, AWrongPasswordIsSaidWithoutIt) {
  Sending sending(files.path());
  sending.secrets["post"] = "falsch-7731";
  const auto result = sending.send(mail());
  EXPECT_FALSE(result.ok);
  EXPECT_TRUE(result.permanent);
  EXPECT_TRUE(contains(result.detail, "535")) << result.detail;
  EXPECT_FALSE(contains(result.detail, "falsch-7731"));
}

TEST_F(Mail, AnUnknownRecipientIsRefusedForGoodAndNotNamed) {
  Sending sending(files.path());
  const auto result = sending.send(mail("unbekannt@ziel.example"));
  EXPECT_FALSE(result.ok);
  EXPECT_TRUE(result.permanent);
  EXPECT_TRUE(contains(result.detail, "550 5.1.1")) << result.detail;
  EXPECT_FALSE(contains(result.detail, "unbekannt@")) << result.detail;
}

TEST_F(Mail, AStoppedServerIsTriedAgainLater) {
  Sending sending(files.path());
  account->stop();
  auto one = mail();
  one.key = "49.1.1";
  const auto failed = sending.send(one);
  EXPECT_FALSE(failed.ok);
  EXPECT_FALSE(failed.permanent);
  EXPECT_TRUE(contains(failed.detail, "onnect")) << failed.detail;
  account->start();
  EXPECT_TRUE(sending.send(one).ok);
}

TEST_F(Mail, AServerWithAnotherNameGetsNeitherMailNorPassword) {
  Sending sending(files.path());
  auto one = mail();
  one.channel.tls.server_name = "mail.anders.example";
  const auto result = sending.send(one);
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.permanent);
  EXPECT_TRUE(contains(result.detail, "mail.anders.example")) << result.detail;
}

TEST_F(Mail, WithoutTlsNothingIsSent) {
  Postfix plain;
  Sending sending(files.path());
  auto one = mail("user@mail.example");
  one.channel.url = fmt_url("smtp", plain.port());
  one.channel.user.clear();
  one.channel.credential.clear();
  const auto result = sending.send(one);
  EXPECT_FALSE(result.ok);
  EXPECT_EQ(plain.queued(), 0u);
}

TEST_F(Mail, AMissingCredentialIsSaidByName) {
  Sending sending(files.path());
  sending.secrets.clear();
  const auto result = sending.send(mail());
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.permanent);
  EXPECT_TRUE(contains(result.detail, "no credential post")) << result.detail;
}

}  // namespace dienstbereit::servers
