// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <csignal>
#include <cstdio>
#include <ctime>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "base/log.h"

namespace dienstbereit::app {
namespace {

constexpr timespec kLookEvery{10, 0};

sigset_t handled_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

}  // namespace

int serve(const ServeOptions& options) {
  // Blocked before any thread starts, so that only the wait below sees them.
  const sigset_t signals = handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  Application application;
  if (auto started = application.start(options); !started) return complain(started.error());
  fmt::print("Dienstbereit: {}\n", application.page());
  if (const std::string link = application.setup_link(); !link.empty()) {
    fmt::print(
        "No account may administer yet. This link makes the first one, once and within 24 hours:\n"
        "  {}\n",
        link);
  }
  std::fflush(stdout);
  while (application.running()) {
    const int signal = sigtimedwait(&signals, nullptr, &kLookEvery);
    if (signal == SIGINT || signal == SIGTERM) break;
    if (signal == SIGHUP) application.reload();
    if (signal >= 0) continue;
    application.look_at_clock();
    application.look_at_intake();
  }
  const bool ended_by_itself = !application.running();
  application.stop();
  return ended_by_itself ? kExitFailed : kExitOk;
}

}  // namespace dienstbereit::app
