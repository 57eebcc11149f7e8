// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "outpost/outbox.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/stat.h>

#include "model/event.h"

namespace dienstbereit::outpost {
namespace {

namespace fs = std::filesystem;

// `last` holds what was added last of each probe and uplink; `meta` the file's id and what the
// bounds have cost.
constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS item(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, repeat INTEGER NOT NULL, boot TEXT NOT NULL,
  uptime INTEGER NOT NULL, wall INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS last(subject TEXT PRIMARY KEY, said TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS meta(
  id TEXT NOT NULL, repeats_lost INTEGER NOT NULL, changes_lost INTEGER NOT NULL) STRICT;
INSERT INTO meta SELECT lower(hex(randomblob(8))), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM meta);
)";

std::string subject_of(const ProbeId& probe) { return "probe " + probe.str(); }

std::string subject_of(const OutpostItem& item) {
  if (item.settled) return subject_of(item.settled->probe);
  if (item.lost) return subject_of(item.lost->probe);
  return "uplink " + item.path->uplink.str();
}

// What makes it news; the sentence and the time do not.
std::string said_by(const OutpostItem& item) {
  if (item.settled) {
    return fmt::format("{} {}{}", name_of(item.settled->outcome), item.settled->phase,
                       item.settled->flapping ? " flapping" : "");
  }
  if (item.lost) return fmt::format("lost {}", name_of(item.lost->why));
  return item.path->up ? "up" : "down";
}

std::int64_t to_row(std::uint64_t number) { return static_cast<std::int64_t>(number); }

}  // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(const fs::path& dir, OutboxBounds bounds,
                                             const std::string& vfs) {
  if (auto made = journal::make_folder(dir); !made) return tl::unexpected(made.error());
  auto lock = journal::FolderLock::acquire(dir);
  if (!lock) return tl::unexpected(lock.error());
  auto database = sqlite::Database::open(dir / kOutboxFile, sqlite::Database::Mode::Write, vfs);
  if (!database) return tl::unexpected(database.error());
  ::chmod((dir / kOutboxFile).c_str(), journal::kFileMode);
  std::unique_ptr<Outbox> outbox(new Outbox(std::move(*lock), std::move(*database), bounds));
  if (auto ready = outbox->prepare(); !ready) return tl::unexpected(ready.error());
  if (auto synced = journal::sync_path(dir); !synced) return tl::unexpected(synced.error());
  return outbox;
}

Result<void> Outbox::prepare() {
  auto ready = database_.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
  if (ready) ready = database_.execute("BEGIN IMMEDIATE");
  if (ready) ready = database_.execute(kTables);
  if (ready) ready = database_.execute("COMMIT");
  if (!ready) return ready;
  auto select = database_.prepare("SELECT id FROM meta");
  if (!select) return tl::unexpected(select.error());
  const auto row = select->step();
  if (!row) return tl::unexpected(row.error());
  id_ = std::string(select->text(0));
  return {};
}

Result<void> Outbox::add(std::span<const OutpostItem> items, const runtime::Moment& now) {
  if (items.empty()) return {};
  const std::lock_guard lock(mutex_);
  auto added = database_.execute("BEGIN IMMEDIATE");
  if (added) added = add_rows(items, now);
  if (added) added = keep_bounds();
  if (added) added = database_.execute("COMMIT");
  if (!added) static_cast<void>(database_.execute("ROLLBACK"));
  return added;
}

Result<void> Outbox::add_rows(std::span<const OutpostItem> items, const runtime::Moment& now) {
  for (const OutpostItem& item : items) {
    if (is_change(item)) {
      const auto known = said_last(item);
      if (!known) return tl::unexpected(known.error());
      if (*known) continue;
    }
    if (auto inserted = insert(item, now); !inserted) return inserted;
  }
  return {};
}

// True if it is no news; else it is remembered.
Result<bool> Outbox::said_last(const OutpostItem& item) {
  const std::string subject = subject_of(item);
  const std::string said = said_by(item);
  auto select = database_.prepare("SELECT said FROM last WHERE subject = ?");
  if (!select) return tl::unexpected(select.error());
  const auto row = select->bind(1, std::string_view(subject)).step();
  if (!row) return tl::unexpected(row.error());
  if (*row && select->text(0) == said) return true;
  select->reset();
  auto upsert = database_.prepare("INSERT OR REPLACE INTO last VALUES(?, ?)");
  if (!upsert) return tl::unexpected(upsert.error());
  auto kept = upsert->bind(1, std::string_view(subject)).bind(2, std::string_view(said)).run();
  if (!kept) return tl::unexpected(kept.error());
  return false;
}

