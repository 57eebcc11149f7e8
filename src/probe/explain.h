// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "model/probe.h"

namespace dienstbereit::probe {

// A run for the person who started it by hand, in English, several lines: outcome, every phase
// with its time, the reply, what it proves for the state of things, what to look at next.
std::string explain(const ProbeResult& result, const ProbeSpec& spec);

// One option of `dienstbereit probe KIND TARGET`.
struct ProbeOption {
  std::string name;    // "expect-text", without the dashes
  std::string value;   // placeholder for help: "TEXT"; empty: a switch
  std::string help;
};
// Every kind of probe but those that are pushed to us.
std::vector<std::string> kinds_by_hand();
// Every option that `kind` knows; empty for an unknown kind.
std::vector<ProbeOption> options_of(const std::string& kind);

struct OptionValue {
  std::string name;
  std::string value;
};

// What `dienstbereit probe KIND TARGET --OPTION VALUE ...` runs. Targets: a URL; HOST:PORT;
// NAME@RESOLVER[:PORT] for dns; HOST[:PORT]/DATABASE for postgres; UPS@HOST[:PORT] for nut; HOST
// for icmp; a path for plugin. Errors name the part that is wrong, and the nearest known option.
Result<ProbeSpec> spec_for(const std::string& kind, const std::string& target,
                           const std::vector<OptionValue>& options);

}  // namespace dienstbereit::probe
