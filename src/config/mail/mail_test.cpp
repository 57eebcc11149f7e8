// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "config/bundle.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kBase = R"(
administration: {name: Kreis, ags: 05999}
components:
  - {id: MAIL, probes: [{kind: smtp, target: "192.0.2.25", accepts: info@kreis.example}]}
)";
constexpr const char* kMail = R"(
mail:
  host: mx2.aussen.example
  domains: [Kreis.example, amt.example]
  primary: 192.0.2.25
  component: MAIL
  function_addresses: [info@kreis.example]
  emergency_mailbox: notfall@anderswo.example
)";
constexpr const char* kProofs = R"(
  - id: MX2
    probes:
      - {kind: smtp, target: "203.0.113.25", every: 1 d, accepts: info@kreis.example,
         refuses: niemand@kreis.example, refuses_relay_to: jemand@fremd.example}
      - {kind: mail_queue}
      - {kind: mail_round_trip, submit: "203.0.113.25", recipient: probe@kreis.example,
         imap: "192.0.2.25", imap_user: probe, imap_credential: imap}
)";

Loaded load_text(const std::string& more) {
  return load_bundle(to_bundle({SourceFile{"district.yaml", kBase + more}}));
}

bool says(const std::string& more, const std::string& part) {
  const std::string said = to_lines(load_text(more).diagnostics);
  EXPECT_NE(said.find(part), std::string::npos) << said;
  return said.find(part) != std::string::npos;
}

std::string without(std::string text, const std::string& line) {
  const auto at = text.find(line);
  EXPECT_NE(at, std::string::npos) << line;
  return text.erase(at, line.size());
}

}  // namespace

TEST(Mail, IsReadAsWrittenAndItsDomainsAreThoseOfTheQueue) {
  const Loaded loaded = load_text(kProofs + std::string(kMail));
  ASSERT_EQ(to_lines(loaded.diagnostics), "");
  const BackupMail& mail = loaded.district->mail.value();
  EXPECT_EQ(mail.domains, (std::vector<std::string>{"kreis.example", "amt.example"}));
  EXPECT_EQ(mail.primary.port, 25);
  EXPECT_EQ(mail.keep, std::chrono::hours(24 * 14));
  const ProbeSpec* queue = find_probe(*loaded.district, ProbeId("MX2/mail_queue"));
  ASSERT_NE(queue, nullptr);
  EXPECT_EQ(std::get<MailQueueProbe>(queue->action).domains, mail.domains);
  const ProbeSpec* trip = find_probe(*loaded.district, ProbeId("MX2/mail_round_trip"));
  ASSERT_NE(trip, nullptr);
  EXPECT_EQ(std::get<MailRoundTripProbe>(trip->action).imap.port, 993);
  EXPECT_EQ(trip->proof, Proof::Works);
}

TEST(Mail, WithoutProofOrWatchIsWarnedOf) {
  EXPECT_TRUE(says(kMail, "no smtp probe proves"));
  EXPECT_TRUE(says(kMail, "no mail_queue probe"));
  EXPECT_TRUE(says(without(kMail, "  component: MAIL\n"), "'component' is missing"));
  EXPECT_NE(load_text(kMail).district, nullptr);
}

TEST(Mail, WhatWouldLoseOrSendBackMailIsAnError) {
  const std::string mail = kMail;
  EXPECT_TRUE(says(mail + "  keep: 5 d\n", "a backup keeps mail for 14 d to 90 d"));
  EXPECT_TRUE(
      says(without(mail, "  emergency_mailbox: notfall@anderswo.example\n"), "belong together"));
  EXPECT_TRUE(says(without(mail, "  emergency_mailbox: notfall@anderswo.example\n") +
                       "  emergency_mailbox: x@unter.kreis.example\n",
                   "is of the house"));
  EXPECT_TRUE(says(without(mail, "  function_addresses: [info@kreis.example]\n") +
                       "  function_addresses: info@fremd.example\n",
                   "is of none of the mail domains"));
  EXPECT_TRUE(says(without(mail, "  primary: 192.0.2.25\n") + "  primary: mx1.kreis.example\n",
                   "write the numeric address"));
  EXPECT_TRUE(says(mail + "  largest_message: 2000\n", "at least twice"));
  EXPECT_TRUE(says(without(mail, "  host: mx2.aussen.example\n") + "  host: kreis.example\n",
                   "is one of the mail domains"));
  EXPECT_TRUE(says(mail + "  certificate: /etc/x.pem\n", "belong together"));
  EXPECT_TRUE(says(mail + kMail, "mail"));
}

TEST(Mail, WhatReachesPostfixIsPlain) {
  for (const std::string wrong : {"\"a b.example\"", "\"$(id).example\"", "kreis", "\"-a.de\""}) {
    EXPECT_TRUE(says(without(kMail, "  host: mx2.aussen.example\n") + "  host: " + wrong + "\n",
                     "is no name of a mail domain"))
        << wrong;
  }
  EXPECT_TRUE(says(std::string(kMail) + "  listen: \"mx.example:25\"\n", "numeric address"));
  EXPECT_TRUE(says(std::string(kMail) + "  key: \"/etc/a b\"\n", "is no absolute path"));
}

TEST(Mail, PasswordsTravelInsideTlsOnly) {
  const std::string probe = "  - {id: MX3, probes: [{kind: mail_round_trip, submit: x.example, "
                            "recipient: a@b.example, imap: y.example, imap_user: u, "
                            "imap_credential: c, ";
  EXPECT_TRUE(says(probe + "imap_tls: none}]}\n", "inside TLS only"));
  EXPECT_TRUE(says(probe + "submit_tls: none, user: u, credential: c}]}\n", "inside TLS only"));
  EXPECT_TRUE(says(probe + "user: u}]}\n", "without 'credential'"));
  EXPECT_NE(load_text(probe + "submit_tls: none}]}\n").district, nullptr);
}

}  // namespace dienstbereit::config
