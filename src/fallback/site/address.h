// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Addresses in the pages of a copy. Pure.
namespace dienstbereit::fallback::site {

// "https://www.example.de:8443/x" -> "www.example.de:8443"; a usual port is left out. Empty if it
// is no web address.
std::string host_of(std::string_view url);

// Addresses of own hosts anywhere in a style sheet, srcset or attribute become paths.
std::string localised(std::string_view text, const std::vector<std::string>& own_hosts);

// No address that runs something or makes up a page: javascript:, vbscript:, data: but pictures.
bool is_harmless(std::string_view value);
// It names a host, or a scheme other than data:.
bool is_foreign(std::string_view value);

// A relative address seen from the page `from`, as absolute path with its query, decoded, without
// fragment.
std::string resolved(std::string_view from, std::string_view address);

// "/ü?a=b c" -> "/%C3%BC?a=b%20c": a path with or without a query, ready for a request.
std::string percent_encoded_address(std::string_view address);

// "%C3%BC" -> "ü"; as it is where the encoding is broken.
std::string percent_decoded(std::string_view text);

}  // namespace dienstbereit::fallback::site
