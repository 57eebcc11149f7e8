// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The cases themselves: rows in and out.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "intake/rows.h"
#include "intake/tables.h"

namespace dienstbereit::intake {
namespace {

constexpr const char* kColumns =
    "SELECT n, id, device, sequence, form, form_version, office, service, receipt, recorded_at, "
    "recorded, received, key_id, urgent, originals, hint, sealed, signature, state, file_number, "
    "duplicate_of FROM record ";
constexpr const char* kWaiting = "('recorded','checked')";
constexpr std::size_t kDuplicatesMax = 20;  // named of one case

IntakeCase case_of(Row& row) {
  IntakeCase one;
  IntakeRecord& r = one.record;
  r.id = IntakeId(row.text());
  r.device = DeviceId(row.text());
  r.sequence = row.number();
  r.form = row.text();
  r.form_version = row.number();
  r.office = OfficeId(row.text());
  r.service = ServiceId(row.text());
  r.receipt = row.text();
  r.recorded_at = row.text();
  r.recorded = row.time();
  one.received_at = row.time();
  r.key_id = row.text();
  r.urgency = row.number() == 1 ? Urgency::Urgent : Urgency::Normal;
  const std::string originals = row.text();
  for (const std::string_view code : split(originals, ',')) {
    if (!code.empty()) r.originals.emplace_back(code);
  }
  r.hint = row.text();
  r.sealed = row.bytes();
  r.signature = row.bytes();
  one.state = intake_state_of(row.text()).value_or(IntakeState::Recorded);
  one.file_number = row.text();
  one.duplicate_of = IntakeId(row.text());
  return one;
}

Result<void> add_history(const File& file, IntakeCase& one) {
  auto select =
      Query::prepare(file, "SELECT state, at, by, reason FROM move WHERE record=? ORDER BY rowid");
  if (!select) return tl::unexpected(select.error());
  return select->text(one.record.id.str()).each([&](Row& row) {
    IntakeMove& move = one.history.emplace_back();
    move.state = intake_state_of(row.text()).value_or(IntakeState::Recorded);
    move.at = row.time();
    move.by = row.text();
    move.reason = row.text();
  });
}

Result<void> add_duplicates(const File& file, IntakeCase& one) {
  if (one.record.hint.empty()) return {};
  auto select =
      Query::prepare(file, "SELECT id FROM record WHERE hint=? AND id<>? AND state<>'deleted' "
                           "ORDER BY n LIMIT ?");
  if (!select) return tl::unexpected(select.error());
  return select->text(one.record.hint)
      .text(one.record.id.str())
      .number(kDuplicatesMax)
      .each([&](Row& row) { one.duplicates.emplace_back(row.text()); });
}

Result<void> complete(const File& file, IntakeCase& one) {
  auto done = add_history(file, one);
  return done ? add_duplicates(file, one) : done;
}

Result<void> note_move(const File& file, const IntakeId& id, const IntakeMove& move) {
  auto change = Query::prepare(file, "INSERT INTO move VALUES(?,?,?,?,?)");
  if (!change) return tl::unexpected(change.error());
  return change->text(id.str())
      .text(name_of(move.state))
      .time(move.at)
      .text(move.by)
      .text(move.reason)
      .run();
}

}  // namespace

Result<std::optional<std::string>> Tables::taken(const IntakeRecord& record) const {
  auto select =
      Query::prepare(file_, "SELECT digest FROM record WHERE (device=?1 AND sequence=?2) OR id=?3 "
                            "ORDER BY device=?1 AND sequence=?2 DESC LIMIT 1");
  if (!select) return tl::unexpected(select.error());
  std::optional<std::string> digest;
  auto read = select->text(record.device.str())
                  .number(record.sequence)
                  .text(record.id.str())
                  .each([&](Row& row) { digest = row.text(); });
  if (!read) return tl::unexpected(read.error());
  return digest;
}

Result<void> Tables::add(const IntakeCase& one, const std::string& digest) {
  const IntakeRecord& r = one.record;
  auto change =
      Query::prepare(file_, "INSERT INTO record VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
                            "?,?,'','')");
  if (!change) return tl::unexpected(change.error());
  const std::string originals = join(r.originals, ",");
  change->text(r.id.str()).text(r.device.str()).number(r.sequence).text(digest).text(r.form);
  change->number(r.form_version).text(r.office.str()).text(r.service.str()).text(r.receipt);
  change->text(r.recorded_at).time(r.recorded).time(one.received_at).text(r.key_id);
  change->number(r.urgency == Urgency::Urgent ? 1 : 0).text(originals).text(r.hint);
  change->bytes(r.sealed).bytes(r.signature).text(name_of(one.state)).time(one.received_at);
  if (auto done = change->run(); !done) return done;
  return note_move(file_, r.id,
                   {IntakeState::Recorded, r.recorded, "device:" + r.device.str(), ""});
}

Result<bool> Tables::has_conflict(const std::string& digest) const {
  auto select = Query::prepare(file_, "SELECT count(*) FROM conflict WHERE digest=?");
  if (!select) return tl::unexpected(select.error());
  bool known = false;
  auto read = select->text(digest).each([&](Row& row) { known = row.number() > 0; });
  if (!read) return tl::unexpected(read.error());
  return known;
}

Result<void> Tables::add_conflict(const IntakeRecord& r, const std::string& digest, Instant at) {
  auto change = Query::prepare(file_, "INSERT OR IGNORE INTO conflict VALUES(?,?,?,?,?,?,?,?)");
  if (!change) return tl::unexpected(change.error());
  const std::string text = signed_text(r);
  change->text(digest).text(r.device.str()).number(r.sequence).text(r.id.str()).time(at);
  return change->text(text).bytes(r.sealed).bytes(r.signature).run();
}

Result<std::vector<IntakeConflict>> Tables::conflicts() const {
  auto select = Query::prepare(file_, "SELECT device, sequence, id, digest, received FROM conflict "
                                      "ORDER BY received, digest LIMIT 200");
  if (!select) return tl::unexpected(select.error());
  std::vector<IntakeConflict> all;
  auto read = select->each([&](Row& row) {
    IntakeConflict& one = all.emplace_back();
    one.device = DeviceId(row.text());
    one.sequence = row.number();
    one.id = IntakeId(row.text());
    one.digest = row.text();
    one.received_at = row.time();
  });
  if (!read) return tl::unexpected(read.error());
  return all;
}

Result<std::uint64_t> Tables::count() const {
  // Rows are emptied and never removed, so the last number is the count, without reading them all.
  const auto count = file_.integer("SELECT max(n) FROM record");
  if (!count) return tl::unexpected(count.error());
  return static_cast<std::uint64_t>(*count);
}

Result<IntakeCase> Tables::find(const IntakeId& id) const {
  auto select = Query::prepare(file_, std::string(kColumns) + "WHERE id=?");
  if (!select) return tl::unexpected(select.error());
  std::optional<IntakeCase> found;
  auto read = select->text(id.str()).each([&](Row& row) {
    row.number();
    found = case_of(row);
  });
  if (!read) return tl::unexpected(read.error());
  if (!found) return fail(Errc::NotFound, "there is no such case; look at the list of cases");
  if (auto done = complete(file_, *found); !done) return tl::unexpected(done.error());
  return std::move(*found);
}

Result<std::vector<IntakeCase>> Tables::find(const FindRecords& filter) const {
  auto select = Query::prepare(
      file_, std::string(kColumns) +
                 "WHERE n > coalesce((SELECT n FROM record WHERE id=?1), 0) AND "
                 "(?2='' OR office=?2) AND (?3='' OR service=?3) AND (?4='' OR state=?4) "
                 "ORDER BY n LIMIT ?5");
  if (!select) return tl::unexpected(select.error());
  std::vector<IntakeCase> all;
  const std::string state = filter.state ? name_of(*filter.state) : "";
  select->text(filter.after).text(filter.office).text(filter.service).text(state);
  auto read = select->number(filter.limit).each([&](Row& row) {
    row.number();
    all.push_back(case_of(row));
  });
  if (!read) return tl::unexpected(read.error());
  for (IntakeCase& one : all) {
    if (auto done = complete(file_, one); !done) return tl::unexpected(done.error());
  }
  return all;
}

Result<void> Tables::move(const IntakeCase& one, const IntakeMove& move) {
  auto change = Query::prepare(
      file_, "UPDATE record SET state=?, moved=?, file_number=?, duplicate_of=? WHERE id=?");
  if (!change) return tl::unexpected(change.error());
  change->text(name_of(one.state)).time(move.at).text(one.file_number);
  change->text(one.duplicate_of.str()).text(one.record.id.str());
  if (auto done = change->run(); !done) return done;
  return note_move(file_, one.record.id, move);
}

Result<void> Tables::erase(const IntakeId& id) {
  for (const char* sql :
       {"UPDATE record SET sealed=x'', signature=x'', hint='', originals='', file_number='', "
        "receipt='', key_id='', recorded_at='', recorded=0 WHERE id=?",
        "DELETE FROM custody WHERE record=?", "UPDATE move SET reason='' WHERE record=?"}) {
    auto change = Query::prepare(file_, sql);
    if (!change) return tl::unexpected(change.error());
    if (auto done = change->text(id.str()).run(); !done) return done;
  }
  return {};
}

Result<std::vector<Tables::Due>> Tables::deletable(Instant until, std::size_t limit) const {
  auto select = Query::prepare(
      file_, "SELECT id, digest FROM record WHERE state='confirmed' AND moved<=? AND "
             "NOT EXISTS (SELECT 1 FROM custody c WHERE c.record=record.id AND c.rowid = (SELECT "
             "max(rowid) FROM custody d WHERE d.record=c.record AND d.item=c.item) AND "
             "c.kind='received') ORDER BY n LIMIT ?");
  if (!select) return tl::unexpected(select.error());
  std::vector<Due> all;
  auto read = select->time(until).number(limit).each([&](Row& row) {
    Due& due = all.emplace_back();
    due.id = IntakeId(row.text());
    due.digest = row.text();
  });
  if (!read) return tl::unexpected(read.error());
  return all;
}

Result<void> Tables::add_protocol(Instant at, const std::string& by, std::uint64_t count,
                                  const std::string& hash) {
  auto change = Query::prepare(file_, "INSERT INTO protocol VALUES(?,?,?,?)");
  if (!change) return tl::unexpected(change.error());
  return change->time(at).text(by).number(count).text(hash).run();
}

// ---- custody -----------------------------------------------------------------------------------

Result<void> Tables::add(const CustodyEntry& entry) {
  auto change = Query::prepare(file_, "INSERT INTO custody VALUES(?,?,?,?,?,?)");
  if (!change) return tl::unexpected(change.error());
  change->text(entry.id.str()).text(entry.item).text(name_of(entry.kind)).text(entry.to);
  return change->time(entry.at).text(entry.by).run();
}

namespace {

CustodyEntry custody_of(Row& row) {
  CustodyEntry entry;
  entry.id = IntakeId(row.text());
  entry.item = row.text();
  entry.kind = custody_kind_of(row.text()).value_or(CustodyKind::Received);
  entry.to = row.text();
  entry.at = row.time();
  entry.by = row.text();
  return entry;
}

}  // namespace

Result<std::vector<CustodyEntry>> Tables::custody(const IntakeId& id) const {
  auto select = Query::prepare(file_, "SELECT record, item, kind, whom, at, by FROM custody WHERE "
                                      "record=? ORDER BY rowid");
  if (!select) return tl::unexpected(select.error());
  std::vector<CustodyEntry> all;
  auto read = select->text(id.str()).each([&](Row& row) { all.push_back(custody_of(row)); });
  if (!read) return tl::unexpected(read.error());
  return all;
}

Result<std::vector<CustodyEntry>> Tables::held() const {
  auto select = Query::prepare(
      file_,
      "SELECT record, item, kind, whom, at, by FROM custody c WHERE rowid=(SELECT max(rowid) FROM "
      "custody d WHERE d.record=c.record AND d.item=c.item) AND kind='received' ORDER BY at LIMIT "
      "1000");
  if (!select) return tl::unexpected(select.error());
  std::vector<CustodyEntry> all;
  auto read = select->each([&](Row& row) { all.push_back(custody_of(row)); });
  if (!read) return tl::unexpected(read.error());
  return all;
}

// ---- backlog -----------------------------------------------------------------------------------

Result<BacklogCounted> Tables::backlog(Instant now) const {
  auto select = Query::prepare(
      file_, fmt::format("SELECT office, service, sum(state IN {0}), min(CASE WHEN state IN {0} "
                         "THEN min(recorded, received) END), "
                         "sum(received > ?1), "
                         "(SELECT count(DISTINCT m.record) FROM move m JOIN record r ON "
                         "r.id=m.record WHERE m.state='entered' AND m.at > ?2 AND "
                         "r.office=record.office AND r.service=record.service AND r.state IN "
                         "('entered','confirmed','deleted')), "
                         "(SELECT min(m.at) FROM move m JOIN record r ON r.id=m.record WHERE "
                         "m.state='entered' AND m.at > ?2 AND r.office=record.office AND "
                         "r.service=record.service) "
                         "FROM record GROUP BY office, service ORDER BY office, service",
                         kWaiting));
  if (!select) return tl::unexpected(select.error());
  BacklogCounted counted;
  auto read = select->time(now - kArrivalWindow).time(now - kRateWindow).each([&](Row& row) {
    ServiceBacklog& one = counted.services.emplace_back();
    BacklogFigures figures;
    one.office = OfficeId(row.text());
    one.service = ServiceId(row.text());
    figures.waiting = row.number();
    figures.oldest = row.time_if_any();
    figures.arrived = row.number();
    figures.entered = row.number();
    figures.first_entered = row.time_if_any();
    forecast(figures, now, one);
  });
  if (!read) return tl::unexpected(read.error());
  auto devices = Query::prepare(file_, "SELECT sum(pending), sum(pending>0) FROM device");
  if (!devices) return tl::unexpected(devices.error());
  auto counted_devices = devices->each([&](Row& row) {
    counted.unsent = row.number();
    counted.devices = row.number();
  });
  if (!counted_devices) return tl::unexpected(counted_devices.error());
  return counted;
}

}  // namespace dienstbereit::intake
