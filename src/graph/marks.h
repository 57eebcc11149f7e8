// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>

// Bits of Evaluation's per-node bytes.
namespace dienstbereit::graph {

// own_: the interval in the low half, the facts behind it in the high half.
inline constexpr std::uint8_t kOwnBits = 0x0F;
inline constexpr std::uint8_t kProbed = 0x10;
inline constexpr std::uint8_t kWorksFresh = 0x20;
inline constexpr std::uint8_t kAliveSuccess = 0x40;
inline constexpr std::uint8_t kWorksSuccess = 0x80;

// marks_
inline constexpr std::uint8_t kHasWord = 0x01;
inline constexpr std::uint8_t kFell = 0x02;  // own or a need fell since the node was last settled

}  // namespace dienstbereit::graph
