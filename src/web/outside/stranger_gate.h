// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>

#include "base/time.h"

namespace dienstbereit::web {

// How often strangers may leave something with us: a few times an hour from one address, a few
// hundred in all.
class StrangerGate {
 public:
  static constexpr unsigned kFromOne = 5;
  static constexpr unsigned kFromAll = 300;
  static constexpr Duration kSpan = std::chrono::hours(1);

  // False: too often. `from` is the address or its IPv6 /64; empty: a proxy speaks for many.
  bool admit(const std::string& from, Instant now);

 private:
  Instant began_;
  unsigned all_ = 0;
  std::map<std::string, unsigned> by_;
};

}  // namespace dienstbereit::web
