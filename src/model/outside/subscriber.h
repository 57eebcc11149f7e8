// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "model/ids.h"

namespace dienstbereit {

// What a district says of sending the public statements by mail to who wants them.
struct SubscriptionOffer {
  ChannelId channel;  // a mail channel; empty: nothing is offered
  std::string url;    // where the links in the mails lead; ends in '/'
  bool offered() const { return !channel.empty(); }
};

// Who has not confirmed by then never was.
inline constexpr Duration kConfirmSubscriptionWithin = std::chrono::hours(24);

// Somebody who wants them. Personal data: never in the journal, gone once it ends.
struct Subscriber {
  std::string id;        // twelve of [a-z0-9]; who knows it may end the subscription
  std::string mail;
  std::string language;  // "de" or "en"
  std::string token;     // of the links in the mails
  Instant made;          // civil, as all times here
  std::optional<Instant> confirmed;  // by the link; nothing is told before
  bool asked = false;    // the mail that asks to confirm has gone out
  Instant told;          // the time of the newest statement that was sent
  unsigned refused = 0;  // times in a row that the other side refused a mail for good
};

}  // namespace dienstbereit
