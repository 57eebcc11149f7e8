// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gtest/gtest.h>

#include "probe/run.h"
#include "runtime/gate.h"
#include "runtime/loop.h"
#include "servers/servers.h"

namespace dienstbereit::servers {

// Runs one probe to its end on a loop of its own, bounded by its timeout.
inline ProbeResult run(ProbeSpec spec, const std::filesystem::path& folder = {}) {
  asio::io_context context;
  const runtime::Clock clock(runtime::Clock::wall());
  const runtime::Credentials credentials(folder);
  probe::Tools tools(context, clock, credentials, folder);
  ProbeResult result;
  {
    runtime::Gate gate(context);
    const auto root = [](const ProbeSpec& s, probe::Tools& t,
                         ProbeResult& r) -> runtime::Async<void> {
      r = co_await probe::run_probe(s, t, {});
    };
    gate.spawn("probe", root(spec, tools, result), spec.timeout);
    while (gate.size() > 0) context.run_one();
  }
  context.poll();
  return result;
}

inline ProbeResult run(ProbeAction action, const std::filesystem::path& folder = {},
                       Duration timeout = std::chrono::seconds(10)) {
  ProbeSpec spec;
  spec.id = ProbeId("node/probe");
  spec.action = std::move(action);
  spec.timeout = timeout;
  return run(std::move(spec), folder);
}

inline std::string said(const ProbeResult& result) {
  return std::string(name_of(result.outcome)) + " | " + result.phase + " | " + result.detail;
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace dienstbereit::servers

#define EXPECT_SAID(result, wanted_outcome, wanted_phase, part)              \
  do {                                                                       \
    const auto& actual = (result);                                           \
    EXPECT_EQ(actual.outcome, ProbeOutcome::wanted_outcome) << said(actual); \
    EXPECT_EQ(actual.phase, wanted_phase) << said(actual);                   \
    EXPECT_TRUE(contains(actual.detail, part)) << said(actual);              \
  } while (false)
