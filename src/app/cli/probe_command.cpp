// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "probe/once.h"

namespace dienstbereit::app {
namespace {

std::string to_json(const ProbeResult& result) {
  nlohmann::ordered_json phases = nlohmann::ordered_json::array();
  for (const ProbePhase& phase : result.phases) {
    phases.push_back({{"name", phase.name}, {"took_us", phase.took.count()}});
  }
  const nlohmann::ordered_json json{{"probe", result.probe.str()},
                                    {"outcome", name_of(result.outcome)},
                                    {"phase", result.phase},
                                    {"detail", result.detail},
                                    {"phases", phases}};
  return json.dump(2);
}

}  // namespace

int probe(const std::string& kind, const std::string& target,
          const std::vector<probe::OptionValue>& options, const std::filesystem::path& credentials,
          bool json) {
  const auto spec = probe::spec_for(kind, target, options);
  if (!spec) return complain(spec.error());
  const runtime::Credentials secrets(credentials);
  const ProbeResult result = probe::run_once(*spec, secrets);
  if (json) {
    fmt::print("{}\n", to_json(result));
  } else {
    fmt::print("{}", probe::explain(result, *spec));
  }
  const bool works =
      result.outcome == ProbeOutcome::Success || result.outcome == ProbeOutcome::Slow;
  return works ? kExitOk : kExitFailed;
}

}  // namespace dienstbereit::app
