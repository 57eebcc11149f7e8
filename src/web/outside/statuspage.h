// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "model/situation.h"
#include "view/pages.h"
#include "view/public_history.h"

namespace dienstbereit::web {

// The public API that readers of hosted status pages know (docs/formats/statuspage.md): groups are
// offices, components are what an office offers at a site. English, since the form has one
// language. Keys, their order and the forms of values are fixed: readers refuse what they do not
// know.
inline constexpr std::array<std::string_view, 8> kStatuspagePaths{
    "/api/v2/summary.json",
    "/api/v2/status.json",
    "/api/v2/components.json",
    "/api/v2/incidents.json",
    "/api/v2/incidents/unresolved.json",
    "/api/v2/scheduled-maintenances.json",
    "/api/v2/scheduled-maintenances/upcoming.json",
    "/api/v2/scheduled-maintenances/active.json",
};

// The document at `path`; nothing if there is none. Pure.
std::optional<std::string> statuspage_document(const Situation& situation,
                                               const view::Overview& overview,
                                               const view::PublicHistory& history,
                                               std::string_view path);

// Twelve characters [a-z0-9], the same for the same text for ever.
std::string statuspage_id(std::string_view text);

// The address of the public pages with a slash at its end; where the district gives none, a
// well-formed one that leads nowhere.
std::string base_address(const District& district);

}  // namespace dienstbereit::web
