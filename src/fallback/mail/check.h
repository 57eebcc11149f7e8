// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fallback/mail/main_cf.h"

namespace dienstbereit::fallback::mail {

// A list that is older is a problem: people have come and gone since.
inline constexpr Duration kOldestList = std::chrono::hours(24 * 3);

struct Finding {
  bool problem = false;  // else a hint
  std::string text;
};

// What a backup's folder holds, as far as the rules look at it.
struct BackupFiles {
  Settings settings;
  std::string master;
  using Table = std::vector<std::pair<std::string, std::string>>;
  std::optional<Table> domains, recipients, transport, copies;  // none: the file is missing
  std::optional<Duration> list_age;
};

// The rules of a backup MX that neither loses nor sends back mail (docs/operating/mail.md). Pure.
std::vector<Finding> check_rules(const BackupFiles& files);

Result<BackupFiles> read_backup(const std::filesystem::path& folder);

// check_rules, and what `postconf` and `postfix check` say where they are installed.
Result<std::vector<Finding>> check_backup(const std::filesystem::path& folder);

}  // namespace dienstbereit::fallback::mail
