// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/interim/interim.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// What plans and fallbacks see of the working state. Borrows it.
class SeenWorld final : public core::interim::World {
 public:
  explicit SeenWorld(const WorkingState& state) : state_(state) {}

  Sight probe(const ProbeId& probe) const override;
  Interval node(const NodeId& node) const override;
  std::optional<Instant> since(const NodeId& node) const override;

 private:
  const WorkingState& state_;
};

}  // namespace dienstbereit::engine
