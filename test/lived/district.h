// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace dienstbereit::lived {

// What stands between the @ signs of 98-weiter.yaml, and what it is: "CMS" -> "40123".
using Values = std::map<std::string, std::string>;

// The model district, whose homepage, mail and one database are asked at these real servers, and
// how it goes on without them; in `folder`, which is made.
void write_district(const std::filesystem::path& folder, const Values& values);

}  // namespace dienstbereit::lived
