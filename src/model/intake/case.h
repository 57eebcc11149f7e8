// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/intake/events.h"

// A case taken in at a counter, as it travels and as it is kept.
namespace dienstbereit {

enum class Urgency : std::uint8_t { Normal, Urgent };
const char* name_of(Urgency urgency);

// What a counter sends. Binary members are raw bytes here, base64 in JSON.
struct IntakeRecord {
  DeviceId device;
  std::uint64_t sequence = 0;
  IntakeId id;
  std::string form;
  std::uint64_t form_version = 0;
  OfficeId office;
  ServiceId service;
  std::string receipt;
  std::string recorded_at;  // RFC 3339 as sent: the signature is over these letters
  Instant recorded;         // the same
  std::string key_id;
  Urgency urgency = Urgency::Normal;
  std::vector<std::string> originals;  // codes
  std::string hint;                    // hex; empty: none
  std::string sealed;
  std::string signature;
};

inline constexpr std::size_t kSealedBytesMax = 16u << 10;
inline constexpr std::size_t kRecordsAtOnceMax = 50;
inline constexpr std::size_t kUploadBytesMax = 2u << 20;  // base64 makes a third more of 50 boxes
inline constexpr std::size_t kOriginalsMax = 20;

// What the device signs (docs/formats/intake.md); equal texts are equal records.
std::string signed_text(const IntakeRecord& record);
// SHA-256 of it, in hex.
std::string digest_of(const IntakeRecord& record);

// One record of an upload: as far as it can be read, its number, so that the answer names it.
struct UploadItem {
  std::uint64_t sequence = 0;
  Result<IntakeRecord> record;
};
// {"records": [...]}; an error: no such thing, or too much at once.
Result<std::vector<UploadItem>> parse_upload(std::string_view body);

// The way of a case; docs/formats/intake.md draws it.
enum class IntakeState : std::uint8_t { Recorded, Checked, Entered, Confirmed, Deleted, Duplicate };
const char* name_of(IntakeState state);
std::optional<IntakeState> intake_state_of(std::string_view name);
// Whether a case may go from one to the other at all; who may and what it needs is the store's.
bool may_follow(IntakeState from, IntakeState to);
// It waits for its back-entry.
bool waits(IntakeState state);

struct IntakeMove {
  IntakeState state = IntakeState::Recorded;
  Instant at;
  std::string by;  // an account's id; else "device:d-...", "cli:uid=1000", "program"
  std::string reason;
};

struct IntakeCase {
  IntakeRecord record;
  IntakeState state = IntakeState::Recorded;
  Instant received_at;
  std::string file_number;  // of the business application
  IntakeId duplicate_of;
  std::vector<IntakeMove> history;
  std::vector<IntakeId> duplicates;  // others with the same hint
};

enum class CustodyKind : std::uint8_t { Received, Returned, PassedOn };
const char* name_of(CustodyKind kind);
std::optional<CustodyKind> custody_kind_of(std::string_view name);

// Where an original went. It is held from Received until it is Returned.
struct CustodyEntry {
  IntakeId id;
  std::string item;  // code of the original
  CustodyKind kind = CustodyKind::Received;
  std::string to;  // whom it was passed on to
  Instant at;
  std::string by;
};

struct IntakeDevice {
  DeviceId id;
  SiteId site;
  unsigned counter = 0;
  std::string label;
  bool enrolled = false;
  Instant made_at;
  std::optional<Instant> code_until;  // while it waits to be enrolled
  std::uint64_t pending = 0;  // cases it says it has not handed over
  std::optional<Instant> oldest_pending;
  std::optional<Instant> heard;
  std::uint64_t received = 0;  // cases that came from it
};

struct OfficeKey {
  std::string id;  // first 16 hex digits of SHA-256 of the key
  OfficeId office;
  std::string public_key;  // 32 bytes
  std::string made_by;
  Instant made_at;
  std::string confirmed_by;  // empty: nothing is sealed to it yet
  std::optional<Instant> confirmed_at;
};
std::string key_id_of(std::string_view public_key);

// Another content for a number or id that is taken; for a person to look at.
struct IntakeConflict {
  DeviceId device;
  std::uint64_t sequence = 0;
  IntakeId id;
  std::string digest;
  Instant received_at;
};

}  // namespace dienstbereit
