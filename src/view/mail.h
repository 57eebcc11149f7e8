// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>

#include "model/situation.h"

namespace dienstbereit::view {

// Mail to the administration that waits outside the house.
struct HeldMail {
  std::uint64_t waiting = 0;
  std::optional<Instant> oldest;
  bool returning = false;  // the primary server works again, and the rest is being handed over
};

// Nothing where no mail waits, or where it waits as mail usually does for a moment: the component
// whose mail it is works, and the oldest message is younger than kMailHeldUp.
std::optional<HeldMail> held_mail(const Situation& situation, Instant now);

}  // namespace dienstbereit::view
