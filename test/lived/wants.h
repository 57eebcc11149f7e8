// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "program.h"
#include "story/story.h"

namespace dienstbereit::lived {

// What the story wants to see, looked for in what the real program has written down: its journal is
// copied while it runs, and read by the same engine.
class Wants {
 public:
  Wants(const story::Story& story, std::shared_ptr<const District> district)
      : story_(story), district_(std::move(district)) {}

  // Looks, again and again for a while, until all that is wanted up to `now` is seen. What is not,
  // a paragraph each; empty if all is.
  std::string unmet(const e2e::Server& server, Instant now);
  std::size_t met() const { return met_.size(); }

 private:
  // Those that are left, with what was seen instead.
  std::vector<std::string> look(const e2e::Server& server, Instant now);

  const story::Story& story_;
  std::shared_ptr<const District> district_;
  std::set<std::size_t> met_;  // of the story's wants
  int copies_ = 0;
};

}  // namespace dienstbereit::lived
