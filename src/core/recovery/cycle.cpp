// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/cycle.h"

#include <algorithm>
#include <cstdint>

namespace dienstbereit::core::recovery {

std::vector<std::size_t> find_cycle(std::size_t count, const Successors& waits_for) {
  enum class State : std::uint8_t { New, OnPath, Done };
  std::vector<State> states(count, State::New);
  for (std::size_t root = 0; root < count; ++root) {
    if (states[root] != State::New) continue;
    std::vector<std::pair<std::size_t, std::size_t>> path{{root, 0}};
    states[root] = State::OnPath;
    while (!path.empty()) {
      auto& [at, next] = path.back();
      if (next == waits_for(at).size()) {
        states[at] = State::Done;
        path.pop_back();
        continue;
      }
      const std::size_t target = waits_for(at)[next++];
      if (states[target] == State::New) {
        states[target] = State::OnPath;
        path.emplace_back(target, 0);
      } else if (states[target] == State::OnPath) {
        std::vector<std::size_t> cycle;
        for (auto step = path.rbegin(); cycle.empty() || cycle.back() != target; ++step) {
          cycle.push_back(step->first);
        }
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
      }
    }
  }
  return {};
}

}  // namespace dienstbereit::core::recovery
