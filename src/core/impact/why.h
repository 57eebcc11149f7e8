// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/impact/impact.h"
#include "model/reason.h"

namespace dienstbereit::core::impact {

// From `node` down to what decided its worst end: an observation, a word, a buffer, a cold loop.
// Empty for a node that is operational at both ends and neither held nor spoken of, unless `full`
// asks for the observation behind that too.
Explanation explain(const Impact& impact, const NodeId& node, const ProbesOf& probes,
                    bool full = false);

}  // namespace dienstbereit::core::impact
