// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probes/probe_run.h"

namespace dienstbereit::servers {
namespace {

constexpr const char* kRecords = R"(
www   A     192.0.2.7
www   A     192.0.2.8
www   AAAA  2001:db8::7
@     MX    10 mail
alias CNAME www
@     TXT   "v=spf1 -all"
_ldap._tcp SRV 0 5 389 dc
7     PTR   host.kreis.example.
mail  A     192.0.2.25
)";

struct Dns : testing::Test {
  static void SetUpTestSuite() {
    std::string many;
    for (int i = 0; i < 90; ++i) many += "many A 10.0.0." + std::to_string(i) + "\n";
    named = new Named("kreis.example", kRecords + many);
  }
  static void TearDownTestSuite() { delete named; }

  static DnsProbe ask(const std::string& name, const std::string& type,
                      std::vector<std::string> expect = {}) {
    DnsProbe probe;
    probe.resolver = {"127.0.0.1", named->port()};
    probe.name = name;
    probe.type = type;
    probe.expect = std::move(expect);
    return probe;
  }

  static inline Named* named = nullptr;
};

TEST_F(Dns, EveryTypeIsAnsweredAndCompared) {
  const std::string zone = "kreis.example";
  EXPECT_SAID(run(ask("www." + zone, "A", {"192.0.2.8", "192.0.2.7"})), Success, "", "192.0.2.7");
  EXPECT_SAID(run(ask("www." + zone, "AAAA", {"2001:DB8:0::7"})), Success, "", "2001:db8::7");
  EXPECT_SAID(run(ask(zone, "MX", {"10 mail.kreis.example."})), Success, "", "10 mail");
  EXPECT_SAID(run(ask(zone, "NS", {"ns.kreis.example"})), Success, "", "ns.kreis");
  EXPECT_SAID(run(ask(zone, "TXT", {"v=spf1 -all"})), Success, "", "v=spf1 -all");
  EXPECT_SAID(run(ask(zone, "SOA")), Success, "", "ns.kreis.example hostmaster.kreis.example 7 ");
  EXPECT_SAID(run(ask("alias." + zone, "CNAME", {"www.kreis.example"})), Success, "", "www");
  EXPECT_SAID(run(ask("_ldap._tcp." + zone, "SRV")), Success, "", "0 5 389 dc.kreis.example");
  EXPECT_SAID(run(ask("7." + zone, "PTR", {"host.kreis.example"})), Success, "", "host");
}

TEST_F(Dns, AnAliasIsFollowedToItsAddresses) {
  EXPECT_SAID(run(ask("alias.kreis.example", "A", {"192.0.2.7"})), Success, "", "192.0.2.7");
}

TEST_F(Dns, AnswersTooLongForADatagramComeOverTcp) {
  EXPECT_SAID(run(ask("many.kreis.example", "A", {"10.0.0.0", "10.0.0.89"})), Success, "",
              "10.0.0");
}

TEST_F(Dns, MissingNameMissingTypeAndServerFaultAreToldApart) {
  EXPECT_SAID(run(ask("gone.kreis.example", "A")), Failure, "answer", ": NXDOMAIN");
  EXPECT_SAID(run(ask("www.kreis.example", "MX")), Failure, "answer", ": no record of this type");
  EXPECT_SAID(run(ask("www.broken.example", "A")), Failure, "answer", ": SERVFAIL");
  EXPECT_SAID(run(ask("www.foreign.example", "A")), Failure, "answer", ": REFUSED");
}

TEST_F(Dns, AWrongAnswerIsShown) {
  EXPECT_SAID(run(ask("kreis.example", "MX", {"10 other.example"})), Failure, "answer",
              "'10 other.example' is not among the MX records of 'kreis.example': 10 mail");
}

TEST_F(Dns, StoppedServerIsAFailureAndAStartedOneAnswersAgain) {
  named->stop();
  EXPECT_SAID(run(ask("www.kreis.example", "A")), Failure, "query", "connection refused");
  named->start();
  EXPECT_SAID(run(ask("www.kreis.example", "A")), Success, "", "192.0.2.7");
}

TEST_F(Dns, AResolverByNameIsRefused) {
  auto probe = ask("www.kreis.example", "A");
  probe.resolver.host = "ns.kreis.example";
  EXPECT_SAID(run(probe), Broken, "start", "numeric address");
  probe = ask("www.kreis.example", "HINFO");
  EXPECT_SAID(run(probe), Broken, "start", "'HINFO'");
}

TEST_F(Dns, ASilentServerIsATimeout) {
  named->process().signal(SIGSTOP);
  const auto result = run(ask("www.kreis.example", "A"), {}, std::chrono::milliseconds(300));
  named->process().signal(SIGCONT);
  EXPECT_SAID(result, Failure, "query", "no answer within 300 ms");
}

}  // namespace
}  // namespace dienstbereit::servers
