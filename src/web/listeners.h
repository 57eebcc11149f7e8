// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include <boost/asio/local/stream_protocol.hpp>

#include "base/result.h"
#include "runtime/asio.h"
#include "web/server.h"

namespace dienstbereit::web {

using UnixProtocol = asio::local::stream_protocol;

// Listening sockets; errors name the address or path.
Result<runtime::tcp::acceptor> listen_tcp(asio::io_context& context, const ListenAddress& address);
// Mode 0660. Replaces a socket that nobody listens on; one that is served is Errc::Conflict.
Result<UnixProtocol::acceptor> listen_unix(asio::io_context& context,
                                           const std::filesystem::path& path);

// The user at the other end, by SO_PEERCRED; nothing if the kernel does not say.
std::optional<std::uint32_t> peer_uid(UnixProtocol::socket& socket);

}  // namespace dienstbereit::web
