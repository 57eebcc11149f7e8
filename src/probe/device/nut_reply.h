// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/probes/trace.h"

// The text protocol of Network UPS Tools (its developer guide, "Network protocol information"; RFC
// 9271), and what the variables of a UPS mean. Pure; any bytes.
namespace dienstbereit::probe {

inline constexpr std::size_t kLongestNutLine = 2048;  // bytes; upsd's own are below 1024
inline constexpr std::size_t kMostNutVariables = 500;

// The variables of one UPS by name, "ups.status" -> "OL CHRG".
using NutVariables = std::map<std::string, std::string, std::less<>>;

// The reply to LIST VAR.
struct NutReply {
  std::string error;  // "DATA-STALE" and what else follows ERR; empty: none
  NutVariables variables;
};

// Puts the reply together from pieces as they arrive.
class NutReplyReader {
 public:
  // `ups`: the one that was asked for.
  explicit NutReplyReader(std::string ups) : ups_(std::move(ups)) {}

  void feed(std::string_view bytes) { pending_.append(bytes); }
  // The whole reply in what has arrived; none: more is needed. Errors are sentences about the
  // server; after one the reader is of no use.
  Result<std::optional<NutReply>> next();

 private:
  Result<bool> take_line(std::string_view line);
  Result<void> take_variable(std::string_view rest);

  std::string ups_;
  std::string pending_;
  bool begun_ = false;
  NutReply reply_;
};

// What its variables say of a UPS; sentences in English.
struct UpsState {
  std::string failure;  // its load has no power, or is about to have none; empty: it has
  std::string unknown;  // why nobody can say; empty: one can
  std::string limits;   // why it is not as it should be; empty: it is
  std::string phase;    // the worst of them: "battery", "voltage", "power"
  std::string reading;  // "OL CHRG, input 231.4 V, battery 100 %"
  std::optional<PowerTrace> power;  // if it says on what it runs
};
// `tolerance`: percent above input.voltage.nominal that is over-voltage, where the UPS names no
// limit. Of three phases (its "nut-names.txt") the highest counts for it. What the flags of
// ups.status mean: NUT's developer guide, "Status data".
UpsState judge_ups(const NutVariables& variables, unsigned tolerance);

}  // namespace dienstbereit::probe
