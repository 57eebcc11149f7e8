// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/situation.h"
#include "view/pages.h"

namespace dienstbereit::web {

// The JSON document at `path` ("/api/v1/offices/AMT"), shaped as openapi.json says; nothing if
// there is none. Pure.
std::optional<std::string> document(const Situation& situation, const view::Overview& overview,
                                    Instant now, std::string_view path);

// The data of one server-sent event: that something changed, and the headline; fetch the rest.
std::string event_data(const view::Overview& overview);

}  // namespace dienstbereit::web
