// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "model/situation.h"

namespace dienstbereit::view {

// One thing on the way from what was asked about down to what is broken.
struct WhyStop {
  NodeId node;
  std::optional<Interval> state;  // of now; none: it has no state of its own
  std::vector<ReasonStep> reasons;  // what is said of it, in order
  Duration buffer{0};  // declared on its need of the next stop; 0: none
};
using WhyPath = std::vector<WhyStop>;  // at least one stop

// The stops of one explanation, `asked` first. A step about something further up the way is told
// there; one that names nothing, at the last stop.
WhyPath why_path(const Situation& situation, const NodeId& asked, const Explanation& why);

struct Why {
  NodeId asked;  // an offer
  const Verdict* verdict = nullptr;  // of the situation
  WhyPath path;
  std::vector<NodeId> also;  // offers of the same place with the same way from the second stop on
};
// Of each offer of the place that is not normal, whatever the hours; those of one way once.
std::vector<Why> whys(const Situation& situation, const OfficeId& office, const SiteId& site);
// Of one offer; nothing if there is no such offer.
std::optional<Why> why_of(const Situation& situation, const NodeId& offer);

// The buffer declared on the need of `of` for `need`, wherever it stands among its needs; 0: none.
Duration buffer_between(const District& district, const NodeId& of, const NodeId& need);

}  // namespace dienstbereit::view
