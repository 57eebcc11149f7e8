// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "runtime/asio.h"

namespace dienstbereit::runtime {

// A socket that listens on a numeric address; port 0: the system chooses. Errors name both.
Result<tcp::acceptor> listen_tcp(asio::io_context& context, const std::string& address,
                                 std::uint16_t port);

}  // namespace dienstbereit::runtime
