// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "model/readiness.h"
#include "model/record/record.h"

namespace dienstbereit::core::readiness {

// Puts opening decisions over the slots of the days they speak of (docs/formats/decision.md):
// closed closes every slot that has not ended. Limited and normal open those to come that a fault
// of now leaves closed, unknown or pending; a slot that runs is as it is measured, but never better
// than decided. The last decision on a place and day holds.
void apply_decisions(const std::vector<OpeningDecision>& decisions, Instant now,
                     std::vector<OfferSituation>& offers);

}  // namespace dienstbereit::core::readiness
