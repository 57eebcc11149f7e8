// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/telling/roster.h"

#include <algorithm>

namespace dienstbereit {

const Recipient* Roster::find(const RecipientId& id) const {
  const auto found = std::find_if(recipients.begin(), recipients.end(),
                                  [&](const Recipient& one) { return one.id == id; });
  return found == recipients.end() ? nullptr : &*found;
}

bool on_duty(const Recipient& recipient, Instant t, const TimeZone& zone) {
  if (recipient.always || recipient.duty.always()) return true;
  const Day today = zone.day_of(t);
  // A span of yesterday may run past midnight.
  for (const Day day : {today - date::days(1), today}) {
    for (const SlotSpan& slot : recipient.duty.on(day).slots) {
      if (zone.at(day, slot.open.begin) <= t && t < zone.at(day, slot.open.end)) return true;
    }
  }
  return false;
}

}  // namespace dienstbereit
