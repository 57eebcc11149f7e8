// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>

#include "model/intake/command.h"
#include "model/situation.h"
#include "web/json.h"

// The answers of emergency intake (docs/formats/intake.md).
namespace dienstbereit::web {

// What a counter needs to work alone: offices with their keys, services, forms. Without a site:
// everything, for the back office.
Json setup_json(const Situation& situation, const std::optional<SiteId>& site,
                const std::vector<OfficeKey>& keys);
Json enrolled_json(const Situation& situation, const IntakeAnswer& answer);
Json to_json(const TakenRecord& taken);
Json to_json(const IntakeCase& one);
Json to_json(const CustodyEntry& entry);
Json to_json(const IntakeDevice& device);
Json to_json(const OfficeKey& key);
Json to_json(const IntakeConflict& conflict);
Json to_json(const BacklogCounted& backlog);

}  // namespace dienstbereit::web
