// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <csignal>
#include <cstdio>
#include <ctime>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "outpost/outpost.h"

namespace dienstbereit::app {
namespace {

constexpr timespec kLookEvery{1, 0};

}  // namespace

int outpost(const OutpostOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGINT, SIGTERM}) sigaddset(&signals, signal);
  // Blocked before any thread starts, so that only the wait below sees them.
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto settings = dienstbereit::outpost::read_settings(options.config);
  if (!settings) return complain(settings.error());
  const std::string who =
      fmt::format("outpost {}, reports to {}", settings->outpost.str(), settings->server);
  std::error_code ignored;
  const auto folder = std::filesystem::absolute(options.config, ignored).parent_path();
  auto program = dienstbereit::outpost::Program::start(
      {std::move(*settings), options.data, options.credentials, folder});
  if (!program) return complain(program.error());
  fmt::print("Dienstbereit {}\n", who);
  std::fflush(stdout);
  while ((*program)->running()) {
    if (sigtimedwait(&signals, nullptr, &kLookEvery) > 0) return kExitOk;
  }
  return kExitFailed;
}

}  // namespace dienstbereit::app
