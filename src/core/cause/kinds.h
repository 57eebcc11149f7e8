// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

namespace dienstbereit::core::cause {

// What kinds of components are like. Assumed, all of it: nobody counts such things over
// administrations (docs/formats/cause.md, "Live").
struct KindFacts {
  double prior = 0.004;   // chance that it is damaged when something is: only ratios matter
  bool source = false;    // a surge comes in here
  bool conducts = false;  // power goes through it to what needs it
  bool room = false;      // what needs it stands in it; it conducts too
  bool rack = false;      // likewise
  bool arrester = false;  // protects what needs it, and gives way in a surge
};

// Of the free word that a component has as `kind`; of one that is not known, the defaults.
KindFacts facts_of(std::string_view kind);

// Of services, sites and offers: people and houses.
inline constexpr double kPriorOfOthers = 0.001;

}  // namespace dienstbereit::core::cause
