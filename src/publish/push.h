// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/hash.h"
#include "base/result.h"
#include "model/outside/publish.h"
#include "runtime/credentials.h"
#include "runtime/program/limit.h"

namespace dienstbereit::publish {

using runtime::Cancel;
using runtime::Limit;

// What every push may use; outlives it.
struct Tools {
  const runtime::Credentials& credentials;
  std::filesystem::path folder;  // of the district, for CA files
};

// What the far side holds since the last push of this target that came to its end.
using Sent = std::map<std::string, Digest>;

// Brings `copy` to the target, and says what went wrong in a sentence that names the step. Blocks
// until the limit is over at most. What readers see is the copy before or this one; by plain HTTP
// each file for itself, the first page last.
Result<void> push(const PublishTarget& target, const StaticCopy& copy, const Tools& tools,
                  const Limit& limit, Sent& sent);

// Fetches the copy's first page as a reader would: its text.
Result<std::string> fetch_page(const PublishTarget& target, const Tools& tools, const Limit& limit);

// ---- one file a kind
Result<void> push_rsync(const RsyncTarget& to, const std::string& from, const StaticCopy& copy,
                        const Tools& tools, const Limit& limit);
Result<void> push_http(const HttpTarget& to, const std::string& from, const StaticCopy& copy,
                       const Tools& tools, const Limit& limit, Sent& sent);
Result<void> push_webdav(const HttpTarget& to, const std::string& from, const StaticCopy& copy,
                         const Tools& tools, const Limit& limit);

}  // namespace dienstbereit::publish
