// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dienstbereit::probe {

inline constexpr std::size_t kMostDnsRecords = 256;  // looked at in one answer

// The number of a record type (RFC 1035, 3.2.2): "A" is 1; none if it is not one of
// A AAAA MX NS TXT SOA PTR CNAME SRV.
std::optional<std::uint16_t> dns_type(std::string_view name);

// The records of one type in the answer section of a DNS message (RFC 1035, 4), as people write
// them, names without the last dot: "192.0.2.7", "10 mail.example.org", "0 5 389 ldap.example.org",
// a TXT's strings joined, a SOA's seven fields. An error says what is broken. Pure; any bytes.
Result<std::vector<std::string>> dns_records(std::string_view message, std::uint16_t type);

// True if `expected` is written for this record: case and a last dot do not matter, but in TXT.
bool dns_record_is(std::string_view record, std::string_view expected, std::uint16_t type);

// The name to ask for the host of a numeric address: "7.2.0.192.in-addr.arpa"; other names are
// themselves.
std::string reverse_name(const std::string& address);

}  // namespace dienstbereit::probe
