// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/outside/mail_queue.h"
#include "runtime/program/program.h"

namespace dienstbereit::fallback::mail {

inline constexpr std::chrono::minutes kPostfixPatience{2};  // for one of its commands

// One of Postfix' programs on one configuration; its standard output. An end other than 0 is an
// error in words: not running, not allowed, no such configuration. Blocks.
Result<std::string> run_postfix(std::vector<std::string> arguments, std::size_t limit);

// What waits: of these domains, or of any. Blocks.
Result<MailQueue> read_queue(const std::filesystem::path& config,
                             const std::vector<std::string>& domains);

// A setting as Postfix sees it, its defaults included.
Result<std::string> setting(const std::filesystem::path& config, const std::string& name);

// Free bytes of the disk that holds the queue.
Result<std::uint64_t> free_bytes(const std::filesystem::path& config);

// The domains of the configuration's relay_domains file, where 'mail plan' wrote one; else none.
std::vector<std::string> relay_domains(const std::filesystem::path& config);
// Where its mail goes to, as the log names it: "[192.0.2.25]:25"; empty where there is no plan.
std::string primary_of(const std::filesystem::path& config);

// From now on mail for the primary waits for flush(), or goes whenever it can. Needs root.
Result<void> hold_back(const std::filesystem::path& config, bool hold);

}  // namespace dienstbereit::fallback::mail
