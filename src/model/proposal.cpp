// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/proposal.h"

#include <array>

namespace dienstbereit {

const char* name_of(ProposalReasonKind kind) {
  constexpr std::array kNames{"chance_normal",          "chance_limited", "nobody_can_say",
                              "service_uncertain",      "works_on_paper", "regular_condition_holds",
                              "regular_condition_fails"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace dienstbereit
