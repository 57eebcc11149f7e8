// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cmath>

#include <fmt/format.h>

#include "probe/device/datagrams.h"
#include "probe/device/ntp_reply.h"
#include "probe/kinds.h"

namespace dienstbereit::probe {
namespace {

// A slower answer, or one to a question that was asked again, says too little of a clock to tell
// whether it has jumped.
constexpr Duration kGoodRoundTrip = std::chrono::milliseconds(250);

// One run's question. Asked again it is the same: then its round trip is too long to be good.
struct Asked {
  std::uint64_t cookie = make_cookie();
  Instant sent = runtime::Clock::wall();
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
  std::chrono::microseconds took{0};
};

}  // namespace

Async<Verdict> run_ntp(const NtpProbe& probe, Run& run) {
  auto peer = co_await open_udp(run, probe.target);
  if (!peer.socket) co_return std::move(peer.failure);
  run.enter("query");
  Asked asked;
  IsAnswer is_answer = [&asked](std::string_view bytes) {
    asked.took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - asked.since);
    return parse_ntp(bytes, asked.cookie).has_value();
  };
  ErrorCode ec;
  std::string question = ntp_question(asked.cookie);
  const auto bytes = co_await peer.socket->ask(std::move(question), std::move(is_answer), ec);
  if (ec) {
    co_return run.failure(
        fmt::format("asking {} port {} for the time", peer.address.to_string(), probe.target.port),
        ec);
  }
  const auto answer = parse_ntp(bytes, asked.cookie);
  if (is_too_often(*answer))
    co_return broken("it asks to be asked less often (kiss-o'-death 'RATE')");
  const NtpReading reading = read_ntp(*answer, asked.sent, asked.took);
  // Its clock may well have jumped where it is not synchronised.
  const bool good = tells_time(*answer) && reading.round_trip <= kGoodRoundTrip;
  if (good) run.note(ClockTrace{reading.offset});
  if (const auto why = ntp_failure(*answer); !why.empty()) co_return failed("answer", why);
  const std::string said =
      fmt::format("stratum {}, offset {} ms, round trip {} ms", answer->stratum,
                  reading.offset.count(), reading.round_trip.count());
  // Half of the way is the error of the offset: what lies within it is nobody's fault.
  const auto sure = std::chrono::abs(reading.offset) - reading.round_trip / 2;
  if (sure <= probe.most_offset) co_return succeeded(said);
  co_return Verdict{
      ProbeOutcome::Slow, "offset",
      fmt::format("its clock and this machine's are {} apart, more than {} ({})",
                  to_text(std::chrono::abs(reading.offset)), to_text(probe.most_offset), said)};
}

}  // namespace dienstbereit::probe
