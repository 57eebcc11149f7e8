// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "counters.h"

#include <array>
#include <csignal>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dienstbereit::lived {
namespace {

constexpr int kPatienceMs = 60'000;

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return ends;
}

}  // namespace

Counters::Counters(const std::string& origin) {
  const auto commands = make_pipe();
  const auto answers = make_pipe();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(commands[0], STDIN_FILENO);
    ::dup2(answers[1], STDOUT_FILENO);
    ::setenv("TZ", "Europe/Berlin", 1);
    ::unsetenv("LD_PRELOAD");  // the browsers' clocks are set by set_clock()
    ::execlp("node", "node", "test/lived/counter.mjs", origin.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(commands[0]);
  ::close(answers[1]);
  to_ = commands[1];
  from_ = answers[0];
}

// It ends with its input, and takes the browsers along.
Counters::~Counters() {
  ::close(to_);
  ::waitpid(pid_, nullptr, 0);
  ::close(from_);
}

nlohmann::json Counters::ask(const nlohmann::json& command) {
  const std::string line = command.dump() + "\n";
  if (::write(to_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    throw std::runtime_error("the counters are gone");
  }
  std::size_t end = 0;
  while ((end = unread_.find('\n')) == std::string::npos) {
    pollfd ready{from_, POLLIN, 0};
    std::array<char, 4096> bytes{};
    const bool came = ::poll(&ready, 1, kPatienceMs) > 0;
    const ssize_t count = came ? ::read(from_, bytes.data(), bytes.size()) : 0;
    if (count <= 0) throw std::runtime_error("no answer from the counters to " + line);
    unread_.append(bytes.data(), static_cast<std::size_t>(count));
  }
  const auto answer = nlohmann::json::parse(unread_.substr(0, end));
  unread_.erase(0, end + 1);
  if (answer.contains("error")) throw std::runtime_error(answer["error"].get<std::string>());
  return answer;
}

void Counters::set_clock(Duration ahead) { ask({{"do", "clock"}, {"ahead", ahead.count()}}); }
void Counters::start(int counter) { ask({{"do", "start"}, {"counter", counter}}); }
void Counters::kill(int counter) { ask({{"do", "kill"}, {"counter", counter}}); }
void Counters::enrol(int counter, const std::string& code) {
  ask({{"do", "enrol"}, {"counter", counter}, {"code", code}});
}
std::vector<std::string> Counters::enter(int counter, const std::string& service,
                                         const std::vector<nlohmann::json>& cases) {
  return ask({{"do", "enter"}, {"counter", counter}, {"service", service}, {"cases", cases}})
      .at("numbers");
}
void Counters::picture(int counter, const std::filesystem::path& file) {
  ask({{"do", "picture"}, {"counter", counter}, {"file", file.string()}});
}
void Counters::picture(const std::string& url, const std::filesystem::path& file, int width,
                       int height) {
  ask({{"do", "picture"},
       {"url", url},
       {"file", file.string()},
       {"width", width},
       {"height", height}});
}

}  // namespace dienstbereit::lived
