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
#include "model/wording.h"

// What counters take in while the business applications are down, as a district says it
// (docs/formats/intake.md). What people write into a form is sealed in the browser and never known
// here.
namespace dienstbereit {

enum class FieldType : std::uint8_t {
  Text,
  Date,
  Choice,
  Number,
  Phone,
  Plate,  // of a vehicle
  Vin,    // 17 letters and digits without I, O, Q
  Evb,    // 7 letters and digits: the insurer's electronic confirmation
  Iban,
  Month
};
const char* name_of(FieldType type);
std::optional<FieldType> field_type_of(std::string_view name);

// Which part of the keyed hash a field is, by which the same case is found again.
enum class HintPart : std::uint8_t { None, Name, BirthDate, Vin };
const char* name_of(HintPart part);

struct FormChoice {
  std::string id;
  Wording label;
};

struct FormField {
  std::string id;
  Wording label;
  Wording help;
  FieldType type = FieldType::Text;
  bool required = false;
  unsigned max = 80;  // characters
  std::vector<FormChoice> choices;
  HintPart hint = HintPart::None;
};

// An original that people may have to leave at the counter.
struct FormOriginal {
  std::string code;
  Wording label;
};

struct IntakeForm {
  std::string id;
  unsigned version = 1;
  Wording title;
  Wording purpose;
  std::vector<FormField> fields;
  std::vector<FormOriginal> originals;
  Wording proves_not;  // what the receipt does not prove
};

// A service that counters take cases in for.
struct IntakeService {
  ServiceId service;
  std::string form;
  Wording what_next;  // said to people, and on the receipt
};

inline constexpr Duration kDraftsKept = std::chrono::hours(12);

struct IntakeRules {
  std::string url;      // where counters open the page: "https://notaufnahme.example"
  std::string ca_file;  // beside the district; empty: the system's trust store
  Wording title;
  Duration retention = kDraftsKept;                  // of drafts in a counter's browser
  Duration grace = std::chrono::hours(24 * 30);      // from the confirmation to the deletion
  std::vector<IntakeService> services;
  bool on() const { return !services.empty(); }
};

}  // namespace dienstbereit
