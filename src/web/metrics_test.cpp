// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/metrics.h"

#include <sstream>

#include <gtest/gtest.h>

#include "base/file.h"
#include "view/testing/world.h"
#include "web/router.h"

namespace dienstbereit::web {
namespace {

struct Metrics : testing::Test {
  std::string text() const {
    return metrics_text(&world.situation, world.now, "1.2.3", ServerCounts(), {});
  }
  bool says(const std::string& line) const {
    return ("\n" + text()).find("\ndienstbereit_" + line + "\n") != std::string::npos;
  }
  void queue(const char* id) {
    ProbeSpec probe;
    probe.id = ProbeId(id);
    probe.action = MailQueueProbe();
    world.district->probes.push_back(probe);
  }
  void read(const char* id, std::uint64_t waiting, std::optional<Duration> age) {
    MailBacklog backlog{waiting, 1000, {}};
    if (age) backlog.oldest = world.now - *age;
    world.situation.mail.push_back({ProbeId(id), backlog, world.now});
  }
  RunSituation& run(bool dry = false) {
    auto start = std::make_shared<RunStarted>();
    start->dry = dry;
    start->steps.resize(1);
    RunSituation run;
    run.start = start;
    run.steps.resize(1);
    world.situation.interim.runs.push_back(run);
    return world.situation.interim.runs.back();
  }

  test::World world;
};

}  // namespace

TEST_F(Metrics, WaitingMailIsCountedQueueByQueueAndNoProbeIsNamed) {
  queue("MX2/queue");
  queue("MX3/queue");
  queue("MX4/queue");
  EXPECT_EQ(text().find("mail_waiting"), std::string::npos) << "none was read yet";
  read("MX2/queue", 40, std::chrono::minutes(90));
  read("MX4/queue", 0, {});
  EXPECT_TRUE(says("mail_waiting{queue=\"1\"} 40"));
  EXPECT_TRUE(says("mail_oldest_seconds{queue=\"1\"} 5400"));
  EXPECT_TRUE(says("mail_waiting{queue=\"3\"} 0"));
  EXPECT_TRUE(says("mail_oldest_seconds{queue=\"3\"} 0"));
  EXPECT_EQ(text().find("queue=\"2\""), std::string::npos);
  EXPECT_EQ(text().find("MX"), std::string::npos);
}

TEST_F(Metrics, TheBacklogOfIntakeIsCountedOverAllServices) {
  EXPECT_TRUE(says("intake_waiting 0"));
  EXPECT_TRUE(says("intake_oldest_seconds 0"));
  world.situation.backlog.services = {
      {OfficeId("A1"), ServiceId("V1"), 12, world.now - std::chrono::hours(3), 0, {}},
      {OfficeId("A1"), ServiceId("V2"), 3, world.now - std::chrono::hours(26), 0, {}},
      {OfficeId("A2"), ServiceId("V1"), 0, {}, 0, {}}};
  world.situation.backlog.unsent = 7;
  EXPECT_TRUE(says("intake_waiting 15"));
  EXPECT_TRUE(says("intake_oldest_seconds 93600"));
  EXPECT_TRUE(says("intake_unsent 7"));
}

TEST_F(Metrics, RunsThatWaitForAPersonAreCounted) {
  EXPECT_TRUE(says("plan_runs_waiting 0"));
  run().steps[0].state = StepState::Checking;
  run().steps[0].state = StepState::Asked;
  run().steps[0].state = StepState::Unsure;
  run(true).steps[0].state = StepState::Unsure;
  run().result = RunResult::Done;
  EXPECT_TRUE(says("plan_runs 3"));
  EXPECT_TRUE(says("plan_runs_waiting 2"));
  world.situation.interim.fallbacks.emplace_back().state = FallbackState::Stuck;
  EXPECT_TRUE(says("fallbacks_stuck 1"));
}

TEST_F(Metrics, EachStandsInTheDocument) {
  queue("MX2/queue");
  read("MX2/queue", 1, {});
  world.situation.publishing.push_back({PublishId("copy"), true, true, {}, {}});
  const std::string document = read_file("docs/operating/metrics.md", 1u << 20).value();
  std::istringstream lines(text());
  std::size_t families = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("# TYPE ")) continue;
    const std::string name = line.substr(7, line.find(' ', 7) - 7);
    EXPECT_NE(document.find("`" + name + "`"), std::string::npos) << name;
    ++families;
  }
  EXPECT_GT(families, 20u);
}

}  // namespace dienstbereit::web
