// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/stage.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <list>
#include <regex>
#include <tuple>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

namespace dienstbereit::stage {
namespace {

constexpr int kPatienceMs = 10'000;
// Other tests connect from 127.0.0.1, each time from a port that must not be one of ours.
constexpr const char* kAddress = "127.0.0.61";

sockaddr_in address_of(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ::inet_pton(AF_INET, kAddress, &address.sin_addr);
  return address;
}

// A connection to kAddress, or none.
class Client {
 public:
  explicit Client(std::uint16_t port, int type = SOCK_STREAM) : fd_(::socket(AF_INET, type, 0)) {
    const sockaddr_in address = address_of(port);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view text) const { ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL); }
  // Until `wanted` has come, the peer has closed, or patience ends.
  std::string receive(std::string_view wanted) const {
    std::string text;
    pollfd polled{fd_, POLLIN, 0};
    while (text.find(wanted) == std::string::npos && ::poll(&polled, 1, kPatienceMs) > 0) {
      char buffer[512];
      const ssize_t got = ::recv(fd_, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      text.append(buffer, static_cast<std::size_t>(got));
    }
    return text;
  }

 private:
  int fd_;
  bool connected_ = false;
};

// A process, a child of ours or not. A killed one closes its sockets before anybody can wait for
// it, so a connection that ended does not say that its parent knows.
class Process {
 public:
  explicit Process(pid_t pid) : fd_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))) {}
  ~Process() { ::close(fd_); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  bool kill() const { return ::syscall(SYS_pidfd_send_signal, fd_, SIGKILL, nullptr, 0) == 0; }
  // True as soon as it can be waited for; false after kPatienceMs.
  bool ends() const {
    pollfd polled{fd_, POLLIN, 0};
    return ::poll(&polled, 1, kPatienceMs) == 1 && (polled.revents & POLLIN) != 0;
  }

 private:
  int fd_;
};

// TCP ports of kAddress that were free a moment ago, all different.
template <std::size_t kCount>
std::array<std::uint16_t, kCount> free_ports() {
  std::array<int, kCount> held{};
  std::array<std::uint16_t, kCount> ports{};
  for (std::size_t i = 0; i < kCount; ++i) {
    held[i] = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = address_of(0);
    socklen_t size = sizeof address;
    ::bind(held[i], reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(held[i], reinterpret_cast<sockaddr*>(&address), &size);
    ports[i] = ntohs(address.sin_port);
  }
  for (const int fd : held) ::close(fd);
  return ports;
}

// A stage in a process of its own, as `stage run` is.
class StageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "stage-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    control_ = folder_ / "control.sock";
    std::tie(web_, mail_, names_, anchor_) = std::tuple_cat(free_ports<4>());
    write_stage(fmt::format(
        "servers:\n"
        "  - {{id: web, kind: http, listen: {}:{}, http: {{body: Willkommen}}}}\n"
        "  - {{id: mail, kind: smtp, listen: {}:{}, smtp: {{domains: [example.org]}}}}\n"
        "  - {{id: names, kind: dns, listen: {}:{}, dns: {{records: [{{name: a, type: A, "
        "value: 192.0.2.1}}]}}}}\n"
        "  - {{id: anchor, kind: tcp, listen: {}:{}, tcp: {{banner: hello}}}}\n"
        "scenarios:\n  surge: {{stop: [web, mail, names]}}\n",
        kAddress, web_, kAddress, mail_, kAddress, names_, kAddress, anchor_));
  }

  void TearDown() override {
    if (pid_ > 0) end_stage();
    std::filesystem::remove_all(folder_);
  }

  void write_stage(const std::string& text) {
    ASSERT_TRUE(write_file(folder_ / "stage.yaml", text).has_value());
  }

  // Starts it and waits for its last line; what it printed.
  std::string start_stage() {
    int out[2];
    if (::pipe(out) != 0) return "no pipe";
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(out[1], STDOUT_FILENO);
      ::close(out[0]);
      ::close(out[1]);
      const auto done = run(folder_ / "stage.yaml", control_, std::cout);
      if (!done) std::cout << done.error().message << std::endl;
      ::_exit(done ? 0 : 1);
    }
    ::close(out[1]);
    std::string text;
    pollfd polled{out[0], POLLIN, 0};
    while (text.find("stage ready") == std::string::npos && ::poll(&polled, 1, kPatienceMs) > 0) {
      char buffer[512];
      const ssize_t got = ::read(out[0], buffer, sizeof buffer);
      if (got <= 0) break;
      text.append(buffer, static_cast<std::size_t>(got));
    }
    ::close(out[0]);
    return text;
  }

  // Its exit code after SIGTERM.
  int end_stage() {
    int status = 0;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string command(std::string_view text) const {
    const auto answer = send_command(control_, text);
    return answer ? *answer
                  : fmt::format("{}: {}", name_of(answer.error().code), answer.error().message);
  }

  // The process that serves `id`, as status tells; 0 if it is down.
  pid_t process_of(const std::string& id) const {
    std::smatch match;
    const std::string text = command("status");
    const bool found =
        std::regex_search(text, match, std::regex("(^|\n)" + id + " .*up    process ([0-9]+)\n"));
    return found ? std::stoi(match[2]) : 0;
  }

  std::filesystem::path folder_;
  std::filesystem::path control_;
  std::uint16_t web_ = 0, mail_ = 0, names_ = 0, anchor_ = 0;
  pid_t pid_ = 0;
};

