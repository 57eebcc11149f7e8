// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

namespace dienstbereit {

namespace asio = boost::asio;

}  // namespace dienstbereit

namespace dienstbereit::runtime {

using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using boost::system::system_error;

// Every coroutine of ours. Runs on the thread of its Loop; arguments are taken by value or outlive
// it. A task's end of time (gate.h) cancels the operation it waits for.
template <class T>
using Async = asio::awaitable<T>;

// co_await socket.async_connect(end, into(ec)): failures land in `ec` instead of being thrown.
inline auto into(ErrorCode& ec) { return asio::redirect_error(asio::use_awaitable, ec); }

}  // namespace dienstbereit::runtime
