// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/probe.h"
#include "probe/run.h"

// What a relay is asked and answers: docs/formats/relay.md. Pure.
namespace dienstbereit::probe {

struct RelayQuestion {
  std::string nonce;
  std::int64_t time = 0;  // seconds since 1970, by this machine's clock
  std::string url;
  Duration timeout{0};
  std::string text;  // that the body must contain; empty: any
};
std::string to_json(const RelayQuestion& question);

// Lower-case hex of HMAC-SHA256.
std::string signature_of(std::string_view secret, std::string_view body);

struct RelayAnswer {
  bool reached = false;
  std::string phase;  // where it failed, if it was not reached
  std::string detail;
  int status = 0;
  bool text_found = false;
  std::size_t bytes = 0;
  unsigned took_ms = 0;
  std::optional<int> certificate_days;  // until the target's certificate ends
};
// Corrupt: not signed with the secret, the answer to something else, or no answer of a relay.
Result<RelayAnswer> parse_relay_answer(std::string_view body, std::string_view signature,
                                       std::string_view secret, const std::string& nonce);

// What the answer makes of the probe.
Verdict judge_relay(const HttpProbe& probe, const RelayAnswer& answer);

}  // namespace dienstbereit::probe
