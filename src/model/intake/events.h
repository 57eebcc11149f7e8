// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

// What the journal holds of emergency intake: ids, counts and hashes; never what is in a case.
namespace dienstbereit {

struct DeviceTag;
struct IntakeTag;
using DeviceId = StrongString<DeviceTag>;  // "d-7f3k2m9q": a counter's browser
using IntakeId = StrongString<IntakeTag>;  // of a case: 32 hex digits, random

enum class IntakeStep : std::uint8_t {
  Stored,    // `count` cases of a device; `hash` over their contents
  Conflict,  // another content came for a number that is taken; kept aside
  Moved,     // a case, to the state `detail`
  Deleted,   // `count` cases; `hash` over their ids and contents
  Custody,   // an original of a case: `detail` says which and whereto
  DeviceMade,
  DeviceEnrolled,
  DeviceRemoved,
  KeyAdded,  // of an office: `subject` is its id
  KeyConfirmed
};
const char* name_of(IntakeStep step);
std::optional<IntakeStep> intake_step_of(std::string_view name);

struct IntakeNoted {
  IntakeStep step = IntakeStep::Stored;
  std::string subject;  // id of the case, the device or the key; empty: several cases
  DeviceId device;
  OfficeId office;
  ServiceId service;
  std::uint64_t count = 0;
  std::string hash;
  std::string detail;
};

// The cases of one service that wait for their back-entry.
struct ServiceBacklog {
  OfficeId office;
  ServiceId service;
  std::uint64_t waiting = 0;
  std::optional<Instant> oldest;        // civil; nothing if none waits
  double per_day = 0;                   // entered, of late
  std::optional<Instant> expected_end;  // civil; nothing: not in sight
};

// How much waits, as it was counted last: at the counters (unsent) and for back-entry.
struct BacklogCounted {
  std::vector<ServiceBacklog> services;
  std::uint64_t unsent = 0;   // cases that devices hold and have not handed over
  std::uint64_t devices = 0;  // how many devices hold some
};

}  // namespace dienstbereit