Result<void> Outbox::unsay(std::span<const ProbeId> probes) {
  const std::lock_guard lock(mutex_);
  auto drop = database_.prepare("DELETE FROM last WHERE subject = ?");
  if (!drop) return tl::unexpected(drop.error());
  for (const ProbeId& probe : probes) {
    const std::string subject = subject_of(probe);
    if (auto gone = drop->bind(1, std::string_view(subject)).run(); !gone) return gone;
  }
  return {};
}

Result<void> Outbox::insert(const OutpostItem& item, const runtime::Moment& now) {
  auto row =
      database_.prepare("INSERT INTO item(repeat, boot, uptime, wall, body) VALUES(?, ?, ?, ?, ?)");
  if (!row) return tl::unexpected(row.error());
  const std::string body = to_json(item);
  row->bind(1, std::int64_t{is_change(item) ? 0 : 1});
  row->bind(2, std::string_view(now.boot)).bind(3, std::int64_t{now.uptime.count()});
  row->bind(4, std::int64_t{now.wall.time_since_epoch().count()});
  return row->bind(5, std::string_view(body)).run();
}

Result<void> Outbox::keep_bounds() {
  const auto repeats = database_.integer("SELECT count(*) FROM item WHERE repeat = 1");
  if (!repeats) return tl::unexpected(repeats.error());
  const auto all = database_.integer("SELECT count(*) FROM item");
  if (!all) return tl::unexpected(all.error());
  const auto over = [](std::int64_t count, std::uint64_t bound) {
    const auto have = static_cast<std::uint64_t>(count);
    return have > bound ? have - bound : 0;
  };
  const auto wanted = std::max(over(*repeats, bounds_.repeats), over(*all, bounds_.items));
  const auto gone = drop_oldest(true, wanted);
  if (!gone) return tl::unexpected(gone.error());
  const std::uint64_t left = over(*all, bounds_.items + *gone);
  const auto changes = drop_oldest(false, left);
  if (!changes) return tl::unexpected(changes.error());
  if (*gone + *changes == 0) return {};
  return database_.execute(fmt::format(
      "UPDATE meta SET repeats_lost = repeats_lost + {}, changes_lost = changes_lost + {}", *gone,
      *changes));
}

// How many there were to drop.
Result<std::uint64_t> Outbox::drop_oldest(bool repeats, std::uint64_t count) {
  if (count == 0) return 0;
  auto drop = database_.prepare(
      "DELETE FROM item WHERE sequence IN (SELECT sequence FROM item WHERE repeat = ?"
      " ORDER BY sequence LIMIT ?)");
  if (!drop) return tl::unexpected(drop.error());
  auto dropped = drop->bind(1, std::int64_t{repeats ? 1 : 0}).bind(2, to_row(count)).run();
  if (!dropped) return tl::unexpected(dropped.error());
  const auto gone = database_.integer("SELECT changes()");
  if (!gone) return tl::unexpected(gone.error());
  return static_cast<std::uint64_t>(*gone);
}

Result<Outbox::Waiting> Outbox::oldest(const runtime::Moment& now) {
  const std::lock_guard lock(mutex_);
  Waiting waiting;
  auto select = database_.prepare(
      "SELECT sequence, boot, uptime, wall, body, repeats_lost, changes_lost FROM item, meta"
      " ORDER BY sequence LIMIT ?");
  if (!select) return tl::unexpected(select.error());
  select->bind(1, to_row(bounds_.report_items + 1));
  std::size_t bytes = 0;
  for (;;) {
    const auto row = select->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return waiting;
    bytes += select->text(4).size();
    waiting.more = waiting.items.size() == bounds_.report_items ||
                   (bytes > bounds_.report_bytes && !waiting.items.empty());
    if (waiting.more) return waiting;
    auto item = parse_outpost_item(select->text(4));
    if (!item) return tl::unexpected(item.error());
    item->sequence = static_cast<std::uint64_t>(select->integer(0));
    const runtime::Moment then{std::string(select->text(1)), Duration(select->integer(2)),
                               Instant(Duration(select->integer(3)))};
    const runtime::Age age = runtime::age_of(then, now);
    item->age = std::min(age.age, kOldestNews);
    item->by_clock = age.by_clock;
    waiting.repeats_lost = static_cast<std::uint64_t>(select->integer(5));
    waiting.changes_lost = static_cast<std::uint64_t>(select->integer(6));
    waiting.items.push_back(std::move(*item));
  }
}

Result<void> Outbox::forget(std::uint64_t up_to) {
  const std::lock_guard lock(mutex_);
  auto drop = database_.prepare("DELETE FROM item WHERE sequence <= ?");
  if (!drop) return tl::unexpected(drop.error());
  return drop->bind(1, to_row(up_to)).run();
}

}  // namespace dienstbereit::outpost
