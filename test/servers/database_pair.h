// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "servers/process.h"

struct pg_conn;

namespace dienstbereit::servers {

// Two nodes of PostgreSQL: "p" begins as primary and waits for "s" with each commit. A script, as
// an operator would install it, starts, fences, promotes and rebuilds them; it and the servers run
// as the user "postgres" if the test is run by root.
class DatabasePair {
 public:
  DatabasePair();
  ~DatabasePair();
  DatabasePair(const DatabasePair&) = delete;
  DatabasePair& operator=(const DatabasePair&) = delete;

  std::uint16_t port_of(const std::string& name) const { return name == "p" ? p_ : s_; }
  // An action of the script on one node; its output. Throws std::runtime_error if it fails.
  std::string node(const std::string& action, const std::string& name,
                   const std::string& more = {}) const;
  // The commands of a helper's list that take over from "p" to "s" (fence-p, promote-s, point-s,
  // ...) and back (rebuild-p, follow-s, fence-s, promote-p, point-p, ...), as YAML.
  std::string commands() const;

  static std::string sql(std::uint16_t port, const std::string& text);
  static pg_conn* connect(std::uint16_t port);
  // Its main process, by pid, as a power cut would.
  void kill(const std::string& name) const;
  // Kills the primary at the worst moment: it has stored a row that the standby never gets. True if
  // whoever wrote it was not told that it is stored.
  bool kill_in_a_commit(std::int64_t row) const;
  // The rows that are stored in a node.
  std::set<std::int64_t> rows(const std::string& name) const;

  std::string log(const std::string& name) const;
  // Of the pair's folder: "fenced-p" while that node is fenced, "target" with the port in use.
  bool exists(const std::string& name) const;
  const TempFolder& folder() const { return folder_; }

 private:
  std::string base() const { return folder_.path().string(); }
  std::string command(const std::string& name, const std::string& action, const std::string& node,
                      const std::string& more = {}) const;

  TempFolder folder_;
  std::uint16_t p_ = free_port();
  std::uint16_t s_ = free_port();
};

// An application that writes rows to wherever the pair points it, and remembers what was
// acknowledged.
class WritingApplication {
 public:
  explicit WritingApplication(const DatabasePair& pair);
  ~WritingApplication() { stop(); }
  void stop();
  std::set<std::int64_t> acknowledged() const;

 private:
  void work();
  bool insert(pg_conn* connection);

  const DatabasePair& pair_;
  std::atomic<bool> stop_ = false;
  std::int64_t next_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::set<std::int64_t> acknowledged_;
  std::thread thread_;
};

}  // namespace dienstbereit::servers
