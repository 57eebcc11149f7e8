// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The HTTP probe engine beside wrk, blackbox exporter and check_http, in one run:
//
//   probe_bench [--json] [--seconds N]
//
// 10,000 endpoints (40 loopback addresses, 250 pages each), by numeric address, a new connection
// each, an answer of 1 kB, one expected text; results are counted by a sink, no state changes.
// 1. The whole Prober, more due than it can do, against `wrk -t1 -c500` with Connection: close on
//    the same nginx: client on core 0, one nginx worker on core 1; rounds of N seconds (3)
//    alternate, ratios are medians over the rounds.
// 2. CPU time a probe: our thread; the blackbox exporter's process, asked by our engine; check_http
//    run as Icinga runs it (fork, exec, wait), without Icinga's own work.
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "bench/processor_time.h"
#include "probe/prober.h"
#include "servers/servers.h"

namespace {

using namespace dienstbereit;
using SteadyClock = std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr int kAddresses = 40;
constexpr int kPagesPerAddress = 250;
constexpr std::size_t kPageBytes = 1024;
constexpr int kClientCore = 0;
constexpr int kServerCore = 1;
constexpr int kCheckRuns = 200;

class CountingSink final : public InputSink {
 public:
  bool report(ProbeResult result) override {
    ++(result.outcome == ProbeOutcome::Success ? successes : failures);
    if (result.outcome != ProbeOutcome::Success && failures == 1) first_failure = result.detail;
    return true;
  }
  void clock_stepped(Duration) override {}
  void command(Actor, Command, Reply) override {}

