// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/names.h"
#include "model/intake/command.h"

namespace dienstbereit {
namespace {

constexpr NameTable<IntakeStep, 10> kSteps{{{IntakeStep::Stored, "stored"},
                                            {IntakeStep::Conflict, "conflict"},
                                            {IntakeStep::Moved, "moved"},
                                            {IntakeStep::Deleted, "deleted"},
                                            {IntakeStep::Custody, "custody"},
                                            {IntakeStep::DeviceMade, "device_made"},
                                            {IntakeStep::DeviceEnrolled, "device_enrolled"},
                                            {IntakeStep::DeviceRemoved, "device_removed"},
                                            {IntakeStep::KeyAdded, "key_added"},
                                            {IntakeStep::KeyConfirmed, "key_confirmed"}}};
constexpr NameTable<IntakeState, 6> kStates{{{IntakeState::Recorded, "recorded"},
                                             {IntakeState::Checked, "checked"},
                                             {IntakeState::Entered, "entered"},
                                             {IntakeState::Confirmed, "confirmed"},
                                             {IntakeState::Deleted, "deleted"},
                                             {IntakeState::Duplicate, "duplicate"}}};
constexpr NameTable<Urgency, 2> kUrgencies{
    {{Urgency::Normal, "normal"}, {Urgency::Urgent, "urgent"}}};
constexpr NameTable<CustodyKind, 3> kCustody{{{CustodyKind::Received, "received"},
                                              {CustodyKind::Returned, "returned"},
                                              {CustodyKind::PassedOn, "passed_on"}}};
constexpr NameTable<TakenState, 4> kTaken{{{TakenState::Stored, "stored"},
                                           {TakenState::Already, "already"},
                                           {TakenState::Conflict, "conflict"},
                                           {TakenState::Refused, "refused"}}};

}  // namespace

const char* name_of(IntakeStep step) { return find_name(kSteps, step); }
std::optional<IntakeStep> intake_step_of(std::string_view name) { return find_value(kSteps, name); }
const char* name_of(IntakeState state) { return find_name(kStates, state); }
std::optional<IntakeState> intake_state_of(std::string_view name) {
  return find_value(kStates, name);
}
const char* name_of(Urgency urgency) { return find_name(kUrgencies, urgency); }
const char* name_of(CustodyKind kind) { return find_name(kCustody, kind); }
std::optional<CustodyKind> custody_kind_of(std::string_view name) {
  return find_value(kCustody, name);
}
const char* name_of(TakenState state) { return find_name(kTaken, state); }

bool may_follow(IntakeState from, IntakeState to) {
  using enum IntakeState;
  switch (from) {
    case Recorded:
      return to == Checked || to == Duplicate;
    case Checked:
      return to == Entered || to == Duplicate || to == Recorded;
    case Entered:
      return to == Confirmed || to == Checked;
    case Confirmed:
      return to == Deleted;
    case Duplicate:
      return to == Deleted || to == Recorded;
    case Deleted:
      return false;
  }
  return false;
}

bool waits(IntakeState state) {
  return state == IntakeState::Recorded || state == IntakeState::Checked;
}

}  // namespace dienstbereit
