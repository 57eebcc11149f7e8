// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "base/result.h"
#include "model/outside/outpost_report.h"
#include "outpost/outbox.h"
#include "outpost/settings.h"
#include "publish/curl.h"
#include "runtime/credentials.h"
#include "runtime/program/limit.h"

namespace dienstbereit::outpost {

// Talks to the server. Blocks; one thread. Settings and credentials outlive it; the token is read
// anew for each request, so that a changed file counts at once.
class Courier {
 public:
  Courier(const Settings& settings, const runtime::Credentials& credentials);

  // What to run, as sent; the caller checks and keeps it.
  Result<std::string> fetch_orders(const runtime::Limit& limit);

  struct Accepted {
    std::uint64_t sequence = 0;  // this and all before may be forgotten
    std::string orders;  // hash of those that hold
    std::vector<ProbeId> tell_again;  // the server knows nothing of what was told of these
  };
  Result<Accepted> deliver(const OutpostReport& report, const runtime::Limit& limit);

 private:
  Result<std::string> ask(const char* method, const char* what, const std::string& body,
                          const runtime::Limit& limit);

  const Settings& settings_;
  const runtime::Credentials& credentials_;
};

}  // namespace dienstbereit::outpost
