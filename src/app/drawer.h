// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace dienstbereit::app {

// What people gave that must be erasable, outside the journal: one file each under a random id, in
// a folder readable by this user only. Blocks on the disk: for the worker's thread.
class Drawer {
 public:
  struct Bounds {
    std::size_t most;   // files
    std::size_t bytes;  // of one
  };
  Drawer(std::filesystem::path folder, Bounds bounds)
      : folder_(std::move(folder)), bounds_(bounds) {}

  Result<std::string> keep(const std::string& content);  // its id
  Result<std::string> find(const std::string& id) const;
  Result<std::string> erase(const std::string& id);  // the empty text
  // Id and content of each, oldest first; nothing if the folder is not there yet.
  std::vector<std::pair<std::string, std::string>> all() const;

 private:
  Result<std::filesystem::path> path_of(const std::string& id) const;

  std::filesystem::path folder_;
  Bounds bounds_;
};

}  // namespace dienstbereit::app
