// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/stage.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <regex>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

namespace dienstbereit::stage {
namespace {

constexpr int kPatienceMs = 10'000;

// A connection to 127.0.0.1, or why there is none.
class Client {
 public:
  explicit Client(std::uint16_t port, int type = SOCK_STREAM) : fd_(::socket(AF_INET, type, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
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

// A TCP port that was free a moment ago.
std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(fd, reinterpret_cast<const sockaddr*>(&address), size);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(fd);
  return ntohs(address.sin_port);
}

// A stage in a process of its own, as `stage run` is.
class StageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "stage-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    control_ = folder_ / "control.sock";
    for (std::uint16_t* port : {&web_, &mail_, &names_, &anchor_}) *port = free_port();
    write_stage(fmt::format(
        "servers:\n"
        "  - {{id: web, kind: http, listen: 127.0.0.1:{}, http: {{body: Willkommen}}}}\n"
        "  - {{id: mail, kind: smtp, listen: 127.0.0.1:{}, smtp: {{domains: [example.org]}}}}\n"
        "  - {{id: names, kind: dns, listen: 127.0.0.1:{}, dns: {{records: [{{name: a, type: A, "
        "value: 192.0.2.1}}]}}}}\n"
        "  - {{id: anchor, kind: tcp, listen: 127.0.0.1:{}, tcp: {{banner: hello}}}}\n"
        "scenarios:\n  surge: {{stop: [web, mail, names]}}\n",
        web_, mail_, names_, anchor_));
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
  const pid_t web = process_of("web");
  ASSERT_GT(web, 0);
  const Client open(web_);  // its connection ends when the process has
  ASSERT_TRUE(open.connected());
  ::kill(web, SIGKILL);
  open.receive("nothing will come");
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
  const Client open(anchor_);
  open.receive("hello");
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  open.receive("nothing will come");
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
  write_stage(fmt::format("servers:\n  - {{id: a, kind: tcp, listen: 127.0.0.1:{}}}\n", web_));
  start_stage();
  const auto second = run(folder_ / "stage.yaml", folder_ / "other.sock", std::cout);
  ASSERT_FALSE(second.has_value());
  EXPECT_NE(second.error().message.find("'a' cannot listen on 127.0.0.1:"), std::string::npos);
}

TEST(StageControl, TakesItsPlaceFromTheSession) {
  ::setenv("XDG_RUNTIME_DIR", "/run/user/77", 1);
  EXPECT_EQ(default_control(), "/run/user/77/dienstbereit-stage.sock");
  ::unsetenv("XDG_RUNTIME_DIR");
  EXPECT_EQ(default_control(), fmt::format("/tmp/dienstbereit-stage-{}.sock", ::geteuid()));
}

}  // namespace
}  // namespace dienstbereit::stage
