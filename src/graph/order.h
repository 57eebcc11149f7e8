// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <vector>

namespace dienstbereit::graph {

// Directed edges by source: the targets of node n are target[first[n]] .. target[first[n + 1]].
struct Adjacency {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> target;

  std::uint32_t node_count() const { return static_cast<std::uint32_t>(first.size() - 1); }
  bool has_edge(std::uint32_t from, std::uint32_t to) const;
};

// Every node stands behind all its targets, but for those of its own component (the nodes that
// reach each other), which stand side by side.
struct Order {
  std::vector<std::uint32_t> nodes;      // in that order
  std::vector<std::uint32_t> component;  // by node; numbered in that order
};

// Tarjan's algorithm with its own stack, so that no depth of the input can exhaust ours.
Order order_of(const Adjacency& edges);

// A shortest path from `from` to `to` inside their component, both included.
std::vector<std::uint32_t> path_within(const Adjacency& edges, const Order& order,
                                       std::uint32_t from, std::uint32_t to);

}  // namespace dienstbereit::graph
