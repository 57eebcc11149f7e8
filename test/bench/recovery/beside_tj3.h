// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/recovery/list/crew_list.h"

namespace dienstbereit::core::recovery::bench {

struct BesideTj3 {
  std::size_t same = 0;  // tasks that end at the same minute
  std::size_t tasks = 0;
  double ours_ms = 0;
  double theirs_ms = 0;  // the whole program
};

// The plan, whose efforts are known, scheduled by us and by Debian's TaskJuggler 3. With one crew
// TaskJuggler gets priorities alone and finds the order itself. With more it gets who does what,
// and after what: it books a task into the gaps of others, which crews do not do. So there it
// checks working hours and what comes after what, not the choice.
BesideTj3 beside_tj3(const ListPlan& plan);

}  // namespace dienstbereit::core::recovery::bench
