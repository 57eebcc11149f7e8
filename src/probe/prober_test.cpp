// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/prober.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Keeps what is reported, and lets a test wait for it.
class Recorder final : public InputSink {
 public:
  bool report(ProbeResult result) override {
    const std::lock_guard lock(mutex_);
    results_.push_back(std::move(result));
    arrived_.notify_all();
    return !full;
  }
  void clock_stepped(Duration) override {}
  void command(Actor, Command, Reply) override {}

  // The results, as soon as there are `count`.
  std::vector<ProbeResult> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(arrived_.wait_for(lock, seconds(20), [&] { return results_.size() >= count; }));
    return results_;
  }

  std::atomic<bool> full = false;

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<ProbeResult> results_;
};

// Loopback port that the kernel answers for.
struct Listener {
  asio::io_context context;
  runtime::tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), 0}};
  std::uint16_t port() const { return acceptor.local_endpoint().port(); }
};

struct ProberTest : testing::Test {
  ProberTest() { loop.start(); }
  ~ProberTest() override { prober.close(); }

  ProbeSpec tcp_probe(const std::string& id, Duration interval) const {
    ProbeSpec spec;
    spec.id = ProbeId(id);
    spec.interval = interval;
    TcpProbe action;
    action.target = {"127.0.0.1", listener.port()};
    spec.action = std::move(action);
    return spec;
  }
  static std::shared_ptr<const District> of(std::vector<ProbeSpec> probes) {
    auto district = std::make_shared<District>();
    district->probes = std::move(probes);
    return district;
  }

  Listener listener;
  runtime::Loop loop{"probes"};
  runtime::Clock clock{runtime::Clock::wall()};
  runtime::Credentials credentials{{}};
  Recorder sink;
  Prober prober{loop, clock, credentials, sink, {}};
};

}  // namespace

TEST_F(ProberTest, RunsEachProbeInEveryInterval) {
  prober.use(of({tcp_probe("a/tcp", milliseconds(100)), tcp_probe("b/tcp", milliseconds(100))}));
  const auto results = sink.wait_for(6);
  std::size_t first = 0;
  for (const auto& result : results) {
    EXPECT_EQ(result.outcome, ProbeOutcome::Success) << result.detail;
    EXPECT_GE(result.began, clock.now() - seconds(20));
    EXPECT_LE(result.began, result.ended);
    if (result.probe == ProbeId("a/tcp")) ++first;
  }
  EXPECT_GE(first, 2u);
  const auto figures = prober.figures();
  EXPECT_EQ(figures.scheduled, 2u);
  EXPECT_GE(figures.runs, 6u);
  EXPECT_GT(figures.lateness_p99.count(), 0);
}

TEST_F(ProberTest, RunsAtOnceWhenAsked) {
  prober.use(of({tcp_probe("a/tcp", hours(24))}));
  prober.run_now(ProbeId("a/tcp"));
  EXPECT_EQ(sink.wait_for(1).front().probe, ProbeId("a/tcp"));
}

TEST_F(ProberTest, AReloadTakesEffectAtOnce) {
  prober.use(of({tcp_probe("a/tcp", hours(24))}));
  prober.use(of({tcp_probe("b/tcp", hours(24))}));
  prober.run_now(ProbeId("a/tcp"));
  prober.run_now(ProbeId("b/tcp"));
  EXPECT_EQ(sink.wait_for(1).front().probe, ProbeId("b/tcp"));
}

TEST_F(ProberTest, CountsWhatTheSinkRefuses) {
  sink.full = true;
  prober.use(of({tcp_probe("a/tcp", hours(24))}));
  prober.run_now(ProbeId("a/tcp"));
  sink.wait_for(1);
  loop.post_and_wait([] {});
  EXPECT_EQ(prober.figures().dropped, 1u);
}

TEST_F(ProberTest, ClosingEndsRunsThatWaitWithoutAResult) {
  auto silent = tcp_probe("a/tcp", hours(24));
  std::get<TcpProbe>(silent.action).expect_banner = "never";
  silent.timeout = hours(1);
  prober.use(of({silent}));
  prober.run_now(ProbeId("a/tcp"));
  while (prober.figures().running == 0) std::this_thread::yield();
}

TEST_F(ProberTest, HeartbeatsAreNotScheduled) {
  ProbeSpec spec;
  spec.id = ProbeId("a/heartbeat");
  spec.action = HeartbeatProbe{};
  prober.use(of({spec, tcp_probe("b/tcp", hours(24))}));
  prober.run_now(ProbeId("a/heartbeat"));
  prober.run_now(ProbeId("b/tcp"));
  EXPECT_EQ(sink.wait_for(1).front().probe, ProbeId("b/tcp"));
  EXPECT_EQ(prober.figures().scheduled, 1u);
}

}  // namespace dienstbereit::probe
