// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace dienstbereit::app {

// Photos of notes in a folder of their own, one file each, readable by this user only. Blocks on
// the disk: for the worker's thread.
class Photos {
 public:
  static constexpr std::size_t kMost = 5'000;

  explicit Photos(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::string> keep(const std::string& picture);  // its id: 26 random letters and digits
  Result<std::string> find(const std::string& id) const;
  Result<std::string> erase(const std::string& id);  // the empty text

 private:
  Result<std::filesystem::path> path_of(const std::string& id) const;

  std::filesystem::path folder_;
};

}  // namespace dienstbereit::app
