// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dienstbereit::config {

// One file of a district: its name without folders, but for forms/NAME, and its bytes.
struct SourceFile {
  std::string name;
  std::string text;
};

// A form of emergency intake: it stands in a file of its own.
bool is_form(std::string_view name);

// A district's whole source as one text, so that a folder can be journaled and read back
// (docs/formats/district.md, "bundle"):
//
//   # dienstbereit bundle 1
//   # file <length in bytes> <name>
//   <that many bytes>
//   # file ...
//
// A line feed follows each file's bytes. Files keep the order given.
std::string to_bundle(const std::vector<SourceFile>& files);

// Fails with InvalidInput on anything that to_bundle does not write, with LimitExceeded beyond the
// bounds of limits.h.
Result<std::vector<SourceFile>> parse_bundle(std::string_view bundle);

// The files of a district on disk, sorted by name: the file named, or every *.yaml of the folder
// named, or of the folder `district` in it where there is one; then those of its folder `forms`.
Result<std::vector<SourceFile>> read_sources(const std::filesystem::path& path);

}  // namespace dienstbereit::config
