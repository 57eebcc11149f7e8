// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/probe.h"

#include <array>

namespace dienstbereit {
namespace {

// In the order of ProbeAction's alternatives.
constexpr std::array kKinds{
    "http", "tcp", "dns",  "smtp", "postgres", "heartbeat", "mail_round_trip", "mail_queue", "nut",
    "snmp", "ntp", "icmp", "imap", "ldap",     "tls",       "plugin"};
static_assert(kKinds.size() == std::variant_size_v<ProbeAction>);

// In the order of ProbeOutcome.
constexpr std::array kOutcomes{"success", "slow", "failure", "broken"};

}  // namespace

const char* kind_name(const ProbeAction& action) {
  return action.valueless_by_exception() ? "invalid" : kKinds[action.index()];
}

const char* name_of(ProbeOutcome outcome) {
  const auto index = static_cast<std::size_t>(outcome);
  return index < kOutcomes.size() ? kOutcomes[index] : "invalid";
}

std::optional<ProbeOutcome> probe_outcome_of(std::string_view name) {
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    if (name == kOutcomes[i]) return static_cast<ProbeOutcome>(i);
  }
  return std::nullopt;
}

}  // namespace dienstbereit
