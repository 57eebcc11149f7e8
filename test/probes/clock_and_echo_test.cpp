// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probes/probe_run.h"
#include "servers/device_servers.h"

namespace dienstbereit::servers {
namespace {

NtpProbe ntp(std::uint16_t port) {
  NtpProbe probe;
  probe.target = {"127.0.0.1", port};
  return probe;
}

// Answers one datagram as a bad time server would.
class BadTimeServer {
 public:
  // `change`: turns the question into the answer.
  explicit BadTimeServer(std::function<void(std::string&)> change)
      : fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof own;
    ::bind(fd_, reinterpret_cast<sockaddr*>(&own), size);
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&own), &size);
    port_ = ntohs(own.sin_port);
    thread_ = std::thread([this, change = std::move(change)] {
      char buffer[128];
      sockaddr_in peer{};
      socklen_t length = sizeof peer;
      auto* address = reinterpret_cast<sockaddr*>(&peer);
      const auto got = ::recvfrom(fd_, buffer, sizeof buffer, 0, address, &length);
      if (got < 48) return;
      std::string answer(buffer, static_cast<std::size_t>(got));
      answer.replace(24, 8, answer.substr(40, 8));
      answer[0] = 0x24;
      change(answer);
      ::sendto(fd_, answer.data(), answer.size(), 0, address, length);
    });
  }
  ~BadTimeServer() {
    thread_.join();
    ::close(fd_);
  }
  std::uint16_t port() const { return port_; }

 private:
  int fd_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST(Ntp, AServerTellsTheTimeAndStopsAndTellsItAgain) {
  TimeServer server(true);
  const auto result = run(ntp(server.port()));
  EXPECT_SAID(result, Success, "", "stratum 3, offset");
  ASSERT_EQ(result.traces.size(), 1u);
  EXPECT_LT(std::chrono::abs(std::get<ClockTrace>(result.traces[0]).offset), Duration(250));
  server.stop();
  EXPECT_SAID(run(ntp(server.port())), Failure, "query", "Connection refused");
  server.start();
  EXPECT_SAID(run(ntp(server.port())), Success, "", "stratum 3");
}

TEST(Ntp, AServerWithoutASourceIsNotSynchronised) {
  TimeServer server(false);
  const auto result = run(ntp(server.port()));
  EXPECT_SAID(result, Failure, "answer", "not synchronised");
  EXPECT_EQ(result.traces.size(), 1u) << "its clock may have jumped while it was off";
}

TEST(Ntp, AClockFarOffIsLimitedAndAKissIsARefusal) {
  // A time that 1900's era had in 1908, and the next one has in 2044.
  BadTimeServer late([](std::string& answer) {
    answer[1] = 2;
    answer.replace(32, 16, std::string("\x10\0\0\0\0\0\0\0\x10\0\0\0\0\0\0\0", 16));
  });
  EXPECT_SAID(run(ntp(late.port())), Slow, "offset", "apart, more than 1 s");
  BadTimeServer kiss([](std::string& answer) {
    answer[1] = 0;
    answer.replace(12, 4, "RATE");
  });
  EXPECT_SAID(run(ntp(kiss.port())), Broken, "start", "kiss-o'-death 'RATE'");
  BadTimeServer forger([](std::string& answer) { answer[24] ^= 1; });
  EXPECT_SAID(run(ntp(forger.port()), {}, std::chrono::milliseconds(500)), Failure, "query",
              "no answer within");
}

TEST(Icmp, LoopbackAnswersInBothFamilies) {
  EXPECT_SAID(run(IcmpProbe{"127.0.0.1"}), Success, "", "127.0.0.1 answers");
  EXPECT_SAID(run(IcmpProbe{"::1"}), Success, "", "::1 answers");
  EXPECT_SAID(run(IcmpProbe{"localhost"}), Success, "", "127.0.0.1 answers");
}

TEST(Icmp, WhoIsNotThereDoesNotAnswer) {
  const auto result = run(IcmpProbe{"198.51.100.77"}, {}, std::chrono::milliseconds(500));
  EXPECT_EQ(result.outcome, ProbeOutcome::Failure) << said(result);
}

// Runs the test `IcmpAsNobody` of this program as nobody, in a network of its own; its output.
std::string as_nobody(const std::string& before) {
  const TempFolder folder;
  const auto self = folder.path() / "program";
  std::filesystem::copy_file("/proc/self/exe", self);
  return run_program({"/usr/bin/unshare", "-n", "/bin/sh", "-c",
                      before +
                          "; exec /usr/bin/setpriv --reuid 65534 --regid 65534 "
                          "--clear-groups --bounding-set=-all --inh-caps=-all " +
                          self.string() + " --gtest_filter=IcmpAsNobody.*"});
}

TEST(Icmp, WithoutTheRightItSaysWhatToDo) {
  const std::string text = as_nobody("ip link set lo up");
  EXPECT_TRUE(contains(text, "broken | start | ")) << text;
  EXPECT_TRUE(contains(text, "CAP_NET_RAW")) << text;
  EXPECT_TRUE(contains(text, "ping_group_range")) << text;
}

TEST(Icmp, TheRightOfTheGroupIsEnough) {
  const std::string text =
      as_nobody("ip link set lo up; echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range");
  EXPECT_TRUE(contains(text, "success |  | 127.0.0.1 answers")) << text;
  EXPECT_TRUE(contains(text, "success |  | ::1 answers")) << text;
}

// For the two above; alone it shows that a probe runs at all.
TEST(IcmpAsNobody, SaysItsVerdict) {
  for (const char* host : {"127.0.0.1", "::1"}) {
    const auto result = run(IcmpProbe{host});
    EXPECT_FALSE(result.detail.empty());
    printf("%s\n", said(result).c_str());
  }
}

}  // namespace
}  // namespace dienstbereit::servers
