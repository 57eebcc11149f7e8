// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/journal.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::journal {
namespace {

Result<void> check_bounds(const Record& record) {
  const bool named = !record.site.empty() && record.site.size() <= kLongestSite &&
                     record.actor.size() <= kLongestActor && !record.type.empty() &&
                     record.type.size() <= kLongestType && record.version > 0;
  if (named && record.payload.size() <= kLargestPayload) return {};
  return fail(Errc::LimitExceeded,
              fmt::format("record {} ({}, {} bytes) breaks a bound of the journal: site 1 to {} "
                          "bytes, actor to {}, type 1 to {}, payload to {}",
                          record.seq, record.type, record.payload.size(), kLongestSite,
                          kLongestActor, kLongestType, kLargestPayload));
}

Result<void> check_order(const Record& record, const Head& head) {
  if (head.seq != 0 && record.site != head.site) {
    return fail(Errc::InvalidInput, fmt::format("record {} is of site '{}', but this journal is of "
                                                "'{}'; start it in a data folder of its own",
                                                record.seq, record.site, head.site));
  }
  const bool follows = record.seq == head.seq + 1 && record.epoch >= head.epoch &&
                       (head.seq == 0 || record.logical >= head.logical);
  if (follows) return {};
  return fail(Errc::InvalidInput,
              fmt::format("record {} (epoch {}, {}) does not follow the journal's head {} (epoch "
                          "{}, {})",
                          record.seq, record.epoch, to_rfc3339(record.logical), head.seq,
                          head.epoch, to_rfc3339(head.logical)));
}

}  // namespace

Head head_after(const Record& record) {
  return {record.site, record.seq, record.epoch, record.logical, record.hash};
}

Result<Head> Journal::append(std::span<const Event> batch) {
  std::vector<Record> records;
  records.reserve(batch.size());
  for (const Event& event : batch) records.push_back(to_record(event));
  return append_records(records);
}

Result<Head> Journal::append_records(std::span<Record> batch) {
  if (failure_) {
    return fail(Errc::Unavailable, "the journal stopped writing: " + failure_->message);
  }
  if (batch.empty()) return head_;
  auto stored = seal(batch);
  if (stored) stored = store(batch);
  if (!stored) {
    failure_ = stored.error();
    return tl::unexpected(stored.error());
  }
  head_ = head_after(batch.back());
  return head_;
}

Result<void> Journal::seal(std::span<Record> batch) {
  if (batch.size() > kMostInBatch) {
    return fail(Errc::LimitExceeded, fmt::format("{} events in one batch; the journal takes {}",
                                                 batch.size(), kMostInBatch));
  }
  Head head = head_;
  for (Record& record : batch) {
    if (auto checked = check_bounds(record); !checked) return checked;
    if (auto checked = check_order(record, head); !checked) return checked;
    record.previous = head.hash;
    record.hash = hash_of(record, scratch_);
    if (head.seq == 0) head.site = record.site;
    head.seq = record.seq;
    head.epoch = record.epoch;
    head.logical = record.logical;
    head.hash = record.hash;
  }
  return {};
}

Result<void> Journal::backup(const std::filesystem::path& file) {
  return fail(Errc::Unavailable,
              fmt::format("cannot back up to {}: this journal lives in memory", file.string()));
}

Result<void> MemoryJournal::read(std::uint64_t from_seq, const Visitor& visit) const {
  const std::uint64_t first = std::max<std::uint64_t>(from_seq, 1);
  for (std::size_t i = first - 1; i < records_.size(); ++i) {
    if (!visit(records_[i])) break;
  }
  return {};
}

Result<void> MemoryJournal::store(std::span<const Record> batch) {
  records_.insert(records_.end(), batch.begin(), batch.end());
  return {};
}

}  // namespace dienstbereit::journal
