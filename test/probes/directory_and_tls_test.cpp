// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probes/probe_run.h"
#include "servers/mail_house.h"

namespace dienstbereit::servers {
namespace {

constexpr const char* kUser = "probe@kreis.example";
constexpr const char* kAdmin = "cn=admin,dc=kreis,dc=example";
constexpr const char* kBase = "dc=kreis,dc=example";
constexpr int kPeople = 5;

struct Directory : testing::Test {
  static void SetUpTestSuite() {
    std::filesystem::permissions(files.write("secret", "geheim"), std::filesystem::perms(0400));
    std::filesystem::permissions(files.write("wrong", "falsch"), std::filesystem::perms(0400));
    const Authority authority(files);
    const auto certificate = authority.issue("ldap.kreis.example", -1, 90);
    slapd = new Slapd(kPeople, 100, &certificate);
  }
  static void TearDownTestSuite() { delete slapd; }

  static LdapProbe ldap() {
    LdapProbe probe;
    probe.target = {"127.0.0.1", slapd->port()};
    probe.security = MailTls::StartTls;
    probe.user = kAdmin;
    probe.credential = "secret";
    probe.base = kBase;
    probe.scope = LdapScope::One;
    probe.filter = "(&(objectClass=inetOrgPerson)(mail=person*@kreis.example))";
    probe.least = kPeople;
    probe.tls.ca_file = "ca.pem";
    return probe;
  }

  static inline TempFolder files;
  static inline Slapd* slapd = nullptr;
};

TEST_F(Directory, BindsAndFindsByEachWay) {
  EXPECT_SAID(run(ldap(), files.path()), Success, "", "5 entries at 'dc=kreis,dc=example' fit");
  auto probe = ldap();
  probe.target.port = slapd->tls_port();
  probe.security = MailTls::Tls;
  EXPECT_SAID(run(probe, files.path()), Success, "", "5 entries");
  probe = ldap();
  probe.security = MailTls::None;
  probe.user.clear();
  probe.credential.clear();
  EXPECT_SAID(run(probe, files.path()), Success, "", "5 entries");
  probe.base.clear();
  probe.scope = LdapScope::Base;
  probe.filter = "(objectClass=*)";
  probe.least = 1;
  EXPECT_SAID(run(probe, files.path()), Success, "", "1 entries at the root DSE");
}

TEST_F(Directory, EachStepThatFailsIsNamed) {
  auto probe = ldap();
  probe.credential = "wrong";
  EXPECT_SAID(run(probe, files.path()), Failure, "bind", "invalidCredentials (49)");
  probe = ldap();
  probe.least = kPeople + 1;
  EXPECT_SAID(run(probe, files.path()), Failure, "answer", "5 entries");
  probe = ldap();
  probe.base = "dc=anderswo";
  EXPECT_SAID(run(probe, files.path()), Failure, "search", "noSuchObject (32)");
  probe = ldap();
  probe.tls.server_name = "ldap.fremd.example";
  EXPECT_SAID(run(probe, files.path()), Failure, "tls", "does not carry the name");
  probe = ldap();
  probe.filter = "(uid=p0";
  EXPECT_SAID(run(probe, files.path()), Broken, "start", "the filter is wrong");
  probe = ldap();
  probe.security = MailTls::None;
  EXPECT_SAID(run(probe, files.path()), Broken, "start", "inside TLS only");
}

TEST_F(Directory, AServerThatCountsNoFurtherSaysNothingOfTheRest) {
  const Slapd few(kPeople, kPeople - 2);
  auto probe = ldap();
  probe.target.port = few.port();
  probe.security = MailTls::None;
  probe.user.clear();  // the administrator knows no limit
  probe.credential.clear();
  EXPECT_SAID(run(probe, files.path()), Broken, "start", "counts no further than 3 entries");
  probe.least = kPeople - 2;
  EXPECT_SAID(run(probe, files.path()), Success, "", "3 entries");
}

TEST_F(Directory, AStoppedServerRefusesAndAStartedOneAnswersAgain) {
  slapd->stop();
  EXPECT_SAID(run(ldap(), files.path()), Failure, "connect", "Connection refused");
  slapd->start();
  EXPECT_SAID(run(ldap(), files.path()), Success, "", "5 entries");
}

TEST_F(Directory, AWebServerIsNoDirectory) {
  Nginx nginx("location / { return 200 ok; }", false);
  auto probe = ldap();
  probe.target.port = nginx.port();
  const auto result = run(probe, files.path(), std::chrono::seconds(2));
  EXPECT_SAID(result, Failure, "starttls", "LDAP");
}

// ---- IMAP, and TLS alone

struct Secure : testing::Test {
  static void SetUpTestSuite() {
    std::filesystem::permissions(files.write("secret", "geheim"), std::filesystem::perms(0400));
    std::filesystem::permissions(files.write("wrong", "falsch"), std::filesystem::perms(0400));
    const Authority authority(files);
    const auto certificate = authority.issue("mx1.kreis.example", -1, 90);
    house = new MailHouse(
        files.write("d.sieve", "require [\"duplicate\"];\nif duplicate { discard; stop; }\n"),
        {kUser}, certificate);
    slapd = new Slapd(1, 100, &certificate);
  }
  static void TearDownTestSuite() {
    delete house;
    delete slapd;
  }

