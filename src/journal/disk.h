// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "model/district.h"

namespace dienstbereit::journal {

enum class DiskLevel : std::uint8_t { Ok, Warning, Full };

// How much the journal may use, in bytes.
struct DiskBounds {
  std::uint64_t max_bytes = 8ULL << 30;         // of the journal's files
  std::uint64_t min_free_bytes = 256ULL << 20;  // what must stay free on its file system
};

struct DiskState {
  DiskLevel level = DiskLevel::Ok;
  std::uint64_t used_bytes = 0;
  std::uint64_t free_bytes = 0;
  Wording advice;  // what is the matter and what to do; empty while all is well
};

// Below this share of max_bytes, and above this multiple of min_free_bytes, all is well.
inline constexpr double kWarnAtShare = 0.8;
inline constexpr std::uint64_t kWarnAtFree = 4;

// Judges; `coming` = bytes about to be written.
DiskState judge_disk(const DiskBounds& bounds, std::uint64_t used, std::uint64_t free,
                     std::uint64_t coming);

// Bytes that an ordinary user may still write to the file system of `dir`.
Result<std::uint64_t> free_bytes(const std::filesystem::path& dir);

}  // namespace dienstbereit::journal
