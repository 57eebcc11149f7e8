// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.h"
#include "intake/file.h"
#include "sqlite/sqlite.h"

// Statements bound and rows read from left to right.
namespace dienstbereit::intake {

inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The columns of one row, in order.
class Row {
 public:
  explicit Row(sqlite::Statement& statement) : statement_(statement) {}

  std::string text() { return std::string(statement_.text(at_++)); }
  std::string bytes() {
    const auto blob = statement_.blob(at_++);
    return {reinterpret_cast<const char*>(blob.data()), blob.size()};
  }
  std::uint64_t number() { return static_cast<std::uint64_t>(statement_.integer(at_++)); }
  Instant time() { return Instant(Duration(statement_.integer(at_++))); }
  std::optional<Instant> time_if_any() {
    if (statement_.is_null(at_)) {
      ++at_;
      return std::nullopt;
    }
    return time();
  }

 private:
  sqlite::Statement& statement_;
  int at_ = 0;
};

// One use of a statement, which is free for the next when this ends.
class Query {
 public:
  static Result<Query> prepare(const File& file, std::string_view sql) {
    auto statement = file.statement(sql);
    if (!statement) return tl::unexpected(statement.error());
    return Query(*statement);
  }

  // Text must outlive the run.
  Query& text(std::string_view value) {
    statement_->bind(++at_, value);
    return *this;
  }
  Query& bytes(std::string_view value) {
    statement_->bind(++at_, bytes_of(value));
    return *this;
  }
  Query& number(std::uint64_t value) {
    statement_->bind(++at_, static_cast<std::int64_t>(value));
    return *this;
  }
  Query& time(Instant value) {
    statement_->bind(++at_, static_cast<std::int64_t>(value.time_since_epoch().count()));
    return *this;
  }
  Query& time(const std::optional<Instant>& value) {
    if (value) return time(*value);
    statement_->bind_null(++at_);
    return *this;
  }

  Result<void> run() { return statement_->run(); }
  Result<void> each(const std::function<void(Row&)>& visit) {
    while (true) {
      const auto there = statement_->step();
      if (!there) return tl::unexpected(there.error());
      if (!*there) break;
      Row row(*statement_);
      visit(row);
    }
    statement_->reset();
    return {};
  }

 private:
  struct Free {
    void operator()(sqlite::Statement* statement) const { statement->reset(); }
  };
  explicit Query(sqlite::Statement* statement) : statement_(statement) {}

  std::unique_ptr<sqlite::Statement, Free> statement_;
  int at_ = 0;
};

}  // namespace dienstbereit::intake
