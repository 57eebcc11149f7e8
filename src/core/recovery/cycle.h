// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace dienstbereit::core::recovery {

// What a place waits for, as places below the count.
using Successors = std::function<const std::vector<std::size_t>&(std::size_t)>;

// The places of one cycle, each waiting for the next; empty if there is none. Linear in places and
// edges, without recursion.
std::vector<std::size_t> find_cycle(std::size_t count, const Successors& waits_for);

}  // namespace dienstbereit::core::recovery
