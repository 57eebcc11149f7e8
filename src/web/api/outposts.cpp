// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/api/outposts.h"

#include <fmt/format.h>

#include "web/json.h"

namespace dienstbereit::web {

Result<OutpostId> parse_outpost_path(std::string_view rest, std::string_view what,
                                     const Identity& by) {
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos || rest.substr(slash + 1) != what) {
    return fail(Errc::NotFound, "no such path; see /api/v1/openapi.json");
  }
  const OutpostId outpost{std::string(rest.substr(0, slash))};
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
