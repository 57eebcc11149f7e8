// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "outpost/settings.h"

namespace dienstbereit::outpost {

struct Options {
  Settings settings;
  std::filesystem::path data;         // outbox, and the orders as last fetched
  std::filesystem::path credentials;  // folder; empty: the environment only
  std::filesystem::path folder;       // names of probes' CA files are relative to it
};

// A second place that sees. Threads: probes; the record of what they see; the way to the server,
// which blocks, so that a dead line delays nothing else.
class Program {
 public:
  static Result<std::unique_ptr<Program>> start(Options options);
  ~Program();  // ends in order: way, record, probes
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // False once nothing more can be written down; the log says why. A restart reads what the disk
  // really holds.
  bool running() const;

 private:
  class Parts;
  explicit Program(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace dienstbereit::outpost
