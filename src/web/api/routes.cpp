// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The table of the API: every path, who may, and what answers it.
#include "web/router.h"

namespace dienstbereit::web {

using enum Method;

std::span<const Router::Route> Router::routes() {
  constexpr Needs kAnyone{};
  constexpr Needs kView{Role::View};
  constexpr Needs kRecord{Role::View};  // and what each change needs
  constexpr Needs kOperate{Role::Operate};
  constexpr Needs kAdminister{Role::Administer};
  constexpr Needs kSocket{std::nullopt, true};
  constexpr Needs kOutpost{std::nullopt, false, true};
  static constexpr std::array kRoutes{
      Route{Get, "/api/v1/situation", kAnyone, &Router::document},
      Route{Get, "/api/v1/offices", kAnyone, &Router::document},
      Route{Get, "/api/v1/offices/", kAnyone, &Router::document},
      Route{Get, "/api/v1/sites", kAnyone, &Router::document},
      Route{Get, "/api/v1/sites/", kAnyone, &Router::document},
      Route{Get, "/api/v1/places", kAnyone, &Router::document},
      Route{Get, "/api/v1/services", kAnyone, &Router::document},
      Route{Get, "/api/v1/words", kAnyone, &Router::document},
      Route{Get, "/api/v1/nodes", kView, &Router::document},
      Route{Get, "/api/v1/probes", kView, &Router::document},
      Route{Get, "/api/v1/why/", kView, &Router::why},
      Route{Get, "/api/v1/status/", kView, &Router::status},
      Route{Get, "/api/v1/version", kAnyone, &Router::version},
      Route{Get, "/api/v1/health", kAnyone, &Router::health},
      Route{Get, "/api/v1/events", kAnyone, &Router::events},
      Route{Get, "/api/v1/openapi.json", kAnyone, &Router::openapi},
      Route{Get, "/metrics", kAnyone, &Router::metrics},
      Route{Post, "/api/v1/heartbeat/", kAnyone, &Router::heartbeat},
      Route{Post, "/api/v1/words", kOperate, &Router::set_word},
      Route{Delete, "/api/v1/words/", kOperate, &Router::withdraw_word},
      Route{Get, "/api/v1/publishing", kView, &Router::document},
      Route{Get, "/api/v1/outposts", kView, &Router::document},
      Route{Get, "/api/v1/outposts/", kOutpost, &Router::outpost_orders, "/probes"},
      Route{Post, "/api/v1/outposts/", kOutpost, &Router::outpost_report, "/reports"},
      Route{Get, "/api/v1/copy", kView, &Router::copy},
      Route{Get, "/api/v1/messages", kView, &Router::document},
      Route{Get, "/api/v1/record", kView, &Router::record},
      Route{Post, "/api/v1/record", kRecord, &Router::write_record},
      Route{Post, "/api/v1/forecast", kOperate, &Router::make_forecast},
      Route{Get, "/api/v1/outlook/", kView, &Router::outlook},
      Route{Post, "/api/v1/order", kOperate, &Router::propose_order},
      Route{Post, "/api/v1/acknowledge/", kOperate, &Router::acknowledge},
      Route{Post, "/api/v1/test-message/", kAdminister, &Router::test_message},
      Route{Get, "/api/v1/drafts/", kView, &Router::draft},
      Route{Get, "/api/v1/statements/", kView, &Router::poster},
      Route{Post, "/api/v1/what-if", kView, &Router::what_if},
      Route{Get, "/api/v1/suspects/", kView, &Router::suspects},
      Route{Get, "/api/v1/plans", kView, &Router::plans},
      Route{Get, "/api/v1/restart-order/", kView, &Router::restart_order},
      Route{Post, "/api/v1/runs", kOperate, &Router::start_run},
      Route{Post, "/api/v1/runs/", kView, &Router::move_run},  // and what each step needs
      Route{Post, "/api/v1/fallbacks/", kOperate, &Router::switch_fallback},
      Route{Post, "/api/v1/reload", kAdminister, &Router::reload},
      Route{Post, "/api/v1/clock/confirm", kAdminister, &Router::confirm_clock},
      Route{Get, "/api/v1/homepage", kView, &Router::homepage},
      Route{Post, "/api/v1/homepage/mode", kOperate, &Router::set_homepage_mode},
      Route{Post, "/api/v1/homepage/copies", kOperate, &Router::fetch_homepage},
      Route{Post, "/api/v1/homepage/prune", kAdminister, &Router::prune_homepage},
      Route{Post, "/api/v1/backup", kSocket, &Router::backup},
      Route{Post, "/api/v1/papers/", kSocket, &Router::papers},
      Route{Get, "/api/v1/papers/", kSocket, &Router::pack_sites},
  };
  return kRoutes;
}

std::span<const Router::Route> Router::account_routes() {
  constexpr Needs kSocket{std::nullopt, true};
  static constexpr std::array kRoutes{
      Route{Get, "/api/v1/accounts", kSocket, &Router::accounts},
      Route{Post, "/api/v1/accounts", kSocket, &Router::accounts},
      Route{Post, "/api/v1/accounts/roles", kSocket, &Router::accounts},
      Route{Post, "/api/v1/accounts/disable", kSocket, &Router::accounts},
      Route{Post, "/api/v1/accounts/erase", kSocket, &Router::accounts},
      Route{Post, "/api/v1/accounts/reset-link", kSocket, &Router::accounts},
      Route{Post, "/api/v1/accounts/setup-link", kSocket, &Router::accounts},
      Route{Post, "/api/v1/accounts/emergency-code", kSocket, &Router::accounts},
      Route{Get, "/api/v1/sessions", kSocket, &Router::accounts},
      Route{Delete, "/api/v1/sessions/", kSocket, &Router::accounts},
      Route{Get, "/api/v1/tokens", kSocket, &Router::accounts},
      Route{Post, "/api/v1/tokens", kSocket, &Router::accounts},
      Route{Delete, "/api/v1/tokens/", kSocket, &Router::accounts},
  };
  return kRoutes;
}

// Who may is checked behind them: counters, sessions and tokens use the same paths.
std::span<const Router::Route> Router::intake_routes() {
  constexpr Needs kAnyone{};
  static constexpr std::array kRoutes{
      Route{Post, "/api/v1/intake/enrol", kAnyone, &Router::intake},
      Route{Get, "/api/v1/intake/setup", kAnyone, &Router::intake},
      Route{Post, "/api/v1/intake/records", kAnyone, &Router::intake},
      Route{Get, "/api/v1/intake/records", kAnyone, &Router::intake},
      Route{Get, "/api/v1/intake/records/", kAnyone, &Router::intake},
      Route{Post, "/api/v1/intake/records/", kAnyone, &Router::intake, "/move"},
      Route{Post, "/api/v1/intake/heartbeat", kAnyone, &Router::intake},
      Route{Get, "/api/v1/intake/custody", kAnyone, &Router::intake},
      Route{Post, "/api/v1/intake/custody", kAnyone, &Router::intake},
      Route{Get, "/api/v1/intake/conflicts", kAnyone, &Router::intake},
      Route{Get, "/api/v1/intake/backlog", kAnyone, &Router::intake},
      Route{Get, "/api/v1/intake/devices", kAnyone, &Router::intake},
      Route{Post, "/api/v1/intake/devices", kAnyone, &Router::intake},
      Route{Delete, "/api/v1/intake/devices/", kAnyone, &Router::intake},
      Route{Get, "/api/v1/intake/keys", kAnyone, &Router::intake},
      Route{Post, "/api/v1/intake/keys", kAnyone, &Router::intake},
      Route{Post, "/api/v1/intake/keys/", kAnyone, &Router::intake, "/confirm"},
  };
  return kRoutes;
}

std::array<std::span<const Router::Route>, 3> Router::tables() {
  return {routes(), account_routes(), intake_routes()};
}

}  // namespace dienstbereit::web
