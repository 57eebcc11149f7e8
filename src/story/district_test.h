// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/file.h"

namespace dienstbereit::story {

// One office that needs one database.
inline const char* const kDistrict = R"yaml(
administration: {name: {de: Kreis Probe, en: Probe District}, ags: 05998, observer_at: HAUS}
sites: [{id: HAUS, name: {de: Kreishaus, en: District hall}}]
offices:
  - {id: AMT, name: {de: Bürgeramt, en: Citizens' office}, sites: [HAUS],
     hours: "Mo-Fr 08:00-16:00"}
services:
  - {id: PASS, name: {de: Pass beantragen, en: Apply for a passport}, kind: counter,
     offered: AMT, needs: [DB], rto: 4 h, mtpd: 24 h}
components:
  - id: DB
    name: {de: Datenbank, en: database}
    kind: database
    site: HAUS
    probes: [{kind: tcp, name: query, target: "192.0.2.1:5432", proves: works, every: 30 s,
              timeout: 5 s}]
)yaml";

// A folder with that district as "kreis.yaml".
inline std::filesystem::path district_folder() {
  const std::filesystem::path folder = ::testing::TempDir();
  const auto written = write_file(folder / "kreis.yaml", kDistrict);
  EXPECT_TRUE(written) << written.error().message;
  return folder;
}

}  // namespace dienstbereit::story
