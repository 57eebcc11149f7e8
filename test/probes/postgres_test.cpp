// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probes/probe_run.h"

namespace dienstbereit::servers {
namespace {

struct Sql : testing::Test {
  static void SetUpTestSuite() {
    postgres = new Postgres();
    for (const auto& [name, text] : {std::pair("right", "geheim"), std::pair("wrong", "falsch")}) {
      std::filesystem::permissions(secrets.write(name, text), std::filesystem::perms(0400));
    }
  }
  static void TearDownTestSuite() { delete postgres; }

  static PostgresProbe query(const std::string& sql, const std::string& expect = {}) {
    PostgresProbe probe;
    probe.target = {"127.0.0.1", postgres->port()};
    probe.database = "fach";
    probe.user = "probe";
    probe.credential = "right";
    probe.query = sql;
    probe.expect = expect;
    return probe;
  }
  static ProbeResult ask(const PostgresProbe& probe, Duration timeout = std::chrono::seconds(10)) {
    return run(probe, secrets.path(), timeout);
  }

  static inline TempFolder secrets;
  static inline Postgres* postgres = nullptr;
};

TEST_F(Sql, AnsweredQueryIsASuccessWithItsPhases) {
  const auto result = ask(query("SELECT name FROM amt", "offen"));
  EXPECT_SAID(result, Success, "", "the query answers 'offen'");
  std::string phases;
  for (const auto& phase : result.phases) phases += phase.name + ",";
  EXPECT_EQ(phases, "resolve,connect,login,query,");
}

TEST_F(Sql, EveryAddressOfANameIsTried) {
  auto probe = query("SELECT 1", "1");
  probe.target.host = "localhost";  // ::1 too, where nothing listens
  EXPECT_SAID(ask(probe), Success, "", "'1'");
}

TEST_F(Sql, AnotherAnswerIsShown) {
  EXPECT_SAID(ask(query("SELECT name FROM amt", "zu")), Failure, "answer",
              "the query answers 'offen', expected was 'zu'");
  EXPECT_SAID(ask(query("SELECT 1 WHERE false", "1")), Failure, "answer", "with no row");
}

TEST_F(Sql, ErrorsOfTheServerAreQuoted) {
  EXPECT_SAID(ask(query("SELECT * FROM missing")), Failure, "query",
              "relation \"missing\" does not exist");
  auto probe = query("SELECT 1");
  probe.database = "gone";
  EXPECT_SAID(ask(probe), Failure, "login", "database \"gone\" does not exist");
  probe = query("SELECT 1");
  probe.credential = "wrong";
  EXPECT_SAID(ask(probe), Failure, "login", "password authentication failed for user \"probe\"");
  probe.credential.clear();
  EXPECT_SAID(ask(probe), Failure, "login", "asks for a password");
}

TEST_F(Sql, MissingCredentialIsNoObservation) {
  auto probe = query("SELECT 1");
  probe.credential = "absent";
  EXPECT_SAID(ask(probe), Broken, "start", "the credential 'absent' is missing");
}

TEST_F(Sql, StoppedServerRefusesAndAStartedOneAnswersAgain) {
  postgres->stop();
  EXPECT_SAID(ask(query("SELECT 1")), Failure, "connect", "Connection refused");
  postgres->start();
  EXPECT_SAID(ask(query("SELECT 1", "1")), Success, "", "'1'");
}

TEST_F(Sql, FrozenServerAcceptsTheConnectionButNotTheQuery) {
  postgres->freeze();
  TcpProbe port;
  port.target = {"127.0.0.1", postgres->port()};
  const auto alive = run(port);
  const auto works = ask(query("SELECT 1"), std::chrono::milliseconds(400));
  postgres->thaw();
  EXPECT_SAID(alive, Success, "", "connected");
  EXPECT_SAID(works, Failure, "login", "no answer within 400 ms");
  EXPECT_SAID(ask(query("SELECT 1")), Success, "", "'1'");
}

TEST_F(Sql, SlowQueriesMeetTheDeadline) {
  EXPECT_SAID(ask(query("SELECT pg_sleep(60)"), std::chrono::milliseconds(400)), Failure, "query",
              "no answer within 400 ms");
}

TEST_F(Sql, EndlessAnswersAreCutOff) {
  EXPECT_SAID(ask(query("SELECT repeat('x', 20000000)")), Failure, "query",
              "larger than 1048576 bytes");
  EXPECT_SAID(ask(query("SELECT generate_series(1, 10000000)", "1")), Success, "", "'1'");
}

}  // namespace
}  // namespace dienstbereit::servers
