// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/opens.h"

#include <algorithm>

namespace dienstbereit::core::recovery {
namespace {

constexpr std::size_t kBytesBeside = 200;  // of one entry: the map's own, sizes, pointers
constexpr std::size_t kFewest = 64;        // entries, however large each is

}  // namespace

RememberedOpens::RememberedOpens(Opens& opens, std::size_t nodes, std::size_t most_bytes)
    : opens_(opens),
      most_(std::max(kFewest, most_bytes / (opens.subjects() / 4 + nodes / 4 + kBytesBeside))) {}

const Reach& RememberedOpens::at(const Bits& up) {
  const auto found = known_.find(up);
  if (found != known_.end()) return found->second;
  if (known_.size() >= most_) known_.clear();
  ++asked_;
  return known_.emplace(up, opens_.at(up)).first->second;
}

Reach GroupsOpen::at(const Bits& up) {
  Reach reach{Bits(subjects_.size()), {}, {}};
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    const bool open = std::all_of(subjects_[i].begin(), subjects_[i].end(), [&](const auto& group) {
      return std::any_of(group.begin(), group.end(), [&](std::size_t node) { return up[node]; });
    });
    reach.normal.set(i, open);
  }
  reach.limited = reach.normal;
  return reach;
}

}  // namespace dienstbereit::core::recovery
