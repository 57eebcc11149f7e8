// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/account/account.h"
#include "model/input.h"

namespace dienstbereit::web {

// Plans, fallbacks and runs, as openapi.json's Plans.
std::string plans_json(const Situation& situation);
// The order in which components come back, as openapi.json's RestartOrder; `kind` is "restart" or
// "restoration".
Result<std::string> restart_order_json(const District& district, std::string_view kind);

// {"plan": "db-take-over", "dry": true, "reason": "..."}; the last two may be absent.
Result<StartPlan> parse_start_request(std::string_view body);
// {"on": true, "reason": "..."}; the reason may be absent.
Result<SwitchFallback> parse_switch_request(std::string_view fallback, std::string_view body);
// {"do": "approve"}, {"do": "confirm", "step": "call", "done": true, "text": "..."},
// {"do": "abort", "text": "..."}
Result<PlanCommand> parse_run_request(std::string_view run, std::string_view body);

// Who may: to approve is Lead's, all else Operate's.
Role role_for(const PlanCommand& command);

}  // namespace dienstbereit::web
