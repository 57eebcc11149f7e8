// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/cause/verdict.h"

namespace dienstbereit::core::cause {

// Diagnosis::accounts, from what was found under each common cause.
std::vector<Account> accounts_of(const WeighQuestion& question, Belief& belief, Search& search,
                                 const std::vector<Posterior>& posteriors);

}  // namespace dienstbereit::core::cause
