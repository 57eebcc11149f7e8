// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "config/bundle.h"
#include "config/load.h"
#include "config/report.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kDistrict = R"(
administration: {name: Kreis, ags: "05999"}
sites:
  - {id: HAUS, name: Haus}
  - {id: NEBEN, name: Nebenstelle}
offices:
  - {id: AMT, name: Amt, hours: Mo-Fr 08:00-12:00, sites: [HAUS]}
services:
  - {id: DIENST, name: Dienst, kind: counter, offered: AMT, offline: take_in}
)";

Loaded load(const std::string& more) {
  return load_bundle(to_bundle({SourceFile{"district.yaml", kDistrict + more}}));
}

TEST(Papers, AreReadWithTheirDefaults) {
  const Loaded loaded = load(R"(
handbook:
  max_age: 60 d
  roles: [{role: {de: Leitung, en: Lead}, held_by: leitung, deputy: vertretung}]
pack:
  sites:
    HAUS: {to: /mnt/haus/, appointments: [{office: AMT, file: /srv/termine.csv}]}
    NEBEN: /mnt/neben
  partners: [{name: Nachbarkreis, services: DIENST, conditions: nur mit Ausweis}]
)");
  ASSERT_TRUE(loaded.district) << to_lines(loaded.diagnostics);
  const District& district = *loaded.district;
  EXPECT_EQ(district.handbook.max_age, std::chrono::hours(24 * 60));
  EXPECT_EQ(district.handbook.roles.at(0).deputy.str(), "vertretung");
  EXPECT_EQ(district.pack.at, Minutes(120));
  EXPECT_EQ(district.pack.sites.at(0).to, "/mnt/haus");
  EXPECT_EQ(district.pack.sites.at(0).appointments.at(0).file, "/srv/termine.csv");
  EXPECT_EQ(district.pack.sites.at(1).to, "/mnt/neben");
  EXPECT_EQ(district.pack.partners.at(0).services.at(0).str(), "DIENST");
}

TEST(Papers, WithoutAWordThereAreNoPacks) {
  const Loaded loaded = load("");
  ASSERT_TRUE(loaded.district) << to_lines(loaded.diagnostics);
  EXPECT_TRUE(loaded.district->pack.sites.empty());
  EXPECT_EQ(loaded.district->handbook.max_age, std::chrono::hours(24 * 30));
}

TEST(Papers, WhatCannotBeIsSaidWithItsPlace) {
  const std::pair<const char*, const char*> wrong[] = {
      {"pack: {sites: [ANDERSWO]}", "ANDERSWO"},
      {"pack: {sites: {HAUS: mnt/haus}}", "absolute path"},
      {"pack: {sites: {HAUS: /mnt/../etc}}", "absolute path"},
      {"pack: {sites: [HAUS, HAUS]}", "stands twice"},
      {"pack: {sites: [HAUS], at: '25:00'}", "time of day"},
      {"pack: {sites: [HAUS], forms: 51}", "at most 50"},
      {"pack: {sites: [HAUS], max_age: 1 s}", "lies between"},
      {"pack: {sites: {NEBEN: {appointments: [{office: AMT, file: /a.csv}]}}}", "is not at site"},
      {"pack: {forms: 2}", "sites"},
      {"handbook: {roles: [{duties: viel}]}", "role"},
      {"handbook: {}\npack: {sites: [HAUS]}\nhandbook: {}", "handbook"}};
  for (const auto& [yaml, said] : wrong) {
    const Loaded loaded = load(std::string(yaml) + "\n");
    EXPECT_FALSE(loaded.district) << yaml;
    EXPECT_NE(to_lines(loaded.diagnostics).find(said), std::string::npos)
        << yaml << ": " << to_lines(loaded.diagnostics);
  }
}

}  // namespace
}  // namespace dienstbereit::config
