// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The stage's UPS, read by Debian's own client and by the probe.
#include <csignal>
#include <sstream>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probes/probe_run.h"
#include "stage/stage.h"

namespace dienstbereit::servers {
namespace {

// `stage run` in a process of its own.
class Stage {
 public:
  Stage() : port_(free_port()), control_(folder_.path() / "control") {
    const auto file = folder_.write(
        "stage.yaml",
        "servers:\n  - {id: nut, kind: nut, listen: '127.0.0.1:" + std::to_string(port_) +
            "', nut: {ups: usv1}}\nscenarios:\n  surge: {surge: [nut]}\n");
    pid_ = ::fork();
    if (pid_ == 0) {
      std::ostringstream out;
      ::_exit(stage::run(file, control_, out) ? 0 : 1);
    }
    while (!stage::send_command(control_, "status")) ::sched_yield();
  }
  ~Stage() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  std::uint16_t port() const { return port_; }
  void surge() const { EXPECT_TRUE(stage::send_command(control_, "scenario surge")); }

 private:
  TempFolder folder_;
  std::uint16_t port_;
  std::filesystem::path control_;
  pid_t pid_ = 0;
};

TEST(NutOnStage, DebiansClientReadsIt) {
  const Stage stage;
  const std::string where = "usv1@127.0.0.1:" + std::to_string(stage.port());
  const std::string text = run_program({"upsc", where});
  EXPECT_TRUE(contains(text, "ups.status: OL CHRG")) << text;
  EXPECT_TRUE(contains(text, "input.voltage: 230.2")) << text;
  EXPECT_TRUE(contains(run_program({"upsc", where, "input.transfer.high"}), "264"));
  EXPECT_TRUE(contains(run_program({"upsc", "-l", where.substr(5)}), "usv1"));
}

TEST(NutOnStage, ASurgeIsSeenAndPasses) {
  const Stage stage;
  NutProbe probe;
  probe.target = {"127.0.0.1", stage.port()};
  probe.ups = "usv1";
  EXPECT_SAID(run(probe), Success, "", "OL CHRG, input 230.2 V");
  stage.surge();
  const auto surge = run(probe);
  EXPECT_SAID(surge, Slow, "voltage", "over-voltage: 283.4 V come in");
  EXPECT_TRUE(std::get<PowerTrace>(surge.traces.at(0)).over_voltage);
  const auto began = std::chrono::steady_clock::now();
  bool on_battery = false;
  ProbeResult last = surge;
  while (last.outcome != ProbeOutcome::Success &&
         std::chrono::steady_clock::now() - began < std::chrono::minutes(2)) {
    last = run(probe);
    on_battery = on_battery || std::get<PowerTrace>(last.traces.at(0)).on_battery;
  }
  EXPECT_TRUE(on_battery);
  EXPECT_SAID(last, Success, "", "OL CHRG, input 230.2 V");
}

}  // namespace
}  // namespace dienstbereit::servers
