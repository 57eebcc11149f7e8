// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "base/result.h"
#include "stage/plan.h"

namespace dienstbereit::stage {

// Owns one child process per server. Single-threaded; destroying it ends every child.
class Supervisor {
 public:
  explicit Supervisor(Plan plan);
  ~Supervisor();
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  // Starts what does not run and waits until it listens.
  Result<void> start_all();
  // Carries out one command of stage.h.
  Result<std::string> obey(std::string_view command);
  // Notes children that have ended; call it after each SIGCHLD.
  void reap();
  std::string status() const;

 private:
  struct Child {
    const Server* server;
    pid_t pid = 0;       // 0: does not run
    std::string reason;  // why it does not run
  };

  Result<void> start(Child& child);
  void stop(const std::vector<Child*>& children, const std::string& reason);
  Result<Child*> find(const std::string& id);
  Result<std::string> start_command(const std::string& what);
  Result<std::string> run_scenario(const std::string& name);

  Plan plan_;
  std::vector<Child> children_;
};

}  // namespace dienstbereit::stage
