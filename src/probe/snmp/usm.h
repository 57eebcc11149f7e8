// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/probes/evidence.h"
#include "probe/snmp/message.h"

// SNMP version 3 (RFC 3412) with the user-based security model: RFC 3414, SHA-256 of RFC 7860,
// AES-128 of RFC 3826. Pure; any bytes.
namespace dienstbereit::probe {

// A passphrase as one engine knows it (RFC 3414, 2.6 and A.2). Costs the hash of a mebibyte.
std::string usm_key(SnmpAuth auth, std::string_view passphrase, std::string_view engine);

// Who speaks, and with what. Without keys nothing is authenticated or encrypted.
struct UsmUser {
  std::string name;
  SnmpAuth auth = SnmpAuth::Sha256;
  std::string auth_key;  // localised; empty: none
  std::string privacy_key;  // likewise
};

// What an engine says of itself; empty until it is known.
struct UsmEngine {
  std::string id;
  std::int64_t boots = 0;
  std::int64_t time = 0;  // seconds since it booted
};

// `salt`: never the same twice with one key.
std::string snmp_v3(const UsmEngine& engine, const UsmUser& user, std::int32_t message,
                    std::uint64_t salt, const SnmpPdu& pdu);

struct SnmpV3Answer {
  std::int32_t message = 0;
  bool authenticated = false;  // its hash is right; true without a key too
  UsmEngine engine;
  SnmpPdu pdu;
};
// Nothing: no message of this version, or one that says it is authenticated and is not, or one
// that cannot be decrypted.
std::optional<SnmpV3Answer> parse_snmp_v3(std::string_view bytes, const UsmUser& user);

// What a report is about (RFC 3414, 5): by the number in 1.3.6.1.6.3.15.1.1.
enum class UsmReport : std::uint8_t {
  None = 0,
  Level = 1,
  TimeWindow = 2,
  User = 3,
  Engine = 4,
  Digest = 5,
  Decryption = 6
};
UsmReport usm_report(const SnmpPdu& pdu);

}  // namespace dienstbereit::probe
