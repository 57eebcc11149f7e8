// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/snmp/message.h"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

namespace dienstbereit::probe {
namespace {

constexpr std::int64_t kVersion2c = 1;
constexpr std::uint8_t kIpAddress = 0x40;
constexpr std::uint8_t kCounter32 = 0x41;
constexpr std::uint8_t kGauge32 = 0x42;
constexpr std::uint8_t kTimeTicks = 0x43;
constexpr std::uint8_t kOpaque = 0x44;
constexpr std::uint8_t kCounter64 = 0x46;

// 0 to 18 (RFC 3416, 3).
constexpr std::array kErrors{"noError",
                             "tooBig",
                             "noSuchName",
                             "badValue",
                             "readOnly",
                             "genErr",
                             "noAccess",
                             "wrongType",
                             "wrongLength",
                             "wrongEncoding",
                             "wrongValue",
                             "noCreation",
                             "inconsistentValue",
                             "resourceUnavailable",
                             "commitFailed",
                             "undoFailed",
                             "authorizationError",
                             "notWritable",
                             "inconsistentName"};

// False: a value of no type that there is.
bool take_value(const Ber& value, SnmpBinding& binding) {
  binding.there = true;
  switch (value.tag) {
    case kBerInteger:
      binding.number = ber_integer(value.body);
      return binding.number.has_value();
    case kCounter32:
    case kGauge32:
    case kTimeTicks:
    case kCounter64: {
      const auto number = ber_unsigned(value.body);
      if (!number) return false;
      constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
      binding.number = static_cast<std::int64_t>(std::min(*number, kMost));
      return true;
    }
    case kBerOctets:
    case kIpAddress:
    case kOpaque:
    case kBerOid:
      binding.text = value.body;
      return true;
    default:
      binding.there = false;  // NULL, noSuchObject, noSuchInstance, endOfMibView
      return value.body.empty();
  }
}

std::optional<SnmpBinding> parse_binding(std::string_view bytes) {
  BerReader reader(bytes);
  const auto name = reader.next(kBerOid);
  const auto value = reader.next();
  auto oid = name ? ber_oid(*name) : std::nullopt;
  SnmpBinding binding;
  if (!oid || !value || !reader.empty() || !take_value(*value, binding)) return std::nullopt;
  binding.oid = std::move(*oid);
  return binding;
}

bool is_type(std::uint8_t tag) {
  return tag == static_cast<std::uint8_t>(SnmpType::Response) ||
         tag == static_cast<std::uint8_t>(SnmpType::Report) ||
         tag == static_cast<std::uint8_t>(SnmpType::Get) ||
         tag == static_cast<std::uint8_t>(SnmpType::GetBulk);
}

}  // namespace

SnmpPdu snmp_get(std::int32_t request, const std::vector<Oid>& oids) {
  SnmpPdu pdu{SnmpType::Get, request, 0, 0, {}};
  for (const Oid& oid : oids) pdu.bindings.push_back({oid, false, {}, {}});
  return pdu;
}

SnmpPdu snmp_get_bulk(std::int32_t request, const Oid& after, int repetitions) {
  return {SnmpType::GetBulk, request, 0, repetitions, {{after, false, {}, {}}}};
}

std::string to_ber(const SnmpPdu& pdu) {
  std::string list;
  for (const SnmpBinding& binding : pdu.bindings) {
    list += to_ber(kBerSequence, to_ber_oid(binding.oid) + to_ber(kBerNull, ""));
  }
  return to_ber(static_cast<std::uint8_t>(pdu.type),
                to_ber_integer(pdu.request) + to_ber_integer(pdu.error) +
                    to_ber_integer(pdu.repeated) + to_ber(kBerSequence, list));
}

std::optional<SnmpPdu> parse_snmp_pdu(const Ber& element) {
  if (!is_type(element.tag)) return std::nullopt;
  BerReader reader(element.body);
  const auto request = reader.next_integer();
  const auto error = reader.next_integer();
  const auto index = reader.next_integer();
  const auto list = reader.next(kBerSequence);
  if (!list || !request || *request < std::numeric_limits<std::int32_t>::min() ||
      *request > std::numeric_limits<std::int32_t>::max()) {
    return std::nullopt;
  }
  SnmpPdu pdu;
  pdu.type = static_cast<SnmpType>(element.tag);
  pdu.request = static_cast<std::int32_t>(*request);
  pdu.error = *error;
  pdu.repeated = *index;
  BerReader bindings(*list);
  while (!bindings.empty()) {
    const auto one = bindings.next(kBerSequence);
    auto binding = one ? parse_binding(*one) : std::nullopt;
    if (!binding || pdu.bindings.size() == kMostBindings) return std::nullopt;
    pdu.bindings.push_back(std::move(*binding));
  }
  return pdu;
}

std::string snmp_v2c(const std::string& community, const SnmpPdu& pdu) {
  return to_ber(kBerSequence,
                to_ber_integer(kVersion2c) + to_ber(kBerOctets, community) + to_ber(pdu));
}

std::optional<SnmpPdu> parse_snmp_v2c(std::string_view bytes) {
  BerReader whole(bytes);
  const auto message = whole.next(kBerSequence);
  if (!message || !whole.empty()) return std::nullopt;
  BerReader reader(*message);
  const auto version = reader.next_integer();
  const auto community = reader.next(kBerOctets);
  const auto element = reader.next();
  if (version != kVersion2c || !community || !element || !reader.empty()) return std::nullopt;
  return parse_snmp_pdu(*element);
}

std::string snmp_error_name(std::int64_t error) {
  if (error < 0 || error >= std::ssize(kErrors)) return fmt::format("error {}", error);
  return kErrors[static_cast<std::size_t>(error)];
}

bool starts_with(const Oid& oid, const Oid& begin) {
  return oid.size() >= begin.size() && std::equal(begin.begin(), begin.end(), oid.begin());
}

}  // namespace dienstbereit::probe
