// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/order.h"

#include <algorithm>

namespace dienstbereit::graph {

namespace {

constexpr std::uint32_t kUnvisited = 0xFFFFFFFFU;

class Tarjan {
 public:
  explicit Tarjan(const Adjacency& edges)
      : edges_(edges), index_(edges.node_count(), kUnvisited), low_(edges.node_count(), 0) {
    order_.nodes.reserve(edges.node_count());
    order_.component.assign(edges.node_count(), kUnvisited);
  }

  Order run() {
    for (std::uint32_t node = 0; node < edges_.node_count(); ++node)
      if (index_[node] == kUnvisited) visit(node);
    return std::move(order_);
  }

 private:
  struct Frame {
    std::uint32_t node;
    std::uint32_t next;  // edge to follow next
  };

  void enter(std::uint32_t node) {
    index_[node] = low_[node] = visited_++;
    open_.push_back(node);
    frames_.push_back({node, edges_.first[node]});
  }

  void visit(std::uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next < edges_.first[frame.node + 1])
        follow(frame);
      else
        leave();
    }
  }

  void follow(Frame& frame) {
    const std::uint32_t node = frame.node;
    const std::uint32_t target = edges_.target[frame.next++];
    if (index_[target] == kUnvisited)
      enter(target);
    else if (order_.component[target] == kUnvisited)
      low_[node] = std::min(low_[node], index_[target]);
  }

  void leave() {
    const std::uint32_t node = frames_.back().node;
    frames_.pop_back();
    if (!frames_.empty()) {
      std::uint32_t& low = low_[frames_.back().node];
      low = std::min(low, low_[node]);
    }
    if (low_[node] == index_[node]) close_component(node);
  }

  void close_component(std::uint32_t root) {
    std::uint32_t node = kUnvisited;
    do {
      node = open_.back();
      open_.pop_back();
      order_.component[node] = components_;
      order_.nodes.push_back(node);
    } while (node != root);
    ++components_;
  }

  const Adjacency& edges_;
  std::vector<std::uint32_t> index_;
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> open_;
  std::vector<Frame> frames_;
  std::uint32_t visited_ = 0;
  std::uint32_t components_ = 0;
  Order order_;
};

}  // namespace

bool Adjacency::has_edge(std::uint32_t from, std::uint32_t to) const {
  const auto begin = target.begin() + first[from];
  const auto end = target.begin() + first[from + 1];
  return std::find(begin, end, to) != end;
}

Order order_of(const Adjacency& edges) { return Tarjan(edges).run(); }

std::vector<std::uint32_t> path_within(const Adjacency& edges, const Order& order,
                                       std::uint32_t from, std::uint32_t to) {
  std::vector<std::uint32_t> came_from(edges.node_count(), kUnvisited);
  std::vector<std::uint32_t> queue{from};
  came_from[from] = from;
  for (std::size_t at = 0; at < queue.size() && came_from[to] == kUnvisited; ++at) {
    const std::uint32_t node = queue[at];
    for (std::uint32_t edge = edges.first[node]; edge < edges.first[node + 1]; ++edge) {
      const std::uint32_t target = edges.target[edge];
      if (order.component[target] != order.component[from]) continue;
      if (came_from[target] != kUnvisited) continue;
      came_from[target] = node;
      queue.push_back(target);
    }
  }
  std::vector<std::uint32_t> path{to};
  while (path.back() != from) path.push_back(came_from[path.back()]);
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace dienstbereit::graph
