// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "sqlite/sqlite.h"

namespace dienstbereit::intake {

// An open file with its statements: each text is compiled once, for an upload needs the same few
// for every case. One thread.
class File {
 public:
  explicit File(sqlite::Database database) : database_(std::move(database)) {}

  Result<void> execute(const std::string& sql) { return database_.execute(sql); }
  Result<std::int64_t> integer(std::string_view sql) const { return database_.integer(sql); }

  // Lives as long as the file. It is one for each text: whoever uses it resets it before another
  // does. Texts hold parameters, never values, so that there are only so many.
  Result<sqlite::Statement*> statement(std::string_view sql) const {
    auto known = statements_.find(sql);
    if (known == statements_.end()) {
      auto made = database_.prepare(sql);
      if (!made) return tl::unexpected(made.error());
      known = statements_.emplace(std::string(sql), std::move(*made)).first;
    }
    return &known->second;
  }

 private:
  sqlite::Database database_;
  mutable std::map<std::string, sqlite::Statement, std::less<>> statements_;
};

}  // namespace dienstbereit::intake
