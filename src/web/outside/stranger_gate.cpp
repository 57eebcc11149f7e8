// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/stranger_gate.h"

namespace dienstbereit::web {

bool StrangerGate::admit(const std::string& from, Instant now) {
  if (now - began_ >= kSpan || now < began_) {
    began_ = now;
    all_ = 0;
    by_.clear();
  }
  if (all_ >= kFromAll) return false;
  if (!from.empty() && by_[from]++ >= kFromOne) return false;
  ++all_;
  return true;
}

}  // namespace dienstbereit::web
