// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "journal/folder.h"
#include "model/outside/outpost_report.h"
#include "runtime/boot.h"
#include "sqlite/sqlite.h"

namespace dienstbereit::outpost {

inline constexpr const char* kOutboxFile = "outbox.sqlite";

struct OutboxBounds {
  std::uint64_t repeats = 1'000;  // "still so" that wait
  std::uint64_t items = 50'000;   // all that waits; changes go only when no repeat is left
  std::size_t report_items = kMostOutpostItems;
  std::size_t report_bytes = 48u << 10;  // the server takes 64 KiB
};

// What waits to be sent, in the order in which it was seen; it survives kill -9 and power cuts.
// Thread-safe: one thread adds, another sends.
class Outbox {
 public:
  // Conflict: another outpost writes in that folder. `vfs` is for tests.
  static Result<std::unique_ptr<Outbox>> open(const std::filesystem::path& dir,
                                              OutboxBounds bounds = {},
                                              const std::string& vfs = {});

  // 16 hexadecimal digits, made with the file.
  const std::string& id() const { return id_; }

  // Durable once it returns. The items are of now; what says the same of a probe or uplink as was
  // added last is left out, so that a restart tells nothing twice. After an error nothing may be
  // added any more.
  Result<void> add(std::span<const OutpostItem> items, const runtime::Moment& now);

  // These are told again, whatever was added last of them.
  Result<void> unsay(std::span<const ProbeId> probes);

  struct Waiting {
    std::vector<OutpostItem> items;  // the oldest, with their ages
    bool more = false;
    std::uint64_t repeats_lost = 0;  // all in all
    std::uint64_t changes_lost = 0;
  };
  Result<Waiting> oldest(const runtime::Moment& now);
  // The server has these for good.
  Result<void> forget(std::uint64_t up_to);

 private:
  Outbox(journal::FolderLock lock, sqlite::Database database, OutboxBounds bounds)
      : lock_(std::move(lock)), database_(std::move(database)), bounds_(bounds) {}

  Result<void> prepare();
  Result<void> insert(const OutpostItem& item, const runtime::Moment& now);
  Result<bool> said_last(const OutpostItem& item);
  Result<void> keep_bounds();
  Result<std::uint64_t> drop_oldest(bool repeats, std::uint64_t count);
  Result<void> add_rows(std::span<const OutpostItem> items, const runtime::Moment& now);

  std::mutex mutex_;
  journal::FolderLock lock_;
  sqlite::Database database_;
  OutboxBounds bounds_;
  std::string id_;
};

}  // namespace dienstbereit::outpost
