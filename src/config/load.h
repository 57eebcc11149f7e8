// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"
#include "model/district.h"

namespace dienstbereit::config {

// A district as read. `district` is null if any diagnostic is an error; warnings alone leave it
// set. Diagnostics are sorted by file, line and column, and are bounded (limits.h).
struct Loaded {
  std::shared_ptr<const District> district;
  std::vector<Diagnostic> diagnostics;
};

// Reads one YAML file, or every *.yaml of a folder; a folder that holds a folder `district` stands
// for that one. Blocks on the disk; never throws. The grammar is docs/formats/district.md.
Loaded load_path(const std::filesystem::path& path);

// Reads a district back from its journaled form (bundle.h). Touches no file.
Loaded load_bundle(std::string_view bundle);

// The engine's view of load_bundle.
class YamlLoader : public DistrictLoader {
 public:
  Result<std::shared_ptr<const District>> load(const std::string& bundle) const override;
};

}  // namespace dienstbereit::config
