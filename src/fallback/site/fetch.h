// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "fallback/site/copy.h"
#include "fallback/site/rewrite.h"
#include "model/outside/homepage.h"
#include "runtime/program/limit.h"

namespace dienstbereit::fallback::site {

struct FetchOptions {
  const HomepageSpec& spec;
  std::filesystem::path ca_file;  // absolute; empty: the system's
  Sentences de;
  Sentences en;
  bool anew = false;  // the copy before is no measure
};

// Brings the homepage into the empty folder of a draft by wget, makes it ready to be served, and
// judges it: a first page that is none of an error, that holds what it must, and not much less than
// in `before`. Blocks until the limit is over at most. The string says what was left out.
struct Fetched {
  HomepageCopy facts;
  std::string left_out;
};
Result<Fetched> fetch(const FetchOptions& options, const std::filesystem::path& folder,
                      const HomepageCopy* before, const runtime::Limit& limit);

// Makes the files of `site` ready to be served: scripts go, pages are rewritten.
struct Prepared {
  unsigned pages = 0;
  unsigned left_out = 0;  // pages that could not be made harmless
};
Result<Prepared> prepare(const std::filesystem::path& site, const RewriteOptions& options,
                         const std::vector<std::string>& roots, std::size_t most_files);

// Pictures that pages name in a way that wget does not follow, and that are not there: addresses as
// CopyIndex finds them.
std::set<std::string> missing_pictures(const std::filesystem::path& site, const CopyIndex& index,
                                       const std::vector<std::string>& own_hosts);

// The hosts whose addresses are those of the copy; the first is that of the first page.
std::vector<std::string> own_hosts(const HomepageSpec& spec);

}  // namespace dienstbereit::fallback::site
