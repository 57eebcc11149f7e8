// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "handbook/due.h"
#include "model/ids.h"

namespace dienstbereit::app {

// The packs of one site in one folder, by their names. Blocks on the disk; keeps nothing.
class Shelf {
 public:
  Shelf(std::filesystem::path folder, SiteId site, TimeZone zone);

  std::filesystem::path path_of(Instant made) const;
  std::optional<Instant> newest() const;
  // As a whole or not at all, and read back.
  Result<void> put(Instant made, const std::string& page) const;
  // Removes what was made before, but for the newest; files of others stay.
  void prune(Instant before) const;

 private:
  std::filesystem::path folder_;
  SiteId site_;
  TimeZone zone_;
};

// Where a data directory keeps the packs of a site.
std::filesystem::path shelf_folder(const std::filesystem::path& data, const SiteId& site);

// What must be remembered of papers, in the data directory; no personal data.
struct PaperBook {
  struct Forms {
    std::string day;     // "2026-11-27"
    unsigned given = 0;  // numbers given that day
  };
  std::optional<Instant> handbook;  // last taken out
  std::map<SiteId, Forms> forms;

  // NotFound: there is none yet; Corrupt: it cannot be read.
  static Result<PaperBook> read(const std::filesystem::path& data);
  Result<void> write(const std::filesystem::path& data) const;
  // So that a new one takes its place, and nothing is deleted.
  static void move_aside(const std::filesystem::path& data);
};

// How the papers of a data directory stand, as far as the disk tells.
handbook::Standing standing_of(const District& district, const std::filesystem::path& data);

}  // namespace dienstbereit::app
