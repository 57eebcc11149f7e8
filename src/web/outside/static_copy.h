// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>

#include "model/outside/publish.h"
#include "model/situation.h"

namespace dienstbereit::web {

struct CopyOptions {
  Duration valid_for = kCopyValidFor;
  std::string check_at;  // where readers look after that; empty: the district's public_url
};

// Every public page in both languages, the data they show, status page API, feeds and icon, as
// files that work under any address and from a disk: each says until when it holds, and links are
// relative. The pages that lead to the others come last, so that what is written in this order
// never links to what is not there yet. Pure.
StaticCopy static_copy(std::shared_ptr<const Situation> situation, Instant now,
                       const CopyOptions& options);

// The same as long as a copy would tell its readers the same, whatever its times: equal texts need
// not be sent again. Pure.
std::string fingerprint(const Situation& situation, Instant now);

}  // namespace dienstbereit::web
