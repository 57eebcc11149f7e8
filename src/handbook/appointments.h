// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

// Appointments as the appointment system exports them (docs/formats/appointments.md). All of it is
// hostile input and personal data: no message here repeats any of it.
namespace dienstbereit::handbook {

struct Appointment {
  Day day;
  std::optional<Minutes> at;  // none: the whole day
  std::string who;
  std::string matter;
  std::string contact;
  std::string note;
  friend bool operator==(const Appointment&, const Appointment&) = default;
};

struct Appointments {
  std::vector<Appointment> all;  // by day and time
  std::size_t unreadable = 0;  // entries that were left out: no day, or a broken one
  std::size_t repeating = 0;   // entries that repeat by a rule: only the first time is in `all`
};

inline constexpr std::size_t kLargestAppointments = 8u << 20;  // bytes of a file
inline constexpr std::size_t kMostAppointments = 20'000;
inline constexpr std::size_t kLongestField = 300;      // bytes; more is cut
inline constexpr std::size_t kLongestIcsLine = 64u << 10;  // unfolded; what is beyond is dropped

// A table with one appointment a row; `head` names the columns, in German or English.
// InvalidInput: no column for the day.
Result<Appointments> appointments_of(const std::vector<std::string>& head,
                                     const std::vector<std::vector<std::string>>& rows);

// The events of an iCalendar file (RFC 5545). Times in UTC become those of `zone`; a TZID is taken
// as `zone`'s. Cancelled events are left out. InvalidInput: no calendar at all.
Result<Appointments> parse_ics(std::string_view text, const TimeZone& zone);

}  // namespace dienstbereit::handbook