  static ImapProbe imap() {
    ImapProbe probe;
    probe.target = {"127.0.0.1", house->imaps_port()};
    probe.user = kUser;
    probe.credential = "secret";
    probe.tls.ca_file = "ca.pem";
    return probe;
  }
  static TlsProbe tls(std::uint16_t port, StartTls starttls) {
    TlsProbe probe;
    probe.target = {"127.0.0.1", port};
    probe.starttls = starttls;
    probe.tls.ca_file = "ca.pem";
    return probe;
  }

  static inline TempFolder files;
  static inline MailHouse* house = nullptr;
  static inline Slapd* slapd = nullptr;
};

TEST_F(Secure, ImapGreetsEncryptsLogsInAndSaysWhatItOffers) {
  EXPECT_SAID(run(imap(), files.path()), Success, "", "logged in");
  auto probe = imap();
  probe.target.port = house->imap_port();
  probe.security = MailTls::StartTls;
  probe.capabilities = {"imap4rev1", "IDLE"};
  EXPECT_SAID(run(probe, files.path()), Success, "", "logged in");
  probe.capabilities = {"TELEPATHY"};
  EXPECT_SAID(run(probe, files.path()), Failure, "capability", "does not offer TELEPATHY");
  probe = imap();
  probe.user.clear();
  probe.credential.clear();
  EXPECT_SAID(run(probe, files.path()), Success, "", "OK");
  probe = imap();
  probe.credential = "wrong";
  EXPECT_SAID(run(probe, files.path()), Failure, "imap login", "after LOGIN the server said");
}

TEST_F(Secure, ImapThatIsCutAndComesBack) {
  house->cut();
  EXPECT_SAID(run(imap(), files.path()), Failure, "connect", "Connection refused");
  house->restore();
  EXPECT_SAID(run(imap(), files.path()), Success, "", "logged in");
}

TEST_F(Secure, TheChainIsToldInEachProtocol) {
  for (const auto& probe :
       {tls(house->imaps_port(), StartTls::None), tls(house->imap_port(), StartTls::Imap),
        tls(house->port(), StartTls::Smtp), tls(slapd->port(), StartTls::Ldap),
        tls(slapd->tls_port(), StartTls::None)}) {
    EXPECT_SAID(run(probe, files.path()), Success, "", "in 89 days");
  }
}

TEST_F(Secure, ACertificateThatEndsWithinTheBoundIsLimited) {
  auto probe = tls(house->imaps_port(), StartTls::None);
  probe.tls.expires_within = std::chrono::hours(24 * 91);
  EXPECT_SAID(run(probe, files.path()), Slow, "certificate", "in 89 days");
  probe.tls.ca_file.clear();
  EXPECT_SAID(run(probe, files.path()), Failure, "tls", "certificate");
}

TEST_F(Secure, ADatabaseWithoutTlsSaysSo) {
  Postgres database;
  EXPECT_SAID(run(tls(database.port(), StartTls::Postgres), files.path()), Failure, "starttls",
              "does not offer TLS");
  Nginx nginx("location / { return 200 ok; }", false);
  const auto other =
      run(tls(nginx.port(), StartTls::Postgres), files.path(), std::chrono::seconds(2));
  EXPECT_EQ(other.outcome, ProbeOutcome::Failure) << said(other);
  EXPECT_EQ(other.phase, "starttls") << said(other);
}

}  // namespace
}  // namespace dienstbereit::servers
