// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include <sys/types.h>

#include "base/result.h"
#include "helper/list.h"
#include "helper/memory.h"

namespace dienstbereit::helper {

struct Options {
  std::filesystem::path list;
  std::filesystem::path key;  // the public one
  std::filesystem::path socket;
  std::filesystem::path memory;  // a folder of its own
  std::string peer = "dienstbereit";  // the only user who may ask
};

// What the privileged helper does with one request; knows no socket. Thread-safe.
class Desk {
 public:
  // Reads and verifies the list once, so that a start says what is wrong.
  static Result<std::unique_ptr<Desk>> open(const Options& options);

  // Blocks until it is done: at most as long as the list and the request allow. The list is read
  // and verified anew each time. A request for a key that runs waits for its end.
  ActionResult answer(const Action& action);

 private:
  Desk(const Options& options, Memory memory) : options_(options), memory_(std::move(memory)) {}
  Result<List> read_list() const;
  ActionResult carry_out(const Action& action, const Command& command,
                         const std::vector<std::string>& words);

  Options options_;
  Memory memory_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::set<std::string> running_;  // keys
};

// Serves until SIGTERM or SIGINT; what runs then is waited for.
Result<void> serve(const Options& options);

}  // namespace dienstbereit::helper
