// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace dienstbereit::e2e {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBetweenTriesMs = 10;
constexpr std::chrono::seconds kStartPatience{20};

std::string read_all(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

[[noreturn]] void become(const Words& words, const std::filesystem::path& out,
                         const std::filesystem::path& err) {
  ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
  ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

}  // namespace

std::string program() { return DIENSTBEREIT_PROGRAM; }

bool await(const std::function<bool()>& holds, std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  while (!holds()) {
    if (Clock::now() > deadline) return false;
    ::poll(nullptr, 0, kBetweenTriesMs);
  }
  return true;
}

Outcome run(const Words& arguments) {
  const servers::TempFolder folder;
  const auto out = folder.path() / "out";
  const auto err = folder.path() / "err";
  Words words{program()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const pid_t pid = ::fork();
  if (pid == 0) become(words, out, err);
  int status = 0;
  ::waitpid(pid, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_all(out), read_all(err)};
}

Server::Server(std::filesystem::path district, Words before, std::string listen, const Words& more)
    : port_(servers::free_port(kAddress)) {
  if (listen.empty()) listen = fmt::format("{}:{}", kAddress, port_);
  Words words = std::move(before);
  for (std::string word : {program(), std::string("serve"), std::string("--listen"), listen,
                           std::string("--data"), data().string(), district.string()}) {
    words.push_back(std::move(word));
  }
  words.insert(words.end(), more.begin(), more.end());
  process_ = std::make_unique<servers::Process>(folder_, words);
  wait_until_ready();
}

void Server::start() { process_->start(); }

void Server::wait_until_ready() {
  const bool ready = await(
      [this] {
        return ends_within(std::chrono::microseconds(0)) ||
               ask("GET", "/api/v1/situation").status == 200;
      },
      kStartPatience);
  if (!ready || ends_within(std::chrono::microseconds(0))) {
    throw std::runtime_error("the server does not serve:\n" + output());
  }
}

bool Server::ends_within(std::chrono::microseconds time) const {
  const int fd = static_cast<int>(::syscall(SYS_pidfd_open, process_->pid(), 0));
  pollfd watched{fd, POLLIN, 0};
  const auto nanoseconds = std::chrono::nanoseconds(time).count();
  const timespec limit{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
  const bool ended = ::ppoll(&watched, 1, &limit, nullptr) > 0;
  ::close(fd);
  return ended;
}

HttpReply Server::ask(const std::string& method, const std::string& path,
                      const std::string& body) const {
  return ask_socket(data() / "socket", method, path, body);
}

Json Server::json(const std::string& path) const {
  return Json::parse(ask("GET", path).body, nullptr, false);
}

std::string Server::headline(const char* language) const {
  return json("/api/v1/situation").at("headline").at(language);
}

Json Server::place(const std::string& office, const std::string& site) const {
  const Json all = json("/api/v1/places");
  for (const Json& place : all.at("places")) {
    if (place["office"] == office && place["site"] == site) return place;
  }
  throw std::runtime_error("no such place: " + office + "@" + site);
}

std::string Server::state_at(const std::string& office, const std::string& site) const {
  return place(office, site).at("now").at("state");
}

Outcome Server::command(Words words) const {
  words.push_back("--data");
  words.push_back(data().string());
  return run(words);
}

}  // namespace dienstbereit::e2e
