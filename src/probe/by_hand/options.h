// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/probe.h"

// The parts of spec_for().
namespace dienstbereit::probe {

using Done = Result<void>;

// One option: for which kinds, and what it does to the spec.
struct Known {
  const char* kinds;  // separated by spaces; "*": all
  const char* name;
  const char* value;
  const char* help;
  Done (*apply)(ProbeSpec& spec, const std::string& value);
};

template <class Action>
Action& as(ProbeSpec& spec) {
  return std::get<Action>(spec.action);
}

// Sets one text of one kind of action: put<&HttpProbe::connect_to>.
template <class Action, std::string Action::* Member>
Done put(ProbeSpec& spec, const std::string& value) {
  as<Action>(spec).*Member = value;
  return {};
}

Done set_duration(Duration& place, const std::string& value);
Result<int> parse_number(std::string_view text, int first, int last);
// "HOST", "HOST:PORT"; `port` 0: it must be there.
Result<Endpoint> parse_endpoint(std::string_view text, std::uint16_t port);

template <class Action>
Result<Action> with_target(std::string_view target, std::uint16_t port) {
  auto end = parse_endpoint(target, port);
  if (!end) return tl::unexpected<Error>(end.error());
  Action action;
  action.target = std::move(*end);
  return action;
}

template <class Action>
Done set_target(ProbeSpec& spec, const std::string& target, std::uint16_t port) {
  auto action = with_target<Action>(target, port);
  if (!action) return tl::unexpected<Error>(action.error());
  spec.action = std::move(*action);
  return {};
}

// The kinds of model/probes/evidence.h: their own options, and what a target means. Nothing: none
// of them.
const std::vector<Known>& evidence_options();
std::optional<Done> set_evidence_action(ProbeSpec& spec, const std::string& kind,
                                        const std::string& target);
// What several kinds have under one name.
void set_evidence_user(ProbeSpec& spec, const std::string& value);
void set_evidence_credential(ProbeSpec& spec, const std::string& value);
TlsOptions* evidence_tls(ProbeSpec& spec);

}  // namespace dienstbereit::probe
