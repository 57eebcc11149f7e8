// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/actions/helper_port.h"

#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "helper/protocol.h"

namespace dienstbereit::fallback {
namespace {

// A socket on which a test plays the helper.
class Socket {
 public:
  Socket() {
    path = "/tmp/helper-port-test-" + std::to_string(::getpid());
    ::unlink(path.c_str());
    fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(fd, 4), 0);
  }
  ~Socket() {
    ::close(fd);
    ::unlink(path.c_str());
  }
  // Takes one connection and its request.
  int accept(std::string& request) const {
    const int peer = ::accept(fd, nullptr, nullptr);
    char c = 0;
    while (::read(peer, &c, 1) == 1 && c != '\n') request += c;
    return peer;
  }
  std::string path;
  int fd;
};

struct Port : testing::Test {
  Port() { loop.start(); }
  ~Port() override { loop.stop(); }
  ActionResult ask(HelperPort& port, Duration timeout) {
    port.carry_out({"run-1.0.do", "fence", {}, ActionMode::Do, timeout, 0});
    return result.get_future().get();
  }
  HelperPort::Report report() {
    return [this](ActionResult one) { result.set_value(std::move(one)); };
  }
  runtime::Loop loop{"port"};
  std::promise<ActionResult> result;
};

TEST_F(Port, SaysThatTheHelperIsNotThereAndThatNothingWasBegun) {
  HelperPort port(loop, "/nowhere/socket", report(), std::chrono::milliseconds(1));
  const ActionResult answer = ask(port, std::chrono::seconds(5));
  EXPECT_EQ(answer.outcome, ActionOutcome::Refused);
  EXPECT_NE(answer.detail.find("systemctl start dienstbereit-helper"), std::string::npos);
  port.close();
}

TEST_F(Port, AsksAgainUnderTheSameKeyWhereTheConnectionBreaks) {
  const Socket socket;
  HelperPort port(loop, socket.path, report());
  std::string first;
  std::string second;
  std::thread helper([&] {
    ::close(socket.accept(first));
    const int peer = socket.accept(second);
    const std::string line = helper::to_line(
        ActionResult{"run-1.0.do", ActionMode::Do, ActionOutcome::Done, "promoted"});
    EXPECT_EQ(::write(peer, line.data(), line.size()), static_cast<ssize_t>(line.size()));
    ::close(peer);
  });
  const ActionResult answer = ask(port, std::chrono::seconds(30));
  helper.join();
  EXPECT_EQ(first, second);
  EXPECT_EQ(answer.outcome, ActionOutcome::Done);
  EXPECT_EQ(answer.detail, "promoted");
  port.close();
}

TEST_F(Port, KnowsNothingOfAHelperThatDiedOverIt) {
  auto socket = std::make_unique<Socket>();
  HelperPort port(loop, socket->path, report(), std::chrono::milliseconds(1));
  std::string request;
  std::thread helper([&] {
    const int peer = socket->accept(request);
    ::close(peer);
    socket.reset();
  });
  // Its own time and the grace of the answer.
  const ActionResult answer = ask(port, std::chrono::milliseconds(1));
  helper.join();
  EXPECT_EQ(answer.outcome, ActionOutcome::Interrupted);
  port.close();
}

}  // namespace
}  // namespace dienstbereit::fallback
