// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/once.h"

#include <filesystem>
#include <optional>

#include "probe/run.h"
#include "runtime/gate.h"

namespace dienstbereit::probe {
namespace {

Async<void> keep(const ProbeSpec& spec, Tools& tools, std::optional<ProbeResult>& kept) {
  kept = co_await run_probe(spec, tools, std::string());
}

}  // namespace

ProbeResult run_once(const ProbeSpec& spec, const runtime::Credentials& credentials) {
  asio::io_context context;
  const runtime::Clock clock(runtime::Clock::wall());
  Tools tools(context, clock, credentials, std::filesystem::current_path());
  std::optional<ProbeResult> result;
  runtime::Gate gate(context);
  gate.spawn("probe", keep(spec, tools, result), spec.timeout);
  while (gate.size() > 0 && context.run_one() > 0) {
  }
  bool empty = false;
  gate.close([&empty] { empty = true; });
  while (!empty && context.run_one() > 0) {
  }
  if (result) return std::move(*result);
  ProbeResult none;
  none.probe = spec.id;
  none.outcome = ProbeOutcome::Broken;
  none.detail = "the probe ended without a result; the log above says why";
  return none;
}

}  // namespace dienstbereit::probe
