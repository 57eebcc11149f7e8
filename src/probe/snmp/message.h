// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probe/ber/ber.h"

// SNMP messages: v2c (RFC 3416, RFC 1901) here, v3 in usm.h. Pure; any bytes.
namespace dienstbereit::probe {

inline constexpr std::size_t kMostBindings = 200;  // of one message

enum class SnmpType : std::uint8_t { Get = 0xA0, Response = 0xA2, GetBulk = 0xA5, Report = 0xA8 };

// An object and what it holds: at most one of number and text; neither for one that is not there.
struct SnmpBinding {
  Oid oid;
  bool there = false;
  std::optional<std::int64_t> number;  // INTEGER, counters, gauges, time in hundredths of a second
  std::string text;  // as it came
};

struct SnmpPdu {
  SnmpType type = SnmpType::Get;
  std::int32_t request = 0;
  std::int64_t error = 0;  // error-status; of GetBulk 0
  std::int64_t repeated = 0;  // error-index; of GetBulk max-repetitions
  std::vector<SnmpBinding> bindings;
};

// A question for these objects.
SnmpPdu snmp_get(std::int32_t request, const std::vector<Oid>& oids);
SnmpPdu snmp_get_bulk(std::int32_t request, const Oid& after, int repetitions);

std::string to_ber(const SnmpPdu& pdu);
std::optional<SnmpPdu> parse_snmp_pdu(const Ber& element);

std::string snmp_v2c(const std::string& community, const SnmpPdu& pdu);
// Nothing: no response of this version.
std::optional<SnmpPdu> parse_snmp_v2c(std::string_view bytes);

inline constexpr std::int64_t kSnmpAuthorizationError = 16;
// The words of error-status (RFC 3416, 3): "noSuchName", "tooBig", ...
std::string snmp_error_name(std::int64_t error);
bool starts_with(const Oid& oid, const Oid& begin);

}  // namespace dienstbereit::probe
