// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/application.h"
#include "helper/protocol.h"
#include "model/district.h"
#include "model/outside/homepage.h"
#include "probe/explain.h"

// One function a command of the program; each prints and returns the exit code. Results go to
// standard output, problems to standard error.
namespace dienstbereit::app {

// Documented in --help and docs/operating/cli.md.
enum ExitCode : int {
  kExitOk = 0,
  kExitFailed = 1,    // it was tried and did not work: server away, probe failed, chain broken
  kExitBadInput = 2,  // arguments or files are wrong; nothing was done
  kExitLimited = 3,   // status: something is limited, closed or unknown
};
int exit_code(const Error& error);
// Prints "dienstbereit: <message>" to standard error.
int complain(const Error& error);

// Common to the commands that talk to a running server.
struct Talk {
  std::filesystem::path data;
  bool json = false;
  bool german = true;
};

int serve(const ServeOptions& options);

struct OutpostOptions {
  std::filesystem::path config, data, credentials;
};
int outpost(const OutpostOptions& options);

// `contacts`, `commands` and `data` may be empty: then only the district is checked. Of `data` the
// handbook and the packs are looked at.
int check(const std::filesystem::path& district, const std::filesystem::path& contacts,
          const std::filesystem::path& commands, const std::filesystem::path& data, bool json);
// Whether every command that plans name is in the helper's list, and takes their values; the
// error's message has one line for each that is not.
Result<void> check_commands(const District& district, const std::filesystem::path& file);
int print_key_reference();
int print_json_schema();

struct InitOptions {
  std::filesystem::path csv;  // folder with tables; empty: ask
  std::filesystem::path output;  // file to write; must not exist
  std::string name, ags;  // answers given already
  bool ask = true;  // false: take the defaults
};
int init(const InitOptions& options);

int status(const Talk& talk);
int why(const Talk& talk, const std::string& node);
struct WhatIfOptions {
  std::vector<std::string> nodes;
  std::string from, to;  // RFC 3339
};
int what_if(const Talk& talk, const WhatIfOptions& options);
struct SetOptions {
  std::string scope, said, text, text_en, until, role;
  bool preview = false;
  bool yes = false;  // do not ask after the preview
};
int set(const Talk& talk, const SetOptions& options);
int withdraw(const Talk& talk, const std::string& word, const std::string& reason);
// The record of the outage (docs/formats/record.md). `incident` empty: all of it, in short.
int record_show(const Talk& talk, const std::string& incident);
// What the causes of an incident may be, weighed; empty: of the newest open one.
int causes(const Talk& talk, const std::string& incident);
// `pairs`: "title=Ausfall", "title.en=Outage", "effort.best=30 min", "after=task-1,task-2".
int record_write(const Talk& talk, const std::string& type, const std::vector<std::string>& pairs);
int record_keys();
// Statements drafted from the record (docs/formats/statements.md).
struct DraftOptions {
  std::string kind, incident, next;  // empty: the server's default
  bool save = false, publish = false;
  std::filesystem::path pdf;  // a poster's; saves it
};
int draft(const Talk& talk, const DraftOptions& options);
// `state`: approved, published, withdrawn.
int move_statement(const Talk& talk, const std::string& id, const std::string& state,
                   const std::string& reason);
int record_forecast(const Talk& talk, const std::string& incident, const std::string& reason);
// What first, and how good forecasts were (docs/formats/forecast.md).
int record_order(const Talk& talk, const std::string& incident, const std::string& reason);
int record_scores(const Talk& talk, const std::string& incident);
int reload(const Talk& talk);
int confirm_clock(const Talk& talk);
struct ExportOptions {
  std::filesystem::path folder;
  std::string valid_for, check_at;  // empty: the server's default
};
// Files for people to take along: the handbook open, packs sealed.
int take_handbook(const Talk& talk, const std::filesystem::path& folder);
int take_packs(const Talk& talk, const std::filesystem::path& folder, const std::string& site);
int export_copy(const Talk& talk, const ExportOptions& options);
int messages(const Talk& talk);
int acknowledge(const Talk& talk, const std::string& what);
int test_message(const Talk& talk, const std::string& recipient);

// The homepage meanwhile (homepage_commands.cpp).
struct HomepageOptions {
  bool anew = false;
  unsigned keep = 7;
  std::string mode, reason;
  std::filesystem::path district;
  std::string at, direction;  // ADDRESS:PORT; take, give, away, home
  bool location = false;
};
int mirror_fetch(const Talk& talk, const HomepageOptions& options);
int mirror_list(const Talk& talk);
int mirror_prune(const Talk& talk, const HomepageOptions& options);
int fallback_status(const Talk& talk);
int fallback_mode(const Talk& talk, const HomepageOptions& options);
int fallback_nginx(const HomepageOptions& options);
int fallback_address(const HomepageOptions& options);
int fallback_dns(const HomepageOptions& options);
// What `check` finds on this machine: a tool that is missing, a certificate that ends.
std::vector<std::string> homepage_warnings(const HomepageSpec& spec,
                                           const std::filesystem::path& folder);

// Plans and fallbacks (plan_commands.cpp).
struct PlanOptions {
  std::string id;  // of a plan, run or fallback
  std::string step, reason;
  bool not_done = false;
};
int plan_list(const Talk& talk);
int plan_show(const Talk& talk, const std::string& id);
int plan_start(const Talk& talk, const PlanOptions& options, bool dry);
int plan_order(const Talk& talk, const std::string& kind);
int run_do(const Talk& talk, const PlanOptions& options, const char* what);
int switch_fallback(const Talk& talk, const PlanOptions& options, bool on);

// The privileged helper (helper_commands.cpp).
struct HelperOptions {
  std::filesystem::path list, key;
  std::filesystem::path socket = helper::kUsualSocket;
  std::filesystem::path memory = "/var/lib/dienstbereit-helper";
  std::string peer = "dienstbereit";
};
int helper_run(const HelperOptions& options);
int helper_keygen(const HelperOptions& options);
int helper_sign(const HelperOptions& options);
int helper_verify(const HelperOptions& options);

// Who may log in (account_commands.cpp).
struct AccountOptions {
  std::string login, name, roles;
  std::string outpost;  // token: what it is for, instead of roles
  int days = 90;
  bool flag = false;  // disable: undo; reset-link: without the second factor
};
int account_list(const Talk& talk);
int account_setup_link(const Talk& talk);
int account_add(const Talk& talk, const AccountOptions& options);
int account_roles(const Talk& talk, const AccountOptions& options);
int account_disable(const Talk& talk, const AccountOptions& options);
int account_erase(const Talk& talk, const AccountOptions& options);
int account_reset_link(const Talk& talk, const AccountOptions& options);
int account_sessions(const Talk& talk);
int account_end_session(const Talk& talk, const std::string& id);
int account_token(const Talk& talk, const AccountOptions& options);
int account_tokens(const Talk& talk);
int account_revoke_token(const Talk& talk, const std::string& id);
int account_emergency_code(const Talk& talk);

// Emergency intake (intake_commands.cpp).
struct IntakeOptions {
  std::string site, label, device, reason;
  unsigned counter = 0;
};
int intake_backlog(const Talk& talk);
int intake_devices(const Talk& talk);
int intake_device(const Talk& talk, const IntakeOptions& options);
int intake_remove(const Talk& talk, const IntakeOptions& options);
int intake_keys(const Talk& talk);
// Whether a counter would trust the address that the district names for it.
int prove_counters(const std::filesystem::path& district);

int probe(const std::string& kind, const std::string& target,
          const std::vector<probe::OptionValue>& options, const std::filesystem::path& credentials,
          bool json);

struct JournalOptions {
  std::uint64_t from = 1;
  std::uint64_t limit = 0;
  std::string type;
};
int journal_verify(const std::filesystem::path& place, const std::string& head);
int journal_show(const std::filesystem::path& place, const JournalOptions& options);
int journal_export(const std::filesystem::path& place, const JournalOptions& options);
int journal_backup(const Talk& talk, const std::filesystem::path& file);
int journal_restore(const std::filesystem::path& file, const std::filesystem::path& data);

// Plays a story (docs/formats/story.md): as fast as it can, or with its pages at a speed.
struct StoryOptions {
  std::filesystem::path file;
  std::filesystem::path data;  // keeps its journal; empty: nothing is kept
  std::vector<web::ListenAddress> listen;  // empty: as fast as it can
  double speed = 0;  // seconds of the story in one
};
int story(const StoryOptions& options);

int stage_run(const std::filesystem::path& file, const std::filesystem::path& control);
int stage_tell(const std::filesystem::path& control, const std::string& command);

}  // namespace dienstbereit::app
