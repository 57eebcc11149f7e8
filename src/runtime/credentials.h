// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace dienstbereit::runtime {

// Secrets, by name; never in YAML. Each is read when it is used, so that a changed file counts at
// once. Immutable, thread-safe.
class Credentials {
 public:
  static constexpr std::size_t kLargestSecret = 4096;  // bytes

  // `folder` holds one file a secret (systemd's CREDENTIALS_DIRECTORY, or --credentials); empty:
  // only the environment is asked.
  explicit Credentials(std::filesystem::path folder);

  // The file's text without the line end; else the environment's DIENSTBEREIT_CREDENTIAL_<NAME>,
  // in capitals with every other character than a letter or digit as '_'. NotFound says where it
  // was looked for; Denied: others may read or write the file, or it is no plain file.
  Result<std::string> find(const std::string& name) const;
  // The file itself, for programs that read it on their own, with the same checks; the environment
  // is not asked.
  Result<std::filesystem::path> file(const std::string& name) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace dienstbereit::runtime
