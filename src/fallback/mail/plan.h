// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/outside/mail.h"

namespace dienstbereit::fallback::mail {

// The names of the files that a plan is made of; 'mail check' and 'mail recipients' read them.
inline constexpr const char* kMainFile = "main.cf";
inline constexpr const char* kMasterFile = "master.cf";
inline constexpr const char* kDomainsFile = "relay_domains";
inline constexpr const char* kRecipientsFile = "relay_recipients";
inline constexpr const char* kTransportFile = "transport";
inline constexpr const char* kCopiesFile = "recipient_bcc";

// What every file of a plan begins with.
inline constexpr const char* kPlanHead = "# Written by 'dienstbereit mail plan'.";

struct PlanFile {
  std::string name;  // relative to the folder, with '/'
  std::string text;
};

struct PlanOptions {
  std::filesystem::path folder;  // absolute: where the files will lie on the backup
  std::string own;  // lines for the end of main.cf, which win; as their author wrote them
  bool held = false;  // 'mail hold' counts, and goes on doing so
};

// The setting of main.cf by which 'mail hold' makes mail for the primary wait; no other lines set
// it.
inline constexpr const char* kHoldSetting = "defer_transports";
inline constexpr const char* kHeldTransport = "relay";
// Whether it does so in this main.cf. Pure; any bytes.
bool is_held(std::string_view main_cf);

// The whole configuration of a Postfix that takes mail for the district's domains while the primary
// cannot, with the reason beside each setting. The list of recipients is made of the function
// addresses only; the rest comes from the directory (recipients.h). `primary/` holds what the
// primary has to know of its backup.
std::vector<PlanFile> make_plan(const BackupMail& mail, const PlanOptions& options);

}  // namespace dienstbereit::fallback::mail