TEST_F(StageTest, EveryKindAnswersOnItsSocket) {
  ASSERT_NE(start_stage().find("stage ready"), std::string::npos);
  const Client web(web_);
  web.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_NE(web.receive("Willkommen").find("200 OK"), std::string::npos);
  EXPECT_EQ(Client(mail_).receive("\r\n"), "220 mail.example.org ESMTP\r\n");
  EXPECT_EQ(Client(anchor_).receive("hello"), "hello");
  const Client names(names_, SOCK_DGRAM);
  names.send(std::string_view("\0\7\1\0\0\1\0\0\0\0\0\0\1a\0\0\1\0\1", 19));
  EXPECT_EQ(names.receive(std::string_view("\xC0\0\2\1", 4)).substr(0, 3),
            std::string("\0\7\x85", 3));
}

TEST_F(StageTest, AScenarioStopsWhatItNamesAndNothingElse) {
  start_stage();
  EXPECT_EQ(command("scenario surge"), "surge: 3 servers without power: web, mail, names\n");
  EXPECT_FALSE(Client(web_).connected());
  EXPECT_FALSE(Client(mail_).connected());
  EXPECT_FALSE(Client(names_).connected());
  EXPECT_EQ(Client(anchor_).receive("hello"), "hello");
  EXPECT_NE(command("status").find("down  stopped by scenario 'surge'"), std::string::npos);
}

TEST_F(StageTest, StopAndStartBringAServerDownAndBack) {
  start_stage();
  EXPECT_EQ(command("stop web"), "stopped web\n");
  EXPECT_FALSE(Client(web_).connected());
  EXPECT_EQ(command("start web"), "started web\n");
  EXPECT_TRUE(Client(web_).connected());
  command("scenario surge");
  command("start all");
  EXPECT_TRUE(Client(web_).connected());
  EXPECT_TRUE(Client(mail_).connected());
}

TEST_F(StageTest, AServerKilledByHandStaysDeadAndStatusSaysSo) {
  start_stage();
  const Process web(process_of("web"));
  ASSERT_TRUE(Client(web_).connected());
  ASSERT_TRUE(web.kill());
  ASSERT_TRUE(web.ends());
  EXPECT_FALSE(Client(web_).connected());
  EXPECT_NE(command("status").find("down  killed by signal 9"), std::string::npos);
}

TEST_F(StageTest, EndingTheStageEndsItsServersAndItsSocketFile) {
  start_stage();
  EXPECT_EQ(end_stage(), 0);
  EXPECT_FALSE(Client(anchor_).connected());
  EXPECT_FALSE(std::filesystem::exists(control_));
  EXPECT_TRUE(command("status").starts_with("unreachable: no stage of yours answers on "));
}

