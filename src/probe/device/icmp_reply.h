// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// ICMP echo (RFC 792, RFC 4443). Pure; any bytes.
namespace dienstbereit::probe {

enum class IcmpFamily : std::uint8_t { V4, V6 };

struct Echo {
  IcmpFamily family = IcmpFamily::V4;
  bool ip_header = false;  // replies begin with the IP header, as of raw sockets for IPv4
  std::uint64_t cookie = 0;  // a number nobody can guess; the kernel may change the identifier
  std::uint16_t sequence = 1;
};

std::string echo_request(const Echo& echo);
// True: the reply to this request. Replies to others and other messages are not.
bool is_echo_reply(std::string_view bytes, const Echo& echo);

}  // namespace dienstbereit::probe