  std::atomic<std::uint64_t> successes = 0;
  std::atomic<std::uint64_t> failures = 0;
  std::string first_failure;
};

void pin(pid_t who, int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(who, sizeof cores, &cores);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.at(values.size() / 2);
}

double cpu_seconds(int who) { return dienstbereit::bench::processor_ms(who) / 1000; }

// utime and stime of another process, fields 14 and 15 of /proc/PID/stat.
double cpu_seconds_of_process(pid_t pid) {
  std::ifstream stat(fmt::format("/proc/{}/stat", pid));
  std::string text((std::istreambuf_iterator<char>(stat)), {});
  unsigned long user = 0;
  unsigned long system = 0;
  std::sscanf(text.c_str() + text.rfind(')'),
              ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
  return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

ProbeSpec http_probe(std::string id, std::string url, std::string text) {
  HttpProbe action;
  action.url = std::move(url);
  action.expect.text = std::move(text);
  ProbeSpec spec;
  spec.id = ProbeId(std::move(id));
  spec.interval = std::chrono::milliseconds(400);  // more than is possible: always busy
  spec.timeout = std::chrono::seconds(30);
  spec.action = std::move(action);
  return spec;
}

struct Rate {
  double per_second = 0;
  double cpu_us = 0;
};

// Runs these probes for some seconds on a thread of their own; throws if one fails.
Rate run_engine(std::shared_ptr<const District> district, int seconds) {
  runtime::Loop loop("probes");
  const runtime::Clock clock(runtime::Clock::wall());
  const runtime::Credentials credentials({});
  CountingSink sink;
  probe::Prober prober(loop, clock, credentials, sink, {});
  loop.start();
  loop.post_and_wait([] { pin(0, kClientCore); });
  double cpu = 0;
  loop.post_and_wait([&cpu] { cpu = -cpu_seconds(RUSAGE_THREAD); });
  const auto began = SteadyClock::now();
  prober.use(std::move(district));
  std::this_thread::sleep_for(std::chrono::seconds(seconds));
  loop.post_and_wait([&cpu] { cpu += cpu_seconds(RUSAGE_THREAD); });
  const auto done = static_cast<double>(sink.successes);
  const std::chrono::duration<double> took = SteadyClock::now() - began;
  prober.close();
  if (sink.failures > 0) throw std::runtime_error("a probe failed: " + sink.first_failure);
  return {done / took.count(), cpu / done * 1e6};
}

Rate run_wrk(const std::string& url, int seconds) {
  const double before = cpu_seconds(RUSAGE_CHILDREN);
  const auto text =
      servers::run_program({"taskset", "-c", std::to_string(kClientCore), "wrk", "-t1", "-c500",
                            fmt::format("-d{}s", seconds), "-H", "Connection: close", url});
  const double cpu = cpu_seconds(RUSAGE_CHILDREN) - before;
  const auto at = text.find("Requests/sec:");
  if (at == std::string::npos) throw std::runtime_error("wrk said: " + text);
  const double rate = std::atof(text.c_str() + at + std::strlen("Requests/sec:"));
  return {rate, cpu / (rate * seconds) * 1e6};
}

struct World {
  std::uint16_t port = servers::free_port();
  servers::Nginx nginx;
  std::shared_ptr<District> district = std::make_shared<District>();

  World() : nginx(server_block(port), false) {
    pin(nginx.process().pid(), kServerCore);
    for (int address = 1; address <= kAddresses; ++address) {
      for (int page = 0; page < kPagesPerAddress; ++page) {
        const auto url = fmt::format("http://127.0.0.{}:{}/page/{}", address, port, page);
        district->probes.push_back(
            http_probe(fmt::format("node-{}-{}/http", address, page), url, "Willkommen"));
      }
    }
  }

  static std::string server_block(std::uint16_t port) {
    std::string block;
    for (int i = 1; i <= kAddresses; ++i) {
      block += fmt::format("listen 127.0.0.{}:{} backlog=4096;\n", i, port);
    }
    std::string page = "Willkommen ";
    page.append(kPageBytes - page.size(), '.');
    return block + fmt::format("location / {{ default_type text/html; return 200 '{}'; }}", page);
  }
};

double blackbox_cpu_us(const World& world, int seconds) {
  const servers::TempFolder folder;
  const auto config =
      folder.write("blackbox.yml", "modules: {page: {prober: http, timeout: 20s, http: "
                                   "{fail_if_body_not_matches_regexp: [Willkommen]}}}\n");
  const auto port = servers::free_port();
  servers::Process process(
      folder, {"/usr/bin/prometheus-blackbox-exporter", "--config.file=" + config.string(),
               fmt::format("--web.listen-address=127.0.0.1:{}", port), "--log.level=error"});
  process.wait_for_port("127.0.0.1", port);
  auto district = std::make_shared<District>();
  constexpr int kAtOnce = 50;
  for (int i = 0; i < kAtOnce; ++i) {
    const auto url =
        fmt::format("http://127.0.0.1:{}/probe?module=page&target=http://127.0.0.{}:{}/page/{}",
                    port, i % kAddresses + 1, world.port, i);
    district->probes.push_back(http_probe(fmt::format("asked-{}/http", i), url, "probe_success 1"));
  }
  const double before = cpu_seconds_of_process(process.pid());
  const Rate rate = run_engine(district, seconds);
  const double used = cpu_seconds_of_process(process.pid()) - before;
  process.stop(SIGKILL);
  return used / (rate.per_second * seconds) * 1e6;
}

double check_http_cpu_us(const World& world) {
  const double before = cpu_seconds(RUSAGE_CHILDREN);
  for (int i = 0; i < kCheckRuns; ++i) {
    servers::run_program({"/usr/lib/nagios/plugins/check_http", "-I", "127.0.0.1", "-p",
                          std::to_string(world.port), "-u", fmt::format("/page/{}", i), "-s",
                          "Willkommen"});
  }
  return (cpu_seconds(RUSAGE_CHILDREN) - before) / kCheckRuns * 1e6;
}

struct Outcome {
  std::vector<double> own, wrk, ratio, own_cpu, wrk_cpu;
  double blackbox_cpu = 0;
  double check_cpu = 0;
};

void print(const Outcome& o, bool json) {
  const double cpu = median(o.own_cpu);
  if (json) {
    fmt::print("{{\"own_per_s\": {:.0f}, \"wrk_per_s\": {:.0f}, \"ratio\": {:.2f}, "
               "\"own_cpu_us\": {:.1f}, \"wrk_cpu_us\": {:.1f}, \"blackbox_cpu_us\": {:.1f}, "
               "\"blackbox_factor\": {:.1f}, \"check_http_cpu_us\": {:.1f}, "
               "\"check_http_factor\": {:.1f}}}\n",
               median(o.own), median(o.wrk), median(o.ratio), cpu, median(o.wrk_cpu),
               o.blackbox_cpu, o.blackbox_cpu / cpu, o.check_cpu, o.check_cpu / cpu);
    return;
  }
  fmt::print("probes {:.0f}/s, wrk {:.0f}/s, ratio {:.2f} (target 0.7)\n", median(o.own),
             median(o.wrk), median(o.ratio));
  fmt::print("CPU a probe: ours {:.1f} us, wrk {:.1f} us\n", cpu, median(o.wrk_cpu));
  fmt::print("blackbox exporter {:.1f} us: ours is 1/{:.1f} of it (target 1/6)\n", o.blackbox_cpu,
             o.blackbox_cpu / cpu);
  fmt::print("check_http {:.1f} us: ours is 1/{:.1f} of it (target 1/25 with Icinga around it)\n",
             o.check_cpu, o.check_cpu / cpu);
}

}  // namespace

int main(int argc, char** argv) {
  bool json = false;
  int seconds = 3;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--json") == 0) {
      json = true;
    } else if (std::strcmp(argv[i], "--seconds") == 0 && i + 1 < argc) {
      seconds = std::atoi(argv[++i]);
    } else {
      std::fprintf(stderr, "usage: probe_bench [--json] [--seconds N]\n");
      return 2;
    }
  }
  World world;
  const auto url = fmt::format("http://127.0.0.1:{}/page/0", world.port);
  Outcome outcome;
  for (int round = 0; round < kRounds; ++round) {
    const Rate own = run_engine(world.district, seconds);
    const Rate wrk = run_wrk(url, seconds);
    outcome.own.push_back(own.per_second);
    outcome.wrk.push_back(wrk.per_second);
    outcome.ratio.push_back(own.per_second / wrk.per_second);
    outcome.own_cpu.push_back(own.cpu_us);
    outcome.wrk_cpu.push_back(wrk.cpu_us);
  }
  outcome.blackbox_cpu = blackbox_cpu_us(world, seconds);
  outcome.check_cpu = check_http_cpu_us(world);
  print(outcome, json);
  return 0;
}
