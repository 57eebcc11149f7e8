// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/explain.h"

#include <fmt/format.h>

namespace dienstbereit::probe {
namespace {

constexpr double kMicrosecondsPerMs = 1000.0;

const char* heading(ProbeOutcome outcome) {
  switch (outcome) {
    case ProbeOutcome::Success:
      return "SUCCESS";
    case ProbeOutcome::Slow:
      return "DEGRADED";
    case ProbeOutcome::Failure:
      return "FAILURE";
    case ProbeOutcome::Broken:
      return "BROKEN";
  }
  return "INVALID";
}

const char* meaning(ProbeOutcome outcome, Proof proof) {
  if (outcome == ProbeOutcome::Broken) {
    return "The probe itself could not run: this says nothing about its target.";
  }
  if (outcome == ProbeOutcome::Failure) {
    return "If the next attempts fail too, its target counts as down.";
  }
  if (proof == Proof::Alive) {
    return "Proves 'alive': something answers there. That it does its work is only presumed.";
  }
  return outcome == ProbeOutcome::Slow
             ? "Proves 'works', but degraded: its target did its work, not as well as it should."
             : "Proves 'works': its target did a whole transaction.";
}

}  // namespace

std::string explain(const ProbeResult& result, const ProbeSpec& spec) {
  std::string text =
      fmt::format("{}  {} probe{}{}\n", heading(result.outcome), kind_name(spec.action),
                  result.phase.empty() ? "" : " at ", result.phase);
  text += fmt::format("  {}\n\n", result.detail);
  std::chrono::microseconds total{0};
  for (const auto& phase : result.phases) {
    total += phase.took;
    const bool here = phase.name == result.phase && result.outcome == ProbeOutcome::Failure;
    text += fmt::format("  {:<18}{:>10.2f} ms{}\n", phase.name,
                        static_cast<double>(phase.took.count()) / kMicrosecondsPerMs,
                        here ? "  <- failed here" : "");
  }
  text +=
      fmt::format("  {:<18}{:>10.2f} ms (limit {})\n\n", "total",
                  static_cast<double>(total.count()) / kMicrosecondsPerMs, to_text(spec.timeout));
  return text + meaning(result.outcome, spec.proof) + "\n";
}

}  // namespace dienstbereit::probe
