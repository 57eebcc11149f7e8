// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace dienstbereit::sqlite {

// The little of SQLite that we need, with owners and Results. One thread at a time for each
// connection and its statements.

// Codes: Corrupt (no database, or damaged), Conflict (busy), Denied, else Io.
Error error_of(sqlite3* connection, std::string_view doing);

class Statement {
 public:
  // Parameters and columns count as in SQLite: from 1 and from 0. Bound text and blobs must live
  // until the next reset.
  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, std::span<const std::uint8_t> blob);
  Statement& bind_null(int parameter);

  // True: a row stands ready. False: done.
  Result<bool> step();
  // For statements without rows: one step, then reset.
  Result<void> run();
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;  // valid until the next step or reset
  std::span<const std::uint8_t> blob(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  enum class Mode : std::uint8_t {
    Write,      // creates the file if missing
    ReadOnly,   // beside a writer, or after it
    Immutable,  // read-only media: nobody writes, no side files
  };
  static Result<Database> open(const std::filesystem::path& file, Mode mode,
                               const std::string& vfs = {});

  // One or more statements without parameters; rows are dropped.
  Result<void> execute(const std::string& sql);
  Result<Statement> prepare(std::string_view sql) const;
  // The first column of the first row, 0 if there is none: for PRAGMA and count(*).
  Result<std::int64_t> integer(std::string_view sql) const;

  sqlite3* handle() const { return connection_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  explicit Database(sqlite3* connection) : connection_(connection) {}

  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace dienstbereit::sqlite
