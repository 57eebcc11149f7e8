// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/wording.h"

// What is written beforehand for the hour in which nothing else can be read: the emergency handbook
// and the counter packs of the sites (docs/operating/handbook.md).
namespace dienstbereit {

// Who does what in an emergency. People stand in the contacts, by whose ids they are named here.
struct EmergencyRole {
  Wording role;  // "Leitung des Krisenstabs"
  Wording duties;
  RecipientId held_by;  // empty: left blank, to be filled in by hand
  RecipientId deputy;
};

struct HandbookSpec {
  Duration max_age = std::chrono::hours(24 * 30);  // it is to be printed again by then
  std::vector<EmergencyRole> roles;
};

// Appointments of one office at the pack's site, as its appointment system exports them.
struct AppointmentSource {
  OfficeId office;
  std::string file;  // absolute; .ics, else CSV
};

struct PackSite {
  SiteId site;
  std::string to;  // absolute folder of this machine that the site can reach; empty: none
  std::vector<AppointmentSource> appointments;
};

// An office of another administration that visitors can be sent to.
struct PartnerOffice {
  Wording name;
  std::vector<ServiceId> services;
  std::string address;
  std::string phone;
  Wording hours;
  Wording conditions;  // whom it takes, and with which papers
};

struct PackSpec {
  Minutes at = std::chrono::hours(2);  // of the night, civil
  Duration max_age = std::chrono::hours(36);  // an older one is complained of
  Duration keep = std::chrono::hours(24 * 14);  // older ones are removed, but never the newest
  unsigned forms = 5;  // blank ones for each service that takes in
  std::vector<PackSite> sites;  // empty: no packs are made
  std::vector<PartnerOffice> partners;
};
inline constexpr unsigned kMostForms = 50;
inline constexpr Duration kShortestPaperAge = std::chrono::hours(1);
inline constexpr Duration kLongestPaperAge = std::chrono::hours(24 * 366);

// The secrets that the papers are sealed with: passphrases that are kept on paper.
inline constexpr const char* kHandbookCredential = "handbook";
inline std::string pack_credential(const SiteId& site) { return "pack-" + site.str(); }

}  // namespace dienstbereit
