// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "web/operate/desk.h"

// One function a route; each file of pages holds its own.
namespace dienstbereit::web::operate {

// situation_page.cpp
Outcome show_situation(const Desk& desk, const Visit& visit);

// state_pages.cpp
Outcome show_states(const Desk& desk, const Visit& visit);
Outcome set_state(const Desk& desk, const Visit& visit);
Outcome withdraw_state(const Desk& desk, const Visit& visit);

// incident_pages.cpp
Outcome show_incidents(const Desk& desk, const Visit& visit);
Outcome open_incident(const Desk& desk, const Visit& visit);
Outcome show_incident(const Desk& desk, const Visit& visit);
Outcome edit_incident(const Desk& desk, const Visit& visit);
Outcome add_note(const Desk& desk, const Visit& visit);
Outcome set_level(const Desk& desk, const Visit& visit);
Outcome split_incident(const Desk& desk, const Visit& visit);
Outcome merge_incident(const Desk& desk, const Visit& visit);
Outcome change_phase(const Desk& desk, const Visit& visit);

// photo_pages.cpp
Outcome add_photo(const Desk& desk, const Visit& visit);
Outcome show_picture(const Desk& desk, const Visit& visit);
Outcome erase_picture(const Desk& desk, const Visit& visit);

// cause_pages.cpp
Outcome show_causes(const Desk& desk, const Visit& visit);
Outcome save_cause(const Desk& desk, const Visit& visit);
Outcome add_evidence(const Desk& desk, const Visit& visit);

// measure_pages.cpp
Outcome show_measures(const Desk& desk, const Visit& visit);
Outcome save_task(const Desk& desk, const Visit& visit);
Outcome move_task(const Desk& desk, const Visit& visit);
Outcome save_fix(const Desk& desk, const Visit& visit);
Outcome move_fix(const Desk& desk, const Visit& visit);
Outcome make_forecast(const Desk& desk, const Visit& visit);

// outage/: pictures of one incident, and of the way to a fault
Outcome show_repairs(const Desk& desk, const Visit& visit);
Outcome show_chances(const Desk& desk, const Visit& visit);
Outcome show_timeline(const Desk& desk, const Visit& visit);
Outcome show_first(const Desk& desk, const Visit& visit);
Outcome ask_first(const Desk& desk, const Visit& visit);
Outcome answer_first(const Desk& desk, const Visit& visit);
Outcome show_scores(const Desk& desk, const Visit& visit);
Outcome show_why(const Desk& desk, const Visit& visit);

// what_if_page.cpp
Outcome show_what_if(const Desk& desk, const Visit& visit);
Outcome ask_what_if(const Desk& desk, const Visit& visit);

// plan_pages.cpp
Outcome show_plans(const Desk& desk, const Visit& visit);
Outcome show_plan(const Desk& desk, const Visit& visit);
Outcome show_run(const Desk& desk, const Visit& visit);
Outcome start_plan(const Desk& desk, const Visit& visit);
Outcome move_run(const Desk& desk, const Visit& visit);
Outcome approve_run(const Desk& desk, const Visit& visit);
Outcome turn_fallback(const Desk& desk, const Visit& visit);

// decision_pages.cpp
Outcome show_decisions(const Desk& desk, const Visit& visit);
Outcome decide(const Desk& desk, const Visit& visit);

// statement_pages.cpp
Outcome show_statements(const Desk& desk, const Visit& visit);
Outcome show_statement(const Desk& desk, const Visit& visit);
Outcome show_poster(const Desk& desk, const Visit& visit);
Outcome show_draft(const Desk& desk, const Visit& visit);
Outcome show_holding(const Desk& desk, const Visit& visit);
Outcome save_statement(const Desk& desk, const Visit& visit);
Outcome move_statement(const Desk& desk, const Visit& visit);
Outcome publish_holding(const Desk& desk, const Visit& visit);

// homepage_page.cpp
Outcome show_homepage(const Desk& desk, const Visit& visit);
Outcome switch_homepage(const Desk& desk, const Visit& visit);
Outcome fetch_homepage(const Desk& desk, const Visit& visit);
// What is to be known of the homepage meanwhile on the first page; nothing if all is well.
void write_homepage_line(const Desk& desk, const Pen& pen, const Visit& visit);

// feedback_page.cpp
Outcome show_feedback(const Desk& desk, const Visit& visit);
Outcome erase_feedback(const Desk& desk, const Visit& visit);

// subscriber_page.cpp
Outcome show_subscribers(const Desk& desk, const Visit& visit);
Outcome erase_subscriber(const Desk& desk, const Visit& visit);

// log_page.cpp
Outcome show_log(const Desk& desk, const Visit& visit);
Outcome show_messages(const Desk& desk, const Visit& visit);
Outcome acknowledge(const Desk& desk, const Visit& visit);

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

// Emergency intake (web/intake/intake_pages.cpp).
Outcome show_intake(const Desk& desk, const Visit& visit);
Outcome add_intake_device(const Desk& desk, const Visit& visit);
Outcome remove_intake_device(const Desk& desk, const Visit& visit);
Outcome confirm_intake_key(const Desk& desk, const Visit& visit);

}  // namespace dienstbereit::web::operate
