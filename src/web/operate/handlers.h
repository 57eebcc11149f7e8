// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "web/operate/desk.h"

// One function a route; each file of pages holds its own.
namespace dienstbereit::web::operate {

// home_page.cpp
Outcome show_home(const Desk& desk, const Visit& visit);

// login_pages.cpp
Outcome show_login(const Desk& desk, const Visit& visit);
Outcome log_in(const Desk& desk, const Visit& visit);
Outcome show_code(const Desk& desk, const Visit& visit);
Outcome enter_code(const Desk& desk, const Visit& visit);
Outcome show_emergency(const Desk& desk, const Visit& visit);
Outcome use_emergency_code(const Desk& desk, const Visit& visit);
Outcome log_out(const Desk& desk, const Visit& visit);
Outcome show_link(const Desk& desk, const Visit& visit);
Outcome use_link(const Desk& desk, const Visit& visit);
Outcome set_language(const Desk& desk, const Visit& visit);

// account_pages.cpp
Outcome show_account(const Desk& desk, const Visit& visit);
Outcome save_profile(const Desk& desk, const Visit& visit);
Outcome change_password(const Desk& desk, const Visit& visit);
Outcome begin_totp(const Desk& desk, const Visit& visit);
Outcome confirm_totp(const Desk& desk, const Visit& visit);
Outcome drop_totp(const Desk& desk, const Visit& visit);
Outcome renew_codes(const Desk& desk, const Visit& visit);
Outcome end_session(const Desk& desk, const Visit& visit);
Outcome end_other_sessions(const Desk& desk, const Visit& visit);
Outcome make_token(const Desk& desk, const Visit& visit);
Outcome revoke_token(const Desk& desk, const Visit& visit);

// admin_pages.cpp
Outcome show_accounts(const Desk& desk, const Visit& visit);
Outcome show_one_account(const Desk& desk, const Visit& visit);
Outcome add_account(const Desk& desk, const Visit& visit);
Outcome set_roles(const Desk& desk, const Visit& visit);
Outcome set_disabled(const Desk& desk, const Visit& visit);
Outcome erase_account(const Desk& desk, const Visit& visit);
Outcome make_reset_link(const Desk& desk, const Visit& visit);
Outcome end_sessions_of(const Desk& desk, const Visit& visit);
Outcome make_emergency_code(const Desk& desk, const Visit& visit);
Outcome show_audit(const Desk& desk, const Visit& visit);

}  // namespace dienstbereit::web::operate
