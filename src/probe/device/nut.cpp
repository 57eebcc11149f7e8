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
  std::string silence;  // why no reply came; empty: one did
};

// upsd runs on a machine that may well hang on this UPS: what keeps it from answering says nothing
// of the UPS, whose load may be well, or in the dark.
Verdict unheard(const std::string& why) { return broken("nobody can say how the UPS is: " + why); }

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
    if (!reply) listed.silence = reply.error().message;
    if (reply && *reply) listed.reply = std::move(**reply);
    if (!reply || *reply) co_return listed;
  }
  listed.silence = run.failure(fmt::format("asking upsd for '{}'", probe.ups), ec).detail;
  co_return listed;
}

// What the errors mean that people meet; NUT's developer guide has them all. None says how the UPS
// is.
Verdict refused(const NutProbe& probe, const std::string& error) {
  std::string means = "it refuses the question";
  if (error == "DATA-STALE") means = "its driver has lost the UPS, and the last reading is old";
  if (error == "DRIVER-NOT-CONNECTED") means = "the driver of the UPS does not run";
  if (error == "UNKNOWN-UPS") means = "it knows no such UPS; 'upsc -l HOST' lists them";
  if (error == "ACCESS-DENIED") means = "this machine may not ask; see upsd.conf there";
  return broken(fmt::format("upsd says 'ERR {}' of '{}': {}", error, probe.ups, means));
}

Verdict judged(const NutProbe& probe, Run& run, const NutVariables& variables) {
  const UpsState state = judge_ups(variables, probe.tolerance);
  if (state.power) run.note(*state.power);
  if (!state.unknown.empty()) return broken(fmt::format("{}: {}", state.unknown, state.reading));
  if (!state.failure.empty()) {
    return failed("status", fmt::format("{}: {}", state.failure, state.reading));
  }
  if (state.limits.empty()) return succeeded(state.reading);
  return {ProbeOutcome::Slow, state.phase, fmt::format("{} ({})", state.limits, state.reading)};
}

Async<Verdict> ask(const NutProbe& probe, Run& run) {
  auto connection = co_await connect(run, probe.target, {});
  if (!connection.socket) co_return unheard(connection.failure.detail);
  auto listed = co_await list_variables(probe, run, *connection.socket);
  if (!listed.silence.empty()) co_return unheard(listed.silence);
  if (!listed.reply.error.empty()) co_return refused(probe, listed.reply.error);
  run.enter("logout");
  const std::string bye = "LOGOUT\n";
  ErrorCode ignored;  // whatever it answers, nothing hangs on it
  co_await asio::async_write(*connection.socket, asio::buffer(bye), runtime::into(ignored));
  co_return judged(probe, run, listed.reply.variables);
}

}  // namespace

Async<Verdict> run_nut(const NutProbe& probe, Run& run) {
  if (!valid_ups_name(probe.ups)) co_return broken("the name of the UPS holds other characters");
  // Its end at the deadline is upsd's too.
  try {
    co_return co_await ask(probe, run);
  } catch (const runtime::system_error& e) {
    co_return unheard(e.code() == asio::error::operation_aborted ? run.timed_out().detail
                                                                 : e.code().message());
  }
}

}  // namespace dienstbereit::probe
