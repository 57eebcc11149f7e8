// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "handbook/appointments.h"
#include "handbook/document.h"
#include "handbook/facts.h"

namespace dienstbereit::handbook {

inline constexpr std::size_t kOpeningDays = 5;  // whose appointments a pack holds
inline constexpr std::size_t kMostListed = 3'000;  // appointments in one pack
inline constexpr unsigned kMostFormsInPack = 300;

// One list of appointments as it was read.
struct OfficeAppointments {
  OfficeId office;
  Appointments list;
  std::optional<Instant> as_of;  // when the file was written
  std::string trouble;           // why there is none; no personal data
};

struct PackFacts {
  const Facts& facts;
  SiteId site;
  std::vector<OfficeAppointments> appointments;
  // Blank forms are numbered SITE-YYMMDD-NNN from here on; never given twice.
  unsigned first_form = 1;
};

// What this site needs when nothing else works. Pure.
Document pack(words::Language language, const PackFacts& facts);

// How many forms a pack of this site holds.
unsigned forms_of(const District& district, const SiteId& site);

// "S3-261127-004".
std::string form_number(const SiteId& site, Day day, unsigned number);

// The next days on which the office is open there, today included; at most kOpeningDays, none
// further away than two months.
std::vector<Day> opening_days(const District& district, const OfficeId& office, const SiteId& site,
                              Day today);

// ---- when packs are made, and where they stand
// The last moment at or before `now` at which the night's packs were due.
Instant last_due(Instant now, Minutes at, const TimeZone& zone);

// "pack-S3-20261127-0200.html", by which age and site are known without opening it.
std::string pack_name(const SiteId& site, Instant made, const TimeZone& zone);
// When it was made; nothing if it is no pack of this site.
std::optional<Instant> made_of(const std::string& name, const SiteId& site, const TimeZone& zone);

}  // namespace dienstbereit::handbook
