// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "calc/kinds.h"

// In which order to do tasks so that offices wait least (docs/formats/calc.md, "order").
namespace dienstbereit::calc {

Result<std::string> order(std::string_view text, const Setting& setting);

inline constexpr Kind kOrder{
    "order", "The order of tasks in which offices wait least",
    "A file:\n"
    "  {\"crews\": 1, \"hours\": [3, 1, 4], \"offices\": [{\"weight\": 2, \"needs\": [0, 2]}]}\n"
    "'hours' are those of tasks 0, 1, 2; an office opens when all tasks that it needs are done.\n"
    "Least is the sum of weight x opening time; 'proven' says whether no order can be better.\n"
    "See docs/formats/calc.md.",
    false, order};

}  // namespace dienstbereit::calc
