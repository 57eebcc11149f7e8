// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/intake/case.h"

// What can be asked of the store of emergency intake. Each is answered once; what is changed is
// durable then. Times are civil.
namespace dienstbereit {

struct EnrolDevice {
  std::string code;        // as typed
  std::string public_key;  // 32 bytes
  std::string from;        // what failures are counted by; empty: exempt
};
struct SetUpDevice {
  DeviceId device;
};
struct TakeRecords {
  DeviceId device;
  std::vector<UploadItem> items;
};
struct NoteHeartbeat {
  DeviceId device;
  std::uint64_t pending = 0;
  std::optional<Instant> oldest;
};
struct MakeDevice {
  SiteId site;
  unsigned counter = 0;
  std::string label;
};
// Refused while the device says that it holds cases, unless a reason is given.
struct RemoveDevice {
  DeviceId device;
  std::string reason;
};
struct AddOfficeKey {
  OfficeId office;
  std::string public_key;
};
struct ConfirmOfficeKey {
  std::string key;
};
struct FindRecords {
  std::string office, service;  // empty: all
  std::optional<IntakeState> state;
  std::size_t limit = 100;
  std::string after;  // what the answer before named as `next`
};
struct FindRecord {
  IntakeId id;
};
struct MoveRecord {
  IntakeId id;
  std::optional<IntakeState> from;  // the state it was seen in
  IntakeState to = IntakeState::Checked;
  std::string file_number;
  IntakeId duplicate_of;
  std::string reason;
  Duration grace{0};  // that must have passed before it is deleted
};
struct MoveOriginal {
  IntakeId id;
  std::string item;
  CustodyKind kind = CustodyKind::Returned;
  std::string to;
};
struct FindCustody {
  IntakeId id;  // empty: everything that is held
};
struct FindConflicts {};
// Deletes the cases whose grace is over.
struct PurgeRecords {
  Duration grace{0};
};
struct CountBacklog {};
struct ListDevices {};
struct ListKeys {};

using IntakeCommand =
    std::variant<EnrolDevice, SetUpDevice, TakeRecords, NoteHeartbeat, MakeDevice, RemoveDevice,
                 AddOfficeKey, ConfirmOfficeKey, FindRecords, FindRecord, MoveRecord, MoveOriginal,
                 FindCustody, FindConflicts, PurgeRecords, CountBacklog, ListDevices, ListKeys>;

enum class TakenState : std::uint8_t { Stored, Already, Conflict, Refused };
const char* name_of(TakenState state);
struct TakenRecord {
  std::uint64_t sequence = 0;
  TakenState state = TakenState::Refused;
  std::optional<Error> error;
};

// Only the part that belongs to the command is filled.
struct IntakeAnswer {
  std::optional<IntakeDevice> device;
  std::string secret;    // a device's code or token
  std::string hint_key;  // 32 bytes
  std::vector<IntakeDevice> devices;
  std::vector<OfficeKey> keys;
  std::vector<TakenRecord> taken;
  std::vector<IntakeCase> cases;
  std::string next;  // FindRecords: there is more
  std::vector<CustodyEntry> custody;
  std::vector<IntakeConflict> conflicts;
  BacklogCounted backlog;
  std::uint64_t count = 0;  // PurgeRecords
  std::string hash;         // PurgeRecords
};
using IntakeReply = std::function<void(Result<IntakeAnswer>)>;

}  // namespace dienstbereit
