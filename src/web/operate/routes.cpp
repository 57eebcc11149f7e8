// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>

#include "web/operate/handlers.h"

namespace dienstbereit::web::operate {
namespace {

using enum Method;
constexpr std::optional<Role> kAnyone;

constexpr std::array kRoutes{
    Route{Get, "/operate/", Role::View, show_situation, "operate.menu.home"},
    Route{Get, "/operate/incidents", Role::View, show_incidents, "operate.menu.incidents"},
    Route{Get, "/operate/states", Role::View, show_states, "operate.menu.states"},
    Route{Get, "/operate/decisions", Role::View, show_decisions, "operate.menu.decisions"},
    Route{Get, "/operate/what-if", Role::View, show_what_if, "operate.menu.what_if"},
    Route{Get, "/operate/plans", Role::View, show_plans, "operate.menu.plans"},
    Route{Get, "/operate/statements", Role::View, show_statements, "operate.menu.statements"},
    Route{Get, "/operate/messages", Role::View, show_messages, "operate.menu.messages"},
    Route{Get, "/operate/homepage", Role::View, show_homepage, "operate.menu.homepage"},
    Route{Get, "/operate/intake", Role::View, show_intake, "operate.menu.intake"},
    Route{Get, "/operate/feedback", Role::PersonalData, show_feedback, "operate.menu.feedback"},
    Route{Get, "/operate/subscribers", Role::PersonalData, show_subscribers,
          "operate.menu.subscribers"},
    Route{Get, "/operate/accounts", Role::Administer, show_accounts, "operate.menu.accounts"},
    Route{Get, "/operate/audit", Role::Administer, show_audit, "operate.menu.audit"},
    Route{Get, "/operate/account", Role::View, show_account, "operate.menu.account"},

    Route{Get, "/operate/login", kAnyone, show_login},
    Route{Post, "/operate/login", kAnyone, log_in},
    Route{Get, "/operate/login/code", kAnyone, show_code},
    Route{Post, "/operate/login/code", kAnyone, enter_code},
    Route{Get, "/operate/emergency", kAnyone, show_emergency},
    Route{Post, "/operate/emergency", kAnyone, use_emergency_code},
    Route{Post, "/operate/logout", kAnyone, log_out},
    Route{Get, "/operate/link/", kAnyone, show_link},
    Route{Post, "/operate/link/", kAnyone, use_link},
    Route{Post, "/operate/language", Role::View, set_language},

    Route{Post, "/operate/states", Role::Operate, set_state},
    Route{Post, "/operate/states/withdraw", Role::Operate, withdraw_state},
    Route{Post, "/operate/homepage", Role::Operate, switch_homepage},
    Route{Post, "/operate/homepage/copies", Role::Operate, fetch_homepage},
    Route{Post, "/operate/feedback", Role::PersonalData, erase_feedback},
    Route{Post, "/operate/subscribers", Role::PersonalData, erase_subscriber},
    Route{Post, "/operate/messages", Role::Operate, acknowledge},
    Route{Post, "/operate/intake/device", Role::Operate, add_intake_device},
    Route{Post, "/operate/intake/remove", Role::Operate, remove_intake_device},
    Route{Post, "/operate/intake/confirm", Role::PersonalData, confirm_intake_key},

    Route{Post, "/operate/incidents", Role::Operate, open_incident},
    Route{Get, "/operate/incident/", Role::View, show_incident},
    Route{Post, "/operate/incident/", Role::Operate, edit_incident},
    Route{Post, "/operate/note/", Role::Operate, add_note},
    Route{Post, "/operate/photo/", Role::Operate, add_photo},
    Route{Get, "/operate/picture/", Role::View, show_picture},
    Route{Post, "/operate/picture/", Role::Operate, erase_picture},
    Route{Post, "/operate/level/", Role::Lead, set_level},
    Route{Post, "/operate/split/", Role::Lead, split_incident},
    Route{Post, "/operate/merge/", Role::Lead, merge_incident},
    Route{Post, "/operate/phase/", Role::Lead, change_phase},
    Route{Get, "/operate/causes/", Role::View, show_causes},
    Route{Post, "/operate/causes/", Role::Operate, save_cause},
    Route{Post, "/operate/evidence/", Role::Operate, add_evidence},
    Route{Get, "/operate/measures/", Role::View, show_measures},
    Route{Post, "/operate/task/", Role::Operate, save_task},
    Route{Post, "/operate/task-state/", Role::Operate, move_task},
    Route{Post, "/operate/fix/", Role::Operate, save_fix},
    Route{Post, "/operate/fix-state/", Role::Operate, move_fix},
    Route{Post, "/operate/forecast/", Role::Operate, make_forecast},
    Route{Get, "/operate/repairs/", Role::View, show_repairs},
    Route{Get, "/operate/chances/", Role::View, show_chances},
    Route{Get, "/operate/first/", Role::View, show_first},
    Route{Post, "/operate/first/", Role::Operate, ask_first},
    Route{Post, "/operate/order/", Role::Operate, answer_first},
    Route{Get, "/operate/scores/", Role::View, show_scores},
    Route{Get, "/operate/timeline/", Role::View, show_timeline},
    Route{Get, "/operate/why/", Role::View, show_why},
    Route{Get, "/operate/log/", Role::View, show_log},
    Route{Post, "/operate/what-if", Role::View, ask_what_if},
    Route{Post, "/operate/decisions", Role::Lead, decide},

    Route{Get, "/operate/plan/", Role::View, show_plan},
    Route{Post, "/operate/plan/", Role::Operate, start_plan},
    Route{Get, "/operate/run/", Role::View, show_run},
    Route{Post, "/operate/run/", Role::Operate, move_run},
    Route{Post, "/operate/approve/", Role::Lead, approve_run},
    Route{Post, "/operate/switch/", Role::Operate, turn_fallback},

    Route{Get, "/operate/poster/", Role::View, show_poster},
    Route{Get, "/operate/draft/", Role::View, show_draft},
    Route{Get, "/operate/statement/", Role::View, show_statement},
    Route{Post, "/operate/statement", Role::View, save_statement},
    Route{Post, "/operate/statement-state/", Role::Press, move_statement},
    Route{Get, "/operate/holding", Role::Press, show_holding},
    Route{Post, "/operate/holding", Role::Press, publish_holding},

    Route{Post, "/operate/account/profile", Role::View, save_profile},
    Route{Post, "/operate/account/password", Role::View, change_password},
    Route{Post, "/operate/account/totp", Role::View, begin_totp},
    Route{Post, "/operate/account/totp/confirm", Role::View, confirm_totp},
    Route{Post, "/operate/account/totp/drop", Role::View, drop_totp},
    Route{Post, "/operate/account/codes", Role::View, renew_codes},
    Route{Post, "/operate/account/session", Role::View, end_session},
    Route{Post, "/operate/account/sessions", Role::View, end_other_sessions},
    Route{Post, "/operate/account/token", Role::View, make_token},
    Route{Post, "/operate/account/token/revoke", Role::View, revoke_token},

    Route{Get, "/operate/accounts/", Role::Administer, show_one_account},
    Route{Post, "/operate/accounts", Role::Administer, add_account},
    Route{Post, "/operate/accounts/roles", Role::Administer, set_roles},
    Route{Post, "/operate/accounts/disabled", Role::Administer, set_disabled},
    Route{Post, "/operate/accounts/erase", Role::Administer, erase_account},
    Route{Post, "/operate/accounts/link", Role::Administer, make_reset_link},
    Route{Post, "/operate/accounts/sessions", Role::Administer, end_sessions_of},
    Route{Post, "/operate/accounts/emergency-code", Role::Administer, make_emergency_code},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace dienstbereit::web::operate
