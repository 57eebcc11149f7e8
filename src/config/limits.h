// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstddef>

#include "base/time.h"

// The bounds of a district's source. docs/formats/district.md lists them; a test compares.
namespace dienstbereit::config {

inline constexpr std::size_t kLargestFile = 8u << 20;     // bytes of one YAML or CSV file
inline constexpr std::size_t kLargestBundle = 32u << 20;  // bytes of all files of a district
inline constexpr std::size_t kMostFiles = 256;            // YAML files of a folder
inline constexpr std::size_t kMostNodes = 500'000;      // YAML values, aliases expanded
inline constexpr std::size_t kMostAliases = 1'000;        // uses of YAML aliases
inline constexpr std::size_t kDeepestYaml = 32;           // nested YAML lists and maps
inline constexpr std::size_t kDeepestNeeds = 8;           // nested groups of needs
inline constexpr std::size_t kMostDiagnostics = 200;      // reported at once
inline constexpr std::size_t kLongestId = 40;             // bytes
inline constexpr std::size_t kLongestText = 2'000;        // bytes of one text for people
inline constexpr std::size_t kMostCsvRows = 50'000;       // rows of one CSV file
inline constexpr std::size_t kMostCsvColumns = 64;        // fields of one CSV row
inline constexpr unsigned kMostAttempts = 20;             // of one probe
inline constexpr std::size_t kMostTargets = 16;           // places to publish to
inline constexpr Duration kShortestValidity = std::chrono::minutes(2);  // of a copy outside
inline constexpr Duration kLongestValidity = std::chrono::hours(24 * 7);
inline constexpr std::size_t kMostForms = 40;           // of emergency intake
inline constexpr std::size_t kMostFormFields = 60;      // of one form
inline constexpr std::size_t kMostFormChoices = 60;     // of one field
inline constexpr unsigned kLongestFormText = 300;       // characters of one field
inline constexpr Duration kShortestInterval = std::chrono::milliseconds(100);
inline constexpr Duration kLongestInterval = std::chrono::hours(24 * 7);
inline constexpr Duration kShortestTimeout = std::chrono::milliseconds(10);
inline constexpr Duration kLongestTimeout = std::chrono::minutes(5);

}  // namespace dienstbereit::config
