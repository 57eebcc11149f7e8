// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>

#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "model/event.h"

namespace dienstbereit::journal {

// One stored event, payload as text. docs/formats/journal.md says what each field means and how
// the hash is made.
struct Record {
  std::string site;
  std::uint64_t epoch = 0;
  std::uint64_t seq = 0;
  Instant logical;
  Instant observed;
  Instant recorded;
  std::string actor;
  std::string type;
  int version = 1;
  std::string payload;
  Digest previous{};  // hash of the record before; zeros for the first
  Digest hash{};

  friend bool operator==(const Record&, const Record&) = default;
};

inline constexpr std::size_t kLongestSite = 64;
inline constexpr std::size_t kLongestActor = 256;
inline constexpr std::size_t kLongestType = 64;

// Printed on every page and report: the first digits of a hash.
inline constexpr std::size_t kHeadDigits = 16;
std::string head_text(const Digest& hash);

// The hash that `record` must carry, from all its other fields. `scratch` is reused between calls.
Digest hash_of(const Record& record, std::string& scratch);

// Encodes the payload; `previous` and `hash` stay zero until the record is appended.
Record to_record(const Event& event);
// An undecodable payload is Errc::Corrupt and names the record.
Result<Event> to_event(const Record& record);

}  // namespace dienstbereit::journal
