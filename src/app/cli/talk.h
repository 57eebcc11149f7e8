// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/cli/client.h"
#include "app/cli/commands.h"

namespace dienstbereit::app {

using Json = nlohmann::ordered_json;

// A good answer's body; an error of the server as ours.
Result<std::string> fetch(const Talk& talk, std::string_view method, const std::string& path,
                          const std::string& body = {});
Result<Json> fetch_json(const Talk& talk, std::string_view method, const std::string& path,
                        const std::string& body = {});

// Prints one answer as the server gave it, or the lines of it; gives the exit code.
int show(const Talk& talk, const Result<Json>& answer,
         const std::function<void(const Json&)>& lines);

}  // namespace dienstbereit::app