TEST_F(StageTest, KillingTheSupervisorEndsItsServersAndLeavesRoomForANewOne) {
  start_stage();
  std::list<Process> servers;
  for (const char* id : {"web", "mail", "names", "anchor"}) servers.emplace_back(process_of(id));
  EXPECT_EQ(Client(anchor_).receive("hello"), "hello");
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  for (const Process& server : servers) ASSERT_TRUE(server.ends());
  EXPECT_FALSE(Client(anchor_).connected());
  EXPECT_NE(start_stage().find("stage ready"), std::string::npos);
}

TEST_F(StageTest, RefusesASecondStageAndWrongCommands) {
  start_stage();
  const auto second = run(folder_ / "stage.yaml", control_, std::cout);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Errc::Conflict);
  EXPECT_TRUE(command("scenario storm").ends_with("there is: surge"));
  EXPECT_TRUE(command("stop nobody").starts_with("not_found: no server 'nobody'"));
  EXPECT_TRUE(command("dance").starts_with("invalid_input: "));
  EXPECT_TRUE(command(std::string(500, 'x')).starts_with("invalid_input: "));
}

TEST_F(StageTest, ABadFileOrAUsedAddressEndsItWithTheReason) {
  write_stage("servers:\n  - {id: web, kind: htp, listen: 127.0.0.1:1}\n");
  EXPECT_NE(start_stage().find("stage.yaml:2:21: error: unknown kind 'htp'"), std::string::npos);
  EXPECT_EQ(end_stage(), 1);
  write_stage(fmt::format("servers:\n  - {{id: a, kind: tcp, listen: {}:{}}}\n", kAddress, web_));
  start_stage();
  const auto second = run(folder_ / "stage.yaml", folder_ / "other.sock", std::cout);
  ASSERT_FALSE(second.has_value());
  EXPECT_NE(second.error().message.find("'a' cannot listen on 127.0.0.61:"), std::string::npos);
}

TEST(StageControl, TakesItsPlaceFromTheSession) {
  ::setenv("XDG_RUNTIME_DIR", "/run/user/77", 1);
  EXPECT_EQ(default_control(), "/run/user/77/dienstbereit-stage.sock");
  ::unsetenv("XDG_RUNTIME_DIR");
  EXPECT_EQ(default_control(), fmt::format("/tmp/dienstbereit-stage-{}.sock", ::geteuid()));
}

TEST_F(StageTest, AUpsLivesThroughASurge) {
  write_stage(
      fmt::format("servers:\n  - {{id: nut, kind: nut, listen: {}:{}, nut: {{ups: usv1}}}}\n"
                  "scenarios:\n  surge: {{surge: [nut]}}\n",
                  kAddress, anchor_));
  ASSERT_NE(start_stage().find("stage ready"), std::string::npos);
  const auto reads = [&](const std::string& variable, const std::string& value) {
    const Client client(anchor_);
    client.send("GET VAR usv1 " + variable + "\n");
    return client.receive("\n").find("\"" + value + "\"") != std::string::npos;
  };
  const auto began = std::chrono::steady_clock::now();
  const auto comes_to_read = [&](const char* variable, const char* value) {
    while (!reads(variable, value)) {
      if (std::chrono::steady_clock::now() - began > std::chrono::minutes(2)) return false;
    }
    return true;
  };
  EXPECT_TRUE(reads("ups.status", "OL CHRG"));
  EXPECT_EQ(command("scenario surge"), "surge: 0 servers without power\nover-voltage at: nut\n");
  EXPECT_TRUE(comes_to_read("input.voltage", "283.4"));
  EXPECT_TRUE(comes_to_read("ups.status", "OB DISCHRG"));
  EXPECT_TRUE(comes_to_read("ups.status", "OL CHRG"));
  EXPECT_TRUE(reads("input.voltage", "230.2"));
}

}  // namespace
}  // namespace dienstbereit::stage
