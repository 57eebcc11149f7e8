// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probes/probe_run.h"
#include "servers/device_servers.h"

namespace dienstbereit::servers {
namespace {

constexpr const char* kMemoryTotal = "1.3.6.1.4.1.2021.4.5.0";

struct Snmp : testing::Test {
  static void SetUpTestSuite() {
    secret("community", "geheim");
    secret("auth", "authentication");
    secret("priv", "encryption");
    secret("wrong", "something else");
    agent = new SnmpAgent;
  }
  static void TearDownTestSuite() { delete agent; }
  static void secret(const char* name, const char* text) {
    std::filesystem::permissions(files.write(name, text), std::filesystem::perms(0400));
  }

  static SnmpProbe v2c() {
    SnmpProbe probe;
    probe.target = {"127.0.0.1", agent->port()};
    probe.credential = "community";
    return probe;
  }
  static SnmpProbe v3() {
    SnmpProbe probe = v2c();
    probe.user = "observer";
    probe.credential = "auth";
    probe.privacy_credential = "priv";
    return probe;
  }

  static inline TempFolder files;
  static inline SnmpAgent* agent = nullptr;
};

Duration uptime(const ProbeResult& result) {
  for (const Trace& trace : result.traces) {
    if (const auto* up = std::get_if<UptimeTrace>(&trace)) return up->uptime;
  }
  ADD_FAILURE() << "no uptime: " << said(result);
  return Duration(0);
}

TEST_F(Snmp, BothVersionsTellTheUptime) {
  for (const SnmpProbe& probe : {v2c(), v3()}) {
    const auto result = run(probe, files.path());
    EXPECT_SAID(result, Success, "", "runs for 0 d 0 h");
    EXPECT_GT(uptime(result), Duration(0));
    EXPECT_LT(uptime(result), std::chrono::minutes(5));
  }
}

TEST_F(Snmp, InterfacesAreFoundByNameAndMustBeUp) {
  for (SnmpProbe probe : {v2c(), v3()}) {
    probe.interfaces = {"lo"};
    const auto result = run(probe, files.path());
    EXPECT_SAID(result, Success, "", "'lo' is up");
    EXPECT_EQ(result.traces.size(), 2u);
    probe.interfaces = {"lo", "ge-0/0/9"};
    EXPECT_SAID(run(probe, files.path()), Failure, "interface", "no interface 'ge-0/0/9'");
  }
}

TEST_F(Snmp, AValueHasBounds) {
  SnmpProbe probe = v2c();
  probe.oid = kMemoryTotal;
  probe.least = 1;
  EXPECT_SAID(run(probe, files.path()), Success, "", "1.3.6.1.4.1.2021.4.5.0 is");
  probe.most = 1;
  EXPECT_SAID(run(probe, files.path()), Slow, "value", "more than 1");
  probe.most.reset();
  probe.least = 1e18;
  EXPECT_SAID(run(probe, files.path()), Slow, "value", "less than 1e+18");
  probe.oid = "1.3.6.1.2.1.1.9999.0";
  EXPECT_SAID(run(probe, files.path()), Failure, "value", "has no object");
}

TEST_F(Snmp, WhoIsRefusedIsToldWhyAndNothingOfTheDevice) {
  const auto refused = [](const SnmpProbe& probe, const char* why) {
    EXPECT_SAID(run(probe, files.path(), std::chrono::milliseconds(1500)), Broken, "start", why);
  };
  SnmpProbe probe = v3();
  probe.credential = "wrong";
  refused(probe, "the passphrase, or 'auth'");
  probe = v3();
  probe.privacy_credential = "wrong";
  refused(probe, "the passphrase of the encryption");
  probe = v3();
  probe.user = "nobody";
  refused(probe, "does not know this user");
  probe = v3();
  probe.user = "weak";
  probe.auth = SnmpAuth::Md5;
  refused(probe, "security");
  probe.privacy_credential.clear();
  EXPECT_SAID(run(probe, files.path()), Success, "", "runs for");
  probe = v3();
  probe.user = "stranger";
  probe.privacy_credential.clear();
  refused(probe, "authorizationError");
}

TEST_F(Snmp, AnotherCommunityIsSilence) {
  SnmpProbe probe = v2c();
  probe.credential = "wrong";
  EXPECT_SAID(run(probe, files.path(), std::chrono::milliseconds(1500)), Failure, "query",
              "no answer within");
}

TEST_F(Snmp, ARestartedAgentIsSeenByItsUptime) {
  const auto before = uptime(run(v2c(), files.path()));
  agent->stop();
  EXPECT_SAID(run(v2c(), files.path()), Failure, "query", "Connection refused");
  agent->start();
  EXPECT_LT(uptime(run(v3(), files.path())), before);
}

}  // namespace
}  // namespace dienstbereit::servers
