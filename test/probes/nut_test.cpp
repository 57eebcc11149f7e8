// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <sched.h>
#include <csignal>
#include <sstream>

#include <sys/wait.h>
#include <unistd.h>

#include "probes/probe_run.h"
#include "servers/device_servers.h"

namespace dienstbereit::servers {
namespace {

struct Nut : testing::Test {
  static NutProbe ups(Ups& server) {
    NutProbe probe;
    probe.target = {"127.0.0.1", server.port()};
    probe.ups = "usv1";
    return probe;
  }
  static PowerTrace power(const ProbeResult& result) {
    EXPECT_EQ(result.traces.size(), 1u);
    return result.traces.empty() ? PowerTrace{} : std::get<PowerTrace>(result.traces.front());
  }
};

TEST_F(Nut, OnLineOnBatteryOverVoltageAndBack) {
  Ups server;
  const auto good = run(ups(server));
  EXPECT_SAID(good, Success, "", "OL CHRG, input 231.4 V, battery 100 % for 1820 s");
  EXPECT_EQ(power(good).input_mv, 231'400);
  EXPECT_FALSE(power(good).on_battery || power(good).over_voltage);
  server.set("input.voltage", "271.5");
  const auto surge = run(ups(server));
  EXPECT_SAID(surge, Slow, "voltage", "over-voltage: 271.5 V come in, nominal 230");
  EXPECT_TRUE(power(surge).over_voltage);
  server.set("ups.status", "OB DISCHRG");
  EXPECT_SAID(run(ups(server)), Slow, "battery", "it runs on battery; over-voltage");
  server.set("input.voltage", "229.8");
  server.set("ups.status", "OB LB");
  EXPECT_SAID(run(ups(server)), Failure, "status", "on battery, and the battery is low");
  server.set("ups.status", "OL");
  EXPECT_SAID(run(ups(server)), Success, "", "OL, input 229.8 V");
}

TEST_F(Nut, StaleDataAndAMissingDriverSayNothingOfTheUps) {
  Ups server;
  server.freeze_driver();
  const auto stale = run(ups(server));
  EXPECT_SAID(stale, Broken, "start", "ERR DATA-STALE");
  EXPECT_TRUE(stale.traces.empty());
  server.thaw_driver();
  EXPECT_SAID(run(ups(server)), Success, "", "OL");
  server.kill_driver();
  EXPECT_SAID(run(ups(server)), Broken, "start", "the driver of the UPS does not run");
}

TEST_F(Nut, WhatKeepsUpsdFromAnsweringSaysNothingOfTheUps) {
  Ups server;
  auto probe = ups(server);
  probe.ups = "usv9";
  EXPECT_SAID(run(probe), Broken, "start", "ERR UNKNOWN-UPS");
  server.stop();
  EXPECT_SAID(run(ups(server)), Broken, "start", "Connection refused");
  server.start();
  EXPECT_SAID(run(ups(server)), Success, "", "OL");
  const Nginx nginx("location / { return 200 ok; }", false);
  probe.target.port = nginx.port();
  EXPECT_SAID(run(probe, {}, std::chrono::milliseconds(1000)), Broken, "start", "how the UPS is");
}

// Listens, and never says a word.
TEST_F(Nut, AHangingServerSaysNothingOfTheUps) {
  asio::io_context context;
  const runtime::tcp::acceptor silent(context, {asio::ip::make_address("127.0.0.1"), 0});
  NutProbe probe;
  probe.target = {"127.0.0.1", silent.local_endpoint().port()};
  probe.ups = "usv1";
  const auto result = run(probe, {}, std::chrono::milliseconds(200));
  EXPECT_SAID(result, Broken, "start", "asking upsd for 'usv1': no answer within 200 ms");
  EXPECT_TRUE(result.traces.empty());
}

}  // namespace
}  // namespace dienstbereit::servers
