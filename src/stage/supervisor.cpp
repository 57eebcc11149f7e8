// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/supervisor.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "stage/server.h"

namespace dienstbereit::stage {
namespace {

constexpr int kStartMs = 10'000;  // for a child to listen
constexpr int kReadyFd = 3;       // of the child's end of the pipe

// Everything of a child process; never returns. Says an empty line or an error on `ready`.
[[noreturn]] void live(const Server& server, pid_t supervisor, int ready) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != supervisor) ::_exit(1);
  ::prctl(PR_SET_NAME, ("stage:" + server.id).c_str());
  for (int signal : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
  ::signal(kSurgeSignal, SIG_IGN);  // until it serves
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(ready, kReadyFd);
  ::close_range(kReadyFd + 1, ~0U, 0);

  auto listening = ListeningServer::open(server);
  const std::string line = listening ? "\n" : listening.error().message + "\n";
  const bool said =
      ::write(kReadyFd, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  ::close(kReadyFd);
  if (!listening || !said) ::_exit(1);
  listening->serve(server);
}

// What a child says when it listens: nothing, or the reason why it cannot.
Result<void> await_ready(int fd, const std::string& id) {
  std::string line;
  while (line.find('\n') == std::string::npos) {
    pollfd polled{fd, POLLIN, 0};
    const int ready = ::poll(&polled, 1, kStartMs);
    if (ready < 0 && errno == EINTR) continue;
    std::array<char, 512> buffer;
    const ssize_t got = ready > 0 ? ::read(fd, buffer.data(), buffer.size()) : 0;
    if (got <= 0) {
      return fail(Errc::Unavailable, fmt::format("server '{}' did not start; try again", id));
    }
    line.append(buffer.data(), static_cast<std::size_t>(got));
  }
  if (line == "\n") return {};
  return fail(Errc::Unreachable, line.substr(0, line.find('\n')));
}

std::string describe_end(int status) {
  if (WIFSIGNALED(status)) return fmt::format("killed by signal {}", WTERMSIG(status));
  return fmt::format("ended with code {}", WEXITSTATUS(status));
}

// The end of this child, waited for; interrupted waits go on.
void wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

Supervisor::Supervisor(Plan plan) : plan_(std::move(plan)) {
  for (const Server& server : plan_.servers) children_.push_back({&server, 0, "not started"});
}

Supervisor::~Supervisor() {
  std::vector<Child*> all;
  for (Child& child : children_) all.push_back(&child);
  stop(all, "the stage has ended");
}

Result<void> Supervisor::start(Child& child) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) {
    return fail(Errc::Io,
                fmt::format("cannot start '{}': {}", child.server->id, std::strerror(errno)));
  }
  const pid_t supervisor = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) live(*child.server, supervisor, pipe[1]);
  ::close(pipe[1]);
  auto ready = pid < 0 ? Result<void>(fail(Errc::Io, fmt::format("cannot fork for '{}'; are there "
                                                                 "too many processes?",
                                                                 child.server->id)))
                       : await_ready(pipe[0], child.server->id);
  ::close(pipe[0]);
  if (ready) {
    child.pid = pid;
    child.reason.clear();
  } else if (pid > 0) {
    ::kill(pid, SIGKILL);
    wait_for(pid);
  }
  return ready;
}

Result<void> Supervisor::start_all() {
  for (Child& child : children_) {
    if (child.pid != 0) continue;
    const auto started = start(child);
    if (!started) return started;
  }
  return {};
}

void Supervisor::stop(const std::vector<Child*>& children, const std::string& reason) {
  reap();  // a child that died before is not ours to stop
  for (const Child* child : children) {
    if (child->pid > 0) ::kill(child->pid, SIGKILL);
  }
  for (Child* child : children) {
    if (child->pid == 0) continue;
    wait_for(child->pid);
    child->pid = 0;
    child->reason = reason;
  }
}

void Supervisor::reap() {
  for (Child& child : children_) {
    int status = 0;
    if (child.pid == 0 || ::waitpid(child.pid, &status, WNOHANG) != child.pid) continue;
    child.pid = 0;
    child.reason = describe_end(status);
  }
}

std::string Supervisor::status() const {
  std::string text;
  for (const Child& child : children_) {
    const Server& server = *child.server;
    text +=
        fmt::format("{:<16} {:<4} {:<22} ", server.id, name_of(server.kind), server.listen.text());
    text += child.pid != 0 ? fmt::format("up    process {}\n", child.pid)
                           : fmt::format("down  {}\n", child.reason);
  }
  return text;
}

Result<Supervisor::Child*> Supervisor::find(const std::string& id) {
  for (Child& child : children_) {
    if (child.server->id == id) return &child;
  }
  return fail(Errc::NotFound,
              fmt::format("no server '{}' on the stage; 'stage status' lists them", id));
}

Result<std::string> Supervisor::start_command(const std::string& what) {
  if (what == "all") {
    const auto started = start_all();
    if (!started) return tl::make_unexpected(started.error());
    return status();
  }
  const auto child = find(what);
  if (!child) return tl::make_unexpected(child.error());
  if ((*child)->pid != 0) return fmt::format("{} is up already\n", what);
  const auto started = start(**child);
  if (!started) return tl::make_unexpected(started.error());
  return fmt::format("started {}\n", what);
}

Result<std::string> Supervisor::run_scenario(const std::string& name) {
  const auto scenario = plan_.scenarios.find(name);
  if (scenario == plan_.scenarios.end()) {
    std::vector<std::string> known;
    for (const auto& [known_name, ids] : plan_.scenarios) known.push_back(known_name);
    return fail(Errc::NotFound,
                fmt::format("no scenario '{}' in the stage file; there {}", name,
                            known.empty() ? "are none" : "is: " + join(known, ", ")));
  }
  std::vector<Child*> children;
  const Scenario& what = scenario->second;
  for (const std::string& id : what.stop) children.push_back(*find(id));
  for (const std::string& id : what.surge) {
    const Child& ups = **find(id);
    if (ups.pid > 0) ::kill(ups.pid, kSurgeSignal);
  }
  stop(children, fmt::format("stopped by scenario '{}'", name));
  std::string text = fmt::format("{}: {} servers without power{}{}\n", name, what.stop.size(),
                                 what.stop.empty() ? "" : ": ", join(what.stop, ", "));
  if (!what.surge.empty()) text += fmt::format("over-voltage at: {}\n", join(what.surge, ", "));
  return text;
}

Result<std::string> Supervisor::obey(std::string_view command) {
  reap();
  const auto words = split(trim(command), ' ');
  const std::string object(words.size() == 2 ? words[1] : "");
  if (words.size() == 1 && words[0] == "status") return status();
  if (words.size() == 2 && words[0] == "start") return start_command(object);
  if (words.size() == 2 && words[0] == "scenario") return run_scenario(object);
  if (words.size() == 2 && words[0] == "stop") {
    const auto child = find(object);
    if (!child) return tl::make_unexpected(child.error());
    stop({*child}, "stopped by command");
    return fmt::format("stopped {}\n", object);
  }
  return fail(Errc::InvalidInput,
              "the stage knows: status, stop ID, start ID, start all, scenario NAME");
}

}  // namespace dienstbereit::stage
