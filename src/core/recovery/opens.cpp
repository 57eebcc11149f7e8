// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/opens.h"

#include <algorithm>

namespace dienstbereit::core::recovery {
namespace {

constexpr std::size_t kBytesBeside = 200;  // of one entry: the map's own, sizes, pointers
constexpr std::size_t kFewest = 64;        // entries, however large each is

}  // namespace

Reach Opens::in_part(const Bits& up, const Bits& part) {
  Bits whole = up;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i]) whole.set(i, false);
  }
  Reach reach = at(up);
  reach.normal = at(whole).normal;
  return reach;
}

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

const Reach& RememberedOpens::in_part(const Bits& up, const Bits& part) {
  if (!part.any()) return at(up);
  Bits both = joined(up, part);
  const auto found = known_.find(both);
  if (found != known_.end()) return found->second;
  if (known_.size() >= most_) known_.clear();
  ++asked_;
  return known_.emplace(std::move(both), opens_.in_part(up, part)).first->second;
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
