// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "model/interim/action.h"

namespace dienstbereit::helper {

// What was begun and what became of it, by key, so that nothing is done twice: a folder with one
// file a key. A file has its full size from the start, so that the end of what was begun can be
// written on a full disk too.
class Memory {
 public:
  // Makes the folder, and drops what is older than 90 days.
  static Result<Memory> open(const std::filesystem::path& folder);

  struct Known {
    std::string what;  // the command with its values, as it was begun
    std::optional<ActionResult> ended;  // nothing: begun, and its end never written
  };
  // Nothing if the key was never begun.
  Result<std::optional<Known>> find(const std::string& key) const;
  // Durable on return; an error means that it must not be begun. `again`: it is known already.
  Result<void> begin(const std::string& key, const std::string& what, bool again) const;
  Result<void> end(const std::string& key, const std::string& what,
                   const ActionResult& result) const;

 private:
  explicit Memory(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<void> write(const std::string& key, std::string text, int flags) const;

  std::filesystem::path folder_;
};

}  // namespace dienstbereit::helper
