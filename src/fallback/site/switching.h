// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "base/result.h"
#include "model/outside/homepage.h"

// Texts for other programs that bring readers to the fallback and back. Pure; errors name the key
// of the district that is missing.
namespace dienstbereit::fallback::site {

// nginx in front of the real server: `at` is where it reaches the fallback, "192.0.2.9:8090";
// empty: as the district's `listen` says. The first belongs into http {}, the second into server {}.
Result<std::string> nginx_upstream(const HomepageSpec& spec, const std::string& at);
Result<std::string> nginx_location(const HomepageSpec& spec);

// A script for sh(1), as root: takes the virtual address to this machine, or gives it back.
Result<std::string> address_script(const HomepageSpec& spec, bool take);

// A script for sh(1) that calls nsupdate(1): the names point to the fallback, or home again.
Result<std::string> dns_script(const HomepageSpec& spec, bool away);

}  // namespace dienstbereit::fallback::site
