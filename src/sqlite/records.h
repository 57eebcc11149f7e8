// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sqlite/sqlite.h"

namespace dienstbereit::sqlite {

// One change of what is stored: `body` written over what was there, or nothing: removed.
struct Change {
  std::string kind;  // "account", "subscriber", ...
  std::string id;
  std::optional<std::string> body;
};

// A small store on disk, read whole at the start: bodies by kind and id. Whoever opens it holds the
// data directory's lock. One thread.
class Records {
 public:
  // Makes the file if it is missing, readable by its owner alone. `what` is in it, for messages:
  // "the accounts". Corrupt: the message says what to do.
  static Result<Records> open(const std::filesystem::path& file, std::string_view what);

  using Visitor = std::function<Result<void>(std::string_view kind, std::string_view id,
                                             std::string_view body)>;
  Result<void> read(const Visitor& visit) const;
  // All or nothing, durable when it returns.
  Result<void> write(std::span<const Change> changes);
  // After something was erased: no old copy stays behind in the log.
  Result<void> fold_log();

 private:
  struct Statements {
    Statement put;
    Statement remove;
  };
  Records(Database database, Statements statements)
      : database_(std::move(database)), statements_(std::move(statements)) {}
  Result<void> write_one(const Change& change);

  Database database_;
  Statements statements_;
};

}  // namespace dienstbereit::sqlite
