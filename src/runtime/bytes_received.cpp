// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/bytes_received.h"

// The kernel's own header: glibc's tcp_info ends before this field, and both cannot be included.
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace dienstbereit::runtime {

std::uint64_t bytes_received(int socket) {
  tcp_info facts{};
  socklen_t size = sizeof facts;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &facts, &size) != 0) return 0;
  return facts.tcpi_bytes_received;
}

}  // namespace dienstbereit::runtime
