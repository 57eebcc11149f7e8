// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

#include "web/gatekeeper.h"
#include "web/request.h"
#include "web/response.h"

namespace dienstbereit::web {

// /api/v1/accounts, /sessions and /tokens, as openapi.json describes them: the command line's way
// to the accounts, for callers who may do everything. `rest` is the id behind the last slash.
Outcome account_answer(Gatekeeper& gatekeeper, bool tls, const Request& request,
                       std::string_view rest);

}  // namespace dienstbereit::web
