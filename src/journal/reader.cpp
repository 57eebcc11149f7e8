// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/reader.h"

#include <fmt/format.h>

#include "journal/rows.h"

namespace dienstbereit::journal {
namespace {

namespace fs = std::filesystem;

// A log that holds something: the file alone is not the whole journal.
bool has_log(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file.string() + "-wal", error);
  return !error && size > 0;
}

Result<sqlite::Database> open_checked(const fs::path& file, sqlite::Database::Mode mode) {
  auto database = sqlite::Database::open(file, mode);
  if (!database) return database;
  if (auto checked = check_file(*database); !checked) return tl::unexpected(checked.error());
  return database;
}

}  // namespace

Result<JournalReader> JournalReader::open(const fs::path& place) {
  std::error_code error;
  const bool folder = fs::is_directory(place, error);
  const fs::path file = folder ? place / kJournalFile : place;
  if (!fs::exists(file, error)) {
    return fail(Errc::NotFound,
                fmt::format("there is no journal at {}; name the server's data folder or a backup "
                            "file",
                            file.string()));
  }
  // Beside a live writer the log must be read too. A backup, or a folder that we may not write
  // side files into, is read as it lies.
  auto database = open_checked(file, folder || has_log(file) ? sqlite::Database::Mode::ReadOnly
                                                             : sqlite::Database::Mode::Immutable);
  const bool refused = !database && database.error().code != Errc::Corrupt &&
                       database.error().code != Errc::InvalidInput;
  if (refused && folder && !has_log(file)) {
    database = open_checked(file, sqlite::Database::Mode::Immutable);
  }
  if (!database) {
    return fail(database.error().code, fmt::format("cannot read the journal {}: {}", file.string(),
                                                   database.error().message));
  }
  return JournalReader(std::move(*database));
}

Result<Head> JournalReader::head() const { return read_head(database_); }

Result<void> JournalReader::read(std::uint64_t from_seq, const Visitor& visit) const {
  return read_rows(database_, from_seq, visit);
}

}  // namespace dienstbereit::journal
