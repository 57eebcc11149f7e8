// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "config/check/checks.h"

namespace dienstbereit::config {
namespace {

constexpr std::size_t kMostLoops = 16;  // reported; correcting one often ends others
constexpr std::size_t kLongestPath = 20;

using Edges = std::map<std::string, std::vector<std::string>>;

void collect(const Needs& needs, std::vector<std::string>& out) {
  for (const Need& need : needs.of) {
    if (need.group.empty()) out.push_back(need.node.str());
    for (const Needs& group : need.group) collect(group, out);
  }
}

Edges edges_of_needs(const District& district) {
  Edges edges;
  for (const Site& site : district.sites) collect(site.needs, edges[site.id.str()]);
  for (const Service& service : district.services) collect(service.needs, edges[service.id.str()]);
  for (const Component& one : district.components) collect(one.needs, edges[one.id.str()]);
  return edges;
}

Edges edges_of_restart(const District& district) {
  Edges edges;
  for (const Component& component : district.components) {
    auto& targets = edges[component.id.str()];
    for (const NodeId& first : component.restart_after) targets.push_back(first.str());
  }
  return edges;
}

// Depth first without recursion; each edge back into the current path is a loop.
class LoopSearch {
 public:
  // Edges between two members of one group are no loop.
  LoopSearch(const Edges& edges, const std::map<std::string, std::string>& group_of)
      : edges_(edges), group_of_(group_of) {
    for (const auto& [node, targets] : edges_) members_[key(node)].push_back(node);
  }

  std::vector<std::vector<std::string>> run() {
    for (const auto& [node, targets] : edges_) {
      if (state_[key(node)] == State::New) search(node);
    }
    return std::move(loops_);
  }

 private:
  enum class State { New, OnPath, Done };
  struct Step {
    std::string key;                // of the node, or of its group
    std::vector<std::pair<std::string, std::string>> targets;  // (id that needs, id needed)
    std::size_t next = 0;
    std::string entered_by;  // id by which the path came in
  };

  std::string key(const std::string& node) const {
    const auto group = group_of_.find(node);
    return group == group_of_.end() ? node : " " + group->second;
  }

  Step step_into(const std::string& node) {
    Step step;
    step.key = key(node);
    step.entered_by = node;
    for (const std::string& id : members_[step.key]) {
      for (const std::string& target : edges_.at(id)) {
        const bool inside = key(target) == step.key && group_of_.count(target) > 0;
        if (edges_.count(target) > 0 && !inside) step.targets.emplace_back(id, target);
      }
    }
    return step;
  }

  void search(const std::string& root) {
    std::vector<Step> path;
    path.push_back(step_into(root));
    state_[path.back().key] = State::OnPath;
    while (!path.empty()) {
      Step& top = path.back();
      if (top.next == top.targets.size()) {
        state_[top.key] = State::Done;
        path.pop_back();
        continue;
      }
      const auto [from, target] = top.targets[top.next++];
      const State state = state_[key(target)];
      if (state == State::OnPath) {
        found(path, from, target);
      } else if (state == State::New) {
        state_[key(target)] = State::OnPath;
        path.push_back(step_into(target));
      }
    }
  }

  void found(const std::vector<Step>& path, const std::string& from, const std::string& target) {
    if (loops_.size() >= kMostLoops) return;
    auto at = std::find_if(path.begin(), path.end(),
                           [&](const Step& step) { return step.key == key(target); });
    std::vector<std::string> loop;
    for (; at != path.end(); ++at) {
      // Where the path leaves a group by another member than it came in, both are named.
      loop.push_back(at->entered_by);
      const std::string& leaves = at + 1 == path.end() ? from : at->targets[at->next - 1].first;
      if (leaves != loop.back()) loop.push_back(leaves);
    }
    loop.push_back(target);
    loops_.push_back(std::move(loop));
  }

  const Edges& edges_;
  const std::map<std::string, std::string>& group_of_;
  std::map<std::string, std::vector<std::string>> members_;  // ids by key
  std::map<std::string, State> state_;
  std::vector<std::vector<std::string>> loops_;
};

std::string path_text(std::vector<std::string> loop) {
  if (loop.size() > kLongestPath) {
    loop.erase(loop.begin() + kLongestPath / 2, loop.end() - kLongestPath / 2);
    loop.insert(loop.begin() + kLongestPath / 2, "...");
  }
  return join(loop, " -> ");
}

// Each member in one group only.
std::map<std::string, std::string> groups_of(const District& district, Reader& reader) {
  std::map<std::string, std::string> group_of;
  for (const LoopGroup& group : district.mutual) {
    for (const NodeId& member : group.members) {
      const auto [known, fresh] = group_of.emplace(member.str(), group.id);
      if (fresh) continue;
      reader.report.error(reader.places.of(group.id, "members"),
                          fmt::format("'{}' is in mutual group '{}' already; a component is in one "
                                      "group, once",
                                      member.str(), known->second));
    }
  }
  return group_of;
}

}  // namespace

void check_loops(const District& district, Reader& reader) {
  const auto group_of = groups_of(district, reader);
  const Edges needs = edges_of_needs(district);
  for (const auto& loop : LoopSearch(needs, group_of).run()) {
    reader.report.error(reader.places.of(loop.front(), "needs"),
                        fmt::format("needs form a loop: {}; remove one of these needs, or declare "
                                    "the members under 'mutual:'",
                                    path_text(loop)));
  }
  const Edges order = edges_of_restart(district);
  const std::map<std::string, std::string> no_groups;
  for (const auto& loop : LoopSearch(order, no_groups).run()) {
    reader.report.error(
        reader.places.of(loop.front(), "restart_after"),
        fmt::format("restart_after forms a loop: {}; nothing could start first", path_text(loop)));
  }
}

}  // namespace dienstbereit::config
