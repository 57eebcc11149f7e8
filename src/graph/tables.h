// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "model/district.h"

namespace dienstbereit::graph {

// A node's place in the order: behind all it needs; the members of a loop side by side.
using Place = std::uint32_t;

// The compiled graph as flat arrays, by place unless said otherwise. GraphBuilder writes it,
// Evaluation reads it; everyone else uses Graph.
struct Tables {
  struct Node {
    Operator op = Operator::All;
    bool in_loop = false;
    bool has_buffers = false;
    std::uint32_t rule = 0;  // AtLeast: n; Share: row of thresholds
  };
  struct Thresholds {
    double full = 1.0;
    double limited = 0.5;
    double total = 0.0;  // sum of the weights
  };
  struct Buffer {
    Place of = 0;
    std::uint32_t need = 0;
    Duration span{0};
    Duration recharge{0};
  };
  struct Loop {
    Place begin = 0;
    Place end = 0;
    bool contains(Place place) const { return place >= begin && place < end; }
  };

  std::vector<Place> place_of;         // by node
  std::vector<std::uint32_t> node_at;
  std::vector<Node> nodes;
  std::vector<std::uint32_t> first_need;  // one more than nodes
  std::vector<Place> target;              // by need: what is needed
  std::vector<float> weight;              // by need
  std::vector<std::uint32_t> first_dependent;  // one more than nodes
  std::vector<Place> dependent;
  std::vector<Thresholds> thresholds;
  std::vector<Buffer> buffers;  // by rising need
  std::vector<Loop> loops;      // by rising place

  // Row of `buffers` of this need, or npos.
  static constexpr std::uint32_t npos = 0xFFFFFFFFU;
  std::uint32_t buffer_of(std::uint32_t need) const;
  // Row of `loops` that contains this place; the node must be in a loop.
  std::uint32_t loop_at(Place place) const;
};

}  // namespace dienstbereit::graph
