// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/diagnostic.h"

namespace dienstbereit::config {

// What `dienstbereit init` asks a person. Every field has an answer when the user only presses
// Enter but `name`, `ags`; the text written checks clean.
struct InitAnswers {
  std::string id;        // "beispielkreis"; empty: made from the name
  std::string name;      // "Kreisverwaltung Beispielkreis"
  std::string ags;       // five digits of the Kreis
  std::string phone;     // central telephone number; may be empty
  std::string site;      // name of the main site; empty: "Kreishaus"
  std::string office;    // name of the first office; empty: "Bürgerbüro"
  std::string hours;     // its opening hours (docs/formats/hours.md); empty: Mo-Fr 08:00-12:00
  std::string service;   // name of its first service; empty: "Anliegen am Schalter"
  std::string homepage;  // http(s) address to probe; empty: no probe
};

// A district as text, or why there is none. `yaml` is empty if any diagnostic is an error.
struct InitOutcome {
  std::string yaml;
  std::vector<Diagnostic> diagnostics;
};

// What is wrong with an answer is said with the field's name as `file` and line 0.
InitOutcome init_from_answers(const InitAnswers& answers);

// Reads offices.csv, sites.csv, services.csv and hosts.csv of a folder (docs/formats/csv.md); only
// offices.csv and sites.csv must exist. `administration` fills what no table holds.
InitOutcome init_from_csv(const std::filesystem::path& folder, const InitAnswers& administration);

}  // namespace dienstbereit::config
