// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "helper/execute.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

namespace dienstbereit::helper {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kShownLine = 300;  // bytes of what a command said
constexpr Duration kTermGrace = std::chrono::seconds(2);
constexpr int kPollMs = 50;  // how late the end of a command is noticed that others write for

struct Identity {
  uid_t user = 0;
  gid_t group = 0;
  std::vector<gid_t> groups;
};

// Nothing: the helper's own.
Result<std::optional<Identity>> identity_of(const Command& command) {
  if (command.user.empty()) return std::optional<Identity>();
  char buffer[16384];
  passwd entry{};
  passwd* found = nullptr;
  ::getpwnam_r(command.user.c_str(), &entry, buffer, sizeof buffer, &found);
  if (found == nullptr) {
    return fail(Errc::NotFound, fmt::format("there is no user '{}' on this machine", command.user));
  }
  Identity identity{entry.pw_uid, entry.pw_gid, {}};
  if (identity.user == ::geteuid()) return std::optional<Identity>();
  int count = 64;
  identity.groups.resize(static_cast<std::size_t>(count));
  if (::getgrouplist(command.user.c_str(), entry.pw_gid, identity.groups.data(), &count) < 0) {
    count = 1;
    identity.groups[0] = entry.pw_gid;
  }
  identity.groups.resize(static_cast<std::size_t>(count));
  return std::optional(std::move(identity));
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// All that the child needs, made before the fork: after it only system calls are safe.
struct Start {
  std::vector<char*> argv;
  std::vector<char*> environment;
  const char* directory;
  const Identity* identity;
  int output;
  int failure;  // gets errno if the program could not be begun
};

[[noreturn]] void become(const Start& start) {
  const auto give_up = [&] {
    const int error = errno;
    [[maybe_unused]] const ssize_t told = ::write(start.failure, &error, sizeof error);
    ::_exit(127);
  };
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(start.output, STDOUT_FILENO) < 0 ||
      ::dup2(start.output, STDERR_FILENO) < 0) {
    give_up();
  }
  if (start.identity != nullptr) {
    // The plain system calls: the library's would want to tell threads that are not here.
    const auto& groups = start.identity->groups;
    if (::syscall(SYS_setgroups, groups.size(), groups.data()) != 0 ||
        ::syscall(SYS_setresgid, start.identity->group, start.identity->group,
                  start.identity->group) != 0 ||
        ::syscall(SYS_setresuid, start.identity->user, start.identity->user,
                  start.identity->user) != 0) {
      give_up();
    }
    // A change of user forgets it.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  }
  ::umask(077);
  if (::chdir(start.directory) != 0) give_up();
  ::execve(start.argv[0], start.argv.data(), start.environment.data());
  give_up();
  ::_exit(127);
}

void drain(int fd, std::string& output) {
  char buffer[4096];
  while (true) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got <= 0) return;  // the end, or nothing there now
    const std::size_t room = kLargestOutput - output.size();
    output.append(buffer, std::min(room, static_cast<std::size_t>(got)));
  }
}

// Waits for the command itself, not for those that hold on to its output; true if it had to be
// ended.
bool wait_for(pid_t child, int output_fd, Duration limit, std::string& output, int& status) {
  const auto end = SteadyClock::now() + limit;
  bool told = false;
  while (true) {
    const auto now = SteadyClock::now();
    if (now >= end && !told) ::kill(-child, SIGTERM);
    told = told || now >= end;
    if (now >= end + kTermGrace) ::kill(-child, SIGKILL);
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child || (ended < 0 && errno != EINTR)) break;
    pollfd entry{output_fd, POLLIN, 0};
    ::poll(&entry, 1, kPollMs);
    if ((entry.revents & POLLIN) != 0) drain(output_fd, output);
    // Its output is closed, it is not: do not spin.
    if ((entry.revents & (POLLIN | POLLHUP)) == POLLHUP) ::poll(nullptr, 0, kPollMs);
  }
  drain(output_fd, output);
  return told;
}

std::string last_line(const std::string& output) {
  const std::string_view all = trim(output);
  return clean(all.substr(all.rfind('\n') + 1), kShownLine);
}

ActionResult result(ActionOutcome outcome, std::string detail) {
  return {"", ActionMode::Do, outcome, std::move(detail)};
}

}  // namespace

Result<void> can_execute(const Command& command) {
  if (const auto identity = identity_of(command); !identity) {
    return tl::unexpected(identity.error());
  }
  struct stat info{};
  if (::stat(command.directory.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
    return fail(Errc::NotFound, fmt::format("there is no folder {}", command.directory));
  }
  if (::access(command.argv[0].c_str(), X_OK) != 0) {
    return fail(Errc::NotFound,
                fmt::format("cannot run {}: {}", command.argv[0], std::strerror(errno)));
  }
  return {};
}

ActionResult execute(const Command& command, const std::vector<std::string>& words,
                     Duration limit) {
  const auto identity = identity_of(command);
  if (!identity) return result(ActionOutcome::Refused, identity.error().message);
  std::vector<std::string> arguments = words;
  std::vector<std::string> environment{
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"};
  for (const auto& [name, value] : command.environment) environment.push_back(name + "=" + value);
  int pipes[4] = {-1, -1, -1, -1};
  if (::pipe2(pipes, O_CLOEXEC) != 0 || ::pipe2(pipes + 2, O_CLOEXEC) != 0) {
    const std::string why = std::strerror(errno);
    for (const int fd : {pipes[0], pipes[1]}) {
      if (fd >= 0) ::close(fd);
    }
    return result(ActionOutcome::Refused, fmt::format("cannot make a pipe: {}", why));
  }
  const Start start{pointers(arguments),
                    pointers(environment),
                    command.directory.c_str(),
                    *identity ? &**identity : nullptr,
                    pipes[1],
                    pipes[3]};
  const pid_t child = ::fork();
  if (child == 0) become(start);
  ::close(pipes[1]);
  ::close(pipes[3]);
  if (child > 0) ::setpgid(child, child);
  int error = child < 0 ? errno : 0;
  if (child > 0 && ::read(pipes[2], &error, sizeof error) != sizeof error) error = 0;
  std::string output;
  int status = 0;
  bool ended_by_us = false;
  if (child > 0) {
    ::fcntl(pipes[0], F_SETFL, O_NONBLOCK);
    ended_by_us = wait_for(child, pipes[0], limit, output, status);
  }
  ::close(pipes[0]);
  ::close(pipes[2]);
  if (error != 0) {
    return result(ActionOutcome::Refused,
                  fmt::format("cannot run {}: {}", words[0], std::strerror(error)));
  }
  const std::string said = last_line(output);
  if (ended_by_us) {
    return result(ActionOutcome::Failed,
                  fmt::format("it did not end within {} and was killed{}{}", to_text(limit),
                              said.empty() ? "" : ": ", said));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return result(ActionOutcome::Done, said);
  const std::string how = WIFEXITED(status)
                              ? fmt::format("it ended with {}", WEXITSTATUS(status))
                              : fmt::format("it was ended by signal {}", WTERMSIG(status));
  return result(ActionOutcome::Failed, said.empty() ? how : how + ": " + said);
}

}  // namespace dienstbereit::helper
