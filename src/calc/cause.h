// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "calc/kinds.h"

// Which damages and which surge explain what probes report (docs/formats/cause.md).
namespace dienstbereit::calc {

inline constexpr std::size_t kMostCases = 10'000;
inline constexpr std::size_t kMostCaseNodes = 200'000'000;  // cases x nodes
inline constexpr std::size_t kMostAnswerBytes = 256 << 20;
inline constexpr std::size_t kMostRounds = 1'000;
inline constexpr std::size_t kMostEvidence = 600'000;  // in one case
inline constexpr double kMostDamage = 0.999999;        // chance that a surge damages a device

Result<std::string> cause(std::string_view text, const Setting& setting);

inline constexpr Kind kCause{
    "cause", "Damages and surges that explain what probes report, with their probabilities",
    "A file:\n"
    "  {\"nodes\": [{\"id\": 0, \"kind\": \"feed\", \"prior\": 0.002, \"feed\": 0,\n"
    "              \"probed\": false, \"needs_all_of_any\": []},\n"
    "             {\"id\": 1, \"kind\": \"host\", \"prior\": 0.006, \"feed\": 0,\n"
    "              \"probed\": true, \"needs_all_of_any\": [[0]]}],\n"
    "   \"probe_model\": {\"false_negative\": 0.02, \"false_positive\": 0.002,\n"
    "                   \"missing\": 0.05, \"rounds\": 3},\n"
    "   \"surge\": {\"prior_per_feed\": 0.004, \"damage_prob_per_device\": 0.35},\n"
    "   \"cases\": [{\"name\": \"c1\", \"down_reports\": {\"1\": 3}, \"up_reports\": {},\n"
    "              \"evidence\": [{\"kind\": \"restarted\", \"node\": 1}]}]}\n"
    "A node is up if it is undamaged and each group of 'needs_all_of_any' has a member that is.\n"
    "See docs/formats/cause.md.",
    false, cause};

}  // namespace dienstbereit::calc
