// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "journal/journal.h"

namespace dienstbereit::journal {

// Where a printed head stands in the chain.
enum class HeadMatch : std::uint8_t {
  NotAsked,
  Last,     // the chain ends at it
  Earlier,  // the chain went on after it
  Absent,  // the chain does not contain it: records were removed or changed since it was printed
};

struct BadRecord {
  std::uint64_t seq = 0;
  std::string what;  // one English sentence
};

struct VerifyReport {
  std::uint64_t records = 0;  // that were good
  Head head;  // of the last good one
  std::optional<BadRecord> bad;  // the first; checking stops there
  HeadMatch head_match = HeadMatch::NotAsked;
  std::uint64_t head_seq = 0;  // where `head` was found, if it was

  bool clean() const { return !bad && head_match != HeadMatch::Absent; }
};

inline constexpr std::size_t kShortestHeadPrefix = 8;

// Reads the whole journal in `place` (a data folder or a backup file): seq without gaps from 1,
// one site, epoch and logical time never falling, every hash, every payload decodable. `head` =
// the first 8 to 64 hex digits of a hash as printed, or empty. An error means that checking was
// not possible; faults found are in the report.
Result<VerifyReport> verify(const std::filesystem::path& place, std::string_view head = {});

// "412 records, all good; head 0123456789abcdef at record 412", one sentence a line.
std::string to_text(const VerifyReport& report);

}  // namespace dienstbereit::journal
