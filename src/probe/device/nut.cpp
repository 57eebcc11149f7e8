// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>

#include <fmt/format.h>

#include <boost/asio/write.hpp>

#include "probe/device/nut_reply.h"
#include "probe/kinds.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kChunk = 4096;  // bytes read at once

struct Listed {
  NutReply reply;
  std::optional<Verdict> failure;  // no reply came
};

Async<Listed> list_variables(const NutProbe& probe, Run& run, tcp::socket& socket) {
  Listed listed;
  run.enter("list");
  const std::string command = fmt::format("LIST VAR {}\n", probe.ups);
  ErrorCode ec;
  co_await asio::async_write(socket, asio::buffer(command), runtime::into(ec));
  NutReplyReader reader(probe.ups);
  std::array<char, kChunk> chunk;
  while (!ec) {
    const auto size = co_await socket.async_read_some(asio::buffer(chunk), runtime::into(ec));
    reader.feed({chunk.data(), size});
    auto reply = reader.next();
    if (!reply) listed.failure = failed("list", reply.error().message);
    if (reply && *reply) listed.reply = std::move(**reply);
    if (!reply || *reply) co_return listed;
  }
  listed.failure = run.failure(fmt::format("asking upsd for '{}'", probe.ups), ec);
  co_return listed;
}

// What the errors mean that people meet; NUT's developer guide has them all. None says how the UPS
// is: its load may be well, or in the dark.
Verdict refused(const NutProbe& probe, const std::string& error) {
  std::string means = "it refuses the question";
  if (error == "DATA-STALE") means = "its driver has lost the UPS, and the last reading is old";
  if (error == "DRIVER-NOT-CONNECTED") means = "the driver of the UPS does not run";
  if (error == "UNKNOWN-UPS") means = "it knows no such UPS; 'upsc -l HOST' lists them";
  if (error == "ACCESS-DENIED") means = "this machine may not ask; see upsd.conf there";
  return broken(fmt::format("upsd says 'ERR {}' of '{}': {}", error, probe.ups, means));
}

}  // namespace

Async<Verdict> run_nut(const NutProbe& probe, Run& run) {
  if (!valid_ups_name(probe.ups)) co_return broken("the name of the UPS holds other characters");
  auto connection = co_await connect(run, probe.target, {});
  if (!connection.socket) co_return std::move(connection.failure);
  auto listed = co_await list_variables(probe, run, *connection.socket);
  if (listed.failure) co_return std::move(*listed.failure);
  if (!listed.reply.error.empty()) co_return refused(probe, listed.reply.error);
  run.enter("logout");
  const std::string bye = "LOGOUT\n";
  ErrorCode ignored;  // whatever it answers, nothing hangs on it
  co_await asio::async_write(*connection.socket, asio::buffer(bye), runtime::into(ignored));
  const UpsState state = judge_ups(listed.reply.variables, probe.tolerance);
  if (state.power) run.note(*state.power);
  if (!state.unknown.empty()) {
    co_return broken(fmt::format("{}: {}", state.unknown, state.reading));
  }
  if (!state.failure.empty()) {
    co_return failed("status", fmt::format("{}: {}", state.failure, state.reading));
  }
  if (!state.limits.empty()) {
    co_return Verdict{ProbeOutcome::Slow, state.phase,
                      fmt::format("{} ({})", state.limits, state.reading)};
  }
  co_return succeeded(state.reading);
}

}  // namespace dienstbereit::probe
