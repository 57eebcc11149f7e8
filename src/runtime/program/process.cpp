// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/program/process.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

namespace dienstbereit::runtime {
namespace {

constexpr std::size_t kShownLine = 200;  // bytes of what a program said

// Where and how the child begins: output into the pipe, a group of its own, no signals blocked.
class Start {
 public:
  explicit Start(int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);  // sockets of ours
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Start() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

  Result<pid_t> run(const std::vector<std::string>& arguments) const {
    std::vector<char*> argv;
    for (const std::string& one : arguments) argv.push_back(const_cast<char*>(one.c_str()));
    argv.push_back(nullptr);
    char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    char locale[] = "LC_ALL=C.UTF-8";
    char* environment[] = {path, locale, nullptr};
    pid_t child = -1;
    const int error =
        ::posix_spawnp(&child, argv[0], &actions_, &attributes_, argv.data(), environment);
    if (error == 0) return child;
    return fail(Errc::NotFound, fmt::format("cannot run '{}': {}; is its package installed?",
                                            arguments[0], std::strerror(error)));
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::string last_line(const std::string& output) {
  const std::string_view all = trim(output);
  return clean(all.substr(all.rfind('\n') + 1), kShownLine);
}

// Reads until every writer is gone or the limit is over; true if they are gone.
bool read_all(int fd, const Limit& limit, std::string& output) {
  char buffer[4096];
  while (!limit.over()) {
    pollfd entries[2] = {{fd, POLLIN, 0}, {limit.cancel().fd(), POLLIN, 0}};
    if (::poll(entries, 2, static_cast<int>(limit.left().count())) < 0 && errno != EINTR) {
      return false;
    }
    if (entries[0].revents == 0) continue;
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    const std::size_t room = kLargestOutput - output.size();
    output.append(buffer, std::min(room, static_cast<std::size_t>(got)));
  }
  return false;
}

}  // namespace

Result<Ended> run_to_code(const std::vector<std::string>& arguments, const Limit& limit) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return fail(Errc::Io, fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  const auto child = Start(ends[1]).run(arguments);
  ::close(ends[1]);
  if (!child) {
    ::close(ends[0]);
    return tl::unexpected(child.error());
  }
  std::string output;
  const bool ended = read_all(ends[0], limit, output);
  ::close(ends[0]);
  if (!ended) ::kill(-*child, SIGKILL);
  int status = 0;
  while (::waitpid(*child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!ended) {
    return fail(Errc::TimedOut, fmt::format("'{}' did not end in time", arguments[0]));
  }
  if (WIFEXITED(status)) return Ended{WEXITSTATUS(status), std::move(output)};
  return fail(Errc::Unreachable, fmt::format("'{}' was ended by signal {}: {}", arguments[0],
                                             WTERMSIG(status), last_line(output)));
}

Result<std::string> run_program(const std::vector<std::string>& arguments, const Limit& limit) {
  auto ended = run_to_code(arguments, limit);
  if (!ended) return tl::unexpected(ended.error());
  if (ended->code == 0) return std::move(ended->output);
  return fail(Errc::Unreachable, fmt::format("'{}' ended with {}: {}", arguments[0], ended->code,
                                             last_line(ended->output)));
}

}  // namespace dienstbereit::runtime
