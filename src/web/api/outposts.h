// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/account/account.h"
#include "model/outside/outpost_report.h"

namespace dienstbereit::web {

// The outpost that is named, if it asks itself, or the Unix socket does. Denied: somebody else.
Result<OutpostId> outpost_of(std::string_view named, const Identity& by);

// openapi.json's OutpostAccepted: what the outpost may forget, which orders hold, and of which
// probes it must tell again what it told before.
std::string accepted_json(std::uint64_t last, const std::string& orders, const Answer& answer);

}  // namespace dienstbereit::web
