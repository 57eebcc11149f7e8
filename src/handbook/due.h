// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/district.h"

namespace dienstbereit::handbook {

// How the papers stand. Times are civil.
struct PackStanding {
  SiteId site;
  std::optional<Instant> made;  // the newest that lies where the site finds it
  std::string trouble;  // what failed last, without personal data; empty: nothing
};
struct Standing {
  std::optional<Instant> handbook;  // last taken out by a person
  std::string handbook_trouble;  // why the sealed one is not made; empty: it is, or need not be
  std::vector<PackStanding> packs;  // of the district's pack sites
};

// A sentence for each paper that is missing or older than the district wants. Pure.
std::vector<Wording> papers_due(const District& district, const Standing& standing, Instant now);

}  // namespace dienstbereit::handbook
