// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>

#include "model/event.h"
#include "model/health.h"
#include "model/situation.h"

namespace dienstbereit {

// A person's word in force, doubted or run out, on one node.
struct NodeWord {
  WordStatus status = WordStatus::None;
  const WordSet* said = nullptr;  // owned by the engine; null exactly if status is None
};

// What readiness needs to know of one offer at one instant. core/impact makes it.
struct OfferState {
  Interval offer = kUnknown;  // the service where it is offered: its needs, link, site, probes
  Interval site = kUnknown;   // whether the building is usable
  Interval offline = kUnknown;  // whether the offline mode has what it needs itself
  bool measured = false;      // the service or one of its direct needs has a fresh works success
  NodeWord word;
};

// Answers for every offer of the district, in the order of its services and their offers.
class OfferStates {
 public:
  virtual ~OfferStates() = default;
  virtual OfferState offer(std::size_t index) const = 0;
  // Why its state is what it is; empty for a plain operational one.
  virtual Explanation explain(std::size_t index) const = 0;
};

}  // namespace dienstbereit
