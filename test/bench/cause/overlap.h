// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/cause/diagnose.h"
#include "district.h"

namespace dienstbereit::bench {

core::cause::WeighQuestion question_of(const core::cause::Network& network, const Outage& outage,
                                       const Noise& noise, bool with_evidence);

// How often the true one of common causes that lie across each other is named first: a surge on a
// feed of a data centre, heat in its room, a change to things here and there. Prints a line each,
// and one where something single was damaged and no common cause is true.
void run_overlap(std::uint32_t sites, const Noise& noise, std::size_t cases);

}  // namespace dienstbereit::bench
