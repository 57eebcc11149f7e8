// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/stage.h"

#include <array>
#include <csignal>
#include <ostream>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "stage/control.h"
#include "stage/plan.h"
#include "stage/supervisor.h"

namespace dienstbereit::stage {
namespace {

// SIGINT, SIGTERM and SIGCHLD as a readable descriptor, blocked as signals meanwhile.
class Signals {
 public:
  Signals() {
    sigset_t wanted;
    ::sigemptyset(&wanted);
    for (int signal : {SIGINT, SIGTERM, SIGCHLD}) ::sigaddset(&wanted, signal);
    ::sigprocmask(SIG_BLOCK, &wanted, &before_);
    fd_ = ::signalfd(-1, &wanted, SFD_CLOEXEC);
  }
  ~Signals() {
    ::close(fd_);
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int fd() const { return fd_; }
  // The next signal; blocks until there is one.
  int next() const {
    signalfd_siginfo info{};
    const ssize_t got = ::read(fd_, &info, sizeof info);
    return got == static_cast<ssize_t>(sizeof info) ? static_cast<int>(info.ssi_signo) : SIGTERM;
  }

 private:
  int fd_;
  sigset_t before_;
};

void serve(Supervisor& supervisor, const ControlSocket& control, const Signals& signals) {
  while (true) {
    std::array<pollfd, 2> polled{pollfd{signals.fd(), POLLIN, 0}, pollfd{control.fd(), POLLIN, 0}};
    if (::poll(polled.data(), polled.size(), -1) < 0) continue;
    if (polled[0].revents != 0) {
      if (signals.next() != SIGCHLD) return;
      supervisor.reap();
    }
    if (polled[1].revents != 0) {
      control.answer([&](std::string_view command) { return supervisor.obey(command); });
    }
  }
}

}  // namespace

Result<void> run(const std::filesystem::path& file, const std::filesystem::path& control,
                 std::ostream& out) {
  LoadedPlan loaded = load_plan(file);
  if (config::has_errors(loaded.diagnostics)) {
    return fail(Errc::InvalidInput, config::to_lines(loaded.diagnostics));
  }
  const auto socket = ControlSocket::open(control);
  if (!socket) return tl::make_unexpected(socket.error());
  const Signals signals;
  Supervisor supervisor(std::move(loaded.plan));
  const auto started = supervisor.start_all();
  if (!started) return started;
  out << supervisor.status() << "stage ready" << std::endl;
  serve(supervisor, *socket, signals);
  return {};
}

}  // namespace dienstbereit::stage
