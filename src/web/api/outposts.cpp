// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/api/outposts.h"

#include <fmt/format.h>

#include "web/json.h"

namespace dienstbereit::web {

Result<OutpostId> outpost_of(std::string_view named, const Identity& by) {
  OutpostId outpost{std::string(named)};
  const bool on_this_machine = by.roles == RoleSet::all() && by.account.empty();
  if (by.outpost == outpost || on_this_machine) return outpost;
  return fail(Errc::Denied, fmt::format("this needs the token of the outpost '{}'; an "
                                        "administrator makes one with 'dienstbereit account token "
                                        "--outpost'",
                                        outpost.str()));
}

std::string accepted_json(std::uint64_t last, const std::string& orders, const Answer& answer) {
  Json again = Json::array();
  for (const ProbeId& probe : answer.disagreeing) again.push_back(probe.str());
  return dump({{"accepted", last}, {"orders", orders}, {"tell_again", std::move(again)}});
}

}  // namespace dienstbereit::web
