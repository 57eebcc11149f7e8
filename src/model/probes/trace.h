// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/time.h"
#include "model/ids.h"

// What devices remember of a power cut or a surge.
namespace dienstbereit {

inline constexpr std::size_t kMostTraces = 16;           // of one result; more are left out
inline constexpr std::size_t kLongestTraceSubject = 64;  // bytes

// ---- what one run of a probe has read ----------------------------------------------------------

// For how long a device has been running.
struct UptimeTrace {
  Duration uptime{0};
  std::optional<Duration> wraps;  // a counter that begins anew after so long
};
// A UPS.
struct PowerTrace {
  bool on_battery = false;
  bool over_voltage = false;
  std::optional<std::int64_t> input_mv;  // millivolts
};
// A clock, less this machine's.
struct ClockTrace {
  Duration offset{0};
};
struct LinkTrace {
  std::string interface;
  bool up = false;
  std::optional<Duration> changed_ago;  // as the device says
};

using Trace = std::variant<UptimeTrace, PowerTrace, ClockTrace, LinkTrace>;

// ---- what follows from two of them -------------------------------------------------------------

enum class TraceKind : std::uint8_t {
  Restarted,
  ClockJumped,
  OnLine,
  OnBattery,
  VoltageNormal,
  OverVoltage,
  LinkUp,
  LinkDown,
  LinkFlapped,  // it is as it was, and was not in between
};
const char* name_of(TraceKind kind);
std::optional<TraceKind> trace_kind_of(std::string_view name);

// An event: something happened to a device, or (`first`) was found so when nothing was known of it.
struct TraceNoted {
  ProbeId probe;
  TraceKind what = TraceKind::Restarted;
  bool first = false;
  // It happened between the two, logical time. Restarted: the device was seen running at
  // `earliest`, and began to run anew at `latest`.
  Instant earliest;
  Instant latest;
  std::string subject;  // the interface; else empty
  // Restarted: for how long it runs, ms. ClockJumped: the offset, ms. Of a UPS: the input, mV. Of
  // an interface: 1 up, 0 down.
  std::optional<std::int64_t> before = {};
  std::optional<std::int64_t> after = {};
};

}  // namespace dienstbereit
