// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/account/account.h"
#include "model/outside/outpost_report.h"

namespace dienstbereit::web {

// "AUSSEN/probes" asked by the outpost AUSSEN, or over the Unix socket. NotFound: another path;
// Denied: somebody else.
Result<OutpostId> parse_outpost_path(std::string_view rest, std::string_view what,
                                     const Identity& by);

// openapi.json's OutpostAccepted: what the outpost may forget, which orders hold, and of which
// probes it must tell again what it told before.
std::string accepted_json(std::uint64_t last, const std::string& orders, const Answer& answer);

}  // namespace dienstbereit::web
