// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>
#include <nlohmann/json.hpp>

#include "base/time.h"

namespace dienstbereit::lived {

// Clerks at their counters, each with a real Chromium, and one more browser for pictures
// (counter.mjs). Every call returns once it is done and throws std::runtime_error with what the
// clerk saw if it cannot be done.
class Counters {
 public:
  // `origin`: where the pages are, "http://127.0.0.1:40123".
  explicit Counters(const std::string& origin);
  ~Counters();
  Counters(const Counters&) = delete;
  Counters& operator=(const Counters&) = delete;

  // What the clocks of the counters say from now on.
  void set_clock(Duration ahead);
  void start(int counter);
  void kill(int counter);
  void enrol(int counter, const std::string& code);
  // Takes in cases of a service; their receipt numbers.
  std::vector<std::string> enter(int counter, const std::string& service,
                                 const std::vector<nlohmann::json>& cases);
  void picture(int counter, const std::filesystem::path& file);
  // Of any page, `width` pixels wide.
  void picture(const std::string& url, const std::filesystem::path& file, int width, int height);

 private:
  nlohmann::json ask(const nlohmann::json& command);

  int to_ = -1;
  int from_ = -1;
  pid_t pid_ = -1;
  std::string unread_;
};

}  // namespace dienstbereit::lived
