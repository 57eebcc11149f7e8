// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "runtime/asio.h"

namespace dienstbereit::runtime {

using Addresses = std::vector<asio::ip::address>;

// While others are left, an address that stays silent is given up after this time.
inline constexpr std::chrono::milliseconds kPatiencePerAddress{2000};

// Why no connection came about. `last` is the failure of the last address tried,
// operation_aborted at the root's end of time.
struct Dialled {
  tcp::socket socket;
  ErrorCode failure;  // none: connected
  tcp::endpoint peer;  // the address connected to, or tried last
};

// Connects to the first address that answers, in the order given. `from` is a local numeric
// address to send from, empty: the system chooses; addresses of the other family are then left
// out, and none left is address_family_not_supported.
Async<Dialled> dial(Addresses addresses, std::uint16_t port, std::string from);

// "192.0.2.7 port 443", "2001:db8::7 port 443".
std::string to_text(const tcp::endpoint& end);
// The system's words for a failure: "Connection refused"; "no answer in time" for the root's end of
// time.
std::string to_text(const ErrorCode& failure);

}  // namespace dienstbereit::runtime
